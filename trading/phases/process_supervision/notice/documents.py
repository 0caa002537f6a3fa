"""Tender documents 招标文件的获取: anybody downloads; who is known, or leaves a contact, gets every clarification."""

from __future__ import annotations

import re
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from trading.codelists import Role, Status
from trading.database import transaction
from trading.errors import InvalidInput, NotFound, Refused
from trading.models import Document, Holder, Lot, User
from trading.workflow.admission import is_admitted, refuse_outsiders
from trading.workflow.papers import PUBLIC_KINDS
from trading.workflow.secrecy import is_inside, may_have

EMAIL = re.compile(r"[^@\s,;<>]{1,64}@[a-zA-Z0-9.-]{1,120}\.[a-zA-Z]{2,24}")
PHONE = re.compile(r"\+?[0-9][0-9 -]{5,18}[0-9]")
MOST_CONTACTS = 2000


def document_of(session: Session, user: User | None, lot: Lot, document_id: str) -> Document:
    """A file of this lot that this reader may have.

    Raises:
        NotFound: there is none, or it is not for this reader.
    """
    document = session.scalar(select(Document).where(Document.id == document_id, Document.lot_id == lot.id))
    inside = is_inside(session, user, lot)
    closed = document is not None and document.kind in PUBLIC_KINDS and not (inside or is_admitted(session, user, lot))
    if document is None or closed or not may_have(document, lot, inside):
        raise NotFound("没有这个文件", "There is no such file")
    return document


def taking_is_open(lot: Lot, now: datetime) -> bool:
    """Whether somebody may still become a holder: published, and the bid deadline ahead."""
    standing = lot.held_status or lot.status
    held = lot.status is Status.SUSPENDED
    return standing is Status.PUBLISHED and lot.bid_deadline is not None and (held or now < lot.bid_deadline)


def hold_as_bidder(session: Session, user: User | None, lot: Lot, now: datetime) -> Holder | None:
    """Make the bidder who downloads a holder, once; anybody else downloads unseen."""
    if user is None or user.role is not Role.BIDDER or user.organization_id is None or not taking_is_open(lot, now):
        return None
    with transaction(session):
        query = select(Holder).where(Holder.lot_id == lot.id, Holder.organization_id == user.organization_id)
        holder = session.scalar(query)
        if holder is None:
            holder = Holder(lot_id=lot.id, organization_id=user.organization_id, taken_at=now)
            session.add(holder)
    return holder


def leave_contact(session: Session, lot: Lot, contact: str, now: datetime) -> Holder:
    """Keep the contact of somebody who is not logged in; the same contact again changes nothing.

    Raises:
        InvalidInput: neither an e-mail address nor a telephone number.
        Refused: the deadline is past, or the list is full.
    """
    refuse_outsiders(session, None, lot)
    if not EMAIL.fullmatch(contact) and not PHONE.fullmatch(contact):
        raise InvalidInput.of("contact", "请填写电子邮箱或者电话号码", "Give an e-mail address or a telephone number")
    if not taking_is_open(lot, now):
        raise Refused("deadline_passed", "招标文件的获取已经截止", "The documents are no longer handed out")
    with transaction(session):
        rows = session.scalars(select(Holder).where(Holder.lot_id == lot.id, Holder.organization_id.is_(None))).all()
        same = next((one for one in rows if one.contact == contact), None)
        if same is not None:
            return same
        if len(rows) >= MOST_CONTACTS:
            raise Refused("too_many", "暂不能登记联系方式，请登录后下载", "No more contacts are taken; please log in")
        holder = Holder(lot_id=lot.id, contact=contact, taken_at=now)
        session.add(holder)
    return holder


def holder_of(session: Session, lot: Lot, holder_id: str) -> Holder:
    """The receipt of one holder; its random id is the only key to it.

    Raises:
        NotFound: there is none.
    """
    holder = session.scalar(select(Holder).where(Holder.id == holder_id, Holder.lot_id == lot.id))
    if holder is None:
        raise NotFound("没有这份回执", "There is no such receipt")
    return holder
