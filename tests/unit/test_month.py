"""What a month comes to: which wins are on top, what is claimed of moods, and what is suggested."""

from datetime import date, timedelta
from typing import Any

import pytest

from shared.domain import month
from shared.domain.models import Cue, Entry, Goal, Member
from shared.domain.month import Month
from tests import months
from tests.months import entry, october


def of(*journal: Entry, **details: Any) -> Month:
    return months.month_of(months.member(journal, **details))


def days_with(phrase: str, moods: dict[int, float], kind: str = "engaged") -> tuple[Entry, ...]:
    named: dict[str, Any] = {kind: (phrase,)} if phrase else {}
    return tuple(entry(date(2026, 10, day), mood=mood, **named) for day, mood in moods.items())


def test_what_reached_a_goal_is_on_top_then_the_member_s_choice_then_what_moved_a_goal_then_better_days() -> None:
    goal = Goal(id="g1", text="finish it", set_on=months.OCTOBER, state="done", ended_on=date(2026, 10, 7))
    reached = entry(date(2026, 10, 7), wins=("reached",), goals={"g1": "finish it"})
    moved = entry(date(2026, 10, 6), wins=("moved",), goals={"g2": "apply"})
    chosen = (*months.asked(october(11)), entry(date(2026, 10, 11), wins=("chosen",)))
    good, poor = (entry(date(2026, 10, day), wins=(str(mood),), mood=mood) for day, mood in ((12, 9), (13, 3)))
    found = of(poor, good, moved, *chosen, reached, goals=(goal,))
    assert [(win.text, win.merit) for win in found.best] == [
        ("reached", "reached"),
        ("chosen", "chosen"),
        ("moved", "moved"),
    ]
    assert [win.text for group in found.groups for win in group.wins] == ["9", "3"]


def test_wins_are_grouped_by_goal_then_by_step_and_each_is_there_once() -> None:
    found = months.month_of(months.full())
    assert [group.goal_text or group.step for group in found.groups] == [
        "apply to 5 UX jobs",
        "put 3 projects in my portfolio",
        "upskill",
        "network",
        "wellbeing",
        None,
    ]
    shown = [win.text for group in found.groups for win in group.wins] + [win.text for win in found.best]
    told = [win for each in months.full().journal for win in each.wins if each.day.month == 10]
    assert sorted(shown) == sorted(told)


def test_a_goal_that_is_no_longer_kept_is_called_what_it_was() -> None:
    wins = (entry(date(2026, 10, day), wins=(f"win {day}",), goals={"g9": "an old goal"}) for day in range(1, 6))
    assert of(*wins).groups[0].goal_text == "an old goal"


def test_a_difference_that_chance_does_not_explain_is_told_with_its_counts() -> None:
    found = of(
        *days_with("mentoring Priya", {1: 7.5, 2: 8, 3: 7, 5: 7.5, 6: 8, 7: 7}),
        *days_with("", {8: 5, 9: 4.5, 10: 5.5, 11: 5, 12: 5, 13: 5}),
    )
    (effect,) = found.engaged
    assert (effect.days, effect.with_mood, effect.average_shown) == (6, 6, "7.5")
    assert (effect.others, effect.others_shown, effect.verdict) == (6, "5", "higher")
    assert found.suggestion.key == "more_of"


def test_a_difference_that_chance_may_bring_is_told_as_none() -> None:
    found = of(
        *days_with("mentoring", {1: 6, 2: 7, 3: 5, 5: 6}),
        *days_with("", {8: 5, 9: 6, 10: 5.5, 11: 6.5, 12: 5, 13: 6}),
    )
    assert found.engaged[0].verdict == "alike"
    assert found.suggestion.key != "more_of"


@pytest.mark.parametrize("named", [3, 7])
def test_too_few_days_on_either_side_say_nothing(named: int) -> None:
    moods = {day: 9.0 if day <= named else 2.0 for day in range(1, 11)}
    found = of(
        *days_with("mentoring", {day: mood for day, mood in moods.items() if day <= named}),
        *days_with("", {day: mood for day, mood in moods.items() if day > named}),
    )
    assert found.engaged[0].verdict == "few"


def test_a_month_is_called_higher_or_lower_than_the_last_only_where_chance_does_not_explain_it() -> None:
    def change(moods: float, before: float, days: int = 10) -> str | None:
        september = (entry(date(2026, 9, day), mood=before + day % 2) for day in range(1, days + 1))
        october = (entry(date(2026, 10, day), mood=moods + day % 2) for day in range(1, days + 1))
        return of(*september, *october).change

    assert [change(7, 4), change(4, 7), change(6, 6), change(9, 2, days=6)] == ["higher", "lower", "alike", None]


def test_a_comeback_is_the_first_answer_after_four_unanswered_prompts_and_a_skip_is_no_silence() -> None:
    asked = months.asked(october(*range(1, 15)))
    assert of(*asked, entry(date(2026, 10, 5))).comebacks == (date(2026, 10, 5),)
    assert of(*asked, entry(date(2026, 10, 4))).comebacks == ()
    assert of(*asked, entry(date(2026, 10, 4), "skipped"), entry(date(2026, 10, 6))).comebacks == ()


def test_the_longest_run_counts_prompts_answered_in_a_row_over_days_that_were_skipped() -> None:
    asked = months.asked(october(*range(1, 11)))
    told = (entry(day) for day in october(1, 2, 4, 5, 6, 8, 20))
    skipped = entry(date(2026, 10, 7), "skipped")
    assert of(*asked, *told, skipped).longest == 4


def test_signs_are_told_against_the_time_before_where_there_was_one() -> None:
    signs = months.month_of(months.full()).signs
    assert signs
    assert (signs.now, signs.gone, signs.new, signs.before_on) == ((1, 3), (2, 4), (), date(2026, 9, 2))
    alone = months.month_of(months.first()).signs
    assert alone
    assert (alone.gone, alone.new, alone.before_on) == ((), (), None)


def test_a_goal_s_date_is_projected_from_two_weeks_on_and_from_what_is_done() -> None:
    def projected(**details: Any) -> date | None:
        known = {"id": "g1", "text": "apply", "set_on": date(2026, 10, 2), "target": 4, "done": 2}
        return of(goals=(Goal.model_validate(known | details),)).aims[0].projected

    assert projected() == date(2026, 12, 1)  # half in 30 days, so the other half in 30 more
    assert projected(done=0) is None
    assert projected(set_on=date(2026, 10, 25)) is None
    assert projected(target=4000) is None
    assert projected(target=None) is None


def suggested(*journal: Entry, **details: Any) -> str:
    return of(*journal, **details).suggestion.key


def test_one_thing_is_suggested_and_rest_comes_first() -> None:
    heavy = days_with("the reorg", dict.fromkeys(range(1, 10), 3.0), "drained")
    told = days_with("", dict.fromkeys(range(1, 10), 6.0))
    behind = Goal(id="g1", text="apply", set_on=date(2026, 9, 1), target=10, done=1, due=date(2026, 12, 1))
    cue = Cue(days=("tue",), at=months.PLAN.log_off or months.NOW.time(), action="apply")
    assert suggested() == "one_number"
    assert suggested(*heavy) == "rest"
    assert suggested(*heavy, plan={"log_off": "18:00"}) == "rest_hour"
    assert suggested(*heavy, entry(date(2026, 10, 2), "logged_off")) == "log_off"
    assert suggested(*told, goals=(behind,)) == "plan_goal"
    assert suggested(*told, goals=(behind.model_copy(update={"cue": cue}),)) == "smaller_goal"
    assert suggested(*told, plan={"contacts": [{"name": "Dana"}]}) == "write_to"
    assert suggested(*told) == "set_goal"
    assert suggested(*told, goals=(behind.model_copy(update={"due": None}),)) == "keep"


def test_a_month_is_the_same_whatever_the_order_of_the_journal() -> None:
    who = months.full()
    turned = who.model_copy(update={"journal": who.journal[::-1]})
    assert months.month_of(turned) == months.month_of(who)


def test_the_chart_in_words_says_all_that_it_shows() -> None:
    said = month.alt_text(months.month_of(months.full()), "en")
    for shown in ("6.4 on average over 24 days", "lowest was 3.5 on Mon 12", "highest 8.5 on Thu 22", "Wins on Fri 2"):
        assert shown in said
    assert "Logged off in time on Tue 6, Wed 7" in said
    assert "September stands faintly behind it: 5 on average over 21 days." in said
    assert "none this month" in month.alt_text(of(), "en")


def test_nothing_personal_is_in_the_repr() -> None:
    found = of(entry(date(2026, 10, 5), mood=9.5, wins=("secret",), engaged=("secret",), drained=("secret",)))
    for value in (found, found.best[0], found.engaged[0]):
        assert "secret" not in repr(value) and "9.5" not in repr(value)


def test_today_is_not_over_and_breaks_no_run() -> None:
    journal = (*months.asked(october(1, 2, 3)), *(entry(day) for day in october(1, 2)))
    built = month.build(months.member(journal), months.OCTOBER, date(2026, 10, 3))
    assert built.longest == 2


def member_with(journal: tuple[Entry, ...]) -> Member:
    return months.member(journal)


def test_the_month_before_reaches_into_the_first_days() -> None:
    silent = months.asked(date(2026, 9, 26) + timedelta(days=n) for n in range(6))
    built = months.month_of(member_with((*silent, entry(date(2026, 10, 2)))))
    assert (built.comebacks, built.away) == ((date(2026, 10, 2),), 6)
