"""The columns that many records share 常用列."""

from __future__ import annotations

import secrets
from datetime import date, datetime
from decimal import Decimal
from typing import Annotated, Any

from sqlalchemy import JSON, ForeignKey, String, Text
from sqlalchemy.orm import mapped_column

from trading.models.base import Money, UtcDateTime


def new_id() -> str:
    """A random identity of 20 hex digits: tells neither how many records there are nor who came first."""
    return secrets.token_hex(10)


Id = Annotated[str, mapped_column(String(20), primary_key=True, default=new_id)]
Word = Annotated[str, mapped_column(String(200))]
Short = Annotated[str, mapped_column(String(64))]
Prose = Annotated[str, mapped_column(Text)]
Moment = Annotated[datetime, mapped_column(UtcDateTime)]
Day = Annotated[date, mapped_column()]
Yuan = Annotated[Decimal, mapped_column(Money)]
Digest = Annotated[str, mapped_column(String(64))]
Data = Annotated[dict[str, Any], mapped_column(JSON)]
Rows = Annotated[list[Any], mapped_column(JSON)]
LotId = Annotated[str, mapped_column(ForeignKey("lot.id"), index=True)]
OrganizationId = Annotated[str, mapped_column(ForeignKey("organization.id"), index=True)]
UserId = Annotated[str, mapped_column(ForeignKey("user_account.id"), index=True)]
