"""The experiments of trust.md A.6 抽取公平性试验: uniform, weighted, pairs, two specialties, substitutes, grinding.

Seeds are fixed, so that nothing here is ever flaky; the full size is run by ./dev trust.
"""

from __future__ import annotations

import hashlib
import hmac
import math
from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import combinations, permutations

import pytest

from tests.trust.tails import chi2_tail, uniform_tail
from trading.experts import draw
from trading.experts.draw import Candidate, Seat

LEAST = 1e-3
FRIEND = "expert00"


def sizes(small: object, full: object) -> list[object]:
    """The size of CI and that of ./dev trust."""
    return [pytest.param(small, id="small"), pytest.param(full, id="full", marks=pytest.mark.heavy)]


def people(count: int, strata: tuple[str, ...] = ("A",), weights: Sequence[int] = ()) -> list[Candidate]:
    """Candidates, each of an employer of his own."""
    return [
        Candidate(f"{'expert' if strata == ('A',) else '-'.join(strata)}{n:02}", strata, f"org{strata}{n}", "",
                  weights[n] if weights else 1)
        for n in range(count)
    ]  # fmt: skip


def key(experiment: str, run: int) -> bytes:
    """A seed of its own for each run."""
    return hashlib.sha256(f"{experiment} {run}".encode()).digest()


def seats(seed: bytes, seated: int, pool: Sequence[Candidate], barred: frozenset[str] = frozenset()) -> list[str]:
    """The ids drawn from one specialty, by rank."""
    given = draw.select(seed, {"A": seated}, pool, ["A"], barred, {}, None)
    assert isinstance(given, tuple)
    return [seat.id for seat in given]


def without_replacement(counts: Sequence[int], draws: int, seated: int) -> float:
    """The tail of the counts of a uniform draw of ``seated`` different ones out of ``len(counts)``."""
    n = len(counts)
    p = seated / n
    square = sum((count - draws * p) ** 2 for count in counts) / (draws * p * (1 - p)) * (n - 1) / n
    return chi2_tail(square, n - 1)


def test_the_tails_are_those_of_the_tables() -> None:
    assert chi2_tail(16.919, 9) == pytest.approx(0.05, abs=1e-4)
    assert chi2_tail(43.773, 30) == pytest.approx(0.05, abs=1e-4)
    assert chi2_tail(5, 11) == pytest.approx(0.9312, abs=2e-4)
    assert uniform_tail([(n + 0.5) / 40 for n in range(40)]) > 0.999
    assert uniform_tail([n / 80 for n in range(40)]) < 1e-6


@pytest.mark.parametrize("size", sizes((12, 300), (60, 4000)))
def test_everybody_and_every_pair_is_drawn_alike(size: tuple[int, int]) -> None:
    experiments, draws = size
    pool, tails, pairs = people(60), [], Counter[tuple[str, str]]()
    for experiment in range(experiments):
        counts = Counter[str]()
        for run in range(draws):
            ids = sorted(seats(key(f"uniform {experiment}", run), 7, pool))
            counts.update(ids)
            pairs.update(combinations(ids, 2))
        tails.append(without_replacement([counts[one.id] for one in pool], draws, 7))
    total, p = experiments * draws, 7 * 6 / (60 * 59)
    deviation = math.sqrt(total * p * (1 - p))
    largest = max(abs(pairs[pair] - total * p) / deviation for pair in combinations([one.id for one in pool], 2))
    print(f"{experiments} x {draws}: least p {min(tails):.3g}, KS {uniform_tail(tails):.2g}, pairs |z| {largest:.1f}")
    assert min(tails) > LEAST / experiments and uniform_tail(tails) > LEAST
    assert largest < 5


@pytest.mark.parametrize("draws", sizes(6_000, 60_000))
def test_weights_give_exactly_their_chances(draws: int) -> None:
    weights = (1, 2, 3, 5)
    pool, total = people(4, weights=weights), sum(weights)
    ids = [one.id for one in pool]
    found = Counter(tuple(seats(key("weighted", run), 2, pool)) for run in range(draws))
    square = 0.0
    for first, second in permutations(range(4), 2):
        expected = draws * weights[first] / total * weights[second] / (total - weights[first])
        square += (found[ids[first], ids[second]] - expected) ** 2 / expected
    print(f"{draws} draws, 12 cells: chi2 {square:.1f}, p {chi2_tail(square, 11):.2g}")
    assert chi2_tail(square, 11) > LEAST


def one_ticket_for_all(seed: bytes, pool: Sequence[Candidate]) -> list[Seat]:
    """The draw as it must not be: one ticket a person, whatever the specialty (A.3)."""
    order = sorted(pool, key=lambda one: hmac.digest(seed, one.id.encode(), "sha256"))
    given: list[Seat] = []
    for stratum in ("A", "B"):
        there = {seat.id for seat in given}
        free = [one for one in order if stratum in one.strata and one.id not in there]
        given += [Seat(stratum, one.id, "", 0, ()) for one in free[:5]]
    return given


@pytest.mark.parametrize("draws", sizes(1_500, 20_000))
def test_experts_of_two_specialties_get_their_fair_share_of_the_second(draws: int) -> None:
    pool = people(20, ("A", "B")) + people(20, ("B",))
    fair = unfair = 0
    for run in range(draws):
        seed = key("two specialties", run)
        given = draw.select(seed, {"A": 5, "B": 5}, pool, ["A", "B"], frozenset(), {}, None)
        assert isinstance(given, tuple)
        fair += sum(seat.stratum == "B" and seat.id.startswith("A-B") for seat in given)
        unfair += sum(seat.stratum == "B" and seat.id.startswith("A-B") for seat in one_ticket_for_all(seed, pool))
    expected = 5 * 15 / 35
    deviation = math.sqrt(expected * (20 / 35) * (30 / 34) / draws)
    z = (fair / draws - expected) / deviation
    print(f"{draws} draws: {fair / draws:.3f} of {expected:.3f} (z {z:.2f}); one ticket for all: {unfair / draws:.3f}")
    assert abs(z) < 4
    assert unfair / draws == pytest.approx(0.539, abs=0.06)


@pytest.mark.parametrize("refusals", sizes(3_000, 20_000))
def test_substitutes_are_drawn_alike(refusals: int) -> None:
    pool, rules = people(35), {"parties": ["centre", "supervisor"]}
    places = [0] * 30
    for run in range(refusals):
        seed = key("substitutes", run)
        drawn = seats(seed, 5, pool)
        reveals = {party: key(party, run).hex() for party in rules["parties"]}
        (substitute,) = seats(draw.next_key(seed, 1, rules, reveals), 1, pool, frozenset(drawn))
        left = sorted(one.id for one in pool if one.id not in drawn)
        places[left.index(substitute)] += 1
    square = sum((count - refusals / 30) ** 2 / (refusals / 30) for count in places)
    print(f"{refusals} refusals: chi2 {square:.1f} on 29, p {chi2_tail(square, 29):.2g}")
    assert chi2_tail(square, 29) > LEAST


def grinders_bids(trial: int, tries: int) -> Iterator[bytes]:
    """What the last bidder can make of the root of the bids by sealing again and again."""
    return (key(f"bids of {trial}", attempt) for attempt in range(tries))


@pytest.mark.parametrize("trials", sizes(150, 3_000))
def test_the_last_bidder_cannot_grind_a_friend_into_the_committee(trials: int) -> None:
    """With the bids alone as seed 32 tries give 93 of 100; with values that he does not know, his fair share."""
    pool, fair = people(60), 5 / 60
    naive = protected = 0
    for trial in range(trials):
        bids = list(grinders_bids(trial, 32))
        lucky = [one for one in bids if FRIEND in seats(one, 5, pool)]
        naive += bool(lucky)
        chosen, unknown = (lucky or bids)[0], key("values of the parties and the dice", trial)
        protected += FRIEND in seats(draw.digest("ptdraw/seed/v1", chosen, unknown), 5, pool)
    z = (protected / trials - fair) / math.sqrt(fair * (1 - fair) / trials)
    print(f"{trials} trials: bids alone {naive / trials:.1%}, protocol {protected / trials:.1%} (z {z:.1f})")
    assert naive / trials > 0.85
    assert abs(z) < 4


@pytest.mark.parametrize("trials", sizes(400, 3_000))
def test_who_sees_the_outcome_and_stays_away_gains_only_where_no_escrow_is_opened(trials: int) -> None:
    pool, fair = people(60), 5 / 60
    withheld = escrowed = 0
    for trial in range(trials):
        first, again = (FRIEND in seats(key(f"withholding {turn}", trial), 5, pool) for turn in (1, 2))
        withheld += first or again
        escrowed += first
    deviation = math.sqrt(fair * (1 - fair) / trials)
    print(f"{trials} trials: withholding {withheld / trials:.1%}, with escrow {escrowed / trials:.1%}")
    assert abs(escrowed / trials - fair) < 4 * deviation
    assert withheld / trials > fair + 2 * deviation
