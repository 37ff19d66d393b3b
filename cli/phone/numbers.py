"""Phone numbers as people and programs write them into an address."""

import re

_E164 = re.compile(r"\+[1-9]\d{6,14}", re.ASCII)
_PUNCTUATION = str.maketrans("", "", " -.()\N{NO-BREAK SPACE}")

# Only what a FromCountry needs: the countries that the service names crisis lines for.
_COUNTRIES = {"+1": "US", "+44": "GB", "+353": "IE", "+61": "AU", "+64": "NZ", "+91": "IN"}


def is_e164(number: str) -> bool:
    """Whether this is a full international number: plus, country code, digits alone."""
    return _E164.fullmatch(number) is not None


def read_number(written: str) -> str | None:
    """The E.164 number meant, or None.

    Spaces and punctuation do not matter, nor does a plus that got lost because an address was not
    encoded; the country code must be there.
    """
    number = "+" + written.translate(_PUNCTUATION).removeprefix("+")
    return number if is_e164(number) else None


def country(number: str) -> str:
    """The ISO code Twilio would name for this number, or "" where it is not known here."""
    return next((iso for prefix, iso in _COUNTRIES.items() if number.startswith(prefix)), "")
