"""A draw recomputed from what was recorded 抽取复算: the same function makes the result and checks it later."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from trading.experts.draw import Candidate, Fixed, Seat, Shortage, first_key, next_key, select, transcript


@dataclass(frozen=True, slots=True)
class Round:
    """One round as recorded: each party's reveal (hex), and the ids refused after its result."""

    reveals: Mapping[str, str]
    refused: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a round gives: its number, its key, and the seats, or the shortage that ends the draw."""

    number: int
    key: bytes
    given: tuple[Seat, ...] | Shortage


def candidates(pool: Sequence[Mapping[str, Any]]) -> tuple[Candidate, ...]:
    """The leaves of a recorded pool (trust.md §8.10)."""
    return tuple(
        Candidate(leaf["id"], tuple(leaf["strata"]), leaf["org"], leaf["name_commit"], leaf.get("w", 1))
        for leaf in pool
    )


def outcomes(
    rules: Mapping[str, Any],
    fixed: Fixed,
    excluded: Mapping[str, str],
    pool: Sequence[Candidate],
    rounds: Sequence[Round],
) -> Iterator[Outcome]:
    """The result of every round, one after the other; ends with the first shortage.

    Arguments:
        rules: body of ``draw.rules``.
        fixed: what was fixed before the reveals.
        excluded: excluded id to code.
        pool: all leaves.
        rounds: the reveals of each round, with the refusals after its result.

    Raises:
        KeyError: a refused id had no seat.
    """
    strata = [row["code"] for row in rules["strata"]]
    need: Mapping[str, int] = {row["code"]: row["n"] for row in rules["strata"]}
    employer = {leaf.id: leaf.org for leaf in pool}
    barred, key = set(excluded), b""
    seated: dict[str, str] = {}
    for number, one in enumerate(rounds):
        if number == 0:
            key = first_key(transcript(rules, fixed, one.reveals))
        else:
            key = next_key(key, number, rules, one.reveals)
        per_org = Counter(employer[id_] for id_ in seated)
        given = select(key, need, pool, strata, barred, per_org, rules["max_per_org"])
        yield Outcome(number, key, given)
        if isinstance(given, Shortage):
            return
        barred.update(seat.id for seat in given)
        seated.update({seat.id: seat.stratum for seat in given})
        need = Counter(seated.pop(id_) for id_ in one.refused)
