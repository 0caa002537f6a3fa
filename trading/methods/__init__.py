"""How one may trade 交易方式: one file a method, gathered here by its code."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from trading.codelists import Method
from trading.methods import (
    auction,
    consultation,
    direct,
    inquiry,
    invited_tender,
    listing,
    negotiation,
    net_bidding,
    open_tender,
    public_lease,
    single_source,
)
from trading.methods.trading_method import TradingMethod

METHODS: Mapping[Method, TradingMethod] = MappingProxyType(
    {
        module.METHOD.method: module.METHOD
        for module in (
            open_tender,
            invited_tender,
            negotiation,
            consultation,
            inquiry,
            single_source,
            auction,
            listing,
            net_bidding,
            public_lease,
            direct,
        )
    }
)

__all__ = ["METHODS", "TradingMethod"]
