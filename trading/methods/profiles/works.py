"""Works 工程建设项目: the profile of the type."""

from __future__ import annotations

from trading.codelists import Category, DocumentKind, EvaluationMethod, Method, NoticeKind, ProjectType, Side
from trading.methods.profile import BondBase, BondRule, Profile, Publicity

PROFILE = Profile(
    type=ProjectType.WORKS,
    methods=(
        Method.OPEN_TENDER,
        Method.INVITED_TENDER,
        Method.CONSULTATION,
        Method.NEGOTIATION,
        Method.SINGLE_SOURCE,
        Method.DIRECT,
    ),
    categories=(
        Category.CONSTRUCTION,
        Category.GOODS,
        Category.SERVICES,
    ),
    papers=(
        DocumentKind.APPROVAL,
        DocumentKind.FUNDS,
    ),
    thresholds=(
        "mandatory_tender_construction",
        "mandatory_tender_goods",
        "mandatory_tender_services",
    ),
    bond=BondRule(BondBase.ESTIMATE, "bond_rate_max", None, "bond_refund_after_contract"),
    committee="committee_min",
    evaluations=(
        EvaluationMethod.LOWEST_EVALUATED_PRICE,
        EvaluationMethod.COMPREHENSIVE,
    ),
    publicity=Publicity.CANDIDATES,
    publicity_length="publicity_len",
    result_papers=(
        NoticeKind.CANDIDATES,
        NoticeKind.RESULT,
    ),
    side=Side.SAVING,
    zh="工程及与工程建设有关的货物、服务，达到规模标准的依法招标。",
    en="Works with their goods and services; from the size on they are tendered by law.",
)
