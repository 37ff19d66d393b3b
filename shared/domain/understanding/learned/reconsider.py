"""Weighs what the rules read against what labelled texts teach, and reads anew what then comes out otherwise."""

import re
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any

from shared.domain.understanding.commands.frames import BESIDE_A_SCORE
from shared.domain.understanding.commands.message import Message, listed
from shared.domain.understanding.commands.read import somebody_quit
from shared.domain.understanding.learned import features, models
from shared.domain.understanding.reply import Command, Context, Reply
from shared.domain.understanding.report.no_wins import is_no_win
from shared.domain.understanding.report.read import read_report
from shared.domain.understanding.spanish import in_own_words, numbers_in, reworded

# Nothing else is read from their message.
ALONE = frozenset("stop start help yes no skip undo delete keep thanks unclear".split())
ANSWERS = frozenset(("rut_check", "values", "dealbreakers", "savings"))
# A command that is only possible where it was asked for.
_ONLY_WHERE = {"yes": "opt_in", "no": "opt_in", "keep": "confirm_delete", **{name: name for name in ANSWERS}}
_WORD = re.compile(r"[^\W_]+")
_FEW = 14  # words and marks: what the rules hear in them, and no more is told, stands
_FIRM = 4  # words: what the rules read in so few stands, such as the STOP that the carriers fix
_BEFORE_ALL = frozenset(("stop", "start", "help", "delete"))

# What speaks for a reading is a log-odds, in hundredths. By so much must another command lead that of the rules, as
# it costs so much to take a text for it wrongly: a member is lost, a consent is taken, a report meets with silence.
_NEVER = 10_000
_SURE, _SURE_FROM = 700, 8  # this log-odds, of a text of more words than these
_SURE_OF_NO_STOP = 1000
_COST = {"stop": 200, "delete": 200, "start": 200, "thanks": 200, "help": 100, "snooze": 100, "resume": 250}
_NEVER_BY_WEIGHTS = frozenset(("yes",))  # a consent is given in so many words
_LONGEST_BESIDE = {**dict.fromkeys(BESIDE_A_SCORE, 6), "set_time": 14}  # words of a text with a score and a command
_COST_OF_UNREADING = 200  # what the rules read, or what is all that a few words say
_COST_OF_UNANSWERING = 400  # the open question is answered first
_LIKELY = -250  # what speaks for a command, from which on it is likely at all
_SURE_OF_NO_SCORE = 800
# Behind a marker the rules know best what a win is.
_MARKED = r"(?i)\b(?:wins?|w|logros?)\s*[:=]"
# "Didn't finish the course" is none.
_DENIED = re.compile(
    r"(?i)\b(?:(?:did|could|have|has|had|can)(?:n'?t| not)|never|failed to|forgot to|about to|yet to) $"
)
_LONGEST_LEAD = 20  # characters
_PRIDE = re.compile(r"(?i)\bproud of $")
_ARTICLE = re.compile(r"^(?:the|a|an|my|our) ")
_HALF = re.compile(r"(?i) and a (?:half|quarter)\b")
_HEARD = 200  # what speaks for distress where the rules hear it, beside its learned weight
_CRISIS_FROM = -30  # log-odds: a false alarm costs a kind text, a miss may cost a life
_CRISIS_FROM_DISTRESS = 0  # where the rules hear distress, which is answered too
_NEAR_DISTRESS = 200  # and so much less may speak for a crisis than for distress


def verdicts_of(reply: Reply) -> dict[str, str]:
    """What the rules made of a text, as the models know it."""
    mood = reply.mood
    return {
        "command": reply.command.name if reply.command else "null",
        "safety": reply.safety or "null",
        "mood": "number" if isinstance(mood, int | float) else mood or "null",
    }


def asks_for_nothing(weighed: models.Weighed) -> bool:
    """Whether the words of a text alone leave no doubt that it holds no command.

    Of few words nothing is sure, nor where a word is one that the law makes an opt-out; one in other words is the
    dearest to miss.
    """
    words = [token.word for token in weighed.found if token.word[0].isalnum()]
    if len(words) <= _SURE_FROM or not listed("stop said").isdisjoint(words):
        return False
    weights = weighed.by_words()["command"]
    nothing = weights.pop("null")
    return nothing - max(weights.values()) > _SURE and nothing - weights["stop"] > _SURE_OF_NO_STOP


def reconsider(ruled: Reply, rest: str, weighed: models.Weighed, text: str, context: Context, now: datetime) -> Reply:
    """The reply to a normalised text, where the rules made `ruled` of it.

    `rest` is the text without the clause that gave their command. `now` is the member's local time.
    """
    found = weighed.found
    if not found:
        return ruled
    weights = weighed.with_verdicts(verdicts_of(ruled))
    tells_no_more = ruled.command is None and not isinstance(ruled.mood, int | float) and len(found) <= _FEW
    safety = _safety(weights["safety"], ruled.safety, tells_no_more)
    if not context.learned:
        return ruled._replace(safety=safety or ruled.safety)
    command = _command(weights["command"], ruled, text, context, now)
    if safety and ruled.command is None and command and command.name not in _BEFORE_ALL:
        command = None  # a call for help asks the service for nothing else
    if command and takes_all(command, context.asked):
        return Reply(command=command, safety=safety)
    if ruled.command and takes_all(ruled.command, context.asked):  # it is none after all: what does the text tell?
        ruled = read_report(text, None, reworded(text), context, safety)
    spans = _spans(found, ruled, text, context.asked)
    # "Bump the texts to 11pm" tells nothing of the day; in the clause of a correction a win may stand.
    told = rest if command and command == ruled.command and command.name != "correct" else text
    read = {
        kind: _each_once(said for span in places if (said := _with_its_half(text, *span)) in told)
        for kind, places in spans.items()
    }
    mood, estimated = _mood(weights["mood"], ruled, text, spans["score"])
    if command and (command.name == "correct" or (command == ruled.command and _names_its_hour(ruled, text))):
        mood, estimated = None, False
    progress: tuple[dict[str, Any], ...] = ()
    wins = tuple(win for win in read["wins"] if not is_no_win(win))
    if ruled.wins and len(ruled.wins) >= len(wins) and re.search(_MARKED, text):
        wins = ruled.wins
    if len(ruled.progress) > 1:
        wins = _one_for_each(ruled.wins, wins)
    if context.goals:
        from shared.domain.understanding.report.progress import read_progress

        progress, wins = read_progress(text, wins, context.goals)
    intention = None if safety == "crisis" else ruled.intention
    engaged, drained = (tuple(said for said in read[kind] if said not in wins) for kind in ("engaged", "drained"))
    return Reply(mood, engaged, drained, wins, progress, command, safety, estimated, intention)


def _each_once(phrases: Iterable[str]) -> tuple[str, ...]:
    """The phrases, each as it is said first.

    >>> _each_once(["forms", "chair", "The forms"])
    ('forms', 'chair')
    """
    first: dict[str, str] = {}
    for phrase in phrases:
        first.setdefault(_ARTICLE.sub("", phrase.lower()), phrase)
    return tuple(first.values())


def _with_its_half(text: str, start: int, end: int) -> str:
    """A stretch of a text, with the rest of an amount that it would cut: "studied an hour" and a half."""
    rest = _HALF.match(text, end)
    return text[start : rest.end() if rest else end]


def _one_for_each(ruled: tuple[str, ...], wins: tuple[str, ...]) -> tuple[str, ...]:
    """The wins, but those that the rules told apart stay apart: each moved another goal.

    >>> _one_for_each(("applied to a job", "went for a walk"), ("applied to a job n went for a walk",))
    ('applied to a job', 'went for a walk')
    """
    parted = ([own for own in ruled if own in win] for win in wins)
    return tuple(
        said for win, inside in zip(wins, parted, strict=True) for said in (inside if len(inside) > 1 else [win])
    )


def _names_its_hour(ruled: Reply, text: str) -> bool:
    """Whether the only number of a text is the hour that a command asks for: "kindly shift it to 6"."""
    if ruled.mood is not None or not ruled.command or ruled.command.name not in ("set_time", "snooze"):
        return False
    numbers = numbers_in(text)
    return len(numbers) == 1 and numbers[0].start > 0


def takes_all(command: Command, asked: str) -> bool:
    """Whether nothing else is read from the message of a command."""
    return command.name in ALONE or command.name in ANSWERS or (command.name == "new_goal" and asked == "goal")


def _spans(found: Sequence[features.Token], ruled: Reply, text: str, asked: str) -> dict[str, list[features.Span]]:
    """Where the phrases of a text stand, by kind: as the weights have it, held to what the rules read."""
    own = spans_ruled(ruled, text)
    spans = _drains_kept(own, models.read_spans(found, asked, features.tags_of(found, own)))
    spans["wins"] = [
        span for span in spans["wins"] if not _follows(_DENIED, text, span) or _overlaps(span, own["wins"])
    ]
    if not spans["wins"] and not ruled.command:  # "proud of my hands" beside a win is none more
        spans["wins"] = _free((span for span in own["wins"] if _follows(_PRIDE, text, span)), spans)
    return _with_energy(own, spans) if len(found) <= _FEW else spans


def _follows(lead: re.Pattern[str], text: str, span: features.Span) -> bool:
    """Whether a span stands behind a few words such as "proud of "."""
    return lead.search(text, max(0, span[0] - _LONGEST_LEAD), span[0]) is not None


def _with_energy(
    own: dict[str, list[features.Span]], spans: dict[str, list[features.Span]]
) -> dict[str, list[features.Span]]:
    """The spans, and what else the rules read of what gave and cost energy: in few words there is always a cue for it.

    Of wins that only the rules read more are none than are one.
    """
    return spans | {kind: sorted([*spans[kind], *_free(own[kind], spans)]) for kind in ("engaged", "drained")}


def _free(spans: Iterable[features.Span], taken: Mapping[str, Iterable[features.Span]]) -> list[features.Span]:
    """Those of the spans of which no part is taken."""
    held = [span for said in taken.values() for span in said]
    return [span for span in spans if not _overlaps(span, held)]


def _overlaps(span: features.Span, others: Iterable[features.Span]) -> bool:
    return any(span[0] < other[1] and other[0] < span[1] for other in others)


def _drains_kept(
    own: dict[str, list[features.Span]], spans: dict[str, list[features.Span]]
) -> dict[str, list[features.Span]]:
    """The spans, but what the rules read as a drain, and the weights as a win, is a drain: "zero energy after standup".

    Praise for what hurt is the worse mistake of the two.
    """
    no_wins = [span for span in spans["wins"] if _overlaps(span, own["drained"]) and not _overlaps(span, own["wins"])]
    if not no_wins:
        return spans
    drains = [span for span in own["drained"] if _overlaps(span, no_wins) and not _overlaps(span, spans["drained"])]
    wins = [span for span in spans["wins"] if span not in no_wins]
    return {**spans, "wins": wins, "drained": sorted([*spans["drained"], *drains])}


def spans_of(text: str, phrases: Mapping[str, Iterable[str]], score: object) -> dict[str, list[features.Span]]:
    """Where phrases, by kind, and the score stand in a text; of a score that stands there twice, the last."""
    spans: dict[str, list[features.Span]] = {}
    for kind, said in phrases.items():
        spans[kind] = [(at, at + len(phrase)) for phrase in said if phrase and (at := text.find(phrase)) >= 0]
    numbers = [(said.start, said.end) for said in numbers_in(text) if said.value == score] if score else []
    return spans | {"score": numbers[-1:]}


def spans_ruled(reply: Reply, text: str) -> dict[str, list[features.Span]]:
    """Where what the rules read stands in the text."""
    phrases = {"wins": reply.wins, "engaged": reply.engaged, "drained": reply.drained}
    return spans_of(text, phrases, reply.mood if isinstance(reply.mood, int | float) else None)


def _best(weights: Mapping[str, int]) -> str:
    return max(weights, key=weights.__getitem__)


def _safety(weights: Mapping[str, int], own: str | None, alone: bool) -> str | None:
    """A crisis where the rules hear one or it is not unlikely, else the likelier of the others.

    Distress that the rules hear stands where it is all that a few words tell (`alone`).
    """
    if own == "crisis":
        return own
    least = _CRISIS_FROM
    if own == "support":
        least = max(_CRISIS_FROM_DISTRESS, weights["support"] - _NEAR_DISTRESS)
    if weights["crisis"] > least:
        return "crisis"
    if own == "support" and alone:
        return own
    heard = _HEARD if own == "support" else 0
    return "support" if weights["support"] + heard > weights["null"] else None


def _command(weights: Mapping[str, int], ruled: Reply, text: str, context: Context, now: datetime) -> Command | None:
    """The rules' own command, or another where more speaks for it and its arguments are there."""
    own = ruled.command
    # Of two that are about as likely, the one whose mistake is cheaper.
    name = _best({**weights, **{each: weights[each] - cost for each, cost in _COST.items() if each in weights}})
    before = own.name if own else "null"
    if name == before or weights[name] - weights.get(before, 0) < _lead_needed(name, ruled, text, context.asked):
        return own
    if name == "null":
        return None
    if weights[name] < _LIKELY:
        return own
    from shared.domain.understanding.commands.arguments import read_arguments

    spanish = reworded(text)
    args = read_arguments(name, Message(spanish.text if spanish else text, context, now))
    return own if args is None else in_own_words(Command(name, args), spanish)


def _lead_needed(name: str, ruled: Reply, text: str, asked: str) -> int:
    """By how much a command must lead what the rules made of a text: the dearest of the mistakes that it may be."""
    few = _is_short(text)
    read = ruled.command or ruled.mood is not None or ruled.wins or ruled.engaged or ruled.drained
    # "7, shipped the report" is a report, whatever was asked.
    scored = isinstance(ruled.mood, int | float) and name in ANSWERS
    if (few and read) or scored or name in _NEVER_BY_WEIGHTS or _ONLY_WHERE.get(name, asked) != asked:
        return _NEVER
    if name == "stop" and somebody_quit(text):
        return _NEVER
    if name == "null" and _stands_beside_a_score(ruled, text):
        return _NEVER
    if ruled.command and ruled.command.name in ANSWERS:
        return _COST_OF_UNANSWERING
    return max(_COST.get(name, 0), _COST_OF_UNREADING if read or few else 0)


def _stands_beside_a_score(ruled: Reply, text: str) -> bool:
    """Whether the rules read a command that is another thing than the score: "7 good day. Change the time to noon"."""
    if ruled.command is None or not isinstance(ruled.mood, int | float):
        return False
    longest = _LONGEST_BESIDE.get(ruled.command.name, 0)
    return len(_WORD.findall(text)) <= longest


def _is_short(text: str) -> bool:
    return len(_WORD.findall(text)) <= _FIRM


def _mood(
    weights: Mapping[str, int], ruled: Reply, text: str, scores: list[features.Span]
) -> tuple[float | str | None, bool]:
    """The mood, and whether it is estimated from words."""
    own = verdicts_of(ruled)["mood"]
    kind = _best(weights)
    if own == "number" and weights[kind] - weights["number"] < _SURE_OF_NO_SCORE:
        kind = own
    if kind == "null" and own != "number" and _is_short(text):
        kind = own  # "cried at my desk": in so few words there is nothing else that it could be about
    if kind == "number":
        numbers = numbers_in(text) if scores or own != "number" else []
        tagged = [said.value for said in numbers for start, end in scores if start <= said.start < end]
        if tagged or own == "number":
            return (tagged[-1] if tagged else ruled.mood), False
        return (numbers[-1].value, False) if numbers else (ruled.mood, ruled.estimated)
    if kind == own:
        return ruled.mood, ruled.estimated
    return (None, False) if kind == "null" else (kind, kind != "same")
