"""Finds the time zone of a place or of what people call a zone: "Denver", "the UK", "Pacific time", "IST".

The places are data beside this file: `words/places.txt` is made by tools/make_places.py, and
`words/zones.txt` holds abbreviations and short names, written by hand. Both are read only when asked for.
"""

import re
import unicodedata
from datetime import datetime
from functools import cache

from shared.domain.understanding import words

_WORD = re.compile(r"[^\W_]+")
# Patterns that few texts need are compiled when one does, by `re`, which keeps them.
OFFSET = r"(?i)(etc/)?(?:utc|gmt)\s?([+-])\s?(\d{1,2})(?::?([0-5]\d))?\b"
_REGIONS = "Africa|America|Antarctica|Arctic|Asia|Atlantic|Australia|Europe|Indian|Pacific"
IANA = rf"\b(?:{_REGIONS})/[A-Z]\w+(?:/[A-Z]\w+)?"
_LONGEST = 4  # words in a name
_MOST_STRANGE = 2  # words that may stand before it: "a new flat in Leeds"
FILLERS = frozenset(
    "the a in to at on is now just sunny rainy good old central downtown greater north south east west city of"
    " area near outside back over up down here local use go by zone timezone tz set please my me at moved from time s"
    " change it currently based living again its are be for new put via only switch us usa".split()
)
# The member's country by the offset of their clock; what several large countries share is not told apart.
_COUNTRIES = {330: "IN", 345: "NP", 570: "AU", 600: "AU", 630: "AU", 660: "AU", 720: "NZ", 780: "NZ", 480: "PH"}


def country_of(now: datetime) -> str | None:
    """The country that a member's clock speaks for, where only one is likely.

    >>> country_of(datetime.fromisoformat("2026-07-01T12:00:00+01:00"))
    'GB'
    >>> country_of(datetime.fromisoformat("2026-07-01T12:00:00-05:00"))
    'US'
    """
    minutes = offset_of(now)
    if -600 <= minutes <= -240:
        return "US"
    if minutes in (0, 60):
        summer = (3, 29) <= (now.month, now.day) <= (10, 25)
        return "GB" if (minutes == 60) == summer else None
    return _COUNTRIES.get(minutes)


def offset_of(now: datetime) -> int:
    """The offset of a clock in minutes; 0 where it has none."""
    offset = now.utcoffset()
    return round(offset.total_seconds() / 60) if offset is not None else 0


def is_dayfirst(now: datetime) -> bool:
    """Whether days are written before months where it is now: not in the Americas."""
    return not -600 <= offset_of(now) <= -240


def plain(name: str) -> str:
    """
    >>> plain("St. John's"), plain("São Paulo")
    ('st johns', 'sao paulo')
    """
    letters = unicodedata.normalize("NFKD", name.replace("'", "").replace("’", "").replace("ß", "ss"))
    return " ".join(_WORD.findall("".join(c for c in letters if not unicodedata.combining(c)).lower()))


@cache
def table() -> dict[str, list[tuple[str, str, bool]]]:
    """By name: country, zone, and whether it is also meant by somebody who lives elsewhere."""
    table: dict[str, list[tuple[str, str, bool]]] = {}
    for file in ("zones", "places"):
        for section, lines in words.sections(file):
            country, _, zone_ = section.rpartition(" ")
            for line in lines:
                name = line.rstrip(" ~")
                table.setdefault(name, []).append((country, zone_, name == line))
    return table


@cache
def beginnings() -> frozenset[str]:
    """The words that names begin with."""
    return frozenset(name.partition(" ")[0] for name in table())


def lookup(name: str, country: str | None) -> str | None:
    """The zone of a name as `plain` writes it.

    >>> lookup("birmingham", "US"), lookup("birmingham", None)
    ('America/Chicago', 'Europe/London')
    """
    found = table().get(name)
    if not found:
        return None
    here = next((zone_ for its_country, zone_, _ in found if country and its_country == country), None)
    return here or next((zone_ for _, zone_, anywhere in found if anywhere), found[0][1])


def zone(text: str, country: str | None) -> str | None:
    """The time zone that a phrase names: a place or a zone at its beginning, or behind "in", "to" and the like.

    >>> zone("Denver last week", "US"), zone("IST", "IN"), zone("IST", "IE"), zone("Portland, Maine", "US")
    ('America/Denver', 'Asia/Kolkata', 'Europe/Dublin', 'America/New_York')
    >>> zone("Pacific time now", "US"), zone("a new flat in Leeds", None), zone("UTC+5:30", None)
    ('America/Los_Angeles', 'Europe/London', 'Asia/Kolkata')
    >>> zone("Etc/GMT+5", None), zone("Australia/Lord_Howe", None), zone("Asia/Calcutta", None)
    ('Etc/GMT+5', 'Australia/Lord_Howe', 'Asia/Kolkata')
    """
    text = text[:300]
    if match := re.search(IANA, text):  # an older name than those of tzdata's table ends in the town as well
        return match[0] if match[0] in _zones() else lookup(plain(match[0].rpartition("/")[2]), country)
    if match := re.search(OFFSET, text):
        ahead = (match[2] == "+") != bool(match[1])  # five hours behind is Etc/GMT+5
        return _fixed(int(match[3]) * 60 + int(match[4] or 0), ahead)
    names = plain(text).split()
    open_, strange = True, 0
    for i, word in enumerate(names):
        if open_:
            for length in range(min(_LONGEST, len(names) - i), 0, -1):
                name = " ".join(names[i : i + length])
                if (length > 1 or name not in FILLERS) and (found := lookup(name, country)):
                    return found
        open_ = word in FILLERS
        strange += not open_
        if strange > _MOST_STRANGE:
            return None
    return None


_FIXED = {330: "Asia/Kolkata", 345: "Asia/Kathmandu", 570: "Australia/Darwin", 210: "Asia/Tehran", 0: "Etc/UTC"}


@cache
def _zones() -> frozenset[str]:
    return frozenset(zone_ for places in table().values() for _, zone_, _ in places)


def _fixed(minutes: int, ahead: bool) -> str | None:
    total = minutes if ahead else -minutes
    if total in _FIXED:
        return _FIXED[total]
    if total % 60 or not -12 <= total // 60 <= 14:
        return None
    return f"Etc/GMT{-total // 60:+d}"
