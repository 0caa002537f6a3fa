"""Questions 疑问 and clarifications 澄清与修改: answered to all at once; the fifteen-day rule moves the deadline."""

from __future__ import annotations

import hashlib
from datetime import date, datetime

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from trading.beijing import at, beijing, law_date, moment_zh
from trading.codelists import DocumentKind, NoticeKind, ProjectType, Status
from trading.errors import Refused
from trading.ledger.entries import microseconds
from trading.models import Clarification, Lot, Question
from trading.money import yuan
from trading.phases.process_supervision.notice.announcing import amount, terms_of
from trading.rules.procurement_notices import earliest_response
from trading.rules.r08_clarification_objection import earliest_deadline
from trading.steps import Step
from trading.workflow.admission import refuse_outsiders
from trading.workflow.calendars import calendar_in_force
from trading.workflow.concerned import tell_holders, tell_owner
from trading.workflow.document_scan import papers_of, scan, typed
from trading.workflow.negotiation_record import negotiates
from trading.workflow.papers import keep_files
from trading.workflow.sale_record import competes
from trading.workflow.taking import Taking, before, effect

FILES = {
    "tender_document": DocumentKind.TENDER_DOCUMENT,
    "drawings": DocumentKind.DRAWINGS,
    "contract_draft": DocumentKind.CONTRACT_DRAFT,
}


before(Step.CLARIFY, papers_of)


def deadline_of(lot: Lot) -> datetime:
    """The bid deadline of a published lot."""
    assert lot.bid_deadline is not None
    return lot.bid_deadline


def before_deadline(taking: Taking) -> None:
    """Stop what belongs before the deadline and comes after it, whether or not the clock has closed bidding yet.

    Raises:
        Refused: the deadline is past.
    """
    lot = taking.lot
    running = lot.status is Status.PUBLISHED and taking.now < deadline_of(lot)
    held = lot.status is Status.SUSPENDED and lot.held_status is Status.PUBLISHED
    if not (running or held):
        raise Refused("deadline_passed", "投标截止时间已过", "The bid deadline has passed")


def open_questions(session: Session, lot: Lot) -> list[Question]:
    """Questions not yet answered, oldest first; who asked is nobody's business."""
    query = select(Question).where(Question.lot_id == lot.id, Question.answered_at.is_(None))
    return list(session.scalars(query.order_by(Question.asked_at, Question.id)))


@effect(Step.ASK)
def ask(taking: Taking) -> None:
    """Keep a question; the owner sees the text, not the asker."""
    before_deadline(taking)
    refuse_outsiders(taking.session, taking.actor, taking.lot)
    question = Question(
        lot_id=taking.lot.id, asker_id=taking.actor_id, text=taking.data["text"], asked_at=taking.now
    )
    taking.session.add(question)
    tell_owner(
        taking,
        ("有待澄清的疑问", f"“{taking.lot.name}”收到一条疑问，请以澄清的方式答复全体。"),
        ("A question to clarify", f"“{taking.lot.name}” received a question; please answer it to all."),
    )


def first_day(taking: Taking) -> date:
    """First lawful day of the deadline after a change that affects preparation; a negotiation has its own times.

    Source: ZTB 23, ZTBT 21 (R08.C1); D74 29, 45 (R08.C3).
    """
    lot = taking.lot
    if lot.project.type is ProjectType.GPN and negotiates(lot):
        calendar = calendar_in_force(taking.session, taking.calendar)
        return earliest_response(lot.method, law_date(taking.now), taking.values, calendar)
    return earliest_deadline(taking.now, taking.values)


def moved_deadline(deadline: datetime, first: date) -> datetime:
    """The deadline after a clarification that affects preparation: unchanged, or the same hour of ``first``."""
    if law_date(deadline) >= first:
        return deadline
    local = beijing(deadline)
    return at(first, local.hour, local.minute, local.second)


@effect(Step.CLARIFY)
def clarify(taking: Taking) -> None:
    """Publish a clarification or change, deliver it to every holder and bidder, move the deadline by the law."""
    before_deadline(taking)
    lot, data = taking.lot, taking.data
    before = deadline_of(lot)
    material = data["affects_preparation"] or data["ceiling"] is not None
    if material and competes(lot):
        raise Refused("change_sale", "变更披露内容的，应当办理“变更处置公告”", "Terms change by a notice of change")
    lot.bid_deadline = moved_deadline(before, first_day(taking)) if material else before
    earlier = select(func.count()).select_from(Clarification).where(Clarification.lot_id == lot.id)
    number = 1 + (taking.session.scalar(earlier) or 0)
    row = Clarification(
        lot_id=lot.id, number=number, text=data["text"], affects_preparation=material, issued_at=taking.now,
        deadline_before=before, deadline_after=lot.bid_deadline, changes_ceiling=data["ceiling"] is not None,
        changes_object=bool(data.get("changes_object")),
    )  # fmt: skip
    taking.session.add(row)
    taking.session.flush()
    scan(taking, [*papers_of(data), typed(f"clarification-{number}", {f"第{number}次澄清与修改": data["text"]})])
    for name, kind in FILES.items():
        keep_files(taking, kind, data[name])
    close_questions(taking, row)
    told = {"number": number, "deadline": moment_zh(lot.bid_deadline)} | change_ceiling(taking)
    text = clarification_text(taking, row)
    taking.publish(NoticeKind.CLARIFICATION, f"{lot.name}第{number}次澄清与修改"[:200], text, told)
    row.holders, row.delivered_to = tell_holders(
        taking,
        (f"第{number}次澄清与修改", text),
        (f"Clarification {number}", f"{text}\nBids close {beijing(lot.bid_deadline):%Y-%m-%d %H:%M:%S} Beijing time."),
    )
    digest = hashlib.sha256(text.encode()).hexdigest()
    taking.record("tender.clarified", {"number": number, "sha256": digest})
    amended = {"clarification": number, "sha256": digest}
    if lot.bid_deadline != before and lot.status is Status.PUBLISHED:
        amended["deadline"] = microseconds(lot.bid_deadline)
    taking.record("tender.amended", amended)
    taking.receipt |= {"number": number, "bid_deadline": beijing(lot.bid_deadline).isoformat()}


def close_questions(taking: Taking, row: Clarification) -> None:
    """Mark the questions that this clarification answers."""
    chosen = set(taking.data["answers"])
    for question in open_questions(taking.session, taking.lot):
        if question.id in chosen:
            question.answered_at, question.clarification_id = taking.now, row.id


def change_ceiling(taking: Taking) -> dict[str, str]:
    """Set the new ceiling, if one is given, and tell it for the notice."""
    ceiling = taking.data["ceiling"]
    if ceiling is None:
        return {}
    terms = terms_of(taking.session, taking.lot)
    terms.ceiling, terms.ceiling_set_at = yuan(ceiling), taking.now
    return {"ceiling": str(terms.ceiling)}


def clarification_text(taking: Taking, row: Clarification) -> str:
    """The text that everyone gets: the answer, what changed, and the deadline."""
    data = taking.data
    sold = competes(taking.lot)
    whom, what = ("各意向竞买人", "处置文件") if sold else ("各潜在投标人", "招标文件")
    parts = [f"{whom}：现对{taking.lot.name}{what}作如下澄清与修改。", row.text]
    if data["ceiling"] is not None:
        parts.append(f"最高投标限价改为{amount(data['ceiling'])}。")
    if any(data[name] for name in FILES):
        parts.append(f"{what}已更新，请在本平台标段页面下载最新版本。")
    if row.deadline_after != row.deadline_before:
        parts.append(
            f"本次澄清与修改可能影响投标文件编制，投标截止时间由{moment_zh(row.deadline_before)}顺延至{moment_zh(row.deadline_after)}，"
            "开标时间相应顺延。"
        )
    else:
        parts.append(f"{'报名' if sold else '投标'}截止时间不变，仍为{moment_zh(row.deadline_after)}。")
    return "\n".join(parts)
