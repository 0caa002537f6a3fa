"""The notice of a procurement or a negotiation 采购公告: in the words of its method, point by point from the record."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from trading.codelists import Course, Method
from trading.methods import METHODS
from trading.models import Lot, TenderTerms
from trading.money import capitals, grouped
from trading.rules.r07_notice import Medium

SEALED = "响应文件由供应商密封至开标密钥持有人的公钥"


def is_procurements(lot: Lot) -> bool:
    """Whether the notice speaks of a procurement: government procurement, or any negotiation."""
    return lot.project.type.is_procurement or (
        lot.method is not None and METHODS[lot.method].course is Course.NEGOTIATION
    )


def procurement_text(lot: Lot, terms: TenderTerms, told: Mapping[str, Any], media: list[Medium]) -> str:
    """The text of the notice.

    Source: 政府采购货物和服务招标投标管理办法第十三条 (contents of a tender's notice); the wording is the county's.
    """
    assert lot.method is not None
    words, project = METHODS[lot.method].words, lot.project
    budget = f"采购预算{grouped(lot.budget)}元" if lot.budget is not None else ""
    ceiling = f"，最高限价{grouped(terms.ceiling)}元（大写：人民币{capitals(terms.ceiling)}）" if terms.ceiling else ""
    bond = f"保证金{grouped(terms.bond)}元，以支票、汇票、本票、保函等非现金形式提交" if terms.bond else "不收取保证金"
    opening = OPENINGS[METHODS[lot.method].course]
    if lot.method is Method.INQUIRY:
        opening = "响应文件开启后由小组评审；供应商一次报出不得更改的价格。"
    elif lot.method in (Method.SINGLE_SOURCE, Method.DIRECT):
        opening = "响应文件开启后，由采购人员与供应商商定合理的价格。"
    paragraphs = (
        f"一、项目概况。{project.owner.name}就{lot.name}（编号：{lot.code}，统一交易标识码：{told['trading_code']}）"
        f"采用{lot.method.zh}方式采购，资金来源为{told['funding'] or '财政资金'}。{budget}{ceiling}。",
        f"二、采购需求。{told['scope']}。履行期限：{terms.duration_days}日历天；质量要求：{terms.quality}；地点：{terms.place}。",
        f"三、{words.party.zh}资格要求。{told['qualification']}。{told['consortium']}。落实促进中小企业发展等政府采购政策。",
        f"四、{words.documents.zh}的获取。{told['documents']}。",
        f"五、{words.offer.zh}的提交。截止时间为{told['deadline']}，在本平台网上密封提交，逾期不予接收；"
        f"{SEALED}：{told['officers']}。{bond}。",
        f"六、开启。{told['place']}。{opening}",
        f"七、公告媒介。{'、'.join(one.zh for one in media)}。",
        f"八、询问与质疑。{words.party.zh}认为采购文件、采购过程或者结果使其权益受到损害的，可以依法提出质疑。"
        f"受理：{told['objection']}。联系人及联系方式：{told['contact']}。",
        f"九、核验。本平台存证的公钥为：{told['record_keys']}。" if told["record_keys"] else "",
    )
    return "\n".join(one.replace("。。", "。") for one in paragraphs if one)


OPENINGS = {
    Course.TENDER: "开标在投标截止的同一时间公开进行，可以在本平台在线参加。",
    Course.NEGOTIATION: "响应文件开启后由小组评审，报价不公开；最后报价在规定时间前密封提交。",
    Course.COMPETITION: "",
}
