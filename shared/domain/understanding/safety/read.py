"""Tells whether a text is a call for help. It comes before all else, and would rather be wrong than miss one.

How it reads: the text becomes words in one spelling, cut into sentences; the phrases of `words/safety.txt` are
looked for in them; and what stands around a phrase says whose it is (the member's or somebody else's), whether
it is denied or long past, and whether it is one of the idioms that sound alike.
"""

import re
import unicodedata
from collections.abc import Iterator
from functools import cache, cached_property, lru_cache
from typing import NamedTuple

from shared.domain.understanding.words import load

_TOKENS = re.compile(r"[^\W_]+(?:['*!][^\W_]+)*|\n+|[.!?;]+|[,:()\"]| - ")
_TWICE = re.compile(r"([^\W\d_eo])\1+|([eo])\2{2,}")
_COMMA, _LINE, _SENTENCE = 1, 2, 3
_ANY = "*"
_GAP = 3  # as many words may stand for a "*"
_LONGEST = 14  # no word of the vocabulary is longer; a longer one is not looked at for slips
_REACH = 12  # as many words back and ahead are looked at to learn whose a phrase is
_SECTIONS = tuple(
    "crisis,crisis without me,crisis mention,danger,danger joke,idioms,support,others,"
    "lasting,long,daily,since,since then,not since,past,again,no again,"
    "faint place,faint mind,strong quiet,faint secret,strong farewell,strong without".split(",")
)
_SIGNS = tuple(
    (section, 1 if section.startswith("faint") else 2)
    for section in _SECTIONS
    if section.startswith(("faint", "strong"))
)
_ENOUGH_SIGNS = 3
_ENOUGH_IN_CHEER = 5
_SHORT = 5  # as many words make a sentence that needs no "I" to be the member's own
_LAUGH = re.compile(r"\b(?:lol|lmao|(?:ha){2,}|rofl)")
_LAUGHS = ("😂", "🤣", "😅", "😆", "😹")
_OF_SELF = frozenset("i me my myself mi je ich".split())
_OTHER_THINGS = frozenset("the a an my our your this that it".split())
_IS = frozenset("is was has are were keeps wants feels seems got".split())


_Part = tuple[frozenset[str], bool]  # one place of a phrase: any of these words, none for a gap; whether it may lack
_Phrase = tuple[str, str]  # the section it is of, and the phrase as it is written there


class _Span(NamedTuple):
    start: int
    end: int


class _Words(NamedTuple):
    """A text as words, with what each counts as, what mark stands before it, and where its sentence ends."""

    words: list[str]
    kinds: list[tuple[str, ...]]
    marks: list[int]
    quotes: set[int]
    starts: list[int]
    ends: list[int]


def _once(word: str) -> str:
    """Doubled letters count once: "kil" is "kill" is "killl", "dieee" is "die"; but "soon" is no "son"."""
    return word if len(set(word)) == len(word) else _TWICE.sub(r"\1\2", word)


_known = cache(_once)  # for the words of the vocabulary


@cache
def _list(section: str) -> frozenset[str]:
    return frozenset(map(_known, load("safety")[section]))


def _pairs(section: str) -> Iterator[tuple[tuple[str, ...], tuple[str, ...]]]:
    for line in load("safety")[section]:
        left, _, right = line.partition("=")
        yield tuple(map(_known, left.split())), tuple(map(_known, right.split()))


@cache
def _spelling() -> dict[str, tuple[str, ...]]:
    return {written[0]: heard for written, heard in _pairs("spelling")}


@cache
def _joined() -> dict[tuple[str, ...], str]:
    return {apart: joined[0] for apart, joined in _pairs("joined")}


@cache
def _classes() -> dict[str, tuple[str, ...]]:
    """What each word of a class counts as, beside itself."""
    classes: dict[str, tuple[str, ...]] = {}
    for section, words in load("safety").items():
        if section.startswith("class "):
            name = f"<{section[6:]}>"
            for word in map(_known, words):
                classes[word] = (*classes.get(word, (word,)), name)
    return classes


def _without_one(word: str) -> Iterator[str]:
    return (word[:at] + word[at + 1 :] for at in range(len(word)))


@cache
def _slips() -> dict[str, str]:
    """Every word of [typos], whole and with one letter left out."""
    return {slip: word for word in _list("typos") for slip in (word, *_without_one(word))}


@cache
def _edges() -> tuple[frozenset[str], frozenset[str]]:
    """How the slips begin and end: of a word that is one letter away from them the one or the other is left."""
    return frozenset(slip[:2] for slip in _slips()), frozenset(slip[-3:] for slip in _slips())


def _spread(line: str) -> list[str]:
    """A phrase once for each of the alternatives in it that are of several words.

    >>> _spread("tired of living/being_alive")
    ['tired of living', 'tired of being alive']
    """
    lines = [""]
    for part in line.split():
        choices = part.strip("()").split("/")
        single = "/".join(choice for choice in choices if "_" not in choice)
        ways = [f"({single})" if part[0] == "(" else single] if single else [""] if part[0] == "(" else []
        ways += [choice.replace("_", " ") for choice in choices if "_" in choice]
        lines = [f"{start} {way}" for start in lines for way in ways]
    return [" ".join(way.split()) for way in lines]


@cache
def _index() -> dict[str, list[list[_Phrase]]]:
    """The phrases, by each word or class that they may begin with. They are taken apart when one is met."""
    alike: dict[str, list[_Phrase]] = {}  # by what they begin with, as it is written
    lists, fillers = load("safety"), load("safety")["fillers"]
    for section in _SECTIONS:
        for line in lists[section]:
            start = line.partition(" ")[0]
            last = start
            while last[0] == "(" or last in fillers:  # it may begin with the next one too
                last = line[len(start) + 1 :].partition(" ")[0]
                start = f"{start} {last}"
            if start in alike:
                alike[start].append((section, line))
            else:
                alike[start] = [(section, line)]
    index: dict[str, list[list[_Phrase]]] = {}
    for start, phrases in alike.items():
        for part in start.split():
            for word in part.strip("()").split("/"):
                index.setdefault(_known(word.partition("_")[0]), []).append(phrases)
    return index


@cache
def _ways(line: str) -> tuple[tuple[tuple[_Part, ...], tuple[frozenset[str], ...]], ...]:
    """A phrase taken apart, once for each of its wordings, and the words of its firm places."""
    fillers = _list("fillers")
    ways = []
    for wording in _spread(line) if "_" in line else (line,):
        parts = []
        for part in wording.split():
            words = frozenset(map(_known, part.strip("()").split("/"))) - fillers
            if words:
                parts.append((frozenset() if part == _ANY else words, part[0] == "("))
        ways.append((tuple(parts), tuple(words for words, optional in parts if words and not optional)))
    return tuple(ways)


@cache
def _needed(line: str) -> frozenset[str]:
    """Words one of which must be in the text for the phrase to be: those of the place that says the most."""
    fillers = _list("fillers")
    best, most = frozenset[str](), -1
    for part in line.split():
        if part[0] == "(" or part == _ANY:
            continue
        words = frozenset(_known(word.rpartition("_")[2]) for word in part.split("/"))
        telling = 0 if "<" in part else min(map(len, words))  # longer words are rarer ones
        if telling >= most and words.isdisjoint(fillers):
            best, most = words, telling
    return best


@lru_cache(maxsize=4096)
def _heard(token: str) -> tuple[str, ...]:
    """What a written word is read as.

    >>> _heard("wanna"), _heard("didn't"), _heard("myslef"), _heard("killl")
    (('want', 'to'), ('did', 'not'), ('myself',), ('kil',))
    """
    word = _once(token)
    spelling = _spelling()
    if known := spelling.get(word):
        return known
    if "'" in word:
        word = _once(word.replace("'", ""))
        if known := spelling.get(word):
            return known
        if token.endswith("'s"):
            word = _once(token[:-2].replace("'", ""))
    heads, tails = _edges()
    if 5 <= len(word) <= _LONGEST and (word[:2] in heads or word[-3:] in tails) and word.isalpha():
        slips = _slips()
        if word in _list("not typos"):
            return (word,)
        if slip := slips.get(word) or next(filter(None, map(slips.get, _without_one(word))), None):
            return (slip,) if abs(len(slip) - len(word)) <= 1 else (word,)
    return (word,)


def _read(text: str) -> _Words:
    words: list[str] = []
    marks: list[int] = []
    quotes: set[int] = set()
    fillers, joined = _list("fillers"), _joined()
    mark = _SENTENCE
    for token in _TOKENS.findall(text):
        first = token[0]
        if not first.isalnum():
            if first in ".!?;":
                mark = max(mark, _COMMA if token.startswith("..") and set(token) == {"."} else _SENTENCE)
            elif first == "\n":
                mark = max(mark, _LINE if len(token) == 1 else _SENTENCE)
            else:
                mark = max(mark, _COMMA)
                if first in '":':
                    quotes.add(len(words))
            continue
        for word in _heard(token):
            if word in fillers:
                continue
            if words and mark == 0 and (both := joined.get((words[-1], word))):
                words[-1] = both
                if len(words) > 1 and marks[-1] == 0 and (all_three := joined.get((words[-2], both))):
                    del words[-1], marks[-1]
                    words[-1] = all_three
                continue
            words.append(word)
            marks.append(mark)
            mark = 0
    classes = _classes()
    kinds = [
        (*classes.get(word, (word,)), "<number>") if word.isdigit() else classes.get(word, (word,)) for word in words
    ]
    starts: list[int] = []
    ends = [0] * len(words)
    for at, before in enumerate(marks):
        starts.append(at if before == _SENTENCE else starts[-1] if starts else 0)
    for at in range(len(words) - 1, -1, -1):
        ends[at] = at + 1 if at + 1 == len(words) or marks[at + 1] == _SENTENCE else ends[at + 1]
    return _Words(words, kinds, marks, quotes, starts, ends)


def _end(parts: tuple[_Part, ...], said: _Words, at: int) -> int:
    """Where the phrase ends that begins at a word, or -1. No way is tried twice, so long texts take no longer."""
    here = {at}
    limit = said.ends[at]
    for words, optional in parts:
        if not words:
            here = {min(limit, place + more) for place in here for more in range(_GAP + 1)}
            continue
        moved = {place + 1 for place in here if place < limit and not words.isdisjoint(said.kinds[place])}
        here = here | moved if optional else moved
        if not here:
            return -1
    return max(here)


@cache
def _beginning(kind: str) -> dict[str, list[_Phrase]]:
    """The phrases that may begin with a word or class, by each of the words one of which they need."""
    found: dict[str, list[_Phrase]] = {}
    for phrase in (phrase for phrases in _index()[kind] for phrase in phrases):
        for word in _needed(phrase[1]):
            found.setdefault(word, []).append(phrase)
    return found


def _find(said: _Words) -> dict[str, list[_Span]]:
    """All phrases in the text, by section."""
    there = frozenset[str]().union(*said.kinds)
    possible: dict[str, list[tuple[str, tuple[_Part, ...]]]] = {}
    for kind in there & _index().keys():
        begun = _beginning(kind)
        if needed := there & begun.keys():
            possible[kind] = [
                (section, way)
                for section, line in dict.fromkeys(phrase for word in needed for phrase in begun[word])
                for way, firm in _ways(line)
                if (kind in way[0][0] or way[0][1]) and not any(map(there.isdisjoint, firm))
            ]
    found: dict[str, list[_Span]] = {section: [] for section in _SECTIONS}
    for at, kinds in enumerate(said.kinds if possible else ()):
        for kind in kinds:
            for section, parts in possible.get(kind, ()):
                end = _end(parts, said, at)
                if end > at:
                    found[section].append(_Span(at, end))
    return found


class _Reader:
    """One text, with what was found in it."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.said = _read(text.lower())
        self.found = _find(self.said)
        self._idioms = self._by_place("idioms")
        self._not_since = self._by_place("not since")
        self._starts = {section: dict(spans) for section, spans in self.found.items()}

    @cached_property
    def laughs(self) -> bool:
        return any(laugh in self.text for laugh in _LAUGHS) or bool(_LAUGH.search(self.text.lower()))

    def _by_place(self, section: str) -> dict[int, list[_Span]]:
        places: dict[int, list[_Span]] = {}
        for span in self.found[section]:
            for at in range(*span):
                places.setdefault(at, []).append(span)
        return places

    # ------------------------------------------------------------ what stands around a phrase
    def spared(self, span: _Span) -> bool:
        """Whether the phrase is part of an idiom, or goes on into one; what only leads up to it spares nothing.

        >>> _Reader("want to die of boredom").spared(_Span(0, 3)), _Reader("dying to end my life").spared(_Span(2, 5))
        (True, False)
        """
        return any(
            idiom.end > span.end or (idiom.end == span.end and idiom.start < span.start)
            for at in range(*span)
            for idiom in self._idioms.get(at, ())
        )

    def around(self, span: _Span, sentences: int = 0) -> Iterator[int]:
        """The places of the sentence that the phrase is in, and of so many after it; not too far away."""
        said = self.said
        end = said.ends[span.start]
        for _ in range(sentences):
            end = said.ends[end] if end < len(said.words) else end
        return iter(range(max(said.starts[span.start], span.start - 2 * _REACH), min(end, span.end + 2 * _REACH)))

    def near(self, section: str, span: _Span, sentences: int = 0) -> bool:
        """Whether a phrase of the section stands in the same sentence, or in so many after it."""
        starts = self._starts[section]
        return any(at in starts for at in self.around(span, sentences))

    def has(self, words: frozenset[str], span: _Span) -> bool:
        return any(self.said.words[at] in words for at in self.around(span))

    def whose(self, span: _Span) -> str:
        """ "self", "other", or "" where nobody is named: the nearest person before the phrase.

        >>> text = _Reader("I told my wife I want to die"); text.whose(_Span(6, 9))
        'self'
        >>> text = _Reader("my friend is suicidal"); text.whose(_Span(3, 4))
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
            if after >= _LINE or (after == _COMMA and _IS.isdisjoint(said.words[at + 1 : span.start])):
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
        return before >= 0 and words[before] in _list("told")

    def quoted(self, span: _Span) -> bool:
        """Somebody else is quoted: a person, a mark, then the phrase: he said "I want to die"."""
        said = self.said
        for at in range(span.start, max(0, span.start - 4) - 1, -1):
            if at in said.quotes:
                before = range(max(0, at - 6), at)
                return any("<person>" in said.kinds[place] for place in before)
        return False

    def denied(self, span: _Span) -> bool:
        """Whether the phrase is what the member says is not so.

        >>> _Reader("not suicidal or anything").denied(_Span(1, 2))
        True
        >>> _Reader("can't stop, I want to die").denied(_Span(4, 7))
        False
        """
        said = self.said
        bridge, says = _list("bridge"), _list("says")
        at = span.start - 1
        while at >= max(said.starts[span.start], span.start - 9):
            if said.marks[at + 1] != 0:
                return False
            word = said.words[at]
            if "<not>" in said.kinds[at]:
                # "can't kill ...", "why not ...", "trying not to ..." deny nothing.
                return not at or said.words[at - 1] not in _list("not denying")
            if word == "i":
                if at == 0 or said.words[at - 1] not in says:
                    return False
            elif word not in bridge:
                return False
            at -= 1
        return False

    def past(self, span: _Span) -> bool:
        """Whether the phrase tells of a time that is over.

        >>> _Reader("I wanted to die in 2015").past(_Span(1, 4))
        True
        >>> _Reader("two years ago dad died and I want to die").past(_Span(7, 10))
        False
        """
        if not self.near("past", span, 1):
            return False
        said = self.said
        words = said.words[max(said.starts[span.start], span.start - 4) : span.end]
        if "used" not in words and any(word in _list("present verb") for word in words):
            return False
        return not self.near("again", span, 1) or self.near("no again", span, 1)

    # ------------------------------------------------------------ what follows from it
    def own(self, span: _Span) -> str | None:
        """What a phrase about dying or harm is a sign of."""
        if self.spared(span):
            return None
        if self.denied(span) or self.past(span):
            return "support" if self.whose(span) != "other" else None
        whose = self.whose(span)
        if whose != "self" and self.has(_list("at work"), span):
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
        span = _Span(at, at + 1)
        mine = max((place for place in range(start, at) if words[place] in _OF_SELF), default=at)
        # "I think the deal is dead": something stands between.
        if mine == at or words[mine] == "my" or not _OTHER_THINGS.isdisjoint(words[mine:at]):
            return None
        near = range(start, min(self.said.ends[at], at + 6))
        if self.whose(span) != "self" or not any(words[place] in _list("longing") for place in near):
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
        cheer = _list("cheer")
        return self.laughs or any(self.has(cheer, span) for section, _ in _SIGNS for span in self.found[section])

    def mention(self, span: _Span) -> str | None:
        """What the bare word is a sign of: on the member's own lips a cry, else somebody's, or a subject."""
        if self.has(_list("at work"), span):
            return None
        whose = self.whose(span)
        sentence = self.said.ends[span.start] - self.said.starts[span.start]
        if (whose != "other" and self.has(_OF_SELF, span)) or (whose == "" and sentence <= _SHORT):
            return self.own(span)
        return None if self.spared(span) else "support"

    def threat(self, span: _Span, jest: bool) -> str | None:
        """What a phrase about another person's violence is a sign of."""
        if self.spared(span) or self.denied(span):
            return None
        if self.past(span):
            return "support"
        if self.has(_list("at work"), span) or self.has(_list("sport"), span) or self._hit_by_work(span):
            return None
        if jest and not any(
            self.said.words[at] in _list("fear") for at in self.around(span, 1) if not span.start <= at < span.end
        ):
            subject = self.said.words[span.start]
            if (
                self.laughs
                or self.has(_list("jest"), span)
                or subject in ("mum", "wife", "girlfriend", "sister", "they")
            ):
                return None
        return "crisis"

    def _hit_by_work(self, span: _Span) -> bool:
        """A patient, a toddler: named right before "he hit me"."""
        near = range(max(self.said.starts[span.start], span.start - 5), span.start)
        return any(self.said.words[at] in _list("harmless hitter") for at in near)

    def lasting(self, span: _Span, weeks_only: bool) -> bool:
        """Whether the distress has gone on for weeks, or comes every day.

        >>> text = _Reader("numb for months"); text.lasting(_Span(0, 1), weeks_only=False)
        True
        >>> text = _Reader("numb. first time in months"); text.lasting(_Span(0, 1), weeks_only=False)
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

    def distress(self, span: _Span) -> bool:
        own = self.whose(span) != "other" and not self.has(_list("at work"), span)
        return own and not (self.spared(span) or self.denied(span) or self.past(span))

    def drinks(self) -> bool:
        """Whether the member drinks, or smokes, night after night."""
        said, soft = self.said, _list("class soft")
        for daily in self.found["daily"]:
            for at in self.around(daily):
                span = _Span(at, at + 1)
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
        if word in _list("grave"):
            yield reader.grave(at)
    weight = reader.weight()
    if weight >= _ENOUGH_IN_CHEER or (weight >= _ENOUGH_SIGNS and not reader.cheers()):
        yield "crisis"
    for span in found["danger"]:
        yield reader.threat(span, jest=False)
    for span in found["danger joke"]:
        yield reader.threat(span, jest=True)
    for span in found["others"]:
        if not reader.spared(span) and not reader.has(_list("at work"), span):
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
    if not text.isascii():
        if any(cry in text for cry in load("safety")["scripts"]):
            return "crisis"
        text = "".join(mark for mark in unicodedata.normalize("NFKD", text) if not unicodedata.combining(mark))
    worst = None
    for sign in _signs(_Reader(text)):
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
