"""R19 交易档案、统计与公开制度: a whole, tamper-evident file of each lot, and figures that anyone can recompute."""

from __future__ import annotations

from trading.codelists import Mark, Phase, ProjectType, Role
from trading.rules.applies import only
from trading.rules.asking import COUNTY, Term, all_kept, is_so, nothing_in, signed
from trading.rules.case import Case, DisclosedFacts
from trading.rules.rule import Checklist, Due, Finding, Rule, Source, holds, known, not_applicable
from trading.steps import Step
from trading.working_days import add_years

D20 = "电子招标投标办法"

RULE = Rule(
    "R19",
    "交易档案、统计与公开制度",
    "Archive, statistics, disclosure",
    Phase.FOLLOW_UP,
    "每个标段有完整、可发现篡改的档案；公开统计可由任何人据以重新计算。",
    "A complete, tamper-evident file of each lot; public statistics that anyone can recompute from it.",
)


def _kept(case: Case, years: int) -> Finding:
    until = known(case.archive.kept_until, "档案保存期限", "until when the file is kept")
    least = add_years(known(case.archive.contracted_on, "合同签订日", "the day of the contract"), years)
    return holds(until >= least, f"保存至{least}以后", f"保存至{until}", f"kept until {least} or longer", str(until))


@RULE.condition(
    "R19.C1",
    "B",
    "采购文件保存不少于十五年",
    "A procurement file is kept for fifteen years",
    steps=(Step.ARCHIVE,),
    sources=(Source("政府采购法", "第四十二条"),),
)
@only(ProjectType.GP, ProjectType.GPN)
def procurement_file_kept(case: Case) -> Finding:
    """At least fifteen years from the end of the procurement."""
    return _kept(case, case.values["gp_archive_years"])


@RULE.condition(
    "R19.C2",
    "B",
    "其他交易档案按本县规定年限保存",
    "Other files are kept for the county's years",
    steps=(Step.ARCHIVE,),
    sources=(COUNTY,),
)
@only(*(type_ for type_ in ProjectType if type_ not in (ProjectType.GP, ProjectType.GPN)))
def other_file_kept(case: Case) -> Finding:
    """All other types: the same years by county rule."""
    return _kept(case, case.values["archive_years_all"])


@RULE.condition(
    "R19.C3",
    "B",
    "档案材料齐全并以电子形式保存",
    "The file is complete and stored electronically",
    steps=(Step.ARCHIVE,),
    sources=(Source(D20, "第四十条"),),
)
def file_complete(case: Case) -> Finding:
    """Notice, documents and changes, bids and clarifications, reports, award, contract, others."""
    return nothing_in(case.archive.missing, "材料齐全", "nothing missing")


@RULE.condition(
    "R19.C4",
    "B",
    "操作全部留痕，记录链完整，任何人不得修改删除",
    "Every act is on record, the chain is intact, nobody edits or deletes",
    steps=(Step.ARCHIVE,),
    sources=(Source(D20, "第十四条"), Source(D20, "第四十九条"), COUNTY),
)
def chain_intact(case: Case) -> Finding:
    """Time, address, person, source of every act in a hash chain."""
    return is_so(case.archive.chain_intact, "记录链完整", "chain intact", "记录链断裂", "the chain is broken")


def _archiving(case: Case) -> Term:
    performed = known(case.archive.performed_on, "合同履行完毕日", "the day the contract was performed")
    return Term(performed, case.values["archive_complete_days"], "归档", "archive the file")


def _archiving_due(case: Case) -> Due | None:
    return None if case.archive.archived_on else _archiving(case).due(case, "交易中心", "the centre")


@RULE.condition(
    "R19.C5",
    "A",
    "合同履行完毕后规定日数内归档",
    "The file is archived within the county's days after the contract is performed",
    steps=(Step.ARCHIVE,),
    sources=(Source("关于严格执行招标投标法规制度进一步规范招标投标主体行为的若干意见", "第八条"), COUNTY),
    due=_archiving_due,
)
def archived_in_time(case: Case) -> Finding:
    """Archive complete within the county's days.

    They run from the end of the performance: the file holds the acceptance, which no contract of works has at once.
    """
    done = case.archive.archived_on or (case.today if case.step is Step.ARCHIVE else None)
    return _archiving(case).kept(case, done)


@RULE.condition(
    "R19.C6",
    "R",
    "开标评标录音录像随档案保存",
    "Sound and video recordings are kept with the file",
    steps=(Step.ARCHIVE,),
    sources=(
        Source("政府采购货物和服务招标投标管理办法", "第三十九条"),
        Source("公共资源交易平台管理暂行办法", "第十七条"),
        COUNTY,
    ),
    checklist=Checklist(
        "录音录像保存在场所的录像系统中，平台只能记下有人看过其完整、清晰可辨",
        "Recordings are kept by the recorders of the venue; the platform can only note that someone saw them whole",
        by=Role.CENTRE,
    ),
)
def recordings_kept(case: Case) -> Finding:
    """The centre signs that the recordings of opening and evaluation are whole, audible and kept with the file."""
    known(case.opening.opened_at, "开标", "the opening")
    return signed(case, "R19.C6", "录音录像完整并随档案保存", "the recordings are whole and kept with the file")


@RULE.condition(
    "R19.C7",
    "B",
    "电子签名可靠：由本人账户作出，签后内容未改动",
    "Electronic signatures are reliable: from the signer's own account, the content unchanged since",
    steps=(Step.ARCHIVE,),
    sources=(Source("电子签名法", "第十三条"), Source("电子签名法", "第十四条")),
)
def signatures_hold(case: Case) -> Finding:
    """Each signed paper was signed from a personal account, and its content still has the digest that was signed."""
    return nothing_in(
        case.archive.invalid_signatures, "电子签名均有效，内容未改动", "all signatures hold, nothing changed since"
    )


@RULE.condition(
    "R19.C8",
    "B",
    "统计数据可由冻结的事实重新计算",
    "The statistics can be recomputed from frozen facts",
    steps=(Step.CONFIRM, Step.AWARD),
    sources=(COUNTY,),
)
def savings_reproducible(case: Case) -> Finding:
    """Savings frozen at the confirmation equal base less price."""
    return is_so(
        case.award.savings_frozen, "可重新计算", "recomputed alike", "节资额与事实不符", "the savings do not recompute"
    )


def _disclosure(case: Case, one: DisclosedFacts) -> Term:
    days = case.values["decision_public_wd" if one.decision else "disclosure_wd"]
    return Term(one.formed_on, days, f"公开{one.name}", f"publish: {one.name_en}", True)


def _disclosure_due(case: Case) -> Due | None:
    waiting = [_disclosure(case, one) for one in case.archive.disclosed or () if one.published_on is None]
    if not waiting:
        return None
    return min(waiting, key=lambda term: term.last_day(case)).due(case, "项目单位、监管机构", "the owner or supervisor")


@RULE.condition(
    "R19.C9",
    "R",
    "信息自形成之日起二十个工作日内公开，许可和处罚决定七个工作日内公开",
    "Information is public within twenty working days after it is formed, licences and penalties within seven",
    steps=(Step.FILE_CONTRACT, Step.ARCHIVE),
    sources=(
        Source("公共资源交易平台管理暂行办法", "第二十一条"),
        Source("国办发〔2017〕97号", "", Mark.TO_BE_VERIFIED),
    ),
    due=_disclosure_due,
)
def disclosed_in_time(case: Case) -> Finding:
    """Award, contract and changes within twenty working days; decisions that entered the credit record within seven."""
    disclosed = known(case.archive.disclosed, "应公开的信息", "what is to be public")
    if not disclosed:
        return not_applicable("尚无应公开的信息", "nothing to be public yet")
    return all_kept(case, *((_disclosure(case, one), one.published_on) for one in disclosed))


@RULE.condition(
    "R19.C10",
    "B",
    "依法保密的信息未公开",
    "What must stay secret was not disclosed",
    steps=(Step.PUBLICIZE,),
    sources=(Source(D20, "第十五条"), Source("本县规定", "", Mark.COUNTY_RULE)),
)
def secrets_kept(case: Case) -> Finding:
    """Names and number of those who took the documents, sealed prices before the opening, the committee's names."""
    holders = known(case.notice.holders_disclosed, "文件获取人保密情况", "whether document holders were disclosed")
    early = known(case.opening.key_used_before_opening, "开标密钥使用记录", "the record of the opening key's use")
    sealed = known(case.draw.names_sealed, "评标委员会名单保密情况", "whether the committee's names are sealed")
    told = []
    if holders:
        told.append(("文件获取人", "holders of the documents"))
    if early:
        told.append(("开标前的报价", "prices before the opening"))
    if not sealed:
        told.append(("评标委员会名单", "the committee's names"))
    return holds(
        not told,
        "未公开",
        "、".join(zh for zh, _ in told) or "未公开",
        "not disclosed",
        ", ".join(en for _, en in told) or "not disclosed",
    )


@RULE.condition(
    "R19.C11",
    "A",
    "按国家数据规范向上级平台交换数据",
    "The data of the national standard are exchanged upwards",
    steps=(Step.ARCHIVE,),
    sources=(
        Source(D20, "第八条"),
        Source(D20, "第四十五条"),
        Source("公共资源交易平台系统数据规范（V2.0）", "", Mark.TO_BE_VERIFIED),
    ),
)
def data_exchanged(case: Case) -> Finding:
    """Every dataset that the lot's course makes due was sent to the platform above."""
    due = known(case.archive.datasets_due, "应交换的数据集", "the datasets that are due")
    sent = known(case.archive.datasets_sent, "数据交换记录", "the record of the exchange")
    return nothing_in([one for one in due if one not in sent], "应交换的数据集均已交换", "every dataset due was sent")


@RULE.condition(
    "R19.C12",
    "I",
    "纸质文件与数据电文不一致的，以数据电文为准，文件另有规定的除外",
    "Where paper and data message differ the data message prevails, unless the documents say otherwise",
    steps=(Step.ARCHIVE,),
    sources=(Source(D20, "第六十二条"),),
    checklist=Checklist(
        "纸质文件保存在平台之外，是否与数据电文一致只能由人核对",
        "Papers are kept outside the platform, and only a person can compare them with the data messages",
        by=Role.CENTRE,
    ),
)
def paper_compared(case: Case) -> Finding:
    """The centre signs that papers and data messages were compared, and that the latter prevail where they differ."""
    known(case.archive.contracted_on, "合同签订日", "the day of the contract")
    return signed(
        case,
        "R19.C12",
        "纸质文件已与数据电文核对，不一致的以数据电文为准",
        "papers compared with the data messages, which prevail where they differ",
    )
