"""The expert draw that everybody can recompute 专家抽取: commitments, seed, tickets and seats of ``ptdraw/1``."""

from __future__ import annotations

import hmac
import secrets
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from typing import Any

from trading.ledger import merkle
from trading.ledger.canonical import canonical, digest

ALGORITHM = "ptdraw/1"
CHAIN_LENGTH = 64
LARGEST_WEIGHT = 16


@dataclass(frozen=True, slots=True)
class Candidate:
    """One leaf of the pool 候选专家: a pseudonym made for this draw alone (trust.md §8.10).

    ``id`` 32 hex digits; ``strata`` specialties; ``org`` 16 hex digits standing for the employer; ``name_commit``
    64 hex digits; ``weight`` 1 to 16.
    """

    id: str
    strata: tuple[str, ...]
    org: str
    name_commit: str
    weight: int = 1

    def __post_init__(self) -> None:
        if isinstance(self.weight, bool) or not 1 <= self.weight <= LARGEST_WEIGHT:
            raise ValueError(f"a weight is 1 to {LARGEST_WEIGHT}: {self.weight}")
        if len(set(self.strata)) != len(self.strata):
            raise ValueError("a specialty occurs twice")

    def line(self) -> bytes:
        """The canonical bytes of the leaf."""
        return canonical(
            {
                "id": self.id, "strata": self.strata, "org": self.org, "name_commit": self.name_commit,
                "w": self.weight,
            }
        )  # fmt: skip


@dataclass(frozen=True, slots=True)
class Seat:
    """One drawn expert: rank is the 1-based place in the sorted list, skipped those passed over for their employer."""

    stratum: str
    id: str
    ticket: str
    rank: int
    skipped: tuple[str, ...] = ()

    def as_json(self) -> dict[str, Any]:
        """The element of ``draw.result``'s ``selected``."""
        return {
            "stratum": self.stratum, "id": self.id, "ticket": self.ticket, "rank": self.rank,
            "skipped": list(self.skipped),
        }  # fmt: skip


@dataclass(frozen=True, slots=True)
class Shortage:
    """The pool does not suffice 专家不足: no seat is given in this round, and the draw ends."""

    stratum: str
    need: int
    got: int


def new_secret() -> bytes:
    """A party's secret, 32 random bytes."""
    return secrets.token_bytes(32)


def step(draw: str, party: str, value: bytes) -> bytes:
    """One step of a party's chain."""
    return digest("ptdraw/chain/v1", draw.encode(), party.encode(), value)


def anchor(draw: str, party: str, secret: bytes) -> bytes:
    """What a party commits to before closing: the end of its chain of 64 steps."""
    return _walk(draw, party, secret, CHAIN_LENGTH)


def reveal(draw: str, party: str, secret: bytes, round_: int) -> bytes:
    """What a party reveals in round 0..63.

    Raises:
        ValueError: beyond round 63; a new draw is needed then.
    """
    if not 0 <= round_ < CHAIN_LENGTH:
        raise ValueError(f"a draw has rounds 0 to {CHAIN_LENGTH - 1}: {round_}")
    return _walk(draw, party, secret, CHAIN_LENGTH - 1 - round_)


def follows(draw: str, party: str, value: bytes, previous: bytes) -> bool:
    """Whether ``value`` is the reveal belonging to ``previous``: the anchor in round 0, then the reveal before."""
    return len(value) == 32 and hmac.compare_digest(step(draw, party, value), previous)


def pool_lines(pool: Iterable[Candidate]) -> list[bytes]:
    """The pool as published: one canonical leaf a line, by id.

    Raises:
        ValueError: when an id occurs twice.
    """
    members = sorted(pool, key=lambda candidate: candidate.id)
    if len({member.id for member in members}) != len(members):
        raise ValueError("an id occurs twice in the pool")
    return [member.line() for member in members]


def pool_root(pool: Iterable[Candidate]) -> str:
    """The Merkle root of the pool, hex."""
    return merkle.root([merkle.leaf(line) for line in pool_lines(pool)]).hex()


def bids_root(envelopes: Iterable[str]) -> str:
    """The Merkle root over the current envelope ids of a lot, ascending, hex."""
    return merkle.root([merkle.leaf(envelope.encode("ascii")) for envelope in sorted(envelopes)]).hex()


def rules_hash(rules: Mapping[str, Any]) -> str:
    """The hash of the body of ``draw.rules`` without its signatures, hex."""
    return digest("ptdraw/rules/v1", canonical({key: rules[key] for key in rules if key != "sigs"})).hex()


def excl_hash(codes: Sequence[str], ids: Mapping[str, str]) -> str:
    """The hash of the exclusions: codes in use, and the code of each excluded id; hex."""
    return digest("ptdraw/excl/v1", canonical({"codes": list(codes), "ids": dict(ids)})).hex()


@dataclass(frozen=True, slots=True)
class Fixed:
    """What is fixed before anybody reveals 抽取前已固定的事项 (trust.md A.4).

    ``pool_root``, ``excl_hash`` and ``bids_root`` (of ``tender.closed``) hex; ``anchors`` party to hex; ``dice`` 20
    decimal digits; ``beacon`` the body of ``draw.beacon``, None where the rules ask for none.
    """

    pool_root: str
    pool_size: int
    excl_hash: str
    bids_root: str
    anchors: Mapping[str, str]
    dice: str
    beacon: Mapping[str, Any] | None = None


def transcript(rules: Mapping[str, Any], fixed: Fixed, reveals: Mapping[str, str]) -> dict[str, Any]:
    """Everything the first key depends on (trust.md §8.10).

    Args:
        rules: body of ``draw.rules``.
        fixed: what was fixed before the reveals.
        reveals: party to its reveal of round 0, hex.
    """
    beacon = fixed.beacon
    return {
        "alg": ALGORITHM, "draw": rules["draw"], "rules_hash": rules_hash(rules), "pool_root": fixed.pool_root,
        "pool_size": fixed.pool_size, "excl_hash": fixed.excl_hash, "bids_root": fixed.bids_root,
        "commits": [{"party": party, "anchor": fixed.anchors[party]} for party in rules["parties"]],
        "dice": fixed.dice, "reveals": _in_order(rules, reveals),
        "beacon": None if beacon is None else {key: beacon[key] for key in beacon if key not in ("draw", "sigs")},
    }  # fmt: skip


def first_key(written: Mapping[str, Any]) -> bytes:
    """K_0: the key of round 0, from the transcript."""
    return digest("ptdraw/seed/v1", canonical(dict(written)))


def next_key(key: bytes, round_: int, rules: Mapping[str, Any], reveals: Mapping[str, str]) -> bytes:
    """K_i: the key of replacement round ``round_``, from the key before and the round's reveals (party to hex)."""
    return digest("ptdraw/round/v1", key, canonical({"reveals": _in_order(rules, reveals), "round": round_}))


def ticket(key: bytes, stratum: str, id_: str, weight: int = 1) -> bytes:
    """A candidate's ticket for a specialty: the smallest of ``weight`` independent ones, so weight is chance."""
    prefix = f"ptdraw/ticket/v1\n{stratum}\n{id_}\n"
    return min(hmac.digest(key, f"{prefix}{number}".encode(), "sha256") for number in range(1, weight + 1))


def select(
    key: bytes, need: Mapping[str, int], pool: Sequence[Candidate], strata: Sequence[str], barred: AbstractSet[str],
    per_org: Mapping[str, int], max_per_org: int | None,
) -> tuple[Seat, ...] | Shortage:  # fmt: skip
    """Give the seats of one round: lowest tickets first, specialty by specialty (trust.md §8.10).

    Args:
        key: K of the round.
        need: seats to fill by specialty; one not named needs none.
        pool: all leaves.
        strata: the specialties in drawing order.
        barred: ids excluded or drawn before in this draw.
        per_org: seated experts by employer.
        max_per_org: most seats for one employer; None for no limit.
    """
    taken, counts, seats = set(barred), Counter(per_org), []
    for stratum in strata:
        wanted = need.get(stratum, 0)
        if wanted <= 0:
            continue
        given = _seat_stratum(key, stratum, wanted, [c for c in pool if stratum in c.strata and c.id not in taken],
                              counts, max_per_org)  # fmt: skip
        if len(given) < wanted:
            return Shortage(stratum, wanted, len(given))
        taken.update(seat.id for seat in given)
        seats.extend(given)
    return tuple(seats)


def tie_break(seed_parts: Sequence[bytes], ids: Iterable[str]) -> list[str]:
    """Order equals by lot 抽签: a published order that anyone holding the same parts gets again.

    Args:
        seed_parts: what was fixed before anybody knew of the tie (for instance chain id, ``bids_root``, reveals).
        ids: the equals; their order given does not matter.

    Raises:
        ValueError: when an id occurs twice.
    """
    equals = list(ids)
    if len(set(equals)) != len(equals):
        raise ValueError("an id occurs twice")
    key = digest("pttie/seed/v1", *seed_parts)
    return sorted(equals, key=lambda id_: (hmac.digest(key, f"pttie/ticket/v1\n{id_}".encode(), "sha256"), id_))


def _walk(draw: str, party: str, value: bytes, steps: int) -> bytes:
    """``steps`` steps along a chain."""
    if len(value) != 32:
        raise ValueError("a value of a chain has 32 bytes")
    for _ in range(steps):
        value = step(draw, party, value)
    return value


def _in_order(rules: Mapping[str, Any], reveals: Mapping[str, str]) -> list[dict[str, str]]:
    """Reveals in the order of the parties."""
    return [{"party": party, "value": reveals[party]} for party in rules["parties"]]


def _seat_stratum(
    key: bytes, stratum: str, wanted: int, candidates: Sequence[Candidate], counts: Counter[str], limit: int | None
) -> list[Seat]:
    """Seats of one specialty, at most ``wanted``; counts each seat's employer."""
    drawn = sorted((ticket(key, stratum, c.id, c.weight), c.id, c.org) for c in candidates)
    seats: list[Seat] = []
    skipped: list[str] = []
    for rank, (number, id_, org) in enumerate(drawn, 1):
        if limit is not None and counts[org] >= limit:
            skipped.append(id_)
            continue
        seats.append(Seat(stratum, id_, number.hex(), rank, tuple(skipped)))
        counts[org] += 1
        skipped = []
        if len(seats) == wanted:
            break
    return seats
