"""Tables for a spreadsheet 表格下载: CSV that no program takes for formulas and that reads Chinese."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Sequence

from flask import Response

MARK = "\ufeff"


def safe(text: str) -> str:
    """Text that no spreadsheet takes for a formula."""
    return "'" + text if text[:1] in ("=", "+", "-", "@", "\t", "\r") else text


def csv_line(cells: Sequence[object]) -> str:
    """One line of CSV."""
    buffer = io.StringIO()
    csv.writer(buffer, lineterminator="\r\n").writerow(cells)
    return buffer.getvalue()


def download(name: str, lines: Iterable[str]) -> Response:
    """The lines as a file; the mark in front lets a spreadsheet read Chinese."""
    headers = {"Content-Disposition": f'attachment; filename="{name}"'}
    return Response(MARK + "".join(lines), mimetype="text/csv; charset=utf-8", headers=headers)
