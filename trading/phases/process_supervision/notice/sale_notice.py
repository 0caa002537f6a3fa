"""The notice of a sale, letting or grant 处置公告: from the facts of the record to its points and paragraphs."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from trading.beijing import day_zh, law_date, moment_zh
from trading.codelists import Method, ProjectType
from trading.methods import METHODS
from trading.models import Document, Lot, SaleTerms
from trading.money import capitals, grouped

NUMBERS = ("一", "二", "三", "四", "五", "六", "七", "八", "九", "十", "十一")
ANYBODY = "中华人民共和国境内外的自然人、法人和其他组织均可申请，法律另有规定的除外"
UNITS = {ProjectType.LAND: "出让人", ProjectType.RURAL: "发包方（出租方、转让方）"}


def seller_word(lot: Lot) -> str:
    """What the owner of this type is called in a disposal."""
    return UNITS.get(lot.project.type, "转让方（出租方）")


def unit(sale: SaleTerms) -> str:
    """The unit of the offers."""
    return "元/年" if sale.a_year else "元"


def priced(sale: SaleTerms, field: str = "starting_price") -> str:
    """An amount of the terms as a notice writes it."""
    value = getattr(sale, field)
    return f"{grouped(value)}{unit(sale)}（大写：人民币{capitals(value)}{'每年' if sale.a_year else ''}）"


def term_of(sale: SaleTerms) -> str:
    """The term of a lease or right, where there is one."""
    if sale.lease_from is None or sale.lease_until is None:
        return ""
    return f"期限自{day_zh(sale.lease_from)}起至{day_zh(sale.lease_until)}止（不含截止当日）。"


def contents(lot: Lot, sale: SaleTerms, data: Mapping[str, Any], files: list[Document]) -> dict[str, Any]:
    """What the notice must say, point by point; the facts that the rules read stand beside the points."""
    project, names = lot.project, "、".join(one.name for one in files)
    told = {
        "seller": f"{project.owner.name}（统一社会信用代码：{project.owner.uscc}），地址：{data['address']}",
        "object": "。".join(one.rstrip("。") for one in (lot.scope, sale.description) if one),
        "use": data["planning"] or "",
        "approval": f"{project.approval_organ or ''}{project.approval_number or ''}",
        "price": f"起始价{priced(sale)}，加价幅度{grouped(sale.increment)}{unit(sale)}",
        "conditions": sale.buyer_conditions or ANYBODY,
        "documents": f"自本公告发布之时起至{moment_zh(data['bid_deadline'])}，在本平台免费下载：{names or '处置文件'}",
        "application": f"报名和保证金到账的截止时间为{moment_zh(data['bid_deadline'])}",
        "bidding": bidding_told(lot, data),
        "winner": winner_told(sale),
        "deposit": deposit_told(lot, sale),
        "contact": data["contact"],
        "priority": sale.priority or "",
        "reserve": "设有底价，底价密封至竞价结束" if sale.has_reserve else "无保留价",
        "without_reserve": not sale.has_reserve,
        "display": data["display"] or "",
        "objection": data["objection"],
        "trading_code": lot.trading_code or "",
        "record_keys": "",
    }
    return told | facts_told(sale, data)


def facts_told(sale: SaleTerms, data: Mapping[str, Any]) -> dict[str, Any]:
    """The facts of the notice beside its points, as data."""
    days: dict[str, date | None] = {
        name: data[name] for name in ("lessee_told_on", "preliminary_from", "preliminary_until")
    }
    return {name: day.isoformat() if day else None for name, day in days.items()} | {
        "display_days": data["display_days"],
        "news_medium": data["news_medium"] or "",
        "leased_house": bool(data["leased_house"]),
        "farmland": data["farmland"],
        "agricultural_use_kept": data["agricultural_use_kept"],
        "starting_price": str(sale.starting_price),
        "deposit_asked": str(sale.deposit or 0),
    }


def bidding_told(lot: Lot, data: Mapping[str, Any]) -> str:
    """When, where and how is bid."""
    begins, ends = moment_zh(data["bidding_at"]), moment_zh(data["planned_end"])
    how = METHODS[lot.method].zh if lot.method else ""
    room = f"{data['place']}及本平台网上竞价厅"
    live = f"竞价自{begins}起，计划于{ends}结束，结束前的最后数分钟内有人报价的自动延时；地点：{room}"
    if lot.method is Method.LISTING:
        listed = moment_zh(data["listed_from"])
        return f"挂牌期限自{listed}起至{begins}止，期满有两人以上愿意继续竞价的，转入现场（网上）竞价，{live}。{how}"
    return f"{live}。{how}"


def winner_told(sale: SaleTerms) -> str:
    """How the winner is determined."""
    least = "不低于底价的" if sale.has_reserve else "不低于起始价的"
    return f"按照价高者得的原则，{least}最高有效报价者为买受人；报价相同的，先报价者得；报价一经作出不得撤回"


def deposit_told(lot: Lot, sale: SaleTerms) -> str:
    """How much the deposit is, and how it is paid."""
    if not sale.deposit:
        return "本次交易不收取竞买保证金"
    return (
        f"竞买保证金{grouped(sale.deposit)}元，应当于报名截止时间前足额到账，附言写明标的编号{lot.code}；"
        "未成交的按期退还，成交的按照成交确认书转作定金或者价款"
    )


def title_of(lot: Lot) -> str:
    """The title of the notice; another attempt says so."""
    word = METHODS[lot.method].words.notice.zh if lot.method else "处置公告"
    again = f"（第{lot.attempt}次）" if lot.attempt > 1 else ""
    return f"{lot.name}{word}{again}"[:200]


def paragraphs(lot: Lot, sale: SaleTerms, told: Mapping[str, Any], media: list[str]) -> list[str]:
    """The notice in its order: object, price, conditions, application, bidding, winner, deposit, media, contact."""
    word = METHODS[lot.method].words if lot.method else None
    party, how = word.party.zh if word else "竞买人", lot.method.zh if lot.method else "公开"
    use = f"用途、年期和规划条件：{told['use']}。" if told["use"] else ""
    approval = f"批准或者决策文号：{told['approval']}。" if told["approval"] else ""
    display = f"标的展示：{told['display']}。" if told["display"] else ""
    exercised = "优先权人应当在场并以最高报价行使，未行使的视为放弃。"
    priority = f"优先权：{told['priority']}。{exercised}" if told["priority"] else ""
    news = f"，并在{told['news_medium']}刊登" if told["news_medium"] else ""
    verifying = f"本平台存证的公钥为：{told['record_keys']}。" if told["record_keys"] else ""
    lines = [
        f"{seller_word(lot)}：{told['seller']}。{approval}现以{how}方式公开处置下列标的。",
        f"标的：{told['object']}。{use}{term_of(sale)}统一交易标识码：{told['trading_code']}。{display}",
        f"价格：{told['price']}；{told['reserve']}。",
        f"{party}资格和报名：{told['conditions']}。在本平台网上报名，提交申请书和资格材料。{priority}",
        f"文件：{told['documents']}。",
        f"{told['application']}，逾期不予受理。报名人数和名单在竞价结束前保密。",
        f"{told['bidding']}。",
        f"{told['winner']}。",
        f"{told['deposit']}。",
        f"本公告自{day_zh(law_date(lot.published_at))}起在{'、'.join(media)}同时发布{news}，内容一致。"
        if lot.published_at
        else f"本公告在{'、'.join(media)}同时发布{news}，内容一致。",
        f"联系人及联系方式：{told['contact']}。异议受理：{told['objection']}。{verifying}",
    ]
    return [f"{number}、{line}".replace("。。", "。") for number, line in zip(NUMBERS, lines, strict=True)]


def notice_text(lot: Lot, sale: SaleTerms, told: Mapping[str, Any], media: list[str]) -> str:
    """The paragraphs as one text."""
    return "\n".join(paragraphs(lot, sale, told, media))
