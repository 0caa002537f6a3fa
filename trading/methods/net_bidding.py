"""Net bidding 网络竞价: the facts of the method."""

from __future__ import annotations

from trading.codelists import Course, Mark, Method
from trading.errors import Words
from trading.methods.trading_method import MethodWords, TradingMethod

METHOD = TradingMethod(
    method=Method.NET_BIDDING,
    course=Course.COMPETITION,
    running=True,
    minimum_participants=None,
    periods=("extend_last_minutes",),
    zh="竞买人在规定时间内通过网络递增报价，最高有效报价者成交。",
    en="Rising offers are made on line; the highest valid offer wins.",
    source="R13.C9",
    mark=Mark.COUNTY_RULE,
    words=MethodWords(
        notice=Words("网络竞价公告", "Net bidding notice"),
        documents=Words("竞价文件", "Bidding documents"),
        party=Words("竞价人", "Bidder"),
        offer=Words("报价", "Offer"),
        winner=Words("受让方", "Transferee"),
        award=Words("成交确认书", "Deal confirmation"),
        result=Words("成交结果公告", "Result"),
    ),
)
