"""The public pages of the credit record 信用公示."""

from __future__ import annotations

from datetime import date
from typing import Any

from flask import jsonify, render_template
from flask.typing import ResponseReturnValue
from flask_smorest import Blueprint
from sqlalchemy import select

from trading.beijing import law_date
from trading.credit import records
from trading.credit.step_pages import mount_on
from trading.database import db
from trading.errors import NotFound
from trading.models import CreditRecord, Organization
from trading.web import access
from trading.web.steps import now, tools

blueprint = Blueprint("credit", __name__, description="信用与自律 Credit record")
mount_on(blueprint)


def as_json(row: CreditRecord, today: date) -> dict[str, Any]:
    """One entry as JSON."""
    return {
        "organization": row.organization.name,
        "uscc": row.organization.uscc,
        "act": row.act,
        "basis": row.basis,
        "organ": row.organ,
        "decided_on": row.decided_on.isoformat(),
        "barred_from": row.barred_from.isoformat() if row.barred_from else None,
        "barred_until": row.barred_until.isoformat() if row.barred_until else None,
        "number": row.number,
        "ended_on": row.ended_on.isoformat() if row.ended_on else None,
        "ending": row.ending.value if row.ending else None,
        "barred_now": records.in_force(row, today),
        "score": None if row.score is None else f"{row.score:.2f}",
    }


def organization_of(uscc: str) -> Organization:
    """The organisation of this credit code.

    Raises:
        NotFound: there is none.
    """
    found = db.session.scalar(select(Organization).where(Organization.uscc == uscc))
    if found is None:
        raise NotFound("没有这个主体", "There is no such organisation")
    return found


def months_shown(today: date) -> int:
    """How long a decision without a bar is shown."""
    return int(tools().book.on(today)["credit_shown_months"])


@access.public
def decisions() -> ResponseReturnValue:
    """Decisions in force, of everybody."""
    today = law_date(now())
    rows = records.decisions_shown(db.session, today, months_shown(today))
    return render_template("credit/decisions.html", rows=rows, today=today, in_force=records.in_force)


@access.public
def decisions_json() -> ResponseReturnValue:
    """Decisions in force as JSON."""
    today = law_date(now())
    return jsonify([as_json(row, today) for row in records.decisions_shown(db.session, today, months_shown(today))])


@access.public
def organization(uscc: str) -> ResponseReturnValue:
    """The record of one organisation."""
    found, today = organization_of(uscc), law_date(now())
    formal, ratings = records.record_of(db.session, found)
    return render_template(
        "credit/organization.html", organization=found, decisions=formal, ratings=ratings, today=today,
        in_force=records.in_force,
    )  # fmt: skip


@access.public
def organization_json(uscc: str) -> ResponseReturnValue:
    """The record of one organisation as JSON."""
    found, today = organization_of(uscc), law_date(now())
    formal, ratings = records.record_of(db.session, found)
    return jsonify(
        {
            "organization": found.name,
            "uscc": found.uscc,
            "decisions": [as_json(row, today) for row in formal],
            "performance": [as_json(row, today) for row in ratings],
        }
    )


blueprint.add_url_rule("/credit", "decisions", decisions)
blueprint.add_url_rule("/credit/<string:uscc>", "organization", organization)
blueprint.add_url_rule("/api/v1/credit", "decisions_json", decisions_json)
blueprint.add_url_rule("/api/v1/credit/<string:uscc>", "organization_json", organization_json)
