"""What the result of a procurement tells beyond the winner 采购结果公告: experts, reasons, each loser's score and rank.

Source: 政府采购法实施条例第四十三条; 政府采购货物和服务招标投标管理办法第六十九条.
"""

from __future__ import annotations

from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from trading.beijing import day_zh, end_moment, law_date
from trading.models import WHOLE_BID, Award, Bid, Lot, Member, PriceAgreement
from trading.workflow.calendars import calendar_in_force
from trading.workflow.taking import Taking


def people_named(session: Session, lot: Lot) -> list[str]:
    """The experts who evaluated, or the people who agreed on the price."""
    agreed = session.scalar(select(PriceAgreement.people).where(PriceAgreement.lot_id == lot.id))
    if agreed is not None:
        return [agreed]
    query = select(Member.name).where(Member.lot_id == lot.id).order_by(Member.is_chair.desc(), Member.name)
    return list(session.scalars(query))


def begin_notice(taking: Taking) -> None:
    """Let the notice of the result run for its working days: challenges are counted from its end (D87 69, D94 10)."""
    calendar = calendar_in_force(taking.session, taking.calendar)
    last = calendar.end_of_working_days(taking.today, int(taking.values["gp_result_public_wd"]))
    taking.lot.publicity_from, taking.lot.publicity_until = taking.now, end_moment(last)


def additions(taking: Taking, award: Award) -> tuple[dict[str, Any], list[str]]:
    """What the notice of the result says in addition, as data and as lines."""
    lot, names = taking.lot, people_named(taking.session, taking.lot)
    begin_notice(taking)
    assert lot.publicity_until is not None
    days, waits = int(taking.values["gp_result_public_wd"]), int(taking.values["gp_challenge_wd"])
    last = law_date(lot.publicity_until).fromordinal(law_date(lot.publicity_until).toordinal() - 1)
    facts = {
        "experts": names, "budget": str(lot.budget) if lot.budget is not None else "", "scope": lot.scope,
        "address": award.organization.address or "", "notice_until": last.isoformat(),
    }  # fmt: skip
    lines = [
        f"六、评审专家（采购人员）名单：{'、'.join(names)}",
        f"七、主要标的：{lot.scope}；采购预算：{facts['budget']}元",
        f"八、公告期限：自本公告发布之日起{days}个工作日，至{day_zh(last)}。供应商认为结果使其权益受到损害的，可以在公告"
        f"期限届满之日起{waits}个工作日内提出质疑。",
    ]
    return facts, lines


def tell_losers(taking: Taking, award: Award) -> None:
    """Each loser learns his own score and rank, or why he was rejected, and nobody else's (D87 69)."""
    lot = taking.lot
    others = taking.session.scalars(
        select(Bid).where(Bid.lot_id == lot.id, WHOLE_BID, Bid.organization_id != award.organization_id)
    )
    for bid in others:
        if bid.rejected_clause is not None:
            zh, en = f"未通过审查，原因：{bid.rejected_reason}", f"not accepted: {bid.rejected_reason}"
        else:
            score = bid.score if bid.score is not None else bid.evaluated_price
            zh = f"评审得分（评审价）：{score}，排序：{bid.rank}"
            en = f"score (evaluated price) {score}, rank {bid.rank}"
        taking.tell(
            ("采购结果通知书", f"“{lot.name}”成交（中标）供应商：{award.organization.name}。贵单位{zh}。感谢参与。"),
            ("Result", f"“{lot.name}” goes to {award.organization.name}. Your own result: {en}. Thank you."),
            organizations=[bid.organization_id],
        )
