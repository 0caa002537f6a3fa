"""The result of a disposal is made public 公告成交结果: its length by type, a village's also on its board."""

from __future__ import annotations

from trading.beijing import beijing, end_moment
from trading.codelists import NoticeKind
from trading.errors import Refused
from trading.phases.result_confirmation.deal_text import facts, result_text
from trading.phases.result_confirmation.dealing import SIDES, unsigned
from trading.phases.result_confirmation.publication_length import last_day, on_the_village_board
from trading.steps import Step
from trading.workflow.concerned import tell_holders
from trading.workflow.sale_record import made_deal, sale_of
from trading.workflow.taking import Taking, effect


@effect(Step.PUBLISH_DEAL)
def publish_deal(taking: Taking) -> None:
    """Publish the deal once everybody has signed; objections may be raised while it stands."""
    lot, data, session = taking.lot, taking.data, taking.session
    deal, sale = made_deal(session, lot), sale_of(session, lot)
    missing = unsigned(lot, deal)
    if deal.digest is None or missing:
        names = [SIDES[one] for one in missing or ("buyer", "seller")]
        raise Refused(
            "unsigned",
            f"成交确认书尚未签署：{'、'.join(zh for zh, _ in names)}",
            f"The deal confirmation is not signed by: {', '.join(en for _, en in names)}",
        )
    board = on_the_village_board(taking)
    until = last_day(taking, data["days"])
    deal.published_at, deal.published_until = taking.now, until
    deal.village_board_on = board
    lot.publicity_from, lot.publicity_until = taking.now, end_moment(until)
    told = facts(lot, sale, deal) | {
        "until": until.isoformat(),
        "period": {"from": beijing(taking.now).isoformat(), "last_day": until.isoformat()},
        "objection_channel": data["objection_channel"],
        "village_board_on": deal.village_board_on.isoformat() if deal.village_board_on else None,
    }
    taking.publish(NoticeKind.DEAL, f"{lot.name}成交公告"[:200], result_text(lot, told), told, lot.publicity_until)
    taking.receipt["publicity_until"] = f"{until.isoformat()} 24:00"
    tell_holders(
        taking,
        ("成交公告", f"“{lot.name}”的成交结果已公告，公示期至{until}24时。"),
        ("Deal published", f"The deal of “{lot.name}” is published until the end of {until}."),
    )
