"""Invited tender 邀请招标: the facts of the method."""

from __future__ import annotations

from trading.codelists import Course, Mark, Method
from trading.methods.trading_method import TradingMethod

METHOD = TradingMethod(
    method=Method.INVITED_TENDER,
    course=Course.TENDER,
    running=True,
    minimum_participants=3,
    periods=(
        "works_issue_to_deadline",
        "clarify_bid",
    ),
    zh="招标人以投标邀请书的方式邀请三个以上特定的法人或者其他组织投标。",
    en="The owner invites at least three named organisations to bid, by letter.",
    source="ZTB 17",
    mark=Mark.CHECKED,
)
