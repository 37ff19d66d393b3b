"""Whom somebody in a crisis can reach, by the country of their number. Pure; the lines stand in the copy.

Checked 2026-11. A number's country is where help speaks the member's language and answers a short code;
another country's short code must never be given.
"""

from shared.content import texts
from shared.content.texts import Language

# Calling codes; the European ones share 116 123, where it is in service.
_BY_CALLING_CODE = {
    "1": "us",  # the USA and Canada: 988 is both countries'
    "44": "gb",
    "353": "ie",
    "61": "au",
    "64": "nz",
    "91": "in",
    "34": "es",
    "52": "mx",
    **dict.fromkeys(("30", "31", "32", "36", "39", "40", "43", "45", "46", "47", "48", "49", "351", "352"), "eu"),
    **dict.fromkeys(("356", "359", "370", "371", "372", "385", "386", "420", "421"), "eu"),
}
# They share +1, and 988 is not theirs.
_CARIBBEAN = frozenset("242 246 264 268 284 345 441 473 649 658 664 721 758 767 784 809 829 849 868 869 876".split())


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
    digits = phone.removeprefix("+")
    if digits.startswith("1") and digits[1:4] in _CARIBBEAN:
        return "elsewhere"
    return next((_BY_CALLING_CODE[digits[:n]] for n in (3, 2, 1) if digits[:n] in _BY_CALLING_CODE), "elsewhere")
