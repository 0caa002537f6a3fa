"""Who may bid for a disposal 竞买报名与资格审查: applications under seal, decided on closed grounds, paddles by lot."""

from __future__ import annotations

import secrets
from datetime import datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from trading.beijing import moment_en, moment_zh
from trading.codelists import EntrantRefusal, Method, ProjectType, Status
from trading.errors import InvalidInput, NotFound, Refused
from trading.experts.draw import bids_root
from trading.methods.sale_points import limits
from trading.models import Affiliation, BankLine, Entrant, Entrustment, Lot, Organization, SaleTerms, TenderTerms
from trading.steps import Step
from trading.workflow.concerned import tell_owner
from trading.workflow.papers import shelve
from trading.workflow.refunds import due_after
from trading.workflow.sale_record import applications, paid_in_full, sale_of
from trading.workflow.taking import Taking, effect

PADDLES = range(100, 1000)


def before_cut_off(taking: Taking) -> None:
    """Stop whoever comes at the cut-off or after it.

    Raises:
        Refused: applications are closed.
    """
    deadline = taking.lot.bid_deadline
    if deadline is None or taking.now >= deadline or taking.lot.closed_at is not None:
        raise Refused("applications_closed", "报名截止时间已过，不再受理报名和撤回", "Applications are closed")


def own_application(session: Session, lot: Lot, organization: str) -> Entrant | None:
    """What this bidder applied with, withdrawn or not."""
    return session.scalar(
        select(Entrant).where(Entrant.lot_id == lot.id, Entrant.organization_id == organization)
    )


def refuse_related(session: Session, lot: Lot, usccs: set[str], organizations: set[str]) -> None:
    """The seller, its agencies and whoever is declared to be their holding or managed body do not bid.

    Raises:
        Refused: naming the relation (after R10.C13; PM 22, 23).
    """
    agencies = session.scalars(
        select(Organization)
        .join(Entrustment, Entrustment.agency_id == Organization.id)
        .where(Entrustment.project_id == lot.project_id, Entrustment.ended_at.is_(None))
    ).all()
    sellers = {lot.project.owner.uscc, *(one.uscc for one in agencies)}
    declared = set(
        session.scalars(select(Affiliation.related_uscc).where(Affiliation.organization_id.in_(organizations)))
    )
    turned = {lot.project.owner_id, *(one.id for one in agencies)}
    theirs = set(session.scalars(select(Affiliation.related_uscc).where(Affiliation.organization_id.in_(turned))))
    if sellers & (usccs | declared) or theirs & usccs:
        raise Refused(
            "related",
            "竞买人（含联合体成员）与转让方或者其代理机构存在控股、管理关系，不能参加本标的竞买",
            "The bidder or a member of the consortium is an affiliate of the seller or of its agency",
        )


def refuse_twice(session: Session, lot: Lot, own: Organization, members: list[dict[str, Any]]) -> None:
    """Nobody stands in two applications: alone and in a consortium, or in two of them.

    Raises:
        InvalidInput: the consortium names its leader, or somebody twice.
        Refused: one of them stands in another application already.
    """
    usccs = [one["uscc"] for one in members]
    if own.uscc in usccs or len(set(usccs)) < len(usccs):
        raise InvalidInput.of("members", "联合体成员不能重复，也不能填写牵头人本身", "A member is named twice")
    mine = {own.uscc, *usccs}
    for one in applications(session, lot):
        if one.organization_id == own.id:
            continue
        theirs = {one.organization.uscc, *(member["uscc"] for member in one.members)}
        if mine & theirs:
            raise Refused(
                "in_two",
                "联合体各方不得再单独或者参加其他联合体报名同一标的",
                "A member of a consortium may not apply alone or in another consortium as well",
            )


def refuse_consortium(session: Session, lot: Lot, members: list[Any]) -> None:
    """Nobody applies together where the documents do not say that one may.

    Raises:
        InvalidInput: they do not.
    """
    allowed = session.scalar(select(TenderTerms.consortium_allowed).where(TenderTerms.lot_id == lot.id))
    if members and not allowed:
        raise InvalidInput.of("members", "本标的不接受联合竞买", "The documents do not admit consortiums")


@effect(Step.APPLY_TO_BID)
def apply_to_bid(taking: Taking) -> None:
    """Keep an application under seal; one that was withdrawn is made anew, one not yet decided is replaced."""
    before_cut_off(taking)
    session, lot, data = taking.session, taking.lot, taking.data
    own = session.get_one(Organization, taking.organization_id)
    refuse_consortium(session, lot, data["members"])
    members = [{"name": one["name"], "uscc": one["uscc"]} for one in data["members"]]
    refuse_twice(session, lot, own, members)
    usccs = {own.uscc, *(one["uscc"] for one in members)}
    named = set(session.scalars(select(Organization.id).where(Organization.uscc.in_(usccs))))
    refuse_related(session, lot, usccs, {own.id, *named})
    if data["claims_priority"] and not data["files"]:
        raise InvalidInput.of("files", "主张优先权的，应当提交证明材料", "Show the papers for the priority you claim")
    row = own_application(session, lot, own.id)
    if row is not None and row.withdrawn_at is None and row.qualified is not None:
        raise Refused("decided", "您的报名已经审查，不能再修改", "Your application is decided already")
    if row is None:
        row = Entrant(lot_id=lot.id, organization_id=own.id)
        session.add(row)
    row.applied_by_id, row.applied_at, row.withdrawn_at = taking.actor_id, taking.now, None
    row.statement, row.members, row.papers = data["statement"], members, shelve(taking, data["files"])
    row.claims_priority, row.has_priority, row.insider = data["claims_priority"], False, data["insider"]
    row.qualified, row.decision_ground, row.decision_reason, row.kept_out = None, None, None, None
    set_refund(taking, None)
    taking.receipt |= {"applied": True, "cut_off": lot.bid_deadline.isoformat()}


@effect(Step.WITHDRAW_APPLICATION)
def withdraw_application(taking: Taking) -> None:
    """Take an application back before the cut-off; the deposit goes back."""
    before_cut_off(taking)
    row = own_application(taking.session, taking.lot, taking.organization_id)
    assert row is not None
    if row.paddle is not None:
        raise Refused("admitted", "已取得竞买号牌，不能再撤回报名", "You have your paddle: nothing is taken back")
    row.withdrawn_at = taking.now
    set_refund(taking, due_after(taking, "bond_refund_withdraw"))


def set_refund(taking: Taking, due: datetime | None) -> None:
    """Start or stop the refund clock of what this bidder has paid."""
    lines = select(BankLine).where(
        BankLine.lot_id == taking.lot.id, BankLine.organization_id == taking.organization_id,
        BankLine.refunded_at.is_(None),
    )  # fmt: skip
    for line in taking.session.scalars(lines):
        line.refund_due_at = due


def application(taking: Taking) -> Entrant:
    """The application that the step is about.

    Raises:
        NotFound: there is none on this lot, or it was withdrawn.
    """
    row = taking.session.get(Entrant, taking.subject) if taking.subject else None
    if row is None or row.lot_id != taking.lot.id or row.withdrawn_at is not None:
        raise NotFound("没有这份报名", "There is no such application")
    return row


@effect(Step.DECIDE_ENTRANT)
def decide_entrant(taking: Taking) -> None:
    """The seller lets somebody in or not, once, on the closed grounds alone and with reasons."""
    row, data = application(taking), taking.data
    if row.qualified is not None:
        raise Refused("decided", "该报名已经审查", "This application is decided already")
    ground, sale = data["ground"], sale_of(taking.session, taking.lot)
    check_decision(taking, sale, row)
    row.qualified, row.decision_ground, row.decision_reason = data["qualified"], ground, data["reason"]
    row.decided_at, row.decided_by_id = taking.now, taking.actor_id
    row.has_priority = bool(data["has_priority"]) and row.claims_priority
    row.kept_out = data["kept_out"] if row.insider else None
    if not row.qualified:
        assert ground is not None
        tell_one(
            taking, row,
            ("竞买资格审查未通过", f"您对“{taking.lot.name}”的报名未通过审查：{ground.zh}。{data['reason']}"),
            ("Not let in to bid", f"Your application for “{taking.lot.name}” was refused: {ground.en}."),
        )  # fmt: skip
        return
    if taking.lot.method is Method.LISTING or taking.lot.closed_at is not None:
        taking.session.flush()
        let_in(taking, row, paid_in_full(taking.session, taking.lot, sale))
    else:
        tell_one(
            taking, row,
            ("竞买资格审查通过", f"您对“{taking.lot.name}”的报名通过审查；保证金按时足额到账的，届时告知号牌。"),
            ("Qualified to bid", f"You qualify for “{taking.lot.name}”; with the deposit in time you get a paddle."),
        )  # fmt: skip


def check_decision(taking: Taking, sale: SaleTerms, row: Entrant) -> None:
    """A refusal names a ground of the list and its reasons; conditions nobody announced refuse nobody (R13.C7).

    Raises:
        InvalidInput: ground or reasons are missing or not asked for.
    """
    data = taking.data
    ground = data["ground"]
    if data["qualified"]:
        if ground is not None:
            raise InvalidInput.of("ground", "通过审查的，不填写事由", "Who is let in needs no ground")
        if row.insider and data["kept_out"] is None:
            raise InvalidInput.of(
                "kept_out", "申请人为管理层或者其近亲属，请说明其是否未参与本次处置的准备", "Say whether he stayed out"
            )
        return
    if ground is None or ground is EntrantRefusal.UNPAID or not data["reason"]:
        raise InvalidInput.of("ground", "不予通过的，应当选择事由并说明理由", "Choose a ground and give the reasons")
    if ground is EntrantRefusal.CONDITIONS and not limits(sale.buyer_conditions):
        state = taking.lot.project.type is ProjectType.SOE
        raise InvalidInput.of(
            "ground",
            "国有资产转让未设受让方资格条件，不能以此不予通过" if state else "公告未设竞买人条件，不能以此不予通过",
            "The notice sets no conditions on buyers",
        )


def let_in(taking: Taking, row: Entrant, paid: frozenset[str]) -> bool:
    """Give a paddle to a qualified applicant whose deposit is whole; after the cut-off shut out whose is not."""
    lot = taking.lot
    if row.organization_id in paid:
        if row.paddle is None:
            row.paddle = free_paddle(taking.session, lot)
        tell_one(
            taking, row,
            ("竞买号牌", f"您在“{lot.name}”的竞买号牌为{row.paddle}号，号牌不公开对应的竞买人，请勿告知他人。"),
            ("Your paddle", f"Your paddle for “{lot.name}” is {row.paddle}; nobody is told that it is yours."),
        )  # fmt: skip
        return True
    if lot.closed_at is not None:
        row.qualified, row.decision_ground = False, EntrantRefusal.UNPAID
        row.decision_reason = EntrantRefusal.UNPAID.zh
        tell_one(
            taking, row,
            ("不能参加竞买", f"您对“{lot.name}”的竞买保证金未在{moment_zh(lot.closed_at)}前足额到账，不能参加竞买。"),
            ("Not let in to bid", f"Your deposit for “{lot.name}” was not whole by {moment_en(lot.closed_at)}."),
        )  # fmt: skip
    return False


def free_paddle(session: Session, lot: Lot) -> int:
    """A paddle number drawn from those that nobody holds: it tells neither when nor how many applied."""
    session.flush()
    held = set(session.scalars(select(Entrant.paddle).where(Entrant.lot_id == lot.id, Entrant.paddle.is_not(None))))
    return secrets.choice([number for number in PADDLES if number not in held])


def tell_one(taking: Taking, row: Entrant, zh: tuple[str, str], en: tuple[str, str]) -> None:
    """Tell this applicant and nobody else."""
    taking.tell(zh, en, organizations=[row.organization_id])


def close_applications(taking: Taking) -> None:
    """At the cut-off: who is qualified and has paid in full gets a paddle, in no order; who has not paid is out."""
    lot, session = taking.lot, taking.session
    taking.record("tender.closed", {"bids_root": bids_root(()), "count": 0})
    if lot.status is Status.BIDDING:
        taking.move(Status.BIDDING)
    paid = paid_in_full(session, lot, sale_of(session, lot))
    for row in applications(session, lot):
        if row.qualified:
            let_in(taking, row, paid)
    tell_owner(
        taking,
        ("报名已截止", f"“{lot.name}”报名已截止，尚未审查的报名请即审查。"),
        ("Applications closed", f"Applications for “{lot.name}” are closed; decide those that are still open."),
    )
