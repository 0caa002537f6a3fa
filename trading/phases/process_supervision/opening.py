"""Opening 开标: the only place where a lot's opening key is read; one bad bid does not stop the others."""

from __future__ import annotations

import hashlib
from datetime import timedelta
from typing import Any

from pyrage import x25519
from sqlalchemy import select
from sqlalchemy.orm import Session

from trading.beijing import beijing, moment_zh
from trading.codelists import NoticeKind
from trading.errors import Refused
from trading.ledger.canonical import canonical
from trading.methods.rejection import RejectionClause, above_ceiling
from trading.models import Bid, Lot, OpeningRecord, TenderTerms
from trading.money import capitals, from_fen, grouped
from trading.phases.process_supervision.announcing import terms_of
from trading.phases.process_supervision.bidding import PART
from trading.phases.process_supervision.bonds import bonded, judge_bonds, reject, unmatched
from trading.sealing.envelope import EnvelopeError, Opened, open_bid
from trading.sealing.vault import OpeningPurpose
from trading.steps import Step
from trading.workflow.concerned import tell_owner
from trading.workflow.taking import Taking, effect


def bids_in_force(session: Session, lot: Lot) -> list[Bid]:
    """The bids that count, in the order in which they came."""
    query = select(Bid).where(Bid.lot_id == lot.id, Bid.current.is_(True)).order_by(Bid.received_at, Bid.envelope)
    return list(session.scalars(query))


@effect(Step.OPEN_BIDS)
def open_bids(taking: Taking) -> None:
    """Open every bid, read it out, publish the record; with too few bidders the key is not even touched (R10.C7)."""
    lot, session = taking.lot, taking.session
    lot.opened_at = taking.now
    bids = bids_in_force(session, lot)
    if len(bids) < int(taking.values["bidders_min"]):
        return
    terms = terms_of(session, lot)
    if not taking.rehearsal:
        unseal_all(taking, bids)
        reject_above_ceiling(taking, bids, terms)
        session.flush()
        judge_bonds(taking)
    record = make_record(taking, read_out(taking, bids, terms))
    if taking.rehearsal:
        return
    publish_record(taking, record)


def unseal_all(taking: Taking, bids: list[Bid]) -> None:
    """Open each bid with the lot's key and put it on record, opened or not."""
    code = taking.lot.code
    identity = taking.tools.vault.identity(code, OpeningPurpose(code))
    taking.record("secret.read", {"what": "opening key", "who": taking.actor.actor if taking.actor else "system"})
    for bid in bids:
        try:
            opened = unseal(taking, identity, bid)
            keep_opened(taking, bid, opened)
        except Exception as failure:  # whatever is wrong with one bid must not stop the opening of the others
            bid.opened_at, bid.sheet, bid.total = None, None, None
            bid.open_failure = f"{type(failure).__name__}: {failure}"[:500]
            body = {"envelope": bid.envelope, "part": PART, "reason": bid.open_failure}
            taking.record("bid.rejected", body)


def unseal(taking: Taking, identity: x25519.Identity, bid: Bid) -> Opened:
    """Open one envelope and check that it is this bidder's, for this lot.

    Raises:
        EnvelopeError, FileStoreError: it does not open, or is somebody else's.
    """
    opened = open_bid(identity, taking.tools.files.get(bid.ciphertext_sha256), bid.header)
    if opened.sheet["bidder"] != bid.organization.bidder or opened.sheet["tender"] != taking.lot.code:
        raise EnvelopeError("the sheet is another bidder's or another lot's")
    return opened


def keep_opened(taking: Taking, bid: Bid, opened: Opened) -> None:
    """Fill the bid in from its price sheet; its files go into the file store under their hashes."""
    sheet = opened.sheet
    total = from_fen(int(sheet["total"]))
    further = {
        "duration_days": int(sheet["duration_days"]),
        "quality": str(sheet["quality"]),
        "manager": str(sheet["manager"]),
        "manager_certificate": str(sheet["manager_certificate"]),
    }
    for one in opened.attachments:
        taking.tools.files.put(one.data)
    bid.sheet, bid.total, bid.opened_at, bid.open_failure = dict(sheet), total, taking.now, None
    for name, value in further.items():
        setattr(bid, name, value)
    body = {
        "envelope": bid.envelope, "part": PART, "price": str(sheet["total"]),
        "inner": canonical(opened.inner).decode(),
    }  # fmt: skip
    taking.record("bid.opened", body)


def reject_above_ceiling(taking: Taking, bids: list[Bid], terms: TenderTerms) -> None:
    """Reject by the platform itself what lies above the ceiling (ZTBT 51(5), R06.C4); equal is lawful."""
    for bid in bids:
        if bid.total is not None and terms.ceiling is not None and above_ceiling(bid.total, terms.ceiling):
            reason = f"投标报价{grouped(bid.total)}元高于最高投标限价{grouped(terms.ceiling)}元"
            reject(taking, bid, RejectionClause.PRICE, reason)


def read_out(taking: Taking, bids: list[Bid], terms: TenderTerms) -> list[dict[str, Any]]:
    """What is read out: names, prices and the other main contents; in a rehearsal the names of nobody."""
    if taking.rehearsal:
        return [{"number": number} for number, _bid in enumerate(bids, 1)]
    whole = bonded(taking.session, taking.lot, terms)
    waits = bool(unmatched(taking.session, taking.lot))
    return [
        {
            "number": number,
            "bidder": bid.organization.name,
            "uscc": bid.organization.uscc,
            "envelope": bid.envelope,
            "price": "" if bid.total is None else str(bid.total),
            "words": "" if bid.total is None else capitals(bid.total),
            "duration_days": bid.duration_days,
            "quality": bid.quality or "",
            "manager": bid.manager or "",
            "bond": bond_word(bid, terms, whole, waits),
            "remark": bid.rejected_reason or ("投标文件未能解密" if bid.open_failure else ""),
        }
        for number, bid in enumerate(bids, 1)
    ]


def bond_word(bid: Bid, terms: TenderTerms, whole: frozenset[str], waits: bool) -> str:
    """How the bond of a bid stands at the opening."""
    if not terms.bond:
        return "不要求"
    if bid.organization_id in whole:
        return "已提交"
    return "待核对" if waits else "未提交"


def make_record(taking: Taking, rows: list[dict[str, Any]]) -> OpeningRecord:
    """The opening record, open for objections on the spot for the county's minutes."""
    minutes = int(taking.values["opening_objection_minutes"])
    record = OpeningRecord(
        lot_id=taking.lot.id, presided_by_id=taking.actor_id, started_at=taking.now,
        open_until=taking.now + timedelta(minutes=minutes), read_out=rows, base_price=taking.data.get("base_price"),
        digest=hashlib.sha256(canonical(rows)).hexdigest(),
    )  # fmt: skip
    taking.session.add(record)
    return record


def line_of(row: dict[str, Any]) -> str:
    """One bid as the notice prints it."""
    if not row["price"]:
        return f"{row['number']}. {row['bidder']}：{row['remark']}。"
    remark = f"；{row['remark']}" if row["remark"] else ""
    return (
        f"{row['number']}. {row['bidder']}：投标报价{row['price']}元（大写：人民币{row['words']}），"
        f"工期{row['duration_days']}日历天，质量{row['quality']}，项目经理{row['manager']}，投标保证金{row['bond']}{remark}。"
    )


def publish_record(taking: Taking, record: OpeningRecord) -> None:
    """Publish the record and tell the bidders until when they may object."""
    lot = taking.lot
    head = f"{lot.name}于{moment_zh(taking.now)}公开开标，唱标内容如下。"
    tail = f"投标人对开标有异议的，应当在开标现场提出；本记录开放至{moment_zh(record.open_until)}，此后方可定稿。"
    base = () if record.base_price is None else (f"标底：{grouped(record.base_price)}元。",)
    text = "\n".join((head, *(line_of(row) for row in record.read_out), *base, tail))
    facts: dict[str, Any] = {"read_out": record.read_out, "digest": record.digest}
    if record.base_price is not None:
        facts["base_price"] = str(record.base_price)
    taking.publish(NoticeKind.OPENING, f"{lot.name}开标记录"[:200], text, facts, ends_at=record.open_until)
    local = beijing(record.open_until)
    bidders = [bid.organization_id for bid in bids_in_force(taking.session, lot)]
    zh = ("开标记录已公布", f"“{lot.name}”已开标；对开标有异议的，请在{local:%H:%M:%S}前当场提出。")
    en = ("Bids opened", f"“{lot.name}” was opened; objections on the spot until {local:%H:%M:%S} Beijing time.")
    taking.tell(zh, en, organizations=bidders)
    tell_owner(taking, zh, en)
    taking.receipt |= {"open_until": local.isoformat(), "digest": record.digest}


@effect(Step.CLOSE_OPENING_RECORD)
def close_opening_record(taking: Taking) -> None:
    """Make the record final, once its time is over and every objection on the spot is answered."""
    record = taking.session.scalar(select(OpeningRecord).where(OpeningRecord.lot_id == taking.lot.id))
    if record is None or record.closed_at is not None:
        raise Refused("record_closed", "开标记录已定稿", "The opening record is final")
    record.closed_at = taking.now
