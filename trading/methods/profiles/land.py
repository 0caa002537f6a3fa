"""Land-use rights 国有建设用地使用权: the profile of the type."""

from __future__ import annotations

from trading.codelists import Category, DocumentKind, EvaluationMethod, Method, NoticeKind, ProjectType, Side
from trading.methods.profile import BondBase, BondRule, Profile, Publicity

PROFILE = Profile(
    type=ProjectType.LAND,
    methods=(
        Method.LISTING,
        Method.AUCTION,
        Method.OPEN_TENDER,
    ),
    categories=(Category.LAND,),
    papers=(DocumentKind.DISPOSAL_APPROVAL,),
    thresholds=(),
    bond=BondRule(BondBase.STARTING_PRICE, None, "land_deposit_min_rate", "land_deposit_refund_wd"),
    committee="land_committee_min",
    evaluations=(EvaluationMethod.COMPREHENSIVE,),
    publicity=Publicity.RESULT,
    publicity_length="land_result_notice_wd",
    result_papers=(NoticeKind.DEAL,),
    side=Side.PREMIUM,
    zh="国有建设用地使用权的招标、拍卖、挂牌出让。",
    en="The grant of land-use rights by tender, auction or listing.",
    further_papers=(DocumentKind.PLANNING_CONDITIONS, DocumentKind.VALUATION, DocumentKind.DECISION),
)
