"""The pages and operations of the supervision phase 流程监管阶段: from the notice to the opening, stops and alarms."""

from __future__ import annotations

from flask import Response, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import lazy_gettext as _l
from sqlalchemy import select

from trading.codelists import Role
from trading.database import db
from trading.errors import InvalidInput
from trading.models import Bid, Document, Holder, Lot, TenderTerms
from trading.phases.process_supervision import alarms, asides, checklists, objecting, schemas, stopping
from trading.phases.process_supervision.bids import bidding
from trading.phases.process_supervision.blueprint import blueprint
from trading.phases.process_supervision.deposits import balances, bond_lines, bonds, guarantees
from trading.phases.process_supervision.notice import announcing, clarifying, documents
from trading.phases.process_supervision.opening import opening
from trading.steps import Step
from trading.web import access, exchange, throttle
from trading.web.fields import NothingAsked
from trading.web.steps import StepPage, find_lot, mount, now, tools
from trading.workflow.deposit_record import asked_deposit, deposits_of, movements_of, virtual_account

EFFECTS_OF = (
    alarms, announcing, balances, bidding, bond_lines, bonds, checklists, clarifying, guarantees, objecting, opening,
    stopping,
)  # fmt: skip
TRUST = _l("投标文件在您自己的设备上密封至开标密钥持有人的公钥，平台在开标前无法读取；请妥善保存您的投标密钥。")
PAGES = (
    StepPage(Step.ANNOUNCE, schemas.AnnouncementSchema, offer=asides.siblings, aside=asides.notice_preview),
    StepPage(Step.ASK, schemas.AskSchema, check=False),
    StepPage(Step.CLARIFY, schemas.ClarifySchema, offer=asides.questions),
    StepPage(
        Step.OBJECT,
        schemas.ObjectionSchema,
        lead=_l("对招标文件的异议应当在投标截止十日前提出，按时提出的，答复前暂停交易；逾期提出的，答复但不暂停。"),
    ),
    StepPage(Step.ANSWER_OBJECTION, schemas.AnswerObjectionSchema, subject=True, aside=asides.objection),
    StepPage(
        Step.REGISTER_GUARANTEE,
        schemas.GuaranteeSchema,
        lead=_l("开标前，除您自己外，任何人都看不到您是否提交了保证金。"),
    ),
    StepPage(
        Step.RECEIVE_BANK_LINES,
        schemas.BankLinesSchema,
        offer=asides.bank_profiles,
        lead=_l("流水由系统自动匹配并在开标前密封；重复的流水号不会重复登记。"),
    ),
    StepPage(
        Step.REPORT_BALANCE,
        schemas.BalanceSchema,
        check=False,
        lead=_l("逐日报告本标段子账户日终余额，供系统与台账核对。"),
    ),
    StepPage(Step.REFUND_WITHDRAWN, schemas.RefundWithdrawnSchema, subject=True),
    StepPage(
        Step.SETTLE_BANK_LINE, schemas.SettleLineSchema, subject=True, offer=asides.bidders, aside=asides.bank_line
    ),
    StepPage(Step.SUBMIT_BID, schemas.BidSchema, aside=asides.sealing_desk, lead=TRUST),
    StepPage(
        Step.WITHDRAW_BID,
        schemas.WithdrawSchema,
        danger=True,
        lead=_l("撤回后您的投标不再有效；投标截止前可以重新递交。保证金在五日内退还。"),
    ),
    StepPage(
        Step.OPEN_TECHNICAL,
        schemas.TechnicalSchema,
        lead=_l("只开启技术标；商务标在此之后由开标密钥持有人另行提交分片后开启。"),
    ),
    StepPage(Step.OPEN_BIDS, schemas.OpeningSchema, lead=_l("开标将逐份解密投标文件、宣读报价并公布开标记录。")),
    StepPage(Step.CLOSE_OPENING_RECORD, NothingAsked),
    StepPage(Step.SUSPEND, schemas.SuspendSchema, danger=True),
    StepPage(Step.RESUME, schemas.ResumeSchema),
    StepPage(Step.TERMINATE, schemas.TerminateSchema, danger=True),
    StepPage(Step.FAIL, schemas.FailSchema, danger=True),
    StepPage(Step.RETENDER, schemas.RetenderSchema),
    StepPage(Step.SIGN_CHECKLIST, schemas.SignChecklistSchema, subject=True, aside=asides.checklist_item),
    StepPage(Step.ANSWER_ALARM, schemas.AnswerAlarmSchema, subject=True, aside=asides.alarm),
    StepPage(Step.CLOSE_ALARM, schemas.CloseAlarmSchema, subject=True, aside=asides.alarm),
)
for _page in PAGES:
    mount(blueprint, _page)


@access.public
def document(code: str, document: str) -> Response:
    """Hand out a file; a bidder who is logged in becomes a holder by it, nobody else is asked who he is."""
    lot, user = find_lot(code), access.caller()
    found = documents.document_of(db.session, user, lot, document)
    if found.public:
        documents.hold_as_bidder(db.session, user, lot, now())
    return attachment(found)


def attachment(found: Document) -> Response:
    """A file as something to save, never to be run by the browser."""
    answer = Response(tools().files.get(found.sha256), mimetype=found.media_type)
    answer.headers.set("Content-Disposition", "attachment", filename=found.name)
    answer.headers["X-Content-Type-Options"] = "nosniff"
    answer.headers["Content-Security-Policy"] = "sandbox; default-src 'none'"
    return answer


@access.public
def lot_documents(code: str) -> ResponseReturnValue:
    """The tender documents of a lot, and the offer to leave a contact."""
    lot = find_lot(code)
    if request.method == "GET":
        return documents_page(lot)
    try:
        holder = leave_contact(lot, exchange.read(schemas.ContactSchema())["contact"])
    except InvalidInput as wrong:
        return documents_page(lot, wrong)
    return redirect(url_for("process_supervision.holder", code=code, holder=holder.id), 303)


def leave_contact(lot: Lot, contact: str) -> Holder:
    """Make whoever leaves a contact a holder, as often as one address may."""
    values = tools().values(lot, now())
    throttle.knock(db.session, values, throttle.Door.CONTACT, request.remote_addr or "", now())
    return documents.leave_contact(db.session, lot, contact, now())


def documents_page(lot: Lot, wrong: InvalidInput | None = None) -> ResponseReturnValue:
    """Draw the page of documents."""
    errors = wrong.told(exchange.language()) if wrong else {}
    page = render_template(
        "process_supervision/documents.html", lot=lot, documents=announcing.public_documents(db.session, lot),
        fields=exchange.inputs(schemas.ContactSchema(), request.form, errors), errors=exchange.flat(errors),
        open=documents.taking_is_open(lot, now()),
    )  # fmt: skip
    return page, 400 if wrong else 200


@access.public
def leave_contact_json(code: str) -> ResponseReturnValue:
    """Leave a contact by JSON: answers the id under which the receipt is found."""
    data = exchange.load(schemas.ContactSchema(), exchange.from_json())
    holder = leave_contact(find_lot(code), data["contact"])
    return {"holder": holder.id, "taken_at": holder.taken_at.isoformat()}, 201


@access.public
def holder(code: str, holder: str) -> ResponseReturnValue:
    """The receipt of whoever left a contact."""
    lot = find_lot(code)
    row: Holder = documents.holder_of(db.session, lot, holder)
    return render_template("process_supervision/holder.html", lot=lot, holder=row)


@access.allow(Role.BIDDER)
def my_bid(code: str) -> ResponseReturnValue:
    """The bidder's own bids and bonds on this lot; nobody else's."""
    lot, organization = find_lot(code), access.actor().organization_id
    query = select(Bid).where(Bid.lot_id == lot.id, Bid.organization_id == organization).order_by(Bid.version)
    own = [one for one in bonds.bonds_of(db.session, lot) if one.bidder == organization]
    return render_template(
        "process_supervision/my_bid.html", lot=lot, bids=db.session.scalars(query).all(), bonds=own,
        whole=has_paid(lot, organization), account=own_account(lot),
        movements=movements_of(db.session, lot, organization), asked=asked_deposit(db.session, lot),
    )  # fmt: skip


def has_paid(lot: Lot, organization: str | None) -> bool:
    """Whether a bidder's own deposit is whole: as the tender documents ask, or the terms of a disposal."""
    terms = db.session.scalar(select(TenderTerms).where(TenderTerms.lot_id == lot.id))
    if terms is not None:
        return organization in bonds.bonded(db.session, lot, terms)
    paid, asked = deposits_of(db.session, lot).get(organization or ""), asked_deposit(db.session, lot)
    return bool(paid and asked and paid[0] >= asked)


def own_account(lot: Lot) -> str | None:
    """The virtual account to which the caller's organisation pays for this lot, once the notice is out.

    Every bidder has one on every lot, so that asking for it tells nobody anything (R09.C11).
    """
    organization = access.actor().organization_id
    if lot.published_at is None or organization is None or not asked_deposit(db.session, lot):
        return None
    return virtual_account(tools(), lot, organization)


@access.allow(Role.BIDDER)
def my_bid_json(code: str) -> ResponseReturnValue:
    """The bidder's own bids and bonds by JSON."""
    lot, organization = find_lot(code), access.actor().organization_id
    query = select(Bid).where(Bid.lot_id == lot.id, Bid.organization_id == organization).order_by(Bid.version)
    return {
        "bids": [
            {
                "version": one.version, "envelope": one.envelope, "sha256": one.ciphertext_sha256,
                "received_at": one.received_at.isoformat(), "current": one.current,
            }
            for one in db.session.scalars(query)
        ],
        "bonds": [
            {
                "form": one.form.value, "amount": str(one.amount), "from_basic_account": one.from_basic_account,
                "arrived_at": one.arrived_at.isoformat() if one.arrived_at else None,
            }
            for one in bonds.bonds_of(db.session, lot)
            if one.bidder == organization
        ],
        "virtual_account": own_account(lot),
        "movements": [
            {"kind": one.kind.value, "amount": str(one.amount), "at": one.at.isoformat()}
            for one in movements_of(db.session, lot, organization)
        ],
    }, 200  # fmt: skip


blueprint.add_url_rule("/lots/<string:code>/documents", "lot_documents", lot_documents, methods=["GET", "POST"])
blueprint.add_url_rule("/lots/<string:code>/documents/<string:document>", "document", document)
blueprint.add_url_rule("/lots/<string:code>/holders/<string:holder>", "holder", holder)
blueprint.add_url_rule(
    "/api/v1/lots/<string:code>/holders", "leave_contact_json", leave_contact_json, methods=["POST"]
)
blueprint.add_url_rule("/lots/<string:code>/my-bid", "my_bid", my_bid)
blueprint.add_url_rule("/api/v1/lots/<string:code>/my-bid", "my_bid_json", my_bid_json)
