"""The rules in words, and the record to check against 制度与核验页面."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from flask import Response, render_template, request
from flask.typing import ResponseReturnValue
from sqlalchemy import select

from trading.beijing import law_date
from trading.checkpoints.cutting import newest
from trading.checkpoints.witnesses import DEMONSTRATION_NAME
from trading.codelists import Role
from trading.database import db
from trading.ledger.verifier import program, program_digest
from trading.models import LedgerEntry, Lot
from trading.portal.blueprint import blueprint
from trading.portal.happenings import STEPS, body_of, moment_of
from trading.rules import CONDITIONS, RULES
from trading.steps import Step
from trading.values import Book, Number
from trading.web import access
from trading.web.steps import now, tools
from trading.workflow.secrecy import may_be_told
from trading.workflow.who import may_see

LEAF = re.compile(r"[0-9a-f]{64}")
CALENDAR_SHOWN = 3
CHECKLIST = tuple(condition for condition in CONDITIONS.values() if condition.checklist is not None)


@dataclass(frozen=True)
class Looked:
    """What a looked-up fingerprint turned out to be: there, and told as far as it may be."""

    found: bool
    at: datetime | None = None
    kind: str = ""
    step: Step | None = None
    lot: Lot | None = None


def in_force(book: Book, day: date) -> list[Number]:
    """The numbers that hold on ``day``."""
    values = book.on(day)
    return [values.fact(fact.name) for fact in book.all() if values.in_force(fact.name)]


@access.public
def rules() -> ResponseReturnValue:
    """The nineteen rules with conditions, sources and marks; the numbers in force today."""
    today = law_date(now())
    book = tools().book
    years = sorted(book.calendar_years.items(), reverse=True)[:CALENDAR_SHOWN]
    return render_template(
        "portal/rules.html", rules=RULES, numbers=in_force(book, today), today=today, years=years,
        count=sum(len(rule.conditions) for rule in RULES), signed=CHECKLIST,
    )  # fmt: skip


@access.public
def verify() -> ResponseReturnValue:
    """How the record can be checked, and the entry of a fingerprint."""
    typed = "".join(request.args.get("leaf", "").split()).lower()
    wrong = bool(typed) and LEAF.fullmatch(typed) is None
    looked = look_up(typed) if typed and not wrong else None
    page = render_template(
        "portal/verify.html", typed=typed, wrong=wrong, looked=looked, verifier_digest=program_digest(), **signers()
    )
    return page, 400 if wrong else 200


def signers() -> dict[str, Any]:
    """The keys of log and witnesses as they are printed, and the newest cosigned checkpoint."""
    keeper = tools().keeper
    if keeper is None:
        return {"log_key": None, "witness_keys": [], "own_witness": False, "checkpoint": None}
    kept = newest(db.session, cosigned=True)
    return {
        "log_key": str(keeper.key.verifier),
        "witness_keys": [str(one) for one in keeper.witness_keys],
        "own_witness": any(one.name == DEMONSTRATION_NAME for one in keeper.witness_keys),
        "checkpoint": kept.note if kept else None,
    }


@access.public
def verifier() -> Response:
    """The stand-alone verifier, to be saved; its digest is on the page, in the README and in the record."""
    headers = {"Content-Disposition": 'attachment; filename="verify.py"', "X-Content-Type-Options": "nosniff"}
    return Response(program(), mimetype="text/x-python", headers=headers)


def look_up(leaf: str) -> Looked:
    """What everybody may know of the entry with this fingerprint.

    The fingerprint of a sealed step is known to the person who took it alone; all it tells is that the entry is kept.
    """
    query = select(LedgerEntry.ts, LedgerEntry.kind, LedgerEntry.body, LedgerEntry.chain)
    entry = db.session.execute(query.where(LedgerEntry.leaf == bytes.fromhex(leaf))).first()
    if entry is None:
        return Looked(False)
    lot = db.session.scalar(select(Lot).where(Lot.code == entry.chain.removesuffix("/after")))
    body: dict[str, Any] = body_of(entry.body)
    reader = access.caller()
    if lot is None:
        overseen = reader is not None and reader.role in (Role.OVERSIGHT, Role.SUPERVISOR)
        return Looked(True, moment_of(entry.ts), entry.kind if overseen else "")
    if not may_see(db.session, reader, lot) or not may_be_told(lot, entry.kind, body):
        return Looked(True)
    return Looked(True, moment_of(entry.ts), entry.kind, STEPS.get(body.get("step", "")), lot)


blueprint.add_url_rule("/rules", "rules", rules)
blueprint.add_url_rule("/verify", "verify", verify)
blueprint.add_url_rule("/verify.py", "verifier", verifier)
