"""Whom a turn of the lot concerns 应予通知的各方: owner, agency, holders of the documents, and whoever bids."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from trading.models import BankLine, Bid, Entrant, Entrustment, Guarantee, Holder, Lot
from trading.workflow.taking import Taking


@dataclass(frozen=True)
class Concerned:
    """Organisations and contacts; before the deadline neither names nor number may be shown to anybody (R07.C15)."""

    organizations: tuple[str, ...]
    contacts: tuple[str, ...]

    def __len__(self) -> int:
        return len(self.organizations) + len(self.contacts)


def holders_of(session: Session, lot: Lot) -> Concerned:
    """Those who took the documents, and those who bid or applied to, gave a bond or paid one."""
    rows = session.execute(select(Holder.organization_id, Holder.contact).where(Holder.lot_id == lot.id)).all()
    organizations = {one: None for one, _contact in rows if one}
    for model in (Bid, Entrant, Guarantee, BankLine):
        query = select(model.organization_id).where(model.lot_id == lot.id, model.organization_id.is_not(None))
        organizations |= dict.fromkeys(session.scalars(query))
    contacts = dict.fromkeys(contact for organization, contact in rows if contact and not organization)
    return Concerned(tuple(organizations), tuple(contacts))


def side_of_owner(session: Session, lot: Lot) -> list[str]:
    """The owner, and the agencies entrusted with the project."""
    query = select(Entrustment.agency_id).where(
        Entrustment.project_id == lot.project_id, Entrustment.ended_at.is_(None)
    )
    return [lot.project.owner_id, *session.scalars(query)]


def tell_holders(taking: Taking, zh: tuple[str, str], en: tuple[str, str]) -> tuple[int, int]:
    """Deliver to every holder and bidder: how many there are, and how many deliveries were made."""
    taking.session.flush()
    found = holders_of(taking.session, taking.lot)
    return len(found), taking.tell(zh, en, organizations=found.organizations, contacts=found.contacts)


def tell_owner(taking: Taking, zh: tuple[str, str], en: tuple[str, str]) -> int:
    """Deliver to the owner and its agencies."""
    return taking.tell(zh, en, organizations=side_of_owner(taking.session, taking.lot))


def tell_everyone(taking: Taking, zh: tuple[str, str], en: tuple[str, str]) -> None:
    """Deliver to the owner's side, to every holder and to every bidder."""
    tell_owner(taking, zh, en)
    tell_holders(taking, zh, en)
