"""Reads what a member tells of learning: what they took up, how long they studied, which part or whole is behind them.

Only what was done counts: no plan, no failure, and no hours of anything else. The words are in `words/steps.txt`.
"""

from functools import cache
from itertools import pairwise
from typing import NamedTuple

from shared.domain.understanding import words
from shared.domain.understanding.answers.lists import read_items
from shared.domain.understanding.normalise import normalise
from shared.domain.understanding.text.amounts import Token, amounts, tokens, whole
from shared.domain.understanding.text.phrases import phrases

_FILE = "steps"
_LONGEST = 60  # characters of a name
_MOST_HOURS = 60.0  # in one report
_MOST_PARTS = 50
_MOST_TOKENS = 400  # of a report that are read
_CLAUSE_ENDS = frozenset(".!?;,()\n")


class Studied(NamedTuple):
    """So many more of a unit, "hour", "module", "lesson" or "chapter"; or the number of the one that was reached."""

    unit: str
    amount: float = 0
    reached: float = 0


def read_subject(text: str) -> str:
    """What an answer names, without the talk around it; "" where nothing is left.

    >>> read_subject("I'd like to get better at public speaking please"), read_subject("maybe the local PMI chapter?")
    ('public speaking', 'local PMI chapter')
    >>> read_subject("Yes, CompTIA Security+. Long overdue!"), read_subject("hmm, probably a")
    ('CompTIA Security+', '')
    """
    said = normalise(text).partition("\n")[0]
    found = tokens(said)
    lead, tail = phrases(_FILE, "learning lead"), phrases(_FILE, "learning tail")
    start = 0
    while start < len(found) and (length := lead.at(found, start) or not found[start].word[0].isalnum()):
        start += length
    end = next((at for at in range(start + 1, len(found)) if _ends_sentence(found, at, said)), len(found))
    while end > start and (length := tail.before(found, end)):
        end -= length
    return shortened(said[found[start].start : found[end - 1].end].strip(" ,-:")) if start < end else ""


def _ends_sentence(found: list[Token], at: int, said: str) -> bool:
    return found[at].word in ".!?;" and said[found[at].end : found[at].end + 1] in ("", " ", ".", "!", "?")


def shortened(text: str, most: int = _LONGEST) -> str:
    """A member's words, cut at a word where they are longer than what is kept."""
    return text if len(text) <= most else text[: most - 2].rsplit(" ", 1)[0] + "..."


def short_name(text: str) -> str:
    """What something learned is called for short, without where it is learned.

    >>> short_name("SQL, the Udemy course for analysts"), short_name("Excel basics on LinkedIn Learning")
    ('SQL', 'Excel basics')
    >>> short_name("webinar on negotiation"), short_name("Coursera")
    ('webinar on negotiation', 'Coursera')
    """
    said = text.partition(",")[0]
    found = tokens(said)
    before = {"on", "at", "via", "with", "by", "through", "from"}
    where = next((one for one, then in pairwise(found[1:]) if one.word in before and _has([then], "means")), None)
    return said[: where.start].strip() if where else said


def read_skills(text: str) -> str:
    """The skills that an answer names, in the member's words; "" where it names none.

    >>> read_skills("I think data analysis and storytelling"), read_skills("will finish the course this month")
    ('data analysis, storytelling', '')
    """
    begins = phrases(_FILE, "no skill")
    items = [item for item in read_items(normalise(text)) or [] if not begins.at(tokens(item), 0)]
    return shortened(", ".join(items))


def about(*said: str | None) -> frozenset[str]:
    """The words that tell one thing learned from another.

    >>> sorted(about("the SQL course", "Udemy"))
    ['sql', 'udemy']
    """
    small = words.load(_FILE)["learning lead"] | words.load(_FILE)["wholes"] | {"in", "of", "for", "at", "and", "with"}
    return frozenset(t.word for text in said if text for t in tokens(text) if t.word[0].isalnum()) - small


def names_means(text: str) -> bool:
    """Whether a text says by what one learns: a course, a certificate, a book."""
    return _has(tokens(text), "means")


def has_certificate(text: str) -> bool | None:
    """Whether what one learns by is known to end in a certificate, or known not to; None where neither is.

    >>> has_certificate("Google Analytics certificate"), has_certificate("a webinar on pay"), has_certificate("SQL")
    (True, False, None)
    """
    found = tokens(text)
    return True if _has(found, "with a certificate") else False if _has(found, "without a certificate") else None


def _has(found: list[Token], section: str) -> bool:
    return phrases(_FILE, section).within(found)


def read_begun(text: str) -> str | None:
    """What a report says was taken up, in the member's words; None where nothing was.

    >>> read_begun("7. finally signed up for a Udemy course on SQL today!"), read_begun("started module 3 of my course")
    ('Udemy course on SQL', None)
    >>> read_begun("didn't sign up for the course"), read_begun("started a new job")
    (None, None)
    """
    said = normalise(text)
    for clause in _clauses(said):
        goes, ends = phrases(_FILE, "goes to learn"), phrases(_FILE, "ends what is learned")
        at = next((n + goes.at(clause, n) for n in range(len(clause)) if goes.at(clause, n)), 0)
        end = next((n for n in range(at, len(clause)) if ends.at(clause, n)), len(clause))
        what = clause[at:end]
        if at and what and _has(what, "means") and _unit_in(what) is None and not _has_no_step(clause):
            return read_subject(said[what[0].start : what[-1].end])
    return None


def read_studied(text: str, subject: frozenset[str]) -> list[Studied]:
    """What a report counts of learning: hours, and modules, lessons or chapters. `subject` is what it is `about`.

    >>> sql = about("SQL course")
    >>> read_studied("7, studied 2 hours", sql), read_studied("half an hour of sql, then 3 hours of meetings", sql)
    ([Studied(unit='hour', amount=2, reached=0)], [Studied(unit='hour', amount=0.5, reached=0)])
    >>> read_studied("finished modules 3 and 4", sql), read_studied("did 2 lessons", sql)
    ([Studied(unit='module', amount=0, reached=4)], [Studied(unit='lesson', amount=2, reached=0)])
    >>> read_studied("worked 12 hours. stuck on module 5, will study 2 hours tomorrow", sql)
    []
    """
    found: list[Studied] = []
    for clause in _clauses(normalise(text)):
        if not _has_no_step(clause):
            found += _hours(clause, subject)
            found += _parts(clause, subject)
    return found


def _clauses(text: str) -> list[list[Token]]:
    """The tokens between marks and line ends; "but", "then" and "and I" begin a clause too."""
    clauses: list[list[Token]] = [[]]
    found = tokens(text)[:_MOST_TOKENS]
    for at, token in enumerate(found):
        following = found[at + 1].word if at + 1 < len(found) else ""
        behind_line = bool(at) and "\n" in text[found[at - 1].end : token.start]
        joins = token.word == "and" and following.isalpha() and following not in ("a", "half", "an")
        if token.word in _CLAUSE_ENDS or token.word in ("but", "then") or joins or behind_line:
            clauses.append([])
        if token.word not in _CLAUSE_ENDS:
            clauses[-1].append(token)
    return [clause for clause in clauses if clause]


def _has_no_step(clause: list[Token]) -> bool:
    """Whether a clause tells a plan, a failure or a wish; "half an hour" does not."""
    return phrases("goals", "no step").within([token for token in clause if token.word not in ("half", "step", "some")])


@cache
def _table(section: str) -> dict[str, str]:
    """A list whose lines are a word and, behind it, what it stands for."""
    return dict(line.split(" ") for line in words.load(_FILE)[section])


def _hours(clause: list[Token], subject: frozenset[str]) -> list[Studied]:
    """The time that a clause says was spent on learning."""
    if not any(token.word in subject or token.word in words.load(_FILE)["studying"] for token in clause):
        return []
    hours = sum(_hours_at(clause, at) for at in range(len(clause)))
    return [Studied("hour", amount=whole(hours))] if 0 < hours <= _MOST_HOURS else []


def _hours_at(clause: list[Token], at: int) -> float:
    """The hours whose unit stands at a token: "2 hours", "an hour and a half", "half an hour", "90 min"."""
    per = _table("hours").get(clause[at].word)
    if per is None or not at:
        return 0.0
    said = [token.word for token in clause]
    counted = next((a for a in reversed(amounts(clause[:at])) if a.last >= at - (said[at - 1] in ("full", "-"))), None)
    half = said[max(0, at - 2) : at] in (["half", "an"], ["half", "a"]) or said[at - 1] == "half"
    count = 0.5 if half else counted.value if counted else 1.0 if said[at - 1] in ("a", "an", "una") else 0.0
    if said[at + 1 : at + 4] == ["and", "a", "half"]:
        count += 0.5
    if said[at] == "h" and said[at + 1 : at + 2] == ["30"]:  # "1h30"
        count += 0.5
    return count / float(per)


def _unit_in(clause: list[Token]) -> int | None:
    return next((at for at, token in enumerate(clause) if token.word in _table("units")), None)


def _parts(clause: list[Token], subject: frozenset[str]) -> list[Studied]:
    """The modules, lessons or chapters that a clause says are behind the member."""
    at = _unit_in(clause)
    if at is None or _has(clause, "not all of it") or _is_of_another(clause[at:], subject):
        return []
    unit = _table("units")[clause[at].word]
    reached = _reached(clause, at)
    amount = 0.0 if reached else _amount(clause, at)
    return [Studied(unit, whole(amount), whole(reached))] if 0 < reached + amount <= _MOST_PARTS else []


def _is_of_another(behind: list[Token], subject: frozenset[str]) -> bool:
    """ "2 chapters of my novel": not of what is learned."""
    said = [token.word for token in behind]
    if "of" not in said:
        return False
    of_what = said[said.index("of") + 1 :]
    return not any(word in subject | words.load(_FILE)["wholes"] | {"it"} or word[0].isdigit() for word in of_what)


def _reached(clause: list[Token], at: int) -> float:
    """The number of the part that is behind the member: "module 3", "modules 3-4", "3rd module", "3 of 10 modules"."""
    said = [token.word for token in clause]
    read = amounts(clause)
    behind = [a for a in read if a.first > at and _lead_on(said[at + 1 : a.first])]
    if behind:
        return max(a.value for a in behind)
    if at and said[at - 1] in _table("ordinals"):
        return float(_table("ordinals")[said[at - 1]])
    before = [a for a in read if a.first < at]
    if before and said[at - 1] in ("st", "nd", "rd", "th"):
        return before[-1].value
    of_many = len(before) > 1 and before[-1].last >= at - 1 and said[before[-1].first - 1] in ("of", "/")
    return before[-2].value if of_many else 0.0


def _lead_on(between: list[str]) -> bool:
    """Whether numbers stand in one row: "3 and 4", "#5", "3-5"."""
    return all(word in ("and", "&", "-", "to", "+", "#", "number", "no") or word[0].isdigit() for word in between)


def _amount(clause: list[Token], at: int) -> float:
    """How many of a part: "2 more modules", "another lesson"."""
    said = [token.word for token in clause]
    before = [a for a in amounts(clause[:at]) if a.last >= at - 2]
    if before:
        return before[-1].value
    one = bool(at) and said[at - 1] in ("a", "one", "last", "final", "un", "una") and _has(clause, "done with")
    return float(one or "another" in said[:at])


def is_finished(text: str, subject: frozenset[str]) -> bool:
    """Whether a report says that the whole of what is learned is done.

    >>> sql = about("SQL course")
    >>> [is_finished(said, sql) for said in ("finished the SQL course!", "got my certificate", "sql course is done")]
    [True, True, True]
    >>> [is_finished(said, sql) for said in ("finished module 3 of the course", "finished the PMP course")]
    [False, False]
    >>> [is_finished(said, sql) for said in ("done with the course for today", "will finish the course soon")]
    [False, False]
    """
    return any(_finishes(clause, subject) for clause in _clauses(normalise(text)) if not _has_no_step(clause))


def _finishes(clause: list[Token], subject: frozenset[str]) -> bool:
    finished, ends = phrases(_FILE, "finished"), phrases(_FILE, "behind a whole")
    for at in range(len(clause)):
        if length := finished.at(clause, at):
            start = at + length
            end = next((n for n in range(start + 1, len(clause)) if ends.at(clause, n)), len(clause))
            named = clause[start:end]
            only = clause[at].word in ("got", "earned", "received")
            if _is_whole(named, subject) and (not only or _has(named, "got only")):
                return True
    done = phrases(_FILE, "is finished")
    behind = next((n for n in range(1, len(clause)) if done.at(clause, n)), None)
    return behind is not None and behind + 1 >= len(clause) - 1 and _is_whole(clause[:behind], subject)


def _is_whole(named: list[Token], subject: frozenset[str]) -> bool:
    """Whether some words name what is learned, and nothing else: "my SQL course", not "module 3 of the SQL course"."""
    lists = words.load(_FILE)
    own = subject | lists["wholes"]
    said = [token.word for token in named if token.word[0].isalnum()]
    return any(word in own for word in said) and all(word in own | lists["around a whole"] for word in said)
