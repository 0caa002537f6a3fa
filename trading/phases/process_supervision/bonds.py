"""Bid bonds 投标保证金: guarantees registered, bank lines matched by machine, unmatched ones settled after opening."""

from __future__ import annotations

import csv
import hashlib
import io
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from trading.codelists import Role, Status
from trading.errors import InvalidInput, NotFound, Refused
from trading.ledger.canonical import canonical
from trading.methods.rejection import RejectionClause
from trading.models import WHOLE_BID, BankLine, Bid, Guarantee, Lot, Organization, TenderTerms
from trading.phases.process_supervision.clarifying import before_deadline
from trading.rules.case import BondFacts
from trading.steps import Step
from trading.workflow.record_facts import arrived_bonds, bond_of_line
from trading.workflow.taking import Taking, effect

COLUMNS = ("reference", "payer_name", "payer_account", "amount", "paid_at", "remark")
REJUDGED_AT = (Status.OPENED, Status.COMMITTEE_READY)


@dataclass(frozen=True)
class Match:
    """What the machine makes of a bank line; ``reason`` is kept with it."""

    organization_id: str | None
    from_basic_account: bool | None
    reason: str


def match(session: Session, lot: Lot, line: dict[str, Any]) -> Match:
    """Whose bond a bank line is: the payer's account and the lot code in the remark decide, nobody else.

    Source: ZTBT 26 (R09.C3): from another than the basic account it does not count.
    """
    if lot.code not in (line["remark"] or ""):
        return Match(None, None, "附言未写明本标段编号")
    bidders = Organization.kind == Role.BIDDER
    account = Organization.basic_account == line["payer_account"]
    owners = session.scalars(select(Organization).where(bidders, account)).all()
    if len(owners) == 1:
        return Match(owners[0].id, True, "付款账户为投标人基本账户，附言为本标段编号")
    if len(owners) > 1:
        return Match(None, None, "付款账户登记在多个投标人名下")
    named = session.scalars(select(Organization).where(bidders, Organization.name == line["payer_name"])).all()
    if len(named) == 1:
        return Match(named[0].id, False, "付款人为投标人，但付款账户不是其基本账户，不计入")
    return Match(None, None, "付款账户不是任何已登记投标人的基本账户")


def rows_of_csv(text: str) -> list[dict[str, str]]:
    """The lines of a bank's CSV text under the column names of COLUMNS.

    Raises:
        InvalidInput: another heading, or a row of another length.
    """
    reader = csv.reader(io.StringIO(text.strip().removeprefix("\ufeff")))
    table = [row for row in reader if any(cell.strip() for cell in row)]
    if not table or tuple(cell.strip() for cell in table[0]) != COLUMNS:
        raise InvalidInput.of("csv", f"首行应为：{','.join(COLUMNS)}", f"The first line should be: {','.join(COLUMNS)}")
    for number, row in enumerate(table[1:], 2):
        if len(row) != len(COLUMNS):
            raise InvalidInput.of("csv", f"第{number}行的列数不对", f"Row {number}: wrong number of columns")
    return [dict(zip(COLUMNS, row, strict=True)) for row in table[1:]]


@effect(Step.REGISTER_GUARANTEE)
def register_guarantee(taking: Taking) -> None:
    """Keep the bidder's guarantee or insurance, sealed until opening; a new one replaces the old."""
    before_deadline(taking)
    data, organization = taking.data, taking.organization_id
    if data["valid_until"] < taking.today:
        raise InvalidInput.of("valid_until", "有效期已过", "The guarantee has expired already")
    taking.subject = organization
    query = select(Guarantee).where(Guarantee.lot_id == taking.lot.id, Guarantee.organization_id == organization)
    row = taking.session.scalar(query)
    if row is None:
        row = Guarantee(lot_id=taking.lot.id, organization_id=organization)
        taking.session.add(row)
    for name in ("form", "issuer", "number", "amount", "valid_until"):
        setattr(row, name, data[name])
    row.registered_at = taking.now


@effect(Step.RECEIVE_BANK_LINES)
def receive_bank_lines(taking: Taking) -> None:
    """Keep the bank's lines under seal; the answer tells the bank how many it sent, and nothing else."""
    lines: list[dict[str, Any]] = taking.data["lines"]
    if not lines:
        raise InvalidInput.of("lines", "至少一条流水", "Give at least one line")
    session, lot = taking.session, taking.lot
    references = [line["reference"] for line in lines]
    known = set(session.scalars(select(BankLine.reference).where(BankLine.reference.in_(references))))
    for line in lines:
        if line["reference"] in known:
            continue
        known.add(line["reference"])
        found = match(session, lot, line)
        session.add(
            BankLine(
                lot_id=lot.id, reference=line["reference"], payer_name=line["payer_name"],
                payer_account=line["payer_account"], amount=line["amount"], paid_at=line["paid_at"],
                received_at=taking.now, remark=line["remark"] or "", organization_id=found.organization_id,
                from_basic_account=found.from_basic_account, match_reason=found.reason,
            )
        )  # fmt: skip
    told = [{name: str(value or "") for name, value in sorted(line.items())} for line in lines]
    taking.record("bond.lines_received", {"sha256": hashlib.sha256(canonical(told)).hexdigest()})
    taking.receipt["received"] = len(lines)


def unmatched(session: Session, lot: Lot) -> list[BankLine]:
    """The lines that belong to nobody yet and were not settled."""
    query = select(BankLine).where(
        BankLine.lot_id == lot.id, BankLine.organization_id.is_(None), BankLine.settled_reason.is_(None)
    )
    return list(session.scalars(query.order_by(BankLine.paid_at, BankLine.id)))


@effect(Step.SETTLE_BANK_LINE)
def settle_bank_line(taking: Taking) -> None:
    """The centre says whose an unmatched line is, or that it is no bond and goes back; only after the opening."""
    query = select(BankLine).where(BankLine.id == taking.subject, BankLine.lot_id == taking.lot.id)
    line = taking.session.scalar(query)
    if line is None:
        raise NotFound("没有这条到账流水", "There is no such bank line")
    if line.organization_id is not None or line.settled_reason is not None:
        raise Refused("settled", "该流水已经匹配或者处理", "This line is matched or settled")
    organization = taking.data["organization"]
    line.settled_reason = taking.data["reason"]
    if organization:
        line.organization_id = organization
        owner = taking.session.get_one(Organization, organization)
        line.from_basic_account = bool(owner.basic_account) and owner.basic_account == line.payer_account
    else:
        line.refund_due_at = taking.now
    taking.record("bond.line_settled", {"line": line.id, "assigned": bool(organization), "reason": line.settled_reason})
    taking.session.flush()
    if taking.lot.status in REJUDGED_AT:
        judge_bonds(taking)


def bonds_of(session: Session, lot: Lot) -> Iterable[BondFacts]:
    """Every bond of a lot; for the opening and what follows it."""
    for line in session.scalars(
        select(BankLine).where(BankLine.lot_id == lot.id, BankLine.organization_id.is_not(None))
    ):
        yield bond_of_line(line)
    for row in session.scalars(select(Guarantee).where(Guarantee.lot_id == lot.id)):
        yield BondFacts(
            row.organization_id, row.form, row.amount, valid_until=row.valid_until, arrived_at=row.registered_at
        )


def bonded(session: Session, lot: Lot, terms: TenderTerms) -> frozenset[str]:
    """The bidders whose bond is whole, in time and from the basic account."""
    return arrived_bonds(bonds_of(session, lot), terms, lot.bid_deadline)


def judge_bonds(taking: Taking) -> None:
    """Reject opened bids without a bond where the documents ask for one; wait while lines are not settled (R09.C3)."""
    session, lot = taking.session, taking.lot
    terms = session.scalar(select(TenderTerms).where(TenderTerms.lot_id == lot.id))
    if terms is None or not terms.bond:
        return
    whole, waits = bonded(session, lot, terms), bool(unmatched(session, lot))
    query = select(Bid).where(Bid.lot_id == lot.id, WHOLE_BID, Bid.opened_at.is_not(None))
    for bid in session.scalars(query.order_by(Bid.envelope)):
        for_bond = bid.rejected_by == "platform" and bid.rejected_clause == RejectionClause.NOT_RESPONSIVE.value
        if bid.organization_id in whole and for_bond:
            bid.rejected_clause = bid.rejected_reason = bid.rejected_by = None
            taking.record("evaluation.rejection_lifted", {"envelope": bid.envelope, "by": "platform"})
        elif bid.organization_id not in whole and bid.rejected_clause is None and not waits:
            reject(taking, bid, RejectionClause.NOT_RESPONSIVE, "未按招标文件要求足额、按时从基本账户提交投标保证金")


def reject(taking: Taking, bid: Bid, clause: RejectionClause, reason: str) -> None:
    """Reject a bid by the platform itself, on a clause of ZTBT 51."""
    bid.rejected_clause, bid.rejected_reason, bid.rejected_by = clause.value, reason, "platform"
    body = {"envelope": bid.envelope, "clause": clause.value, "reason": reason, "by": "platform"}
    taking.record("evaluation.bid_rejected", body)
