"""Reads which of the five signs of a rut fit a member: by number, by name, or as they describe them."""

from collections.abc import Iterator

from shared.domain.understanding import words
from shared.domain.understanding.answers.sign_numbers import (
    CARDINALS,
    FILE,
    NAMES,
    ORDINALS,
    Mention,
    numbered_signs,
    run_at,
    sign_of,
    word_at,
)
from shared.domain.understanding.text.amounts import Token, tokens
from shared.domain.understanding.text.phrases import phrases

_ALL = frozenset((1, 2, 3, 4, 5))
_MISSED = frozenset(("spark", "growth"))  # these fit where the thing is missing: "no growth", "not excited"
_CLAUSE_ENDS = frozenset(".;!?\n")
_NO_SIGNS = frozenset(("6", "7", "8", "9", "10"))
_APART = _CLAUSE_ENDS | {","}
_SOFT_ENDS = frozenset(("but", "just", "only", "though", "mostly", "mainly", "definitely", "rest"))


def read_signs(text: str, known: bool = False) -> list[int] | None:
    """The signs that a normalised text says fit; None where it says nothing of them.

    `known` says that the text is such an answer, so that more may be read as one.

    >>> [read_signs(t) for t in ("1 3 and 5", "1-3", "all but 4", "none", "dread and envy mostly")]
    [[1, 3, 5], [1, 2, 3], [1, 2, 3, 5], [], [1, 5]]
    >>> read_signs("Not growing at all, and I envy my brother in law")
    [3, 5]
    >>> read_signs("I don't dread Mondays, just tired and bored"), read_signs("8, closed the deal")
    ([2, 4], None)
    >>> read_signs("6. The budget meeting drained me"), read_signs("4. The budget meeting drained me")
    (None, [4])
    >>> read_signs("the first two"), read_signs("1 yes 2 no 3 yes"), read_signs("135")
    ([1, 2], [1, 3], [1, 3, 5])
    >>> [read_signs(t) for t in ("negative on all five", "No to the lot of them", "none of the lot")]
    [[], [], []]
    >>> [read_signs(t, known=True) for t in ("yes yes no yes no", "odd numbers", "First no, second yes")]
    [[1, 2, 4], [1, 3, 5], [2]]
    >>> read_signs("bits of all of them", known=True), read_signs("the dos and the cuatro", known=True)
    ([1, 2, 3, 4, 5], [2, 4])
    >>> read_signs("2 and 4. no wait, 2 and 3"), read_signs("Tiredness no, envy no. But I am not growing")
    ([2, 3], [3])
    """
    if (answered := _answered_in_lines(text)) is not None:
        return answered
    found = tokens(text)
    found = _in_english(found[_corrected_from(found) :]) if known else found[_corrected_from(found) :]
    if known and (otherwise := _otherwise(found)) is not None:
        return otherwise
    mentions = [*_named(found, known), *numbered_signs(found)]
    mentions.sort(key=lambda mention: mention.first)
    if _is_report(found, mentions):
        return None
    excepted = _exception(found)
    everything = _says_all(found, mentions, known)
    if everything is not None:
        if _is_refused(found, everything):
            return []
        end = excepted if excepted is not None else len(found)
        return sorted(_ALL - {m.sign for m in mentions if m.first >= end and end >= everything})
    fits, not_fits = _parted(found, mentions)
    if not fits and not_fits and ((len(not_fits) == 1 and _says_four(found)) or _says_the_rest(found)):
        return sorted(_ALL - not_fits)
    if _ends_with_none(found):
        return []
    if fits or not_fits:
        return sorted(fits)
    return [] if _says_none(found) else None


def _parted(found: list[Token], mentions: list[Mention]) -> tuple[set[int], set[int]]:
    """The signs that are mentioned as fitting, and those as not."""
    fits: set[int] = set()
    not_fits: set[int] = set()
    for at, mention in enumerate(mentions):
        following = mentions[at + 1] if at + 1 < len(mentions) else None
        if following and following.sign == mention.sign and _is_waved_off(found, following):
            continue  # "and 5, lol, envy of who"
        (fits if _fits(found, mention, following) else not_fits).add(mention.sign)
    return fits, not_fits


def _corrected_from(found: list[Token]) -> int:
    """Where what is said anew begins: "2 and 4. no wait, 2 and 3"; 0 where nothing is."""
    for at in range(len(found) - 2, 0, -1):
        two = [found[at].word, found[at + 1].word]
        if two in (["no", "wait"], ["wait", "no"], ["scratch", "that"], ["no", "sorry"], ["i", "mean"]):
            numbers = [any(run_at(found, k)[0] for k in span) for span in (range(at), range(at + 2, len(found)))]
            return at + 2 if all(numbers) else 0
    return 0


_ENGLISH = {"uno": "1", "dos": "2", "tres": "3", "cuatro": "4", "cinco": "5", "deux": "2", "trois": "3", "quatre": "4"}


def _in_english(found: list[Token]) -> list[Token]:
    """The tokens with figures for other languages' numbers, and for an ordinal that is answered: "second yes"."""
    answers = words.load(FILE)["yes behind"] | words.load(FILE)["no behind"]
    result = []
    for at, token in enumerate(found):
        word = _ENGLISH.get(token.word, token.word)
        if word in ORDINALS and word not in ("last", "middle") and word_at(found, at + 1) in answers:
            word = str(ORDINALS[word])
        result.append(token._replace(word=word))
    return result


def _otherwise(found: list[Token]) -> list[int] | None:
    """Signs in the order they were asked, or by a name for some of them: "yes yes no yes no", "the odd ones"."""
    said = [token.word for token in found if token.word[0].isalnum()]
    yes, no = words.load(FILE)["yes behind"], words.load(FILE)["no behind"]
    answers = [word for word in said if word in yes or word in no]
    if len(answers) == 5 and said[:5] == answers:
        return [sign for sign, answer in enumerate(answers, 1) if answer in yes]
    if said and said[:1] == ["the"]:
        said = said[1:]
    if said[:1] in (["odd"], ["even"]) and said[1:2] in (["numbers"], ["ones"], ["signs"], ["nos"]):
        return [1, 3, 5] if said[0] == "odd" else [2, 4]
    return None


def _is_refused(found: list[Token], at: int) -> bool:
    """ "Negative on all five", "no to the lot of them"."""
    before = [token.word for token in found[max(0, at - 3) : at]]
    return bool({*before} & {"negative", "no", "none", "nope", "nah", "nil", "zero", "neither"}) and "," not in before


def _says_four(found: list[Token]) -> bool:
    """ "Four of them fit", beside the one that does not."""
    said = " ".join(token.word for token in found)
    return any(f"{four} of {them}" in said for four in ("four", "4") for them in ("them", "these", "the"))


def _says_the_rest(found: list[Token]) -> bool:
    """ "Not the first, but the rest"; not "the rest, no"."""
    rest = [
        at for at, token in enumerate(found) if token.word in ("rest", "others") and word_at(found, at - 1) == "the"
    ]
    return bool(rest) and not any(t.word in words.load(FILE)["no behind"] | {"not", "dont"} for t in found[rest[-1] :])


def _ends_with_none(found: list[Token]) -> bool:
    """ "I bounce in on Mondays. none"."""
    while found and found[-1].word in _CLAUSE_ENDS:
        found = found[:-1]
    apart = len(found) > 1 and found[-2].word in _CLAUSE_ENDS
    return apart and found[-1].word in ("none", "nil", "zero", "nada", "nowt")


def _answered_in_lines(text: str) -> list[int] | None:
    """The signs of a list that goes through them: a line each, with a yes or no in it."""
    lines = [tokens(line) for line in text.split("\n") if line.strip()]
    if len(lines) < 2 or any(not line or sign_of(line[0].word) is None for line in lines):
        return None
    yes, no = words.load(FILE)["yes behind"], words.load(FILE)["no behind"]
    answers = [[t.word for t in line[1:] if t.word in yes or t.word in no] for line in lines]
    if sum(1 for answer in answers if answer) < 2:
        return None
    fits = {int(line[0].word) for line, said in zip(lines, answers, strict=True) if not said or said[-1] in yes}
    return sorted(fits)


def _named(found: list[Token], known: bool) -> Iterator[Mention]:
    more = [name for name in NAMES if known and f"{name} more" in words.load(FILE)]
    lists = [(name, phrases(FILE, name, *([f"{name} more"] if name in more else []))) for name in NAMES]
    at = 0
    while at < len(found):
        length, name = max((listed.at(found, at), name) for name, listed in lists)
        if length:
            yield Mention(NAMES[name], at, at + length, name)
        at += length or 1


def _fits(found: list[Token], mention: Mention, following: Mention | None) -> bool:
    """Whether a sign that is spoken of fits, after what stands before it and the yes or no behind it."""
    told = _told(found, mention, following)
    if told is not None:
        return told
    if _is_of_the_past(found, mention) or _is_waved_off(found, mention):
        return False
    if mention.by in ("dread", "exhaustion", "envy") and word_at(found, mention.last) in (
        "dont",
        "doesnt",
        "arent",
        "isnt",
    ):
        return False
    lacking, undone = phrases(FILE, "lacking"), phrases(FILE, "undone")
    at, seen = mention.first - 1, 0
    negated = False
    while at >= 0 and seen < 6:
        word = found[at].word
        if word in _CLAUSE_ENDS or word in _SOFT_ENDS or (word == "," and not _is_listed(found, at)):
            break
        if word in ("and", "n", "&") and (
            mention.by not in _MISSED or word_at(found, at + 1) in ("i", "im", "ive", "my")
        ):
            break
        if (lacking if mention.by in _MISSED else undone).at(found, at) and not _is_not_negation(found, at):
            negated = True
            break
        at, seen = at - 1, seen + 1
    if mention.by not in _MISSED:
        return not negated
    return negated or _is_label(found, mention)


def _is_of_the_past(found: list[Token], mention: Mention) -> bool:
    """ "I wouldve said exhaustion back in winter", "four I had only in the winter"."""
    before = " ".join(token.word for token in found[max(0, mention.first - 4) : mention.first])
    behind = " ".join(token.word for token in found[mention.last : mention.last + 4])
    ahead = ("back in", "back when", "i had only", "i only had", "in the past", "before but", "used to")
    return before.endswith(("wouldve said", "would have said", "used to", "used to be")) or behind.startswith(ahead)


def _is_waved_off(found: list[Token], mention: Mention) -> bool:
    """ "Envy of who?", "I sleep fine", "jealousy is what I don't have", "on Monday I open happily"."""
    behind = [token.word for token in found[mention.last : mention.last + 6]]
    if mention.by == "number":
        return False
    if mention.by == "envy" and behind[:1] and behind[0] in ("nobody", "noone", "none"):
        return True
    if " ".join(behind).startswith(("that i dont have", "i dont have", "is not me", "isnt me", "that i do not have")):
        return True
    if mention.by == "dread":
        return bool(
            words.load(FILE)["glad"]
            & {*behind, *(token.word for token in found[max(0, mention.first - 5) : mention.first])}
        )
    if found[mention.first].word.startswith("sleep"):
        return behind[:1] != [] and behind[0] in words.load(FILE)["well"]
    behind = behind[1:] if behind[:1] == [","] else behind
    nobody = mention.by == "envy" and behind[:1] == ["of"] and behind[1:2] in (["who"], ["whom"], ["what"], ["nobody"])
    return nobody and (len(behind) < 3 or not behind[2][0].isalnum())


def _told(found: list[Token], mention: Mention, following: Mention | None) -> bool | None:
    """The yes or no right behind a sign: "1 yes 2 no", "envy? not really", "growing? yes actually"."""
    at = mention.last
    comma = word_at(found, at) == ","
    while word_at(found, at) in (
        "?",
        ":",
        "-",
        "=",
        ")",
        "(",
        ".",
        *(_FILLERS if at > mention.last or comma else ("is",)),
    ):
        at += 1
    if comma and at == mention.last:
        at += 1
    at += word_at(found, at) in ("a", "lol") and at > mention.last
    word = word_at(found, at)
    behind = at + 1
    if mention.by in _MISSED and at > mention.last and word in ("gone", "none", "zero", "nil", "missing", "lacking"):
        return True
    if word == "not" and word_at(found, behind) in ("really", "so", "much", "at"):
        behind += 2 if word_at(found, behind) in ("so", "at") else 1
    elif word not in words.load(FILE)["yes behind"] | words.load(FILE)["no behind"]:
        return None
    elif word in ("y", "n") and found[at].start > found[at - 1].end and found[at - 1].word not in (":", "-", "="):
        return None  # "1 n 2" are two
    after = word_at(found, behind)
    ended = not after or not after[0].isalnum() or after in _GOES_ON
    if ended or (following and following.first == behind and (following.by == "number") == (mention.by == "number")):
        if comma and (following and following.first == behind):
            return None
        said_yes = word in words.load(FILE)["yes behind"]
        return said_yes != (found[mention.first].word in _HAD_IF_YES)
    return None


_FILLERS = ("lol", "well", "um", "uh", "ugh", "hmm", "is", "its", ",", "a")
_GOES_ON = frozenset("and but i im ive its they we theres ever since thats actually really tbh lol because".split())


# Asked of these, a yes says that the thing is there, which is missing in its sign.
_HAD_IF_YES = frozenset(
    "growing learning progressing developing improving excited motivated interested enthused".split()
)


def _is_listed(found: list[Token], comma: int) -> bool:
    """Whether a comma stands between numbers or one-word names, all under one "not": "not 1, 2 or 3"."""
    return sign_of(word_at(found, comma - 1)) is not None and sign_of(word_at(found, comma + 1)) is not None


def _is_not_negation(found: list[Token], at: int) -> bool:
    """ "not only", "no. 3", "no doubt", "not just" say nothing against what follows."""
    after = word_at(found, at + 1)
    return after in ("only", "just", "doubt", "question", ".", "sure") or (
        found[at].word in ("no", "nope") and word_at(found, at + 1) == "," and at == 0
    )


def _is_label(found: list[Token], mention: Mention) -> bool:
    """Whether a word stands as the name of its sign, among nothing but names and small talk: "growth and envy"."""
    talk, names = words.load(FILE)["sign talk"], [phrases(FILE, name) for name in NAMES]
    plain = ("growth", "excitement", "progress", "progression", "learning", "development", "motivation", "exitement")
    if found[mention.first].word not in plain:
        return False
    start = mention.first
    while start > 0 and found[start - 1].word not in _CLAUSE_ENDS:
        start -= 1
    at = start
    while at < len(found) and found[at].word not in _CLAUSE_ENDS:
        length = max(listed.at(found, at) for listed in names)
        word = found[at].word
        if not length and word[0].isalpha() and word not in talk | {"no", "the", "sign"} and word not in CARDINALS:
            return False
        if word in ("still", "im", "like", "lots"):
            return False
        at += length or 1
    return True


def _exception(found: list[Token]) -> int | None:
    """Where an exception begins: "all but 4"."""
    excepting = phrases(FILE, "except")
    return next((at for at in range(1, len(found)) if excepting.at(found, at)), None)


def _says_all(found: list[Token], mentions: list[Mention], known: bool = False) -> int | None:
    """Where all five are meant: "all of them", "everything except the envy", "5/5"; not "tired all the time"."""
    every = phrases(FILE, "all signs", *(["all signs more"] if known else []))
    excepting = phrases(FILE, "except")
    if len(found) >= 3 and [t.word for t in found[:3]] in (["5", "/", "5"], ["5", "out", "of"]):
        return 0
    for at in range(len(found)):
        length = every.at(found, at)
        before = ("not", "at", "nearly", "almost", "and") if known else ("not", "at", "nearly", "almost", "of", "and")
        if not length or (at and found[at - 1].word in before) or _others_say(found, at):
            continue
        end = at + length
        after = word_at(found, end)
        talk = (
            words.load(FILE)["sign talk"]
            | words.load(FILE)["politeness"]
            | {"five", "5", "of", "apply", "them", "these", "every", "above", "the", "bits", "negative", "to", "no"}
            | ({"applicable", "in", "case", "kindly", "note", "sir", "got", "also", "been"} if known else set())
        )
        alone = all(t.word in talk or not t.word[0].isalnum() for t in found[:at])
        last = end + 2 if after == "of" and word_at(found, end + 1) in ("them", "these", "those") else end
        ended = not word_at(found, last)[:1].isalnum() or word_at(found, last) in talk - {"a", "my"}
        if (length > 1 and (alone or ended)) or excepting.at(found, end):
            return at
        if found[at].word == "anything" or not alone:
            continue
        if not after or not after[0].isalnum():
            return at
        if all(t.word in talk for t in found[end:] if t.word[0].isalnum()) and not mentions:
            return at
    return None


def _others_say(found: list[Token], at: int) -> bool:
    """ "My analyst would say all of them"."""
    before = [token.word for token in found[max(0, at - 4) : at]]
    return bool({*before} & {"say", "says", "said", "thinks"}) and "i" not in before and "id" not in before and at > 2


def _says_none(found: list[Token]) -> bool:
    if phrases(FILE, "no signs anywhere").within(found):
        return True
    none, talk = phrases(FILE, "no signs"), words.load(FILE)["sign talk"] | words.load(FILE)["politeness"]
    at = 0
    while at < len(found) and not none.at(found, at) and (found[at].word in talk or not found[at].word[0].isalnum()):
        at += 1
    return bool(none.at(found, at))


def _is_report(found: list[Token], mentions: list[Mention]) -> bool:
    """Whether one number goes before what was done: "8, closed the Acme deal", "4. Win: finished the deck".

    One that no sign has, and that stands apart, is a score whatever follows: "6. The budget meeting drained me".
    """
    if len(found) > 1 and found[0].word in _NO_SIGNS and found[1].word in _APART:
        return True
    if any(mention.by != "number" for mention in mentions):
        return False
    bare = [token.word for token in found if token.word[0].isalnum()]
    if not bare or not bare[0][0].isdigit() or len(mentions) > 1:
        return False
    done = words.load(FILE)["reports done"]
    return any(word in done for word in bare[1:]) or (not mentions and bare[0] != "0")
