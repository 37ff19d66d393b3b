"""Reads from a win, which is told by the member and done, how much of a goal it was, in whatever words it is told."""

from shared.domain.understanding import words
from shared.domain.understanding.report.goal_clauses import word_at
from shared.domain.understanding.report.goal_counts import Step, is_total, noun_at
from shared.domain.understanding.report.goal_kinds import FILE, Kind, past_forms, stem_of
from shared.domain.understanding.text.amounts import Amount, Token, amounts, tokens, whole
from shared.domain.understanding.text.phrases import phrases


def step_of(win: str, kind: Kind) -> Step | None:
    """The step towards a goal that a win is; None where it is none.

    >>> from shared.domain.understanding.reply import Goal
    >>> from shared.domain.understanding.report.goal_kinds import kind_of
    >>> problems = kind_of(Goal("g1", "Complete 40 LeetCode problems", "problems", 40, 22))
    >>> step_of("solved 3 LeetCode problems in the night", problems), step_of("fixed 3 bikes", problems)
    ({'goal': 'g1', 'amount': 3}, None)
    >>> step_of("paid another 200 off", kind_of(Goal("g2", "Pay off 2400 dollars of debt", "dollars", 2400, 900)))
    {'goal': 'g2', 'amount': 200}
    >>> step_of("meditated", kind_of(Goal("g3", "Meditate 30 times", "sessions", 30, 9)))
    {'goal': 'g3', 'amount': 1}
    >>> step_of("passed the exam", kind_of(Goal("g4", "Pass the PMP exam", None, None)))
    {'goal': 'g4', 'done': True}
    """
    found = tokens(win)
    if phrases(FILE, "no step").within(found):
        return None
    if kind.goal.target is None and kind.goal.unit is None:
        return {"goal": kind.goal.id, "done": True} if is_all_of_it(found, kind) else None
    for amount in amounts(found):
        if amount.value > 0 and (
            _is_money_for(found, amount, kind) if kind.money else _is_counted(found, amount, kind)
        ):
            total = is_total(found[: amount.first], found[amount.last :])
            return {"goal": kind.goal.id, "total" if total else "amount": whole(amount.value)}
    return _one_time(found, kind)


def _is_counted(found: list[Token], amount: Amount, kind: Kind) -> bool:
    """Whether an amount counts what the goal counts; what one applies for may be done in other ways as well."""
    if amount.money or noun_at(found, amount.last, kind) is None or (kind.goal.unit or "") in words.load(FILE)["times"]:
        return False
    return not kind.distinct or any(token.word in kind.verbs for token in found[: amount.first])


def _is_money_for(found: list[Token], amount: Amount, kind: Kind) -> bool:
    """Whether an amount of money went where the goal wants it: saved, paid off, raised."""
    lists = words.load(FILE)
    said = {token.word for token in found}
    paying = kind.first in lists["paying"]
    verbs = past_forms(kind.first) | (lists["paying"] if paying else lists["saving"])
    if not said & verbs or (not paying and phrases(FILE, "no saving").within(found)):
        return False
    after = word_at(found, amount.last)
    return (
        bool(amount.money or amount.scaled) or not after.isalpha() or after in lists["unit ends"] | lists["more money"]
    )


def _one_time(found: list[Token], kind: Kind) -> Step | None:
    """ "Another book", and one time of what is counted in times: "swam", "hit the gym", "day 12 of journaling"."""
    lists, said = words.load(FILE), [token.word for token in found]
    goal, own = kind.goal.id, {stem_of(kind.first), *map(stem_of, past_forms(kind.first))}
    if "another" in said and noun_at(found, said.index("another") + 1, kind):
        return {"goal": goal, "amount": 1}
    if kind.money or (kind.goal.unit or "") not in lists["counted in times"]:
        return None
    stems = {stem_of(word) for word in said}
    about = kind.content - set(map(stem_of, lists["counted in times"]))
    if not (stems & own if not about else about <= stems):
        return None
    for at, word in enumerate(said[:-1]):
        if word == "day" and said[at + 1].isdecimal() and kind.goal.unit in ("day", "days"):
            return {"goal": goal, "total": int(said[at + 1])}
    return None if any(token.word.isdecimal() for token in found) else {"goal": goal, "amount": 1}


def is_all_of_it(found: list[Token], kind: Kind) -> bool:
    """Whether a goal that counts nothing is told as reached: "got my licence", "the portfolio redo is finally done"."""
    lists, said = words.load(FILE), [token.word for token in found]
    goal = [token.word for token in tokens(kind.goal.text) if token.word[0].isalpha()]
    if not kind.content or any(word in lists["parts"] for word in said):
        return False
    head = next((word for word in reversed(goal) if stem_of(word) in kind.content), "")
    verbs = past_forms(kind.first) | lists["finishing"]
    at = next((at for at, word in enumerate(said) if stem_of(word) == stem_of(head)), None)
    if at is None or not any(word in verbs for word in said):
        return False
    meant = word_at(found, at - 1) in ("my", "the") or stem_of(word_at(found, at - 1)) in kind.content or at == 0
    known = lists["around steps"] | lists["says when"] | lists["me"] | lists["slight"]
    known |= lists["between verb and amount"] | verbs
    stems = {stem_of(word) for word in said if word[0].isalpha() and word not in known} - {stem_of(kind.first)}
    # Who names most of it means it, and may add a word: "business is registered at CAC".
    most = 3 * len(stems & kind.content) >= 2 * len(kind.content)
    return (meant or most) and len(stems - kind.content) <= most
