"""Months of believable members, for the tests that read what is written to them, the benchmark and the pictures."""

from collections.abc import Iterable
from datetime import UTC, date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from shared.channels import letters, mail
from shared.channels.links import Links
from shared.domain import month
from shared.domain.models import Contact, Cue, Entry, Experiment, Goal, Learning, Member, Plan, Status, StepState

HOUSE = letters.House("Unstuck", "+15550100123", "12 Harbour Street, Portland, ME 04101")
LINKS = Links("https://unstuck.example", "a key of the tests")
OCTOBER, NOVEMBER_1 = date(2026, 10, 1), date(2026, 11, 1)
NOW = datetime(2026, 11, 1, 13, 0, tzinfo=UTC)
_ZONE = ZoneInfo("America/New_York")

JOBS = Goal(
    id="g2",
    text="apply to 5 UX jobs",
    set_on=date(2026, 9, 14),
    unit="jobs",
    target=5,
    done=3,
    due=date(2026, 12, 15),
    value="creativity",
    cue=Cue(days=("tue", "thu"), at=time(19), action="open the job board"),
)
COURSE = Goal(
    id="g1",
    text="finish the UX research course",
    set_on=date(2026, 8, 3),
    unit="modules",
    target=6,
    done=6,
    state="done",
    ended_on=date(2026, 10, 22),
)
PORTFOLIO = Goal(
    id="g3", text="put 3 projects in my portfolio", set_on=date(2026, 9, 1), target=3, done=1, due=date(2026, 11, 30)
)

# What Nadia told, by day: her mood, what engaged and drained her, her wins, and what those were for.
_TOLD: dict[int, tuple[float | None, str, str, str, str]] = {
    1: (5, "", "the budget meeting", "", ""),
    2: (6.5, "mentoring Priya", "", "finished module 4", "upskill"),
    3: (None, "", "", "went for a long run before breakfast", ""),
    5: (4, "", "status meetings all day", "", ""),
    6: (7.5, "sketching the sign-up flow", "", "sketched three screens for the portfolio", "g3"),
    7: (7, "mentoring the interns", "", "", ""),
    8: (5, "", "the budget again", "applied to the museum job", "g2"),
    9: (6, "user interviews", "", "ran my first two user interviews", "upskill"),
    12: (3.5, "", "reorg rumours, a meeting about meetings", "", ""),
    13: (5, "", "", "asked Dana for coffee", "network"),
    14: (8, "mentoring Priya", "", "Priya got her first project, and thanked me", ""),
    15: (7, "sketching", "", "finished module 5", "upskill"),
    16: (6.5, "user interviews", "", "", ""),
    18: (7, "", "", "first case study is up on my portfolio", "g3"),
    19: (4.5, "", "budget meeting", "", ""),
    20: (7.5, "coffee with Dana", "", "Dana introduced me to her design lead", "network"),
    21: (7.5, "mentoring the interns", "", "said no to the newsletter rewrite", ""),
    22: (8.5, "", "", "finished the UX research course", "g1"),
    23: (7, "sketching", "", "", ""),
    25: (7.5, "", "", "sent my portfolio to Dana's design lead", "g2"),
    26: (5, "", "budget meeting with finance", "", ""),
    27: (7, "mentoring Priya", "", "applied to two jobs from the list", "g2"),
    28: (6.5, "user interviews", "", "", ""),
    29: (8, "mentoring, and they asked me back", "", "they asked me to run the interns' workshop", ""),
    30: (7, "", "", "logged off at six all week", "wellbeing"),
}
_SEPTEMBER = {1: 5, 2: 4, 3: 5, 4: 4.5, 8: 4, 9: 5.5, 10: 5, 11: 6, 14: 4, 15: 5, 16: 6, 17: 4.5, 18: 5, 21: 5.5}
_SEPTEMBER |= {22: 6, 23: 5, 24: 4, 25: 5.5, 28: 5, 29: 6, 30: 5.5}
_GOALS = {goal.id: goal.text for goal in (COURSE, JOBS, PORTFOLIO)}
PLAN = Plan(
    step="network",
    steps={"upskill": StepState(begun_on=date(2026, 8, 3), ended_on=date(2026, 10, 22))},
    signs=(1, 3),
    signs_on=date(2026, 10, 2),
    signs_before=(1, 2, 3, 4),
    signs_before_on=date(2026, 9, 2),
    values=("creativity", "good people", "time for my son"),
    core_value="creativity",
    dealbreakers=("budget meetings", "the commute"),
    learning=(
        Learning(
            text="UX research",
            means="the UX research course",
            begun_on=date(2026, 8, 3),
            counted={"module": 6},
            skill="interviewing users",
            ended_on=date(2026, 10, 22),
        ),
    ),
    contacts=(
        Contact(name="Dana", last=date(2026, 10, 20)),
        Contact(name="Prof. Lee", last=date(2026, 10, 16)),
        Contact(name="Tom from the agency", last=date(2024, 5, 1)),
    ),
    experiments=(
        Experiment(text="shadow Dana's team for a day", begun_on=date(2026, 10, 21), review=date(2026, 11, 12)),
    ),
    runway=2.5,
    log_off=time(18),
)


def entry(day: date, kind: str = "answered", hour: int = 19, **said: Any) -> Entry:
    at = datetime.combine(day, time(hour, 30), _ZONE).astimezone(UTC)
    return Entry.model_validate({"day": day, "at": at, "source": f"{kind}-{hour}-{day}", "kind": kind, **said})


def asked(days: Iterable[date]) -> tuple[Entry, ...]:
    """Prompts for these days, on Sundays the review."""
    kinds = ((day, "weekly_review" if day.weekday() == 6 else "daily_checkin") for day in days)
    return tuple(entry(day, "prompted", 18, source=f"{kind}#{day}#sms") for day, kind in kinds)


def october(*days: int) -> tuple[date, ...]:
    return tuple(date(2026, 10, day) for day in days)


# The same for who speaks Spanish.
_ES = {
    "apply to 5 UX jobs": "enviar 5 solicitudes de UX",
    "open the job board": "abrir el portal de empleo",
    "finish the UX research course": "terminar el curso de investigación UX",
    "put 3 projects in my portfolio": "poner 3 proyectos en mi portafolio",
    "the budget meeting": "la reunión de presupuesto",
    "mentoring Priya": "la mentoría con Paula",
    "finished module 4": "terminé el módulo 4",
    "went for a long run before breakfast": "corrí un buen rato antes del desayuno",
    "status meetings all day": "reuniones de estado todo el día",
    "sketching the sign-up flow": "bocetos del alta",
    "sketched three screens for the portfolio": "hice tres bocetos para el portafolio",
    "mentoring the interns": "la mentoría de becarios",
    "the budget again": "otra vez el presupuesto",
    "applied to the museum job": "envié la solicitud del museo",
    "user interviews": "entrevistas con usuarios",
    "ran my first two user interviews": "hice mis dos primeras entrevistas con usuarios",
    "reorg rumours, a meeting about meetings": "rumores de reorganización, una reunión sobre reuniones",
    "asked Dana for coffee": "invité a Dana a un café",
    "Priya got her first project, and thanked me": "Paula tiene su primer proyecto, y me dio las gracias",
    "sketching": "bocetos",
    "finished module 5": "terminé el módulo 5",
    "first case study is up on my portfolio": "el primer caso ya está en mi portafolio",
    "budget meeting": "reunión de presupuesto",
    "coffee with Dana": "café con Dana",
    "Dana introduced me to her design lead": "Dana me presentó a su jefa de diseño",
    "said no to the newsletter rewrite": "dije que no a rehacer el boletín",
    "finished the UX research course": "terminé el curso de investigación UX",
    "sent my portfolio to Dana's design lead": "mandé mi portafolio a la jefa de diseño de Dana",
    "budget meeting with finance": "reunión de presupuesto con finanzas",
    "applied to two jobs from the list": "envié dos solicitudes de la lista",
    "mentoring, and they asked me back": "la mentoría, y quieren que repita",
    "they asked me to run the interns' workshop": "me pidieron dar el taller de becarios",
    "logged off at six all week": "cerré a las seis toda la semana",
    "interviewing users": "entrevistar a usuarios",
    "UX research": "investigación UX",
    "the UX research course": "el curso de investigación UX",
    "creativity": "creatividad",
    "good people": "buena gente",
    "time for my son": "tiempo para mi hijo",
    "budget meetings": "las reuniones de presupuesto",
    "the commute": "el trayecto",
    "Tom from the agency": "Tomás de la agencia",
    "shadow Dana's team for a day": "pasar un día con el equipo de Dana",
    "the reorg": "la reorganización",
    "reorg meetings": "reuniones de reorganización",
    "the reorg again": "otra vez la reorganización",
    "finance": "finanzas",
    "bad sleep": "dormir mal",
    "reorg": "reorganización",
    "cooked instead of working late": "cociné en vez de trabajar hasta tarde",
    "wrote to Unstuck again": "volví a escribir a Unstuck",
    "a walk at lunch": "un paseo a mediodía",
    "updated my CV": "actualicé mi currículum",
    "status meetings": "reuniones de estado",
    "looked at courses": "miré cursos",
}


def _translated(told: Any) -> Any:
    """What was told, however deep, in Spanish where it has it."""
    if isinstance(told, dict):
        return {name: _translated(each) for name, each in told.items()}
    if isinstance(told, list | tuple):
        return [_translated(each) for each in told]
    return _ES.get(told, told) if isinstance(told, str) else told


def member(journal: tuple[Entry, ...] = (), **details: Any) -> Member:
    known: dict[str, Any] = {
        "id": "nadia",
        "status": Status.ACTIVE,
        "name": "Nadia",
        "phone": "+14155550123",
        "email": "nadia@example.com",
        "prompt_time": time(19, 30),
        "timezone": "America/New_York",
        "signed_up_at": datetime(2026, 8, 1, tzinfo=UTC),
        "confirmed_at": datetime(2026, 8, 1, tzinfo=UTC),
        "phone_confirmed_at": datetime(2026, 8, 1, tzinfo=UTC),
        "email_confirmed_at": datetime(2026, 8, 1, tzinfo=UTC),
    }
    who = Member.model_validate({**known, **details}).model_copy(update={"journal": journal})
    if who.language == "en":
        return who
    told = tuple(Entry.model_validate(_translated(each.model_dump())) for each in journal)
    return Member.model_validate(_translated(who.model_dump())).model_copy(update={"journal": told})


def _told(day: int, told: tuple[float | None, str, str, str, str]) -> Entry:
    mood, engaged, drained, win, of = told
    return entry(
        date(2026, 10, day),
        mood=mood,
        mood_estimated=day % 11 == 5,
        goals={of: _GOALS[of]} if of in _GOALS else {},
        step=of if of and of not in _GOALS else None,
        engaged=(engaged,) if engaged else (),
        drained=(drained,) if drained else (),
        wins=(win,) if win else (),
    )


def full(**details: Any) -> Member:
    """Nadia, a marketing manager on her way into design, after a good month."""
    september = tuple(entry(date(2026, 9, day), mood=mood) for day, mood in _SEPTEMBER.items())
    days = [day for day in range(1, 31) if day not in (10, 17, 24, 31)]
    journal = (
        *asked(date(2026, 9, day) for day in range(1, 31)),
        *september,
        *asked(october(*days)),
        *(_told(day, told) for day, told in _TOLD.items()),
        entry(date(2026, 10, 11), "skipped"),
        *(entry(day, "logged_off", 18) for day in october(6, 7, 13, 14, 20, 26, 27, 28, 29, 30)),
    )
    return member(journal, goals=(COURSE, JOBS, PORTFOLIO), plan=PLAN, streak=22, **details)


def bad(**details: Any) -> Member:
    """Nadia after a month that she would rather forget."""
    moods = {1: 4, 2: 3, 5: 2.5, 6: 4, 7: 3, 8: 5, 12: 2, 13: 3.5, 14: 4, 19: 3, 20: 2.5, 21: 4, 26: 3, 28: 4.5}
    drained = {5: "the reorg", 7: "reorg meetings", 12: "the reorg again", 19: "finance", 20: "bad sleep", 26: "reorg"}
    told = (
        entry(
            date(2026, 10, day),
            mood=mood,
            mood_estimated=day in (5, 12),
            drained=(drained[day],) if day in drained else (),
            wins=("cooked instead of working late",) if day == 14 else (),
        )
        for day, mood in moods.items()
    )
    september = tuple(entry(date(2026, 9, day), mood=mood) for day, mood in _SEPTEMBER.items())
    plan = PLAN.model_copy(
        update={"signs": (1, 2, 4), "signs_before": (1, 4), "experiments": (), "contacts": PLAN.contacts[2:]}
    )
    journal = (*september, *asked(october(*range(1, 31))), *told)
    return member(journal, goals=(PORTFOLIO,), plan=plan, **details)


def comeback(**details: Any) -> Member:
    """Nadia after three weeks without a word, and three days with."""
    told = (
        entry(date(2026, 10, 2), mood=5),
        entry(date(2026, 10, 26), mood=6, wins=("wrote to Unstuck again",)),
        entry(date(2026, 10, 27), mood=6.5, engaged=("a walk at lunch",)),
        entry(date(2026, 10, 29), mood=5.5, wins=("updated my CV",)),
    )
    return member((*asked(october(*range(1, 31))), *told), streak=1, **details)


def first(**details: Any) -> Member:
    """Nadia, who signed up on the 24th."""
    told = (
        entry(date(2026, 10, 26), mood=6),
        entry(date(2026, 10, 27), mood=5, drained=("status meetings",)),
        entry(date(2026, 10, 29), mood=7, engaged=("mentoring Priya",), wins=("looked at courses",)),
    )
    joined = datetime(2026, 10, 24, tzinfo=UTC)
    plan = Plan(step="audit", steps={"audit": StepState(begun_on=date(2026, 10, 24))}, signs=(1, 4), signs_on=joined)
    journal = (*asked(october(26, 27, 28, 29, 30)), *told)
    return member(journal, plan=plan, signed_up_at=joined, confirmed_at=joined, **details)


def empty(**details: Any) -> Member:
    """Nadia, who said nothing all month."""
    return member(asked(october(*range(1, 15))), **details)


MONTHS = {"full": full, "bad": bad, "comeback": comeback, "first": first, "empty": empty}


def every_day(months: int) -> Member:
    """Somebody who answered each day of so many months up to October, with a mood, wins and what moved them."""
    until = NOVEMBER_1
    since = OCTOBER
    for _ in range(months - 1):
        since = (since - timedelta(days=1)).replace(day=1)
    days = [since + timedelta(days=n) for n in range((until - since).days)]
    told = (
        entry(
            day,
            mood=1 + (day.toordinal() * 7 % 19) / 2,
            engaged=(("mentoring Priya", "sketching", "user interviews")[day.day % 3],),
            drained=(("budget meeting", "status meetings", "the reorg")[day.day % 3],),
            wins=(f"finished piece {day.day} of the portfolio",),
            goals={"g3": PORTFOLIO.text},
        )
        for day in days
    )
    return member((*asked(days), *told), goals=(COURSE, JOBS, PORTFOLIO), plan=PLAN, streak=len(days))


def month_of(who: Member) -> month.Month:
    return month.build(who, OCTOBER, NOVEMBER_1)


def mail_of(who: Member, pictures: letters.Pictures) -> mail.Mail:
    """October's mail to somebody, as it goes out on the first of November."""
    return letters.summary_letter(month_of(who), pictures, who, NOVEMBER_1, HOUSE, LINKS, NOW)
