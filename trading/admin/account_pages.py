"""Keeping accounts 账户管理: the administrator opens, disables and resets them."""

from __future__ import annotations

from typing import Any

from flask import render_template
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from sqlalchemy import func, or_, select

from trading.admin import accounts, schemas
from trading.admin.account import hasher
from trading.admin.pages import asked_for, escaped, law, paged, pager
from trading.codelists import Role
from trading.database import db, transaction
from trading.errors import NotFound
from trading.models import Organization, User
from trading.web import access, exchange
from trading.web.formats import moment
from trading.web.steps import now


@access.allow(Role.ADMINISTRATOR)
def list_accounts() -> ResponseReturnValue:
    """All accounts."""
    wanted, inputs, errors = asked_for(schemas.AccountFilterSchema())
    query = select(User).order_by(User.role, User.login)
    if wanted.get("q"):
        like = f"%{escaped(wanted['q'].lower())}%"
        query = query.where(or_(User.login.like(like, escape="\\"), func.lower(User.name).like(like, escape="\\")))
    if wanted.get("role"):
        query = query.where(User.role == wanted["role"])
    rows, number, more = paged(query)
    users = [row[0] for row in rows]
    return render_template("admin/accounts.html", users=users, fields=inputs, errors=errors, pager=pager(number, more))


def find_user(account: str) -> User:
    """The account of this id.

    Raises:
        NotFound: there is none.
    """
    user = db.session.get(User, account)
    if user is None:
        raise NotFound("没有这个账户", "There is no such account")
    return user


@access.allow(Role.ADMINISTRATOR)
def show_account(account: str) -> ResponseReturnValue:
    """One account."""
    user = find_user(account)
    rows = [
        {"label": _("姓名"), "value": user.name},
        {"label": _("登录名"), "value": user.login},
        {"label": _("角色"), "value": user.role.word(exchange.language())},
        {"label": _("单位"), "value": user.organization.name if user.organization else None},
        {"label": _("证件号码"), "value": user.person},
        {"label": _("状态"), "value": _("可用") if user.active else _("已停用")},
        {"label": _("开户时间"), "value": moment(user.created_at)},
        {"label": _("上次登录"), "value": moment(user.last_login_at)},
    ]
    return render_template("admin/account.html", user=user, rows=rows)


def open_account(_record: None, data: dict[str, Any]) -> dict[str, Any]:
    """Open an account; its temporary password is told once."""
    with transaction(db.session):
        user, password = accounts.create_account(db.session, hasher(), law(), data, now())
    return {"id": user.id, "login": user.login, "name": user.name, "password": password}


def open_expert_account(record: None, data: dict[str, Any]) -> dict[str, Any]:
    """Open the account of an expert of the pool; its temporary password is told once."""
    return open_account(record, data | {"role": Role.EXPERT})


def told_once(answer: dict[str, Any], **_path: str) -> ResponseReturnValue:
    """The page that tells a temporary password, once."""
    return render_template("admin/told_once.html", answer=answer)


def reset_password(user: User, _data: dict[str, Any]) -> dict[str, Any]:
    """Reset a password; the temporary one is told once."""
    password = accounts.reset_password(db.session, hasher(), access.actor(), user, now())
    return {"id": user.id, "login": user.login, "name": user.name, "password": password}


def set_active(user: User, data: dict[str, Any]) -> dict[str, Any]:
    """Disable an account, or open it again."""
    accounts.set_active(db.session, access.actor(), user, data["active"])
    return {"id": user.id, "active": user.active}


def organizations_offered(_record: Any) -> dict[str, list[tuple[str, str]]]:
    """The organisations that an account may act for."""
    query = select(Organization.id, Organization.name, Organization.kind).order_by(Organization.kind, Organization.name)
    language = exchange.language()
    return {"organization": [(one, f"{kind.word(language)} · {name}") for one, name, kind in db.session.execute(query)]}
