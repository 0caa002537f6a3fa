"""Publicity of the candidates 中标候选人公示: the owner examines the report, then everybody may see and object."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from trading.beijing import beijing, day_zh, end_moment
from trading.codelists import EvaluationMethod, NoticeKind
from trading.errors import InvalidInput, Refused
from trading.models import WHOLE_BID, Bid, Evaluation, Lot, Publicity, TenderTerms
from trading.money import capitals, grouped
from trading.phases.result_confirmation.publication_length import last_day, on_the_village_board
from trading.steps import Step
from trading.workflow.record_facts import candidates_of
from trading.workflow.taking import Taking, effect

EXAMINATION = ("criteria_followed", "objective_scores_equal", "low_price_studied", "no_random_rejection")


@dataclass(frozen=True)
class Candidates:
    """What the publicity tells: the terms, the candidates by rank, every bid that was scored."""

    lot: Lot
    terms: TenderTerms | None
    chosen: Sequence[Bid]
    scored: Sequence[Bid]

    @property
    def method(self) -> EvaluationMethod | None:
        """How the bids were compared."""
        return self.terms.evaluation_method if self.terms else None


def gather(session: Session, lot: Lot) -> Candidates:
    """The candidates of ``lot`` as its evaluation report ranks them."""
    terms = session.scalar(select(TenderTerms).where(TenderTerms.lot_id == lot.id))
    scored = session.scalars(
        select(Bid)
        .where(Bid.lot_id == lot.id, WHOLE_BID, Bid.rejected_clause.is_(None), Bid.rank.is_not(None))
        .order_by(Bid.rank)
    ).all()
    return Candidates(lot, terms, candidates_of(session, lot), scored)


def figure(bid: Bid) -> str:
    """The evaluated price or the score of a bid."""
    if bid.evaluated_price is not None:
        return f"评标价{grouped(bid.evaluated_price)}元"
    return f"综合得分{bid.score}" if bid.score is not None else "—"


def told(found: Candidates, channel: str, starts: datetime, ends_day: date) -> dict[str, Any]:
    """The facts of the publicity (R14.C3), as data."""
    return {
        "candidates": [
            {
                "rank": bid.rank,
                "name": bid.organization.name,
                "uscc": bid.organization.uscc,
                "price": str(bid.total or 0),
                "price_words": capitals(bid.total) if bid.total is not None else "",
                "quality": bid.quality,
                "duration_days": bid.duration_days,
                "manager": bid.manager,
                "manager_certificate": bid.manager_certificate,
                "figure": figure(bid),
            }
            for bid in found.chosen
        ],
        "scores": [{"rank": bid.rank, "name": bid.organization.name, "figure": figure(bid)} for bid in found.scored],
        "evaluation": found.method.value if found.method else None,
        "qualification": found.terms.qualification if found.terms else "",
        "objection_channel": channel,
        "period": {"from": beijing(starts).isoformat(), "last_day": ends_day.isoformat()},
    }


def notice_text(lot: Lot, facts: dict[str, Any]) -> str:
    """The text of the publicity, from its facts."""
    method = EvaluationMethod(facts["evaluation"]).zh if facts["evaluation"] else "—"
    lines = [
        f"{lot.name}（标段编号：{lot.code}）评标工作已经结束，现将中标候选人公示如下。",
        f"一、评标办法：{method}",
        "二、中标候选人",
    ]
    for one in facts["candidates"]:
        lines.append(
            f"第{one['rank']}名：{one['name']}（统一社会信用代码：{one['uscc']}）；"
            f"投标报价：{grouped(Decimal(one['price']))}元（大写：人民币{one['price_words']}）；"
            f"质量：{one['quality']}；履行期限：{one['duration_days']}日历天；"
            f"项目负责人：{one['manager']}（证书编号：{one['manager_certificate']}）；{one['figure']}。"
        )
    lines.append("三、响应招标文件要求的资格能力条件：上述候选人经评标委员会评审，响应招标文件规定的资格条件。")
    lines.append("四、评审得分情况：" + "；".join(f"{one['name']} {one['figure']}" for one in facts["scores"]) + "。")
    lines.append(f"五、公示期：自本公示发布之日起至{day_zh(date.fromisoformat(facts['period']['last_day']))}24时止（北京时间）。")
    lines.append(
        f"六、提出异议的渠道和方式：投标人或者其他利害关系人对评标结果有异议的，应当在公示期内提出。"
        f"受理：{facts['objection_channel']}；也可在本平台在线提出。招标人自收到异议之日起三日内答复，"
        "答复前暂停招标投标活动。"
    )
    return "\n".join(lines)


@effect(Step.PUBLICIZE)
def publicize(taking: Taking) -> None:
    """The owner signs the examination of the report and publicizes the candidates; objections may now be raised."""
    data, lot = taking.data, taking.lot
    found = gather(taking.session, lot)
    if not found.chosen:
        raise Refused("no_candidates", "评标报告没有推荐中标候选人，不能公示", "The report recommends no candidate")
    channel = data["objection_channel"] or (found.terms.objection_contact if found.terms else "")
    if not channel:
        raise InvalidInput.of("objection_channel", "请填写异议受理渠道", "Say where objections are taken")
    ends_day = last_day(taking, data["days"])
    ends_at = end_moment(ends_day)
    report = taking.session.scalar(select(Evaluation).where(Evaluation.lot_id == lot.id))
    received = lot.evaluated_at or (report.submitted_at if report else None) or taking.now
    checklist = {
        "answers": {name: data[name] for name in EXAMINATION},
        "remarks": data["remarks"] or "",
        "signed_by": taking.actor.name if taking.actor else "",
        "signed_at": taking.now.isoformat(),
    }
    publicity = taking.session.scalar(select(Publicity).where(Publicity.lot_id == lot.id))
    if publicity is None:
        publicity = Publicity(lot_id=lot.id)
        taking.session.add(publicity)
    publicity.report_received_at, publicity.checklist = received, checklist
    publicity.started_at, publicity.ends_at, publicity.ends_day = taking.now, ends_at, ends_day
    publicity.village_board_on = on_the_village_board(taking)
    lot.publicity_from, lot.publicity_until = taking.now, ends_at
    facts = told(found, channel, taking.now, ends_day)
    taking.publish(NoticeKind.CANDIDATES, f"{lot.name}中标候选人公示", notice_text(lot, facts), facts, ends_at)
    taking.record("approval.report_examined", {"answers": checklist["answers"]})
    taking.receipt["publicity_until"] = f"{ends_day.isoformat()} 24:00"
    tell_bidders(taking, ends_day)


def tell_bidders(taking: Taking, ends_day: date) -> None:
    """Everyone who bid hears of the publicity; who was rejected, and he alone, hears why."""
    name = taking.lot.name
    bids = taking.session.scalars(select(Bid).where(Bid.lot_id == taking.lot.id, WHOLE_BID)).all()
    for bid in bids:
        if bid.rejected_clause is None:
            continue
        clause, reason = bid.rejected_clause, bid.rejected_reason or ""
        taking.tell(
            ("投标被否决的理由", f"您在“{name}”的投标被评标委员会否决，依据：{clause}。理由：{reason}"),
            ("Why your bid was rejected", f"Your bid on “{name}” was rejected under: {clause}. Reason: {reason}"),
            organizations=[bid.organization_id],
        )
    taking.tell(
        (
            "中标候选人公示",
            f"“{name}”中标候选人已公示，公示期至{day_zh(ends_day)}24时。对评标结果有异议的，请在公示期内提出。",
        ),
        (
            "Candidates publicized",
            f"The candidates of “{name}” are publicized until the end of {ends_day}; objections are taken until then.",
        ),
        organizations=[bid.organization_id for bid in bids],
    )
