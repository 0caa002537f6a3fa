"""Applications to the county's list of experts 申请入库: handed in with papers, withdrawn, examined, decided."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date, datetime, timedelta
from typing import Any

import structlog
from argon2 import PasswordHasher
from flask_babel import gettext as _
from sqlalchemy import exists, func, select
from sqlalchemy.orm import Session
from stdnum.cn import ric

from trading.admin import passwords
from trading.admin.accounts import add_unique
from trading.admin.inbox import deliver
from trading.admin.login import tidy_login
from trading.admin.separation import APART
from trading.beijing import law_date
from trading.codelists import Code, Pool, Role, TitleLevel
from trading.database import transaction
from trading.errors import InvalidInput, NotFound, Refused, TooManyAttempts, WrongStatus
from trading.experts.qualification import Applicant, Check, examine
from trading.models import Expert, ExpertApplication, User
from trading.models.columns import new_id
from trading.sealing.files import FileStore
from trading.values import Values

log = structlog.get_logger()
TAKEN_OVER = (
    "born_on", "phone", "employer", "employer_uscc", "employed", "title", "level", "years_in_field", "knows_law",
    "electronic", "healthy", "punished",
)  # fmt: skip


class State(Code):
    """Where an application stands."""

    OPEN = "open", "待审核", "To be examined"
    WITHDRAWN = "withdrawn", "已撤回", "Withdrawn"
    ADMITTED = "admitted", "已入库", "Admitted"
    REFUSED = "refused", "未通过", "Refused"


def state_of(application: ExpertApplication) -> State:
    """Where ``application`` stands."""
    if application.withdrawn_at is not None:
        return State.WITHDRAWN
    if application.decided_at is None:
        return State.OPEN
    return State.ADMITTED if application.admitted else State.REFUSED


def masked(number: str) -> str:
    """A number of identity of which the last four signs alone are shown."""
    return "*" * max(len(number) - 4, 0) + number[-4:] if len(number) > 4 else "*" * len(number)


def register_applicant(
    session: Session, hasher: PasswordHasher, values: Values, data: Mapping[str, Any], now: datetime
) -> User:
    """Open the account of a person who wants to apply, inside the caller's transaction.

    Whether the person is known here already is not told: it is found by whoever examines the application.

    Arguments:
        data: ``login``, ``name``, ``person`` (number of the identity paper), ``password``.

    Raises:
        InvalidInput: the login name is taken, or the password is weak.
    """
    login = tidy_login(data["login"])
    taken = _("登录名“%(login)s”已被使用", login=login)
    if session.scalar(select(User.id).where(User.login == login)) is not None:
        raise InvalidInput({"login": [taken]})
    passwords.check_password(data["password"], login, values)
    user = User(
        login=login, name=data["name"], person=data["person"].upper(), role=Role.EXPERT,
        password=hasher.hash(data["password"]), created_at=now,
    )  # fmt: skip
    add_unique(session, user, "login", taken)
    log.info("applicant registered", account=user.id)
    return user


def open_application(session: Session, user: User) -> ExpertApplication | None:
    """The application of this account that is not decided."""
    undecided = (ExpertApplication.withdrawn_at.is_(None), ExpertApplication.decided_at.is_(None))
    return session.scalar(select(ExpertApplication).where(ExpertApplication.user_id == user.id, *undecided))


def applications_of(session: Session, user: User) -> list[ExpertApplication]:
    """All applications of this account, the newest first."""
    query = select(ExpertApplication).where(ExpertApplication.user_id == user.id)
    return list(session.scalars(query.order_by(ExpertApplication.submitted_at.desc(), ExpertApplication.id)))


def hand_in(
    session: Session, files: FileStore, user: User, data: Mapping[str, Any], values: Values, now: datetime
) -> ExpertApplication:
    """Hand in an application; the authority is told that one waits.

    Raises:
        TooManyAttempts: the account handed in too many within a day.
        Refused: the person is in the pool, or an application of this account is under way.
        InvalidInput: the day of birth is not that of the identity number, or a day lies ahead.
    """
    if user.expert_id is not None:
        raise Refused("in_pool", "您已在专家库内，无需再次申请", "You are in the pool already")
    if open_application(session, user) is not None:
        raise Refused("applied", "您已有一件申请在办理，不能重复申请", "An application of yours is under way already")
    recent = [one for one in applications_of(session, user) if one.submitted_at > now - timedelta(days=1)]
    if len(recent) >= int(values["expert_applications_day"]):
        raise TooManyAttempts("操作过于频繁，请一日后再试", "Too many applications: try again in a day")
    check_days(user.person, data, law_date(now))
    papers = [
        {"name": one.name, "sha256": files.put(one.data), "size": len(one.data), "type": one.media_type}
        for one in data["files"]
    ]
    with transaction(session):
        application = ExpertApplication(
            id=new_id(), user_id=user.id, specialties=[one.value for one in data["specialties"]], files=papers,
            submitted_at=now, **{name: data[name] for name in TAKEN_OVER}, **declared(data),
        )  # fmt: skip
        add_unique(session, application, "_schema", _("您已有一件申请在办理，不能重复申请"))
        authorities = session.scalars(select(User.id).where(User.role == Role.AUTHORITY, User.active)).all()
        deliver(
            session, now, ("专家入库申请待审核", "有一件专家入库申请等待审核，请在“专家库”中办理。"),
            ("An application waits", "An application to the list of experts waits for its examination."),
            users=authorities,
        )  # fmt: skip
    log.info("expert application", application=application.id, by=user.id)
    return application


def declared(data: Mapping[str, Any]) -> dict[str, list[dict[str, Any]]]:
    """Past employers, relatives and interests as the pool keeps them."""
    return {
        "employment_history": [
            {"uscc": row["uscc"], "until": row["until"].isoformat() if row["until"] else None}
            for row in data["employment_history"]
        ],
        "relatives": [{"uscc": row["uscc"]} for row in data["relatives"]],
        "interests": [{"uscc": row["uscc"]} for row in data["interests"]],
    }


def check_days(person: str, data: Mapping[str, Any], today: date) -> None:
    """Whether the days of an application can be.

    Raises:
        InvalidInput: naming the field.
    """
    if data["born_on"] >= today:
        raise InvalidInput.of("born_on", "出生日期应在今日之前", "The day of birth must lie in the past")
    if ric.is_valid(person) and ric.get_birth_date(person) != data["born_on"]:
        raise InvalidInput.of(
            "born_on", "出生日期与证件号码不一致", "The day of birth is not that of the identity number"
        )
    check_history(data["employment_history"], today)


def check_history(rows: Iterable[Mapping[str, Any]], today: date) -> None:
    """Whether nobody leaves a past employer in the future.

    Raises:
        InvalidInput: naming the table.
    """
    if any(row["until"] is not None and row["until"] > today for row in rows):
        raise InvalidInput.of(
            "employment_history", "离职日期不能在今日之后", "Nobody has left an employer on a day to come"
        )


def withdraw(session: Session, user: User, now: datetime) -> None:
    """Withdraw the application that is under way.

    Raises:
        Refused: there is none.
    """
    with transaction(session):
        application = open_application(session, user)
        if application is None:
            raise Refused("no_application", "没有在办理的申请", "No application of yours is under way")
        kept = locked(session, application.id)
        expect_open(kept)
        kept.withdrawn_at = now
    log.info("expert application withdrawn", application=application.id, by=user.id)


def locked(session: Session, application: str) -> ExpertApplication:
    """The application, row locked, read afresh.

    Raises:
        NotFound: there is none.
    """
    query = select(ExpertApplication).where(ExpertApplication.id == application)
    found = session.scalar(query.with_for_update().execution_options(populate_existing=True))
    if found is None:
        raise NotFound("没有这件申请", "There is no such application")
    return found


def expect_open(application: ExpertApplication) -> None:
    """Stop what is late.

    Raises:
        WrongStatus: the application was decided or withdrawn.
    """
    state = state_of(application)
    if state is not State.OPEN:
        raise WrongStatus(f"该申请{state.zh}，不能再办理", f"The application is closed: {state.en}")


def checks(session: Session, application: ExpertApplication, on: date, values: Values) -> tuple[Check, ...]:
    """The conditions of admission as they stand on the day ``on`` (R11.C8)."""
    person = select(User.person).where(User.id == application.user_id).scalar_subquery()
    others = (
        select(ExpertApplication.id)
        .join(User, User.id == ExpertApplication.user_id)
        .where(User.person == person, ExpertApplication.id != application.id)
        .where(ExpertApplication.withdrawn_at.is_(None), ExpertApplication.decided_at.is_(None))
    )
    in_pool = exists().where(Expert.identity_number == person, Expert.removed_on.is_(None))
    held = set(session.scalars(select(User.role).where(User.person == person, User.active)))
    applicant = Applicant(
        **{name: getattr(application, name) for name in TAKEN_OVER if name in Applicant.__slots__},
        specialties=application.specialties, papers=len(application.files),
        known_person=bool(session.scalar(select(in_pool))) or session.scalar(others.limit(1)) is not None,
        apart=any(frozenset((role, Role.EXPERT)) in APART for role in held),
    )  # fmt: skip
    return examine(applicant, on, int(values["expert_age_most"]))


def decide(
    session: Session, by: User, application: str, verdict: tuple[bool, str], values: Values, now: datetime
) -> ExpertApplication:
    """Admit the applicant or refuse him, with reasons and with every condition as it was found; he is told.

    Arguments:
        verdict: whether he is admitted, and why.

    Raises:
        NotFound, WrongStatus: there is no such application, or it is closed.
        Refused: whoever decides is the applicant or works for his employer (four eyes).
        InvalidInput: admitted though a condition is not met (field ``verdict``).
    """
    admitted, reason = verdict
    with transaction(session):
        kept = locked(session, application)
        expect_open(kept)
        applicant = session.get_one(User, kept.user_id)
        refuse_own(by, applicant.person, kept.employer_uscc)
        found = checks(session, kept, law_date(now), values)
        unmet = [one for one in found if not one.met]
        if admitted and unmet:
            zh, en = "；".join(one.zh for one in unmet), "; ".join(one.en for one in unmet)
            raise InvalidInput.of("verdict", f"不符合入库条件，不能通过：{zh}", f"Conditions are not met: {en}")
        kept.decided_at, kept.decided_by_id, kept.admitted, kept.reason = now, by.id, admitted, reason
        kept.findings = [finding_json(one) for one in found]
        if admitted:
            admit(session, applicant, kept, now)
        tell_applicant(session, kept, unmet, now)
    log.info("expert application decided", application=application, by=by.id, admitted=admitted)
    return kept


def finding_json(check: Check) -> dict[str, Any]:
    """A condition as the decision keeps it."""
    return {"code": check.code, "met": check.met, "found": check.found}


def refuse_own(by: User, person: str, employer_uscc: str) -> None:
    """Nobody decides about himself or about a colleague.

    Raises:
        Refused: he would.
    """
    home = by.organization.uscc if by.organization else None
    if by.person == person or home == employer_uscc:
        raise Refused(
            "own_employer",
            "审核人不得是本人或者其工作单位的人员，请由其他单位办理",
            "Nobody decides about himself or a colleague: another body has to",
        )


def admit(session: Session, applicant: User, application: ExpertApplication, now: datetime) -> Expert:
    """Enter the applicant in the county's list, under a number that tells neither time nor order."""
    expert = Expert(
        id=new_id(), pool_number=f"XJ-{new_id()[:8].upper()}", pool=Pool.COUNTY, name=applicant.name,
        identity_number=applicant.person, phone=application.phone, employer=application.employer,
        employer_uscc=application.employer_uscc, specialties=application.specialties, title=application.title,
        senior_title=application.level is not TitleLevel.BELOW, years_in_field=application.years_in_field,
        punished=application.punished, employment_history=application.employment_history,
        relatives=application.relatives, interests=application.interests, imported_at=now,
    )  # fmt: skip
    session.add(expert)
    session.flush()
    applicant.expert_id = expert.id
    return expert


def tell_applicant(session: Session, application: ExpertApplication, unmet: Iterable[Check], now: datetime) -> None:
    """Deliver the decision with its reasons."""
    zh, en = "您已列入县级专家名录。", "You are in the county's list of experts."
    if not application.admitted:
        missing = list(unmet)
        zh = "您的入库申请未通过。" + "".join(f"\n不符合：{one.zh}" for one in missing) + "\n补正后可以重新申请。"
        en = "Your application is refused." + "".join(f"\nNot met: {one.en}" for one in missing) + "\nApply again."
    deliver(
        session, now, ("专家入库申请结果", f"{zh}\n理由：{application.reason}"),
        ("Decision on your application", f"{en}\nReasons: {application.reason}"), users=[application.user_id],
    )  # fmt: skip


def waiting(session: Session) -> int:
    """How many applications wait to be examined."""
    undecided = (ExpertApplication.withdrawn_at.is_(None), ExpertApplication.decided_at.is_(None))
    return session.scalar(select(func.count()).select_from(ExpertApplication).where(*undecided)) or 0
