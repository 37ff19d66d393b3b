"""People: when they look at their phone, what they write, and what they agree on with the service. Drawn from the seed.

Of the prompts of the first week 85 in 100 are answered, two fewer in each week after it; later on weekends, some late
at night, some the next morning; with silent spells, and everything else that a member may text now and then.
"""

from datetime import datetime, timedelta
from random import Random

from cli.simulation import words
from cli.simulation.days import local
from cli.simulation.record import Life, Mailed, Meaning, Sent, Setting, Told, Wrote
from cli.simulation.timeline import Action
from cli.simulation.world import Failed, World

# The chance that something is written, or done, when a check-in comes.
_NOW_AND_THEN = {
    "skip": 0.02,
    "snooze": 0.02,
    "set_time": 0.01,
    "set_days": 0.008,
    "set_zone": 0.012,
    "pause": 0.006,
    "stop": 0.004,
    "silence": 0.006,
    "other": 0.02,
    "log_off": 0.008,
    "summary": 0.003,
}
_MOSTLY_NOTHING = 1 - sum(_NOW_AND_THEN.values())
_FIRST_WEEK, _A_WEEK_LESS = 0.85, 0.02
_INTERRUPTIONS = (
    *((text, Meaning("report", mood)) for text, mood in words.REPORTS[:6] if text[0] not in "12345"),
    *((text, Meaning("stop")) for text in words.STOPS_IN_WORDS),
    *((text, Meaning("set_time", value=hour)) for text, hour in words.HOURS[:3]),
    *((text, Meaning("pause", value=days)) for text, days in words.PAUSES),
    *((text, Meaning("set_zone", value=zone)) for text, zone in words.MOVES[:2]),
    *((text, Meaning("snooze", value=minutes)) for text, minutes in words.SNOOZES),
)
_OTHER_QUESTIONS = {"rut_check": ("1 3", "none", "2 and 4"), "log_off": ("yes", "no"), "plan": tuple("123456")}
_CHECKINS = ("daily_checkin", "weekly_review", "welcome_back")
_SOON = 600.0  # seconds: what else is asked is answered by then or not at all


class Person:
    """One of them. What they do begins with signing up, at `joins`."""

    def __init__(self, world: World, random: Random, number: int, setting: Setting, joins: datetime) -> None:
        phone = f"+1{415 + number // 7_000_000}{2_000_000 + number % 7_000_000}"
        self.life = Life(phone, f"member{number}@people.example" if "email" in setting.channels else None)
        self.life.agree_first(joins, setting)
        self._world = world
        self._random = random
        self._until = world.record.end
        self._joins = joins
        self._silent_until = joins
        self._asked = ""  # the kind of what was heard last, or "plan"
        self._chose = False  # a step of the plan
        self._wrote: Wrote | None = None  # what was written last
        world.record.lives[phone] = self.life
        world.phones[phone] = self._hears
        if self.life.email:
            world.mailboxes[self.life.email] = self._reads
        world.timeline.at(joins, self._signs_up)

    # What reaches them

    def _hears(self, text: Sent | Told) -> None:
        if isinstance(text, Told):
            if self._world.record.by_sid[text.sid].text == words.PLAN:
                self._sees_the_plan()
            return
        kind, _, rest = text.nudge_id.partition("#")
        self._asked = kind
        if kind == "opt_in":
            if not self.life.now().active:
                self._later(self._random.uniform(20, 1800), lambda: self._writes("YES", Meaning("yes")))
        elif kind in _CHECKINS:
            self._is_asked(kind, snoozed=not rest[:1].isdigit())
        elif kind in _OTHER_QUESTIONS and self._random.random() < 0.5:
            self._later(self._random.uniform(20, _SOON), lambda: self._answers(kind))

    def _sees_the_plan(self) -> None:
        """The first time it asks for a number, by which a step begins."""
        self._asked = "plan"
        if not self._chose and self._random.random() < 0.5:
            self._chose = True
            self._later(self._random.uniform(20, _SOON), lambda: self._answers("plan"))

    def _reads(self, mail: Mailed) -> None:
        if mail.confirm:
            self._later(60, lambda: self._confirms(mail.confirm))
        if self._random.random() < 0.005 and self.life.now().active:
            self._later(600, lambda: self._unsubscribes(mail.unsubscribe))

    # What they do

    def _signs_up(self) -> None:
        setting = self.life.now()
        form = {
            "name": "Kim",
            "phone": self.life.phone,
            "email": self.life.email or "",
            "channel": "both" if len(setting.channels) > 1 else setting.channels[0],
            "hour": f"{setting.hour:%H:%M}",
            "days": " ".join(setting.days),
            "timezone": setting.zone,
            "consent": "on",
        }
        try:
            self._world.sign_up(form)
        except Failed:
            self._later(60, self._signs_up)

    def _confirms(self, link: str) -> None:
        try:
            self._world.confirm(link)
        except Failed:
            self._later(30, lambda: self._confirms(link))

    def _unsubscribes(self, link: str) -> None:
        now = self._world.timeline.now
        try:
            self._world.unsubscribe(link)
        except Failed:
            self._later(30, lambda: self._unsubscribes(link))
        else:
            self.life.agree(now, self._world.timeline.now, active=False, paused=None)

    def _is_asked(self, kind: str, snoozed: bool) -> None:
        now = self._world.timeline.now
        if now < self._silent_until:
            return
        what = self._random.choices((*_NOW_AND_THEN, ""), (*_NOW_AND_THEN.values(), _MOSTLY_NOTHING))[0]
        if what and not (what == "snooze" and snoozed):
            self._later(self._random.uniform(30, 3000), getattr(self, f"_{what}"))
        week = (now - self._joins).days // 7
        if self._random.random() < max(0.3, _FIRST_WEEK - _A_WEEK_LESS * week):
            self._later(self._patience(now), lambda: self._reports(kind))

    def _patience(self, now: datetime) -> float:
        """After how many seconds they answer."""
        clock = local(now, self.life.now().zone)
        drawn = self._random.random()
        if drawn < 0.08:  # late at night, as often as not after midnight
            hours = (24 - clock.hour) + self._random.uniform(-2, 3.5)
            return max(60.0, hours * 3600)
        if drawn < 0.14:  # the next morning, and now and then too late
            return (24 - clock.hour + self._random.uniform(7, 14)) * 3600
        median = 700 * (4 if clock.weekday() >= 5 else 1)
        return min(median * self._random.lognormvariate(0, 1.1), 5 * 3600)

    def _answers(self, kind: str) -> None:
        if self._asked == kind:
            self._writes(self._random.choice(_OTHER_QUESTIONS[kind]), words.STEADY)

    def _reports(self, kind: str) -> None:
        drawn = self._random.random()
        if kind == "weekly_review" and self._asked == kind and drawn < 0.4:
            self._writes(self._random.choice(words.REVIEWS), Meaning("report"))
            return
        if drawn > 0.985:
            text, mood = self._random.choice(words.YESTERDAYS)
            self._writes(text, Meaning("report", mood, back=1))
            return
        text, mood = self._random.choice(self._unmistakable(words.REPORTS))
        report = self._writes(text, Meaning("report", mood))
        if drawn > 0.96:
            self._later(self._random.uniform(60, 400), lambda: self._thinks_again(report))
        elif drawn > 0.95:
            self._later(self._random.uniform(60, 400), lambda: self._takes_back(report))

    def _unmistakable(self, reports: tuple[tuple[str, float], ...]) -> tuple[tuple[str, float], ...]:
        """The reports that answer nothing else: where another question came since, such as the signs, a 4 may."""
        if self._asked in _CHECKINS:
            return reports
        return tuple((text, mood) for text, mood in reports if text[0] not in "12345")

    def _thinks_again(self, report: Wrote) -> None:
        if self._wrote is report and report.taken:
            text, mood = self._random.choice(words.CORRECTIONS)
            self._writes(text, Meaning("correct", mood))

    def _takes_back(self, report: Wrote) -> None:
        if self._wrote is report and report.taken:
            self._writes("UNDO", Meaning("undo", value=report.sid))
            self._later(self._random.uniform(60, 400), lambda: self._reports("daily_checkin"))

    def _skip(self) -> None:
        self._writes(self._random.choice(words.SKIPS), Meaning("skip"))

    def _snooze(self) -> None:
        text, minutes = self._random.choice(words.SNOOZES)
        self._writes(text, Meaning("snooze", value=minutes))

    def _set_time(self) -> None:
        text, hour = self._random.choice(words.HOURS)
        self._writes(text, Meaning("set_time", value=hour))

    def _set_days(self) -> None:
        text, days = self._random.choice(words.DAY_SETS)
        self._writes(text, Meaning("set_days", value=days))

    def _set_zone(self) -> None:
        text, zone = self._random.choice(words.MOVES)
        self._writes(text, Meaning("set_zone", value=zone))

    def _pause(self) -> None:
        text, days = self._random.choice(words.PAUSES)
        self._writes(text, Meaning("pause", value=days))
        if self._random.random() < 0.3:
            self._later(self._random.uniform(1, days) * 86400, lambda: self._writes("RESUME", Meaning("resume")))

    def _stop(self) -> None:
        if self._random.random() < 0.5:
            self._writes("STOP", Meaning("stop"))
        else:
            self._writes(self._random.choice(words.STOPS_IN_WORDS), Meaning("stop"))
        if self._random.random() < 0.6:
            self._later(self._random.uniform(0.2, 15) * 86400, lambda: self._writes("START", Meaning("start")))

    def _silence(self) -> None:
        self._silent_until = self._world.timeline.now + timedelta(days=self._random.uniform(3, 40))
        at = self._silent_until - self._world.timeline.now
        self._later(at.total_seconds(), lambda: self._reports("daily_checkin"))

    def _other(self) -> None:
        said = self._writes(self._random.choice(words.SMALL_TALK), words.STEADY)
        if said.text == words.PLAN:
            self._asked = "plan"

    def _log_off(self) -> None:
        self._writes("log off at 6pm", words.STEADY)

    def _summary(self) -> None:
        self._writes("SUMMARY", Meaning("summary"))

    # Writing, and what comes of it

    def interrupts(self) -> None:
        """Write at this very moment, while the service is at work for them; but not while a text is on its way."""
        waits = self._wrote is not None and self._wrote.taken is None
        if self.life.now().active and not waits and self._world.timeline.now < self._until:
            text, meaning = self._random.choice(_INTERRUPTIONS)
            self._writes(text, meaning, at_once=True)
            if meaning.name == "stop":
                self._later(self._random.uniform(1, 5) * 86400, lambda: self._writes("START", Meaning("start")))

    def _writes(self, text: str, meaning: Meaning, at_once: bool = False) -> Wrote:
        self._wrote = Wrote(self.life.phone, "", self._world.timeline.now, text, meaning)
        self._world.record.wrote.append(self._wrote)
        self._world.carrier.take(self._wrote, at_once)
        return self._wrote

    def takes_note(self, wrote: Wrote) -> None:
        """The service has a text of theirs, so that what it asks for holds from now on."""
        assert wrote.taken is not None  # noqa: S101
        changes = self._agreed_by(wrote)
        if changes is not None:
            self.life.agree(wrote.at, wrote.taken, **changes)

    def _agreed_by(self, wrote: Wrote) -> dict[str, object] | None:
        meaning, setting = wrote.meaning, self.life.now()
        if meaning.name in ("yes", "start"):
            return {"active": True, "paused": None}
        if meaning.name == "stop":
            return {"active": False, "paused": None}
        if not setting.active:
            return None
        if meaning.name == "pause":
            assert wrote.taken is not None  # noqa: S101
            today = local(wrote.taken, setting.zone).date()
            return {"paused": today + timedelta(days=meaning.value)}
        if meaning.name == "resume":
            return {"paused": None}
        field = {"set_time": "hour", "set_days": "days", "set_zone": "zone"}.get(meaning.name)
        return {field: meaning.value} if field else None

    def _later(self, seconds: float, action: Action) -> None:
        """Do something then; in the end nobody does anything any more."""
        at = self._world.timeline.now + timedelta(seconds=seconds)
        if at < self._until:
            self._world.timeline.at(at, action)
