"""Who has a number, what is held on them and how it ends, against a local DynamoDB."""

import json
from collections.abc import Callable
from datetime import date, datetime, timedelta
from typing import Any

import pytest

from shared.domain import events
from shared.domain.models import Answer, Buddy, Channel, Heard, Member, Status, Turn
from shared.storage.members import UnknownMember
from shared.storage.signups import TooManySignups
from shared.storage.store import MOST_FRIENDS, Party, Store
from shared.storage.table import StaleMember
from tests.functions import TABLE
from tests.integration.stored import (
    BUDDY,
    DAY,
    NOW,
    NUDGE,
    PHONE,
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

# Members


@pytest.mark.parametrize(("channels", "by"), [(("sms",), "sms"), (("sms", "email"), "sms"), (("email",), "email")])
def test_who_was_kept_before_phones_and_addresses_were_confirmed_has_by_what_they_signed_up_with(
    store: Store, channels: tuple[Channel, ...], by: Channel
) -> None:
    store.sign_up(person(email="ana@example.com", channels=channels, confirmed_at=NOW))
    key = {"pk": {"S": "MEMBER#ana"}, "sk": {"S": "MEMBER"}}
    item = store._client.get_item(TableName=TABLE, Key=key)["Item"]
    kept = json.loads(item["data"]["S"])
    del kept["phone_confirmed_at"], kept["email_confirmed_at"]
    store._client.put_item(TableName=TABLE, Item={**item, "data": {"S": json.dumps(kept)}})
    ana = store.member("ana", TODAY)
    assert (ana.takes("sms"), ana.takes("email")) == (by == "sms", by == "email")


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


def test_a_sign_up_without_a_yes_is_forgotten_after_thirty_days_and_the_number_is_free(
    store: Store, ana: Member, dynamodb: Any
) -> None:
    assert store_at(dynamodb, NOW + 30 * DAY - SECOND).member_by_phone(PHONE, TODAY) == ana
    then = store_at(dynamodb, NOW + 30 * DAY)
    assert then.party(PHONE) == Party()
    with pytest.raises(UnknownMember):
        then.member("ana", TODAY)
    then.sign_up(person("ana-again").model_copy(update={"signed_up_at": NOW + 30 * DAY}))
    assert then.member_by_phone(PHONE, TODAY).id == "ana-again"
    with pytest.raises(StaleMember):
        then.apply(events.confirm(ana, NOW + 30 * DAY))
    assert then.member_by_phone(PHONE, TODAY).id == "ana-again"


def test_signing_up_again_gives_another_thirty_days(store: Store, ana: Member, dynamodb: Any) -> None:
    store.sign_up(ana.model_copy(update={"signed_up_at": NOW + 20 * DAY}))
    assert store_at(dynamodb, NOW + 49 * DAY).member_by_phone(PHONE, TODAY).id == "ana"
    assert store_at(dynamodb, NOW + 50 * DAY).party(PHONE) == Party()


@pytest.mark.parametrize("decide", [events.confirm, events.opt_out], ids=["yes", "stop"])
def test_whoever_has_answered_the_sign_up_stays(
    store: Store, ana: Member, dynamodb: Any, decide: Callable[[Member, datetime], Turn]
) -> None:
    store.apply(decide(ana, NOW))
    assert store_at(dynamodb, NOW + 999 * DAY).member_by_phone(PHONE, TODAY).id == "ana"
    assert not [item for item in dynamodb.scan(TableName=TABLE)["Items"] if "expires_at" in item]


def test_an_erasure_takes_what_has_expired_and_is_there_still(store: Store, ana: Member, dynamodb: Any) -> None:
    known = everything_of_ana(store, ana)
    late = NOW + 999 * DAY
    store_at(dynamodb, late).erase(known, None, late)
    assert {item["sk"]["S"] for item in dynamodb.scan(TableName=TABLE)["Items"]} == {"HINT"}


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
    assert held.answers == {f"SM{n}": Answer(replies=("7.",), at=NOW) for n in range(3)}
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
    assert store.save_turn(message("SM-delete"), Turn(member=again)) == Answer(replies=("Gone.",), erase=True, at=NOW)
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
    store.save_heard(message(), PHONE, Heard(refuses=True), ())
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
    friends = (store.member("ana", TODAY), store.member("bob", TODAY))
    assert store.save_heard(message(), BUDDY, first, friends) == Answer(replies=("Passed on.",))
    again = Heard(turns=(cheer("ana"), cheer("bob")), replies=("again",), refuses=True)
    assert store.save_heard(message(at=NOW + DAY), BUDDY, again, friends) == Answer(replies=("Passed on.",))
    assert store.answer_to(BUDDY, "SM1") == Answer(replies=("Passed on.",))
    assert [len(store.member(each, TODAY).journal) for each in ("ana", "bob")] == [1, 1]
    assert not store.party(BUDDY).refuses


def test_a_buddy_s_message_decided_on_an_old_state_of_one_changes_none(store: Store, ana: Member) -> None:
    store.sign_up(person("bob", "+14155550124"))
    bob = store.member("bob", TODAY)
    store.apply(Turn(member=bob))
    heard = Heard(turns=(Turn(member=ana), Turn(member=bob)), refuses=True)
    with pytest.raises(StaleMember):
        store.save_heard(message(), BUDDY, heard, (ana, bob))
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
    store.save_heard(message(), BUDDY, Heard(refuses=True), ())
    assert not store.may_invite(BUDDY)
    store.save_heard(message("SM2"), BUDDY, Heard(refuses=False), ())
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
    store.save_heard(message(), BUDDY, Heard(turns=tuple(stops), replies=("Done.",), refuses=True), tuple(friends))
    assert store.party(BUDDY) == Party(None, (), True)


def test_whoever_is_erased_is_in_nobody_s_number_any_more(store: Store, dynamodb: Any, ana: Member) -> None:
    store.save_turn(message(), with_buddy(ana).model_copy(update={"entries": (entry(),)}))
    store.apply(rescheduled(store.member("ana", TODAY), due("ana")))
    claim(store)
    store.erase(store.member("ana", TODAY), "SM2", NOW)
    left = {(item["pk"]["S"], item["sk"]["S"]) for item in dynamodb.scan(TableName=TABLE)["Items"]}
    assert left == {(f"PHONE#{PHONE}", "HINT")}


def answers(dynamodb: Any, pk: str) -> dict[str, str]:
    """What is kept of the messages that were answered there, by their ids."""
    items = dynamodb.scan(TableName=TABLE)["Items"]
    kept = [item for item in items if item["pk"]["S"] == pk and item["sk"]["S"].startswith("REPLY#")]
    return {item["sk"]["S"].removeprefix("REPLY#"): item["data"]["S"] for item in kept}


@pytest.mark.parametrize("left_before", [False, True], ids=["a buddy still", "a buddy no more"])
def test_an_erasure_takes_the_member_out_of_what_their_buddies_were_answered(
    store: Store, dynamodb: Any, ana: Member, left_before: bool
) -> None:
    store.sign_up(person("bob", "+14155550124"))
    for member_id in ("ana", "bob"):
        store.apply(with_buddy(store.member(member_id, TODAY)))
    friends = (store.member("ana", TODAY), store.member("bob", TODAY))
    cheered = Turn(member=friends[0], entries=(entry(kind="cheered", note="go"),))
    to_both = Heard(turns=(cheered,), replies=("Passed on to Ana, Bob.",))
    store.save_heard(message(), BUDDY, to_both, friends)
    to_bob = Heard(turns=(Turn(member=store.member("bob", TODAY)),), replies=("Passed on to Bob.",))
    store.save_heard(message("SM2"), BUDDY, to_bob, (store.member("bob", TODAY),))
    if left_before:
        store.apply(without_buddy(store.member("ana", TODAY)))

    store.erase(store.member("ana", TODAY), None, NOW)
    left = [str(item) for item in dynamodb.scan(TableName=TABLE)["Items"]]
    assert not [item for item in left if "to Ana" in item or "#ana" in item]
    assert store.answer_to(BUDDY, "SM2") == Answer(replies=("Passed on to Bob.",))
    bob = store.member("bob", TODAY)
    again = Heard(turns=(Turn(member=bob, entries=(entry(kind="cheered", note="go"),)),), replies=("again",))
    assert store.save_heard(message(at=NOW + DAY), BUDDY, again, (bob,)) == Answer()
    assert store.member("bob", TODAY).journal == ()


def test_an_erasure_takes_the_member_out_of_what_another_member_was_answered(
    store: Store, dynamodb: Any, ana: Member
) -> None:
    store.sign_up(person("bob", "+14155550124"))
    store.apply(with_buddy(ana, "+14155550124"))
    ana, bob = store.member("ana", TODAY), store.member("bob", TODAY)
    agreed = Turn(member=bob, replies=("Thank you for being there for Ana.",), others=(Turn(member=ana),))
    store.save_turn(message(), agreed)
    store.erase(store.member("ana", TODAY), None, NOW)
    assert "Ana" not in answers(dynamodb, "MEMBER#bob")["SM1"]
    assert store.answer_to_member("bob", "SM1") == Answer(at=NOW)


def test_an_erasure_makes_no_answer_of_one_that_is_gone(store: Store, dynamodb: Any, ana: Member) -> None:
    store.sign_up(person("bob", "+14155550124"))
    bob = store.member("bob", TODAY)
    store.save_turn(message(), Turn(member=bob, replies=("For Ana.",), others=(Turn(member=ana),)))
    store.erase(store.member("bob", TODAY), None, NOW)
    store.erase(store.member("ana", TODAY), None, NOW)
    assert {item["sk"]["S"] for item in dynamodb.scan(TableName=TABLE)["Items"]} == {"HINT"}


def test_an_answer_that_names_a_member_who_is_erased_meanwhile_is_not_kept(
    store: Store, dynamodb: Any, ana: Member
) -> None:
    store.apply(with_buddy(ana))
    read = store.member("ana", TODAY)
    store.erase(read, None, NOW)
    with pytest.raises(StaleMember):
        store.save_heard(message(), BUDDY, Heard(replies=("You are Ana's buddy.",)), (read,))
    assert {item["sk"]["S"] for item in dynamodb.scan(TableName=TABLE)["Items"]} == {"HINT"}


def test_whoever_is_erased_leaves_nothing_from_when_they_were_somebody_s_buddy(
    store: Store, dynamodb: Any, ana: Member
) -> None:
    store.apply(with_buddy(ana))
    store.save_heard(message(), BUDDY, Heard(replies=("Reply YES to Ana.",)), (store.member("ana", TODAY),))
    store.sign_up(person("bea", BUDDY))
    store.erase(store.member("bea", TODAY), None, NOW)
    assert answers(dynamodb, f"PHONE#{BUDDY}") == {}
    assert store.party(BUDDY) == Party(None, ("ana",), False)


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
