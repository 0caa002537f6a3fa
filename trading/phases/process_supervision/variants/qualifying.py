"""What order 87 adds to a tender 政府采购招标程序: longer offers, qualification checked, rooms recorded."""

from __future__ import annotations

from sqlalchemy import func, select

from trading.beijing import moment_en, moment_zh
from trading.codelists import NoticeKind
from trading.errors import InvalidInput, Refused, Words
from trading.methods.rejection import RejectionClause
from trading.models import WHOLE_BID, Bid, Holder, Lot, OpeningRecord, QualificationCheck, RoomRecording
from trading.steps import Step
from trading.workflow.concerned import tell_holders, tell_owner
from trading.workflow.taking import Taking, effect


@effect(Step.EXTEND_DOCUMENTS)
def extend_documents(taking: Taking) -> None:
    """Offer the documents for longer, by notice, where fewer than three suppliers took them in time (D87 18)."""
    lot, until = taking.lot, taking.data["documents_until"]
    if lot.documents_until is None or lot.bid_deadline is None or taking.now < lot.documents_until:
        raise Refused("still_offered", "提供期限尚未届满", "The documents are still offered")
    if not taking.now < until <= lot.bid_deadline:
        raise InvalidInput.of(
            "documents_until", "应当在此刻之后、投标截止之前", "It lies between now and the bid deadline"
        )
    taken = taking.session.scalar(select(func.count()).select_from(Holder).where(Holder.lot_id == lot.id)) or 0
    if taken >= int(taking.values["bidders_min"]):
        raise Refused("enough_took", "获取文件的供应商已满足法定家数", "Enough suppliers took the documents")
    lot.documents_first_until = lot.documents_first_until or lot.documents_until
    lot.documents_until = until
    text = f"{lot.name}招标文件的提供期限顺延至{moment_zh(until)}。投标截止时间为{moment_zh(lot.bid_deadline)}。"
    taking.publish(NoticeKind.CLARIFICATION, f"{lot.name}招标文件提供期限顺延公告"[:200], text, {})
    tell_holders(
        taking,
        ("提供期限顺延", text),
        ("Documents offered for longer", f"The documents of “{lot.name}” are offered until {moment_en(until)}."),
    )


def opened_bids(taking: Taking) -> list[Bid]:
    """The whole bids of an opened lot, in the order in which they came."""
    query = select(Bid).where(Bid.lot_id == taking.lot.id, WHOLE_BID).order_by(Bid.received_at, Bid.envelope)
    return list(taking.session.scalars(query))


def checkable(lot_bids: list[Bid]) -> list[Bid]:
    """Those whose qualification is checked: opened, and not rejected before."""
    return [one for one in lot_bids if one.opened_at is not None and one.rejected_clause is None]


@effect(Step.CHECK_QUALIFICATION)
def check_qualification(taking: Taking) -> None:
    """The buyer or its agency checks each bidder; who is not qualified is not evaluated (D87 44, R10.C15)."""
    session, lot = taking.session, taking.lot
    record = session.scalar(select(OpeningRecord).where(OpeningRecord.lot_id == lot.id))
    if record is None or record.closed_at is None:
        raise Refused("record_open", "开标记录尚未定稿", "The opening record is not final yet")
    if session.scalar(select(QualificationCheck.id).where(QualificationCheck.lot_id == lot.id).limit(1)):
        raise Refused("checked", "资格审查已经完成", "Qualification was checked already")
    bids = {one.id: one for one in checkable(opened_bids(taking))}
    rows = taking.data["checks"]
    if sorted(row["bid"] for row in rows) != sorted(bids):
        raise InvalidInput.of("checks", "应当对每一投标人各审查一次", "Check every bidder once")
    for number, row in enumerate(rows):
        if not row["qualified"] and not row["reason"]:
            why = {"reason": [Words("不合格的应当说明理由", "Give the reason why the bidder is not qualified")]}
            raise InvalidInput({"checks": {str(number): why}})
        judge(taking, bids[row["bid"]], bool(row["qualified"]), row["reason"] or "")
    qualified = sum(bool(row["qualified"]) for row in rows)
    taking.receipt["qualified"] = qualified
    if qualified < int(taking.values["bidders_min"]):
        tell_owner(
            taking,
            ("合格投标人不足", f"“{lot.name}”合格投标人不足三家，不得评标，请依法处理。"),
            ("Too few are qualified", f"Fewer than three are qualified for “{lot.name}”: no evaluation."),
        )


def judge(taking: Taking, bid: Bid, qualified: bool, reason: str) -> None:
    """Keep the finding about one bidder and tell him; an unqualified bid is out."""
    taking.session.add(
        QualificationCheck(
            lot_id=taking.lot.id, bid_id=bid.id, qualified=qualified, reason=reason, checked_at=taking.now,
            checked_by_id=taking.actor_id,
        )
    )  # fmt: skip
    if qualified:
        return
    bid.rejected_clause, bid.rejected_by = RejectionClause.NOT_QUALIFIED.value, "owner"
    bid.rejected_reason = f"资格审查不合格：{reason}"
    body = {"envelope": bid.envelope, "clause": bid.rejected_clause, "reason": bid.rejected_reason, "by": "owner"}
    taking.record("evaluation.bid_rejected", body)
    taking.tell(
        ("资格审查结果", f"“{taking.lot.name}”：贵单位资格审查不合格，原因：{reason}。"),
        ("Qualification", f"“{taking.lot.name}”: you are not qualified: {reason}"),
        organizations=[bid.organization_id],
    )


@effect(Step.RECORD_ROOM)
def record_room(taking: Taking) -> None:
    """The centre records where sound and picture are kept, and that no member was at the opening (D87 39, 40)."""
    if taking.session.scalar(select(RoomRecording.id).where(RoomRecording.lot_id == taking.lot.id)):
        raise Refused("recorded", "已经登记", "It is recorded already")
    names = ("opening_recorded", "evaluation_recorded", "members_at_opening", "kept_as")
    told = {name: taking.data[name] for name in names}
    taking.session.add(
        RoomRecording(lot_id=taking.lot.id, recorded_at=taking.now, recorded_by_id=taking.actor_id, **told)
    )
    taking.record("document.room_recorded", {"kept_as": told["kept_as"]})


def rows_to_check(lot: Lot, bids: list[Bid]) -> list[tuple[str, str]]:
    """The bids that the form lists, by id and name."""
    return [(one.id, one.organization.name) for one in checkable(bids)] if lot.opened_at else []
