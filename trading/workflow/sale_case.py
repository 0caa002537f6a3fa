"""From records to the facts of a disposal 处置案情: notice, entrants, bidding, deal, publication, delivery."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from decimal import Decimal
from functools import cached_property
from typing import Any

from sqlalchemy import select

from trading.beijing import law_date
from trading.codelists import Category, DepositUse, Method, NoticeKind, ProjectType, Status
from trading.methods.sale_points import limits, missing_points
from trading.methods.sale_terms import years_of
from trading.models import (
    Award,
    BankLine,
    Clarification,
    Contract,
    CreditRecord,
    Deal,
    Delivery,
    DisposalPlan,
    Entrant,
    Lot,
    Notice,
    Publicity,
    SaleTerms,
)
from trading.rules import case as facts
from trading.rules.sale_facts import LandUse
from trading.steps import Step
from trading.workflow.bidding_facts import bidding_facts, sealed_reserve_facts
from trading.workflow.process_case import ProcessCase
from trading.workflow.sale_record import applications, arrived, competes, deposits_of, receipts_of, remittances_of
from trading.workflow.secrecy import bonds_may_be_told

ENDING = (Step.END_BIDDING, Step.OPEN_RESERVE, Step.SUPPLY_RESERVE_KEY, Step.VOID_RESERVE)
OF_THE_CLOCK = frozenset({Step.START_BIDDING, *ENDING})
WORDS_OF_USE = (
    (LandUse.RESIDENTIAL, ("居住", "住宅")),
    (LandUse.INDUSTRIAL, ("工业", "仓储")),
    (LandUse.COMMERCIAL, ("商业", "商服", "旅游", "娱乐")),
    (LandUse.CULTURAL, ("教育", "科技", "文化", "卫生", "体育")),
)
COLLUSION = "串通"
SALE_NOTICE = (Notice.kind == NoticeKind.SALE,)
NOTICE_OF_BIDS = (Notice.kind.in_((NoticeKind.TENDER, NoticeKind.PROCUREMENT)),)
CHANGES = (Notice.kind == NoticeKind.CLARIFICATION,)
SAME = ("increment", "has_reserve", "deposit", "buyer_conditions", "a_year", "lease_from", "lease_until", "priority")


def land_use_of(text: str | None) -> LandUse | None:
    """The use of granted land as the law names it; several uses are a mixed one, as is one that it does not name."""
    if not text:
        return None
    found = [use for use, words in WORDS_OF_USE if any(word in text for word in words)]
    return found[0] if len(found) == 1 else LandUse.MIXED


def day_of(told: Mapping[str, Any], name: str) -> date | None:
    """A day that stands in a notice."""
    value = told.get(name)
    return date.fromisoformat(value) if value else None


class SaleCase(ProcessCase):
    """The facts of a disposal, read on demand; who takes part is not told before the bidding is over."""

    @cached_property
    def sale_record(self) -> SaleTerms | None:
        """The terms of the disposal."""
        return self._one(SaleTerms)

    @cached_property
    def deal_record(self) -> Deal | None:
        """The deal."""
        return self._one(Deal)

    @cached_property
    def told(self) -> Mapping[str, Any]:
        """The facts that stand in the notice; nothing before it is out."""
        found: Sequence[Notice] = self._all(Notice, Notice.published_at.desc(), *SALE_NOTICE)
        return found[0].facts if found else {}

    @cached_property
    def told_of_bids(self) -> Mapping[str, Any]:
        """The facts in the notice of a disposal by sealed bids."""
        found: Sequence[Notice] = self._all(Notice, Notice.published_at.desc(), *NOTICE_OF_BIDS)
        return found[0].facts if found else {}

    @cached_property
    def plan_record(self) -> DisposalPlan | None:
        """What the owner declared of the disposal at its registration."""
        return self.session.scalar(select(DisposalPlan).where(DisposalPlan.project_id == self.record.project_id))

    @property
    def may_be_told(self) -> bool:
        """Whether entrants and offers may be looked at: after the bidding, or by the clock that acts on them."""
        return competes(self.record) and (bonds_may_be_told(self.record) or self.step in OF_THE_CLOCK)

    @cached_property
    def prequalification(self) -> facts.PrequalificationFacts:  # type: ignore[override]
        """Nobody prequalifies for live bidding: each application is decided by itself."""
        return facts.PrequalificationFacts(held=False) if competes(self.record) else super().prequalification

    @cached_property
    def sealed_price(self) -> facts.SealedPriceFacts:  # type: ignore[override]
        """The reserve of a disposal in the vault, else what the terms of a tender say."""
        sale = self.sale_record
        return sealed_reserve_facts(sale) if sale is not None and competes(self.record) else super().sealed_price

    @cached_property
    def disclosure(self) -> facts.DisclosureFacts:  # type: ignore[override]
        """The notice of the disposal."""
        lot, sale = self.record, self.sale_record
        if sale is None:
            return facts.DisclosureFacts()
        changes = self._all(Clarification, Clarification.number)
        moved = [one for one in changes if one.affects_preparation]
        begins = sale.listed_from if lot.method is Method.LISTING else sale.bidding_at
        term = sale.lease_from and sale.lease_until and years_of(sale.lease_from, sale.lease_until)
        plan, told = self.plan_record, self.told
        return facts.DisclosureFacts(
            published_on=law_date(lot.published_at) if lot.published_at else None,
            closed_on=law_date(lot.bid_deadline) if lot.published_at and lot.bid_deadline else None,
            trade_on=law_date(begins) if begins else None,
            missing_contents=missing_points(lot.project.type, told) if told else None,
            display_days=told.get("display_days") or (0 if told else None),
            news_medium=bool(told.get("news_medium")) if told else None,
            equity=lot.category is Category.EQUITY,
            control_passes=plan.gives_up_control if plan else None,
            preliminary_from=day_of(told, "preliminary_from"),
            preliminary_until=day_of(told, "preliminary_until"),
            terms_changed=bool(moved),
            change_forced=self._forced() if moved else None,
            renewed_from=law_date(moved[-1].issued_at) if moved else None,
            renewed_until=law_date(lot.bid_deadline) if moved and lot.bid_deadline else None,
            annual_rent=sale.starting_price,
            lease_years=term or Decimal(0),
            starting_price=sale.starting_price,
            deposit=sale.deposit or Decimal(0),
            trade_ended_on=self._ended_on(sale),
            winners_deposit_is_earnest=self._became_earnest(),
        )

    def _forced(self) -> bool | None:
        """Whether the newest change said that it had to be made."""
        found: Sequence[Notice] = self._all(Notice, Notice.published_at.desc(), *CHANGES)
        return found[0].facts.get("forced") if found else None

    def _ended_on(self, sale: SaleTerms) -> date | None:
        """When the trade ended: with the bidding, or of a disposal by bids with the notice to the winner."""
        award = self.award_record
        ended = sale.ended_at if competes(self.record) else award.notified_at if award else None
        return law_date(ended) if ended and bonds_may_be_told(self.record) else None

    def _became_earnest(self) -> bool | None:
        """Whether every line of the buyer's deposit became earnest money; None where it is not settled yet."""
        deal, award = self.deal_record, self.award_record
        if deal is None and award is None:
            return None
        buyer = deal.entrant.organization_id if deal else award.organization_id if award else None
        lines = self._all(BankLine, None, BankLine.organization_id == buyer)
        settled = [one.transferred_as for one in lines if one.transferred_at is not None]
        return all(one == DepositUse.EARNEST for one in settled) if settled and len(settled) == len(lines) else None

    @cached_property
    def bidding(self) -> facts.BiddingFacts:  # type: ignore[override]
        """The bidding: its offers are public under their paddles; of a tender, how many bid."""
        sale = self.sale_record
        if sale is None:
            return facts.BiddingFacts()
        if not competes(self.record):
            return facts.BiddingFacts(bidders=self.opening.bids_at_deadline)
        return bidding_facts(self.session, self.record, sale, self.step)

    @cached_property
    def _let_in(self) -> list[Entrant]:
        return [one for one in applications(self.session, self.record) if one.qualified and one.paddle is not None]

    def _entrants(self) -> tuple[facts.EntrantFacts, ...]:
        """Who was let in and, of a bidding that is to begin, whoever paid in time and waits for the decision."""
        deposits, found = deposits_of(self.session, self.record), []
        for one in applications(self.session, self.record):
            came = arrived(deposits, self.record, one.organization_id)
            paid = sum((bond.amount for bond in came), Decimal(0))
            waits = one.qualified is None and self.record.method is not Method.LISTING
            if one.paddle is not None or (waits and paid >= (self.disclosure.deposit or 0)):
                moments = [bond.arrived_at for bond in came if bond.arrived_at]
                last = max(moments, default=None)
                found.append(facts.EntrantFacts(one.organization_id, one.applied_at, paid, last, one.qualified))
        return tuple(found)

    @cached_property
    def sale(self) -> facts.SaleFacts:  # type: ignore[override]
        """How the disposal came to its deal."""
        sale, deal, lot = self.sale_record, self.deal_record, self.record
        if sale is None:
            return facts.SaleFacts()
        limited = limits(sale.buyer_conditions)
        told = self.may_be_told
        ended = sale.live_at is not None or sale.ended_at is not None
        return facts.SaleFacts(
            still_wanting=self._still_wanting() if told and ended else None,
            went_on_to_bidding=sale.live_at is not None if ended else None,
            takers=len(self._let_in) if told and lot.closed_at else None,
            buyer_limits=limited,
            limits_filed=lot.filed_at is not None if limited else None,
            cut_off=lot.bid_deadline,
            entrants=self._entrants() if told else None,
            entrants_sealed=True if told else None,
            confirmation_signed_on=law_date(deal.signed_at) if deal and deal.signed_at else None,
            confirmation_missing=self._unsigned(deal) if deal else None,
            commission_agreed=deal.commission_agreed if deal else None,
            commissions=self._commissions(deal) if deal and deal.drafted_at else None,
            insiders=self._insiders() if told else None,
            collusion_found=self._collusion(),
            deal_void=lot.status in (Status.FAILED, Status.TERMINATED) if deal else None,
            by_composite=False if competes(lot) else None,
        )

    def _still_wanting(self) -> bool:
        """Whether two or more wished to go on at the end of a listing."""
        return sum(one.goes_on_at is not None for one in self._let_in) > 1

    def _unsigned(self, deal: Deal) -> tuple[str, ...]:
        words = {"buyer": "买受人", "seller": "转让方", "auctioneer": "拍卖师", "recorder": "记录人"}
        sides = tuple(words) if self.record.method is Method.AUCTION else ("buyer", "seller")
        done = {one["side"] for one in deal.signatures}
        return tuple(words[side] for side in sides if side not in done)

    def _commissions(self, deal: Deal) -> tuple[Decimal, ...]:
        share = (deal.commission_percent or Decimal(0)) / 100
        return (deal.price * share,) * 2 if share else ()

    def _insiders(self) -> tuple[facts.InsiderFacts, ...]:
        """Managers of the seller and their relatives among those let in; all bid on the same terms here."""
        return tuple(
            facts.InsiderFacts(one.organization.name, True, None if one.kept_out is None else not one.kept_out)
            for one in self._let_in
            if one.insider
        )

    def _collusion(self) -> bool:
        """Whether a formal decision on this lot found collusion."""
        return any(COLLUSION in row.act for row in self._all(CreditRecord))

    @cached_property
    def priority(self) -> facts.PriorityFacts:  # type: ignore[override]
        """A right to go first, and the sitting lessee."""
        sale, told = self.sale_record, self.told
        if sale is None:
            return facts.PriorityFacts()
        return facts.PriorityFacts(
            exists=bool((sale.priority or "").strip()),
            stated=bool(told.get("priority")) if told else None,
            matched=True if sale.ended_at is not None else None,
            leased_house=bool(told.get("leased_house")) if told else None,
            told_on=day_of(told, "lessee_told_on"),
        )

    @cached_property
    def tenancy(self) -> facts.TenancyFacts:  # type: ignore[override]
        """What is let or granted, and for how long; every contract here is in writing."""
        sale, plan, lot = self.sale_record, self.plan_record, self.record
        if sale is None:
            return facts.TenancyFacts()
        land = lot.project.type is ProjectType.LAND
        since, until = sale.lease_from, sale.lease_until
        if land and plan is not None and plan.term_years and since is None:
            since = self.today
            until = since.replace(year=since.year + plan.term_years, day=min(since.day, 28))
        village = lot.project.type is ProjectType.RURAL
        of_land = self.told or self.told_of_bids
        return facts.TenancyFacts(
            lease=not land and (sale.a_year or lot.category is Category.LEASE),
            since=since,
            until=until,
            in_writing=True,
            land_use=land_use_of(plan.land_use if plan else None) if land else None,
            farmland=of_land.get("farmland") if village else False,
            agricultural_use_kept=of_land.get("agricultural_use_kept"),
        )

    @cached_property
    def sale_result(self) -> facts.SaleResultFacts:  # type: ignore[override]
        """The publication of the deal."""
        deal = self.deal_record
        if deal is None:
            return self._by_bids(self._one(Publicity))
        return facts.SaleResultFacts(
            deal_on=law_date(deal.made_at),
            published_on=law_date(deal.published_at) if deal.published_at else None,
            until=deal.published_until,
            village_board_on=deal.village_board_on,
        )

    def _by_bids(self, publicity: Publicity | None) -> facts.SaleResultFacts:
        """The result of a tender or consultation: its candidates' publicity."""
        if publicity is None or self.record.project.type.is_purchase:
            return facts.SaleResultFacts()
        return facts.SaleResultFacts(
            deal_on=law_date(publicity.report_received_at),
            published_on=law_date(publicity.started_at),
            until=publicity.ends_day,
            village_board_on=publicity.village_board_on,
        )

    @cached_property
    def relisting(self) -> facts.RelistingFacts:  # type: ignore[override]
        """Whether this is another attempt, and on which terms."""
        lot, sale = self.record, self.sale_record
        if lot.previous_id is None:
            return facts.RelistingFacts(relisted=False)
        before = self.session.scalar(select(SaleTerms).where(SaleTerms.lot_id == lot.previous_id))
        if sale is None or before is None:
            return facts.RelistingFacts(relisted=True)
        lowered = sale.starting_price < before.starting_price
        earlier = self.session.get_one(Lot, lot.previous_id)
        same = sale.starting_price == before.starting_price and all(
            getattr(sale, name) == getattr(before, name) for name in SAME
        )
        approved = bool(sale.price_consent) if lot.project.type is ProjectType.SOE else lot.filed_at is not None
        return facts.RelistingFacts(
            relisted=True,
            same_terms=same,
            reserve_lowered=lowered,
            lowering_approved=approved if lowered else None,
            full_new_notice=None if lot.published_at is None else lot.published_at != earlier.published_at,
        )

    @cached_property
    def delivery(self) -> facts.DeliveryFacts:  # type: ignore[override]
        """What follows the deal; of a lease the price is what falls due before its first day."""
        deal, row, contract = self.deal_record, self._one(Delivery), self._one(Contract)
        award = None if deal else self._one(Award)
        if deal is not None:
            known = facts.DeliveryFacts(deal_on=law_date(deal.made_at), contract_by=deal.contract_by)
        elif award is not None and not self.record.project.type.is_purchase:
            known = facts.DeliveryFacts(deal_on=law_date(award.confirmed_at))
        else:
            return facts.DeliveryFacts()
        if row is None or contract is None:
            return known
        receipts = receipts_of(self.session, self.record)
        sent = remittances_of(self.session, self.record)
        return facts.DeliveryFacts(
            deal_on=known.deal_on,
            contract_by=known.contract_by,
            effective_on=contract.signed_on,
            price=row.due_before,
            paid=tuple(facts.InstalmentFacts(one.amount, one.received_on) for one in receipts),
            plan_term_until=row.pay_by,
            instalments_agreed=row.instalments,
            rest_secured=row.rest_secured,
            interest_agreed=row.interest_agreed,
            delivered_on=row.delivered_on,
            registered_on=row.registered_on,
            income_received_on=reached([(one.received_on, one.amount) for one in receipts], row.due_before),
            income_paid_on=reached([(one.paid_on, one.amount) for one in sent], row.due_before),
            leased_to_business=row.to_business,
            filed_with_contract_giver=row.filed_with_giver,
            use_kept=row.use_kept,
        )


def reached(rows: Sequence[tuple[date, Decimal]], amount: Decimal) -> date | None:
    """The day on which the sum of the rows, by day, came to ``amount``; None where it has not."""
    total = Decimal(0)
    for day, part in sorted(rows):
        total += part
        if total >= amount:
            return day
    return None
