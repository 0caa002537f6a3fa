"""Answers to the fair-competition scan 公平竞争审查提示的答复: changed, or justified with a reason, by the owner."""

from __future__ import annotations

from sqlalchemy import select

from trading.codelists import ScanAnswer
from trading.errors import InvalidInput, NotFound, Refused
from trading.models import ScanHit
from trading.steps import Step
from trading.workflow.taking import Taking, effect


@effect(Step.ANSWER_SCAN)
def answer_scan(taking: Taking) -> None:
    """Answer one hit; “changed” only once the papers in which it stood are replaced."""
    hit = taking.session.scalar(
        select(ScanHit).where(ScanHit.id == taking.subject, ScanHit.lot_id == taking.lot.id).with_for_update()
    )
    if hit is None:
        raise NotFound("没有这条审查提示", "There is no such hit")
    if hit.replaced or hit.answer is not None:
        raise Refused("answered", "这条审查提示已经答复", "This hit is answered already")
    answer, reason = taking.data["answer"], taking.data["reason"]
    if answer is ScanAnswer.CHANGED and hit.standing:
        raise InvalidInput.of(
            "answer",
            "该句仍在现行文件中：请先修改并重新提交文件，或者说明正当理由",
            "The sentence still stands in the documents: change and hand them in again first, or justify it",
        )
    hit.answer, hit.reason, hit.answered_at, hit.answered_by_id = answer, reason, taking.now, taking.actor_id
    taking.record("document.scan_answered", {"hit": hit.id, "kind": hit.kind, "answer": answer.value})
