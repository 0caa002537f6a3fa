"""Guarantees and surety insurance 保函与保证保险: recorded and checked by number, issuer, amount and validity."""

from __future__ import annotations

import unicodedata
from datetime import date, timedelta

from sqlalchemy import select

from trading.beijing import law_date
from trading.errors import InvalidInput
from trading.models import Guarantee, GuaranteeIssuer, TenderTerms
from trading.money import grouped
from trading.phases.process_supervision.notice.clarifying import before_deadline
from trading.steps import Step
from trading.workflow.deposit_record import asked_deposit
from trading.workflow.taking import Taking, effect


def key_of(number: str) -> str:
    """A number as it is compared: full and half width, case, blanks and signs make no difference."""
    plain = unicodedata.normalize("NFKC", number).upper()
    return "".join(sign for sign in plain if sign.isalnum())


def least_validity(taking: Taking) -> date | None:
    """The day until which bids are valid, as far as the notice and the documents say (R09.C7, ZTBT 26)."""
    days = taking.session.scalar(select(TenderTerms.bid_validity_days).where(TenderTerms.lot_id == taking.lot.id))
    deadline = taking.lot.bid_deadline
    return law_date(deadline) + timedelta(days=days) if days and deadline else None


def check(taking: Taking, key: str) -> None:
    """Refuse a guarantee that cannot serve.

    Raises:
        InvalidInput: too short, too small, without a number, or of a number that was registered for another.
    """
    data, organization = taking.data, taking.organization_id
    until, asked = least_validity(taking), asked_deposit(taking.session, taking.lot)
    if data["valid_until"] < taking.today:
        raise InvalidInput.of("valid_until", "有效期已过", "The guarantee has expired already")
    if until is not None and data["valid_until"] < until:
        raise InvalidInput.of(
            "valid_until", f"有效期应当不早于投标有效期届满日{until}", f"It must be valid until {until} like the bids"
        )
    if asked and data["amount"] < asked:
        raise InvalidInput.of(
            "amount", f"担保金额不得少于{grouped(asked)}元", f"It must cover {grouped(asked)} yuan at least"
        )
    if not key:
        raise InvalidInput.of("number", "编号应当含有字母或者数字", "The number needs letters or figures")
    taken = select(Guarantee.id).where(
        Guarantee.number_key == key,
        (Guarantee.lot_id != taking.lot.id) | (Guarantee.organization_id != organization),
    )
    if taking.session.scalar(taken) is not None:
        raise InvalidInput.of(
            "number", "该编号已在本平台登记，不能再次使用，请核对", "This number is registered already; please check it"
        )


@effect(Step.REGISTER_GUARANTEE)
def register_guarantee(taking: Taking) -> None:
    """Keep the bidder's guarantee or insurance, sealed until opening; a new one replaces the old."""
    before_deadline(taking)
    data, organization, key = taking.data, taking.organization_id, key_of(taking.data["number"])
    check(taking, key)
    taking.subject = organization
    query = select(Guarantee).where(Guarantee.lot_id == taking.lot.id, Guarantee.organization_id == organization)
    row = taking.session.scalar(query)
    if row is None:
        row = Guarantee(lot_id=taking.lot.id, organization_id=organization)
        taking.session.add(row)
    for name in ("form", "issuer", "number", "amount", "valid_until"):
        setattr(row, name, data[name])
    listed = select(GuaranteeIssuer.id).where(
        GuaranteeIssuer.name == data["issuer"], GuaranteeIssuer.form == data["form"],
        GuaranteeIssuer.ended_at.is_(None),
    )  # fmt: skip
    row.number_key, row.registered_at = key, taking.now
    row.issuer_listed = taking.session.scalar(listed) is not None
    taking.receipt["issuer_listed"] = row.issuer_listed
