"""The closed statutory list of grounds 法定情形 on which another method than the default may be used."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

from trading.codelists import Mark


@dataclass(frozen=True, slots=True)
class Ground:
    """One statutory ground: stable code, words, rulebook key with article, and how far that was checked."""

    code: str
    zh: str
    en: str
    source: str
    mark: Mark


TWO_LEFT = "two_left_after_tender"
TWO_ARE_ENOUGH: Mapping[str, str] = MappingProxyType(
    {
        TWO_LEFT: TWO_LEFT,
        "purchased_services": "bought_services",
        "thin_research_market": "research_with_thin_market",
    }
)

INVITED_WORKS = (
    Ground(
        "few_bidders",
        "技术复杂、有特殊要求或者受自然环境限制，只有少量潜在投标人可供选择",
        "Complex or special, or limited by natural conditions, so that only few bidders exist",
        "ZTBT 8(1)",
        Mark.CHECKED,
    ),
    Ground(
        "cost_too_large",
        "采用公开招标方式的费用占项目合同金额的比例过大",
        "An open tender would cost too large a share of the contract amount",
        "ZTBT 8(2)",
        Mark.CHECKED,
    ),
)

NO_TENDER = (
    Ground(
        "security_or_relief",
        "涉及国家安全、国家秘密、抢险救灾或者属于利用扶贫资金实行以工代赈、需要使用农民工等特殊情况，不适宜进行招标",
        "State security or secrets, disaster relief, or work-relief with poverty funds: unsuited to tendering",
        "ZTB 66",
        Mark.CHECKED,
    ),
    Ground(
        "patent",
        "需要采用不可替代的专利或者专有技术",
        "An irreplaceable patent or proprietary technique is needed",
        "ZTBT 9(1)",
        Mark.CHECKED,
    ),
    Ground(
        "own_capacity",
        "采购人依法能够自行建设、生产或者提供",
        "The purchaser can lawfully build, make or supply it himself",
        "ZTBT 9(2)",
        Mark.CHECKED,
    ),
    Ground(
        "concession_investor",
        "已通过招标方式选定的特许经营项目投资人依法能够自行建设、生产或者提供",
        "The concession investor, chosen by tender, can lawfully build, make or supply it himself",
        "ZTBT 9(3)",
        Mark.CHECKED,
    ),
    Ground(
        "original_winner",
        "需要向原中标人采购工程、货物或者服务，否则将影响施工或者功能配套要求",
        "Must come from the original winner, or construction or function would suffer",
        "ZTBT 9(4)",
        Mark.CHECKED,
    ),
    Ground(
        "state_special_case",
        "国家规定的其他特殊情形",
        "Another special case laid down by the State",
        "ZTBT 9(5)",
        Mark.CHECKED,
    ),
)

INVITED_PROCUREMENT = (
    Ground(
        "limited_suppliers",
        "具有特殊性，只能从有限范围的供应商处采购",
        "Special in kind, to be had from a limited range of suppliers only",
        "CG 29(1)",
        Mark.CHECKED,
    ),
    Ground(
        "tender_cost_too_large",
        "采用公开招标方式的费用占政府采购项目总价值的比例过大",
        "An open tender would cost too large a share of the total value",
        "CG 29(2)",
        Mark.CHECKED,
    ),
)

NEGOTIATION = (
    Ground(
        "tender_failed",
        "招标后没有供应商投标或者没有合格标的，或者重新招标未能成立",
        "No bid or no acceptable bid after a tender, or the retender failed",
        "CG 30(1)",
        Mark.CHECKED,
    ),
    Ground(
        "no_exact_specification",
        "技术复杂或者性质特殊，不能确定详细规格或者具体要求",
        "Complex or special, so that no exact specification can be fixed",
        "CG 30(2)",
        Mark.CHECKED,
    ),
    Ground(
        "urgent",
        "采用招标所需时间不能满足用户紧急需要",
        "A tender would take longer than the urgent need allows",
        "CG 30(3)",
        Mark.CHECKED,
    ),
    Ground(
        "no_total_price",
        "不能事先计算出价格总额",
        "The total price cannot be computed beforehand",
        "CG 30(4)",
        Mark.CHECKED,
    ),
    Ground(
        TWO_LEFT,
        "公开招标后，提交投标文件或者经评审实质性响应的供应商只有两家",
        "After an open tender exactly two suppliers had bid or conformed",
        "D74 27",
        Mark.CHECKED,
    ),
)

SINGLE_SOURCE = (
    Ground(
        "only_supplier",
        "只能从唯一供应商处采购",
        "Can be had from one supplier only",
        "CG 31(1)",
        Mark.CHECKED,
    ),
    Ground(
        "unforeseen_emergency",
        "发生了不可预见的紧急情况，不能从其他供应商处采购",
        "An unforeseeable emergency: no other supplier can serve",
        "CG 31(2)",
        Mark.CHECKED,
    ),
    Ground(
        "add_on",
        "必须保证原有采购项目一致性或者服务配套的要求，需要继续从原供应商处添购，且添购资金总额不超过原合同采购金额百分之十",
        "Add-on from the original supplier for consistency, at most ten per cent of the original contract in total",
        "CG 31(3)",
        Mark.CHECKED,
    ),
)

INQUIRY = (
    Ground(
        "uniform_goods",
        "采购的货物规格、标准统一、现货货源充足且价格变化幅度小",
        "Uniform goods in ample supply with steady prices",
        "CG 32",
        Mark.CHECKED,
    ),
)

SMALL_WORKS = (
    Ground(
        "works_not_tendered",
        "政府采购工程依法不进行招标",
        "Government-procured works that by law need no tender",
        "CGT 25",
        Mark.CHECKED,
    ),
)

CONSULTATION = (
    Ground(
        "purchased_services",
        "政府购买服务项目",
        "Services bought by government for the public",
        "财库〔2014〕214号 3(1)",
        Mark.TO_BE_VERIFIED,
    ),
    Ground(
        "consultation_no_exact_specification",
        "技术复杂或者性质特殊，不能确定详细规格或者具体要求",
        "Complex or special, so that no exact specification can be fixed",
        "财库〔2014〕214号 3(2)",
        Mark.TO_BE_VERIFIED,
    ),
    Ground(
        "consultation_no_total_price",
        "因艺术品采购、专利、专有技术或者服务的时间、数量事先不能确定等原因不能事先计算出价格总额",
        "Art, patents, know-how, or services of unknown time or quantity: no total price beforehand",
        "财库〔2014〕214号 3(3)",
        Mark.TO_BE_VERIFIED,
    ),
    Ground(
        "thin_research_market",
        "市场竞争不充分的科研项目，以及需要扶持的科技成果转化项目",
        "Research with a thin market, or supported transfer of research results",
        "财库〔2014〕214号 3(4)",
        Mark.TO_BE_VERIFIED,
    ),
    Ground(
        "consultation_small_works",
        "依法必须进行招标的工程建设项目以外的工程建设项目",
        "Works other than those that must by law be tendered",
        "财库〔2014〕214号 3(5)",
        Mark.TO_BE_VERIFIED,
    ),
)

GROUNDS: Mapping[str, Ground] = MappingProxyType(
    {
        ground.code: ground
        for ground in (
            *INVITED_WORKS,
            *NO_TENDER,
            *INVITED_PROCUREMENT,
            *NEGOTIATION,
            *SINGLE_SOURCE,
            *INQUIRY,
            *SMALL_WORKS,
            *CONSULTATION,
        )
    }
)
