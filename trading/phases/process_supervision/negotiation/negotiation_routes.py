"""Pages of the negotiation course 谈判磋商页面: talks, final offers, an agreed price."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from flask import jsonify
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from markupsafe import Markup

from trading.codelists import Role
from trading.database import db, transaction
from trading.errors import NotFound, Refused
from trading.ledger.log import read_logged
from trading.models import Lot
from trading.phases.process_supervision import asides
from trading.phases.process_supervision.blueprint import blueprint
from trading.phases.process_supervision.negotiation import final_offers, negotiating, negotiation_schemas, sole_supplier
from trading.phases.process_supervision.opening.officer_routes import BidKeySchema, SharesSchema
from trading.steps import Step
from trading.web import access
from trading.web.fields import NothingAsked
from trading.web.formats import moment
from trading.web.steps import Choices, StepPage, find_lot, mount, now
from trading.workflow.negotiation_record import call_of, staying
from trading.workflow.negotiation_record import final_offers as final_offers_of
from trading.workflow.transitions import Party
from trading.workflow.who import is_party

EFFECTS_OF = (negotiating, final_offers, sole_supplier)


def suppliers(lot: Lot, _subject: str | None) -> Choices:
    """Those who take part."""
    return {"supplier": [(one.organization_id, one.organization.name) for one in staying(db.session, lot)]}


def final_desk(lot: Lot, _subject: str | None, data: Mapping[str, Any] | None) -> Markup:
    """Where a supplier seals the final offer, and whether it did before."""
    call, mine = call_of(db.session, lot), access.actor().organization_id
    own = next((one for one in final_offers_of(db.session, lot) if one.organization_id == mine), None)
    before = _("%(at)s 已提交，再次提交即替换", at=moment(own.received_at)) if own else _("尚未提交")
    facts = {
        _("最后报价截止时间"): moment(call.deadline) if call else _("尚未要求提交最后报价"),
        _("密封给谁"): asides.sealed_to(lambda: lot.groups),
        _("此前的最后报价"): before,
    }  # fmt: skip
    return asides.amount_desk(lot, data, _("最后报价（元）"), "final_sealing_json", facts)


PAGES = (
    StepPage(
        Step.HOLD_TALK, negotiation_schemas.HoldTalkSchema, offer=suppliers, check=False,
        lead=_l("所有成员集中与单一供应商分别谈判（磋商），给予每家供应商平等的机会；记录由供应商确认。"),
    ),
    StepPage(Step.CONFIRM_TALK, negotiation_schemas.ConfirmTalkSchema, subject=True, check=False),
    StepPage(
        Step.CHANGE_REQUIREMENTS, negotiation_schemas.ChangeRequirementsSchema,
        lead=_l("变动须经采购人代表确认，并以书面形式同时通知所有参加的供应商。"),
    ),
    StepPage(
        Step.LEAVE_NEGOTIATION, negotiation_schemas.LeaveSchema, danger=True,
        lead=_l("提交最后报价前可以退出，保证金予以退还；退出后不能再参加。"),
    ),
    StepPage(Step.CALL_FINAL_OFFERS, negotiation_schemas.CallFinalOffersSchema),
    StepPage(
        Step.SUBMIT_FINAL_OFFER, negotiation_schemas.FinalOfferSchema, check=False, aside=final_desk,
        lead=_l("最后报价密封提交，截止前可以更换；未在规定时间内提交的，视为退出评审。"),
    ),
    StepPage(
        Step.OPEN_FINAL_OFFERS, SharesSchema, check=False,
        lead=_l("最后报价已经截止：在您自己的设备上解开分片并提交，达到规定人数即开启。"),
    ),
    StepPage(
        Step.SUPPLY_FINAL_KEY, BidKeySchema, check=False,
        lead=_l("仅在某组持有人不能到场时使用：提交您密封时自行保存的密钥；全部最后报价同时开启。"),
    ),
    StepPage(
        Step.GIVE_UP_FINAL_OFFERS, NothingAsked, danger=True,
        lead=_l("仅在某组持有人不能到场、有的供应商也未提交自己的密钥时使用：有密钥的同时开启，其余视为撤回。"),
    ),
    StepPage(
        Step.AGREE_PRICE, negotiation_schemas.AgreePriceSchema,
        lead=_l("与唯一供应商商定合理的价格，并保证质量；商定情况应当记录。"),
    ),
    StepPage(Step.CONFIRM_PRICE, negotiation_schemas.ConfirmPriceSchema),
)  # fmt: skip
for _page in PAGES:
    mount(blueprint, _page)


@access.allow(Role.BIDDER)
def final_sealing_json(code: str) -> ResponseReturnValue:
    """What a supplier's own machine needs to seal the final offer, by JSON."""
    lot, user = find_lot(code), access.actor()
    if not is_party(db.session, user, lot, Party.LOT_BIDDER) or call_of(db.session, lot) is None:
        raise NotFound("没有可以提交的最后报价", "No final offer is asked for")
    return jsonify(
        {"tender": lot.code, "part": final_offers.PART, "bidder": user.signer, "groups": lot.groups}
    ), 200


@access.allow(Role.OPENING_OFFICER)
def final_bundle_json(code: str) -> ResponseReturnValue:
    """What an officer unwraps on a machine of his own once the hour is over; every download is on record."""
    lot, user = find_lot(code), access.actor()
    if not is_party(db.session, user, lot, Party.OFFICER):
        raise NotFound("没有这个标段", "There is no such lot")
    call = call_of(db.session, lot)
    if call is None:
        raise Refused("not_called", "尚未要求提交最后报价", "Final offers are not called for yet")
    final_offers.refuse_unless_over(call, now())
    envelopes = final_offers.bundle(db.session, lot)
    with transaction(db.session):
        read_logged(db.session, lot.code, user.actor, "final offers bundle", now())
    return jsonify({"tender": lot.code, "officer": user.signer, "envelopes": envelopes}), 200


blueprint.add_url_rule("/api/v1/lots/<string:code>/final-sealing", "final_sealing_json", final_sealing_json)
blueprint.add_url_rule("/api/v1/lots/<string:code>/final-bundle", "final_bundle_json", final_bundle_json)
