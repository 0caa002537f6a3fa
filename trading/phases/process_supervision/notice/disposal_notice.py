"""The notice of a disposal by tender 招标出让（转让、出租）公告: bids in envelopes for what is sold, let or granted."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from sqlalchemy.orm import Session

from trading.codelists import ProjectType
from trading.errors import InvalidInput
from trading.models import Lot, TenderTerms
from trading.money import capitals, grouped
from trading.rules.r07_notice import Medium
from trading.workflow.sale_record import sale_of, total_of

FARMLAND = ("farmland", "agricultural_use_kept")


def sale_told(session: Session, lot: Lot, data: Mapping[str, Any]) -> dict[str, Any]:
    """What the notice of a disposal says besides: the object, its start and who goes first; nothing for a purchase.

    Raises:
        InvalidInput: a village does not say whether it is farmland, which R13.C15 asks.
    """
    if lot.project.type.is_purchase:
        return {}
    village = lot.project.type is ProjectType.RURAL
    if village and data["farmland"] is None:
        raise InvalidInput.of("farmland", "请说明标的是否为农用地", "Say whether it is farmland")
    sale = sale_of(session, lot)
    start = total_of(sale, sale.starting_price)
    told = {"description": sale.description, "starting_price": str(start), "priority": sale.priority or ""}
    return told | ({name: data[name] for name in FARMLAND} if village else {})


def disposal_text(lot: Lot, terms: TenderTerms, told: Mapping[str, Any], media: list[Medium]) -> str:
    """The text of the notice, in the county's own words."""
    owner, start = lot.project.owner.name, told["starting_price"]
    bond = f"保证金{grouped(terms.bond)}元，应当于截止时间前到账" if terms.bond else "不收取保证金"
    priority = f"优先权：{told['priority']}，同等条件下优先。" if told["priority"] else "没有优先权人。"
    keys = f"九、核验。本平台存证的公钥为：{told['record_keys']}。" if told["record_keys"] else ""
    paragraphs = (
        f"一、{owner}对{lot.name}（编号：{lot.code}，统一交易标识码：{told['trading_code']}）以招标方式公开处置。",
        f"二、标的。{told['description']}。范围：{told['scope']}。",
        f"三、竞买人条件。{told['qualification']}。{told['consortium']}。{told['lot_limit']}",
        f"四、起始价{grouped(start)}元（大写：人民币{capitals(start)}），低于起始价的投标无效；{bond}。{priority}",
        f"五、文件。{told['documents']}。",
        f"六、投标截止时间为{told['deadline']}，在本平台网上密封递交，密封至开标密钥持有人的公钥：{told['officers']}。"
        f"开标于同一时间在{told['place']}公开进行。",
        f"七、本公告在{'、'.join(one.zh for one in media)}同时发布，内容一致。",
        f"八、异议受理：{told['objection']}。联系人及联系方式：{told['contact']}。",
        *((keys,) if keys else ()),
    )
    return "\n".join(paragraph.replace("。。", "。") for paragraph in paragraphs)
