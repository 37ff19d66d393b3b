"""Tells whether a text is a call for help. It comes before all else, and would rather be wrong than miss one.

How it reads: the text becomes words in one spelling, cut into sentences (`spelling.py`); the phrases of
`words/safety.txt` are looked for in them (`phrases.py`); and what stands around a phrase says whose it is (the member's
or somebody else's), whether it is denied or long past, and whether it is one of the idioms that sound alike. What names
nothing is heard by the cues that stand together in it (`cues.py`).
"""

import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterator
from functools import cached_property

from shared.domain.understanding.safety.cues import calls_for_help
from shared.domain.understanding.safety.phrases import SECTIONS, Span, find
from shared.domain.understanding.safety.spelling import COMMA, LINE, listed, words_of
from shared.domain.understanding.words import load

_REACH = 12  # as many words back and ahead are looked at to learn whose a phrase is
_SIGNS = tuple(
    (section, 1 if section.startswith("faint") else 2)
    for section in SECTIONS
    if section.startswith(("faint", "strong"))
)
_ENOUGH_SIGNS = 3
_ENOUGH_IN_CHEER = 5
_SHORT = 5  # as many words make a sentence that needs no "I" to be the member's own
_LAUGH = r"\b(?:lol|lmao|(?:ha){2,}|rofl)"
_LAUGHS = ("😂", "🤣", "😅", "😆", "😹")
_OF_SELF = frozenset("i me my myself mi je ich".split())
_OTHER_THINGS = frozenset("the a an my our your this that it".split())
_IS = frozenset("is was has are were keeps wants feels seems got".split())


class _Reader:
    """One text, with what was found in it."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.said = words_of(text.lower())
        self.found = find(self.said)

    @cached_property
    def _idioms(self) -> dict[int, list[Span]]:
        return self._by_place("idioms")

    @cached_property
    def _not_since(self) -> dict[int, list[Span]]:
        return self._by_place("not since")

    @cached_property
    def _starts(self) -> defaultdict[str, dict[int, int]]:
        return defaultdict(dict, {section: dict(spans) for section, spans in self.found.items()})

    def says_nothing(self) -> bool:
        """Whether there is neither a phrase nor a grave word, as in most texts."""
        return not self.found and listed("grave").isdisjoint(self.said.words)

    @cached_property
    def laughs(self) -> bool:
        return any(laugh in self.text for laugh in _LAUGHS) or bool(re.search(_LAUGH, self.text.lower()))

    def _by_place(self, section: str) -> dict[int, list[Span]]:
        places: dict[int, list[Span]] = {}
        for span in self.found[section]:
            for at in range(*span):
                places.setdefault(at, []).append(span)
        return places

    # ------------------------------------------------------------ what stands around a phrase
    def spared(self, span: Span) -> bool:
        """Whether the phrase is part of an idiom, or goes on into one; what only leads up to it spares nothing.

        >>> _Reader("want to die of boredom").spared(Span(0, 3)), _Reader("dying to end my life").spared(Span(2, 5))
        (True, False)
        """
        return any(
            idiom.end > span.end or (idiom.end == span.end and idiom.start < span.start)
            for at in range(*span)
            for idiom in self._idioms.get(at, ())
        )

    def around(self, span: Span, sentences: int = 0) -> Iterator[int]:
        """The places of the sentence that the phrase is in, and of so many after it; not too far away."""
        said = self.said
        end = said.ends[span.start]
        for _ in range(sentences):
            end = said.ends[end] if end < len(said.words) else end
        return iter(range(max(said.starts[span.start], span.start - 2 * _REACH), min(end, span.end + 2 * _REACH)))

    def near(self, section: str, span: Span, sentences: int = 0) -> bool:
        """Whether a phrase of the section stands in the same sentence, or in so many after it."""
        starts = self._starts[section]
        return any(at in starts for at in self.around(span, sentences))

    def has(self, words: frozenset[str], span: Span) -> bool:
        return any(self.said.words[at] in words for at in self.around(span))

    def whose(self, span: Span) -> str:
        """ "self", "other", or "" where nobody is named: the nearest person before the phrase.

        >>> text = _Reader("I told my wife I want to die"); text.whose(Span(6, 9))
        'self'
        >>> text = _Reader("my friend is suicidal"); text.whose(Span(3, 4))
        'other'
        """
        said = self.said
        if any(word in _OF_SELF for word in said.words[span.start : span.end]):
            return "self"
        follows = span.end < said.ends[span.start] and said.marks[span.end] == 0
        if follows and span.end - span.start == 1 and "<person>" in said.kinds[span.end]:
            return "other"  # "suicidal teenagers"
        for at in range(span.start - 1, max(said.starts[span.start], span.start - _REACH) - 1, -1):
            after = said.marks[at + 1]
            if after >= LINE or (after == COMMA and _IS.isdisjoint(said.words[at + 1 : span.start])):
                return ""
            word = said.words[at]
            if word in _OF_SELF and word != "my":
                return "self"
            if "<person>" in said.kinds[at] and not self._told(at):
                return "other"
        return ""

    def _told(self, at: int) -> bool:
        """Whether the person is only spoken to, or of: "told my wife"."""
        words = self.said.words
        before = at - 2 if at > 1 and words[at - 1] in ("my", "the", "our", "a", "his") else at - 1
        return before >= 0 and words[before] in listed("told")

    def quoted(self, span: Span) -> bool:
        """Somebody else is quoted: a person, a mark, then the phrase: he said "I want to die".

        >>> _Reader('he said: want to die').quoted(Span(2, 5)), _Reader("I say: want to die").quoted(Span(2, 5))
        (True, False)
        """
        said = self.said
        for at in range(span.start, max(0, span.start - 4) - 1, -1):
            if at in said.quotes:
                for place in range(at - 1, max(0, at - 6) - 1, -1):
                    if "<person>" in said.kinds[place] or said.words[place] == "i":
                        return said.words[place] != "i"
                return False
        return False

    def denied(self, span: Span) -> bool:
        """Whether the phrase is what the member says is not so.

        >>> _Reader("not suicidal or anything").denied(Span(1, 2))
        True
        >>> _Reader("can't stop, I want to die").denied(Span(4, 7))
        False
        """
        said = self.said
        bridge, says = listed("bridge"), listed("says")
        at = span.start - 1
        while at >= max(said.starts[span.start], span.start - 9):
            if said.marks[at + 1] != 0:
                return False
            word = said.words[at]
            if "<not>" in said.kinds[at]:
                # "can't kill ...", "why not ...", "trying not to ..." deny nothing.
                return not at or said.words[at - 1] not in listed("not denying")
            if word == "i":
                if at == 0 or said.words[at - 1] not in says:
                    return False
            elif word not in bridge:
                return False
            at -= 1
        return False

    def past(self, span: Span) -> bool:
        """Whether the phrase tells of a time that is over.

        >>> _Reader("I wanted to die in 2015").past(Span(1, 4))
        True
        >>> _Reader("two years ago dad died and I want to die").past(Span(7, 10))
        False
        """
        said, starts = self.said, self._starts["past"]
        own = range(*span) if said.words[span.end - 1] == "anymore" else ()  # "I can't anymore" is of today
        if not any(at in starts and at not in own for at in self.around(span, 1)):
            return False
        words = said.words[max(said.starts[span.start], span.start - 4) : span.end]
        if "used" not in words and any(word in listed("present verb") for word in words):
            return False
        return not self.near("again", span, 1) or self.near("no again", span, 1)

    # ------------------------------------------------------------ what follows from it
    def own(self, span: Span) -> str | None:
        """What a phrase about dying or harm is a sign of."""
        if self.spared(span):
            return None
        if self.denied(span) or self.past(span):
            return "support" if self.whose(span) != "other" else None
        whose = self.whose(span)
        if whose != "self" and self.has(listed("at work"), span):
            return None
        return "support" if whose == "other" or self.quoted(span) else "crisis"

    def grave(self, at: int) -> str | None:
        """What a grave word is a sign of where no phrase was found: a crisis if the member longs for it.

        >>> text = _Reader("death has been on my mind, a better place"); text.grave(0) is None
        True
        >>> text = _Reader("I keep hoping for some kind of death"); text.grave(text.said.words.index("death"))
        'crisis'
        """
        words = self.said.words
        start = max(self.said.starts[at], at - 8)
        span = Span(at, at + 1)
        mine = max((place for place in range(start, at) if words[place] in _OF_SELF), default=at)
        # "I think the deal is dead": something stands between.
        if mine == at or words[mine] == "my" or not _OTHER_THINGS.isdisjoint(words[mine:at]):
            return None
        near = range(start, min(self.said.ends[at], at + 6))
        if self.whose(span) != "self" or not any(words[place] in listed("longing") for place in near):
            return None
        return self.own(span)

    def weight(self) -> int:
        """What the signs of the whole text weigh together.

        >>> _Reader("sat with the rifle. tell the kids I'm sorry").weight()
        3
        """
        total = 0
        for section, weight in _SIGNS:
            spans = [span for span in self.found[section] if not self.spared(span)]
            # Two phrases apart from each other count as two; two faint ones are no more than one.
            apart = weight > 1 and any(span.start >= spans[0].end + 3 for span in spans)
            total += weight * (2 if apart else 1 if spans else 0)
        return total

    def cheers(self) -> bool:
        """Whether the signs stand among good news or everyday trouble, or in a text that laughs."""
        cheer = listed("cheer")
        return self.laughs or any(self.has(cheer, span) for section, _ in _SIGNS for span in self.found[section])

    def mention(self, span: Span) -> str | None:
        """What the bare word is a sign of: on the member's own lips a cry, else somebody's, or a subject."""
        if self.has(listed("at work"), span):
            return None
        whose = self.whose(span)
        sentence = self.said.ends[span.start] - self.said.starts[span.start]
        if (whose != "other" and self.has(_OF_SELF, span)) or (whose == "" and sentence <= _SHORT):
            return self.own(span)
        return None if self.spared(span) else "support"

    def threat(self, span: Span, jest: bool) -> str | None:
        """What a phrase about another person's violence is a sign of."""
        if self.spared(span) or self.denied(span):
            return None
        if self.past(span):
            return "support"
        if self.has(listed("at work"), span) or self.has(listed("sport"), span) or self._hit_by_work(span):
            return None
        if jest and not any(
            self.said.words[at] in listed("fear") for at in self.around(span, 1) if not span.start <= at < span.end
        ):
            subject = self.said.words[span.start]
            if (
                self.laughs
                or self.has(listed("jest"), span)
                or subject in ("mum", "wife", "girlfriend", "sister", "they")
            ):
                return None
        return "crisis"

    def _hit_by_work(self, span: Span) -> bool:
        """A patient, a toddler: named right before "he hit me"."""
        near = range(max(self.said.starts[span.start], span.start - 5), span.start)
        return any(self.said.words[at] in listed("harmless hitter") for at in near)

    def lasting(self, span: Span, weeks_only: bool) -> bool:
        """Whether the distress has gone on for weeks, or comes every day.

        >>> text = _Reader("numb for months"); text.lasting(Span(0, 1), weeks_only=False)
        True
        >>> text = _Reader("numb. first time in months"); text.lasting(Span(0, 1), weeks_only=False)
        False
        """
        sections = ("since",) if weeks_only else ("since", "since then", "daily")
        places = list(self.around(span))
        if not weeks_only:
            # "Burnt out. Months now.": what follows tells it too, and what came before.
            places += self.around(span, 1)
            start = self.said.starts[span.start]
            places += range(max(self.said.starts[start - 1], start - 2 * _REACH) if start else 0, start)
        return any(
            at in self._starts[section]
            and not any(at in self._not_since for at in range(at, self._starts[section][at]))
            for section in sections
            for at in places
        )

    def distress(self, span: Span) -> bool:
        own = self.whose(span) != "other" and not self.has(listed("at work"), span)
        if self.laughs and len(self.said.words) <= _SHORT:
            return False  # "I can't anymore lol"
        return own and not (self.spared(span) or self.denied(span) or self.past(span))

    def drinks(self) -> bool:
        """Whether the member drinks, or smokes, night after night."""
        said, soft = self.said, listed("class soft")
        for daily in self.found["daily"]:
            for at in self.around(daily):
                span = Span(at, at + 1)
                if "<drink>" in said.kinds[at] and not self.has(soft, span) and self.distress(span):
                    return True
        return False


def _signs(reader: _Reader) -> Iterator[str | None]:
    found = reader.found
    for span in found["crisis"]:
        yield reader.own(span)
    for span in found["crisis without me"]:
        if not reader.spared(span) and not reader.denied(span):
            yield "crisis"
    for span in found["crisis mention"]:
        yield reader.mention(span)
    for at, word in enumerate(reader.said.words):
        if word in listed("grave"):
            yield reader.grave(at)
    weight = reader.weight()
    if weight >= _ENOUGH_IN_CHEER or (weight >= _ENOUGH_SIGNS and not reader.cheers()):
        yield "crisis"
    for span in found["danger"]:
        yield reader.threat(span, jest=False)
    for span in found["danger joke"]:
        yield reader.threat(span, jest=True)
    for span in found["others"]:
        if not reader.spared(span) and not reader.has(listed("at work"), span):
            yield "support"
    for span in found["support"]:
        if reader.distress(span):
            yield "support"
    for section in ("lasting", "long"):
        for span in found[section]:
            if reader.distress(span) and reader.lasting(span, weeks_only=section == "long"):
                yield "support"
    if reader.drinks():
        yield "support"


def read_safety(text: str) -> str | None:
    """What a normalised text is a sign of: "crisis", "support", or None.

    >>> read_safety("kms tbh, i mean it")
    'crisis'
    >>> read_safety("Burnt out for weeks now. 3")
    'support'
    >>> read_safety("this deadline is killing me") is None
    True
    """
    return "crisis" if calls_for_help(text) else by_phrases(text)


def by_phrases(text: str) -> str | None:
    """The same, by the phrases that name it alone."""
    if not text.isascii():
        if any(cry in text for cry in load("safety")["scripts"]):
            return "crisis"
        text = "".join(mark for mark in unicodedata.normalize("NFKD", text) if not unicodedata.combining(mark))
    reader, worst = _Reader(text), None
    for sign in () if reader.says_nothing() else _signs(reader):
        if sign == "crisis":
            return sign
        worst = sign or worst
    return worst


def is_anothers(text: str) -> bool:
    """Whether the crisis that a normalised text tells of is somebody else's.

    >>> is_anothers("my friend is suicidal, what do i do"), is_anothers("Burnt out for weeks now. 3")
    (True, False)
    """
    reader = _Reader(text)
    told = any(not reader.spared(span) for span in reader.found["others"])
    mentioned = (*reader.found["crisis"], *reader.found["crisis mention"])
    return told or any(reader.whose(span) == "other" for span in mentioned)
