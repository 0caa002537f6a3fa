"""The steps of live bidding as pages and operations 竞价环节: offers, going on, priority, the sealed reserve."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from flask import jsonify
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from markupsafe import Markup
from marshmallow import validate

from trading.codelists import Role
from trading.database import db, transaction
from trading.errors import NotFound
from trading.ledger.log import read_logged
from trading.methods.english_auction import least_offer
from trading.models import Lot
from trading.money import grouped
from trading.phases.process_supervision import asides
from trading.phases.process_supervision.auction import hammering, offering, reserving
from trading.phases.process_supervision.blueprint import blueprint
from trading.phases.process_supervision.notice.appointing import published_groups
from trading.phases.process_supervision.opening.officer_routes import BidKeySchema, SharesSchema
from trading.steps import Step
from trading.web import access
from trading.web import fields as f
from trading.web.fields import NothingAsked
from trading.web.formats import moment
from trading.web.signed import SignedSchema, made_object
from trading.web.steps import StepPage, find_lot, mount, now
from trading.workflow.bidding_record import newest_offer, terms_of_offers
from trading.workflow.sale_record import sale_of
from trading.workflow.transitions import Party
from trading.workflow.who import is_party

EFFECTS_OF = (hammering, offering, reserving)
KEY = r"\A[A-Za-z0-9_-]{8,64}\Z"


class OfferSchema(f.StepSchema):
    """One offer: what, under which name of the bidder's own, and after which offer of the others."""

    amount = f.money(_l("报价（元）"), hint=_l("报价一经作出不得撤回"))
    key = f.text(_l("报价编号"), maxlength=64, hint=_l("由您自己起名，同一编号重复提交只算一次"))
    key.validators.append(validate.Regexp(KEY, error=_l("应为 8 至 64 位字母、数字、“-”或者“_”")))
    seen = f.whole(_l("所见最新报价序号"), required=False, most=10**9)


class SealReserveSchema(SignedSchema):
    """The reserve, sealed on the owner's own machine."""

    envelope = made_object(_l("底价信封"), hint=_l("在您自己的设备上密封至开标密钥持有人，竞价结束前任何人都不能读取"))


def next_offer(lot: Lot, _subject: str | None) -> Mapping[str, Any]:
    """The least amount that may be offered now."""
    sale, newest = sale_of(db.session, lot), newest_offer(db.session, lot)
    least = least_offer(terms_of_offers(sale), newest.amount if newest else None)
    return {"amount": str(least), "seen": newest.number if newest else 0, "key": f"form-{now():%H%M%S%f}"}


def matching_offer(lot: Lot, _subject: str | None) -> Mapping[str, Any]:
    """The highest offer, which alone can be matched."""
    newest = newest_offer(db.session, lot)
    amount = "" if newest is None else str(newest.amount)
    return {"amount": amount, "seen": newest.number if newest else 0, "key": f"form-{now():%H%M%S%f}"}


def reserve_desk(lot: Lot, _subject: str | None, data: Mapping[str, Any] | None) -> Markup:
    """Where the owner seals the reserve, and whether he did before."""
    sale = sale_of(db.session, lot)
    unit = _("元/年") if sale.a_year else _("元")
    sealed = sale.reserve_sealed_at
    facts = {
        _("起始价"): f"{grouped(sale.starting_price)} {unit}",
        _("竞价开始时间"): moment(sale.bidding_at) if sale.bidding_at else None,
        _("密封给谁"): asides.sealed_to(lambda: published_groups(db.session, lot)),
        _("此前的密封"): _("%(at)s 已密封，重新密封即替换", at=moment(sealed)) if sealed else _("尚未密封"),
    }  # fmt: skip
    return asides.amount_desk(lot, data, _("底价（%(unit)s）", unit=unit), "reserve_sealing_json", facts)


PAGES = (
    StepPage(
        Step.MAKE_OFFER, OfferSchema, initial=next_offer,
        lead=_l("以服务器时间为准；报价一经作出不得撤回。结束前最后几分钟内有报价的，自动延时。"),
    ),
    StepPage(Step.GO_ON, NothingAsked, lead=_l("挂牌期满时有两个以上竞买人要求继续竞价的，转入网上竞价。")),
    StepPage(
        Step.MATCH_OFFER, OfferSchema, initial=matching_offer,
        lead=_l("以当前最高报价行使优先权；一经行使不得撤回。"),
    ),
    StepPage(
        Step.SEAL_RESERVE, SealReserveSchema, aside=reserve_desk,
        lead=_l("底价须集体决策；在竞价开始前密封，竞价结束后由开标密钥持有人开启，此前平台也不能读取。"),
    ),
    StepPage(
        Step.OPEN_RESERVE, SharesSchema, check=False,
        lead=_l("竞价已经结束：在您自己的设备上解开底价的分片并提交，达到规定人数即当场开启并判定是否成交。"),
    ),
    StepPage(
        Step.SUPPLY_RESERVE_KEY, BidKeySchema, check=False,
        lead=_l("仅在某组持有人不能到场时使用：提交您密封底价时自行保存的密钥，提交后当场开启并判定是否成交。"),
    ),
    StepPage(
        Step.VOID_RESERVE, NothingAsked, danger=True,
        lead=_l("仅在某组持有人不能到场、转让方也未提交自己的密钥时使用：底价不能开启，责任在转让方，按不成交处理。"),
    ),
)  # fmt: skip
for _page in PAGES:
    mount(blueprint, _page)


@access.allow(Role.OWNER)
def reserve_sealing_json(code: str) -> ResponseReturnValue:
    """What the owner's own machine needs to seal the reserve, by JSON."""
    lot = find_lot(code)
    if not is_party(db.session, access.actor(), lot, Party.OWNER):
        raise NotFound("没有这个标段", "There is no such lot")
    place = reserving.place_of(lot)
    return jsonify(
        {
            "tender": place.tender, "part": place.part, "bidder": place.bidder,
            "groups": published_groups(db.session, lot),
        }
    ), 200  # fmt: skip


@access.allow(Role.OPENING_OFFICER)
def reserve_bundle_json(code: str) -> ResponseReturnValue:
    """What an officer unwraps on a machine of his own once the bidding is over; every download is on record."""
    lot, user = find_lot(code), access.actor()
    if not is_party(db.session, user, lot, Party.OFFICER):
        raise NotFound("没有这个标段", "There is no such lot")
    envelopes = reserving.bundle(db.session, lot)
    with transaction(db.session):
        read_logged(db.session, lot.code, user.actor, "reserve bundle", now())
    return jsonify({"tender": lot.code, "officer": user.signer, "envelopes": envelopes}), 200


blueprint.add_url_rule("/api/v1/lots/<string:code>/reserve-sealing", "reserve_sealing_json", reserve_sealing_json)
blueprint.add_url_rule("/api/v1/lots/<string:code>/reserve-bundle", "reserve_bundle_json", reserve_bundle_json)
