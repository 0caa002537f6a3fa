"""Quantified intervals 量化区间 of a scoring factor, read from the words in which the documents publish them.

``优 24-30，良 16-23，差 0-15``; ``0；3；5``; ``有得 5 分，无得 0 分``; ``每项 2 分，最多 10 分``.
"""

from __future__ import annotations

import re
from decimal import Decimal

from trading.methods.comprehensive import Interval

PIECES = re.compile(r"[，,；;、\n]+")
POINTS = r"(\d{1,3}(?:\.\d{1,2})?)"
BAND = re.compile(rf"(?P<word>\D*?)(?:得|：|:)?\s*{POINTS}\s*(?:-|–|—|~|～|至|到)\s*{POINTS}\s*分?")
SINGLE = re.compile(rf"(?P<word>\D*?)(?:得|：|:)?\s*{POINTS}\s*分?")
EACH = re.compile(rf"(?P<word>每\D*?)(?:得|加)?\s*{POINTS}\s*分?")
MOST = re.compile(rf"(?:最多|最高|不超过|满分)(?:得)?\s*{POINTS}\s*分?")
MOST_STEPS = 400


def read_intervals(text: str, maximum: Decimal) -> tuple[Interval, ...] | None:
    """The bands that ``text`` publishes for a factor worth ``maximum``; None where it cannot be checked by a machine.

    A single figure is a band of one value; ``每…N分`` gives every multiple of N up to the published most, or else to
    ``maximum``. A band whose ends stand the wrong way round, or that leaves the factor, cannot be checked.
    """
    whole = [piece.strip() for piece in PIECES.split(text.strip()) if piece.strip()]
    pieces = [part for piece in whole for part in ([piece] if _readable(piece) else piece.split())]
    bands: list[Interval] = []
    steps: list[tuple[str, Decimal]] = []
    most = maximum
    for piece in pieces:
        if found := MOST.fullmatch(piece):
            most = min(most, Decimal(found[1]))
        elif found := EACH.fullmatch(piece):
            steps.append((piece, Decimal(found[2])))
        elif found := BAND.fullmatch(piece):
            bands.append(_band(found["word"], Decimal(found[2]), Decimal(found[3])))
        elif found := SINGLE.fullmatch(piece):
            bands.append(_band(found["word"], Decimal(found[2]), Decimal(found[2])))
        else:
            return None
    for word, step in steps:
        if step <= 0 or most / step > MOST_STEPS:
            return None
        bands += [_band(word, step * times, step * times) for times in range(int(most / step) + 1)]
    fits = all(0 <= band.low <= band.high <= maximum for band in bands)
    return tuple(bands) if bands and fits else None


def _readable(piece: str) -> bool:
    """Whether a piece is read as it stands; ``优8 良5`` is parted by its blanks."""
    return any(shape.fullmatch(piece) for shape in (MOST, EACH, BAND, SINGLE))


def _band(word: str, low: Decimal, high: Decimal) -> Interval:
    """A band under its own word, or under its figures."""
    name = word.strip() or (f"{low}" if low == high else f"{low}-{high}")
    return Interval(name, name, low, high)
