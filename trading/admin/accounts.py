"""Accounts and organisations 账户与主体, as the administrator keeps them: he gives rights and has none himself."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

import structlog
from argon2 import PasswordHasher
from flask_babel import gettext as _
from sqlalchemy import select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from trading.admin import passwords, separation
from trading.admin.inbox import deliver
from trading.admin.login import tidy_login
from trading.codelists import Role
from trading.database import transaction
from trading.errors import InvalidInput
from trading.models import Expert, Organization, User
from trading.values import Values

log = structlog.get_logger()
WITH_ORGANIZATION = (
    Role.OWNER, Role.AGENCY, Role.CENTRE, Role.SUPERVISOR, Role.AUTHORITY, Role.OVERSIGHT, Role.BIDDER, Role.BANK,
)  # fmt: skip
KEPT_BY_ADMINISTRATOR = tuple(role for role in WITH_ORGANIZATION if role is not Role.BIDDER)


def create_account(
    session: Session, hasher: PasswordHasher, values: Values, data: Mapping[str, Any], now: datetime
) -> tuple[User, str]:
    """Open an account inside the caller's transaction; answers it with its first password.

    Arguments:
        data: ``login``, ``name``, ``person`` (number of the identity paper), ``role``; ``organization`` (its id) where
            the role acts for one; ``pool_number`` for an expert, whose name and person are then the pool's;
            ``password`` where it is chosen by its owner, otherwise a temporary one is made.

    Raises:
        InvalidInput: login taken, password weak, organisation of another kind, duties that must stay apart.
    """
    role: Role = data["role"]
    login = tidy_login(data["login"])
    if session.scalar(select(User.id).where(User.login == login)) is not None:
        raise InvalidInput({"login": [_("登录名“%(login)s”已被使用", login=login)]})
    expert = _expert(session, data) if role is Role.EXPERT else None
    person = expert.identity_number if expert else (data.get("person") or "").upper()
    name = expert.name if expert else data.get("name") or ""
    if not person or not name:
        field = "person" if name else "name"
        raise InvalidInput({field: [_("请填写姓名和证件号码")]})
    separation.check_person(session, person, role)
    given = data.get("password")
    password = given or passwords.first_password()
    if given:
        passwords.check_password(given, login, values)
    user = User(
        login=login, name=name, person=person, role=role, organization_id=_organization(session, data, role),
        expert_id=expert.id if expert else None, password=hasher.hash(password), password_is_temporary=not given,
        created_at=now,
    )  # fmt: skip
    add_unique(session, user, "login", _("登录名“%(login)s”已被使用", login=login))
    log.info("account created", account=user.id, role=role.value)
    return user, password


def _organization(session: Session, data: Mapping[str, Any], role: Role) -> str | None:
    wanted = data.get("organization")
    if role not in WITH_ORGANIZATION:
        return None
    organization = session.get(Organization, wanted) if wanted else None
    if organization is None:
        raise InvalidInput({"organization": [_("请选择该账户所属的主体")]})
    if organization.kind is not role:
        raise InvalidInput({"organization": [_("所选主体的类别与角色不一致")]})
    return organization.id


def _expert(session: Session, data: Mapping[str, Any]) -> Expert:
    number = data.get("pool_number")
    expert = session.scalar(select(Expert).where(Expert.pool_number == number)) if number else None
    if expert is None:
        raise InvalidInput({"pool_number": [_("专家库中没有这个编号")]})
    if session.scalar(select(User.id).where(User.expert_id == expert.id)) is not None:
        raise InvalidInput({"pool_number": [_("这位专家已有账户")]})
    if expert.authority_staff or separation.is_official(session, expert.identity_number):
        raise InvalidInput({"pool_number": [_("职责分离：监管机构和行业主管部门的人员不得担任评标专家")]})
    return expert


def add_unique(session: Session, record: Any, field: str, sentence: str) -> None:
    """Add a record whose key another may take at the same moment.

    Raises:
        InvalidInput: it was taken.
    """
    session.add(record)
    try:
        session.flush()
    except IntegrityError as taken:
        raise InvalidInput({field: [sentence]}) from taken


def create_organization(session: Session, data: Mapping[str, Any], now: datetime) -> Organization:
    """Enter an organisation that is no bidder, inside the caller's transaction.

    Arguments:
        data: ``name``, ``uscc``, ``kind``, and what is known of address, contact and account.

    Raises:
        InvalidInput: the code is taken, or the kind registers itself.
    """
    if data["kind"] not in KEPT_BY_ADMINISTRATOR:
        raise InvalidInput({"kind": [_("投标人由其自行注册")]})
    known = {name: value for name, value in data.items() if value is not None}
    organization = Organization(**known, registered_at=now, identity_checked_at=now)
    sentence = _("统一社会信用代码“%(uscc)s”已登记", uscc=data["uscc"])
    if session.scalar(select(Organization.id).where(Organization.uscc == data["uscc"])) is not None:
        raise InvalidInput({"uscc": [sentence]})
    add_unique(session, organization, "uscc", sentence)
    return organization


def set_active(session: Session, by: User, user: User, active: bool) -> None:
    """Disable an account, which ends its sessions, or open it again.

    Raises:
        InvalidInput: one's own account, or duties that must stay apart.
    """
    if user.id == by.id:
        raise InvalidInput({"_schema": [_("不能停用自己的账户")]})
    with transaction(session):
        if active and not user.active:
            separation.check_person(session, user.person, user.role)
        user.active = active
        user.session_epoch += 1
    log.info("account opened" if active else "account disabled", account=user.id, by=by.id)


def reset_password(session: Session, hasher: PasswordHasher, by: User, user: User, now: datetime) -> str:
    """Give an account a temporary password, told once; the person finds it in the inbox that this was done."""
    password = passwords.first_password()
    hashed = hasher.hash(password)
    with transaction(session):
        user.password, user.password_is_temporary = hashed, True
        user.session_epoch += 1
        deliver(
            session, now, ("密码已被重置", "系统管理员重置了您的密码。如非您本人申请，请立即联系交易中心。"),
            ("Your password was reset", "The administrator reset your password. If you did not ask for it, call us."),
            users=[user.id],
        )  # fmt: skip
    log.info("password reset", account=user.id, by=by.id)
    return password
