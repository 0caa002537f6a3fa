"""The plan and documents of a disposal 处置方案与交易文件: kept until they are filed."""

from __future__ import annotations

from typing import Any

from sqlalchemy import inspect, select

from trading.codelists import Course, DocumentKind
from trading.errors import InvalidInput
from trading.methods import METHODS
from trading.models import Base, DisposalPlan, SaleTerms, TenderTerms
from trading.phases.filing.conditions import plain_factors
from trading.steps import Step
from trading.workflow.document_scan import papers_of, scan, typed
from trading.workflow.papers import keep_files
from trading.workflow.taking import Taking, before, effect

TYPED = {"description": "标的说明", "qualification": "竞买人条件", "priority": "优先权", "payment_terms": "付款方式"}
FILES = {"tender_document": DocumentKind.TENDER_DOCUMENT, "contract_draft": DocumentKind.CONTRACT_DRAFT}
before(Step.PREPARE_SALE, papers_of)


def goes_by_bids(plan: DisposalPlan | None) -> bool:
    """Whether the approved plan has bids in envelopes rather than live bidding."""
    return plan is not None and METHODS[plan.method].course is not Course.COMPETITION


def answers_of_sale(record: type[Base], data: dict[str, Any]) -> dict[str, Any]:
    """The answers that this record keeps."""
    columns = inspect(record).columns.keys()
    return {name: "" if value is None and name == "payment_terms" else value for name, value in data.items()
            if name in columns}  # fmt: skip


@effect(Step.PREPARE_SALE)
def prepare_sale(taking: Taking) -> None:
    """Keep the terms of a disposal and its documents; may be repeated until filed."""
    data, lot = dict(taking.data), taking.lot
    if data["has_reserve"] is False and data["increment"] > data["starting_price"]:
        raise InvalidInput.of("increment", "增价幅度不应高于起始价", "The step may not exceed the starting price")
    scan(taking, [*papers_of(data), typed("terms", {label: data.get(name) for name, label in TYPED.items()})])
    for name, kind in FILES.items():
        keep_files(taking, kind, data.pop(name))
    if "factors" in data:
        data["factors"] = plain_factors(data["factors"])
    data |= {"buyer_conditions": data["qualification"], "two_envelopes": bool(data.get("two_envelopes"))}
    by_bids = goes_by_bids(taking.session.scalar(select(DisposalPlan).where(DisposalPlan.project_id == lot.project_id)))
    keep(taking, SaleTerms, data)
    keep(taking, TenderTerms, data | {"bond": data["deposit"] if by_bids else None})


def keep(taking: Taking, record: type[SaleTerms] | type[TenderTerms], data: dict[str, Any]) -> None:
    """Write the answers into the lot's record of this kind; made when there is none."""
    answers = answers_of_sale(record, data)
    kept = taking.session.scalar(select(record).where(record.lot_id == taking.lot.id))
    if kept is None:
        taking.session.add(record(lot_id=taking.lot.id, **answers))
        return
    for name, value in answers.items():
        setattr(kept, name, value)
