"""Credit decisions 信用处理决定: entered by one person, confirmed by another; a bar ends by the clock, or by repair."""

from __future__ import annotations

from sqlalchemy import select

from trading.errors import InvalidInput, NotFound, Refused
from trading.models import CreditDecision, CreditRecord, Expert, ExpertAppraisal, Member, Organization
from trading.models.columns import new_id
from trading.steps import Step
from trading.workflow.papers import shelve
from trading.workflow.taking import Taking, effect
from trading.workflow.who import refuse_same_person


@effect(Step.ENTER_CREDIT)
def enter_credit(taking: Taking) -> None:
    """Enter a formal decision: act, basis, organ, number, day, and the bar it carries; it waits for another person."""
    data = taking.data
    found = taking.session.scalar(select(Organization).where(Organization.uscc == data["uscc"]))
    if found is None:
        raise InvalidInput.of("uscc", "没有这个主体", "There is no such organisation")
    if data["decided_on"] > taking.today:
        raise InvalidInput.of("decided_on", "决定日期不能在今日之后", "The day of the decision may not lie ahead")
    begun, until = data["barred_from"], data["barred_until"]
    if (begun is None) != (until is None) or (begun and until and until < begun):
        raise InvalidInput.of("barred_until", "禁止期限应当有始有终", "A bar has a first and a last day")
    decision = CreditDecision(
        id=new_id(), lot_id=taking.lot.id, organization_id=found.id, act=data["act"], basis=data["basis"],
        organ=data["organ"], number=data["number"], decided_on=data["decided_on"], barred_from=begun,
        barred_until=until, files=shelve(taking, data["files"]), entered_at=taking.now, entered_by_id=taking.actor_id,
    )  # fmt: skip
    taking.session.add(decision)
    taking.subject = decision.id
    taking.receipt["decision"] = decision.id


@effect(Step.CONFIRM_CREDIT)
def confirm_credit(taking: Taking) -> None:
    """Another person compares the entry with the decision; agreed, it stands in the public record at once."""
    query = select(CreditDecision).where(CreditDecision.id == taking.subject, CreditDecision.lot_id == taking.lot.id)
    decision = taking.session.scalar(query)
    if decision is None:
        raise NotFound("没有这件信用处理决定", "There is no such decision")
    if decision.confirmed_at is not None:
        raise Refused("confirmed", "已经复核", "It was confirmed or sent back")
    refuse_same_person(taking.session, taking.actor, [decision.entered_by_id])
    decision.agreed, decision.remark = taking.data["agreed"], taking.data["remark"]
    decision.confirmed_at, decision.confirmed_by_id = taking.now, taking.actor_id
    if not decision.agreed:
        return
    record = CreditRecord(
        id=new_id(), organization_id=decision.organization_id, lot_id=taking.lot.id, act=decision.act,
        basis=decision.basis, organ=decision.organ, number=decision.number, decided_on=decision.decided_on,
        barred_from=decision.barred_from, barred_until=decision.barred_until, recorded_at=taking.now,
    )  # fmt: skip
    taking.session.add(record)
    taking.session.flush()
    decision.record_id = record.id
    taking.receipt["record"] = record.id
    taking.tell(
        ("列入信用记录", f"{record.organ}的决定（{record.number}）已列入信用记录。对记录有异议的，可以申请更正。"),
        ("In the credit record", f"The decision {record.number} of {record.organ} is in the credit record."),
        organizations=[decision.organization_id],
    )


@effect(Step.END_CREDIT)
def end_credit(taking: Taking) -> None:
    """Record that an entry was repaired, corrected or its decision revoked; the entry itself stays readable."""
    query = select(CreditRecord).where(CreditRecord.id == taking.subject, CreditRecord.lot_id == taking.lot.id)
    record = taking.session.scalar(query)
    if record is None or record.score is not None:
        raise NotFound("没有这条信用记录", "There is no such entry")
    if record.ended_on is not None:
        raise Refused("ended", "该记录已经终止", "This entry has ended")
    record.ended_on, record.ended_by_id = taking.today, taking.actor_id
    record.ending, record.ending_reason = taking.data["ending"], taking.data["reason"]
    taking.tell(
        ("信用记录终止", f"信用记录（{record.number}）：{record.ending.zh}。{record.ending_reason}"),
        ("The credit entry ended", f"{record.number}: {record.ending.en}. {record.ending_reason}"),
        organizations=[record.organization_id],
    )


@effect(Step.APPRAISE_EXPERT)
def appraise_expert(taking: Taking) -> None:
    """Record the written decision about an expert of this lot: published, and sent to the pool's owner (R18.C12)."""
    data = taking.data
    query = (
        select(Expert.id)
        .join(Member, Member.expert_id == Expert.id)
        .where(Member.lot_id == taking.lot.id, Expert.pool_number == data["pool_number"])
    )
    expert = taking.session.scalar(query)
    if expert is None:
        raise InvalidInput.of("pool_number", "本标段评标委员会没有这名专家", "No such expert sat on this lot")
    for name in ("decided_on", "published_on", "sent_to_pool_on"):
        if data[name] > taking.today:
            raise InvalidInput.of(name, "日期不能在今日之后", "The day may not lie in the future")
    taking.session.add(
        ExpertAppraisal(
            id=new_id(), lot_id=taking.lot.id, expert_id=expert, act=data["act"], measure=data["measure"],
            organ=data["organ"], number=data["number"], decided_on=data["decided_on"],
            published_on=data["published_on"], sent_to_pool_on=data["sent_to_pool_on"],
            instead_of_penalty=data["instead_of_penalty"], files=shelve(taking, data["files"]),
            recorded_at=taking.now, recorded_by_id=taking.actor_id,
        )
    )  # fmt: skip
