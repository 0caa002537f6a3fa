"""Contracts that finance or audit reports 场外合同报告: a list and a form; what was not traded here is marked."""

from __future__ import annotations

import logging
from typing import Any

from flask import render_template, url_for
from flask.typing import ResponseReturnValue

from trading.beijing import law_date
from trading.codelists import ProjectType, Role
from trading.database import db, transaction
from trading.errors import InvalidInput
from trading.models import ReportedContract
from trading.web import access
from trading.web.steps import now
from trading.workflow.reported import newest_reports

log = logging.getLogger(__name__)
SHOWN = 200
REPORTERS = (Role.AUTHORITY, Role.OVERSIGHT, Role.SUPERVISOR)


@access.allow(*REPORTERS)
def reported() -> ResponseReturnValue:
    """The newest reports, each with whether a lot of the owner stands behind it."""
    return render_template("admin/reported.html", rows=newest_reports(db.session, SHOWN))


def report_contract(_record: None, data: dict[str, Any]) -> dict[str, Any]:
    """Keep a reported contract; it is judged when the owner next enters a lot (R01.C12).

    Raises:
        InvalidInput: works without a category, or a contract of a day to come.
    """
    if data["type"] is ProjectType.WORKS and data["category"] is None:
        raise InvalidInput.of("category", "工程建设项目应当填写类别", "Works need their category")
    if data["signed_on"] > law_date(now()):
        raise InvalidInput.of("signed_on", "签订日期不能晚于今天", "The contract cannot be of a day to come")
    with transaction(db.session):
        contract = ReportedContract(**data, reported_at=now(), reported_by_id=access.actor().id)
        db.session.add(contract)
        db.session.flush()
        id = contract.id
    log.info("contract %s reported by %s", id, access.actor().actor)
    return {"id": id}


def after_report(_answer: Any = None, **_path: str) -> str:
    """The list of reports."""
    return url_for("admin.reported")
