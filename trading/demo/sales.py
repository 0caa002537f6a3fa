"""What the demonstration county sold, let and granted 示范县的处置: invented lots, and the report's village lease."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from decimal import Decimal
from types import MappingProxyType
from typing import Any

from trading.codelists import Category, District, Method, ProjectType
from trading.demo.answers import paper
from trading.phases.filing.project_schemas import PROJECT_SCHEMAS
from trading.phases.filing.sale_schemas import SaleSchema
from trading.web import exchange
from trading.web.fields import StepSchema


@dataclass(frozen=True)
class Lease:
    """A term of years from so many days after the deal."""

    years: int
    begins_after: int = 20


@dataclass(frozen=True)
class Disposal:
    """One thing disposed of: what, by whom, from which price, and the live offers as (bidder, yuan), the buyer last.

    Amounts of a lease are yuan a year. ``back`` is how many days ago it was bid for.
    """

    number: int
    type: ProjectType
    method: Method
    category: Category
    title: str
    about: str
    seller: int
    district: District
    start: Decimal
    step: Decimal
    offers: tuple[tuple[int, Decimal], ...]
    back: int
    lease: Lease | None = None
    particulars: Mapping[str, Any] = field(default_factory=dict)

    @property
    def deposit(self) -> Decimal:
        """A fifth of the starting price, in whole hundreds."""
        return (self.start / 500).to_integral_value() * 100

    @property
    def bidders(self) -> tuple[int, ...]:
        """Who bids, each once."""
        return tuple(dict.fromkeys(one for one, _amount in self.offers))


def rising(start: int, *steps: tuple[int, int]) -> tuple[tuple[int, Decimal], ...]:
    """Offers from (bidder, how much above the start)."""
    return tuple((bidder, Decimal(start + above)) for bidder, above in steps)


LAND = MappingProxyType({
    "land_use": "工业用地", "area": "13333", "plot_ratio": "1.0 至 2.0", "term_years": 50, "least_price": "1600000",
})  # fmt: skip
STATE = MappingProxyType({"valuation_filed": "巴国资评备〔2026〕2号", "gives_up_control": False})
VILLAGE_LEASE = Disposal(
    1, ProjectType.RURAL, Method.NET_BIDDING, Category.LEASE, "五里堆社区临街商铺出租",
    "社区集体所有临街商铺三间，约二百一十平方米，现状交付", 0, District.XINLING, Decimal(60_000), Decimal(1_000),
    rising(60_000, (0, 0), (1, 15_000), (2, 30_000), (0, 45_000), (1, 57_000)), 118, Lease(2),
)  # fmt: skip
DISPOSALS = (
    VILLAGE_LEASE,
    Disposal(
        2, ProjectType.LAND, Method.LISTING, Category.LAND, "野三关镇石桥坪工业用地使用权",
        "位于野三关镇石桥坪村，面积约二十亩，已完成征收和场地平整", 1, District.YESANGUAN, Decimal(4_800_000),
        Decimal(50_000), rising(4_800_000, (2, 0), (0, 50_000), (2, 150_000), (0, 260_000)), 96, particulars=LAND,
    ),
    Disposal(
        3, ProjectType.SOE, Method.AUCTION, Category.ASSETS, "县国有资产经营公司旧办公楼",
        "位于信陵镇楚天路，约一千八百平方米，现状转让", 2, District.XINLING, Decimal(3_060_000), Decimal(20_000),
        rising(3_060_000, (1, 0), (3, 40_000), (1, 80_000), (3, 144_000)), 75, particulars=STATE,
    ),
    Disposal(
        4, ProjectType.ADMIN, Method.PUBLIC_LEASE, Category.LEASE, "原沿渡河粮站仓库出租",
        "原粮站仓库两栋，约九百平方米，不得存放危险品", 3, District.YANDUHE, Decimal(48_000), Decimal(1_000),
        rising(48_000, (2, 0), (3, 6_000), (2, 13_500)), 52, Lease(3),
    ),
    Disposal(
        5, ProjectType.OTHER, Method.NET_BIDDING, Category.RIGHT, "滨江大道公交候车亭广告经营权",
        "滨江大道候车亭广告位二十四处，经营期五年", 3, District.XINLING, Decimal(380_000), Decimal(5_000),
        rising(380_000, (0, 0), (3, 25_000), (0, 41_000)), 30,
    ),
)  # fmt: skip
LIVE = Disposal(
    6, ProjectType.RURAL, Method.NET_BIDDING, Category.LEASE, "官渡口镇集体茶园出租",
    "集体茶园约八十亩，配套加工房一处，不得改变农业用途", 0, District.GUANDUKOU, Decimal(36_000), Decimal(1_000),
    rising(36_000, (1, 0), (3, 4_000), (1, 9_000)), 0, Lease(5),
)  # fmt: skip
AT_REST = Disposal(
    7, ProjectType.ADMIN, Method.NET_BIDDING, Category.ASSETS, "报废公务用车一批",
    "已报废公务用车七辆，按现状整体转让", 3, District.XINLING, Decimal(62_000), Decimal(1_000),
    rising(62_000, (2, 0), (0, 5_000), (2, 9_000)), 0,
)  # fmt: skip


def vote(today: date) -> dict[str, Any]:
    """The vote of the delegates, and what the members were told."""
    return {
        "by_delegates": True, "entitled": 45, "attended": 41, "agreed": 39, "reserve_agreed": 38,
        "called_on": str(today - timedelta(days=45)), "met_on": str(today - timedelta(days=30)),
        "land_to_outsiders": False, "construction_land": False,
        "valuation_published_on": str(today - timedelta(days=28)),
    }  # fmt: skip


def project(one: Disposal, today: date) -> dict[str, Any]:
    """The project of a disposal that was decided, approved and valued."""
    asked: dict[str, Any] = {
        "type": one.type.value, "name": one.title, "district": one.district.value, "description": one.about,
        "title_certificate": f"鄂（2021）巴东不动产权第{one.number:07d}号", "needs_valuation": True,
        "valuer": "恩施诚信资产评估有限公司", "valuation_base": str(today - timedelta(days=70)),
        "method": one.method.value,
        "lots": [{"title": "一号标的", "category": one.category.value, "estimate": str(one.start), "scope": one.about}],
        **one.particulars,
    }  # fmt: skip
    if one.type is ProjectType.RURAL:
        asked |= vote(today)
    else:
        asked |= {
            "approval_number": f"巴政函〔{today.year}〕{one.number}号", "approval_organ": "巴东县人民政府",
            "approval_date": str(today - timedelta(days=20)), "decided_on": str(today - timedelta(days=32)),
        }  # fmt: skip
    return exchange.load(PROJECT_SCHEMAS[one.type](), asked)


def terms(one: Disposal, today: date, day: date) -> dict[str, Any]:
    """The plan of the disposal, and its documents."""
    asked: dict[str, Any] = {
        "description": one.about, "a_year": one.lease is not None, "starting_price": str(one.start),
        "increment": str(one.step), "has_reserve": False, "deposit": str(one.deposit),
        "qualification": "具有完全民事行为能力，无失信记录", "consortium_allowed": False, "payment_days": 30,
        "objection_contact": "处置单位办公室 0718-4220000", "object_clear": True, "competition_reviewer": "李审查",
        "competition_reviewed_on": str(today), "competition_verdict": "未发现排除、限制竞争的内容",
    }  # fmt: skip
    if one.lease is not None:
        begins = day + timedelta(days=one.lease.begins_after)
        asked |= {"lease_from": str(begins), "lease_until": str(begins.replace(year=begins.year + one.lease.years))}
    files = {"tender_document": [paper("交易文件", one.title)], "contract_draft": [paper("合同草案", one.title)]}
    return loaded(SaleSchema, asked, files)


def loaded(schema: type[StepSchema], asked: dict[str, Any], files: dict[str, Any] | None = None) -> dict[str, Any]:
    """Answers as a form's schema reads them; ``files`` are read already."""
    given = files or {}
    return exchange.load(schema(partial=tuple(given)), asked) | given
