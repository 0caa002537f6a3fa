"""Direct award 直接发包（不招标）: the facts of the method."""

from __future__ import annotations

from trading.codelists import Mark, Method
from trading.methods.trading_method import TradingMethod

METHOD = TradingMethod(
    method=Method.DIRECT,
    running=False,
    minimum_participants=None,
    periods=(),
    zh="具备法定可以不进行招标的情形，由招标人直接发包。",
    en="The owner awards without tender on a statutory ground.",
    source="ZTB 66, ZTBT 9",
    mark=Mark.CHECKED,
)
