"""Open tender 公开招标: the facts of the method."""

from __future__ import annotations

from trading.codelists import Course, Mark, Method
from trading.methods.trading_method import TradingMethod

METHOD = TradingMethod(
    method=Method.OPEN_TENDER,
    course=Course.TENDER,
    running=True,
    minimum_participants=3,
    periods=(
        "works_doc_sale",
        "works_issue_to_deadline",
        "clarify_bid",
        "objection_doc_before",
        "publicity_start",
        "publicity_len",
    ),
    zh="招标人以招标公告的方式邀请不特定的法人或者其他组织投标。",
    en="The owner invites unspecified organisations to bid, by a public notice.",
    source="ZTB 10",
    mark=Mark.TO_BE_VERIFIED,
)
