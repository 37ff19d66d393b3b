"""How a member comes and goes: YES, STOP, START, DELETE, and the links that stand for them."""

from dataclasses import replace
from datetime import datetime

from shared.content.segments import fit, is_gsm7, spelt_plainly
from shared.domain import addresses
from shared.domain.answers import onboarding, settings
from shared.domain.message import Message, next_checkin
from shared.domain.models import Member, Status, Turn
from shared.domain.steps.dialogue import Question, never, says_nothing
from shared.domain.understanding.normalise import normalise
from shared.domain.understanding.reply import Context
from shared.domain.understanding.understand import by_rules


def confirm_by_text(message: Message) -> Turn:
    """A YES: welcomed, told when the first check-in comes and that the address is asked, and asked the five signs.

    Whoever wants mails alone is told that all of it waits for the link.
    """
    confirmed = _proven(replace(message, member=confirm(message.member, message.now)))
    when = next_checkin(confirmed.member, message.now)
    named, unnamed = "opt_in.welcome", "opt_in.welcome_unnamed"
    if addresses.waits(confirmed.member):
        named, unnamed = "opt_in.welcome_mailed", "opt_in.welcome_mailed_unnamed"
        if "sms" not in confirmed.member.channels:
            named, unnamed = "opt_in.welcome_by_mail", "opt_in.welcome_by_mail_unnamed"
    key = named if is_gsm7(spelt_plainly(message.member.name)) else unnamed  # a name may cost the text its room
    turn = onboarding.begin(confirmed, lambda name: message.say(key, name=name, when=when))
    return turn.model_copy(update={"requests": addresses.requests(confirmed.member)})


def _proven(message: Message) -> Message:
    """The message, a YES or a START: by what it came is the member's own."""
    confirmed_at = "phone_confirmed_at" if message.by == "sms" else "email_confirmed_at"
    return message if getattr(message.member, confirmed_at) else message.of(**{confirmed_at: message.now})


def confirm_by_link(member: Member, now: datetime) -> Member:
    """The member that the mailed link makes, which only who reads the address can open."""
    confirmed = confirm(member, now)
    return confirmed if confirmed.email_confirmed_at else confirmed.model_copy(update={"email_confirmed_at": now})


def confirm(member: Member, now: datetime) -> Member:
    """The member that a YES, by text or by the mailed link, makes; opening the link again changes nothing.

    Nor does it bring back who has opted out, whichever came first: only a START does.
    """
    if member.status is not Status.PENDING:
        return member
    changes = {"status": Status.ACTIVE, "confirmed_at": now, "open_question": None}
    return member.model_copy(update=changes)


def decline(message: Message) -> Turn:
    gone = replace(message, member=opt_out(message.member, message.now))
    return gone.answer("opt_in.declined")


def remind(message: Message) -> Turn:
    return message.answer("opt_in.remind")


def remind_in(message: Message) -> Turn:
    """ "Español", before a YES: the reminder, in that language."""
    return message.of(language=message.args["language"]).answer("opt_in.remind")


def stop(message: Message) -> Turn:
    """STOP, confirmed once: not where it is outdated, nor to who had stopped before."""
    gone = replace(message, member=opt_out(message.member, message.now))
    if gone.member.status is message.member.status:
        return gone.turn()
    return gone.answer("opt_out.stopped", brand=message.brand.name)


def opt_out(member: Member, at: datetime) -> Member:
    """The member after an opt-out at `at`: a STOP by text, an unsubscribe link, a complaint about a mail, or Twilio's
    refusal to send (21610). All of them end in this one state.

    Whatever is heard first, the newest event wins, and a tie is opted out: one that is older than their START, and
    only comes to light after it, changes nothing. Their buddy hears no more of them either.
    """
    if member.started_at and at < member.started_at:
        return member
    return _stopped(member, at)


def _stopped(member: Member, at: datetime) -> Member:
    latest = max(at, member.opted_out_at or at)
    if member.status is Status.STOPPED:
        return member.model_copy(update={"opted_out_at": latest})
    nothing = dict.fromkeys(("open_question", "pause", "snoozed_until", "undo", "buddy"))
    return member.model_copy(update={"status": Status.STOPPED, "opted_out_at": latest, **nothing, "news": ()})


def started(member: Member, at: datetime) -> Member:
    """The member, with a START at `at` on record; what it changes about their status is for whoever heard it."""
    return member.model_copy(update={"started_at": max(at, member.started_at or at)})


def agree(message: Message) -> Turn:
    """A YES to the sign-up. START is one as well, and stays more than that: it outweighs a STOP from before it."""
    if _plain_command(message, "none") == "start":
        message = replace(message, member=started(message.member, message.now))
    return confirm_by_text(message)


def prove(message: Message) -> Turn:
    """A YES or START from the phone of a member who confirmed by mail: it is theirs, and texts count from now on."""
    if _plain_command(message, "none") == "start":
        message = replace(message, member=started(message.member, message.now))
    return message.of(phone_confirmed_at=message.now, hushed=False, silence=0).answer("opt_in.proven")


def not_proven(message: Message) -> Turn:
    """A NO from such a phone: nothing is texted to it, as before, and whoever gets the mails goes on getting them."""
    return message.answer("opt_in.declined")


def ask_for_proof(message: Message) -> Turn:
    """Anything else from such a phone. The address is hinted at, so that nobody says YES to a stranger's sign-up."""
    if message.member.email is None:
        return remind(message)
    local, _, domain = message.member.email.rpartition("@")
    hint, brand = f"{local[:1]}***@{domain}", message.brand.name
    return message.turn(fit(hint, around=lambda hint: message.say("opt_in.prove", email=hint, brand=brand)))


def start_again(message: Message) -> Turn:
    """START from a member is RESUME, and on record: a STOP from before it that is only heard of later is outdated."""
    return settings.resume(replace(message, member=started(message.member, message.now)))


def restart(message: Message) -> Turn:
    """START after a STOP brings back, unless the STOP is the newer one of the two, or came in the same moment.

    An address that waits is asked again: whoever wants mails alone gets none before.
    """
    known = replace(message, member=started(message.member, message.now))
    if message.member.opted_out_at and message.now <= message.member.opted_out_at:
        return known.turn()
    back = _proven(known.of(status=Status.ACTIVE, confirmed_at=message.member.confirmed_at or message.now))
    said = message.say("opt_out.restarted", when=next_checkin(back.member, message.now))
    if not addresses.waits(back.member):
        return back.turn(said)
    return back.turn(said, settings.mails(message), requests=addresses.requests(back.member))


def help_stopped(message: Message) -> Turn:
    return message.answer("opt_out.help", brand=message.brand.name, contact=message.brand.contact)


def ask_to_delete(message: Message) -> Turn:
    """DELETE: asked for once, it is asked again."""
    return message.ask("confirm_delete")


def keep(message: Message) -> Turn:
    return message.answer("opt_out.kept")


def delete_sign_up(message: Message) -> Turn:
    """DELETE, before a YES: nothing is on record but the sign-up, which goes at once."""
    return _erase(message) if _plain_command(message, "opt_in") == "delete" else remind(message)


def _erase(message: Message) -> Turn:
    """Everything goes, and nothing is sent any more."""
    gone = replace(message, member=_stopped(message.member, message.now))
    return gone.answer("opt_out.erased", brand=message.brand.name).model_copy(update={"erase": True})


def _plain_command(message: Message, asked: str) -> str:
    """What a text plainly asks for: what cannot be undone is not left to what is only likely."""
    command = by_rules(normalise(message.text), Context(asked), message.local).command
    return command.name if command else ""


def _delete_confirmed(message: Message) -> Turn | None:
    name = _plain_command(message, "confirm_delete")
    if name == "delete":
        return _erase(message)
    if name == "keep":
        return keep(message)
    return ask_to_delete(message) if says_nothing(message) else None


# Whatever else is said to it, it is no longer open: a "yes" later on is none to this.
QUESTIONS = {
    "confirm_delete": Question(
        "confirm_delete",
        never,
        _delete_confirmed,
        understood_as="confirm_delete",
        takes=frozenset(("delete", "keep")),
    ),
}
