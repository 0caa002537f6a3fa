"""The buyer is fixed 确认受让人 and told 成交通知: the premium is frozen with him."""

from __future__ import annotations

from decimal import Decimal

from sqlalchemy import select

from trading.codelists import Role
from trading.errors import InvalidInput, Refused
from trading.models import Award, Entrant
from trading.money import capitals, grouped
from trading.phases.result_confirmation.deal_text import figures
from trading.workflow.sale_record import made_deal, sale_of
from trading.workflow.taking import Taking

NOTHING = Decimal("0.00")


def confirm_deal(taking: Taking) -> None:
    """The owner fixes the buyer of the deal, nobody else; base, price and premium are frozen (rulebook 7.1)."""
    lot, session = taking.lot, taking.session
    if (taking.data.get("rank") or "1") != "1" or taking.data.get("ground") is not None:
        raise InvalidInput.of("rank", "受让人由竞价确定，不能另行选择", "The bidding determines the buyer")
    if lot.publicity_until is not None and taking.now < lot.publicity_until:
        raise Refused("still_public", "成交结果公示期未满", "The publication of the deal is not over")
    deal = made_deal(session, lot)
    found = figures(deal, sale_of(session, lot))
    session.add(
        Award(
            lot_id=lot.id, organization_id=deal.entrant.organization_id, deal_id=deal.id, rank=1, reason="",
            price=found["price"], base=found["base"], base_kind=deal.base_kind, saved=NOTHING,
            premium=found["premium"], project_type=lot.project.type, confirmed_at=taking.now,
        )
    )  # fmt: skip
    lot.confirmed_at = taking.now
    taking.record(
        "approval.winner_fixed",
        {
            "price": str(found["price"]), "base": str(found["base"]), "base_kind": deal.base_kind,
            "premium": str(found["premium"]),
        },
    )  # fmt: skip
    buyer = deal.entrant.organization.name
    taking.receipt.update(winner=buyer, price=found["price"], premium=found["premium"], rate=found["rate"])


def send_deal(taking: Taking, award: Award) -> None:
    """Tell the buyer and, at the same moment, all others who bid; nothing can be changed afterwards."""
    lot = taking.lot
    award.number, award.notified_at = f"JZ-{lot.code}", taking.now
    lot.awarded_at = taking.now
    taking.record("award.notice", {"winner": award.organization.bidder, "number": award.number})
    tell_all(taking, award)
    taking.receipt.update(number=award.number, winner=award.organization.name, price=award.price)


def tell_all(taking: Taking, award: Award) -> None:
    """The buyer with his number; the others with the result."""
    lot, words = taking.lot, f"人民币{capitals(award.price)}（{grouped(award.price)}元）"
    taking.tell(
        (
            "成交通知书",
            f"贵单位被确认为“{lot.name}”的受让人，成交总价{words}，成交见证号{award.number}。请按照成交确认书按期签订合同。",
        ),
        (
            "Notice of the deal",
            f"You are the buyer of “{lot.name}” at {grouped(award.price)} yuan in all, number {award.number}. "
            "Please sign the contract in the time of the deal confirmation.",
        ),
        organizations=[award.organization_id],
    )
    query = select(Entrant.organization_id).where(
        Entrant.lot_id == lot.id, Entrant.withdrawn_at.is_(None), Entrant.organization_id != award.organization_id
    )
    others = taking.session.scalars(query).all()
    taking.tell(
        ("成交结果通知书", f"“{lot.name}”已确认受让人：{award.organization.name}，成交总价{words}。感谢参与。"),
        (
            "Result of the bidding",
            f"“{lot.name}” goes to {award.organization.name} at {grouped(award.price)} yuan in all. Thank you.",
        ),
        organizations=others,
    )
    taking.tell_role(
        Role.SUPERVISOR,
        ("成交通知书已发出", f"“{lot.name}”已发出成交通知书（{award.number}）。"),
        ("Notice of the deal sent", f"The notice of the deal of “{lot.name}” was sent ({award.number})."),
    )
