"""Reads the settings that a member changes with a value of their own: name, mail address, buddy, zone, goal."""

import re
from typing import NamedTuple

from shared.domain.understanding.commands.message import SHORT, Found, Message, Sentence, is_word, listed
from shared.domain.understanding.reply import Command
from shared.domain.understanding.times import places, when
from shared.domain.understanding.times.when import Token

# Patterns that few texts need are compiled when one does, by `re`, which keeps them.
EMAIL = r"(?<![\w.+-])[\w.+-]{1,64}@(?:[A-Za-z0-9-]{1,63}\.){1,5}[A-Za-z]{2,24}"
PHONE = r"(?<![\w+])(?:\+|00)?\(?\d(?:[\s().-]{0,3}\d){7,14}(?!\d)"
_CALLING = {"GB": "44", "IN": "91", "AU": "61", "NZ": "64", "NP": "977", "PH": "63"}
_GOAL_WITHIN = 10  # tokens of a sentence in which a goal's marker stands


def read_setting(message: Message, free: bool) -> Found | None:
    """The first setting that a message changes. `free`: what was asked is answered in free words.

    >>> from datetime import UTC, datetime
    >>> from shared.domain.understanding.reply import Context
    >>> def read(text: str) -> object:
    ...     found = read_setting(Message(text, Context(), datetime(2026, 3, 3, tzinfo=UTC)), False)
    ...     return found and found.command.args
    >>> read("7, spitballing was fun. also could u call me Jo?")
    {'name': 'Jo'}
    >>> read("my new email is kim@example.com"), read("email from bob@example.com ruined my day")
    ({'email': 'kim@example.com'}, None)
    >>> read("add my friend +1 415 555 2671 as buddy"), read("We have moved back to Poland, please adjust the hour")
    ({'phone': '+14155552671'}, {'timezone': 'Europe/Warsaw'})
    >>> read("made a name for myself"), read("call me crazy but I loved it"), read("moved to another team")
    (None, None, None)
    """
    found = _email(message) or _buddy(message) or _goal(message)
    return found if found or free else _timezone(message) or _name(message)


# "my email is kim@example.com"


def _email(message: Message) -> Found | None:
    if "@" not in message.text or not (match := re.search(EMAIL, message.text)):
        return None
    sentence = message.sentence_at(match.start())
    if sentence is None:
        return None
    others = [t for t in message.said if not match.start() <= t.start < match.end()]
    email = match[0].lower() if match[0].isupper() else match[0]
    if not others:
        return Found(Command("set_email", {"email": email}), "")
    near = others if len(others) <= SHORT else [t for t in sentence.tokens if t in others]
    before = {t.word for t in near if t.start < match.start()}
    behind = [t.word for t in near if t.start >= match.end()]
    asks = before & listed("email words") or before >= {"email", "me"} or behind[:2] == ["is", "my"]
    asks = asks or (len(others) <= 4 and {*before, *behind} & {"email", "mail", "gmail"})
    if not asks or {*before, *behind} & listed("not my email"):
        return None
    start = message.behind_score(sentence.start)
    return Found(Command("set_email", {"email": email}), message.without((start, max(sentence.end, match.end()))))


# "my buddy is +1 415 555 2671"


def _buddy(message: Message) -> Found | None:
    if not message.names & listed("buddy words"):
        return None
    for match in re.finditer(PHONE, message.text):
        sentence = message.sentence_at(match.start())
        if sentence is None or not (phone := e164(match[0], message.country)):
            continue
        named = next((s for s in message.sentences if {t.word for t in s.tokens} & listed("buddy words")), sentence)
        start = message.behind_score(min(named.start, sentence.start))
        return Found(
            Command("buddy", {"phone": phone}), message.without((start, max(sentence.end, match.end(), named.end)))
        )
    return None


def e164(written: str, country: str | None) -> str | None:
    """A phone number in its international form; a US one where it has no country code.

    >>> e164("(415) 555-2671", None), e164("+44 (0)7700 900123", None), e164("07700 900123", "GB")
    ('+14155552671', '+447700900123', '+447700900123')
    """
    digits = "".join(c for c in written.replace("(0)", "") if c.isdecimal())
    if not digits.isascii():
        return None
    if written.lstrip("( ").startswith("+"):
        return f"+{digits}" if 8 <= len(digits) <= 15 else None
    if digits.startswith("00"):
        return f"+{digits[2:]}" if len(digits) >= 10 else None
    code = _CALLING.get(country or "")
    if digits.startswith("0"):
        return f"+{code}{digits[1:]}" if code and 9 <= len(digits) <= 12 else None
    if len(digits) == 10:
        return f"+91{digits}" if country == "IN" and digits[0] in "6789" else f"+1{digits}"
    own = (len(digits) == 11 and digits.startswith("1")) or (code and digits.startswith(code) and len(digits) <= 13)
    return f"+{digits}" if own else None


# "goal: apply to 5 jobs by december"


def _goal(message: Message) -> Found | None:
    if message.context.asked == "goal" or "goal" not in message.names:
        return None
    for sentence in message.sentences:
        start = _behind_goal_marker(sentence)
        if start is None or not any(is_word(t) for t in sentence.tokens[start:]):
            continue
        from shared.domain.understanding.answers.goals import read_goal

        said = message.text[sentence.tokens[start].start : sentence.end].rstrip(" .!")
        return Found(read_goal(said, message.now), message.without((sentence.start, sentence.end)))
    return None


def _behind_goal_marker(sentence: Sentence) -> int | None:
    """The token behind "goal:", "new goal -", "add a goal to", "my new goal is to"."""
    names = [token.word for token in sentence.tokens] + ["", ""]
    for i in range(min(_GOAL_WITHIN, len(sentence.tokens))):
        if names[i] != "goal":
            if is_word(sentence.tokens[i]) and names[i] not in listed("before a goal"):
                return None
            continue
        before, following = {*names[:i]}, names[i + 1]
        new = bool(before & {"new", "next", "add", "set", "create", "make"})
        if following in (":", "=", "-") or (following == "," and i <= 1):
            return i + 2
        if (following in ("is", "will", "to", "of", "called") and new) or (following == "is" and "my" in before):
            return i + 2 + (names[i + 2] == "be")
        return (
            i + 1 if before & {"new", "add"} and i <= 3 and following not in ("", "please", "?", ".", "and") else None
        )
    return None


# "I moved to Denver", "timezone berlin", "PST now"


class _Clues(NamedTuple):
    """What in a sentence says that it is about where the member lives."""

    zone_word: bool  # "timezone"
    moving: bool  # "moved", "landed"
    asked: bool  # "adjust the hour"
    there: bool  # "I'm in ... now"


class _Place(NamedTuple):
    first: int
    last: int  # the token behind it
    zone: str


def _timezone(message: Message) -> Found | None:
    if not message.names & listed("zone clues"):
        return None
    for number, sentence in enumerate(message.sentences):
        if not (zone := _zone_of(message, sentence)):
            continue
        start, end = message.behind_score(sentence.start), sentence.end
        following = message.sentences[number + 1 : number + 2]
        if following and {t.word for t in following[0].tokens} & listed("asking to adjust"):
            end = following[0].end if not any(t.word.isdecimal() for t in following[0].tokens) else end
        return Found(Command("set_timezone", {"timezone": zone}), message.without((start, end)))
    return None


def _zone_of(message: Message, sentence: Sentence) -> str | None:
    names = [token.word for token in sentence.tokens]
    said = f" {' '.join(names)} "
    here = set(names)
    clues = _Clues(
        zone_word=bool(here & listed("zone words")) or " time zone" in said,
        moving=bool(here & listed("moved")) and not (here & listed("not settled") and here & listed("not yet")),
        asked=any(f" {phrase} " in said for phrase in listed("asking for their time")),
        there=bool(here & listed("being there") and (here & listed("from now") or " from today " in said)),
    )
    timely = "time" in here and here & listed("using a zone")
    if not (any(clues) or timely or here & listed("zone abbreviations")):
        return None
    for exact in (places.IANA, places.OFFSET):
        if match := re.compile(exact).search(message.text, sentence.start, sentence.end):
            return places.zone(match[0], None)
    best, most = None, 0
    for place in _places(message, sentence):
        score = _evidence(message, sentence, names, place, clues)
        if score > most or (score == most and score and clues.moving):
            best, most = place.zone, score
    return best if most >= _ENOUGH else None


_ENOUGH = 2
_BEHIND_A_MOVE = ("", ".", ",", "!", "now", "so", "and", "today", "yesterday", "last", "this")


def _places(message: Message, sentence: Sentence) -> list[_Place]:
    """The places and zones that a sentence names."""
    found = sentence.tokens
    zone_word = any(token.word in listed("zone words") or token.word == "zone" for token in found)
    result, at = list[_Place](), 0
    while at < len(found):
        place = _place_at(message, found, at, zone_word)
        result += [place] if place else []
        at = place.last if place else at + 1
    return result


def _place_at(message: Message, found: list[Token], at: int, zone_word: bool) -> _Place | None:
    """The place whose name begins at a token, the longest one. `zone_word` tells that the sentence is about zones."""
    first = found[at].word
    if not is_word(found[at]) or (first not in places.beginnings() and first.isascii()):
        return None
    # "New Zealand" is a place, and so is the "Texas" of "new in Texas".
    filler = first in places.FILLERS - {"west"} and not (first == "central" and zone_word and at + 1 == len(found))
    for last in range(min(at + 4, len(found)), at + filler, -1):
        if not is_word(found[last - 1]):
            continue
        name = " ".join([token.word for token in found[at:last] if is_word(token)])
        name = name if name.isascii() else places.plain(name)
        followed = found[last].word if last < len(found) else ""
        if name in ("ct", "central") and (zone_word or followed == "time"):
            return _Place(at, last, "America/Chicago")  # and not Connecticut
        zone = places.lookup(name, message.country)
        small = message.text[found[at].start].islower() and last == at + 1
        small = small and (name in listed("not places") or (len(name) < 3 and name not in listed("short places")))
        if zone and not (small and not _is_moved_to(found, at, followed)):
            return _Place(at, last, zone)
    return None


def _is_moved_to(found: list[Token], at: int, followed: str) -> bool:
    """Whether a word that may be none is a place, since somebody moved there: "moved to cork"."""
    before = [token.word for token in found[max(0, at - 2) : at]]
    return before in (["moved", "to"], ["moving", "to"], ["relocated", "to"]) and followed in _BEHIND_A_MOVE


def _evidence(message: Message, sentence: Sentence, names: list[str], place: _Place, clues: _Clues) -> int:
    """How much speaks for it that the member lives by the clock of a place; 2 is enough."""
    first, last = place.first, place.last
    while first and _at(names, first - 1) in listed("before a place"):
        first -= 1
    before = names[max(0, first - 3) : first]
    if "from" in before[-2:] and not clues.zone_word:
        return 0
    if "still" in names[max(0, first - 6) : first] and "on" in before:
        return 0
    written = message.text[sentence.tokens[place.first].start : sentence.tokens[last - 1].end]
    preposition = _at(names, first - 1) in listed("to a place")
    says = (
        clues.moving and _moves(names, first, place, preposition),
        clues.there and _is_there(names, first, last, preposition),
        clues.zone_word and _names_zone(names, first, last),
        clues.asked and (preposition or written[:1].isupper()),
        _at(names, last) == "is" and "home" in names[last : last + 4],
        _tells_time(message, sentence, first, place, written, clues.zone_word),
    )
    return 2 * sum(map(bool, says))


def _at(names: list[str], k: int) -> str:
    return names[k] if 0 <= k < len(names) else ""


def _moves(names: list[str], first: int, place: _Place, preposition: bool) -> bool:
    """ "Moved to Denver", "we relocated down to Leeds", "flew home Perth"."""
    if not any(name in listed("moved") for name in names[max(0, first - 16) : first]):
        return False
    if _at(names, place.last) in listed("called after a place"):
        return False  # "they moved me to the Denver account"
    moved = _at(names, place.first - 1) in ("moved", "relocated", "shifted")
    return preposition or moved or _at(names, first - 1) in ("back", "home", "over")


def _is_there(names: list[str], first: int, last: int, preposition: bool) -> bool:
    """ "I'm in Denver now", "living out in Leeds from today"."""
    k = first - 2
    while _at(names, k) in listed("adverbs of being"):
        k -= 1
    lives = _at(names, k) in listed("being there") or set(names[k + 1 : first - 1]) & listed("being there")
    near = preposition or _at(names, first - 1) == "now"
    return bool(near and lives) and _at(names, last) not in listed("zone talk")


def _names_zone(names: list[str], first: int, last: int) -> bool:
    """ "Timezone berlin", not "time zones are a pain with the Berlin team"."""
    near = set(names[max(0, first - 6) : last + 3])
    return not set(names) & listed("zone talk") and bool(near & (listed("zone words") | {"zone"}))


def _tells_time(message: Message, sentence: Sentence, first: int, place: _Place, written: str, zone_word: bool) -> bool:
    """ "PST now", "I'm on Pacific time"; not "the call is at 5 Pacific time"."""
    names, last = [token.word for token in sentence.tokens], place.last
    abbreviation = _at(names, place.first) in listed("zone abbreviations") and (written.isupper() or zone_word)
    if not (_at(names, last) == "time" or written.lower().endswith(" time") or abbreviation):
        return False
    if set(names) & listed("zone talk") or (message.numbers and _has_clock(sentence)):
        return False
    alone = len(message.said) - (last - first) <= 2
    follows = set(names[last : last + 4]) | set(names[max(0, first - 3) : first])
    return alone or bool(follows & listed("using a zone"))


def _has_clock(sentence: Sentence) -> bool:
    found = sentence.tokens
    clocks = [(i, when.read_clock(found, i)) for i, token in enumerate(found) if token.word.isdecimal()]
    return any(clock and clock.end > i + 1 for i, clock in clocks)


# "call me Sam", "its Nadia btw, not Nadine"


def _name(message: Message) -> Found | None:
    if not message.names & listed("naming"):
        return None
    for sentence in message.sentences:
        names = [token.word for token in sentence.tokens]
        for i, word in enumerate(names):
            at = _name_at(names, i) if word in listed("naming") else None
            if at is None or not (name := _name_from(message, sentence.tokens, *at)):
                continue
            if {*names[:i]} & listed("refusing a name"):  # "nobody calls me Reginald. It's Reg"
                from shared.domain.understanding.commands.asked_names import read_name

                name = (read_name(message) or {}).get("name", name)
            start = message.behind_score(sentence.start)
            return Found(Command("set_name", {"name": name}), message.without((start, sentence.end)))
    return None


def _name_at(names: list[str], i: int) -> tuple[int, bool] | None:
    """The token at which a name may begin, and whether only a capital makes it one."""

    def at(k: int) -> str:
        return names[k] if 0 <= k < len(names) else ""

    word, following = at(i), at(i + 1)
    if word in ("call", "calls", "address", "calling") and following in ("me", "us", "ma"):
        return (i + 2 + (at(i + 2) in ("by", "as")), False) if at(i + 2) not in ("my", "the") else None
    if word == "save" and (following, at(i + 2)) == ("me", "as"):
        return i + 3, False
    if word == "prefer" and at(i + 2) in ("over", "to", "rather"):  # "I prefer Dev over Dave"
        return i + 1, True
    if word == "refer" and (following, at(i + 2)) == ("to", "me"):
        return i + 3 + (at(i + 3) == "as"), False
    if word in ("name", "names", "nickname") and (not i or at(i - 1) in listed("before name")):
        j = i + 1
        while at(j) in listed("behind name"):
            j += 1
        told = j > i + 1 or word == "names" or at(i - 1) in ("the", "use") or len(names) <= 3  # "NAME Thandi"
        return (j, j == i + 1) if told else None
    if word in ("go", "going") and following == "by":
        before = ("i", "to", "usually", "just", "now", "im", "")
        return (i + 2 + (at(i + 2) == "just"), True) if at(i - 1) in before else None
    if (word, following) in (("known", "as"), ("called", "me")):
        return i + 2, True
    if word == "called" and at(i - 1) in ("be", "am", "im", "get"):
        return i + 1, False
    if word in ("its", "im", "thats", "this", "am") and i <= 4 and {*names} & listed("beside a name"):
        j = i + 1 + (following in ("actually", "is"))
        sure = at(j + 1) in ("not", "btw", "actually", ",", "by", "with", "-") or following == "actually"
        return (j, True) if sure else None
    return None


def _name_from(message: Message, found: list[Token], i: int, capital: bool) -> str | None:
    """The name that begins at a token: up to three words, and nothing that goes on like a sentence."""
    while i < len(found) and found[i].word in listed("before the name"):
        i += 1
    taken: list[str] = []
    end = i
    while end < len(found) and len(taken) < 3:
        token = found[end]
        written = message.text[token.start : token.end]
        tight = end > i and token.start == found[end - 1].end
        big = capital or (bool(taken) and not tight)
        if taken and token.word in ("-", ".") and tight and end + 1 < len(found) and is_word(found[end + 1]):
            taken[-1] += written
        elif not token.word[0].isalpha() or token.word in listed("not names") or (big and not written[0].isupper()):
            break
        elif taken and tight:
            taken[-1] += written
        else:
            taken.append(written)
        end += 1
    if not taken or (capital and found[i].word in when.month_and_day_names()):
        return None
    # "call me old fashioned but": a name ends its clause.
    if end < len(found) and is_word(found[end]) and found[end].word not in listed("after a name"):
        return None
    name = " ".join(taken).rstrip("-.")
    return name.title() if name.islower() else name
