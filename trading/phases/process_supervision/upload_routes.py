"""The operation by which a ciphertext is uploaded 密文上传接口: ``PUT`` a chunk, ``GET`` how far it is."""

from __future__ import annotations

from typing import Any

from flask import current_app, jsonify, request
from flask.typing import ResponseReturnValue

from trading.codelists import Role
from trading.database import db, transaction
from trading.errors import InvalidInput
from trading.models import Upload
from trading.phases.process_supervision import uploads
from trading.phases.process_supervision.blueprint import blueprint
from trading.steps import Step
from trading.web import access, exchange
from trading.web.steps import find_lot, now, tools

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
        except (InvalidInput, uploads.WrongOffset) as failure:  # the upload stands where it stands, and that is kept
            wrong = failure
    if isinstance(wrong, uploads.WrongOffset):
        return jsonify(told(upload) | {"message": wrong.sentence(exchange.language())}), 409
    if wrong is not None:
        raise wrong
    return jsonify(told(upload)), 201 if upload.completed_at else 200


PATH = "/api/v1/lots/<string:code>/uploads/<string:sha256>"
blueprint.add_url_rule(PATH, "upload_state_json", upload_state_json)
blueprint.add_url_rule(PATH, "upload_json", upload_json, methods=["PUT"])
