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

from trading.codelists import ProjectType, Role
from trading.database import db
from trading.errors import InvalidInput
from trading.methods.profiles import PROFILES
from trading.models import DisposalPlan, Document, Lot, SaleTerms, ScanHit, TenderTerms
from trading.phases.filing import amending, conditions, projects, registering, sale_plan, scanning, schemas
from trading.phases.filing.amending import AMENDING_SCHEMAS
from trading.phases.filing.project_schemas import PROJECT_SCHEMAS
from trading.phases.filing.purchase_schemas import PurchaseTermsSchema
from trading.phases.filing.sale_schemas import SaleByBidsSchema, SaleSchema
from trading.steps import Step
from trading.web import access, exchange
from trading.web.fields import NothingAsked, StepSchema
from trading.web.formats import shown_value
from trading.web.steps import StepPage, mount, now
from trading.workflow.document_scan import scans_of

blueprint = Blueprint("filing", __name__, description="交易条件备案 Filing of trading conditions")


def purchase_terms(lot: Lot) -> type[StepSchema]:
    """The questions about the documents of this purchase."""
    return schemas.TermsSchema if lot.project.type is ProjectType.WORKS else PurchaseTermsSchema


def sale_questions(lot: Lot) -> type[StepSchema]:
    """The questions about this disposal, by the method of its plan."""
    plan = db.session.scalar(select(DisposalPlan).where(DisposalPlan.project_id == lot.project_id))
    return SaleByBidsSchema if sale_plan.goes_by_bids(plan) else SaleSchema


def terms_asked(lot: Lot) -> type[StepSchema]:
    """The questions about the documents of this lot, whatever its type."""
    return purchase_terms(lot) if lot.project.type.is_purchase else sale_questions(lot)


def registration_papers(lot: Lot) -> type[StepSchema]:
    """The papers that the registration of this lot takes."""
    return schemas.REGISTRATION_SCHEMAS[lot.project.type]


def terms_records(lot: Lot) -> list[TenderTerms | SaleTerms]:
    """The records of the terms of a lot, once there are any."""
    tender = db.session.scalar(select(TenderTerms).where(TenderTerms.lot_id == lot.id))
    sale = db.session.scalar(select(SaleTerms).where(SaleTerms.lot_id == lot.id))
    return [one for one in (sale, tender) if one is not None]


def earlier_terms(lot: Lot, _subject: str | None) -> Mapping[str, Any]:
    """The terms as they were prepared before."""
    values = {"budget": lot.budget, "candidates_count": 3, "base_prices": 0}
    for record in reversed(terms_records(lot)):
        values |= {name: getattr(record, name) for name in terms_asked(lot)().fields if hasattr(record, name)}
    return values


def entered_before(lot: Lot, _subject: str | None) -> Mapping[str, Any]:
    """What was entered of the project, as its form shows it."""
    project, share = lot.project, lot.project.public_share
    found = {
        name: getattr(one, name)
        for one in (*plans_of(lot), project, lot)
        for name in AMENDING_SCHEMAS[project.type]().fields
        if hasattr(one, name)
    }
    return found if share is None else found | {"public_share": share * 100}


def amending_questions(lot: Lot) -> type[StepSchema]:
    """The questions of the lot's type once more."""
    return AMENDING_SCHEMAS[lot.project.type]


def plans_of(lot: Lot) -> list[Any]:
    """What the owner declared of a project beside its own record, by its type."""
    kept = projects.PLANS[lot.project.type]
    found = [db.session.scalar(select(one).where(one.project_id == lot.project_id)) for one in kept]  # type: ignore[attr-defined]
    return [one for one in found if one is not None]


SAID_OTHERWISE = ("public_share", "lots", "factors", "name")


def answers_of(schema: StepSchema, *records: Any) -> list[dict[str, Any]]:
    """What records answer to the questions of a schema, as label and value; blank answers left out."""
    rows = []
    for name, field in schema.fields.items():
        held = [] if name in SAID_OTHERWISE else [getattr(one, name, None) for one in records]
        value = next((one for one in held if one not in (None, "", [])), None)
        if value is not None:
            rows.append({"label": field.metadata.get("label", name), "value": shown_value(value)})
    return rows


def handed_in(lot: Lot, _subject: str | None, _data: Mapping[str, Any] | None) -> Markup:
    """What the owner handed in: the project, the terms once there are any, and the papers."""
    terms = terms_records(lot)
    entered = PROJECT_SCHEMAS[lot.project.type]()
    row = entered.fields["lots"].inner.schema.fields  # type: ignore[attr-defined]
    plans = plans_of(lot)
    about = answers_of(entered, lot.project, *plans) if not terms or plans else []
    rows = [
        {"label": _("项目单位"), "value": lot.project.owner.name},
        {"label": row["scope"].metadata["label"], "value": lot.scope},
        {"label": row["estimate"].metadata["label"], "value": shown_value(lot.estimate)},
        *about,
        *(answers_of(terms_asked(lot)(), *terms) if terms else []),
    ]
    current = select(Document).where(Document.lot_id == lot.id, Document.superseded.is_(False))
    papers = db.session.scalars(current.order_by(Document.added_at, Document.name)).all()
    told = scans_of(db.session, lot)
    return Markup(render_template("filing/handed_in.html", lot=lot, rows=rows, papers=papers, **told))


def hit_shown(lot: Lot, subject: str | None, _data: Mapping[str, Any] | None) -> Markup:
    """The hit to answer: the sentence, where it stands, the kind and the article."""
    hit = db.session.scalar(select(ScanHit).where(ScanHit.id == subject, ScanHit.lot_id == lot.id))
    return Markup(render_template("filing/hit.html", hit=hit))


EFFECTS_OF = (registering, amending, conditions, sale_plan, scanning)
PAGES = (
    StepPage(
        Step.SUBMIT_REGISTRATION,
        schemas.REGISTRATION_SCHEMAS[ProjectType.WORKS],
        choose=registration_papers,
        others=tuple(schemas.REGISTRATION_SCHEMAS[one] for one in ProjectType if one is not ProjectType.WORKS),
    ),
    StepPage(Step.ACCEPT_REGISTRATION, NothingAsked, aside=handed_in),
    StepPage(Step.REFUSE_REGISTRATION, schemas.RefuseRegistrationSchema, aside=handed_in, danger=True),
    StepPage(
        Step.AMEND_PROJECT,
        AMENDING_SCHEMAS[ProjectType.WORKS],
        choose=amending_questions,
        initial=entered_before,
        others=tuple(AMENDING_SCHEMAS[one] for one in ProjectType if one is not ProjectType.WORKS),
        lead=_l("提交备案以前可以更正；更正的内容和原因记入存证。"),
    ),
    StepPage(
        Step.PREPARE_TERMS,
        schemas.TermsSchema,
        initial=earlier_terms,
        choose=purchase_terms,
        others=(PurchaseTermsSchema,),
    ),
    StepPage(
        Step.PREPARE_SALE,
        SaleSchema,
        initial=earlier_terms,
        choose=sale_questions,
        others=(SaleByBidsSchema,),
        lead=_l("底价不在此填写，按底价密封环节另行密封。"),
    ),
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


def wanted_type(given: Any) -> ProjectType | None:
    """The project type that was asked for, if it is one."""
    return next((one for one in ProjectType if one.value == given), None)


def project_form(project_type: ProjectType, status: int = 200, **more: Any) -> ResponseReturnValue:
    """The form of one type."""
    schema = PROJECT_SCHEMAS[project_type]()
    told = more.get("told", {})
    values = {"type": project_type.value} | dict(more.get("raw", {}))
    fields = exchange.inputs(schema, values, told)
    page = render_template(
        "filing/new_project.html", fields=fields, errors=exchange.flat(told), type=project_type,
        profile=PROFILES[project_type],
    )  # fmt: skip
    return page, status


@access.allow(Role.OWNER)
def new_project() -> ResponseReturnValue:
    """The form of a new project, after its type was chosen; what is typed stays when something is wrong."""
    project_type = wanted_type(request.form.get("type") or request.args.get("type"))
    if project_type is None:
        return render_template("filing/project_types.html", profiles=PROFILES)
    if request.method == "GET":
        return project_form(project_type)
    schema = PROJECT_SCHEMAS[project_type]()
    raw = exchange.from_form(schema)
    try:
        project = projects.enter_project(db.session, access.actor(), exchange.load(schema, raw), now())
    except InvalidInput as wrong:
        return project_form(project_type, 400, raw=raw, told=wrong.told(exchange.language()))
    first = db.session.scalars(select(Lot).where(Lot.project_id == project.id).order_by(Lot.number)).first()
    assert first is not None
    return redirect(url_for("portal.lot", code=first.code), 303)


@access.allow(Role.OWNER)
def new_project_json() -> ResponseReturnValue:
    """Enter a project by JSON, by the schema of its type: answers the codes of its lots."""
    raw = exchange.from_json()
    project_type = wanted_type(raw.get("type"))
    if project_type is None:
        raise InvalidInput.of("type", "项目类型不在可选范围内", "There is no such type of project")
    data = exchange.load(PROJECT_SCHEMAS[project_type](), raw)
    project = projects.enter_project(db.session, access.actor(), data, now())
    codes = db.session.scalars(select(Lot.code).where(Lot.project_id == project.id).order_by(Lot.number)).all()
    return {"project": project.id, "lots": list(codes)}, 201


blueprint.add_url_rule("/projects", "projects", my_projects)
blueprint.add_url_rule("/projects/new", "new_project", new_project, methods=["GET", "POST"])
blueprint.add_url_rule("/api/v1/projects", "new_project_json", new_project_json, methods=["POST"])
