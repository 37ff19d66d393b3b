"""What a command takes is read from a text that is known to hold it, in whatever words it was asked."""

from datetime import datetime
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shared.domain.understanding.commands.arguments import read_arguments
from shared.domain.understanding.commands.message import Message
from shared.domain.understanding.normalise import normalise
from shared.domain.understanding.reply import Context

WEEK = "mon tue wed thu fri sat sun"
TAKING = (
    "set_time snooze pause set_days set_timezone set_name set_email buddy correct new_goal rut_check savings values"
    " dealbreakers"
).split()


def read(name: str, text: str, days: str = WEEK) -> dict[str, Any] | None:
    now = datetime.fromisoformat("2026-03-03T19:42:00-05:00")
    context = Context(asked=name, prompt_time="19:30", days=tuple(days.split()))
    return read_arguments(name, Message(normalise(text), context, now))


@pytest.mark.parametrize(
    ("name", "text", "meant"),
    [
        ("set_time", "17h30 suits me better", "17:30"),
        ("set_time", "could we do mornings? 8 is good", "08:00"),
        ("set_time", "9 o'clock, after the kids are asleep at 8", "21:00"),
        ("set_time", "change from 19:30 to 18:45", "18:45"),
        ("set_time", "7 in the evening is too early, 9 please", "21:00"),
        ("set_time", "15 minutes earlier please", "19:15"),
        ("snooze", "at half eight", 48),
        ("snooze", "23h", 198),
        ("snooze", "I have a call till 8, then ask", 18),
        ("snooze", "an hour n a half", 90),
        ("snooze", "not now, 10 mins", 10),
        ("pause", "away until Monday week", "2026-03-16"),
        ("pause", "a fortnight on Friday I'm back", "2026-03-20"),
        ("pause", "back a week Monday", "2026-03-16"),
        ("pause", "on leave from the 10th to the 17th", "2026-03-18"),
        ("pause", "off for a couple of weeks from Monday", "2026-03-23"),
        ("set_days", "leave out the Sunday message", "mon tue wed thu fri sat".split()),
        ("set_days", "our weekend is Friday and Saturday, so not those", "mon tue wed thu sun".split()),
        ("set_days", "Mondays and Wednesdays I teach late, so skip those", "tue thu fri sat sun".split()),
        ("set_days", "every day but the weekend", "mon tue wed thu fri".split()),
        ("set_timezone", "I moved to Portland, Maine", "America/New_York"),
        ("set_timezone", "relocated to San Jose, Costa Rica", "America/Costa_Rica"),
        ("set_timezone", "moved from Paris to Nairobi", "Africa/Nairobi"),
        ("set_timezone", "in newcastle nsw now", "Australia/Sydney"),
        ("set_name", "not Elizabeth, Liz", "Liz"),
        ("set_name", "Robert is my dad. I'm Rob", "Rob"),
        ("set_name", "can u call me jen", "Jen"),
        ("correct", "scrap the 5, it's a 3", 3),
        ("correct", "change yesterday's 4 to a 6", 6),
        ("correct", "more like a 6 than an 8", 6),
        ("rut_check", "none of the lot", []),
        ("rut_check", "negative on all five", []),
        ("rut_check", "every one of them", [1, 2, 3, 4, 5]),
        ("rut_check", "two no, four yes", [4]),
        ("rut_check", "y n n y y", [1, 4, 5]),
        ("rut_check", "not the first, but the rest", [2, 3, 4, 5]),
        ("savings", "not even one month, maybe 2 weeks", 0.5),
        ("savings", "I have 9000 and my costs are 3000 a month", 3),
        ("savings", "£4000, bills are £1000 pcm", 4),
        ("savings", "girl. zero", 0),
        ("values", "that I'm treated fairly, that my ideas count", ["I'm treated fairly", "my ideas count"]),
        ("values", "a boss who listens", ["boss who listens"]),
        ("dealbreakers", "that the boss writes me at night", ["boss writes me at night"]),
        ("dealbreakers", "nothing, I'm happy", []),
    ],
)
def test_the_argument_is_read(name: str, text: str, meant: object) -> None:
    found = read(name, text)
    assert found is not None
    assert list(found.values()) == [meant]


@pytest.mark.parametrize(
    ("text", "target", "unit", "due"),
    [
        ("get my C-9 licence by June", None, None, "2026-06-30"),
        ("finish the ISO 27001 course", None, None, None),
        ("get a job at a Big 4 firm", None, None, None),
        ("I want to have 3 coffee chats, 2 weeks", 3, "coffee chats", "2026-03-17"),
        ("sell 15 paintings, give me till Easter", 15, "paintings", "2026-04-05"),
        ("apply for 5, no make it 8 posts by 31 May", 8, "posts", "2026-05-31"),
    ],
)
def test_a_goal_counts_what_it_counts(text: str, target: int | None, unit: str | None, due: str | None) -> None:
    found = read("new_goal", text)
    assert found is not None
    assert (found["target"], found["unit"], found["due"]) == (target, unit, due)


def test_days_are_added_to_those_that_hold() -> None:
    assert read("set_days", "bring back Saturdays", "mon tue") == {"days": ["mon", "tue", "sat"]}
    assert read("set_days", "I want them on Sat as well", "mon") == {"days": ["mon", "sat"]}


@given(st.sampled_from(TAKING), st.text("ab1234 ,.:;!?'\"-/hatnomse\n½²٣AM", max_size=60))
def test_whatever_is_written_is_read_without_an_error(name: str, text: str) -> None:
    found = read(name, text)
    assert found is None or isinstance(found, dict)
