"""Direct award 直接发包（不招标）: the facts of the method."""

from __future__ import annotations

from trading.codelists import Course, Mark, Method
from trading.errors import Words
from trading.methods.trading_method import MethodWords, TradingMethod

METHOD = TradingMethod(
    method=Method.DIRECT,
    course=Course.NEGOTIATION,
    running=True,
    minimum_participants=None,
    periods=(),
    zh="具备法定可以不进行招标的情形，由招标人直接发包。",
    en="The owner awards without tender on a statutory ground.",
    source="ZTB 66, ZTBT 9",
    mark=Mark.CHECKED,
    words=MethodWords(
        notice=Words("不招标理由公示", "Publication of the reasons for no tender"),
        documents=Words("发包文件", "Contract documents"),
        party=Words("承包人", "Contractor"),
        offer=Words("报价文件", "Offer"),
        winner=Words("承包人", "Contractor"),
        award=Words("发包通知书", "Notice of direct award"),
        result=Words("直接发包结果公告", "Result of the direct award"),
    ),
)
