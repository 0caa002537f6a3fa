"""Competitive negotiation 竞争性谈判: the facts of the method."""

from __future__ import annotations

from trading.codelists import Course, Mark, Method
from trading.errors import Words
from trading.methods.trading_method import MethodWords, TradingMethod

METHOD = TradingMethod(
    method=Method.NEGOTIATION,
    course=Course.NEGOTIATION,
    running=True,
    minimum_participants=3,
    periods=("gpn_negotiation_wd",),
    zh="谈判小组与不少于三家供应商谈判，符合需求且报价最低者成交。",
    en="A group negotiates with at least three suppliers; the lowest offer that meets the need wins.",
    source="CG 38",
    mark=Mark.CHECKED,
    words=MethodWords(
        notice=Words("竞争性谈判公告", "Notice of competitive negotiation"),
        documents=Words("谈判文件", "Negotiation documents"),
        party=Words("供应商", "Supplier"),
        offer=Words("响应文件", "Response"),
        winner=Words("成交供应商", "Successful supplier"),
        award=Words("成交通知书", "Notice of the deal"),
        result=Words("成交结果公告", "Result"),
    ),
)
