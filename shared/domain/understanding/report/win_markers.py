"""Finds the wins that are called so, "win: ...", "proud of ...", and keeps plans apart from them."""

from shared.domain.understanding.report.win_clauses import OTHERS, Clause
from shared.domain.understanding.report.win_doings import Doings
from shared.domain.understanding.report.win_words import JOINS, SUBJECTS

COPULAS = frozenset("is was are were its be been".split())
LONGEST = 160  # tokens of a win; a whole list of them fits


class Marked(Doings):
    """The wins found so far, and the markers that announced them."""

    def __init__(self, text: str, asked: str) -> None:
        super().__init__(text, asked)
        self.denied = False
        self.found: dict[int, int] = {}  # where a win begins, and where it ends, in tokens
        self.taken = bytearray(len(self.words) + 1)  # tokens that belong to a win or a plan
        self.used: set[int] = set()  # the markers that announced a win

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
        at, longest, lead = first, min(len(self.words), first + LONGEST), self._skip(first)
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
            elif word == "next" and (self._is_week(at + 1) or (weekly and self.word(at + 1) in (":", "-"))):
                first = max(self._skip(self.starts[at]), self.starts[at])
                if all(before in ("for", "the", "my") for before in self.words[first:at]):
                    end = self._sentence_end(at)
            elif (word in ("goal", "goals") and self.word(at + 1) == ":") or (
                word == "coming" and self._is_week(at + 1)
            ):
                end = self._sentence_end(at)
            if end:
                self.taken[at:end] = b"\1" * (end - at)

    def _is_week(self, at: int) -> bool:
        return self.word(at) in self.lists["week words"]

    def _step_end(self, at: int) -> int:
        first = at
        while first > 0 and self.words[first - 1] in self.lists["before step"]:
            first -= 1
        if (
            first > 0
            and not self.ends[first - 1]
            and not self.breaks[first - 1]
            and (
                self.word(at + 1) not in (":", "-", "=", "is", "will", "for", "uhhh")
                and self.word(first - 1) not in JOINS
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
        first = at
        while first > 0 and (self.words[first - 1] in self.lists["win adjectives"] or self.words[first - 1] == "'"):
            first -= 1
        if self._is_no_marker(at, first):
            return 0
        behind = self._behind_a_sign(at)
        if behind is None:
            behind = self._behind_a_copula(at)
        if behind is None:
            behind = self._behind_alone(at, first) if self._opens(at, first) else 0
        return behind

    def _is_no_marker(self, at: int, first: int) -> bool:
        """Whether what stands around a word like "win" keeps it from announcing one: "no win", "hard to win"."""
        word, sign = self.words[at], self.word(at + 1)
        before = set(self.words[max(0, first - 4) : at])
        if not before.isdisjoint(self.lists["denies"]):
            negated = "thats not" not in " ".join(self.words[max(0, first - 3) : at])
            if negated and (sign != ":" or "no" in before):
                self.denied = True
                return True
        if self.word(first - 1) in ("to", "will", "you", "could", "can", "as", "that", "thats") and sign != ":":
            return True
        if word in ("w", "ws") and sign not in (":", "-", "=") and first == at:
            return True
        return word in ("w", "success") and not self._opens(at, first)

    def _opens(self, at: int, first: int) -> bool:
        """Whether nothing of weight stands in its clause before a marker that begins at `first`."""
        if first == 0 or self.ends[first - 1] or self.breaks[first - 1]:
            return True
        return self._skip(self.starts[at]) >= first

    def _behind_a_sign(self, at: int) -> int | None:
        """Behind the ":" or "-" that follows a marker, 0 where that announces nothing; None where there is none."""
        for behind in range(at + 1, min(at + 12, len(self.words))):
            if self.words[behind] == ":" or (self.words[behind] in ("-", "=", "→", ">") and behind <= at + 4):
                return behind + 1 if self.words[behind] == ":" or self.breaks[behind] or behind == at + 1 else 0
            if self.ends[behind]:
                break
        return None

    def _behind_a_copula(self, at: int) -> int | None:
        """Behind the "is" of "my win, if it counts, is" or "the win of the week was"; None where there is none."""
        for behind in range(at + 2, min(at + 22, len(self.words) - 1)):
            if self.ends[behind] or self.word(at + 1) != ",":
                break
            if self.words[behind] == "," and self.words[behind + 1] in ("was", "is"):
                return behind + 2
        for behind in range(at + 1, min(at + 12, len(self.words))):
            if self.words[behind] in COPULAS:
                return self._behind_is(behind)
            if self.words[behind] not in self.lists["win behind"]:
                break
        return None

    def _behind_is(self, at: int) -> int:
        while self.word(at + 1) in self.lists["behind is"]:
            at += 1
        return at + 1

    def _behind_alone(self, at: int, first: int) -> int:
        """Behind a marker that neither a sign nor a copula follows: "Win! I ...", "win, shipped it"."""
        sign = self.word(at + 1)
        if sign[:1] in ("?", ".", "!") and (first == 0 or self._only_scores(first)):
            return at + 2
        if sign[:1] == "\n":
            return at + 2 if self.starts[at] == first else 0
        if sign == ",":
            found = self._subject(Clause(at + 2, len(self.words), ","))
            return at + 2 if found.verb < len(self.words) and self._is_verb(found.verb) and not found.blocked else 0
        if sign in SUBJECTS or self.word(self._skip(at + 1)) in self.lists.pasts or sign == "po":
            return at + 1
        return 0

    def _only_scores(self, last: int) -> bool:
        return last < 4 and all(not word[0].isalpha() for word in self.words[:last])

    def _behind_best(self, at: int) -> int:
        """Where the answer begins in "the best of my week was ..."."""
        for behind in range(at + 1, min(at + 9, len(self.words))):
            if self.ends[behind]:
                return 0
            if self.words[behind] in ("was", "is", "were", ":"):
                return self._behind_is(behind)
        return 0

    def _behind_proud(self, at: int) -> int:
        """Where the thing begins of which a member is proud; 0 where none stands behind."""
        word = self.word(at + 1)
        if self._is_no_pride(at):
            return 0
        if self.words[at] == "proudest" and word in ("moment", "thing", "bit", "part", "achievement"):
            return at + 3 if self.word(at + 2) == "," else self._behind_best(at)
        return self._behind_proud_of(at + 2) if word == "of" else self._behind_proud_that(at + 1)

    def _is_no_pride(self, at: int) -> bool:
        """Whether it is not the member who is proud, or not so: "wasn't proud", "my mum is proud"."""
        lists, before = self.lists, self.words[max(self.starts[at], at - 6) : at]
        if not (lists["denies"] | {"be", "if", "should"}).isdisjoint(before):
            return True
        others = lists["people"] | OTHERS - {"it", "its"}
        return not others.isdisjoint(before) and {"i", "im", "am"}.isdisjoint(before)

    def _behind_proud_of(self, behind: int) -> int:
        """Where the thing begins in "proud of myself for ...", "proud of how I ...", "proud of the ..."."""
        word, following = self.word(behind), self.word(behind + 1)
        if word in ("myself", "me", "us", "ourselves"):
            if following in ("for", "that", "because", "cos", "cuz", "bc"):
                return behind + 2
            return behind + 1 if following in SUBJECTS else 0
        if word in ("how", "that", "what") and following in SUBJECTS:
            return behind + 2
        if word in ("that", "this", "it", "these", "those") and (following == "one" or not self._is_noun(behind + 1)):
            return 0
        if word in COPULAS or word in ("today", "this"):
            for further in range(behind, min(behind + 5, len(self.words))):
                if self.words[further] in COPULAS or self.words[further] == ":":
                    return further + 1
        owned = following if word in ("my", "our", "the", "ma", "me") else word
        return 0 if owned in self.lists["family"] else behind

    def _behind_proud_that(self, behind: int) -> int:
        """Where the thing begins in "proud that I ...", "proud I ...", "proud to say ..."."""
        if self.word(behind) in ("that", "cause", "because", "bc", "cuz", "cos"):
            behind += 1
        word, following = self.word(behind), self.word(behind + 1)
        if word in SUBJECTS or (self._is_verb(self._skip(behind)) and word not in ("but", "and")):
            return behind
        if word in (",", "!", ".") and following in SUBJECTS and not self.found:
            verb = self.word(self._skip(behind + 2))
            return behind + 1 if verb in self.lists.doings - self.lists["neutral"] else 0
        if word in ("to", "about", ":"):
            behind += 2 if following in ("have", "say", "be") else 1
            return behind + 1 if self.word(behind) == "that" else behind
        return behind if word in ("my", "our") and following not in self.lists["family"] else 0

    def _take_marked(self, first: int, several: bool) -> int:
        """Adds the wins that stand from a token on; the token behind them."""
        while self.word(first) in (">", "-", ":", "="):
            first += 1
        end = self._extent(first)
        goes_on = self.word(end) in JOINS and not several and not self.taken[end + 1] and not self._tells(first)
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
        last = min(len(self.words), first + LONGEST)
        subject = self._subject(Clause(first, last, "and"))
        return subject.who != "other" and self._doing(subject.verb, last, subject)

    def _add_marked(self, first: int, last: int) -> None:
        start = first
        leads = SUBJECTS | self.lists["before marked"] | self.lists["strong emphasis"]
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
        told = here[0] in ("not", "no", "never", "well")
        told = told or (here[0] == "didnt" and self.word(first + 1) not in self.lists["not had"])
        if here[0] in self.lists["failed"] and not told:
            return
        self._add(first, last)
