"""How the trading method is chosen 确定交易方式: the default is recorded, an exception is applied for and decided."""

from __future__ import annotations

from sqlalchemy import select
from sqlalchemy.orm import Session

from trading.codelists import DocumentKind, Method, Role, Status
from trading.errors import InvalidInput, Refused
from trading.methods.proposal import Proposal, propose, refuses
from trading.models import Lot, MethodApplication
from trading.steps import Step
from trading.values import Values
from trading.workflow.concerned import tell_owner
from trading.workflow.papers import keep_files
from trading.workflow.taking import Taking, effect
from trading.workflow.who import refuse_same_person


def proposal_of(lot: Lot, values: Values) -> Proposal:
    """The method that follows from the lot's type, category and amount, with the statutory alternatives."""
    project = lot.project
    return propose(project.type, lot.category, lot.estimate, project.state_controlled, values)


def open_application(session: Session, lot: Lot) -> MethodApplication | None:
    """The application that waits for the authority, if any."""
    query = select(MethodApplication).where(
        MethodApplication.lot_id == lot.id, MethodApplication.approved.is_(None)
    )
    return session.scalars(query.order_by(MethodApplication.applied_at.desc())).first()


def no_application_waits(taking: Taking) -> None:
    """Refuse while the authority has an application before it.

    Raises:
        Refused: one waits.
    """
    if open_application(taking.session, taking.lot) is not None:
        zh, en = "例外方式申请尚待主管部门决定", "An application waits for the authority's decision"
        raise Refused("application_waits", zh, en)


@effect(Step.FIX_METHOD)
def fix_method(taking: Taking) -> None:
    """Record the proposed method with its reason; the default is recorded, nobody approves it."""
    no_application_waits(taking)
    proposal = proposal_of(taking.lot, taking.values)
    lot = taking.lot
    lot.method, lot.mandatory = proposal.method, proposal.mandatory
    lot.method_reason_zh, lot.method_reason_en = proposal.reason_zh, proposal.reason_en
    taking.record(
        "approval.method",
        {"method": proposal.method.value, "mandatory": proposal.mandatory, "by": "table", "reason": proposal.reason_zh},
    )
    taking.receipt["method"] = proposal.method.value


@effect(Step.APPLY_FOR_EXCEPTION)
def apply_for_exception(taking: Taking) -> None:
    """The owner applies for another method, on a listed ground, with reasons and evidence."""
    no_application_waits(taking)
    method, ground = taking.data["method"], taking.data["ground"] or ""
    proposal = proposal_of(taking.lot, taking.values)
    if method is proposal.method:
        raise InvalidInput.of("method", "这是拟定的默认方式，无需申请", "This is the default: no application is needed")
    refusal = refuses(proposal, method, ground)
    if refusal is not None:
        raise Refused(refusal.code, refusal.zh, refusal.en)
    application = MethodApplication(
        lot_id=taking.lot.id, method=method, ground=ground, reasons=taking.data["reasons"], applied_at=taking.now,
        applied_by_id=taking.actor_id,
    )  # fmt: skip
    taking.session.add(application)
    taking.lot.mandatory = proposal.mandatory
    keep_files(taking, DocumentKind.EVIDENCE, taking.data["evidence"])
    taking.record("approval.exception_applied", {"method": method.value, "ground": ground})
    name = taking.lot.name
    taking.tell_role(
        Role.AUTHORITY,
        ("例外交易方式申请待决定", f"“{name}”申请采用{method.zh}，请作出是否核准的决定。"),
        ("Exceptional method to decide", f"“{name}” applies for {method.en}; please decide."),
    )


@effect(Step.DECIDE_EXCEPTION)
def decide_exception(taking: Taking) -> None:
    """The authority approves with a number, or refuses with reasons; the lot goes on, or the owner chooses again."""
    application = open_application(taking.session, taking.lot)
    if application is None:
        raise Refused("no_application", "没有待决定的例外方式申请", "There is no application to decide")
    refuse_same_person(taking.session, taking.actor, [application.applied_by_id])
    approved, number, reasons = taking.data["approved"], taking.data["number"], taking.data["reasons"]
    if approved and not number:
        raise InvalidInput.of("number", "核准的，必须填写核准文号", "An approval needs its number")
    application.approved, application.decision_number, application.decision_reason = approved, number, reasons
    application.decided_at, application.decided_by_id = taking.now, taking.actor_id
    method: Method = application.method
    if approved:
        lot = taking.lot
        lot.method = method
        lot.method_reason_zh = f"经主管部门核准（{number}）采用{method.zh}：{reasons}"
        lot.method_reason_en = f"{method.en}, approved by the authority ({number}): {reasons}"
    taking.move(Status.METHOD_FIXED if approved else Status.FILED)
    body = {"method": method.value, "approved": approved, "number": number or "", "reasons": reasons}
    taking.record("approval.exception_decided", body)
    word_zh, word_en = ("核准", "approved") if approved else ("不予核准", "refused")
    tell_owner(
        taking,
        ("例外交易方式决定", f"“{taking.lot.name}”申请采用{method.zh}：{word_zh}。{reasons}"),
        ("Decision on the method", f"“{taking.lot.name}”: {method.en} was {word_en}. {reasons}"),
    )
