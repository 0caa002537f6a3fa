"""The retrospect 回溯核查: the conditions asked of records brought in from elsewhere, or of every lot that is here."""

from __future__ import annotations

import json
import sys
import tempfile
from collections.abc import Callable, Iterable, Iterator
from contextlib import nullcontext
from datetime import date, datetime
from pathlib import Path
from typing import Any

import click
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from trading.audit import past_auctions
from trading.audit.deriving import count_bids, derive
from trading.audit.lots import Frame, Layout, Record
from trading.audit.memory import Memory
from trading.audit.report import Found, Tally, found, reporting
from trading.audit.shelf import Shelf, headings
from trading.ledger.log import companion
from trading.long_runs import long_run
from trading.models import LedgerEntry, Lot
from trading.rules import CONDITIONS, judge
from trading.rules.rule import Condition
from trading.workflow.facts import RecordCase
from trading.workflow.taking import Tools

KEY = "lot.code"
Echo = Callable[[str], None]
PAGE = 200


def audit_file(file: Path, frame: Frame, out: Path | None, *, echo: Echo, progress: bool) -> Tally:
    """Ask every condition of every lot that a CSV file tells of.

    Arguments:
        file: the replay's columns, or ``lot.code`` with any of the columns of docs/audit.md; UTF-8.
        frame: the moment, numbers and calendar; its ``law_on`` judges every lot where it is given.
        out: where the report is written as JSON; None only counts.
        progress: show a bar on stderr.

    Raises:
        BadFile: the file is not as promised; the sentence names line and column. Then nothing is written.
    """
    names = headings(file)
    past = past_auctions.is_past_auctions(names)
    premises = past_auctions.PREMISES if past else ()
    for zh, en in premises:
        echo(f"  - {zh} · {en}")
    with tempfile.TemporaryDirectory(prefix="trading-audit-") as folder, long_run():
        layout = None if past else Layout(names, KEY)
        check = past_auctions.check if layout is None else layout.check
        shelf = Shelf(file, Path(folder) / "shelf.db", past_auctions.KEY if past else KEY, check)
        records = _past(shelf, frame) if layout is None else _told(shelf, layout)
        memory = Memory(frame.book)
        lots = (_judged(record, frame, memory) for record in records)
        return _written(lots, shelf.lots, _head(frame, premises), out, echo, progress)


def audit_lots(session: Session, now: datetime, tools: Tools, out: Path | None, *, echo: Echo, progress: bool) -> Tally:
    """Ask every condition of every lot of this installation; ``tools.law_on`` judges all where it is given."""
    count = session.scalar(select(func.count()).select_from(Lot)) or 0
    frame = Frame(now, tools.book, tools.calendar, tools.law_on)
    with long_run():
        return _written(_here(session, now, tools), count, _head(frame, ()), out, echo, progress)


def _past(shelf: Shelf, frame: Frame) -> Iterator[Record]:
    def least(opened: date) -> int:
        return int(frame.values(frame.law_on or opened)["bidders_min"])

    for code, rows in shelf:
        yield past_auctions.record(code, rows, least)


def _told(shelf: Shelf, layout: Layout) -> Iterator[Record]:
    for code, rows in shelf:
        record = layout.record(code, rows)
        count_bids(record)
        yield record


def _judged(record: Record, frame: Frame, memory: Memory) -> Found:
    """One lot of a file."""
    derive(record, frame)
    case, day = frame.case(record), frame.law_day(record)
    return found(record.code, day, memory.answers(case, record, day))


def _here(session: Session, now: datetime, tools: Tools) -> Iterator[Found]:
    """The lots of this installation by code, a page at a time."""
    after = ""
    while True:
        page = session.scalars(select(Lot).where(Lot.code > after).order_by(Lot.code).limit(PAGE)).all()
        for lot in page:
            case = RecordCase(session, lot, now, tools)
            verdicts = judge(conditions_of(session, lot.code), case)
            yield found(lot.code, case.law_day, ((one.condition, one.finding) for one in verdicts))
        if not page:
            return
        after = page[-1].code
        session.expunge_all()


def conditions_of(session: Session, code: str) -> list[Condition]:
    """The conditions a lot answers to by now: those of the steps on its record, and those of no single step."""
    query = select(LedgerEntry.body).where(
        LedgerEntry.chain.in_((code, companion(code))), LedgerEntry.kind == "step.taken"
    )
    taken = {json.loads(body)["step"] for body in session.scalars(query) if body}
    return [one for one in CONDITIONS.values() if not one.steps or any(step.value in taken for step in one.steps)]


def _written(
    lots: Iterable[Found], count: int, head: dict[str, Any], out: Path | None, echo: Echo, progress: bool
) -> Tally:
    """Write and count the lots as they come; breaches are echoed."""
    bar = click.progressbar(length=count, label="audit 核查", file=sys.stderr) if progress else nullcontext()
    with reporting(out, head) as report, bar as shown:
        for one in lots:
            report.add(one)
            for condition, finding in one.breaches if out is None else ():
                echo(f"{one.lot}  {condition.id}  {finding.expected} → {finding.actual}（{_sources(condition)}）")
            if shown is not None:
                shown.update(1)
    return report.tally


def _sources(condition: Condition) -> str:
    return "；".join(f"{source.text}·{source.mark.zh}" for source in condition.sources)


def _head(frame: Frame, premises: Iterable[tuple[str, str]]) -> dict[str, Any]:
    """What holds for the whole report."""
    return {
        "audited_at": frame.now.isoformat(), "law_on": frame.law_on.isoformat() if frame.law_on else None,
        "law_version": frame.book.law_version, "calendar": frame.calendar.label_zh, "conditions": len(CONDITIONS),
        "premises": [{"zh": zh, "en": en} for zh, en in premises],
    }  # fmt: skip
