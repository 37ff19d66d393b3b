"""Step 4, the network: people to be in touch with again, one small contact a week, a group, a mentor.

Contacts made are recognised by name in any report. Who is suggested is whoever was out of touch longest.
"""

from dataclasses import replace
from datetime import date, timedelta

from shared.content import dates
from shared.content.segments import fit
from shared.domain.message import Message
from shared.domain.models import Contact, Member, Turn
from shared.domain.steps.dialogue import Asking, Noted, Question, Step, is_no_answer, missing, open_passed
from shared.domain.understanding.answers.choices import agrees, says_done
from shared.domain.understanding.answers.declining import declines
from shared.domain.understanding.answers.learning import read_subject
from shared.domain.understanding.answers.people import called, read_contacts, read_past, read_people, says_sent
from shared.domain.understanding.normalise import normalise

MOST = 10  # people that are kept
ENOUGH = 3  # contacts made, or all of a shorter list, and the step is done
SUGGESTED_FOR = timedelta(days=7)  # so long a suggestion stays the same
_UNKNOWN = timedelta(days=2 * 365)  # how long ago a contact was of whom it was not said
_THEM = ("her", "him", "them")  # who was suggested, in a report


# The people


def _since(message: Message) -> date:
    state = message.member.plan.steps.get("network")
    return state.begun_on if state else message.today


def _made(message: Message) -> int:
    """How many of the people the member was in touch with in this round."""
    return sum(contact.last is not None and contact.last >= _since(message) for contact in _people(message))


def _people(message: Message) -> tuple[Contact, ...]:
    return message.member.plan.contacts


def _with(message: Message, people: tuple[Contact, ...]) -> Message:
    return message.of(plan=message.member.plan.model_copy(update={"contacts": people[:MOST]}))


def _suggestion(message: Message) -> Contact | None:
    """Whom to write to: who was suggested this week, else somebody not reached yet, out of touch for longest."""
    people = _people(message)
    lately = [
        contact
        for contact in people
        if contact.suggested
        and message.today - contact.suggested < SUGGESTED_FOR
        and (contact.last is None or contact.last < contact.suggested)
    ]
    if lately:
        return max(lately, key=lambda contact: contact.suggested or date.min)
    return min(people, key=lambda contact: _order(message, contact), default=None)


def _order(message: Message, contact: Contact) -> tuple[bool, date, date]:
    """Those not reached in this round come first, and of them who was not suggested for longest."""
    last = contact.last or message.today - _UNKNOWN
    reached = last >= _since(message)
    return reached, last if reached else contact.suggested or date.min, last


def _told(message: Message) -> Member:
    """The member once the suggestion was said; one that still holds keeps its date."""
    meant = _suggestion(message)
    if meant is None or (meant.suggested and message.today - meant.suggested < SUGGESTED_FOR):
        return message.member
    changed = meant.model_copy(update={"suggested": message.today})
    return _with(message, tuple(changed if contact is meant else contact for contact in _people(message))).member


# The questions


def _nobody_yet(message: Message) -> Asking | None:
    return None if _people(message) else Asking()


def _all_reached(message: Message) -> Asking | None:
    """Once everyone on the list was reached in this round, there is room for others."""
    people = _people(message)
    return Asking() if people and len(people) < MOST and _made(message) == len(people) else None


def _people_told(message: Message) -> Turn | None:
    if declines(message.text):
        return open_passed(message, "network").answer("network.nobody_more" if _people(message) else "network.nobody")
    new = [] if is_no_answer(message) else _new(message, message.text)
    if not new:
        return None
    after, said = _listed(message, new)
    return _suggesting(after, said)


def _new(message: Message, text: str) -> list[Contact]:
    """The people whom a text names beside those on the list. What was said of the past was before today."""
    known = {contact.name.lower() for contact in _people(message)}
    yesterday = message.today - timedelta(days=1)
    return [
        Contact(name=person.name, last=person.last and min(person.last, yesterday))
        for person in read_people(text, message.today)
        if person.name.lower() not in known
    ]


def _listed(message: Message, new: list[Contact]) -> tuple[Message, str]:
    """The message with the new people on the list, as many as it holds, and what is said of that."""
    before = _people(message)
    after = _with(message, (*before, *new))
    kept = _people(after)[len(before) :]
    if not kept:
        return message, message.say("network.full", most=MOST)
    key = "network.listed" if len(kept) == len(new) else "network.listed_first"
    return after, message.say(key, names=", ".join(contact.name for contact in kept), most=MOST)


def _suggesting(message: Message, *said: str) -> Turn:
    """What was said, and whom to write to, unless there is more to ask or nothing more to do."""
    if any(missing(message, "network", QUESTIONS)) or _is_done(message):
        return message.turn(*said)
    told = replace(message, member=_told(message))
    return told.turn(*said, _action(told))


def _first_unknown(message: Message) -> Asking | None:
    """When they were in touch is asked for the first alone: for ten it would be a form."""
    first = next(iter(_people(message)), None)
    return None if first is None or first.last or first.suggested else Asking({"name": first.name})


def _last_told(message: Message) -> Turn | None:
    if declines(message.text):
        return _suggesting(open_passed(message, "network"), message.say("network.no_last"))
    read = None if is_no_answer(message) else read_past(message.text, message.today)
    if read is None or not _people(message):
        return None
    last = min(read, message.today - timedelta(days=1))
    first, *others = _people(message)
    after = _with(message, (first.model_copy(update={"last": last}), *others))
    return _suggesting(after, message.say("network.last", name=first.name, when=_when(message, last)))


def _when(message: Message, last: date) -> str:
    """ "March", or of another year "2019": nobody remembers it nearer than that."""
    return dates.month(last, message.member.language) if last.year == message.today.year else str(last.year)


def _is_under_way(message: Message) -> bool:
    """Whether somebody was reached, or suggested on an earlier day: groups and mentors come after the first step."""
    return _made(message) > 0 or any(c.suggested and c.suggested < message.today for c in _people(message))


def _group_missing(message: Message) -> Asking | None:
    return Asking() if _is_under_way(message) and not message.member.plan.group else None


def _group_told(message: Message) -> Turn | None:
    if declines(message.text):
        return open_passed(message, "network").answer("network.no_group")
    group = "" if is_no_answer(message) or _contacted(message) else read_subject(message.text)
    if not group:
        return _named(message, "group") if agrees(message.text) else None
    return message.of(plan=message.member.plan.model_copy(update={"group": group})).answer("network.group", group=group)


def _named(message: Message, asked: str) -> Turn:
    """A mere yes is asked for the name."""
    return message.of(open_question=message.question(asked)).answer(f"network.{asked}_named")


def _mentor_missing(message: Message) -> Asking | None:
    return Asking() if _is_under_way(message) and not message.member.plan.mentor else None


def _mentor_told(message: Message) -> Turn | None:
    """A mentor is somebody to write to as well."""
    if declines(message.text):
        return open_passed(message, "network").answer("network.no_mentor")
    if is_no_answer(message) or _contacted(message):
        return None
    people = read_people(message.text, message.today)
    if not people:
        return _named(message, "mentor") if agrees(message.text) else None
    name = people[0].name
    after = message.of(plan=message.member.plan.model_copy(update={"mentor": name}))
    if _found(message, name) is None:
        after = _with(after, (*_people(after), Contact(name=name)))
    return after.answer("network.mentor", name=name)


# What any report tells of it


def _contacted(message: Message) -> list[int]:
    """The places of those whom a report says the member was in touch with; "wrote to her" is who was just suggested."""
    people = _people(message)
    text = normalise(message.text)
    if places := read_contacts(text, tuple(contact.name for contact in people)):
        return places
    meant = _suggestion(message)
    just = meant and meant.suggested and message.today - meant.suggested <= timedelta(days=1)
    if meant is None or not just or message.member.plan.step != "network":
        return []
    told = says_done(text) or says_sent(text) or read_contacts(text, _THEM)
    return [people.index(meant)] if told else []


def _note(message: Message) -> Noted | None:
    places = _contacted(message)
    if not places:
        return None
    people = list(_people(message))
    for place in places:
        people[place] = people[place].model_copy(update={"last": message.today})
    names = ", ".join(people[place].name for place in places)
    return Noted(_with(message, tuple(people)).member, message.say("network.made", names=names), asks=True)


# What the member asks of the list


def listed(message: Message) -> Turn:
    """CONTACTS: everyone on the list, and when they were last in touch."""
    people = _people(message)
    if not people:
        return message.answer("network.state_none")
    names = ", ".join(_name_and_when(message, contact) for contact in people)
    return message.turn(fit(names, around=lambda names: message.say("network.all", names=names)))


def _name_and_when(message: Message, contact: Contact) -> str:
    if contact.last is None:
        return contact.name
    return message.say("network.name_and_when", name=contact.name, when=_when(message, contact.last))


def add(message: Message) -> Turn:
    """ "Add Sam to my contacts"."""
    new = _new(message, message.args["text"])
    if not new:
        return message.answer("network.nobody_read")
    after, said = _listed(message, new)
    return after.turn(said)


def drop(message: Message) -> Turn:
    """ "Remove Tom from my contacts"."""
    contact = _found(message, message.args["text"])
    if contact is None:
        return message.answer("network.not_listed")
    after = _with(message, tuple(other for other in _people(message) if other is not contact))
    return after.answer("network.dropped", name=contact.name)


def _found(message: Message, name: str) -> Contact | None:
    """Who on the list goes by that name."""
    meant = called(name.lower())
    same = [contact for contact in _people(message) if called(contact.name) == meant]
    alike = [contact for contact in _people(message) if meant and called(contact.name)[:1] == meant[:1]]
    return next(iter((*same, *alike)), None)


# Where it stands


def _is_done(message: Message) -> bool:
    people = _people(message)
    return bool(people) and _made(message) >= min(ENOUGH, len(people))


def _state(message: Message) -> str:
    meant = _suggestion(message)
    if meant is None:
        return message.say("network.state_none")
    plan = message.member.plan
    return " ".join(
        (
            message.say("network.state", count=len(plan.contacts), made=_made(message), name=meant.name),
            *([message.say("network.state_group", group=plan.group)] if plan.group else []),
            *([message.say("network.state_mentor", name=plan.mentor)] if plan.mentor else []),
        )
    )


def _action(message: Message) -> str:
    meant = _suggestion(message)
    if meant is None:
        return message.say("network.action_none")
    if any(_same_week(contact.last, message.today) for contact in _people(message)):
        return message.say("network.action_enough", name=meant.name)
    is_mentor = meant.name == message.member.plan.mentor
    return message.say("network.action_mentor" if is_mentor else "network.action", name=meant.name)


def _same_week(day: date | None, today: date) -> bool:
    return day is not None and day.isocalendar()[:2] == today.isocalendar()[:2]


QUESTIONS = (
    Question("contacts", _nobody_yet, _people_told),
    Question("last_contact", _first_unknown, _last_told, takes=frozenset(("set_time",))),  # "2019" is no hour here
    Question("group", _group_missing, _group_told),
    Question("mentor", _mentor_missing, _mentor_told),
    Question("more_contacts", _all_reached, _people_told),
)
STEP = Step("network", QUESTIONS, _is_done, _state, _action, note=_note, told=_told)
