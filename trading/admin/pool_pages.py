"""The expert pool and entrustments 专家库与委托代理, as pages."""

from __future__ import annotations

from typing import Any

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from sqlalchemy import select

from trading.admin import entrusting, expert_pool, pool_file
from trading.admin.pages import paged, pager
from trading.codelists import Role
from trading.database import db, transaction
from trading.errors import InvalidInput
from trading.experts import classification
from trading.models import Expert, Project, User
from trading.web import access, exchange
from trading.web.steps import now

POOL_READERS = (Role.ADMINISTRATOR, Role.SUPERVISOR, Role.AUTHORITY)


@access.allow(*POOL_READERS)
def list_experts() -> ResponseReturnValue:
    """The pool as it was imported: not for the centre, whose staff may never see names (rulebook 0.6 iii)."""
    query = select(Expert, User.login).outerjoin(User, User.expert_id == Expert.id).order_by(Expert.pool_number)
    rows, number, more = paged(query)
    words = {code: classification.word(code, exchange.language()) for code in classification.ENTRIES}
    return render_template("admin/experts.html", rows_of_pool=rows, words=words, pager=pager(number, more))


def import_pool(_record: None, data: dict[str, Any]) -> dict[str, Any]:
    """Take over an extract of the provincial expert pool."""
    mapping = {row["column"].value: row["name"] for row in data["mapping"]}
    if len(mapping) != len(data["mapping"]):
        raise InvalidInput.of("mapping", "同一列只能对应一次", "Name each column once")
    lines = pool_file.read(data["file"].data, mapping)
    with transaction(db.session):
        done = expert_pool.import_experts(db.session, lines, now())
    return {"added": done.added, "changed": done.changed}


def after_import(answer: dict[str, Any], **_path: str) -> str:
    """Tell how many lines were taken over."""
    flash(_("已导入：新增 %(added)s 人，更新 %(changed)s 人。", **answer), "success")
    return url_for("admin.home")


def entrustments_shown(project: Project) -> dict[str, Any]:
    """All entrustments of the project."""
    return {"entrustments": entrusting.entrustments_of(db.session, project)}


def own_project(project: str) -> Project:
    """The caller's project of this id."""
    return entrusting.project_of(db.session, access.actor(), project)


def entrust(project: Project, data: dict[str, Any]) -> dict[str, Any]:
    """Entrust an agency with a project."""
    kept = entrusting.entrust(db.session, project, data["agency"], data["scope"], now())
    return {"project": project.id, "entrustment": kept.id, "agency": kept.agency_id}


def agencies_offered(_project: Project) -> dict[str, list[tuple[str, str]]]:
    """The agencies that may be entrusted."""
    return {"agency": entrusting.agencies(db.session)}


@access.allow(Role.OWNER)
def end_entrustment(project: str, entrustment: str) -> ResponseReturnValue:
    """End an entrustment."""
    entrusting.end_entrustment(db.session, own_project(project), entrustment, now())
    flash(_("委托已终止。"), "success")
    return redirect(url_for("admin.entrust", project=project), 303)
