"""Reads the people a member names: whom they would like to hear from again, since when, and whom they reached.

Names are kept as they are written. What people say around a name is in `words/steps.txt`.
"""

import re
from collections.abc import Iterator
from datetime import date, timedelta
from functools import cache
from typing import NamedTuple

from shared.domain.understanding import words
from shared.domain.understanding.answers.declining import declines
from shared.domain.understanding.normalise import normalise
from shared.domain.understanding.text.amounts import Token, amounts, tokens
from shared.domain.understanding.text.phrases import Phrases, of, phrases
from shared.domain.understanding.times.calendar import add_months
from shared.domain.understanding.times.vocabulary import numbered

_FILE = "steps"
_LONGEST_NAME = 60  # characters
_LONGEST_WHEN = 9  # words of an answer that says when
_MOST_BETWEEN = 8  # words from "rang" to a name
_YEAR = re.compile(r"(?:19|20)\d\d")
_KEPT_DOT = "\0"  # stands for it meanwhile
_ASIDE = re.compile(r"\s*\(([^()]{1,40})\)")
_SPLIT = re.compile(
    r"[,;\n&+]|\s/\s|[.!?]+(?:\s|$)|(?:^|\s)\(?\d{1,2}[.)]\s|\s(?:and|or|plus|also|then|y)\s", re.IGNORECASE
)
_SENTENCE_ENDS = frozenset(".!?;")
_JOINS = frozenset(("and", "&", "+", ",", "y"))
_MOST = 20  # people of one answer
_LONGEST_ITEM = 200  # characters
_MOST_TOKENS = 400  # of a report that are read


@cache
def _dot() -> re.Pattern[str]:
    """The dot of a title or an initial, "Prof. Lee", which ends no item and no sentence."""
    return re.compile(rf"\b({'|'.join(sorted(words.load(_FILE)['titles']))}|[^\W\d_])\.(?=\s)", re.IGNORECASE)


class Person(NamedTuple):
    """Somebody by the name that the member gave them, and when the two were last in touch where that was said."""

    name: str
    last: date | None = None


def read_people(text: str, today: date) -> list[Person]:
    """The people that an answer names, each once; none where it names nobody.

    >>> today = date(2026, 3, 3)
    >>> [person.name for person in read_people("Ana, Tom from the old team and Prof. Lee", today)]
    ['Ana', 'Tom from the old team', 'Prof. Lee']
    >>> read_people("ana (2019), kim - last year", today)
    [Person(name='ana', last=datetime.date(2019, 7, 1)), Person(name='kim', last=datetime.date(2025, 3, 3))]
    >>> read_people("busy day, the meeting was awful", today)
    []
    """
    said = _dot().sub(rf"\1{_KEPT_DOT}", normalise(text))
    people: dict[str, Person] = {}
    others = sure = False
    for item in (item.replace(_KEPT_DOT, ".").strip(" -*\"'") for item in _SPLIT.split(said)[:_MOST]):
        person = _person(item[:_LONGEST_ITEM], today)
        if _is_person(person.name):
            people.setdefault(person.name.lower(), person)
            sure = sure or _is_surely_person(person.name)
        elif people and person.last:  # "Ana, not since 2019"
            name, before = people.popitem()
            people[name] = before._replace(last=person.last)
        else:
            others = others or bool(item)
    return list(people.values()) if sure or not others else []


def _person(item: str, today: date) -> Person:
    """An item as somebody's name, without what leads up to it, with when they were last in touch."""
    aside = _ASIDE.search(item)
    told = read_past(aside[1], today) if aside else None
    name, last = _without_when(_bare(_ASIDE.sub("", item) if told else item), today)
    return Person(name, told or last)


def _bare(item: str) -> str:
    found = tokens(item)
    lead, tail = phrases(_FILE, "person lead"), phrases(_FILE, "person tail")
    start, end = 0, len(found)
    while start < end and (length := lead.at(found, start)):
        start += length
    while end > start and (length := tail.before(found, end)):
        end -= length
    return item[found[start].start : _end_of(item, found, end)] if start < end else ""


def _end_of(item: str, found: list[Token], end: int) -> int:
    return len(item) if end == len(found) else found[end - 1].end


def _is_person(name: str) -> bool:
    """Whether a few words may be somebody: "my old boss", "ana", "Will", not "busy" or "had 7 meetings"."""
    said = [token.word for token in tokens(name) if token.word[0].isalnum()]
    if not said or len(name) > _LONGEST_NAME or any(word[0].isdigit() for word in said) or declines(name):
        return False
    core = said[: next((at for at, word in enumerate(said) if at and word in words.load(_FILE)["behind a name"]), None)]
    if any(word in words.load(_FILE)["no person"] for word in core):
        return False
    common = words.load("commands")["common"]
    return len(said) > 1 or name[0].isupper() or said[0] not in common


def _is_surely_person(name: str) -> bool:
    """Whether a name is told from other words: by a capital inside it or alone, or by whom it names: "my boss"."""
    said = [name[token.start : token.end] for token in tokens(name) if token.word[0].isalnum()]
    roles = words.load(_FILE)["roles"]
    return any(word[0].isupper() for word in (said[1:] or said)) or any(word.lower() in roles for word in said)


# When two people were last in touch


def read_past(text: str, today: date) -> date | None:
    """The day in the past that a short answer names, as nearly as it does; None where it names none.

    >>> today = date(2026, 3, 3)
    >>> [read_past(said, today).isoformat() for said in ("2019", "June 2021 I think", "last summer", "in May")]
    ['2019-07-01', '2021-06-01', '2025-07-01', '2025-05-01']
    >>> [read_past(said, today).isoformat() for said in ("about 3 years ago", "a couple of months", "ages", "2026")]
    ['2023-03-04', '2026-01-02', '2021-03-03', '2026-01-01']
    >>> read_past("rang Ana today at lunch, she is fine and has a new job now", today) is None
    True
    """
    found = tokens(normalise(text))
    if len(found) > _LONGEST_WHEN:
        return None
    return next((read[0] for at in range(len(found)) if (read := _past_at(found, at, today))), None)


def _without_when(item: str, today: date) -> tuple[str, date | None]:
    """A name without the time that stands behind it: "Ana 2019", "Tom, not since last year"."""
    found = tokens(item)
    before = phrases(_FILE, "in front of when")
    for at in range(len(found)):
        read = _past_at(found, at, today)
        start = at
        while start and (length := before.before(found, start)):
            start -= length
        # "Ana May" is a name.
        if read and _is_tail(found, read[1]) and (start < at or found[at].word not in numbered("months")):
            return item[: found[start].start].rstrip(" ,:-("), read[0]
    return item, None


def _is_tail(found: list[Token], at: int) -> bool:
    tail = phrases(_FILE, "at the end of when")
    while at < len(found) and (length := tail.at(found, at)):
        at += length
    return at == len(found)


@cache
def _table(section: str) -> dict[str, int]:
    """A list whose lines end with a number, by the words in front of it."""
    pairs = (line.rpartition(" ") for line in words.load(_FILE)[section])
    return {" ".join(token.word for token in tokens(phrase)): int(number) for phrase, _, number in pairs}


def _past_at(found: list[Token], at: int, today: date) -> tuple[date, int] | None:
    """The day in the past that is named from a token on, and the token after it."""
    if at >= len(found):
        return None
    word = found[at].word
    if _YEAR.fullmatch(word) and int(word) <= today.year:
        return (date(int(word), 7, 1) if int(word) < today.year else date(today.year, 1, 1)), at + 1
    if read := _length_at(found, at):
        return today - timedelta(days=read[0]), read[1]
    if back := _looked_up(found, at, "back"):
        return add_months(today, -back[0]), back[1]
    month, end = _looked_up(found, at, "seasons of the past") or (numbered("months").get(word, 0), at + 1)
    return _of_year(found, end, month, today) if month else None


def _looked_up(found: list[Token], at: int, section: str) -> tuple[int, int] | None:
    """The number of the phrase that begins at a token, and the token after it."""
    length = _known(section).at(found, at)
    return (_table(section)[" ".join(token.word for token in found[at : at + length])], at + length) if length else None


@cache
def _known(section: str) -> Phrases:
    return of(_table(section))


def _of_year(found: list[Token], at: int, month: int, today: date) -> tuple[date, int]:
    """A month of the year that is named behind it, or else its last time."""
    word = found[at].word if at < len(found) else ""
    if _YEAR.fullmatch(word) and date(int(word), month, 1) <= today:
        return date(int(word), month, 1), at + 1
    return date(today.year - (month > today.month), month, 1), at


def _length_at(found: list[Token], at: int) -> tuple[int, int] | None:
    """How many days a length of time has, and the token after it: "3 years", "a couple of months", "a few weeks"."""
    few = at + (found[at].word == "a")
    if few < len(found) and found[few].word in ("few", "couple"):
        count, end = (3.0 if found[few].word == "few" else 2.0), few + 1
        end += end < len(found) and found[end].word == "of"
    elif amount := next((a for a in amounts(found[at:]) if a.first == 0), None):
        count, end = amount.value, at + amount.last
    elif found[at].word in ("a", "an", "un", "una"):
        count, end = 1.0, at + 1
    else:
        return None
    days = _table("lengths").get(found[end].word) if end < len(found) else None
    return (round(min(count * days, 36500)), end + 1) if days else None


# Whom the member was in touch with


def read_contacts(text: str, names: tuple[str, ...]) -> list[int]:
    """Which of these people, by their place, a report says the member was in touch with.

    >>> people = ("Ana", "Tom from the old team", "Prof. Lee")
    >>> read_contacts("7, rang Ana and finally wrote to prof lee", people), read_contacts("coffee with tom!", people)
    ([0, 2], [1])
    >>> read_contacts("Ana wrote back", people), read_contacts("Tom and I had lunch", people)
    ([0], [1])
    >>> read_contacts("didn't ring Ana, will write to Tom tomorrow. talked about prof lee", people)
    []
    """
    found = tokens(re.sub(r"\bw/", "with ", _dot().sub(r"\1", normalise(text))))[:_MOST_TOKENS]
    named: dict[int, int] = {}
    for place, name in enumerate(names):
        for at in _places(found, called(name)):
            named.setdefault(at, place)
    told = [place for at, place in named.items() if _is_contact(found, at, named)]
    return sorted(set(told))


def called(name: str) -> tuple[str, ...]:
    """The words that somebody goes by, of the longer name on the list.

    >>> called("Tom from the old team"), called("my old boss Maria Ruiz"), called("my old boss"), called("Prof. Lee")
    (('tom',), ('maria', 'ruiz'), ('old', 'boss'), ('lee',))
    """
    lists = words.load(_FILE)
    said = [token.word for token in tokens(name.partition("(")[0]) if token.word[0].isalnum()]
    end = next((at for at, word in enumerate(said) if at and word in lists["behind a name"]), len(said))
    own = [word for word in said[:end] if word not in lists["around a name"] | lists["roles"]]
    return tuple(own) or tuple(word for word in said[:end] if word not in ("my", "the", "our"))


def says_sent(text: str) -> bool:
    """Whether a text is only that a message went out: "sent it!"."""
    said = " ".join(token.word for token in tokens(text) if token.word[0].isalnum())
    return said in words.load(_FILE)["sent it"]


def _places(found: list[Token], name: tuple[str, ...]) -> Iterator[int]:
    """Where somebody is named: by their whole name, or by the first or the last word of it."""
    said = [token.word for token in found]
    lists = words.load(_FILE)
    alone = bool(name) and name[-1] not in lists["around a name"] | lists["roles"]
    for at in range(len(said)):
        if tuple(said[at : at + len(name)]) == name or (alone and said[at] in (name[0], name[-1])):
            yield at


def _is_contact(found: list[Token], at: int, named: dict[int, int]) -> bool:
    """Whether the words about a name say that the two were in touch, and not that they will be, or were not."""
    start, end = _clause(found, at)
    own = [token for where, token in enumerate(found[start:end], start) if where not in named]
    behind = found[at + 1].word if at + 1 < len(found) else ""
    if phrases("goals", "no step").within(own) or behind in words.load(_FILE)["not yet"]:  # a plan, a failure, a wish
        return False
    before = _contact_before(found, at, named)
    return before >= start or _was_answered(found, at) or _was_sent(found, at) or _were_together(found, at, start, end)


def _clause(found: list[Token], at: int) -> tuple[int, int]:
    """From where to where what is said of a name reaches: to the sentence's ends, to a "but" and to "and she"."""
    said = [token.word for token in found]
    stops = [n for n, word in enumerate(said) if word in _SENTENCE_ENDS or word in ("but", "then")]
    stops += [n for n, word in enumerate(said[:-1]) if word == "and" and said[n + 1] in ("she", "he", "they", "we")]
    comma = [n for n, token in enumerate(found) if token.word == "," and not _lists_on(found, n)]
    start = max((n + 1 for n in (*stops, *comma) if n < at), default=0)
    return start, min((n for n in (*stops, *comma) if n > at), default=len(found))


def _lists_on(found: list[Token], comma: int) -> bool:
    """Whether a comma stands in a list of people, "rang Ana, Tom and Kim": a short stretch that ends or is joined."""
    following = [token.word for token in found[comma + 1 : comma + 5]]
    for count, word in enumerate(following):
        if word in _JOINS or word in _SENTENCE_ENDS:
            return 0 < count <= 2
    return 0 < len(following) <= 2


def _contact_before(found: list[Token], at: int, named: dict[int, int]) -> int:
    """Where a word of contact begins that reaches a name, with other names or small words between; -1 for none."""
    contact, small = phrases(_FILE, "contact"), words.load(_FILE)["between contact and name"]
    for end in range(at, max(-1, at - _MOST_BETWEEN), -1):
        if length := contact.before(found, end):
            return end - length
        word = found[end - 1].word if end else ""
        joined = end < at and found[end].word in _JOINS
        if not (word in _JOINS or word in small or end - 1 in named or (joined and word not in _SENTENCE_ENDS)):
            return -1
    return -1


def _was_answered(found: list[Token], at: int) -> bool:
    """ "Ana wrote back", not "Ana called in sick"."""
    at += 1
    while at < len(found) and found[at].word in ("has", "just", "finally", "even", "also", "me"):
        at += 1
    length = phrases(_FILE, "answered").at(found, at)
    if not length:
        return False
    behind = found[at + length].word if at + length < len(found) else ""
    return not behind or not behind[0].isalnum() or behind in words.load(_FILE)["behind an answer"]


def _was_sent(found: list[Token], at: int) -> bool:
    """ "sent Ana a message", "gave my old boss a ring"."""
    lists = words.load(_FILE)
    before = [token.word for token in found[max(0, at - 4) : at]]
    while before and before[-1] in lists["around a name"] | lists["roles"]:
        before.pop()
    behind = {token.word for token in found[at + 1 : at + 6]}
    return bool(before) and before[-1] in lists["sent"] and bool(behind & lists["messages"])


def _were_together(found: list[Token], at: int, start: int, end: int) -> bool:
    """ "Ana and I had coffee", "me and Tom caught up"."""
    said = [token.word for token in found]
    both = said[at + 1 : at + 3] in (["and", "i"], ["&", "i"], ["and", "me"]) or said[max(0, at - 2) : at] in (
        ["me", "and"],
        ["i", "and"],
    )
    met = {phrase.split()[0] for phrase in words.load(_FILE)["contact"]}
    return both and any(word in met for word in said[at + 1 : end] + said[start:at])
