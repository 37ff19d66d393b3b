"""Reads what gave a member energy and what cost it, in their own words.

A cue of `words/energy.txt` (`energy_cues.py`) says that something engaged or drained: "loved", "best bit:".
What it was stands behind the cue or before it, up to where its clause ends, or in the clause before: "it drained me"
(`energy_phrases.py`). Here is whose the cue is, and which of those it means.
"""

from typing import NamedTuple

from shared.domain.understanding.report.energy_cues import Cue, is_gerund, listed
from shared.domain.understanding.report.energy_phrases import Phrases

_THAT_PART = (["that", "part"], ["that", "bit"], ["this", "part"], ["this", "bit"])


class Energy(NamedTuple):
    """What engaged and what drained, each a phrase in the member's own words."""

    engaged: tuple[str, ...] = ()
    drained: tuple[str, ...] = ()


def read_energy(text: str) -> Energy:
    """What engaged and what drained the member of a normalised text.

    >>> read_energy("6. budget mtg drained me but mentoring Priya was great. Win: finished module 3!!")
    Energy(engaged=('mentoring Priya',), drained=('budget mtg',))
    >>> read_energy("I spent most of it in onboarding calls which just exhaust me")
    Energy(engaged=(), drained=('onboarding calls',))
    >>> read_energy("My boss loved the deck, I'd love a nap. The day was great")
    Energy(engaged=(), drained=())
    """
    reader = _Reader(text)
    for cue in reader.cues:
        reader.read(cue)
    return reader.energy()


class _Reader(Phrases):
    """Reads the cues of one text, one after another."""

    def energy(self) -> Energy:
        phrases: dict[bool, list[str]] = {True: [], False: []}
        for first, last, engaged in sorted(self.found):
            phrase = self.text[self.tokens[first].start : self.tokens[last - 1].end]
            if phrase not in phrases[engaged]:
                phrases[engaged].append(phrase)
        return Energy(tuple(phrases[True]), tuple(phrases[False]))

    # Reading cues

    def read(self, cue: Cue) -> None:
        if cue.kind == "label":
            self.add_behind(self.lead(self.labelled(cue.last)), cue, listed=True)
        elif cue.kind == "exclaimed":
            self.add_behind(cue.last, cue)
        elif cue.kind == "could":
            self.read_could(cue)
        elif cue.kind == "behind":
            self.read_behind(cue)
        else:
            self.read_before(cue)

    def read_could(self, cue: Cue) -> None:
        before, first = cue.first - 1, cue.first + 1
        while self.within(first, "adverbs"):
            first += 1
        if self.is_word(before) and not self.within(before, "mine", "joins", "asides", "scores"):
            return
        if self.low(first) in ("do", "dae") and self.within(first + 1, "pronouns"):
            self.resolve(before if self.within(before, "mine") else cue.first, cue)
        elif not self.within(first + 1, "pronouns"):
            self.add(first, cue.last, cue)

    def read_behind(self, cue: Cue) -> None:
        if self.low(cue.last) == self.lows[cue.first]:  # the last of "loved loved loved" is read
            return
        subject = self.speaker(cue.first)
        if subject is None:
            return
        if self.within(subject - 1, "what") or (self.low(subject - 1) == "that" and self.within(subject - 2, "what")):
            if at := self.named(cue.last):
                self.add_behind(at, cue)
            return
        if self.low(cue.last - 1) in ("love", "loved", "hate", "enjoy") and self.line("said of it", cue.last):
            return
        first = self.lead(cue.last)
        if self.is_pronoun(first):
            self.resolve(subject, cue)
        elif not self.add_behind(first, cue) and first >= self.phrase_end(first, cue):
            self.front(subject, cue)

    def speaker(self, verb: int) -> int | None:
        """Where the member's own clause begins that has a verb; None where the verb is not theirs.

        It is somebody else's, or it is denied, wished or yet to come.
        """
        at = verb - (not self.within(verb, "mine"))
        for _ in range(8):
            if self.within(at, "negators", "unreal"):
                return None
            kind_of = self.low(at) == "of" and self.low(at - 1) in ("kind", "sort")
            if (
                not kind_of
                and not self.within(at, "adverbs", "auxiliaries")
                and (at in (-1, verb) or self.low(at) != self.lows[verb])
            ):
                break
            at -= 1
        low = self.low(at)
        if at >= 0 and low in listed("mine"):
            at -= 1
            while self.within(at, "adverbs") or (self.low(at) in ("do", "and") and self.within(at - 1, "adverbs")):
                at -= 1
            denied = any(self.is_word(back) and self.within(back, "denials") for back in range(at, at - 3, -1))
            return None if denied else at + 1
        if at < 0 or not self.tokens[at].word:
            return None if low == '"' else at + 1
        if self.within(at, "what", "scores", "closers") or self.goes_with_last(at, verb):
            return at + 1
        if self.within(at, "joins", "asides", "times") or low[:1].isdigit():
            return at + 1 if self.mine(at) else None
        begin = at
        while self.is_word(begin - 1) and at - begin < 6:
            begin -= 1
        return (
            begin if self.within(begin, "past") and not self.within(begin, "unreal", "negators") else None
        )  # "came home empty after"

    def goes_with_last(self, at: int, verb: int) -> bool:
        """Whether a verb follows the member's last one without a comma: "hate the belt hate the noise"."""
        last = self.cues_before(verb)
        return (
            bool(last)
            and last[0].kind == "behind"
            and all(self.is_word(i) for i in range(last[0].first, verb))
            and self.strip(last[0].last, verb) in self.taken
            and not self.within(at, "somebody else", "pronouns", "others")
        )

    def mine(self, at: int) -> bool:
        """Whether a verb behind "and" is the member's: nobody else is the subject of its sentence."""
        for back in range(at, max(-1, at - 12), -1):
            if self.tokens[back].ends or self.lows[back] in ("i", "im", "ive", "we", "ah"):
                return True
            if self.within(back, "somebody else") and not self.within(back - 1, "prepositions"):
                return self.within(back - 1, "determiners") and self.within(back - 2, "prepositions")
        return True

    def lead(self, at: int) -> int:
        """Past what stands between a verb and what it is about: "loved how", "hated it when"."""
        while True:
            low, behind = self.low(at), self.low(at + 1)
            if low in ("it", "that", "the") and behind in ("when", "how", "that", "fact"):
                at += 2
            elif low == "that" and self.within(at + 1, "who begins", "determiners"):
                at += 1
            elif low in ("every", "each") and self.low(at + 2) == "of":
                at += 3
            elif (
                low in ("how", "when", "to", ":")
                or (low == "doing" and not self.within(at + 1, "pronouns"))
                or (low in listed("adverbs") and low not in ("all", "both", "only", "even", "pure", "well"))
            ):
                at += 1
            else:
                return at

    def is_pronoun(self, at: int) -> bool:
        """Whether the object of a verb only stands for something said before: "it", "every minute", "doing that"."""
        low = self.low(at)
        if low in ("every", "each") and self.low(at + 1) in ("minute", "second", "bit", "moment", "single"):
            return self.low(at + 2) != "of"
        if low in ("that", "this") and self.low(at + 1) in ("part", "bit"):
            return True
        if low in ("doing", "doin") and self.within(at + 1, "pronouns"):
            return True
        if low not in ("it", "that", "this", "them", "those", "these"):
            return False
        return not self.is_word(at + 1) or self.within(at + 1, "ends", "joins", "asides", "others", "adverbs")

    def named(self, at: int) -> int:
        """The first token of what "what drained me was X" names; 0 where it names nothing."""
        for be in range(at, min(at + 8, self.size)):
            if self.tokens[be].ends:
                return 0
            if self.within(be, "verbs of being"):
                be += 1
                while self.within(be, "links") and self.low(be) not in ("to", "from"):
                    be += 1
                return be
        return 0

    def read_before(self, cue: Cue) -> None:
        at = cue.first
        while self.within(at - 1, "adverbs", "auxiliaries", "passing") and self.low(at - 1) != "it":
            at -= 1
        if self.within(at - 1, "negators", "unreal") or self.low(at - 1) in ("to", "there", "theres"):
            return
        left = self.left(at)
        if self.within(left - 1, "denials"):
            return
        first, last = self.trim(left, at)
        if self.lows[first:last] == ["it"] and self.within(cue.last, "determiners"):
            self.add_behind(cue.last, cue)
            return
        if self.is_what(first, last):
            if named := self.named(cue.last):
                self.add_behind(named, cue)
            return
        relative = last > first and self.within(last - 1, "which")
        if relative:
            while last > first and self.within(last - 1, "which", "what", "adverbs", "be", "articles", "what else"):
                last -= 1
            first, last = self.from_clause(*self.trim(first, last))
        span = self.lows[first:last]
        if all(low in listed("pronouns") for low in span) or span in _THAT_PART:
            if cue.kind != "praise":
                self.resolve(left, cue)
        elif (
            any(low in listed("nothing") or (low in listed("denials") and low != "never") for low in span[:1])
            or (cue.kind == "praise" and not self.is_work(span))
            or (span[-1] in listed("bodies") and (len(span) == 1 or span[0] == "my"))
        ):
            return
        else:
            for begin, stop in self.split(first, last) if last - first <= 8 else [(first, last)]:
                self.add(begin, stop, cue)

    def is_what(self, first: int, last: int) -> bool:
        """ "what", "the only thing that": what did it is named behind the cue."""
        span = self.lows[first:last]
        return any(low in listed("what") for low in span) and all(
            low in listed("what") or low in listed("what else") for low in span
        )

    def is_work(self, span: list[str]) -> bool:
        """Whether a phrase names work: "training the new guy", "the client workshop"."""
        if any(map(is_gerund, span[:2])):
            return True
        ends = [i for i, low in enumerate(span) if i and low in listed("prepositions")]
        return span[(ends[0] if ends else len(span)) - 1] in listed("work")
