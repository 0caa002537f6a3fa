"""Two-stage tender 两阶段招标: proposals without a price first, then revised documents and sealed bids (ZTBT 30)."""

from __future__ import annotations

from trading.codelists import DocumentKind, ForeRound
from trading.errors import Refused
from trading.models import Document
from trading.phases.process_supervision.notice.announcing import public_documents
from trading.phases.process_supervision.variants.foreround import announce_round, round_of
from trading.steps import Step
from trading.workflow.admission import applications_of
from trading.workflow.document_scan import papers_of, scan, typed
from trading.workflow.papers import keep_files
from trading.workflow.record_facts import documents_digest
from trading.workflow.taking import Taking, before, effect

FILES = {
    "tender_document": DocumentKind.TENDER_DOCUMENT,
    "drawings": DocumentKind.DRAWINGS,
    "contract_draft": DocumentKind.CONTRACT_DRAFT,
}
before(Step.CONCLUDE_FIRST_STAGE, papers_of)


@effect(Step.ANNOUNCE_FIRST_STAGE)
def announce_first_stage(taking: Taking) -> None:
    """Publish the notice of the first stage: no price is asked for and no bond taken."""
    announce_round(taking, ForeRound.FIRST_STAGE)


@effect(Step.CONCLUDE_FIRST_STAGE)
def conclude_first_stage(taking: Taking) -> None:
    """Fix the technical standard by what was proposed, revise the documents, tell those who proposed (ZTBT 30)."""
    round_, lot, data = round_of(taking, ForeRound.FIRST_STAGE), taking.lot, taking.data
    if round_.closed_at is None:
        raise Refused("not_closed", "第一阶段尚未截止", "The first stage is not closed yet")
    scan(taking, [*papers_of(data), typed("first-stage", {"技术标准和要求": data["revision"]})])
    for name, kind in FILES.items():
        keep_files(taking, kind, data[name])
    taking.session.flush()
    papers: list[Document] = public_documents(taking.session, lot)
    round_.revision, round_.documents_digest = data["revision"], documents_digest(papers)
    round_.concluded_at, round_.concluded_by_id = taking.now, taking.actor_id
    taking.record("document.revised", {"sha256": round_.documents_digest})
    taking.tell(
        ("第一阶段结果", f"“{lot.name}”第一阶段已结束，招标文件已按确定的技术标准和要求编制，请等待第二阶段投标邀请。"),
        ("First stage concluded", f"The first stage of “{lot.name}” is over; the second follows with the documents."),
        organizations=[one.organization_id for one in applications_of(taking.session, round_)],
    )
