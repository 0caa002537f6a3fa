"""What the demonstration county buys 示范县政府采购: by tender and by inquiry, which lots, and what is typed of them.

The report of 2010 does not say how its ninety-four projects spread over the categories: this spread is invented.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from trading.codelists import Category, Method, ProjectType, Specialty
from trading.demo import answers
from trading.demo.county import AWARDED, Work, draw
from trading.methods.profiles import PROFILES

SUPPLIERS = (
    "清江医疗设备有限公司", "三峡机电设备有限公司", "楚天教学仪器有限公司", "鄂西环卫装备有限公司",
    "武陵信息技术有限公司", "巫峡物资供应有限公司",
)  # fmt: skip
GOODS = (
    ("城乡供水水质在线监测设备采购", "水质在线监测仪器、数据采集终端及三年运行维护", Specialty.WATER),
    ("环卫清扫洗扫车辆采购", "洗扫车、压缩式垃圾车及配套设备，含两年维护", Specialty.MUNICIPAL),
    ("农村公路养护机械采购", "路面综合养护车、除雪机械及配件", Specialty.HIGHWAY),
    ("义务教育学校课桌椅及床具采购", "课桌椅、学生公寓床，含运输安装", Specialty.HOUSING),
    ("防汛抗旱应急物资采购", "冲锋舟、移动泵站、应急照明及救生器材", Specialty.WATER),
    ("集镇路灯节能设备采购", "节能灯具、智能控制终端，含安装调试", Specialty.MUNICIPAL),
    ("乡镇卫生院医疗设备采购", "彩色超声、数字化摄影等设备，含安装培训", Specialty.HOUSING),
    ("生态廊道苗木采购", "乡土树种苗木及两年管护", Specialty.LANDSCAPE),
)  # fmt: skip
EVERY, FIRST, THRESHOLD = 5, 4, Decimal(4_000_000)
TENTH, INQUIRED = 10, 3
KEPT_AS_WORKS = frozenset({3, 7, 11, 16, 21, 60})


def is_bought(one: Work) -> bool:
    """Whether this lot of the year is a procurement."""
    return is_tendered(one) or is_inquired(one)


def of_the_year(one: Work) -> bool:
    """Whether this is one of the ninety-four, without a turn of its own."""
    return one.number <= AWARDED and one.number not in KEPT_AS_WORKS


def is_tendered(one: Work) -> bool:
    """Whether it is bought by open tender: one in five of those from the tender threshold on."""
    return of_the_year(one) and one.number % EVERY == FIRST and one.ceiling >= THRESHOLD


def is_inquired(one: Work) -> bool:
    """Whether it is bought by inquiry: one in ten of those below the threshold."""
    return of_the_year(one) and one.number % TENTH == INQUIRED and one.ceiling < THRESHOLD


def bought(one: Work) -> Work:
    """The lot as a procurement: the same money, owner and day; other things and other bidders."""
    title, scope, specialty = GOODS[draw("goods", one.number) % len(GOODS)]
    ranked = sorted(range(len(SUPPLIERS)), key=lambda two: draw("supplier", one.number, two))
    title = f"{one.district.zh}片区{title}"
    return replace(one, title=title, scope=scope, specialty=specialty, bidders=tuple(ranked[: 3 + one.number % 3]))


def type_of(one: Work) -> ProjectType:
    """Procurement by tender, or otherwise."""
    return ProjectType.GPN if is_inquired(one) else ProjectType.GP


def project(one: Work, today: date) -> dict[str, Any]:
    """The procurement: its plan, budget and intention."""
    return {
        "name": one.title, "type": type_of(one), "district": one.district,
        "description": f"{one.title}：{one.scope}。", "plan_number": f"巴采计〔{today.year}〕{one.number}号",
        "plan_filed_on": today - timedelta(days=5), "approved_budget": one.ceiling, "budget_item": "专用设备购置",
        "budget_changed": False, "intention_published_on": today - timedelta(days=40), "funding_source": "财政资金",
        "demand_clear": True, "needs_survey_on": today - timedelta(days=45), "standard_goods": True,
        "price_fixed_by_state": False, "imported": False, "domestic_competes": False,
        "lots": [{"title": "采购包一", "scope": one.scope, "category": Category.GOODS, "estimate": one.ceiling}],
    }  # fmt: skip


def registration(one: Work) -> dict[str, Any]:
    """Every paper that the profile names."""
    profile = PROFILES[type_of(one)]
    kinds = (*profile.papers, *profile.further_papers)
    return {kind.value: [answers.paper(kind.zh, one.title)] for kind in kinds}


def terms(one: Work, today: date) -> dict[str, Any]:
    """The documents of the procurement: goods of one standard, so the lowest price wins."""
    plain = answers.terms(one, today, comprehensive=False)
    return {name: value for name, value in plain.items() if name != "standard_text"} | {
        "qualification": "具有独立承担民事责任的能力，具有履行合同所必需的设备和专业技术能力",
        "duration_days": 180, "sme_deduction_percent": Decimal(10), "domestic_deduction_percent": None,
        "low_price_percent": None,
        "two_envelopes": False, "drawings": [answers.paper("技术参数与清单", one.title)],
        "rejection_clauses": "出现政府采购货物和服务招标投标管理办法第六十三条所列情形之一的，投标无效。",
        "payment_terms": "验收合格后三十日内付清。", "objection_contact": "采购人采购科 0718-4220000",
    }  # fmt: skip


def contract(one: Work, manager: str, scope: str) -> dict[str, Any]:
    """The contract, equal to the bid; nobody guarantees a payment for works."""
    return answers.contract(one, manager, scope) | {"payment_guarantee": None}


def inquiry(one: Work) -> dict[str, Any]:
    """Why by inquiry: goods of one standard, in stock, of steady price (CG 32)."""
    return {
        "method": Method.INQUIRY, "ground": "uniform_goods", "reasons": "规格标准统一、现货货源充足且价格变化幅度小",
        "evidence": [answers.paper("询价采购理由", one.title)],
    }  # fmt: skip


ROOM = {"opening_recorded": True, "evaluation_recorded": True, "members_at_opening": False, "kept_as": "音像资料室"}
