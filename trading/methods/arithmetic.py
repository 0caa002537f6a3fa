"""Correcting the arithmetic of a bid 算术性修正 (R12.C6): in the order of works, and in that of procurement."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from fractions import Fraction

from trading.codelists import Mark
from trading.methods.ranking import half_up

GP_SOURCE = "D87 59"
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
    """What a bid states, in yuan: the total in figures, the total in words (None: not given), and its lines.

    ``in_bid``: the total that the bid's own papers give, where that is not the one of the opening sheet.
    """

    figures: Decimal
    words: Decimal | None = None
    lines: tuple[Line, ...] = ()
    in_bid: Decimal | None = None


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


def correct_procurement(sheet: PriceSheet) -> CorrectedPrice:
    """The total of ``sheet`` after the corrections of procurement, in their lawful order; ``figures`` as read out.

    1. The opening sheet beats the bid's own papers. 2. Words beat figures. 3. Where the decimal point of unit prices
    is plainly misplaced and the total fits once it is moved, the total of the opening sheet stands and the unit prices
    are corrected. 4. Otherwise the sum by unit prices beats the total. Line products are rounded half-up to the fen.
    Raises ValueError for a negative or non-finite number. Source: D87 59 (checked); it binds once the bidder confirms.
    """
    _refuse_nonsense(sheet)
    corrections: list[Correction] = []
    if sheet.in_bid is not None and sheet.in_bid != sheet.figures:
        corrections.append(_opening_beats_papers(sheet.in_bid, sheet.figures))
    stated = sheet.figures
    if sheet.words is not None and sheet.words != stated:
        stated = sheet.words
        corrections.append(replace(_words_beat_figures(sheet.figures, stated), source=GP_SOURCE))
    if not sheet.lines:
        return CorrectedPrice(stated, (), tuple(corrections))
    products_fit = stated == _sum([_product(line) for line in sheet.lines])
    moved = [_correct_line(line, may_shift=True) for line in sheet.lines]
    if products_fit or stated != _sum([line.total for line, _found in moved]):
        moved = [_correct_line(line, may_shift=False) for line in sheet.lines]
    corrections += [replace(found, source=GP_SOURCE) for _line, found in moved if found is not None]
    total = _sum([line.total for line, _found in moved])
    if total != stated:
        corrections.append(replace(_sum_beats_total(stated, total), source=GP_SOURCE))
    return CorrectedPrice(total, tuple(line for line, _found in moved), tuple(corrections))


def _opening_beats_papers(papers: Decimal, opening: Decimal) -> Correction:
    zh = f"投标文件中的总价{papers}元与开标一览表{opening}元不一致，以开标一览表为准"
    en = f"The bid's own papers say {papers}, the opening sheet {opening}: the opening sheet governs"
    return Correction("opening", "", papers, opening, zh, en, GP_SOURCE, Mark.CHECKED)


def _refuse_nonsense(sheet: PriceSheet) -> None:
    amounts = [one for one in (sheet.figures, sheet.words, sheet.in_bid) if one is not None]
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
