"""Each error of the field and its status code, once 错误应答."""

from __future__ import annotations

from typing import Any

import structlog
from flask import Flask, jsonify, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_wtf.csrf import CSRFError
from werkzeug.exceptions import HTTPException

from trading import errors
from trading.ledger.log import ChainClosed
from trading.rules.rule import Verdict
from trading.web.access import LoginNeeded, wants_json
from trading.web.exchange import language

STATUS: dict[type[errors.TradingError], int] = {
    errors.NotFound: 404,
    errors.NotAllowed: 403,
    errors.WrongStatus: 409,
    errors.Stale: 409,
    errors.InvalidInput: 400,
    errors.Unlawful: 422,
    errors.Refused: 422,
    errors.TooManyAttempts: 429,
    errors.NotConfigured: 503,
}
log = structlog.get_logger("trading.refused")


def told(verdict: Verdict) -> dict[str, Any]:
    """One verdict as JSON."""
    english = language() == "en"
    finding, condition = verdict.finding, verdict.condition
    return {
        "id": condition.id,
        "severity": verdict.severity.value,
        "title": condition.en if english else condition.zh,
        "answer": verdict.answer.value,
        "expected": (finding.expected_en if english else "") or finding.expected,
        "actual": (finding.actual_en if english else "") or finding.actual,
        "sources": [
            {"text": source.text_en if english else source.text, "mark": source.mark.value}
            for source in condition.sources
        ],
        "assumed": list(verdict.assumed),
    }


def body(error: errors.TradingError, status: int) -> dict[str, Any]:
    """An error as JSON: a stable name, a sentence, fields, failed conditions."""
    answer: dict[str, Any] = {"status": status, "error": type(error).__name__, "message": error.sentence(language())}
    if isinstance(error, errors.InvalidInput):
        answer["fields"] = error.told(language())
    if isinstance(error, errors.Unlawful):
        answer["conditions"] = [told(verdict) for verdict in error.verdicts]
    if isinstance(error, errors.Refused):
        answer["reason"] = error.reason
    if error.proof:
        answer["proof"] = error.proof
    return answer


def note(error: errors.TradingError) -> int:
    """The status code of a refusal; what is refused at the door goes to the log (the engine records all else)."""
    kind = next(one for one in type(error).__mro__ if one in STATUS)
    status = 401 if isinstance(error, LoginNeeded) else STATUS[kind]
    if not isinstance(error, errors.Unlawful | errors.WrongStatus | errors.Refused):
        log.info("refused at the door", status=status, path=request.path, error=type(error).__name__)
    return status


def answer(error: errors.TradingError) -> ResponseReturnValue:
    """The answer to an error of the field."""
    status = note(error)
    if wants_json() or request.is_json:
        return jsonify(body(error, status)), status
    if isinstance(error, LoginNeeded) and request.method == "GET":
        return redirect(url_for("account.login", next=request.full_path.rstrip("?")))
    return render_template("error.html", error=error, status=status, sentence=error.sentence(language())), status


def http(error: HTTPException) -> ResponseReturnValue:
    """404, 405, 413 … of HTTP itself, in the reader's language and with the headers they need."""
    code = error.code or 500
    sentences = {
        400: _("请求无法理解"), 404: _("没有这个页面"), 405: _("此地址不接受这种请求"), 413: _("提交的内容过大"),
        415: _("不支持这种内容类型"), 429: _("请求过于频繁，请稍后再试"),
    }  # fmt: skip
    sentence = sentences.get(code, _("请求无法办理"))
    headers = dict(error.get_headers()) if code == 405 else {}
    headers.pop("Content-Type", None)
    if wants_json() or request.is_json:
        return jsonify({"status": code, "error": error.name, "message": sentence}), code, headers
    return render_template("error.html", error=None, status=code, sentence=sentence), code, headers


def csrf(error: CSRFError) -> ResponseReturnValue:
    """A form that was open too long, or sent from elsewhere."""
    sentence = _("页面已过期，请返回重新提交；您填写的内容仍在上一页")
    if wants_json() or request.is_json:
        return jsonify({"status": 400, "error": "CSRFError", "message": sentence}), 400
    return render_template("error.html", error=None, status=400, sentence=sentence), 400


def broken(error: Exception) -> ResponseReturnValue:
    """A fault of ours: logged with its trace, told without it."""
    log.exception("fault", path=request.path)
    sentence = _("系统发生故障，本次操作没有生效，请稍后重试")
    if wants_json() or request.is_json:
        return jsonify({"status": 500, "error": "Fault", "message": sentence}), 500
    return render_template("error.html", error=None, status=500, sentence=sentence), 500


def closed(error: ChainClosed) -> ResponseReturnValue:
    """The lot's record is closed: nothing can be added to it."""
    return answer(errors.WrongStatus("本标段档案已封存", "The record of this lot is closed"))


def init_app(app: Flask) -> None:
    """Register the handlers."""
    app.register_error_handler(errors.TradingError, answer)
    app.register_error_handler(CSRFError, csrf)
    app.register_error_handler(HTTPException, http)
    app.register_error_handler(ChainClosed, closed)
    if not app.config.get("TESTING"):
        app.register_error_handler(Exception, broken)
