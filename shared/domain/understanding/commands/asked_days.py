"""Reads the weekdays that a text is known to ask for, from whatever it says of each: wanted, left out, or told."""

from typing import NamedTuple

from shared.domain.understanding.commands.message import Message, listed
from shared.domain.understanding.times import when
from shared.domain.understanding.times.when import Token

_JOINTS = frozenset(", and & n + / or at plus then on the ;".split())
_SENTENCE_ENDS = frozenset(".!?;")
_ALL = frozenset(range(7))


class _Named(NamedTuple):
    """Days that are named together, and what is said of them: "out", "only", "add", "all", "told" or ""."""

    days: set[int]
    first: int
    end: int
    said: str = ""


def read_days(message: Message) -> dict[str, list[str]] | None:
    """
    >>> from datetime import UTC, datetime
    >>> from shared.domain.understanding.reply import Context
    >>> def read(text: str, days: tuple[str, ...] = when.DAYS) -> object:
    ...     found = read_days(Message(text, Context(days=days), datetime(2026, 3, 3, 19, 42, tzinfo=UTC)))
    ...     return found and " ".join(found["days"])
    >>> read("I gig Sat and Sun so leave those be"), read("Kill the Sunday message please, that day I sleep")
    ('mon tue wed thu fri', 'mon tue wed thu fri sat')
    >>> read("Daily is a lot. Mondays, Wednesdays, Fridays, that I can manage"), read("weekends off, Fridays too")
    ('mon wed fri', 'mon tue wed thu')
    >>> read("they got me workin sundays now too so count that in", ("mon", "tue")), read("back to all seven", ("mon",))
    ('mon tue sun', 'mon tue wed thu fri sat sun')
    >>> read("the weekend by us is Friday and Saturday, don't send in it"), read("swap tuesday for thursday", ("tue",))
    ('mon tue wed thu sun', 'thu')
    >>> read("weekends are for family"), read("every day but the weekend"), read("bring back Saturdays", ("mon", "tue"))
    ('mon tue wed thu fri', 'mon tue wed thu fri', 'mon tue sat')
    >>> read("no Fridays please, it is our weekend"), read("Tuesday and Friday are enough, no more on the other days")
    ('mon tue wed thu sat sun', 'tue fri')
    """
    found = message.tokens
    named: list[_Named] = []
    for each in _together(found, _runs(found)):
        named.append(_with_verdict(found, each, named[-1].said if named else ""))
    days = _combined(found, named, {when.DAYS.index(day) for day in message.context.days if day in when.DAYS})
    return {"days": [when.DAYS[day] for day in sorted(days)]} if days else None


def days_named(found: list[Token]) -> set[int]:
    """Every day that is named, by its number; not the weekend in "the weekend here is Friday"."""
    return set[int]().union(*(each.days for each in _runs(found) if not each.said))


def _word(found: list[Token], i: int) -> str:
    return found[i].word if 0 <= i < len(found) else ""


def _runs(found: list[Token]) -> list[_Named]:
    runs, i = [], 0
    while i < len(found):
        end = _all_days(found, i)
        if end:
            runs.append(_Named(set(_ALL), i, end, "all"))
        elif run := when.day_run(found, i):
            end = run[1]
            if _word(found, i - 1) not in ("till", "til", "until") and not _is_of_theirs(found, i, run[0]):
                runs.append(_Named(run[0], i, end))
        i = end or i + 1
    return runs


def _all_days(found: list[Token], i: int) -> int:
    """The token behind "every day", "all seven", "the full week", "daily"; 0 where none is."""
    word, following = found[i].word, _word(found, i + 1)
    if word in ("daily", "everyday", "everydays"):
        return i + 1
    if word in ("every", "each") and following in ("day", "days", "single"):
        return i + 2
    if word in ("all", "full", "whole") and following in ("seven", "7", "week"):
        return i + 2
    return i + 2 if word in ("seven", "7", "all") and following == "days" else 0


def _is_of_theirs(found: list[Token], i: int, days: set[int]) -> bool:
    """Whether "our weekend" only says what other days are."""
    if days != {5, 6} or not found[i].word.startswith(("weekend", "wk", "week")):
        return False
    told = {_word(found, k) for k in range(i - 3, i)}
    own = told & {"our", "my", "your", "their"} and told & {"is", "its", "thats", "are", "was"}
    return bool(own) or _defines_weekend(found, i)


def _defines_weekend(found: list[Token], i: int) -> bool:
    """ "The weekend here is Friday and Saturday"."""
    verbs = [k for k in range(i + 1, min(i + 5, len(found))) if found[k].word in ("is", "are", "means")]
    return any(when.day_run(found, k + 1) for k in verbs if k + 1 < len(found))


def _together(found: list[Token], runs: list[_Named]) -> list[_Named]:
    """Runs with nothing but joints between them as one; "weekdays, Sunday" are two."""
    result: list[_Named] = []
    for run in runs:
        last = result[-1] if result else None
        between = [t.word for t in found[last.end : run.first]] if last else []
        comma = "," in between and not {"and", "&", "n", "plus"} & {*between}
        sets = last is not None and len(last.days) in (2, 5, 7) and last.end - last.first < 3 and len(run.days) < 5
        if last and all(word in _JOINTS for word in between) and run.said == last.said == "" and not (comma and sets):
            result[-1] = last._replace(days=last.days | run.days, end=run.end)
        else:
            result.append(run)
    return result


def _with_verdict(found: list[Token], named: _Named, last: str) -> _Named:
    """`last` is what was said of the days before."""
    before, behind = _clause_before(found, named.first), _clause_behind(found, named.end)
    also = _sentence_behind(found, named.end)
    asked = bool({*before} & listed("asking for a time"))
    if named.said == "all":
        too_much = {*behind[:6]} & {"lot", "rich", "much", "many", "often"} or {*before[-3:]} & {"not", "dont", "no"}
        return named._replace(said="told") if too_much else named
    if {*before[-4:]} & listed("only these days") or {*behind[:4]} & listed("enough days"):
        return named._replace(said="only")
    leaving = listed("leaving days out")
    if {*also} & {"other", "others", "rest"} and not {*before[-6:]} & leaving:
        return named._replace(said="only")
    spared = last == "all" and {*before[-2:]} & {"but", "save", "bar"}
    rests = {*before} >= {"rest", "day"}
    if (
        spared
        or rests
        or {*before[-6:]} & leaving
        or (last == "out" and not asked and behind[:1] in (["too"], ["also"]))
    ):
        return named._replace(said="out")
    if (
        "back" in before[-3:]
        or behind[:2] == ["as", "well"]
        or {*before} & listed("days back in")
        or {*also} & listed("days back in")
        or _puts_back(also)
    ):
        return named._replace(said="add")
    taken = (
        behind[:1] and behind[0] in ("is", "are") and {*behind[1:3]} & {"mine", "my", "for", "ours", "our", "sacred"}
    )
    if taken or {*behind} & leaving or {*also} & (leaving - listed("refusing days")) or _denies(also):
        return named._replace(said="out")
    return named._replace(said="only" if asked else "")


def _denies(said: list[str]) -> bool:
    """ "so don't text that day"."""
    asking = listed("asking for a time") | {"anything", "nothing", "texting", "messaging", "those", "these", "them"}
    return any(word in listed("refusing days") and {*said[k + 1 : k + 8]} & asking for k, word in enumerate(said))


def _puts_back(said: list[str]) -> bool:
    """ "chuck the weekend back in", "put that one in"."""
    return any(
        said[k : k + 2] in (["back", "in"], ["back", "on"], ["one", "in"], ["that", "in"]) for k in range(len(said))
    )


def _clause_before(found: list[Token], i: int) -> list[str]:
    k = i
    while k > 0 and i - k < 10 and found[k - 1].word not in _SENTENCE_ENDS | {","}:
        k -= 1
    return [token.word for token in found[k:i]]


def _clause_behind(found: list[Token], i: int) -> list[str]:
    k = i
    while k < len(found) and k - i < 10 and found[k].word not in _SENTENCE_ENDS | {",", "-"}:
        k += 1
    return [token.word for token in found[i:k]]


def _sentence_behind(found: list[Token], i: int) -> list[str]:
    """What is said behind days up to the next days; a sentence more where it has a pronoun: "please omit it"."""
    said: list[str] = []
    for k in range(i, min(len(found), i + 16)):
        if when.day_run(found, k) or _all_days(found, k):
            break
        said.append(found[k].word)
    end = next((n for n, word in enumerate(said) if word in _SENTENCE_ENDS), len(said))
    pronoun = {*said[end:]} & {"it", "that", "those", "them", "then"}
    return said if pronoun else said[:end]


def _combined(found: list[Token], named: list[_Named], present: set[int]) -> set[int]:
    def of(*verdicts: str) -> set[int]:
        return set[int]().union(*(each.days for each in named if each.said in verdicts))

    plain = [each for each in named if each.said not in ("all", "told")]
    swap = {"swap", "change", "switch"} & {token.word for token in found}
    if swap and [len(each.days) for each in plain] == [1, 1] and _word(found, plain[0].end) in ("for", "to", "with"):
        return (present | plain[1].days) - plain[0].days
    if of("only"):
        return of("only") - (of("out") if of("only") - of("out") else set())
    if of("add"):
        return (present | of("add")) - of("out")
    if of("all"):
        return set(_ALL) - of("out")
    if of("out"):
        return present - of("out")
    return of("")
