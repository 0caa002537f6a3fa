"""Pages of the variants of a tender 招标方式页面: invitations, rounds before the notice, limits, order 87."""

from __future__ import annotations

from typing import Any

from flask import Response, jsonify, render_template
from flask.typing import ResponseReturnValue
from flask_babel import lazy_gettext as _l
from markupsafe import Markup
from sqlalchemy import select

from trading.codelists import ForeRound, Role
from trading.database import db
from trading.errors import NotFound
from trading.models import WHOLE_BID, Bid, ForeApplication, Lot, Preliminary, User
from trading.phases.process_supervision.blueprint import blueprint
from trading.phases.process_supervision.notice import inviting
from trading.phases.process_supervision.variants import (
    fore_schemas,
    foreround,
    invite_schemas,
    limiting,
    prequalifying,
    qualifying,
    staging,
)
from trading.steps import Step
from trading.web import access
from trading.web.fields import NothingAsked
from trading.web.steps import Choices, StepPage, find_lot, mount, tools
from trading.workflow.admission import applications_of, preliminary_of
from trading.workflow.transitions import Party
from trading.workflow.who import is_party

EFFECTS_OF = (foreround, inviting, limiting, prequalifying, qualifying, staging)
READERS = (Party.OWNER, Party.AGENCY, Party.EXAMINER)
SECRET = _l("名单在开标前对任何人保密；每一受邀请人只收到自己的邀请书。")


def suppliers(_lot: Lot, _subject: str | None) -> Choices:
    """The registered bidders."""
    return {"suppliers": [(one.uscc, one.name) for one in inviting.registered_bidders(db.session)]}


def examiners(lot: Lot, _subject: str | None) -> Choices:
    """The owner's people."""
    query = select(User).where(User.organization_id == lot.project.owner_id, User.active).order_by(User.name)
    return {"representatives": [(one.id, one.name) for one in db.session.scalars(query).unique()]}


def readable(lot: Lot) -> tuple[Preliminary, list[ForeApplication]]:
    """The round whose applications may be read, with them: closed, and the reader examines or is of the owner's side.

    Raises:
        NotFound: there is none, or it is not for this reader.
    """
    user = access.actor()
    if any(is_party(db.session, user, lot, party) for party in READERS):
        for kind in reversed(ForeRound):
            round_ = preliminary_of(db.session, lot, kind)
            if round_ is not None and round_.closed_at is not None:
                return round_, applications_of(db.session, round_)
    raise NotFound("没有可以查阅的申请", "There are no applications to read")


def applicants(lot: Lot, _subject: str | None) -> Choices:
    """The applications to examine."""
    return {"application": [(one.id, one.organization.name) for one in readable(lot)[1]]}


def findings(lot: Lot, _subject: str | None) -> dict[str, Any]:
    """One row an application."""
    return {"findings": [{"application": one.id} for one in readable(lot)[1]]}


def applications_shown(lot: Lot, _subject: str | None, _data: object) -> Markup:
    """The applications with their files."""
    found = readable(lot)[1]
    return Markup(render_template("process_supervision/applications.html", lot=lot, applications=found))


def bids_to_check(lot: Lot) -> list[tuple[str, str]]:
    """The bids whose bidders' qualification is checked."""
    query = select(Bid).where(Bid.lot_id == lot.id, WHOLE_BID).order_by(Bid.received_at, Bid.envelope)
    return qualifying.rows_to_check(lot, list(db.session.scalars(query)))


def qualified(lot: Lot, _subject: str | None) -> Choices:
    """The bidders."""
    return {"bid": bids_to_check(lot)}


def checks(lot: Lot, _subject: str | None) -> dict[str, Any]:
    """One row a bidder."""
    return {"checks": [{"bid": id_} for id_, _name in bids_to_check(lot)]}


PAGES = (
    StepPage(
        Step.LIMIT_LOTS, fore_schemas.LotLimitSchema,
        lead=_l("应当在招标文件中载明并在公告前规定；按顺序定标，已达上限的投标人不再作为后续标段的中标人。"),
    ),
    StepPage(Step.NAME_INVITEES, invite_schemas.NameInviteesSchema, offer=suppliers, lead=SECRET),
    StepPage(Step.LIST_SUPPLIERS, invite_schemas.ListSuppliersSchema, offer=suppliers, lead=SECRET),
    StepPage(
        Step.DRAW_INVITEES, invite_schemas.InviteeDiceSchema, check=False,
        lead=_l("由采购人两名以上工作人员现场监督；名单已先存证，抽取顺序由存证和掷数唯一确定。"),
    ),
    StepPage(Step.WITNESS_INVITEES, invite_schemas.InviteeDiceSchema, check=False),
    StepPage(Step.ANNOUNCE_PREQUALIFICATION, fore_schemas.RoundSchema),
    StepPage(Step.ANNOUNCE_FIRST_STAGE, fore_schemas.RoundSchema, lead=_l("第一阶段不报价，不收取投标保证金。")),
    StepPage(Step.CHANGE_PRELIMINARY, fore_schemas.ChangeRoundSchema),
    StepPage(
        Step.APPLY_FOR_PREQUALIFICATION, fore_schemas.ApplicationSchema,
        lead=_l("申请文件加密保管，截止前任何人不能查阅；截止前可以替换或者撤回。"),
    ),
    StepPage(
        Step.PROPOSE_TECHNICALLY, fore_schemas.ProposalSchema,
        lead=_l("技术建议加密保管，截止前任何人不能查阅；不得载明报价。"),
    ),
    StepPage(Step.WITHDRAW_PRELIMINARY, NothingAsked, danger=True),
    StepPage(Step.CLOSE_PRELIMINARY, NothingAsked),
    StepPage(Step.SEAT_EXAMINERS, fore_schemas.ExaminersSchema, offer=examiners),
    StepPage(
        Step.EXAMINE_APPLICATIONS, fore_schemas.FindingsSchema, offer=applicants, initial=findings,
        aside=applications_shown,
    ),
    StepPage(Step.CONCLUDE_PREQUALIFICATION, NothingAsked),
    StepPage(Step.CONCLUDE_FIRST_STAGE, fore_schemas.RevisionSchema),
    StepPage(Step.EXTEND_DOCUMENTS, fore_schemas.ExtendDocumentsSchema),
    StepPage(Step.CHECK_QUALIFICATION, fore_schemas.QualificationSchema, offer=qualified, initial=checks),
    StepPage(Step.RECORD_ROOM, fore_schemas.RoomSchema),
)  # fmt: skip
for _page in PAGES:
    mount(blueprint, _page)


@access.allow(Role.OWNER, Role.AGENCY, Role.EXPERT)
def applications_json(code: str) -> ResponseReturnValue:
    """The applications or proposals of a closed round, by JSON; for the owner's side and the examiners."""
    round_, found = readable(find_lot(code))
    return jsonify(
        {
            "round": round_.kind.value,
            "applications": [
                {
                    "id": one.id, "applicant": one.organization.name, "received_at": one.received_at.isoformat(),
                    "files": [{"name": file["name"], "sha256": file["sha256"]} for file in one.files],
                }
                for one in found
            ],
        }
    ), 200  # fmt: skip


@access.allow(Role.OWNER, Role.AGENCY, Role.EXPERT)
def application_file(code: str, application: str, number: int) -> Response:
    """One file of an application, as something to save."""
    lot = find_lot(code)
    round_, found = readable(lot)
    row = next((one for one in found if one.id == application), None)
    if row is None:
        raise NotFound("没有这份申请", "There is no such application")
    data = foreround.file_of(tools(), lot, round_, row, number)
    answer = Response(data, mimetype=row.files[number]["type"])
    answer.headers.set("Content-Disposition", "attachment", filename=row.files[number]["name"])
    answer.headers["X-Content-Type-Options"] = "nosniff"
    answer.headers["Content-Security-Policy"] = "sandbox; default-src 'none'"
    return answer


blueprint.add_url_rule("/api/v1/lots/<string:code>/applications", "applications_json", applications_json)
blueprint.add_url_rule(
    "/lots/<string:code>/applications/<string:application>/<int:number>", "application_file", application_file
)
