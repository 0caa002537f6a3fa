"""How the trading method is chosen 确定交易方式: the default is recorded, an exception is applied for and decided."""

from __future__ import annotations

from sqlalchemy import select
from sqlalchemy.orm import Session

from trading.codelists import DocumentKind, Method, Role, Status
from trading.errors import InvalidInput, Refused
from trading.methods.grounds import GROUNDS, TWO_LEFT
from trading.methods.proposal import Allowed, Decider, Proposal, free_choices, propose, refuses
from trading.models import DisposalPlan, Lot, MethodApplication, MethodBasis
from trading.phases.method_approval.sole_source import refuse_upheld
from trading.steps import Step
from trading.values import Values
from trading.workflow.concerned import tell_owner
from trading.workflow.papers import keep_files
from trading.workflow.procurement_end_case import LEFT, left_over
from trading.workflow.taking import Taking, effect
from trading.workflow.who import refuse_same_person

BASIS = (
    "original_contract", "added", "emergency", "changes_after_failure", "committee_statement", "experts_stating",
    "notice_proved", "challenges_told",
)  # fmt: skip


def proposal_of(lot: Lot, values: Values) -> Proposal:
    """The method that follows from the lot's type, category and amount, with the statutory alternatives."""
    project = lot.project
    return propose(project.type, lot.category, lot.estimate, project.state_controlled, values)


def open_application(session: Session, lot: Lot) -> MethodApplication | None:
    """The application that waits for the authority, if any."""
    query = select(MethodApplication).where(MethodApplication.lot_id == lot.id, MethodApplication.approved.is_(None))
    return session.scalars(query.order_by(MethodApplication.applied_at.desc())).first()


def no_application_waits(taking: Taking) -> None:
    """Refuse while the authority has an application before it.

    Raises:
        Refused: one waits.
    """
    if open_application(taking.session, taking.lot) is not None:
        zh, en = "例外方式申请尚待主管部门决定", "An application waits for the authority's decision"
        raise Refused("application_waits", zh, en)


def planned_method(session: Session, lot: Lot) -> Method | None:
    """The method of a disposal's approved plan."""
    return session.scalar(select(DisposalPlan.method).where(DisposalPlan.project_id == lot.project_id))


def chosen_freely(taking: Taking, proposal: Proposal) -> Allowed:
    """The method that is fixed without anybody's decision: that of the plan, or one that the table leaves to the owner.

    Raises:
        InvalidInput: another body decides on it, or the ground, or the reasons, are missing.
        Refused: the table has no such method, or the approved plan has another.
    """
    planned = planned_method(taking.session, taking.lot)
    method = taking.data.get("method") or planned or proposal.method
    ground = taking.data.get("ground")
    refusal = refuses(proposal, method, ground)
    if refusal is not None and refusal.code == "ground_missing":
        raise InvalidInput.of("ground", refusal.zh, refusal.en)
    if refusal is not None:
        raise Refused(refusal.code, refusal.zh, refusal.en)
    found = next((one for one in free_choices(proposal) if one.method is method), None)
    if found is None:
        zh = "采用该方式须申请例外交易方式并经有权机关决定"
        raise InvalidInput.of("method", zh, "This method is applied for and decided by another body")
    if ground == TWO_LEFT:
        zh = "与两家供应商继续谈判的，须经财政部门批准，请申请例外交易方式"
        raise InvalidInput.of("method", zh, "To go on with two suppliers takes the approval of finance: apply for it")
    if planned is not None and method is not planned and found.decided_by is not Decider.OWNER:
        raise Refused(
            "not_the_plan",
            f"批准的方案载明的交易方式为“{planned.zh}”，变更的应当由原批准机关办理",
            f"The approved plan says “{planned.en}”; its author alone changes it",
        )
    return found


def refuse_unless_two_left(taking: Taking) -> None:
    """Stop who would go on with two suppliers where no open tender of this lot had exactly two bidders (D74 27).

    Raises:
        Refused: the attempt before this one was no such tender.
    """
    if taking.data.get("ground") != TWO_LEFT:
        return
    before = taking.session.get(Lot, taking.lot.previous_id) if taking.lot.previous_id else None
    if before is None or before.method is not Method.OPEN_TENDER or len(left_over(taking.session, before)) != LEFT:
        zh = "本标段没有因只有两家供应商而废标的公开招标"
        raise Refused("not_two_left", zh, "No open tender of this lot ended with exactly two suppliers")


def decided_by(proposal: Proposal, method: Method) -> Decider | None:
    """Who decides on this method by the table."""
    return next((one.decided_by for one in proposal.allowed if one.method is method), None)


def reasons_for(lot: Lot, proposal: Proposal, chosen: Allowed, ground: str) -> tuple[str, str]:
    """Why the method was fixed, in Chinese and English."""
    if not lot.project.type.is_purchase:
        zh = f"{proposal.reason_zh}批准的方案采用{chosen.method.zh}。"
        return zh, f"{proposal.reason_en} The plan has {chosen.method.en.lower()}."
    if chosen.method is proposal.method and not ground:
        return proposal.reason_zh, proposal.reason_en
    named = GROUNDS.get(ground)
    zh = f"{proposal.reason_zh}项目单位依{chosen.source}采用{chosen.method.zh}" + (f"：{named.zh}。" if named else "。")
    en = f"{proposal.reason_en} {chosen.method.en} by {chosen.source}" + (f": {named.en}." if named else ".")
    return zh, en


def keep_basis(taking: Taking, method: Method) -> None:
    """Keep on what a method rests that is not the default; what was said of an earlier choice is replaced."""
    session, lot = taking.session, taking.lot
    basis = session.scalar(select(MethodBasis).where(MethodBasis.lot_id == lot.id))
    if basis is not None:
        session.delete(basis)
        session.flush()
    told = {name: taking.data.get(name) for name in BASIS}
    session.add(
        MethodBasis(
            lot_id=lot.id, method=method, ground=taking.data.get("ground") or "",
            reasons=taking.data.get("reasons") or "", given_at=taking.now, **told,
        )
    )  # fmt: skip
    keep_files(taking, DocumentKind.EVIDENCE, taking.data.get("evidence"))


@effect(Step.FIX_METHOD)
def fix_method(taking: Taking) -> None:
    """Record the method with its reason: the default, or what table or plan leave to the owner; nobody approves it."""
    no_application_waits(taking)
    proposal = proposal_of(taking.lot, taking.values)
    chosen, ground = chosen_freely(taking, proposal), taking.data.get("ground") or ""
    lot = taking.lot
    if ground or chosen.method is not proposal.method:
        keep_basis(taking, chosen.method)
    lot.method, lot.mandatory = chosen.method, proposal.mandatory
    lot.method_reason_zh, lot.method_reason_en = reasons_for(lot, proposal, chosen, ground)
    taking.record(
        "approval.method",
        {"method": lot.method.value, "mandatory": proposal.mandatory, "by": "table", "reason": lot.method_reason_zh},
    )
    taking.receipt["method"] = lot.method.value


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
    refuse_unless_two_left(taking)
    if method is Method.SINGLE_SOURCE and taking.lot.project.type.is_procurement:
        refuse_upheld(taking)
    application = MethodApplication(
        lot_id=taking.lot.id, method=method, ground=ground, reasons=taking.data["reasons"], applied_at=taking.now,
        applied_by_id=taking.actor_id,
    )  # fmt: skip
    taking.session.add(application)
    taking.lot.mandatory = proposal.mandatory
    keep_basis(taking, method)
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
    decider = decided_by(proposal_of(taking.lot, taking.values), application.method)
    if approved and decider is Decider.FINANCE and not taking.data.get("organ"):
        zh = "达到公开招标数额标准的，由设区的市、自治州以上财政部门批准，请填写作出决定的机关"
        raise InvalidInput.of("organ", zh, "Name the finance department of prefecture level or above that approved")
    level = taking.data.get("finance_level")
    if approved and application.ground == TWO_LEFT and level is None:
        zh = "请填写作出批准的财政部门的级别"
        raise InvalidInput.of("finance_level", zh, "Say which finance department approved")
    application.decision_organ, application.finance_level = taking.data.get("organ"), level
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
