"""The pages and operations of the phase of method approval 方式核准阶段."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from flask import render_template
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_smorest import Blueprint
from markupsafe import Markup
from sqlalchemy import select

from trading.beijing import law_date
from trading.codelists import DocumentKind, Role
from trading.database import db
from trading.methods.grounds import GROUNDS
from trading.methods.proposal import Allowed, Decider, Proposal, free_choices, runs
from trading.models import Document, Lot
from trading.phases.method_approval import choosing, reasons, schemas, sole_source
from trading.steps import Step
from trading.web import access
from trading.web.exchange import language
from trading.web.fields import NothingAsked, StepSchema
from trading.web.steps import Choices, StepPage, mount, now, tools
from trading.workflow.calendars import calendar_in_force

blueprint = Blueprint("method_approval", __name__, description="交易方式核准 Approval of the trading method")


def proposal(lot: Lot) -> Proposal:
    """The proposal by the numbers that judge this lot."""
    return choosing.proposal_of(lot, tools().values(lot, now()))


def may_choose(lot: Lot) -> tuple[Allowed, ...]:
    """The methods among which the owner chooses: none where the table, or the approved plan of another, has one."""
    free = free_choices(proposal(lot))
    others_plan = not lot.project.type.is_purchase and any(one.decided_by is not Decider.OWNER for one in free)
    return () if others_plan or len(free) < 2 else free


def fixing(lot: Lot) -> type[StepSchema]:
    """What is asked when the method is fixed: nothing where there is nothing to choose."""
    if not may_choose(lot):
        return NothingAsked
    return schemas.ProcurementChoiceSchema if lot.project.type.is_procurement else schemas.MethodChoiceSchema


def applying(lot: Lot) -> type[StepSchema]:
    """What is asked of an application for another method."""
    procurement = lot.project.type.is_procurement
    return schemas.ProcurementExceptionSchema if procurement else schemas.ApplyForExceptionSchema


def choices(lot: Lot, _subject: str | None) -> Choices:
    """The methods that the owner may fix, with their grounds."""
    free = may_choose(lot)
    if not free:
        return {}
    return {
        "method": [(one.method.value, one.method.word(language())) for one in free],
        "ground": grounds_of(free),
    }


def grounds_of(methods: Iterable[Allowed]) -> list[tuple[str, str]]:
    """The statutory grounds of these methods, with their source."""
    found = {ground.code: (one.method, ground) for one in methods for ground in one.grounds}
    return [
        (code, f"{method.word(language())}{_('：')}{ground.en if language() == 'en' else ground.zh}（{ground.source}）")
        for code, (method, ground) in found.items()
    ]


def planned(lot: Lot, _subject: str | None) -> Mapping[str, Any]:
    """The method of the approved plan of a disposal, else the proposed one."""
    return {"method": choosing.planned_method(db.session, lot) or proposal(lot).method}


def until_at_least(lot: Lot, _subject: str | None) -> Mapping[str, Any]:
    """The first day on which a notice of a sole source may end, and what is known of the lot."""
    lent = tools()
    least = int(lent.values(lot, now())["gpn_single_source_notice_wd"])
    calendar = calendar_in_force(db.session, lent.calendar)
    return {
        "until": calendar.end_of_working_days(law_date(now()), least),
        "subject": f"{lot.project.owner.name}。{lot.name}", "description": lot.scope,
    }  # fmt: skip


def noticed(lot: Lot, _subject: str | None, _data: Mapping[str, Any] | None) -> Markup:
    """The notice of a sole source with the objections to it."""
    notice = sole_source.newest_notice(db.session, lot)
    objections = sole_source.objections_to(db.session, notice) if notice else []
    shown = objections if access.actor().role is not Role.BIDDER else []
    return Markup(render_template("method_approval/sole_source.html", notice=notice, objections=shown))


def exceptions(lot: Lot, _subject: str | None) -> Choices:
    """The methods that may be applied for, and the statutory grounds of all of them."""
    found = proposal(lot)
    others = [one for one in found.allowed if one.method is not found.method]
    return {
        "method": [(one.method.value, one.method.word(language())) for one in others],
        "ground": grounds_of(others),
    }


def why(lot: Lot, _subject: str | None, _data: Mapping[str, Any] | None) -> Markup:
    """The proposed method with its reason and sources."""
    planned = choosing.planned_method(db.session, lot)
    return Markup(render_template("method_approval/proposal.html", lot=lot, proposal=proposal(lot), planned=planned))


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
    found = proposal(lot)
    decider = choosing.decided_by(found, application.method) if application else None
    page = render_template(
        "method_approval/application.html", lot=lot, application=application, ground=ground, evidence=evidence,
        refusal=refusal, proposal=found, decider=decider, planned=choosing.planned_method(db.session, lot),
    )  # fmt: skip
    return Markup(page)


EFFECTS_OF = (choosing, sole_source, reasons)
PAGES = (
    StepPage(
        Step.FIX_METHOD,
        NothingAsked,
        choose=fixing,
        others=(schemas.MethodChoiceSchema, schemas.ProcurementChoiceSchema),
        offer=choices,
        initial=planned,
        aside=why,
        lead=_l("交易方式由系统按项目类型、金额和法定情形拟定；默认方式只作记录，不需要任何部门核准。"),
    ),
    StepPage(
        Step.APPLY_FOR_EXCEPTION,
        schemas.ApplyForExceptionSchema,
        choose=applying,
        others=(schemas.ProcurementExceptionSchema,),
        offer=exceptions,
        aside=why,
        lead=_l("采用默认方式以外的方式，须具备法定情形并附证明材料，由有权机关决定。"),
    ),
    StepPage(Step.DECIDE_EXCEPTION, schemas.DecideExceptionSchema, aside=applied),
    StepPage(Step.NOTICE_SOLE_SOURCE, schemas.NoticeSoleSourceSchema, initial=until_at_least),
    StepPage(Step.OBJECT_TO_SOLE_SOURCE, schemas.ObjectToSoleSourceSchema, aside=noticed),
    StepPage(Step.REASON_SOLE_SOURCE, schemas.ReasonSoleSourceSchema, aside=noticed),
    StepPage(
        Step.PUBLISH_REASONS,
        schemas.PublishReasonsSchema,
        lead=_l("依法必须招标的项目邀请招标或者不招标的，在实施前公布理由和法律依据。"),
    ),
)
for _page in PAGES:
    mount(blueprint, _page)
