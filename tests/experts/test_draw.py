"""The expert draw 专家抽取: the worked cases of ``ptdraw/1``, its bounds, and that no specialty is starved."""

from __future__ import annotations

import math
from collections import Counter
from typing import Any

import pytest

from tests.vectors import vector
from trading.experts import draw
from trading.experts.draw import Candidate, Fixed, Seat, Shortage

CASE = vector("ptdraw1")
RULES = CASE["rules"]
DRAW = CASE["draw"]
PARTIES = ("centre", "supervisor")
POOL = [Candidate(c["id"], tuple(c["strata"]), c["org"], c["name_commit"], c["w"]) for c in CASE["pool"]]
STRATA = [stratum["code"] for stratum in RULES["strata"]]
NEED = {stratum["code"]: stratum["n"] for stratum in RULES["strata"]}
BARRED = frozenset(CASE["exclusions"]["ids"])
ORG = {candidate.id: candidate.org for candidate in POOL}


def reveals(round_: int) -> dict[str, str]:
    """Reveals of a round as recorded."""
    return {item["party"]: item["value"] for item in CASE["reveals"][str(round_)]}


def fixed(beacon: Any = None) -> Fixed:
    """What the worked case fixes before the reveals."""
    return Fixed(
        CASE["pool_root"], len(POOL), CASE["excl_hash"], CASE["bids_root"], CASE["anchors"],
        CASE["transcript"]["dice"], beacon,
    )  # fmt: skip


def first_round(key: str) -> tuple[Seat, ...]:
    """The seats of round 0 with this key."""
    seats = draw.select(bytes.fromhex(key), NEED, POOL, STRATA, BARRED, {}, RULES["max_per_org"])
    assert isinstance(seats, tuple)
    return seats


def pool(count: int, strata: tuple[str, ...] = ("A",), org: str = "") -> list[Candidate]:
    """Candidates of one kind, each of an employer of its own unless ``org`` is given."""
    return [Candidate(f"{'-'.join(strata)}{n:04}", strata, org or f"org{n}", "", 1) for n in range(count)]


@pytest.mark.parametrize("party", PARTIES)
def test_a_party_reveals_its_chain_backwards_from_its_anchor(party: str) -> None:
    secret = bytes.fromhex(CASE["secrets"][party])
    previous = draw.anchor(DRAW, party, secret)
    assert previous.hex() == CASE["anchors"][party]
    for round_ in range(3):
        value = draw.reveal(DRAW, party, secret, round_)
        assert value.hex() == reveals(round_)[party]
        assert draw.follows(DRAW, party, value, previous)
        assert not draw.follows(DRAW, "notary", value, previous)
        assert not draw.follows(DRAW.replace("-1", "-2"), party, value, previous)
        previous = value
    assert draw.reveal(DRAW, party, secret, 63) == secret


@pytest.mark.parametrize("round_", [-1, 64])
def test_a_chain_has_sixty_four_rounds(round_: int) -> None:
    with pytest.raises(ValueError, match="rounds 0 to 63"):
        draw.reveal(DRAW, "centre", bytes(32), round_)


@pytest.mark.parametrize("secret", [b"", bytes(31), bytes(33)])
def test_a_secret_has_thirty_two_bytes(secret: bytes) -> None:
    with pytest.raises(ValueError, match="32 bytes"):
        draw.anchor(DRAW, "centre", secret)
    assert not draw.follows(DRAW, "centre", secret, draw.step(DRAW, "centre", secret))


def test_secrets_are_fresh() -> None:
    assert len(draw.new_secret()) == 32
    assert draw.new_secret() != draw.new_secret()


def test_hashes_of_pool_rules_exclusions_and_bids_are_those_of_the_worked_case() -> None:
    assert draw.pool_root(POOL) == draw.pool_root(reversed(POOL)) == CASE["pool_root"]
    assert draw.rules_hash(RULES) == draw.rules_hash({**RULES, "sigs": []}) == CASE["rules_hash"]
    assert draw.excl_hash(**CASE["exclusions"]) == CASE["excl_hash"]
    assert draw.bids_root(reversed(CASE["bids"])) == CASE["bids_root"]


def test_the_first_key_comes_from_everything_fixed_and_revealed() -> None:
    written = draw.transcript(RULES, fixed(), reveals(0))
    assert written == CASE["transcript"]
    assert draw.first_key(written).hex() == CASE["seed"]
    assert draw.first_key(CASE["transcript_with_beacon"]).hex() == CASE["seed_with_beacon"]


def test_the_case_with_a_beacon_is_the_recorded_one() -> None:
    case = CASE["beacon_case"]
    body = {**case["transcript"]["beacon"], "draw": DRAW, "sigs": []}
    written = draw.transcript(case["rules"], fixed(body), reveals(0))
    assert written == case["transcript"]
    assert draw.first_key(written).hex() == case["seed"]
    assert [seat.as_json() for seat in first_round(case["seed"])] == case["round0"]


def test_the_first_round_seats_the_recorded_experts() -> None:
    assert [seat.as_json() for seat in first_round(CASE["seed"])] == CASE["round0"]


def test_a_replacement_round_seats_the_recorded_expert() -> None:
    key = draw.next_key(bytes.fromhex(CASE["seed"]), 1, RULES, reveals(1))
    assert key.hex() == CASE["round1_key"]
    drawn = {seat.id: seat.stratum for seat in first_round(CASE["seed"])}
    per_org = Counter(ORG[id_] for id_ in drawn if id_ != CASE["refused"])
    seats = draw.select(key, {drawn[CASE["refused"]]: 1}, POOL, STRATA, BARRED | drawn.keys(), per_org, 1)
    assert isinstance(seats, tuple)
    assert [seat.as_json() for seat in seats] == CASE["round1"]


def test_a_weight_takes_the_smallest_of_so_many_tickets() -> None:
    given = CASE["ticket_example"]
    key = bytes.fromhex(given["key"])
    assert draw.ticket(key, given["stratum"], given["id"], given["w"]).hex() == given["ticket"]


@pytest.mark.parametrize("weight", [0, 17, True])
def test_a_weight_out_of_bounds_is_refused(weight: int) -> None:
    with pytest.raises(ValueError, match="a weight"):
        Candidate("a", (), "", "", weight)


def test_a_pool_names_nobody_and_no_specialty_twice() -> None:
    with pytest.raises(ValueError, match="id occurs twice"):
        draw.pool_root([*POOL, POOL[0]])
    with pytest.raises(ValueError, match="specialty occurs twice"):
        Candidate("a", ("A", "A"), "", "")


def test_a_shortage_seats_nobody_and_tells_how_many_there_were() -> None:
    need = {item["code"]: item["n"] for item in CASE["shortage"]["strata"]}
    found = draw.select(bytes.fromhex(CASE["seed"]), need, POOL, list(need), BARRED, {}, None)
    there = [c for c in POOL if "A08" in c.strata and c.id not in BARRED]
    assert found == Shortage("A08", 30, len(there))


@pytest.mark.parametrize(("size", "enough"), [(4, False), (5, True), (6, True)])
def test_five_seats_need_five_candidates(size: int, *, enough: bool) -> None:
    found = draw.select(bytes(32), {"A": 5}, pool(size), ["A"], frozenset(), {}, None)
    assert isinstance(found, tuple) is enough


@pytest.mark.parametrize(("limit", "got"), [(None, 3), (2, 2), (1, 1), (0, 0)])
def test_no_employer_has_more_seats_than_the_rules_allow(limit: int | None, got: int) -> None:
    found = draw.select(bytes(32), {"A": 3}, pool(9, org="same"), ["A"], frozenset(), {}, limit)
    assert (len(found) if isinstance(found, tuple) else found.got) == got


def test_seats_given_before_count_for_the_employer() -> None:
    found = draw.select(bytes(32), {"A": 1}, pool(9, org="same"), ["A"], frozenset(), {"same": 1}, 1)
    assert found == Shortage("A", 1, 0)


def test_nobody_is_seated_twice_nor_when_barred() -> None:
    both = pool(6, ("A", "B"))
    seats = draw.select(bytes(32), {"A": 2, "B": 3}, both, ["A", "B"], {both[0].id}, {}, None)
    assert isinstance(seats, tuple)
    assert {seat.id for seat in seats} == {candidate.id for candidate in both[1:]}


def test_the_order_of_the_pool_does_not_matter() -> None:
    key = bytes.fromhex(CASE["seed"])
    assert draw.select(key, NEED, POOL[::-1], STRATA, BARRED, {}, 1) == first_round(CASE["seed"])


def test_experts_of_two_specialties_have_their_fair_share_of_the_second_one() -> None:
    """20 of 40 experts have both specialties, 5 + 5 seats; one ticket for all specialties would give 0.54 (A.3)."""
    experts, runs = pool(20, ("A", "B")) + pool(20, ("B",)), 1500
    shares = []
    for run in range(runs):
        seats = draw.select(run.to_bytes(32, "big"), {"A": 5, "B": 5}, experts, ["A", "B"], frozenset(), {}, None)
        assert isinstance(seats, tuple)
        shares.append(sum(seat.stratum == "B" and seat.id.startswith("A-B") for seat in seats))
    expected = 5 * 15 / 35
    deviation = math.sqrt(expected * (20 / 35) * (30 / 34) / runs)
    assert abs(sum(shares) / runs - expected) < 4 * deviation


def test_equals_are_ordered_by_lot_alike_for_everybody_and_otherwise_for_another_seed() -> None:
    ids = [f"bid-{number}" for number in range(8)]
    order = draw.tie_break([b"LOT-1", bytes(32)], ids)
    assert draw.tie_break([b"LOT-1", bytes(32)], reversed(ids)) == order
    assert sorted(order) == ids
    assert draw.tie_break([b"LOT-2", bytes(32)], ids) != order
    assert draw.tie_break([b"LOT-", b"1" + bytes(32)], ids) != order


def test_each_of_two_equals_wins_about_as_often() -> None:
    wins = Counter(draw.tie_break([run.to_bytes(4, "big")], ["a", "b"])[0] for run in range(2000))
    assert abs(wins["a"] - 1000) < 4 * math.sqrt(500)


def test_equals_are_different_bids() -> None:
    with pytest.raises(ValueError, match="id occurs twice"):
        draw.tie_break([b""], ["a", "a"])
