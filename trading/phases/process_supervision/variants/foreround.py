"""Before the tender notice 招标公告前的程序: notice, change, applications and their closing, for both kinds of round.

Applications and proposals hold no price, and the opening officers are appointed for the bids: so they are kept
encrypted under a key of the vault, read by nobody before the deadline, and by the owner's side and examiners after it.
Who applied, and how many, is as secret as who took the documents (R07.C15).
"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from datetime import date
from typing import Any

from sqlalchemy.orm import Session

from trading.beijing import at, beijing, law_date, moment_en, moment_zh
from trading.codelists import DocumentKind, ForeRound, NoticeKind
from trading.errors import InvalidInput, NotFound, Refused
from trading.ledger import merkle
from trading.ledger.canonical import canonical
from trading.models import ForeApplication, Lot, Preliminary
from trading.phases.process_supervision.notice.announcing import terms_of
from trading.sealing.waiting import shut, unshut
from trading.steps import Step
from trading.values import Values
from trading.workflow.admission import applications_of, preliminary_of, refuse_unfinished
from trading.workflow.document_scan import papers_of, scan, typed
from trading.workflow.papers import Paper, keep_files
from trading.workflow.taking import Taking, before, effect
from trading.working_days import add_days

DOCUMENTS = {
    ForeRound.PREQUALIFICATION: DocumentKind.PREQUALIFICATION,
    ForeRound.FIRST_STAGE: DocumentKind.FIRST_STAGE,
}
NOTICES = {
    ForeRound.PREQUALIFICATION: NoticeKind.PREQUALIFICATION,
    ForeRound.FIRST_STAGE: NoticeKind.FIRST_STAGE,
}
OF_STEP = {
    Step.APPLY_FOR_PREQUALIFICATION: ForeRound.PREQUALIFICATION,
    Step.PROPOSE_TECHNICALLY: ForeRound.FIRST_STAGE,
}
for _step in (Step.ANNOUNCE_PREQUALIFICATION, Step.ANNOUNCE_FIRST_STAGE, Step.CHANGE_PRELIMINARY):
    before(_step, papers_of)


def open_round(session: Session, lot: Lot) -> Preliminary:
    """The round that is not concluded.

    Raises:
        Refused: there is none.
    """
    for kind in ForeRound:
        round_ = preliminary_of(session, lot, kind)
        if round_ is not None and round_.concluded_at is None:
            return round_
    raise Refused("no_round", "没有正在进行的资格预审或者第一阶段", "No prequalification or first stage is going on")


def round_of(taking: Taking, kind: ForeRound) -> Preliminary:
    """The running round of this kind.

    Raises:
        Refused: there is none, or it is concluded.
    """
    round_ = preliminary_of(taking.session, taking.lot, kind)
    if round_ is None or round_.concluded_at is not None:
        raise Refused("no_round", f"没有正在进行的{kind.zh}", f"This is not going on: {kind.en}")
    return round_


def announce_round(taking: Taking, kind: ForeRound) -> Preliminary:
    """Publish the notice of a round and keep its documents; from here on the public knows of the lot.

    Raises:
        Refused: it was announced before, or the other one is going on.
        InvalidInput: the times are out of order.
    """
    session, lot, data = taking.session, taking.lot, taking.data
    refuse_unfinished(session, lot)
    if preliminary_of(session, lot, kind) is not None:
        raise Refused("announced", f"{kind.zh}已经发布过公告", f"Announced before: {kind.en}")
    if not taking.now < data["sale_ends_at"] <= data["until"]:
        raise InvalidInput.of("until", "截止时间应当在文件停止获取之后", "It lies after the end of the documents")
    terms = terms_of(session, lot)
    scan(taking, [*papers_of(data), typed("preliminary", {kind.zh: data["requirements"]})])
    keep_files(taking, DOCUMENTS[kind], data["documents"])
    round_ = Preliminary(
        lot_id=lot.id, kind=kind, requirements=data["requirements"], contact=data["contact"],
        published_at=taking.now, sale_ends_at=data["sale_ends_at"], until=data["until"],
    )  # fmt: skip
    session.add(round_)
    lot.noticed_at = lot.noticed_at or taking.now
    told = {
        "scope": lot.scope, "requirements": data["requirements"], "contact": data["contact"],
        "documents": moment_zh(data["sale_ends_at"]), "deadline": moment_zh(data["until"]),
        "consortium": "接受联合体" if terms.consortium_allowed else "不接受联合体",
    }  # fmt: skip
    title = f"{lot.name}{NOTICES[kind].zh}"[:200]
    notice = taking.publish(NOTICES[kind], title, round_text(lot, kind, told), told, ends_at=round_.until)
    notice.media = [one.value for one in data["media"]]
    return round_


def round_text(lot: Lot, kind: ForeRound, told: dict[str, Any]) -> str:
    """The text of the notice of a round."""
    what = "资格预审申请文件" if kind is ForeRound.PREQUALIFICATION else "技术建议"
    asked = "申请人资格要求" if kind is ForeRound.PREQUALIFICATION else "技术要求"
    no_price = "" if kind is ForeRound.PREQUALIFICATION else "技术建议不得载明报价，本阶段不收取投标保证金。"
    return "\n".join(
        (
            f"一、{lot.project.owner.name}就{lot.name}（编号：{lot.code}）组织{kind.zh}。招标范围：{told['scope']}。",
            f"二、{asked}：{told['requirements']}。本次招标{told['consortium']}。",
            f"三、文件自本公告发布之时起至{told['documents']}在本平台标段页面免费获取。",
            f"四、{what}应当于{told['deadline']}前在本平台递交，逾期不予接收。递交人名称和数量在截止前对任何人保密。{no_price}",
            f"五、联系人及联系方式：{told['contact']}。",
        )
    )


def changed_until(round_: Preliminary, today: date, values: Values) -> Any:
    """The deadline after a change: unchanged, or the same hour of the first lawful day (ZTBT 21, R08.C2)."""
    first = add_days(today, values["clarify_preq"])
    local = beijing(round_.until)
    return round_.until if law_date(round_.until) >= first else at(first, local.hour, local.minute, local.second)


@effect(Step.CHANGE_PRELIMINARY)
def change_preliminary(taking: Taking) -> None:
    """Publish a clarification or change; where it may affect applications the deadline moves by the law."""
    round_, lot, data = open_round(taking.session, taking.lot), taking.lot, taking.data
    if taking.now >= round_.until:
        raise Refused("deadline_passed", "截止时间已过", "The deadline has passed")
    round_.changes += 1
    if data["affects_preparation"]:
        round_.until = changed_until(round_, taking.today, taking.values)
        round_.changed_on = taking.today
    scan(taking, [*papers_of(data), typed(f"preliminary-{round_.changes}", {"修改": data["text"]})])
    keep_files(taking, DOCUMENTS[round_.kind], data["documents"])
    text = f"{data['text']}\n截止时间为{moment_zh(round_.until)}。"
    title = f"{lot.name}{round_.kind.zh}第{round_.changes}次澄清与修改"[:200]
    taking.publish(NoticeKind.CLARIFICATION, title, text, {"deadline": moment_zh(round_.until)})
    taking.tell(
        ("澄清与修改", f"“{lot.name}”：{text}"),
        ("Documents changed", f"“{lot.name}”: {data['text']} The deadline is {moment_en(round_.until)}."),
        organizations=[one.organization_id for one in applications_of(taking.session, round_)],
    )
    taking.receipt["until"] = beijing(round_.until).isoformat()


def key_name(lot: Lot, kind: ForeRound) -> str:
    """The name of the vault's key for a round's files."""
    return f"{kind.value} {lot.code}"


def hand_in(taking: Taking, papers: Sequence[Paper]) -> None:
    """Keep an application or proposal, encrypted; it replaces the earlier one of the same organisation."""
    kind = OF_STEP[taking.step]
    round_ = round_of(taking, kind)
    if taking.now >= round_.until:
        raise Refused("late", "截止时间已过，不予接收", "The deadline has passed: nothing is taken any more")
    for earlier in applications_of(taking.session, round_):
        if earlier.organization_id == taking.organization_id:
            earlier.current = False
    taking.session.flush()
    name, files = key_name(taking.lot, kind), []
    for one in papers:
        box = shut(taking.tools.vault, name, one.data)
        told = {"name": one.name, "size": len(one.data), "type": one.media_type}
        files.append({**told, "sha256": hashlib.sha256(one.data).hexdigest(), "box": taking.tools.files.put(box)})
    digest = hashlib.sha256(canonical([one["sha256"] for one in files])).hexdigest()
    taking.session.add(
        ForeApplication(
            lot_id=taking.lot.id, preliminary_id=round_.id, organization_id=taking.organization_id,
            submitted_by_id=taking.actor_id, received_at=taking.now, digest=digest, files=files,
        )
    )  # fmt: skip
    taking.record("document.sealed", {"what": kind.value, "sha256": digest})
    taking.receipt |= {"sha256": digest, "received_at": beijing(taking.now).isoformat()}


@effect(Step.APPLY_FOR_PREQUALIFICATION)
def apply_for_prequalification(taking: Taking) -> None:
    """A bidder applies; the same again before the deadline replaces it."""
    hand_in(taking, taking.data["files"])


@effect(Step.PROPOSE_TECHNICALLY)
def propose_technically(taking: Taking) -> None:
    """A bidder hands in a technical proposal; one with a price is refused (ZTBT 30)."""
    if taking.data["states_price"]:
        raise InvalidInput.of(
            "states_price", "第一阶段的技术建议不得载明报价", "A proposal of the first stage may not state a price"
        )
    hand_in(taking, taking.data["files"])


@effect(Step.WITHDRAW_PRELIMINARY)
def withdraw_preliminary(taking: Taking) -> None:
    """Take one's application or proposal back before the deadline."""
    round_ = open_round(taking.session, taking.lot)
    own = [one for one in applications_of(taking.session, round_) if one.organization_id == taking.organization_id]
    if taking.now >= round_.until or not own:
        raise Refused("nothing_to_withdraw", "没有可以撤回的申请或者技术建议", "There is nothing to withdraw")
    own[0].current, own[0].withdrawn_at = False, taking.now
    taking.record("document.sealed", {"what": f"{round_.kind.value} withdrawn", "sha256": own[0].digest})


def close_round(taking: Taking, round_: Preliminary) -> list[ForeApplication]:
    """Close a round after its deadline: the root over its applications goes into the record.

    Raises:
        Refused: the deadline has not come, or it is closed.
    """
    if taking.now < round_.until:
        raise Refused("not_due", "截止时间未到", "The deadline has not come")
    if round_.closed_at is not None:
        raise Refused("closed", "已经截止", "It is closed already")
    round_.closed_at = round_.until
    found = applications_of(taking.session, round_)
    root = merkle.root([merkle.leaf(one.encode("ascii")) for one in sorted(one.digest for one in found)]).hex()
    taking.record("document.sealed", {"what": f"{round_.kind.value} closed", "sha256": root})
    taking.afterwards.append(lambda: setattr(round_, "leaf", taking.written["document.sealed"].leaf.hex()))
    return found


def file_of(taking_tools: Any, lot: Lot, round_: Preliminary, application: ForeApplication, number: int) -> bytes:
    """The bytes of one file of an application, after the closing.

    Raises:
        NotFound: there is no such file, or its time has not come.
    """
    if round_.closed_at is None or not 0 <= number < len(application.files):
        raise NotFound("没有这个文件", "There is no such file")
    kept = application.files[number]
    return unshut(taking_tools.vault, key_name(lot, round_.kind), taking_tools.files.get(kept["box"]))
