"""Invited tender 邀请招标: invitees named in works, drawn in procurement from a list fixed before; letters.

The draw can be done again by anybody after the opening: the salted list stands in the record before the dice are
rolled, and the order follows from that entry's leaf and the dice (experts/draw.py, as ties are broken).
"""

from __future__ import annotations

import hashlib
import secrets
from collections.abc import Sequence
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from trading.codelists import ForeRound, Method, Role, SupplierSource
from trading.errors import InvalidInput, Refused
from trading.experts.draw import tie_break
from trading.ledger.canonical import canonical
from trading.models import Invitee, InviteeList, Lot, Organization
from trading.steps import Step
from trading.workflow.admission import admitted, came_through, preliminary_of
from trading.workflow.negotiation_record import WITH_ONE, negotiates
from trading.workflow.procurement_end_case import two_left
from trading.workflow.taking import Taking, effect
from trading.workflow.who import refuse_same_person


def list_of(session: Session, lot: Lot) -> InviteeList | None:
    """The list of invitees, once it is fixed."""
    return session.scalar(select(InviteeList).where(InviteeList.lot_id == lot.id))


def listed(session: Session, lot: Lot) -> list[Invitee]:
    """Everybody on the list, by credit code."""
    rows = session.scalars(select(Invitee).where(Invitee.lot_id == lot.id)).all()
    return sorted(rows, key=lambda one: one.organization.uscc)


def registered_bidders(session: Session) -> list[Organization]:
    """The bidders of the register whose identity is checked."""
    query = select(Organization).where(Organization.kind == Role.BIDDER, Organization.identity_checked_at.is_not(None))
    return list(session.scalars(query.order_by(Organization.name)))


def list_digest(usccs: Sequence[str], salt: str) -> str:
    """The salted digest of a list: it binds whoever made it and tells nobody whom it names."""
    return hashlib.sha256(canonical({"salt": salt, "usccs": sorted(usccs)})).hexdigest()


def refuse_open_tender(lot: Lot) -> None:
    """Stop where anybody may bid.

    Raises:
        Refused: the method is not an invited tender.
    """
    if lot.method is not Method.INVITED_TENDER and not negotiates(lot):
        raise Refused("not_invited_tender", "本标段不是邀请招标", "This lot is no invited tender")


def chosen_organizations(taking: Taking, usccs: Sequence[str]) -> list[Organization]:
    """The registered bidders of these codes.

    Raises:
        InvalidInput: a code twice, or of nobody in the register.
    """
    by_code = {one.uscc: one for one in registered_bidders(taking.session)}
    if len(set(usccs)) != len(usccs):
        raise InvalidInput.of("suppliers", "名单中有重复的单位", "An organisation is named twice")
    unknown = [one for one in usccs if one not in by_code]
    if unknown:
        raise InvalidInput.of(
            "suppliers", f"未在本平台登记核验的单位：{'、'.join(unknown)}", f"Not in the register: {', '.join(unknown)}"
        )
    return [by_code[one] for one in usccs]


def replace_list(taking: Taking, found: Sequence[Organization], source: SupplierSource | None) -> InviteeList:
    """Write the list down and its digest into the record; an earlier one that nothing was drawn from is replaced."""
    session, lot = taking.session, taking.lot
    earlier = list_of(session, lot)
    if earlier is not None and earlier.dice is not None:
        raise Refused("drawn", "已经抽取，名单不得变更", "The draw has begun: the list stands")
    for row in (*listed(session, lot), *([earlier] if earlier else [])):
        session.delete(row)
    session.flush()
    salt, usccs = secrets.token_hex(32), [one.uscc for one in found]
    kept = InviteeList(
        lot_id=lot.id, source=source, reasons=taking.data["reasons"], invites=taking.data.get("invites") or len(found),
        salt=salt, digest=list_digest(usccs, salt), listed_at=taking.now, listed_by_id=taking.actor_id,
    )  # fmt: skip
    session.add(kept)
    session.add_all(Invitee(lot_id=lot.id, organization_id=one.id, invited=source is None) for one in found)
    taking.record("document.sealed", {"what": "invitees", "sha256": kept.digest})
    taking.afterwards.append(lambda: setattr(kept, "leaf", taking.written["document.sealed"].leaf.hex()))
    taking.receipt["sha256"] = kept.digest
    return kept


@effect(Step.NAME_INVITEES)
def name_invitees(taking: Taking) -> None:
    """The owner names whom it invites, with reasons (ZTB 17); in procurement nobody names, lots decide."""
    refuse_open_tender(taking.lot)
    lot = taking.lot
    two = two_left(taking.session, lot)
    if lot.project.type.is_procurement and lot.method not in WITH_ONE and not two:
        raise Refused("by_lot", "政府采购的受邀供应商应当随机抽取", "In procurement the invited are drawn by lot")
    found = chosen_organizations(taking, taking.data["suppliers"])
    if lot.method in WITH_ONE and len(found) != 1:
        raise InvalidInput.of("suppliers", "应当为一家供应商", "Name the one supplier")
    if two and {one.id for one in found} != two:
        zh = "应当是公开招标中仅有的两家供应商"
        raise InvalidInput.of("suppliers", zh, "Name the two suppliers that the tender had")
    replace_list(taking, found, None)


@effect(Step.LIST_SUPPLIERS)
def list_suppliers(taking: Taking) -> None:
    """The buyer lists the qualified suppliers from which is drawn, twice as many as are invited (D87 14)."""
    refuse_open_tender(taking.lot)
    session, lot, source = taking.session, taking.lot, taking.data["source"]
    found = chosen_organizations(taking, taking.data["suppliers"])
    if source is SupplierSource.PREQUALIFICATION:
        round_ = preliminary_of(session, lot, ForeRound.PREQUALIFICATION)
        through = came_through(session, round_) if round_ is not None and round_.concluded_at else frozenset()
        if {one.id for one in found} != through:
            raise InvalidInput.of(
                "suppliers", "应当是通过本标段资格预审的全部供应商", "List all who passed this lot's prequalification"
            )
    own = recommended_by_owner(taking, len(found))
    replace_list(taking, found, source).by_owner = own


def recommended_by_owner(taking: Taking, listed: int) -> int:
    """How many of the list the buyer himself recommended; none where nobody recommends in writing (D74 12).

    Raises:
        InvalidInput: it is not said, or it is more than the list holds.
    """
    own: int | None = taking.data["by_owner"]
    if taking.data["source"] is not SupplierSource.RECOMMENDED:
        return 0
    if own is None or own > listed:
        zh = "请填写采购人推荐的家数，不多于名单总数"
        raise InvalidInput.of("by_owner", zh, "Say how many the buyer recommended, no more than are listed")
    return own


def list_to_draw(taking: Taking) -> InviteeList:
    """The list that stands.

    Raises:
        Refused: there is none yet.
    """
    kept = list_of(taking.session, taking.lot)
    if kept is None or kept.source is None or kept.leaf is None:
        raise Refused("no_list", "尚未提出备选供应商名单", "There is no list of suppliers yet")
    return kept


def drawing_order(lot: Lot, kept: InviteeList, usccs: Sequence[str]) -> list[str]:
    """The codes of the list in the order in which they are drawn; anybody who holds the record gets the same."""
    assert kept.leaf is not None and kept.dice is not None
    return tie_break([lot.code.encode(), bytes.fromhex(kept.leaf), kept.dice.encode()], usccs)


@effect(Step.DRAW_INVITEES)
def draw_invitees(taking: Taking) -> None:
    """One of the buyer's staff types in the dice; nobody is invited until the other has witnessed."""
    kept = list_to_draw(taking)
    if kept.dice is not None:
        raise Refused("drawn", "已经抽取", "The draw was held")
    kept.dice, kept.drawn_at, kept.drawn_by_id = taking.data["dice"], taking.now, taking.actor_id
    taking.record("document.sealed", {"what": "invitees drawn", "sha256": kept.digest, "dice": kept.dice})


@effect(Step.WITNESS_INVITEES)
def witness_invitees(taking: Taking) -> None:
    """Another of the buyer's staff confirms the dice: now the first of the order are invited (D87 14)."""
    kept = list_to_draw(taking)
    if kept.dice is None:
        raise Refused("not_drawn", "尚未抽取", "Nothing was drawn yet")
    if kept.witnessed_at is not None:
        raise Refused("witnessed", "已经见证", "The draw is witnessed already")
    refuse_same_person(taking.session, taking.actor, [kept.drawn_by_id])
    if taking.data["dice"] != kept.dice:
        raise InvalidInput.of("dice", "与另一名工作人员录入的掷数不一致", "Not the number that the other one typed in")
    kept.witnessed_at, kept.witnessed_by_id = taking.now, taking.actor_id
    rows = {one.organization.uscc: one for one in listed(taking.session, taking.lot)}
    for uscc in drawing_order(taking.lot, kept, list(rows))[: kept.invites]:
        rows[uscc].invited = True
    taking.record("document.sealed", {"what": "invitees witnessed", "sha256": kept.digest})


def letters(taking: Taking, deadline: str) -> None:
    """Send everybody who may bid his letter, each alone: no one learns who else has one; nothing for an open tender."""
    lot = taking.lot
    circle = admitted(taking.session, lot)
    if circle is None:
        return
    for row in listed(taking.session, lot):
        row.told_at = taking.now if row.invited else None
    taking.tell(
        (
            "投标邀请书",
            f"现邀请贵单位参加“{lot.name}”（编号：{lot.code}）投标，投标截止时间为{deadline}，请登录标段页面获取文件。",
        ),
        ("Invitation to bid", f"You are invited to bid for “{lot.name}” ({lot.code}); bids close {deadline}."),
        organizations=sorted(circle),
    )


def told_at_opening(session: Session, lot: Lot) -> dict[str, Any]:
    """List, salt and dice, from which anybody draws again once the bids are open; nothing for an open tender."""
    kept = list_of(session, lot)
    if kept is None:
        return {}
    rows = listed(session, lot)
    return {
        "invitees": [one.organization.name for one in rows if one.invited],
        "invitee_list": {
            "usccs": [one.organization.uscc for one in rows], "salt": kept.salt, "sha256": kept.digest,
            "leaf": kept.leaf or "", "dice": kept.dice or "",
        },
    }  # fmt: skip
