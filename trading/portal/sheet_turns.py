"""What waits after an evaluation 一标一评待办: sheets that a side has not filled, a reply that an expert may give."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import Select, exists

from trading.credit.expert_sheets import SIDES
from trading.models import ExpertSheet, Lot, Member, SheetReply, User
from trading.portal.subjects import at, no, of, some, turn
from trading.steps import Step
from trading.workflow.transitions import BY_STEP


@turn(Step.FILL_EXPERT_SHEET)
def fill(user: User, _now: datetime) -> Select[Any]:
    """Lots on which experts sat and of which this side has filled no sheet."""
    seated, mine = Member.expert_id.is_not(None), ExpertSheet.side == SIDES[user.role]
    return of(Lot, at(*BY_STEP[Step.FILL_EXPERT_SHEET].at), some(Member, seated), no(ExpertSheet, mine))


@turn(Step.REPLY_TO_SHEETS)
def reply(user: User, _now: datetime) -> Select[Any]:
    """Lots on which this expert sat, was judged, and has not replied."""
    judged = exists().where(ExpertSheet.member_id == Member.id)
    replied = exists().where(SheetReply.member_id == Member.id)
    return of(Member, at(*BY_STEP[Step.REPLY_TO_SHEETS].at), Member.user_id == user.id, judged, ~replied)
