"""Government procurement by tender 政府采购（招标）: the profile of the type."""

from __future__ import annotations

from trading.codelists import Category, DocumentKind, EvaluationMethod, Method, NoticeKind, ProjectType, Side
from trading.methods.profile import BondBase, BondRule, Profile, Publicity

PROFILE = Profile(
    type=ProjectType.GP,
    methods=(
        Method.OPEN_TENDER,
        Method.INVITED_TENDER,
        Method.NEGOTIATION,
        Method.CONSULTATION,
        Method.INQUIRY,
        Method.SINGLE_SOURCE,
    ),
    categories=(
        Category.GOODS,
        Category.SERVICES,
    ),
    papers=(DocumentKind.FUNDS,),
    thresholds=("gp_open_tender_threshold",),
    bond=BondRule(BondBase.BUDGET, "bond_rate_max", None, "gp_bond_refund_wd"),
    committee="committee_min",
    evaluations=(
        EvaluationMethod.LOWEST_EVALUATED_PRICE,
        EvaluationMethod.COMPREHENSIVE,
    ),
    publicity=Publicity.NONE,
    publicity_length="gp_result_public_wd",
    result_papers=(NoticeKind.RESULT,),
    side=Side.SAVING,
    zh="以财政性资金采购货物、服务，依照87号令招标。",
    en="Goods and services bought with public money, by tender under order 87.",
    further_papers=(DocumentKind.NEEDS,),
)
