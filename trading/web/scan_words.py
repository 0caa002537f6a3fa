"""How the fair-competition scan is told to a reader 审查提示的表述: places, sources, and what could not be read."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from flask_babel import gettext as _

from trading.citations import in_english
from trading.models import DocumentScan, ScanHit
from trading.scanning.reading import UNREAD
from trading.web.exchange import language


def scan_place(unit: str, place: int | str) -> str:
    """Where in a paper something stands; nothing where the paper has no places."""
    if not place:
        return ""
    if unit == "page":
        return _(" 第%(place)s页", place=place)
    return _(" 第%(place)s段", place=place) if unit == "paragraph" else _(" 第%(place)s行", place=place)


def scan_kind(hit: ScanHit) -> str:
    """The kind of a hit."""
    return hit.kind_en if language() == "en" else hit.kind_zh


def scan_source(hit: ScanHit) -> str:
    """The article that a hit may offend."""
    return in_english(hit.law, hit.article) if language() == "en" else f"{hit.law}{hit.article}"


def scan_unread(scan: DocumentScan) -> list[str]:
    """What a scan could not read, a sentence for each paper and reason with its places."""
    groups: dict[tuple[str, str, str], list[int]] = {}
    for paper, unit, place, why in scan.unread:
        groups.setdefault((paper, unit, why), []).append(place)
    return [unread_sentence(*about, places) for about, places in groups.items()]


def unread_sentence(paper: str, unit: str, why: str, places: Sequence[int]) -> str:
    """One sentence: “招标文件.pdf 第3页：没有可读取的文字”."""
    zh, en = UNREAD[why]
    reason = en if language() == "en" else zh
    where = "" if 0 in places else scan_spans(unit, places)
    return _("%(paper)s%(where)s：%(reason)s", paper=paper, where=where, reason=reason)


def scan_spans(unit: str, places: Iterable[int]) -> str:
    """Places as the reader counts them, runs drawn together: 第3、5–9页."""
    runs: list[list[int]] = []
    for place in sorted(places):
        if runs and place == runs[-1][1] + 1:
            runs[-1][1] = place
        else:
            runs.append([place, place])
    told = _("、").join(str(first) if first == last else f"{first}–{last}" for first, last in runs)
    return scan_place(unit, told)


def scan_answer(hit: ScanHit) -> str:
    """How the owner answered, with the reason; that he has not."""
    if hit.answer is None:
        return _("尚未答复")
    return _("%(answer)s：%(reason)s", answer=hit.answer.word(language()), reason=hit.reason)


WORDS: dict[str, Any] = {
    "scan_place": scan_place, "scan_kind": scan_kind, "scan_source": scan_source, "scan_unread": scan_unread,
    "scan_answer": scan_answer,
}  # fmt: skip
