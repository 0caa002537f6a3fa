"""Suspension 中止, resumption 恢复, termination 终止, failure 流标, retender 重新招标: on statutory grounds alone."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import func, select

from trading.beijing import moment_en, moment_zh
from trading.codelists import (
    FailureGround,
    NoticeKind,
    Role,
    Status,
    SuspensionGround,
    TerminationGround,
)
from trading.errors import InvalidInput, NotAllowed, Refused
from trading.models import WHOLE_BID, BankLine, Bid, Lot, Stop
from trading.steps import Step
from trading.workflow.concerned import tell_everyone, tell_owner
from trading.workflow.deposit_record import HELD
from trading.workflow.holding import newest_stop, resume_lot, suspend_lot, waiting_objections
from trading.workflow.negotiation_record import negotiates
from trading.workflow.procurement_end_case import ending_of
from trading.workflow.refunds import due_after
from trading.workflow.sale_record import competes
from trading.workflow.taking import Taking, effect

SUPERVISORS_OWN = (SuspensionGround.ORDER, SuspensionGround.COMPLAINT)
CONDITION_OF = {
    FailureGround.FEW_BIDDERS: "R10.C7",
    FailureGround.FEW_PREQUALIFIED: "R07.C4",
    FailureGround.ALL_REJECTED: "R16.C1",
    FailureGround.NO_COMPETITION: "R12.C8",
    FailureGround.UNLAWFUL_DOCUMENTS: "R16.C5",
    FailureGround.NO_CANDIDATE_LEFT: "R16.C1",
    FailureGround.NO_ENTRANT: "R13.C8",
    FailureGround.NO_DEAL: "R13.C2",
    FailureGround.BUYER_WITHDREW: "R13.C11",
    FailureGround.ILLEGALITY: "R16.C3",
    FailureGround.OVER_BUDGET: "R16.C3",
    FailureGround.TASK_CANCELLED: "R16.C3",
    FailureGround.METHOD_GROUND_GONE: "R16.C3",
}
OF_PROCUREMENTS = frozenset(one for one, condition in CONDITION_OF.items() if condition == "R16.C3")


@effect(Step.SUSPEND)
def suspend(taking: Taking) -> None:
    """The owner, or the supervisor, suspends on a listed ground; an order and a complaint are the supervisor's."""
    ground = taking.data["ground"]
    owner = taking.actor is not None and taking.actor.role is Role.OWNER
    if ground is SuspensionGround.OBJECTION:
        raise InvalidInput.of("ground", "异议由系统自动中止", "An objection suspends by itself")
    if owner and ground in SUPERVISORS_OWN:
        raise NotAllowed("该中止事由只能由监管机构采用", "Only the supervisor may suspend on this ground")
    suspend_lot(taking, ground, taking.data["reason"])


@effect(Step.RESUME)
def resume(taking: Taking) -> None:
    """End a suspension; what the supervisor ordered he alone lifts, and an unanswered objection keeps holding."""
    lot = taking.lot
    if waiting_objections(taking.session, lot):
        raise Refused("objection_waits", "尚有异议未答复，答复后自动恢复", "An objection is not answered yet")
    owner = taking.actor is not None and taking.actor.role is Role.OWNER
    if owner and lot.suspension_ground in SUPERVISORS_OWN:
        raise NotAllowed("监管机构责令中止的，由监管机构恢复", "What the supervisor ordered he alone lifts")
    resume_lot(taking, taking.data["reason"])


def set_refunds(taking: Taking, due: datetime) -> None:
    """Start the refund clock of every bond of the lot that has none yet."""
    query = select(BankLine).where(
        BankLine.lot_id == taking.lot.id, HELD
    )
    for line in taking.session.scalars(query):
        if line.refund_due_at is None or line.refund_due_at > due:
            line.refund_due_at = due


def end_suspension(taking: Taking) -> None:
    """Close the running suspension of a lot that ends."""
    stop = newest_stop(taking.session, taking.lot)
    if stop is not None:
        stop.ended_at = taking.now
    lot = taking.lot
    lot.held_status, lot.suspended_at, lot.suspension_ground = None, None, None


@effect(Step.TERMINATE)
def terminate(taking: Taking) -> None:
    """End the tender for cause: notice, refunds at once, everyone told (ZTBT 31)."""
    lot, ground, reason = taking.lot, taking.data["ground"], taking.data["reason"]
    reminded = taking.data["reminded_on"]
    if ground is TerminationGround.OWNER_IDLE and reminded is None:
        raise InvalidInput.of("reminded_on", "请填写催告日期", "Give the day of the reminder")
    if reminded is not None and reminded > taking.today:
        raise InvalidInput.of(
            "reminded_on", "催告日期不能在今日之后", "The day of the reminder may not lie in the future"
        )
    end_suspension(taking)
    lot.ended_reason = reason
    taking.session.add(
        Stop(
            lot_id=lot.id, ground=ground.value, reason=reason, begun_at=taking.now, begun_by_id=taking.actor_id,
            reminded_on=reminded, deadline_before=lot.bid_deadline,
        )
    )  # fmt: skip
    set_refunds(taking, taking.now)
    if lot.published_at is not None:
        text = (
            f"{lot.name}因“{ground.zh}”自{moment_zh(taking.now)}起终止交易。{reason}"
            "已收取的投标保证金连同银行同期存款利息立即退还。"
        )
        taking.publish(NoticeKind.TERMINATION, f"{lot.name}终止公告"[:200], text, {"ground": ground.value})
    taking.record("tender.terminated", {"reason": f"{ground.value}: {reason}"})
    tell_everyone(
        taking,
        ("交易终止", f"“{lot.name}”终止：{ground.zh}。{reason}保证金立即退还。"),
        ("Terminated", f"“{lot.name}” is ended: {ground.en}. Bonds go back at once."),
    )


@effect(Step.FAIL)
def fail(taking: Taking) -> None:
    """Declare the tender failed: by the clock when too few bid, else by the owner on a listed ground."""
    lot, ground = taking.lot, taking.data["ground"]
    refuse_unlisted(lot, ground)
    if ground is FailureGround.FEW_BIDDERS and lot.status is not Status.BID_CLOSED:
        raise Refused("not_closed", "投标尚未截止，不能以投标人不足为由流标", "Bidding is not closed")
    cause = taking.data.get("cause") or cause_of_clock(taking)
    lot.remedy = taking.data.get("remedy") or lot.remedy
    declare_failed(taking, ground, cause)


def refuse_unlisted(lot: Lot, ground: FailureGround) -> None:
    """Stop on a ground that the law does not have for this type and method (CG 36; D74 37, 43, 50).

    Raises:
        InvalidInput: it has not.
    """
    if ending_of(lot, ground) is None if procured(lot) else ground in OF_PROCUREMENTS:
        kind, way = lot.project.type, lot.method.zh if lot.method else ""
        zh = f"“{kind.zh}”（{way}）没有“{ground.zh}”这一法定事由"
        raise InvalidInput.of("ground", zh, f"The law has no such ground for: {kind.en}")


def declare_failed(taking: Taking, ground: FailureGround, cause: str) -> None:
    """Write the failure down, publish it, start the refunds and tell everyone; the status is the step's own."""
    lot = taking.lot
    lot.failure_ground, lot.ended_reason = ground, cause
    due = due_after(taking, "bond_refund_after_contract")
    set_refunds(taking, due)
    text, title = failure_text(lot, ground, cause), ("废标（终止）公告" if procured(lot) else "流标公告")
    taking.publish(NoticeKind.FAILURE, f"{lot.name}{title}"[:200], text, {"ground": ground.value})
    taking.record("tender.failed", {"reason": ground.value, "condition": CONDITION_OF[ground]})
    tell_everyone(
        taking,
        ("采购活动终止" if procured(lot) else "流标", text),
        ("Ended without a winner", f"“{lot.name}” failed: {ground.en}. Bonds are refunded by {moment_en(due)}."),
    )


def procured(lot: Lot) -> bool:
    """Whether the lot is a government procurement."""
    return lot.project.type.is_procurement


def failure_text(lot: Lot, ground: FailureGround, cause: str) -> str:
    """What the notice of a failure says; a disposal is not tendered, it finds no taker."""
    if procured(lot):
        word = "采购活动终止" if negotiates(lot) else "废标"
        next_ = "采购人分析原因后，可以重新采购，或者经批准采用其他采购方式。"
        return f"{lot.name}{word}。事由：{ground.zh}。{cause}{next_}"
    if competes(lot):
        return f"{lot.name}未成交。事由：{ground.zh}。{cause}转让方可以按原条件或者经批准降低底价后重新公告。"
    return f"{lot.name}招标失败（流标）。事由：{ground.zh}。{cause}项目单位分析原因并采取措施后，可以依法重新招标。"


def cause_of_clock(taking: Taking) -> str:
    """What the clock itself can say of the cause.

    Raises:
        InvalidInput: a person declares the failure and gives no cause.
    """
    if taking.actor is not None:
        raise InvalidInput.of("cause", "请说明流标原因", "Give the cause of the failure")
    lot = taking.lot
    if competes(lot):
        return "报名截止时没有具备竞买资格的竞买人。"
    count = taking.session.scalar(
        select(func.count()).select_from(Bid).where(Bid.lot_id == lot.id, WHOLE_BID)
    )
    least = int(taking.values["bidders_min"])
    return f"投标截止时投标人为{count}个，少于{least}个，依照R10.C7不得开标。"


@effect(Step.RETENDER)
def retender(taking: Taking) -> None:
    """Begin the next attempt as a draft of its own, linked to the failed one; every period starts anew."""
    lot = taking.lot
    if taking.session.scalar(select(Lot.id).where(Lot.previous_id == lot.id)) is not None:
        raise Refused("retendered", "本标段已重新招标", "This lot was retendered already")
    lot.remedy = taking.data["remedy"]
    lot.ended_reason = taking.data["cause"] or lot.ended_reason
    attempt = lot.attempt + 1
    base, _, _ = lot.code.partition("-R")
    code = f"{base}-R{attempt}"
    again = Lot(
        project_id=lot.project_id, number=lot.number, attempt=attempt, previous_id=lot.id, code=code,
        title=lot.title, scope=lot.scope, category=lot.category,
        estimate=lot.estimate, budget=lot.budget, status=Status.DRAFT, created_at=taking.now, status_since=taking.now,
        search_text=lot.search_text.replace(lot.code.lower(), code.lower()),
    )  # fmt: skip
    taking.session.add(again)
    taking.receipt["code"] = code
    tell_owner(
        taking,
        ("重新招标", f"“{lot.name}”第{attempt}次招标已建立，标段编号{code}，请重新办理进场登记。"),
        ("Retender", f"Attempt {attempt} of “{lot.name}” is {code}; please register it anew."),
    )
