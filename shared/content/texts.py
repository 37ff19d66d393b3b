"""What the service texts: looked up by key in `en/texts.toml`, filled in, and nothing else."""

import tomllib
from functools import cache
from importlib import resources


@cache
def catalogue(language: str = "en") -> dict[str, str]:
    """All texts of a language, keyed "section.name"."""
    file = resources.files(__package__).joinpath(language, "texts.toml")
    sections = tomllib.loads(file.read_text(encoding="utf-8"))
    return {f"{section}.{name}": text for section, texts in sections.items() for name, text in texts.items()}


def say(key: str, **values: object) -> str:
    """The text named `key` with its placeholders filled.

    Raises:
        KeyError: there is no such text, or a placeholder of it was given no value.
    """
    return catalogue()[key].format_map(values)
