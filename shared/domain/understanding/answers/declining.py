"""Reads whether an answer to an open question is that there is nothing, or that the member does not know."""

from shared.domain.understanding.normalise import normalise
from shared.domain.understanding.text.amounts import tokens
from shared.domain.understanding.text.phrases import phrases

_FILE = "steps"


def declines(text: str) -> bool:
    """Whether an answer is nothing but a no, or that the member does not know: "nobody tbh", "not really, no".

    >>> declines("no one comes to mind"), declines("Nothing for now"), declines("Noor"), declines("no, Toastmasters")
    (True, True, False, False)
    """
    found = [token for token in tokens(normalise(text)) if token.word[0].isalnum()]
    no, polite = phrases(_FILE, "no"), phrases("open_questions", "politeness")
    around = phrases(_FILE, "around a no")
    at, said_no = 0, False
    while at < len(found):
        length = no.at(found, at)
        said_no = said_no or bool(length)
        length = length or polite.at(found, at) or around.at(found, at)
        if not length:
            return False
        at += length
    return said_no
