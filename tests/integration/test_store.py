"""What the store promises, against a real (local) DynamoDB: above all under redelivery and in races."""

import threading
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, date, datetime, time, timedelta
from itertools import permutations
from typing import Any, TypeVar

import pytest
from botocore.exceptions import ClientError

from shared.domain.models import Answer, Buddy, Due, Entry, Heard, Kind, Member, Nudge, Receipt, Requested, Status, Turn
from shared.storage.members import SHARDS, UnknownMember
from shared.storage.nudges import Attempt
from shared.storage.store import MOST_FRIENDS, InboundMessage, NudgeLeased, Party, Store, TooManySignups
from shared.storage.table import StaleMember, retry_stale
from tests.integration.conftest import TABLE

Result = TypeVar("Result")

NOW = datetime(2026, 3, 5, 18, 30, tzinfo=UTC)
TODAY = NOW.date()
DAY = timedelta(days=1)
LEASE = timedelta(seconds=60)
PHONE = "+14155550123"
NUDGE = Nudge(member_id="ana", kind=Kind.DAILY_CHECKIN, channel="sms", day=TODAY, due_at=NOW)
SENT = {"state": "sent", "message_id": "SM1"}


def person(member_id: str = "ana", phone: str = PHONE, **more: Any) -> Member:
    return Member(
        id=member_id,
        name="Ana",
        phone=phone,
        prompt_time=time(18, 30),
        timezone="America/New_York",
        signed_up_at=NOW,
        **more,
    )


def entry(day: date = TODAY, source: str = "SM1", at: datetime = NOW, **more: Any) -> Entry:
    return Entry.model_validate({"day": day, "at": at, "source": source, "kind": "answered", **more})


def message(sid: str = "SM1", at: datetime = NOW) -> InboundMessage:
    return InboundMessage(sid, at)


def claim(store: Store, nudge: Nudge = NUDGE, now: datetime = NOW, text: str | None = "How was it?") -> Attempt | None:
    """Claim a nudge as its member is at this moment."""
    member = store.member(nudge.member_id, TODAY)
    return store.claim(nudge, member, now, LEASE, "daily_checkin:sent", text)


def due(member_id: str, at: datetime = NOW, *kinds: Kind) -> Due:
    return Due(member_id=member_id, at=at, kinds=kinds or (Kind.DAILY_CHECKIN,))


def rescheduled(member: Member, to: Due | None) -> Turn:
    return Turn(member=member, rescheduled=True, due=to)


def at_once(calls: Sequence[Callable[[], Result]]) -> list[Result | Exception]:
    """What each call returned or raised, all of them started in the same moment."""
    start = threading.Barrier(len(calls))

    def run(call: Callable[[], Result]) -> Result | Exception:
        start.wait()
        try:
            return call()
        except Exception as error:  # noqa: BLE001
            return error

    with ThreadPoolExecutor(len(calls)) as pool:
        return list(pool.map(run, calls))


@pytest.fixture
def ana(store: Store) -> Member:
    """A member, as the store returns her right after signing up."""
    store.sign_up(person())
    return store.member("ana", TODAY)


# Members


def test_who_signed_up_is_found_by_id_and_by_number(store: Store) -> None:
    signed_up = person(email="ana@example.com", channels=("sms", "email"))
    store.sign_up(signed_up)
    saved = signed_up.model_copy(update={"version": 1})
    assert store.member("ana", TODAY) == saved
    assert store.member_by_phone(PHONE, TODAY) == saved


def test_nobody_is_found_by_an_unknown_id_or_number(store: Store, ana: Member) -> None:
    with pytest.raises(UnknownMember):
        store.member("bob", TODAY)
    with pytest.raises(UnknownMember):
        store.member_by_phone("+14155550124", TODAY)


def test_a_number_belongs_to_one_member(store: Store, ana: Member) -> None:
    with pytest.raises(StaleMember):
        store.sign_up(person("bob"))
    with pytest.raises(UnknownMember):
        store.member("bob", TODAY)
    assert store.member_by_phone(PHONE, TODAY).id == "ana"


def test_of_many_who_sign_up_with_one_number_at_once_one_becomes_its_member(store: Store, dynamodb: Any) -> None:
    outcomes = at_once([lambda n=n: store.sign_up(person(f"m{n}")) for n in range(8)])  # type: ignore[misc]
    assert outcomes.count(None) == 1
    assert [type(outcome) for outcome in outcomes if outcome] == [StaleMember] * 7
    assert store.member_by_phone(PHONE, TODAY).id == f"m{outcomes.index(None)}"
    assert dynamodb.scan(TableName=TABLE)["Count"] == 2


def test_somebody_pending_may_sign_up_again_with_other_details(store: Store, ana: Member) -> None:
    store.sign_up(ana.model_copy(update={"name": "Ana Maria"}))
    again = store.member_by_phone(PHONE, TODAY)
    assert (again.name, again.version) == ("Ana Maria", 2)


def test_a_sign_up_decided_on_an_old_state_is_refused(store: Store, ana: Member) -> None:
    store.apply(Turn(member=ana.model_copy(update={"status": Status.ACTIVE})))
    with pytest.raises(StaleMember):
        store.sign_up(ana.model_copy(update={"name": "Somebody else"}))
    assert store.member("ana", TODAY).status is Status.ACTIVE


def test_the_journal_comes_with_the_member_from_the_day_asked_for_oldest_first(store: Store, ana: Member) -> None:
    days = [TODAY, TODAY - 2 * DAY, TODAY - DAY, TODAY - 35 * DAY, TODAY - 36 * DAY, TODAY + DAY]
    entries = [entry(day, mood=number + 1) for number, day in enumerate(days)]
    store.apply(Turn(member=ana, entries=tuple(entries)))

    member = store.member("ana", TODAY - 35 * DAY)
    assert [each.day for each in member.journal] == [days[3], days[1], days[2], days[0], days[5]]
    assert member.journal == tuple(sorted((e for e in entries if e.day != days[4]), key=lambda e: e.day))
    assert store.member("ana", TODAY + 2 * DAY).journal == ()


def test_two_entries_of_a_day_are_kept_in_the_order_they_came(store: Store, ana: Member) -> None:
    late, early = entry(source="SM1", at=NOW + timedelta(microseconds=1)), entry(source="SM2")
    store.apply(Turn(member=ana, entries=(late, early)))
    assert store.member("ana", TODAY).journal == (early, late)


def test_a_journal_longer_than_a_page_is_read_whole(store: Store, ana: Member) -> None:
    words = "x" * 20_000  # DynamoDB returns at most 1 MB at once
    for n in range(60):
        member = store.member("ana", TODAY)
        long = entry(TODAY - DAY, f"SM{n:02}", NOW + timedelta(seconds=n), wins=(words,))
        store.apply(Turn(member=member, entries=(long,)))
    journal = store.member("ana", TODAY - DAY).journal
    assert [each.source for each in journal] == [f"SM{n:02}" for n in range(60)]


def test_nothing_of_another_member_comes_along(store: Store, ana: Member) -> None:
    store.sign_up(person("ana2", "+14155550124"))
    store.apply(Turn(member=store.member("ana2", TODAY), entries=(entry(),)))
    assert store.member("ana", date.min).journal == ()


# Turns


def test_a_turn_saves_state_and_journal_and_is_answered(store: Store, ana: Member) -> None:
    after = ana.model_copy(update={"streak": 4})
    request = Requested(kind=Kind.MONTHLY_SUMMARY, month=TODAY.replace(day=1))
    answer = store.save_turn(
        message(), Turn(member=after, entries=(entry(mood=7),), replies=("7.",), requests=(request,))
    )
    assert answer == Answer(replies=("7.",), requests=(request,))
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
    assert answers == [Answer(replies=(sid,)) for sid in sids]
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


# All that is held, and its end


def everything_of_ana(store: Store, ana: Member, days: int = 3) -> Member:
    """A member with a journal, messages, nudges, a due moment and a buddy."""
    details = {"buddy": Buddy(phone="+14155550199", since=NOW), "email": "ana@example.com"}
    for n in range(days):
        known = store.member("ana", TODAY).model_copy(update=details)
        told = entry(TODAY - n * 100 * DAY, f"SM{n}", mood=7, wins=("sent it",))
        turn = Turn(member=known, entries=(told,), replies=("7.",), rescheduled=True, due=due("ana"))
        store.save_turn(message(f"SM{n}"), turn)
    claim(store)
    store.settle(NUDGE, "sent", NOW, message_id="SM1")
    return store.member("ana", TODAY)


def test_all_that_is_held_on_a_member_is_read_whole(store: Store, ana: Member) -> None:
    known = everything_of_ana(store, ana)
    store.sign_up(person("bob", "+14155550124"))
    held = store.held("ana")
    assert held.member.model_copy(update={"journal": ()}) == known.model_copy(update={"journal": ()})
    assert [each.day for each in held.member.journal] == [TODAY - n * 100 * DAY for n in (2, 1, 0)]
    assert held.answers == {f"SM{n}": Answer(replies=("7.",)) for n in range(3)}
    assert held.nudges[NUDGE.id].items() >= SENT.items()
    with pytest.raises(UnknownMember):
        store.held("nobody")


def test_after_an_erasure_nothing_is_left_but_that_the_number_is_not_to_be_told_how_to_join(
    store: Store, ana: Member, dynamodb: Any
) -> None:
    known = everything_of_ana(store, ana, 120)
    store.sign_up(person("bob", "+14155550124"))
    store.save_turn(message("SM-delete"), Turn(member=known, erase=True))
    store.erase(known, "SM-delete", NOW)
    left = {(item["pk"]["S"], item["sk"]["S"]) for item in dynamodb.scan(TableName=TABLE)["Items"]}
    assert left == {(f"PHONE#{PHONE}", "HINT"), ("MEMBER#bob", "MEMBER"), ("PHONE#+14155550124", "PHONE")}
    assert list(store.due(NOW)) == []
    with pytest.raises(UnknownMember):
        store.member_by_phone(PHONE, TODAY)
    assert not store.hint_unless_hinted(PHONE, NOW + timedelta(hours=23))
    assert store.hint_unless_hinted(PHONE, NOW + DAY)
    store.sign_up(person("ana-again"))
    assert store.member_by_phone(PHONE, TODAY).id == "ana-again"


def test_an_erasure_that_broke_off_is_found_by_its_message_and_goes_on(
    store: Store, ana: Member, dynamodb: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    known = everything_of_ana(store, ana, 120)
    asked = Turn(member=known, replies=("Gone.",), erase=True)
    store.save_turn(message("SM-delete"), asked)
    real, calls = dynamodb.transact_write_items, iter([True, False])

    def break_off(**writes: Any) -> Any:
        if next(calls):
            return real(**writes)
        raise TimeoutError

    monkeypatch.setattr(dynamodb, "transact_write_items", break_off)
    with pytest.raises(TimeoutError):
        store.erase(known, "SM-delete", NOW)
    monkeypatch.setattr(dynamodb, "transact_write_items", real)

    again = store.member_by_phone(PHONE, TODAY)
    assert store.save_turn(message("SM-delete"), Turn(member=again)) == Answer(replies=("Gone.",), erase=True)
    store.erase(again, "SM-delete", NOW)
    assert dynamodb.scan(TableName=TABLE)["Count"] == 1
    store.erase(again, "SM-delete", NOW)


def test_what_is_saved_while_a_member_is_erased_is_not_left_behind(
    store: Store, ana: Member, dynamodb: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    known = everything_of_ana(store, ana)
    real, late = dynamodb.transact_write_items, iter([True])

    def meanwhile(**writes: Any) -> Any:
        if next(late, False):
            turn = Turn(member=store.member("ana", TODAY), entries=(entry(source="SM-late"),))
            store.save_turn(message("SM-late"), turn)
        return real(**writes)

    monkeypatch.setattr(dynamodb, "transact_write_items", meanwhile)
    with pytest.raises(StaleMember):
        store.erase(known, "SM-delete", NOW)
    store.erase(known, "SM-delete", NOW)
    assert dynamodb.scan(TableName=TABLE)["Count"] == 1


def test_a_nudge_that_is_claimed_while_a_member_is_erased_is_not_left_behind(
    store: Store, ana: Member, dynamodb: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    known = everything_of_ana(store, ana)
    late = NUDGE.model_copy(update={"day": TODAY - DAY})
    real, times = dynamodb.transact_write_items, iter([True])

    def meanwhile(**writes: Any) -> Any:
        if next(times, False):
            store.claim(late, store.member("ana", TODAY), NOW, timedelta(minutes=2), "", None)
        return real(**writes)

    monkeypatch.setattr(dynamodb, "transact_write_items", meanwhile)
    store.erase(known, "SM-delete", NOW)
    assert dynamodb.scan(TableName=TABLE)["Count"] == 1


# Buddies

BUDDY = "+14155550199"


def with_buddy(member: Member, phone: str = BUDDY) -> Turn:
    return Turn(member=member.model_copy(update={"buddy": Buddy(phone=phone, since=NOW)}), linked=phone)


def without_buddy(member: Member) -> Turn:
    return Turn(member=member.model_copy(update={"buddy": None}), unlinked=BUDDY)


def test_whose_buddy_a_number_is_is_kept_and_taken_away_with_the_member_s_state(store: Store, ana: Member) -> None:
    store.sign_up(person("bob", "+14155550124"))
    store.save_turn(message(), with_buddy(ana))
    store.apply(with_buddy(store.member("bob", TODAY)))
    assert store.party(BUDDY) == Party(None, ("ana", "bob"), False)
    with pytest.raises(StaleMember):
        store.apply(without_buddy(ana))
    assert store.party(BUDDY).friends == ("ana", "bob")
    store.apply(without_buddy(store.member("ana", TODAY)))
    assert store.party(BUDDY) == Party(None, ("bob",), False)
    assert store.member("ana", TODAY).buddy is None


def test_one_query_tells_all_that_a_number_is(store: Store, ana: Member) -> None:
    assert store.party(PHONE) == Party("ana", (), False)
    store.sign_up(person("bob", "+14155550124"))
    store.apply(with_buddy(store.member("bob", TODAY), PHONE))
    store.hint_unless_hinted(PHONE, NOW)
    store.save_heard(message(), PHONE, Heard(refuses=True))
    assert store.party(PHONE) == Party("ana", ("bob",), True)
    assert store.party("+14155550198") == Party()
    assert store.member_by_phone(PHONE, TODAY).id == "ana"


def test_a_buddy_s_message_changes_all_whom_it_concerns_once(store: Store, ana: Member) -> None:
    store.sign_up(person("bob", "+14155550124"))
    for member_id in ("ana", "bob"):
        store.apply(with_buddy(store.member(member_id, TODAY)))

    def cheer(member_id: str) -> Turn:
        return Turn(member=store.member(member_id, TODAY), entries=(entry(kind="cheered", note="go"),))

    first = Heard(turns=(cheer("ana"), cheer("bob")), replies=("Passed on.",))
    assert store.save_heard(message(), BUDDY, first) == Answer(replies=("Passed on.",))
    again = Heard(turns=(cheer("ana"), cheer("bob")), replies=("again",), refuses=True)
    assert store.save_heard(message(at=NOW + DAY), BUDDY, again) == Answer(replies=("Passed on.",))
    assert store.answer_to(BUDDY, "SM1") == Answer(replies=("Passed on.",))
    assert [len(store.member(each, TODAY).journal) for each in ("ana", "bob")] == [1, 1]
    assert not store.party(BUDDY).refuses


def test_a_buddy_s_message_decided_on_an_old_state_of_one_changes_none(store: Store, ana: Member) -> None:
    store.sign_up(person("bob", "+14155550124"))
    bob = store.member("bob", TODAY)
    store.apply(Turn(member=bob))
    with pytest.raises(StaleMember):
        store.save_heard(message(), BUDDY, Heard(turns=(Turn(member=ana), Turn(member=bob)), refuses=True))
    assert store.member("ana", TODAY) == ana
    assert (store.party(BUDDY), store.answer_to(BUDDY, "SM1")) == (Party(), None)


def test_a_member_s_turn_changes_others_with_it_or_not_at_all(store: Store, ana: Member) -> None:
    store.sign_up(person("bob", "+14155550124"))
    bob = store.member("bob", TODAY)
    store.save_turn(message(), with_buddy(ana, bob.phone))
    left = without_buddy(store.member("ana", TODAY)).model_copy(update={"unlinked": bob.phone})
    with pytest.raises(StaleMember):
        store.save_turn(message("SM2"), Turn(member=bob.model_copy(update={"version": 7}), others=(left,)))
    assert store.party(bob.phone) == Party("bob", ("ana",), False)
    store.save_turn(message("SM3"), Turn(member=bob, others=(left,)))
    assert store.party(bob.phone) == Party("bob", (), False)


def test_a_number_that_said_no_is_not_invited_until_it_starts(store: Store, ana: Member) -> None:
    assert store.may_invite(BUDDY)
    store.save_heard(message(), BUDDY, Heard(refuses=True))
    assert not store.may_invite(BUDDY)
    store.save_heard(message("SM2"), BUDDY, Heard(refuses=False))
    assert store.may_invite(BUDDY)


def test_a_member_may_be_invited_but_not_one_who_opted_out(store: Store, ana: Member) -> None:
    assert store.may_invite(PHONE)
    store.apply(Turn(member=ana.model_copy(update={"status": Status.STOPPED})))
    assert not store.may_invite(PHONE)


def test_one_number_is_the_buddy_of_so_many_and_its_texts_change_all_of_them_at_once(store: Store) -> None:
    for n in range(MOST_FRIENDS + 1):
        assert store.may_invite(BUDDY)
        store.sign_up(person(f"m{n:02}", f"+1415555{n:04}"))
        store.apply(with_buddy(store.member(f"m{n:02}", TODAY)))
    assert not store.may_invite(BUDDY)
    last = store.member(f"m{MOST_FRIENDS:02}", TODAY)
    store.apply(without_buddy(last))
    friends = [store.member(each, TODAY) for each in store.party(BUDDY).friends]
    stops = [Turn(member=each, unlinked=BUDDY, rescheduled=True, due=due(each.id)) for each in friends]
    store.save_heard(message(), BUDDY, Heard(turns=tuple(stops), refuses=True))
    assert store.party(BUDDY) == Party(None, (), True)


def test_whoever_is_erased_is_in_nobody_s_number_any_more(store: Store, dynamodb: Any, ana: Member) -> None:
    store.save_turn(message(), with_buddy(ana).model_copy(update={"entries": (entry(),)}))
    store.apply(rescheduled(store.member("ana", TODAY), due("ana")))
    claim(store)
    store.erase(store.member("ana", TODAY), "SM2", NOW)
    left = {(item["pk"]["S"], item["sk"]["S"]) for item in dynamodb.scan(TableName=TABLE)["Items"]}
    assert left == {(f"PHONE#{PHONE}", "HINT")}


# Hints and sign-ups


def test_a_stranger_is_told_how_to_join_once_a_day(store: Store) -> None:
    moments = [NOW, NOW + timedelta(hours=23, minutes=59), NOW + DAY, NOW + DAY + timedelta(seconds=1)]
    assert [store.hint_unless_hinted(PHONE, at) for at in moments] == [True, False, True, False]
    assert store.hint_unless_hinted("+14155550124", NOW)


def test_a_stranger_who_texts_twice_at_once_is_told_once(store: Store) -> None:
    told = at_once([lambda: store.hint_unless_hinted(PHONE, NOW)] * 8)
    assert sorted(map(str, told)) == ["False"] * 7 + ["True"]


def test_a_hint_makes_nobody_a_member_and_a_sign_up_is_still_free(store: Store) -> None:
    store.hint_unless_hinted(PHONE, NOW)
    with pytest.raises(UnknownMember):
        store.member_by_phone(PHONE, TODAY)
    store.sign_up(person())
    assert store.member_by_phone(PHONE, TODAY).id == "ana"


def test_an_hour_has_so_many_sign_ups_and_the_next_one_begins_anew(store: Store) -> None:
    for minute in range(3):
        store.count_signup(NOW + timedelta(minutes=minute), 3)
    with pytest.raises(TooManySignups):
        store.count_signup(NOW.replace(minute=59, second=59), 3)
    store.count_signup(NOW.replace(hour=19, minute=0), 3)


def test_sign_ups_at_once_do_not_pass_the_cap(store: Store) -> None:
    counted = at_once([lambda: store.count_signup(NOW, 5)] * 16)
    assert counted.count(None) == 5
    assert [type(each) for each in counted if each] == [TooManySignups] * 11


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
