"""Reads what a member got done or is proud of: "win: sent off my portfolio", "finally talked to HR about 4 days".

A win stands behind a marker ("win:", "proud of": `win_markers.py`), before one ("..., so that's my win"), or is a plain
doing of the member's own: a clause (`win_clauses.py`) that begins with a verb of accomplishment (`win_doings.py`), with
or without "I" or "we". The verbs, and what undoes them, are lists in `words/wins.txt`.
"""

from shared.domain.understanding.report.win_clauses import OTHERS, Clause
from shared.domain.understanding.report.win_doings import Subject
from shared.domain.understanding.report.win_markers import COPULAS, LONGEST, Marked
from shared.domain.understanding.report.win_words import JOINS, SUBJECTS

_BEHIND_BARE = frozenset("in for lol haha hahaha yay hurra hurrah ahead early".split())
_BEHIND_DONE = frozenset("now on and at today finally w with".split()) | _BEHIND_BARE
_OF_A_SCORE = frozenset("it its was is a an like about solid today day id say".split())
_TELLING = COPULAS | {"all", "got", "finally"}
_BACK = frozenset("that thats this it its so theres there heres which as call calling count counting counts".split())


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


class _Reader(Marked):
    """One text while it is read."""

    # Markers

    def wins(self) -> tuple[str, ...]:
        self._take_plans()
        self._marked()
        if self._may_tell():
            self._plain()
        if self.asked == "weekly_review" and not self.found:
            self._first_answer()
        return tuple(filter(None, (self._own_words(first, last) for first, last in sorted(self.found.items()))))

    def _may_tell(self) -> bool:
        """Whether there is any word that a doing could be told with, or that could look back at one."""
        if any(self.at[name] for name in ("phrases", "given", "own success", "finished", "glances back")):
            return True
        return not self.lists.telling.isdisjoint(self.words) or any(word.endswith("ed") for word in self.words)

    def _plain(self) -> None:
        """Adds the clauses that tell of a doing of the member's own, and those that a later one looks back at."""
        before = Subject("elided", 0)
        spans: list[tuple[int, int, Subject]] = []
        for clause in self.clauses:
            if clause.joined in (".", "\n"):
                before = Subject("elided", 0)
            if self._glances_back(clause):
                self._take_before(clause, spans)
                continue
            if self._is_score(clause.last - 1) and _OF_A_SCORE.issuperset(self.words[clause.first : clause.last - 1]):
                before = Subject("elided", 0)  # "it was a 7, passed my exam"
                continue
            subject = self._subject(clause)
            if self.word(clause.first - 1) == "that" and self.word(clause.first - 2) in self.lists["glad"]:
                subject = subject._replace(emphatic=True)
            verb = subject.verb
            named = subject.who == "elided" and not self._may_begin(verb)
            if self.words[clause.first : clause.last] in (["and"], ["then"], ["and", "then"]):
                continue
            inherits = (
                clause.joined == "then"
                or clause.joined in JOINS
                or self.words[clause.first] in JOINS
                or (clause.joined == "," and before.cue)
            )
            if named or (subject.who == "elided" and before.who == "other" and inherits):
                subject = subject._replace(who="other")
            spans.append((verb if subject.who != "other" else self._skip(clause.first), clause.last, subject))
            if subject.who == "other":
                own = self._own_success(clause)
                acts = self._person(clause) or (
                    subject.verb + 1 < clause.last and self._is_verb(subject.verb + 1) and not own
                )
                before = subject._replace(cue=acts)
                continue
            before = subject
            if self._tells_no_win(clause, subject):
                continue
            follows = clause.joined != "." and bool(self.found) and self._is_it(verb)
            if follows or self._doing(subject.verb, clause.last, subject):
                self._add(subject.verb, clause.last)

    def _tells_no_win(self, clause: Clause, subject: Subject) -> bool:
        """Whether a clause answers another question, is quoted, long ago, not done, or only imagined."""
        verb, first = self.word(subject.verb), self.word(clause.first)
        answers = self.asked in ("goal", "savings", "dealbreakers", "values") and subject.who == "elided"
        if answers and verb in self.lists["same form"]:
            return True
        if self.asked == "savings" and verb in ("saved", "put", "set", "got"):
            return True
        if subject.blocked or self.quoted[min(subject.verb, len(self.words) - 1)] or self._long_ago(clause):
            return True
        if clause.last - clause.first <= 2 and self.word(clause.last)[:1] == "?":
            return True  # "Quit? Me?"
        led_by = self.word(clause.first - 1)
        if led_by in ("everything", "all", "anything") or led_by in self.lists["hypothetical"]:
            return True
        return first in ("if", "unless") or (first == "like" and self.word(clause.first + 1) in SUBJECTS)

    def _own_success(self, clause: Clause) -> bool:
        """ "my visa came through", "taxes done", "the migration is DONE": adds the clause where it is one."""
        lists = self.lists
        if not (self.at["given"] or self.at["own success"] or self.at["finished"]):
            return False
        first, last = self._skip(clause.first), clause.last
        if self.words[last - 2 : last] == ["at", "last"]:
            last -= 2
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
            ends = at + length == last or self.word(at + length) in _BEHIND_BARE
            bare = at - first <= 4 and ends and word != "passed"
            told = length and (word == "done" or known or bare or not thing.isdisjoint(_TELLING))
            if told and (at + length == last or self.word(at + length) in _BEHIND_DONE):
                self._add(first, last)
                return True
            if word in lists.doings and word not in lists["finished"]:
                return False
        return False

    def _glances_back(self, clause: Clause) -> bool:
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
        if here[-1] == "that" and self.word(clause.last) in SUBJECTS:
            return False  # "chuffed that I got round": what follows is the win
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
            return not _BACK.isdisjoint(whole) and here[-1] not in COPULAS
        if "proud" in said:
            at = here.index("proud")
            behind = ["of" if word == "o" else word for word in here[at + 1 :] if word not in lists["tail"]]
            if behind and " ".join(behind) not in lists["proud behind"]:
                return False
            mine = set(here[:at])
            return mine.isdisjoint(lists["people"] | OTHERS) and behind != ["of", "me"]
        return False

    def _take_before(self, clause: Clause, spans: list[tuple[int, int, Subject]]) -> None:
        """Makes a win of what stands before a clause that looks back, if no win was found there already."""
        sentences = 0
        at = clause.first - 1
        while at >= max(0, clause.first - LONGEST) and sentences < (3 if clause.joined == "." else 1):
            if at in self.found or self.taken[at]:
                return
            sentences += self.ends[at]
            at -= 1
        # "Didn't cry at handover, so that's a win": called so, what was not done is one.
        called = not self.lists["win"].isdisjoint(self.words[clause.first : clause.last])
        best: tuple[int, int] | None = None
        for first, end, subject in reversed(spans[-4:]):
            last = min(self._extent(first), end)
            blocked = subject.blocked and not (called and self.words[first] in ("didnt", "not", "never"))
            if first >= last or blocked or not any(word[0].isalpha() for word in self.words[first:last]):
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
