"""The shell of the contract 合同文本: parties, object, price and terms as documents and offer fixed them."""

from __future__ import annotations

from trading.documents.paper import Block, Heading, Paper, PaperKind, pairs, paragraphs
from trading.documents.record import PaperRecord, yuan


def contract(record: PaperRecord) -> Paper | None:
    """The contract as drafted or signed, before the draft a shell from the award; None before the award.

    Source: 招标投标法第四十六条 (no agreement that departs from documents and bid).
    """
    lot, award, kept = record.lot, record.award, record.contract
    if award is None or award.notified_at is None:
        return None
    words, unit = record.words, "（每年）" if record.sale is not None and record.sale.a_year else ""
    first, second = ("发包人（甲方）", "承包人（乙方）") if lot.project.type.value == "works" else ("甲方", "乙方")
    facts: list[tuple[str, object]] = [
        (first, record.owner), (second, award.organization.name), ("项目", lot.name),
        ("统一交易标识码", lot.trading_code or ""), ("成交见证号", award.number or ""),
        ("合同编号", kept.number if kept else ""), (f"合同价款{unit}", yuan(kept.price if kept else award.price)),
        ("履行期限", f"{kept.duration_days}日历天" if kept and kept.duration_days else ""),
        ("质量标准", kept.quality if kept else ""), ("负责人", kept.manager if kept else ""),
        ("履约担保", yuan(kept.performance_bond) if kept else ""),
    ]  # fmt: skip
    terms = [
        f"一、本合同由{words.documents.zh}、{words.offer.zh}、{words.award.zh}及本合同条款组成，相互解释；不一致的，以对{words.winner.zh}"
        "承诺要求更高者为准。",
        f"二、标的与范围：{kept.scope if kept and kept.scope else lot.scope or lot.title}",
        f"三、付款：{_payment(record)}",
        "四、变更：不得改变实质性内容；依法可以变更的，按平台记录的程序办理并公开。",
        "五、违约：一方不履行或者不按约定履行的，承担继续履行、采取补救措施、赔偿损失等责任。",
        "六、争议：协商不成的，向有管辖权的人民法院起诉，或者依照仲裁协议申请仲裁。",
        "七、本合同自双方签署之日起生效，并在规定期限内在平台公开。",
    ]
    blocks: list[Block] = [pairs(facts), Heading("条款"), *paragraphs(terms)]
    return Paper(
        PaperKind.CONTRACT, f"{lot.name}合同", kept.number if kept else lot.code, tuple(blocks),
        signers=((first, record.owner), (second, award.organization.name)), made_on=kept.signed_on if kept else None,
    )  # fmt: skip


def _payment(record: PaperRecord) -> str:
    if not record.purchase:
        return "价款按成交确认书约定的期限缴入指定账户，全部缴清后交付标的、办理登记。"
    days = record.contract.payment_days if record.contract else None
    return f"验收（交付）合格后{days}日内支付。" if days else "按文件规定的期限支付，对中小企业不超过法定期限。"
