"""The deal confirmation 成交确认书: drawn up from the record, signed at once by each side's own key (R13.C11)."""

from __future__ import annotations

import hashlib
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from trading.codelists import Method, ProjectType, Role
from trading.errors import InvalidInput, Refused, Stale
from trading.models import Deal, Entrustment, Lot, SaleTerms
from trading.phases.result_confirmation.deal_text import confirmation, facts
from trading.steps import Step
from trading.workflow.refunds import start_clocks
from trading.workflow.sale_record import made_deal, sale_of
from trading.workflow.taking import Taking, effect
from trading.workflow.who import refuse_same_person

BUYER, SELLER, AUCTIONEER, RECORDER = "buyer", "seller", "auctioneer", "recorder"
SIDES = {
    BUYER: ("买受人", "buyer"),
    SELLER: ("转让方", "seller"),
    AUCTIONEER: ("拍卖师（主持人）", "auctioneer"),
    RECORDER: ("记录人", "recorder"),
}


def wanted(lot: Lot) -> tuple[str, ...]:
    """Whose signatures the confirmation needs: at an auction also the auctioneer's and the recorder's (PM 52, 53)."""
    return (BUYER, SELLER, AUCTIONEER, RECORDER) if lot.method is Method.AUCTION else (BUYER, SELLER)


def unsigned(lot: Lot, deal: Deal) -> tuple[str, ...]:
    """The sides that have not signed."""
    done = {one["side"] for one in deal.signatures}
    return tuple(side for side in wanted(lot) if side not in done)


def has_auctioneer(session: Session, lot: Lot) -> bool:
    """Whether an agency is entrusted: its person then holds the hammer, else one of the centre does."""
    query = select(Entrustment.id).where(Entrustment.project_id == lot.project_id, Entrustment.ended_at.is_(None))
    return session.scalar(query.limit(1)) is not None


@effect(Step.DRAFT_DEAL)
def draft_deal(taking: Taking) -> None:
    """Draw up the confirmation; until the first has signed it may be drawn up again."""
    deal, data, lot = made_deal(taking.session, taking.lot), taking.data, taking.lot
    if deal.signatures:
        raise Refused("signed", "成交确认书已有人签署，不能再修改", "Somebody signed the confirmation already")
    auction = lot.method is Method.AUCTION
    if auction and not data["auctioneer"]:
        raise InvalidInput.of("auctioneer", "请填写拍卖师（主持人）姓名", "Name the auctioneer")
    if data["commission_percent"] and not auction:
        raise InvalidInput.of("commission_percent", "只有拍卖收取佣金", "Only an auction has a commission")
    if data["commission_percent"] and data["commission_agreed"] is None:
        raise InvalidInput.of("commission_agreed", "请说明佣金是否事先约定", "Say whether the commission was agreed")
    if lot.project.type is ProjectType.LAND and data["contract_by"] is None:
        raise InvalidInput.of("contract_by", "请填写约定的签约日期", "Say by when the contract is signed")
    deal.auctioneer, deal.contract_by = data["auctioneer"], data["contract_by"]
    deal.commission_percent, deal.commission_agreed = data["commission_percent"], data["commission_agreed"]
    start_clocks(taking.session, lot, taking.now, taking.tools)
    write(taking, deal, sale_of(taking.session, lot))


def write(taking: Taking, deal: Deal, sale: SaleTerms) -> None:
    """Keep the text and its digest, and tell who has to sign."""
    lot = taking.lot
    deal.confirmation = confirmation(lot, facts(lot, sale, deal))
    deal.digest = hashlib.sha256(deal.confirmation.encode()).hexdigest()
    deal.drafted_at = taking.now
    taking.record("auction.confirmation", {"sha256": deal.digest})
    taking.receipt["sha256"] = deal.digest
    taking.tell(
        ("请签署成交确认书", f"“{lot.name}”已成交，请当场核对并签署成交确认书。"),
        ("Sign the deal confirmation", f"“{lot.name}” is sold to you; please check and sign the confirmation now."),
        organizations=[deal.entrant.organization_id, lot.project.owner_id],
    )


def side_of(taking: Taking, deal: Deal) -> str:
    """For which side the person signs.

    Raises:
        Refused: this side has signed already, or nobody of his role signs here.
    """
    assert taking.actor is not None
    left, lot = unsigned(taking.lot, deal), taking.lot
    agency = has_auctioneer(taking.session, lot)
    able: dict[Role, tuple[str, ...]] = {
        Role.BIDDER: (BUYER,),
        Role.OWNER: (SELLER,),
        Role.AGENCY: (AUCTIONEER,),
        Role.CENTRE: (RECORDER,) if agency else (RECORDER, AUCTIONEER),
    }
    for side in able[taking.actor.role]:
        if side in left:
            return side
    raise Refused("signed", "您所代表的一方已经签署，或者无须签署", "Your side has signed, or need not")


@effect(Step.SIGN_DEAL)
def sign_deal(taking: Taking) -> None:
    """Sign what was shown: the digest on the page must be that of the confirmation."""
    deal, data = made_deal(taking.session, taking.lot), taking.data
    if deal.digest is None:
        raise Refused("no_confirmation", "成交确认书尚未生成", "The confirmation is not drawn up yet")
    if not data["agreed"]:
        raise InvalidInput.of("agreed", "请确认成交确认书的全部内容", "Agree to the whole confirmation to sign it")
    if data["digest"] != deal.digest:
        raise Stale("成交确认书在您打开页面后已有变动，请重新核对", "The confirmation changed in the meantime")
    side = side_of(taking, deal)
    refuse_same_person(taking.session, taking.actor, [one["user"] for one in deal.signatures])
    body: dict[str, Any] = {"sha256": deal.digest, "side": side}
    taking.record_signed("auction.confirmation_signed", body)
    assert taking.actor is not None
    signed = {"side": side, "user": taking.actor_id, "name": taking.actor.name, "at": taking.now.isoformat()}
    deal.signatures = [*deal.signatures, signed]
    if not unsigned(taking.lot, deal):
        deal.signed_at = taking.now
    taking.receipt |= {"side": side, "unsigned": list(unsigned(taking.lot, deal))}
