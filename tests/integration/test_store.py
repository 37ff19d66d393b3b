"""What the store promises, against a real (local) DynamoDB: above all under redelivery and in races."""

from collections.abc import Callable
from datetime import timedelta
from itertools import permutations
from typing import Any

import pytest
from botocore.exceptions import ClientError

from shared.domain.models import Answer, Due, Heard, Kind, Member, Nudge, Receipt, Requested, Status, Turn
from shared.storage.members import SHARDS
from shared.storage.nudges import Attempt
from shared.storage.store import NudgeLeased, Store
from shared.storage.table import StaleMember, retry_stale
from tests.functions import TABLE
from tests.integration.stored import (
    BUDDY,
    DAY,
    LEASE,
    NOW,
    NUDGE,
    SECOND,
    SENT,
    TODAY,
    at_once,
    claim,
    due,
    entry,
    message,
    person,
    rescheduled,
    store_at,
)

# Turns


def test_a_turn_saves_state_and_journal_and_is_answered(store: Store, ana: Member) -> None:
    after = ana.model_copy(update={"streak": 4})
    request = Requested(kind=Kind.MONTHLY_SUMMARY, month=TODAY.replace(day=1))
    answer = store.save_turn(
        message(), Turn(member=after, entries=(entry(mood=7),), replies=("7.",), requests=(request,))
    )
    assert answer == Answer(replies=("7.",), requests=(request,), at=NOW)
    saved = store.member("ana", TODAY)
    assert (saved.streak, saved.version, [each.mood for each in saved.journal]) == (4, 2, [7])


def test_a_message_delivered_again_changes_nothing_and_gets_its_first_answer(store: Store, ana: Member) -> None:
    request = Requested(kind=Kind.MONTHLY_SUMMARY, month=TODAY)
    first = store.save_turn(message(), Turn(member=ana, entries=(entry(),), replies=("first",), requests=(request,)))
    before = store.member("ana", TODAY)

    other = before.model_copy(update={"streak": 9})
    again = store.save_turn(message(at=NOW + DAY), Turn(member=other, entries=(entry(mood=2),), replies=("second",)))
    assert again == first
    assert store.member("ana", TODAY) == before

    stale = store.save_turn(message(), Turn(member=ana, entries=(entry(mood=2),), replies=("third",)))
    assert stale == first
    assert store.member("ana", TODAY) == before


def test_an_answer_is_kept_for_ninety_days_and_its_message_is_then_a_new_one(
    store: Store, ana: Member, dynamodb: Any
) -> None:
    joined = ana.model_copy(update={"status": Status.ACTIVE})
    store.save_turn(message(), Turn(member=joined, replies=("first",)))
    store.save_heard(message(), BUDDY, Heard(replies=("passed on",)), ())
    almost, then = store_at(dynamodb, NOW + 90 * DAY - SECOND), store_at(dynamodb, NOW + 90 * DAY)
    assert almost.answer_to_member("ana", "SM1") and almost.answer_to(BUDDY, "SM1") and almost.held("ana").answers
    assert not (then.answer_to_member("ana", "SM1") or then.answer_to(BUDDY, "SM1") or then.held("ana").answers)
    after = Turn(member=then.member("ana", TODAY), replies=("anew",))
    assert then.save_turn(message(at=NOW + 90 * DAY), after).replies == ("anew",)


def test_a_turn_decided_on_an_old_state_is_refused_whole(store: Store, ana: Member) -> None:
    store.save_turn(message("SM1"), Turn(member=ana))
    turn = Turn(member=ana, entries=(entry(source="SM2"),), rescheduled=True, due=due("ana"))
    with pytest.raises(StaleMember):
        store.save_turn(message("SM2"), turn)
    with pytest.raises(StaleMember):
        store.apply(turn)
    assert store.member("ana", TODAY).journal == ()
    assert list(store.due(NOW)) == []


def test_one_message_delivered_many_times_at_once_is_saved_once(store: Store, ana: Member) -> None:
    def deliver(n: int) -> Answer:
        member = store.member("ana", TODAY)
        after = member.model_copy(update={"streak": member.streak + 1})
        replies = (f"streak {after.streak}, by {n}",)
        return store.save_turn(message(), Turn(member=after, entries=(entry(at=NOW + n * DAY),), replies=replies))

    answers = at_once([lambda n=n: retry_stale(lambda: deliver(n)) for n in range(20)])  # type: ignore[misc]
    assert isinstance(answers[0], Answer), answers[0]
    assert answers == [answers[0]] * 20
    member = store.member("ana", TODAY)
    assert (member.streak, len(member.journal), member.version) == (1, 1, 2)


def test_messages_that_come_at_once_are_all_counted(store: Store, ana: Member) -> None:
    def deliver(sid: str) -> Answer:
        member = store.member("ana", TODAY)
        after = member.model_copy(update={"streak": member.streak + 1})
        return store.save_turn(message(sid), Turn(member=after, entries=(entry(source=sid),), replies=(sid,)))

    sids = [f"SM{n}" for n in range(12)]
    answers = at_once([lambda sid=sid: retry_stale(lambda: deliver(sid)) for sid in sids])  # type: ignore[misc]
    assert answers == [Answer(replies=(sid,), at=NOW) for sid in sids]
    member = store.member("ana", TODAY)
    assert member.streak == len(sids)
    assert {each.source for each in member.journal} == set(sids)


def test_who_is_always_late_gives_up() -> None:
    tried: list[int] = []

    def decide() -> None:
        tried.append(1)
        raise StaleMember

    with pytest.raises(StaleMember):
        retry_stale(decide, tries=3)
    assert len(tried) == 3


def test_what_is_taken_back_is_gone_from_the_journal(store: Store, ana: Member) -> None:
    first, second = entry(source="SM1"), entry(source="SM2", at=NOW + timedelta(minutes=1))
    store.save_turn(message("SM2"), Turn(member=ana, entries=(first, second)))
    store.save_turn(message("SM3"), Turn(member=store.member("ana", TODAY), removed=(second.id,)))
    assert store.member("ana", TODAY).journal == (first,)


def test_what_dynamodb_refuses_for_another_reason_is_not_taken_for_a_race(store: Store, ana: Member) -> None:
    with pytest.raises(ClientError):
        store.apply(Turn(member=ana, entries=(entry(wins=("x" * 500_000,)),)))


# Due moments


def test_what_is_due_is_found_in_every_shard_and_nothing_else(store: Store) -> None:
    offsets = [timedelta(seconds=s) for s in (-86_400 * 400, -1, 0, 1, 86_400)]
    moments = {f"member{n}": NOW + offsets[n % len(offsets)] for n in range(40)}
    for n, (member_id, at) in enumerate(moments.items()):
        store.sign_up(person(member_id, f"+1415555{n:04}"))
        store.apply(rescheduled(store.member(member_id, TODAY), due(member_id, at)))

    found = list(store.due(NOW))
    assert sorted(found, key=lambda d: d.member_id) == sorted(
        (due(member_id, at) for member_id, at in moments.items() if at <= NOW), key=lambda d: d.member_id
    )
    assert len(found) == 24
    assert list(store.due(NOW - 500 * DAY)) == []


def test_all_shards_are_used(store: Store, dynamodb: Any) -> None:
    for n in range(60):
        store.sign_up(person(f"member{n}", f"+1415555{n:04}"))
        store.apply(rescheduled(store.member(f"member{n}", TODAY), due(f"member{n}")))
    shards = {item["due_shard"]["S"] for item in dynamodb.scan(TableName=TABLE, IndexName="due")["Items"]}
    assert shards == {str(n) for n in range(SHARDS)}


def test_a_due_moment_comes_back_as_it_was_saved(store: Store, ana: Member) -> None:
    saved = due("ana", NOW, Kind.DAILY_CHECKIN, Kind.MONTHLY_SUMMARY)
    store.save_turn(message(), rescheduled(ana, saved))
    assert list(store.due(NOW)) == [saved]


def test_a_turn_that_does_not_reschedule_leaves_the_due_moment(store: Store, ana: Member) -> None:
    store.apply(rescheduled(ana, due("ana")))
    store.apply(Turn(member=store.member("ana", TODAY), due=None))
    assert list(store.due(NOW)) == [due("ana")]


def test_rescheduling_replaces_the_one_due_moment_or_removes_it(store: Store, ana: Member) -> None:
    for wanted in (due("ana"), due("ana", NOW - DAY), None, None, due("ana", NOW - 2 * DAY)):
        store.apply(rescheduled(store.member("ana", TODAY), wanted))
        assert list(store.due(NOW)) == ([wanted] if wanted else [])


def test_a_due_moment_dealt_with_is_followed_by_the_next(store: Store, ana: Member) -> None:
    store.apply(rescheduled(ana, due("ana")))
    store.advance(due("ana"), due("ana", NOW + DAY, Kind.MONTHLY_SUMMARY))
    assert list(store.due(NOW)) == []
    assert list(store.due(NOW + DAY)) == [due("ana", NOW + DAY, Kind.MONTHLY_SUMMARY)]
    store.advance(due("ana", NOW + DAY), None)
    assert list(store.due(NOW + 2 * DAY)) == []


@pytest.mark.parametrize("theirs", [due("ana", NOW + timedelta(hours=1)), None], ids=["another time", "none"])
@pytest.mark.parametrize("ours", [due("ana", NOW + DAY), None], ids=["advance", "remove"])
def test_a_member_who_rescheduled_meanwhile_is_left_as_they_wanted(
    store: Store, ana: Member, ours: Due | None, theirs: Due | None
) -> None:
    store.apply(rescheduled(ana, due("ana")))
    store.apply(rescheduled(store.member("ana", TODAY), theirs))
    store.advance(due("ana"), ours)
    assert list(store.due(NOW + 2 * DAY)) == ([theirs] if theirs else [])


def test_a_member_comes_with_the_moment_that_they_are_due_at(store: Store, ana: Member) -> None:
    assert ana.due is None
    store.apply(rescheduled(ana, due("ana")))
    assert store.member("ana", TODAY).due == due("ana")


@pytest.mark.parametrize("following", [due("ana", NOW + DAY), None], ids=["advance", "remove"])
def test_a_next_moment_that_was_decided_by_a_member_who_changed_meanwhile_is_decided_again(
    store: Store, ana: Member, following: Due | None
) -> None:
    store.apply(rescheduled(ana, due("ana")))
    seen = store.member("ana", TODAY)
    store.apply(Turn(member=seen))
    store.advance(due("ana"), following, seen)
    assert list(store.due(NOW)) == [due("ana")]
    store.advance(due("ana"), following, store.member("ana", TODAY))
    assert list(store.due(NOW + 2 * DAY)) == ([following] if following else [])


def test_ticks_that_overlap_advance_once(store: Store, ana: Member) -> None:
    store.apply(rescheduled(ana, due("ana")))
    at_once([lambda n=n: store.advance(due("ana"), due("ana", NOW + n * DAY)) for n in range(1, 9)])  # type: ignore[misc]
    assert len(list(store.due(NOW + 10 * DAY))) == 1
    assert list(store.due(NOW)) == []


# Nudges


def test_of_many_deliveries_at_once_one_gets_the_nudge(store: Store, ana: Member) -> None:
    claims = at_once([lambda: retry_stale(lambda: claim(store))] * 12)
    assert [type(each) for each in claims].count(Attempt) == 1
    assert [type(each) for each in claims].count(NudgeLeased) == 11


def test_a_lease_holds_until_it_runs_out_and_then_again(store: Store, ana: Member) -> None:
    assert claim(store)
    with pytest.raises(NudgeLeased):
        claim(store, now=NOW + LEASE - timedelta(seconds=1))
    assert claim(store, now=NOW + LEASE)
    with pytest.raises(NudgeLeased):
        claim(store, now=NOW + LEASE)


def test_what_an_attempt_that_broke_off_may_have_sent_is_kept_as_it_was(store: Store, ana: Member) -> None:
    merged = NUDGE.of(Kind.DAILY_CHECKIN, Kind.LOG_OFF)
    assert store.claim(merged, ana, NOW, LEASE, "daily_checkin:sent log_off:merged", "first") == Attempt(
        merged, "daily_checkin:sent log_off:merged", "first"
    )
    again = claim(store, now=NOW + LEASE, text="second")
    assert again == Attempt(merged, "daily_checkin:sent log_off:merged", "first", NOW, NOW + LEASE)
    assert claim(store, now=NOW + 2 * LEASE, text=None) == again._replace(until=NOW + 2 * LEASE)
    receive(store, "sent")
    known = claim(store, now=NOW + 3 * LEASE)
    assert known and (known.text, known.message_id) == ("first", "SM1")


def test_an_attempt_that_was_to_send_nothing_leaves_nothing_to_find_out(store: Store, ana: Member) -> None:
    assert claim(store, text=None) == Attempt(NUDGE, "daily_checkin:sent", None)
    assert claim(store, now=NOW + LEASE, text="now it goes") == Attempt(NUDGE, "daily_checkin:sent", "now it goes")
    broken_off = Attempt(NUDGE, "daily_checkin:sent", "now it goes", NOW + LEASE, NOW + 2 * LEASE)
    assert claim(store, now=NOW + 2 * LEASE) == broken_off


def test_of_those_that_come_upon_a_broken_off_attempt_one_takes_it_over(store: Store, ana: Member) -> None:
    claim(store)
    claims = at_once([lambda: retry_stale(lambda: claim(store, now=NOW + LEASE))] * 8)
    assert [type(each) for each in claims].count(Attempt) == 1
    assert [type(each) for each in claims].count(NudgeLeased) == 7


def test_a_member_who_changed_since_they_were_read_is_sent_nothing_decided_before(store: Store, ana: Member) -> None:
    store.apply(Turn(member=ana.model_copy(update={"status": Status.STOPPED})))
    with pytest.raises(StaleMember):
        store.claim(NUDGE, ana, NOW, LEASE, "", "too late")
    assert store.nudge(NUDGE) == {}


def test_a_nudge_given_back_is_free_and_one_that_is_settled_is_not_given_back(store: Store, ana: Member) -> None:
    claim(store)
    store.release(NUDGE)
    assert store.nudge(NUDGE) == {}
    assert claim(store, text="anew") == Attempt(NUDGE, "daily_checkin:sent", "anew")
    store.settle(NUDGE, "sent", NOW, message_id="SM1")
    with pytest.raises(ClientError):
        store.release(NUDGE)
    assert store.nudge(NUDGE).items() >= SENT.items()


def test_a_settled_nudge_is_never_taken_again_and_its_text_is_not_kept(store: Store, ana: Member) -> None:
    claim(store)
    assert store.nudge(NUDGE)["body"] == "How was it?"
    store.settle(NUDGE, "sent", NOW, message_id="SM1")
    assert claim(store) is None
    assert claim(store, now=NOW + 400 * DAY) is None
    assert store.nudge(NUDGE).items() >= SENT.items()
    assert "How was it?" not in store.nudge(NUDGE).values()


@pytest.mark.parametrize("settled", [True, False])
def test_what_became_of_a_nudge_is_kept_for_a_hundred_and_twenty_days(
    store: Store, ana: Member, dynamodb: Any, settled: bool
) -> None:
    store.apply(Turn(member=ana.model_copy(update={"status": Status.ACTIVE})))
    claim(store)
    if settled:
        store.settle(NUDGE, "sent", NOW, message_id="SM1")
    almost, then = store_at(dynamodb, NOW + 120 * DAY - SECOND), store_at(dynamodb, NOW + 120 * DAY)
    assert almost.nudge(NUDGE) and almost.awaiting(receipt("delivered")) and almost.held("ana").nudges
    assert not (then.nudge(NUDGE) or then.awaiting(receipt("delivered")) or then.held("ana").nudges)
    assert "expires_at" not in almost.nudge(NUDGE)


def test_nudges_are_told_apart_by_kind_day_request_channel_and_which_time_over(store: Store, ana: Member) -> None:
    store.sign_up(person("bob", "+14155550124"))
    others: tuple[dict[str, Any], ...] = (
        {},
        {"kind": Kind.MONTHLY_SUMMARY},
        {"channel": "email"},
        {"day": TODAY + DAY},
        {"request_id": "now"},
        {"again": 1},
        {"member_id": "bob"},
    )
    assert all(claim(store, NUDGE.model_copy(update=other)) for other in others)


@pytest.mark.parametrize("claimed_first", [True, False], ids=["claimed before the word", "or after"])
def test_an_erasure_leaves_no_text_of_a_nudge_that_is_being_delivered(
    store: Store, ana: Member, dynamodb: Any, claimed_first: bool
) -> None:
    if claimed_first:
        claim(store)
    store.save_turn(message(), Turn(member=ana.model_copy(update={"status": Status.STOPPED}), erase=True))
    if not claimed_first:
        with pytest.raises(StaleMember):
            store.claim(NUDGE, ana, NOW, LEASE, "", "How was it?")
    store.erase(store.member("ana", TODAY), "SM1", NOW)
    with pytest.raises(StaleMember):
        store.settle(NUDGE, "sent", NOW, Turn(member=ana), message_id="SM1")
    assert [item["sk"]["S"] for item in dynamodb.scan(TableName=TABLE)["Items"]] == ["HINT"]


def test_a_nudge_is_settled_with_what_it_changed_both_or_neither(store: Store, ana: Member) -> None:
    claim(store)
    prompted = entry(source=NUDGE.id, kind="prompted")
    store.apply(Turn(member=ana))
    with pytest.raises(StaleMember):
        store.settle(NUDGE, "sent", NOW, Turn(member=ana, entries=(prompted,)))
    assert store.nudge(NUDGE)["state"] == "claimed"
    assert store.member("ana", TODAY).journal == ()

    store.settle(NUDGE, "sent", NOW, Turn(member=store.member("ana", TODAY), entries=(prompted,)), message_id="SM1")
    assert store.nudge(NUDGE).items() >= SENT.items()
    assert store.member("ana", TODAY).journal == (prompted,)


def test_a_nudge_is_settled_once(store: Store, ana: Member) -> None:
    claim(store)
    store.settle(NUDGE, "sent", NOW, message_id="SM1")
    with pytest.raises(StaleMember):
        store.settle(NUDGE, "missed", NOW, Turn(member=ana.model_copy(update={"streak": 7})))
    assert store.nudge(NUDGE).items() >= SENT.items()
    assert store.member("ana", TODAY).streak == 0


def test_nothing_is_recorded_of_a_nudge_that_never_was(store: Store) -> None:
    assert store.nudge(NUDGE) == {}


# Receipts


def receipt(status: str, nudge: Nudge = NUDGE, **more: Any) -> Receipt:
    code = "30005" if status == "undelivered" else ""
    told = {"member_id": "ana", "nudge_id": nudge.id, "message_id": "SM1", "status": status, "code": code}
    return Receipt.model_validate(told | more)


def awaited(store: Store) -> Nudge | None:
    """The nudge of which a text that did not arrive would be news."""
    attempt = store.awaiting(receipt("undelivered"))
    return attempt and attempt.nudge


def receive(store: Store, *statuses: str) -> str | None:
    for status in statuses:
        store.record_receipt(receipt(status), NOW)
    return store.nudge(NUDGE).get("delivery_status")


@pytest.mark.parametrize("order", list(permutations(["queued", "sent", "delivered"])), ids=lambda each: "-".join(each))
def test_receipts_may_come_in_any_order(store: Store, ana: Member, order: tuple[str, ...]) -> None:
    claim(store)
    store.settle(NUDGE, "sent", NOW, message_id="SM1")
    assert receive(store, *order) == "delivered"
    assert store.nudge(NUDGE).items() >= SENT.items()


@pytest.mark.parametrize("final", ["delivered", "undelivered", "failed", "read", "canceled", "bounced", "complained"])
def test_a_final_receipt_stands(store: Store, ana: Member, final: str) -> None:
    claim(store)
    assert receive(store, final, "sent", "failed", "delivered") == final


@pytest.mark.parametrize("order", list(permutations(["sent", "delivered", "bounced", "complained"], 3)))
def test_what_says_most_of_a_mail_stands_a_complaint_above_all(
    store: Store, ana: Member, order: tuple[str, ...]
) -> None:
    claim(store)
    says_most = max(order, key=["sent", "delivered", "bounced", "complained"].index)
    assert receive(store, *order, *order) == says_most


def test_a_failed_text_says_why_and_when(store: Store, ana: Member) -> None:
    claim(store)
    store.record_receipt(receipt("undelivered", at=NOW - DAY), NOW)
    found = store.nudge(NUDGE)
    assert (found["delivery_error"], found["delivery_at"]) == ("30005", "2026-03-04T18:30:00+00:00")


def test_a_receipt_for_an_unknown_nudge_is_ignored_and_makes_none(store: Store, dynamodb: Any) -> None:
    for unknown in (receipt("delivered"), receipt("delivered", member_id="", nudge_id="")):
        store.record_receipt(unknown, NOW)
        assert store.awaiting(unknown) is None
    assert dynamodb.scan(TableName=TABLE)["Count"] == 0


def test_a_receipt_changes_its_member_once_and_only_where_it_tells_something_new(store: Store, ana: Member) -> None:
    claim(store)
    assert awaited(store) == NUDGE
    store.record_receipt(receipt("undelivered"), NOW, Turn(member=ana.model_copy(update={"streak": 7})))
    assert (store.member("ana", TODAY).streak, store.nudge(NUDGE)["delivery_status"]) == (7, "undelivered")
    for later in ("sent", "undelivered", "failed", "delivered"):
        assert store.awaiting(receipt(later)) is None
        with pytest.raises(StaleMember):
            store.record_receipt(receipt(later), NOW, Turn(member=store.member("ana", TODAY)))
    assert store.member("ana", TODAY).version == 2


def test_a_receipt_decided_on_an_old_state_is_not_kept(store: Store, ana: Member) -> None:
    claim(store)
    store.apply(Turn(member=ana))
    with pytest.raises(StaleMember):
        store.record_receipt(receipt("undelivered"), NOW, Turn(member=ana))
    assert awaited(store) == NUDGE


def test_a_receipt_tells_whether_its_nudge_is_settled(store: Store, ana: Member) -> None:
    claim(store)
    assert store.awaiting(receipt("sent")) == Attempt(NUDGE, "daily_checkin:sent", "How was it?", NOW, NOW + LEASE)
    store.settle(NUDGE, "sent", NOW, message_id="SM1")
    settled = store.awaiting(receipt("sent"))
    assert settled is not None and settled.since is None


def test_a_receipt_that_is_quicker_than_our_own_record_is_kept(store: Store, ana: Member) -> None:
    claim(store)
    receive(store, "delivered")
    store.settle(NUDGE, "sent", NOW, Turn(member=ana), message_id="SM1")
    assert store.nudge(NUDGE).items() >= {**SENT, "delivery_status": "delivered"}.items()
    assert receive(store, "sent") == "delivered"


def test_a_receipt_and_our_own_record_at_once_are_both_kept(store: Store, ana: Member) -> None:
    for n in range(10):
        nudge = NUDGE.model_copy(update={"request_id": f"request-{n}"})
        claim(store, nudge)
        at_once(
            [
                lambda nudge=nudge: retry_stale(lambda: store.settle(nudge, "sent", NOW, message_id="SM1")),  # type: ignore[misc]
                lambda nudge=nudge: store.record_receipt(receipt("delivered", nudge), NOW),  # type: ignore[misc]
            ]
        )
        assert store.nudge(nudge).items() >= {**SENT, "delivery_status": "delivered"}.items()


# All together


def test_a_member_goes_through_turns_nudges_and_receipts_without_a_loss(store: Store, ana: Member) -> None:
    """Texts, deliveries and ticks of one member, interleaved by threads: each has its effect, exactly once."""

    def count(**changes: int) -> Turn:
        member = store.member("ana", TODAY)
        return Turn(member=member.model_copy(update={k: getattr(member, k) + v for k, v in changes.items()}))

    def text(sid: str) -> None:
        turn = count(streak=1).model_copy(update={"entries": (entry(source=sid),)})
        store.save_turn(message(sid), turn)

    def deliver(nudge: Nudge) -> None:
        try:
            if not retry_stale(lambda: claim(store, nudge)):
                return
        except NudgeLeased:
            return
        retry_stale(lambda: store.settle(nudge, "sent", NOW, count(unanswered=1)))

    nudges = [NUDGE.model_copy(update={"request_id": f"request-{n}"}) for n in range(4)]
    calls: list[Callable[[], None]] = [
        lambda sid=sid: retry_stale(lambda: text(sid))  # type: ignore[misc]
        for sid in ("SM1", "SM2", "SM3", "SM4") * 2
    ]
    calls += [lambda nudge=nudge: deliver(nudge) for nudge in nudges * 2]  # type: ignore[misc]
    assert at_once(calls) == [None] * len(calls)

    member = store.member("ana", TODAY)
    assert (member.streak, member.unanswered, member.version) == (4, 4, 9)
    assert sorted(each.source for each in member.journal) == ["SM1", "SM2", "SM3", "SM4"]
    assert [store.nudge(nudge)["state"] for nudge in nudges] == ["sent"] * 4
