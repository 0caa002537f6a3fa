"""A lot of any type carried to its method 各类项目的前期: entered, registered, prepared, filed, its method fixed."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from flask import Flask

from tests.builders import Trade, people
from tests.phases.papers import paper, project, terms
from tests.shelf import shelved
from trading.beijing import law_date
from trading.codelists import Method, ProjectType, Status
from trading.methods.profiles import PROFILES
from trading.methods.proposal import free_choices, propose

GROUNDS = {
    Method.CONSULTATION: "consultation_no_exact_specification",
    Method.NEGOTIATION: "no_exact_specification",
    Method.INQUIRY: "uniform_goods",
    Method.SINGLE_SOURCE: "unforeseen_emergency",
    Method.INVITED_TENDER: "limited_suppliers",
}
FACTORS = [
    {"code": "p", "title": "价格", "kind": "price", "points": "30"},
    {"code": "t", "title": "技术方案", "kind": "subjective", "points": "70", "intervals": "优70 良40 差0"},
]


def entered(project_type: ProjectType, method: Method, today: Any, **changed: Any) -> dict[str, Any]:
    """What a clerk enters of a project of this type, with one lot."""
    if project_type is ProjectType.WORKS:
        return project(**changed)
    own = procurement(today) if project_type.is_procurement else disposal(project_type, method, today)
    return {"type": project_type.value, "district": "422823107"} | own | changed


def procurement(today: Any) -> dict[str, Any]:
    """A procurement whose plan is filed and whose intention is published."""
    return {
        "name": "县人民医院医疗设备采购", "plan_number": "巴采计〔2026〕8号",
        "plan_filed_on": str(today - timedelta(days=5)), "approved_budget": "1200000", "budget_item": "医疗设备购置",
        "budget_changed": False, "intention_published_on": str(today - timedelta(days=40)),
        "funding_source": "财政资金",
        "demand_clear": True, "needs_survey_on": str(today - timedelta(days=45)),
        "standard_goods": False, "price_fixed_by_state": False, "imported": False, "domestic_competes": False,
        "lots": [{"title": "彩超一台", "category": "goods", "estimate": "1000000", "scope": "彩色超声诊断仪一台"}],
    }  # fmt: skip


OBJECTS = {
    ProjectType.LAND: ("城东工业用地", "land", "9000000"),
    ProjectType.SOE: ("清江公司办公楼", "assets", "3000000"),
    ProjectType.ADMIN: ("老粮站门面", "lease", "60000"),
    ProjectType.RURAL: ("村集体茶园", "lease", "50000"),
    ProjectType.OTHER: ("滨江路户外广告位", "right", "200000"),
}


def disposal(project_type: ProjectType, method: Method, today: Any) -> dict[str, Any]:
    """A disposal that was decided, approved and valued."""
    title, category, estimate = OBJECTS[project_type]
    body: dict[str, Any] = {
        "name": f"{title}处置", "title_certificate": "鄂（2020）巴东不动产权第0001号", "needs_valuation": True,
        "valuer": "恩施诚信资产评估公司", "valuation_base": str(today - timedelta(days=60)), "method": method.value,
        "lots": [{"title": title, "category": category, "estimate": estimate, "scope": f"{title}，现状交付"}],
    }  # fmt: skip
    if project_type is not ProjectType.RURAL:
        body |= {
            "approval_number": "巴政函〔2026〕3号", "approval_organ": "巴东县人民政府",
            "approval_date": str(today - timedelta(days=20)), "decided_on": str(today - timedelta(days=30)),
        }  # fmt: skip
    return body | PARTICULARS[project_type](today)


def village(today: Any) -> dict[str, Any]:
    """The vote of a village's delegates."""
    return {
        "by_delegates": True, "entitled": 45, "attended": 40, "agreed": 38, "reserve_agreed": 36,
        "called_on": str(today - timedelta(days=40)), "met_on": str(today - timedelta(days=28)),
        "land_to_outsiders": False, "construction_land": False,
        "valuation_published_on": str(today - timedelta(days=25)),
    }  # fmt: skip


PARTICULARS: dict[ProjectType, Any] = {
    ProjectType.LAND: lambda _today: {
        "land_use": "工业用地", "area": "20000", "plot_ratio": "1.0 至 2.0", "term_years": 50, "least_price": "2000000",
    },
    ProjectType.SOE: lambda _today: {"valuation_filed": "巴国资评备〔2026〕2号", "gives_up_control": False},
    ProjectType.ADMIN: lambda _today: {},
    ProjectType.RURAL: village,
    ProjectType.OTHER: lambda _today: {},
}  # fmt: skip


def registration(project_type: ProjectType) -> dict[str, Any]:
    """Every paper that the profile of the type names."""
    profile = PROFILES[project_type]
    return {kind.value: [paper(f"{kind.value}.pdf")] for kind in (*profile.papers, *profile.further_papers)}


def purchase_terms(**changed: Any) -> dict[str, Any]:
    """What the documents of a procurement say."""
    asked = terms(
        budget="1000000", ceiling="1000000", bond="20000", qualification="具有医疗器械经营许可", quality="合格",
        evaluation_method="comprehensive", factors=FACTORS, sme_deduction_percent="10", place="县人民医院",
    )  # fmt: skip
    return {name: value for name, value in asked.items() if name != "standard_text"} | changed


def sale_terms(project_type: ProjectType, by_bids: bool, **changed: Any) -> dict[str, Any]:
    """The plan of a disposal at its valuation; a lease runs two years."""
    _title, category, estimate = OBJECTS[project_type]
    lease = category == "lease"
    asked = {
        "description": "位于野三关镇，现状交付", "a_year": lease, "starting_price": estimate, "increment": "1000",
        "has_reserve": False, "deposit": str(int(estimate) // 5), "qualification": "具有完全民事行为能力",
        "consortium_allowed": False, "payment_days": 30, "objection_contact": "王工 0718-4220000",
        "object_clear": True, "competition_reviewer": "李审查", "competition_reviewed_on": "2026-02-20",
        "competition_verdict": "未发现排除限制竞争内容", "tender_document": [paper("sale.pdf")],
        "contract_draft": [paper("contract.pdf")],
    }  # fmt: skip
    if lease:
        asked |= {"lease_from": "2026-07-01", "lease_until": "2028-07-01"}
    if by_bids:
        asked |= {
            "evaluation_method": "highest_price", "duration_days": 30, "performance_bond_percent": "5",
            "bid_validity_days": 60, "candidates_count": 3, "rejection_clauses": "报价低于起始价",
        }  # fmt: skip
    return asked | changed


def drafted(app: Flask, project_type: ProjectType, method: Method | None = None, **changed: Any) -> Trade:
    """A lot of this type in draft; ``project`` are changed answers."""
    trade = Trade(app, people(app))
    today = law_date(trade.clock.now())
    planned = method or PROFILES[project_type].methods[0]
    body = entered(project_type, planned, today, **changed.get("project", {}))
    trade.code = trade.send("owner", "/projects", body, 201)["lots"][0]
    trade.type = project_type
    return trade


def registered(app: Flask, project_type: ProjectType, method: Method | None = None, **changed: Any) -> Trade:
    """A lot of this type, registered; ``papers`` are changed papers."""
    trade = drafted(app, project_type, method, **changed)
    trade.step("owner", "submit-registration", registration(project_type) | changed.get("papers", {}))
    trade.step("centre", "accept-registration")
    return trade


def prepare(trade: Trade, project_type: ProjectType, method: Method | None = None, **changed: Any) -> None:
    """Prepare the terms of the lot; ``terms`` are changed answers."""
    planned = method or PROFILES[project_type].methods[0]
    if project_type is ProjectType.WORKS:
        trade.step("owner", "prepare-terms", terms(**changed.get("terms", {})))
    elif project_type.is_procurement:
        trade.step("owner", "prepare-terms", purchase_terms(**changed.get("terms", {})))
    else:
        by_bids = planned in (Method.OPEN_TENDER, Method.CONSULTATION)
        trade.step("owner", "prepare-sale", sale_terms(project_type, by_bids, **changed.get("terms", {})))


def sole_source_notice(trade: Trade, **changed: Any) -> dict[str, Any]:
    """The seven contents of the notice of a sole source, standing for ten days."""
    return {
        "subject": "县人民医院医疗设备采购", "description": "专用耗材", "reasons": "专利产品，仅一家可以供应",
        "supplier": "恩施某医疗器械公司", "supplier_address": "恩施市", "opinion": "经论证具有唯一性",
        "experts": [{"name": "陈论证", "unit": "恩施医院", "title": "主任医师"}],
        "until": str(law_date(trade.clock.now()) + timedelta(days=10)), "contacts": "县人民医院 0718-4220000",
    } | changed  # fmt: skip


def decided_elsewhere(trade: Trade, method: Method) -> bool:
    """Whether another body decides on this method for this lot."""
    with trade.app.app_context():
        lot = trade.lot()
        values = trade.app.extensions["tools"].values(lot, trade.clock.now())
        proposal = propose(lot.project.type, lot.category, lot.estimate, lot.project.state_controlled, values)
    return method not in {one.method for one in free_choices(proposal)}


def fix(trade: Trade, project_type: ProjectType, method: Method | None, ground: str | None = None) -> None:
    """Fix the method: chosen where the table leaves it to the owner, else applied for and decided."""
    if method is None:
        method = PROFILES[project_type].methods[0]
    default = "few_bidders" if project_type is ProjectType.WORKS else GROUNDS.get(method)
    why = {
        "method": method.value, "ground": ground or default, "reasons": "需求特殊", "evidence": [paper("ground.pdf")],
    }  # fmt: skip
    if not decided_elsewhere(trade, method):
        chosen = project_type.is_purchase and method is not Method.OPEN_TENDER
        trade.step("owner", "fix-method", why if chosen else {"method": method.value} if choosable(trade) else {})
        return
    if ground == "only_supplier":
        trade.step("owner", "notice-sole-source", sole_source_notice(trade))
        trade.clock.advance(timedelta(days=11))
    trade.step("owner", "apply-for-exception", why)
    decided = {"approved": True, "number": "恩施财采批〔2026〕30号", "organ": "恩施州财政局", "reasons": "情形属实"}
    trade.step("authority", "decide-exception", decided)


def choosable(trade: Trade) -> bool:
    """Whether the owner is asked for a method at all."""
    return trade.type.is_procurement or trade.type is ProjectType.OTHER


@shelved
def prepared(app: Flask, project_type: ProjectType, method: Method | None = None, **changed: Any) -> Trade:
    """A lot of this type whose method is fixed, by lawful steps on the clock of the test.

    Arguments:
        method: the default of the type, if none.
        changed: ``project``, ``papers`` and ``terms``: changed answers; ``ground``: that of the method.
    """
    trade = registered(app, project_type, method, **changed)
    prepare(trade, project_type, method, **changed)
    trade.step("owner", "file-conditions")
    trade.step("supervisor", "answer-filing", {"answer": "no_issue"})
    fix(trade, project_type, method, changed.get("ground"))
    with app.app_context():
        assert trade.lot().status is Status.METHOD_FIXED
    return trade
