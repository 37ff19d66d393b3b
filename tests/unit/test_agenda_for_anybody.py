"""What holds of the texts of any weeks of anybody: how many there are, when they come and what they ask."""

import zoneinfo
from collections import Counter
from datetime import UTC, date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from hypothesis import given, settings
from hypothesis import strategies as st

from shared.content.segments import count_segments
from shared.domain import agenda
from shared.domain.judging import Verdict
from shared.domain.models import STEPS, WEEKDAYS, Kind, Member, Status
from shared.domain.quiet import is_quiet
from tests.unit.living import lived

GOING = (Verdict.SEND, Verdict.MERGED)

ZONES = st.sampled_from(sorted(zoneinfo.available_timezones() - {"Factory", "localtime", "posixrules"}))
AT_ANY_HOUR = st.times().map(lambda at: at.replace(second=0, microsecond=0))
BY_DAY = st.times(time(8), time(20, 59)).map(lambda at: at.replace(second=0, microsecond=0))
SOME_DAYS = st.sets(st.sampled_from(WEEKDAYS), min_size=1).map(lambda days: [day for day in WEEKDAYS if day in days])
SAID = st.sampled_from(
    ["7", "done", "yes", "no", "skip", "keep", "none", "1 3", "step 4", "done with step", "text me at 10", "undo",
     "every day", "weekdays only", "log off at 5pm", "no log off", "goal 1 done", "drop goal 1", "I moved to Denver",
     "pause for 3 days", "resume", "new experiment", "teach a class", "tomorrow", "win: sent my CV", "thanks"]
)  # fmt: skip
ANSWERS = st.lists(st.none() | SAID, min_size=1, max_size=12)
WEEKS = timedelta(weeks=6)


@st.composite
def goals_of(draw: st.DrawFn, start: date) -> list[dict[str, Any]]:
    cue = st.fixed_dictionaries({"days": SOME_DAYS, "at": BY_DAY, "action": st.text("abc ä🎉", max_size=60)})
    due = st.integers(-3, 25).map(lambda days: start + timedelta(days=days))
    goal = st.fixed_dictionaries(
        {
            "text": st.text("abc ä🎉", min_size=1, max_size=100),
            "set_on": st.just(start),
            "due": st.none() | due,
            "cue": st.none() | cue,
            "target": st.none() | st.just(5),
        }
    )
    return [{"id": f"g{n + 1}", **given} for n, given in enumerate(draw(st.lists(goal, max_size=4)))]


@st.composite
def plans(draw: st.DrawFn, start: date) -> dict[str, Any]:
    begun = start - timedelta(days=draw(st.integers(0, 40)))
    step = draw(st.none() | st.sampled_from(STEPS))
    reviews = draw(st.lists(st.integers(-3, 25), max_size=3))
    return {
        "step": step,
        "steps": {step: {"begun_on": begun, "ended_on": draw(st.none() | st.just(begun))}} if step else {},
        "signs_on": draw(st.none() | st.just(begun)),
        "log_off": draw(st.none() | BY_DAY),
        "experiments": [
            {"text": "try " * 20, "begun_on": begun, "review": start + timedelta(days=days)} for days in reviews
        ],
        "contacts": [{"name": "Ana"}],
        "intention": draw(st.none() | st.text("abc ", min_size=1, max_size=100)),
    }


@st.composite
def members(draw: st.DrawFn) -> tuple[Member, datetime]:
    """A member, and a moment to begin with."""
    now = draw(st.datetimes(datetime(2012, 1, 1), datetime(2035, 9, 30), timezones=st.just(UTC)))
    joined = now - timedelta(days=draw(st.integers(0, 90)))
    channels = draw(st.sampled_from([("sms",), ("sms", "email"), ("email",)]))
    given = {
        "id": draw(st.text("abc", min_size=1, max_size=6)),
        "status": Status.ACTIVE,
        "name": "Ana",
        "phone": "+14155550123",
        "email": "ana@example.com" if "email" in channels else None,
        "channels": channels,
        "prompt_time": draw(BY_DAY if "sms" in channels else AT_ANY_HOUR),
        "days": draw(SOME_DAYS),
        "timezone": draw(ZONES),
        "signed_up_at": joined,
        "confirmed_at": joined,
        "phone_confirmed_at": joined,
        "email_confirmed_at": joined,
        "goals": draw(goals_of(now.date())),
        "plan": draw(plans(now.date())),
        "silence": draw(st.sampled_from([0, 0, 3, 7, 12])),
    }
    return Member.model_validate(given), now


@settings(max_examples=150)
@given(members(), ANSWERS)
def test_no_day_has_more_than_two_texts_none_comes_at_night_and_no_kind_twice(
    who: tuple[Member, datetime], answers: list[str | None]
) -> None:
    kinds: Counter[tuple[date, str, Kind]] = Counter()
    texts: dict[str, list[datetime]] = {"sms": [], "email": []}
    for each in lived(*who, who[1] + WEEKS, answers):
        nudge, zone = each.nudge, ZoneInfo(each.member.timezone)
        if each.verdict is not Verdict.SEND:
            assert not set(each.fates.values()) & set(GOING)
            continue
        kinds.update((nudge.day, nudge.channel, kind) for kind in nudge.kinds)
        if agenda.counts(nudge):
            texts[nudge.channel].append(each.at)
            today = each.at.astimezone(zone).date()
            assert sum(at.astimezone(zone).date() == today for at in texts[nudge.channel]) <= agenda.MOST_TEXTS
        assert nudge.channel != "sms" or not is_quiet(each.at.astimezone(zone).time())
    assert max(kinds.values(), default=0) <= 1


@settings(max_examples=150)
@given(members(), ANSWERS)
def test_a_text_asks_one_thing_within_two_segments_and_that_is_open(
    who: tuple[Member, datetime], answers: list[str | None]
) -> None:
    for each in lived(*who, who[1] + WEEKS, answers):
        if each.verdict is not Verdict.SEND:
            continue
        assert each.text
        if each.nudge.channel == "sms":
            assert count_segments(each.text).count <= 2
        asking = [kind for kind in each.nudge.kinds if agenda.asks(kind, each.member)]
        assert len(asking) <= 1
        assert sorted(each.nudge.kinds, key=agenda.IMPORTANCE.index) == list(each.nudge.kinds)
        if asking:
            assert each.nudge.kinds[0] in (*asking, Kind.MONTHLY_SUMMARY)
            assert each.member.open_question is not None
            assert each.member.open_question.at == each.at


@given(members())
def test_what_stays_open_is_asked_about_in_the_end_and_once(who: tuple[Member, datetime]) -> None:
    """For somebody who writes now and then, and answers none of it."""
    member, now = who
    days = lived(member, now, now + timedelta(days=75), ["thanks"])
    sent = {(each.nudge.day, kind) for each in days for kind, fate in each.fates.items() if fate is Verdict.SEND}
    asked = Counter(kind for _, kind in sent)
    if "sms" in member.channels:
        assert asked[Kind.GOAL_DUE] == sum(goal.due is not None for goal in member.goals)
    assert asked[Kind.EXPERIMENT_REVIEW] == len(member.plan.experiments)
    assert asked[Kind.RUT_CHECK] in (1, 2, 3, 4)
