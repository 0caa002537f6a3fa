"""Who can open the bids 开标密钥持有人: groups of officers, appointed before the notice, named and fixed by it."""

from __future__ import annotations

import hashlib
from typing import Any

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from trading.codelists import Role
from trading.errors import InvalidInput, Refused, Words
from trading.models import Lot, OpeningOfficer, User
from trading.steps import Step
from trading.workflow.keys import key_in_force, recipient_in_force
from trading.workflow.taking import Taking, effect


def appointed(session: Session, lot: Lot) -> list[tuple[OpeningOfficer, User]]:
    """The officers of a lot with their accounts, by group and place."""
    query = select(OpeningOfficer, User).join(User, User.id == OpeningOfficer.user_id)
    query = query.where(OpeningOfficer.lot_id == lot.id).order_by(OpeningOfficer.group, OpeningOfficer.place)
    return [(officer, user) for officer, user in session.execute(query).unique()]


@effect(Step.APPOINT_OFFICERS)
def appoint_officers(taking: Taking) -> None:
    """Name the groups anew; every group is needed for the opening, of each as many as its threshold says."""
    groups = read_groups(taking.data["officers"])
    accounts = accounts_of(taking, [one for _threshold, members in groups for one in members])
    taking.session.execute(delete(OpeningOfficer).where(OpeningOfficer.lot_id == taking.lot.id))
    for number, (threshold, members) in enumerate(groups):
        for place, user_id in enumerate(members, 1):
            taking.session.add(
                OpeningOfficer(
                    lot_id=taking.lot.id, group=number, place=place, threshold=threshold, user_id=user_id,
                    appointed_at=taking.now,
                )
            )  # fmt: skip
    told = [{"k": threshold, "officers": [accounts[one].signer for one in members]} for threshold, members in groups]
    taking.record("document.officers", {"groups": told})
    taking.receipt["officers"] = len(accounts)
    name = taking.lot.name
    taking.tell(
        ("您已被确定为开标密钥持有人", f"“{name}”开标须由您提交密钥分片；请确认密钥可用，并在开标前参加演练。"),
        (
            "You are an opening officer",
            f"Opening “{name}” needs your shares; check your key, take part in the rehearsal.",
        ),
        users=accounts,
    )


def read_groups(rows: list[dict[str, Any]]) -> list[tuple[int, list[str]]]:
    """(threshold, accounts) of each group, in the order of the groups' numbers.

    Raises:
        InvalidInput: numbers with a gap, a threshold nobody can meet or given twice, an officer twice.
    """
    numbers = sorted({row["group"] for row in rows})
    wrong: list[Words] = []
    if numbers != list(range(1, len(numbers) + 1)):
        wrong.append(Words("组号应从1起连续编号", "Groups are numbered from 1 without a gap"))
    officers = [row["officer"] for row in rows]
    if len(set(officers)) != len(officers):
        wrong.append(Words("同一持有人只能列入一组", "An officer sits in one group only"))
    groups = []
    for number in numbers:
        members = [row["officer"] for row in rows if row["group"] == number]
        thresholds = {row["threshold"] for row in rows if row["group"] == number}
        if len(thresholds) != 1 or not 1 <= min(thresholds) <= len(members):
            text = f"第{number}组的开启人数应一致，且不超过本组人数"
            wrong.append(Words(text, f"Group {number} has one threshold, not above its number of officers"))
        groups.append((min(thresholds), members))
    if wrong:
        raise InvalidInput({"officers": wrong})
    return groups


def accounts_of(taking: Taking, wanted: list[str]) -> dict[str, User]:
    """The accounts by id, when each is an opening officer with both keys, and no human is named twice.

    Raises:
        InvalidInput: somebody is not.
    """
    query = select(User).where(User.id.in_(wanted), User.role == Role.OPENING_OFFICER, User.active)
    found = {one.id: one for one in taking.session.scalars(query).unique()}
    if set(found) != set(wanted):
        raise InvalidInput.of("officers", "只能选择开标密钥持有人的账户", "Choose accounts of opening officers")
    if len({one.person for one in found.values()}) != len(found):
        raise InvalidInput.of("officers", "同一人不得以两个账户持有密钥", "One person may not hold two keys")
    for one in found.values():
        has_key = key_in_force(taking.session, one.signer) is not None
        if not has_key or recipient_in_force(taking.session, one.signer) is None:
            raise InvalidInput.of("officers", f"{one.name}尚未登记密钥", f"{one.name} has not registered the keys yet")
    return found


def published_groups(session: Session, lot: Lot) -> list[dict[str, Any]]:
    """The groups as notice and envelopes name them (trust.md §8.8), with the recipients in force now.

    Raises:
        Refused: no officers are appointed, or one has no keys any more.
    """
    groups: list[dict[str, Any]] = []
    for officer, user in appointed(session, lot):
        recipient = recipient_in_force(session, user.signer)
        if recipient is None or key_in_force(session, user.signer) is None:
            raise Refused("no_officer_key", f"{user.name}没有有效的开标密钥", f"{user.name} has no key in force")
        if officer.group == len(groups):
            groups.append({"k": officer.threshold, "officers": []})
        groups[officer.group]["officers"].append({"id": user.signer, "recipient": recipient})
    if lot.parts and not groups:
        raise Refused(
            "no_officers",
            "请先由交易中心确定开标密钥持有人",
            "The centre appoints the opening officers before the notice",
        )
    return groups


def fingerprint(recipient: str) -> str:
    """Sixteen hex digits by which a recipient is read out and compared."""
    return hashlib.sha256(recipient.encode()).hexdigest()[:16]


def officers_told(groups: list[dict[str, Any]]) -> str:
    """The groups as the notice prints them: how many of each, and the fingerprints of the keys."""
    told = []
    for number, group in enumerate(groups, 1):
        marks = "、".join(fingerprint(one["recipient"]) for one in group["officers"])
        told.append(f"第{number}组须{group['k']}人到场（公钥指纹：{marks}）")
    return "；".join(told)
