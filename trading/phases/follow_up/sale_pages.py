"""The pages of a disposal after its deal 交割页面: contract, price, income, delivery, use."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from flask import render_template
from flask_babel import lazy_gettext as _l
from markupsafe import Markup
from sqlalchemy import select

from trading.database import db
from trading.models import Award, Lot
from trading.phases.follow_up import contracting, delivering, sale_contracting, schemas
from trading.steps import Step
from trading.web.steps import StepPage
from trading.workflow.sale_record import delivery_of, receipts_of, remittances_of

EFFECTS_OF = (delivering, sale_contracting)


def contract_from_deal(lot: Lot, _subject: str | None) -> Mapping[str, Any]:
    """The draft as it was, else what the deal says."""
    contract, delivery = contracting.contract_of(db.session, lot), delivery_of(db.session, lot)
    if contract is not None and delivery is not None:
        told = {name: getattr(contract, name) for name in ("number", "price", "scope", "performance_bond")}
        more = {name: getattr(delivery, name) for name in (*sale_contracting.TERMS, "instalments", "due_before")}
        return told | more
    price = db.session.scalar(select(Award.price).where(Award.lot_id == lot.id))
    return {"price": price, "scope": lot.scope, "instalments": False}


def money_shown(lot: Lot, _subject: str | None, _data: Mapping[str, Any] | None) -> Markup:
    """What is owed, what came in, what was handed on."""
    delivery = delivery_of(db.session, lot)
    if delivery is None:
        return Markup("")
    rows = receipts_of(db.session, lot), remittances_of(db.session, lot)
    return Markup(
        render_template("follow_up/sale_money.html", delivery=delivery, receipts=rows[0], remittances=rows[1])
    )


PAGES = (
    StepPage(
        Step.DRAFT_SALE_CONTRACT,
        schemas.DraftSaleContractSchema,
        initial=contract_from_deal,
        lead=_l("标的、价款和期限应当与成交确认书一致。"),
    ),
    StepPage(Step.RECEIVE_PRICE, schemas.ReceivePriceSchema, aside=money_shown),
    StepPage(Step.REMIT_INCOME, schemas.RemitIncomeSchema, aside=money_shown),
    StepPage(
        Step.HAND_OVER,
        schemas.HandOverSchema,
        aside=money_shown,
        lead=_l("付清交付前应付的价款后，方可交付和办理登记。"),
    ),
    StepPage(Step.CHECK_USE, schemas.CheckUseSchema),
)
