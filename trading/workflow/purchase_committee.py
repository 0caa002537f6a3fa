"""What a procurement's committee is to the rules 采购评审组案情: complex or not, chair, law experts (R11.C2, C3)."""

from __future__ import annotations

from sqlalchemy import select
from sqlalchemy.orm import Session

from trading.codelists import Category
from trading.experts.classification import holds_law
from trading.models import Expert, Lot, Member
from trading.rules.purchase_facts import PurchaseFacts
from trading.workflow.draw_record import newest_draw


def committee_of(session: Session, lot: Lot) -> PurchaseFacts:
    """What is known of the committee of a purchase: what the owner stated with its plan, and who sits."""
    draw = newest_draw(session, lot)
    members = session.scalars(select(Member).where(Member.lot_id == lot.id)).all()
    chairs = [one for one in members if one.is_chair]
    return PurchaseFacts(
        works=lot.category is Category.CONSTRUCTION,
        complex=draw.complex if draw else None,
        wide_effect=draw.wide_effect if draw else None,
        chair_is_owners=any(one.expert_id is None for one in chairs) if chairs else None,
        law_experts=law_experts(session, [one.expert_id for one in members if one.expert_id]) if members else None,
    )


def law_experts(session: Session, experts: list[str]) -> int:
    """How many of these experts hold law as a specialty."""
    held = session.scalars(select(Expert.specialties).where(Expert.id.in_(experts)))
    return sum(holds_law(specialties) for specialties in held)
