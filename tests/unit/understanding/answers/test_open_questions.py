"""Answers to open questions, in many voices, and what is left to others."""

from datetime import datetime, timedelta, timezone

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from shared.domain.understanding.answers.open_questions import read_answer
from shared.domain.understanding.normalise import normalise
from shared.domain.understanding.reply import Command, Context

NOW = datetime(2026, 3, 3, 19, 42, tzinfo=timezone(timedelta(hours=-5)))
QUESTIONS = ("opt_in", "confirm_delete", "rut_check", "values", "dealbreakers", "goal", "savings")


def answer(text: str, asked: str) -> Command | None:
    return read_answer(normalise(text), Context(asked), NOW)


YES = (
    "Yes",
    "YES!!",
    "y",
    "yeh why not",
    "ok",
    "👍",
    "sure",
    "Sure, why not?",
    "aye",
    "go on then",
    "yep let's do it",
    "I'm in",
    "im in lol",
    "count me in!",
    "Yes please, I would like to start",
    "ok let's try it",
    "haan ji",
    "ok ji please start",
    "Yes I am interested",
    "okay kindly proceed",
    "sounds good to me",
    "absolutely",
    "I guess so",
    "fine, I'll give it a go",
    "no worries, sign me up",
    "no problem go ahead",
    "nah yeah go on",
    "can't hurt",
    "bring it on 🔥",
    "yes but not too many texts please",
    "OK, but only in the evenings",
    "Oh go on, then.",
    "Alright, you've twisted my arm",
    "Please do",
    "bet",
    "say less",
    "hell yeah",
    "yup yup yup",
    "ya sure",
    "let's gooo",
    "oui",
    "Si, claro",
    "yass queen",
    "k",
    "Yes. My daughter told me about you.",
    "ready when you are",
    "Yes, I would love that. Thank you, Margaret",
    "do it",
    "I would be delighted",
    "I'd be happy to",
    "My therapist suggested this so yes",
    "well ok, I'll try it for a week",
    "yea lets",
    "start pls",
    "yes!! been needing this",
    "Yes, and thanks for asking",
    "whatever, sure",
    "ok fine",
    "might as well, nothing to lose",
    "Don't mind if I do",
    "go 4 it",
    "yessss",
    "ye",
    "definitely",
    "of course!",
    "too right mate",
    "no reason not to",
    "ja bitte",
    "wouldn't say no",
    "Agree",
    "I'm game",
    "sure thing boss",
    "no objections here",
)
NO = (
    "No",
    "no thanks",
    "nah",
    "nope 🙅",
    "not interested",
    "nah im ok",
    "no ta",
    "Not for me, thank you",
    "I'd rather not",
    "no thank you, I get enough texts",
    "nah mate",
    "nein danke",
    "non",
    "hard pass",
    "I'm good thanks",
    "im good",
    "Not right now",
    "maybe another time",
    "I don't think so",
    "no way",
    "yeah nah",
    "yeah no",
    "I changed my mind",
    "leave me out of it",
    "I do not wish to take part",
    "don't want it",
    "Sorry, no",
    "Thanks but no thanks",
    "no, I already have an app for that",
    "Nope, not my thing",
    "im alright thanks",
    "I will have to decline",
    "thank you but I'm not interested",
    "👎",
    "N",
    "nah fam",
    "nooo",
    "no no no",
    "count me out",
    "I'm afraid not",
    "Please no",
    "not keen tbh",
)
OPT_IN_NEITHER = (
    "who is this",
    "what is it?",
    "later",
    "text me at 8",
    "is it free?",
    "I'm not sure",
    "maybe",
    "dunno",
    "what do I get?",
    "hmm",
    "7, good day",
    "asdf",
    "who gave you my number?",
)
ERASE = (
    "DELETE",
    "delete",
    "yes",
    "Yes delete everything",
    "yep",
    "y",
    "do it",
    "Go ahead",
    "wipe it",
    "erase the lot please",
    "yeah get rid",
    "bin it all",
    "I'm sure, delete",
    "delete it, I don't need it anymore",
    "no, delete it",
    "yes I'm sure",
    "yes please",
    "ok delete",
    "Please delete all my data.",
    "burn it lol",
    "remove everything",
    "delte",
    "Delete pls",
    "confirm",
    "👍",
    "Please go ahead and erase it",
    "I won't change my mind, delete",
    "yeah nuke it",
    "just do it",
    "DELETE. Thank you, Rosemary",
    "I meant it. Delete.",
    "Yes, goodbye and thanks",
    "don't keep any of it",
)
KEEP = (
    "KEEP",
    "keep",
    "no",
    "No!",
    "never mind",
    "nvm",
    "nah keep it",
    "keep it",
    "wait no",
    "hang on, don't",
    "don't delete",
    "do not erase anything",
    "leave it",
    "leave it as it is",
    "changed my mind",
    "I've changed my mind",
    "cancel that",
    "oops wrong button",
    "sorry that was a mistake, keep",
    "please keep my data",
    "nooo keep",
    "KEEP!! my wins are in there",
    "I want to keep it",
    "no thank you, leave it be",
    "actually no",
    "actually keep it",
    "Not yet",
    "forget it",
    "on second thoughts keep",
    "let it be",
    "hold on I still want my wins",
    "no no no",
    "I'd like to stay",
    "yes keep it",
    "nah leave it mate",
    "dont",
    "Please don't",
    "stay",
    "I was going to delete but no, keep",
)
CONFIRM_DELETE_NEITHER = (
    "what?",
    "what happens if I delete?",
    "hmm",
    "I'm not sure",
    "7",
)

RUT_CHECK: tuple[tuple[str, list[int] | None], ...] = (
    ("1 3 and 5", [1, 3, 5]),
    ("all of them", [1, 2, 3, 4, 5]),
    ("none", []),
    ("1,2", [1, 2]),
    ("2 & 4", [2, 4]),
    ("1-3", [1, 2, 3]),
    ("135", [1, 3, 5]),
    ("#2 and #5", [2, 5]),
    ("one, three", [1, 3]),
    ("two", [2]),
    ("4", [4]),
    ("just 4", [4]),
    ("mostly 2", [2]),
    ("all but 2", [1, 3, 4, 5]),
    ("all except envy", [1, 2, 3, 4]),
    ("everything bar the envy", [1, 2, 3, 4]),
    ("none of them!", []),
    ("none really", []),
    ("no", []),
    ("nope", []),
    ("0", []),
    ("the first and the last", [1, 5]),
    ("first two", [1, 2]),
    ("the last three", [3, 4, 5]),
    ("1 thru 4", [1, 2, 3, 4]),
    ("2 to 4", [2, 3, 4]),
    ("exhaustion", [4]),
    ("knackered all the time and dread mondays", [1, 4]),
    ("no growth", [3]),
    ("no excitement and no growth", [2, 3]),
    ("no excitement or growth", [2, 3]),
    ("I'm bored out of my skull", [2]),
    ("bored, stuck and jealous", [2, 3, 5]),
    ("Sunday scaries big time, plus I'm shattered", [1, 4]),
    ("1 definitely, 4 a bit", [1, 4]),
    ("1, 2... actually all of them", [1, 2, 3, 4, 5]),
    ("not 1 or 2 but 4", [4]),
    ("envy? no. exhaustion? yes", [4]),
    ("1 yes 2 no 3 no 4 yes 5 no", [1, 4]),
    ("dread and exhaustion, not envy", [1, 4]),
    ("I am not exhausted but I am not learning anything", [3]),
    ("haven't learned anything new in 3 years", [3]),
    ("nothing excites me and I'm tired", [2, 4]),
    ("Number 3 for sure", [3]),
    ("number 1 and number 4", [1, 4]),
    ("3 (no growth) and 4", [3, 4]),
    ("Dread, exhaustion.", [1, 4]),
    ("growth and envy", [3, 5]),
    ("lack of growth mainly", [3]),
    ("I feel tired sir, and no growth is there", [3, 4]),
    ("monday dread yes, envy yes, rest no", [1, 5]),
    ("only the monday one", [1]),
    ("the tiredness one", [4]),
    ("1 and 4. I've been here 12 years", [1, 4]),
    ("all 5", [1, 2, 3, 4, 5]),
    ("all five lol", [1, 2, 3, 4, 5]),
    ("every single one", [1, 2, 3, 4, 5]),
    ("the lot mate", [1, 2, 3, 4, 5]),
    ("everything", [1, 2, 3, 4, 5]),
    ("none, im doing ok", []),
    ("None of these fit me now, thank God", []),
    ("zero", []),
    ("I look at my sister's job and feel green with envy", [5]),
    ("jealous of my mate who went freelance", [5]),
    ("3 and 4 n 5", [3, 4, 5]),
    ("4 and 2", [2, 4]),
    ("3, 3, 1", [1, 3]),
    ("2+3", [2, 3]),
    ("I'd say 2, 3 and maybe 5", [2, 3, 5]),
    ("1️⃣ and 4️⃣", [1, 4]),
    ("anything but 5", [1, 2, 3, 4]),
    ("exaustion n dred", [1, 4]),
    ("not exhausted, just bored", [2]),
    ("8, closed the Acme deal", None),
    ("7", None),
    ("7/10", None),
    ("later", None),
    ("skip", None),
    ("what do you mean?", None),
    ("6. budget meeting drained me. win: sent the deck", None),
    ("5, shipped the release", None),
    ("4 five", [4, 5]),
    ("All of the above, sadly", [1, 2, 3, 4, 5]),
    ("Mondays are awful", [1]),
    ("I still learn a lot, but Mondays kill me", [1]),
    ("none apart from 4", [4]),
    ("1, 4, and a little bit of 5", [1, 4, 5]),
    ("Same as last time", None),
    ("idk", None),
    ("thanks", None),
    ("2 3 4 I suppose, the others not really", [2, 3, 4]),
)

SAVINGS: tuple[tuple[str, float | None], ...] = (
    ("about two and a half", 2.5),
    ("6 weeks", 1.5),
    ("none", 0),
    ("3", 3),
    ("3 months", 3),
    ("3-4 months", 3.5),
    ("half a year", 6),
    ("a year and a bit", 12),
    ("a year", 12),
    ("nothing yet", 0),
    ("not even one", 0),
    ("zero", 0),
    ("0", 0),
    ("$12k, so roughly 4 months", 4),
    ("$12k", None),
    ("around 5", 5),
    ("maybe 2?", 2),
    ("two", 2),
    ("2ish", 2),
    ("like 1.5", 1.5),
    ("1 1/2 months", 1.5),
    ("2½", 2.5),
    ("18 months", 18),
    ("a couple of months", 2),
    ("couple months", 2),
    ("one month, if we eat beans", 1),
    ("3 or 4", 3.5),
    ("between 2 and 3", 2.5),
    ("two to three months", 2.5),
    ("a month and a half", 1.5),
    ("1 yr", 12),
    ("1.5 years", 18),
    ("a year and a half", 18),
    ("two years", 24),
    ("6mo", 6),
    ("6m", 6),
    ("roughly 8 mths", 8),
    ("a fortnight", 0.5),
    ("two weeks max", 0.5),
    ("nil", 0),
    ("nada", 0),
    ("bugger all", 0),
    ("not a penny", 0),
    ("I'm skint", 0),
    ("haven't started", 0),
    ("I have no savings", 0),
    ("lol what savings", 0),
    ("living paycheck to paycheck so none", 0),
    ("I've got about £9000 which is 5 months", 5),
    ("4 months sir", 4),
    ("almost 4", 4),
    ("just under 3 months", 3),
    ("6 months emergency fund, my wife is very careful", 6),
    ("I have kept 10 months of expenses in FD", 10),
    ("three and half months", 3.5),
    ("4 no 5", 5),
    ("used to be 6, now 2", 2),
    ("they say you need 6 but I've got 2", 2),
    ("half a month", 0.5),
    ("1 month and 2 weeks", 1.5),
    ("one and a half", 1.5),
    ("3.5", 3.5),
    ("3,5 months", 3.5),
    ("12", 12),
    ("twelve months' worth", 12),
    ("a good 6 months", 6),
    ("5 if we live on rice", 5),
    ("2 and counting", 2),
    ("10 days", 0.33),
    ("7, shipped the report", None),
    ("8/10", None),
    ("text me at 8", None),
    ("later", None),
    ("what counts as expenses?", None),
    ("idk", None),
    ("around ten thousand dollars", None),
    ("None at the moment I am afraid", 0),
    ("Nothing, I'm in debt", 0),
    ("two months. I am a widow so it is only me", 2),
    ("Approximately nine months, I should think", 9),
    ("enough for 7 months", 7),
    ("4 months and a bit", 4),
    ("1 or 2 months", 1.5),
    ("a month or two", 1.5),
    ("under a month", 1),
    ("5+", 5),
    ("~3", 3),
    ("no savings, 3 kids", 0),
    ("it was 4 but the boiler went so 2", 2),
    ("I could last 3 months", 3),
    ("3 n a half", 3.5),
    ("six", 6),
    ("6 (months)", 6),
    ("thirteen or so", 13),
    ("zilch 😭", 0),
    ("three quarters of a year", 9),
)

VALUES: tuple[tuple[str, list[str] | None], ...] = (
    ("creativity, stability, impact", ["creativity", "stability", "impact"]),
    ("Money", ["Money"]),
    ("money tbh", ["money"]),
    ("autonomy and good coworkers", ["autonomy", "good coworkers"]),
    ("1. Flexibility\n2. Pay\n3. People", ["Flexibility", "Pay", "People"]),
    ("1) flexibility 2) pay 3) people", ["flexibility", "pay", "people"]),
    ("flexibility / pay / people", ["flexibility", "pay", "people"]),
    ("I value honesty, teamwork and being outdoors", ["honesty", "teamwork", "being outdoors"]),
    (
        "For me it's about helping people and having enough time for my kids",
        ["helping people", "having enough time for my kids"],
    ),
    (
        "work life balance, salary, growth, WFH, good manager",
        ["work life balance", "salary", "growth", "WFH", "good manager"],
    ),
    (
        "First is job security, second is respect from seniors, third one is salary sir",
        ["job security", "respect from seniors", "salary"],
    ),
    ("Respect. Fair pay. Not being shouted at.", ["Respect", "Fair pay", "Not being shouted at"]),
    (
        "um so probably like freedom and um I guess learning and uh decent money",
        ["freedom", "learning", "decent money"],
    ),
    ("My top three would be independence, variety and a short commute.", ["independence", "variety", "short commute"]),
    ("- autonomy\n- purpose\n- mates", ["autonomy", "purpose", "mates"]),
    ("Being useful, and a laugh with the lads", ["Being useful", "a laugh with the lads"]),
    ("honestly just the money and the pension lol", ["money", "pension"]),
    ("Helping others matters most to me, then stability", ["Helping others", "stability"]),
    ("What matters most: my team, learning, and fair pay.", ["my team", "learning", "fair pay"]),
    ("I want to make things that last. I want to be trusted.", ["make things that last", "trusted"]),
    ("peace and quiet, autonomy", ["peace and quiet", "autonomy"]),
    ("time with family and friends, stability", ["time with family and friends", "stability"]),
    ("autonomy, because I hate being micromanaged, and learning", ["autonomy", "learning"]),
    ("creativity + fun + cash 💰", ["creativity", "fun", "cash"]),
    ("flexibility n good pay n no drama", ["flexibility", "good pay", "no drama"]),
    (
        "Good evening. I would say kindness, punctuality and a decent cup of tea. Best wishes, Maureen",
        ["kindness", "punctuality", "a decent cup of tea"],
    ),
    ("the people, the pay, the patients", ["people", "pay", "patients"]),
    ("doing something meaningful", ["doing something meaningful"]),
    ("not sure about all five but honesty and autonomy for sure", ["honesty", "autonomy"]),
    ("Number one: integrity. Number two: growth. Number three: fun.", ["integrity", "growth", "fun"]),
    (
        "Learning new things as well as having supportive colleagues",
        ["Learning new things", "having supportive colleagues"],
    ),
    ("autonomy; mastery; purpose", ["autonomy", "mastery", "purpose"]),
    ("Fair dinkum mates, knocking off early, decent coin", ["Fair dinkum mates", "knocking off early", "decent coin"]),
    ("I like when the team is friendly and the boss is honest", ["the team is friendly", "the boss is honest"]),
    ("stability is first for me, after that comes family time", ["stability", "family time"]),
    ("Helping kids, being outside & good banter!! that's it", ["Helping kids", "being outside", "good banter"]),
    (
        "freedom to choose my projects, nice people around me and that I can learn every day something new",
        ["freedom to choose my projects", "nice people around me", "learn every day something new"],
    ),
    ("impact creativity flexibility", ["impact creativity flexibility"]),
    ("7, shipped the report", None),
    ("later", None),
    ("skip", None),
    ("what do you mean?", None),
    ("like what?", None),
    ("idk", None),
    ("ok", None),
    ("thanks!", None),
    ("text me at 8", None),
    ("can you give me an example?", None),
    ("7/10 today", None),
    ("not sure yet", None),
    ("Can I do this tomorrow?", None),
    ("7", None),
)

DEALBREAKERS: tuple[tuple[str, list[str] | None], ...] = (
    ("The commute", ["commute"]),
    ("the commute has to go", ["commute"]),
    ("my boss", ["my boss"]),
    ("Pay, hours, and the toxic manager", ["Pay", "hours", "the toxic manager"]),
    ("The hours need to change and so does the pay", ["hours", "pay"]),
    ("no more weekend work and less meetings", ["weekend work", "less meetings"]),
    ("I can't stand the open plan office anymore", ["open plan office"]),
    ("I need a raise and a normal schedule", ["a raise", "a normal schedule"]),
    ("Must stop: being on call every weekend. Must change: my title", ["being on call every weekend", "my title"]),
    ("everything lol", ["everything"]),
    ("nothing really", []),
    ("nothing, I like my job", []),
    ("My manager shouts at people. Nobody gets breaks.", ["manager shouts at people", "Nobody gets breaks"]),
    ("I never get a lunch break", ["never get a lunch break"]),
    ("The pay must go up", ["pay must go up"]),
    ("sick of the night shifts and the smell", ["night shifts", "smell"]),
    ("1. salary 2. micromanagement 3. no growth", ["salary", "micromanagement", "no growth"]),
    (
        "fed up with unpaid overtime, and the constant emails on holidays",
        ["unpaid overtime", "constant emails on holidays"],
    ),
    ("they need to stop changing my rota last minute", ["changing my rota last minute"]),
    ("Too much overtime, too little pay", ["Too much overtime", "too little pay"]),
    ("It's the pay. And the hours.", ["pay", "hours"]),
    ("Honestly? The commute and my manager's temper", ["commute", "my manager's temper"]),
    ("the toxic culture is killing me", ["toxic culture"]),
    (
        "Kindly note: salary is not matching market, and night shifts are affecting my health",
        ["salary is not matching market", "night shifts are affecting my health"],
    ),
    ("get rid of the weekly status report", ["weekly status report"]),
    ("working weekends, mainly", ["working weekends"]),
    ("the micromanaging, the politics, and the pay. that's about it", ["micromanaging", "politics", "pay"]),
    ("My 2 hour commute each way must end", ["2 hour commute each way"]),
    ("less meetings more making", ["less meetings more making"]),
    ("more money\nless travel\nown desk", ["more money", "less travel", "own desk"]),
    (
        "there has to be a proper pay rise and a desk by the window, thank you",
        ["proper pay rise", "desk by the window"],
    ),
    ("Commute, 100%", ["Commute"]),
    ("late shifts obv", ["late shifts"]),
    ("unpaid overtime!!!! and my supervisor", ["unpaid overtime", "my supervisor"]),
    ("I will not work another Christmas", ["will not work another Christmas"]),
    ("later", None),
    ("8, closed the Acme deal", None),
    ("what do you mean by must change?", None),
    ("skip", None),
    ("dunno", None),
    ("4. boss yelled again", None),
    ("ask me tomorrow", None),
)

ELSEWHERE = ("later", "skip", "what do you mean?", "text me at 8", "remind me at 9", "thanks!", "idk", "7", "not today")


@pytest.mark.parametrize("text", YES)
def test_says_yes(text: str) -> None:
    assert answer(text, "opt_in") == Command("yes", {})


@pytest.mark.parametrize("text", NO)
def test_says_no(text: str) -> None:
    assert answer(text, "opt_in") == Command("no", {})


@pytest.mark.parametrize("text", OPT_IN_NEITHER)
def test_says_neither_yes_nor_no(text: str) -> None:
    assert answer(text, "opt_in") is None


@pytest.mark.parametrize("text", ERASE)
def test_has_it_erased(text: str) -> None:
    assert answer(text, "confirm_delete") == Command("delete", {})


@pytest.mark.parametrize("text", KEEP)
def test_has_it_kept(text: str) -> None:
    assert answer(text, "confirm_delete") == Command("keep", {})


@pytest.mark.parametrize("text", CONFIRM_DELETE_NEITHER)
def test_nothing_is_erased_on_a_doubt(text: str) -> None:
    assert answer(text, "confirm_delete") is None


@pytest.mark.parametrize(("text", "signs"), RUT_CHECK)
def test_signs_of_a_rut(text: str, signs: list[int] | None) -> None:
    assert answer(text, "rut_check") == (None if signs is None else Command("rut_check", {"signs": signs}))


@pytest.mark.parametrize(("text", "months"), SAVINGS)
def test_months_put_aside(text: str, months: float | None) -> None:
    assert answer(text, "savings") == (None if months is None else Command("savings", {"months": months}))


def same(item: str) -> str:
    """An item without the small words that do not matter in it."""
    return " ".join(word for word in item.lower().split() if word not in ("a", "the", "my", "i"))


def items(text: str, asked: str) -> list[str] | None:
    command = answer(text, asked)
    return None if command is None else [same(item) for item in command.args["items"]]


@pytest.mark.parametrize(("text", "expected"), VALUES)
def test_what_matters(text: str, expected: list[str] | None) -> None:
    assert items(text, "values") == (expected and [same(item) for item in expected])


@pytest.mark.parametrize(("text", "expected"), DEALBREAKERS)
def test_what_must_change(text: str, expected: list[str] | None) -> None:
    assert items(text, "dealbreakers") == (expected and [same(item) for item in expected])


@pytest.mark.parametrize("text", ELSEWHERE)
@pytest.mark.parametrize("asked", ["rut_check", "values", "dealbreakers", "goal", "savings"])
def test_what_is_no_answer_is_left_to_others(text: str, asked: str) -> None:
    # A number is an answer to "how many months?".
    assert (text == "7" and asked == "savings") or answer(text, asked) is None


def test_nothing_is_read_where_nothing_was_asked() -> None:
    assert answer("yes", "none") is None and answer("1 3", "daily_checkin") is None


@settings(max_examples=150)
@given(st.text(max_size=300), st.sampled_from(QUESTIONS))
def test_never_raises(text: str, asked: str) -> None:
    read_answer(text, Context(asked), NOW)


WORDS = (
    "1 3 5 - / , . : ; ? ! \n ( ) ' yes no not don't delete keep all but none the first last one two half a and or"
    " month year week $ 12k by june end of next goal: I want to jobs 1/2 ½ ⁄ because so if 👍 envy growth"
    " dread it's then"
).split(" ")


@settings(max_examples=300)
@given(st.lists(st.sampled_from(WORDS), max_size=25).map(" ".join), st.sampled_from(QUESTIONS))
def test_never_raises_on_its_own_words(text: str, asked: str) -> None:
    read_answer(normalise(text), Context(asked), NOW)
