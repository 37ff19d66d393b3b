"""Reads what a member got done or is proud of: "win: sent off my portfolio", "finally talked to HR about 4 days".

A win stands behind a marker ("win:", "proud of"), before one ("..., so that's my win"), or is a plain doing of the
member's own: a clause that begins with a verb of accomplishment, with or without "I" or "we". The verbs, and what
undoes them, are lists in `words/wins.txt`; here is the grammar.
"""

import re
from functools import cache
from typing import NamedTuple

from shared.domain.understanding import words
from shared.domain.understanding.text.cut import cut

_TOKEN = re.compile(
    r"[$£€₹₦₱¥₵₺]?\d+(?:[.,:/]\d+)*[\w%]*(?:-\w+)*"  # 7.5, $1,200, 5k, 9:30, 10-6
    r"|[wW]/(?:o(?!\w))?"  # w/, w/o
    r"|[^\W\d_]+(?:[-'&][^\W\d_]+)*'?"  # don't, sign-off, R&D
    r"|\n+|[.!?]+|[^\w\s]|_+"
)
_TITLES = frozenset("mr mrs ms dr st prof vs no approx dept".split())
_INNER = frozenset("'\"%#&+@/*_$£€₹₦₱¥₵₺")  # characters that do not end a phrase
_SUBJECTS = frozenset("i we ive weve im".split())
_OTHERS = frozenset("he she they it hes shes theyre theyve you youre its his".split())
_JOINS = frozenset("and n & +".split())
_COPULAS = frozenset("is was are were its be been".split())
_AUXILIARIES = frozenset("did do have had should could would can will am was were does".split())
_SAYINGS = frozenset("tell told telling say said saying asking".split())
_MODALS = frozenset("need want am was had can cant cannot could couldnt will wont would must should".split())
_ALSO_BEGINS = frozenset("am was had have did didnt will wanna gonna love loved hate need want got do dont".split())
_CUES = frozenset("today finally also already have ive weve yesterday".split())
_PLANS = frozenset("tomorrow tmrw tmr tmw tmoro tomoz morra monday tuesday wednesday thursday friday soon".split())
_WEEKS = frozenset("week wk weeks wks".split())
_STEP_ADJECTIVES = frozenset("small next one tiny little first my the a weeks weekly single wee baby for this".split())
_PARTICLES = frozenset("up on back over running live".split())
_PREPOSITIONS = frozenset(
    "from for by about with at in on because while to over before after during w/ w/o without".split()
)
_ELIDED = frozenset("em til cause tis twas bout round ere".split())
_MOVES = [[particle] for particle in "in off up back out over down into to".split()]  # "got up", "went in"
_VAGUE = frozenset("a an so work lots loads stuff things it".split())
_BEHIND_DONE = frozenset("now on and at today finally w with lol".split())
_TELLING = _COPULAS | {"all", "got", "finally"}
_PICKY = frozenset("got had made did took gave received".split())
_TIMES = frozenset("hour hours hr hrs h shift shifts min mins minutes day days night nights calls covers stops".split())
_NOT_HAD = frozenset("have get really do happen manage finish think".split())
_BEHIND_SO = frozenset("thats theres the my our a an yeah now today call step im".split())
_OBJECTS = frozenset("it my the our all both every another".split())
_DETERMINERS = frozenset("the my our a an his her their this that".split())
_PRONOUNS = frozenset("him her them us everything everyone all both another me t'".split())
_LONGEST = 80  # tokens of a win
_BACK = frozenset("that thats this it its so theres there heres which as call calling count counting counts".split())


class _Clause(NamedTuple):
    """Tokens from `first` up to `last`; `joined` is what ties it to the clause before: ".", "," or a word."""

    first: int
    last: int
    joined: str


class _Subject(NamedTuple):
    """Who did what a clause says: "me", "elided" or "other"; `verb` is the token at which the doing begins."""

    who: str
    verb: int
    base: bool = False  # the verb is in its base form: "managed to finish"
    cue: bool = False  # a word says that it is done, so that a second-language "I finish" may be meant
    emphatic: bool = False  # "finally", "yay", "glad"
    blocked: bool = False  # "didn't", "gonna", "almost"


class _Phrases(NamedTuple):
    known: frozenset[tuple[str, ...]]
    longest: dict[str, int]  # how many tokens the longest phrase has that begins with a word

    def at(self, found: list[str], at: int) -> int:
        """How many tokens the longest phrase has that begins at a token; 0 where none does."""
        longest = self.longest.get(found[at], 0) if at < len(found) else 0
        if not longest:
            return 0
        for length in range(min(longest, len(found) - at), 0, -1):
            if tuple(found[at : at + length]) in self.known:
                return length
        return 0


def _past(base: str) -> str:
    if base.endswith("e"):
        return base + "d"
    return base[:-1] + "ied" if base.endswith("y") and base[-2] not in "aeou" else base + "ed"


def _phrases_of(lines: frozenset[str]) -> _Phrases:
    known: set[tuple[str, ...]] = set()
    longest: dict[str, int] = {}
    for line in lines:
        head, *rest = line.split()
        for form in head.split("/"):
            known.add((form, *rest))
            longest[form] = max(longest.get(form, 0), 1 + len(rest))
    return _Phrases(frozenset(known), longest)


class _Vocabulary(dict[str, frozenset[str]]):
    """The lists, and those of them that are looked up in another form."""

    def __init__(self) -> None:
        super().__init__(words.load("wins"))
        verbs = [line.split() for line in self["done"]]
        self.bases = frozenset(verb[0] for verb in verbs)
        self.pasts = frozenset(form for base, *forms in verbs for form in forms or [_past(base)])
        listed = ("phrases", "not done", "lead", "manage", "glances back", "own success", "finished", "given", "tail")
        self.phrases = {name: _phrases_of(self[name]) for name in listed}
        self.begun: dict[str, list[str]] = {}  # by word, the lists that have phrases which begin with it
        for name, known in self.phrases.items():
            for word in known.longest:
                self.begun.setdefault(word, []).append(name)
        phrases = (line.split()[0].split("/") for line in self["phrases"])
        self.phrase_bases = frozenset(forms[0] for forms in phrases if len(forms) > 1)
        self.weak = {name[5:]: lines for name, lines in self.items() if name.startswith("weak ")}
        self.same = dict(line.split() for line in self["same weak"])
        self.beginners = self["cut"] | self["glad"] | self["win"] | _JOINS | _SUBJECTS
        self.beginners |= {"thats", "theres"}
        self.spoils = self["not finished"] | self["failed"] | self["people"]
        self.doings = self.pasts | self.weak.keys() | self["neutral"] | self["liftable"]
        self.doings |= self.same.keys() - self["bases of weak"]


@cache
def _vocabulary() -> _Vocabulary:
    return _Vocabulary()


def read_wins(text: str, asked: str = "daily_checkin") -> tuple[str, ...]:
    """The wins of a normalised text, in the member's own words.

    >>> read_wins("7. Win: sent off my portfolio!")
    ('sent off my portfolio',)
    >>> read_wins("6. win: none")
    ()
    >>> read_wins("applied to 2 jobs and had 7 meetings. will apply to more tomorrow")
    ('applied to 2 jobs',)
    >>> read_wins("the intern cracked the bug, and I also finally sent my cv to the recruiter")
    ('sent my cv to the recruiter',)
    >>> read_wins("Being home 2 nights. Small step: call the county", "weekly_review")
    ('Being home 2 nights',)
    """
    return _Reader(text, asked).wins()


def says_no_win(text: str, asked: str) -> bool:
    """Whether a normalised text says that there was none, which is an answer too.

    >>> says_no_win("No.", "daily_checkin"), says_no_win("win: none", "none"), says_no_win("hm", "daily_checkin")
    (True, True, False)
    >>> says_no_win("can't think of a win", "weekly_review")
    True
    """
    reader = _Reader(text, asked)
    reader.wins()
    return reader.denied or (asked in ("daily_checkin", "weekly_review") and reader.says_no())


class _Reader:
    """One text while it is read."""

    def __init__(self, text: str, asked: str) -> None:
        self.text, self.asked, self.lists = text, asked, _vocabulary()
        self.tokens = cut(text, _TOKEN)
        self.words = [token.word for token in self.tokens]
        self.at = self._phrases()
        self.denied = False
        self.found: dict[int, int] = {}  # where a win begins, and where it ends, in tokens
        self.taken = bytearray(len(self.words) + 1)  # tokens that belong to a win or a plan
        self.quoted = self._quotes()
        self.ends = [not word[0].isalnum() and self._is_end(at) for at, word in enumerate(self.words)]
        self.breaks = [not word[0].isalnum() and self._is_break(at) for at, word in enumerate(self.words)]
        self.used: set[int] = set()  # the markers that announced a win
        self.skips: dict[int, int] = {}
        self.starts: list[int] = []
        for at in range(len(self.words)):
            apart = at == 0 or self.ends[at - 1] or self.breaks[at - 1] or self.words[at] in _JOINS
            self.starts.append(at if apart else self.starts[-1])
        self.clauses = self._clauses()

    def word(self, at: int) -> str:
        return self.words[at] if 0 <= at < len(self.words) else ""

    def _phrases(self) -> dict[str, dict[int, int]]:
        """Of each list, where phrases begin in the text, and how many tokens they have."""
        found: dict[str, dict[int, int]] = {name: {} for name in self.lists.phrases}
        begun = self.lists.begun
        for at, word in enumerate(self.words):
            if word in begun:
                for name in begun[word]:
                    if length := self.lists.phrases[name].at(self.words, at):
                        found[name][at] = length
        return found

    # Where things end and begin

    def _quotes(self) -> bytearray:
        """Which tokens stand in quotation marks: they are somebody else's words."""
        marked = bytearray(len(self.words))
        if '"' not in self.text and "'" not in self.text:
            return marked
        opened: dict[str, int] = {}
        for at, word in enumerate(self.words):
            if word[0] == "\n":
                opened.clear()
            if word == "'" and self.word(at + 1) in _ELIDED:
                continue
            if word in ('"', "'"):
                if word in opened:
                    first = opened.pop(word)
                    marked[first:at] = b"\1" * (at - first)
                else:
                    opened[word] = at
            elif "'" in opened and self.text[self.tokens[at].end - 1] == "'" and len(word) > 2 and word[-2:] != "in":
                first = opened.pop("'")
                marked[first : at + 1] = b"\1" * (at + 1 - first)
        return marked

    def _is_end(self, at: int) -> bool:
        """Whether a token ends a sentence."""
        word = self.words[at]
        if word[0] == "\n" or word == ";":
            return True
        if word[0] not in ".!?":
            return False
        if word == "." and self.word(at - 1) in _TITLES:
            return self.word(at - 1) == "no"
        return at + 1 == len(self.words) or self.tokens[at + 1].start > self.tokens[at].end or word[0] != "."

    def _is_break(self, at: int) -> bool:
        """Whether a token that is no word ends a clause: a comma, a bracket, a lone dash, an emoji."""
        word = self.words[at]
        if word[0] in "$£€₹₦₱¥₵₺.!?" or word in _INNER:
            return False
        if word == "-":
            start, end = self.tokens[at].start, self.tokens[at].end
            return not self.text[start - 1 : start].strip() or not self.text[end : end + 1].strip()
        return not word.startswith("_")

    def _begins(self, at: int, first: int) -> bool:
        """Whether a clause begins at a word, in a clause that began at `first`."""
        word = self.words[at]
        if word not in self.lists.beginners:
            return False
        before, behind = self.word(at - 1), self.word(at + 1)
        if word in self.lists["win"] and behind == ":":
            return True
        if word in self.lists["glad"] and (behind in _SUBJECTS or behind == "that"):
            return before not in ("im", "am", "so", "really", "pretty", "very", "was", "feel", "feeling", "and", "just")
        if word in self.lists["cut"]:
            if word == "so":
                return behind in _BEHIND_SO or behind in _SUBJECTS or behind in _OTHERS
            return word != "even" or behind in ("though", "if")
        if word in _JOINS:
            return self._begins_behind(at + 1)
        if word in ("thats", "theres"):
            return before not in self.lists["hypothetical"]
        if word in _SUBJECTS:
            if before in self.lists["hypothetical"] or before in _AUXILIARIES or before in self.lists["glad"]:
                return False
            if self._skip(first) >= at:
                return False
            if (
                before == "that"
                and self.word(at - 2) not in ("is", "was", "after", "say", "report")
                and (self.word(at - 2) not in self.lists["glad"])
            ):
                return False
            if not _SAYINGS.isdisjoint(self.words[max(first, at - 6) : at]) and behind in _MODALS:
                return False
            return self._is_verb(at + 1) or self._skip(at + 1) > at + 1
        return False

    def _begins_behind(self, at: int) -> bool:
        """Whether what stands behind an "and" is a clause: "and I ...", "and finally sent ..."."""
        at = self._skip(at)
        word = self.word(at)
        if word in _SUBJECTS or word in _OTHERS or word in self.lists["strong emphasis"]:
            return True
        if word in _DETERMINERS:
            for verb in (self.word(at + 2), self.word(at + 3)):
                if verb in self.lists.doings or verb in ("was", "is", "were", "did", "had"):
                    return True
        return word == "next" or word in _PLANS or self._is_verb(at)

    def _is_verb(self, at: int) -> bool:
        word = self.word(at)
        if word in self.lists.doings or word in _ALSO_BEGINS or word in self.lists["failed"]:
            return True
        return bool(self.at["phrases"].get(at, 0) or word in self.lists.bases)

    def _skip(self, at: int) -> int:
        """The first token from `at` that is no filler: behind "and also finally today"."""
        passed = []
        while at < len(self.words) and at not in self.skips:
            length = self.at["lead"].get(at, 0)
            if not length and self.word(at) in self.lists["adverbs"] and not self._is_verb(at):
                length = 1
            if not length:
                break
            passed.append(at)
            at += length
        at = self.skips.get(at, at)
        self.skips.update(dict.fromkeys(passed, at))
        return at

    def _clauses(self) -> list[_Clause]:
        found: list[_Clause] = []
        first, joined = 0, "."
        for at, word in enumerate(self.words):
            if self.ends[at] or self.breaks[at]:
                if at > first:
                    found.append(_Clause(first, at, joined))
                    joined = ","
                first = at + 1
                joined = "." if self.ends[at] or joined == "." else ","
            elif at > first and self._begins(at, first):
                found.append(_Clause(first, at, joined))
                first, joined = at, word
        if len(self.words) > first:
            found.append(_Clause(first, len(self.words), joined))
        return found

    # What a clause says

    def _subject(self, clause: _Clause, who: str = "elided") -> _Subject:
        """Who did what a clause says, and where it says so."""
        lists, at = self.lists, clause.first
        cue = emphatic = base = False
        while at < clause.last:
            length = self.at["lead"].get(at, 0)
            if not length and self._is_score(at):
                length = 1
            if not length or (length == 1 and self.word(at) in lists.weak and self.word(at + 1) not in _SUBJECTS):
                break
            said = " ".join(self.words[at : at + length])
            cue |= not _CUES.isdisjoint(self.words[at : at + length])
            emphatic |= said in lists["strong emphasis"]
            at += length
        for glad in range(at, min(at + 5, clause.last - 1)):
            behind = glad + 2 if self.words[glad + 1] == "that" else glad + 1
            if self.words[glad] in lists["glad"] and self.word(behind) in _SUBJECTS:
                emphatic, at = True, behind
        if at < clause.last and self.words[at] in _SUBJECTS:
            who, at = "me", at + 1
            cue |= self.words[at - 1] in ("ive", "weve")
        elif self.word(at) in ("me", "my", "our") and self.word(at + 1) in ("and", "n", "&", "team"):
            who, at = "me", at + (3 if self.word(at) == "me" else 2)
        while at < clause.last:
            word = self.words[at]
            if length := self.at["manage"].get(at, 0):
                behind = at + length
                while self.word(behind) in lists["adverbs"] | {"finally", "also"}:
                    behind += 1
                plain = length == 1 and word == "did" and not self._is_base(behind)
                if not plain and not (length == 1 and word == "done" and not self._is_verb(behind)):
                    base, emphatic, at = word != "done", True, behind
                    continue
            so_far = _Subject(who, at, base, cue)
            if self.at["not done"].get(at, 0) or self._doing(at, clause.last, so_far):
                break
            if word in lists["failed"] or (word in ("have", "has", "had") and self.word(at + 1) == "to"):
                return _Subject(who, at, blocked=True)
            if word not in lists["adverbs"] and word not in lists["strong emphasis"]:
                break
            cue |= word in _CUES
            emphatic |= word in lists["strong emphasis"]
            at += 1
        if who == "me" and "today" in self.words[at : min(clause.last, at + 30)]:
            cue = True
        return _Subject(who, at, base, cue, emphatic)

    def _is_base(self, at: int) -> bool:
        word, lists = self.word(at), self.lists
        return word in lists.bases or word in lists.same or word in lists.phrase_bases

    def _is_score(self, at: int) -> bool:
        word = self.words[at]
        return word[0].isdecimal() and len(word) <= 5 and not self._is_noun(at + 1)

    def _is_noun(self, at: int) -> bool:
        return (
            bool(self.word(at))
            and self.word(at)[0].isalpha()
            and not self._is_verb(at)
            and (self.word(at) not in _SUBJECTS and not self.at["lead"].get(at, 0))
        )

    def _doing(self, at: int, last: int, subject: _Subject) -> bool:
        """Whether an accomplishment is told from a verb on."""
        lists, word = self.lists, self.word(at)
        if at >= last or self.at["not done"].get(at, 0):
            return False
        behind = self.words[at + 1 : min(last, at + 8)]
        if lists["nothing done"] & set(behind[:2]) and word not in ("said", "say"):
            return False
        plan = not _PLANS.isdisjoint(behind) or "next" in behind
        base = subject.base or (subject.cue and not plan)
        if subject.who == "me" and word in lists["told in the present"] and not plan:
            base = base or lists["habits"].isdisjoint(behind)
        if length := self.at["phrases"].get(at, 0):
            in_base = word in lists.phrase_bases and not base
            return not in_base and not self._everyday(behind[length - 1 :])
        if word in lists.pasts or (base and word in lists.bases):
            if not behind:
                return word in lists["alone"]
            if behind[0] in ("by", "when", "if") or behind[0] in _PLANS:
                return False
            return not self._everyday(behind)
        liftable = word in lists.weak or word in lists["liftable"] or (word.endswith("ed") and len(word) > 4)
        if liftable and behind and word not in lists["neutral"] and self._amplified(at, last):
            return word not in lists["failed"]
        weak = lists.same.get(word, word)
        if weak in lists.weak and (base or word not in lists["bases of weak"]):
            return self._weak(weak, at, behind, subject.emphatic and not base)
        told = subject.who == "me" and not base and behind and (behind[0] in _OBJECTS or behind[0][0].isdecimal())
        if told and liftable and word not in lists.doings and not self._everyday(behind):
            return word not in lists["failed"]
        if subject.emphatic and behind and word not in lists["neutral"]:
            return word.endswith("ed") and len(word) > 4 and word not in lists["failed"]
        return False

    def _everyday(self, behind: list[str]) -> bool:
        """Whether the object behind a verb is an everyday one: "my shift", not "the shift plan"."""
        for at, word in enumerate(behind[:4]):
            if at and word in _PREPOSITIONS:
                return False
            last = behind[at + 1 : at + 2]
            if word in self.lists["everyday"] and (
                not last or last[0] in _PREPOSITIONS or last[0] in self.lists["after"]
            ):
                return True
        return False

    def _amplified(self, at: int, last: int) -> bool:
        """Whether words behind a verb lift whatever was done: "for the first time", "on my own"."""
        here = " ".join(self.words[at + 1 : min(last, at + 25)])
        return any(f" {phrase} " in f" {here} " for phrase in self.lists["lifts"])

    def _object(self, at: int) -> bool:
        """Whether a token begins what something is done to: "the frame", "Keyline", "him", "2 modules"."""
        word = self.word(at)
        named = self.text[self.tokens[at].start].isupper() and not self.words[at].endswith("ed")
        return word in _DETERMINERS or word in _PRONOUNS or word[0].isdecimal() or named

    def _weak(self, weak: str, at: int, behind: list[str], finally_: bool) -> bool:
        """Whether what a weak verb is done to makes it a win: "got the job", not "got a cold"."""
        lists = self.lists
        if (weak in _PICKY and not lists["bad objects"].isdisjoint(behind[:4])) or (
            behind[:1] in _MOVES and weak != "talked"
        ):
            return False
        if weak == "had":
            talk = not lists["talks"].isdisjoint(behind[:5]) and not lists["authorities"].isdisjoint(behind)
            return (talk and "about" in self.words[at + 1 : at + 12]) or not lists.weak["had"].isdisjoint(behind[:2])
        if weak == "did" and not _TIMES.isdisjoint(behind[:3]):
            return False
        if weak == "lost" and "of" in behind[:3]:
            return False
        if weak in ("talked", "told", "asked", "called", "started") and finally_:
            return bool(behind)
        if weak in ("talked", "told", "asked"):
            person = not lists["authorities"].isdisjoint(behind[:5])
            if weak == "talked":
                return person and not {"about", "bout", "abt", "re"}.isdisjoint(self.words[at + 1 : at + 10])
            return person and (weak == "told" or not {"for", "about"}.isdisjoint(self.words[at + 1 : at + 10]))
        if weak == "got" and behind and behind[0] not in _VAGUE and self._object(at + 1):
            for at_, word in enumerate(behind[1:6], 1):
                if word in _PARTICLES or (word == "to" and behind[at_ + 1 : at_ + 2] not in ([], ["do"], ["go"])):
                    return True
                if word == "in" and at_ > 1 and behind[at_ + 1 : at_ + 2] in ([], ["before"], ["on"], ["by"]):
                    return True
                if at_ > 1 and (word in lists.pasts or word in lists["finished"] or word.endswith("ed")):
                    return word not in lists["bad participles"]
                if word in _PREPOSITIONS:
                    break
        objects = lists.weak[weak]
        if "(number)" in objects and behind and behind[0].isdecimal():
            return True
        until = next((n for n, word in enumerate(behind) if n and word in _PREPOSITIONS), len(behind))
        if weak == "got" and until == 1 and behind[0][0].isdecimal():
            return behind[1:2] in (["on"], ["in"])
        if not objects.isdisjoint(behind[:until] if weak in ("got", "made", "did") else behind):
            return True
        measured = {
            re.sub(r"[\d.,]+", "", word) for word in behind[:3] if word[0].isdecimal() or word[0] in "$£€₹₦₱¥₵₺"
        }
        if weak in ("hit", "ran", "walked", "lost", "cycled", "swam", "made", "invested"):
            return not objects.isdisjoint(measured)
        return False

    # Markers

    def wins(self) -> tuple[str, ...]:
        self._take_plans()
        self._marked()
        self._plain()
        if self.asked == "weekly_review" and not self.found:
            self._first_answer()
        return tuple(filter(None, (self._own_words(first, last) for first, last in sorted(self.found.items()))))

    def _own_words(self, first: int, last: int) -> str:
        """The text of a win, without what only leads to it or trails behind it."""
        tail = self.lists["tail"]
        while last > first + 1:
            for length in (2, 1):
                if last - length > first and " ".join(self.words[last - length : last]) in tail:
                    last -= length
                    break
            else:
                break
        if last <= first:
            return ""
        return self.text[self.tokens[first].start : self.tokens[last - 1].end].strip(' ,;-:"')

    def _add(self, first: int, last: int) -> None:
        if first < last and not any(self.taken[first:last]):
            self.found[first] = last
            self.taken[first:last] = b"\1" * (last - first)

    def _extent(self, first: int) -> int:
        """Where a phrase that begins at a token ends."""
        if first < len(self.words) and self.words[first][0] == ".":
            first += 1
        at, longest, lead = first, min(len(self.words), first + _LONGEST), self._skip(first)
        while at < longest and not self.ends[at]:
            if self.breaks[at] and not (self.words[at] == "," and first < at <= lead):
                break
            if at > max(first, lead) and self._begins(at, first):
                break
            at += 1
        return at

    def _take_plans(self) -> None:
        """Marks what is planned: "next week I ...", "small step: ..."."""
        for at, word in enumerate(self.words):
            end = 0
            weekly = self.asked == "weekly_review"
            if self.taken[at]:
                continue
            if word in ("step", "steps") and (weekly or self.word(at + 1) in (":", "-", "=")):
                end = self._step_end(at)
            elif word == "next" and (self.word(at + 1) in _WEEKS or (weekly and self.word(at + 1) in (":", "-"))):
                first = max(self._skip(self.starts[at]), self.starts[at])
                if all(before in ("for", "the", "my") for before in self.words[first:at]):
                    end = self._sentence_end(at)
            elif (word in ("goal", "goals") and self.word(at + 1) == ":") or (
                word == "coming" and self.word(at + 1) in _WEEKS
            ):
                end = self._sentence_end(at)
            if end:
                self.taken[at:end] = b"\1" * (end - at)

    def _step_end(self, at: int) -> int:
        first = at
        while first > 0 and self.words[first - 1] in _STEP_ADJECTIVES:
            first -= 1
        if (
            first > 0
            and not self.ends[first - 1]
            and not self.breaks[first - 1]
            and (
                self.word(at + 1) not in (":", "-", "=", "is", "will", "for", "uhhh")
                and self.word(first - 1) not in _JOINS
            )
        ):
            return 0
        behind = at + 1
        if behind < len(self.words) and self.words[behind][0] == "\n":
            behind += 1
        while behind < len(self.words) and not self.words[behind][0].isalnum():
            behind += 1
        return self._sentence_end(behind)

    def _sentence_end(self, at: int) -> int:
        while at < len(self.words) and not self.ends[at]:
            if self.words[at] in ("win", "wins") and self.word(at + 1) in (":", "-", "is", "was", "="):
                break
            at += 1
        return at

    def _marked(self) -> None:
        at = 0
        while at < len(self.words):
            word, first = self.words[at], 0
            if self.taken[at] or self.quoted[at]:
                at += 1
                continue
            if word in self.lists["win"]:
                first = self._behind_win(at)
            elif word in ("proud", "proudest"):
                first = self._behind_proud(at)
            elif word == "best" and self.asked == "weekly_review":
                first = self._behind_best(at)
            if first:
                self.used.add(at)
                several = word in ("wins", "victories", "achievements", "accomplishments", "ws")
                at = max(at + 1, self._take_marked(first, several))
            else:
                at += 1

    def _behind_win(self, at: int) -> int:
        """Where the win begins that a word like "win" announces; 0 where it announces none."""
        lists, word = self.lists, self.words[at]
        first = at
        while first > 0 and (self.words[first - 1] in lists["win adjectives"] or self.words[first - 1] == "'"):
            first -= 1
        before = set(self.words[max(0, first - 4) : at])
        sign = self.word(at + 1)
        if not before.isdisjoint(lists["denies"]):
            negated = "thats not" not in " ".join(self.words[max(0, first - 3) : at])
            if negated and (sign != ":" or "no" in before):
                self.denied = True
                return 0
        if self.word(first - 1) in ("to", "will", "you", "could", "can", "as", "that", "thats") and sign != ":":
            return 0
        starts = first == 0 or self.ends[first - 1] or self.breaks[first - 1] or self._skip(self.starts[at]) >= first
        if word in ("w", "ws") and sign not in (":", "-", "=") and first == at:
            return 0
        if word in ("w", "success") and not starts:
            return 0
        for behind in range(at + 1, min(at + 12, len(self.words))):
            if self.words[behind] == ":" or (self.words[behind] in ("-", "=", "→", ">") and behind <= at + 4):
                return behind + 1 if self.words[behind] == ":" or self.breaks[behind] or behind == at + 1 else 0
            if self.ends[behind]:
                break
        for behind in range(at + 2, min(at + 22, len(self.words) - 1)):
            if self.ends[behind] or self.word(at + 1) != ",":
                break
            if self.words[behind] == "," and self.words[behind + 1] in ("was", "is"):
                return behind + 2
        for behind in range(at + 1, min(at + 12, len(self.words))):
            next_word = self.words[behind]
            if next_word in _COPULAS:
                while self.word(behind + 1) in lists["behind is"]:
                    behind += 1
                return behind + 1
            if next_word not in lists["win behind"]:
                break
        if not starts:
            return 0
        if sign[:1] in ("?", ".", "!") and (first == 0 or self._only_scores(first)):
            return at + 2
        if sign[:1] == "\n":
            return at + 2 if self.starts[at] == first else 0
        if sign == ",":
            found = self._subject(_Clause(at + 2, len(self.words), ","))
            return at + 2 if found.verb < len(self.words) and self._is_verb(found.verb) and not found.blocked else 0
        if sign in _SUBJECTS or self.word(self._skip(at + 1)) in lists.pasts or sign == "po":
            return at + 1
        return 0

    def _only_scores(self, last: int) -> bool:
        return last < 4 and all(not word[0].isalpha() for word in self.words[:last])

    def _behind_best(self, at: int) -> int:
        """Where the answer begins in "the best of my week was ..."."""
        lists = self.lists
        for behind in range(at + 1, min(at + 9, len(self.words))):
            if self.ends[behind]:
                return 0
            if self.words[behind] in ("was", "is", "were", ":"):
                while self.word(behind + 1) in lists["behind is"]:
                    behind += 1
                return behind + 1
        return 0

    def _behind_proud(self, at: int) -> int:
        """Where the thing begins of which a member is proud; 0 where none stands behind."""
        lists = self.lists
        start = self.starts[at]
        before = self.words[max(start, at - 6) : at]
        if not (lists["denies"] | {"be", "if", "should"}).isdisjoint(before):
            return 0
        if not (lists["people"] | _OTHERS - {"it", "its"}).isdisjoint(before) and not {"i", "im", "am"} & set(before):
            return 0
        behind, word = at + 1, self.word(at + 1)
        if self.words[at] == "proudest" and word in ("moment", "thing", "bit", "part", "achievement"):
            return self._behind_best(at)
        if word == "of":
            behind += 1
            word = self.word(behind)
            if word in ("myself", "me", "us", "ourselves"):
                if self.word(behind + 1) in ("for", "that", "because", "cos", "cuz", "bc"):
                    return behind + 2
                return behind + 1 if self.word(behind + 1) in _SUBJECTS else 0
            if word in ("how", "that", "what") and self.word(behind + 1) in _SUBJECTS:
                return behind + 2
            if word in ("that", "this", "it", "these", "those") and not self._is_noun(behind + 1):
                return 0
            if word in _COPULAS or word in ("today", "this"):
                for further in range(behind, min(behind + 5, len(self.words))):
                    if self.words[further] in _COPULAS or self.words[further] == ":":
                        return further + 1
            owned = self.word(behind + 1) if word in ("my", "our", "the", "ma", "me") else word
            if owned in lists["family"]:
                return 0
            return behind
        if word in ("that", "cause", "because", "bc", "cuz", "cos"):
            behind += 1
            word = self.word(behind)
        if word in _SUBJECTS or (self._is_verb(self._skip(behind)) and word not in ("but", "and")):
            return behind
        if self.word(behind) in (",", "!", ".") and self.word(behind + 1) in _SUBJECTS and not self.found:
            verb = self.word(self._skip(behind + 2))
            return behind + 1 if verb in self.lists.doings - self.lists["neutral"] else 0
        if word in ("to", "about", ":"):
            behind += 2 if self.word(behind + 1) in ("have", "say", "be") else 1
            return behind + 1 if self.word(behind) == "that" else behind
        if word in ("my", "our") and self.word(behind + 1) not in lists["family"]:
            return behind
        return 0

    def _take_marked(self, first: int, several: bool) -> int:
        """Adds the wins that stand from a token on; the token behind them."""
        while self.word(first) in (">", "-", ":", "="):
            first += 1
        end = self._extent(first)
        goes_on = self.word(end) in _JOINS and not several and not self.taken[end + 1] and not self._tells(first)
        if goes_on and self._is_verb(end + 1) and self.word(end + 1) not in self.lists.bases:
            end = self._extent(end + 1)
        while several and end < len(self.words) and self.words[end] in (",", "-", "and", "&", "+") and end > first:
            self._add_marked(first, end)
            first = end + 1
            end = self._extent(first)
        self._add_marked(first, end)
        return end

    def _tells(self, first: int) -> bool:
        """Whether an accomplishment, and not only a doing, is told from a token on."""
        last = min(len(self.words), first + _LONGEST)
        subject = self._subject(_Clause(first, last, "and"))
        return subject.who != "other" and self._doing(subject.verb, last, subject)

    def _add_marked(self, first: int, last: int) -> None:
        start = first
        leads = _SUBJECTS | self.lists["before marked"] | self.lists["strong emphasis"]
        while first < last and self.words[first] in leads:
            first += 1
        if first == last:
            first = start
        here = self.words[first:last]
        if not here or not any(word[0].isalnum() for word in here):
            self.denied = True
            return
        none = self.lists["no win"]
        if here[0] in none and none.union(self.lists["no win tail"]).issuperset(
            word for word in here if word.isalnum()
        ):
            self.denied = True
            return
        kept = {"not", "no", "never", "well"} | ({"didnt"} if self.word(first + 1) not in _NOT_HAD else set())
        if here[0] in self.lists["failed"] - kept:
            return
        self._add(first, last)

    def _plain(self) -> None:
        """Adds the clauses that tell of a doing of the member's own, and those that a later one looks back at."""
        lists = self.lists
        before = _Subject("elided", 0)
        spans: list[tuple[int, int, _Subject]] = []
        for clause in self.clauses:
            if clause.joined in (".", "\n"):
                before = _Subject("elided", 0)
            if self._glances_back(clause):
                self._take_before(clause, spans)
                continue
            subject = self._subject(clause)
            named = subject.who == "elided" and not self._is_verb(subject.verb)
            if self.words[clause.first : clause.last] in (["and"], ["then"], ["and", "then"]):
                continue
            inherits = (
                clause.joined == "then"
                or clause.joined in _JOINS
                or self.words[clause.first] in _JOINS
                or (clause.joined == "," and before.cue)
            )
            if named or (subject.who == "elided" and before.who == "other" and inherits):
                subject = subject._replace(who="other")
            told = subject.verb if subject.who != "other" else self._skip(clause.first)
            spans.append((told, clause.last, subject))
            if subject.who == "other":
                own = self._own_success(clause)
                acts = self._person(clause) or (
                    subject.verb + 1 < clause.last and self._is_verb(subject.verb + 1) and not own
                )
                before = subject._replace(cue=acts)
                continue
            before = subject
            if (
                self.asked in ("goal", "savings", "dealbreakers", "values")
                and subject.who == "elided"
                and (self.word(subject.verb) in lists["same form"])
            ):
                continue
            if self.asked == "savings" and self.word(subject.verb) in ("saved", "put", "set", "got"):
                continue
            unreal = self.word(clause.first) == "like" and self.word(clause.first + 1) in _SUBJECTS
            if unreal or self.word(clause.first - 1) in ("everything", "all", "anything"):
                continue
            if subject.blocked or self.quoted[min(subject.verb, len(self.words) - 1)] or self._long_ago(clause):
                continue
            if self.word(clause.first - 1) in lists["hypothetical"] or self.word(clause.first) in ("if", "unless"):
                continue
            if self._doing(subject.verb, clause.last, subject):
                self._add(subject.verb, clause.last)

    def _person(self, clause: _Clause) -> bool:
        """Whether a clause is about somebody else: "this one lady wanted ..."."""
        first = self._skip(clause.first)
        while first < clause.last and self._is_score(first):
            first = self._skip(first + 1)
        for word in self.words[first : min(clause.last - 1, first + 4)]:
            if word in _PREPOSITIONS or word in self.lists.doings:
                return False
            if word in self.lists["people"]:
                return True
        return False

    def _long_ago(self, clause: _Clause) -> bool:
        here = " ".join(self.words[max(0, clause.first - 3) : clause.last])
        return any(f" {time} " in f" {here} " for time in self.lists["long ago"])

    def _own_success(self, clause: _Clause) -> bool:
        """ "my visa came through", "taxes done", "the migration is DONE": adds the clause where it is one."""
        lists = self.lists
        first, last = self._skip(clause.first), clause.last
        while first < last and self._is_score(first):
            first = self._skip(first + 1)
        mine = self.word(first) in lists["own things"]
        for at in range(first + 1, min(first + 8, last)):
            if self.words[at - 1] in lists["failed"]:
                break
            if self.at["given"].get(at, 0):
                self._add(at, last)
                return True
        thing: set[str] = set()
        for at in range(first + 1, min(first + 8, last)):
            word = self.words[at]
            thing.add(self.words[at - 1])
            if not thing.isdisjoint(lists.spoils):
                return False
            known = not thing.isdisjoint(lists["own success subjects"])
            length = self.at["own success"].get(at, 0)
            known_to = known and (mine or word in ("is", "went") or (at + length == last and word != "came"))
            if length and known_to and not self._nothing(at + length):
                self._add(first, last)
                return True
            length = self.at["finished"].get(at, 0)
            bare = at - first <= 4 and at + length == last and word != "passed"
            told = length and (word == "done" or known or bare or not thing.isdisjoint(_TELLING))
            if told and (at + length == last or self.word(at + length) in _BEHIND_DONE):
                self._add(first, last)
                return True
            if word in lists.doings and word not in lists["finished"]:
                return False
        return False

    def _nothing(self, at: int) -> bool:
        return self.word(at) in self.lists["nothing done"]

    def _glances_back(self, clause: _Clause) -> bool:
        """Whether a clause calls the one before a win: "so that's my win", "kinda proud of that"."""
        lists = self.lists
        first = clause.first
        if (
            (first > 0 and self.taken[first])
            or self.word(first) == "as"
            or not self.used.isdisjoint(range(first, min(clause.last, first + 20)))
        ):
            return False
        here = self.words[first : min(clause.last, first + 20)]
        whole = here
        while here and here[0] in lists["before glance"]:
            here = here[1:]
        if not here or len(here) > 14:
            return False
        known = lists.phrases["glances back"]
        if known.at(here, 0) and len(here) <= known.at(here, 0) + 2:
            return True
        said = set(here)
        if "proud" not in said and said.isdisjoint(lists["win"]):
            return False
        if not said.isdisjoint(lists["denies"]):
            return False
        wins = said & (lists["win"] - {"wins", "success", "w", "dub"})
        last = [word for word in here if word not in lists["tail"]][-1:]
        if (wins or last in (["w"], ["dub"])) and self.word(clause.last) not in (":", "-", "="):
            if all(word in lists["win adjectives"] or word in lists["win"] or word in lists["lead"] for word in here):
                return True
            return not _BACK.isdisjoint(whole) and here[-1] not in _COPULAS
        if "proud" in said:
            at = here.index("proud")
            behind = ["of" if word == "o" else word for word in here[at + 1 :] if word not in lists["tail"]]
            if behind and " ".join(behind) not in lists["proud behind"]:
                return False
            mine = set(here[:at])
            return mine.isdisjoint(lists["people"] | _OTHERS) and behind != ["of", "me"]
        return False

    def _take_before(self, clause: _Clause, spans: list[tuple[int, int, _Subject]]) -> None:
        """Makes a win of what stands before a clause that looks back, if no win was found there already."""
        sentences = 0
        at = clause.first - 1
        while at >= max(0, clause.first - _LONGEST) and sentences < (3 if clause.joined == "." else 1):
            if at in self.found or self.taken[at]:
                return
            sentences += self.ends[at]
            at -= 1
        best: tuple[int, int] | None = None
        for first, end, subject in reversed(spans[-4:]):
            last = min(self._extent(first), end)
            if first >= last or subject.blocked or not any(word[0].isalpha() for word in self.words[first:last]):
                continue
            if subject.who != "other":
                best = (first, last)
                break
            best = best or (first, last)
        if best:
            self._add(*best)

    # What else was answered

    def _first_answer(self) -> None:
        """Adds the first answer to "what was your best win?", which may be of any form: "band 7 in the mock"."""
        lists = self.lists
        for clause in self.clauses:
            first = self._skip(clause.first)
            if first >= clause.last or self._is_score(first) or self.taken[first]:
                continue
            here = self.words[first : min(clause.last, self._extent(first))]
            subject = self._subject(clause)
            tells = subject.who == "me" or self._is_verb(subject.verb)
            if not lists["win"].isdisjoint(here):
                continue
            if subject.blocked or self.denied or here[0] in lists["failed"] or here[0] in lists["questions"]:
                return
            if tells and self.word(subject.verb) in lists["neutral"] - {"left", "stayed", "showed", "broke"}:
                return
            if tells:
                if self.word(subject.verb) in lists.doings or self.word(subject.verb).endswith("ed"):
                    self._add(subject.verb, clause.last)
                return
            gerund = here[0].endswith("ing") and here[0] not in lists["gerunds no win"]
            if not gerund and not lists["people"].isdisjoint(here[:3]):
                return
            if not lists["weekly no win"].isdisjoint(here):
                return
            if len(here) > 1 and (gerund or any(self.taken)):
                self._add(first, first + len(here))
            return

    def says_no(self) -> bool:
        """Whether the whole text is a no."""
        here = [word for word in self.words if word[0].isalnum()]
        none = self.lists["no win"] | {"n"}
        if not here or here[0] not in none or here[0] in ("hm", "hmm", "um", "uh", "umm", "x", "idk", "err"):
            return False
        return all(word in none or word in self.lists["no win tail"] for word in here)
