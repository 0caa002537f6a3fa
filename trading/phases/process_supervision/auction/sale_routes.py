"""The pages of a disposal before its bidding 处置公告与报名页面; who applied is shown to the seller alone."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from flask import Response, jsonify, render_template
from flask.typing import ResponseReturnValue
from flask_babel import lazy_gettext as _l
from markupsafe import Markup

from trading.codelists import Role
from trading.database import db
from trading.errors import NotFound
from trading.models import Entrant, Lot
from trading.phases.process_supervision.auction import announcing_sale, changing_sale
from trading.phases.process_supervision.auction.sale_schemas import (
    AnnounceSaleSchema,
    ApplySchema,
    ChangeSaleSchema,
    DecideEntrantSchema,
)
from trading.phases.process_supervision.bids import entering
from trading.phases.process_supervision.blueprint import blueprint
from trading.phases.process_supervision.notice.announcing import public_documents, record_keys
from trading.phases.process_supervision.notice.sale_notice import contents, notice_text, title_of
from trading.steps import Step
from trading.web import access
from trading.web.fields import NothingAsked
from trading.web.steps import StepPage, find_lot, mount, tools
from trading.workflow.sale_record import applications, paid_in_full, sale_of
from trading.workflow.transitions import Party
from trading.workflow.who import is_party

EFFECTS_OF = (announcing_sale, changing_sale, entering)


def notice_preview(lot: Lot, _subject: str | None, data: Mapping[str, Any] | None) -> Markup | None:
    """The notice as it will stand, once the form is filled in."""
    if not data:
        return None
    sale = sale_of(db.session, lot)
    told = contents(lot, sale, data, public_documents(db.session, lot))
    told["record_keys"] = record_keys(tools().keeper)
    text = notice_text(lot, sale, told, [one.zh for one in data["media"]])
    return Markup(render_template("process_supervision/notice_preview.html", title=title_of(lot), text=text))


def clocks_of(lot: Lot, _subject: str | None) -> Mapping[str, Any]:
    """The clocks as they stand."""
    sale = sale_of(db.session, lot)
    return {
        "bid_deadline": lot.bid_deadline, "listed_from": sale.listed_from, "bidding_at": sale.bidding_at,
        "planned_end": sale.planned_end,
    }  # fmt: skip


def of_seller(lot: Lot) -> bool:
    """Whether the reader decides on the applications of this lot."""
    user = access.actor()
    return any(is_party(db.session, user, lot, party) for party in (Party.OWNER, Party.AGENCY))


def one_application(lot: Lot, subject: str | None) -> Entrant:
    """An application, for the seller's side alone.

    Raises:
        NotFound: there is none, it was withdrawn, or somebody else asks.
    """
    row = db.session.get(Entrant, subject) if subject else None
    if row is None or row.lot_id != lot.id or row.withdrawn_at is not None or not of_seller(lot):
        raise NotFound
    return row


def application_shown(lot: Lot, subject: str | None, _data: Mapping[str, Any] | None) -> Markup:
    """The application to decide, with its papers."""
    row = one_application(lot, subject)
    sale = sale_of(db.session, lot)
    paid = row.organization_id in paid_in_full(db.session, lot, sale)
    return Markup(render_template("process_supervision/application.html", lot=lot, row=row, sale=sale, paid=paid))


@access.allow(Role.OWNER, Role.AGENCY)
def entrants_page(code: str) -> ResponseReturnValue:
    """The applications of a lot, for its seller's side alone (R13.C8)."""
    lot = find_lot(code)
    if not of_seller(lot):
        raise NotFound
    rows = sorted(applications(db.session, lot), key=lambda one: (one.qualified is not None, one.id))
    return render_template("process_supervision/entrants.html", lot=lot, rows=rows)


@access.allow(Role.OWNER, Role.AGENCY)
def entrants_json(code: str) -> ResponseReturnValue:
    """The applications by JSON."""
    lot = find_lot(code)
    if not of_seller(lot):
        raise NotFound
    return jsonify({
        "applications": [
            {
                "id": one.id, "name": one.organization.name, "qualified": one.qualified,
                "claims_priority": one.claims_priority, "members": one.members,
            }
            for one in applications(db.session, lot)
        ]
    })  # fmt: skip


@access.allow(Role.OWNER, Role.AGENCY)
def entrant_paper(code: str, entrant: str, sha256: str) -> Response:
    """A paper that came with an application, to save."""
    lot = find_lot(code)
    found = next((one for one in one_application(lot, entrant).papers if one["sha256"] == sha256), None)
    if found is None:
        raise NotFound
    answer = Response(tools().files.get(sha256), mimetype=found["type"])
    answer.headers.set("Content-Disposition", "attachment", filename=found["name"])
    answer.headers["X-Content-Type-Options"] = "nosniff"
    answer.headers["Content-Security-Policy"] = "sandbox; default-src 'none'"
    return answer


@access.allow(Role.BIDDER)
def my_application(code: str) -> ResponseReturnValue:
    """The bidder's own application and paddle on this lot; nobody else's."""
    lot = find_lot(code)
    row = entering.own_application(db.session, lot, access.actor().organization_id or "")
    return render_template("process_supervision/my_application.html", lot=lot, row=row)


@access.allow(Role.BIDDER)
def my_application_json(code: str) -> ResponseReturnValue:
    """The bidder's own application and paddle by JSON."""
    lot = find_lot(code)
    row = entering.own_application(db.session, lot, access.actor().organization_id or "")
    if row is None or row.withdrawn_at is not None:
        return jsonify({"applied": False})
    return jsonify({
        "applied": True, "qualified": row.qualified, "paddle": row.paddle, "has_priority": row.has_priority,
        "reason": row.decision_reason,
    })  # fmt: skip


PAGES = (
    StepPage(Step.ANNOUNCE_SALE, AnnounceSaleSchema, aside=notice_preview),
    StepPage(
        Step.CHANGE_SALE,
        ChangeSaleSchema,
        initial=clocks_of,
        lead=_l("变更后应当按规定延长公告时间，各项时间不得提前。"),
    ),
    StepPage(
        Step.APPLY_TO_BID,
        ApplySchema,
        lead=_l("竞价结束前，除转让方审查资格外，任何人都看不到您是否报名；报名并足额交纳保证金后方可竞买。"),
    ),
    StepPage(Step.WITHDRAW_APPLICATION, NothingAsked, danger=True, lead=_l("撤回后您不再参加竞买，保证金退还。")),
    StepPage(
        Step.DECIDE_ENTRANT,
        DecideEntrantSchema,
        subject=True,
        aside=application_shown,
        lead=_l("只能以公告载明的条件审查；国有资产转让一般不设受让方资格条件。报名情况不得告知任何人。"),
    ),
)
for _page in PAGES:
    mount(blueprint, _page)
blueprint.add_url_rule("/lots/<string:code>/entrants", "entrants", entrants_page)
blueprint.add_url_rule("/api/v1/lots/<string:code>/entrants", "entrants_json", entrants_json)
blueprint.add_url_rule(
    "/lots/<string:code>/entrants/<string:entrant>/papers/<string:sha256>", "entrant_paper", entrant_paper
)
blueprint.add_url_rule("/lots/<string:code>/my-application", "my_application", my_application)
blueprint.add_url_rule("/api/v1/lots/<string:code>/my-application", "my_application_json", my_application_json)
