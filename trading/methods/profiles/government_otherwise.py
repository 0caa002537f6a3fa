"""Government procurement otherwise 政府采购（非招标）: the profile of the type."""

from __future__ import annotations

from trading.codelists import Category, DocumentKind, EvaluationMethod, Method, NoticeKind, ProjectType, Side
from trading.methods.profile import BondBase, BondRule, Profile, Publicity

PROFILE = Profile(
    type=ProjectType.GPN,
    methods=(
        Method.CONSULTATION,
        Method.NEGOTIATION,
        Method.INQUIRY,
        Method.SINGLE_SOURCE,
        Method.OPEN_TENDER,
        Method.INVITED_TENDER,
    ),
    categories=(
        Category.GOODS,
        Category.SERVICES,
        Category.CONSTRUCTION,
    ),
    papers=(DocumentKind.FUNDS,),
    thresholds=("gp_open_tender_threshold",),
    bond=BondRule(BondBase.BUDGET, "bond_rate_max", None, "gp_bond_refund_wd"),
    committee="gpn_group_min",
    evaluations=(
        EvaluationMethod.LOWEST_EVALUATED_PRICE,
        EvaluationMethod.COMPREHENSIVE,
    ),
    publicity=Publicity.NONE,
    publicity_length="gp_result_public_wd",
    result_papers=(NoticeKind.RESULT,),
    side=Side.SAVING,
    zh="以谈判、磋商、询价或者单一来源方式进行的政府采购。",
    en="Government procurement by negotiation, consultation, inquiry or from a single source.",
    further_papers=(DocumentKind.NEEDS,),
)
