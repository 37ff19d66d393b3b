"""Tells who did what a clause says, and whether it is a win: by a strong verb, or a weak one with a good object."""

import re
from typing import NamedTuple

from shared.domain.understanding.report.win_clauses import DETERMINERS, MONEY, PLANS, Clause, Clauses, is_past
from shared.domain.understanding.report.win_words import SUBJECTS

_CUES = frozenset("today finally also already have ive weve yesterday".split())
_PREPOSITIONS = frozenset(
    "from for by about with at in on because while to over before after during w/ w/o without".split()
)
_TO_WHAT = frozenset("to for with".split())
_MOVES = [[particle] for particle in "in off up back out over down into to".split()]  # "got up", "went in"
_OBJECTS = frozenset("it my the our all both every another".split())
_PRONOUNS = frozenset("him her them us everything everyone all both another me t'".split())


class Subject(NamedTuple):
    """Who did what a clause says: "me", "elided" or "other"; `verb` is the token at which the doing begins."""

    who: str
    verb: int
    base: bool = False  # the verb is in its base form: "managed to finish"
    cue: bool = False  # a word says that it is done, so that a second-language "I finish" may be meant
    emphatic: bool = False  # "finally", "yay", "glad"
    blocked: bool = False  # "didn't", "gonna", "almost"


class Doings(Clauses):
    """What the clauses of a text say was done, and by whom."""

    # What a clause says

    def _subject(self, clause: Clause, who: str = "elided") -> Subject:
        """Who did what a clause says, and where it says so."""
        lists = self.lists
        at, cue, emphatic = self._behind_lead(clause)
        if at < clause.last and self.words[at] in SUBJECTS:
            who, at = "me", at + 1
            cue |= self.words[at - 1] in ("ive", "weve")
        elif self.word(at) in ("me", "my", "our") and self.word(at + 1) in ("and", "n", "&", "team"):
            who, at = "me", at + (3 if self.word(at) == "me" else 2)
        base = False
        while at < clause.last:
            word = self.words[at]
            if behind := self._behind_manage(at):
                base, emphatic, at = word != "done", True, behind
                continue
            so_far = Subject(who, at, base, cue)
            if self.at["not done"].get(at, 0) or self._doing(at, clause.last, so_far):
                break
            if word in lists["failed"] or (word in ("have", "has", "had") and self.word(at + 1) == "to"):
                return Subject(who, at, blocked=True)
            if word not in lists["adverbs"] and word not in lists["strong emphasis"]:
                break
            cue |= word in _CUES
            emphatic |= word in lists["strong emphasis"]
            at += 1
        if who == "me" and "today" in self.words[at : min(clause.last, at + 30)]:
            cue = True
        return Subject(who, at, base, cue, emphatic)

    def _behind_lead(self, clause: Clause) -> tuple[int, bool, bool]:
        """The token behind what only leads to a clause, "today I'm glad that"; whether that cues or stresses it."""
        lists, at = self.lists, clause.first
        cue = emphatic = False
        while at < clause.last:
            length = self.at["lead"].get(at, 0)
            if not length and self._is_score(at) and self.word(at + 1) not in lists["people"]:
                length = 1
            if not length or (length == 1 and self.word(at) in lists.weak and self.word(at + 1) not in SUBJECTS):
                break
            cue |= not _CUES.isdisjoint(self.words[at : at + length])
            emphatic |= " ".join(self.words[at : at + length]) in lists["strong emphasis"]
            at += length
        for glad in range(at, min(at + 5, clause.last - 1)):
            behind = glad + 2 if self.words[glad + 1] == "that" else glad + 1
            if self.words[glad] in lists["glad"] and self.word(behind) in SUBJECTS:
                emphatic, at = True, behind
        return at, cue, emphatic

    def _behind_manage(self, at: int) -> int:
        """The token behind "managed to", "got round to finally"; 0 where none such begins here."""
        length = self.at["manage"].get(at, 0)
        if not length:
            return 0
        behind = at + length
        while self.word(behind) in self.lists["adverbs"] or self.word(behind) in ("finally", "also"):
            behind += 1
        if length == 1 and self.words[at] == "did" and not self._is_base(behind):
            return 0
        return 0 if length == 1 and self.words[at] == "done" and not self._is_verb(behind) else behind

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
            and (self.word(at) not in SUBJECTS and not self.at["lead"].get(at, 0))
        )

    def _doing(self, at: int, last: int, subject: Subject) -> bool:
        """Whether an accomplishment is told from a verb on."""
        lists, word = self.lists, self.word(at)
        if at >= last or self.at["not done"].get(at, 0):
            return False
        behind = self.words[at + 1 : min(last, at + 8)]
        if lists["nothing done"] & set(behind[:2]) and word not in ("said", "say"):
            return False
        if behind and behind[0] in _TO_WHAT and (len(behind) == 1 or behind[1] in _PREPOSITIONS):
            return False  # "rejected by 3 jobs I applied to in August"
        if "wrong" in behind[:3] and word not in lists["sets right"]:
            return False  # "deleted the wrong folder"
        plan = not PLANS.isdisjoint(behind) or "next" in behind
        base = subject.base or (subject.cue and not plan)
        if subject.who == "me" and word in lists["told in the present"] and not plan:
            base = base or lists["habits"].isdisjoint(behind)
        if length := self.at["phrases"].get(at, 0):
            in_base = word in lists.phrase_bases and not base
            return not in_base and not self._everyday(behind[length - 1 :])
        if word in lists.pasts or (base and word in lists.bases):
            if not behind:
                return word in lists["alone"]
            if behind[0] in ("by", "when", "if") or behind[0] in PLANS:
                return False
            return not self._everyday(behind)
        liftable = word in lists.weak or word in lists["liftable"] or is_past(word)
        if liftable and behind and word not in lists["neutral"] and self._amplified(at, last):
            return word not in lists["failed"]
        weak = lists.same.get(word, word)
        if weak in lists.weak and (base or word not in lists["bases of weak"]):
            return self._weak(weak, at, behind, subject.emphatic and not base)
        object_ = behind and (behind[0] in _OBJECTS or behind[0][0].isdecimal())
        told = not base and behind and (self._did(at) or (object_ and subject.who == "me" and liftable))
        if told and word not in lists.doings and not self._everyday(behind):
            return word not in lists["failed"]
        if subject.emphatic and behind and word not in lists["neutral"]:
            return is_past(word) and word not in lists["failed"]
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
        return word in DETERMINERS or word in _PRONOUNS or word[0].isdecimal() or named

    def _weak(self, weak: str, at: int, behind: list[str], finally_: bool) -> bool:
        """Whether what a weak verb is done to makes it a win: "got the job", not "got a cold"."""
        if self._is_no_doing(weak, behind):
            return False
        if weak == "had":
            return self._had(at, behind)
        if weak == "got" and behind and behind[0].isdecimal() and self.word(at - 1) in ("ive", "have", "weve"):
            return False  # "I've got 131 kids"
        if weak in ("talked", "told", "asked", "called", "started") and finally_:
            return bool(behind)
        if weak in ("talked", "told", "asked"):
            return self._spoke_up(weak, at, behind)
        if weak == "got" and behind and behind[0] not in self.lists["vague objects"] and self._object(at + 1):
            brought = self._brought_about(behind)
            if brought is not None:
                return brought
        return self._has_good_object(weak, behind)

    def _is_no_doing(self, weak: str, behind: list[str]) -> bool:
        """ "Took a sick day", "got up", "did 3 hours", "lost 2 of them"."""
        if weak in self.lists["undone by objects"] and not self.lists["bad objects"].isdisjoint(behind[:4]):
            return True
        if behind[:1] in _MOVES and weak != "talked":
            return True
        return (weak == "did" and not self.lists["so long"].isdisjoint(behind[:3])) or (
            weak == "lost" and "of" in behind[:3]
        )

    def _had(self, at: int, behind: list[str]) -> bool:
        """ "Had the talk with my boss about pay", "had an interview"."""
        lists = self.lists
        talk = not lists["talks"].isdisjoint(behind[:5]) and not lists["authorities"].isdisjoint(behind)
        return (talk and "about" in self.words[at + 1 : at + 12]) or not lists.weak["had"].isdisjoint(behind[:2])

    def _spoke_up(self, weak: str, at: int, behind: list[str]) -> bool:
        """ "Told my boss", "asked HR for", "talked to my manager about"."""
        if self.lists["authorities"].isdisjoint(behind[:5]):
            return False
        told = set(self.words[at + 1 : at + 10])
        if weak == "talked":
            return not told.isdisjoint(("about", "bout", "abt", "re"))
        return weak == "told" or not told.isdisjoint(("for", "about"))

    def _brought_about(self, behind: list[str]) -> bool | None:
        """Whether something was brought about, "got the frame up", "got him to sign"; None where that is not said."""
        lists = self.lists
        for at, word in enumerate(behind[1:6], 1):
            following = behind[at + 1 : at + 2]
            if word in lists["brought about"] or (word == "to" and following not in ([], ["do"], ["go"])):
                return True
            if word == "in" and at > 1 and following in ([], ["before"], ["on"], ["by"]):
                return True
            led = word in lists.pasts or word in lists["finished"] or word.endswith("ed")
            if led and (at > 1 or behind[0] in _PRONOUNS or behind[0] == "it"):
                return word not in lists["bad participles"]
            if word in _PREPOSITIONS:
                break
        return None

    def _has_good_object(self, weak: str, behind: list[str]) -> bool:
        objects = self.lists.weak[weak]
        if "(number)" in objects and behind and behind[0].isdecimal():
            return self.lists["so long"].isdisjoint(behind[:3])
        until = next((n for n, word in enumerate(behind) if n and word in _PREPOSITIONS), len(behind))
        if weak == "got" and until == 1 and behind[0][0].isdecimal():
            return behind[1:2] in (["on"], ["in"])
        if not objects.isdisjoint(behind[:until] if weak in ("got", "made", "did") else behind):
            return True
        if weak not in self.lists["measured"]:
            return False
        return not objects.isdisjoint(
            re.sub(r"[\d.,]+", "", word) for word in behind[:3] if word[0].isdecimal() or word[0] in MONEY
        )

    def _person(self, clause: Clause) -> bool:
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

    def _long_ago(self, clause: Clause) -> bool:
        here = " ".join(self.words[max(0, clause.first - 3) : clause.last])
        return any(f" {time} " in f" {here} " for time in self.lists["long ago"])

    def _nothing(self, at: int) -> bool:
        return self.word(at) in self.lists["nothing done"]
