"""The pages and operations of the phase of method approval 方式核准阶段."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from flask import render_template
from flask_babel import lazy_gettext as _l
from flask_smorest import Blueprint
from markupsafe import Markup
from sqlalchemy import select

from trading.codelists import DocumentKind
from trading.database import db
from trading.methods.grounds import GROUNDS
from trading.methods.proposal import Proposal, free_choices, runs
from trading.models import Document, Lot
from trading.phases.method_approval import choosing, schemas
from trading.steps import Step
from trading.web.exchange import language
from trading.web.steps import Choices, StepPage, mount, now, tools

blueprint = Blueprint("method_approval", __name__, description="交易方式核准 Approval of the trading method")


def proposal(lot: Lot) -> Proposal:
    """The proposal by the numbers that judge this lot."""
    return choosing.proposal_of(lot, tools().values(lot, now()))


def choices(lot: Lot, _subject: str | None) -> Choices:
    """The methods that the owner may fix, with their grounds; nothing is asked where there is one method only."""
    free = free_choices(proposal(lot))
    if len(free) < 2:
        return {"method": [(free[0].method.value, free[0].method.word(language()))], "ground": [], "reasons": []}
    grounds = {ground.code: ground for one in free for ground in one.grounds}
    return {
        "method": [(one.method.value, one.method.word(language())) for one in free],
        "ground": [(code, one.en if language() == "en" else one.zh) for code, one in grounds.items()],
    }


def planned(lot: Lot, _subject: str | None) -> Mapping[str, Any]:
    """The method of the approved plan of a disposal, else the proposed one."""
    return {"method": choosing.planned_method(db.session, lot) or proposal(lot).method}


def exceptions(lot: Lot, _subject: str | None) -> Choices:
    """The methods that may be applied for, and the statutory grounds of all of them."""
    found = proposal(lot)
    others = [one for one in found.allowed if one.method is not found.method]
    grounds = {ground.code: ground for one in others for ground in one.grounds}
    english = language() == "en"
    return {
        "method": [(one.method.value, one.method.word(language())) for one in others],
        "ground": [(code, f"{one.en if english else one.zh}（{one.source}）") for code, one in grounds.items()],
    }


def why(lot: Lot, _subject: str | None, _data: Mapping[str, Any] | None) -> Markup:
    """The proposed method with its reason and sources."""
    return Markup(render_template("method_approval/proposal.html", lot=lot, proposal=proposal(lot)))


def applied(lot: Lot, _subject: str | None, _data: Mapping[str, Any] | None) -> Markup:
    """The application before the authority, with its evidence."""
    application = choosing.open_application(db.session, lot)
    evidence = db.session.scalars(
        select(Document).where(
            Document.lot_id == lot.id, Document.kind == DocumentKind.EVIDENCE, Document.superseded.is_(False)
        )
    ).all()
    ground = GROUNDS.get(application.ground) if application else None
    refusal = runs(lot.project.type, application.method) if application else None
    page = render_template(
        "method_approval/application.html", lot=lot, application=application, ground=ground, evidence=evidence,
        refusal=refusal, proposal=proposal(lot),
    )  # fmt: skip
    return Markup(page)


PAGES = (
    StepPage(
        Step.FIX_METHOD,
        schemas.FixMethodSchema,
        offer=choices,
        initial=planned,
        aside=why,
        lead=_l("交易方式由系统按项目类型、金额和法定情形拟定；默认方式只作记录，不需要任何部门核准。"),
    ),
    StepPage(
        Step.APPLY_FOR_EXCEPTION,
        schemas.ApplyForExceptionSchema,
        offer=exceptions,
        aside=why,
        lead=_l("采用默认方式以外的方式，须具备法定情形并附证明材料，由有权机关决定。"),
    ),
    StepPage(Step.DECIDE_EXCEPTION, schemas.DecideExceptionSchema, aside=applied),
)
for _page in PAGES:
    mount(blueprint, _page)
