"""A sole supplier 单一来源公示: noticed before the approval is asked for, objected to, reasoned upon (R05.C3)."""

from __future__ import annotations

from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from trading.beijing import law_date
from trading.codelists import DocumentKind, NoticeKind, Role
from trading.errors import InvalidInput, NotFound, Refused
from trading.models import Lot, SoleSourceNotice, SoleSourceObjection
from trading.steps import Step
from trading.workflow.concerned import tell_owner
from trading.workflow.papers import keep_files
from trading.workflow.taking import Taking, effect

KEPT = ("subject", "description", "reasons", "supplier", "supplier_address", "opinion", "experts", "until", "contacts")


def newest_notice(session: Session, lot: Lot) -> SoleSourceNotice | None:
    """The newest notice of a sole source for this lot."""
    query = select(SoleSourceNotice).where(SoleSourceNotice.lot_id == lot.id)
    return session.scalar(query.order_by(SoleSourceNotice.published_at.desc()).limit(1))


def standing_notice(taking: Taking) -> SoleSourceNotice:
    """The notice that a step is about.

    Raises:
        NotFound: there is none.
    """
    notice = newest_notice(taking.session, taking.lot)
    if notice is None:
        raise NotFound("本标段没有单一来源公示", "There is no notice of a sole source")
    return notice


def objections_to(session: Session, notice: SoleSourceNotice) -> list[SoleSourceObjection]:
    """What was objected, the first first."""
    query = select(SoleSourceObjection).where(SoleSourceObjection.notice_id == notice.id)
    return list(session.scalars(query.order_by(SoleSourceObjection.raised_at)))


def notice_text(taking: Taking) -> str:
    """The seven contents in their order (D74 38)."""
    told: dict[str, Any] = taking.data
    experts = "；".join(f"{one['name']}，{one['unit']}，{one['title']}" for one in told["experts"])
    return "\n".join(
        (
            f"一、采购人、采购项目名称和内容。{taking.lot.project.owner.name}。{told['subject']}",
            f"二、拟采购的货物或者服务的说明。{told['description']}",
            f"三、采用单一来源采购方式的原因及相关说明。{told['reasons']}",
            f"四、拟定的唯一供应商。{told['supplier']}，{told['supplier_address']}。",
            f"五、专业人员的论证意见。{told['opinion']}专业人员：{experts}。",
            f"六、公示期限。{taking.today}至{told['until']}。对公示有异议的，可以在公示期内在本平台书面提出。",
            f"七、联系方式。{told['contacts']}",
        )
    ).replace("。。", "。")


@effect(Step.NOTICE_SOLE_SOURCE)
def notice_sole_source(taking: Taking) -> None:
    """Publish the notice that names the supplier; it stands for its working days before the approval is asked for."""
    least = int(taking.values["gpn_single_source_notice_wd"])
    if taking.data["until"] < taking.calendar.end_of_working_days(taking.today, least):
        zh, en = f"公示期不得少于{least}个工作日", f"The notice stands for {least} working days at least"
        raise InvalidInput.of("until", zh, en)
    lot = taking.lot
    taking.session.add(
        SoleSourceNotice(
            lot_id=lot.id, published_at=taking.now, **{name: taking.data[name] for name in KEPT}
        )
    )  # fmt: skip
    keep_files(taking, DocumentKind.STATEMENT, taking.data["statement"])
    facts = {"supplier": taking.data["supplier"], "until": str(taking.data["until"])}
    taking.publish(NoticeKind.SOLE_SOURCE, f"{lot.name}单一来源采购公示"[:200], notice_text(taking), facts)
    lot.noticed_at = lot.noticed_at or taking.now
    taking.tell_role(
        Role.AUTHORITY,
        ("单一来源采购公示", f"“{lot.name}”公示拟从{facts['supplier']}单一来源采购，至{facts['until']}。"),
        ("Notice of a sole source", f"“{lot.name}” is to be bought from {facts['supplier']}; until {facts['until']}."),
    )


@effect(Step.OBJECT_TO_SOLE_SOURCE)
def object_to_sole_source(taking: Taking) -> None:
    """A supplier objects in writing while the notice stands; owner and finance department are told."""
    notice = standing_notice(taking)
    if taking.today > notice.until:
        raise Refused("notice_over", "公示期已经届满", "The notice no longer stands")
    mine = select(func.count()).where(
        SoleSourceObjection.notice_id == notice.id, SoleSourceObjection.organization_id == taking.organization_id
    )
    if taking.session.scalar(mine):
        raise Refused("objected_already", "本单位已对该公示提出异议", "Your organisation objected already")
    taking.session.add(
        SoleSourceObjection(
            notice_id=notice.id, organization_id=taking.organization_id, raised_by_id=taking.actor_id,
            text=taking.data["text"], raised_at=taking.now,
        )
    )  # fmt: skip
    name = taking.lot.name
    zh = ("对单一来源公示的异议", f"“{name}”收到对单一来源公示的异议，应当在公示期满后五个工作日内补充论证。")
    en = ("Objection to a sole source", f"“{name}”: reason upon it within five working days of the end.")
    tell_owner(taking, zh, en)
    taking.tell_role(Role.AUTHORITY, zh, en)


@effect(Step.REASON_SOLE_SOURCE)
def reason_sole_source(taking: Taking) -> None:
    """The owner reasons upon the objections once the notice is over; the objectors are told."""
    notice = standing_notice(taking)
    objections = objections_to(taking.session, notice)
    if not objections:
        raise Refused("nothing_objected", "没有需要论证的异议", "Nobody objected")
    if notice.reasoned_at is not None:
        raise Refused("reasoned_already", "已经补充论证", "It was reasoned upon already")
    if taking.today <= notice.until:
        raise Refused("notice_stands", "公示期尚未届满", "The notice still stands")
    notice.reasoning, notice.upheld, notice.reasoned_at = taking.data["reasoning"], taking.data["upheld"], taking.now
    keep_files(taking, DocumentKind.STATEMENT, taking.data["statement"], supersede=False)
    taking.record("approval.sole_source_reasoned", {"upheld": notice.upheld, "objections": len(objections)})
    word_zh, word_en = ("成立", "well founded") if notice.upheld else ("不成立", "unfounded")
    taking.tell(
        ("单一来源异议的论证结论", f"对“{taking.lot.name}”单一来源公示的异议{word_zh}。{notice.reasoning}"),
        ("Your objection to a sole source", f"“{taking.lot.name}”: found {word_en}. {notice.reasoning}"),
        organizations=[one.organization_id for one in objections],
    )


def refuse_upheld(taking: Taking) -> None:
    """Stop an application for a sole source against which an objection was upheld.

    Raises:
        Refused: it was; another method is to be used (D74 40).
    """
    notice = newest_notice(taking.session, taking.lot)
    if notice is not None and notice.upheld:
        zh = f"经论证异议成立（{law_date(notice.reasoned_at or taking.now)}），应当采取其他采购方式"
        raise Refused("objection_upheld", zh, "An objection was upheld: another method is to be used")
