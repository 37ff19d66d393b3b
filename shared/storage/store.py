"""The one DynamoDB table, whose keys only this package knows. One transaction a method, but to import and to erase.

    pk                  sk                       what it is
    MEMBER#<id>         MEMBER                   the member's state, with its version
    MEMBER#<id>         DUE                      when a nudge or an erasure is due; also in the index `due`
    MEMBER#<id>         DAY#<day>#<at>#<source>  a journal entry; `import` names the file it came from, if it did
    MEMBER#<id>         REPLY#<message sid>      a message that was taken, and the answer it got
    MEMBER#<id>         NUDGE#<kind>#<day|id>    a nudge and what became of it
    MEMBER#<id>         NAMED#<message sid>      whose message it was that was answered with the member's name, perhaps
    PHONE#<number>      PHONE                    whose number it is
    PHONE#<number>      BUDDY#<member id>        whose buddy the number was asked to be
    PHONE#<number>      HINT                     until when the number is not told how to join: it was, or has just left
    PHONE#<number>      NO                       that it wants no invitations
    PHONE#<number>      REPLY#<message sid>      a buddy's message that was taken, and the answer it got
    SIGNUPS#<hour>      COUNT                    how many signed up in that hour
    ZONES               VERSION                  by which time zones due moments were recomputed, and how far

State, due moment and the last days of the journal lie side by side in sort order, so that one query reads
all that a conversation needs; another one tells who has a number. What expires has `expires_at`, in seconds,
and is ignored from then on, whether DynamoDB has removed it yet or not: answers, nudges, hints, counts, and the
state and number of whoever signed up and has not answered that.
"""

import json
from collections.abc import Callable, Iterable, Iterator
from contextlib import suppress
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING, NamedTuple

from shared.domain.export import Held
from shared.domain.models import Answer, Channel, Due, Entry, Heard, Member, Nudge, Receipt, Status, Thread, Turn
from shared.storage import erasing, members, nudges, signups
from shared.storage.items import Item, instant, of_kind, seconds
from shared.storage.members import UnknownMember
from shared.storage.nudges import Attempt
from shared.storage.signups import TooManySignups
from shared.storage.table import MOST_AT_ONCE, NOT_KEPT, StaleMember, Table, on_condition

if TYPE_CHECKING:
    from mypy_boto3_dynamodb import DynamoDBClient

JOURNAL_DAYS = 35
REPLY_KEPT = timedelta(days=90)
MOST_FRIENDS = 20  # have one number as their buddy, so that a text of its changes all of them in one transaction


class NudgeLeased(Exception):
    """Another delivery of this nudge is under way: let the queue bring it again later."""


class InboundMessage(NamedTuple):
    """A message to be taken once: `sid` names it for good. A mail has its thread, for the answer."""

    sid: str
    received_at: datetime
    thread: Thread | None = None

    @property
    def channel(self) -> Channel:
        return "sms" if self.thread is None else "email"


class Party(NamedTuple):
    """Who has a number: the member, if it is one's; whose buddy it is or was asked to be; whether it wants to be."""

    member_id: str | None = None
    friends: tuple[str, ...] = ()
    refuses: bool = False


class Cursor(NamedTuple):
    """How far a pass over all due moments is: the shard it is in, and the last key that it read there."""

    shard: int = 0
    key: Item | None = None

    @property
    def more(self) -> bool:
        return self.shard < members.SHARDS


class Store:
    """All that is kept. `client` is a DynamoDB client, low level; what has expired by `clock` is not there."""

    def __init__(self, client: "DynamoDBClient", table: str, clock: Callable[[], datetime]) -> None:
        self._client = client
        self._table = Table(client, table, clock)
        self._clock = clock

    # Members

    def member(self, member_id: str, since: date) -> Member:
        """The member, with their journal from `since` on.

        Raises:
            UnknownMember
        """
        items = self._table.query(f"MEMBER#{member_id}", f"DAY#{since.isoformat()}", "MEMBER")
        return members.member(member_id, {item["sk"]["S"]: item for item in items})

    def member_by_phone(self, phone: str, since: date) -> Member:
        """The member whose number this is, with their journal from `since` on.

        Raises:
            UnknownMember
        """
        member_id = self.party(phone).member_id
        if member_id is None:
            raise UnknownMember
        return self.member(member_id, since)

    def party(self, phone: str) -> Party:
        """Who has this number."""
        items = {item["sk"]["S"]: item for item in self._table.query(f"PHONE#{phone}", "BUDDY#", "PHONE")}
        friends = tuple(sk.removeprefix("BUDDY#") for sk in items if sk.startswith("BUDDY#"))
        member_id = items["PHONE"]["member_id"]["S"] if "PHONE" in items else None
        return Party(member_id, friends, "NO" in items)

    def known(self, member_ids: Iterable[str], since: date) -> Iterator[Member]:
        """The members of these ids; one who was erased in this moment is no longer."""
        for member_id in member_ids:
            with suppress(UnknownMember):
                yield self.member(member_id, since)

    def friends(self, member: Member, since: date) -> tuple[Member, ...]:
        """Those whose buddy the member is, or was asked to be, with their journals from `since` on."""
        return tuple(self.known(self.party(member.phone).friends, since))

    def may_invite(self, phone: str) -> bool:
        """Whether this number may be invited: it has said neither NO nor STOP, and not too many have it as a buddy."""
        party = self.party(phone)
        if party.refuses or len(party.friends) > MOST_FRIENDS:
            return False
        return party.member_id is None or self.member(party.member_id, date.max).status is not Status.STOPPED

    def held(self, member_id: str) -> Held:
        """All that is kept on the member, from the first day on.

        Raises:
            UnknownMember
        """
        items = self._table.partition(f"MEMBER#{member_id}")
        kept = {kind: of_kind(items, kind) for kind in ("REPLY#", "NUDGE#")}
        return Held(
            member=members.member(member_id, items),
            answers={sid: Answer.model_validate_json(item["data"]["S"]) for sid, item in kept["REPLY#"].items()},
            nudges={nudge_id: nudges.recorded(item) for nudge_id, item in kept["NUDGE#"].items()},
        )

    def sign_up(self, member: Member) -> None:
        """Save somebody who signed up and their claim to the number, both or neither.

        Raises:
            StaleMember: the number was claimed, or the member changed, in the meantime.
        """
        self._table.transact([self._put_state(member), self._put_claim(member)])

    # Messages

    def save_turn(self, message: InboundMessage, turn: Turn) -> Answer:
        """Record a message and its outcome together, and return what to answer.

        A message delivered again changes nothing and gets the answer it got the first time.

        Raises:
            StaleMember: the member changed since it was read; read again and decide again.
        """
        answer = Answer(
            replies=turn.replies,
            requests=turn.requests,
            erase=turn.erase,
            thread=message.thread,
            at=message.received_at,
        )
        others = tuple(other.member for other in turn.others)
        return self._answer(message, f"MEMBER#{turn.member.id}", answer, self._changes(turn), others)

    def save_heard(self, message: InboundMessage, phone: str, heard: Heard, friends: tuple[Member, ...]) -> Answer:
        """As `save_turn`, for a message from a number that is a buddy's and no member's.

        `friends`, whose buddy it is, may be named in the answer: it is kept only while they are there.

        Raises:
            StaleMember: one of them changed since they were read, or is gone; read again and decide again.
        """
        pk = f"PHONE#{phone}"
        writes = [write for turn in heard.turns for write in self._changes(turn)]
        changed = {turn.member.id for turn in heard.turns}
        writes += [self._is_unchanged(friend) for friend in friends if friend.id not in changed]
        if heard.refuses is not None:
            no = {"pk": {"S": pk}, "sk": {"S": "NO"}}
            writes.append(self._table.put(no) if heard.refuses else self._table.delete(pk, "NO"))
        return self._answer(message, pk, Answer(replies=heard.replies), writes, friends)

    def answer_to_member(self, member_id: str, sid: str) -> Answer | None:
        """What a member's message was answered, while that is kept."""
        return self._answered(f"MEMBER#{member_id}", sid)

    def answer_to(self, phone: str, sid: str) -> Answer | None:
        """What a message was answered that this number sent as a buddy, if there was such a one."""
        return self._answered(f"PHONE#{phone}", sid)

    def _answer(
        self, message: InboundMessage, pk: str, answer: Answer, writes: list[Item], others: tuple[Member, ...]
    ) -> Answer:
        """Save an answer with what the message changed; each of `others`, whom it may name, notes where it is."""
        key = {"pk": {"S": pk}, "sk": {"S": f"REPLY#{message.sid}"}}
        expires_at = {"N": seconds(message.received_at + REPLY_KEPT)}
        reply = {**key, "data": {"S": answer.model_dump_json()}, "expires_at": expires_at}
        named = {"sk": {"S": f"NAMED#{message.sid}"}, "answered": {"S": pk}, "expires_at": expires_at}
        notes = [{"pk": {"S": f"MEMBER#{other.id}"}, **named} for other in others if answer.replies]
        try:
            self._table.transact([self._table.put_new(reply), *map(self._table.put, notes), *writes])
        except StaleMember:
            if saved := self._answered(pk, message.sid):
                return saved
            raise
        return answer

    def _answered(self, pk: str, sid: str) -> Answer | None:
        saved = self._table.get(pk, f"REPLY#{sid}")
        return Answer.model_validate_json(saved["data"]["S"]) if saved else None

    def apply(self, turn: Turn) -> None:
        """Record a turn that no message brought about: a link opened, a nudge sent.

        Raises:
            StaleMember
        """
        self._table.transact(self._changes(turn))

    def import_entries(self, member: Member, import_id: str, entries: tuple[Entry, ...]) -> None:
        """Add entries of another journal to a member's, all or none.

        They are more than a transaction takes. So they show only once the member's state, which is saved last, says
        that the import is whole; begun again after a crash, it goes on under the same id.

        Raises:
            StaleMember: the member changed, or is gone, since they were read; read again and plan again.
        """
        unchanged = self._is_unchanged(member)
        for at in range(0, len(entries), MOST_AT_ONCE - 1):
            items = [members.entry_item(member.id, entry, import_id) for entry in entries[at : at + MOST_AT_ONCE - 1]]
            self._table.transact([unchanged, *map(self._table.put, items)])
        imports = tuple(dict.fromkeys((*member.imports, import_id)))
        self.apply(Turn(member=member.model_copy(update={"imports": imports})))

    def erase(self, member: Member, sid: str | None, now: datetime) -> None:
        """Erase all that is kept on a member. Until their state goes, the message `sid` that asked for it, if one did,
        is still answered; in the very end goes their due moment, by which `dispatch` finds what broke off.

        Begun again after a crash, by that message delivered again, on the member's page or by `dispatch`, it goes on
        where it was. Of the number nothing remains but that, for a day, it is not to be told how to join, and that it
        wants no invitations, where it said so. Their name goes from what buddies of theirs were answered.

        Raises:
            StaleMember: something was kept in the meantime; begin again.
        """
        erasing.erase(self._table, member, sid, now)

    def erase_rest(self, member_id: str) -> None:
        """Erase what is left of a member whose state is gone: without it nothing more can be kept, but what was kept in
        the moment in which it went (a claimed nudge, entries of an import) is there still."""
        erasing.erase_rest(self._table, member_id)

    def hint_unless_hinted(self, phone: str, now: datetime) -> bool:
        """Whether this number may be told how to join: once a day. Notes that it was."""
        try:
            self._table.transact([self._table.put(signups.hint(phone, now), NOT_KEPT, {":now": {"N": seconds(now)}})])
        except StaleMember:
            return False
        return True

    def count_signup(self, now: datetime, most: int) -> None:
        """Count one more sign-up in this hour, over all.

        Raises:
            TooManySignups: `most` was reached.
        """
        try:
            self._client.update_item(TableName=self._table.name, **signups.one_more(now, most))
        except self._client.exceptions.ConditionalCheckFailedException as error:
            raise TooManySignups from error

    # Nudges

    def due(self, now: datetime) -> Iterator[Due]:
        """All that is due at `now` or earlier, the earliest of each shard first."""
        for shard in range(members.SHARDS):
            pages = self._client.get_paginator("query").paginate(
                TableName=self._table.name,
                IndexName="due",
                KeyConditionExpression="due_shard = :shard AND due_at <= :now",
                ExpressionAttributeValues={":shard": {"S": str(shard)}, ":now": {"S": instant(now)}},
            )
            for page in pages:
                for item in page["Items"]:
                    yield members.due(item)

    def due_from(self, cursor: Cursor) -> tuple[list[Due], Cursor]:
        """A page of what is due at any time, and where the next one begins."""
        start = {"ExclusiveStartKey": cursor.key} if cursor.key else {}
        page = self._client.query(
            TableName=self._table.name,
            IndexName="due",
            KeyConditionExpression="due_shard = :shard",
            ExpressionAttributeValues={":shard": {"S": str(cursor.shard)}},
            Limit=MOST_AT_ONCE,
            **start,  # type: ignore[arg-type]
        )
        last = page.get("LastEvaluatedKey")
        return [members.due(item) for item in page["Items"]], Cursor(cursor.shard + (last is None), last)

    def recomputed_until(self, zones: str) -> Cursor:
        """How far due moments were recomputed by that version of the time zones."""
        noted = self._table.get("ZONES", "VERSION")
        if noted is None or noted["zones"]["S"] != zones:
            return Cursor()
        return Cursor(*json.loads(noted["cursor"]["S"]))

    def note_recomputed(self, zones: str, until: Cursor) -> None:
        key = {"pk": {"S": "ZONES"}, "sk": {"S": "VERSION"}}
        noted = {**key, "zones": {"S": zones}, "cursor": {"S": json.dumps(until)}}
        self._client.put_item(TableName=self._table.name, Item=noted)

    def advance(self, due: Due, following: Due | None, decided_by: Member | None = None) -> None:
        """Replace a due moment that has been dealt with by the next one, or by none.

        Where the moment is no longer the one that was read, somebody rescheduled meanwhile, and theirs stands. Where
        the member by whom the next one was decided has changed meanwhile, this one stands: the next tick finds it.
        """
        unchanged, values = "due_at = :seen", {":seen": {"S": instant(due.at)}}
        if following:
            writes = [self._table.put(members.due_item(following), unchanged, values)]
        else:
            writes = [self._table.delete(f"MEMBER#{due.member_id}", "DUE", unchanged, values)]
        if decided_by:
            writes.append(self._is_unchanged(decided_by))
        with suppress(StaleMember):
            self._table.transact(writes)

    def claim(
        self, nudge: Nudge, member: Member, now: datetime, lease: timedelta, fates: str, text: str | None
    ) -> Attempt | None:
        """Take a nudge for delivery until `now + lease`, with the text that goes out; None where it was dealt with.

        The text is kept before anything is sent, until the nudge is settled. Where an earlier delivery kept one and
        broke off, what it kept is returned, and stands: it may have gone out. The claim holds only while the member
        is as given, so whoever stops or is erased first is not sent anything, and nothing is left of them.

        Raises:
            NudgeLeased: another delivery holds it and its lease has not run out.
            StaleMember: the member changed since it was read, or is gone.
        """
        item, unchanged = nudges.claimed(Attempt(nudge, fates, text), now, lease), self._is_unchanged(member)
        try:
            self._table.transact([self._table.put_new(item), unchanged])
        except StaleMember:
            held = self._table.get(item["pk"]["S"], item["sk"]["S"])
            if held is None:
                raise
            return self._take_over(held, now, item, unchanged)
        return Attempt(nudge, fates, text)

    def _take_over(self, held: Item, now: datetime, item: Item, unchanged: Item) -> Attempt | None:
        """Claim a nudge that was claimed before: what may have gone out is kept as it is, all else is written anew."""
        if held["state"]["S"] != "claimed":
            return None
        if int(held["leased_until"]["N"]) > now.timestamp():
            raise NudgeLeased
        still, values = "leased_until = :held", {":held": held["leased_until"]}
        if "body" not in held:
            self._table.transact([self._table.put(item, still, values), unchanged])
            return nudges.attempt(item, broken_off=False)
        renewed = {
            "Key": {name: item[name] for name in ("pk", "sk")},
            "UpdateExpression": "SET leased_until = :until",
            **on_condition(still, {**values, ":until": item["leased_until"]}),
        }
        self._table.transact([self._table.update(renewed)])
        return nudges.attempt(held, broken_off=True)

    def release(self, nudge: Nudge) -> None:
        """Give back a claimed nudge of which it is certain that nothing was sent."""
        self._client.delete_item(
            TableName=self._table.name, Key=nudges.key(nudge), ConditionExpression="attribute_exists(leased_until)"
        )

    def settle(self, nudge: Nudge, state: str, now: datetime, turn: Turn | None = None, **details: str) -> None:
        """Record what became of a claimed nudge, with what it changed about the member, both or neither.

        Raises:
            StaleMember: the member changed, or the nudge was settled meanwhile.
        """
        update = self._table.update(nudges.settled(nudge, state, now, details))
        self._table.transact([update, *(self._changes(turn) if turn else [])])

    def nudge(self, nudge: Nudge) -> dict[str, str]:
        """What is recorded of a nudge, by name; empty where nothing is."""
        return nudges.recorded(self._table.get(f"MEMBER#{nudge.member_id}", f"NUDGE#{nudge.id}") or {})

    def awaiting(self, receipt: Receipt) -> Attempt | None:
        """The attempt of which a receipt tells something new, with the kinds that went out; None where there is none.

        `since` is set where it is not settled yet.
        """
        found = self._table.get(f"MEMBER#{receipt.member_id}", f"NUDGE#{receipt.nudge_id}")
        return nudges.awaiting(found, receipt) if found else None

    def record_receipt(self, receipt: Receipt, now: datetime, turn: Turn | None = None) -> None:
        """Note what became of a nudge on its way, with what that changed about the member, both or neither.

        Receipts come in any order, and more than once: one is kept only while none is that says as much or more, and
        only of a nudge that there is.

        Raises:
            StaleMember: given a turn, the member or the receipts changed since they were read; read and decide again.
        """
        update = self._table.update(nudges.received(receipt, now))
        if turn:
            self._table.transact([update, *self._changes(turn)])
            return
        with suppress(self._client.exceptions.ConditionalCheckFailedException):
            self._client.update_item(**update["Update"])

    # Writes

    def _changes(self, turn: Turn) -> list[Item]:
        """The writes of a turn: the state on its version, journal entries, the due moment, the buddy's number."""
        pk, link = f"MEMBER#{turn.member.id}", f"BUDDY#{turn.member.id}"
        writes = [self._put_state(turn.member)]
        if turn.claims:
            writes.append(self._put_claim(turn.member))
        writes += [self._table.put(members.entry_item(turn.member.id, entry)) for entry in turn.entries]
        writes += [self._table.delete(pk, f"DAY#{entry_id}") for entry_id in turn.removed]
        if turn.rescheduled:
            due = self._table.put(members.due_item(turn.due)) if turn.due else self._table.delete(pk, "DUE")
            writes.append(due)
        if turn.linked:
            writes.append(self._table.put({"pk": {"S": f"PHONE#{turn.linked}"}, "sk": {"S": link}}))
        if turn.unlinked:
            writes.append(self._table.delete(f"PHONE#{turn.unlinked}", link))
        return writes + [write for other in turn.others for write in self._changes(other)]

    def _put_state(self, member: Member) -> Item:
        item = members.state_item(member.model_copy(update={"version": member.version + 1}))
        if member.version == 0:
            return self._table.put(item, "attribute_not_exists(pk)")
        return self._table.put(item, "version = :seen", {":seen": {"N": str(member.version)}})

    def _put_claim(self, member: Member) -> Item:
        """That the number is the member's, unless it is somebody else's."""
        values = {":member": {"S": member.id}, ":now": {"N": seconds(self._clock())}}
        return self._table.put(signups.claim(member), f"{NOT_KEPT} OR member_id = :member", values)

    def _is_unchanged(self, member: Member) -> Item:
        values = {":version": {"N": str(member.version)}}
        return self._table.check(f"MEMBER#{member.id}", "MEMBER", "version = :version", values)
