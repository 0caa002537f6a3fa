"""What standard papers are written from 文书数据: the lot with its terms, notices and people, read once."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from trading.codelists import Course, NoticeKind
from trading.methods import METHODS
from trading.methods.trading_method import TENDERING, MethodWords
from trading.models import Award, Contract, Deal, Entrustment, Lot, Notice, Organization, SaleTerms, TenderTerms
from trading.money import capitals, grouped


def yuan(amount: Decimal | None) -> str:
    """An amount in figures and capitals, as papers write it; empty where there is none."""
    return "" if amount is None else f"{grouped(amount)}元（大写：人民币{capitals(amount)}）"


@dataclass(frozen=True)
class PaperRecord:
    """One lot as its papers see it; every record is read once, when a paper asks for it."""

    session: Session
    lot: Lot

    def _one(self, model: Any) -> Any:
        return self.session.scalar(select(model).where(model.lot_id == self.lot.id))

    @property
    def words(self) -> MethodWords:
        """What things are called under the lot's method."""
        return METHODS[self.lot.method].words if self.lot.method else TENDERING

    @property
    def course(self) -> Course:
        """The kind of procedure."""
        return METHODS[self.lot.method].course if self.lot.method else Course.TENDER

    @property
    def owner(self) -> str:
        """The owner's name."""
        return self.lot.project.owner.name

    @property
    def purchase(self) -> bool:
        """Whether something is bought, not disposed of."""
        return self.lot.project.type.is_purchase

    @property
    def side_of_owner(self) -> str:
        """What the owner is called by the law of the type."""
        return OWNERS[self.lot.project.type.value]

    @cached_property
    def agency(self) -> str:
        """The agency entrusted, "" where there is none."""
        query = select(Organization.name).join(Entrustment, Entrustment.agency_id == Organization.id)
        mine = query.where(Entrustment.project_id == self.lot.project_id, Entrustment.ended_at.is_(None))
        return self.session.scalar(mine) or ""

    @cached_property
    def terms(self) -> TenderTerms | None:
        """What the documents say of a purchase or a tender."""
        found: TenderTerms | None = self._one(TenderTerms)
        return found

    @cached_property
    def sale(self) -> SaleTerms | None:
        """The terms of a disposal."""
        found: SaleTerms | None = self._one(SaleTerms)
        return found

    @cached_property
    def award(self) -> Award | None:
        """The award."""
        found: Award | None = self._one(Award)
        return found

    @cached_property
    def deal(self) -> Deal | None:
        """The deal of a disposal."""
        found: Deal | None = self._one(Deal)
        return found

    @cached_property
    def contract(self) -> Contract | None:
        """The contract."""
        found: Contract | None = self._one(Contract)
        return found

    def notices(self, *kinds: NoticeKind) -> list[Notice]:
        """The notices of these kinds, oldest first."""
        query = select(Notice).where(Notice.lot_id == self.lot.id, Notice.kind.in_(kinds))
        return list(self.session.scalars(query.order_by(Notice.published_at, Notice.id)))


OWNERS = {
    "works": "招标人",
    "gp": "采购人",
    "gpn": "采购人",
    "land": "出让人",
    "soe": "转让方",
    "admin": "处置单位",
    "rural": "农村集体经济组织",
    "other": "出让方",
}
