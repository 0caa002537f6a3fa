"""Conditions and documents 交易条件与文件: prepared, filed, answered; silence counts as filed."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from sqlalchemy import select

from trading.codelists import DocumentKind, FilingAnswer, PriceFormula, Role, Status
from trading.errors import InvalidInput, Refused
from trading.methods.price_points import UnfitBenchmark, published
from trading.models import Document, Filing, TenderTerms
from trading.phases.filing.registering import owner_people
from trading.rules.r02_trading_conditions import reply_due
from trading.steps import Step
from trading.values import NotInForce, Values
from trading.workflow.document_scan import papers_of, scan, typed
from trading.workflow.papers import keep_files
from trading.workflow.record_facts import documents_digest
from trading.workflow.taking import Taking, before, effect
from trading.workflow.who import refuse_same_person

FILES = {
    "tender_document": DocumentKind.TENDER_DOCUMENT,
    "drawings": DocumentKind.DRAWINGS,
    "contract_draft": DocumentKind.CONTRACT_DRAFT,
}


TYPED = {"qualification": "投标人资格要求", "rejection_clauses": "否决投标的条款", "payment_terms": "付款方式"}
before(Step.PREPARE_TERMS, papers_of)


def newest_filing(taking: Taking) -> Filing | None:
    """The newest filing of the lot."""
    query = select(Filing).where(Filing.lot_id == taking.lot.id).order_by(Filing.round.desc()).limit(1)
    return taking.session.scalar(query)


@effect(Step.PREPARE_TERMS)
def prepare_terms(taking: Taking) -> None:
    """Keep what the tender documents say, and the documents themselves; may be repeated until filed."""
    data = dict(taking.data)
    scan(taking, [*papers_of(data), typed("terms", {label: data[name] for name, label in TYPED.items()})])
    for name, kind in FILES.items():
        keep_files(taking, kind, data.pop(name))
    taking.lot.budget = data.pop("budget")
    data["factors"] = plain_factors(data["factors"])
    terms = taking.session.scalar(select(TenderTerms).where(TenderTerms.lot_id == taking.lot.id))
    if terms is None:
        terms = TenderTerms(lot_id=taking.lot.id)
        taking.session.add(terms)
    data["benchmark"] = published_benchmark(data, taking.values)
    refuse_unlawful_ratio(data.get("low_price_percent"), taking.values)
    data["two_envelopes"] = bool(data.get("two_envelopes"))
    for name, value in data.items():
        setattr(terms, name, "" if value is None and name == "payment_terms" else value)
    terms.ceiling_set_at = taking.now


def plain_factors(rows: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """The factors of an evaluation as they are kept."""
    return [{**row, "points": str(row["points"]), "intervals": row.get("intervals") or ""} for row in rows]


def published_benchmark(data: dict[str, Any], values: Values) -> dict[str, Any] | None:
    """The mean benchmark as the documents publish it, taken out of ``data``; None where another formula is used.

    Raises:
        InvalidInput: the county has not opened this formula, or its coefficients are not all published.
    """
    deltas, above, below = (data.pop(f"benchmark_{name}", None) for name in ("deltas", "above", "below"))
    if data.get("price_formula") is not PriceFormula.BENCHMARK_MEAN:
        return None
    try:
        return published(deltas, above, below, switched_on=values["mean_benchmark"] == "ON")
    except UnfitBenchmark as wrong:
        raise InvalidInput.of(f"benchmark_{wrong.field}" if wrong.field else "price_formula", wrong.zh, wrong.en) from (
            wrong
        )


def refuse_unlawful_ratio(percent: Decimal | None, values: Values) -> None:
    """The documents may raise the ratios of an abnormally low price, up to a bound (R12.C7).

    Raises:
        InvalidInput: nothing is raised by it, it is above the bound, or no ratio was in force on the law day.
    """
    if percent is None:
        return
    try:
        least, most = values["abnormal_low_of_ceiling"] * 100, values["abnormal_low_raise_max"] * 100
    except NotInForce:
        raise InvalidInput.of("low_price_percent", "登记时尚无异常低价比例的规定", "No ratio was in force") from None
    if not least < percent <= most:
        zh, en = f"应当高于{least:f}%，且不超过{most:f}%", f"Above {least:f} and at most {most:f} per cent"
        raise InvalidInput.of("low_price_percent", zh, en)


@effect(Step.FILE_CONDITIONS)
def file_conditions(taking: Taking) -> None:
    """File conditions and documents with the supervisor; the documents are locked by their digest."""
    earlier = newest_filing(taking)
    if earlier is not None and earlier.answer is None:
        raise Refused("waiting", "上一次备案尚未答复", "The previous filing is not answered yet")
    documents = taking.session.scalars(
        select(Document).where(Document.lot_id == taking.lot.id, Document.superseded.is_(False))
    ).all()
    days = int(taking.values["filing_reply_wd"])
    due = reply_due(taking.now, taking.values, taking.calendar)
    filing = Filing(
        lot_id=taking.lot.id, round=earlier.round + 1 if earlier else 1, submitted_at=taking.now,
        submitted_by_id=taking.actor_id, documents_digest=documents_digest(documents), answer_due_at=due,
    )  # fmt: skip
    taking.session.add(filing)
    taking.record("approval.filing", {"round": filing.round, "documents": filing.documents_digest})
    taking.tell_role(
        Role.SUPERVISOR,
        ("交易条件备案待答复", f"“{taking.lot.name}”已提交备案，{days} 个工作日内未答复视为备案。"),
        (
            "Filing to answer",
            f"“{taking.lot.name}” was filed; without an answer in {days} working days it counts as filed.",
        ),
    )


@effect(Step.ANSWER_FILING)
def answer_filing(taking: Taking) -> None:
    """The supervisor answers: no issue found, to be rectified, or returned; never a licence."""
    filing = newest_filing(taking)
    if filing is None or filing.answer is not None:
        raise Refused("nothing_filed", "没有待答复的备案", "There is no filing to answer")
    refuse_same_person(taking.session, taking.actor, [filing.submitted_by_id])
    answer, reason = taking.data["answer"], taking.data["reason"]
    if answer is not FilingAnswer.NO_ISSUE and not reason:
        raise InvalidInput.of(
            "reason", "答复需整改或者退回的，必须说明理由", "Give the reason for an answer other than “no issue”"
        )
    filing.answer, filing.reason, filing.answered_at, filing.answered_by_id = (
        answer,
        reason,
        taking.now,
        taking.actor_id,
    )
    if answer is FilingAnswer.NO_ISSUE:
        taking.lot.filed_at = taking.now
        taking.move(Status.FILED)
    else:
        taking.move(Status.REGISTERED)
    taking.record("approval.filing_answered", {"round": filing.round, "answer": answer.value})
    taking.tell(
        ("备案答复", f"“{taking.lot.name}”备案答复：{answer.zh}。{reason or ''}"),
        ("Answer to the filing", f"“{taking.lot.name}”: {answer.en}. {reason or ''}"),
        organizations=owner_people(taking),
    )


@effect(Step.FILING_LAPSES)
def filing_lapses(taking: Taking) -> None:
    """Nobody answered in time: filed."""
    filing = newest_filing(taking)
    if filing is None or filing.answer is not None or taking.now < filing.answer_due_at:
        raise Refused("not_due", "备案答复期尚未届满", "The filing has not lapsed")
    filing.answer, filing.answered_at = FilingAnswer.NO_ISSUE, taking.now
    filing.reason = "逾期未答复，视为备案"
    taking.lot.filed_at = taking.now
    taking.tell(
        ("视为备案", f"“{taking.lot.name}”备案期满未答复，视为备案。"),
        ("Counts as filed", f"“{taking.lot.name}” was not answered in time and counts as filed."),
        organizations=owner_people(taking),
    )
