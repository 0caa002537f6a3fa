"""All auctions played together in time order 按时间合并: in memory are those open at once, never the file."""

from __future__ import annotations

import heapq
from collections.abc import Callable, Iterable, Iterator
from datetime import datetime

from sqlalchemy.orm import Session

from trading.database import transaction
from trading.errors import Refused, Unlawful, WrongStatus
from trading.replay.auctions import Auction
from trading.replay.course import Act, Course, End, Stage, course, first_moment
from trading.replay.hands import Hands, keep_ciphertext
from trading.workflow.engine import Receipt, Request, record_refusal, take_within
from trading.workflow.taking import Tools

Played = tuple[Auction, End]


class Merger:
    """Plays auctions that come in the order of their opening days; ``most_open`` tells how many were open at once."""

    def __init__(self, auctions: Iterable[Auction], stage: Stage, seen: Callable[[Receipt], None]) -> None:
        self._coming = iter(auctions)
        self._stage = stage
        self._seen = seen
        self._open: list[tuple[datetime, int, Auction, Course, Act]] = []
        self._entered = 0
        self.most_open = 0

    def __iter__(self) -> Iterator[Played]:
        """Every auction with its end, as they end."""
        following = next(self._coming, None)
        while following is not None or self._open:
            if following is not None and (not self._open or first_moment(following) <= self._open[0][0]):
                self._entered += 1
                yield from self._go_on(following, course(following, self._stage), lambda playing: next(playing))
                following = next(self._coming, None)
                continue
            _at, _number, auction, playing, act = heapq.heappop(self._open)
            yield from self._go_on(auction, playing, self._taken(act))

    def _go_on(self, auction: Auction, playing: Course, push: Callable[[Course], Act]) -> Iterator[Played]:
        """Push an auction to its next act, or to its end."""
        try:
            act = push(playing)
        except StopIteration as end:
            yield auction, end.value
        else:
            self._entered += 1
            heapq.heappush(self._open, (act.at, self._entered, auction, playing, act))
            self.most_open = max(self.most_open, len(self._open))
        finally:
            self._stage.session.expunge_all()

    def _taken(self, act: Act) -> Callable[[Course], Act]:
        """Take an act through the engine; what came of it is told to its course."""
        try:
            receipts = perform(self._stage.session, act, self._stage.tools, self._stage.hands)
        except Unlawful as refusal:
            return lambda playing, refusal=refusal: playing.throw(refusal)  # type: ignore[misc]
        for receipt in receipts:
            self._seen(receipt)
        return lambda playing: playing.send(receipts)


def perform(session: Session, act: Act, tools: Tools, hands: Hands) -> list[Receipt]:
    """Take the wishes of an act in one transaction; one refused undoes them all, and is itself put on record.

    ``hands`` does what each person does on a machine of his own: sign, seal, unwrap.

    Raises:
        Unlawful, Refused, WrongStatus: a step was refused.
    """
    receipts: list[Receipt] = []
    request: Request | None = None
    try:
        with transaction(session):
            for wish in act.wishes:
                work = hands.prepare(session, act.code, wish.step, wish.actor, wish.data)
                data = keep_ciphertext(tools.files, work)
                request = Request(
                    act.code, wish.step, wish.actor, act.at, data, wish.subject, sign_in_person=hands.sign
                )
                receipts.append(take_within(session, request, tools))
    except (Unlawful, Refused, WrongStatus) as refusal:
        assert request is not None
        session.expunge_all()
        with transaction(session):
            record_refusal(session, request, refusal)
        raise
    return receipts
