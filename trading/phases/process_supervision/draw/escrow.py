"""The escrow of a party that keeps silent 抽取承诺托管: opened by the lot's opening officers, share by share.

A party that saw the other's value first may not stop the draw by staying away (trust.md A.4, withholding). The value
is shown to that party alone, whose other people can sign and reveal it; an escrow that is none is the party's fault.
"""

from __future__ import annotations

import base64
from collections.abc import Mapping
from typing import Any

from trading.codelists import Role
from trading.errors import InvalidInput, Refused
from trading.experts import draw as ptdraw
from trading.models import Draw
from trading.phases.process_supervision.draw.draw_turns import silent_party
from trading.phases.process_supervision.draw.drawing import standing_draw
from trading.sealing import ptbid
from trading.sealing.faults import SealError
from trading.sealing.headers import envelope_id
from trading.steps import Step
from trading.workflow.taking import Taking, effect


def envelopes_of(draw: Draw, party: str) -> list[dict[str, Any]]:
    """What an officer unwraps offline: the header of the party's escrow."""
    header = draw.commits[party]["escrow"]["header"]
    return [{"envelope": envelope_id(header), "header": header}]


@effect(Step.HAND_IN_ESCROW)
def hand_in_escrow(taking: Taking) -> None:
    """Keep an officer's share of the silent party's escrow, checked against its commitment; or why there is none."""
    draw = standing_draw(taking)
    minutes = int(taking.values["draw_silence_minutes"])
    party = silent_party(taking.session, taking.lot, draw, taking.now, minutes)
    if party is None:
        raise Refused(
            "not_silent",
            f"没有一方逾期{minutes}分钟未揭示，不开启托管",
            f"No party has kept silent for {minutes} minutes: no escrow is opened",
        )
    assert taking.actor is not None
    officer, header = taking.actor.signer, draw.commits[party]["escrow"]["header"]
    row = row_of(taking.data["shares"], envelope_id(header))
    if row["value"] is not None:
        try:
            ptbid.checked_share(header, officer, bytes.fromhex(row["value"]))
        except SealError as wrong:
            raise InvalidInput.of("shares", wrong.zh, wrong.en) from wrong
    handed = {**draw.escrow_shares.get(party, {}), officer: {"value": row["value"], "fault": row["fault"]}}
    draw.escrow_shares = {**draw.escrow_shares, party: handed}
    taking.record("document.escrow", {"draw": draw.name, "party": party, "officer": officer})
    tell_party(taking, draw, party)


def row_of(rows: list[dict[str, Any]], envelope: str) -> dict[str, Any]:
    """The one row that is asked for.

    Raises:
        InvalidInput: other envelopes, or neither share nor reason.
    """
    if [row["envelope"] for row in rows] != [envelope]:
        raise InvalidInput.of(
            "shares", "应当只提交失联一方托管信封的分片", "Give the share of the one escrow asked for"
        )
    if (rows[0]["value"] is None) == (rows[0]["fault"] is None):
        raise InvalidInput.of("shares", "应填分片或者不能解开的原因", "Give the share, or why there is none")
    return rows[0]


def tell_party(taking: Taking, draw: Draw, party: str) -> None:
    """Once the quorum is there, the party hears that it can reveal, or the supervisor that the escrow is no value."""
    try:
        if rebuilt(draw, party) is None:
            return
    except SealError:
        zh = f"“{taking.lot.name}”一方托管的承诺值无效，请中止本次抽取并写明责任方。"
        en = f"“{taking.lot.name}”: an escrow holds no value; abort the draw, naming who is to blame."
        taking.tell_role(Role.SUPERVISOR, ("托管无效", zh), ("The escrow is void", en))
        taking.receipt["escrow"] = "void"
        return
    zh = f"“{taking.lot.name}”本方托管的承诺值已由开标密钥持有人开启，本方任何人员均可签名揭示。"
    taking.tell_role(
        Role(party), ("请揭示", zh),
        ("Please reveal", f"Your escrow for “{taking.lot.name}” is open: anybody of yours can sign and reveal."),
    )  # fmt: skip
    taking.receipt["escrow"] = "open"


def rebuilt(draw: Draw, party: str) -> bytes | None:
    """The party's value from the officers' shares; None while too few are there.

    Raises:
        SealError: the quorum is there, and the escrow is not the value that the party committed to.
    """
    escrow, shares = draw.commits[party]["escrow"], values_of(draw.escrow_shares.get(party, {}))
    try:
        key = ptbid.combine(escrow["header"], shares)
    except ptbid.ShareError:
        return None
    secret = ptbid.open_envelope(escrow["header"], base64.b64decode(escrow["ciphertext"]), key, party).content
    if len(secret) != 32 or ptdraw.anchor(draw.name, party, secret).hex() != draw.commits[party]["anchor"]:
        raise SealError("托管的不是所承诺的值", "The escrow does not hold the value committed to")
    return secret


def values_of(handed: Mapping[str, Mapping[str, str | None]]) -> dict[str, bytes]:
    """The shares among what officers handed in."""
    return {officer: bytes.fromhex(one["value"]) for officer, one in handed.items() if one["value"]}


def is_rebuilt(draw: Draw, party: str) -> bool:
    """Whether the officers' shares give the party's value."""
    if party not in draw.commits:
        return False
    try:
        return rebuilt(draw, party) is not None
    except SealError:
        return False
