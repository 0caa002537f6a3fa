"""The notice to the winner 中标（成交）通知书: number, price, and by when the contract is to be signed."""

from __future__ import annotations

from trading.beijing import law_date
from trading.documents.paper import Paper, PaperKind, paragraphs
from trading.documents.record import PaperRecord, yuan


def award_notice(record: PaperRecord, contract_days: int) -> Paper | None:
    """The notice; None before it was sent.

    Arguments:
        contract_days: calendar days from the notice within which the contract is signed (招标投标法第四十六条).
    """
    lot, award, words = record.lot, record.award, record.words
    if award is None or award.notified_at is None:
        return None
    unit = "（每年）" if record.sale is not None and record.sale.a_year else ""
    lines = [
        f"贵单位参加的“{lot.name}”（编号：{lot.code}），经依法组织的交易程序，被确定为{words.winner.zh}。",
        f"一、{'中标' if words.winner.zh.startswith('中标') else '成交'}价{unit}：{yuan(award.price)}。",
        f"二、成交见证号：{award.number}。统一交易标识码：{lot.trading_code}。",
        f"三、请自本通知书发出之日起{contract_days}日内，按照{words.documents.zh}和贵单位的{words.offer.zh}与"
        f"{record.side_of_owner}订立书面合同。",
        f"四、本通知书发出后，{record.side_of_owner}改变结果，或者{words.winner.zh}放弃的，应当依法承担法律责任。",
    ]
    return Paper(
        PaperKind.AWARD, f"{lot.name}{words.award.zh}", award.number or lot.code, tuple(paragraphs(lines)),
        addressee=award.organization.name, signers=((record.side_of_owner, record.owner), ("代理机构", record.agency)),
        made_on=law_date(award.notified_at),
    )  # fmt: skip
