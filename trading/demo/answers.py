"""What the people of the demonstration county type 示范县填报内容."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Any

from trading.beijing import at
from trading.codelists import Category, EvaluationMethod, FilingAnswer, ProjectType
from trading.demo import county
from trading.demo.county import Work
from trading.rules.r07_notice import Medium
from trading.web.fields import Upload

QUALITY = "合格"
PRICE_FACTOR = {"code": "P", "title": "投标报价", "kind": "price", "points": Decimal(60), "intervals": "低价优先"}
FACTORS = (
    PRICE_FACTOR,
    {
        "code": "T", "title": "施工组织设计", "kind": "subjective", "points": Decimal(30),
        "intervals": "优 24-30，良 16-23，一般 0-15",
    },
    {
        "code": "E", "title": "类似业绩", "kind": "objective", "points": Decimal(10),
        "intervals": "每项 5 分，最多 10 分",
    },
)  # fmt: skip


def paper(name: str, about: str) -> Upload:
    """A text file of the demonstration."""
    return Upload(f"{name}.txt", f"{name}\n{about}\n（示范县演示文件）\n".encode(), "text/plain")


def project(one: Work, today: date) -> dict[str, Any]:
    """The project of a lot."""
    serial = f"{one.number:06d}"
    return {
        "name": one.title, "type": ProjectType.WORKS, "district": one.district,
        "description": f"{one.title}，建设内容为{one.scope}。",
        "investment_code": f"{today.year}-422823-48-01-{serial}",
        "approval_number": f"巴发改审批〔{today.year}〕{one.number}号", "approval_organ": "巴东县发展和改革局",
        "approval_date": today - timedelta(days=30), "estimate_total": one.ceiling + Decimal(500000),
        "state_controlled": True, "public_share": Decimal(100), "funding_source": "中央预算内投资与县级财政配套",
        "funds_in_place": True, "contractor_prefinancing": False,
        "lots": [{"title": "施工标段", "scope": one.scope, "category": Category.CONSTRUCTION, "estimate": one.ceiling}],
    }  # fmt: skip


def registration(one: Work) -> dict[str, Any]:
    """The papers of a registration."""
    return {"approval": [paper("立项批复", one.title)], "funds": [paper("资金落实证明", one.title)]}


def bond(one: Work) -> Decimal:
    """One and a half per cent of the ceiling, in whole thousands."""
    return (one.ceiling * Decimal("0.015") / 1000).to_integral_value() * 1000


def terms(one: Work, today: date, comprehensive: bool) -> dict[str, Any]:
    """The tender documents."""
    method = EvaluationMethod.COMPREHENSIVE if comprehensive else EvaluationMethod.LOWEST_EVALUATED_PRICE
    return {
        "budget": one.ceiling, "ceiling": one.ceiling, "minimum_price": None, "base_prices": 0, "bond": bond(one),
        "performance_bond_percent": Decimal(10), "bid_validity_days": 90,
        "qualification": "具备相应专业施工总承包三级及以上资质，项目经理具备二级及以上注册建造师资格",
        "consortium_allowed": False, "duration_days": 180, "quality": QUALITY, "place": one.district.zh,
        "evaluation_method": method, "factors": [dict(row) for row in FACTORS] if comprehensive else [],
        "rejection_clauses": "出现招标投标法实施条例第五十一条所列情形之一的，否决其投标。", "payment_days": 30,
        "payment_terms": "按月计量，支付至85%；竣工验收合格支付至97%；缺陷责任期满付清。",
        "objection_contact": "项目单位招标办 0718-4220000", "standard_text": True,
        "competition_reviewer": county.person("reviewer", one.number), "competition_reviewed_on": today,
        "competition_verdict": "未发现排除、限制竞争的内容", "object_clear": True, "candidates_count": 3,
        "tender_document": [paper("招标文件", f"{one.title}\n{one.scope}")],
        "drawings": [paper("工程量清单", one.title)], "contract_draft": [paper("合同草案", one.title)],
    }  # fmt: skip


def filing_answer() -> dict[str, Any]:
    """The supervisor found nothing."""
    return {"answer": FilingAnswer.NO_ISSUE, "reason": None}


def signature_of_item() -> dict[str, Any]:
    """A checklist item that was looked into and holds."""
    return {"holds": True, "evidence": "已核对原件与现场情况，与所述一致。", "files": None}


def announcement(deadline: datetime, documents_until: datetime) -> dict[str, Any]:
    """The notice."""
    return {
        "bid_deadline": deadline, "documents_until": documents_until, "place": "县公共资源交易中心第一开标室",
        "contact": "招标代理 0718-4221234", "media": [Medium.NATIONAL, Medium.COUNTY], "together": [],
    }  # fmt: skip


def plan(one: Work, evaluation_at: datetime) -> dict[str, Any]:
    """Five experts: four of the specialty, one for cost where the pool has him."""
    return {
        "committee_size": 5, "strata": [{"specialty": one.specialty, "number": 5}], "representatives": [],
        "evaluation_at": evaluation_at, "beacon_at": None,
    }  # fmt: skip


def bank_line(one: Work, code: str, bidder: Any, paid_at: datetime) -> dict[str, Any]:
    """A bidder's transfer."""
    home = bidder.organization
    return {
        "reference": f"{code}/{home.uscc}", "payer_name": home.name, "payer_account": home.basic_account,
        "amount": bond(one), "paid_at": paid_at, "remark": code,
    }  # fmt: skip


def bid(one: Work, number: int, total: Decimal) -> dict[str, Any]:
    """A bid."""
    return {
        "total": total, "duration_days": 180, "quality": QUALITY,
        "manager": county.person("manager", one.number, number),
        "manager_certificate": f"鄂2422{one.number:04d}{number:04d}", "files": [paper("投标文件", one.title)],
    }  # fmt: skip


def dice(one: Work) -> dict[str, Any]:
    """The public number."""
    digits = "".join(str(county.draw("dice", one.number, place) % 10) for place in range(20))
    return {"dice": digits}


def officers(accounts: Sequence[str]) -> dict[str, Any]:
    """Two groups: both officers of the first are needed, one of the second."""
    places = ((1, 2), (1, 2), (2, 1), (2, 1))
    rows = [
        {"group": group, "threshold": threshold, "officer": account}
        for (group, threshold), account in zip(places, accounts, strict=True)
    ]
    return {"officers": rows}


def sheet(bids: Iterable[tuple[str, int]], comprehensive: bool, member: int) -> dict[str, Any]:
    """A member's sheet over (bid id, place by price)."""
    bids = list(bids)
    if not comprehensive:
        rows = [
            {"bid": id_, "passed": True, "reason": None, "adjustment": None, "adjustment_reason": None}
            for id_, _p in bids
        ]
        return {"reviews": rows, "points": [], "time_short": False}
    points = []
    for id_, place in bids:
        points.append({"bid": id_, "factor": "T", "points": Decimal(27 - 2 * place + member % 2), "reason": "内容完整"})
        points.append({"bid": id_, "factor": "E", "points": Decimal(10 if place == 0 else 5), "reason": "按业绩证明"})
    return {"reviews": [], "points": points, "time_short": False}


def report() -> dict[str, Any]:
    """The chair's report."""
    return {"competition_reason": None, "fatal_defect": False}


def contract(one: Work, manager: str, scope: str) -> dict[str, Any]:
    """The contract, equal to the bid."""
    return {
        "number": f"BDHT-{one.number:04d}", "price": one.price, "duration_days": 180, "quality": QUALITY,
        "manager": manager, "scope": scope,
        "performance_bond": (one.price / 20).quantize(Decimal("0.01")), "payment_guarantee": True,
        "retention_percent": Decimal(3), "payment_days": 30,
    }  # fmt: skip


def payment(one: Work, share: int, delivered: date) -> dict[str, Any]:
    """A payment of ``share`` per cent."""
    return {
        "amount": (one.price * share / 100).quantize(Decimal("0.01")), "delivered_on": delivered,
        "paid_on": delivered + timedelta(days=20), "remark": f"按计量支付{share}%",
    }  # fmt: skip


def acceptance(one: Work, day: date) -> dict[str, Any]:
    """The works are accepted."""
    return {
        "accepted_on": day, "filed_on": day + timedelta(days=7), "qualified": True, "result": "验收合格",
        "settlement": one.price, "participants": "建设、勘察、设计、施工、监理单位项目负责人",
        "document": [paper("竣工验收报告", one.title)],
    }  # fmt: skip


def marks(one: Work) -> dict[str, Any]:
    """The owner's evaluation of the performance."""
    return {
        "quality": 85 + county.draw("q", one.number) % 14, "schedule": 80 + county.draw("s", one.number) % 18,
        "safety": 85 + county.draw("f", one.number) % 14, "payment_of_workers": 90 + county.draw("w", one.number) % 10,
        "remarks": "按合同履约，未发生安全事故，农民工工资按时发放。",
    }  # fmt: skip


def opening_day(day: date) -> datetime:
    """Bids are due at half past nine."""
    return at(day, 9, 30)
