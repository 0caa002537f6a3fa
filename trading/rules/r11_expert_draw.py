"""R11 评标专家抽取与回避制度: experts come by chance from the statutory pool, and who has an interest is out before."""

from __future__ import annotations

from datetime import timedelta

from trading.beijing import law_date
from trading.codelists import Mark, Phase, ProjectType, Role
from trading.experts.committee import check, same_employer
from trading.experts.eligibility import YEARS_IN_FIELD
from trading.rules import committee_sizes
from trading.rules.applies import only
from trading.rules.asking import COUNTY, is_so, nothing_in, signed
from trading.rules.case import Case, SeatFacts
from trading.rules.rule import Checklist, Finding, Rule, Source, failed, holds, known, not_applicable, passed
from trading.steps import Step

ZTB, ZTBT, D12 = "招标投标法", "招标投标法实施条例", "评标委员会和评标方法暂行规定"
PARTIES = 2
FORMED = (Step.PLAN_DRAW, Step.SEAT_COMMITTEE)
BY_TENDER_LAW = tuple(one for one in ProjectType if one not in (ProjectType.GP, ProjectType.GPN, ProjectType.LAND))

RULE = Rule(
    "R11",
    "评标专家抽取与回避制度",
    "Expert draw and recusal",
    Phase.PROCESS_SUPERVISION,
    "专家从依法组建的专家库随机抽取，抽取时间足够晚、名单密封；有利害关系的人在抽取前排除。",
    "Experts come by random draw from the statutory pool, late and sealed; interest-bound people are out before it.",
)


def _seats(case: Case) -> tuple[SeatFacts, ...]:
    return known(case.draw.seats, "评标委员会名单", "the seats of the committee")


@RULE.condition(
    "R11.C1",
    "B",
    "评标委员会为五人以上单数，专家不少于三分之二",
    "The committee is odd, of five or more, two thirds of it experts",
    steps=FORMED,
    sources=(Source(ZTB, "第三十七条第二款"), Source(D12, "第九条")),
)
@only(*BY_TENDER_LAW)
def committee_size(case: Case) -> Finding:
    """Odd, at least five, experts at least two thirds of all, rounded up; while it is planned, its size alone."""
    least = case.values["committee_min"]
    if case.step is Step.PLAN_DRAW:
        size = known(case.draw.size, "评标委员会人数", "the size of the committee")
        return holds(
            size >= least and size % 2 == 1,
            f"不少于{least}人的单数",
            f"{size}人",
            f"odd, at least {least}",
            str(size),
        )
    seats = _seats(case)
    size, experts = len(seats), sum(seat.is_expert for seat in seats)
    wrong = list(check(size, experts, size - experts, least))
    planned = case.draw.size
    actual, actual_en = f"{size}人，其中专家{experts}人", f"{size} members, {experts} of them experts"
    expected = f"不少于{least}人的单数，专家不少于三分之二"
    expected_en = f"odd, at least {least}, two thirds of them experts"
    if planned is not None and planned != size:
        return failed(f"{planned}人", actual, f"{planned} members, as planned", actual_en)
    return holds(
        not wrong,
        expected,
        "；".join([actual, *(one.zh for one in wrong)]),
        expected_en,
        "; ".join([actual_en, *(one.en for one in wrong)]),
    )


RULE.condition(
    "R11.C2",
    "B",
    "政府采购评标委员会为五人以上单数，一千万元以上、技术复杂或者社会影响较大的七人以上，组长不由采购人代表担任",
    "A procurement committee is odd, of 5, of 7 from ten million on or where complex; no buyer's man has the chair",
    steps=FORMED,
    sources=(Source("政府采购货物和服务招标投标管理办法", "第四十五条第四项、第四十七条"),),
)(committee_sizes.procurement_committee)

RULE.condition(
    "R11.C3",
    "B",
    "谈判小组、询价小组为三人以上单数，达到招标数额标准的五人以上；技术复杂的谈判包含一名法律专家",
    "A negotiation or inquiry group is odd, of three, of five at tender size; a complex negotiation has a law expert",
    steps=FORMED,
    sources=(
        Source("政府采购法", "第三十八条、第四十条"),
        Source("政府采购非招标采购方式管理办法", "第七条"),
    ),
)(committee_sizes.negotiation_group)

RULE.condition(
    "R11.C4",
    "B",
    "磋商小组为三人以上单数，专家不少于三分之二",
    "A consultation group is odd, of three or more, two thirds of it experts",
    steps=FORMED,
    sources=(Source("财库〔2014〕214号", "第十四条", Mark.TO_BE_VERIFIED),),
)(committee_sizes.consultation_group)

RULE.condition(
    "R11.C5",
    "B",
    "土地招标的评标小组为五人以上单数",
    "The group of a land tender is odd, of five or more",
    steps=FORMED,
    sources=(Source("招标拍卖挂牌出让国有建设用地使用权规定", "第十三条", Mark.TO_BE_VERIFIED),),
)(committee_sizes.land_group)


@RULE.condition(
    "R11.C6",
    "B",
    "专家按专业从专家库随机抽取，任何人不得指定",
    "Experts are drawn at random by specialty; nobody names a person",
    steps=(Step.SEAT_COMMITTEE,),
    sources=(Source(ZTBT, "第四十六条"), Source(D12, "第十条"), Source("公共资源交易平台管理暂行办法", "第十一条")),
)
def drawn_at_random(case: Case) -> Finding:
    """The draw is random from the relevant specialty list; nobody names or hints."""
    by_specialty = known(case.draw.strata_known, "抽取专业", "the specialties drawn from")
    random = known(case.draw.random, "抽取方式", "how the experts were chosen")
    named = sum(seat.is_expert and not seat.drawn for seat in _seats(case))
    expected, expected_en = "按专业随机抽取", "drawn at random by specialty"
    if named and case.draw.direct_appointment_reason:
        return passed(
            expected, f"{named}人依法直接确定（见R11.C7）", expected_en, f"{named} appointed directly (see R11.C7)"
        )
    ok = by_specialty and random and not named
    return holds(ok, expected, expected if ok else "非随机或非按专业产生", expected_en, expected_en if ok else "not so")


@RULE.condition(
    "R11.C7",
    "B",
    "直接确定专家仅限特殊项目并记录理由",
    "Direct appointment only for special projects, with the reason on record",
    steps=(Step.SEAT_COMMITTEE,),
    sources=(Source(ZTBT, "第四十七条"),),
)
def appointment_reasoned(case: Case) -> Finding:
    """Direct appointment only where a drawn expert could hardly do the job; the reason is recorded."""
    named = sum(seat.is_expert and not seat.drawn for seat in _seats(case))
    if not named:
        return not_applicable("专家均由随机抽取产生", "every expert was drawn")
    reason = case.draw.direct_appointment_reason
    return holds(bool(reason), "已记录理由", reason or "无理由", "reason on record", reason or "no reason")


@RULE.condition(
    "R11.C8",
    "B",
    "专家从事相关领域满八年并具有高级职称或同等水平，在库且未被暂停",
    "Eight years in the field, senior title or equal, active in the pool",
    steps=(Step.SEAT_COMMITTEE,),
    sources=(Source(ZTB, "第三十七条第三款"), Source(D12, "第十一条")),
)
def experts_qualified(case: Case) -> Finding:
    """At least eight years in the field, senior title or equal, active; unknown facts of one seat leave it unknown."""
    seats = [seat for seat in _seats(case) if seat.is_expert]
    fit = 0
    for seat in seats:
        years = known(seat.years_in_field, "专家从业年限", "an expert's years in the field")
        title = known(seat.senior_title, "专家职称", "an expert's title")
        active = known(seat.active, "专家在库状态", "whether an expert is active in the pool")
        fit += years >= YEARS_IN_FIELD and title and active
    return holds(
        fit == len(seats),
        f"{len(seats)}名专家均符合条件",
        f"{fit}名符合",
        f"all {len(seats)} experts qualify",
        f"{fit} qualify",
    )


@RULE.condition(
    "R11.C9",
    "B",
    "抽取前按回避情形排除，开标后再次核查回避",
    "Recusal is filtered before the draw and checked again after the opening",
    steps=(Step.SEAT_COMMITTEE,),
    sources=(Source(ZTB, "第三十七条第四款"), Source(ZTBT, "第四十六条第三款"), Source(D12, "第十二条")),
)
def nobody_barred(case: Case) -> Finding:
    """No seat with a ground of recusal or of a supervising body, checked once the bidders are known."""
    seats = _seats(case)
    grounds = sorted({code for seat in seats for code in seat.barring})
    supervising = sum(seat.supervises for seat in seats)
    if grounds or supervising:
        found = [*grounds, *(["supervising_department"] if supervising else [])]
        return failed("无应当回避的成员", "、".join(found), "nobody who must stand aside", ", ".join(found))
    return is_so(
        case.draw.recusal_after_opening,
        "开标后已核查回避",
        "recusal checked after the opening",
        "开标后未核查回避",
        "recusal not checked after the opening",
    )


@RULE.condition(
    "R11.C10",
    "B",
    "专家抽取不早于评标前规定时数；政府采购不早于评审开始前两个工作日",
    "The draw is not earlier than the county's hours before the evaluation; in procurement two working days",
    steps=(Step.REVEAL_DRAW, Step.SEAT_COMMITTEE),
    sources=(COUNTY, Source("财库〔2016〕198号", mark=Mark.TO_BE_VERIFIED)),
)
@only(ProjectType.WORKS, ProjectType.GP, ProjectType.GPN)
def drawn_late(case: Case) -> Finding:
    """Works: at most the county's 24 hours lie between the draw and the evaluation; equality is allowed."""
    drawn = case.draw.drawn_at or (case.now if case.step is Step.REVEAL_DRAW else None)
    at = known(drawn, "抽取时间", "the time of the draw")
    begins = known(case.draw.evaluation_at, "评标时间", "the time of the evaluation")
    if case.project.type is not ProjectType.WORKS:
        most = case.values["gp_draw_wd_before"]
        days = case.calendar.working_days_between(law_date(at), law_date(begins))
        zh, en = f"评审前{most}个工作日内", f"within {most} working days before the evaluation"
        return holds(days <= most, zh, f"评审前{days}个工作日", en, f"{days} working days before it")
    hours = case.values["draw_hours_before"]
    span = begins - at
    before = span / timedelta(hours=1)
    return holds(
        span <= timedelta(hours=hours),
        f"评标前{hours}小时内",
        f"评标前{before:.1f}小时",
        f"within {hours} hours before the evaluation",
        f"{before:.1f} hours before it",
    )


@RULE.condition(
    "R11.C11",
    "A",
    "回避后备选专家不少于需要人数的规定倍数",
    "After recusal the pool holds the county's multiple of those needed",
    steps=(Step.CONFIRM_EXCLUSIONS, Step.REVEAL_DRAW, Step.SEAT_COMMITTEE),
    sources=(COUNTY,),
)
def pool_large_enough(case: Case) -> Finding:
    """Candidates after the filters at least three times the need, else the area is widened, not the filter."""
    times = case.values["pool_ratio_min"]
    pool = known(case.draw.pool_size, "备选专家人数", "the number of candidates")
    needed = known(case.draw.need, "需要专家人数", "the number of experts needed")
    return holds(
        pool >= times * needed,
        f"不少于{times * needed}人",
        f"{pool}人",
        f"at least {times * needed}",
        str(pool),
    )


@RULE.condition(
    "R11.C12",
    "A",
    "同一单位专家人数不超过规定",
    "No more experts of one employer than the county allows",
    steps=(Step.SEAT_COMMITTEE,),
    sources=(COUNTY,),
)
def employers_differ(case: Case) -> Finding:
    """At most one expert of the same employer in one committee."""
    experts = [seat for seat in _seats(case) if seat.is_expert]
    employers = [known(seat.employer_uscc, "专家工作单位", "an expert's employer") for seat in experts]
    crowded = same_employer(employers, case.values["same_employer_max"])
    return nothing_in([one.actual for one in crowded], "专家单位各不相同", "all experts of different employers")


@RULE.condition(
    "R11.C13",
    "B",
    "评标委员会名单在中标结果确定前保密",
    "The committee's names stay sealed until the winner is fixed",
    steps=(Step.SEAT_COMMITTEE, Step.PUBLICIZE),
    sources=(Source(ZTB, "第三十七条第五款"), Source(D12, "第八条")),
)
def names_sealed(case: Case) -> Finding:
    """The committee list is sealed until the award is fixed."""
    return is_so(
        case.draw.names_sealed, "名单保密", "the names are sealed", "名单已泄露或公开", "the names were disclosed"
    )


@RULE.condition(
    "R11.C14",
    "B",
    "更换专家仅限回避、缺席、健康等情形并记录理由，按同一规则补抽",
    "An expert is replaced only for a listed reason, by the same rule",
    steps=(Step.SEAT_COMMITTEE,),
    sources=(Source(ZTBT, "第四十六条第二款"), Source(ZTBT, "第四十八条第三款")),
)
def replacements_reasoned(case: Case) -> Finding:
    """Replacement only for recusal, absence or health; each refusal stands with its reason."""
    return is_so(
        case.draw.refusals_with_reason,
        "每次更换均有所列理由",
        "every replacement has a listed reason",
        "有更换未记录理由",
        "a replacement without reason",
    )


def _bound(case: Case) -> list[tuple[bool, str, str]]:
    """What must hold before the reveal, and after it, so that anyone can check the draw."""
    draw = case.draw
    asked = [
        (known(draw.pool_committed, "专家名册摘要", "the digest of the pool"), "名册未固定", "the pool is not fixed"),
    ]
    if case.step is Step.COMMIT_DRAW:
        return asked
    commits = known(draw.commits, "抽取承诺", "the commitments")
    asked.append((commits >= PARTIES, f"承诺{commits}份", f"{commits} commitments"))
    early = known(draw.commits_before_closing, "承诺时间", "the time of the commitments")
    asked.append((early, "承诺晚于投标截止", "a commitment after the deadline"))
    two = known(draw.exclusions_by_two, "回避名单确认", "the confirmation of the exclusions")
    asked.append((two, "回避名单未经两方确认", "exclusions not confirmed by two"))
    kept = known(draw.attempts_kept, "历次抽取记录", "the record of every attempt")
    asked.append((kept, "抽取记录不全", "attempts are missing"))
    if case.step is not Step.REVEAL_DRAW:
        verified = known(draw.verified, "抽取复核", "the verification of the draw")
        asked.append((verified, "抽取复核不一致", "the draw does not verify"))
    return asked


@RULE.condition(
    "R11.C15",
    "B",
    "抽取可复核：名册与承诺在先、揭示在后，历次抽取全部留痕",
    "The draw can be verified: pool and commitments before, reveals after, every attempt kept",
    steps=(Step.COMMIT_DRAW, Step.REVEAL_DRAW, Step.SEAT_COMMITTEE),
    sources=(Source("关于严格执行招标投标法规制度进一步规范招标投标主体行为的若干意见", "第十四条"), COUNTY),
)
def draw_verifiable(case: Case) -> Finding:
    """Pool digest and commitments fixed before, reveals after; same inputs, same result; every attempt is kept."""
    wrong = [(zh, en) for ok, zh, en in _bound(case) if not ok]
    return holds(
        not wrong,
        "名册、承诺、揭示可复核",
        "、".join(zh for zh, _ in wrong) or "可复核",
        "pool, commitments and reveals can be verified",
        ", ".join(en for _, en in wrong) or "verifiable",
    )


@RULE.condition(
    "R11.C16",
    "A",
    "评标专家到场时核验身份",
    "The identity of an expert is checked on arrival",
    steps=(Step.SUBMIT_REPORT,),
    sources=(Source("评标专家和评标专家库管理办法（2024年第26号令）", "第七条、第二十一条", Mark.TO_BE_VERIFIED),),
    checklist=Checklist(
        "到场的人是否为抽中的专家本人，由交易中心现场核对证件和人脸，本平台没有门禁记录",
        "Whether who turns up is the expert drawn is seen at the door; the platform has no record of the door",
        by=Role.CENTRE,
    ),
)
@only(ProjectType.WORKS)
def identity_is_checked(case: Case) -> Finding:
    """The centre signs that each expert was checked by face or papers."""
    _seats(case)
    return signed(case, "R11.C16", "到场专家的身份均已核验", "the identity of every expert was checked on arrival")


@RULE.condition(
    "R11.C17",
    "A",
    "同一专家在规定期间内为同一项目单位、代理机构或者中标人评标不超过规定次数",
    "No expert sits for one owner, agency or winner more often than the county allows",
    steps=(Step.SEAT_COMMITTEE, Step.CONFIRM),
    sources=(COUNTY,),
)
def experts_do_not_recur(case: Case) -> Finding:
    """Within the county's days, this committee counted; more often is a reason to appraise, not to refuse."""
    most, days = case.values["expert_frequency_max"], case.values["expert_frequency_days"]
    counted = known(case.recurrence.experts, "专家近期参评记录", "on how many committees the experts sat")
    often = max((max(one.with_owner, one.with_agency, one.with_winner) for one in counted), default=0)
    over = sum(max(one.with_owner, one.with_agency, one.with_winner) > most for one in counted)
    return holds(
        not over,
        f"{days}日内不超过{most}次", f"{over}名专家超过，最多{often}次" if over else f"最多{often}次",
        f"at most {most} times in {days} days", f"{over} above, up to {often}" if over else f"up to {often} times",
    )  # fmt: skip
