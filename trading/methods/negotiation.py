"""Competitive negotiation 竞争性谈判: the facts of the method."""

from __future__ import annotations

from trading.codelists import Mark, Method
from trading.methods.trading_method import TradingMethod

METHOD = TradingMethod(
    method=Method.NEGOTIATION,
    running=False,
    minimum_participants=3,
    periods=("gpn_negotiation_wd",),
    zh="谈判小组与不少于三家供应商谈判，符合需求且报价最低者成交。",
    en="A group negotiates with at least three suppliers; the lowest offer that meets the need wins.",
    source="CG 38",
    mark=Mark.CHECKED,
)
