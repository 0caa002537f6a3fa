"""Papers to hand in 测试文件: the smallest files that are what they say, and the answers of the filing phase."""

from __future__ import annotations

import base64
from typing import Any

PDF = b"%PDF-1.4\n1 0 obj<</Type/Catalog>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n"


def paper(name: str = "paper.pdf", data: bytes = PDF) -> dict[str, str]:
    """A file as JSON carries it."""
    return {"name": name, "content": base64.b64encode(data).decode()}


def project(**changed: Any) -> dict[str, Any]:
    """A works project with one lot, as a clerk would enter it."""
    return {
        "name": "野三关镇农村饮水安全工程", "type": "works", "district": "422823107",
        "description": "解决三个村饮水困难",
        "investment_code": "2026-422823-48-01-123456", "approval_number": "巴发改审批〔2026〕12号",
        "approval_organ": "巴东县发展和改革局", "approval_date": "2026-02-02", "estimate_total": "6000000",
        "state_controlled": True, "public_share": "100", "funding_source": "中央预算内投资", "funds_in_place": True,
        "contractor_prefinancing": False,
        "lots": [{"title": "一标段", "category": "construction", "estimate": "5000000", "scope": "取水与管网施工"}],
    } | changed  # fmt: skip


def terms(**changed: Any) -> dict[str, Any]:
    """What the tender documents of that lot say."""
    return {
        "budget": "5000000", "ceiling": "5000000", "bond": "100000", "performance_bond_percent": "10",
        "bid_validity_days": 90, "qualification": "水利水电工程施工总承包三级及以上", "consortium_allowed": False,
        "duration_days": 180, "quality": "合格", "place": "野三关镇", "evaluation_method": "lowest_evaluated_price",
        "rejection_clauses": "按招标投标法实施条例第五十一条", "payment_days": 30, "payment_terms": "按月计量支付",
        "objection_contact": "王工 0718-4220000", "standard_text": True, "competition_reviewer": "李审查",
        "competition_reviewed_on": "2026-02-20", "competition_verdict": "未发现排除限制竞争内容", "object_clear": True,
        "candidates_count": 3, "base_prices": 0, "tender_document": [paper("tender.pdf")],
        "contract_draft": [paper("contract.pdf")],
    } | changed  # fmt: skip
