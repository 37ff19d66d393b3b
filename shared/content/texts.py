"""What the service says: looked up by key in the TOML files beside it, one folder a language, and filled in.

A text may be a list of wordings that take turns. What is the same in both languages, such as a placeholder's
name, is checked by the tests.
"""

import tomllib
from functools import cache
from importlib import resources


@cache
def catalogue(language: str = "en") -> dict[str, tuple[str, ...]]:
    """The wordings of all texts of a language, keyed "section.name"."""
    found: dict[str, tuple[str, ...]] = {}
    folder = resources.files(__package__).joinpath(language)
    for file in sorted(folder.iterdir(), key=lambda file: file.name):
        if file.name.endswith(".toml"):
            for section, texts in tomllib.loads(file.read_text(encoding="utf-8")).items():
                for name, text in texts.items():
                    found[f"{section}.{name}"] = (text,) if isinstance(text, str) else tuple(text)
    return found


def say(key: str, language: str = "en", turn: int = 0, **values: object) -> str:
    """The text named `key` with its placeholders filled. Of several wordings, `turn`, any number, picks one.

    Raises:
        KeyError: there is no such text, or a placeholder of it was given no value.
    """
    wordings = catalogue(language)[key]
    return wordings[turn % len(wordings)].format_map(values)
