"""Who may sit on a committee 评标专家资格与回避: eligibility, recusal, and reasons for refusing."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple, Protocol

from trading.codelists import Code, Mark

YEARS_IN_FIELD = 8
LOOKBACK_YEARS = 3


class RecusalGround(Code):
    """What an expert declares about himself and a bidder (D12 12, and what goes with it)."""

    NEAR_RELATIVE = (
        "near_relative",
        "投标人或者投标人主要负责人的近亲属",
        "Near relative of a bidder or its main officer",
    )
    AUTHORITY_STAFF = (
        "authority_staff",
        "项目主管部门或者行政监督部门的人员",
        "Staff of the project authority or of a supervising department",
    )
    ECONOMIC_INTEREST = (
        "economic_interest",
        "与投标人有经济利益关系，可能影响投标公正评审",
        "Economic interest with a bidder that may affect a fair evaluation",
    )
    PUNISHED = (
        "punished",
        "曾因在招标、评标以及其他与招标投标有关活动中从事违法行为而受过行政处罚或刑事处罚",
        "Punished, by the administration or a court, for unlawful acts in tendering",
    )


class RefusalCode(Code):
    """The closed list of reasons with which an invited expert is replaced (R11.C14)."""

    ILLNESS = "illness", "因健康原因不能参加", "Illness"
    ABSENCE = "absence", "因故不能按时到场", "Cannot attend in time"
    CONFLICT = "conflict", "具有应当回避的情形", "Must stand aside"
    NO_ANSWER = "no-answer", "两次联系均无应答", "No answer to two calls"
    STRUCK_OFF = "struck-off", "已被暂停或者移出专家库", "Suspended or struck off the pool"
    IDENTITY = "identity", "到场身份核验未通过", "Identity check failed on arrival"


class Employment(NamedTuple):
    """One employer of an expert: its unified social credit code and the last day there (None: still there)."""

    uscc: str
    until: date | None = None


class Declaration(NamedTuple):
    """What the expert declared: the ground and the organisation it concerns ("" where it concerns none)."""

    ground: RecusalGround
    uscc: str = ""


class ExpertFacts(Protocol):
    """What is asked of an expert; None means unknown, and unknown is never passed."""

    @property
    def id(self) -> str: ...
    @property
    def employer_uscc(self) -> str | None: ...
    @property
    def employment_history(self) -> Collection[Employment] | None: ...
    @property
    def specialties(self) -> Collection[str]: ...
    @property
    def years_in_field(self) -> int | None: ...
    @property
    def senior_title(self) -> bool | None: ...
    @property
    def active(self) -> bool: ...
    @property
    def suspended(self) -> bool: ...
    @property
    def on_leave(self) -> bool: ...
    @property
    def trained(self) -> bool | None: ...
    @property
    def punished(self) -> bool | None: ...
    @property
    def declarations(self) -> Collection[Declaration]: ...


@dataclass(frozen=True, slots=True)
class Expert:
    """The plain record of an expert's facts, for the draw's frozen list and for tests."""

    id: str
    employer_uscc: str | None
    specialties: Collection[str]
    years_in_field: int | None
    senior_title: bool | None
    active: bool = True
    suspended: bool = False
    on_leave: bool = False
    trained: bool | None = True
    punished: bool | None = False
    employment_history: Collection[Employment] | None = ()
    declarations: Collection[Declaration] = ()


@dataclass(frozen=True, slots=True)
class Need:
    """What the lot asks of its experts, on the law day ``on``; ``sits_on`` is the day of the evaluation, once planned.

    ``specialty`` None: any. ``owner_side``: codes of owner and agency. ``authorities``: codes of the project authority
    and the supervising departments. ``bidders``: codes of bidders, consortium members and affiliates, None as long as
    they are unknown (before the deadline). ``preparers``: ids of persons who took part in preparing the documents.
    """

    on: date
    specialty: str | None
    owner_side: frozenset[str] = frozenset()
    authorities: frozenset[str] = frozenset()
    bidders: frozenset[str] | None = None
    preparers: frozenset[str] = frozenset()
    sits_on: date | None = None

    @property
    def sitting(self) -> date:
        """The day on which the expert must be available."""
        return self.sits_on or self.on


class Ineligibility(NamedTuple):
    """One reason why an expert cannot sit: stable code, words, rulebook key with article, how far it was checked."""

    code: str
    zh: str
    en: str
    source: str
    mark: Mark


def ineligibility(expert: ExpertFacts, need: Need) -> list[Ineligibility]:
    """Every reason why ``expert`` cannot sit for ``need``; empty where he can.

    Before the deadline (bidders unknown) it is the filter before the draw; with the bidders it is the final check after
    the opening. Source: R11.C8, R11.C9 with ZTB 37, ZTBT 46, D12 11-12 (checked).
    """
    return [*_unqualified(expert, need), *recusal(expert, need)]


def recusal(expert: ExpertFacts, need: Need) -> list[Ineligibility]:
    """The recusal part of ``ineligibility`` alone: for the check after the opening and after a self-declaration."""
    return list({item.code: item for item in _recused(expert, need)}.values())


def _unqualified(expert: ExpertFacts, need: Need) -> Iterator[Ineligibility]:
    law, mark = "ZTB 37, D12 11", Mark.CHECKED
    if expert.years_in_field is None:
        yield Ineligibility("years_unknown", "从事相关领域工作年限不明", "Years in the field unknown", law, mark)
    elif expert.years_in_field < YEARS_IN_FIELD:
        zh, en = f"从事相关领域工作不满{YEARS_IN_FIELD}年", f"Fewer than {YEARS_IN_FIELD} years in the field"
        yield Ineligibility("years", zh, en, law, mark)
    if expert.senior_title is None:
        yield Ineligibility("title_unknown", "职称或者专业水平不明", "Professional title unknown", law, mark)
    elif not expert.senior_title:
        zh, en = "不具有高级职称或者同等专业水平", "No senior title or equal professional level"
        yield Ineligibility("title", zh, en, law, mark)
    if not expert.active:
        yield Ineligibility(
            "inactive", "不在专家库有效名册内", "Not on the active list of the pool", "R11.C8", Mark.CHECKED
        )
    if expert.suspended:
        zh, en = "处于暂停或者取消评标资格期间", "Suspended or barred from evaluation"
        yield Ineligibility("suspended", zh, en, "ZTBT 71", Mark.CHECKED)
    if expert.on_leave:
        yield Ineligibility("on_leave", "评标时间在请假期间", "On leave at the evaluation", "R11.C8", Mark.COUNTY_RULE)
    if not expert.trained:
        zh, en = "未完成规定学时的培训", "Not trained for the hours that the county asks"
        yield Ineligibility("untrained", zh, en, "R11.C8", Mark.COUNTY_RULE)
    if need.specialty is not None and need.specialty not in expert.specialties:
        zh, en = "评审专业与项目需要不符", "The specialty does not fit the need"
        yield Ineligibility("specialty", zh, en, "ZTBT 46", Mark.CHECKED)


def _recused(expert: ExpertFacts, need: Need) -> Iterator[Ineligibility]:
    yield from _declared(expert, need)
    employer = expert.employer_uscc
    if employer is None:
        zh, en = "工作单位不明，无法核查回避情形", "Employer unknown: recusal cannot be checked"
        yield Ineligibility("employer_unknown", zh, en, "R11.C9", Mark.COUNTY_RULE)
    elif employer in need.authorities:
        ground = RecusalGround.AUTHORITY_STAFF
        yield Ineligibility(ground.value, ground.zh, ground.en, "D12 12(2), ZTBT 46", Mark.CHECKED)
    elif employer in need.owner_side:
        zh, en = "属于招标人或者招标代理机构的工作人员", "Staff of the owner or its agency"
        yield Ineligibility("owner_staff", zh, en, "R11.C9", Mark.COUNTY_RULE)
    if expert.id in need.preparers:
        zh, en = "参与过本项目招标文件的编制", "Took part in preparing the documents"
        yield Ineligibility("prepared_documents", zh, en, "R11.C9", Mark.COUNTY_RULE)
    if need.bidders is not None:
        yield from _with_bidders(expert, need.on, need.bidders)


def _declared(expert: ExpertFacts, need: Need) -> Iterator[Ineligibility]:
    if expert.punished is None:
        zh, en = "是否受过招标投标有关处罚不明", "Unknown whether punished for acts in tendering"
        yield Ineligibility("punished_unknown", zh, en, "D12 12(4)", Mark.CHECKED)
    grounds = {item.ground for item in expert.declarations if _concerns(item, need)}
    if expert.punished:
        grounds.add(RecusalGround.PUNISHED)
    for number, ground in enumerate(RecusalGround, start=1):
        if ground in grounds:
            yield Ineligibility(ground.value, ground.zh, ground.en, f"D12 12({number})", Mark.CHECKED)


def _concerns(declaration: Declaration, need: Need) -> bool:
    """True where the organisation declared takes part, and always where none is named."""
    involved = need.owner_side | need.authorities | (need.bidders or frozenset())
    return not declaration.uscc or declaration.uscc in involved


def _with_bidders(expert: ExpertFacts, on: date, bidders: frozenset[str]) -> Iterator[Ineligibility]:
    if expert.employer_uscc in bidders:
        zh, en = "现为投标人或者其关联单位的工作人员", "Employed by a bidder or one of its affiliates"
        yield Ineligibility("bidder_staff", zh, en, "D12 12(3)", Mark.CHECKED)
    if expert.employment_history is None:
        zh, en = f"近{LOOKBACK_YEARS}年工作经历不明", f"Employment in the last {LOOKBACK_YEARS} years unknown"
        yield Ineligibility("history_unknown", zh, en, "R11.C9", Mark.COUNTY_RULE)
        return
    since = years_before(on, LOOKBACK_YEARS)
    if any(job.uscc in bidders and (job.until is None or job.until >= since) for job in expert.employment_history):
        zh = f"近{LOOKBACK_YEARS}年内曾在投标人或者其关联单位工作"
        en = f"Worked for a bidder or one of its affiliates within the last {LOOKBACK_YEARS} years"
        yield Ineligibility("former_bidder_staff", zh, en, "R11.C9", Mark.COUNTY_RULE)


def years_before(day: date, years: int) -> date:
    """The same calendar day ``years`` earlier; 29 February becomes 28 February where there is none."""
    if day.month == 2 and day.day == 29:
        return date(day.year - years, 2, 28)
    return day.replace(year=day.year - years)
