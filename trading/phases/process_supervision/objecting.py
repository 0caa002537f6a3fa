"""Objections 异议: one in time to the documents or the result holds the lot until answered; a late one does not."""

from __future__ import annotations

import hashlib
from datetime import datetime

from sqlalchemy import exists, select

from trading.beijing import moment_en, moment_zh
from trading.codelists import ObjectionTarget, Role, Status, SuspensionGround
from trading.errors import NotFound, Refused
from trading.models import Bid, Objection, OpeningRecord
from trading.models.columns import new_id
from trading.rules.r08_clarification_objection import answer_due, raised_in_time
from trading.steps import Step
from trading.workflow.concerned import tell_owner
from trading.workflow.holding import resume_lot, suspend_lot, waiting_objections
from trading.workflow.taking import Taking, effect

TARGETS_AT: dict[Status, tuple[ObjectionTarget, ...]] = {
    Status.PUBLISHED: (ObjectionTarget.DOCUMENTS,),
    Status.BID_CLOSED: (ObjectionTarget.DOCUMENTS,),
    Status.OPENED: (ObjectionTarget.OPENING, ObjectionTarget.DOCUMENTS),
    Status.PUBLICIZED: (ObjectionTarget.RESULT,),
}


def has_bid(taking: Taking) -> bool:
    """Whether the objector bids on this lot."""
    own = (Bid.lot_id == taking.lot.id, Bid.organization_id == taking.organization_id, Bid.current)
    return bool(taking.session.scalar(select(exists().where(*own))))


def timely_documents(taking: Taking) -> bool:
    """Whether an objection to the documents comes early enough; a suspension's time does not count against it."""
    lot = taking.lot
    if (lot.held_status or lot.status) is not Status.PUBLISHED or lot.bid_deadline is None:
        return False
    deadline = lot.bid_deadline + (taking.now - lot.suspended_at if lot.suspended_at else taking.now - taking.now)
    return taking.now < deadline and raised_in_time(taking.now, deadline, taking.values)


def opening_record(taking: Taking) -> OpeningRecord:
    """The opening record, while it is open.

    Raises:
        Refused: it is closed, or somebody objects who was not there to bid.
    """
    record = taking.session.scalar(select(OpeningRecord).where(OpeningRecord.lot_id == taking.lot.id))
    if record is None or record.closed_at is not None:
        raise Refused("record_closed", "开标记录已定稿，对开标的异议应当在开标现场提出", "The opening record is closed")
    if not has_bid(taking):
        raise Refused("not_a_bidder", "对开标的异议由投标人提出", "Only a bidder may object to the opening")
    return record


def timing(taking: Taking, target: ObjectionTarget) -> tuple[bool, bool, datetime]:
    """Whether the objection is in time, whether it suspends, and until when it must be answered.

    Raises:
        Refused: this target cannot be objected to now.
    """
    lot = taking.lot
    if target not in TARGETS_AT.get(lot.held_status or lot.status, ()):
        zh, en = f"现在不能对{target.zh}提出异议", f"Objections to the {target.en.lower()} are not open now"
        raise Refused("target_not_open", zh, en)
    if target is ObjectionTarget.OPENING:
        return True, False, opening_record(taking).open_until
    due = answer_due(taking.now, taking.values, taking.calendar)
    if target is ObjectionTarget.RESULT:
        if lot.publicity_until is not None and taking.now >= lot.publicity_until:
            raise Refused("publicity_over", "公示期已满，不再受理对评标结果的异议", "The publicity period is over")
        return True, True, due
    in_time = timely_documents(taking)
    return in_time, in_time, due


@effect(Step.OBJECT)
def lodge_objection(taking: Taking) -> None:
    """Keep the objection; one to the documents in time suspends the lot in the same moment (ZTBT 22)."""
    lot, target, text = taking.lot, taking.data["target"], taking.data["text"]
    in_time, suspends, due = timing(taking, target)
    objection = Objection(
        id=new_id(), lot_id=lot.id, target=target, objector_id=taking.organization_id, raised_by_id=taking.actor_id,
        text=text, raised_at=taking.now, in_time=in_time, suspends=suspends, objector_is_bidder=has_bid(taking),
        answer_due_at=due,
    )  # fmt: skip
    taking.session.add(objection)
    taking.subject = objection.id
    taking.move(lot.status)
    digest = hashlib.sha256(text.encode()).hexdigest()
    timely = {"in_time": in_time, "suspends": suspends}
    taking.record("objection.raised", {"objection": objection.id, "target": target.value, "sha256": digest} | timely)
    if suspends and lot.status is Status.PUBLISHED:
        suspend_lot(taking, SuspensionGround.OBJECTION, "收到对招标文件的异议，作出答复前暂停招标投标活动。")
    late_zh, late_en = ("", "") if in_time else ("（逾期提出，不暂停交易）", " (late: it suspends nothing)")
    subject_zh, subject_en = f"收到对{target.zh}的异议{late_zh}", f"Objection to the {target.en.lower()}{late_en}"
    text_en = f"“{lot.name}” received an objection; please answer it by {moment_en(due)}."
    tell_owner(taking, (subject_zh, f"“{lot.name}”收到异议，请于{moment_zh(due)}前答复。"), (subject_en, text_en))
    taking.tell_role(Role.SUPERVISOR, (subject_zh, f"“{lot.name}”收到异议。"), (subject_en, text_en))
    taking.receipt |= {"objection": objection.id, "answer_due": due.isoformat()} | timely


def objection_of(taking: Taking) -> Objection:
    """The objection that the step is about.

    Raises:
        NotFound: this lot has no such objection.
        Refused: it is answered or withdrawn.
    """
    query = select(Objection).where(Objection.id == taking.subject, Objection.lot_id == taking.lot.id)
    objection = taking.session.scalar(query)
    if objection is None:
        raise NotFound("没有这件异议", "There is no such objection")
    if objection.answered_at is not None or objection.withdrawn_at is not None:
        raise Refused("answered", "该异议已经答复或者撤回", "This objection is answered or withdrawn")
    return objection


@effect(Step.ANSWER_OBJECTION)
def answer_objection(taking: Taking) -> None:
    """Answer the objector; with the last waiting one answered a lot held by objections goes on by itself."""
    lot, objection = taking.lot, objection_of(taking)
    objection.answer, objection.upheld = taking.data["answer"], taking.data["upheld"]
    objection.answered_at, objection.answered_by_id = taking.now, taking.actor_id
    taking.session.flush()
    taking.move(lot.status)
    digest = hashlib.sha256(objection.answer.encode()).hexdigest()
    body = {"objection": objection.id, "upheld": objection.upheld, "sha256": digest}
    taking.record("objection.answered", body)
    word_zh, word_en = ("异议成立", "upheld") if objection.upheld else ("异议不成立", "not upheld")
    taking.tell(
        ("异议答复", f"您对“{lot.name}”{objection.target.zh}提出的异议已答复：{word_zh}。{objection.answer}"),
        ("Answer to your objection", f"“{lot.name}”: {word_en}. {objection.answer}"),
        organizations=[objection.objector_id],
    )
    held_by_objections = lot.status is Status.SUSPENDED and lot.suspension_ground is SuspensionGround.OBJECTION
    if held_by_objections and not waiting_objections(taking.session, lot):
        resume_lot(taking, "异议均已答复。")
