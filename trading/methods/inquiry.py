"""Inquiry 询价: the facts of the method."""

from __future__ import annotations

from trading.codelists import Course, Mark, Method
from trading.errors import Words
from trading.methods.trading_method import MethodWords, TradingMethod

METHOD = TradingMethod(
    method=Method.INQUIRY,
    course=Course.NEGOTIATION,
    running=True,
    minimum_participants=3,
    periods=("gpn_inquiry_wd",),
    zh="询价小组向不少于三家供应商询价，报价一次不得更改。",
    en="A group asks at least three suppliers for one quote that may not be changed.",
    source="CG 40",
    mark=Mark.CHECKED,
    words=MethodWords(
        notice=Words("询价公告", "Notice of inquiry"),
        documents=Words("询价通知书", "Inquiry"),
        party=Words("供应商", "Supplier"),
        offer=Words("响应文件", "Response"),
        winner=Words("成交供应商", "Successful supplier"),
        award=Words("成交通知书", "Notice of the deal"),
        result=Words("成交结果公告", "Result"),
    ),
)
