"""Correcting arithmetic in a works bid 算术性修正 (R12.C6): words, unit prices, plainly misplaced decimal points."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from fractions import Fraction

from trading.codelists import Mark
from trading.methods.ranking import half_up

SHIFTS = (1, -1, 2, -2, 3, -3, 4, -4)


@dataclass(frozen=True, slots=True)
class Line:
    """One line of the price sheet: ``quantity`` in its unit, ``unit_price`` and ``total`` in yuan."""

    item: str
    quantity: Decimal
    unit_price: Decimal
    total: Decimal


@dataclass(frozen=True, slots=True)
class PriceSheet:
    """What a bid states, in yuan: the total in figures, the total in words (None: not given), and its lines."""

    figures: Decimal
    words: Decimal | None = None
    lines: tuple[Line, ...] = ()


@dataclass(frozen=True, slots=True)
class Correction:
    """One correction with its explanation; ``item`` is empty where the total of the bid is corrected. Yuan."""

    code: str
    item: str
    before: Decimal
    after: Decimal
    zh: str
    en: str
    source: str
    mark: Mark


@dataclass(frozen=True, slots=True)
class CorrectedPrice:
    """The corrected total in yuan, the corrected lines, and why; it binds once the bidder confirms it."""

    total: Decimal
    lines: tuple[Line, ...]
    corrections: tuple[Correction, ...]

    @property
    def needs_confirmation(self) -> bool:
        """True where anything was corrected."""
        return bool(self.corrections)


def correct(sheet: PriceSheet) -> CorrectedPrice:
    """The total of ``sheet`` after the corrections, in their lawful order.

    1. Words beat figures. 2. In a line, unit price times quantity beats the line total, unless the unit price is off by
    a power of ten only, which is a plainly wrong decimal point: then the line total stands and the unit price is
    corrected. It is not plain where the stated total of the bid fits the products and not the written line totals.
    3. The sum of the lines beats the stated total. Line products are rounded half-up to the fen.
    Raises ValueError for a negative or non-finite number. Source: D12 19, D30 53 (both checked).
    """
    _refuse_nonsense(sheet)
    corrections: list[Correction] = []
    stated = sheet.figures
    if sheet.words is not None and sheet.words != sheet.figures:
        stated = sheet.words
        corrections.append(_words_beat_figures(sheet.figures, stated))
    if not sheet.lines:
        return CorrectedPrice(stated, (), tuple(corrections))
    products_fit = stated == _sum([_product(line) for line in sheet.lines])
    lines = []
    for line in sheet.lines:
        corrected, correction = _correct_line(line, may_shift=not products_fit)
        lines.append(corrected)
        if correction is not None:
            corrections.append(correction)
    total = _sum([line.total for line in lines])
    if total != stated:
        corrections.append(_sum_beats_total(stated, total))
    return CorrectedPrice(total, tuple(lines), tuple(corrections))


def _refuse_nonsense(sheet: PriceSheet) -> None:
    amounts = [sheet.figures] if sheet.words is None else [sheet.figures, sheet.words]
    for line in sheet.lines:
        amounts += [line.quantity, line.unit_price, line.total]
    if any(not amount.is_finite() or amount < 0 for amount in amounts):
        raise ValueError("a price sheet holds finite numbers that are not negative")


def _product(line: Line, shift: int = 0) -> Decimal:
    return half_up(Fraction(line.quantity) * Fraction(line.unit_price) * Fraction(10) ** shift)


def _sum(amounts: Sequence[Decimal]) -> Decimal:
    return half_up(sum((Fraction(amount) for amount in amounts), Fraction(0)))


def _correct_line(line: Line, *, may_shift: bool) -> tuple[Line, Correction | None]:
    product = _product(line)
    if product == line.total:
        return line, None
    if may_shift and line.total > 0:
        for shift in SHIFTS:
            if _product(line, shift) == line.total:
                return _move_point(line, shift)
    zh = f"“{line.item}”单价与工程量的乘积{product}元与合价{line.total}元不一致，以单价为准"
    en = f"“{line.item}”: {line.unit_price} x {line.quantity} is {product}, not {line.total}; the unit price governs"
    correction = Correction("unit_price", line.item, line.total, product, zh, en, "D12 19, D30 53", Mark.CHECKED)
    return replace(line, total=product), correction


def _move_point(line: Line, shift: int) -> tuple[Line, Correction]:
    unit_price = line.unit_price.scaleb(shift)
    zh = f"“{line.item}”单价{line.unit_price}元小数点明显错位，以合价{line.total}元为准，单价修正为{unit_price:f}元"
    en = (
        f"“{line.item}”: the decimal point of unit price {line.unit_price} is plainly wrong; {line.total} governs,"
        f" the unit price becomes {unit_price:f}"
    )
    correction = Correction(
        "decimal_point", line.item, line.unit_price, unit_price, zh, en, "D12 19, D30 53", Mark.CHECKED
    )
    return replace(line, unit_price=unit_price), correction


def _words_beat_figures(figures: Decimal, words: Decimal) -> Correction:
    zh = f"投标总价小写{figures}元与大写（{words}元）不一致，以大写为准"
    en = f"The total in figures, {figures}, differs from the total in words, {words}; the words govern"
    return Correction("words", "", figures, words, zh, en, "D12 19, D30 53", Mark.CHECKED)


def _sum_beats_total(stated: Decimal, total: Decimal) -> Correction:
    zh = f"投标总价{stated}元与各项合价之和{total}元不一致，以单价计算的合价之和为准"
    en = f"The stated total {stated} differs from the sum of the lines {total}; the sum by unit prices governs"
    return Correction("sum", "", stated, total, zh, en, "D12 19, D30 53", Mark.CHECKED)
