"""What a deal confirmation 成交确认书 and the notice of a deal 成交公告 say: from the facts to the paragraphs."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from typing import Any

from trading.beijing import day_zh, moment_zh
from trading.codelists import Method, ProjectType
from trading.methods import METHODS
from trading.models import Deal, Lot, SaleTerms
from trading.money import capitals, grouped
from trading.savings import premium, rate
from trading.workflow.sale_record import total_of

BASES = {
    "starting_price": ("起始价", "starting price"),
    "reserve": ("底价", "reserve"),
    "valuation": ("评估价", "valuation"),
}


def amount_zh(value: Decimal, a_year: bool = False) -> str:
    """An amount as a paper writes it, with its unit."""
    return f"{grouped(value)}元{'/年' if a_year else ''}（大写：人民币{capitals(value)}{'每年' if a_year else ''}）"


def figures(deal: Deal, sale: SaleTerms) -> dict[str, Decimal]:
    """Base and price over the whole term, the premium and its rate in percent (rulebook 7.1)."""
    base, price = total_of(sale, deal.base), total_of(sale, deal.price)
    return {"base": base, "price": price, "premium": premium(base, price), "rate": rate(base, premium(base, price))}


def facts(lot: Lot, sale: SaleTerms, deal: Deal) -> dict[str, Any]:
    """The facts of a deal as data; money as text."""
    found = figures(deal, sale)
    buyer = deal.entrant.organization
    return {
        "lot": lot.code,
        "buyer": buyer.name,
        "uscc": buyer.uscc,
        "members": [one["name"] for one in deal.entrant.members],
        "paddle": deal.entrant.paddle,
        "price": str(deal.price),
        "a_year": sale.a_year,
        "total": str(found["price"]),
        "base": str(found["base"]),
        "base_kind": deal.base_kind,
        "premium": str(found["premium"]),
        "rate": str(found["rate"]),
        "made_at": moment_zh(deal.made_at),
        "lease_from": sale.lease_from.isoformat() if sale.lease_from else None,
        "lease_until": sale.lease_until.isoformat() if sale.lease_until else None,
        "deposit": str(sale.deposit or 0),
        "contract_by": deal.contract_by.isoformat() if deal.contract_by else None,
        "commission_percent": str(deal.commission_percent) if deal.commission_percent is not None else None,
        "auctioneer": deal.auctioneer,
    }


def price_told(told: Mapping[str, Any]) -> str:
    """The price, and of a lease what it comes to over the term."""
    price = amount_zh(Decimal(told["price"]), told["a_year"])
    if not told["a_year"]:
        return price
    return f"{price}，租期内合计{amount_zh(Decimal(told['total']))}"


def confirmation(lot: Lot, told: Mapping[str, Any]) -> str:
    """The deal confirmation, signed at once by buyer and seller (PM 52)."""
    words = METHODS[lot.method].words if lot.method else None
    winner = words.winner.zh if words else "买受人"
    members = f"（联合体成员：{'、'.join(told['members'])}）" if told["members"] else ""
    deposit = "转作定金" if lot.project.type is ProjectType.LAND else "转作价款或者履约保证金，由合同约定"
    days = [date.fromisoformat(told[name]) if told[name] else None for name in ("lease_from", "lease_until")]
    since, until = days
    term = f"期限：自{day_zh(since)}起至{day_zh(until)}止（不含截止当日）。" if since and until else ""
    lines = [
        f"{lot.name}成交确认书",
        f"标的编号：{lot.code}；统一交易标识码：{lot.trading_code or '—'}",
        f"一、转让方（出让方、出租方）：{lot.project.owner.name}",
        f"二、{winner}：{told['buyer']}（统一社会信用代码：{told['uscc']}）{members}；号牌：{told['paddle'] or '—'}",
        f"三、标的：{lot.scope or lot.name}。{term}".replace("。。", "。"),
        f"四、交易方式：{lot.method.zh if lot.method else '—'}；成交时间：{told['made_at']}",
        f"五、成交价：{price_told(told)}",
    ]
    if Decimal(told["deposit"]):
        lines.append(f"六、竞买保证金{amount_zh(Decimal(told['deposit']))}，{deposit}。")
    else:
        lines.append("六、本次交易未收取竞买保证金。")
    by = f"不迟于{day_zh(date.fromisoformat(told['contract_by']))}" if told["contract_by"] else "按照法定期限"
    lines.append(f"七、双方{by}订立书面合同；{winner}不按期签订的，保证金不予退还并承担违约责任。")
    if lot.method is Method.AUCTION:
        percent = told["commission_percent"]
        commission = f"买卖双方各按成交价的{percent}%" if percent else "不收取"
        lines.append(f"八、拍卖师：{told['auctioneer'] or '—'}；佣金：{commission}。")
    return "\n".join(lines)


def result_text(lot: Lot, told: Mapping[str, Any]) -> str:
    """The notice of the deal."""
    base = BASES.get(told["base_kind"], (told["base_kind"], ""))[0]
    scope = "（租期内合计）" if told["a_year"] else ""
    lines = [
        f"{lot.name}（标的编号：{lot.code}）已经成交，现将结果公告如下。",
        f"一、受让人（竞得人、承租人）：{told['buyer']}（统一社会信用代码：{told['uscc']}）",
        f"二、成交价：{price_told(told)}",
        f"三、{base}{scope}：{amount_zh(Decimal(told['base']))}；增值{grouped(Decimal(told['premium']))}元，增值率{told['rate']}%",
        f"四、交易方式：{lot.method.zh if lot.method else '—'}；成交时间：{told['made_at']}",
        f"五、公示期：至{day_zh(date.fromisoformat(told['until']))}24时止（北京时间）。",
        f"六、对结果有异议的，应当在公示期内提出。受理：{told['objection_channel']}；也可在本平台在线提出。",
    ]
    if told.get("village_board_on"):
        lines.append(f"七、本结果自{day_zh(date.fromisoformat(told['village_board_on']))}起同时在村务公开栏公示。")
    return "\n".join(lines)
