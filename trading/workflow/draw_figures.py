"""How often each expert was drawn in a year, against chance 专家抽取频次; of draws whose secrecy is over.

An expert counts as a candidate of every draw of his specialties, excluded or not: that makes his expected number of
calls rather too large than too small, so that it never raises an alarm. The sealed book of a draw stays closed.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import ColumnElement, or_, select
from sqlalchemy.orm import Session

from trading.beijing import at, beijing, end_moment
from trading.experts.chance import alarm_at, round_chances
from trading.experts.eligibility import RefusalCode
from trading.models import Draw, Expert, Invitation, Lot, User
from trading.workflow.secrecy import OVER


@dataclass(frozen=True, slots=True)
class Called:
    """One expert in one year: calls, what chance lets expect, and from how many on it is an alarm."""

    number: str
    name: str
    specialties: tuple[str, ...]
    calls: int
    expected: float
    alarm_at: int

    @property
    def alarm(self) -> bool:
        """Whether chance alone does not explain it."""
        return self.calls >= self.alarm_at


@dataclass(frozen=True, slots=True)
class Caller:
    """How many refusals one person recorded for experts, and how many of them as not answering."""

    name: str
    refusals: int
    unanswered: int


@dataclass(frozen=True, slots=True)
class Figures:
    """A year of draws."""

    year: int
    draws: int
    aborted: int
    short: int
    calls: int
    refusals: int
    experts: tuple[Called, ...]
    callers: tuple[Caller, ...]

    @property
    def distribution(self) -> list[tuple[int, int]]:
        """How many experts were called how often, from never on."""
        counted = Counter(one.calls for one in self.experts)
        return [(calls, counted[calls]) for calls in range(max(counted, default=-1) + 1)]

    @property
    def alarms(self) -> int:
        """How many experts were called more often than chance explains."""
        return sum(one.alarm for one in self.experts)


def years(session: Session) -> list[int]:
    """The years with draws whose secrecy is over, the newest first."""
    moments = session.scalars(select(Draw.created_at).join(Lot, Lot.id == Draw.lot_id).where(_told())).all()
    return sorted({beijing(moment).year for moment in moments}, reverse=True)


def figures(session: Session, year: int) -> Figures:
    """The draws planned in a year (Beijing), of lots that are awarded or over."""
    draws = _draws(session, year)
    experts = list(session.scalars(select(Expert).where(Expert.active.is_(True)).order_by(Expert.pool_number)))
    invited = list(session.scalars(select(Invitation).where(Invitation.draw_id.in_([one.id for one in draws]))))
    calls, alarms = Counter(one.expert_id for one in invited), _alarms(_chances(draws), experts)
    return Figures(
        year=year,
        draws=len(draws),
        aborted=sum(one.aborted_reason is not None for one in draws),
        short=sum(one.shortage is not None for one in draws),
        calls=len(invited),
        refusals=sum(one.refused_at is not None for one in invited),
        experts=tuple(
            Called(
                one.pool_number, one.name, tuple(one.specialties), calls[one.id], *alarms[frozenset(one.specialties)]
            )
            for one in experts
        ),
        callers=_callers(session, invited),
    )


def _told() -> ColumnElement[bool]:
    """The lots whose draws are no secret any more (R11.C13)."""
    return or_(Lot.awarded_at.is_not(None), Lot.status.in_(OVER))


def _draws(session: Session, year: int) -> list[Draw]:
    """The draws of a year."""
    begin, end = at(date(year, 1, 1)), end_moment(date(year, 12, 31))
    query = select(Draw).join(Lot, Lot.id == Draw.lot_id).where(_told())
    return list(session.scalars(query.where(Draw.created_at >= begin, Draw.created_at < end).order_by(Draw.created_at)))


def _chances(draws: Sequence[Draw]) -> list[dict[str, float]]:
    """Of every round of every draw the chance by specialty."""
    return [
        chance
        for draw in draws
        for chance in round_chances(draw.pool, (draw.exclusions or {}).get("ids", {}), draw.results)
    ]


def _alarms(chances: Sequence[dict[str, float]], experts: Sequence[Expert]) -> dict[frozenset[str], tuple[float, int]]:
    """Expected calls, and the number that is an alarm, for each set of specialties."""
    found: dict[frozenset[str], tuple[float, int]] = {}
    for held in {frozenset(one.specialties) for one in experts}:
        own = [chance for told in chances for specialty, chance in told.items() if specialty in held]
        found[held] = sum(own), alarm_at(own, len(experts))
    return found


def _callers(session: Session, invited: Sequence[Invitation]) -> tuple[Caller, ...]:
    """Who recorded refusals for experts, the most first."""
    recorded: dict[str, list[str | None]] = defaultdict(list)
    for one in invited:
        if one.refusal_by_id is not None and one.call_record:
            recorded[one.refusal_by_id].append(one.refusal_code)
    names = {one.id: one.name for one in session.scalars(select(User).where(User.id.in_(recorded))).unique()}
    found = [Caller(names[by], len(codes), codes.count(RefusalCode.NO_ANSWER.value)) for by, codes in recorded.items()]
    return tuple(sorted(found, key=lambda one: (-one.refusals, one.name)))
