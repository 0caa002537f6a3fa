"""Bidders register themselves 投标人注册; the centre checks identity only, a refusal can go to the supervisor."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

import structlog
from argon2 import PasswordHasher
from flask_babel import gettext as _
from sqlalchemy import ColumnElement, delete, select
from sqlalchemy.orm import Session

from trading.admin import separation
from trading.admin.accounts import add_unique, create_account
from trading.admin.inbox import deliver
from trading.codelists import Code, Role
from trading.database import transaction
from trading.errors import InvalidInput, NotAllowed, WrongStatus
from trading.models import Affiliation, Organization, User
from trading.values import Values
from trading.workflow.who import refuse_same_person

log = structlog.get_logger()
OF_ORGANIZATION = (
    "name",
    "legal_representative",
    "contact_name",
    "contact_phone",
    "address",
    "bank_name",
    "basic_account",
)


class Identity(Code):
    """Where the identity check of an organisation stands."""

    PENDING = "pending", "待核验", "To be checked"
    CHECKED = "checked", "身份已核验", "Identity checked"
    REFUSED = "refused", "核验未通过", "Refused"
    APPEALED = "appealed", "申诉处理中", "Appeal under way"
    UPHELD = "upheld", "申诉未获支持", "Refusal upheld"


def identity_of(organization: Organization) -> Identity:
    """Where the identity check of ``organization`` stands."""
    if organization.identity_checked_at is not None:
        return Identity.CHECKED
    if organization.identity_decision is not None:
        return Identity.UPHELD
    if organization.identity_appeal is not None:
        return Identity.APPEALED
    return Identity.PENDING if organization.identity_refusal is None else Identity.REFUSED


def standing_at(identity: Identity) -> ColumnElement[bool]:
    """The same as a condition of a query."""
    checked, refusal = Organization.identity_checked_at, Organization.identity_refusal
    appeal, decision = Organization.identity_appeal, Organization.identity_decision
    match identity:
        case Identity.CHECKED:
            return checked.is_not(None)
        case Identity.UPHELD:
            return checked.is_(None) & decision.is_not(None)
        case Identity.APPEALED:
            return checked.is_(None) & decision.is_(None) & appeal.is_not(None)
        case Identity.REFUSED:
            return checked.is_(None) & decision.is_(None) & appeal.is_(None) & refusal.is_not(None)
        case _:
            return checked.is_(None) & decision.is_(None) & appeal.is_(None) & refusal.is_(None)


def register_bidder(
    session: Session, hasher: PasswordHasher, values: Values, data: Mapping[str, Any], now: datetime
) -> tuple[Organization, User]:
    """Register a bidder with its first account, inside the caller's transaction.

    Arguments:
        data: as read by ``RegistrationSchema``.

    Raises:
        InvalidInput: the code is registered already or the platform's own, or what ``create_account`` refuses.
    """
    uscc = data["uscc"]
    refuse_platform(session, uscc, [row["related_uscc"] for row in data.get("affiliations") or []])
    taken = _("统一社会信用代码“%(uscc)s”已登记；如非本单位办理，请联系交易中心", uscc=uscc)
    if session.scalar(select(Organization.id).where(Organization.uscc == uscc)) is not None:
        raise InvalidInput({"uscc": [taken]})
    organization = Organization(uscc=uscc, kind=Role.BIDDER, registered_at=now)
    fill_in(session, organization, data)
    add_unique(session, organization, "uscc", taken)
    declare_affiliations(session, organization, data)
    person = {
        "login": data["login"], "password": data["password"], "name": data["person_name"], "person": data["person"],
        "role": Role.BIDDER, "organization": organization.id,
    }  # fmt: skip
    user, _password = create_account(session, hasher, values, person, now)
    log.info("bidder registered", organization=organization.id)
    return organization, user


def refuse_platform(session: Session, uscc: str, related: list[str]) -> None:
    """The platform's operator and its affiliates may not bid (0.6 iv; D20 23).

    Raises:
        InvalidInput: it is one of them, or says so itself.
    """
    centres = set(session.scalars(select(Organization.uscc).where(Organization.kind == Role.CENTRE)))
    if separation.belongs_to_platform(session, uscc) or centres & set(related):
        raise InvalidInput({"uscc": [_("职责分离：平台运行服务机构及其关联单位不得在本平台投标")]})


def fill_in(session: Session, organization: Organization, data: Mapping[str, Any]) -> None:
    """Take over what the bidder says of itself."""
    for name in OF_ORGANIZATION:
        setattr(organization, name, data.get(name) or "")


def declare_affiliations(session: Session, organization: Organization, data: Mapping[str, Any]) -> None:
    """Replace the declared relations of holding and management."""
    session.execute(delete(Affiliation).where(Affiliation.organization_id == organization.id))
    session.add_all(
        Affiliation(organization_id=organization.id, related_uscc=row["related_uscc"], kind=row["kind"].value)
        for row in data.get("affiliations") or []
    )


def amend(session: Session, organization: Organization, data: Mapping[str, Any]) -> None:
    """Correct what was refused, which puts the registration before the centre once more.

    Raises:
        WrongStatus: the identity is checked, or an appeal is under way.
    """
    with transaction(session):
        kept = locked(session, organization)
        expect(kept, Identity.PENDING, Identity.REFUSED, Identity.UPHELD)
        refuse_platform(session, kept.uscc, [row["related_uscc"] for row in data.get("affiliations") or []])
        fill_in(session, kept, data)
        declare_affiliations(session, kept, data)
        kept.identity_refusal = kept.identity_appeal = kept.identity_decision = None


def locked(session: Session, organization: Organization) -> Organization:
    """The organisation, row locked, read afresh."""
    query = select(Organization).where(Organization.id == organization.id)
    return session.scalars(query.with_for_update().execution_options(populate_existing=True)).one()


def expect(organization: Organization, *states: Identity) -> None:
    """Stop what does not fit where the check stands.

    Raises:
        NotAllowed: no bidder, whose identity nobody checks here.
        WrongStatus: the check stands elsewhere.
    """
    if organization.kind is not Role.BIDDER:
        raise NotAllowed()
    state = identity_of(organization)
    if state not in states:
        raise WrongStatus(
            f"身份核验现处于“{state.zh}”，不能办理此事项", f"The check stands at “{state.en}”: not possible"
        )


def check_identity(session: Session, by: User, organization: Organization, reason: str | None, now: datetime) -> None:
    """The centre's answer: accepted, or refused with a reason in writing, delivered to the inbox.

    Arguments:
        reason: why it is refused; None accepts.

    Raises:
        WrongStatus: it is answered already.
    """
    with transaction(session):
        kept = locked(session, organization)
        expect(kept, Identity.PENDING)
        kept.identity_answered_by_id = by.id
        if reason is None:
            refuse_platform(session, kept.uscc, [])
            kept.identity_checked_at = now
            zh, en = ("身份核验通过", f"“{kept.name}”的身份核验已通过，可以参加投标。"), (
                "Identity checked", f"The identity of “{kept.name}” is checked: you may bid."
            )  # fmt: skip
        else:
            kept.identity_refusal = reason
            zh = (
                "身份核验未通过",
                f"理由：{reason}\n您可以更正后重新提交，也可以向监管机构申诉。查阅公告、下载文件不受影响。",
            )
            en = (
                "Identity check refused",
                f"Reason: {reason}\nYou may correct and hand in again, or appeal to the supervisor. "
                "Reading notices and downloading documents stay open to you.",
            )
        deliver(session, now, zh, en, organizations=[kept.id])
    log.info("identity checked", organization=organization.id, by=by.id, accepted=reason is None)


def appeal(session: Session, organization: Organization, text: str, now: datetime) -> None:
    """The bidder takes a refusal to the supervisor.

    Raises:
        WrongStatus: there is no refusal, or an appeal already.
    """
    with transaction(session):
        kept = locked(session, organization)
        expect(kept, Identity.REFUSED)
        kept.identity_appeal = text
        supervisors = session.scalars(select(User.id).where(User.role == Role.SUPERVISOR, User.active)).all()
        deliver(
            session, now, ("身份核验申诉", f"“{kept.name}”对身份核验结果提出申诉：\n{text}"),
            ("Appeal against an identity check", f"“{kept.name}” appeals against a refused identity check:\n{text}"),
            users=supervisors,
        )  # fmt: skip


def decide_appeal(
    session: Session, by: User, organization: Organization, overturned: bool, reason: str, now: datetime
) -> None:
    """The supervisor's decision: the refusal stands, or is overturned, which counts as checked.

    Raises:
        WrongStatus: there is no open appeal.
        Refused: the person who refused decides nothing about it.
    """
    with transaction(session):
        kept = locked(session, organization)
        expect(kept, Identity.APPEALED)
        refuse_same_person(session, by, [kept.identity_answered_by_id])
        kept.identity_decision = reason
        if overturned:
            refuse_platform(session, kept.uscc, [])
            kept.identity_checked_at = now
        zh = "申诉成立，身份核验视为通过" if overturned else "申诉未获支持，维持原核验结果"
        en = "Appeal upheld: the identity counts as checked" if overturned else "Appeal dismissed: the refusal stands"
        centre = session.scalars(select(User.id).where(User.role == Role.CENTRE, User.active)).all()
        message = (
            (f"申诉决定：{kept.name}", f"{zh}。\n理由：{reason}"),
            (f"Appeal decided: {kept.name}", f"{en}.\n{reason}"),
        )
        deliver(session, now, *message, organizations=[kept.id], users=centre)
    log.info("identity appeal decided", organization=organization.id, by=by.id, overturned=overturned)
