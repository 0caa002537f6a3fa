"""The inbox 收件箱: what was delivered to a person and to the organisation, and when it was read."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, or_, select
from sqlalchemy.orm import Session

from trading.database import transaction
from trading.errors import NotFound
from trading.models import Lot, Message, User

MOST = 50


def deliver(
    session: Session, now: datetime, zh: tuple[str, str], en: tuple[str, str], *,
    organizations: Iterable[str] = (), users: Iterable[str] = (),
) -> None:  # fmt: skip
    """Deliver (subject, text), inside the caller's transaction, what belongs to no step of a lot."""
    common = {"subject_zh": zh[0], "text_zh": zh[1], "subject_en": en[0], "text_en": en[1], "delivered_at": now}
    session.add_all(Message(organization_id=one, **common) for one in organizations)
    session.add_all(Message(user_id=one, **common) for one in users)


def addressed_to(user: User) -> ColumnElement[bool]:
    """The messages of the person and of the organisation."""
    if user.organization_id is None:
        return Message.user_id == user.id
    return or_(Message.user_id == user.id, Message.organization_id == user.organization_id)


def messages_of(session: Session, user: User, most: int = MOST, skip: int = 0) -> list[tuple[Message, str | None]]:
    """Messages with the code of their lot: unread first, then the newest."""
    query = (
        select(Message, Lot.code).outerjoin(Lot, Lot.id == Message.lot_id).where(addressed_to(user))
        .order_by(Message.read_at.is_not(None), Message.delivered_at.desc(), Message.id).limit(most).offset(skip)
    )  # fmt: skip
    return [(message, code) for message, code in session.execute(query)]


def open_message(session: Session, user: User, message_id: str, now: datetime) -> tuple[Message, str | None]:
    """One message with the code of its lot; the first reading is kept with reader and time.

    Raises:
        NotFound: there is none, or it is somebody else's.
    """
    query = select(Message).where(Message.id == message_id, addressed_to(user))
    message = session.scalar(query)
    if message is None:
        raise NotFound
    if message.read_at is None:
        with transaction(session):
            message = session.scalars(query.with_for_update().execution_options(populate_existing=True)).one()
            if message.read_at is None:
                message.read_at, message.read_by_id = now, user.id
    return message, session.scalar(select(Lot.code).where(Lot.id == message.lot_id)) if message.lot_id else None


def as_json(message: Message, code: str | None, language: str) -> dict[str, Any]:
    """A message as the API tells it."""
    english = language == "en"
    return {
        "id": message.id,
        "lot": code,
        "subject": message.subject_en if english else message.subject_zh,
        "text": message.text_en if english else message.text_zh,
        "to": "organization" if message.organization_id else "person",
        "delivered_at": message.delivered_at.isoformat(),
        "read_at": message.read_at.isoformat() if message.read_at else None,
    }
