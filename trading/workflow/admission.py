"""Who may bid where not everybody may 可以投标的人: the invited, those who passed, those who proposed before."""

from __future__ import annotations

from sqlalchemy import select
from sqlalchemy.orm import Session

from trading.codelists import ForeRound, Method
from trading.errors import Refused, Words
from trading.models import ForeApplication, Invitee, InviteeList, Lot, Preliminary, User
from trading.workflow.negotiation_record import WITH_ONE, negotiates
from trading.workflow.sale_record import competes

WHY = {
    "invited": Words("本标段为邀请招标，仅受邀请人可以获取文件和投标", "Invited tender: the invited alone take part"),
    ForeRound.PREQUALIFICATION.value: Words(
        "本标段已经资格预审，仅通过资格预审的申请人可以投标", "Only applicants that passed the prequalification may bid"
    ),
    ForeRound.FIRST_STAGE.value: Words(
        "本标段为两阶段招标，仅在第一阶段提交技术建议的投标人可以投标",
        "Only those who handed in a proposal in the first stage may bid",
    ),
}


def preliminary_of(session: Session, lot: Lot, kind: ForeRound) -> Preliminary | None:
    """The prequalification, or the first stage, of a lot."""
    return session.scalar(select(Preliminary).where(Preliminary.lot_id == lot.id, Preliminary.kind == kind))


def invited(session: Session, lot: Lot) -> frozenset[str]:
    """The organisations that are invited."""
    query = select(Invitee.organization_id).where(Invitee.lot_id == lot.id, Invitee.invited)
    return frozenset(session.scalars(query))


def applications_of(session: Session, round_: Preliminary) -> list[ForeApplication]:
    """The applications or proposals in force, in the order in which they came."""
    query = select(ForeApplication).where(
        ForeApplication.preliminary_id == round_.id, ForeApplication.current, ForeApplication.withdrawn_at.is_(None)
    )
    return list(session.scalars(query.order_by(ForeApplication.received_at, ForeApplication.id)))


def came_through(session: Session, round_: Preliminary) -> frozenset[str]:
    """Those who passed a prequalification, or proposed in a first stage."""
    found = applications_of(session, round_)
    asks = round_.kind is ForeRound.PREQUALIFICATION
    return frozenset(one.organization_id for one in found if one.passed or not asks)


def refuse_unfinished(session: Session, lot: Lot) -> None:
    """Stop the tender notice while a round before it is not concluded.

    Raises:
        Refused: one is going on.
    """
    for kind in ForeRound:
        round_ = preliminary_of(session, lot, kind)
        if round_ is not None and round_.concluded_at is None:
            raise Refused("round_open", f"{kind.zh}尚未结束", f"Not concluded yet: {kind.en}")


def invites(session: Session, lot: Lot) -> bool:
    """Whether a negotiation invites its suppliers: always the one of a single source, else where a list was made."""
    if not negotiates(lot):
        return False
    listed = session.scalar(select(InviteeList.id).where(InviteeList.lot_id == lot.id))
    return lot.method in WITH_ONE or listed is not None


def restrictions(session: Session, lot: Lot) -> dict[str, frozenset[str]]:
    """What narrows the circle of bidders, and whom each lets in; empty where anybody may bid."""
    found = {}
    if lot.method is Method.INVITED_TENDER or invites(session, lot):
        found["invited"] = invited(session, lot)
    for kind in ForeRound:
        round_ = preliminary_of(session, lot, kind)
        if round_ is not None:
            found[kind.value] = came_through(session, round_)
    return found


def admitted(session: Session, lot: Lot) -> frozenset[str] | None:
    """The organisations that may have the documents and bid; None: anybody may."""
    found = list(restrictions(session, lot).values())
    return frozenset.intersection(*found) if found else None


def is_admitted(session: Session, user: User | None, lot: Lot) -> bool:
    """Whether this reader may have the documents and bid."""
    if competes(lot):
        return True
    circle = admitted(session, lot)
    return circle is None or (user is not None and user.organization_id in circle)


def refuse_outsiders(session: Session, user: User | None, lot: Lot) -> None:
    """Stop whoever is outside the circle of a tender that not everybody may join.

    Raises:
        Refused: saying what he lacks, and naming nobody else.
    """
    if competes(lot):
        return
    for name, circle in restrictions(session, lot).items():
        if user is None or user.organization_id not in circle:
            raise Refused(f"not_{name}", WHY[name].zh, WHY[name].en)
