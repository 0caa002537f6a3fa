"""Lies about people, deadlines and bids 伪造签名、截止时间和投标 (trust.md §8.7, §8.8)."""

from __future__ import annotations

import json
from datetime import timedelta

from tests.evidence.forger import Files, Forger, rehashed
from tests.evidence.forging import (
    after,
    before,
    drop,
    found_as,
)
from tests.evidence.scene import CENTRE, NOTARY, SUPERVISOR, seed
from tests.evidence.story import seal
from trading.experts import draw as ptdraw
from trading.ledger.actions import ActionKey
from trading.ledger.entries import microseconds


@found_as("is not valid")
def a_bid_signed_with_another_key(f: Forger) -> None:
    event = f.story.one("bid.received")
    event.sigs = f.town.signatures(event)
    event.sigs[0]["sig"] = ActionKey(seed("forged")).sign(b"x")


@found_as("lacks a required signature")
def a_bid_that_nobody_signed(f: Forger) -> None:
    f.story.one("bid.received").by = ()


@found_as("lacks a required signature")
def a_bid_signed_by_the_centre_for_the_bidder(f: Forger) -> None:
    f.story.one("bid.received").by = (CENTRE,)


@found_as("is not valid")
def an_old_signature_under_a_new_version(f: Forger) -> None:
    event = f.story.one("bid.received", 2)
    event.sigs = f.town.signatures(event)
    event.body["version"] = 2


@found_as("malformed signatures")
def one_person_signs_twice(f: Forger) -> None:
    f.story.one("draw.dice").by = (NOTARY, NOTARY)


@found_as("is not valid")
def a_bid_signed_with_a_key_that_came_later(f: Forger) -> None:
    events = f.story.events
    key = next(one for one in events if one.kind == "key.registered" and one.actor == "bidder-1")
    bid = f.story.one("bid.received")
    events.remove(key)
    key.at = bid.at
    events.insert(events.index(bid) + 1, key)


@found_as("is not valid")
def a_bid_signed_with_a_revoked_key(f: Forger) -> None:
    before(f, f.story.one("bid.received"), "key.revoked", "bidder-1", {"person": "bidder-1"}, "bidder-1", chain="@log")


@found_as("is not valid")
def a_registration_left_out(f: Forger) -> None:
    f.left_out.add("bidder-1")


@found_as("of nobody in this lot")
def keys_of_a_stranger(f: Forger) -> None:
    f.strangers.add("stranger-1")


@found_as("one person in two roles")
def a_person_in_two_roles(f: Forger) -> None:
    published = f.story.one("tender.published")
    body = {"person": "bidder-1", "pub": f.town.people["bidder-1"].public, "role": "centre"}
    before(f, published, "key.registered", "bidder-1", body, "bidder-1", chain="@log")


@found_as("is not valid")
def a_key_registered_without_holding_it(f: Forger) -> None:
    event = next(one for one in f.story.events if one.kind == "key.registered" and one.actor == "bidder-1")
    event.sigs = [{"signer": "bidder-1", "sig": f.town.people[CENTRE].sign(b"x")}]


@found_as("lacks a required signature")
def a_key_revoked_by_the_centre(f: Forger) -> None:
    event = next(one for one in f.story.events if one.kind == "key.revoked" and one.actor == SUPERVISOR)
    event.by = (CENTRE,)


@found_as("lacks a required signature")
def an_officer_s_key_that_he_did_not_sign(f: Forger) -> None:
    next(one for one in f.story.events if one.kind == "officer.key").by = ()


@found_as("no key entry")
def a_cover_entry_among_the_keys(f: Forger) -> Files:
    files, log = f.files(), f.log()
    leaves = [one.leaf for one in log]
    pad = next(seq for seq, one in enumerate(log) if one.event.kind == "pad")
    return rehashed(files | {"keys.jsonl": files["keys.jsonl"] + f.line(log[pad], pad, leaves)})


@found_as("lacks a required signature")
def a_free_entry_s_signature_does_not_stand_for_the_supervisor_s(f: Forger) -> None:
    f.story.one("draw.exclusions").by = (CENTRE,)


@found_as("twice, or deadline past")
def a_deadline_that_was_past(f: Forger) -> None:
    event = f.story.one("tender.published")
    event.body["deadline"] = microseconds(event.at)


@found_as("parts and groups do not agree")
def envelopes_without_officers(f: Forger) -> None:
    f.story.one("tender.published").body["groups"] = f.story.groups = []


@found_as("key not registered before")
def an_officer_s_key_that_came_after_the_notice(f: Forger) -> None:
    events, published = f.story.events, f.story.one("tender.published")
    key = next(one for one in events if one.kind == "officer.key")
    events.remove(key)
    key.at = published.at
    events.insert(events.index(published) + 1, key)


@found_as("key not registered before")
def a_quorum_of_keys_that_are_nobody_s(f: Forger) -> None:
    body = f.story.one("tender.published").body
    groups = json.loads(json.dumps(body["groups"]))
    groups[0]["officers"][0]["recipient"] = "age1" + "q" * 58
    body["groups"] = groups


@found_as("twice, or deadline past")
def a_second_notice(f: Forger) -> None:
    first = f.story.one("tender.published")
    after(f, first, "tender.published", "owner-1", dict(first.body))


@found_as("the deadline may not be moved so")
def a_deadline_brought_forward(f: Forger) -> None:
    f.story.one("tender.amended").body["deadline"] = f.story.one("tender.published").body["deadline"] - 1


@found_as("the deadline may not be moved so")
def a_deadline_moved_after_it_was_past(f: Forger) -> None:
    body = {"deadline": f.story.deadline + 10**10}
    before(f, f.story.one("tender.closed"), "tender.amended", "owner-1", body)


@found_as("cannot be suspended")
def a_second_suspension(f: Forger) -> None:
    after(f, f.story.one("tender.suspended"), "tender.suspended", SUPERVISOR, {"reason": "again"})


@found_as("not suspended")
def resumed_without_a_suspension(f: Forger) -> None:
    after(f, f.story.one("tender.resumed"), "tender.resumed", SUPERVISOR, {"deadline": f.story.deadline})


@found_as("no new deadline")
def resumed_without_a_deadline(f: Forger) -> None:
    f.story.one("tender.resumed").body.pop("deadline")


@found_as("may not be received")
def a_bid_taken_during_the_suspension(f: Forger) -> None:
    events, bid = f.story.events, f.story.one("bid.received")
    resumed = f.story.one("tender.resumed")
    events.remove(bid)
    bid.at = resumed.at
    bid.body["t_recv"] = microseconds(bid.at) - 1
    events.insert(events.index(resumed), bid)


@found_as("may not be received")
def a_late_bid_taken(f: Forger) -> None:
    envelope = seal(f.story, "bidder-6", "price", 1).envelope
    late = f.story.one("bid.refused")
    body = {"envelope": envelope, "part": "price", "version": 1, "t_recv": f.story.deadline}
    after(f, late, "bid.received", "bidder-6", body, "bidder-6")


@found_as("may not be received")
def a_bid_received_after_it_was_recorded(f: Forger) -> None:
    event = f.story.one("bid.received")
    event.body["t_recv"] = microseconds(event.at) + 1


@found_as("may not be received")
def a_bid_received_after_closing(f: Forger) -> None:
    closed = f.story.one("tender.closed")
    envelope = seal(f.story, "bidder-7", "price", 1).envelope
    body = {"envelope": envelope, "part": "price", "version": 1, "t_recv": f.story.deadline - 1}
    after(f, closed, "bid.received", "bidder-7", body, "bidder-7")


@found_as("no such part")
def a_part_that_was_not_asked_for(f: Forger) -> None:
    f.story.one("bid.received").body["part"] = "single"


@found_as("wrong version")
def a_version_left_out(f: Forger) -> None:
    f.story.one("bid.received").body["version"] = 2


@found_as("the envelope is another's")
def a_rival_s_envelope_sent_again(f: Forger) -> None:
    envelope = f.story.one("bid.received").body["envelope"]
    f.story.one("bid.received", 2).body["envelope"] = envelope


@found_as("not the bid in force")
def a_withdrawal_of_what_is_not_in_force(f: Forger) -> None:
    f.story.one("bid.withdrawn").body["version"] = 7


@found_as("it was not late")
def a_timely_bid_refused_as_late(f: Forger) -> None:
    f.story.one("bid.refused").body["t_recv"] = f.story.deadline - 1


@found_as("may not close")
def closing_before_the_deadline(f: Forger) -> None:
    for event in f.story.events[f.story.events.index(f.story.one("bid.refused")) :]:
        event.at -= timedelta(hours=3)
    shift = f.story.one("bid.received", 10).at
    drop(f, f.story.one("bid.refused"))
    for event in f.story.events:
        event.at = max(event.at, shift) if f.story.events.index(event) > 100 else event.at


@found_as("wrong bids_root")
def a_bid_dropped_at_closing(f: Forger) -> None:
    f.story.one("tender.closed").body["bids_root"] = ptdraw.bids_root([])


@found_as("wrong count")
def a_bidder_not_counted(f: Forger) -> None:
    f.story.one("tender.closed").body["count"] = 3


@found_as("after closing")
def changed_after_closing(f: Forger) -> None:
    after(f, f.story.one("tender.closed"), "tender.amended", "owner-1", {"sha256": seed("x").hex()})


@found_as("before publication")
def a_bid_before_the_notice(f: Forger) -> None:
    events, bid = f.story.events, f.story.one("bid.received")
    published = f.story.one("tender.published")
    events.remove(bid)
    bid.at = published.at
    bid.body["t_recv"] = microseconds(bid.at) - 1
    events.insert(events.index(published), bid)
