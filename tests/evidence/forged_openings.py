"""Lies about what was opened, and about the end 伪造开标和结局 (trust.md §8.8)."""

from __future__ import annotations

import json
from typing import Any

from pyrage import decrypt

from tests.evidence.forger import Files, Forger, rehashed
from tests.evidence.forging import (
    after,
    before,
    drop,
    found_as,
)
from tests.evidence.scene import CODE, SUPERVISOR, seed
from tests.evidence.story import closing_body, opened_body
from trading.ledger.canonical import canonical
from trading.sealing.age_keys import identity_of
from trading.sealing.contents import Place
from trading.sealing.headers import envelope_id
from trading.sealing.ptbid import seal_sheet


@found_as("opened before closing or suspended")
def opened_before_closing(f: Forger) -> None:
    events, opened = f.story.events, f.story.one("bid.opened")
    closed = f.story.one("tender.closed")
    events.remove(opened)
    opened.at = closed.at
    events.insert(events.index(closed), opened)


@found_as("opened before closing or suspended")
def opened_while_suspended(f: Forger) -> None:
    after(f, f.story.one("tender.closed"), "tender.suspended", SUPERVISOR, {"reason": "complaint"})


@found_as("too few bids to open")
def too_few_bids_opened(f: Forger) -> None:
    f.story.one("tender.published").body["min_bids"] = 5


@found_as("key, inner or price is missing")
def a_price_without_its_evidence(f: Forger) -> None:
    f.story.one("bid.opened", 5).body.pop("key")


@found_as("technical after price")
def a_technical_part_opened_after_a_price(f: Forger) -> None:
    events, tech = f.story.events, f.story.one("bid.opened")
    events.remove(tech)
    price = f.story.one("bid.opened", 4)
    tech.at = price.at
    events.insert(events.index(price) + 1, tech)


@found_as("opened or rejected twice")
def an_envelope_opened_twice(f: Forger) -> None:
    first = f.story.one("bid.opened")
    after(f, first, "bid.opened", "officers", dict(first.body))


@found_as("not in force at closing")
def a_replaced_envelope_opened(f: Forger) -> None:
    replaced = next(
        event.body["envelope"] for event in f.story.lot() if event.kind == "bid.received" and event.actor == "bidder-2"
    )
    last = f.story.one("bid.opened", 5)
    last.body = opened_body(f.story, replaced)


@found_as("never opened")
def an_envelope_never_opened(f: Forger) -> None:
    drop(f, f.story.one("bid.rejected"))


@found_as("an incomplete bid is opened")
def an_incomplete_bid_opened(f: Forger) -> None:
    event = next(one for one in f.story.lot() if one.kind == "bid.rejected" and "key" not in one.body)
    event.kind, event.body = "bid.opened", opened_body(f.story, event.body["envelope"])


@found_as("wrong part")
def a_price_opened_as_a_technical_part(f: Forger) -> None:
    event = f.story.one("bid.opened", 4)
    event.body = {"envelope": event.body["envelope"], "part": "tech"}


@found_as("of another lot, part or quorum")
def a_header_with_a_weaker_quorum(f: Forger) -> None:
    groups = json.loads(json.dumps(f.story.groups))
    groups[0]["k"] = 1
    place = Place(CODE, "price", "bidder-3")
    replace_envelope(f, "bidder-3", place, groups, {"total": "90000003"})


def replace_envelope(f: Forger, bidder: str, place: Place, groups: Any, sheet: dict[str, Any]) -> None:
    """Another envelope in the place of a bidder's price, received, counted and opened as his."""
    told = {"alg": "ptprice/1", **place.as_json(), "total": "1"} | sheet
    sealed = seal_sheet(place, groups, told, (), False)
    story = f.story
    received = [one for one in story.lot() if one.kind == "bid.received" and one.actor == bidder]
    old = next(one for one in received if one.body["part"] == "price")
    was, old.body["envelope"] = old.body["envelope"], sealed.envelope
    content = canonical({**told, "attachments": []})
    _kept, inner = sealed_inner(sealed.ciphertext, sealed.key)
    story.sealed[sealed.envelope] = sealed
    story.sheets[sealed.envelope] = {"inner": inner, "content": content, "price": told["total"]}
    opened = next(one for one in story.lot() if one.kind == "bid.opened" and one.body["envelope"] == was)
    opened.body = opened_body(story, sealed.envelope)
    story.one("tender.closed").body = closing_body(story)


def sealed_inner(ciphertext: bytes, key: bytes) -> tuple[bytes, str]:
    """The plaintext of an envelope, and its inner object."""
    plain = bytes(decrypt(ciphertext, [identity_of(key)]))
    length = int.from_bytes(plain[:4], "big")
    return plain, plain[4 : 4 + length].decode()


@found_as("of another bidder or place")
def a_copied_envelope_under_another_name(f: Forger) -> None:
    replace_envelope(f, "bidder-3", Place(CODE, "price", "bidder-1"), f.story.groups, {})


@found_as("malformed price sheet")
def a_sheet_that_is_none(f: Forger) -> None:
    replace_envelope(f, "bidder-3", Place(CODE, "price", "bidder-3"), f.story.groups, {"total": "1.5"})


@found_as("not what its id says")
def another_header_under_the_old_id(f: Forger) -> Files:
    envelope = f.story.one("bid.opened", 4).body["envelope"]
    f.headers[envelope] = f.story.sealed[envelope].header | {"ct_len": 7}
    return f.files()


@found_as("missing file")
def a_header_left_out(f: Forger) -> Files:
    files = f.files()
    return rehashed({name: data for name, data in files.items() if not name.startswith("env-")})


@found_as("wrong key")
def a_key_that_is_not_the_envelope_s(f: Forger) -> None:
    f.story.one("bid.opened", 5).body["key"] = seed("key").hex()


@found_as("wrong shares")
def a_bidder_who_gave_an_officer_a_false_share(f: Forger) -> None:
    event = f.story.one("bid.opened", 6)
    old = event.body["envelope"]
    header = json.loads(json.dumps(f.story.sealed[old].header))
    header["shares"][2]["commit"] = seed("share").hex()
    exchange(f, old, header)


def exchange(f: Forger, old: str, header: dict[str, Any]) -> None:
    """Another header for the same ciphertext, wherever the old one is named."""
    new = envelope_id(header)
    f.headers[new] = header
    f.story.sheets[new], f.story.sealed[new] = f.story.sheets[old], f.story.sealed[old]
    for event in f.story.lot():
        if event.body.get("envelope") == old:
            event.body["envelope"] = new
    f.story.one("tender.closed").body = closing_body(f.story)


@found_as("wrong plain_commit")
def an_inner_that_was_not_committed_to(f: Forger) -> None:
    event = f.story.one("bid.opened", 5)
    event.body["inner"] = event.body["inner"].replace('"bidder-', '"bidder-9')


@found_as("the price read out is not that of the sheet")
def a_false_price_beside_a_true_sheet(f: Forger) -> None:
    f.story.one("bid.opened", 4).body["price"] = "1"


@found_as("the price sheet is not what was sealed")
def a_false_sheet_with_the_false_price(f: Forger) -> None:
    body = f.story.one("bid.opened", 4).body
    sheet = json.loads(f.story.sheets[body["envelope"]]["content"]) | {"total": "1"}
    body["price"] = "1"
    f.contents[f"content-{body['envelope']}.json"] = canonical(sheet)


@found_as("missing file")
def no_sheet_for_a_price(f: Forger) -> Files:
    files = f.files()
    return rehashed({name: data for name, data in files.items() if not name.startswith("content-")})


@found_as("key without inner")
def a_rejection_with_half_its_evidence(f: Forger) -> None:
    event = next(one for one in f.story.lot() if one.kind == "bid.rejected" and "key" in one.body)
    event.body.pop("inner")


@found_as("the winner has no opened price")
def a_winner_whose_price_was_rejected(f: Forger) -> None:
    f.story.one("award.notice").body["winner"] = "bidder-4"


@found_as("the end is not as told")
def an_award_told_as_a_failure(f: Forger) -> None:
    f.story.one("dossier.final").body["end"] = "failed"


@found_as("after the end of the lot")
def awarded_after_it_was_cancelled(f: Forger) -> None:
    before(f, f.story.one("award.notice"), "tender.cancelled", "owner-1", {"reason": "x"})


@found_as("awarded before closing or suspended")
def awarded_while_suspended(f: Forger) -> None:
    before(f, f.story.one("award.notice"), "tender.suspended", SUPERVISOR, {"reason": "complaint"})
