"""What is on record, asked for or taken back: UNDO, STATS, WINS, SUMMARY, PAGE, "send me my data"."""

from dataclasses import replace
from datetime import date, timedelta

from shared.content import dates
from shared.content.segments import fit
from shared.domain import schedule, summary
from shared.domain.answers import buddies, settings, taken_back
from shared.domain.message import Message
from shared.domain.models import Kind, Member, Period, Requested, Turn
from shared.domain.understanding.times import periods

STATS_DAYS = 30
JOURNAL_REACHES = timedelta(days=34)  # back from today, in whatever zone, a member's journal is at hand


def undo(message: Message) -> Turn:
    """Take back the last turn, but not a check-in sent since: it stays open, and a streak it ended stays ended.

    A buddy who had agreed and was removed does not come back by it.
    """
    member = message.member
    if member.undo is None:
        return message.answer("settings.nothing_to_undo")
    if buddies.is_of_consent(member.undo):
        return message.of(undo=None).answer("buddy.stays_removed")
    restored = Member.model_validate({**member.model_dump(), **member.undo.before, "undo": None})
    asked_since = member.open_question != member.undo.left_open
    since = {
        "journal": member.journal,
        "open_question": member.open_question if asked_since else restored.open_question,
        "unanswered": member.unanswered + member.undo.before.get("unanswered", 0),
        "streak": min(member.streak, restored.streak),
        "invited_on": member.invited_on,
    }
    if "buddy" in member.undo.before:
        restored = buddies.due_again(restored, message.now)
    after = replace(message, member=restored.model_copy(update=since))
    said = taken_back.sentences(after, member.undo)
    return after.turn(*said).model_copy(update={"removed": member.undo.entries})


def stats(message: Message) -> Turn:
    since = message.local.date() - timedelta(days=STATS_DAYS)
    recent = [entry for entry in message.member.journal if entry.day > since and entry.kind == "answered"]
    moods = {entry.day: entry.mood for entry in recent if entry.mood}
    if not recent:
        return message.answer("stats.none")
    language, streak = message.member.language, message.member.streak
    wins = sum(len(entry.wins) for entry in recent)
    told = [message.say("stats.answered", days=summary.counted("day", language, len({e.day for e in recent})))]
    if wins:
        told.append(summary.counted("win", language, wins))
    if moods:
        told.append(message.say("stats.mood", average=summary.shown(sum(moods.values()) / len(moods))))
    going = message.say("stats.streak", streak=streak) if streak > 1 else ""
    return message.turn(message.say("stats.all", told=", ".join(told)), going)


def list_wins(message: Message) -> Turn:
    """This month's wins, the latest first, as many as two segments hold; else the last 30 days'."""
    month = message.local.date().replace(day=1)
    wins = [(e.day, win) for e in message.member.journal for win in e.wins]
    this_month = [win for day, win in wins if day >= month]
    said = this_month or [win for _, win in wins]
    if not said:
        return message.answer("stats.no_wins")
    key = "stats.wins_of_month" if this_month else "stats.wins_lately"
    named = dates.month(month, message.member.language)
    listed = "; ".join(reversed(said))
    return message.turn(fit(listed, around=lambda listed: message.say(key, wins=listed, count=len(said), month=named)))


def send_summary(message: Message) -> Turn:
    """By mail where an address is confirmed; else its gist, at once. Of this month, or the last while this is empty.

    The gist of a month that began before the journal at hand is requested, and comes as a text of its own.
    """
    today = message.local.date()
    month = _month_to_sum_up(message.member, today)
    if message.member.mailbox is None and month >= today - JOURNAL_REACHES:
        gist = summary.gist(summary.build(message.member.journal, month), message.member.language)
        return Turn(member=message.member, replies=(gist,))
    named = dates.month(month, message.member.language)
    said = message.say("summary.on_its_way", month=named) if message.member.mailbox else ""
    return message.turn(said, requests=(Requested(kind=Kind.MONTHLY_SUMMARY, month=month),))


def _month_to_sum_up(member: Member, today: date) -> date:
    month = today.replace(day=1)
    journal = member.journal
    if not any(e.day >= month and e.kind == "answered" for e in journal) and any(e.day < month for e in journal):
        return (month - timedelta(days=1)).replace(day=1)
    return month


def send_wins_pack(message: Message) -> Turn:
    """WINS PACK SINCE MARCH: the wins of that stretch by mail, or of the last twelve months; else how to get it."""
    named, today = message.args.get("text", ""), message.local.date()
    found = periods.read_period(named, today) if named else periods.last_year_of(today)
    if found is None:
        return message.answer("evidence.which")
    if message.member.mailbox is None:
        return settings.needs_address(message, "evidence.needs_email")
    request = Requested(kind=Kind.WINS_PACK, period=Period(since=found[0], until=found[1]))
    said = fit(message.member.mailbox, around=lambda email: message.say("evidence.on_its_way", email=email))
    return message.turn(said, requests=(request,))


def export(message: Message) -> Turn:
    """All that is held, by mail where there is an address; without one, how to give one."""
    if message.member.mailbox is None:
        return settings.needs_address(message, "settings.export_needs_email")
    said = fit(message.member.mailbox, around=lambda email: message.say("settings.export_on_its_way", email=email))
    return message.turn(said, requests=(Requested(kind=Kind.EXPORT),))


def page(message: Message) -> Turn:
    """A link to the member's own page. It is signed where it is sent, as a text of its own, or else by mail."""
    member = message.member
    said = fit(member.email or "", around=lambda email: message.say("page.on_its_way", email=email))
    by_mail = schedule.wanted(Kind.PAGE, member) == ("email",)
    return message.turn(said if by_mail else "", requests=(Requested(kind=Kind.PAGE),))
