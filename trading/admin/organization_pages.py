"""Keeping organisations 主体管理: entered by the administrator, identities checked by the centre."""

from __future__ import annotations

from typing import Any

from flask import render_template
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from sqlalchemy import func, or_, select

from trading.admin import accounts, bidders, schemas
from trading.admin.pages import asked_for, escaped, paged, pager
from trading.beijing import law_date
from trading.codelists import Role
from trading.database import db, transaction
from trading.errors import InvalidInput, NotFound
from trading.models import Affiliation, Organization
from trading.web import access, exchange
from trading.web.formats import moment
from trading.web.steps import now, tools
from trading.workflow.calendars import missing_years

KEEPERS = (Role.ADMINISTRATOR, Role.CENTRE, Role.SUPERVISOR)


@access.allow(*KEEPERS)
def home() -> ResponseReturnValue:
    """What this role keeps here, and what waits for it."""

    def waiting(identity: bidders.Identity) -> int:
        query = select(func.count()).select_from(Organization).where(Organization.kind == Role.BIDDER)
        return db.session.scalar(query.where(bidders.standing_at(identity))) or 0

    states = {Role.CENTRE: bidders.Identity.PENDING, Role.SUPERVISOR: bidders.Identity.APPEALED}
    state = states.get(access.actor().role)
    missing = missing_years(db.session, tools().book, law_date(now()))
    return render_template(
        "admin/home.html", state=state, waiting=waiting(state) if state else 0, missing_years=missing
    )


@access.allow(*KEEPERS)
def list_organizations() -> ResponseReturnValue:
    """All organisations; those whose identity waits to be checked first."""
    wanted, inputs, errors = asked_for(schemas.OrganizationFilterSchema())
    query = select(Organization).order_by(Organization.identity_checked_at.is_not(None), Organization.name)
    if wanted.get("q"):
        like = f"%{escaped(wanted['q'])}%"
        query = query.where(
            or_(Organization.name.like(like, escape="\\"), Organization.uscc.like(like.upper(), escape="\\"))
        )
    if wanted.get("kind"):
        query = query.where(Organization.kind == wanted["kind"])
    if wanted.get("identity"):
        query = query.where(Organization.kind == Role.BIDDER, bidders.standing_at(wanted["identity"]))
    rows, number, more = paged(query)
    found = [(row[0], bidders.identity_of(row[0])) for row in rows]
    return render_template(
        "admin/organizations.html", organizations=found, fields=inputs, errors=errors, pager=pager(number, more)
    )


def find_organization(organization: str) -> Organization:
    """The organisation of this id.

    Raises:
        NotFound: there is none.
    """
    found = db.session.get(Organization, organization)
    if found is None:
        raise NotFound("没有这个主体", "There is no such organisation")
    return found


@access.allow(*KEEPERS)
def show_organization(organization: str) -> ResponseReturnValue:
    """One organisation and its identity check."""
    found = find_organization(organization)
    related = db.session.scalars(select(Affiliation).where(Affiliation.organization_id == found.id)).all()
    language = exchange.language()
    relations = {one.value: one.word(language) for one in schemas.Relation}
    rows = [
        {"label": _("单位名称"), "value": found.name},
        {"label": _("统一社会信用代码"), "value": found.uscc},
        {"label": _("类别"), "value": found.kind.word(language)},
        {"label": _("法定代表人"), "value": found.legal_representative},
        {"label": _("联系人"), "value": f"{found.contact_name} {found.contact_phone}".strip()},
        {"label": _("地址"), "value": found.address},
        {"label": _("基本账户"), "value": f"{found.bank_name} {found.basic_account}".strip()},
        {
            "label": _("控股、管理关系申报"),
            "value": [f"{one.related_uscc}（{relations.get(one.kind, one.kind)}）" for one in related] or None,
        },
        {"label": _("登记时间"), "value": moment(found.registered_at)},
        {"label": _("身份核验时间"), "value": moment(found.identity_checked_at)},
        {"label": _("核验不通过的理由"), "value": found.identity_refusal},
        {"label": _("申诉理由"), "value": found.identity_appeal},
        {"label": _("申诉决定的理由"), "value": found.identity_decision},
    ]
    identity = bidders.identity_of(found) if found.kind is Role.BIDDER else None
    return render_template("admin/organization.html", organization=found, rows=rows, identity=identity)


def enter_organization(_record: None, data: dict[str, Any]) -> dict[str, Any]:
    """Enter an organisation that is no bidder."""
    with transaction(db.session):
        organization = accounts.create_organization(db.session, data, now())
    return {"id": organization.id, "name": organization.name, "uscc": organization.uscc}


def check_identity(organization: Organization, data: dict[str, Any]) -> dict[str, Any]:
    """The centre accepts an identity, or refuses it with a reason."""
    refused = data["verdict"] is schemas.Verdict.REFUSE
    if refused and not data["reason"]:
        raise InvalidInput({"reason": [_("不通过时必须书面说明理由")]})
    bidders.check_identity(db.session, access.actor(), organization, data["reason"] if refused else None, now())
    return identity_json(organization.id)


def decide_appeal(organization: Organization, data: dict[str, Any]) -> dict[str, Any]:
    """The supervisor upholds a refusal or overturns it."""
    overturned = data["decision"] is schemas.Decision.OVERTURN
    bidders.decide_appeal(db.session, access.actor(), organization, overturned, data["reason"], now())
    return identity_json(organization.id)


def identity_json(organization: str) -> dict[str, Any]:
    """How the identity check stands."""
    return {"organization": organization, "identity": bidders.identity_of(find_organization(organization)).value}
