"""The people of the demonstration county 示范县人员: offices, companies, experts, and an account for each role."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from argon2 import PasswordHasher
from sqlalchemy.orm import Session

from trading.codelists import Role, Specialty
from trading.demo import county
from trading.demo.purchases import SUPPLIERS
from trading.identifiers import make_uscc
from trading.models import Expert, Organization, User

PASSWORD = "wutong-demo-2026"
DIVISION, PROVINCE = "422823", "420100"
EXPERTS = 64
OFFICES = (
    (Role.CENTRE, "巴东县公共资源交易中心", "12"),
    (Role.SUPERVISOR, "巴东县公共资源交易监督管理局", "11"),
    (Role.AUTHORITY, "巴东县发展和改革局", "11"),
    (Role.OVERSIGHT, "巴东县纪委监委", "11"),
    (Role.BANK, "巴东农村商业银行", "91"),
    (Role.NOTARY, "巴东县公证处", "12"),
)


@dataclass(frozen=True)
class Cast:
    """Who acts in the stories: accounts by login; experts by account id; bidders and owners by number."""

    by_login: dict[str, User]
    experts: dict[str, User]
    owners: tuple[User, ...]
    bidders: tuple[User, ...]
    sellers: tuple[User, ...] = ()
    buyers: tuple[User, ...] = ()
    suppliers: tuple[User, ...] = ()

    def __getitem__(self, login: str) -> User:
        """The account of ``login``."""
        return self.by_login[login]


class Founding:
    """Makes organisations and accounts in the caller's transaction."""

    def __init__(self, session: Session, hasher: PasswordHasher, now: datetime) -> None:
        self.session = session
        self.now = now
        self.password = hasher.hash(PASSWORD)
        self.serial = 0
        self.users: dict[str, User] = {}

    def organization(self, role: Role, name: str, kind: str, division: str = DIVISION) -> Organization:
        """One organisation with a valid credit code."""
        self.serial += 1
        serial = self.serial
        row = Organization(
            name=name, uscc=make_uscc(division, 1000 + serial, kind), kind=role, registered_at=self.now,
            identity_checked_at=self.now, address=f"{name}办公地址", contact_name=county.person("contact", name),
            contact_phone=f"0718-42{serial:05d}", legal_representative=county.name_of(serial),
            bank_name="巴东农村商业银行", basic_account=f"8201 0000 {serial:08d}".replace(" ", ""),
        )  # fmt: skip
        self.session.add(row)
        self.session.flush()
        return row

    def account(
        self, login: str, name: str, role: Role, home: Organization | None = None, expert: Expert | None = None
    ) -> None:
        """One account."""
        user = User(
            login=login, name=name, person=f"422823-{login}", role=role, password=self.password, created_at=self.now,
            organization_id=home.id if home else None, expert_id=expert.id if expert else None,
        )  # fmt: skip
        self.session.add(user)
        self.users[login] = user

    def expert(self, number: int) -> None:
        """One expert of the provincial pool, each of another employer."""
        kinds = list(Specialty)
        name = county.person("expert", number)
        expert = Expert(
            pool_number=f"HB-{number:05d}", name=name, identity_number=f"42010019{70 + number % 20}0101{number:04d}",
            phone=f"1397{number:07d}", employer=f"湖北第{number}设计咨询有限公司",
            employer_uscc=make_uscc(PROVINCE, 5000 + number, "91"),
            specialties=[kinds[number % len(kinds)].value, kinds[(number * 3 + 1) % len(kinds)].value],
            title=county.pick(county.TITLES, "title", number), senior_title=True,
            years_in_field=9 + county.draw("years", number) % 25, imported_at=self.now,
        )  # fmt: skip
        self.session.add(expert)
        self.session.flush()
        self.account(f"expert{number}", name, Role.EXPERT, expert=expert)


def found(session: Session, hasher: PasswordHasher, now: datetime) -> None:
    """Make everybody, in the caller's transaction."""
    made = Founding(session, hasher, now)
    homes: dict[Role, list[Organization]] = {
        role: [made.organization(role, name, kind)] for role, name, kind in OFFICES
    }
    homes[Role.OWNER] = [made.organization(Role.OWNER, name, "11") for name in county.OWNERS]
    homes[Role.AGENCY] = [made.organization(Role.AGENCY, name, "91") for name in county.AGENCIES]
    homes[Role.BIDDER] = [made.organization(Role.BIDDER, name, "91") for name in county.BIDDERS]
    for number, home in enumerate(homes[Role.OWNER], 1):
        made.account("owner" if number == 1 else f"owner{number}", county.person("owner", number), Role.OWNER, home)
    for number, home in enumerate(homes[Role.AGENCY], 1):
        made.account("agency" if number == 1 else f"agency{number}", county.person("agency", number), Role.AGENCY, home)
    for number, home in enumerate(homes[Role.BIDDER], 1):
        made.account(f"bidder{number}", county.person("bidder", number), Role.BIDDER, home)
    found_sellers(made)
    for login, role in county.STAFF:
        made.account(login, county.person(login), role, homes.get(role, [None])[0])
    for number in range(1, EXPERTS + 1):
        made.expert(number)
    session.flush()


def found_sellers(made: Founding) -> None:
    """Who disposes of things, who buys or rents them, and who supplies goods."""
    for role, login, names, kind in (
        (Role.OWNER, "seller", county.SELLERS, "11"),
        (Role.BIDDER, "buyer", county.BUYERS, "91"),
        (Role.BIDDER, "supplier", SUPPLIERS, "91"),
    ):
        for number, name in enumerate(names, 1):
            home = made.organization(role, name, kind)
            made.account(f"{login}{number}", county.person(login, number), role, home)


def cast(users: dict[str, User]) -> Cast:
    """The people as the stories call them."""
    owners = tuple(users["owner" if number == 1 else f"owner{number}"] for number in range(1, len(county.OWNERS) + 1))
    bidders = tuple(users[f"bidder{number}"] for number in range(1, len(county.BIDDERS) + 1))
    experts = {user.id: user for user in users.values() if user.role is Role.EXPERT}
    sellers = tuple(users[f"seller{number}"] for number in range(1, len(county.SELLERS) + 1))
    buyers = tuple(users[f"buyer{number}"] for number in range(1, len(county.BUYERS) + 1))
    suppliers = tuple(users[f"supplier{number}"] for number in range(1, len(SUPPLIERS) + 1))
    return Cast(users, experts, owners, bidders, sellers, buyers, suppliers)


ROLES_SHOWN = (
    "owner", "seller1", "agency", "centre", "supervisor", "authority", "oversight", "officer", "notary", "bidder1",
    "bidder2", "supplier1", "buyer1", "buyer2", "expert1", "admin", "bank",
)  # fmt: skip
