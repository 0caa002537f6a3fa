"""What every page is given 页面框架: navigation, unread messages, the training clock, the other language."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from flask import Flask, current_app, request, url_for
from flask_babel import gettext as _
from flask_login import current_user
from sqlalchemy import func, or_, select

from trading.clock import TrainingClock
from trading.codelists import Role
from trading.database import db
from trading.models import Message
from trading.web.exchange import language
from trading.web.steps import now
from trading.workflow import clockwork
from trading.workflow.keys import key_in_force


@dataclass(frozen=True)
class Demonstration:
    """The training clock as the bar shows it."""

    now: datetime
    next_due: tuple[datetime, str] | None


def demonstration() -> Demonstration | None:
    """The training clock, in demonstration mode only."""
    if not isinstance(current_app.extensions["clock"], TrainingClock):
        return None
    due = clockwork.next_due(db.session, now())
    return Demonstration(now(), (due[0], due[2] if language() == "en" else due[1]) if due else None)


def navigation() -> list[tuple[str, str, bool]]:
    """The main places, by role."""
    places = [
        ("portal.home", _("首页")),
        ("portal.lots", _("交易项目")),
        ("portal.notices", _("公告公示")),
        ("portal.statistics", _("交易统计")),
    ]
    if current_user.is_authenticated:
        places.insert(1, ("portal.my_work", _("我的待办")))
        if current_user.role in (Role.OWNER, Role.AGENCY):
            places += [("filing.projects", _("我的项目")), ("planning.planning", _("时间规划"))]
        if current_user.role in (Role.SUPERVISOR, Role.OVERSIGHT):
            places.append(("oversight.board", _("电子监察")))
        if current_user.role in (Role.AUTHORITY, Role.OVERSIGHT, Role.SUPERVISOR):
            places.append(("admin.reported", _("场外合同报告")))
        if current_user.role in (Role.AUTHORITY, Role.SUPERVISOR):
            places.append(("experts.office", _("专家库")))
        if current_user.role in (Role.CENTRE, Role.OVERSIGHT):
            places.append(("deposits.refunds", _("保证金")))
        if current_user.role is Role.EXPERT:
            places.append(("experts.me", _("我的专家页")))
        if current_user.role in (Role.ADMINISTRATOR, Role.CENTRE, Role.SUPERVISOR):
            places.append(("admin.home", _("主体与账户")))
    return [(url_for(endpoint), label, request.endpoint == endpoint) for endpoint, label in places]


def unread() -> int:
    """How many messages wait for this reader."""
    if not current_user.is_authenticated:
        return 0
    mine = [Message.user_id == current_user.id]
    if current_user.organization_id:
        mine.append(Message.organization_id == current_user.organization_id)
    return (
        db.session.scalar(select(func.count()).select_from(Message).where(or_(*mine), Message.read_at.is_(None))) or 0
    )


def other_language_url() -> str:
    """This page in the other language; none for the answer to a form, which would be lost."""
    arguments = {**(request.view_args or {}), **request.args.to_dict(), "lang": "zh" if language() == "en" else "en"}
    if request.method != "GET":
        return ""
    if request.endpoint is None:
        return url_for("portal.home", lang=arguments["lang"])
    return url_for(request.endpoint, **arguments)


def own_key() -> str:
    """The reader's own signing key in force, its public half; empty when there is none."""
    key = key_in_force(db.session, current_user.signer) if current_user.is_authenticated else None
    return key.public if key else ""


def seals_in_browser() -> bool:
    """Whether the browser's encryption was bundled at set-up (tools/browser)."""
    return (Path(str(current_app.static_folder)) / "trust" / "age.js").is_file()


def context() -> dict[str, Any]:
    """The context of every template."""
    return {
        "nav": navigation(),
        "unread": unread(),
        "demonstration": demonstration(),
        "locale": language(),
        "source_url": current_app.config["TRADING_SOURCE_URL"] or url_for("portal.source"),
        "other_locale_url": other_language_url(),
        "own_key": own_key,
        "seals_in_browser": seals_in_browser,
    }


def init_app(app: Flask) -> None:
    """Register the context."""
    app.context_processor(context)
