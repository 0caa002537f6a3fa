"""What is disposed of 处置标的: its terms, those who apply to bid for it, and their live offers."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal
from typing import Any

from sqlalchemy import JSON, ForeignKey, Index, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from trading.codelists import EntrantRefusal, Receiver
from trading.models.base import Base, CodeType, UtcDateTime
from trading.models.columns import Day, Digest, Id, LotId, Moment, OrganizationId, Prose, Short, UserId, Word, Yuan
from trading.models.organization import Organization


class SaleTerms(Base):
    """The terms on which a lot is sold, let or granted (R06, R13); amounts of a lease are yuan a year.

    ``reserve_envelope`` is the sealed reserve (``ptbid/1``), ``reserve`` what it said once it was opened after the end;
    both stay None where the lot is offered without a reserve above ``starting_price``. ``reserve_shares`` are what the
    officers handed in after the end. ``live_at`` is when offers began that extend the end, ``ends_at`` the end as it
    stands, ``match_until`` the end of the time for matching by a right of priority, ``ended_at`` when offers ended.
    """

    __tablename__ = "sale_terms"

    id: Mapped[Id]
    lot_id: Mapped[str] = mapped_column(ForeignKey("lot.id"), unique=True)
    description: Mapped[Prose] = mapped_column(default="")
    starting_price: Mapped[Yuan]
    increment: Mapped[Yuan]
    a_year: Mapped[bool] = mapped_column(default=False)
    lease_from: Mapped[date | None] = mapped_column(default=None)
    lease_until: Mapped[date | None] = mapped_column(default=None)
    has_reserve: Mapped[bool] = mapped_column(default=False)
    reserve_envelope: Mapped[dict[str, Any] | None] = mapped_column(JSON, default=None)
    reserve_sealed_at: Mapped[datetime | None] = mapped_column(UtcDateTime, default=None)
    reserve_shares: Mapped[dict[str, Any]] = mapped_column(JSON, default=dict)
    reserve: Mapped[Yuan | None] = mapped_column(default=None)
    reserve_opened_at: Mapped[datetime | None] = mapped_column(UtcDateTime, default=None)
    deposit: Mapped[Yuan | None] = mapped_column(default=None)
    priority: Mapped[Prose | None] = mapped_column(default=None)
    buyer_conditions: Mapped[Prose | None] = mapped_column(default=None)
    price_consent: Mapped[Word | None] = mapped_column(default=None)
    begun_anew: Mapped[bool | None] = mapped_column(default=None)
    listed_from: Mapped[datetime | None] = mapped_column(UtcDateTime, default=None)
    bidding_at: Mapped[datetime | None] = mapped_column(UtcDateTime, default=None)
    planned_end: Mapped[datetime | None] = mapped_column(UtcDateTime, default=None)
    live_at: Mapped[datetime | None] = mapped_column(UtcDateTime, default=None)
    ends_at: Mapped[datetime | None] = mapped_column(UtcDateTime, default=None)
    match_until: Mapped[datetime | None] = mapped_column(UtcDateTime, default=None)
    ended_at: Mapped[datetime | None] = mapped_column(UtcDateTime, default=None)


class Entrant(Base):
    """One who applies to bid; whoever is admitted gets a paddle number, which alone is shown until the end (R13.C8).

    ``members`` are the consortium's others (name, uscc); ``insider``: a manager of the seller, or a relative of one, of
    whom the owner says in ``kept_out`` whether he stayed out of preparing the sale. Sealed until the bidding is over.
    """

    __tablename__ = "entrant"
    __table_args__ = (UniqueConstraint("lot_id", "organization_id"), UniqueConstraint("lot_id", "paddle"))

    id: Mapped[Id]
    lot_id: Mapped[LotId]
    organization_id: Mapped[OrganizationId]
    applied_by_id: Mapped[UserId]
    applied_at: Mapped[Moment]
    statement: Mapped[Prose] = mapped_column(default="")
    members: Mapped[list[Any]] = mapped_column(JSON, default=list)
    papers: Mapped[list[Any]] = mapped_column(JSON, default=list)
    insider: Mapped[bool] = mapped_column(default=False)
    kept_out: Mapped[bool | None] = mapped_column(default=None)
    claims_priority: Mapped[bool] = mapped_column(default=False)
    has_priority: Mapped[bool] = mapped_column(default=False)
    withdrawn_at: Mapped[datetime | None] = mapped_column(UtcDateTime, default=None)
    qualified: Mapped[bool | None] = mapped_column(default=None)
    decision_ground: Mapped[EntrantRefusal | None] = mapped_column(CodeType(EntrantRefusal), default=None)
    decision_reason: Mapped[Prose | None] = mapped_column(default=None)
    decided_at: Mapped[datetime | None] = mapped_column(UtcDateTime, default=None)
    decided_by_id: Mapped[str | None] = mapped_column(ForeignKey("user_account.id"), default=None)
    paddle: Mapped[int | None] = mapped_column(default=None)
    goes_on_at: Mapped[datetime | None] = mapped_column(UtcDateTime, default=None)
    organization: Mapped[Organization] = relationship(lazy="joined", innerjoin=True)


class Offer(Base):
    """One irrevocable live offer; ``number`` counts within the lot without gaps, in the order of the record (R13.C10).

    ``key`` is the bidder's own name for the offer, so that one sent twice counts once; ``matches`` is set where the
    holder of a priority right matched the highest offer. ``seen`` is the number of the last offer that he had seen.
    """

    __tablename__ = "offer"
    __table_args__ = (
        UniqueConstraint("lot_id", "number"),
        UniqueConstraint("lot_id", "entrant_id", "key"),
        Index("ix_offer_lot_amount", "lot_id", "amount"),
    )

    id: Mapped[Id]
    lot_id: Mapped[LotId]
    entrant_id: Mapped[str] = mapped_column(ForeignKey("entrant.id"), index=True)
    number: Mapped[int]
    amount: Mapped[Yuan]
    made_at: Mapped[Moment]
    key: Mapped[Short]
    seen: Mapped[int | None] = mapped_column(default=None)
    matches: Mapped[bool] = mapped_column(default=False)
    leaf: Mapped[Digest | None] = mapped_column(default=None)


class Deal(Base):
    """The deal of a disposal 成交: who, at what price, and who signed its confirmation (R13.C11).

    ``price`` and ``base`` are in the unit of the offers (a lease: yuan a year). ``signatures`` are rows of side, user,
    name and moment; ``commission_percent`` is what each side pays the auctioneer, in percent of the price.
    """

    __tablename__ = "deal"

    id: Mapped[Id]
    lot_id: Mapped[str] = mapped_column(ForeignKey("lot.id"), unique=True)
    entrant_id: Mapped[str] = mapped_column(ForeignKey("entrant.id"), unique=True)
    offer_id: Mapped[str | None] = mapped_column(ForeignKey("offer.id"), default=None)
    price: Mapped[Yuan]
    base: Mapped[Yuan]
    base_kind: Mapped[Short]
    made_at: Mapped[Moment]
    confirmation: Mapped[str] = mapped_column(Text, default="")
    digest: Mapped[Digest | None] = mapped_column(default=None)
    signatures: Mapped[list[Any]] = mapped_column(JSON, default=list)
    drafted_at: Mapped[datetime | None] = mapped_column(UtcDateTime, default=None)
    signed_at: Mapped[datetime | None] = mapped_column(UtcDateTime, default=None)
    contract_by: Mapped[date | None] = mapped_column(default=None)
    commission_percent: Mapped[Decimal | None] = mapped_column(default=None)
    commission_agreed: Mapped[bool | None] = mapped_column(default=None)
    auctioneer: Mapped[Word | None] = mapped_column(default=None)
    published_at: Mapped[datetime | None] = mapped_column(UtcDateTime, default=None)
    published_until: Mapped[date | None] = mapped_column(default=None)
    village_board_on: Mapped[date | None] = mapped_column(default=None)
    entrant: Mapped[Entrant] = relationship(lazy="joined", innerjoin=True)


class Delivery(Base):
    """What a disposal's contract says of the price and the object, and how both changed hands (R17.C2, C3, C16, C17).

    ``due_before`` is what must be paid before delivery: the whole price, of a lease what falls due before its first
    day; ``pay_by`` is until when the plan lets the whole price be paid, where it says so.
    """

    __tablename__ = "delivery"

    id: Mapped[Id]
    lot_id: Mapped[str] = mapped_column(ForeignKey("lot.id"), unique=True)
    total: Mapped[Yuan]
    due_before: Mapped[Yuan]
    pay_by: Mapped[date | None] = mapped_column(default=None)
    instalments: Mapped[bool] = mapped_column(default=False)
    rest_secured: Mapped[bool | None] = mapped_column(default=None)
    interest_agreed: Mapped[bool | None] = mapped_column(default=None)
    to_business: Mapped[bool | None] = mapped_column(default=None)
    filed_with_giver: Mapped[bool | None] = mapped_column(default=None)
    delivered_on: Mapped[date | None] = mapped_column(default=None)
    registered_on: Mapped[date | None] = mapped_column(default=None)
    registration: Mapped[Word | None] = mapped_column(default=None)
    use_kept: Mapped[bool | None] = mapped_column(default=None)
    use_checked_on: Mapped[date | None] = mapped_column(default=None)
    remarks: Mapped[Prose] = mapped_column(default="")


class PriceReceipt(Base):
    """A part of the price that came in; ``from_deposit`` where the deposit was turned into it."""

    __tablename__ = "price_receipt"

    id: Mapped[Id]
    lot_id: Mapped[LotId]
    amount: Mapped[Yuan]
    received_on: Mapped[Day]
    from_deposit: Mapped[bool] = mapped_column(default=False)
    remark: Mapped[Word] = mapped_column(default="")
    recorded_at: Mapped[Moment]
    recorded_by_id: Mapped[UserId]


class Remittance(Base):
    """Income of a disposal that was handed on: to the treasury, the village or the owner."""

    __tablename__ = "remittance"

    id: Mapped[Id]
    lot_id: Mapped[LotId]
    amount: Mapped[Yuan]
    paid_on: Mapped[Day]
    receiver: Mapped[Receiver] = mapped_column(CodeType(Receiver))
    reference: Mapped[Word] = mapped_column(default="")
    recorded_at: Mapped[Moment]
    recorded_by_id: Mapped[UserId]
