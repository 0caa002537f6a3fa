"""The tender notice 招标公告: written from the record, published with its clocks, sealed bids made possible."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from trading.beijing import moment_en, moment_zh
from trading.checkpoints.keeper import Keeper
from trading.codelists import Method, NoticeKind, Role, Status
from trading.errors import InvalidInput, Refused
from trading.ledger.entries import microseconds
from trading.methods import METHODS
from trading.methods.proposal import runs
from trading.models import Document, Lot, LotLimit, TenderTerms
from trading.money import capitals, grouped
from trading.phases.process_supervision.notice.appointing import officers_told, published_groups
from trading.phases.process_supervision.notice.disposal_notice import disposal_text, sale_told
from trading.phases.process_supervision.notice.inviting import letters
from trading.phases.process_supervision.notice.procurement_notice import is_procurements, procurement_text
from trading.rules.r07_notice import Medium
from trading.steps import Step
from trading.workflow.admission import refuse_unfinished
from trading.workflow.engine import Request, take_within
from trading.workflow.negotiation_record import fewest
from trading.workflow.papers import PUBLIC_KINDS
from trading.workflow.taking import Taking, effect


def terms_of(session: Session, lot: Lot) -> TenderTerms:
    """What the tender documents say.

    Raises:
        Refused: they are not written yet.
    """
    terms = session.scalar(select(TenderTerms).where(TenderTerms.lot_id == lot.id))
    if terms is None:
        raise Refused("no_terms", "招标文件尚未编制", "The tender documents are not written yet")
    return terms


def public_documents(session: Session, lot: Lot) -> list[Document]:
    """The current files that anybody may download once the notice is out."""
    query = select(Document).where(
        Document.lot_id == lot.id, Document.kind.in_(PUBLIC_KINDS), Document.superseded.is_(False), Document.public
    )
    return list(session.scalars(query.order_by(Document.kind, Document.name)))


def siblings(session: Session, lot: Lot) -> list[Lot]:
    """The other lots of the project that stand where this one stands, in the order of their numbers."""
    query = select(Lot).where(Lot.project_id == lot.project_id, Lot.status == lot.status, Lot.id != lot.id)
    return list(session.scalars(query.order_by(Lot.number, Lot.attempt)))


def amount(value: Decimal) -> str:
    """An amount as a notice writes it: figures and capitals."""
    return f"{grouped(value)}元（大写：人民币{capitals(value)}）"


def contents(lot: Lot, terms: TenderTerms, data: Mapping[str, Any], files: list[Document]) -> dict[str, Any]:
    """What a notice must say (ZTB 16, R07.C14), point by point; money as text."""
    project = lot.project
    names = "、".join(one.name for one in files)
    return {
        "scope": lot.scope,
        "funding": project.funding_source or "",
        "qualification": terms.qualification,
        "consortium": "接受联合体投标" if terms.consortium_allowed else "不接受联合体投标",
        "documents": f"自本公告发布之时起至{moment_zh(data['documents_until'])}，在本平台标段页面免费下载：{names}"
        if names
        else "",
        "deadline": moment_zh(data["bid_deadline"]),
        "place": data["place"],
        "contact": data["contact"],
        "objection": terms.objection_contact,
        "ceiling": str(terms.ceiling) if terms.ceiling is not None else "",
        "bond": str(terms.bond) if terms.bond else "",
        "officers": officers_told(lot.groups),
        "trading_code": lot.trading_code or "",
        "record_keys": "",
        "lot_limit": "",
    }


def record_keys(keeper: Keeper | None) -> str:
    """The keys of log and witnesses, printed in the notice: a verifier takes them from here, never from the file."""
    if keeper is None:
        return ""
    witnesses = [f"见证{one}" for one in keeper.witness_keys]
    return "；".join([f"日志{keeper.key.verifier}", *witnesses])


def notice_text(lot: Lot, terms: TenderTerms, told: Mapping[str, Any], media: list[Medium]) -> str:
    """The text of the tender notice in the statutory order of ZTB 16."""
    project = lot.project
    if not project.type.is_purchase:
        return disposal_text(lot, terms, told, media)
    approval = f"{project.approval_organ or ''}以{project.approval_number or ''}批准建设"
    ceiling = "本标段未设最高投标限价。"
    if terms.ceiling:
        ceiling = f"最高投标限价为{amount(terms.ceiling)}，高于该限价的投标将被否决。"
    bond = (
        f"投标保证金为{amount(terms.bond)}，应当于投标截止时间前从投标人基本账户转出到账，附言写明标段编号{lot.code}；"
        "也可以提交银行保函或者保证保险。"
        if terms.bond
        else "本标段不收取投标保证金。"
    )
    keys = told["record_keys"]
    verifying = (f"九、核验。本平台存证的公钥为：{keys}。核验方法见本平台“核验记录”页面。",) if keys else ()
    paragraphs = (
        f"一、招标条件。{project.name}已由{approval}，项目单位为{project.owner.name}，资金来源为{told['funding']}。"
        f"现对该项目的{lot.title}进行{lot.method.zh if lot.method else '公开招标'}。",
        f"二、项目概况与招标范围。建设地点：{terms.place}。招标范围：{told['scope']}。"
        f"工期：{terms.duration_days}日历天。质量标准：{terms.quality}。统一交易标识码：{told['trading_code']}。{ceiling}",
        f"三、投标人资格要求。{told['qualification']}。本次招标{told['consortium']}。{told['lot_limit']}",
        f"四、招标文件的获取。{told['documents']}。{taking_the_documents(lot)}",
        f"五、投标文件的递交。投标截止时间为{told['deadline']}，投标文件在本平台网上递交；逾期送达的，平台不予接收。"
        f"投标文件由投标人密封至开标密钥持有人的公钥：{told['officers']}。{bond}",
        f"六、开标。开标于投标截止的同一时间在{told['place']}公开进行，可以在本平台在线参加。",
        f"七、发布媒介。本公告在{'、'.join(one.zh for one in media)}同时发布，内容一致。",
        f"八、异议与联系方式。对招标文件有异议的，应当在投标截止时间十日前在本平台提出；异议受理：{told['objection']}。"
        f"联系人及联系方式：{told['contact']}。",
        *verifying,
    )
    return "\n".join(paragraph.replace("。。", "。") for paragraph in paragraphs)


def limit_told(session: Session, lot: Lot) -> str:
    """How many lots one bidder may win and in which order they are awarded; nothing where there is no limit."""
    limit = session.scalar(select(LotLimit).where(LotLimit.project_id == lot.project_id))
    if limit is None:
        return ""
    order = "、".join(f"第{number}标段" for number in limit.order)
    return f"本项目同一投标人最多可以中标{limit.most}个标段，按{order}的顺序定标，已达上限的不再作为后续标段的中标人。"


def taking_the_documents(lot: Lot) -> str:
    """Who may take the documents, and how."""
    if lot.method is Method.INVITED_TENDER:
        return "仅受邀请人登录后可以获取；受邀请人的名称和数量在开标前保密。"
    return "下载不需要登记；登录或者留下联系方式的，可以收到全部澄清与修改。"


def title_of(lot: Lot) -> str:
    """The title of the notice; a retender says so."""
    words = METHODS[lot.method].words.notice.zh if lot.method else "招标公告"
    again = f"（第{lot.attempt}次）" if lot.attempt > 1 else ""
    return f"{lot.name}{words}{again}"[:200]


@effect(Step.ANNOUNCE)
def announce(taking: Taking) -> None:
    """Publish the notice, set the clocks, fix to whose keys bids are sealed; the same for lots announced along."""
    lot, data = taking.lot, taking.data
    refusal = runs(lot.project.type, lot.method) if lot.method else None
    if refusal is not None:
        raise Refused(refusal.code, refusal.zh, refusal.en)
    if data["bid_deadline"] <= taking.now:
        raise InvalidInput.of("bid_deadline", "投标截止时间应在此刻之后", "The bid deadline must lie in the future")
    if data["documents_until"] > data["bid_deadline"]:
        raise InvalidInput.of(
            "documents_until",
            "获取截止时间不能晚于投标截止时间",
            "The documents may not be handed out after the bid deadline",
        )
    refuse_unfinished(taking.session, lot)
    terms = terms_of(taking.session, lot)
    lot.parts = ["price", "tech"] if terms.two_envelopes else ["single"]
    lot.groups = published_groups(taking.session, lot)
    told = contents(lot, terms, data, public_documents(taking.session, lot))
    told |= {"record_keys": record_keys(taking.tools.keeper), "lot_limit": limit_told(taking.session, lot)}
    told |= sale_told(taking.session, lot, data)
    lot.published_at, lot.documents_until, lot.bid_deadline = taking.now, data["documents_until"], data["bid_deadline"]
    procured = is_procurements(lot)
    text = (procurement_text if procured else notice_text)(lot, terms, told, data["media"])
    kind = NoticeKind.PROCUREMENT if procured else NoticeKind.TENDER
    notice = taking.publish(kind, title_of(lot), text, told, ends_at=lot.bid_deadline)
    notice.media = [one.value for one in data["media"]]
    body = {
        "deadline": microseconds(lot.bid_deadline), "parts": lot.parts, "groups": lot.groups, "title": lot.name,
        "min_bids": fewest(lot, int(taking.values["bidders_min"])),
    }  # fmt: skip
    taking.record("tender.published", body)
    letters(taking, moment_zh(data["bid_deadline"]))
    taking.tell_role(
        Role.SUPERVISOR,
        ("招标公告已发布", f"“{lot.name}”已发布招标公告，投标截止时间为{moment_zh(data['bid_deadline'])}。"),
        ("Tender notice published", f"“{lot.name}” was published; bids close {moment_en(data['bid_deadline'])}."),
    )
    announce_along(taking)


def announce_along(taking: Taking) -> None:
    """Take the same step on the lots ticked, each with its own conditions, all in this transaction.

    Raises:
        Unlawful: one of them may not be published; then none is.
        Refused: one is no lot of this project standing at the same place.
    """
    wanted = list(dict.fromkeys(taking.data.get("together") or []))
    ready = {
        lot.code
        for lot in taking.session.scalars(
            select(Lot).where(Lot.project_id == taking.lot.project_id, Lot.status == Status.METHOD_FIXED)
        )
    }
    if not set(wanted) <= ready - {taking.lot.code}:
        raise Refused("not_a_sibling", "所选标段不能一并发布", "A chosen lot cannot be announced along")
    for code in wanted:
        data = {**taking.data, "together": []}
        request = Request(code, Step.ANNOUNCE, taking.actor, taking.now, data)
        take_within(taking.session, request, taking.tools)
    if wanted:
        taking.receipt["together"] = wanted
