"""Reads how much of a goal a clause says was done: "applied to 2 more jobs", "3 down, 2 to go", "saved $50"."""

from typing import Any, NamedTuple

from shared.domain.understanding import words
from shared.domain.understanding.report.goal_clauses import Clause, word_at
from shared.domain.understanding.report.goal_kinds import FILE, Kind, stem_of
from shared.domain.understanding.text.amounts import Amount, Token, amounts, tokens, whole
from shared.domain.understanding.text.phrases import phrases

Step = dict[str, Any]
_SCALES = frozenset((5, 10, 20, 100))


class FoundStep(NamedTuple):
    step: Step
    clause: Clause
    last: Clause
    kind: Kind


def counted_step(clause: Clause, amount: Amount, kind: Kind) -> Step | None:
    """ "applied to 2 more jobs", "I'm on 46 km now", "3 of 5 modules done"."""
    found = clause.found
    end = amount.last
    weight = amount.money is not None and not kind.money and amount.money in kind.nouns.known
    if (amount.money and not weight) or amount.value <= 0:
        return None
    if (kind.goal.unit or "") in words.load(FILE)["times"] and not _is_spent_on(found, kind):
        return None
    total = False
    if word_at(found, end) in ("/", "of") or (word_at(found, end) == "out" and word_at(found, end + 1) == "of"):
        at = end + (2 if word_at(found, end) == "out" else 1)
        if word_at(found, at) == "my":
            at += 1
        if kind.goal.target is not None and word_at(found, at) == str(whole(kind.goal.target)):
            total, end = True, at + 1
    noun = end if weight else noun_at(found, end, kind)
    if noun and not _is_to_whom(found, noun, kind):
        return None
    touching = found[amount.last - 1].word == "k" and "km" in kind.nouns.known
    value = amount.value / 1000 if touching else amount.value
    before = found[: amount.first]
    adds = any(token.word in ("more", "extra") for token in found[end:noun])  # "that's one more chat done"
    led = is_total(before, found[noun or end :])
    if noun is None and total and _is_out_of_target(found, value, led and not adds, kind):
        return {"goal": kind.goal.id, "total": whole(value)}
    if noun is None and not touching:
        verb = _verb_before(before)
        bare = word_at(found, end) in words.load(FILE)["behind a bare amount"] | {""}
        bare = bare or stem_of(word_at(found, end)) in kind.content
        if not (verb in kind.distinct and bare):
            return None
        noun = end
    told = _is_plain_total(before, kind) if led or total else is_by_member(before, found[noun or end :], kind)
    if not told:
        return None
    return {"goal": kind.goal.id, "total" if total or (led and not adds) else "amount": whole(value)}


def _is_out_of_target(found: list[Token], value: float, cue: bool, kind: Kind) -> bool:
    """Whether "7 of 12" tells of the goal that wants 12: it may be a score where it wants as many as a scale has."""
    goal = kind.goal
    told = cue or speaks_of(found, kind) or goal.target not in _SCALES
    return told and goal.done < value <= (goal.target or 0)


def _is_to_whom(found: list[Token], at: int, kind: Kind) -> bool:
    """Whether what is sent goes to whom a goal says, if both say it: "emails to recruiters"."""
    goal = [token.word for token in tokens(kind.goal.text)]
    if word_at(found, at) != "to" or "to" not in goal[2:]:
        return True
    meant = {stem_of(word) for word in goal[goal.index("to", 2) + 1 :]} - {""}
    said = [token.word for token in found[at + 1 : at + 6]]
    return any(stem_of(word) in meant or word in words.load(FILE)["who hires"] for word in said)


def _is_spent_on(found: list[Token], kind: Kind) -> bool:
    """Whether time was spent on a goal, and not on anything: the clause names what the goal is about."""
    about = kind.content - {stem_of(kind.goal.unit or "")} | {stem_of(kind.first)}
    said = {stem_of(t.word) for t in found}
    # "Apprenticeship" speaks of apprentice hours.
    return not about.isdisjoint(said) or any(len(one) > 5 and word.startswith(one) for one in about for word in said)


def noun_at(found: list[Token], at: int, kind: Kind) -> int | None:
    """Where the counted noun ends, with up to two words before it: "2 more job applications"."""
    for skip in range(4):
        if length := kind.nouns.at(found, at + skip) if at + skip < len(found) else 0:
            end = at + skip + length
            while end < len(found) and (more := kind.nouns.at(found, end)):
                end += more
            return end if not phrases(FILE, "turns the noun").at(found, end) else None
        if at + skip >= len(found) or found[at + skip].word in words.load(FILE)["unit ends"] - {"of", "my", "the"}:
            return None
    return None


def _verb_before(before: list[Token]) -> str:
    """The last word before an amount that is no small word: "applied" of "applied to another"."""
    slight = words.load(FILE)["between verb and amount"]
    return next((token.word for token in reversed(before) if token.word not in slight), "")


def is_by_member(before: list[Token], after: list[Token], kind: Kind) -> bool:
    """Whether what stands before an amount is the member doing it, or nothing but small words."""
    allowed = words.load(FILE)["between verb and amount"] | words.load(FILE)["me"] | words.load(FILE)["around steps"]
    if phrases(FILE, "not done yet").within(after):
        return False
    if not any(token.word in kind.verbs for token in before) and not _says_no_more(after, kind):
        return False
    verb = False
    for at in range(len(before) - 1, -1, -1):
        word = before[at].word
        if word in kind.verbs or (word == "got" and any(t.word in words.load(FILE)["got it"] for t in after)):
            verb = True
        elif word in words.load(FILE)["me"] and verb:
            return True
        elif word[0].isalpha() and word not in allowed:
            # Somebody or something else does it, unless the word only says when.
            return verb and word in words.load(FILE)["says when"]
    return True


def _says_no_more(after: list[Token], kind: Kind) -> bool:
    """Whether an amount without a verb before it is a step: "2 more pitches today", not "3 customers yelled"."""
    said = [token.word for token in after if token.word[0].isalnum()]
    while said and said[0] in ("were", "was", "are", "is", "have", "been", "got"):
        said = said[1:]
        if not said or said[0] not in words.load(FILE)["finishing"] | kind.verbs:
            return False
    lists = words.load(FILE)
    small = lists["around steps"] | lists["between verb and amount"] | lists["says when"] | lists["got it"]
    return not said or said[0] in small | kind.verbs or stem_of(said[0]) in kind.content


def is_total(before: list[Token], after: list[Token]) -> bool:
    """Whether the wording around an amount says how far it is by now: "I'm at 3", "that's 4", "up to 6", "5 so far"."""
    behind = phrases(FILE, "total behind")
    here = phrases(FILE, "total before")
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


def _is_plain_total(before: list[Token], kind: Kind) -> bool:
    known = words.load(FILE)["around totals"] | words.load(FILE)["me"] | words.load(FILE)["around steps"] | kind.verbs
    known |= words.load(FILE)["between verb and amount"] | words.load(FILE)["says when"]
    close = before[-5:]
    return all(t.word in known or not t.word[0].isalpha() or kind.nouns.at([t], 0) for t in close)


def saved(clause: Clause, amount: Amount, kind: Kind) -> Step | None:
    """ "put $75 into savings", "hit $1200 in savings", "saved another 200"."""
    found = clause.found
    if amount.value <= 0:
        return None
    said = {token.word for token in found}
    saving, cues = words.load(FILE)["saving"], words.load(FILE)["saving cues"]
    before, after = found[: amount.first], found[amount.last :]
    if not said & cues:
        return None
    if not amount.money and not amount.scaled and not said & (saving | {"savings", "saved"}):
        return None
    if phrases(FILE, "no saving").within(found) or (not amount.money and _counts_other(found, amount.last)):
        return None
    total = is_total(before, after) or bool(said & words.load(FILE)["has saved"])
    known = saving | words.load(FILE)["around steps"] | words.load(FILE)["me"]
    known |= words.load(FILE)["between verb and amount"] | words.load(FILE)["around totals"] | cues
    close = [token.word for token in before[-4:] if token.word[0].isalpha()]
    if not all(word in known or word in words.load(FILE)["says when"] for word in close):
        return None
    if total and not said & words.load(FILE)["adds"]:
        return {"goal": kind.goal.id, "total": whole(amount.value)}
    return {"goal": kind.goal.id, "amount": whole(amount.value)}


def _counts_other(found: list[Token], at: int) -> bool:
    word = word_at(found, at)
    return word.isalpha() and word not in words.load(FILE)["unit ends"] | words.load(FILE)["around steps"] | {
        "more",
        "aside",
        "away",
        "saved",
        "extra",
    }


def single_step(clause: Clause, kind: Kind) -> bool:
    """One step without a number: "had an interview", "another bathroom", "applied for the lead role"."""
    found, lists = clause.found, words.load(FILE)
    for at, token in enumerate(found):
        if token.word in lists["one of them"] or (token.word == "my" and at and found[at - 1].word in kind.verbs):
            noun = noun_at(found, at + 1, kind)
            before = [t for t in found[:at] if t.word not in ("my", "the") and t.word not in lists["clause joins"]]
            while before and before[-1].word in lists["particles"]:
                before.pop()  # "lined up a reference"
            after = {word_at(found, noun)} if noun else set[str]()
            got = bool(after & lists["got it"])  # "got an abstract written", "got a chapter in"
            some_verb = any(t.word in kind.verbs or (t.word == "got" and got) for t in before)
            done = not before and after & (lists["finishing"] | kind.verbs)  # "a mock interview done"
            if noun and (done or ((some_verb or token.word == "another") and is_by_member(before, found[noun:], kind))):
                return True
        if token.word in kind.distinct and word_at(found, at + 1) in ("to", "for", "at", "with"):
            named = found[at + 2 :]
            other = lists["applied for else"]
            if named and not any(t.word in other for t in named) and is_by_member(found[:at], [], kind):
                return not amounts(named)
    # "finished chapter 4": the number names the one that was finished.
    for amount in amounts(found):
        length = kind.nouns.before(found, amount.first)
        before = found[: amount.first - length]
        finishing = lists["finishing"]
        finished = any(t.word in kind.verbs for t in before) or word_at(found, amount.last) in finishing
        ends = word_at(found, amount.last) in ("", "today", "of", "tonight", "finally", *finishing)
        if length and finished and ends:
            return is_by_member(before, found[amount.last :], kind)
    return False


def counted_down(clause: Clause, following: Clause | None, kinds: list[Kind]) -> FoundStep | None:
    """ "3 down, 2 to go", "only 2 to go", "3 down"."""
    down = left = None
    last = clause
    said = list(clause.found)
    for piece in (clause, following):
        if piece is None or piece.sentence != clause.sentence:
            continue
        for amount in amounts(piece.found):
            behind = amount.last
            while word_at(piece.found, behind) in ("more", "left") and word_at(piece.found, behind + 1) == "to":
                behind += 1
            behind = max((noun_at(piece.found, amount.last, kind) or behind for kind in kinds), default=behind)
            if (
                piece is clause
                and down is None
                and word_at(piece.found, behind) in ("down", "done", "finished", "complete")
            ):
                down = amount.value
            elif phrases(FILE, "left to do").at(piece.found, behind):
                left, last = amount.value, piece
                said += piece.found if piece is not clause else []
    if down is None and (left is None or last is not clause):
        return None
    if left is None and not (down is not None and any(t.word == "down" for t in clause.found)):
        return None
    possible = [kind for kind in kinds if kind.goal.target is not None and not kind.money]
    if down is not None and left is not None:
        possible = [kind for kind in possible if kind.goal.target == down + left] or possible
    about = [kind for kind in possible if speaks_of(said, kind)] or possible
    total = down if down is not None else None
    if len(about) > 1:
        about = [kind for kind in about if total is not None and kind.goal.done < total <= (kind.goal.target or 0)]
    if len(about) != 1:
        return None
    goal = about[0].goal
    if total is None:
        total = (goal.target or 0) - (left or 0)
        if total <= goal.done or not (speaks_of(said, about[0]) or len(clause.found) <= 8):
            return None
    return FoundStep({"goal": goal.id, "total": whole(total)}, clause, last, about[0]) if total > 0 else None


def bare_total(clause: Clause, counted: list[Amount], near: list[Clause], kinds: list[Kind]) -> FoundStep | None:
    """ "I'm at 3 now", "finished the book! that's 4", where one goal can be meant: it has fewer, and wants as many."""
    found = clause.found
    for amount in counted:
        before, after = found[: amount.first], found[amount.last :]
        if amount.money or not before or before[-1].word in ("a", "an", "the", "about"):
            continue
        now = any(token.word in ("now", "already", "total", "altogether") for token in found)
        if not phrases(FILE, "total before").before(before, len(before)):
            continue
        rest = [t.word for t in after if t.word[0].isalnum()]
        if any(word not in words.load(FILE)["around totals"] and word not in ("goal", "goals") for word in rest):
            continue
        possible = [
            kind
            for kind in kinds
            if kind.goal.target is not None and kind.goal.done < amount.value <= kind.goal.target and not kind.money
        ]
        if not now:
            beside = [one.found for one in near if one is not clause and abs(one.sentence - clause.sentence) <= 1]
            possible = [kind for kind in possible if any(kind.nouns.within(said) for said in beside)]
        if len(possible) == 1:
            return FoundStep({"goal": possible[0].goal.id, "total": whole(amount.value)}, clause, clause, possible[0])
    return None


def speaks_of(found: list[Token], kind: Kind) -> bool:
    """Whether words name what a goal is about."""
    if kind.nouns.within(found):
        return True
    return any(_is_about(stem_of(token.word), kind.content) for token in found if token.word[0].isalpha())


def _is_about(stem: str, content: frozenset[str]) -> bool:
    return stem in content or (len(stem) >= 4 and any(stem[:4] == other[:4] for other in content if len(other) >= 4))
