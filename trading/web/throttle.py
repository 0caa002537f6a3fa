"""The rate at the door 频次限制: how often one address may do what nobody logs in for."""

from __future__ import annotations

from datetime import datetime, timedelta
from enum import Enum

import structlog
from sqlalchemy import delete, func, select
from sqlalchemy.orm import Session

from trading.database import transaction
from trading.errors import TooManyAttempts
from trading.models import LoginAttempt
from trading.values import Values

HOUR = timedelta(hours=1)
log = structlog.get_logger("trading.refused")


class Door(Enum):
    """What is counted: under which name it is written down, and the number that bounds it."""

    REGISTRATION = "@registration", "registrations_address"
    CONTACT = "@contact", "contacts_address"


NAMES = frozenset(door.value[0] for door in Door)


def knock(session: Session, values: Values, door: Door, address: str, now: datetime) -> None:
    """Write down that ``address`` knocked, before anything is looked at, so that what fails counts too.

    Raises:
        TooManyAttempts: it knocked too often within the hour.
    """
    name, bound = door.value
    with transaction(session):
        session.execute(delete(LoginAttempt).where(LoginAttempt.login == name, LoginAttempt.at <= now - HOUR))
        here = (LoginAttempt.login == name, LoginAttempt.address == address[:64])
        if (session.scalar(select(func.count()).where(*here)) or 0) >= int(values[bound]):
            log.warning("throttled", door=name, address=address)
            raise TooManyAttempts("操作过于频繁，请一小时后再试", "Too many attempts: try again in an hour")
        session.add(LoginAttempt(login=name, address=address[:64], at=now))
