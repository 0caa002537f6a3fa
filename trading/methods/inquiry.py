"""Inquiry 询价: the facts of the method."""

from __future__ import annotations

from trading.codelists import Mark, Method
from trading.methods.trading_method import TradingMethod

METHOD = TradingMethod(
    method=Method.INQUIRY,
    running=False,
    minimum_participants=3,
    periods=("gpn_inquiry_wd",),
    zh="询价小组向不少于三家供应商询价，报价一次不得更改。",
    en="A group asks at least three suppliers for one quote that may not be changed.",
    source="CG 40",
    mark=Mark.CHECKED,
)
