"""How often an expert is drawn, against chance 抽取频次检验: exact tails, and the number of calls that is an alarm.

Statistics cannot replace verification: a doubled chance takes a thousand draws to notice (trust.md A.6).
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from typing import Any

LEVEL = 1e-3


def tail(chances: Sequence[float], least: int) -> float:
    """The probability that at least ``least`` of independent events happen, each with its own chance.

    With equal chances it is the binomial tail. Summed upwards into the last state, so that a small tail keeps its
    digits.
    """
    if least <= 0:
        return 1.0
    states = [1.0] + [0.0] * least
    for chance in chances:
        states[least] += states[least - 1] * chance
        for count in range(least - 1, 0, -1):
            states[count] += (states[count - 1] - states[count]) * chance
        states[0] *= 1 - chance
    return states[least]


def alarm_at(chances: Sequence[float], family: int, level: float = LEVEL) -> int:
    """The smallest number of calls that raises the alarm for one of ``family`` experts, all together below ``level``.

    Arguments:
        chances: of being called, one for each time somebody was drawn from his specialty.
        family: number of experts looked at.
        level: chance of any false alarm in the year (Bonferroni).
    """
    least = 1
    while least <= len(chances) and family * tail(chances, least) >= level:
        least += 1
    return least


def round_chances(
    pool: Sequence[Mapping[str, Any]], excluded: Collection[str], results: Sequence[Mapping[str, Any]]
) -> Iterator[dict[str, float]]:
    """The chance of each candidate of a specialty in each round of a draw: seats given over candidates left.

    Arguments:
        pool: the leaves.
        excluded: ids.
        results: the rounds' ``selected`` as recorded.
    """
    gone = set(excluded)
    for result in results:
        given: dict[str, list[str]] = {}
        for seat in result["selected"]:
            given.setdefault(seat["stratum"], []).append(seat["id"])
        told = {}
        for stratum, ids in given.items():
            left = sum(1 for leaf in pool if stratum in leaf["strata"] and leaf["id"] not in gone)
            told[stratum] = len(ids) / left if left else 0.0
            gone.update(ids)
        yield told
