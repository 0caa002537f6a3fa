"""Single source 单一来源: the facts of the method."""

from __future__ import annotations

from trading.codelists import Mark, Method
from trading.methods.trading_method import TradingMethod

METHOD = TradingMethod(
    method=Method.SINGLE_SOURCE,
    running=False,
    minimum_participants=None,
    periods=("gpn_single_source_notice_wd",),
    zh="具备法定情形时，向唯一供应商采购，达到公开招标数额的事先公示。",
    en="Purchase from the only supplier on a statutory ground, published beforehand where large.",
    source="CG 31",
    mark=Mark.CHECKED,
)
