"""A member is spoken to in their own language, whatever says it: answers, nudges, dates, charts, links."""

from datetime import date, time
from itertools import combinations
from typing import Any

import pytest

from cli.rehearsal import BRAND
from shared.content import dates
from shared.content.segments import count_segments
from shared.content.texts import LANGUAGES, Language, catalogue, preferred
from shared.domain import crisis, nudging
from shared.domain.answers import onboarding
from shared.domain.models import STEPS, WEEKDAYS, Cue, Experiment, Goal, Kind, Member, Nudge, OpenQuestion, Plan, Status
from tests.unit.conversing import TUESDAY, Phone, member, new_york, newcomer
from tests.unit.transcripts import ENGLISH, words

NOON = new_york("2026-03-03T12:05")
TEXTED = [
    *(Kind.OPT_IN, Kind.DAILY_CHECKIN, Kind.SNOOZED, Kind.WEEKLY_REVIEW, Kind.LOG_OFF, Kind.MONTHLY_SUMMARY),
    *(Kind.GOAL_CUE, Kind.GOAL_DUE, Kind.EXPERIMENT_REVIEW),
]


def spanish(**details: Any) -> Member:
    return member(language="es", **details)


def test_days_and_dates_are_named_in_each_language() -> None:
    wednesday, today = date(2026, 9, 30), date(2026, 9, 28)
    assert [dates.label(wednesday, each) for each in LANGUAGES] == ["Wed 30 Sep", "mié 30 de sept"]
    assert [dates.month_and_year(wednesday, each) for each in LANGUAGES] == ["September 2026", "septiembre de 2026"]
    assert [dates.clock(time(7, 30), each) for each in LANGUAGES] == ["7:30 am", "7:30"]
    assert [dates.clock("19:00", each) for each in LANGUAGES] == ["7:00 pm", "19:00"]
    assert dates.at(wednesday, time(19, 30), wednesday, "es") == "hoy a las 19:30"
    assert dates.at(wednesday, time(19, 30), today, "es") == "el mié a las 19:30"
    assert dates.at(wednesday, time(19, 30), date(2026, 9, 1), "es") == "el mié 30 de sept a las 19:30"


@pytest.mark.parametrize(
    ("wishes", "language"),
    [
        (("es-MX,es;q=0.9,en;q=0.8",), "es"),
        (("en-US,es;q=0.5",), "en"),
        (("fr-FR,fr;q=0.9,es;q=0.4",), "es"),
        (("", "es"), "es"),
        (("xx", "es"), "es"),
        ((None, ""), "en"),
        (("est",), "en"),
        (("es" * 10_000, ",;=-" * 10_000), "en"),
    ],
)
def test_of_what_is_wished_for_the_first_language_spoken_here_is_taken(
    wishes: tuple[str | None, ...], language: Language
) -> None:
    assert preferred(*wishes) == language


@pytest.mark.parametrize("count", range(6))
def test_any_signs_get_a_suggestion_with_its_reason_in_spanish(count: int) -> None:
    for signs in combinations(onboarding.SIGNS, count):
        phone = Phone(newcomer(language="es"), NOON)
        phone.text("SI")
        said = phone.text(" y ".join(map(str, signs)) or "ninguna")
        assert catalogue("es")[f"onboarding.because_{onboarding.suggested_step(signs)}"][0] in said
        assert said.endswith("1 balance 2 metas 3 habilidades 4 red 5 riesgos 6 salud.")
        assert ("..." in said, count_segments(said).count <= 2) == (False, True)


@pytest.mark.parametrize("number", range(1, 7))
def test_each_step_begins_in_spanish_with_an_example_and_one_question_at_most(number: int) -> None:
    for day in range(3, 15):
        said = Phone(spanish(), new_york(f"2026-03-{day:02}T12:00")).text(f"PASO {number}")
        assert any(example in said for example in catalogue("es")[f"examples.{STEPS[number - 1]}"])
        assert (said.count("?") <= 1, "..." in said, count_segments(said).count <= 2) == (True, False, True)


def test_a_name_with_accents_is_greeted_with_it() -> None:
    for name in ("José", "María", "Sofía Guadalupe"):
        phone = Phone(newcomer(language="es", name=name), NOON)
        said = phone.text("sí")
        assert said.startswith(f"Te damos la bienvenida, {name.replace('í', 'i')}. ")
        assert said.endswith("o NINGUNA.") and count_segments(said).count == 2


@pytest.mark.parametrize("status", [Status.PENDING, Status.ACTIVE])
@pytest.mark.parametrize("kind", TEXTED)
def test_every_nudge_is_in_the_members_language(kind: Kind, status: Status) -> None:
    goals = (
        Goal(id="g1", text="km", set_on=TUESDAY, due=date(2026, 3, 2)),
        Goal(id="g2", text="km", set_on=TUESDAY, cue=Cue(days=WEEKDAYS, at=time(12), action="x")),
    )
    plan = Plan(log_off=time(18), experiments=(Experiment(text="x", begun_on=TUESDAY, review=TUESDAY),))
    nudge = Nudge(member_id="ana", kind=kind, channel="sms", day=TUESDAY, due_at=NOON, month=date(2026, 2, 1))
    who = spanish(status=status, goals=goals, plan=plan)
    said = nudging.text_of(nudge, who, BRAND)
    assert words(said) & ENGLISH == set()
    assert said != nudging.text_of(nudge, who.model_copy(update={"language": "en"}), BRAND)


def test_switching_switches_everything_and_undo_switches_back() -> None:
    phone = Phone(member())
    assert phone.text("Español!").startswith("Hablamos español. Tu siguiente pregunta llega ")
    assert phone.text("7") == "Un 7 (mar)."
    assert phone.text("english").startswith("English it is.")
    phone.text("undo")
    assert phone.member.language == "es"


@pytest.mark.parametrize("asked", [None, "daily_checkin", "values", "goal"])
@pytest.mark.parametrize("word", ["METAS", "LOGROS", "PAUSA", "VOLVER", "RESUMEN", "COMO VOY", "BORRAR", "LUEGO"])
def test_a_command_that_is_offered_in_spanish_is_one_whatever_else_is_open(word: str, asked: str | None) -> None:
    def answered(asked: str | None) -> str:
        opened = OpenQuestion(asked=asked, day=TUESDAY, at=NOON) if asked else None
        return Phone(spanish(open_question=opened, plan=Plan(step="audit")), NOON).text(word)

    assert answered(asked) == answered(None)


@pytest.mark.parametrize(
    ("phone", "line"),
    [
        ("+14155550123", "988"),
        ("+34612345678", "024"),
        ("+5215512345678", "800 911 2000"),
        ("+5491123456789", "a quién"),
    ],
)
def test_a_crisis_is_told_the_line_of_the_members_country_in_their_language(phone: str, line: str) -> None:
    said = crisis.answer(phone, "es")
    assert line in crisis.line(phone, "es") and line in said
    assert count_segments(said).count <= 2 and count_segments(said).encoding == "GSM-7"
