"""Reads the commands a member gives: whole messages that ask the service to do something."""

import re
from datetime import date, timedelta

from shared.domain.understanding.reply import Command

# Twilio's default opt-out and opt-in words, as a whole message; see its "opt-out keywords" page.
_STOP = frozenset("stop unsubscribe end quit stopall revoke optout cancel alto arrêt".split())
_STOP_PHRASES = re.compile(
    r"""
    (?:(?:please|pls)\ )?
    (?: stop | unsubscribe
      | stop\ (?:it|this|all|(?:these\ |the\ |all\ )?(?:texts|messages|mails|e\ ?mails))
      | stop\ (?:texting|messaging|contacting|e?\ ?mailing)(?:\ me)?
      | stop\ sending\ (?:me\ )?(?:this|these|(?:these\ |any\ )?(?:texts|messages|mails|e\ ?mails))
      | (?:do\ not|don'?t)\ (?:text|message|contact|e?\ ?mail)\ me
      | unsubscribe\ me | opt\ (?:me\ )?out | take\ me\ off\ (?:this|the|your)\ list | no\ more\ (?:texts|messages)
    )
    (?:\ (?:please|pls|now|thanks?|thank\ you|already|again|any\ ?more))*
    """,
    re.VERBOSE,
)
_WHOLE = {
    **dict.fromkeys(_STOP, "stop"),
    **dict.fromkeys(("start", "unstop", "sign me back up"), "start"),
    **dict.fromkeys(("help", "info", "how does this work", "what can i say"), "help"),
    **dict.fromkeys(("undo", "scratch that", "ignore that last one"), "undo"),
    **dict.fromkeys(("resume", "i'm back", "im back"), "resume"),
    **dict.fromkeys(("stats", "my streak", "how am i doing"), "stats"),
    **dict.fromkeys(("summary", "my summary", "send me my summary"), "summary"),
    **dict.fromkeys(("skip", "pass", "not today"), "skip"),
    **dict.fromkeys(("thanks", "thank you", "ty", "thx", "ok", "okay", "👍"), "thanks"),
}
_YES = frozenset(("yes", "y", "yes please", "yep", "yeah", "yup", "ok", "okay", "sure", "👍", "i agree"))
_NO = frozenset(("no", "n", "nope", "nah", "no thanks", "no thank you"))
_PAUSE = re.compile(
    r"(?:please )?pause(?: (?:me|texts|my texts|it))?"
    r"(?: for (?P<n>an?|\d{1,3}|one|two|three|four) (?P<unit>day|week|month)s?)?"
)
_NO_WORD = re.compile(r"[^\w'👍]|_")
_COUNTS = {"a": 1, "an": 1, "one": 1, "two": 2, "three": 3, "four": 4}


def read_command(text: str, asked: str, today: date) -> Command | None:
    """The command that a normalised text is as a whole; None where it is none.

    `asked` is what was asked last: YES and NO mean something only where "opt_in" is open.

    >>> read_command("Stop. Thank you", "none", date(2026, 3, 3))
    Command(name='stop', args={})
    >>> read_command("pause for a week", "none", date(2026, 3, 3))
    Command(name='pause', args={'until': '2026-03-10'})
    """
    bare = (word.strip("'") for word in _NO_WORD.sub(" ", text).lower().split())
    words = " ".join(filter(None, bare))
    if words in _STOP or _STOP_PHRASES.fullmatch(words):
        return Command("stop", {})
    if asked == "opt_in" and words in (*_YES, "start"):
        return Command("yes", {})
    if asked == "opt_in" and words in _NO:
        return Command("no", {})
    if asked == "none" and words in _YES | _NO:
        return Command("thanks", {})
    if name := _WHOLE.get(words):
        return Command(name, {})
    if match := _PAUSE.fullmatch(words):
        return Command("pause", {"until": _until(match["n"], match["unit"], today)})
    return None


def _until(count: str | None, unit: str | None, today: date) -> str | None:
    """The first date on which texts come again. A month ends on the same day of the next, or its last day."""
    if count is None:
        return None
    n = _COUNTS.get(count) or int(count)
    if unit != "month":
        return (today + timedelta(days=n * (7 if unit == "week" else 1))).isoformat()
    year, month = divmod(today.year * 12 + today.month - 1 + n, 12)
    last = (date(year + month // 11, (month + 1) % 12 + 1, 1) - timedelta(days=1)).day
    return date(year, month + 1, min(today.day, last)).isoformat()
