"""The persons a replay supplies 回放中的人员: owner, centre, supervisor, bank, experts, and the bidders of the file."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from trading.codelists import Role, Specialty
from trading.identifiers import make_uscc
from trading.models import Expert, Organization, User
from trading.replay.auctions import Offer
from trading.replay.hands import Hands

DIVISION, PROVINCE = "422823", "420100"
POOL = 15
SPECIALTY = Specialty.MUNICIPAL
NO_LOGIN = "!"
BODIES = (
    (Role.OWNER, "回放项目单位", "11"),
    (Role.CENTRE, "回放交易中心", "12"),
    (Role.SUPERVISOR, "回放监管机构", "11"),
    (Role.BANK, "回放保证金开户银行", "91"),
    (Role.NOTARY, "回放公证处", "12"),
)
SERIALS = {Role.OWNER: 1, Role.CENTRE: 2, Role.SUPERVISOR: 3, Role.BANK: 4, Role.NOTARY: 5}
OFFICERS = 2
FIRST_BIDDER, FIRST_EMPLOYER = 1_000, 500


@dataclass(frozen=True)
class Cast:
    """The accounts that act in every auction, free of any session; ``experts`` by account id."""

    owner: User
    centre: User
    supervisor: User
    bank: User
    notary: User
    officers: tuple[User, ...]
    experts: dict[str, User]


def engage(session: Session, hands: Hands, now: datetime) -> Cast:
    """Make the bodies and the expert pool, and register the keys, in the caller's transaction."""
    staff = {}
    for role, name, kind in BODIES:
        home = Organization(
            name=name, uscc=make_uscc(DIVISION, SERIALS[role], kind), kind=role, registered_at=now,
            identity_checked_at=now,
        )  # fmt: skip
        session.add(home)
        session.flush()
        staff[role] = _account(session, role.value, f"{name}经办人", role, now, organization_id=home.id)
    experts = [_expert(session, number, now) for number in range(1, POOL + 1)]
    session.flush()
    officers = tuple(
        _account(session, f"officer-{number}", f"推定开标密钥持有人{number}", Role.OPENING_OFFICER, now)
        for number in range(1, OFFICERS + 1)
    )
    session.flush()
    for one in (*staff.values(), *experts, *officers):
        session.refresh(one, ["organization"])
    owner, centre, supervisor, bank, notary = (staff[role] for role, _name, _kind in BODIES)
    hands.register(session, (owner, centre, supervisor, notary, *officers), now)
    return Cast(owner, centre, supervisor, bank, notary, officers, {one.id: one for one in experts})


def _account(session: Session, login: str, name: str, role: Role, now: datetime, **more: str) -> User:
    """An account nobody can log in with."""
    user = User(login=login, name=name, person=f"P-{login}", role=role, password=NO_LOGIN, created_at=now, **more)
    session.add(user)
    return user


def _expert(session: Session, number: int, now: datetime) -> User:
    """One expert of the pool, each of another employer."""
    expert = Expert(
        pool_number=f"R-{number:03d}", name=f"推定专家{number}", identity_number=f"P-expert-{number}",
        employer=f"推定设计院{number}", employer_uscc=make_uscc(PROVINCE, FIRST_EMPLOYER + number),
        specialties=[SPECIALTY.value], title="高级工程师", senior_title=True, years_in_field=15, imported_at=now,
    )  # fmt: skip
    session.add(expert)
    session.flush()
    return _account(session, f"expert-{number}", expert.name, Role.EXPERT, now, expert_id=expert.id)


def account_number(offer: Offer) -> str:
    """The basic account that is assumed of a bidder."""
    return f"6222{offer.number:012d}"


def invite_bidders(session: Session, offers: Iterable[Offer], now: datetime) -> dict[int, User]:
    """The accounts of these bidders by number, in the caller's transaction; a name that is new gets an organisation."""
    wanted = {f"bidder-{offer.number}": offer for offer in offers}
    found = {user.login: user for user in session.scalars(select(User).where(User.login.in_(wanted)))}
    for login, offer in wanted.items():
        if login not in found:
            home = Organization(
                name=offer.bidder, uscc=make_uscc(DIVISION, FIRST_BIDDER + offer.number), kind=Role.BIDDER,
                legal_representative=f"推定法定代表人{offer.number}", bank_name="推定开户银行",
                basic_account=account_number(offer), registered_at=now, identity_checked_at=now,
            )  # fmt: skip
            session.add(home)
            session.flush()
            found[login] = _account(session, login, f"{offer.bidder}"[:190], Role.BIDDER, now, organization_id=home.id)
            session.flush()
            session.refresh(found[login], ["organization"])
    return {wanted[login].number: user for login, user in found.items()}
