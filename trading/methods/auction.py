"""Auction 拍卖: the facts of the method."""

from __future__ import annotations

from trading.codelists import Mark, Method
from trading.methods.trading_method import TradingMethod

METHOD = TradingMethod(
    method=Method.AUCTION,
    running=False,
    minimum_participants=None,
    periods=(
        "auction_notice",
        "auction_display",
    ),
    zh="以公开竞价的方式将标的转让给最高应价者。",
    en="The object goes to the highest bidder in open bidding.",
    source="PM 45, 48, 50",
    mark=Mark.CHECKED,
)
