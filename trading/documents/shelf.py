"""Which papers there are of a lot, and who may have them 文书目录: public ones, the owner's side, the party's own."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from sqlalchemy.orm import Session

from trading.codelists import Role
from trading.documents import (
    award_notice,
    contract,
    deal_confirmation,
    invitation,
    opening_sheet,
    published,
    tender_document,
)
from trading.documents.paper import Paper, PaperKind
from trading.documents.record import PaperRecord
from trading.errors import NotFound
from trading.models import Lot, User
from trading.values import Values
from trading.workflow.admission import invited
from trading.workflow.secrecy import is_inside
from trading.workflow.transitions import Party
from trading.workflow.who import is_party

PUBLIC = frozenset({
    PaperKind.NOTICE, PaperKind.CLARIFICATION, PaperKind.OPENING_SHEET, PaperKind.CANDIDATES, PaperKind.RESULT,
})  # fmt: skip


@dataclass(frozen=True)
class Asking:
    """Who asks for a paper of which lot, by which numbers."""

    session: Session
    lot: Lot
    user: User | None
    values: Values

    @property
    def record(self) -> PaperRecord:
        """What papers are written from."""
        return PaperRecord(self.session, self.lot)

    @property
    def addressee(self) -> str:
        """The organisation of who asks."""
        return self.user.organization.name if self.user and self.user.organization else ""


Made = Callable[[Asking], Paper | None]
MAKERS: Mapping[PaperKind, Made] = {
    PaperKind.NOTICE: lambda asking: published.published(asking.record, PaperKind.NOTICE),
    PaperKind.INVITATION: lambda asking: invitation.invitation(asking.record, asking.addressee),
    PaperKind.DOCUMENTS: lambda asking: tender_document.tender_document(asking.record),
    PaperKind.CLARIFICATION: lambda asking: published.published(asking.record, PaperKind.CLARIFICATION),
    PaperKind.OPENING_SHEET: lambda asking: opening_sheet.opening_sheet(asking.record),
    PaperKind.CANDIDATES: lambda asking: published.published(asking.record, PaperKind.CANDIDATES),
    PaperKind.AWARD: lambda asking: award_notice.award_notice(asking.record, int(asking.values["contract"])),
    PaperKind.RESULT: lambda asking: published.published(asking.record, PaperKind.RESULT),
    PaperKind.DEAL: lambda asking: deal_confirmation.deal_confirmation(asking.record),
    PaperKind.CONTRACT: lambda asking: contract.contract(asking.record),
}


def may_have(asking: Asking, kind: PaperKind) -> bool:
    """Whether this reader may have papers of ``kind``: public ones all, the others the owner's side, offices, winner.

    The invitation is a letter to one who is invited: nobody else has one, and it names nobody but him.
    """
    session, lot, user = asking.session, asking.lot, asking.user
    if kind in PUBLIC:
        return lot.published_at is not None
    if user is None:
        return False
    if kind is PaperKind.INVITATION:
        return user.role is Role.BIDDER and user.organization_id in invited(session, lot)
    return is_inside(session, user, lot) or (
        kind in (PaperKind.AWARD, PaperKind.CONTRACT, PaperKind.DEAL) and is_party(session, user, lot, Party.WINNER)
    )


def paper_of(asking: Asking, kind: PaperKind) -> Paper:
    """The paper.

    Raises:
        NotFound: there is none yet, or this reader may not have it: he does not learn which.
    """
    made = MAKERS[kind](asking) if may_have(asking, kind) else None
    if made is None:
        raise NotFound("没有这份文书", "There is no such paper")
    return made


def papers_of(asking: Asking) -> list[Paper]:
    """All papers that this reader may have, in the order of the procedure."""
    made = [MAKERS[kind](asking) for kind in PaperKind if may_have(asking, kind)]
    return [one for one in made if one is not None]
