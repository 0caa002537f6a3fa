"""Other public resources 其他公共资源: the profile of the type."""

from __future__ import annotations

from trading.codelists import Category, DocumentKind, EvaluationMethod, Method, NoticeKind, ProjectType, Side
from trading.methods.profile import BondBase, BondRule, Profile, Publicity

PROFILE = Profile(
    type=ProjectType.OTHER,
    methods=(
        Method.AUCTION,
        Method.NET_BIDDING,
        Method.OPEN_TENDER,
    ),
    categories=(
        Category.RIGHT,
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
    zh="特许经营、户外广告、罚没物等其他公共资源。",
    en="Concessions, advertising sites, forfeited goods and other public resources.",
    further_papers=(DocumentKind.DECISION, DocumentKind.VALUATION, DocumentKind.TITLE),
)
