"""Complaints 投诉: lodged under seal, admitted or refused by a closed list, decided on the clock, told, published."""

from __future__ import annotations

import hashlib
from datetime import date

from sqlalchemy import exists, select

from trading.beijing import end_moment, moment_en, moment_zh
from trading.codelists import ComplaintOutcome, ComplaintRefusal, NoticeKind, Role, Status, SuspensionGround
from trading.errors import InvalidInput, NotFound, Refused
from trading.models import Bid, Complaint, ComplaintReply, Holder, Objection
from trading.models.columns import new_id
from trading.steps import Step
from trading.workflow.concerned import side_of_owner
from trading.workflow.holding import newest_stop, resume_lot, suspend_lot
from trading.workflow.papers import shelve
from trading.workflow.taking import Taking, effect
from trading.workflow.transitions import LIVE

SEALED = "bidder-sealed"
ORDERED = "投诉处理期间，监管机构责令暂停招标投标活动。"
LIFTED = "投诉已经处理，责令暂停的事由消除。"


def digest(*texts: str | None) -> str:
    """The fingerprint of what was written, for the record."""
    return hashlib.sha256("\n".join(text or "" for text in texts).encode()).hexdigest()


def complaint_of(taking: Taking) -> Complaint:
    """The complaint that the step is about.

    Raises:
        NotFound: this lot has no such complaint.
    """
    query = select(Complaint).where(Complaint.id == taking.subject, Complaint.lot_id == taking.lot.id)
    found = taking.session.scalar(query)
    if found is None:
        raise NotFound("没有这件投诉", "There is no such complaint")
    return found


def in_hand(taking: Taking) -> Complaint:
    """The complaint, admitted and not decided.

    Raises:
        Refused: it waits for admission, or it is over.
    """
    complaint = complaint_of(taking)
    if complaint.admitted_at is None or not complaint.waits:
        raise Refused("not_in_hand", "该投诉未受理，或者已经办结", "This complaint is not admitted, or it is over")
    return complaint


def takes_part(taking: Taking) -> bool:
    """Whether the complainant bids on the lot or took its documents."""
    mine, lot = taking.organization_id, taking.lot.id
    bids = exists().where(Bid.lot_id == lot, Bid.organization_id == mine, Bid.current)
    holds = exists().where(Holder.lot_id == lot, Holder.organization_id == mine)
    return bool(taking.session.scalar(select(bids | holds)))


def own_objection(taking: Taking) -> str | None:
    """The complainant's own prior objection to the same matter, if one is named.

    Raises:
        InvalidInput: it is another's, or about something else.
    """
    named = taking.data["objection"]
    if not named:
        return None
    query = select(Objection.id).where(
        Objection.id == named, Objection.lot_id == taking.lot.id, Objection.objector_id == taking.organization_id,
        Objection.target == taking.data["target"],
    )  # fmt: skip
    if taking.session.scalar(query) is None:
        raise InvalidInput.of(
            "objection", "您没有就该事项提出过这件异议", "You raised no such objection to this matter"
        )
    return str(named)


@effect(Step.LODGE_COMPLAINT)
def lodge_complaint(taking: Taking) -> None:
    """Keep the complaint under seal; whether it is in time and complete is for the supervisor to decide."""
    lot, data = taking.lot, taking.data
    if data["known_on"] > taking.today:
        raise InvalidInput.of("known_on", "知道之日不能在今日之后", "The day of knowing may not lie in the future")
    waiting = select(Complaint).where(
        Complaint.lot_id == lot.id, Complaint.complainant_id == taking.organization_id,
        Complaint.target == data["target"],
    )  # fmt: skip
    if any(one.waits for one in taking.session.scalars(waiting)):
        raise Refused("complaint_waits", "您就该事项的投诉正在处理", "Your complaint about this is being handled")
    part = takes_part(taking)
    complaint = Complaint(
        id=new_id(), lot_id=lot.id, target=data["target"], complainant_id=taking.organization_id,
        lodged_by_id=taking.actor_id, objection_id=own_objection(taking), about=data["about"], facts=data["facts"],
        claim=data["claim"], signatory=data["signatory"], contact=data["contact"], signed=data["signed"],
        is_bidder=part, interested=True if part else None, known_on=data["known_on"], lodged_at=taking.now,
        files=shelve(taking, data["files"]), examinations=[], decision_files=[],
    )  # fmt: skip
    taking.session.add(complaint)
    taking.subject = complaint.id
    body = {"complaint": complaint.id, "target": complaint.target.value}
    files = [one["sha256"] for one in complaint.files]
    taking.record("complaint.lodged", body | {"sha256": digest(data["facts"], data["claim"]), "files": files}, SEALED)
    due = end_moment(taking.calendar.end_of_working_days(taking.today, int(taking.values["complaint_admit_wd"])))
    taking.tell_role(
        Role.SUPERVISOR,
        ("收到投诉", f"“{lot.name}”收到对{complaint.target.zh}的投诉，请于{moment_zh(due)}前决定是否受理。"),
        ("A complaint came in", f"“{lot.name}”: decide on its admission by {moment_en(due)}."),
    )
    taking.receipt |= {"complaint": complaint.id, "admission_due": due.isoformat()}


@effect(Step.WITHDRAW_COMPLAINT)
def withdraw_complaint(taking: Taking) -> None:
    """The complainant takes it back before the decision; nobody else even learns that it exists."""
    complaint = complaint_of(taking)
    if complaint.complainant_id != taking.organization_id:
        raise NotFound("没有这件投诉", "There is no such complaint")
    if not complaint.waits:
        raise Refused("over", "该投诉已经办结", "This complaint is over")
    complaint.withdrawn_at, complaint.withdrawal_reason = taking.now, taking.data["reason"]
    taking.record("complaint.withdrawn", {"complaint": complaint.id}, SEALED)
    taking.tell_role(
        Role.SUPERVISOR,
        ("投诉撤回", f"“{taking.lot.name}”的一件投诉已撤回；曾责令暂停的，请决定是否恢复。"),
        ("A complaint was withdrawn", f"“{taking.lot.name}”: decide whether a suspension made for it ends."),
    )


@effect(Step.ADMIT_COMPLAINT)
def admit_complaint(taking: Taking) -> None:
    """Admit the complaint, with a suspension where it must not go on, or refuse it on a ground of the list."""
    complaint, data = complaint_of(taking), taking.data
    if complaint.admitted_at is not None or not complaint.waits:
        raise Refused("answered", "该投诉已决定是否受理，或者已撤回", "Admission is decided, or it was withdrawn")
    taking.move(taking.lot.status)
    complaint.admission_reason, complaint.admitted_by_id = data["reason"], taking.actor_id
    if data["admitted"]:
        admit(taking, complaint)
    else:
        refuse(taking, complaint, data["refusal"])
    body = {"complaint": complaint.id, "admitted": data["admitted"]}
    taking.record("complaint.admission", body | ({} if data["admitted"] else {"ground": complaint.refusal.value}))  # type: ignore[union-attr]


def admit(taking: Taking, complaint: Complaint) -> None:
    """Take the complaint in hand, suspend if so ordered, and ask the owner what he says to it.

    Raises:
        InvalidInput: nothing was written for the owner to answer.
    """
    data = taking.data
    if not data["summary"]:
        raise InvalidInput.of("summary", "受理的，请写明交项目单位说明的要点", "Write what the owner is to answer")
    complaint.admitted_at, complaint.summary = taking.now, data["summary"]
    complaint.interested = complaint.is_bidder or data["interested"]
    complaint.concrete = data["concrete"]
    if data["suspend"]:
        if taking.lot.status not in LIVE:
            raise Refused("cannot_suspend", "标段所处状态不能责令暂停", "The lot cannot be suspended as it stands")
        complaint.stop_id = suspend_lot(taking, SuspensionGround.COMPLAINT, ORDERED).id
    ask(taking, complaint, taking.lot.project.owner_id, data["summary"])
    zh, en = "投诉已受理", "Your complaint is admitted"
    taking.tell((zh, f"您对“{taking.lot.name}”的投诉已受理。"), (en, f"“{taking.lot.name}”: it is being handled."),
                organizations=[complaint.complainant_id])  # fmt: skip


def refuse(taking: Taking, complaint: Complaint, ground: ComplaintRefusal | None) -> None:
    """Refuse the complaint on one of the six grounds.

    Raises:
        InvalidInput: no ground was chosen.
    """
    if ground is None:
        raise InvalidInput.of("refusal", "不予受理的，请选择法定情形", "Choose the ground of the refusal")
    complaint.refused_at, complaint.refusal = taking.now, ground
    reason = complaint.admission_reason
    taking.tell(
        ("投诉不予受理", f"您对“{taking.lot.name}”的投诉不予受理：{ground.zh}。{reason}"),
        ("Your complaint is not admitted", f"“{taking.lot.name}”: {ground.en}. {reason}"),
        organizations=[complaint.complainant_id],
    )


def ask(taking: Taking, complaint: Complaint, organization: str, question: str) -> ComplaintReply:
    """Ask one party for its reply, without a word about who complains."""
    due = end_moment(taking.calendar.end_of_working_days(taking.today, int(taking.values["complaint_reply_wd"])))
    reply = ComplaintReply(
        id=new_id(), lot_id=taking.lot.id, complaint_id=complaint.id, organization_id=organization, question=question,
        asked_at=taking.now, due_at=due, files=[],
    )  # fmt: skip
    taking.session.add(reply)
    taking.record("complaint.reply_asked", {"complaint": complaint.id, "reply": reply.id, "sha256": digest(question)})
    who = side_of_owner(taking.session, taking.lot) if organization == taking.lot.project.owner_id else [organization]
    taking.tell(
        ("要求就投诉说明情况", f"“{taking.lot.name}”：请于{moment_zh(due)}前书面说明。{question}"),
        ("Reply to a complaint", f"“{taking.lot.name}”: reply in writing by {moment_en(due)}. {question}"),
        organizations=who,
    )
    return reply


@effect(Step.ASK_FOR_REPLY)
def ask_for_reply(taking: Taking) -> None:
    """Ask one more party; never the complainant himself."""
    complaint = in_hand(taking)
    if taking.data["organization"] == complaint.complainant_id:
        raise InvalidInput.of("organization", "不能向投诉人发出", "It cannot go to the complainant")
    reply = ask(taking, complaint, taking.data["organization"], taking.data["question"])
    taking.receipt |= {"reply": reply.id, "due": reply.due_at.isoformat()}


@effect(Step.REPLY_TO_COMPLAINT)
def reply_to_complaint(taking: Taking) -> None:
    """The party that was asked answers with its evidence; an agency answers for its owner."""
    query = select(ComplaintReply).where(ComplaintReply.id == taking.subject, ComplaintReply.lot_id == taking.lot.id)
    reply = taking.session.scalar(query)
    if reply is None or not speaks_for(taking, reply.organization_id):
        raise NotFound("没有这件说明要求", "There is no such request")
    if reply.replied_at is not None:
        raise Refused("replied", "已经说明", "It is answered")
    reply.reply, reply.files = taking.data["reply"], shelve(taking, taking.data["files"])
    reply.replied_at, reply.replied_by_id = taking.now, taking.actor_id
    body = {"complaint": reply.complaint_id, "reply": reply.id, "sha256": digest(reply.reply)}
    taking.record("complaint.replied", body)
    taking.tell_role(
        Role.SUPERVISOR,
        ("被投诉方已说明", f"“{taking.lot.name}”的投诉收到书面说明。"),
        ("A reply to a complaint", f"“{taking.lot.name}”: a reply came in."),
    )


def speaks_for(taking: Taking, organization: str) -> bool:
    """Whether the person acts for ``organization``, itself or as the agency of the owner."""
    assert taking.actor is not None
    if taking.actor.organization_id == organization:
        return True
    is_agency = taking.actor.role is Role.AGENCY and organization == taking.lot.project.owner_id
    return is_agency and taking.actor.organization_id in side_of_owner(taking.session, taking.lot)


@effect(Step.RECORD_EXAMINATION)
def record_examination(taking: Taking) -> None:
    """The days of a test, an appraisal or an expert review are not counted (ZTBT 61)."""
    complaint, begun, ended = in_hand(taking), taking.data["begun_on"], taking.data["ended_on"]
    if not begun <= ended <= taking.today:
        raise InvalidInput.of("ended_on", "期间应当先始后终，且不晚于今日", "It ends after it begins, not after today")
    spans = [(date.fromisoformat(one["from"]), date.fromisoformat(one["until"])) for one in complaint.examinations]
    if any(begun <= until and start <= ended for start, until in spans):
        raise InvalidInput.of("begun_on", "与已登记的期间重叠", "It overlaps one on record")
    span = {"from": begun.isoformat(), "until": ended.isoformat(), "organ": taking.data["organ"],
            "reason": taking.data["reason"]}  # fmt: skip
    complaint.examinations = [*complaint.examinations, span]
    taking.record("complaint.examined", {"complaint": complaint.id, "from": span["from"], "until": span["until"]})


@effect(Step.DECIDE_COMPLAINT)
def decide_complaint(taking: Taking) -> None:
    """Decide, tell the complainant in the same moment, and end the suspension where it has no ground left."""
    complaint, data = in_hand(taking), taking.data
    complaint.outcome, complaint.decision_number = data["outcome"], data["number"]
    complaint.findings, complaint.decision = data["findings"], data["decision"]
    complaint.decision_files = shelve(taking, data["files"])
    complaint.decided_at = complaint.told_at = taking.now
    complaint.decided_by_id = taking.actor_id
    taking.session.flush()
    taking.move(taking.lot.status)
    body = {"complaint": complaint.id, "outcome": complaint.outcome.value, "sha256": digest(complaint.decision)}
    taking.record("complaint.decided", body)
    zh, en = complaint.outcome.zh, complaint.outcome.en
    taking.tell(
        ("投诉处理决定", f"您对“{taking.lot.name}”的投诉已处理：{zh}。{complaint.decision}"),
        ("Decision on your complaint", f"“{taking.lot.name}”: {en}. {complaint.decision}"),
        organizations=[complaint.complainant_id],
    )
    taking.tell(
        ("投诉处理决定", f"“{taking.lot.name}”的投诉已处理：{zh}。"),
        ("Decision on a complaint", f"“{taking.lot.name}”: {en}."),
        organizations=side_of_owner(taking.session, taking.lot),
    )
    if held_for(taking, complaint) and (data["resume"] or complaint.outcome is not ComplaintOutcome.UPHELD):
        resume_lot(taking, LIFTED)


def held_for(taking: Taking, complaint: Complaint) -> bool:
    """Whether the lot is held for this complaint and for no other one that is still in hand."""
    lot = taking.lot
    if lot.status is not Status.SUSPENDED or lot.suspension_ground is not SuspensionGround.COMPLAINT:
        return False
    stop = newest_stop(taking.session, lot)
    if stop is None or stop.id != complaint.stop_id:
        return False
    others = select(Complaint).where(Complaint.lot_id == lot.id, Complaint.id != complaint.id)
    return not any(one.waits and one.admitted_at for one in taking.session.scalars(others))


@effect(Step.PUBLISH_DECISION)
def publish_decision(taking: Taking) -> None:
    """Publish the decision in words in which the complainant cannot be recognised."""
    complaint = complaint_of(taking)
    if complaint.decided_at is None:
        raise Refused("not_decided", "尚未作出处理决定", "It is not decided yet")
    if complaint.published_at is not None:
        raise Refused("published", "该决定已公开", "The decision is published")
    complaint.published_at, complaint.published_text = taking.now, taking.data["text"]
    title = f"{taking.lot.name}投诉处理决定公告"[:200]
    facts = {"outcome": complaint.outcome.value if complaint.outcome else "", "number": complaint.decision_number}
    taking.publish(NoticeKind.COMPLAINT, title, complaint.published_text, facts)
