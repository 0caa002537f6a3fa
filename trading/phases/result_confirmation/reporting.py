"""The written report to the supervisor 招标投标情况书面报告: five parts, generated from the record."""

from __future__ import annotations

import hashlib

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from trading.beijing import beijing
from trading.codelists import DocumentKind, NoticeKind, Role
from trading.errors import Refused
from trading.models import WHOLE_BID, Award, Bid, Document, Evaluation, Lot, Member, Notice, TenderTerms
from trading.money import grouped
from trading.phases.result_confirmation.awarding import BASES, award_of
from trading.steps import Step
from trading.workflow.taking import Taking, effect

NAME = "招标投标情况书面报告.txt"
Part = tuple[str, list[str]]


def report(session: Session, lot: Lot, award: Award) -> list[Part]:
    """The five parts: scope, method and media, documents, committee and report, result (ZTB 47)."""
    terms = session.scalar(select(TenderTerms).where(TenderTerms.lot_id == lot.id))
    return [
        ("一、招标范围", [lot.scope or "—", f"合同估算价：{grouped(lot.estimate)}元"]),
        ("二、招标方式和发布招标公告的媒介", how(session, lot)),
        ("三、招标文件主要内容", documents(terms)),
        ("四、评标委员会的组成和评标报告", evaluation(session, lot)),
        ("五、中标结果", result(session, award)),
    ]


def how(session: Session, lot: Lot) -> list[str]:
    """Part two."""
    kinds = (NoticeKind.TENDER, NoticeKind.PROCUREMENT)
    notice = session.scalar(select(Notice).where(Notice.lot_id == lot.id, Notice.kind.in_(kinds)).limit(1))
    lines = [f"招标方式：{lot.method.zh if lot.method else '—'}"]
    if notice is not None:
        lines.append(f"招标公告发布时间：{beijing(notice.published_at):%Y-%m-%d %H:%M:%S}")
        lines.append(f"发布媒介：{'、'.join(notice.media) or '本平台'}")
    return lines


def documents(terms: TenderTerms | None) -> list[str]:
    """Part three."""
    if terms is None:
        return ["—"]
    return [
        f"投标人资格条件：{terms.qualification}",
        f"履行期限：{terms.duration_days}日历天；质量：{terms.quality}",
        f"评标标准和方法：{terms.evaluation_method.zh if terms.evaluation_method else '—'}",
        f"合同主要条款：付款期限{terms.payment_days}日。{terms.payment_terms}",
    ]


def evaluation(session: Session, lot: Lot) -> list[str]:
    """Part four: how the committee was composed, not who sat on it; the names stay where their reading is logged."""
    members = session.scalar(select(func.count()).select_from(Member).where(Member.lot_id == lot.id)) or 0
    owners = session.scalar(
        select(func.count()).select_from(Member).where(Member.lot_id == lot.id, Member.expert_id.is_(None))
    )
    bids = session.scalars(select(Bid).where(Bid.lot_id == lot.id, WHOLE_BID).order_by(Bid.rank)).all()
    found = session.scalar(select(Evaluation).where(Evaluation.lot_id == lot.id))
    lines = [f"评标委员会{members}人，其中随机抽取的专家{members - (owners or 0)}人、招标人代表{owners or 0}人"]
    lines.append(f"投标人{len(bids)}家，被否决{sum(bid.rejected_clause is not None for bid in bids)}家")
    if found is not None:
        lines.append(f"评标报告指纹：{found.digest}")
    return lines


def result(session: Session, award: Award) -> list[str]:
    """Part five."""
    assert award.bid_id is not None, "only a deal has no bid"
    bid = session.get_one(Bid, award.bid_id)
    return [
        f"中标人：{award.organization.name}（第{award.rank}名）",
        f"中标价：{grouped(award.price)}元；履行期限{bid.duration_days}日历天；项目负责人{bid.manager}",
        f"确定中标人时间：{beijing(award.confirmed_at):%Y-%m-%d %H:%M:%S}；成交见证号：{award.number or '—'}",
        f"节约资金：{grouped(award.saved)}元（以{BASES[award.base_kind][0]}为基数）",
    ]


def text_of(lot: Lot, parts: list[Part], remarks: str | None) -> str:
    """The report as one text."""
    lines = [f"{lot.name}招标投标情况书面报告", f"标段编号：{lot.code}"]
    for title, body in parts:
        lines += [title, *body]
    return "\n".join([*lines, *([f"说明：{remarks}"] if remarks else [])])


@effect(Step.REPORT_RESULT)
def report_result(taking: Taking) -> None:
    """The owner hands the written report to the supervising department; it is kept as a document of the lot."""
    award = award_of(taking.session, taking.lot)
    if award is None:
        raise Refused("no_winner", "尚未确定中标人", "The winner is not fixed yet")
    if award.reported_at is not None:
        raise Refused("reported", "书面报告已经提交", "The report was submitted already")
    text = text_of(taking.lot, report(taking.session, taking.lot, award), taking.data["remarks"]).encode()
    digest = hashlib.sha256(text).hexdigest()
    taking.session.add(
        Document(
            lot_id=taking.lot.id, kind=DocumentKind.OTHER, name=NAME, sha256=taking.tools.files.put(text),
            size=len(text), media_type="text/plain", public=False, added_at=taking.now, added_by_id=taking.actor_id,
        )
    )  # fmt: skip
    award.reported_at = taking.now
    taking.record("document.result_report", {"sha256": digest})
    taking.tell_role(
        Role.SUPERVISOR,
        ("收到招标投标情况书面报告", f"“{taking.lot.name}”已提交招标投标情况书面报告，请查阅标段文件。"),
        ("Written report received", f"The written report of “{taking.lot.name}” is among the lot's files."),
    )
    taking.receipt["sha256"] = digest
