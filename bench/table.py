"""The table that a benchmark prints 结果表."""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass


@dataclass(frozen=True)
class Line:
    """One measurement: what, its figure, the floor beside it, their ratio, the aim, and whether it is met."""

    what: str
    figure: str
    floor: str = ""
    ratio: str = ""
    aim: str = ""
    met: bool | None = None

    @property
    def cells(self) -> tuple[str, ...]:
        """As printed."""
        verdict = "" if self.met is None else "met" if self.met else "MISSED"
        return (self.what, self.figure, self.floor, self.ratio, self.aim, verdict)


def against_floor(what: str, figure: float, floor_name: str, floor: float, aim: float) -> Line:
    """A share of a floor's throughput: ``floor`` over ``figure``, both in milliseconds; ``aim`` is the least."""
    ratio = floor / figure
    return Line(
        what, f"{figure:.2f} ms", f"{floor:.2f} ms {floor_name}", f"{ratio:.2f}", f"≥ {aim:.2f}", ratio >= aim
    )


def at_most(what: str, figure: float, unit: str, aim: float) -> Line:
    """A figure with a ceiling of its own."""
    return Line(what, f"{figure:.1f} {unit}", "", "", f"≤ {aim:g} {unit}", figure <= aim)


def times_at_most(what: str, figure: float, floor_name: str, floor: float, aim: float, unit: str = "ms") -> Line:
    """A figure that may be ``aim`` times another."""
    ratio = figure / floor
    return Line(
        what, f"{figure:.2f} {unit}", f"{floor:.2f} {unit} {floor_name}", f"{ratio:.2f}×", f"≤ {aim:g}×", ratio <= aim
    )


def width(text: str) -> int:
    """Columns of a terminal that ``text`` takes."""
    return sum(2 if unicodedata.east_asian_width(sign) in "WF" else 1 for sign in text)


def printed(title: str, lines: list[Line]) -> str:
    """The table as text."""
    rows = [("what", "figure", "floor", "ratio", "aim", ""), *(line.cells for line in lines)]
    widths = [max(width(row[place]) for row in rows) for place in range(len(rows[0]))]
    padded = [[cell + " " * (wide - width(cell)) for cell, wide in zip(row, widths, strict=True)] for row in rows]
    return "\n".join([f"━━ {title} ━━", *("  ".join(cells).rstrip() for cells in padded), ""])
