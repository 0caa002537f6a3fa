"""The shell of the tender documents 文件文本: chapters filled from the record, the rest left to the owner."""

from __future__ import annotations

from trading.beijing import law_date, moment_zh
from trading.codelists import Course, EvaluationMethod
from trading.documents.paper import Block, Heading, Paper, PaperKind, Table, Text, pairs, paragraphs
from trading.documents.published import published
from trading.documents.record import PaperRecord, yuan

HANDLING = {
    Course.TENDER: "开启在截止的同一时间公开进行，由开标密钥持有人提交分片后逐份解密、唱标并制作开启记录。",
    Course.NEGOTIATION: "响应文件在截止后开启供小组审阅，报价不公开；各轮报价在规定时间前密封递交。",
    Course.COMPETITION: "报名截止后由平台随机分配竞价牌号；竞价以平台服务器时间为准，报价一经作出不得撤回。",
}


def tender_document(record: PaperRecord) -> Paper:
    """The whole text as it stands: notice, instructions with their table of data, evaluation, contract terms, forms."""
    lot, words = record.lot, record.words
    blocks: list[Block] = [
        Heading(f"第一章 {words.notice.zh}", 1), *_notice(record),
        Heading(f"第二章 {words.party.zh}须知", 1), *_instructions(record),
        Heading("第三章 评审与确定结果的办法", 1), *_evaluation(record),
        Heading("第四章 合同主要条款", 1), *_contract(record),
        Heading("第五章 标的与需求", 1), *_object(record),
        Heading(f"第六章 {words.offer.zh}格式", 1), *_forms(record),
    ]  # fmt: skip
    made_on = law_date(lot.published_at) if lot.published_at else None
    signers = tuple(one for one in ((record.side_of_owner, record.owner), ("代理机构", record.agency)) if one[1])
    return Paper(
        PaperKind.DOCUMENTS, f"{lot.name}{words.documents.zh}", lot.code, tuple(blocks), signers=signers,
        made_on=made_on,
    )  # fmt: skip


def _notice(record: PaperRecord) -> list[Block]:
    found = published(record, PaperKind.NOTICE)
    if found is None:
        return [Text(f"{record.words.notice.zh}发布后并入本章。")]
    return list(found.blocks)


def _instructions(record: PaperRecord) -> list[Block]:
    lot, terms, sale, words = record.lot, record.terms, record.sale, record.words
    data: list[tuple[str, object]] = [
        ("项目名称", lot.name), ("编号", lot.code), ("统一交易标识码", lot.trading_code or ""),
        (record.side_of_owner, record.owner), ("代理机构", record.agency),
        ("交易方式", lot.method.zh if lot.method else "尚未确定"),
    ]  # fmt: skip
    if terms is not None:
        data += [
            ("资格要求", terms.qualification), ("联合体", "接受" if terms.consortium_allowed else "不接受"),
            ("最高限价", yuan(terms.ceiling)), ("保证金", yuan(terms.bond) if terms.bond else "不收取"),
            (f"{words.offer.zh}有效期", f"{terms.bid_validity_days}日历天" if terms.bid_validity_days else ""),
            ("异议（质疑）受理", terms.objection_contact),
        ]  # fmt: skip
    if sale is not None:
        unit = "元/年" if sale.a_year else "元"
        data += [
            ("起始价", f"{yuan(sale.starting_price)}（{unit}）"), ("加价幅度", yuan(sale.increment)),
            ("底价", "设底价，密封至竞价结束" if sale.has_reserve else "不设底价"),
            ("保证金", yuan(sale.deposit)), ("优先权", sale.priority or "无"),
            ("竞价开始", moment_zh(sale.bidding_at) if sale.bidding_at else ""),
        ]  # fmt: skip
    data += [
        ("文件获取截止", moment_zh(lot.documents_until) if lot.documents_until else ""),
        ("递交（报名）截止", moment_zh(lot.bid_deadline) if lot.bid_deadline else ""),
    ]
    rules = [
        f"一、{words.party.zh}应当具备本须知前附表列明的条件，并对所提交材料的真实性负责。",
        f"二、对本文件有疑问的，可以在平台匿名提问；答复以澄清与修改的形式同时发给所有获取文件的{words.party.zh}。",
        f"三、{words.offer.zh}由{words.party.zh}在自己的设备上密封后提交；截止之前任何人，包括平台运行者，都不能读取。",
        f"四、{HANDLING[record.course]}",
        "五、有法律规定的否决、无效情形的，按本文件集中列明的条款处理，逐项说明理由。",
    ]
    clauses = paragraphs([terms.rejection_clauses]) if terms is not None and terms.rejection_clauses else []
    return [Heading("前附表"), pairs(data), *paragraphs(rules), *clauses]


def _evaluation(record: PaperRecord) -> list[Block]:
    if record.course is Course.COMPETITION:
        return paragraphs(
            [
                "不低于底价（不设底价的，不低于起始价）的最高有效报价者成交；报价相同的，先报价者成交。",
                "截止前最后数分钟内有新报价的，竞价时间自动顺延，直至不再有新的报价。",
                "依法享有优先权的竞买人，在最高报价产生后当场以同等价格行使优先权的，由其成交。",
            ]
        )
    terms = record.terms
    if terms is None or terms.evaluation_method is None:
        return [Text("评审办法确定后并入本章。")]
    blocks: list[Block] = [Text(f"本标段采用{terms.evaluation_method.zh}。未在本文件中规定的标准不作为评审依据。")]
    if terms.evaluation_method is EvaluationMethod.COMPREHENSIVE and terms.factors:
        rows = tuple(
            (row["code"], row.get("title") or "", str(row["points"]), row.get("intervals") or "")
            for row in terms.factors
        )
        blocks.append(Table("评审因素", ("编号", "因素", "分值", "量化区间"), rows, (12, 36, 12, 40)))
    blocks.append(Text(f"推荐候选人不超过{terms.candidates_count}名，按名次排列。报价异常偏低的，应当书面说明并提供证明。"))
    return blocks


def _contract(record: PaperRecord) -> list[Block]:
    terms = record.terms
    lines = [
        f"一、合同由{record.side_of_owner}与{record.words.winner.zh}按照本文件和{record.words.offer.zh}订立，不得另行订立背离其实质性内容的协议。"
    ]
    if terms is not None:
        if terms.performance_bond_percent is not None:
            lines.append(f"二、履约保证金为合同金额的{terms.performance_bond_percent}%，可以保函形式提交。")
        if terms.payment_days:
            lines.append(f"三、付款期限为验收（交付）后{terms.payment_days}日内。{terms.payment_terms}")
    if record.sale is not None and record.sale.lease_from and record.sale.lease_until:
        lines.append(f"二、租赁（承包）期限自{record.sale.lease_from}起至{record.sale.lease_until}止。")
    lines.append("争议由双方协商解决；协商不成的，依照合同约定向有管辖权的人民法院起诉或者申请仲裁。")
    return paragraphs(lines)


def _object(record: PaperRecord) -> list[Block]:
    lines = [record.lot.scope or record.lot.title]
    if record.terms is not None:
        lines += [
            f"履行期限：{record.terms.duration_days}日历天。" if record.terms.duration_days else "",
            f"质量标准：{record.terms.quality}。" if record.terms.quality else "",
            f"地点：{record.terms.place}。" if record.terms.place else "",
        ]
    if record.sale is not None:
        lines.append(record.sale.description)
    return paragraphs(lines)


def _forms(record: PaperRecord) -> list[Block]:
    words = record.words
    if record.course is Course.COMPETITION:
        rows = [
            ("申请人", "（名称、统一社会信用代码）"),
            ("承诺", "已阅读全部文件，接受其条件，所提交材料真实"),
            ("优先权", "（主张的，写明依据并附证明）"),
        ]
        return [Heading("报名申请书"), pairs(rows)]
    rows = [
        (words.party.zh, "（名称、统一社会信用代码）"), ("报价", "（小写与大写一致，单位：元）"),
        ("履行期限", "（日历天）"), ("质量", ""), ("项目负责人", "（姓名、证书编号）"),
        ("声明", f"本{words.offer.zh}自截止之日起在有效期内有约束力"),
    ]  # fmt: skip
    return [Heading(f"{words.offer.zh}函"), pairs([(one, value or "（按文件要求填写）") for one, value in rows])]
