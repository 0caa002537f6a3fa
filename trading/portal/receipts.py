"""Receipts in words 回执: what a step left in the person's hand, labelled for a reader instead of by its key."""

from __future__ import annotations

from datetime import datetime
from decimal import Decimal, InvalidOperation
from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from markupsafe import Markup

from trading.codelists import Code, Method
from trading.experts.committee import Opinion
from trading.money import grouped
from trading.web.formats import moment, word

LABELS: dict[str, Any] = {
    "admission_due": _l("应予决定是否受理的时间"),
    "amount": _l("金额（元）"),
    "anchor": _l("抽取承诺"),
    "answer_due": _l("应予答复的时间"),
    "applied": _l("已报名"),
    "bid_deadline": _l("投标截止时间"),
    "bids": _l("评审的投标数"),
    "candidates": _l("中标候选人数"),
    "change": _l("变更单号"),
    "code": _l("新标段编号"),
    "complaint": _l("投诉编号"),
    "condition": _l("确认事项"),
    "corrected": _l("修正后的价格（元）"),
    "cut_off": _l("报名截止时间"),
    "decision": _l("决定编号"),
    "digest": _l("内容指纹（SHA-256）"),
    "draw": _l("抽取名称"),
    "drawn": _l("抽取人数"),
    "due": _l("应予办理的时间"),
    "effective": _l("有效投标数"),
    "envelope": _l("信封指纹"),
    "escrow": _l("托管的承诺值"),
    "excluded": _l("回避人数"),
    "failed": _l("不符合的项数"),
    "forfeited": _l("不予退还"),
    "holds": _l("符合"),
    "in_time": _l("在法定时间内提出"),
    "interest": _l("利息（元）"),
    "issuer_listed": _l("出具机构在中心名录中"),
    "kept_until": _l("档案保存至"),
    "key": _l("报价编号"),
    "known": _l("此前已登记笔数"),
    "left": _l("尚未付清（元）"),
    "letter": _l("函件编号"),
    "made_at": _l("报价时间"),
    "matched": _l("已匹配到账"),
    "members": _l("评标委员会人数"),
    "method": _l("交易方式"),
    "missing": _l("尚缺材料"),
    "motion": _l("提议编号"),
    "not_applicable": _l("不适用的项数"),
    "number": _l("编号"),
    "objection": _l("异议编号"),
    "officers": _l("开标密钥持有人数"),
    "open_until": _l("开标记录接受现场异议至"),
    "opened": _l("已开启"),
    "opinion": _l("签署意见"),
    "order": _l("监督指令编号"),
    "paddle": _l("竞买号牌"),
    "passed": _l("符合的项数"),
    "pool_root": _l("专家库快照指纹"),
    "pool_size": _l("专家库人数"),
    "premium": _l("溢价额（元）"),
    "price": _l("价格（元）"),
    "publicity_start": _l("应予公示的时间"),
    "publicity_until": _l("公示截止"),
    "qualified": _l("资格合格的家数"),
    "rate": _l("溢价率（%）"),
    "received": _l("接收流水笔数"),
    "received_at": _l("收到时间"),
    "record": _l("记录编号"),
    "reply": _l("答辩通知编号"),
    "round": _l("轮次"),
    "saved": _l("节资额（元）"),
    "score": _l("得分"),
    "sha256": _l("内容指纹（SHA-256）"),
    "share": _l("累计变更比例"),
    "shares": _l("密钥分片数"),
    "sheets": _l("评价表份数"),
    "side": _l("签署方"),
    "signed_on": _l("签订日期"),
    "suppliers": _l("供应商家数"),
    "suspends": _l("交易中止"),
    "together": _l("一并办理的标段"),
    "total": _l("合计（元）"),
    "trading_code": _l("统一交易标识码"),
    "unknown": _l("无法判断的项数"),
    "unmatched": _l("未匹配到账"),
    "unsigned": _l("尚未签署的一方"),
    "until": _l("办理至"),
    "version": _l("版本"),
    "winner": _l("中标人"),
}
AMOUNTS = frozenset({"amount", "corrected", "interest", "left", "premium", "price", "saved", "total"})
FINGERPRINTS = frozenset({"anchor", "digest", "envelope", "pool_root", "sha256"})
MOMENTS = frozenset({
    "admission_due", "answer_due", "bid_deadline", "cut_off", "due", "made_at", "open_until", "received_at", "until",
})  # fmt: skip
SHOWN_APART = frozenset({"receipt", "trial"})
WORDS: dict[str, type[Code]] = {"method": Method, "opinion": Opinion}
SIDES = {
    "buyer": _l("买受人"), "seller": _l("转让方"), "auctioneer": _l("拍卖师（主持人）"), "recorder": _l("记录人"),
}  # fmt: skip
CODED: dict[str, dict[str, Any]] = {
    "escrow": {"open": _l("已开启"), "void": _l("无效")}, "side": SIDES, "unsigned": SIDES,
}  # fmt: skip


def rows(taken: dict[str, Any]) -> list[dict[str, Any]]:
    """A receipt's facts as label and value, the entry's fingerprint last."""
    first = [
        {"label": _("办理时间"), "value": moment(datetime.fromisoformat(taken["at"]))},
        {"label": _("标段编号"), "value": taken["code"]},
    ]
    facts = [
        {"label": LABELS.get(name, name), "value": told(name, value)}
        for name, value in taken["facts"].items()
        if name not in SHOWN_APART
    ]
    return [*first, *facts, {"label": _("存证指纹"), "value": fingerprint(taken["leaf"])}]


def fingerprint(text: str) -> Markup:
    """A digest in the type of fingerprints."""
    return Markup('<span class="fingerprint">{}</span>').format(text)


def told(name: str, value: Any) -> Any:
    """One fact as a reader sees it."""
    if name in FINGERPRINTS and isinstance(value, str):
        return fingerprint(value)
    if value in ("True", "False"):
        return word(value == "True")
    if isinstance(value, bool):
        return word(value)
    if name in AMOUNTS and value not in (None, "None"):
        return amount(value)
    if name in MOMENTS and isinstance(value, str):
        return moment_of(value)
    if isinstance(value, list) and value:
        return _("、").join(str(told(name, one)) for one in value)
    if name in CODED and isinstance(value, str):
        return CODED[name].get(value, value)
    if name in WORDS and value in set(WORDS[name]):
        return word(WORDS[name](value))
    return "—" if value in (None, "None", "", []) else value


def amount(value: Any) -> str:
    """An amount with separators; what is none stays as it is."""
    try:
        return grouped(Decimal(str(value)))
    except (InvalidOperation, ValueError):
        return str(value)


def moment_of(value: str) -> str:
    """A moment given as ISO text, with day, hour and zone."""
    try:
        return moment(datetime.fromisoformat(value))
    except ValueError:
        return value
