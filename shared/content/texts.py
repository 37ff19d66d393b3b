"""What the service says: looked up by key in the TOML files beside it, one folder a language, and filled in.

A text may be a list of wordings that take turns. That all languages say the same, with the same placeholders, is
checked by the tests. What pages and mails say is in folders of its own, which only those who render them read.
"""

import tomllib
from functools import cache
from importlib import resources
from typing import Literal, get_args

Language = Literal["en", "es"]
LANGUAGES: tuple[Language, ...] = get_args(Language)
_LONGEST_WISH = 200  # characters of a header


@cache
def catalogue(language: Language, folder: Literal["", "pages", "mails"] = "") -> dict[str, tuple[str, ...]]:
    """The wordings of all texts of a language, keyed "section.name"."""
    found: dict[str, tuple[str, ...]] = {}
    place = resources.files(__package__).joinpath(language, folder)
    for file in sorted(place.iterdir(), key=lambda file: file.name):
        if file.name.endswith(".toml"):
            for section, texts in tomllib.loads(file.read_text(encoding="utf-8")).items():
                for name, text in texts.items():
                    found[f"{section}.{name}"] = (text,) if isinstance(text, str) else tuple(text)
    return found


def say(key: str, language: Language, turn: int = 0, **values: object) -> str:
    """The text named `key` with its placeholders filled. Of several wordings, `turn`, any number, picks one.

    Raises:
        KeyError: there is no such text, or a placeholder of it was given no value.
    """
    wordings = catalogue(language)[key]
    return wordings[turn % len(wordings)].format_map(values)


def say_on_page(key: str, language: Language, **values: object) -> str:
    """The same for what a page says."""
    return catalogue(language, "pages")[key][0].format_map(values)


def preferred(*wishes: object) -> Language:
    """The first language wished for that the service speaks: of codes, and of Accept-Language headers.

    >>> preferred(None, "de-AT,es-MX;q=0.9,en;q=0.8"), preferred("fr"), preferred("EN", "es")
    ('es', 'en', 'en')
    """
    wished = (
        tag.partition(";")[0].partition("-")[0] for wish in wishes for tag in str(wish)[:_LONGEST_WISH].split(",")
    )
    return next((language for code in wished for language in LANGUAGES if code.strip().lower() == language), "en")
