"""Net bidding 网络竞价: the facts of the method."""

from __future__ import annotations

from trading.codelists import Mark, Method
from trading.methods.trading_method import TradingMethod

METHOD = TradingMethod(
    method=Method.NET_BIDDING,
    running=False,
    minimum_participants=None,
    periods=("extend_last_minutes",),
    zh="竞买人在规定时间内通过网络递增报价，最高有效报价者成交。",
    en="Rising offers are made on line; the highest valid offer wins.",
    source="R13.C9",
    mark=Mark.COUNTY_RULE,
)
