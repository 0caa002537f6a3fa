"""What the contract of a disposal says 成交合同文本: the text that is signed and kept, and the notice of it."""

from __future__ import annotations

from trading.beijing import day_zh
from trading.models import Contract, Delivery, Lot
from trading.money import capitals, grouped


def signed_text(lot: Lot, contract: Contract, buyer: str, delivery: Delivery) -> str:
    """The contract of a disposal as a text, kept with the lot when it is signed."""
    bond = "无" if not contract.performance_bond else f"{grouped(contract.performance_bond)}元"
    how = "分期付款" if delivery.instalments else "一次付清"
    by = f"，不迟于{day_zh(delivery.pay_by)}付清" if delivery.pay_by else ""
    return "\n".join(
        (
            f"{lot.name}成交合同",
            f"合同编号：{contract.number}",
            f"转让方（出让方、出租方）：{lot.project.owner.name}；受让方（承租方）：{buyer}",
            f"标的：{contract.scope}",
            f"合同总价：{grouped(contract.price)}元（大写：人民币{capitals(contract.price)}）",
            f"付款：{how}{by}；交付前应付清{grouped(delivery.due_before)}元",
            f"期限：{f'{contract.duration_days}日' if contract.duration_days else '无期限（所有权或者使用权转移）'}",
            f"履约保证金：{bond}",
            f"签订日期：{contract.signed_on}；内容指纹：{contract.digest}",
        )
    )


def contract_notice(lot: Lot, contract: Contract, buyer: str) -> str:
    """The text of the contract notice of a disposal."""
    return "\n".join(
        (
            f"{lot.name}（标的编号：{lot.code}）成交合同已经订立，现将合同订立信息公开如下。",
            f"一、合同编号：{contract.number}；签订日期：{contract.signed_on}",
            f"二、转让方（出让方、出租方）：{lot.project.owner.name}；受让方（承租方）：{buyer}",
            f"三、合同总价：{grouped(contract.price)}元（大写：人民币{capitals(contract.price)}）",
            f"四、标的：{contract.scope}",
        )
    )
