"""How a ciphertext is uploaded 密文上传: by JSON ``PUT`` a chunk and ``GET`` how far it is, or whole from a form."""

from __future__ import annotations

import hashlib
from typing import Any

from flask import current_app, flash, jsonify, redirect, request
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from trading.codelists import Role
from trading.database import db, transaction
from trading.errors import InvalidInput
from trading.models import Lot, Upload
from trading.phases.process_supervision.bids import uploads
from trading.phases.process_supervision.blueprint import blueprint
from trading.steps import Step
from trading.web import access, exchange
from trading.web.steps import find_lot, now, step_url, tools

MOST_CHUNK = 8 * uploads.MEGABYTE


def told(upload: Upload | None) -> dict[str, Any]:
    """How far an upload is."""
    if upload is None:
        return {"received": 0, "total": None, "complete": False}
    return {"received": upload.received, "total": upload.total, "complete": upload.completed_at is not None}


@access.allow(Role.BIDDER)
def upload_state_json(code: str, sha256: str) -> ResponseReturnValue:
    """How many bytes of this content are here: only of the organisation's own uploads."""
    find_lot(code, Step.SUBMIT_BID)
    return jsonify(told(uploads.begun(db.session, sha256, access.actor().organization_id or ""))), 200


@access.allow(Role.BIDDER)
def upload_json(code: str, sha256: str) -> ResponseReturnValue:
    """Take a chunk: ``Content-Range: bytes first-last/total``, the body is the bytes."""
    lot, organization = find_lot(code, Step.SUBMIT_BID), access.actor().organization_id or ""
    if (request.content_length or 0) > MOST_CHUNK:
        raise InvalidInput.of("size", "每次上传不得超过8兆字节", "A chunk has at most 8 MiB")
    chunk = uploads.read_range(request.headers.get("Content-Range", ""), request.get_data(cache=False))
    upload, wrong = take(lot, sha256, organization, chunk)
    if isinstance(wrong, uploads.WrongOffset):
        return jsonify(told(upload) | {"message": wrong.sentence(exchange.language())}), 409
    if wrong is not None:
        raise wrong
    return jsonify(told(upload)), 201 if upload.completed_at else 200


def take(
    lot: Lot, sha256: str, organization: str, chunk: uploads.Chunk
) -> tuple[Upload, InvalidInput | uploads.WrongOffset | None]:
    """Keep a chunk; what is wrong with it is given back, because the upload stands where it stands and is kept."""
    folder = current_app.config["TRADING_DATA_DIR"]
    wrong: InvalidInput | uploads.WrongOffset | None = None
    with transaction(db.session):
        mends = uploads.mended(db.session, tools().files, lot, sha256, organization)
        uploads.check(db.session, lot, sha256, organization, chunk.total, tools().values(lot, now()), mends)
        upload = uploads.begun(db.session, sha256, organization)
        if mends and upload is not None and upload.completed_at is not None:
            upload.received, upload.completed_at = 0, None
        if upload is None:
            upload = uploads.begin(db.session, lot, sha256, organization, chunk.total, now())
        try:
            uploads.receive(folder, tools().files, upload, chunk, now())
        except (InvalidInput, uploads.WrongOffset) as failure:
            wrong = failure
    return upload, wrong


@access.allow(Role.BIDDER)
def upload_form(code: str) -> ResponseReturnValue:
    """Take a whole ciphertext from a form, for a browser without scripts."""
    lot, organization = find_lot(code, Step.SUBMIT_BID), access.actor().organization_id or ""
    given = request.files.get("ciphertext")
    data = given.read() if given else b""
    if not data:
        flash(_("请先选择 ciphertext.age。"), "error")
    else:
        _upload, wrong = take(lot, hashlib.sha256(data).hexdigest(), organization, uploads.Chunk(0, data, len(data)))
        if wrong is not None:
            raise wrong
        flash(_("密文已上传，请在本页填写信封头并继续。"), "success")
    return redirect(step_url(lot, Step.SUBMIT_BID), 303)


PATH = "/api/v1/lots/<string:code>/uploads/<string:sha256>"
blueprint.add_url_rule(PATH, "upload_state_json", upload_state_json)
blueprint.add_url_rule(PATH, "upload_json", upload_json, methods=["PUT"])
blueprint.add_url_rule("/lots/<string:code>/ciphertext", "upload_form", upload_form, methods=["POST"])
