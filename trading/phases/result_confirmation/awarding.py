"""Award notice 中标通知 and results to all others 结果通知: at the same time, in one transaction."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from trading.codelists import NoticeKind, Role
from trading.errors import Refused
from trading.models import WHOLE_BID, Award, Bid, Lot
from trading.money import capitals, grouped
from trading.phases.result_confirmation.deal_confirming import send_deal
from trading.steps import Step
from trading.workflow.refunds import start_clocks
from trading.workflow.sale_record import competes
from trading.workflow.taking import Taking, effect

BASES = {"ceiling": ("最高投标限价", "ceiling"), "budget": ("批准预算", "approved budget")}


def award_of(session: Session, lot: Lot) -> Award | None:
    """The award of the lot, once the winner is fixed."""
    return session.scalar(select(Award).where(Award.lot_id == lot.id))


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
        "quality": bid.quality,
        "duration_days": bid.duration_days,
        "manager": bid.manager,
        "number": award.number,
    }


def result_text(lot: Lot, facts: dict[str, Any]) -> str:
    """The text of the public result notice."""
    base = BASES[facts["base_kind"]][0]
    return "\n".join(
        (
            f"{lot.name}（标段编号：{lot.code}）中标候选人公示期已满，招标人已依法确定中标人，现公告如下。",
            f"一、中标人：{facts['winner']}（统一社会信用代码：{facts['uscc']}）",
            f"二、中标价：{grouped(Decimal(facts['price']))}元（大写：人民币{facts['price_words']}）",
            f"三、质量：{facts['quality']}；工期：{facts['duration_days']}日历天；项目负责人：{facts['manager']}",
            f"四、成交见证号：{facts['number']}",
            f"五、节约资金：{grouped(Decimal(facts['saved']))}元（以{base}{grouped(Decimal(facts['base']))}元为基数）",
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
    taking.publish(NoticeKind.RESULT, f"{lot.name}中标结果公告", result_text(lot, facts), facts)
    taking.record("award.notice", {"winner": bid.organization.bidder, "number": award.number})
    taking.session.flush()
    start_clocks(taking.session, lot, taking.now, taking.tools)
    tell_all(taking, award)
    taking.receipt.update(number=award.number, winner=award.organization.name, price=award.price)


def tell_all(taking: Taking, award: Award) -> None:
    """The award notice to the winner, the result to all other bidders."""
    lot, days = taking.lot, int(taking.values["contract"])
    words = f"人民币{capitals(award.price)}（{grouped(award.price)}元）"
    taking.tell(
        (
            "中标通知书",
            f"贵单位被确定为“{lot.name}”的中标人，中标价{words}，成交见证号{award.number}。"
            f"请自本通知书发出之日起{days}日内与招标人按照招标文件和投标文件订立书面合同。",
        ),
        (
            "Award notice",
            f"You are the winner of “{lot.name}” at {grouped(award.price)} yuan, number {award.number}. "
            f"Please sign the contract within {days} days of this notice.",
        ),
        organizations=[award.organization_id],
    )
    others = taking.session.scalars(
        select(Bid.organization_id).where(
            Bid.lot_id == lot.id, WHOLE_BID, Bid.organization_id != award.organization_id
        )
    ).all()
    taking.tell(
        ("招标结果通知书", f"“{lot.name}”已确定中标人：{award.organization.name}，中标价{words}。感谢贵单位参与投标。"),
        (
            "Result of the tender",
            f"“{lot.name}” is awarded to {award.organization.name} at {grouped(award.price)} yuan. "
            "Thank you for your bid.",
        ),
        organizations=others,
    )
    taking.tell_role(
        Role.SUPERVISOR,
        ("中标通知书已发出", f"“{lot.name}”已发出中标通知书（{award.number}）。"),
        ("Award notice sent", f"The award notice of “{lot.name}” was sent ({award.number})."),
    )
