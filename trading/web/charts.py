"""Charts 统计图 as SVG made on the server: they need no script, print as they look, and carry their numbers in words.

Looks come from presentation attributes, which a page's own style sheet may override and a PDF printer understands.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from decimal import Decimal

from markupsafe import Markup, escape

Number = Decimal | int | float

WIDTH = 480
INK, SOFT, LINE = "#16202c", "#4c5866", "#d6dce4"
# One accent in steps of lightness, so that series stay apart in grey as well.
SHADES = ("#1a4f8b", "#7faad8", "#0c2747", "#b9d0ea", "#5d6b7a", "#c9d1da")
DASHES = ("", "6 4", "2 3", "9 3 2 3", "12 4", "1 4")
FONT = "Noto Sans SC, Noto Sans CJK SC, Source Han Sans SC, PingFang SC, Microsoft YaHei, sans-serif"

_SVG = Markup(
    '<svg class="chart-{}" role="img" xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {} {}" width="{}" height="{}"'
    ' font-family="{}" font-size="14" fill="{}"><title>{}</title>{}</svg>'
)
_TEXT = Markup('<text x="{:.1f}" y="{:.1f}" text-anchor="{}" font-size="{}" fill="{}">{}</text>')
_LINE = Markup('<line x1="{:.1f}" y1="{:.1f}" x2="{:.1f}" y2="{:.1f}" stroke="{}" stroke-width="1"/>')
_CUT = Markup('<path d="M{:.1f} {:.1f}L{:.1f} {:.1f}" stroke="#fff" stroke-width="2"/>')
_RECT = Markup('<rect x="{:.1f}" y="{:.1f}" width="{:.1f}" height="{:.1f}" fill="{}"/>')


def bars(labels: Sequence[str], values: Sequence[Number], title: str, unit: str) -> Markup:
    """One horizontal bar a label, its value written at its end.

    Args:
        labels, values: of equal length; values are not negative, in ``unit``.
        title: what is shown; with all numbers it becomes the text read aloud in place of the picture.

    Raises:
        ValueError: lengths differ, or a value is negative.
    """
    _check(labels, values)
    top = max((float(value) for value in values), default=0.0) or 1.0
    name_width = min(200.0, max((_width(label) for label in labels), default=0.0) + 12)
    end_width = max((_width(_show(value)) for value in values), default=0.0) + 8
    room = WIDTH - name_width - end_width
    parts = []
    for row, (label, value) in enumerate(zip(labels, values, strict=True)):
        y, length = 8 + row * 34, room * float(value) / top
        parts.append(_text(name_width - 10, y + 18, "end", _fit(label, name_width - 12)))
        parts.append(_RECT.format(name_width, y, length, 24, SHADES[0]))
        parts.append(_text(name_width + length + 6, y + 18, "start", _show(value)))
    return _svg("bars", len(labels) * 34 + 8, _spoken(title, labels, values, unit), parts)


def lines(labels: Sequence[str], series: Mapping[str, Sequence[Number | None]], title: str, unit: str) -> Markup:
    """One line a series over the labels; series differ by shade and by dash, ``None`` leaves a gap.

    Raises:
        ValueError: a series is not as long as ``labels``, or a value is negative.
    """
    for values in series.values():
        _check(labels, [0 if value is None else value for value in values])
    known = [float(value) for values in series.values() for value in values if value is not None]
    step, count = _scale(max(known, default=0.0))
    left, right, top, bottom = max(_width(_tick(step * count)), _width(_tick(step))) + 12, WIDTH - 14, 30, 230
    parts = [_text(0, 14, "start", unit, SOFT)]
    for mark in range(count + 1):
        y = bottom - (bottom - top) * mark / count
        parts.append(_LINE.format(left, y, right, y, LINE if mark else SOFT))
        parts.append(_text(left - 8, y + 5, "end", _tick(step * mark), SOFT))
    across = [left + 12 + (right - left - 24) * i / max(1, len(labels) - 1) for i in range(len(labels))]
    every = max(1, math.ceil(max((_width(label) + 10 for label in labels), default=0.0) * len(labels) / (right - left)))
    parts += [_text(x, bottom + 20, "middle", labels[i], SOFT) for i, x in enumerate(across) if i % every == 0]
    for number, values in enumerate(series.values()):
        heights = [None if v is None else bottom - (bottom - top) * float(v) / (step * count) for v in values]
        parts.append(_path(across, heights, number))
    parts += _legend(list(series), 276) if len(series) > 1 else []
    spoken = "; ".join(_spoken(name, labels, values, unit) for name, values in series.items())
    return _svg("lines", 258 + 24 * (len(series) if len(series) > 1 else 0), f"{title}: {spoken}", parts)


def donut(labels: Sequence[str], values: Sequence[Number], title: str, unit: str) -> Markup:
    """Shares of a whole as a ring; the legend names each share with its value and per cent.

    Raises:
        ValueError: lengths differ, or a value is negative.
    """
    _check(labels, values)
    total = sum(float(value) for value in values)
    height = max(190, 34 + 26 * len(labels))
    middle, parts, turned = height / 2, [], 0.0
    for number, value in enumerate(values):
        share = float(value) / total if total else 0.0
        parts.append(_ring(96, middle, turned, share, SHADES[number % len(SHADES)]))
        turned += share
    parts += _cuts(96, middle, [float(value) / total for value in values] if total else [])
    parts.append(_text(96, middle - 2, "middle", _show(sum(Decimal(str(value)) for value in values)), INK, 19))
    parts.append(_text(96, middle + 18, "middle", unit, SOFT))
    y = middle - 13 * len(labels)
    for number, (label, value) in enumerate(zip(labels, values, strict=True)):
        told = f"  {_show(value)} ({100 * float(value) / total:.1f}%)" if total else f"  {_show(value)}"
        parts.append(_RECT.format(206, y + 26 * number + 5, 14, 14, SHADES[number % len(SHADES)]))
        parts.append(_text(228, y + 26 * number + 17, "start", _fit(label, WIDTH - 232 - _width(told)) + told))
    return _svg("donut", math.ceil(height), _spoken(title, labels, values, unit), parts)


def _check(labels: Sequence[str], values: Sequence[Number]) -> None:
    if len(labels) != len(values):
        raise ValueError(f"{len(labels)} labels, {len(values)} values")
    if any(value < 0 for value in values):
        raise ValueError("a negative value has no place in this chart")


def _svg(kind: str, height: int, spoken: str, parts: Sequence[Markup]) -> Markup:
    return _SVG.format(kind, WIDTH, height, WIDTH, height, FONT, INK, spoken, Markup("").join(parts))


def _text(x: float, y: float, anchor: str, text: str, colour: str = INK, size: int = 14) -> Markup:
    return _TEXT.format(x, y, anchor, size, colour, escape(text))


def _path(across: Sequence[float], heights: Sequence[float | None], number: int) -> Markup:
    """One series as a line with a dot at each value."""
    colour, path, dots, pen = SHADES[number % len(SHADES)], "", Markup(""), "M"
    for x, y in zip(across, heights, strict=True):
        if y is None:
            pen = "M"
            continue
        path += f"{pen}{x:.1f} {y:.1f}"
        pen = "L"
        dots += Markup('<circle cx="{:.1f}" cy="{:.1f}" r="3.5" fill="{}"/>').format(x, y, colour)
    dash = Markup(' stroke-dasharray="{}"').format(DASHES[number % len(DASHES)]) if number else Markup("")
    if not path:
        return Markup("")
    return Markup('<path d="{}" fill="none" stroke="{}" stroke-width="2.5"{}/>').format(path, colour, dash) + dots


def _ring(x: float, y: float, turned: float, share: float, colour: str) -> Markup:
    """One share as a thick arc, beginning at ``turned`` of the circle from the top."""
    if share <= 0:
        return Markup("")
    if share > 0.9999:
        return Markup('<circle cx="{}" cy="{}" r="68" fill="none" stroke="{}" stroke-width="30"/>').format(x, y, colour)
    points = []
    for turn in (turned, turned + share):
        angle = 2 * math.pi * turn
        points += [x + 68 * math.sin(angle), y - 68 * math.cos(angle)]
    return Markup(
        '<path d="M{:.2f} {:.2f}A68 68 0 {} 1 {:.2f} {:.2f}" fill="none" stroke="{}" stroke-width="30"/>'
    ).format(points[0], points[1], int(share > 0.5), points[2], points[3], colour)


def _cuts(x: float, y: float, shares: Sequence[float]) -> list[Markup]:
    """A white line where one share meets the next, so that neighbours of near shade stay apart."""
    drawn, turned = [], 0.0
    for share in shares if sum(share > 0 for share in shares) > 1 else ():
        across, up = math.sin(2 * math.pi * turned), -math.cos(2 * math.pi * turned)
        drawn.append(_CUT.format(x + 52 * across, y + 52 * up, x + 84 * across, y + 84 * up))
        turned += share
    return drawn


def _legend(names: Sequence[str], y: int) -> list[Markup]:
    rows = [(y + 24 * i, i, name) for i, name in enumerate(names)]
    return [_path([5, 35], [at, at], i) + _text(48, at + 5, "start", name) for at, i, name in rows]


def _scale(top: float) -> tuple[float, int]:
    """A round step and how many of them reach ``top``: 4 to 6 grid lines."""
    if top <= 0:
        return 1.0, 4
    power = 10 ** math.floor(math.log10(top / 4))
    step = next(factor * power for factor in (1, 2, 2.5, 5, 10) if top / (factor * power) <= 5)
    return step, max(1, math.ceil(top / step - 1e-9))


def _tick(value: float) -> str:
    return f"{value:,.6g}" if value < 1 else f"{value:,.10g}"


def _show(value: Number) -> str:
    return f"{value:,.2f}".rstrip("0").rstrip(".") if isinstance(value, float) else f"{value:,}"


def _width(text: str) -> float:
    """Room a text takes at size 14: a Chinese character is as wide as it is high."""
    return sum(14.0 if ord(character) > 0x2E7F else 8.2 for character in text)


def _fit(text: str, room: float) -> str:
    while _width(text) > room and len(text) > 2:
        text = text.rstrip("…")[:-1] + "…"
    return text


def _spoken(title: str, labels: Sequence[str], values: Sequence[Number | None], unit: str) -> str:
    told = (f"{label} {'—' if value is None else _show(value)}" for label, value in zip(labels, values, strict=True))
    return f"{title} ({unit}): {', '.join(told)}"
