"""State-owned enterprise assets 企业国有资产: the profile of the type."""

from __future__ import annotations

from trading.codelists import Category, DocumentKind, EvaluationMethod, Method, NoticeKind, ProjectType, Side
from trading.methods.profile import BondBase, BondRule, Profile, Publicity

PROFILE = Profile(
    type=ProjectType.SOE,
    methods=(
        Method.NET_BIDDING,
        Method.AUCTION,
        Method.OPEN_TENDER,
    ),
    categories=(
        Category.EQUITY,
        Category.ASSETS,
        Category.LEASE,
    ),
    papers=(DocumentKind.DISPOSAL_APPROVAL,),
    thresholds=(),
    bond=BondRule(BondBase.STARTING_PRICE, "soe_deposit_max_rate", None, "asset_deposit_refund_wd"),
    committee="committee_min",
    evaluations=(EvaluationMethod.COMPREHENSIVE,),
    publicity=Publicity.RESULT,
    publicity_length="soe_result_wd",
    result_papers=(NoticeKind.DEAL,),
    side=Side.PREMIUM,
    zh="企业国有产权、资产的公开转让。",
    en="State-owned equity and assets, transferred in the open.",
    further_papers=(DocumentKind.VALUATION, DocumentKind.DECISION, DocumentKind.TITLE),
)
