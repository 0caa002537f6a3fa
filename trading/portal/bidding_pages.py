"""The live bidding for everybody 竞价现场: page, hall screen, state by JSON and events; paddles alone, never a name."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from flask import Flask, Response, current_app, jsonify, render_template, request
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from trading.database import db
from trading.errors import InvalidInput
from trading.methods.english_auction import Stage
from trading.models import Lot, SaleTerms
from trading.portal.blueprint import blueprint
from trading.web import access
from trading.web.exchange import language
from trading.web.steps import now, tools
from trading.web.streaming import RETRY, Channels, TooManyStreams
from trading.workflow.bidding_record import newest_offer
from trading.workflow.bidding_state import OPEN, look, own_state, public_state

LARGEST = 10**9
ENDED = frozenset({Stage.DEAL.value, Stage.FAILED.value})
IDLE = 3.0


def number_of(given: str | None, name: str) -> int:
    """The number of the last offer that the reader has; none is nought.

    Raises:
        InvalidInput: it is no number.
    """
    if not given:
        return 0
    if not given.isascii() or not given.isdigit() or int(given) > LARGEST:
        raise InvalidInput.of(name, "应为报价序号", "The number of an offer")
    return int(given)


def stage_words() -> dict[str, str]:
    """Each stage in the reader's language."""
    return {one.value: one.en if language() == "en" else one.zh for one in Stage}


def shown(code: str) -> tuple[Lot, SaleTerms, dict[str, Any], dict[str, Any] | None]:
    """The lot, its terms, its public state, and the reader's own standing."""
    lot, sale = look(db.session, code, now(), tools())
    user = access.caller()
    own = own_state(db.session, lot, sale, user.organization_id if user else None)
    return lot, sale, public_state(db.session, lot, sale, now()), own


def drawn(template: str, code: str) -> ResponseReturnValue:
    """One of the two pages, as it stands now; its script carries it on."""
    lot, sale, state, own = shown(code)
    return render_template(
        template, lot=lot, sale=sale, state=state, own=own, stages=stage_words(), words=words(),
        unit=_("元/年") if sale.a_year else _("元"), stands=current_app.config["TRADING_MODE"] == "demonstration",
    )  # fmt: skip


def words() -> dict[str, str]:
    """What the script says."""
    return {
        "paddle": _("{paddle}号"), "you": _("您（{paddle}号）"),
        "leading": _("您当前领先"), "beaten": _("您的报价已被超过"), "none": _("您尚未报价"),
        "won": _("您已竞得"), "lostTo": _("您未竞得"),
        "offer": _("报价 {amount} {unit}"), "match": _("按 {amount} {unit} 行使优先权"),
        "sending": _("正在提交，请勿关闭页面……"), "again": _("未收到答复，正在用同一编号重新提交……"),
        "taken": _("报价成功：第{number}号报价，{amount} {unit}。"), "went": _("已登记：您要求继续竞价。"),
        "failed": _("没有办成：{error}"), "matched": _("优先权"), "deal": _("成交：{paddle}号，{amount} {unit}"),
        "over": _("已到结束时间，等待系统判定"),
        "pushed": _("实时推送"), "polled": _("每 2 秒刷新"), "lost": _("连接中断，正在重新连接……"),
        "offset": _("本机时钟与服务器相差 {seconds} 秒，以服务器时间为准"), "until": _("{time} 结束"),
        "large": _("比最低报价高出 {steps} 个增价幅度，请再次确认金额。"),
        "not": _("金额应不低于 {amount} {unit}。"),
        "unread": _("看不懂这个金额：请只填数字，最多两位小数；可用逗号或者空格每三位分隔。"),
    }  # fmt: skip


@access.public
def bidding(code: str) -> ResponseReturnValue:
    """The bidding, for bidders and whoever watches."""
    return drawn("portal/bidding.html", code)


@access.public
def screen(code: str) -> ResponseReturnValue:
    """The big screen of the hall; needs nobody to log in."""
    return drawn("portal/screen.html", code)


@access.public
def bidding_json(code: str) -> ResponseReturnValue:
    """How the bidding stands, with the offers after ``after``; a bidder also finds his own standing."""
    after = number_of(request.args.get("after"), "after")
    lot, sale = look(db.session, code, now(), tools())
    user = access.caller()
    own = own_state(db.session, lot, sale, user.organization_id if user else None)
    return jsonify(public_state(db.session, lot, sale, now(), after) | {"own": own}), 200


def looker(app: Flask, code: str) -> Callable[[int], dict[str, Any]]:
    """How the poller of a process looks: in a context of its own, so that no stream holds a connection."""

    def look_again(after: int) -> dict[str, Any]:
        with app.app_context():
            moment = app.extensions["clock"].now()
            lot, sale = look(db.session, code, moment, app.extensions["tools"])
            return public_state(db.session, lot, sale, moment, after)

    return look_again


def pause_of(state: dict[str, Any], pause: float) -> float:
    """How long the poller rests: what is over changes no more, what has not begun changes seldom."""
    return IDLE if state["stage"] in ENDED else pause if state["stage"] in {one.value for one in OPEN} else 1.0


@access.public
def events(code: str) -> ResponseReturnValue:
    """The same as server-sent events, their id the number of the last offer; 503 where no thread is left."""
    given = request.headers.get("Last-Event-ID") or request.args.get("after")
    after = number_of(given, "Last-Event-ID")
    lot, _sale = look(db.session, code, now(), tools())
    newest = newest_offer(db.session, lot)
    after = min(after, newest.number if newest else 0)
    app: Flask = current_app._get_current_object()  # type: ignore[attr-defined]
    channels: Channels = app.extensions["channels"]
    try:
        stream = channels.stream(code, looker(app, code), after)
    except TooManyStreams:
        return jsonify({"error": "TooManyStreams"}), 503, {"Retry-After": str(RETRY)}
    headers = {"Cache-Control": "no-store", "X-Accel-Buffering": "no"}
    return Response(stream, content_type="text/event-stream; charset=utf-8", headers=headers)


def init_app(app: Flask) -> None:
    """One set of channels a process."""
    app.extensions["channels"] = Channels(app.config["TRADING_STREAMS"], pause_of=pause_of)


blueprint.add_url_rule("/lots/<string:code>/bidding", "bidding", bidding)
blueprint.add_url_rule("/lots/<string:code>/screen", "screen", screen)
blueprint.add_url_rule("/lots/<string:code>/bidding/events", "bidding_events", events)
blueprint.add_url_rule("/api/v1/lots/<string:code>/bidding", "bidding_json", bidding_json)
