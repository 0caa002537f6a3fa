"""Administrative assets 行政事业性国有资产: the profile of the type."""

from __future__ import annotations

from trading.codelists import Category, DocumentKind, EvaluationMethod, Method, NoticeKind, ProjectType, Side
from trading.methods.profile import BondBase, BondRule, Profile, Publicity

PROFILE = Profile(
    type=ProjectType.ADMIN,
    methods=(
        Method.NET_BIDDING,
        Method.AUCTION,
        Method.OPEN_TENDER,
        Method.PUBLIC_LEASE,
    ),
    categories=(
        Category.ASSETS,
        Category.LEASE,
    ),
    papers=(DocumentKind.DISPOSAL_APPROVAL,),
    thresholds=(),
    bond=BondRule(BondBase.STARTING_PRICE, "asset_deposit_max_rate", None, "asset_deposit_refund_wd"),
    committee="committee_min",
    evaluations=(EvaluationMethod.COMPREHENSIVE,),
    publicity=Publicity.RESULT,
    publicity_length="sale_result_days",
    result_papers=(NoticeKind.DEAL,),
    side=Side.PREMIUM,
    zh="行政事业单位国有资产的处置与出租。",
    en="Assets of public bodies, disposed of or let.",
    further_papers=(DocumentKind.DECISION, DocumentKind.VALUATION, DocumentKind.TITLE),
)
