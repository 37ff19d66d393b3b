"""Reads clock times and lengths of time up to a day, by a small grammar over words."""

from functools import cache
from typing import NamedTuple

from shared.domain.understanding.times.days import Token
from shared.domain.understanding.times.vocabulary import is_number, listed, number, numbered, tokens


class Clock(NamedTuple):
    """A time of day as it was said: minutes after midnight, and whether it may be twelve hours later as well."""

    minute: int
    ambiguous: bool
    end: int  # the token after it

    def nearest(self, near: int) -> int:
        """The minute of the day that is meant, seen from another one.

        Of two that are as near the one by day; "12" is noon.
        """
        if not self.ambiguous:
            return self.minute
        if self.minute // 60 == 12:
            return self.minute
        both = (self.minute, (self.minute + 720) % 1440)
        return min(both, key=lambda m: (min((m - near) % 1440, (near - m) % 1440), not 6 * 60 <= m < 22 * 60))

    def after(self, now: int) -> int:
        """How many minutes pass until then."""
        both = (self.minute, (self.minute + 720) % 1440) if self.ambiguous else (self.minute,)
        return min((m - now - 1) % 1440 + 1 for m in both)


def clock(text: str, near: str) -> str | None:
    """The clock time that a text is, "HH:MM". An hour that may be two is the one nearest to `near`.

    >>> [clock(said, "19:30") for said in ("8", "7:30am", "half seven", "quarter to nine", "noon", "18h30", "1930")]
    ['20:00', '07:30', '19:30', '20:45', '12:00', '18:30', '19:30']
    >>> [clock(said, "08:00") for said in ("around 8ish please", "eight thirty", "9 at night", "12", "six", "x")]
    ['08:00', '08:30', '21:00', '12:00', '06:00', None]
    """
    found = tokens(text[:200])
    i = 0
    while i < len(found) and (found[i].word in listed("around a clock") or found[i].word in ".,!"):
        i += 1
    if (read := read_clock(found, i)) is None:
        return None
    for token in found[read.end :]:
        if token.word not in listed("around a clock") and token.word[0].isalnum():
            return None
    return hhmm(read.nearest(minute_of(near)))


def hhmm(minute: int) -> str:
    return f"{minute // 60 % 24:02}:{minute % 60:02}"


def minute_of(time: str) -> int:
    """
    >>> minute_of("19:30")
    1170
    """
    hour, _, minute = time.partition(":")
    return int(hour) * 60 + int(minute or 0)


def read_clock(found: list[Token], i: int) -> Clock | None:
    """The clock time that begins at a token."""
    read = _hour_and_minute(found, i)
    if read is None:
        return None
    minute, ambiguous, j = read
    j += word_at(found, j) in ("'", "-")
    if word_at(found, j) in listed("oclock"):
        j += 1
    if word_at(found, j) == "o" and word_at(found, j + 1) == "clock":
        j += 2
    return _with_half_of_day(found, Clock(minute, ambiguous, j))


def _with_half_of_day(found: list[Token], read: Clock) -> Clock:
    """With "am", "p.m.", "in the evening", "at night", "tonight" behind it."""
    j = read.end
    half = word_at(found, j)
    if half in ("a", "p") and (word_at(found, j + 1), word_at(found, j + 2)) == (".", "m"):
        j, half = j + 3, half + "m"
        j += word_at(found, j) == "." and j + 1 < len(found)
    elif half in ("a", "p") and found[j].start != found[j - 1].end:
        return read
    elif half in ("in", "at", "on", "of", "this", "each", "every", "tomorrow", "the", "of a") or half in listed(
        "today"
    ):
        k = j + 1
        while word_at(found, k) in ("the", "each", "every", "a", "an"):
            k += 1
        named = word_at(found, k) if half not in ("tonight", "tonite", "tnite", "2nite") else "tonight"
        if named not in listed("am") | listed("pm") or len(named) == 1:
            return read
        half, j = named, k + (named != "tonight" or half == "the")
        j = max(j, read.end + 1)
    else:
        j += 1
    if not read.ambiguous and read.minute >= 780:
        return read._replace(end=j) if half in listed("am") | listed("pm") else read
    hour = read.minute // 60 % 12
    if half in listed("am"):
        return Clock(hour * 60 + read.minute % 60, False, j)
    if half in listed("pm"):
        late = 12 if half in ("night", "nights", "nite", "tonight") and hour < 5 and hour else 0
        return Clock((hour + 12 - late) % 24 * 60 + read.minute % 60, False, j)
    return read


def word_at(found: list[Token], i: int) -> str:
    return found[i].word if 0 <= i < len(found) else ""


def _hour(found: list[Token], i: int) -> tuple[int, int] | None:
    """An hour in figures or words, 0 to 24, and the token behind it."""
    word = word_at(found, i)
    if is_number(word, 2) and int(word) <= 24:
        return int(word), i + 1
    if word not in numbered("numbers"):
        word = word.removesuffix("s")  # "nine's better"
    hour = numbered("numbers").get(word)
    if hour is None or not 1 <= hour <= 20 or word in ("a", "an", "couple", "few", "pair"):
        return None
    return hour, i + 1


def _hour_and_minute(found: list[Token], i: int) -> tuple[int, bool, int] | None:
    """The minute of the day at a token, whether it may be twelve hours later as well, and the token behind it."""
    word = word_at(found, i)
    if word == "12" and word_at(found, i + 1) in ("noon", "midday", "midnight"):
        return (0 if word_at(found, i + 1) == "midnight" else 720), False, i + 2
    if word in listed("noon"):
        return 720, False, i + 1
    if word in listed("midnight"):
        return 0, False, i + 1
    if word in listed("half"):  # "half seven" is half past seven
        half = _hour(found, i + 1 + (word_at(found, i + 1) in listed("past")))
        return _clock_of(half[0], 30, half[1], True) if half and half[0] <= 12 else None
    if relative := _minutes_from_hour(found, i):
        return relative
    if is_number(word, 4) and len(word) >= 3:
        return _four_digits(found, i)
    hour = _hour(found, i)
    if hour is None:
        return None
    return _with_marked_minute(found, i, *hour) or _with_minute(found, i, *hour)


def _four_digits(found: list[Token], i: int) -> tuple[int, bool, int] | None:
    """ "1930", "730", "0800 hrs"."""
    word = found[i].word
    hour, minute = int(word) // 100, int(word) % 100
    if hour > 24 or minute > 59:
        return None
    if len(word) == 4 and word_at(found, i + 1) in ("hours", "hrs", "h"):
        return hour % 24 * 60 + minute, False, i + 2
    return _clock_of(hour, minute, i + 1, len(word) == 3 or (word[0] == "1" and hour <= 12))


def _with_marked_minute(found: list[Token], i: int, hour: int, j: int) -> tuple[int, bool, int] | None:
    """ "7:30", "19.30", "18h30": the hour ends before the token `j`."""
    mark, behind = word_at(found, j), word_at(found, j + 1)
    if mark not in (":", ".", "h", ",") or len(behind) != 2 or not is_number(behind, 2) or int(behind) >= 60:
        return None
    if found[j + 1].start != found[j].end or found[j].start != found[j - 1].end:
        return None
    sure = hour > 12 or hour == 0 or (found[i].word.startswith("0") and len(found[i].word) == 2) or mark == "h"
    return hour % 24 * 60 + int(behind), not sure, j + 2


def _with_minute(found: list[Token], i: int, hour: int, j: int) -> tuple[int, bool, int]:
    """ "8", "18h", "eight thirty", "7 30"."""
    word, behind = found[i].word, word_at(found, j)
    if word.isdecimal():
        if behind in ("h", "uhr"):
            return hour % 24 * 60, hour <= 12 and behind != "h", j + 1
        if behind in ("00", "15", "30", "45"):
            return _clock_of(hour, int(behind), j + 1, True)  # dictated
        return _clock_of(hour, 0, j, not (word.startswith("0") and len(word) == 2))
    counts = numbered("numbers")
    said = counts.get(behind, 0)
    if said not in (10, 15, 20, 30, 40, 45, 50) or hour > 12:
        return _clock_of(hour, 0, j, True)
    ones = word_at(found, j + 1)
    if said >= 20 and 1 <= counts.get(ones, 0) <= 9 and ones not in ("a", "an"):
        return _clock_of(hour, said + counts[ones], j + 2, True)
    return _clock_of(hour, said, j + 1, True)


def _clock_of(hour: int, minute: int, end: int, may_be_later: bool) -> tuple[int, bool, int]:
    return hour % 24 * 60 + minute, may_be_later and 1 <= hour <= 12, end


def _minutes_from_hour(found: list[Token], i: int) -> tuple[int, bool, int] | None:
    """ "quarter to nine", "twenty past 6", "ten of five"."""
    i += word_at(found, i) in ("a", "an") and word_at(found, i + 1) in ("quarter", "qtr")
    word = word_at(found, i)
    if word in ("quarter", "qtr", "quater"):
        minute, j = 15, i + 1
    elif is_number(word, 2):
        minute, j = int(word), i + 1
    elif word in numbered("numbers") and word not in ("a", "an", "couple", "few", "pair", "half"):
        minute, j = numbered("numbers")[word], i + 1
        if minute == 20 and word_at(found, j) == "five":
            minute, j = 25, j + 1
    else:
        return None
    j += word_at(found, j) in ("min", "mins", "minutes")
    before = word_at(found, j) in listed("to")
    if not 1 <= minute < 60 or not (before or word_at(found, j) in listed("past")):
        return None
    if (word not in ("quarter", "qtr", "quater") and minute % 5) or word_at(found, j) == "gone":
        return None
    if word_at(found, j) == "of" and word[0].isdigit():
        return None  # "5 of 10" is no time, as "ten of five" and "quarter of ten" are
    if word_at(found, j + 1) in listed("noon") or word_at(found, j + 1) in listed("midnight"):
        base = 720 if word_at(found, j + 1) in listed("noon") else 0
        return (base + (-minute if before else minute)) % 1440, False, j + 2
    hour = _hour(found, j + 1)
    if hour is None:
        return None
    total = hour[0] % 24 * 60 + (-minute if before else minute)
    return total % 1440, 1 <= hour[0] <= 12, hour[1]


def minutes(text: str) -> int | None:
    """A length of time in minutes: hours, minutes, or both, anywhere in the text.

    >>> [minutes(said) for said in ("2 hours", "half an hour", "an hour and a half", "45 min", "1h30", "2.5 hrs")]
    [120, 30, 90, 45, 90, 150]
    >>> [minutes(said) for said in ("a couple of hours", "in an hr", "1 hour 20 mins", "20")]
    [120, 60, 80, None]
    """
    found = tokens(text[:1000])
    for i in range(len(found)):
        if read := read_minutes(found, i):
            return read[0]
    return None


def read_minutes(found: list[Token], i: int) -> tuple[int, int] | None:
    """The length of time that begins at a token, in minutes, and the token behind it."""
    word = word_at(found, i)
    if word in listed("half"):
        j = i + 1 + (word_at(found, i + 1) in ("a", "an"))
        return (30, j + 1) if numbered("short units").get(word_at(found, j)) == 60 else None
    if word == "an" and word_at(found, i + 1) in ("'", "our"):
        return None
    if word in ("a", "quarter", "three") and "quarter" in word_at(found, i + (word != "quarter")):
        j = i + 1 + (word != "quarter")
        if (word_at(found, j), word_at(found, j + 1)) == ("of", "an") and word_at(found, j + 2) in ("hour", "hr"):
            return (45 if word == "three" else 15), j + 3
    read = number(found, i)
    if read is None and is_number(word, 4) is False:
        return None
    if read is None:
        return None
    count, j = read
    if word_at(found, j) in _AND and (share := _share_of_an_hour(found, j + 1)):
        count, j = count + share[0] / 60, share[1]
    if word_at(found, j) == "-" or word_at(found, j) == "more":
        j += 1
    if word_at(found, j) == "half" and word in ("a", "an"):
        return None
    unit = numbered("short units").get(word_at(found, j))
    if not unit or count <= 0 or (len(word_at(found, j)) == 1 and found[j].start != found[j - 1].end):
        return None
    total, j = round(count * unit), j + 1
    if unit == 60:
        k = j + (word_at(found, j) in _AND)
        if k > j and (share := _share_of_an_hour(found, k)):
            return total + share[0], share[1]
        if is_number(word_at(found, k), 2) and int(word_at(found, k)) < 60:
            if numbered("short units").get(word_at(found, k + 1)) == 1:
                return total + int(word_at(found, k)), k + 2
            if k == j and found[k].start == found[k - 1].end:
                return total + int(word_at(found, k)), k + 1
    return total, j


_AND = ("and", "n", "&", "an")


def _share_of_an_hour(found: list[Token], i: int) -> tuple[int, int] | None:
    """ "a half", "half", "a quarter", "three quarters", in minutes, and the token behind it."""
    share = 45 if word_at(found, i) in ("three", "3") and word_at(found, i + 1).startswith("quarter") else 0
    i += share > 0 or word_at(found, i) in ("a", "an")
    if word_at(found, i) in listed("half"):
        return 30, i + 1
    return (share or 15, i + 1) if word_at(found, i).startswith("quarter") else None


@cache
def named_hours() -> frozenset[str]:
    return listed("noon") | listed("midnight")
