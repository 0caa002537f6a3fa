"""The pages of a deal 成交确认页面: the confirmation as it is signed, the notice before it goes out."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from flask import render_template
from flask_babel import lazy_gettext as _l
from markupsafe import Markup

from trading.database import db
from trading.models import Lot
from trading.money import grouped
from trading.phases.result_confirmation import deal_confirming, deal_publishing, dealing, schemas
from trading.steps import Step
from trading.web.exchange import language
from trading.web.steps import Choices, StepPage
from trading.workflow.sale_record import deal_of

EFFECTS_OF = (dealing, deal_publishing, deal_confirming)


def shown(lot: Lot, _subject: str | None, _data: Mapping[str, Any] | None) -> Markup:
    """The confirmation as it stands."""
    deal = deal_of(db.session, lot)
    if deal is None or not deal.confirmation:
        return Markup("")
    place = 1 if language() == "en" else 0
    signed = [(dealing.SIDES[one["side"]][place], one["name"]) for one in deal.signatures]
    return Markup(render_template("result_confirmation/deal.html", deal=deal, signed=signed))


def shown_digest(lot: Lot, _subject: str | None) -> Mapping[str, Any]:
    """The digest of the confirmation as it is shown."""
    deal = deal_of(db.session, lot)
    return {"digest": (deal.digest if deal else "") or ""}


def buyer(lot: Lot) -> Choices | None:
    """The buyer of the deal, as the only one who can be confirmed; None where the lot has none."""
    deal = deal_of(db.session, lot)
    if deal is None:
        return None
    return {"rank": [("1", f"{deal.entrant.organization.name} · ¥{grouped(deal.price)}")]}


PAGES = (
    StepPage(Step.DRAFT_DEAL, schemas.DraftDealSchema, aside=shown),
    StepPage(
        Step.SIGN_DEAL,
        schemas.SignDealSchema,
        initial=shown_digest,
        aside=shown,
        lead=_l("成交后当场签署；您签署的就是下面显示的全部内容。"),
    ),
    StepPage(Step.PUBLISH_DEAL, schemas.PublishDealSchema, aside=shown),
)
