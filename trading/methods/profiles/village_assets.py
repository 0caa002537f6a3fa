"""Village assets 农村产权: the profile of the type."""

from __future__ import annotations

from trading.codelists import Category, DocumentKind, EvaluationMethod, Method, NoticeKind, ProjectType, Side
from trading.methods.profile import BondBase, BondRule, Profile, Publicity

PROFILE = Profile(
    type=ProjectType.RURAL,
    methods=(
        Method.NET_BIDDING,
        Method.PUBLIC_LEASE,
        Method.AUCTION,
        Method.OPEN_TENDER,
        Method.CONSULTATION,
    ),
    categories=(
        Category.LEASE,
        Category.ASSETS,
        Category.LAND,
        Category.RIGHT,
    ),
    papers=(DocumentKind.VOTE,),
    thresholds=(),
    bond=BondRule(BondBase.STARTING_PRICE, "asset_deposit_max_rate", None, "asset_deposit_refund_wd"),
    committee="committee_min",
    evaluations=(EvaluationMethod.COMPREHENSIVE,),
    publicity=Publicity.RESULT,
    publicity_length="sale_result_days",
    result_papers=(NoticeKind.DEAL,),
    side=Side.PREMIUM,
    zh="农村集体资产、资源的发包、出租和转让。",
    en="Village assets and resources, contracted out, let or transferred.",
    further_papers=(DocumentKind.DISPOSAL_APPROVAL, DocumentKind.VALUATION, DocumentKind.TITLE),
)
