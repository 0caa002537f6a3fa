"""Competitive consultation 竞争性磋商: the facts of the method."""

from __future__ import annotations

from trading.codelists import Course, Mark, Method
from trading.errors import Words
from trading.methods.trading_method import MethodWords, TradingMethod

METHOD = TradingMethod(
    method=Method.CONSULTATION,
    course=Course.NEGOTIATION,
    running=True,
    minimum_participants=3,
    periods=("gpn_consultation",),
    zh="磋商小组与不少于三家供应商磋商，按综合评分确定成交供应商。",
    en="A group consults at least three suppliers; the best overall score wins.",
    source="财库〔2014〕214号",
    mark=Mark.TO_BE_VERIFIED,
    words=MethodWords(
        notice=Words("竞争性磋商公告", "Notice of competitive consultation"),
        documents=Words("磋商文件", "Consultation documents"),
        party=Words("供应商", "Supplier"),
        offer=Words("响应文件", "Response"),
        winner=Words("成交供应商", "Successful supplier"),
        award=Words("成交通知书", "Notice of the deal"),
        result=Words("成交结果公告", "Result"),
    ),
)
