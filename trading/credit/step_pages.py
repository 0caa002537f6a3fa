"""The steps of the credit record and of self-discipline as pages 信用与自律环节页面."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from flask import render_template
from flask_smorest import Blueprint
from markupsafe import Markup
from sqlalchemy import select

from trading.credit import deciding, pledging, schemas
from trading.database import db
from trading.models import CreditDecision, CreditRecord, Lot
from trading.steps import Step
from trading.web.access import actor
from trading.web.exchange import language
from trading.web.steps import StepPage, mount

Data = Mapping[str, Any] | None
EFFECTS = (deciding, pledging)


def decision(lot: Lot, subject: str | None, _data: Data) -> Markup:
    """What was entered, to be compared with the decision itself."""
    query = select(CreditDecision).where(CreditDecision.id == subject, CreditDecision.lot_id == lot.id)
    return Markup(render_template("credit/decision_text.html", entry=db.session.scalar(query), lot=lot))


def record(lot: Lot, subject: str | None, _data: Data) -> Markup:
    """The entry that is to end."""
    query = select(CreditRecord).where(CreditRecord.id == subject, CreditRecord.lot_id == lot.id)
    return Markup(render_template("credit/decision_text.html", entry=db.session.scalar(query), lot=lot))


def pledge(_lot: Lot, _subject: str | None, _data: Data) -> Markup:
    """The text of the pledge for this person's role."""
    zh, en = pledging.TEXTS.get(actor().role, ("", ""))
    return Markup("<blockquote><p>{}</p></blockquote>").format(en if language() == "en" else zh)


def mount_on(blueprint: Blueprint) -> None:
    """Mount the steps of this room."""
    for page in (
        StepPage(Step.ENTER_CREDIT, schemas.CreditSchema),
        StepPage(Step.CONFIRM_CREDIT, schemas.ConfirmCreditSchema, subject=True, aside=decision),
        StepPage(Step.END_CREDIT, schemas.EndCreditSchema, subject=True, aside=record),
        StepPage(Step.APPRAISE_EXPERT, schemas.AppraisalSchema),
        StepPage(Step.SIGN_PLEDGE, schemas.PledgeSchema, aside=pledge),
    ):
        mount(blueprint, page)
