"""What was disclosed of a disposal is changed 变更处置公告: for cause, with new clocks, told to everybody (R07.C12)."""

from __future__ import annotations

import hashlib

from sqlalchemy import func, select

from trading.beijing import beijing, moment_zh
from trading.codelists import NoticeKind
from trading.errors import InvalidInput
from trading.ledger.entries import microseconds
from trading.models import Clarification
from trading.phases.process_supervision.auction.announcing_sale import check_clocks, keep_clocks
from trading.phases.process_supervision.notice.clarifying import before_deadline, deadline_of
from trading.steps import Step
from trading.workflow.concerned import tell_holders
from trading.workflow.sale_record import sale_of
from trading.workflow.taking import Taking, effect


@effect(Step.CHANGE_SALE)
def change_sale(taking: Taking) -> None:
    """Publish the change with its reason and the new clocks; none of them comes earlier than before."""
    before_deadline(taking)
    lot, data, session = taking.lot, taking.data, taking.session
    sale, before = sale_of(session, lot), deadline_of(lot)
    check_clocks(data, lot.method, taking.now)
    for name, old in (("bid_deadline", before), ("bidding_at", sale.bidding_at), ("planned_end", sale.planned_end)):
        if old is not None and data[name] < old:
            raise InvalidInput.of(name, "变更后的时间不能早于原定时间", "A change brings no moment forward")
    keep_clocks(taking, sale)
    assert lot.bid_deadline is not None
    earlier = select(func.count()).select_from(Clarification).where(Clarification.lot_id == lot.id)
    number = 1 + (session.scalar(earlier) or 0)
    row = Clarification(
        lot_id=lot.id, number=number, text=data["text"], affects_preparation=True, issued_at=taking.now,
        deadline_before=before, deadline_after=lot.bid_deadline, changes_ceiling=False,
    )  # fmt: skip
    session.add(row)
    session.flush()
    text = (
        f"现对{lot.name}处置公告作如下变更。{data['text']}变更理由：{data['reason']}"
        f"报名和保证金截止时间为{moment_zh(lot.bid_deadline)}，竞价自{moment_zh(data['bidding_at'])}起。"
    )
    told = {"number": number, "deadline": moment_zh(lot.bid_deadline), "forced": data["forced"]}
    taking.publish(NoticeKind.CLARIFICATION, f"{lot.name}变更公告（第{number}次）"[:200], text, told)
    row.holders, row.delivered_to = tell_holders(
        taking,
        (f"变更公告（第{number}次）", text),
        (f"Change {number}", f"{text}\nApplications close {beijing(lot.bid_deadline):%Y-%m-%d %H:%M} Beijing time."),
    )
    digest = hashlib.sha256(text.encode()).hexdigest()
    taking.record(
        "tender.amended",
        {"clarification": number, "sha256": digest, "deadline": microseconds(lot.bid_deadline)},
    )
    taking.receipt |= {"number": number, "bid_deadline": beijing(lot.bid_deadline).isoformat()}
