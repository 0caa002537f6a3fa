"""Ordering by one figure with ties shown as ties 排序与并列: nothing is ever ordered silently."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from trading.codelists import Code


class TieRule(Code):
    """How the tender documents separate equal bids, before a draw."""

    LOWER_PRICE = "lower_price", "报价低者优先", "The lower price first"
    HIGHER_TECHNICAL = "higher_technical", "技术得分高者优先", "The higher technical score first"


@dataclass(frozen=True, slots=True)
class Place:
    """One place of a ranking: ``rank`` counts from 1 and skips after a tie; ``bids`` are ids, several where tied."""

    rank: int
    figure: Decimal
    bids: tuple[str, ...]

    @property
    def is_tied(self) -> bool:
        """True where several bids share the place."""
        return len(self.bids) > 1


def half_up(figure: Decimal | Fraction | int, places: int = 2) -> Decimal:
    """``figure`` rounded once, exactly, half away from zero, to ``places`` decimals (rulebook R12, Rounding).

    Raises TypeError for a float and ValueError for what is not a finite number.
    """
    if isinstance(figure, float):
        raise TypeError("floats are refused")
    if isinstance(figure, Decimal) and not figure.is_finite():
        raise ValueError(f"not a finite number: {figure}")
    scaled = Fraction(figure) * 10**places
    whole, rest = divmod(abs(scaled.numerator), scaled.denominator)
    whole += 2 * rest >= scaled.denominator
    return Decimal((int(scaled < 0 and whole > 0), Decimal(whole).as_tuple().digits, -places))


def places(figures: Mapping[str, Decimal], *, highest_first: bool = False) -> tuple[Place, ...]:
    """The ranking of ``figures`` (bid id to figure), lowest first unless said; equal figures share one place.

    Ids inside a place are listed alphabetically, which is no ranking.
    """
    groups: dict[Decimal, list[str]] = {}
    for bid, figure in figures.items():
        groups.setdefault(figure, []).append(bid)
    ranked: list[Place] = []
    before = 0
    for figure in sorted(groups, reverse=highest_first):
        ranked.append(Place(before + 1, figure, tuple(sorted(groups[figure]))))
        before += len(groups[figure])
    return tuple(ranked)


def separate(
    ranked: Iterable[Place],
    prices: Mapping[str, Decimal],
    technical: Mapping[str, Decimal] | None = None,
    order: Sequence[TieRule] = (TieRule.LOWER_PRICE, TieRule.HIGHER_TECHNICAL),
) -> tuple[Place, ...]:
    """``ranked`` with tied places split by the rules of the documents, in their order; what stays tied needs a draw.

    ``prices`` yuan by bid id; ``technical`` scores by bid id, a rule without figures splits nothing.
    Source: R12.C16 (works: as the documents say; the default order is a county rule).
    """
    current = tuple(ranked)
    for rule in order:
        figures = prices if rule is TieRule.LOWER_PRICE else technical
        if figures is not None:
            best_high = rule is TieRule.HIGHER_TECHNICAL
            current = tuple(piece for place in current for piece in _split(place, figures.__getitem__, best_high))
    return current


def _split(place: Place, figure: Callable[[str], Decimal], highest_first: bool) -> tuple[Place, ...]:
    if not place.is_tied:
        return (place,)
    inner = places({bid: figure(bid) for bid in place.bids}, highest_first=highest_first)
    return tuple(Place(place.rank + piece.rank - 1, place.figure, piece.bids) for piece in inner)


def needing_draw(ranked: Iterable[Place], wanted: int = 3) -> tuple[Place, ...]:
    """The tied places among the first ``wanted`` ranks: only these need a draw (R12.C16)."""
    return tuple(place for place in ranked if place.is_tied and place.rank <= wanted)


def apply_draw(ranked: Iterable[Place], tied: Collection[str], drawn: Sequence[str]) -> tuple[Place, ...]:
    """``ranked`` with the place shared by ``tied`` put in the order ``drawn`` by the platform's draw.

    Raises ValueError where no place is shared by exactly these bids or the draw names others.
    """
    current = tuple(ranked)
    shared = tuple(sorted(tied))
    if tuple(sorted(drawn)) != shared or len(shared) < 2 or all(place.bids != shared for place in current):
        raise ValueError("the draw does not fit the tied bids")
    ordered: list[Place] = []
    for place in current:
        if place.bids == shared:
            ordered.extend(Place(place.rank + step, place.figure, (bid,)) for step, bid in enumerate(drawn))
        else:
            ordered.append(place)
    return tuple(ordered)
