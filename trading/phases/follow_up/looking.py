"""What the forms of the follow-up show beside their fields 办理参考: contract against bid, changes, the file."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from flask import render_template
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from markupsafe import Markup
from sqlalchemy import select

from trading.beijing import law_date
from trading.codelists import ProjectType, Role, Status
from trading.database import db
from trading.errors import NotFound
from trading.models import Award, Bid, Contract, Lot, Payment, TenderTerms
from trading.phases.follow_up import archiving, changing, contracting
from trading.web import access
from trading.web.exchange import language
from trading.web.steps import Choices, find_lot, now, tools
from trading.workflow.record_facts import contract_pairs
from trading.workflow.sale_record import sale_contract_pairs, sale_of
from trading.workflow.transitions import Party
from trading.workflow.who import is_party

STAFF = (Role.CENTRE, Role.SUPERVISOR, Role.AUTHORITY, Role.OVERSIGHT)


def winning(lot: Lot) -> tuple[Award, Bid | None] | None:
    """The award and its bid; a deal has none."""
    award = db.session.scalar(select(Award).where(Award.lot_id == lot.id))
    return (award, db.session.get(Bid, award.bid_id) if award.bid_id else None) if award else None


def terms_of(lot: Lot) -> TenderTerms | None:
    """What the tender documents say."""
    return db.session.scalar(select(TenderTerms).where(TenderTerms.lot_id == lot.id))


def contract_from_bid(lot: Lot, _subject: str | None) -> Mapping[str, Any]:
    """The draft as it was, else what the winning bid and the documents say."""
    contract = contracting.contract_of(db.session, lot)
    if contract is not None:
        return {name: getattr(contract, name) for name in contracting.TERMS}
    won, terms = winning(lot), terms_of(lot)
    if won is None:
        return {}
    _award, bid = won
    if bid is None:
        return {}
    return {
        "price": bid.total,
        "duration_days": bid.duration_days,
        "quality": bid.quality,
        "manager": bid.manager,
        "scope": lot.scope,
        "payment_days": terms.payment_days if terms else None,
    }


def shown_digest(lot: Lot, _subject: str | None) -> Mapping[str, Any]:
    """The fingerprint of the contract as it is shown."""
    contract = contracting.contract_of(db.session, lot)
    return {"digest": contract.digest if contract else ""}


def labels() -> dict[str, str]:
    """What the compared fields are called."""
    return {
        "price": _("合同价（元）"),
        "duration_days": _("履行期限（日历天）"),
        "quality": _("质量标准"),
        "manager": _("项目负责人"),
        "scope": _("标的及范围"),
        "payment_days": _("付款期限（验收后天数）"),
    }


def compared(lot: Lot, contract: Contract) -> list[tuple[str, Any, Any, bool]]:
    """(label, contract, bid or tender, alike) a field."""
    won = winning(lot)
    if won is None:
        return []
    award, bid = won
    if bid is not None and lot.project.type.is_purchase:
        pairs = contract_pairs(contract, bid, lot, terms_of(lot))
    else:
        pairs = sale_contract_pairs(contract, award, lot, sale_of(db.session, lot))
    return [(labels()[name], there, here, there == here) for name, (there, here) in pairs.items()]


def guarantee_of_works_alone(lot: Lot, _subject: str | None) -> Choices:
    """Who does not build guarantees no payment for works."""
    return {} if lot.project.type is ProjectType.WORKS else {"payment_guarantee": []}


def contract_shown(lot: Lot, _subject: str | None, _data: Mapping[str, Any] | None) -> Markup:
    """The whole contract, compared with the bid."""
    contract, won = contracting.contract_of(db.session, lot), winning(lot)
    if contract is None or won is None:
        return Markup("")
    return Markup(
        render_template(
            "follow_up/contract_text.html", contract=contract, award=won[0], lot=lot, rows=compared(lot, contract)
        )
    )


def changes_shown(lot: Lot, subject: str | None, _data: Mapping[str, Any] | None) -> Markup:
    """All changes and what they come to; the one to decide stands out."""
    contract = contracting.contract_of(db.session, lot)
    if contract is None:
        return Markup("")
    changes = changing.changes_of(db.session, lot)
    if subject is not None and subject not in {one.id for one in changes}:
        raise NotFound("没有这项变更", "There is no such change")
    return Markup(
        render_template(
            "follow_up/changes.html", lot=lot, changes=changes, contract=contract, subject=subject, links=False,
            total=changing.cumulated(db.session, lot),
        )
    )  # fmt: skip


def payments_of(lot: Lot) -> Sequence[Payment]:
    """All payments by day."""
    return db.session.scalars(select(Payment).where(Payment.lot_id == lot.id).order_by(Payment.paid_on)).all()


def payments_shown(lot: Lot, _subject: str | None, _data: Mapping[str, Any] | None) -> Markup:
    """What was paid so far."""
    return Markup(render_template("follow_up/payments.html", payments=payments_of(lot)))


def missing_shown(lot: Lot, _subject: str | None, _data: Mapping[str, Any] | None) -> Markup:
    """What is still missing in the file."""
    found = archiving.file_of(db.session, lot, law_date(now()), tools(), now())
    missing = [archiving.word_of(one, language()) for one in found.missing or ()]
    return Markup(render_template("follow_up/missing.html", missing=missing, file=found))


def may_read_contract(lot: Lot) -> bool:
    """Staff, the owner's side and the winner."""
    user = access.actor()
    parties = (Party.OWNER, Party.AGENCY, Party.WINNER)
    return user.role in STAFF or any(is_party(db.session, user, lot, party) for party in parties)


@access.allow()
def contract_page(code: str) -> ResponseReturnValue:
    """Contract, changes and payments of a lot, for those concerned."""
    lot = find_lot(code)
    contract, won = contracting.contract_of(db.session, lot), winning(lot)
    if not may_read_contract(lot) or contract is None or won is None:
        raise NotFound
    return render_template(
        "follow_up/contract.html", lot=lot, contract=contract, award=won[0], rows=compared(lot, contract),
        changes=changing.changes_of(db.session, lot), total=changing.cumulated(db.session, lot),
        payments=payments_of(lot), subject=None, file=None,
        links=access.actor().role is Role.AUTHORITY and lot.status is Status.CONTRACTED,
    )  # fmt: skip
