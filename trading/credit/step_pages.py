"""The steps of the credit record and of self-discipline as pages 信用与自律环节页面."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from flask import render_template
from flask_babel import lazy_gettext as _l
from flask_smorest import Blueprint
from markupsafe import Markup
from sqlalchemy import select

from trading.credit import deciding, expert_sheets, pledging, schemas
from trading.credit.seats import seats_of
from trading.database import db
from trading.experts.sheets import ITEMS, Item
from trading.models import CreditDecision, CreditRecord, Lot
from trading.steps import Step
from trading.web.access import actor
from trading.web.exchange import language
from trading.web.steps import StepPage, mount

Data = Mapping[str, Any] | None
EFFECTS = (deciding, pledging, expert_sheets)


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


def items_of_side(lot: Lot, _subject: str | None) -> Mapping[str, list[tuple[str, str]]]:
    """The seats, without names; of the items only those of the reader's side are drawn."""
    side = expert_sheets.SIDES.get(actor().role)
    seats = [(seat.member.id, seat.word(language())) for seat in seats_of(db.session, lot)]
    own = ITEMS[side] if side else ()
    return {"member": seats} | {item.value: [] for item in Item if item not in own}


def one_row_a_seat(lot: Lot, _subject: str | None) -> Mapping[str, Any]:
    """A row for each expert."""
    return {"sheets": [{"member": seat.member.id} for seat in seats_of(db.session, lot)]}


def own_sheets(lot: Lot, _subject: str | None, _data: Data) -> Markup:
    """What the sheets say of the expert who reads."""
    member = expert_sheets.own_seat(db.session, lot, actor().id)
    rows = expert_sheets.sheets_of(db.session, member) if member else []
    return Markup(render_template("credit/expert_sheets.html", sheets=rows, items=Item))


def mount_on(blueprint: Blueprint) -> None:
    """Mount the steps of this room."""
    for page in (
        StepPage(Step.ENTER_CREDIT, schemas.CreditSchema),
        StepPage(Step.CONFIRM_CREDIT, schemas.ConfirmCreditSchema, subject=True, aside=decision),
        StepPage(Step.END_CREDIT, schemas.EndCreditSchema, subject=True, aside=record),
        StepPage(Step.APPRAISE_EXPERT, schemas.AppraisalSchema),
        StepPage(
            Step.FILL_EXPERT_SHEET, schemas.ExpertSheetsSchema, offer=items_of_side, initial=one_row_a_seat,
            lead=_l("评价不公开；中标结果公布后，专家本人可以看到对自己的评价并作出答复。"),
        ),
        StepPage(Step.REPLY_TO_SHEETS, schemas.SheetReplySchema, aside=own_sheets),
        StepPage(Step.SIGN_PLEDGE, schemas.PledgeSchema, aside=pledge),
    ):
        mount(blueprint, page)
