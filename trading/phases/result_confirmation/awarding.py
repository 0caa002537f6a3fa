"""Award notice 中标通知 and results to all others 结果通知: at the same time, in one transaction."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from trading.codelists import NoticeKind, Role
from trading.errors import Refused
from trading.methods import METHODS
from trading.methods.trading_method import TENDERING, MethodWords
from trading.models import WHOLE_BID, Award, Bid, Lot
from trading.money import capitals, grouped
from trading.phases.result_confirmation import procurement_result
from trading.phases.result_confirmation.deal_confirming import send_deal
from trading.steps import Step
from trading.workflow.refunds import start_clocks
from trading.workflow.sale_record import competes
from trading.workflow.taking import Taking, effect

BASES = {"ceiling": ("最高投标限价", "ceiling"), "budget": ("批准预算", "approved budget"),
         "starting_price": ("起始价", "starting price")}  # fmt: skip


def award_of(session: Session, lot: Lot) -> Award | None:
    """The award of the lot, once the winner is fixed."""
    return session.scalar(select(Award).where(Award.lot_id == lot.id))


def words_of(lot: Lot) -> MethodWords:
    """What things are called under the lot's method."""
    return METHODS[lot.method].words if lot.method else TENDERING


def result_facts(award: Award, bid: Bid) -> dict[str, Any]:
    """What the result notice tells, as data."""
    return {
        "winner": award.organization.name,
        "uscc": award.organization.uscc,
        "price": str(award.price),
        "price_words": capitals(award.price),
        "base": str(award.base),
        "base_kind": award.base_kind,
        "saved": str(award.saved),
        "premium": None if award.premium is None else str(award.premium),
        "quality": bid.quality,
        "duration_days": bid.duration_days,
        "manager": bid.manager,
        "number": award.number,
    }


def gained(saved: str, premium: str | None) -> str:
    """What a result saves, or earns where something was disposed of."""
    return f"节约资金：{grouped(Decimal(saved))}元" if premium is None else f"增值：{grouped(Decimal(premium))}元"


def result_text(lot: Lot, facts: dict[str, Any]) -> str:
    """The text of the public result notice."""
    base, words = BASES[facts["base_kind"]][0], words_of(lot)
    deal = "中标" if words.winner.zh.startswith("中标") else "成交"
    if lot.project.type.is_procurement:
        begun = f"{lot.name}（编号：{lot.code}）评审工作已经结束，采购人已依法确定{words.winner.zh}，现公告如下。"
    else:
        begun = f"{lot.name}（标段编号：{lot.code}）公示期已满，招标人已依法确定{words.winner.zh}，现公告如下。"
    return "\n".join(
        (
            begun,
            f"一、{words.winner.zh}：{facts['winner']}（统一社会信用代码：{facts['uscc']}）",
            f"二、{deal}价：{grouped(Decimal(facts['price']))}元（大写：人民币{facts['price_words']}）",
            f"三、质量：{facts['quality']}；履行期限：{facts['duration_days']}日历天；项目负责人：{facts['manager']}",
            f"四、成交见证号：{facts['number']}",
            f"五、{gained(facts['saved'], facts.get('premium'))}（以{base}{grouped(Decimal(facts['base']))}元为基数）",
        )
    )


@effect(Step.AWARD)
def send_award(taking: Taking) -> None:
    """The winner gets the award notice and everyone else the result, at one moment; then nothing can be changed."""
    session, lot = taking.session, taking.lot
    award = award_of(session, lot)
    if award is None:
        raise Refused("no_winner", "尚未确定中标人", "The winner is not fixed yet")
    if competes(lot):
        send_deal(taking, award)
        return
    assert award.bid_id is not None, "only a deal has no bid"
    bid = session.get_one(Bid, award.bid_id)
    award.number, award.notified_at = f"JZ-{lot.code}", taking.now
    lot.awarded_at = taking.now
    facts = result_facts(award, bid)
    text = result_text(lot, facts)
    if lot.project.type.is_procurement:
        more, lines = procurement_result.additions(taking, award)
        facts, text = facts | more, "\n".join([text, *lines])
    taking.publish(NoticeKind.RESULT, f"{lot.name}{words_of(lot).result.zh}"[:200], text, facts)
    taking.record("award.notice", {"winner": bid.organization.bidder, "number": award.number})
    taking.session.flush()
    start_clocks(taking.session, lot, taking.now, taking.tools)
    tell_all(taking, award)
    taking.receipt.update(number=award.number, winner=award.organization.name, price=award.price)


def tell_all(taking: Taking, award: Award) -> None:
    """The award notice to the winner, the result to all other bidders, a procurement's each with his own score."""
    lot, days, terms = taking.lot, int(taking.values["contract"]), words_of(taking.lot)
    words = f"人民币{capitals(award.price)}（{grouped(award.price)}元）"
    taking.tell(
        (
            terms.award.zh,
            f"贵单位被确定为“{lot.name}”的{terms.winner.zh}，价格{words}，成交见证号{award.number}。"
            f"请自本通知书发出之日起{days}日内与{buyer_word(lot)}按照{terms.documents.zh}和{terms.offer.zh}订立书面合同。",
        ),
        (
            terms.award.en,
            f"You are the winner of “{lot.name}” at {grouped(award.price)} yuan, number {award.number}. "
            f"Please sign the contract within {days} days of this notice.",
        ),
        organizations=[award.organization_id],
    )
    if lot.project.type.is_procurement:
        procurement_result.tell_losers(taking, award)
    else:
        tell_others(taking, award, words)
    taking.tell_role(
        Role.SUPERVISOR,
        (f"{terms.award.zh}已发出", f"“{lot.name}”已发出{terms.award.zh}（{award.number}）。"),
        ("Award notice sent", f"The award notice of “{lot.name}” was sent ({award.number})."),
    )


def buyer_word(lot: Lot) -> str:
    """What the owner is called by the law of the type."""
    return "采购人" if lot.project.type.is_procurement else "招标人"


def tell_others(taking: Taking, award: Award, words: str) -> None:
    """The result to all other bidders."""
    lot = taking.lot
    others = taking.session.scalars(
        select(Bid.organization_id).where(
            Bid.lot_id == lot.id, WHOLE_BID, Bid.organization_id != award.organization_id
        )
    ).all()
    taking.tell(
        (
            "招标结果通知书",
            f"“{lot.name}”已确定{words_of(lot).winner.zh}：{award.organization.name}，价格{words}。感谢贵单位参与。",
        ),
        (
            "Result of the tender",
            f"“{lot.name}” is awarded to {award.organization.name} at {grouped(award.price)} yuan. "
            "Thank you for your bid.",
        ),
        organizations=others,
    )
