"""What a function imports and what of `shared.runtime` it uses, read from the sources."""

import ast
from collections.abc import Iterable, Iterator
from functools import cache
from importlib.metadata import packages_distributions
from pathlib import Path
from sys import stdlib_module_names
from typing import NamedTuple

from cli.local.ministack import ROOT

OWN = frozenset(("cli", "functions", "shared"))
RUNTIME = "shared.runtime"


class Reach(NamedTuple):
    """What comes with a module."""

    modules: frozenset[str]  # our own
    packages: frozenset[str]  # others', by the name that they are installed by
    runtime: frozenset[str]  # the names used of `shared.runtime`


def reach(module: str) -> Reach:
    """What comes with a module of ours, also what functions in it import when they are called.

    Of `shared.runtime`, which has something for everybody, only what is used counts.
    """
    modules, found = set[str](), {module}
    while found != modules:
        modules = found
        nodes = [node for each in modules - {RUNTIME} for node in ast.walk(tree(each))]
        used = _called(
            {node.attr for node in nodes if isinstance(node, ast.Attribute) and _name(node.value) == "runtime"}
        )
        if RUNTIME in modules:
            nodes += tree(RUNTIME).body
            nodes += [node for name in used for node in ast.walk(_runtime()[name])]
        imported = set(_imports(nodes))
        found = modules | {each for name in imported for each in _own(name)}
    tops = {name.partition(".")[0] for name in imported} - OWN - stdlib_module_names
    return Reach(frozenset(modules), frozenset(map(_distribution, tops)), frozenset(used))


@cache
def tree(module: str) -> ast.Module:
    """The module's source, without what only a type checker imports."""
    tree = ast.parse(_file(module).read_text(encoding="utf-8"))
    tree.body = [node for node in tree.body if not (isinstance(node, ast.If) and _name(node.test) == "TYPE_CHECKING")]
    return tree


def _file(module: str) -> Path:
    path = ROOT.joinpath(*module.split("."))
    return path / "__init__.py" if path.is_dir() else path.with_suffix(".py")


def _own(name: str) -> Iterator[str]:
    """The modules of ours that `import name` runs: its packages and itself; its last part may be a name in one."""
    parts = name.split(".")
    if parts[0] in OWN:
        for n in range(1, len(parts) + 1):
            if _file(".".join(parts[:n])).exists():
                yield ".".join(parts[:n])


def _imports(nodes: Iterable[ast.AST]) -> Iterator[str]:
    for node in nodes:
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert node.module
            assert not node.level, "imports are absolute"
            yield from (f"{node.module}.{alias.name}" for alias in node.names)


def _name(node: ast.AST) -> str | None:
    return node.id if isinstance(node, ast.Name) else None


@cache
def _runtime() -> dict[str, ast.AST]:
    """The statements of `shared.runtime` by the name that they define."""
    named: dict[str, ast.AST] = {}
    for node in tree(RUNTIME).body:
        if isinstance(node, ast.FunctionDef | ast.ClassDef):
            named[node.name] = node
        elif isinstance(node, ast.Assign):
            named |= {target.id: node for target in node.targets if isinstance(target, ast.Name)}
    return named


def _called(used: set[str]) -> set[str]:
    """The names of `shared.runtime` used, and those that they use in turn."""
    known, waiting = set[str](), set(used)
    while waiting:
        name = waiting.pop()
        known.add(name)
        inside = {_name(node) for node in ast.walk(_runtime()[name])}
        waiting |= {each for each in inside if each in _runtime()} - known
    return known


@cache
def _distributions() -> dict[str, list[str]]:
    return dict(packages_distributions())


def _distribution(package: str) -> str:
    """
    Raises:
        KeyError: no installed distribution has that package.
    """
    return min(_distributions()[package], key=len).lower().replace("_", "-")
