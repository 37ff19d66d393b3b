"""The oracle counts what it must: each test takes a right record and breaks one thing in it."""

from datetime import UTC, date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from cli.simulation.oracle import Oracle
from cli.simulation.record import DAYS, Life, Meaning, Queued, Record, Sent, Setting, Told, Written, Wrote
from cli.simulation.simulation import ZEROS

PHONE, MEMBER, ZONE = "+14152000000", "0123456789abcdef", "America/New_York"
TUESDAY = date(2026, 3, 3)
WEDNESDAY = TUESDAY + timedelta(days=1)
QUESTION = "How was work today, 1-10?"


def at(clock: str, day: date = TUESDAY) -> datetime:
    """An instant by the member's own clock."""
    return datetime.combine(day, time.fromisoformat(clock), ZoneInfo(ZONE)).astimezone(UTC)


class Case:
    """A member of a few days, who is asked on Tuesday at 19:30, and answers "7" half an hour later."""

    def __init__(self) -> None:
        self.record = Record(at("00:00"), at("00:00", TUESDAY + timedelta(days=1)))
        setting = Setting(ZONE, time(19, 30), DAYS, ("sms",))
        self.life = Life(PHONE)
        self.life.agree_first(at("09:00"), setting)
        self.life.agree(at("09:30"), at("09:30"), active=True)
        self.record.lives[PHONE] = self.life
        self.record.ids[PHONE] = MEMBER
        self.record.states[MEMBER] = {
            "status": "active",
            "timezone": ZONE,
            "prompt_time": "19:30:00",
            "days": list(DAYS),
        }
        self.queue("daily_checkin#2026-03-03#sms", at("19:30"))
        self.send("daily_checkin#2026-03-03#sms", at("19:30:05"))
        self.settle("daily_checkin#2026-03-03#sms", at("19:30:06"))
        self.answer = self.write("7", Meaning("report", 7), at("20:00"))
        self.note(self.answer, TUESDAY, 7)

    def queue(self, nudge_id: str, when: datetime) -> None:
        kind = nudge_id.split("#")[0]
        self.record.queued[MEMBER, nudge_id] = Queued(when, MEMBER, nudge_id, (kind,), asked_for=False)

    def send(self, nudge_id: str, when: datetime, words: str = "") -> Sent:
        sid = f"SM{len(self.record.sent)}"
        text = Sent(when, PHONE, words or f"{QUESTION} {sid}", MEMBER, nudge_id, sid)
        self.record.sent.append(text)
        return text

    def settle(self, nudge_id: str, when: datetime, state: str = "sent") -> None:
        kind = nudge_id.split("#")[0]
        told = {"state": state, "fates": f"{kind}:{state}", "settled_at": when.isoformat()}
        self.record.nudges[MEMBER, nudge_id] = told

    def write(self, words: str, meaning: Meaning, when: datetime) -> Wrote:
        sid = f"IN{len(self.record.wrote)}"
        text = Wrote(PHONE, sid, when, words, meaning, when + timedelta(seconds=1))
        self.record.wrote.append(text)
        self.record.replies.setdefault(MEMBER, set()).add(sid)
        return text

    def note(self, text: Wrote, day: date, mood: float | None) -> None:
        entries = self.record.journal.setdefault(MEMBER, {}).setdefault(text.sid, [])
        entries.append(Written(day, text.at, "answered", mood))

    def agree(self, when: datetime, **changes: Any) -> None:
        self.life.agree(when, when, **changes)

    def broken(self) -> dict[str, int]:
        """How many times which rules were broken."""
        oracle = Oracle(self.record)
        counts = {rule: len(getattr(oracle, rule)()) for rule in ZEROS}
        return {rule: count for rule, count in counts.items() if count}


@pytest.fixture
def case() -> Case:
    return Case()


def test_nothing_is_wrong_with_a_day_as_it_should_be(case: Case) -> None:
    assert case.broken() == {}


# Texts


@pytest.mark.parametrize("clock", ["21:05", "23:59", "03:00", "07:59"])
def test_a_text_at_night_counts(case: Case, clock: str) -> None:
    case.send("log_off#2026-03-03#sms", at(clock))
    assert case.broken() == {"texts_at_night": 1}


@pytest.mark.parametrize("clock", ["08:00", "20:59:59", "21:00:30"])
def test_a_text_that_leaves_as_the_evening_ends_is_none_at_night(case: Case, clock: str) -> None:
    case.send("log_off#2026-03-03#sms", at(clock))
    assert case.broken() == {}


def test_night_is_by_the_clock_of_where_the_member_lives_now(case: Case) -> None:
    case.agree(at("12:00"), zone="Europe/Berlin")
    case.record.states[MEMBER]["timezone"] = "Europe/Berlin"
    case.send("log_off#2026-03-03#sms", at("16:00"))
    assert case.broken()["texts_at_night"] == 2  # the check-in, too: it is half past midnight there


def test_a_text_that_was_asked_for_may_come_at_night_and_only_where_it_was(case: Case) -> None:
    case.send("daily_checkin#snoozed-20260304T030000#sms", at("22:00"))
    assert case.broken() == {"texts_at_night": 1}
    case.write("LATER", Meaning("snooze", value=60), at("21:00"))
    assert case.broken() == {}


def test_a_third_text_on_a_date_counts_and_not_one_that_never_arrived(case: Case) -> None:
    case.send("log_off#2026-03-03#sms", at("18:00"))
    assert case.broken() == {}
    third = case.send("plan_step#2026-03-03#sms", at("12:00"))
    assert case.broken() == {"over_two_a_day": 1}
    case.record.undelivered.add(third.sid)
    assert case.broken() == {}


@pytest.mark.parametrize(("moved", "broken"), [("01:29", {}), ("01:00", {"over_two_a_day": 1})])
def test_a_text_on_its_way_as_its_reader_moves_may_be_of_the_date_where_they_lived(
    case: Case, moved: str, broken: dict[str, int]
) -> None:
    """It is Wednesday, and still Tuesday evening in Honolulu."""
    case.send("log_off#2026-03-03#sms", at("18:00"))
    case.agree(at(moved, WEDNESDAY), zone="Pacific/Honolulu")
    case.record.states[MEMBER]["timezone"] = "Pacific/Honolulu"
    case.queue("daily_checkin#2026-03-04#sms", at("01:28", WEDNESDAY))
    case.send("daily_checkin#2026-03-04#sms", at("01:30", WEDNESDAY))
    case.settle("daily_checkin#2026-03-04#sms", at("01:30:01", WEDNESDAY))
    assert case.broken() == broken


def test_a_nudge_texted_twice_counts_in_whatever_words(case: Case) -> None:
    first = case.record.sent[0]
    case.send(first.nudge_id, at("19:35"))
    assert case.broken() == {"double_texts": 1}
    case.record.undelivered.add(first.sid)
    assert case.broken() == {}


def test_the_same_words_twice_on_a_date_count_whatever_they_are_called(case: Case) -> None:
    case.send("weekly_review#2026-03-03#sms", at("19:35"), case.record.sent[0].body)
    assert case.broken() == {"double_texts": 1}


def test_the_same_words_on_the_next_day_do_not_count_as_twice_for_a_move_to_the_day_before(case: Case) -> None:
    tuesdays = case.record.sent[0]
    case.agree(at("01:29", WEDNESDAY), zone="Pacific/Honolulu")
    case.record.states[MEMBER]["timezone"] = "Pacific/Honolulu"
    case.queue("daily_checkin#2026-03-04#sms", at("01:29", WEDNESDAY))
    case.send("daily_checkin#2026-03-04#sms", at("01:30", WEDNESDAY), tuesdays.body)
    case.settle("daily_checkin#2026-03-04#sms", at("01:30:01", WEDNESDAY))
    assert case.broken() == {}


def test_a_text_after_stop_counts_even_if_it_was_asked_for(case: Case) -> None:
    case.write("LATER", Meaning("snooze", value=60), at("20:10"))
    stop = case.write("please stop", Meaning("stop"), at("20:20"))
    case.agree(at("20:20"), active=False)
    case.record.states[MEMBER]["status"] = "stopped"
    case.record.told.append(Told(at("20:20:01"), PHONE, "You will hear no more.", stop.sid))
    assert case.broken() == {}
    case.send("daily_checkin#snoozed-20260304T021000#sms", at("20:40"))
    assert case.broken() == {"texts_after_stop": 1}


def test_an_answer_after_stop_counts_but_for_help_and_start(case: Case) -> None:
    case.agree(at("20:20"), active=False)
    case.record.states[MEMBER]["status"] = "stopped"
    for words, name in (("HELP", "help"), ("8", "report")):
        text = case.write(words, Meaning(name), at("20:30"))
        case.record.told.append(Told(at("20:30:01"), PHONE, "Said back.", text.sid))
    assert case.broken() == {"texts_after_stop": 1}


# Replies


def test_a_text_that_was_never_taken_is_lost(case: Case) -> None:
    case.write("thanks", Meaning("other"), at("20:10")).taken = None
    assert case.broken() == {"lost_replies": 1}


def test_a_text_that_the_table_knows_nothing_of_is_lost_whatever_it_was_answered(case: Case) -> None:
    case.record.replies[MEMBER].clear()
    assert case.broken() == {"lost_replies": 1}


@pytest.mark.parametrize("moods", [[], [3.0], [7.0, 7.0]])
def test_a_score_that_is_not_on_record_once_as_it_was_meant_is_lost(case: Case, moods: list[float]) -> None:
    case.record.journal[MEMBER][case.answer.sid] = [
        Written(TUESDAY, case.answer.at, "answered", each) for each in moods
    ]
    assert case.broken()["lost_replies"] == 1


def test_a_score_may_be_misread_only_while_the_service_does_not_know_that_it_has_asked(case: Case) -> None:
    case.record.journal.clear()
    assert case.broken() == {"lost_replies": 1}
    case.settle("daily_checkin#2026-03-03#sms", at("20:04"))
    assert case.broken() == {}
    case.record.receipts[case.record.sent[0].sid] = at("19:30:20")
    assert case.broken() == {"lost_replies": 1}


def test_a_score_that_was_taken_back_is_not_lost(case: Case) -> None:
    del case.record.journal[MEMBER][case.answer.sid]
    case.write("UNDO", Meaning("undo", value=case.answer.sid), at("20:05"))
    assert case.broken() == {}


@pytest.mark.parametrize(
    ("kept", "value"),
    [("timezone", "Asia/Tokyo"), ("prompt_time", "08:00:00"), ("days", ["mon"]), ("status", "stopped")],
)
def test_a_setting_that_is_not_as_it_was_asked_for_is_a_text_that_was_lost(case: Case, kept: str, value: Any) -> None:
    case.record.states[MEMBER][kept] = value
    assert case.broken() == {"lost_replies": 1}


# Days


@pytest.mark.parametrize(
    ("clock", "day"),
    [
        (("23:50", TUESDAY), TUESDAY),
        (("00:40", WEDNESDAY), TUESDAY),
        (("09:00", WEDNESDAY), TUESDAY),
        (("12:30", WEDNESDAY), WEDNESDAY),
    ],
)
def test_a_reply_counts_for_the_day_that_was_asked_about_until_noon_and_for_no_other(
    case: Case, clock: tuple[str, date], day: date
) -> None:
    case.record.wrote.clear()
    case.record.end = at(*clock)
    late = case.write("7", Meaning("report", 7), at(*clock))
    for claimed in (TUESDAY, WEDNESDAY):
        case.record.journal[MEMBER] = {late.sid: [Written(claimed, late.at, "answered", 7)]}
        assert case.broken() == ({} if claimed == day else {"wrong_day_replies": 1})


@pytest.mark.parametrize(("clock", "either"), [("08:30:05.008", True), ("08:30:12", False)])
def test_a_reply_of_the_second_in_which_a_prompt_goes_out_may_be_the_answer_to_the_one_before(
    case: Case, clock: str, either: bool
) -> None:
    case.record.wrote.clear()
    case.queue("daily_checkin#2026-03-04#sms", at("08:30", WEDNESDAY))
    case.send("daily_checkin#2026-03-04#sms", at("08:30:05.006", WEDNESDAY))
    case.settle("daily_checkin#2026-03-04#sms", at("08:30:05", WEDNESDAY))
    early = case.write("7", Meaning("report", 7), at(clock, WEDNESDAY))
    case.record.journal[MEMBER] = {early.sid: [Written(WEDNESDAY, early.at, "answered", 7)]}
    assert case.broken() == {}
    case.record.journal[MEMBER] = {early.sid: [Written(TUESDAY, early.at, "answered", 7)]}
    assert case.broken() == ({} if either else {"wrong_day_replies": 1})


@pytest.mark.parametrize(("clock", "day"), [("03:59", TUESDAY), ("04:00", WEDNESDAY)])
def test_once_the_day_has_its_answer_another_counts_for_the_date_which_turns_at_four(
    case: Case, clock: str, day: date
) -> None:
    another = case.write("5", Meaning("report", 5), at(clock, WEDNESDAY))
    for claimed in (TUESDAY, WEDNESDAY):
        case.record.journal[MEMBER][another.sid] = [Written(claimed, another.at, "answered", 5)]
        assert case.broken() == ({} if claimed == day else {"wrong_day_replies": 1})


def test_a_day_that_was_named_is_the_one_that_counts(case: Case) -> None:
    named = case.write("yesterday 3", Meaning("report", 3, back=1), at("20:30"))
    case.note(named, TUESDAY, 3)
    assert case.broken() == {"wrong_day_replies": 1}
    case.record.journal[MEMBER][named.sid] = [Written(TUESDAY - timedelta(days=1), named.at, "answered", 3)]
    assert case.broken() == {}


def test_a_correction_counts_for_the_day_told_of_last(case: Case) -> None:
    mended = case.write("sorry meant 4", Meaning("correct", 4), at("05:00", WEDNESDAY))
    case.note(mended, WEDNESDAY, 4)
    assert case.broken() == {"wrong_day_replies": 1}


def test_a_reply_that_is_on_record_for_two_days_counts(case: Case) -> None:
    case.note(case.answer, WEDNESDAY, 7)
    assert case.broken()["wrong_day_replies"] == 1


# Nudges


def test_a_nudge_that_was_queued_and_never_settled_is_unaccounted_for(case: Case) -> None:
    case.queue("log_off#2026-03-03#sms", at("18:00"))
    assert case.broken() == {"unaccounted_nudges": 1}
    case.record.nudges[MEMBER, "log_off#2026-03-03#sms"] = {"state": "claimed"}
    assert case.broken() == {"unaccounted_nudges": 1}
    case.settle("log_off#2026-03-03#sms", at("18:01"), "missed")
    assert case.broken() == {}


@pytest.mark.parametrize(
    ("agreed", "is_due"),
    [
        ({}, True),
        ({"hour": time(20, 30)}, True),
        ({"hour": time(9)}, False),
        ({"days": ("mon",)}, False),
        ({"paused": WEDNESDAY}, False),
        ({"paused": TUESDAY}, True),
        ({"active": False}, False),
    ],
)
def test_a_check_in_that_fell_due_and_was_never_queued_is_unaccounted_for(
    case: Case, agreed: dict[str, Any], is_due: bool
) -> None:
    case.record.queued.clear()
    case.agree(at("10:00"), **agreed)
    assert ("unaccounted_nudges" in case.broken()) is is_due


@pytest.mark.parametrize(("prompts", "is_due"), [(13, True), (14, False)])
def test_whoever_has_been_silent_for_fourteen_prompts_is_owed_none(case: Case, prompts: int, is_due: bool) -> None:
    case.record.wrote.clear()
    case.record.queued.clear()
    for n in range(1, prompts + 1):
        day = TUESDAY - timedelta(days=n)
        case.queue(f"daily_checkin#{day}#sms", at("19:30", day))
    owed = [line for line in Oracle(case.record).unaccounted_nudges() if line.startswith(f"the check-in of {TUESDAY}")]
    assert bool(owed) is is_due


def test_a_check_in_in_the_hour_that_a_clock_change_skips_is_due_right_after_it(case: Case) -> None:
    sunday = date(2026, 3, 8)
    case.agree(at("10:00"), hour=time(2, 30), days=("sun",))
    case.record.end = at("00:00", sunday + timedelta(days=1))
    (line,) = [line for line in Oracle(case.record).unaccounted_nudges() if str(sunday) in line]
    assert "due at 2026-03-08 07:00:00+00:00" in line
