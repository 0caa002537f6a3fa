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
    "amount": _l("金额（元）"),
    "anchor": _l("抽取承诺"),
    "answer_due": _l("应予答复的时间"),
    "bid_deadline": _l("投标截止时间"),
    "bids": _l("评审的投标数"),
    "candidates": _l("中标候选人数"),
    "change": _l("变更单号"),
    "code": _l("新标段编号"),
    "digest": _l("内容指纹（SHA-256）"),
    "draw": _l("抽取名称"),
    "drawn": _l("抽取人数"),
    "effective": _l("有效投标数"),
    "envelope": _l("信封指纹"),
    "excluded": _l("回避人数"),
    "forfeited": _l("不予退还"),
    "interest": _l("利息（元）"),
    "in_time": _l("在法定时间内提出"),
    "issuer_listed": _l("出具机构在中心名录中"),
    "kept_until": _l("档案保存至"),
    "known": _l("此前已登记笔数"),
    "matched": _l("已匹配到账"),
    "members": _l("评标委员会人数"),
    "method": _l("交易方式"),
    "missing": _l("尚缺材料"),
    "motion": _l("提议编号"),
    "number": _l("编号"),
    "objection": _l("异议编号"),
    "open_until": _l("开标记录接受现场异议至"),
    "opinion": _l("签署意见"),
    "pool_root": _l("专家库快照指纹"),
    "pool_size": _l("专家库人数"),
    "price": _l("价格（元）"),
    "publicity_start": _l("应予公示的时间"),
    "publicity_until": _l("公示截止"),
    "received": _l("接收流水笔数"),
    "received_at": _l("收到时间"),
    "round": _l("轮次"),
    "saved": _l("节资额（元）"),
    "score": _l("得分"),
    "sha256": _l("内容指纹（SHA-256）"),
    "share": _l("累计变更比例"),
    "signed_on": _l("签订日期"),
    "suspends": _l("交易中止"),
    "together": _l("一并办理的标段"),
    "total": _l("合计（元）"),
    "trading_code": _l("统一交易标识码"),
    "unmatched": _l("未匹配到账"),
    "version": _l("版本"),
    "winner": _l("中标人"),
}
AMOUNTS = frozenset({"amount", "interest", "price", "saved", "total"})
FINGERPRINTS = frozenset({"anchor", "digest", "envelope", "pool_root", "sha256"})
MOMENTS = frozenset({"answer_due", "bid_deadline", "open_until", "received_at"})
SHOWN_APART = frozenset({"receipt", "trial"})
WORDS: dict[str, type[Code]] = {"method": Method, "opinion": Opinion}


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
