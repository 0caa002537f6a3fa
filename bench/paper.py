"""The dossier on paper 档案打印: the house's way beside WeasyPrint alone, each in a worker of its own."""

from __future__ import annotations

import io
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from flask import Flask
from pypdf import PdfReader
from sqlalchemy import select

from bench.county import NOW
from bench.measuring import processor_seconds
from bench.table import Line, at_most, times_at_most
from trading.database import db, transaction
from trading.ledger.log import append, open_chain
from trading.models import Lot
from trading.oversight.dossier import dossier_html, make
from trading.web.printing import Printer

ROUNDS = 2
ENTRIES = 220
EMPTY = "<p>预热</p>"
ALONE = """
import sys, time
from weasyprint import HTML
HTML(string="<p>预热</p>").write_pdf()
html = sys.stdin.read()
start = time.process_time()
HTML(string=html).write_pdf(pdf_identifier=b"0" * 16, pdf_variant="pdf/a-3u")
print(time.process_time() - start)
"""


def alone(html: str) -> float:
    """Processor seconds that WeasyPrint takes for ``html`` by itself, after a warm-up."""
    answer = subprocess.run([sys.executable, "-c", ALONE], input=html, capture_output=True, text=True, check=True)
    return float(answer.stdout)


def through_the_house(app: Flask, lot: Lot) -> tuple[float, bytes]:
    """Processor seconds of collecting, writing and printing a dossier, the worker's included; and the PDF."""
    with tempfile.TemporaryDirectory() as folder:
        printer = app.extensions["printer"] = Printer(Path(folder))
        printer.pdf(EMPTY)
        worker = printer._process.pid
        here, there = time.process_time(), processor_seconds(worker)
        pdf, _digest = make(lot, NOW)
        taken = time.process_time() - here + processor_seconds(worker) - there
        printer.close()
    return taken, pdf


def lengthen(code: str) -> None:
    """Add entries to a lot's record, so that its dossier has some forty pages."""
    with transaction(db.session) as session:
        chain = open_chain(session, code)
        for number in range(ENTRIES):
            append(session, chain, "approval.note", "bench", {"number": number, "text": "测速附记" * 8}, NOW)


def dossier(app: Flask, code: str) -> list[Line]:
    """The two lines of the dossier."""
    with app.test_request_context("/"), tempfile.TemporaryDirectory() as folder:
        lengthen(code)
        lot = db.session.scalar(select(Lot).where(Lot.code == code))
        html = dossier_html(lot, NOW)
        pairs = [(through_the_house(app, lot), alone(html)) for _round in range(ROUNDS)]
        pages = len(PdfReader(io.BytesIO(pairs[0][0][1])).pages)
        ours = statistics.median(taken for (taken, _pdf), _alone in pairs)
        floor = statistics.median(taken for _ours, taken in pairs)
        printer = app.extensions["printer"] = Printer(Path(folder))
        printer.pdf(html)
        repeats = []
        for _time in range(10):
            start = time.perf_counter()
            make(lot, NOW)
            repeats.append((time.perf_counter() - start) * 1000)
        kept = statistics.median(time_ for time_ in repeats)
        start = time.perf_counter()
        printer.pdf(html)
        shelf = (time.perf_counter() - start) * 1000
        printer.close()
    return [
        times_at_most(f"dossier, {pages} pages", ours, "WeasyPrint alone", floor, 1.15, "s"),
        at_most("its PDF from the shelf by its text (wall time)", shelf, "ms", 50),
        at_most("dossier asked for again, nothing changed (wall time)", kept, "ms", 50),
    ]
