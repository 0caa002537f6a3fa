"""The pages and operations of the confirmation phase 结果确认阶段."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from flask import render_template
from flask_babel import lazy_gettext as _l
from flask_smorest import Blueprint
from markupsafe import Markup
from sqlalchemy import select

from trading.beijing import law_date
from trading.codelists import ProjectType
from trading.database import db
from trading.errors import InvalidInput
from trading.models import Lot, TenderTerms
from trading.money import grouped
from trading.phases.result_confirmation import (
    awarding,
    challenge_routes,
    confirming,
    deal_routes,
    publicizing,
    reporting,
    schemas,
)
from trading.phases.result_confirmation.publication_length import ends_on
from trading.steps import Step
from trading.web.fields import NothingAsked
from trading.web.steps import Choices, StepPage, mount, now, tools
from trading.workflow.calendars import calendar_in_force
from trading.workflow.record_facts import candidates_of
from trading.working_days import UnknownYear

blueprint = Blueprint("result_confirmation", __name__, description="交易结果确认 Confirmation of results")
EFFECTS_OF = (challenge_routes, publicizing, confirming, awarding, reporting, *deal_routes.EFFECTS_OF)


def channel(lot: Lot) -> str:
    """Where objections are taken, as the tender documents say."""
    return db.session.scalar(select(TenderTerms.objection_contact).where(TenderTerms.lot_id == lot.id)) or ""


def publicity_values(lot: Lot, _subject: str | None) -> Mapping[str, Any]:
    """The shortest lawful publicity, and the channel of the documents."""
    least = int(tools().values(lot, now())["publicity_len"]) if lot.project.type.is_purchase else None
    return {"days": least, "objection_channel": channel(lot)}


def board_of_villages_alone(lot: Lot, _subject: str | None) -> Choices:
    """Nobody but a village is asked for its board."""
    return {} if lot.project.type is ProjectType.RURAL else {"village_board_on": []}


def publicity_preview(lot: Lot, _subject: str | None, data: Mapping[str, Any] | None) -> Markup:
    """The notice as it would be published now."""
    given = data or {}
    calendar, values = calendar_in_force(db.session, tools().calendar), tools().values(lot, now())
    try:
        ends_day = ends_on(lot.project.type, given.get("days"), law_date(now()), calendar, values)
    except (UnknownYear, InvalidInput):
        return Markup("")
    found = publicizing.gather(db.session, lot)
    facts = publicizing.told(found, given.get("objection_channel") or channel(lot), now(), ends_day)
    text = publicizing.notice_text(lot, facts)
    return Markup(render_template("result_confirmation/notice_preview.html", title=_l("公示预览"), text=text))


def candidates(lot: Lot, _subject: str | None) -> Choices:
    """The candidates by rank; of a disposal the one with whom the deal was made."""
    sold = deal_routes.buyer(lot)
    if sold is not None:
        return sold
    found = candidates_of(db.session, lot)
    return {
        "rank": [
            (str(bid.rank), f"{bid.rank} · {bid.organization.name} · ¥{grouped(bid.total)}")
            for bid in found
            if bid.total is not None
        ]
    }


def first_candidate(_lot: Lot, _subject: str | None) -> Mapping[str, Any]:
    """The first candidate wins unless the law says otherwise."""
    return {"rank": "1"}


def result_preview(lot: Lot, _subject: str | None, _data: Mapping[str, Any] | None) -> Markup:
    """Price, base and savings as they were frozen."""
    award = awarding.award_of(db.session, lot)
    return Markup(render_template("result_confirmation/award.html", award=award)) if award else Markup("")


def report_preview(lot: Lot, _subject: str | None, _data: Mapping[str, Any] | None) -> Markup:
    """The generated report."""
    award = awarding.award_of(db.session, lot)
    if award is None:
        return Markup("")
    text = reporting.text_of(lot, reporting.report(db.session, lot, award), None)
    return Markup(render_template("result_confirmation/notice_preview.html", title=_l("书面报告预览"), text=text))


PAGES = (
    StepPage(
        Step.PUBLICIZE, schemas.PublicizeSchema, offer=board_of_villages_alone, initial=publicity_values,
        aside=publicity_preview,
    ),  # fmt: skip
    StepPage(
        Step.RECORD_COMPLIANCE,
        schemas.RecordComplianceSchema,
        lead=_l("合规记录汇总全部条件此刻的结论，不是对中标人的批准；逾期未出具不影响招标人定标。"),
    ),
    StepPage(Step.CONFIRM, schemas.ConfirmSchema, offer=candidates, initial=first_candidate),
    StepPage(
        Step.AWARD,
        NothingAsked,
        aside=result_preview,
        lead=_l("中标通知书与其他投标人的结果通知同时发出，发出后不得改变中标结果。"),
    ),
    StepPage(Step.REPORT_RESULT, schemas.ReportSchema, aside=report_preview),
)
for _page in (*PAGES, *deal_routes.PAGES, *challenge_routes.PAGES):
    mount(blueprint, _page)
