"""One's own account 我的账户: log in and out, password, inbox, registration of bidders, the training clock."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlsplit

from argon2 import PasswordHasher
from flask import current_app, flash, jsonify, redirect, render_template, request, session, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_login import current_user, login_user, logout_user
from flask_smorest import Blueprint

from trading.admin import bidders, inbox, login, schemas
from trading.admin.pages import FormPage, law, mount_form, page_number
from trading.codelists import Role
from trading.database import db, transaction
from trading.errors import NotAllowed
from trading.models import Organization, User
from trading.web import access, exchange, throttle
from trading.web.formats import moment
from trading.web.steps import now

blueprint = Blueprint("account", __name__, description="账户与收件箱 Accounts and inbox")
OPEN_TO_TEMPORARY = (
    "account.password", "account.password_json", "account.log_out", "account.log_out_json", "static",
    "bootstrap.static",
)  # fmt: skip


def hasher() -> PasswordHasher:
    """The installation's password hasher."""
    return current_app.extensions["hasher"]  # type: ignore[no-any-return]


def begin_session(user: User) -> None:
    """A new session for ``user``; nothing of the old one is kept but the language."""
    language = session.get("lang")
    session.clear()
    session.permanent = True
    if language:
        session["lang"] = language
    login_user(user)


def end_session() -> None:
    """Nothing of this session is kept."""
    logout_user()
    session.clear()


def local(address: str | None) -> str | None:
    """``address`` if it leads to this site."""
    if not address or not address.startswith("/") or address.startswith("//"):
        return None
    parts = urlsplit(address)
    if parts.scheme or parts.netloc or "\\" in address or any(ord(sign) < 33 for sign in address):
        return None
    return address


def log_in(_record: None, data: dict[str, Any]) -> dict[str, Any]:
    """Log in; the session cookie comes with the answer."""
    credentials = (data["login"], data["password"])
    user = login.log_in(db.session, hasher(), law(), credentials, request.remote_addr or "", now())
    begin_session(user)
    return {
        "login": user.login, "name": user.name, "role": user.role.value,
        "organization": user.organization.name if user.organization else None,
        "password_is_temporary": user.password_is_temporary,
    }  # fmt: skip


def after_login(answer: dict[str, Any]) -> str:
    """Where the person wanted to go, or to the work that waits."""
    if answer["password_is_temporary"]:
        return url_for("account.password")
    return local(request.args.get("next")) or url_for("portal.my_work")


def change_password(_record: None, data: dict[str, Any]) -> dict[str, Any]:
    """Change the password; all other sessions of the account end."""
    user = access.actor()
    login.change_password(db.session, hasher(), law(), user, data["old_password"], data["new_password"])
    begin_session(user)
    return {"changed": True}


def register(_record: None, data: dict[str, Any]) -> dict[str, Any]:
    """Register a bidder with its first account; the centre then checks the identity."""
    throttle.knock(db.session, law(), throttle.Door.REGISTRATION, request.remote_addr or "", now())
    with transaction(db.session):
        organization, user = bidders.register_bidder(db.session, hasher(), law(), data, now())
    begin_session(user)
    return {"organization": organization.id, "login": user.login, "identity": bidders.identity_of(organization).value}


def own_organization(**_path: str) -> Organization:
    """The bidder for which the caller acts."""
    organization = access.actor().organization
    if organization is None:
        raise NotAllowed()
    return organization


def amend(organization: Organization, data: dict[str, Any]) -> dict[str, Any]:
    """Correct the registration and hand it in again."""
    bidders.amend(db.session, organization, data)
    return {"organization": organization.id, "identity": bidders.identity_of(own_organization()).value}


def appeal(organization: Organization, data: dict[str, Any]) -> dict[str, Any]:
    """Take a refused identity check to the supervisor."""
    bidders.appeal(db.session, organization, data["text"], now())
    return {"organization": organization.id, "identity": bidders.identity_of(own_organization()).value}


def details(organization: Organization) -> dict[str, Any]:
    """What the organisation said of itself."""
    return {name: getattr(organization, name) for name in bidders.OF_ORGANIZATION}


def to_account(_answer: dict[str, Any], **_path: str) -> str:
    """Back to one's own account."""
    return url_for("account.home")


def account_url(**_path: str) -> str:
    """The page of one's own account."""
    return url_for("account.home")


FORMS = (
    FormPage(
        "login", "/login", _l("登录"), _l("登录"), schemas.LoginSchema, None, log_in, after_login,
        template="account/login.html",
    ),
    FormPage(
        "password", "/account/password", _l("修改密码"), _l("修改密码"), schemas.ChangePasswordSchema, (),
        change_password, to_account, lead=_l("修改后，其他设备上的登录全部失效。"), done=_l("密码已修改。"),
        cancel=account_url,
    ),
    FormPage(
        "register", "/register", _l("注册为投标人"), _l("提交注册"), schemas.RegistrationSchema, None, register,
        to_account,
        lead=_l("注册后即可查阅、下载和提问；交易中心只核验身份，核验通过后可以投标。"),
        done=_l("注册成功，身份信息已提交交易中心核验。"),
    ),
    FormPage(
        "amend", "/account/organization", _l("更正注册信息"), _l("重新提交"), schemas.OrganizationDetailsSchema,
        (Role.BIDDER,), amend, to_account, find=own_organization, initial=details,
        done=_l("已重新提交交易中心核验。"), cancel=account_url,
    ),
    FormPage(
        "appeal", "/account/appeal", _l("对身份核验结果提出申诉"), _l("提交申诉"), schemas.IdentityAppealSchema,
        (Role.BIDDER,), appeal, to_account, find=own_organization, lead=_l("申诉由监管机构决定，结果送达收件箱。"),
        done=_l("申诉已提交监管机构。"), cancel=account_url,
    ),
)  # fmt: skip
for _form in FORMS:
    mount_form(blueprint, _form)


@access.public
def log_out() -> ResponseReturnValue:
    """End this session."""
    end_session()
    return redirect(url_for("portal.home"), 303)


@access.public
def log_out_json() -> ResponseReturnValue:
    """End this session; a function of its own, as freedom from the form's token goes by the function's name."""
    exchange.from_json()
    end_session()
    return jsonify({"logged_out": True})


@access.allow()
def log_out_everywhere() -> ResponseReturnValue:
    """End all sessions of this account."""
    login.log_out_everywhere(db.session, access.actor())
    end_session()
    return redirect(url_for("portal.home"), 303)


@access.allow()
def home() -> ResponseReturnValue:
    """One's own account: who I am here, and how my organisation's identity check stands."""
    user = access.actor()
    organization = user.organization
    identity = bidders.identity_of(organization) if organization and user.role is Role.BIDDER else None
    rows = [
        {"label": _("姓名"), "value": user.name},
        {"label": _("登录名"), "value": user.login},
        {"label": _("角色"), "value": user.role.word(exchange.language())},
        {"label": _("单位"), "value": organization.name if organization else None},
        {"label": _("统一社会信用代码"), "value": organization.uscc if organization else None},
        {"label": _("上次登录"), "value": moment(user.last_login_at)},
    ]
    return render_template("account/home.html", rows=rows, organization=organization, identity=identity)


@access.allow()
def read_inbox() -> ResponseReturnValue:
    """The messages of the person and of the organisation, unread first."""
    number = page_number()
    found = inbox.messages_of(db.session, access.actor(), inbox.MOST + 1, (number - 1) * inbox.MOST)
    shown, more = found[: inbox.MOST], len(found) > inbox.MOST
    if request.path.startswith("/api/"):
        messages = [inbox.as_json(message, code, exchange.language()) for message, code in shown]
        return jsonify({"messages": messages, "page": number, "more": more})
    return render_template("account/inbox.html", messages=shown, number=number, more=more)


@access.allow()
def read_message(message: str) -> ResponseReturnValue:
    """One message; opening it is its reading."""
    found, code = inbox.open_message(db.session, access.actor(), message, now())
    return render_template("account/message.html", message=found, code=code)


@access.allow()
def read_message_json(message: str) -> ResponseReturnValue:
    """One message by JSON, marked as read."""
    exchange.from_json()
    found, code = inbox.open_message(db.session, access.actor(), message, now())
    return jsonify(inbox.as_json(found, code, exchange.language()))


@blueprint.before_app_request
def change_temporary_password() -> ResponseReturnValue | None:
    """Who has a temporary password changes it before anything else."""
    if request.endpoint is None or request.endpoint in OPEN_TO_TEMPORARY or request.endpoint.endswith("static"):
        return None
    if not current_user.is_authenticated or not current_user.password_is_temporary:
        return None
    if access.wants_json() or request.method != "GET":
        raise NotAllowed("请先修改临时密码", "Change your temporary password first")
    flash(_("请先修改临时密码。"), "warning")
    return redirect(url_for("account.password"))


blueprint.add_url_rule("/account", "home", home)
blueprint.add_url_rule("/logout", "log_out", log_out, methods=["POST"])
blueprint.add_url_rule("/api/v1/logout", "log_out_json", log_out_json, methods=["POST"])
blueprint.add_url_rule("/account/log-out-everywhere", "log_out_everywhere", log_out_everywhere, methods=["POST"])
blueprint.add_url_rule("/inbox", "inbox", read_inbox)
blueprint.add_url_rule("/api/v1/inbox", "inbox_json", read_inbox)
blueprint.add_url_rule("/inbox/<string:message>", "message", read_message)
blueprint.add_url_rule("/api/v1/inbox/<string:message>/read", "message_json", read_message_json, methods=["POST"])
