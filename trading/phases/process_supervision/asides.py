"""What is shown beside a form of this room 表单旁的说明: the notice to be, the objection, the questions, the bid."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from flask import render_template, url_for
from flask_babel import gettext as _
from markupsafe import Markup
from sqlalchemy import select

from trading.codelists import ProjectType, Role
from trading.database import db
from trading.errors import Refused
from trading.models import Alarm, BankLine, BankProfile, ChecklistSignature, Entrant, Lot, Objection, Organization
from trading.phases.process_supervision import checklists
from trading.phases.process_supervision.notice import announcing, clarifying
from trading.phases.process_supervision.notice.appointing import officers_told, published_groups
from trading.phases.process_supervision.notice.disposal_notice import FARMLAND, sale_told
from trading.phases.process_supervision.opening import opening
from trading.phases.process_supervision.schemas import SheetSchema
from trading.sealing.headers import envelope_id
from trading.web import exchange
from trading.web.access import actor
from trading.web.formats import moment
from trading.web.steps import Choices, tools
from trading.workflow.secrecy import bonds_may_be_told

Data = Mapping[str, Any] | None


def notice_preview(lot: Lot, _subject: str | None, data: Data) -> Markup | None:
    """The notice as it will stand, once the form is filled in."""
    if not data:
        return None
    terms = announcing.terms_of(db.session, lot)
    told = announcing.contents(lot, terms, data, announcing.public_documents(db.session, lot))
    told["officers"] = officers_told(published_groups(db.session, lot))
    told["record_keys"] = announcing.record_keys(tools().keeper)
    told |= {"lot_limit": announcing.limit_told(db.session, lot)} | sale_told(db.session, lot, data)
    text = announcing.notice_text(lot, terms, told, data["media"])
    page = render_template("process_supervision/notice_preview.html", title=announcing.title_of(lot), text=text)
    return Markup(page)


def siblings(lot: Lot, _subject: str | None) -> Choices:
    """The lots that may be announced along; nobody but a village is asked about farmland."""
    hidden = () if lot.project.type is ProjectType.RURAL else FARMLAND
    along = [(one.code, one.name) for one in announcing.siblings(db.session, lot)]
    return {"together": along} | {name: [] for name in hidden}


def questions(lot: Lot, _subject: str | None) -> Choices:
    """The open questions, without their askers."""
    found = clarifying.open_questions(db.session, lot)
    return {"answers": [(one.id, f"{one.text}（{moment(one.asked_at)}）") for one in found]}


def objection(lot: Lot, subject: str | None, _data: Data) -> Markup:
    """The objection to answer; its author stays unnamed while bidders must not be known."""
    row = db.session.scalar(select(Objection).where(Objection.id == subject, Objection.lot_id == lot.id))
    named = lot.opened_at is not None
    return Markup(render_template("process_supervision/objection.html", objection=row, named=named))


def sealing_desk(lot: Lot, _subject: str | None, data: Data) -> Markup:
    """Where a bid is sealed on the bidder's own machine; later, what of the sealed envelope may be known."""
    if data:
        header = data["header"]
        return Markup(
            render_template("process_supervision/envelope.html", header=header, envelope=envelope_id(header), lot=lot)
        )
    desk = {"lot": lot, "fields": exchange.inputs(SheetSchema()), "bidder": actor().signer}
    return Markup(render_template("process_supervision/sealing_desk.html", **desk))


def amount_desk(lot: Lot, data: Data, label: str, place: str, facts: Mapping[str, Any]) -> Markup:
    """Where an amount is sealed on the person's own machine; later, what of the sealed envelope may be known.

    Arguments:
        label: what the amount is, with its unit.
        place: the endpoint that tells what sealing needs.
        facts: what stands above the desk, by its label.
    """
    header = data["envelope"]["header"] if data else None
    shown = facts
    if header is not None:
        told = {_("信封编号"): envelope_id(header), _("密文大小"): _("%(bytes)s 字节", bytes=header["ct_len"])}
        shown = told | {_("密文摘要"): header["ct_sha256"]}
    desk = {
        "lot": lot, "label": label, "place_url": url_for(f"process_supervision.{place}", code=lot.code),
        "facts": [{"label": name, "value": value} for name, value in shown.items()], "envelope": header is not None,
    }  # fmt: skip
    return Markup(render_template("process_supervision/amount_desk.html", **desk))


def sealed_to(groups: Callable[[], Any]) -> str:
    """To whom an amount is sealed, or why it cannot be yet."""
    try:
        found = groups()
    except Refused as wrong:
        return wrong.sentence(exchange.language())
    if not found:
        return _("请先由交易中心确定开标密钥持有人")
    return _("%(number)s 组开标密钥持有人，缺任何一组都不能开启", number=len(found))


def bank_line(lot: Lot, subject: str | None, _data: Data) -> Markup:
    """The unmatched line to settle."""
    row = db.session.scalar(select(BankLine).where(BankLine.id == subject, BankLine.lot_id == lot.id))
    return Markup(render_template("process_supervision/bank_line.html", line=row))


def bank_profiles(_lot: Lot, _subject: str | None) -> Choices:
    """The declared layouts of the banks' files."""
    found = db.session.scalars(select(BankProfile).order_by(BankProfile.name))
    return {"profile": [(one.id, one.name) for one in found]}


def bidders(lot: Lot, _subject: str | None) -> Choices:
    """The bidders of an opened lot."""
    if not bonds_may_be_told(lot) or actor().role is not Role.CENTRE:
        return {"organization": []}
    ids = [bid.organization_id for bid in opening.bids_in_force(db.session, lot)]
    ids += db.session.scalars(select(Entrant.organization_id).where(Entrant.lot_id == lot.id))
    found = db.session.scalars(select(Organization).where(Organization.id.in_(ids)).order_by(Organization.name))
    return {"organization": [(one.id, one.name) for one in found]}


def checklist_item(lot: Lot, subject: str | None, _data: Data) -> Markup:
    """The item to sign, why a person must, and what was signed so far."""
    query = select(ChecklistSignature).where(
        ChecklistSignature.lot_id == lot.id, ChecklistSignature.condition == subject
    )
    rows = db.session.scalars(query.order_by(ChecklistSignature.signed_at)).all()
    item = checklists.item_of(subject)
    return Markup(render_template("process_supervision/checklist_item.html", item=item, rows=rows))


def alarm(lot: Lot, subject: str | None, _data: Data) -> Markup:
    """The alarm to answer or close."""
    row = db.session.scalar(select(Alarm).where(Alarm.id == subject, Alarm.lot_id == lot.id))
    return Markup(render_template("process_supervision/alarm.html", alarm=row))
