"""Single source 单一来源: the facts of the method."""

from __future__ import annotations

from trading.codelists import Course, Mark, Method
from trading.errors import Words
from trading.methods.trading_method import MethodWords, TradingMethod

METHOD = TradingMethod(
    method=Method.SINGLE_SOURCE,
    course=Course.NEGOTIATION,
    running=True,
    minimum_participants=None,
    periods=("gpn_single_source_notice_wd",),
    zh="具备法定情形时，向唯一供应商采购，达到公开招标数额的事先公示。",
    en="Purchase from the only supplier on a statutory ground, published beforehand where large.",
    source="CG 31",
    mark=Mark.CHECKED,
    words=MethodWords(
        notice=Words("单一来源采购邀请", "Single-source invitation"),
        documents=Words("单一来源采购文件", "Single-source documents"),
        party=Words("供应商", "Supplier"),
        offer=Words("响应文件", "Response"),
        winner=Words("成交供应商", "Successful supplier"),
        award=Words("成交通知书", "Notice of the deal"),
        result=Words("成交结果公告", "Result"),
    ),
)
