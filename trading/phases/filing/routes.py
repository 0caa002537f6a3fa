"""The pages and operations of the filing phase 备案阶段."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from flask import redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_smorest import Blueprint
from markupsafe import Markup
from sqlalchemy import select

from trading.codelists import Role
from trading.database import db
from trading.errors import InvalidInput
from trading.models import Document, Lot, ScanHit, TenderTerms
from trading.phases.filing import conditions, projects, registering, scanning, schemas
from trading.steps import Step
from trading.web import access, exchange
from trading.web.fields import NothingAsked, StepSchema
from trading.web.formats import shown_value
from trading.web.steps import StepPage, mount, now
from trading.workflow.document_scan import scans_of

blueprint = Blueprint("filing", __name__, description="交易条件备案 Filing of trading conditions")


def earlier_terms(lot: Lot, _subject: str | None) -> Mapping[str, Any]:
    """The terms as they were prepared before."""
    terms = db.session.scalar(select(TenderTerms).where(TenderTerms.lot_id == lot.id))
    values = {"budget": lot.budget, "candidates_count": 3, "base_prices": 0}
    if terms is not None:
        names = schemas.TermsSchema().fields
        values |= {name: getattr(terms, name) for name in names if hasattr(terms, name)}
    return values


SAID_OTHERWISE = ("public_share", "lots", "factors", "name")


def answers_of(schema: StepSchema, record: Any) -> list[dict[str, Any]]:
    """What a record answers to the questions of a schema, as label and value; blank answers left out."""
    rows = []
    for name, field in schema.fields.items():
        value = None if name in SAID_OTHERWISE else getattr(record, name, None)
        if value not in (None, "", []):
            rows.append({"label": field.metadata.get("label", name), "value": shown_value(value)})
    return rows


def handed_in(lot: Lot, _subject: str | None, _data: Mapping[str, Any] | None) -> Markup:
    """What the owner handed in: the project, the terms once there are any, and the papers."""
    terms = db.session.scalar(select(TenderTerms).where(TenderTerms.lot_id == lot.id))
    about = answers_of(schemas.ProjectSchema(), lot.project) if terms is None else []
    rows = [
        {"label": _("项目单位"), "value": lot.project.owner.name},
        {"label": _("招标范围"), "value": lot.scope},
        {"label": _("合同估算价（元）"), "value": shown_value(lot.estimate)},
        *about,
        *(answers_of(schemas.TermsSchema(), terms) if terms else []),
    ]
    current = select(Document).where(Document.lot_id == lot.id, Document.superseded.is_(False))
    papers = db.session.scalars(current.order_by(Document.added_at, Document.name)).all()
    told = scans_of(db.session, lot)
    return Markup(render_template("filing/handed_in.html", lot=lot, rows=rows, papers=papers, **told))


def hit_shown(lot: Lot, subject: str | None, _data: Mapping[str, Any] | None) -> Markup:
    """The hit to answer: the sentence, where it stands, the kind and the article."""
    hit = db.session.scalar(select(ScanHit).where(ScanHit.id == subject, ScanHit.lot_id == lot.id))
    return Markup(render_template("filing/hit.html", hit=hit))


EFFECTS_OF = (registering, conditions, scanning)
PAGES = (
    StepPage(Step.SUBMIT_REGISTRATION, schemas.SubmitRegistrationSchema),
    StepPage(Step.ACCEPT_REGISTRATION, NothingAsked, aside=handed_in),
    StepPage(Step.REFUSE_REGISTRATION, schemas.RefuseRegistrationSchema, aside=handed_in, danger=True),
    StepPage(Step.PREPARE_TERMS, schemas.TermsSchema, initial=earlier_terms),
    StepPage(Step.ANSWER_SCAN, schemas.AnswerScanSchema, subject=True, aside=hit_shown),
    StepPage(
        Step.FILE_CONDITIONS,
        NothingAsked,
        aside=handed_in,
        lead=_l("提交后招标文件锁定为第一版，此后只能以澄清或者修改的方式变动。"),
    ),
    StepPage(Step.ANSWER_FILING, schemas.AnswerFilingSchema, aside=handed_in),
)
for _page in PAGES:
    mount(blueprint, _page)


@access.allow(Role.OWNER, Role.AGENCY)
def my_projects() -> ResponseReturnValue:
    """The projects of this owner or agency."""
    return render_template("filing/projects.html", lots=projects.projects_of(db.session, access.actor()))


@access.allow(Role.OWNER)
def new_project() -> ResponseReturnValue:
    """The form of a new project; what is typed stays when something is wrong."""
    schema = schemas.ProjectSchema()
    if request.method == "GET":
        return render_template("filing/new_project.html", fields=exchange.inputs(schema), errors=[])
    raw = exchange.from_form(schema)
    try:
        project = projects.enter_project(db.session, access.actor(), exchange.load(schema, raw), now())
    except InvalidInput as wrong:
        told = wrong.told(exchange.language())
        fields = exchange.inputs(schema, raw, told)
        return render_template("filing/new_project.html", fields=fields, errors=exchange.flat(told)), 400
    first = db.session.scalars(select(Lot).where(Lot.project_id == project.id).order_by(Lot.number)).first()
    assert first is not None
    return redirect(url_for("portal.lot", code=first.code), 303)


@access.allow(Role.OWNER)
def new_project_json() -> ResponseReturnValue:
    """Enter a project by JSON: answers the codes of its lots."""
    data = exchange.load(schemas.ProjectSchema(), exchange.from_json())
    project = projects.enter_project(db.session, access.actor(), data, now())
    codes = db.session.scalars(select(Lot.code).where(Lot.project_id == project.id).order_by(Lot.number)).all()
    return {"project": project.id, "lots": list(codes)}, 201


blueprint.add_url_rule("/projects", "projects", my_projects)
blueprint.add_url_rule("/projects/new", "new_project", new_project, methods=["GET", "POST"])
blueprint.add_url_rule("/api/v1/projects", "new_project_json", new_project_json, methods=["POST"])
