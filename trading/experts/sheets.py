"""The closed sheet about an expert after an evaluation 一标一评: its items by side, its points, what needs a reason."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction

from trading.codelists import Code, SheetSide

MOST = 25
WHOLE = 100


class Item(Code):
    """What is judged; each item has 25 points, each side four items (county rule)."""

    ABILITY = "ability", "专业能力", "Professional ability"
    DILIGENCE = "diligence", "评审认真细致", "Diligence"
    FAIRNESS = "fairness", "客观公正", "Fairness"
    REASONING = "reasoning", "意见明确、依据充分", "Clear and reasoned opinions"
    ATTENDANCE = "attendance", "出勤守时", "Attendance and punctuality"
    DISCIPLINE = "discipline", "现场纪律", "Discipline in the room"
    SECRECY = "secrecy", "保密与通讯管理", "Secrecy and use of telephones"
    OPERATION = "operation", "电子评标操作", "Use of the evaluation system"
    LAWFULNESS = "lawfulness", "依法依规评审", "Lawful evaluation"
    STANDING_ASIDE = "standing_aside", "主动申报回避", "Standing aside of his own accord"


ITEMS: dict[SheetSide, tuple[Item, ...]] = {
    SheetSide.OWNER: (Item.ABILITY, Item.DILIGENCE, Item.FAIRNESS, Item.REASONING),
    SheetSide.CENTRE: (Item.ATTENDANCE, Item.DISCIPLINE, Item.SECRECY, Item.OPERATION),
    SheetSide.SUPERVISOR: (Item.LAWFULNESS, Item.FAIRNESS, Item.STANDING_ASIDE, Item.SECRECY),
}


def low(points: Mapping[str, int], share: Decimal) -> list[Item]:
    """The items with fewer points than ``share`` of 25: each sheet with one gives its reason."""
    return [item for item in Item if item.value in points and points[item.value] < share * MOST]


def total(points: Mapping[str, int]) -> int:
    """The sum of a sheet, of 100 points."""
    return sum(points.values())


@dataclass(frozen=True)
class YearTotal:
    """What the sheets of one year say of an expert: how many lots and sheets, and the mean of 100 points."""

    lots: int
    sheets: int
    mean: Decimal
    flagged: bool


def year_total(sheets: Iterable[tuple[str, int]], least_share: Decimal) -> YearTotal | None:
    """The total of a year from (lot, points) of each sheet; None where there is none.

    Arguments:
        least_share: below this share of the points the expert is flagged (values.toml ``expert_year_least_share``).
    """
    rows = list(sheets)
    if not rows:
        return None
    mean = Fraction(sum(points for _lot, points in rows), len(rows))
    shown = (Decimal(mean.numerator) / Decimal(mean.denominator)).quantize(Decimal("0.01"), ROUND_HALF_UP)
    return YearTotal(len({lot for lot, _points in rows}), len(rows), shown, mean < Fraction(least_share) * WHOLE)
