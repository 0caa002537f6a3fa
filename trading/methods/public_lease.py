"""Public lease 公开招租: the facts of the method."""

from __future__ import annotations

from trading.codelists import Mark, Method
from trading.methods.trading_method import TradingMethod

METHOD = TradingMethod(
    method=Method.PUBLIC_LEASE,
    running=False,
    minimum_participants=None,
    periods=(
        "rural_notice_wd",
        "admin_notice_wd",
    ),
    zh="公开征集承租人，价高者承租，同等条件下依法保障优先权。",
    en="Tenants are sought in public; the highest rent wins, with lawful priority on equal terms.",
    source="R07.C13",
    mark=Mark.COUNTY_RULE,
)
