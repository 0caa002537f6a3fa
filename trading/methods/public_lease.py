"""Public lease 公开招租: the facts of the method."""

from __future__ import annotations

from trading.codelists import Course, Mark, Method
from trading.errors import Words
from trading.methods.trading_method import MethodWords, TradingMethod

METHOD = TradingMethod(
    method=Method.PUBLIC_LEASE,
    course=Course.COMPETITION,
    running=True,
    minimum_participants=None,
    periods=(
        "rural_notice_wd",
        "admin_notice_wd",
    ),
    zh="公开征集承租人，价高者承租，同等条件下依法保障优先权。",
    en="Tenants are sought in public; the highest rent wins, with lawful priority on equal terms.",
    source="R07.C13",
    mark=Mark.COUNTY_RULE,
    words=MethodWords(
        notice=Words("公开招租公告", "Notice of public lease"),
        documents=Words("招租文件", "Lease documents"),
        party=Words("意向承租方", "Applicant"),
        offer=Words("报价", "Offer"),
        winner=Words("承租方", "Lessee"),
        award=Words("成交确认书", "Deal confirmation"),
        result=Words("成交结果公告", "Result"),
    ),
)
