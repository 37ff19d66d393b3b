"""Reads steps towards a member's goals: "applied to 2 more jobs", "3 down, 2 to go", "finished my reading goal".

Only what the member did counts: not a plan, not a failure, not what somebody else did or said.
"""

import re
from collections.abc import Iterator
from functools import cache, lru_cache
from typing import Any, NamedTuple

from shared.domain.understanding import words
from shared.domain.understanding.reply import Goal
from shared.domain.understanding.text.amounts import Amount, Token, amounts, tokens, whole
from shared.domain.understanding.text.phrases import Phrases, of, phrases

_FILE = "goals"
_QUOTED = re.compile(r"\"[^\"\n]*\"|(?<!\w)'[^'\n]+'(?!\w)")
_SENTENCE_ENDS = frozenset(".!?;\n")
_CLAUSE_ENDS = frozenset(",()")
_LONGEST = 80  # tokens that are read as one clause
_NEAR = 2  # clauses on each side that may say which goal is meant
_MOST = 20  # steps in one message
_MONEY = frozenset("$£€₹₦₱¥")
_ENDINGS = ("ing", "ied", "ies", "ed", "es", "s", "e", "y")

Step = dict[str, Any]
_Words = frozenset[str]


class _Kind(NamedTuple):
    """A goal, and how people speak of its steps: the verbs of doing one, and the nouns that are counted."""

    goal: Goal
    first: str  # the word that its text begins with
    verbs: frozenset[str]
    nouns: Phrases
    money: bool
    distinct: frozenset[str]  # verbs that say the noun too: "applied to 2 more"
    content: frozenset[str]  # stems of what the goal is about


class _Clause(NamedTuple):
    text: str
    found: list[Token]
    sentence: int


class _Found(NamedTuple):
    step: Step
    clause: _Clause
    last: _Clause
    kind: _Kind


def read_progress(
    text: str, wins: tuple[str, ...], goals: tuple[Goal, ...]
) -> tuple[tuple[dict[str, object], ...], tuple[str, ...]]:
    """The steps that a normalised text tells, and the wins with those that were not yet among them.

    >>> jobs = Goal("g1", "Apply to 5 jobs", "jobs", 5, 1)
    >>> read_progress("applied to 2 more jobs today", (), (jobs,))
    (({'goal': 'g1', 'amount': 2},), ('applied to 2 more jobs',))
    >>> read_progress("3 down, 2 to go", (), (jobs,))
    (({'goal': 'g1', 'total': 3},), ('3 down, 2 to go',))
    >>> read_progress("done with my applications goal!", (), (jobs,))
    (({'goal': 'g1', 'done': True},), ('done with my applications goal',))
    >>> read_progress("Priya applied to 2 jobs. gonna apply to 3 jobs tmrw", (), (jobs,))
    ((), ())
    """
    if not goals:
        return (), wins
    clauses, found = _read(text, goals)
    steps: list[Step] = []
    told = list(wins)
    for one in found:
        if any(step["goal"] == one.step["goal"] and ("done" in step or "total" in step) for step in steps):
            continue
        if "amount" not in one.step:
            # How far it is by now says more than a step that led there.
            steps = [step for step in steps if step["goal"] != one.step["goal"]]
        steps.append(one.step)
        _tell(one, told, text, clauses)
    return tuple(steps), tuple(told)


@lru_cache(maxsize=2)
def _read(text: str, goals: tuple[Goal, ...]) -> tuple[list[_Clause], list[_Found]]:
    """The clauses of a text and the steps in them, whatever its wins are: these are weighed twice."""
    kinds = [_kind(goal) for goal in goals]
    clauses = _clauses(text)
    found: list[_Found] = []
    for at, clause in enumerate(clauses):
        following = clauses[at + 1] if at + 1 < len(clauses) else None
        found += _steps(clause, following, clauses[max(0, at - _NEAR) : at + _NEAR + 1], kinds)
    return clauses, found[:_MOST]


# What a goal is about


@cache
def _groups(prefix: str) -> dict[str, frozenset[str]]:
    lists = words.load(_FILE)
    return {name: listed for name, listed in lists.items() if name.startswith(prefix)}


def _kind(goal: Goal) -> _Kind:
    return _Kind(goal, *_about(goal.text, (goal.unit or "").lower(), goal.target is not None))


@lru_cache(maxsize=256)
def _about(text: str, unit: str, counted: bool) -> tuple[str, _Words, Phrases, bool, _Words, _Words]:
    """All of a kind but its goal, which has it at hand the next time."""
    said = tokens(text)
    about = {token.word for token in said} | {token.word for token in tokens(unit)}
    verbs = set(words.load(_FILE)["any step"])
    first = said[0].word if said else ""
    nouns = {unit, _singular(unit), unit.split(" ")[-1], _singular(unit.split(" ")[-1])} - {""} if unit else set()
    distinct: set[str] = set()
    money = False
    stem = _stem(first)
    for listed in _groups("verbs ").values():
        if first in listed:
            verbs |= listed
    for name, listed in _groups("nouns ").items():
        family = name.removeprefix("nouns ")
        if unit in listed or (not unit and about & listed):
            nouns |= listed
            verbs |= words.load(_FILE).get(f"steps {family}", frozenset())
            distinct |= words.load(_FILE).get(f"says {family}", frozenset())
            verbs |= distinct
    if unit in words.load(_FILE)["currencies"] | words.load(_FILE)["rupees"] or first in words.load(_FILE)["saving"]:
        money = counted and first not in words.load(_FILE)["verbs lose"]
    if money:
        verbs |= words.load(_FILE)["saving"]
    if first and first not in words.load(_FILE)["no verb"]:
        verbs |= {first, f"{stem}ing", *_past(first)}
    content = frozenset(
        _stem(token.word)
        for token in said
        if token.word[0].isalpha() and token.word != first and token.word not in words.load(_FILE)["slight"]
    )
    return (first, frozenset(verbs), of(nouns), money, frozenset(distinct), content)


def _singular(word: str) -> str:
    if word.endswith("ies"):
        return word[:-3] + "y"
    if word.endswith(("ches", "shes", "sses", "xes")):
        return word[:-2]
    return word[:-1] if word.endswith("s") and not word.endswith("ss") else word


def _stem(word: str) -> str:
    """A word without its ending, so that "applications" and "applied" are near "apply".

    >>> _stem("registered") == _stem("register"), _stem("modules") == _stem("module"), _stem("reading")
    (True, True, 'read')
    """
    word = words_alike().get(word, word)
    for ending in _ENDINGS:
        if word.endswith(ending) and len(word) - len(ending) >= 3:
            return word[: -len(ending)]
    return word


@cache
def words_alike() -> dict[str, str]:
    """Irregular forms by what they are forms of."""
    pairs = (line.split(" ") for line in words.load(_FILE)["forms"])
    return {form: base for base, *forms in pairs for form in forms}


# Where the member speaks of what they did


def _clauses(text: str) -> list[_Clause]:
    """The clauses of a text that tell what the member did; what others said is left out."""
    spoken = _QUOTED.sub(lambda match: " ".ljust(len(match[0])), text)
    clauses: list[_Clause] = []
    run: list[Token] = []
    sentence = 0
    before: Token | None = None
    others = False

    def close() -> None:
        nonlocal others
        if run:
            told = _told_by(run, others)
            others = told is False
            if told is not False and not _is_no_step(run):
                clauses.append(_Clause(text, list(run), sentence))
        run.clear()

    read = tokens(spoken)
    for at, token in enumerate(read):
        if before and "\n" in spoken[before.end : token.start]:
            close()
            sentence, others = sentence + 1, False
        if token.word in _SENTENCE_ENDS:
            close()
            sentence, others = sentence + 1, False
        elif _ends_clause(token, before):
            close()
        else:
            so_far = token.word == "so" and _word(read, at + 1) == "far"
            if token.word in words.load(_FILE)["clause joins"] and run and not so_far and not _joins_number(run, token):
                close()
            if len(run) >= _LONGEST:
                close()
            run.append(token)
        before = token
    close()
    return clauses


def _ends_clause(token: Token, before: Token | None) -> bool:
    """Whether a clause ends here: at a comma, a dash between blanks, an emoji."""
    if token.word in _CLAUSE_ENDS or (token.word == "-" and before and before.end < token.start):
        return True
    return not token.word.isascii() and not token.word[0].isalnum() and token.word not in _MONEY


def _joins_number(run: list[Token], token: Token) -> bool:
    return token.word == "and" and run[-1].word[0].isdigit()


def _told_by(run: list[Token], others: bool) -> bool | None:
    """True where the member is who did it, False where somebody else is, None where nobody is named."""
    me, them = words.load(_FILE)["me"], words.load(_FILE)["others"]
    for at, token in enumerate(run[:8]):
        if token.word in me:
            return True
        if token.word in them and at + 1 < len(run):
            return False
        if token.word in words.load(_FILE)["any step"] or token.word[0].isdigit():
            break
        if at > 4:
            break
    begins_joined = run[0].word in ("and", "then")
    return False if others and begins_joined else None


def _is_no_step(run: list[Token]) -> bool:
    """Whether a clause is a plan, a failure, or what somebody asked for."""
    blocks = phrases(_FILE, "no step")
    return blocks.within(run)


# What was done


def _steps(clause: _Clause, following: _Clause | None, clauses: list[_Clause], kinds: list[_Kind]) -> Iterator[_Found]:
    counted = amounts(clause.found)
    if done := _done(clause, clauses, kinds):
        yield _Found({"goal": done.goal.id, "done": True}, clause, clause, done)
        return
    if total := _down(clause, following, kinds):
        yield total
        return
    used: set[int] = set()
    for amount in counted:
        if amount.first in used:
            continue
        for kind in kinds:
            if kind.goal.target is None and kind.goal.unit is None:
                continue
            step = _money(clause, amount, kind) if kind.money else _counted(clause, amount, kind)
            if step:
                used.add(amount.first)
                yield _Found(step, clause, clause, kind)
                break
    if not used:
        for kind in kinds:
            if (kind.goal.target is not None or kind.goal.unit) and not kind.money and _single(clause, kind):
                yield _Found({"goal": kind.goal.id, "amount": 1}, clause, clause, kind)
                return
        if (total_goal := _bare_total(clause, counted, kinds)) is not None:
            yield total_goal


def _counted(clause: _Clause, amount: Amount, kind: _Kind) -> Step | None:
    """ "applied to 2 more jobs", "I'm on 46 km now", "3 of 5 modules done"."""
    found = clause.found
    end = amount.last
    weight = amount.money is not None and not kind.money and amount.money in kind.nouns.known
    if (amount.money and not weight) or amount.value <= 0:
        return None
    if (kind.goal.unit or "") in words.load(_FILE)["times"] and not _is_spent_on(found, kind):
        return None
    total = False
    if _word(found, end) in ("/", "of") or (_word(found, end) == "out" and _word(found, end + 1) == "of"):
        at = end + (2 if _word(found, end) == "out" else 1)
        if _word(found, at) == "my":
            at += 1
        if kind.goal.target is not None and _word(found, at) == str(whole(kind.goal.target)):
            total, end = True, at + 1
    noun = end if weight else _noun(found, end, kind)
    if noun and not _is_to_whom(found, noun, kind):
        return None
    touching = found[amount.last - 1].word == "k" and "km" in kind.nouns.known
    value = amount.value / 1000 if touching else amount.value
    before = found[: amount.first]
    cue = _total_cue(before, found[noun or end :])
    if noun is None and not touching:
        verb = _verb_before(before)
        bare = _word(found, end) in words.load(_FILE)["behind a bare amount"] | {""}
        bare = bare or _stem(_word(found, end)) in kind.content
        if not (verb in kind.distinct and bare):
            return None
        noun = end
    if not cue and not total and not _is_by_member(before, found[noun or end :], kind):
        return None
    if cue or total:
        if not _is_plain_total(before, kind):
            return None
        return {"goal": kind.goal.id, "total": whole(value)}
    return {"goal": kind.goal.id, "amount": whole(value)}


def _is_to_whom(found: list[Token], at: int, kind: _Kind) -> bool:
    """Whether what is sent goes to whom a goal says, if both say it: "emails to recruiters"."""
    goal = [token.word for token in tokens(kind.goal.text)]
    if _word(found, at) != "to" or "to" not in goal[2:]:
        return True
    meant = {_stem(word) for word in goal[goal.index("to", 2) + 1 :]} - {""}
    said = [token.word for token in found[at + 1 : at + 6]]
    return any(_stem(word) in meant or word in words.load(_FILE)["who hires"] for word in said)


def _is_spent_on(found: list[Token], kind: _Kind) -> bool:
    """Whether time was spent on a goal, and not on anything: the clause names what the goal is about."""
    about = kind.content - {_stem(kind.goal.unit or "")}
    first = _stem(kind.first)
    return any(_stem(t.word) in about or _stem(t.word) == first for t in found)


def _noun(found: list[Token], at: int, kind: _Kind) -> int | None:
    """Where the counted noun ends, with up to two words before it: "2 more job applications"."""
    for skip in range(4):
        if length := kind.nouns.at(found, at + skip) if at + skip < len(found) else 0:
            end = at + skip + length
            while end < len(found) and (more := kind.nouns.at(found, end)):
                end += more
            return end if not phrases(_FILE, "turns the noun").at(found, end) else None
        if at + skip >= len(found) or found[at + skip].word in words.load(_FILE)["unit ends"] - {"of", "my", "the"}:
            return None
    return None


def _verb_before(before: list[Token]) -> str:
    """The last word before an amount that is no small word: "applied" of "applied to another"."""
    slight = words.load(_FILE)["between verb and amount"]
    return next((token.word for token in reversed(before) if token.word not in slight), "")


def _is_by_member(before: list[Token], after: list[Token], kind: _Kind) -> bool:
    """Whether what stands before an amount is the member doing it, or nothing but small words."""
    allowed = words.load(_FILE)["between verb and amount"] | words.load(_FILE)["me"] | words.load(_FILE)["around steps"]
    if phrases(_FILE, "not done yet").within(after):
        return False
    if not any(token.word in kind.verbs for token in before) and not _says_no_more(after, kind):
        return False
    verb = False
    for at in range(len(before) - 1, -1, -1):
        word = before[at].word
        if word in kind.verbs or (word == "got" and any(t.word in words.load(_FILE)["got it"] for t in after)):
            verb = True
        elif word in words.load(_FILE)["me"] and verb:
            return True
        elif word[0].isalpha() and word not in allowed:
            # Somebody or something else does it, unless the word only says when.
            return verb and word in words.load(_FILE)["says when"]
    return True


def _says_no_more(after: list[Token], kind: _Kind) -> bool:
    """Whether an amount without a verb before it is a step: "2 more pitches today", not "3 customers yelled"."""
    said = [token.word for token in after if token.word[0].isalnum()]
    while said and said[0] in ("were", "was", "are", "is", "have", "been", "got"):
        said = said[1:]
        if not said or said[0] not in words.load(_FILE)["finishing"] | kind.verbs:
            return False
    lists = words.load(_FILE)
    small = lists["around steps"] | lists["between verb and amount"] | lists["says when"] | lists["got it"]
    return not said or said[0] in small | kind.verbs or _stem(said[0]) in kind.content


def _total_cue(before: list[Token], after: list[Token]) -> bool:
    """Whether wording says how far it is by now: "I'm at 3", "that's 4", "up to 6", "5 so far"."""
    behind = phrases(_FILE, "total behind")
    here = phrases(_FILE, "total before")
    end = len(before)
    while end and before[end - 1].word in ("about", "around", "now", "over", "to", "roughly", "like", "of", "already"):
        if here.before(before, end):
            return True
        end -= 1
    if here.before(before, end):
        return True
    said = {token.word for token in (*before, *after)}
    if said & {"now", "already"} and end and before[end - 1].word in ("have", "got", "ive", "know"):
        return True
    at = next((at for at in range(min(4, len(after))) if behind.at(after, at)), None)
    return at is not None and not any(token.word in ("today", "tonight") for token in after)


def _is_plain_total(before: list[Token], kind: _Kind) -> bool:
    known = (
        words.load(_FILE)["around totals"] | words.load(_FILE)["me"] | words.load(_FILE)["around steps"] | kind.verbs
    )
    known |= words.load(_FILE)["between verb and amount"] | words.load(_FILE)["says when"]
    close = before[-5:]
    return all(t.word in known or not t.word[0].isalpha() or kind.nouns.at([t], 0) for t in close)


def _money(clause: _Clause, amount: Amount, kind: _Kind) -> Step | None:
    """ "put $75 into savings", "hit $1200 in savings", "saved another 200"."""
    found = clause.found
    if amount.value <= 0:
        return None
    said = {token.word for token in found}
    saving, cues = words.load(_FILE)["saving"], words.load(_FILE)["saving cues"]
    before, after = found[: amount.first], found[amount.last :]
    if not said & cues:
        return None
    if not amount.money and not amount.scaled and not said & (saving | {"savings", "saved"}):
        return None
    if phrases(_FILE, "no saving").within(found) or (not amount.money and _counts_other(found, amount.last)):
        return None
    total = _total_cue(before, after) or bool(said & words.load(_FILE)["has saved"])
    known = saving | words.load(_FILE)["around steps"] | words.load(_FILE)["me"]
    known |= words.load(_FILE)["between verb and amount"] | words.load(_FILE)["around totals"] | cues
    close = [token.word for token in before[-4:] if token.word[0].isalpha()]
    if not all(word in known or word in words.load(_FILE)["says when"] for word in close):
        return None
    if total and not said & words.load(_FILE)["adds"]:
        return {"goal": kind.goal.id, "total": whole(amount.value)}
    return {"goal": kind.goal.id, "amount": whole(amount.value)}


def _counts_other(found: list[Token], at: int) -> bool:
    word = _word(found, at)
    return word.isalpha() and word not in words.load(_FILE)["unit ends"] | words.load(_FILE)["around steps"] | {
        "more",
        "aside",
        "away",
        "saved",
        "extra",
    }


def _single(clause: _Clause, kind: _Kind) -> bool:
    """One step without a number: "had an interview", "another bathroom", "applied for the lead role"."""
    found = clause.found
    for at, token in enumerate(found):
        if token.word in ("a", "an", "another", "1st", "first", "second", "third", "fourth", "fifth", "last", "final"):
            noun = _noun(found, at + 1, kind)
            before = [t for t in found[:at] if t.word not in ("my", "the")]
            some_verb = any(t.word in kind.verbs for t in before) or token.word == "another"
            if noun and some_verb and _is_by_member(before, found[noun:], kind):
                return True
        if token.word in kind.distinct and _word(found, at + 1) in ("to", "for", "at", "with"):
            named = found[at + 2 :]
            other = words.load(_FILE)["applied for else"]
            if named and not any(t.word in other for t in named) and _is_by_member(found[:at], [], kind):
                return not amounts(named)
    # "finished chapter 4": the number names the one that was finished.
    for amount in amounts(found):
        length = kind.nouns.before(found, amount.first)
        before = found[: amount.first - length]
        finishing = words.load(_FILE)["finishing"]
        finished = any(t.word in kind.verbs for t in before) or _word(found, amount.last) in finishing
        ends = _word(found, amount.last) in ("", "today", "of", "tonight", "finally", *finishing)
        if length and finished and ends:
            return _is_by_member(before, found[amount.last :], kind)
    return False


def _down(clause: _Clause, following: _Clause | None, kinds: list[_Kind]) -> _Found | None:
    """ "3 down, 2 to go", "only 2 to go", "3 down"."""
    down = left = None
    last = clause
    said = list(clause.found)
    for piece in (clause, following):
        if piece is None or piece.sentence != clause.sentence:
            continue
        for amount in amounts(piece.found):
            behind = amount.last
            while _word(piece.found, behind) in ("more", "left") and _word(piece.found, behind + 1) == "to":
                behind += 1
            behind = max((_noun(piece.found, amount.last, kind) or behind for kind in kinds), default=behind)
            if (
                piece is clause
                and down is None
                and _word(piece.found, behind) in ("down", "done", "finished", "complete")
            ):
                down = amount.value
            elif phrases(_FILE, "left to do").at(piece.found, behind):
                left, last = amount.value, piece
                said += piece.found if piece is not clause else []
    if down is None and (left is None or last is not clause):
        return None
    if left is None and not (down is not None and any(t.word == "down" for t in clause.found)):
        return None
    possible = [kind for kind in kinds if kind.goal.target is not None and not kind.money]
    if down is not None and left is not None:
        possible = [kind for kind in possible if kind.goal.target == down + left] or possible
    about = [kind for kind in possible if _speaks_of(said, kind)] or possible
    total = down if down is not None else None
    if len(about) > 1:
        about = [kind for kind in about if total is not None and kind.goal.done < total <= (kind.goal.target or 0)]
    if len(about) != 1:
        return None
    goal = about[0].goal
    if total is None:
        total = (goal.target or 0) - (left or 0)
        if total <= goal.done or not (_speaks_of(said, about[0]) or len(clause.found) <= 8):
            return None
    return _Found({"goal": goal.id, "total": whole(total)}, clause, last, about[0]) if total > 0 else None


def _bare_total(clause: _Clause, counted: list[Amount], kinds: list[_Kind]) -> _Found | None:
    """ "I'm at 3 now", where one goal can be meant: it has fewer, and wants as many."""
    found = clause.found
    for amount in counted:
        before, after = found[: amount.first], found[amount.last :]
        if amount.money or not before or before[-1].word in ("a", "an", "the", "about"):
            continue
        now = any(token.word in ("now", "already", "total", "altogether") for token in found)
        if not now or not phrases(_FILE, "total before").before(before, len(before)):
            continue
        rest = [t.word for t in after if t.word[0].isalnum()]
        if any(word not in words.load(_FILE)["around totals"] and word not in ("goal", "goals") for word in rest):
            continue
        possible = [
            kind
            for kind in kinds
            if kind.goal.target is not None and kind.goal.done < amount.value <= kind.goal.target and not kind.money
        ]
        if len(possible) == 1:
            return _Found({"goal": possible[0].goal.id, "total": whole(amount.value)}, clause, clause, possible[0])
    return None


def _speaks_of(found: list[Token], kind: _Kind) -> bool:
    """Whether words name what a goal is about."""
    if kind.nouns.within(found):
        return True
    return any(_is_about(_stem(token.word), kind.content) for token in found if token.word[0].isalpha())


def _is_about(stem: str, content: frozenset[str]) -> bool:
    return stem in content or (len(stem) >= 4 and any(stem[:4] == other[:4] for other in content if len(other) >= 4))


def _done(clause: _Clause, clauses: list[_Clause], kinds: list[_Kind]) -> _Kind | None:
    """The goal that a clause says is reached."""
    found = clause.found
    lists = words.load(_FILE)
    said = [token.word for token in found]
    finishing = [at for at, word in enumerate(said) if word in lists["finishing"]]
    if any(word in ("goal", "goals", "target") for word in said) and finishing and not _has_count(found):
        about = [kind for kind in kinds if _names(found, kind)]
        if not about:
            near = [one for one in clauses if one.sentence == clause.sentence]
            about = [kind for kind in kinds if any(_names(one.found, kind) for one in near)]
        if not about and len(kinds) == 1 and not _speaks_of_other(said):
            about = kinds
        return about[0] if len(about) == 1 else None
    for kind in kinds:
        if kind.goal.target is not None and not kind.money and finishing and _finished_all(found, kind):
            return kind
        if kind.goal.target is None and _finished_it(found, kind):
            return kind
    return None


def _names(found: list[Token], kind: _Kind) -> bool:
    """Whether a clause names a goal: "my reading goal", "the savings goal"."""
    if _speaks_of(found, kind):
        return True
    first = _stem(kind.first)
    return any(
        _stem(token.word) == first or (kind.money and token.word in words.load(_FILE)["saving cues"]) for token in found
    )


def _speaks_of_other(said: list[str]) -> bool:
    """Whether a "goal" is one of a kind that nobody's list holds: "sales goal", "scored a goal"."""
    lists = words.load(_FILE)
    known = lists["finishing"] | lists["around steps"] | lists["me"] | lists["says when"] | lists["around totals"]
    known |= {
        "my",
        "the",
        "with",
        "goal",
        "goals",
        "target",
        "our",
        "this",
        "is",
        "a",
        "whole",
        "big",
        "i",
        "did",
        "have",
    }
    return any(word[0].isalpha() and word not in known for word in said)


def _has_count(found: list[Token]) -> bool:
    return any(amount.value > 1 for amount in amounts(found))


def _finished_all(found: list[Token], kind: _Kind) -> bool:
    """ "finished all my modules", "done with my applications": the whole of what a goal counts."""
    for at, token in enumerate(found):
        if token.word not in ("all", "my", "the", "every"):
            continue
        after = at + 1
        everything = token.word in ("all", "every")
        while _word(found, after) in ("of", "my", "the", "last", "single") or _word(found, after) == str(
            whole(kind.goal.target or 0)
        ):
            after += 1
        noun = _noun(found, after, kind)
        if noun is None or found[noun - 1].word.rstrip("s") == found[noun - 1].word:
            continue
        behind = [t.word for t in found[noun:] if t.word[0].isalpha()]
        slight = words.load(_FILE)["around steps"] | words.load(_FILE)["says when"] | words.load(_FILE)["finishing"]
        if all(word in slight for word in behind) and (
            everything or found[at - 1].word in ("with", "finished", "completed")
        ):
            return _is_by_member(found[:at], [], kind)
    return False


def _finished_it(found: list[Token], kind: _Kind) -> bool:
    """A goal that counts nothing, told as done: "got my driving licence", "the portfolio is finally done"."""
    lists = words.load(_FILE)
    if not kind.content:
        return False
    said = [token.word for token in found]
    past = _past(kind.first)
    verb_at = next((at for at, word in enumerate(said) if word in lists["finishing"] or word in past), None)
    if verb_at is None or any(word in lists["parts"] for word in said):
        return False
    shared = kind.content & {_stem(word) for word in said if word[0].isalpha()}
    if len(shared) < max(1, (2 * len(kind.content) + 2) // 3):
        return False
    if not _is_by_member(found[:verb_at], [], kind) and not _is_object_first(found, verb_at, kind):
        return False
    known = lists["around steps"] | lists["says when"] | lists["me"] | lists["finishing"] | past | lists["slight"]
    known |= lists["between verb and amount"]
    strange = [w for w in said if w[0].isalpha() and w not in known and _stem(w) not in kind.content]
    return len(strange) <= 1


def _is_object_first(found: list[Token], verb_at: int, kind: _Kind) -> bool:
    """Whether the goal's own words stand before the verb: "portfolio is done"."""
    slight = words.load(_FILE)["slight"] | words.load(_FILE)["around steps"] | words.load(_FILE)["says when"]
    before = [t.word for t in found[:verb_at] if t.word[0].isalpha()]
    return all(word in slight or _stem(word) in kind.content for word in before)


@lru_cache(maxsize=256)
def _past(verb: str) -> frozenset[str]:
    forms = {form for form, base in words_alike().items() if base == verb}
    stem = _stem(verb)
    forms |= {f"{verb}ed", f"{verb}d" if verb.endswith("e") else f"{verb}{verb[-1:]}ed", f"{stem}ied", f"{stem}ed"}
    if verb in words.load(_FILE)["having"]:
        forms |= words.load(_FILE)["have it"]
    return frozenset(forms)


# What is told back


def _tell(one: _Found, told: list[str], text: str, clauses: list[_Clause]) -> None:
    """Adds the phrase of a step to the wins where none of them says it already."""
    said = one.clause.found
    start, end = 0, len(said)
    drop = words.load(_FILE)["before a win"]
    while (
        start < end - 1 and (said[start].word in drop or not said[start].word[0].isalnum()) and not _keeps(said, start)
    ):
        start += 1
    last = one.last.found if one.last is not one.clause else said
    end = len(last)
    while end > 1 and (last[end - 1].word in words.load(_FILE)["behind a win"] or not _is_part(last[end - 1])):
        end -= 1
    phrase = text[said[start].start : last[end - 1].end].strip()
    mine = _content(phrase)
    for win in told:
        # "finished her bathroom, another one off the list": the win is told beside the count.
        if not any(token.word in one.kind.verbs for token in said) and _stands_near(win, one, clauses, text):
            return
    for win in told:
        theirs = _content(win)
        if 2 * len(mine & theirs) >= min(len(mine), len(theirs)) and mine & theirs:
            return
    if "done" in one.step and any(_stands_near(win, one, clauses, text) for win in told):
        return
    told.append(phrase)


def _stands_near(win: str, one: _Found, clauses: list[_Clause], text: str) -> bool:
    """Whether a win stands in the sentence of a step, in another clause."""
    at = next((n for n, c in enumerate(clauses) if c is one.clause), 0)
    near = [c for c in clauses[max(0, at - _NEAR) : at + _NEAR + 1] if c.sentence == one.clause.sentence]
    if "done" in one.step:
        # "passed the exam! goal DONE": two sentences that tell one thing.
        near += clauses[max(0, at - 1) : at]
    near = [c for c in near if c is not one.clause]
    return any(_content(text[c.found[0].start : c.found[-1].end]) & _content(win) for c in near)


def _keeps(said: list[Token], at: int) -> bool:
    """A number or a sign of money begins a phrase, whatever it is."""
    return said[at].word[0].isdigit() or said[at].word in _MONEY


def _is_part(token: Token) -> bool:
    return token.word[0].isalnum() or token.word in "%€$£₹"


def _content(phrase: str) -> set[str]:
    slight = words.load(_FILE)["slight"]
    said = [token.word for token in tokens(phrase) if token.word[0].isalnum()]
    return {word for word in said if word not in slight} or set(said)


def _word(found: list[Token], at: int) -> str:
    return found[at].word if 0 <= at < len(found) else ""
