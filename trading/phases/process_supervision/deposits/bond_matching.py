"""Whose a payment is 保证金自动匹配: by virtual account, else by remark and basic account; always with the reason."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from trading.codelists import ProjectType, Role
from trading.models import Lot, Organization
from trading.sealing.virtual_accounts import SECRET, holders, is_well_formed
from trading.workflow.deposit_record import payers
from trading.workflow.taking import Tools


@dataclass(frozen=True)
class Match:
    """What the machine makes of a bank line; ``reason`` is kept with it."""

    organization_id: str | None
    from_basic_account: bool | None
    reason: str


class Matcher:
    """Matches the lines of one lot; the numbers of its virtual accounts are computed once, and only if asked for."""

    def __init__(self, session: Session, tools: Tools, lot: Lot) -> None:
        self.session, self.tools, self.lot = session, tools, lot

    @cached_property
    def accounts(self) -> dict[str, str]:
        """Virtual account → organisation, of everybody who might bid."""
        return holders(self.tools.vault.seed(SECRET), self.lot.code, payers(self.session))

    @property
    def basic_only(self) -> bool:
        """Whether money from another than the basic account does not count (ZTBT 26, R09.C3): works alone."""
        return self.lot.project.type is ProjectType.WORKS

    def match(self, line: dict[str, Any]) -> Match:
        """Whose a line is: what is told by the number of the virtual account goes before remark and payer."""
        number = line.get("virtual_account")
        if number:
            return self.by_virtual_account(number, line["payer_account"])
        return self.by_remark(line)

    def by_virtual_account(self, number: str, payer_account: str) -> Match:
        """The bidder to whom alone this number was given for this lot."""
        found = self.accounts.get(number)
        if found is None:
            wrong = "到账虚拟子账号不是本标段的专用账号" if is_well_formed(number) else "到账虚拟子账号校验不符"
            return Match(None, None, wrong)
        basic = self.session.get_one(Organization, found).basic_account
        own = bool(basic) and basic == payer_account
        return Match(found, own, f"到账虚拟子账号为该投标人本标段专用账号，{self.said_of_payer(own)}")

    def said_of_payer(self, own: bool) -> str:
        """Whether it counts that the payer's account is, or is not, the bidder's basic account."""
        if own:
            return "付款账户为其基本账户"
        return "付款账户不是其基本账户" + ("，不计入" if self.basic_only else "")

    def by_remark(self, line: dict[str, Any]) -> Match:
        """The bidder whose basic account it came from, or who is named as payer, where the remark names the lot."""
        if self.lot.code not in (line["remark"] or ""):
            return Match(None, None, "附言未写明本标段编号")
        bidders = Organization.kind == Role.BIDDER
        account = Organization.basic_account == line["payer_account"]
        owners = self.session.scalars(select(Organization).where(bidders, account)).all()
        if len(owners) == 1:
            return Match(owners[0].id, True, "付款账户为投标人基本账户，附言为本标段编号")
        if len(owners) > 1:
            return Match(None, None, "付款账户登记在多个投标人名下")
        named = self.session.scalars(
            select(Organization).where(bidders, Organization.name == line["payer_name"])
        ).all()
        if len(named) == 1:
            return Match(named[0].id, False, f"付款人为投标人，附言为本标段编号，{self.said_of_payer(False)}")
        return Match(None, None, "付款账户不是任何已登记投标人的基本账户")
