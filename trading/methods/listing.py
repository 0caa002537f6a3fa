"""Listing 挂牌: the facts of the method."""

from __future__ import annotations

from trading.codelists import Mark, Method
from trading.methods.trading_method import TradingMethod

METHOD = TradingMethod(
    method=Method.LISTING,
    running=False,
    minimum_participants=None,
    periods=(
        "land_notice",
        "land_listing",
    ),
    zh="在规定期限内挂牌公布交易条件并接受报价，期满确定竞得人。",
    en="Terms are displayed and offers taken for a period; the winner is fixed when it ends.",
    source="国土令39 18, 19",
    mark=Mark.TO_BE_VERIFIED,
)
