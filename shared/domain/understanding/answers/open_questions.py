"""Reads the answer to what a member was asked, where it was more than how the day had been.

An answer that plainly is something else ("later", "8, closed the deal", "what do you mean?") is left to others.
"""

import re
from datetime import datetime
from itertools import pairwise

from shared.domain.understanding.reply import Command, Context
from shared.domain.understanding.report import day_named
from shared.domain.understanding.text.amounts import Token, tokens
from shared.domain.understanding.text.phrases import phrases

_FILE = "open_questions"
_CLAUSE_ENDS = frozenset(".,;:!?()-…\n")
_NUMBER = r"(?:10|[0-9](?:[.,]\d)?|one|two|three|four|five|six|seven|eight|nine|ten)"
_WEIGHED = r"(?:(?:an?|solid|about|maybe|around|call it|today|strong|proper|probably)\s+)"
_SCORED = re.compile(
    rf"\W*(?:{_WEIGHED}{{1,2}}{_NUMBER}|[0-9](?:[.,]\d)?|10)"
    r"(?:\s+(?:today|tonight|the day|for today)\b|\s*[.,;:!-]+\s+|\n|\W*$)",
    re.IGNORECASE,
)
_SCORED_LAST = re.compile(rf"(?:[.,!;\n]\s*{_WEIGHED}{{1,2}}{_NUMBER}|(?:[.!]\s|\n)\s*(?:10|[0-9]))\W*$", re.IGNORECASE)
_SCORE = re.compile(r"\b\d{1,2}(?:[.,]\d)?\s?(?:/|out of)\s?(?:10|ten)\b|\b(?:win|mood|score)s?\s?:", re.IGNORECASE)
_MEANT = re.compile(r"\W*(?:(?:sorry|oops|whoops)\W+)?(?:i\s+)?meant\b(?!.*(?:\band\b|[&+,]))", re.IGNORECASE)
_NONE = frozenset(("no", "none"))
_DRAWN_OUT = re.compile(r"(.)\1{2,}")
_NUMBERED = re.compile(r"(?:^|\s)\(?([1-9])\s?[.):,-]?\s", re.MULTILINE)


def read_answer(text: str, context: Context, now: datetime) -> Command | None:
    """The command that a normalised text is as an answer to what was asked; None where it is none.

    >>> from datetime import UTC
    >>> now = datetime(2026, 3, 3, 19, 42, tzinfo=UTC)
    >>> read_answer("yeah go ahead", Context("opt_in"), now)
    Command(name='yes', args={})
    >>> read_answer("No no, leave it all as it is please", Context("confirm_delete"), now)
    Command(name='keep', args={})
    >>> read_answer("all but 4", Context("rut_check"), now)
    Command(name='rut_check', args={'signs': [1, 2, 3, 5]})
    >>> read_answer("creativity, then good pay", Context("values"), now)
    Command(name='values', args={'items': ['creativity', 'good pay']})
    >>> read_answer("sorry meant 4", Context("rut_check"), now) is None
    True
    >>> read_answer("about 6 weeks", Context("savings"), now)
    Command(name='savings', args={'months': 1.5})
    >>> read_answer("text me at 8", Context("savings"), now) is None
    True
    """
    found = tokens(text)
    if not found:
        return None
    if context.asked == "opt_in":
        return _consent(found, text)
    if context.asked == "confirm_delete":
        return _deletion(found, text)
    if context.asked == "rut_check":
        return _signs(found, text, now)
    if context.asked == "savings":
        return _savings(found, text)
    if _is_elsewhere(found, text) or _is_report(text):
        return None
    if context.asked == "goal":
        from shared.domain.understanding.answers.goals import read_goal

        return read_goal(text, now)
    if context.asked in ("values", "dealbreakers"):
        from shared.domain.understanding.answers.lists import read_items

        items = read_items(text, complaints=context.asked == "dealbreakers")
        return None if items is None else Command(context.asked, {"items": items})
    return None


def _signs(found: list[Token], text: str, now: datetime) -> Command | None:
    from shared.domain.understanding.answers.signs import read_signs

    # "yesterday 3" is no third sign, and "sorry meant 4" is what the day is given instead: no sign was told yet.
    if _SCORE.search(text) or _MEANT.match(text) or day_named.read(text, now.date()):
        return None
    if _is_elsewhere(found, text, open_to=_NONE) or read_signs(text) is None:
        return None
    return Command("rut_check", {"signs": read_signs(text, known=True)})


def _savings(found: list[Token], text: str) -> Command | None:
    from shared.domain.understanding.answers.savings import read_savings

    if _is_elsewhere(found, text, open_to=_NONE) or read_savings(text) is None:
        return None
    return Command("savings", {"months": read_savings(text, known=True)})


def _is_elsewhere(found: list[Token], text: str, open_to: frozenset[str] = frozenset()) -> bool:
    """Whether a message is for the service, or for nobody, rather than an answer: "skip", "who is this?"."""
    start = 0
    polite = phrases(_FILE, "politeness")
    whole = phrases(_FILE, "elsewhere")
    if _opens_with(found, "elsewhere starts"):
        return True
    bare = [token for token in found if token.word[0].isalnum()]
    if not bare:
        return not any(token.word[0].isdigit() for token in found)
    while start < len(bare) and not whole.at(bare, start) and (length := polite.at(bare, start)):
        start += length
    if phrases(_FILE, "elsewhere starts").at(bare, start):
        return True
    if start == len(bare):
        return True
    length = whole.at(bare, start)
    if length and not (length == 1 and bare[start].word in open_to):
        rest = start + length
        while rest < len(bare) and (length := polite.at(bare, rest) or whole.at(bare, rest)):
            rest += length
        if rest == len(bare):
            return True
    while length := polite.at(bare, start):
        start += length
    return is_question(bare[start:], text)


def is_question(found: list[Token], text: str) -> bool:
    """Whether a text as a whole asks something: it ends so, and begins with a word that asks.

    >>> is_question(tokens("what do you mean?"), "what do you mean?"), is_question(tokens("pay?"), "pay?")
    (True, False)
    """
    return text.rstrip(" !)").endswith("?") and bool(phrases(_FILE, "question words").at(found, 0))


def _opens_with(found: list[Token], section: str) -> bool:
    """Whether any clause begins with a phrase of a list."""
    listed = phrases(_FILE, section)
    return any(
        listed.at(found, at)
        for at in range(len(found))
        if at == 0 or found[at - 1].word in _CLAUSE_ENDS | {"and", "but"}
    )


def _is_report(text: str) -> bool:
    """Whether a text gives a score first, as a day's answer does: "7, shipped the report"."""
    if _SCORE.search(text):
        return True
    numbers = [int(n) for n in _NUMBERED.findall(text)]
    numbered = numbers[:2] == [1, 2]
    return bool(_SCORED.match(text) or _SCORED_LAST.search(text)) and not numbered


def _clauses(found: list[Token], text: str) -> list[list[Token]]:
    """The tokens between marks and line ends; "but" begins a clause too."""
    clauses: list[list[Token]] = [[]]
    for before, token in zip([None, *found], found, strict=False):
        if token.word in _CLAUSE_ENDS:
            clauses.append([])
            continue
        if token.word in ("but", "so") or (before and "\n" in text[before.end : token.start]):
            clauses.append([])
        clauses[-1].append(token)
    return [clause for clause in clauses if clause]


def _consent(found: list[Token], text: str) -> Command | None:
    """Yes or no: the last clause that says either holds, for a doubt or a thank-you may stand before it.

    >>> _consent(tokens("no problem, sign me up"), "no problem, sign me up")
    Command(name='yes', args={})
    >>> _consent(tokens("I have a doubt whether it is free or not"), "") is None
    True
    """
    if _SCORE.search(text) or phrases(_FILE, "elsewhere starts").at(found, 0):
        return None
    verdict = None
    for clause in _clauses(found, text):
        verdict = _says(clause) or verdict
    return None if verdict is None else Command(verdict, {})


def says_yes(text: str) -> bool | None:
    """Whether a normalised text says yes or no to a suggestion; None where it says neither.

    >>> says_yes("yeah go ahead"), says_yes("nah"), says_yes("7, shipped it")
    (True, False, None)
    """
    said = _consent(tokens(text), text)
    return None if said is None else said.name == "yes"


def _says(clause: list[Token]) -> str | None:
    """ "yes" or "no" as a clause begins or stands alone; in the run of such words at its head the last one holds."""
    clause = [token._replace(word=_DRAWN_OUT.sub(r"\1", token.word)) for token in clause]
    yes, no, polite = phrases(_FILE, "yes"), phrases(_FILE, "no"), phrases(_FILE, "politeness")
    verdict = None
    at = 0
    while at < len(clause):
        said_yes, said_no = yes.at(clause, at), no.at(clause, at)
        if said_no >= said_yes and said_no and not _is_no_verdict(clause, at, said_no):
            verdict, at = "no", at + said_no
        elif said_yes and _is_a_yes(clause, at, said_yes):
            verdict, at = "yes", at + said_yes
        elif clause[at].word[0].isalnum() and not polite.at(clause, at):
            break
        else:
            at += polite.at(clause, at) or 1
    anywhere, negators = phrases(_FILE, "yes anywhere"), phrases(_FILE, "negators")
    for later in range(at, len(clause)):
        if anywhere.at(clause, later) and not any(negators.at(clause, b) for b in range(max(at, later - 3), later)):
            return "yes"
        if later > at and phrases(_FILE, "no anywhere").at(clause, later):
            return "no"
    return verdict


def _is_no_verdict(clause: list[Token], at: int, length: int) -> bool:
    """Whether a "no" only belongs to its noun: "no idea", "no time for it myself"."""
    if phrases(_FILE, "no is no verdict").at(clause, at):
        return True
    after = at + length
    if after >= len(clause) or not clause[after].word[0].isalnum():
        return False
    if clause[at].word == "nothing":
        return True
    if length == 1 and clause[at].word in ("no", "never"):
        return not phrases(_FILE, "may follow no").at(clause, after)
    return False


def _is_a_yes(clause: list[Token], at: int, length: int) -> bool:
    """Whether a short yes stands as one: "good" does alone, and not in "good question"; nor does "I want" a thing."""
    after = at + length
    if after >= len(clause) or not clause[after].word[0].isalnum():
        return True
    if phrases(_FILE, "yes whatever follows").at(clause, at) or (length > 1 and clause[at].word[0] != "i"):
        return True
    return bool(phrases(_FILE, "yes", "politeness", "may follow yes").at(clause, after))


def _deletion(found: list[Token], text: str) -> Command | None:
    """Erase or keep: the last verb holds, turned round by a "not" before it; else the last yes or no.

    >>> _deletion(tokens("please don't delete it"), "")
    Command(name='keep', args={})
    >>> _deletion(tokens("no, delete it all"), "")
    Command(name='delete', args={})
    >>> _deletion(tokens("ok one more"), "ok one more") is None
    True
    """
    if _is_report(text) or _opens_with(found, "asks for data"):
        return None
    verb = said = None
    for clause in _clauses(found, text):
        verb = _verb_of_deletion(clause) or verb
        said = _says(clause) or said
    if any(a.word == "not" and b.word in ("sure", "certain") for a, b in pairwise(found)):
        return None
    if is_question([t for t in found if t.word[0].isalnum()], text):
        return None
    if verb is None and said == "yes" and not _is_nothing_but_yes(found):
        return None  # what cannot be undone takes more than an "ok" in passing
    verdict = verb or {"yes": "delete", "no": "keep", None: None}[said]
    return None if verdict is None else Command(verdict, {})


def _verb_of_deletion(clause: list[Token]) -> str | None:
    """Whether the last verb of a clause says "delete" or "keep", turned round by a "not" before it."""
    erase, keep, negators = phrases(_FILE, "erase"), phrases(_FILE, "keep"), phrases(_FILE, "negators")
    verb = None
    at, negated, before_past = 0, False, False
    while at < len(clause):
        kept, erased = keep.at(clause, at), erase.at(clause, at)
        if kept >= erased and kept and not _keeps_doing(clause, at, kept):
            verb = "delete" if negated and kept == 1 else "keep"
            at, negated = at + kept, False
        elif erased and not before_past:
            verb = "keep" if negated else "delete"
            at, negated = at + erased, False
        else:
            negated = negated or bool(negators.at(clause, at) and clause[at].word != "no")
            before_past = before_past or clause[at].word in ("was", "were")
            at += 1
    return "keep" if clause[-1].word == "dont" and len(clause) <= 3 else verb


def _is_nothing_but_yes(found: list[Token]) -> bool:
    bare = [token for token in found if token.word[0].isalnum()]
    known, at = phrases(_FILE, "yes", "yes anywhere", "politeness", "may follow yes"), 0
    while at < len(bare) and (length := known.at(bare, at)):
        at += length
    return at == len(bare)


def _keeps_doing(clause: list[Token], at: int, length: int) -> bool:
    """ "keep getting these" keeps nothing."""
    return length == 1 and clause[at].word == "keep" and at + 1 < len(clause) and clause[at + 1].word.endswith("ing")
