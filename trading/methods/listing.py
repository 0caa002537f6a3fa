"""Listing 挂牌: the facts of the method."""

from __future__ import annotations

from trading.codelists import Course, Mark, Method
from trading.errors import Words
from trading.methods.trading_method import MethodWords, TradingMethod

METHOD = TradingMethod(
    method=Method.LISTING,
    course=Course.COMPETITION,
    running=True,
    minimum_participants=None,
    periods=(
        "land_notice",
        "land_listing",
    ),
    zh="在规定期限内挂牌公布交易条件并接受报价，期满确定竞得人。",
    en="Terms are displayed and offers taken for a period; the winner is fixed when it ends.",
    source="国土令39 18, 19",
    mark=Mark.TO_BE_VERIFIED,
    words=MethodWords(
        notice=Words("挂牌公告", "Listing notice"),
        documents=Words("挂牌文件", "Listing documents"),
        party=Words("竞买人", "Bidder"),
        offer=Words("报价", "Offer"),
        winner=Words("竞得人", "Buyer"),
        award=Words("成交确认书", "Deal confirmation"),
        result=Words("成交结果公告", "Result"),
    ),
)
