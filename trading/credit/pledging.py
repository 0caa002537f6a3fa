"""Integrity pledges 廉洁诚信承诺: one in set form for each bidder, agency and expert of a lot (R18.C13)."""

from __future__ import annotations

import hashlib

from sqlalchemy import select

from trading.codelists import Role
from trading.errors import InvalidInput, NotAllowed, Refused
from trading.models import Pledge
from trading.models.columns import new_id
from trading.steps import Step
from trading.workflow.taking import Taking, effect

FORM = "2026-1"
COMMON_ZH = "遵守公共资源交易法律法规和本平台规则；所提供的材料真实、完整；不行贿、不受贿，不以任何方式输送利益。"
COMMON_EN = (
    "To keep the law of public resource trading and the rules of this platform; to hand in true and complete papers; "
    "to give or take no bribe and no advantage."
)
TEXTS: dict[Role, tuple[str, str]] = {
    Role.BIDDER: (
        f"{COMMON_ZH}不与其他投标人、项目单位或者代理机构串通；不借用资质；不弄虚作假；不捏造事实投诉。",
        f"{COMMON_EN} To collude with nobody, to borrow no qualification, to fabricate no complaint.",
    ),
    Role.AGENCY: (
        f"{COMMON_ZH}在委托范围内办理；保守秘密；不与任何投标人串通；不在所代理的项目中投标或者咨询。",
        f"{COMMON_EN} To stay within the entrustment, to keep secrets, to collude with no bidder, to bid in nothing.",
    ),
    Role.EXPERT: (
        f"{COMMON_ZH}客观公正评审；有利害关系的主动回避；不私下接触投标人；不泄露评审情况。",
        f"{COMMON_EN} To evaluate justly, to stand back where interested, to meet no bidder, to disclose nothing.",
    ),
}


@effect(Step.SIGN_PLEDGE)
def sign_pledge(taking: Taking) -> None:
    """Sign the pledge of one's role, once a lot: an organisation for itself, an expert for himself.

    Raises:
        InvalidInput: it was not agreed to.
        Refused: it was signed already.
    """
    user = taking.actor
    if user is None or user.role not in TEXTS:
        raise NotAllowed()
    if not taking.data["agreed"]:
        raise InvalidInput.of("agreed", "未同意承诺内容的，不能签署", "Who does not agree cannot sign")
    signer = (user.expert_id if user.role is Role.EXPERT else user.organization_id) or user.id
    mine = (Pledge.lot_id == taking.lot.id, Pledge.signer == signer)
    if taking.session.scalar(select(Pledge.id).where(*mine)) is not None:
        raise Refused("pledged", "本标段的承诺已经签署", "The pledge for this lot is signed")
    text = TEXTS[user.role][0]
    taking.session.add(
        Pledge(
            id=new_id(), lot_id=taking.lot.id, signer=signer, role=user.role, organization_id=user.organization_id,
            user_id=user.id, signatory=taking.data["signatory"], form=FORM,
            digest=hashlib.sha256(text.encode()).hexdigest(), signed_at=taking.now,
        )
    )  # fmt: skip
