"""The verifiable draw of experts 专家抽取 (``ptdraw/1``): planned, committed to, narrowed, revealed, or aborted."""

from __future__ import annotations

import base64
import hashlib
from datetime import UTC
from typing import Any

from sqlalchemy import select

from trading.beijing import law_date
from trading.codelists import Role
from trading.errors import InvalidInput, Refused, Words
from trading.experts.pool import ExclusionCode, need_of, proposed_exclusions
from trading.experts.standing import on_leave
from trading.ledger.actions import is_signed, message
from trading.models import Draw, Expert, Invitation, User
from trading.sealing.faults import SealError
from trading.sealing.headers import check_header, envelope_id
from trading.steps import Step
from trading.workflow import draw_book
from trading.workflow.concerned import tell_owner
from trading.workflow.draw_record import PARTIES, ended, newest_draw
from trading.workflow.keys import key_in_force
from trading.workflow.taking import Taking, effect
from trading.workflow.who import refuse_same_person

WITNESSES = (Role.NOTARY, Role.BIDDER)
LARGEST_ESCROW = 4096


def standing_draw(taking: Taking) -> Draw:
    """The draw that is under way.

    Raises:
        Refused: there is none.
    """
    found = newest_draw(taking.session, taking.lot)
    if found is None or ended(found):
        raise Refused("no_draw", "目前没有进行中的抽取，请先提出评标委员会组成需求", "No draw is under way")
    return found


def party_of(taking: Taking) -> str:
    """The party for which this person acts: centre or supervisor."""
    assert taking.actor is not None
    return taking.actor.role.value


@effect(Step.COMMIT_DRAW)
def commit_draw(taking: Taking) -> None:
    """A party binds itself to a value that it alone knows; the first draw is bound before bidding closes."""
    draw, party = standing_draw(taking), party_of(taking)
    if party in draw.commits:
        raise Refused("committed", "本方已提交承诺", "This party has committed already")
    if any(other not in draw.commits for other in PARTIES[: PARTIES.index(party)]):
        raise Refused("not_your_turn", "应当由交易中心先提交承诺", "The centre commits first")
    closed = taking.lot.closed_at is not None
    if draw.number == 1 and (closed or (taking.lot.bid_deadline is not None and taking.now >= taking.lot.bid_deadline)):
        raise Refused(
            "too_late",
            "首次抽取的承诺应当在投标截止前提交；请由监管机构中止本次抽取，再重新提出",
            "Commitments to the first draw are due before bidding closes: let the supervisor abort it and plan anew",
        )
    refuse_same_person(taking.session, taking.actor, [one["by"] for one in draw.commits.values()])
    escrow = checked_escrow(taking, draw, party)
    anchor = taking.data["anchor"]
    body = {"draw": draw.name, "party": party, "anchor": anchor, "escrow": envelope_id(escrow["header"])}
    taking.record_signed("draw.commit", body)
    at = taking.now.astimezone(UTC).isoformat()
    draw.commits = {**draw.commits, party: {"anchor": anchor, "at": at, "by": taking.actor_id, "escrow": escrow}}
    taking.receipt["anchor"] = anchor


def checked_escrow(taking: Taking, draw: Draw, party: str) -> dict[str, Any]:
    """The party's value as it is sealed to the opening officers, who can open it when the party stays away.

    Raises:
        InvalidInput: not sealed to the lot's officers for this party and draw, or cut off.
    """
    escrow: dict[str, Any] = taking.data["escrow"]
    try:
        header, ciphertext = escrow["header"], base64.b64decode(escrow["ciphertext"], validate=True)
        check_header(header, taking.lot.groups, taking.lot.code, [f"draw-{draw.number}-{party}"], LARGEST_ESCROW)
    except SealError as wrong:
        raise InvalidInput.of("escrow", wrong.zh, wrong.en) from wrong
    except (KeyError, TypeError, ValueError) as wrong:
        raise InvalidInput.of(
            "escrow", "托管信封应含 header 与 ciphertext", "An escrow has header and ciphertext"
        ) from wrong
    whole = len(ciphertext) == header["ct_len"] and hashlib.sha256(ciphertext).hexdigest() == header["ct_sha256"]
    if not whole or set(escrow) != {"header", "ciphertext"}:
        raise InvalidInput.of("escrow", "托管密文与其摘要不符", "The escrow is not the one of its digest")
    return escrow


def sealed_experts(taking: Taking, draw: Draw) -> dict[str, Expert]:
    """The persons behind the leaves; for the machine alone."""
    book = draw_book.opened(taking, draw)
    experts = taking.session.scalars(select(Expert).where(Expert.id.in_(set(book.values()))))
    by_id = {one.id: one for one in experts}
    return {leaf: by_id[expert] for leaf, expert in book.items()}


def machine_exclusions(taking: Taking, draw: Draw) -> dict[str, str]:
    """Leaf id to code, as employer, past employers, relatives and earlier refusals give them."""
    refused = taking.session.scalars(
        select(Invitation.expert_id).where(
            Invitation.lot_id == taking.lot.id, Invitation.draw_id != draw.id, Invitation.refused_at.is_not(None)
        )
    ).all()
    sits_on = law_date(draw.evaluation_at) if draw.evaluation_at else None
    need = need_of(taking.session, taking.lot, taking.today, sits_on)
    away = on_leave(taking.session, need.sitting)
    found = proposed_exclusions(sealed_experts(taking, draw), need, refused, away)
    return {leaf: code.value for leaf, code in found.items()}


@effect(Step.EXCLUDE_EXPERTS)
def exclude_experts(taking: Taking) -> None:
    """The centre puts forward who must stand aside, by leaf; the machine's own findings cannot be left out."""
    draw = standing_draw(taking)
    if set(draw.commits) != set(PARTIES):
        raise Refused("not_committed", "双方承诺尚未提交", "Both parties commit first")
    refuse_after_confirmation(draw)
    ids = machine_exclusions(taking, draw)
    leaves = {leaf["id"] for leaf in draw.pool}
    added = {row["leaf"]: row["code"].value for row in taking.data["added"]}
    unknown = sorted(set(added) - leaves)
    if unknown:
        raise InvalidInput({"added": [Words(f"名册中没有 {one}", f"{one} is not in the pool") for one in unknown]})
    ids = added | ids
    reasons = {row["leaf"]: row["reason"] for row in taking.data["added"]}
    draw.exclusions = {"ids": ids, "codes": sorted(set(ids.values())), "reasons": reasons, "actor": own_id(taking)}
    draw.exclusions_by_id = taking.actor_id
    signature = taking.sign("draw.exclusions", exclusions_body(draw))
    draw.exclusion_signatures = [signature] if signature else []
    taking.receipt["excluded"] = len(ids)


def own_id(taking: Taking) -> str:
    """The person id of whoever acts."""
    assert taking.actor is not None
    return taking.actor.signer


def exclusions_body(draw: Draw) -> dict[str, Any]:
    """What both parties sign of the exclusions (trust.md §8.9)."""
    assert draw.exclusions is not None
    return {"draw": draw.name, "ids": draw.exclusions["ids"], "codes": draw.exclusions["codes"]}


def refuse_after_confirmation(draw: Draw) -> None:
    """Exclusions stand once both have agreed.

    Raises:
        Refused: they have.
    """
    if draw.exclusions_confirmed_by_id is not None:
        raise Refused("exclusions_stand", "回避名单已经双方确认，不能再改", "The exclusions are confirmed and stand")


@effect(Step.CONFIRM_EXCLUSIONS)
def confirm_exclusions(taking: Taking) -> None:
    """The supervisor signs the same content as the centre; from now on the exclusions stand."""
    draw = standing_draw(taking)
    refuse_after_confirmation(draw)
    if draw.exclusions is None:
        raise Refused("no_exclusions", "交易中心尚未提出回避名单", "The centre has not put the exclusions forward")
    refuse_same_person(taking.session, taking.actor, [draw.exclusions_by_id])
    if not machine_exclusions(taking, draw).items() <= draw.exclusions["ids"].items():
        raise Refused("exclusions_old", "回避情形已有变化，请交易中心重新提出", "Facts changed: to be put forward anew")
    body, by = exclusions_body(draw), draw.exclusions["actor"]
    if draw.exclusion_signatures != still_good(taking, "draw.exclusions", body, by, draw.exclusion_signatures):
        raise Refused("exclusions_old", "交易中心已换签名密钥，请重新提出", "The centre's key changed: put them anew")
    signature = taking.sign("draw.exclusions", body, actor=by)
    draw.exclusions_confirmed_by_id = taking.actor_id
    if signature is not None:
        draw.exclusion_signatures = [*draw.exclusion_signatures, signature]
        taking.record("draw.exclusions", body | {"sigs": draw.exclusion_signatures}, by)


def still_good(taking: Taking, kind: str, body: dict[str, Any], actor: str, kept: list[Any]) -> list[Any]:
    """The kept signatures that hold under the keys in force now: an entry's signatures are judged by these (§8.7)."""
    text, good = message(taking.lot.code, kind, actor, body), []
    for one in kept:
        key = key_in_force(taking.session, one["signer"])
        if key is not None and is_signed(key.public, text, one["sig"]):
            good.append(one)
    return good


@effect(Step.ROLL_DICE)
def roll_dice(taking: Taking) -> None:
    """The number thrown in public is typed in; it counts once two witnesses have signed it."""
    draw = standing_draw(taking)
    if draw.exclusions_confirmed_by_id is None:
        raise Refused("not_confirmed", "回避名单尚未经双方确认", "The exclusions are not confirmed")
    if draw.dice_witnesses:
        raise Refused("dice_rolled", "掷数已经见证，不能再改", "The dice are witnessed and stand")
    draw.dice, draw.dice_by_id, draw.dice_recorded_at = taking.data["dice"], taking.actor_id, taking.now
    text = f"“{taking.lot.name}”公开掷数已录入，请当场核对并签名见证。"
    taking.tell_role(
        Role.NOTARY,
        ("请见证公开掷数", text),
        ("Witness the dice", f"The dice for “{taking.lot.name}” await witnesses."),
    )


@effect(Step.WITNESS_DICE)
def witness_dice(taking: Taking) -> None:
    """A witness signs the number: the notary, and a bidder's representative; with both it is on record."""
    draw, actor = standing_draw(taking), taking.actor
    assert actor is not None
    if draw.dice is None:
        raise Refused("no_dice", "公开掷数尚未录入", "The dice are not typed in yet")
    if len(draw.dice_witnesses) == len(WITNESSES):
        raise Refused("dice_rolled", "掷数已经见证，不能再改", "The dice are witnessed and stand")
    typist = taking.session.get_one(User, draw.dice_by_id).signer
    body = {"draw": draw.name, "value": draw.dice}
    before = still_good(taking, "draw.dice", body, typist, draw.dice_witnesses)
    if actor.role.value in [one["role"] for one in before]:
        raise Refused("witnessed", "公证人员与投标人代表各见证一次", "The notary and one bidder sign once each")
    refuse_same_person(taking.session, actor, [one["user"] for one in before])
    signature = taking.sign("draw.dice", body, actor=typist)
    if signature is None:
        return
    own = {"role": actor.role.value, "user": actor.id, "name": actor.name, **signature}
    draw.dice_witnesses = [*before, own]
    if len(draw.dice_witnesses) < len(WITNESSES):
        return
    sigs = [{"signer": one["signer"], "sig": one["sig"]} for one in draw.dice_witnesses]
    taking.record("draw.dice", body | {"sigs": sigs}, typist)
    tell_parties(taking, "需揭示抽取承诺", f"“{taking.lot.name}”掷数已经见证，请交易中心、监管机构依次揭示。",
                 "Reveal for the draw", f"The dice for “{taking.lot.name}” are on record; reveal in turn.")  # fmt: skip


@effect(Step.ABORT_DRAW)
def abort_draw(taking: Taking) -> None:
    """The supervisor ends a draw for a reason on record; nothing of it can be used again."""
    draw, data = standing_draw(taking), taking.data
    draw.aborted_reason = data["reason"]
    blame = data["blame"].value
    taking.record_signed("draw.aborted", {"draw": draw.name, "reason": data["reason"], "blame": blame})
    told = taking.session.scalars(
        select(User.id)
        .join(Invitation, Invitation.expert_id == User.expert_id)
        .where(Invitation.draw_id == draw.id, Invitation.refused_at.is_(None))
    ).all()
    taking.tell(
        ("评标邀请取消", f"“{taking.lot.name}”本次抽取已中止，原邀请取消。"),
        ("Invitation withdrawn", f"The draw for “{taking.lot.name}” was aborted; the invitation is withdrawn."),
        users=told,
    )
    tell_parties(taking, "抽取中止", f"“{taking.lot.name}”本次抽取已中止：{data['reason']}",
                 "Draw aborted", f"The draw for “{taking.lot.name}” was aborted: {data['reason']}")  # fmt: skip


def tell_parties(taking: Taking, *words: str) -> None:
    """Deliver (subject, text) in Chinese and English to the parties of the draw and to the owner."""
    zh, en = (words[0], words[1]), (words[2], words[3])
    taking.tell_role(Role.CENTRE, zh, en)
    taking.tell_role(Role.SUPERVISOR, zh, en)
    tell_owner(taking, zh, en)


def exclusion_counts(exclusions: dict[str, Any] | None) -> list[tuple[ExclusionCode, int]]:
    """How many were excluded under each code."""
    codes = list((exclusions or {}).get("ids", {}).values())
    return [(code, codes.count(code.value)) for code in ExclusionCode if code.value in codes]
