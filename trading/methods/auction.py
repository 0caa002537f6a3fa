"""Auction 拍卖: the facts of the method."""

from __future__ import annotations

from trading.codelists import Course, Mark, Method
from trading.errors import Words
from trading.methods.trading_method import MethodWords, TradingMethod

METHOD = TradingMethod(
    method=Method.AUCTION,
    course=Course.COMPETITION,
    running=True,
    minimum_participants=None,
    periods=(
        "auction_notice",
        "auction_display",
    ),
    zh="以公开竞价的方式将标的转让给最高应价者。",
    en="The object goes to the highest bidder in open bidding.",
    source="PM 45, 48, 50",
    mark=Mark.CHECKED,
    words=MethodWords(
        notice=Words("拍卖公告", "Auction notice"),
        documents=Words("拍卖文件", "Auction documents"),
        party=Words("竞买人", "Bidder"),
        offer=Words("报价", "Offer"),
        winner=Words("买受人", "Buyer"),
        award=Words("成交确认书", "Deal confirmation"),
        result=Words("成交结果公告", "Result"),
    ),
)
