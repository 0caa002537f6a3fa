"""From records to the facts of the variants of a tender 招标方式案情: invitees, rounds before the notice, order 87."""

from __future__ import annotations

from dataclasses import replace
from functools import cached_property

from sqlalchemy import func, select

from trading.beijing import law_date
from trading.codelists import Course, ForeRound, Method, SupplierSource
from trading.methods import METHODS
from trading.models import (
    WHOLE_BID,
    Bid,
    Clarification,
    ConsortiumMember,
    Holder,
    Invitee,
    InviteeList,
    Organization,
    QualificationCheck,
    RoomRecording,
)
from trading.rules import case as facts
from trading.workflow.admission import came_through, invited, preliminary_of
from trading.workflow.record_facts import barred_organizations, related_usccs
from trading.workflow.sale_case import SaleCase
from trading.workflow.sale_record import competes

FIRST_RANKED = (WHOLE_BID, Bid.rank == 1, Bid.rejected_clause.is_(None))


class TenderCase(SaleCase):
    """The facts that only some tenders have, on top of those of the process."""

    @cached_property
    def prequalification(self) -> facts.PrequalificationFacts:  # type: ignore[override]
        """The prequalification, where the lot had one; else qualification is examined after the opening."""
        round_ = preliminary_of(self.session, self.record, ForeRound.PREQUALIFICATION)
        if round_ is None:
            return facts.PrequalificationFacts(held=False)
        return facts.PrequalificationFacts(
            held=True,
            published_on=law_date(round_.published_at),
            sale_ends_on=law_date(round_.sale_ends_at),
            applications_until=law_date(round_.until),
            changed_on=round_.changed_on,
            passed=tuple(came_through(self.session, round_)) if round_.concluded_at else None,
            retendered=False,
        )

    @cached_property
    def terms(self) -> facts.TermsFacts:  # type: ignore[override]
        """The documents; those revised by a first stage changed lawfully (ZTBT 30)."""
        found = super().terms
        round_ = preliminary_of(self.session, self.record, ForeRound.FIRST_STAGE)
        if round_ is None or round_.documents_digest is None or round_.documents_digest != found.documents_digest:
            return found
        return replace(found, changed_outside_clarification=False)

    @cached_property
    def method(self) -> facts.MethodFacts:  # type: ignore[override]
        """The method, with how many are invited."""
        found = super().method
        if found.chosen is not Method.INVITED_TENDER:
            return found
        return replace(found, invitees=len(invited(self.session, self.record)))

    @cached_property
    def procurement(self) -> facts.ProcurementFacts:  # type: ignore[override]
        """The plan of a procurement, with how its invitees were found."""
        found = super().procurement
        kept = self._one(InviteeList) if self.record.method is Method.INVITED_TENDER else None
        if kept is None:
            return found
        watching = {one for one in (kept.drawn_by_id, kept.witnessed_by_id) if one is not None}
        listed = self.session.scalar(
            select(func.count()).select_from(Invitee).where(Invitee.lot_id == self.record.id)
        )
        return replace(
            found,
            invitees_by_lot=kept.witnessed_at is not None,
            invited_by_prequalification=kept.source is SupplierSource.PREQUALIFICATION,
            listed_suppliers=listed,
            staff_watching=len(watching),
            invitation_recorded=kept.leaf is not None,
        )

    @cached_property
    def sealed_price(self) -> facts.SealedPriceFacts:  # type: ignore[override]
        """The base price of a tender; a disposal that has no reserve has nothing that could be read."""
        sale = self.sale_record
        if sale is None or sale.has_reserve or competes(self.record):
            return super().sealed_price
        return facts.SealedPriceFacts(count=0, kept_here=True, reads=(), reads_logged=True)

    @cached_property
    def sale(self) -> facts.SaleFacts:  # type: ignore[override]
        """A disposal by tender goes to whom the published evaluation puts first."""
        found = super().sale
        if self.sale_record is None or competes(self.record):
            return found
        best = self._one(Bid, *FIRST_RANKED)
        return replace(found, by_composite=True, composite_best=best.organization_id if best else None)

    @cached_property
    def priority(self) -> facts.PriorityFacts:  # type: ignore[override]
        """A right to go first; land by tender has no sitting lessee, and the notice prints the right where one is."""
        found = super().priority
        if self.sale_record is None or competes(self.record):
            return found
        published = self.record.published_at is not None
        return replace(found, leased_house=False, stated=found.exists if published else None)

    @cached_property
    def bids(self) -> tuple[facts.BidFacts, ...]:  # type: ignore[override]
        """The bids, with the members of consortiums: their bars and relations count as the bidder's own."""
        found = super().bids
        members = self._all(ConsortiumMember) if self.record.opened_at is not None else ()
        if not members:
            return found
        usccs = [one.uscc for one in members]
        query = select(Organization.uscc, Organization.id).where(Organization.uscc.in_(usccs))
        ids = {uscc: id_ for uscc, id_ in self.session.execute(query)}
        barred = barred_organizations(self.session, list(ids.values()), self.today)
        related = related_usccs(self.session, list(ids.values()))
        by_bid = {row.id: row.organization_id for row in self._all(Bid)}
        groups: dict[str, list[str]] = {}
        for one in members:
            groups.setdefault(by_bid[one.bid_id], []).append(one.uscc)
        return tuple(_joined(bid, groups.get(bid.bidder, []), ids, barred, related) for bid in found)

    @cached_property
    def opening(self) -> facts.OpeningFacts:  # type: ignore[override]
        """Closing and opening, with the stages of the tender: the form of a first stage has no price and no bond."""
        method = self.record.method
        if method is not None and METHODS[method].course is not Course.TENDER:
            return super().opening
        if preliminary_of(self.session, self.record, ForeRound.FIRST_STAGE) is None:
            return replace(super().opening, stages=1)
        return replace(super().opening, stages=2, first_stage_price=False, first_stage_bond=False)

    @cached_property
    def purchase(self) -> facts.PurchaseFacts:  # type: ignore[override]
        """What order 87 asks of a tender: its clocks, who took the documents, the rooms, the qualification."""
        found, lot = super().purchase, self.record
        tender = lot.method is not None and METHODS[lot.method].course is Course.TENDER
        if not lot.project.type.is_procurement or not tender:
            return found
        until = lot.documents_until
        first = lot.documents_first_until or until
        published = law_date(lot.published_at) if lot.published_at else None
        room, changed = self._one(RoomRecording), self._all(Clarification, None, Clarification.changes_object.is_(True))
        return replace(
            found,
            notice_until=None
            if published is None
            else self.calendar.end_of_working_days(published, int(self.values["gp_notice_wd"])),
            by_notice=lot.method is Method.OPEN_TENDER,
            documents_extended=until != first,
            extension_published=until != first,
            obtained=self.session.scalar(select(func.count()).select_from(Holder).where(Holder.lot_id == lot.id)),
            object_or_qualification_changed=bool(changed),
            members_at_opening=room.members_at_opening if room else None,
            recorded_throughout=room.opening_recorded and room.evaluation_recorded if room else None,
            qualified=self._qualified(),
        )

    def _qualified(self) -> int | None:
        """How many bidders the buyer found qualified; None before it has checked."""
        checks = self._all(QualificationCheck)
        return sum(one.qualified for one in checks) if checks else None


def _joined(
    bid: facts.BidFacts, usccs: list[str], ids: dict[str, str], barred: frozenset[str],
    related: dict[str, tuple[str, ...]],
) -> facts.BidFacts:  # fmt: skip
    """One bid with its consortium."""
    others = [ids[one] for one in usccs if one in ids and one != bid.uscc]
    return replace(
        bid,
        consortium_usccs=tuple(usccs),
        barred=bid.barred or any(one in barred for one in others),
        related_usccs=(*bid.related_usccs, *(code for one in others for code in related.get(one, ()))),
    )
