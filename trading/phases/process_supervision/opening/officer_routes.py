"""The pages and operations around the opening keys 开标密钥: appointment, rehearsal, shares, who is still missing."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from flask import jsonify, render_template
from flask.typing import ResponseReturnValue
from flask_babel import lazy_gettext as _l
from marshmallow import validate
from sqlalchemy import select

from trading.codelists import Role, Status
from trading.database import db, transaction
from trading.errors import NotFound, WrongStatus
from trading.ledger.entries import microseconds
from trading.ledger.log import read_logged
from trading.models import Lot, User
from trading.phases.process_supervision.blueprint import blueprint
from trading.phases.process_supervision.notice import appointing
from trading.phases.process_supervision.opening import officers
from trading.steps import Step
from trading.web import access
from trading.web import fields as f
from trading.web.steps import StepPage, find_lot, mount, now, tools
from trading.workflow.transitions import Party
from trading.workflow.who import is_party

EFFECTS_OF = (appointing, officers)
HEX32 = r"\A[0-9a-f]{64}\Z"


def hex_text(label: Any, *, required: bool = True, hint: Any = None, kind: str = "text") -> Any:
    """One line of 64 lower-case hex digits."""
    field = f.text(label, required=required, maxlength=64, hint=hint, kind=kind)
    field.validators.append(validate.Regexp(HEX32, error=_l("应为 64 位小写十六进制数")))
    return field


class OfficerRow(f.StepSchema):
    """One officer's place."""

    group = f.whole(_l("组号"), least=1, most=20)
    threshold = f.whole(_l("本组须到场人数"), least=1, most=20)
    officer = f.text(_l("开标密钥持有人"), maxlength=20, kind="select")


class AppointSchema(f.StepSchema):
    """The groups of opening officers."""

    officers = f.rows(
        _l("开标密钥持有人"), OfficerRow, most=40, blank=4,
    )  # fmt: skip


class RehearsalSchema(f.StepSchema):
    """The answer to the trial; empty asks for a new trial."""

    answer = hex_text(_l("演练内容"), required=False, hint=_l("留空提交即生成新的演练内容"))


class ShareRow(f.StepSchema):
    """The share of one envelope, or why it could not be unwrapped."""

    envelope = hex_text(_l("信封编号"))
    value = hex_text(_l("分片"), required=False, kind="password")
    fault = f.text(_l("不能解开的原因"), required=False, maxlength=60)


class SharesSchema(f.StepSchema):
    """The officer's shares."""

    shares = f.given_rows(_l("密钥分片"), ShareRow, most=500)


class BidKeySchema(f.StepSchema):
    """The key of one's own bid."""

    envelope = hex_text(_l("信封编号"))
    key = hex_text(_l("投标密钥"), kind="password", hint=_l("密封时保存的 bid.key"))


def officers_offered(_lot: Lot, _subject: str | None) -> Mapping[str, list[tuple[str, str]]]:
    """The accounts of opening officers."""
    query = select(User).where(User.role == Role.OPENING_OFFICER, User.active).order_by(User.name)
    return {"officer": [(one.id, one.name) for one in db.session.scalars(query).unique()]}


PAGES = (
    StepPage(
        Step.APPOINT_OFFICERS, AppointSchema, offer=officers_offered,
        lead=_l("投标文件由投标人密封至各组持有人的公钥；开标须各组均达到规定人数，缺一组不能开启。各组应分属不同单位。"),
    ),
    StepPage(
        Step.REHEARSE_OPENING, RehearsalSchema, check=False,
        lead=_l("开标前二十四小时内，用自己的密钥解开演练内容，证明密钥可用。"),
    ),
    StepPage(
        Step.HAND_IN_SHARES, SharesSchema, check=False,
        lead=_l("分片在您自己的设备上解开；平台逐份核对是否与投标人的承诺一致。"),
    ),
    StepPage(
        Step.SUPPLY_BID_KEY, BidKeySchema, check=False,
        lead=_l("仅在某组持有人不能到场时使用：提交您密封时自行保存的密钥。"),
    ),
)  # fmt: skip
for _page in PAGES:
    mount(blueprint, _page)


@access.public
def sealing_json(code: str) -> ResponseReturnValue:
    """What a bidder's own machine needs to seal a bid, by JSON."""
    lot = find_lot(code)
    if lot.published_at is None or lot.bid_deadline is None:
        raise NotFound("本标段尚未发布公告", "The notice of this lot is not out yet")
    return jsonify(
        {
            "tender": lot.code,
            "lot": "1",
            "parts": lot.parts,
            "groups": lot.groups,
            "deadline": microseconds(lot.bid_deadline),
            "deadline_iso": lot.bid_deadline.isoformat(),
        }
    ), 200


@access.allow(Role.OPENING_OFFICER)
def bundle_json(code: str) -> ResponseReturnValue:
    """What the officer unwraps on a machine of his own; every download is on record (trust.md B.6).

    Raises:
        NotFound: not an officer of this lot.
        WrongStatus: bidding is not closed, or the bids are open.
    """
    lot, user = find_lot(code), access.actor()
    if not is_party(db.session, user, lot, Party.OFFICER):
        raise NotFound("没有这个标段", "There is no such lot")
    if lot.status is not Status.BID_CLOSED:
        raise WrongStatus("投标截止后、开标前方可领取分片", "Shares are had between closing and opening")
    officers.refuse_before_count(db.session, lot, int(tools().values(lot, now())["bidders_min"]))
    with transaction(db.session):
        read_logged(db.session, lot.code, user.actor, "opening bundle", now())
    return jsonify(
        {"tender": lot.code, "officer": user.signer, "envelopes": officers.bundle(db.session, lot, user)}
    ), 200


def opening_state(lot: Lot) -> dict[str, Any]:
    """Where the opening stands: who is missing. How many bids there are is told by the opening alone (ZTB 22)."""
    closed = lot.closed_at is not None
    return {
        "status": lot.status.value,
        "closed": closed,
        "opened": lot.opened_at is not None,
        "groups": officers.state(db.session, lot),
        "ready": closed and officers.all_met(db.session, lot),
    }


@access.public
def opening_json(code: str) -> ResponseReturnValue:
    """Where the opening stands, by JSON: the page asks again every few seconds."""
    lot = find_lot(code)
    if lot.published_at is None:
        raise NotFound("本标段尚未发布公告", "The notice of this lot is not out yet")
    return jsonify(opening_state(lot)), 200


@access.public
def opening_page(code: str) -> ResponseReturnValue:
    """The opening, live: who is still missing."""
    lot = find_lot(code)
    if lot.published_at is None:
        raise NotFound("本标段尚未发布公告", "The notice of this lot is not out yet")
    return render_template(
        "process_supervision/opening.html", lot=lot, state=opening_state(lot), fingerprint=appointing.fingerprint
    )


blueprint.add_url_rule("/lots/<string:code>/opening", "opening", opening_page)
blueprint.add_url_rule("/api/v1/lots/<string:code>/sealing", "sealing_json", sealing_json)
blueprint.add_url_rule("/api/v1/lots/<string:code>/bundle", "bundle_json", bundle_json)
blueprint.add_url_rule("/api/v1/lots/<string:code>/opening", "opening_json", opening_json)
