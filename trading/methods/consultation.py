"""Competitive consultation 竞争性磋商: the facts of the method."""

from __future__ import annotations

from trading.codelists import Mark, Method
from trading.methods.trading_method import TradingMethod

METHOD = TradingMethod(
    method=Method.CONSULTATION,
    running=False,
    minimum_participants=3,
    periods=("gpn_consultation",),
    zh="磋商小组与不少于三家供应商磋商，按综合评分确定成交供应商。",
    en="A group consults at least three suppliers; the best overall score wins.",
    source="财库〔2014〕214号",
    mark=Mark.TO_BE_VERIFIED,
)
