"""Lies about the draw 伪造专家抽取 (trust.md §8.10, A.8)."""

from __future__ import annotations

import hashlib

from tests.evidence.forger import Files, Forger, rehashed
from tests.evidence.forging import (
    DRAW_1,
    DRAW_2,
    after,
    drop,
    found_as,
    lines_of,
)
from tests.evidence.scene import CENTRE, CODE, NOTARY, SUPERVISOR, Event, seed
from tests.evidence.story_draws import drawn, of_draw


def of(f: Forger, name: str, kind: str, number: int = 0) -> Event:
    """The ``number``-th event of a kind in a draw."""
    return [one for one in f.story.lot() if one.kind == kind and one.body["draw"] == name][number]


def redrawn(f: Forger) -> None:
    """The results of the second draw as everything before gives them now; who accepts follows."""
    for number in (0, 1):
        of(f, DRAW_2, "draw.result", number).body["selected"] = drawn(f.story, DRAW_2, number)


@found_as("the draw recomputed gives other experts")
def a_friend_put_in(f: Forger) -> None:
    selected = of(f, DRAW_2, "draw.result").body["selected"]
    taken = {one["id"] for one in selected}
    selected[1]["id"] = next(one.id for one in f.story.pools[DRAW_2] if one.id not in taken)


@found_as("the pool is not that of its root")
def the_pool_changed_after_the_commitments(f: Forger) -> None:
    f.story.pools[DRAW_2] = f.story.pools[DRAW_1]


@found_as("the draw recomputed gives other experts")
def other_dice_than_were_rolled(f: Forger) -> None:
    of(f, DRAW_2, "draw.dice").body["value"] = "0" * 20


@found_as("is not valid")
def dice_of_the_aborted_draw_used_again(f: Forger) -> None:
    dice, old = of(f, DRAW_2, "draw.dice"), of(f, DRAW_1, "draw.dice")
    dice.sigs = f.town.signatures(old)
    dice.body["value"] = old.body["value"]


@found_as("lacks a required signature")
def dice_with_one_witness(f: Forger) -> None:
    of(f, DRAW_2, "draw.dice").by = (NOTARY,)


@found_as("lacks a required signature")
def dice_witnessed_by_the_centre(f: Forger) -> None:
    of(f, DRAW_2, "draw.dice").by = (NOTARY, CENTRE)


@found_as("lacks a required signature")
def the_supervisor_s_commitment_made_by_the_centre(f: Forger) -> None:
    of(f, DRAW_2, "draw.commit", 1).by = (CENTRE,)


@found_as("lacks a required signature")
def a_reveal_that_its_party_did_not_sign(f: Forger) -> None:
    of(f, DRAW_2, "draw.reveal", 1).by = (CENTRE,)


@found_as("lacks a required signature")
def an_abort_that_the_supervisor_did_not_sign(f: Forger) -> None:
    of(f, DRAW_1, "draw.aborted").by = (CENTRE,)


@found_as("lacks a required signature")
def a_refusal_invented_by_the_centre(f: Forger) -> None:
    of(f, DRAW_2, "expert.refused").by = (CENTRE,)


@found_as("not the value committed to")
def a_value_chosen_after_the_dice(f: Forger) -> None:
    of(f, DRAW_2, "draw.reveal", 1).body["value"] = seed("chosen").hex()


@found_as("wrong turn")
def the_supervisor_reveals_first(f: Forger) -> None:
    events = f.story.events
    first, second = (events.index(of(f, DRAW_2, "draw.reveal", number)) for number in (0, 1))
    events[first], events[second] = events[second], events[first]
    events[first].at, events[second].at = events[second].at, events[first].at


@found_as("out of order")
def exclusions_after_the_dice(f: Forger) -> None:
    events = f.story.events
    first, second = (events.index(of(f, DRAW_2, kind)) for kind in ("draw.exclusions", "draw.dice"))
    events[first], events[second] = events[second], events[first]
    events[first].at, events[second].at = events[second].at, events[first].at


@found_as("bad exclusions")
def an_exclusion_for_no_code(f: Forger) -> None:
    ids = of(f, DRAW_2, "draw.exclusions").body["ids"]
    ids[next(iter(ids))] = "because"


@found_as("bad exclusions")
def an_exclusion_of_somebody_not_in_the_pool(f: Forger) -> None:
    of(f, DRAW_2, "draw.exclusions").body["ids"][seed("nobody").hex()[:32]] = "kin"


@found_as("wrong order with the closing")
def commitments_of_the_first_draw_after_closing(f: Forger) -> None:
    events, closed = f.story.events, f.story.one("tender.closed")
    for commit in [of(f, DRAW_1, "draw.commit", number) for number in (1, 0)]:
        events.remove(commit)
        commit.at = closed.at
        events.insert(events.index(closed) + 1, commit)


@found_as("no new draw is allowed")
def drawn_again_until_it_suits(f: Forger) -> None:
    drop(f, of(f, DRAW_1, "draw.aborted"))


@found_as("wrong draw number")
def a_draw_number_with_a_leading_zero(f: Forger) -> None:
    f.story.pools[f"{CODE}/draw-01"] = f.story.pools[DRAW_1]
    of(f, DRAW_1, "draw.rules").body["draw"] = f"{CODE}/draw-01"


@found_as("wrong draw number")
def a_draw_number_used_again(f: Forger) -> None:
    of(f, DRAW_2, "draw.rules").body["draw"] = DRAW_1


@found_as("names another draw")
def an_entry_that_names_another_draw(f: Forger) -> None:
    of(f, DRAW_2, "expert.accepted").body["draw"] = DRAW_1


@found_as("wrong party")
def the_parties_commit_in_another_order(f: Forger) -> None:
    events = f.story.events
    first, second = (events.index(of(f, DRAW_2, "draw.commit", number)) for number in (0, 1))
    events[first], events[second] = events[second], events[first]
    events[first].at, events[second].at = events[second].at, events[first].at


@found_as("no reason of the list")
def a_refusal_for_no_listed_reason(f: Forger) -> None:
    of(f, DRAW_2, "expert.refused").body["reason"] = "not wanted"


@found_as("not a drawn expert")
def a_refusal_of_somebody_not_drawn(f: Forger) -> None:
    of(f, DRAW_2, "expert.refused").body["id"] = seed("nobody").hex()[:32]


@found_as("out of order")
def a_second_round_without_a_refusal(f: Forger) -> None:
    drop(f, of(f, DRAW_2, "expert.refused"))


@found_as("the last draw seats no committee")
def awarded_with_a_seat_refused(f: Forger) -> None:
    body = of(f, DRAW_2, "expert.accepted", 4).body
    refusal = {"draw": DRAW_2, "id": body["id"], "reason": "ill", "after_round": 1}
    after(f, of(f, DRAW_2, "expert.accepted", 4), "expert.refused", SUPERVISOR, refusal, SUPERVISOR)


@found_as("after the award")
def the_committee_told_after_the_award(f: Forger) -> None:
    events, last = f.story.events, of(f, DRAW_2, "expert.accepted", 4)
    award = f.story.one("award.notice")
    events.remove(last)
    last.at = award.at
    events.insert(events.index(award) + 1, last)


@found_as("no such shortage")
def a_shortage_invented(f: Forger) -> None:
    event = of(f, DRAW_2, "draw.result", 1)
    event.kind = "draw.shortage"
    event.body = {"draw": DRAW_2, "round": 1, "stratum": "JZ", "need": 1, "got": 0}


@found_as("the pool file is missing")
def no_pool_for_a_draw(f: Forger) -> Files:
    files = f.files()
    return rehashed({name: data for name, data in files.items() if name != "pool-2.jsonl"})


@found_as("bad pool")
def a_pool_out_of_order(f: Forger) -> Files:
    files = f.files()
    lines = lines_of(files, "pool-2.jsonl")
    return rehashed(files | {"pool-2.jsonl": b"".join([lines[1], lines[0], *lines[2:]])})


@found_as("out of order")
def a_beacon_nobody_announced(f: Forger) -> None:
    beacon = {"draw": DRAW_2, "type": "x", "chain": "x", "round": 1, "value": "x"}
    after(f, of(f, DRAW_2, "draw.reveal", 1), "draw.beacon", "system", beacon)


@found_as("out of order")
def a_beacon_left_out(f: Forger) -> None:
    of(f, DRAW_2, "draw.rules").body["beacon"] = {"type": "lottery", "chain": "x", "round": 1}


@found_as("wrong beacon or time")
def a_beacon_that_was_public_before_the_last_value(f: Forger) -> None:
    quicknet = "52db9ba70e0cc0f6eaf7803dd07447a1f5477735fd3f661792ba94600c84e971"
    asked = {"type": "drand-quicknet", "chain": quicknet, "round": 1000}
    of(f, DRAW_2, "draw.rules").body["beacon"] = asked
    value = {"signature": "ab" * 48, "value": sha256_hex(bytes.fromhex("ab" * 48))}
    after(f, of(f, DRAW_2, "draw.reveal", 1), "draw.beacon", "system", {"draw": DRAW_2, **asked, **value})


def sha256_hex(data: bytes) -> str:
    """SHA-256, hex."""
    return hashlib.sha256(data).hexdigest()


@found_as("blames nobody known")
def an_abort_that_blames_a_stranger(f: Forger) -> None:
    of(f, DRAW_1, "draw.aborted").body["blame"] = "somebody"


@found_as("bad or no body")
def parties_without_the_supervisor(f: Forger) -> None:
    of(f, DRAW_1, "draw.rules").body["parties"] = ["centre"]


@found_as("the draw recomputed gives other experts")
def one_seat_more_from_one_employer(f: Forger) -> None:
    rules = of_draw(f.story, DRAW_2, "draw.rules")[0]
    rules["max_per_org"] = None
