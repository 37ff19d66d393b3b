"""Finds the phrase that a cue is about: where it begins and ends, before the cue, behind it or further off."""

from collections.abc import Iterator

from shared.domain.understanding.report.energy_cues import Cue, Cues, is_gerund, lines_of, listed

_REACH = 60  # words within which a phrase is looked for, either way
_ITEMS = 12  # as many a list may have


def _is_past(low: str) -> bool:
    return low.endswith("ed") and len(low) > 4


class Phrases(Cues):
    """The phrases found so far, and how they are found. Phrases are spans of tokens, `first` up to `last`."""

    def __init__(self, text: str) -> None:
        super().__init__(text)
        self.found: list[tuple[int, int, bool]] = []
        self.taken: set[int] = set()  # the tokens of the phrases found
        self.latest = {True: -1, False: -1}  # where the last phrase begins that engaged, and that drained

    # What stands behind a cue

    def add_behind(self, first: int, cue: Cue, *, listed: bool = False) -> bool:
        """Adds what stands behind a cue, and what a list adds to it: "Teams, Excel and the phones"."""
        last = self.phrase_end(first, cue)
        parts = [(first, last)]
        closed = self.joined(first, last)
        while self.low(last) == "," and not closed and len(parts) < _ITEMS:
            joined = self.within(last + 1, "and")
            begin = last + 1 + joined
            last = self.phrase_end(begin, cue)
            owned = last in self.starts and self.starts[last].kind in ("before", "praise")
            if owned or not self.is_item(begin, last, listed):
                break  # "highlight was the reading, playground duty drained me"
            parts.append((begin, last))
            closed = joined or self.joined(begin, last)
        if not (closed or listed):
            parts = parts[:1]
        spans = [span for part in parts for span in self.split(*part, listed=listed or len(parts) > 1)]
        return [self.add(begin, stop, cue) for begin, stop in spans].count(True) > 0

    def phrase_end(self, first: int, cue: Cue) -> int:
        """Where a phrase ends that begins at a token."""
        clausal = self.low(first - 1) in ("how", "when", "that") or self.low(first) in ("whoever", "what", "whatever")
        at = first
        while at < self.size and at - first < _REACH:
            low = self.lows[at]
            if low in listed("and"):
                if at > first and self.begins_clause(at + 1, cue):
                    break
            elif not self.tokens[at].word:
                if low not in listed("phrase marks") and (low != "." or self.tokens[at].ends):
                    break
            elif at > first and (
                (low in listed("ends") and not (low == "as" and clausal))
                or (low in listed("who begins") and not clausal and not self.within(at - 1, "goes on"))
                or (at in self.starts and self.starts[at].kind in ("behind", "label"))
                or (self.low(at + 1) == ":" and not low[:1].isdigit())
            ):
                break
            at += 1
        return self.before_next(first, at)

    def before_next(self, first: int, last: int) -> int:
        """Where a phrase ends so that the next cue keeps the subject that stands before it."""
        for ahead in range(first + 1, last):
            cue = self.starts.get(ahead)
            if cue and cue.kind in ("before", "praise"):
                joins = [at for at in range(first + 1, ahead) if self.within(at, "and")]
                return joins[-1] if joins else ahead
        return last

    def begins_clause(self, at: int, cue: Cue) -> bool:
        """Whether a clause, and no second phrase, stands behind "and"."""
        if not self.is_word(at) or self.within(at, "others", "past"):
            return True
        if self.low(at).endswith("ed") and len(self.low(at)) > 4 and self.low(at + 1) != "of":
            return True
        for ahead in range(at, min(at + 12, self.size)):
            if not self.tokens[ahead].word:
                return False
            if self.starts.get(ahead, cue) is not cue or (at < ahead < at + 5 and self.within(ahead, "finite")):
                return True
        return False

    def joined(self, first: int, last: int) -> bool:
        return any(self.within(at, "and") for at in range(first + 1, last))

    def is_item(self, first: int, last: int, listed: bool) -> bool:
        """Whether a phrase behind a comma goes on with a list."""
        if first >= last or first in self.starts or self.within(first, "others", "past", "ends"):
            return False
        if self.low(first)[:1].isdigit():
            return False  # "the change form, 9 pages of it"
        if any(self.within(at, "mine", "finite") for at in range(first, last)):
            return listed and self.low(first) in ("whoever", "how", "when")
        return listed or last - first <= 6

    def split(self, first: int, last: int, *, listed: bool = False) -> Iterator[tuple[int, int]]:
        """The phrases that "and" joins, where each stands for itself: not in "pairing with Lin and Tom"."""
        begin = first
        for at in range(first + 1, last - 1):
            if not self.within(at, "and"):
                continue
            left, right = is_gerund(self.low(self.strip(begin, at))), is_gerund(self.low(at + 1))
            plain = not left and not any(self.within(i, "prepositions") for i in range(begin, at))
            names = all(self.text[self.tokens[i].start].isupper() for i in (at - 1, at + 1))
            determined = self.within(at + 1, "determiners")
            if (left and right) or (plain and (listed or not names)) or (determined and (listed or not left)):
                yield begin, at
                begin = at + 1
        yield begin, last

    # What stands before a cue

    def left(self, at: int) -> int:
        """Where the subject begins that ends before a token."""
        end = at
        floor = max([0, at - _REACH, *(cue.last for cue in self.cues_before(at))])
        while at > floor:
            back, low = at - 1, self.lows[at - 1]
            if low in listed("and"):
                if self.separate(back, floor):
                    break
            elif not self.tokens[back].word:
                if low in (",", "-", "(", ")") and self.is_aside(at, end):
                    end = back
                elif low not in listed("phrase marks") and (low != "." or self.tokens[back].ends):
                    break
            elif at < end and (self.cuts(back) or (at < end - 1 and self.is_score(back))):
                break
            at = back
        return at

    def cuts(self, at: int) -> bool:
        """Whether another clause ends at a word; not at "since" in "the queue since 5am drained me"."""
        since = self.low(at) == "since" and self.low(at + 1)[:1].isdigit() and self.low(at + 1)[-2:] in ("am", "pm")
        return self.within(at, "cuts") and not since

    def cues_before(self, at: int) -> list[Cue]:
        """The nearest cue that ends before a token, if there is one."""
        near = range(at - 1, max(-1, at - _REACH), -1)
        return [cue for i in near if (cue := self.starts.get(i)) and cue.last <= at][:1]

    def is_score(self, at: int) -> bool:
        """Whether a number is a mood, behind which another clause begins: "it was a six the calls drained me"."""
        return (
            self.within(at, "scores")
            and self.within(at - 1, "before scores")
            and (self.within(at + 1, "articles", "mine", "determiners") or is_gerund(self.low(at + 1)))
        )

    def is_aside(self, first: int, last: int) -> bool:
        """Whether words between commas only pass by: ", on the other hand,"."""
        span = [self.lows[at] for at in range(first, last) if self.tokens[at].word]
        said = self.low(last) == "," and self.line("i say", first) and len(span) < 7
        return bool(said) or tuple(span) in lines_of("i say")[0] or all(low in listed("asides") for low in span)

    def separate(self, at: int, floor: int) -> bool:
        """Whether "and" joins another clause on, and not a second subject."""
        begin = at
        while begin > floor and self.is_word(begin - 1) and not self.within(begin - 1, "ends"):
            begin -= 1
        first = self.strip(begin, at)
        span = self.lows[first:at]
        if not span or len(span) > 7 or first in self.starts:
            return True
        if is_gerund(span[0]):
            return not is_gerund(self.low(at + 1))
        return span[0].isdigit() or any(
            (low in listed("mine") and low != "a") or low in listed("past") or low in listed("be") or _is_past(low)
            for low in span
        )

    # What a pronoun stands for

    def front(self, subject: int, cue: Cue) -> None:
        """ "The subtitling hour, in contrast, I enjoyed": what it was stands before "I"."""
        if not self.within(subject, "mine"):
            if self.low(cue.last - 1) in ("loved", "enjoyed", "hated"):
                self.resolve(subject, cue)
            return
        first, last = self.trim(self.left(subject), subject)
        if first < last and self.within(last - 1, "which"):
            last -= 1
            if first == last:
                self.resolve(last, cue)
                return
            first, last = self.trim(first, last)
        span = self.lows[first:last]
        if (
            span
            and not span[0].isdigit()
            and not any(self.within(at, "mine", "be", "past") for at in range(first, last))
        ):
            self.add(first, last, cue)

    def resolve(self, at: int, cue: Cue) -> None:
        """Adds what a pronoun before a token stands for, unless the last two sentences have said it already."""
        since, ends = at, 0
        while since > 0 and ends < 2 and at - since < 2 * _REACH:
            since -= 1
            ends += self.tokens[since].ends
        if self.latest[cue.engaged] >= since:
            return
        last = at
        for _ in range(4):
            while last > 0 and (not self.tokens[last - 1].word or self.within(last - 1, "asides", "joins")):
                last -= 1
            left = self.left(last)
            first, stop = self.trim(left, last)
            span = self.lows[first:stop]
            empty = all(low in listed("pronouns") or low in listed("no cause") for low in span)
            amount = self.low(left - 1) == "," and any(low[:1].isdigit() for low in span[:2])
            if span and not empty and not amount and not self.within(left, "which"):
                first, stop = self.from_clause(first, stop)
                both = self.low(cue.first) in ("both", "all")  # "invoices and pings, both exhausting"
                for begin, end in self.split(first, stop) if both else [(first, stop)]:
                    self.add(begin, end, cue)
                return
            if left <= 0 or (span and self.tokens[left - 1].ends):
                return
            last = left

    def from_clause(self, first: int, last: int) -> tuple[int, int]:
        """The thing in a clause: "I spent most of it in onboarding calls" is "onboarding calls"."""
        for at in range(first, min(last, first + 8)):
            if self.lows[at] in ("there", "theres"):
                while at + 1 < last and self.within(at + 1, "be", "articles"):
                    at += 1
                return self.trim(at + 1, last)
            if self.within(at, "spent"):
                for ahead in range(at + 1, last):
                    if self.lows[ahead] in ("in", "on", "with", "at", "doing", "to"):
                        return self.trim(ahead + 1, last)
                    if is_gerund(self.lows[ahead]):
                        return self.trim(ahead, last)
        first += self.within(first, "mine")
        if self.low(first) in ("got", "had", "have", "get") and self.low(first + 1) == "to":
            first += 2
        while first < last - 1 and self.within(first, "light verbs"):
            first += 1
        for at in range(first + 1, last):
            if self.within(at, "finite"):
                last = at
                break
        return self.trim(first, last)

    # Phrases

    def strip(self, first: int, last: int) -> int:
        """Past articles, asides and "I think" at the beginning of a phrase."""
        while first < last:
            length = self.line("i say", first)
            if length and first + length <= last:
                first += length
            elif not self.tokens[first].word or self.within(first, "articles", "asides", "it is"):
                first += 1
            elif self.low(first) == "it" and self.low(first + 1) in ("was", "is"):
                first += 2
            else:
                break
        return first

    def trim(self, first: int, last: int) -> tuple[int, int]:
        """A phrase without what only leads to it or trails behind it; a pronoun alone is kept."""
        begin = first
        first = self.strip(first, last)
        if begin < last <= first and self.within(last - 1, "pronouns"):
            return last - 1, last
        lines, longest = lines_of("times")
        while first < last:
            lengths = range(min(longest, last - first - 1), 0, -1)
            if length := next((n for n in lengths if tuple(self.lows[last - n : last]) in lines), 0):
                last -= length
            elif not self.tokens[last - 1].word or (last - first > 1 and self.within(last - 1, "trails")):
                last -= 1
            else:
                break
        return first, last

    def add(self, first: int, last: int, cue: Cue) -> bool:
        """Adds a phrase, if it names a cause: no day, no feeling, "nothing"; and each word counts once."""
        first, last = self.trim(first, last)
        span = self.lows[first:last]
        if (
            not any(low[-1:].isalpha() for low in span)
            or span[0] in listed("nothing")
            or not self.taken.isdisjoint(range(first, last))
        ):
            return False
        if all(self.within(at, "scores", "before scores") for at in range(first, last)):
            return False  # "about a 4 & the paperwork drained me"
        shift = span[-1] in ("shift", "shifts") and not self.within(first, "not causes either", "no cause")
        shift = shift or (len(span) > 1 and span[-2:] in (["night", "shift"], ["night", "shifts"]))
        if not shift and all(low in listed("no cause") or low in listed("not causes either") for low in span):
            return False
        self.found.append((first, last, cue.engaged))
        self.taken.update(range(first, last))
        self.latest[cue.engaged] = max(first, self.latest[cue.engaged])
        return True
