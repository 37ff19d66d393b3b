"""What the service answers, records and remembers, one message after another."""

import re
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from cli.rehearsal import after
from shared.content.segments import count_segments
from shared.content.texts import catalogue
from shared.domain import conversation, judging, nudging, schedule
from shared.domain.conversation import Brand
from shared.domain.models import Due, Entry, Kind, Member, OpenQuestion, Pause, Requested, Status, Turn
from shared.domain.understanding.understand import LONGEST

BRAND = Brand("Unstuck", "help@unstuck.example")
NEW_YORK = ZoneInfo("America/New_York")
TUESDAY, WEDNESDAY = date(2026, 3, 3), date(2026, 3, 4)


def new_york(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=NEW_YORK).astimezone(UTC)


def member(**details: Any) -> Member:
    given = {
        "id": "ana",
        "status": Status.ACTIVE,
        "name": "Ana",
        "phone": "+14155550123",
        "prompt_time": time(19, 30),
        "timezone": "America/New_York",
        "signed_up_at": new_york("2026-02-27T12:00"),
        "confirmed_at": new_york("2026-02-27T12:01"),
    }
    return Member.model_validate({**given, **details})


def newcomer(**details: Any) -> Member:
    asked = OpenQuestion(asked="opt_in", day=TUESDAY, at=new_york("2026-03-03T12:00"))
    return member(status=Status.PENDING, confirmed_at=None, open_question=asked, **details)


def heard(member: Member) -> Member:
    """The member as they are once they have written anything."""
    return member.model_copy(update={"silence": 0})


TUESDAY_EVENING = new_york("2026-03-03T19:30")


def first_wording(said: str) -> str:
    """An answer as if of several wordings it were always the first's turn."""
    for key, (first, *others) in catalogue().items():
        if key.startswith("checkin.") and key != "checkin.question":
            for other in others:
                pattern = re.sub(r"\\{(\w+)\\}", r"(?P<\1>.+?)", re.escape(other))
                if match := re.search(pattern, said):
                    said = said[: match.start()] + first.format(**match.groupdict()) + said[match.end() :]
    return said


@dataclass
class Phone:
    """A member's phone: keeps, as storage would, what each message comes to."""

    member: Member
    now: datetime = TUESDAY_EVENING
    turns: list[Turn] = field(default_factory=list)

    def at(self, local: str) -> "Phone":
        self.now = new_york(local)
        return self

    def keep(self, turn: Turn) -> Turn:
        self.turns.append(turn)
        self.member = after(turn)
        return turn

    def turn(self, text: str) -> Turn:
        source = f"SM{len(self.turns)}"
        return self.keep(conversation.respond(self.member, text, self.now, source=source, brand=BRAND))

    def text(self, text: str) -> str:
        """The one answer, or nothing, in the first of its wordings."""
        replies = self.turn(text).replies
        assert len(replies) <= 1
        return first_wording("".join(replies))

    def prompted(self, local: str) -> "Phone":
        """The day's check-in goes out."""
        self.at(local)
        (nudge,) = schedule.asked_for(self.member, Kind.DAILY_CHECKIN, f"at {local}", self.now)
        self.keep(nudging.outcome(nudge, self.member, judging.Verdict.SEND, self.now))
        return self

    def answered(self) -> list[tuple[date, float | None]]:
        return [(entry.day, entry.mood) for entry in self.member.journal if entry.kind == "answered"]


@pytest.fixture
def ana() -> Phone:
    return Phone(member())


@pytest.fixture
def asked() -> Phone:
    """Ana, on Tuesday evening, with the day's check-in open."""
    return Phone(member()).prompted("2026-03-03T19:30")


# Opt-in


@pytest.mark.parametrize("text", ["YES", "start", "Ok!", "👍"])
def test_a_yes_makes_a_member_and_says_when_the_first_check_in_comes(text: str) -> None:
    phone = Phone(newcomer(), new_york("2026-03-03T12:05"))
    assert phone.text(text).startswith("Welcome, Ana. First check-in today at 19:30;")
    assert phone.member.status is Status.ACTIVE
    assert phone.member.confirmed_at == phone.now
    assert phone.turns[0].due == schedule.next_due(phone.member, phone.now)


@pytest.mark.parametrize("text", ["7", "win: sent my CV", "who is this?", "thanks", "UNDO", "STATS"])
def test_other_words_before_a_yes_bring_one_reminder_and_record_nothing(text: str) -> None:
    phone = Phone(newcomer())
    assert phone.text(text) == "Reply YES to start your check-ins, or STOP and you will not hear from us again."
    assert phone.turns[0] == Turn(member=newcomer(), replies=phone.turns[0].replies)


@pytest.mark.parametrize("text", ["no", "STOP", "please stop texting me"])
def test_a_no_to_the_opt_in_is_confirmed_once_and_is_the_end(text: str) -> None:
    phone = Phone(newcomer())
    assert phone.text(text)
    assert phone.member.status is Status.STOPPED
    assert phone.text("no") == phone.text("stop") == phone.text("yes") == ""


def test_whoever_declined_may_still_start() -> None:
    phone = Phone(newcomer())
    phone.text("no")
    phone.now += timedelta(seconds=1)
    assert phone.text("START") == "Welcome back. Next check-in tomorrow at 19:30."
    assert (phone.member.status, phone.member.confirmed_at) == (Status.ACTIVE, phone.now)


def test_opening_the_mailed_link_is_a_yes_and_opening_it_again_changes_nothing() -> None:
    turn = conversation.confirm(newcomer(), new_york("2026-03-03T12:05"))
    assert (turn.member.status, turn.rescheduled) == (Status.ACTIVE, True)
    assert conversation.confirm(turn.member, new_york("2026-03-04T12:05")) == Turn(member=turn.member)


def test_an_old_link_does_not_bring_back_who_opted_out() -> None:
    stopped = conversation.opt_out(newcomer(), new_york("2026-03-03T12:05")).member
    assert conversation.confirm(stopped, new_york("2026-03-03T12:06")).member.status is Status.STOPPED


@pytest.mark.parametrize("name", ["Zoë", "Александра", "Maria Fernanda de los Angeles Gutierrez Villanueva", "志" * 60])
def test_a_welcome_keeps_its_question_whatever_the_name(name: str) -> None:
    welcome = Phone(newcomer(name=name)).text("yes")
    assert "STOP ends it. Which fit you?" in welcome and welcome.endswith("or NONE.")
    assert count_segments(welcome).count <= 2


# Reports


def test_a_report_is_said_back_with_its_day_and_recorded(asked: Phone) -> None:
    assert asked.text("7. Win: sent off my portfolio") == "7 for Tue. Win saved: sent off my portfolio."
    (entry,) = asked.turns[-1].entries
    assert entry == Entry(
        day=TUESDAY, at=asked.now, source="SM1", kind="answered", mood=7, wins=("sent off my portfolio",)
    )


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("7", "7 for Tue."),
        ("6.5 today", "6.5 for Tue."),
        ("no", "Noted for Tue."),
        ("win: called Ben", "Noted for Tue. Win saved: called Ben."),
        ("5. win: called Ben. win: slept", "5 for Tue. Wins saved: called Ben; slept."),
        (
            "win: ran. win: read. win: cooked. win: slept. win: rang Bo",
            "Noted for Tue. Wins saved: ran; read; cooked; and 2 more.",
        ),
    ],
)
def test_what_was_understood_is_said_back_in_a_few_words(asked: Phone, text: str, said: str) -> None:
    assert asked.text(text) == said


def test_of_many_wins_the_first_are_said_back_and_all_are_recorded(asked: Phone) -> None:
    asked.text(" ".join(f"win: step {n}." for n in range(12)))
    assert asked.member.journal[-1].wins == tuple(f"step {n}" for n in range(12))


def test_of_a_long_win_the_beginning_is_said_back_and_all_of_it_is_recorded(asked: Phone) -> None:
    win = f"wrote {'very ' * 70}long letters"
    said = asked.text(f"8. win: {win}")
    assert said.startswith("8 for Tue. Win saved: wrote very very") and said.endswith("....")
    assert asked.member.journal[-1].wins == (win.strip(),)


@pytest.mark.parametrize("text", ["what?", "asdf", "yes"])
def test_what_is_not_clear_is_asked_about_once_and_records_nothing(asked: Phone, text: str) -> None:
    before = heard(asked.member)
    assert asked.text(text) == "I did not catch that. How was Tuesday, 1-10? Text HELP for what I understand."
    assert asked.member == before


def test_a_second_mood_on_a_day_is_recorded_beside_the_first_and_leaves_the_streak(asked: Phone) -> None:
    asked.text("4")
    assert asked.at("2026-03-03T21:15").text("8") == "8 for Tue."
    assert asked.answered() == [(TUESDAY, 4), (TUESDAY, 8)]
    assert asked.member.streak == 1


@pytest.mark.parametrize("text", ["thanks!", "ok", "👍"])
def test_thanks_are_not_answered_and_close_nothing(asked: Phone, text: str) -> None:
    before = heard(asked.member)
    assert asked.text(text) == ""
    assert asked.member == before


def test_a_yes_or_no_with_nothing_open_is_not_answered(ana: Phone) -> None:
    assert (ana.text("yes"), ana.text("no"), ana.member.journal) == ("", "", ())


# Streaks


def test_answering_prompted_days_in_a_row_makes_a_streak(ana: Phone) -> None:
    said = [ana.prompted(f"2026-03-0{day}T19:30").text("7") for day in (2, 3, 4)]
    assert said == ["7 for Mon.", "7 for Tue. 2-day streak.", "7 for Wed. 3-day streak."]


def test_an_answer_that_nobody_asked_for_adds_nothing_to_a_streak(ana: Phone) -> None:
    ana.prompted("2026-03-02T19:30").text("7")
    assert ana.at("2026-03-03T12:00").text("7") == "7 for Tue."
    assert ana.member.streak == 1


def test_a_prompt_that_stays_unanswered_ends_the_streak_and_the_next_answers_begin_another(ana: Phone) -> None:
    for day in (2, 3):
        ana.prompted(f"2026-03-0{day}T19:30").text("7")
    ana.prompted("2026-03-04T19:30").prompted("2026-03-05T19:30")
    assert (ana.member.streak, ana.member.unanswered) == (0, 2)
    assert ana.text("7") == "7 for Thu."
    assert (ana.member.streak, ana.member.unanswered) == (1, 0)
    assert ana.prompted("2026-03-06T19:30").text("8") == "8 for Fri. 2-day streak."


@pytest.mark.parametrize("between", ["skip", "pause for 2 days"])
def test_a_skipped_or_paused_day_neither_adds_to_a_streak_nor_ends_it(ana: Phone, between: str) -> None:
    ana.prompted("2026-03-02T19:30").text("7")
    ana.at("2026-03-03T12:00").text(between)
    assert ana.prompted("2026-03-05T19:30").text("8") == "8 for Thu. 2-day streak."


def test_a_check_in_that_was_never_sent_ends_no_streak(ana: Phone) -> None:
    ana.prompted("2026-03-02T19:30").text("7")
    (nudge,) = schedule.asked_for(ana.at("2026-03-03T22:30").member, Kind.DAILY_CHECKIN, "r", ana.now)
    ana.keep(nudging.outcome(nudge, ana.member, judging.Verdict.MISSED, ana.now))
    assert ana.prompted("2026-03-04T19:30").text("8") == "8 for Wed. 2-day streak."


def test_a_day_asked_about_by_text_and_by_mail_counts_once(asked: Phone) -> None:
    asked.prompted("2026-03-03T19:31")
    assert (asked.member.unanswered, asked.text("7"), asked.member.streak) == (1, "7 for Tue.", 1)


# Which day a reply is for


@pytest.mark.parametrize(
    ("local", "day"),
    [
        ("2026-03-03T23:50", TUESDAY),
        ("2026-03-04T00:40", TUESDAY),
        ("2026-03-04T08:00", TUESDAY),
        ("2026-03-04T11:59", TUESDAY),
        ("2026-03-04T12:00", WEDNESDAY),
        ("2026-03-04T19:00", WEDNESDAY),
    ],
)
def test_a_reply_counts_for_the_evening_it_answers_until_the_next_noon(asked: Phone, local: str, day: date) -> None:
    assert asked.at(local).text("7") == f"7 for {day:%a}."
    assert asked.answered() == [(day, 7)]


@pytest.mark.parametrize(("local", "day"), [("2026-03-04T03:59", TUESDAY), ("2026-03-04T04:00", WEDNESDAY)])
def test_a_reply_to_no_question_counts_for_a_day_that_turns_at_four(ana: Phone, local: str, day: date) -> None:
    assert ana.at(local).text("7") == f"7 for {day:%a}."


def test_the_next_morning_is_its_own_day_once_the_evening_has_its_answer(asked: Phone) -> None:
    asked.text("7")
    assert asked.at("2026-03-04T00:40").text("win: fixed it after all") == (
        "Noted for Tue. Win saved: fixed it after all."
    )
    assert asked.at("2026-03-04T09:00").text("4") == "4 for Wed."


def test_a_new_question_takes_the_place_of_an_old_one(asked: Phone) -> None:
    asked.prompted("2026-03-04T08:00")
    assert asked.at("2026-03-04T08:05").text("6") == "6 for Wed."


def test_a_no_to_a_question_that_has_closed_answers_nothing(asked: Phone) -> None:
    assert asked.at("2026-03-04T15:00").text("no") == ""
    assert asked.answered() == []


def test_a_question_asked_on_the_night_the_clock_changes_is_open_until_noon(ana: Phone) -> None:
    ana.prompted("2026-03-07T23:30")
    assert ana.at("2026-03-08T11:59").text("5") == "5 for Sat."


@pytest.mark.parametrize(
    ("text", "day", "mood"),
    [
        ("yesterday 3, win: slept", "Mon", 3),
        ("4 for Sunday, rough", "Sun", 4),
        ("Tue 4", "Tue", 4),
        ("yesterday was a 3 but today is a 6", "Tue", 6),
    ],
)
def test_a_day_that_is_named_gets_its_score(asked: Phone, text: str, day: str, mood: float) -> None:
    assert asked.text(text).startswith(f"{mood} for {day}.")
    assert [f"{entry.day:%a}" for entry in asked.turns[-1].entries] == [day]


# Skip, pause, resume


def test_a_skip_is_for_the_day_asked_about_and_closes_the_question(asked: Phone) -> None:
    assert asked.at("2026-03-04T00:40").text("skip") == "Skipped Tue. It does not touch your streak. Talk soon."
    assert [(entry.day, entry.kind) for entry in asked.turns[-1].entries] == [(TUESDAY, "skipped")]
    assert asked.member.unanswered == 0
    assert asked.at("2026-03-04T09:00").text("7") == "7 for Wed."


def test_a_pause_holds_until_resume(ana: Phone) -> None:
    assert ana.text("PAUSE") == "Paused. Nothing comes until you text RESUME. You can write all the same."
    assert (ana.turns[-1].rescheduled, ana.turns[-1].due) == (True, None)
    assert ana.text("resume") == "Good to have you back. Next check-in tomorrow at 19:30."
    assert ana.member.pause is None
    assert ana.text("resume") == "You are not paused. Next check-in tomorrow at 19:30."


def test_a_pause_for_a_week_names_the_day_on_which_texts_come_again(asked: Phone) -> None:
    assert asked.text("pause for a week") == "Paused. I will be back on Tue 10 Mar, or text RESUME."
    due = asked.turns[-1].due
    assert due is not None
    assert due.at == new_york("2026-03-10T19:30")
    assert asked.member.open_question is None


def test_a_start_ends_a_pause(ana: Phone) -> None:
    ana.text("pause")
    assert ana.text("START") == "Good to have you back. Next check-in tomorrow at 19:30."


def test_a_pause_that_ran_out_needs_no_resume(ana: Phone) -> None:
    ana.text("pause for 2 days")
    assert ana.at("2026-03-05T12:00").text("resume") == "You are not paused. Next check-in today at 19:30."


# Undo


def test_undo_takes_back_what_was_recorded_and_opens_the_question_again(asked: Phone) -> None:
    asked.text("4")
    assert asked.text("UNDO") == "Taken back: 4 for Tue."
    assert (asked.answered(), asked.member.streak, asked.member.unanswered) == ([], 0, 1)
    assert asked.at("2026-03-04T00:40").text("7") == "7 for Tue."
    assert (asked.answered(), asked.member.streak) == ([(TUESDAY, 7)], 1)


def test_undo_takes_back_a_pause(ana: Phone) -> None:
    due = schedule.next_due(ana.member, ana.now)
    ana.text("pause for a week")
    turn = ana.turn("undo")
    assert (ana.member.pause, turn.rescheduled, turn.due) == (None, True, due)


def test_undo_brings_a_pause_back(ana: Phone) -> None:
    ana.text("pause for a week")
    ana.text("resume")
    ana.text("undo")
    assert ana.member.pause == Pause(until=date(2026, 3, 10))


def test_undo_twice_says_that_there_is_nothing_and_does_not_redo(asked: Phone) -> None:
    asked.text("4")
    asked.text("undo")
    once = asked.member
    assert asked.text("undo") == "There is nothing to take back."
    assert asked.member == once


def test_undo_takes_back_the_last_turn_that_changed_something(asked: Phone) -> None:
    asked.text("4")
    for text in ("stats", "thanks", "help", "what?"):
        asked.text(text)
    asked.text("undo")
    assert asked.answered() == []


def test_undo_takes_back_only_the_last_of_two_answers(asked: Phone) -> None:
    asked.text("4")
    asked.text("8")
    asked.text("undo")
    assert (asked.answered(), asked.member.streak) == ([(TUESDAY, 4)], 1)


def test_undo_does_not_reach_across_a_stop(asked: Phone) -> None:
    asked.text("4")
    asked.text("stop")
    asked.now += timedelta(seconds=1)
    asked.text("start")
    assert asked.text("undo") == "There is nothing to take back."
    assert asked.answered() == [(TUESDAY, 4)]


def test_undo_does_not_take_back_the_opt_in() -> None:
    phone = Phone(newcomer())
    phone.text("yes")
    assert phone.text("undo") == "There is nothing to take back."
    assert phone.member.status is Status.ACTIVE


def test_undo_leaves_a_check_in_open_that_came_since(asked: Phone) -> None:
    asked.text("4")
    asked.prompted("2026-03-04T19:30").text("undo")
    assert (asked.answered(), asked.member.streak, asked.member.unanswered) == ([], 0, 2)
    assert asked.at("2026-03-05T09:00").text("6") == "6 for Wed."


def test_undo_does_not_bring_back_a_streak_that_an_unanswered_prompt_ended(ana: Phone) -> None:
    for day in (1, 2, 3):
        ana.prompted(f"2026-03-0{day}T19:30").text("7")
    ana.prompted("2026-03-04T19:30").prompted("2026-03-05T19:30").text("undo")
    assert ana.member.streak == 0


# Stats and summaries


def test_stats_say_what_the_last_thirty_days_brought(ana: Phone) -> None:
    ana.at("2026-02-01T12:00").text("1. win: long ago")
    ana.prompted("2026-03-02T19:30").text("6. win: a. win: b")
    ana.prompted("2026-03-03T19:30").text("3")
    ana.text("9")
    assert ana.text("stats") == "Last 30 days: 2 days answered, 2 wins, mood 7.5 on average. Streak: 2 days."


def test_stats_without_a_mood_name_no_average(asked: Phone) -> None:
    asked.text("win: called Ben")
    assert asked.text("STATS") == "Last 30 days: 1 day answered, 1 win."


def test_a_summary_goes_by_mail_where_there_is_an_address() -> None:
    phone = Phone(member(email="ana@example.com")).prompted("2026-03-03T19:30")
    phone.text("7")
    turn = phone.turn("SUMMARY")
    assert turn.replies == ("Your summary of March is on its way to your e-mail.",)
    assert turn.requests == (Requested(kind=Kind.MONTHLY_SUMMARY, month=date(2026, 3, 1)),)


def test_without_an_address_the_gist_is_said_at_once(asked: Phone) -> None:
    asked.text("7. win: sent my CV")
    turn = asked.turn("SUMMARY")
    assert turn.replies == ("March: you answered 1 of 1 check-in. Mood: 7 over 1 day. 1 win: sent my CV.",)
    assert turn.requests == ()


def test_a_summary_is_of_the_last_month_while_this_one_has_no_answer(ana: Phone) -> None:
    ana.prompted("2026-03-30T19:30").text("7")
    ana.prompted("2026-04-01T19:30")
    assert ana.text("summary").startswith("March: you answered 1 of 1")
    ana.text("5")
    assert ana.text("summary").startswith("April: you answered 1 of 1")


def test_a_month_that_began_before_the_journal_at_hand_is_read_whole_before_it_is_said(ana: Phone) -> None:
    ana.prompted("2026-02-27T19:30").text("7")
    turn = ana.at("2026-03-20T12:00").turn("summary")
    assert (turn.replies, turn.requests) == ((), (Requested(kind=Kind.MONTHLY_SUMMARY, month=date(2026, 2, 1)),))


def test_a_summary_of_nothing_is_kind(ana: Phone) -> None:
    assert ana.text("summary").startswith("It has been quiet here in March, and that is fine.")


# Stop, start, help


@pytest.mark.parametrize("text", ["STOP", "Stop. Thank you", "please stop texting me", "unsubscribe"])
def test_a_stop_gets_exactly_one_confirmation_and_then_silence(asked: Phone, text: str) -> None:
    assert asked.text(text) == "Unstuck: you are unsubscribed and will get no more messages. Reply START to come back."
    assert (asked.member.status, asked.member.opted_out_at) == (Status.STOPPED, asked.now)
    assert (asked.turns[-1].rescheduled, asked.turns[-1].due) == (True, None)
    stopped = asked.member
    for further in ("stop", "7", "yes", "ok", "undo", "stats", "resume", "what?", "pause"):
        assert asked.text(further) == ""
    assert asked.member == stopped


def test_help_is_answered_after_a_stop_too(ana: Phone) -> None:
    ana.text("stop")
    assert ana.text("HELP") == ("Unstuck: you are unsubscribed. Reply START to come back. help@unstuck.example")


def test_a_start_after_a_stop_brings_back_everything_as_it_was() -> None:
    phone = Phone(member(days=("mon", "thu"), prompt_time=time(8, 30), streak=3))
    before = phone.member
    phone.text("stop")
    stopped_at, phone.now = phone.now, phone.now + timedelta(seconds=1)
    assert phone.text("START") == "Welcome back. Next check-in Thu at 08:30."
    assert phone.member == before.model_copy(update={"opted_out_at": stopped_at, "started_at": phone.now})
    assert phone.turns[-1].due == schedule.next_due(before, phone.now)


def test_an_opt_out_by_link_or_by_the_carrier_is_a_stop_and_happens_once(asked: Phone) -> None:
    turn = conversation.opt_out(asked.member, asked.now)
    assert (turn.member.status, turn.rescheduled, turn.due, turn.replies) == (Status.STOPPED, True, None, ())
    tomorrow = asked.now + timedelta(days=1)
    again = turn.member.model_copy(update={"opted_out_at": tomorrow})
    assert conversation.opt_out(turn.member, tomorrow) == Turn(member=again)


def test_help_says_what_can_be_texted_and_whom_to_ask(ana: Phone) -> None:
    said = ana.text("HELP")
    assert "STOP" in said and "STATS" in said and said.endswith("help@unstuck.example")


# Whatever is said

STATES = {
    "pending": newcomer(),
    "active": member(),
    "asked": Phone(member(streak=3)).prompted("2026-03-03T19:30").member,
    "paused": member(pause=Pause()),
    "stopped": member(status=Status.STOPPED),
    "mailed": member(email="ana@example.com", name="志" * 60),
}
ANYTHING = (
    st.text(max_size=1600)
    | st.text("abc ,.;€[\n🎉’é", min_size=100, max_size=1600).map("8. win: {}".format)
    | st.lists(st.text("abc €🎉é", min_size=1, max_size=300), max_size=30).map(
        lambda wins: "\n".join(f"w: {win}" for win in wins)
    )
    | st.sampled_from(
        ["yes", "no", "stop", "start", "help", "7", "skip", "undo", "pause", "resume", "stats", "summary"]
    )
    | st.from_regex(r"pause for [0-9]{1,3} (days|weeks|months)", fullmatch=True)
)


@given(st.sampled_from(sorted(STATES)), st.lists(ANYTHING, min_size=1, max_size=4))
@example("asked", ["win: " + "a " * (LONGEST // 2)])
@example("asked", ["w: " + "🎉" * LONGEST])
@example("asked", ["w: € " * 2000, "summary"])
@example("active", ["sıx"])
def test_whatever_a_member_sends_gets_at_most_one_answer_of_two_segments(state: str, texts: list[str]) -> None:
    phone = Phone(STATES[state])
    for text in texts:
        assert count_segments(phone.text(text)).count <= 2


@given(st.sampled_from(sorted(STATES)), st.lists(ANYTHING, min_size=1, max_size=4))
def test_the_due_moment_is_set_exactly_when_what_decides_it_changes(state: str, texts: list[str]) -> None:
    phone = Phone(STATES[state])
    for text in texts:
        before = phone.member
        turn = phone.turn(text)
        changed = schedule.decides(before) != schedule.decides(turn.member)
        assert turn.rescheduled == changed
        assert turn.due == (schedule.next_due(turn.member, phone.now) if changed else None)


@given(st.sampled_from(sorted(STATES)), ANYTHING, st.timedeltas(timedelta(0), timedelta(hours=5)))
def test_no_text_passes_over_a_moment_that_has_come_and_waits_for_its_tick(
    state: str, text: str, late: timedelta
) -> None:
    phone = Phone(STATES[state])
    due = Due(member_id=phone.member.id, at=phone.now - late, kinds=(Kind.DAILY_CHECKIN,))
    phone.member = phone.member.model_copy(update={"due": due})
    turn = phone.turn(text)
    assert not turn.rescheduled


@given(st.sampled_from(["active", "asked", "paused", "mailed"]), ANYTHING)
def test_undo_restores_the_member_as_they_were_before_any_message(state: str, text: str) -> None:
    phone = Phone(STATES[state])
    before = heard(phone.member)
    phone.turn(text)
    if phone.member.undo:
        phone.turn("undo")
    if phone.member.status is Status.ACTIVE:
        assert phone.member == before.model_copy(update={"started_at": phone.member.started_at})


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("status", Status.STOPPED),
        ("prompt_time", time(8)),
        ("days", ("mon",)),
        ("timezone", "Asia/Kathmandu"),
        ("pause", Pause(until=date(2026, 3, 10))),
    ],
)
def test_the_due_moment_hangs_on_status_hour_days_zone_and_pause(field: str, value: object) -> None:
    assert field in schedule.DECIDED_BY
    changed = member().model_copy(update={field: value})
    now = new_york("2026-03-03T12:00")
    assert schedule.next_due(changed, now) != schedule.next_due(member(), now)


# What is sounded like a crisis, and what was said besides


@pytest.mark.parametrize(
    ("phone", "line"),
    [
        ("+14155550123", "988"),
        ("+447700900123", "116 123"),
        ("+353850000000", "50808"),
        ("+61491570156", "13 11 14"),
        ("+64211234567", "1737"),
        ("+919876543210", "14416"),
        ("+4915123456789", "116 123"),
        ("+12425551234", "findahelpline.com"),
        ("+819012345678", "findahelpline.com"),
    ],
)
def test_a_crisis_is_answered_with_the_line_of_the_numbers_country_and_nothing_else(phone: str, line: str) -> None:
    said = Phone(member(phone=phone)).text("5. I want to die")
    assert line in said and "automated" in said
    assert "5 for" not in said


def test_a_crisis_that_asks_to_stop_is_answered_and_stopped() -> None:
    phone = Phone(member())
    assert "988" in phone.text("stop texting me. I want to die")
    assert phone.member.status is Status.STOPPED


def test_a_report_beside_a_setting_is_recorded_and_the_setting_changed(asked: Phone) -> None:
    said = asked.text("8! text me at 12")
    assert said == "8 for Tue. 12:00 it is. Next check-in tomorrow at 12:00."
    assert asked.member.prompt_time == time(12)
    assert asked.member.journal[-1].mood == 8


def test_a_mood_in_words_is_recorded_as_an_estimate_and_said_back_as_one(asked: Phone) -> None:
    said = asked.text("rough one")
    assert "hard" in said and "send a number" in said
    assert (asked.member.journal[-1].mood, asked.member.journal[-1].mood_estimated) == (3, True)


def test_a_corrected_score_holds_from_then_on(asked: Phone) -> None:
    asked.text("4")
    assert asked.text("sorry meant 6") == "Mended: 6 for Tue."
    assert [entry.mood for entry in asked.member.journal if entry.mood] == [4, 6]


def test_an_hour_in_the_quiet_of_the_night_is_answered_with_the_nearest(asked: Phone) -> None:
    before = asked.member.prompt_time
    assert "20:30" in asked.text("text me at 11pm")
    assert asked.member.prompt_time == before
