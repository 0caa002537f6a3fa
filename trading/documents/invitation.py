"""The letter of invitation 邀请书: to one who may take part where not everybody may."""

from __future__ import annotations

from trading.beijing import law_date, moment_zh
from trading.documents.paper import Paper, PaperKind, paragraphs
from trading.documents.record import PaperRecord, yuan


def invitation(record: PaperRecord, addressee: str) -> Paper | None:
    """The invitation to ``addressee``; None before the notice is out.

    Source: 招标投标法第十七条 (three at least, in writing); the wording is the county's own standard text.
    """
    lot, words = record.lot, record.words
    if lot.published_at is None or lot.bid_deadline is None:
        return None
    method = lot.method.zh if lot.method else ""
    terms = record.terms
    lines = [
        f"{record.owner}就“{lot.name}”（编号：{lot.code}）采用{method}方式组织交易，现邀请贵单位作为{words.party.zh}参加。",
        f"一、项目内容：{lot.scope or lot.title}。",
        f"二、{words.documents.zh}：自本邀请书发出之日起至"
        f"{moment_zh(lot.documents_until) if lot.documents_until else moment_zh(lot.bid_deadline)}，"
        "可以登录本平台在标段页面免费获取。",
        f"三、{words.offer.zh}的递交：截止时间为{moment_zh(lot.bid_deadline)}，在本平台网上密封递交；逾期的，平台不予接收。",
    ]
    if terms is not None and terms.ceiling is not None:
        lines.append(f"四、最高限价：{yuan(terms.ceiling)}。")
    if terms is not None and terms.bond:
        lines.append(f"五、保证金：{yuan(terms.bond)}，可以银行转账、保函或者保证保险的形式提交。")
    lines.append("请贵单位收到本邀请书后在平台确认是否参加。被邀请单位的名称和数量在开启之前保密。")
    return Paper(
        PaperKind.INVITATION, f"{lot.name}{_title(record)}", lot.code, tuple(paragraphs(lines)), addressee=addressee,
        signers=((record.side_of_owner, record.owner),), made_on=law_date(lot.published_at),
    )  # fmt: skip


def _title(record: PaperRecord) -> str:
    """What the letter is called: an invitation to bid, to negotiate, to quote."""
    notice = record.words.notice.zh
    return "投标邀请书" if notice == "招标公告" else f"{record.lot.method.zh if record.lot.method else ''}邀请书"
