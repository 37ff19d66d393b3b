"""Whom somebody in a crisis can reach, by the country of their number. Pure; the lines stand in the copy.

Checked 2026-11. A number's country is where help speaks the member's language and answers a short code;
another country's short code must never be given.
"""

from shared.content import texts
from shared.content.texts import Language
from shared.domain.calling_codes import countries_of

# 988 is the USA's, with their territories, and Canada's, and of no other country that shares +1. 116 123 is several
# European countries'.
_LINES = {
    **dict.fromkeys("US PR VI GU AS MP CA".split(), "us"),
    "GB": "gb",
    "IE": "ie",
    "AU": "au",
    "NZ": "nz",
    "IN": "in",
    "ES": "es",
    "MX": "mx",
    **dict.fromkeys("AT BE BG CZ DE DK EE GR HR HU IT LT LU LV MT NL NO PL PT RO SE SI SK".split(), "eu"),
}


def answer(phone: str, language: Language) -> str:
    """What a crisis is answered with, at once, for a member of this E.164 number: whom to reach, and nothing else."""
    return texts.say("crisis.answer", language, line=line(phone, language), emergency=emergency(phone, language))


def line(phone: str, language: Language) -> str:
    """Whom to reach, in a few words: "call or text 988, any time"."""
    return texts.say(f"crisis_line.{_country(phone)}", language)


def emergency(phone: str, language: Language) -> str:
    """The number to call in danger."""
    return texts.say(f"emergency.{_country(phone)}", language)


def _country(phone: str) -> str:
    """What the lines of a number's country are called in the copy; countries that share a calling code share theirs."""
    return next((_LINES[country] for country in sorted(countries_of(phone)) if country in _LINES), "elsewhere")
