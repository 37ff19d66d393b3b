"""Builds the functions for this machine, by the rule in the Makefile that `sam build` uses too."""

import hashlib
import os
import subprocess
import zipfile
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from cli.local.ministack import ROOT, interpreter
from cli.local.problem import Problem

SOURCES = ("functions", "shared", "Makefile", "pyproject.toml", "uv.lock")
_EPOCH = (1980, 1, 1, 0, 0, 0)  # one date for all files, so that the same code is the same archive


def digest_of_sources() -> str:
    """Names what a build would be made of; the same where nothing has changed."""
    digest = hashlib.sha256(str(interpreter(".venv-runtime").resolve()).encode())
    for source in SOURCES:
        path = ROOT / source
        for file in _files(path) if path.is_dir() else [path]:
            digest.update(str(file.relative_to(ROOT)).encode())
            digest.update(file.read_bytes())
    return digest.hexdigest()


def build(functions: list[str], folder: Path) -> dict[str, Path]:
    """An archive for each function, by its logical id in the template ("SignupFunction").

    Raises:
        Problem: make failed; what it said is in it.
    """
    with ThreadPoolExecutor(max_workers=2) as pool:
        return dict(zip(functions, pool.map(lambda name: _build(name, folder), functions), strict=True))


def _build(function: str, folder: Path) -> Path:
    artifacts = folder / function
    python = interpreter(".venv-runtime")
    variables = {"ARTIFACTS_DIR": artifacts, "PLATFORM": "host", "PYTHON": python, "COMPILER": python}
    command = ["make", "-f", str(ROOT / "Makefile"), f"build-{function}", *(f"{k}={v}" for k, v in variables.items())]
    made = subprocess.run(command, capture_output=True, text=True, env={**os.environ, "MAKEFLAGS": ""}, check=False)
    if made.returncode:
        raise Problem(f"{function} could not be built: {(made.stderr or made.stdout).strip()[-500:]}")
    archive = folder / f"{function}.zip"
    with zipfile.ZipFile(archive, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as file:
        for path in _files(artifacts, with_bytecode=True):
            info = zipfile.ZipInfo(str(path.relative_to(artifacts)), _EPOCH)
            info.external_attr = 0o644 << 16
            info.compress_type = zipfile.ZIP_DEFLATED
            file.writestr(info, path.read_bytes(), compresslevel=1)
    return archive


def _files(folder: Path, with_bytecode: bool = False) -> Iterator[Path]:
    for path in sorted(folder.rglob("*")):
        if path.is_file() and (with_bytecode or "__pycache__" not in path.parts):
            yield path
