"""Settings by text: each is confirmed with what it is now and when the next check-in comes, or answered in words."""

from datetime import date, time
from typing import Any

import pytest

from shared.content.segments import count_segments
from shared.domain import events
from shared.domain.models import WEEKDAYS, Pause
from tests.unit.conversing import TUESDAY, Phone, member, new_york

UNREAD = "I could not make that out."


@pytest.fixture
def ana() -> Phone:
    """Ana, on Tuesday evening, who has told of her day."""
    phone = Phone(member()).prompted("2026-03-03T19:30")
    phone.text("7")
    return phone


@pytest.mark.parametrize(
    ("text", "said", "changed"),
    [
        ("text me at 8", "20:00 it is. Next check-in today at 20:00.", {"prompt_time": time(20)}),
        ("make it 8:30am", "08:30 it is. Next check-in tomorrow at 08:30.", {"prompt_time": time(8, 30)}),
        ("weekdays only", "Mon-Fri it is. Next check-in tomorrow at 19:30.", {"days": WEEKDAYS[:5]}),
        ("just thu and sun", "Thu, Sun it is. Next check-in Thu at 19:30.", {"days": ("thu", "sun")}),
        ("every day", "Every day it is. Next check-in tomorrow at 19:30.", {}),
        (
            "I moved to Denver",
            "Denver time it is, 17:30 there now. Next check-in today at 19:30.",
            {"timezone": "America/Denver"},
        ),
        (
            "timezone tokyo",
            "Tokyo time it is, 09:30 there now. Next check-in today at 19:30.",
            {"timezone": "Asia/Tokyo"},
        ),
        ("call me Sam", "Sam it is.", {"name": "Sam"}),
        (
            "my email is kim@example.com",
            "Noted: kim@example.com. A mail with a link is on its way there. Once you open it, your monthly summary and"
            " all other mails go there, also what cannot reach you by text.",
            {"email": "kim@example.com", "email_confirmed_at": None},
        ),
        ("pause", "Paused. Nothing comes until you text RESUME. You can write all the same.", {"pause": Pause()}),
        (
            "pause until 15 March",
            "Paused. I will be back on Sun 15 Mar, or text RESUME.",
            {"pause": Pause(until=date(2026, 3, 15))},
        ),
        (
            "pause until 1 February",
            "Paused. I will be back on Mon 1 Feb 2027, or text RESUME.",
            {"pause": Pause(until=date(2027, 2, 1))},
        ),
    ],
)
def test_a_setting_is_changed_and_said_back(ana: Phone, text: str, said: str, changed: dict[str, Any]) -> None:
    before = ana.member
    assert ana.text(text) == said
    kept = ana.member.model_copy(update={"undo": before.undo, "open_question": before.open_question})
    assert kept == before.model_copy(update=changed)


@pytest.mark.parametrize(
    ("text", "hint"),
    [
        ("timezone foo", "For your time zone, text a larger city near you"),
        ("set timezone to Europe/Nowhere", "For your time zone, text a larger city near you"),
        ("my email is foo", "For your address, text it like this"),
        ("my email is änä@example.com", "For your address, text it like this"),
        ("set my days to someday", "For your days, text them like this"),
    ],
)
def test_a_value_that_cannot_be_read_changes_nothing_and_is_answered_with_how(ana: Phone, text: str, hint: str) -> None:
    before = ana.member
    assert ana.text(text).startswith(f"{UNREAD} {hint}")
    assert ana.member == before


@pytest.mark.parametrize(
    ("text", "hint"),
    [
        ("timezone", "For your time zone"),
        ("change my email", "For your address"),
        ("change my name", "For your name"),
        ("call me", "For your name"),
        ("change the time", "For your hour"),
        ("set days", "For your days"),
        ("make that a 12", "Scores go from 1 to 10"),
    ],
)
def test_a_setting_without_a_value_is_answered_with_how(ana: Phone, text: str, hint: str) -> None:
    before = ana.member
    assert ana.text(text).startswith(hint)
    assert ana.member == before


@pytest.mark.parametrize(
    "text",
    [
        "pause until yesterday",
        "pause till last week",
        "pause until 2020-01-01",
        "pause for 0 days",
        "pause for 2 years",
    ],
)
def test_a_pause_is_from_tomorrow_on_and_up_to_a_year(ana: Phone, text: str) -> None:
    assert ana.text(text).startswith("I can pause from tomorrow on, up to a year ahead.")
    assert ana.member.pause is None


@pytest.mark.parametrize("question", ["step 5", "step 1", "goal", "signs"])
@pytest.mark.parametrize(
    ("text", "field"),
    [
        ("PAUSE", "pause"),
        ("pause for 2 days", "pause"),
        ("my email is kim@example.com", "email"),
        ("call me Sam", "name"),
        ("text me at 6pm", "prompt_time"),
        ("later", "snoozed_until"),
    ],
)
def test_a_setting_is_read_whatever_was_asked(ana: Phone, question: str, text: str, field: str) -> None:
    ana.text(question)
    before = ana.member
    ana.text(text)
    assert getattr(ana.member, field) != getattr(before, field)
    assert (ana.member.plan, ana.member.goals) == (before.plan, before.goals)


@pytest.mark.parametrize("text", ["pause until further notice", "pause until I say so"])
def test_a_pause_without_a_date_is_one_until_resume(ana: Phone, text: str) -> None:
    ana.text(text)
    assert ana.member.pause == Pause()


@pytest.mark.parametrize(
    "text", ["timezone talk with the Berlin team drained me", "4. set time for the demo, hated it"]
)
def test_a_report_that_begins_like_a_setting_stays_a_report(ana: Phone, text: str) -> None:
    assert UNREAD not in ana.text(text)
    assert ana.turns[-1].entries


# An hour in the night


@pytest.mark.parametrize(("text", "nearest"), [("text me at 11pm", time(20, 30)), ("make it 7am", time(8))])
def test_an_hour_in_the_night_is_answered_with_the_nearest_to_say_yes_to(ana: Phone, text: str, nearest: time) -> None:
    assert f"Shall I take {nearest:%H:%M}? YES" in ana.text(text)
    assert ana.member.prompt_time == time(19, 30)
    assert ana.text("yes please").startswith(f"{nearest:%H:%M} it is.")
    assert (ana.member.prompt_time, ana.member.open_question) == (nearest, None)


@pytest.mark.parametrize(
    ("text", "hour"), [("6pm then", time(18)), ("text me at 9am", time(9)), ("noon is better", time(12))]
)
def test_another_hour_may_be_named_instead(ana: Phone, text: str, hour: time) -> None:
    ana.text("text me at 11pm")
    assert ana.text(text).startswith(f"{hour:%H:%M} it is.")


def test_or_it_stays_as_it_was(ana: Phone) -> None:
    ana.text("text me at 11pm")
    assert ana.text("no, leave it") == "Fine, it stays at 19:30."
    assert (ana.member.prompt_time, ana.member.open_question) == (time(19, 30), None)


def test_a_report_is_none_to_that_and_the_check_in_behind_it_is_answered() -> None:
    phone = Phone(member()).prompted("2026-03-03T19:30")
    phone.text("text me at 11pm")
    assert phone.text("9") == "9 for Tue."
    assert phone.answered() == [(TUESDAY, 9)]


@pytest.mark.parametrize("text", ["text me at 9pm", "text me at 11pm"])
def test_the_hours_that_are_named_are_those_that_are_taken(ana: Phone, text: str) -> None:
    assert "from 8:00 on and before 21:00" in ana.text(text)


@pytest.mark.parametrize("text", ["make it 9", "Make it a 9!", "change it to 9"])
def test_a_bare_number_right_after_a_score_is_another_score_and_no_hour_in_the_night(ana: Phone, text: str) -> None:
    assert ana.text(text) == "Mended: 9 for Tue."
    assert (ana.member.prompt_time, ana.member.open_question) == (time(19, 30), None)


@pytest.mark.parametrize("text", ["make it 9pm", "make it 21:00", "text me at 9", "make the check-in 9"])
def test_an_hour_that_is_named_as_one_stays_one_after_a_score(ana: Phone, text: str) -> None:
    assert "Shall I take 20:30?" in ana.text(text)


@pytest.mark.parametrize("before", ["win: called Ben", "text me at 8", "rough one"])
def test_so_does_a_bare_number_after_anything_else(before: str) -> None:
    phone = Phone(member()).prompted("2026-03-03T19:30")
    phone.text(before)
    assert "Shall I take 20:30?" in phone.text("make it 9")


def test_by_mail_any_hour_will_do() -> None:
    phone = Phone(member(channels=("email",), email="ana@example.com"))
    assert phone.text("text me at 11pm").startswith("23:00 it is.")


# SETTINGS and HELP


def test_settings_says_all_that_is_set(ana: Phone) -> None:
    assert ana.text("SETTINGS") == (
        "Check-ins: every day at 19:30, New York time. Name: Ana. Mails: no address yet."
        " Change any in your own words, like: text me at 8pm."
    )
    ana.text("weekdays only")
    ana.text("my email is kim@example.com")
    said = ana.text("settings")
    assert "Mon-Fri at 19:30" in said and "Mails: kim@example.com, once you open the link in my mail to it." in said
    ana.keep(events.confirm(ana.member, ana.now))
    assert "Mails: kim@example.com." in ana.text("settings")


def test_settings_fit_however_long_they_are() -> None:
    phone = Phone(member(name="Ñ" * 60, email=f"{'a' * 64}@{'b' * 60}.{'c' * 60}.example"))
    assert count_segments(phone.text("settings")).count <= 2


def test_who_gets_check_ins_by_mail_hears_that_they_move_too() -> None:
    phone = Phone(member(channels=("email",), email="ana@example.com"))
    assert "Your check-ins, your monthly summary" in phone.text("my email is ana@example.com")


def test_a_zone_that_is_counted_from_greenwich_is_named_as_people_do() -> None:
    phone = Phone(member())
    assert phone.text("my timezone is UTC+5").startswith("UTC+5 time it is, 05:30 there now.")


@pytest.mark.parametrize("word", "PLAN NEXT GOALS WINS STATS SUMMARY SETTINGS PAUSE UNDO SKIP LATER STOP".split())
def test_help_names_the_words_and_each_of_them_is_understood(ana: Phone, word: str) -> None:
    said = ana.text("HELP")
    assert word in said
    assert count_segments(said).count <= 2
    assert "did not catch" not in ana.text(word)


def test_a_setting_holds_from_the_next_check_in_on(ana: Phone) -> None:
    ana.text("text me at 8am")
    due = ana.turns[-1].due
    assert due and due.at == new_york("2026-03-04T08:00")


@pytest.mark.parametrize(
    ("pause", "when"),
    [(Pause(until=date(2026, 3, 10)), "Tue 10 Mar at 20:00"), (Pause(), "when you text RESUME")],
)
def test_a_setting_in_a_pause_promises_nothing_before_its_end(ana: Phone, pause: Pause, when: str) -> None:
    ana.member = ana.member.model_copy(update={"pause": pause})
    assert ana.text("text me at 8") == f"20:00 it is. Next check-in {when}."
    assert ana.text("settings").startswith("Paused. ")
