"""The committee that is needed, and the list without names that is drawn from 提出组成需求、固定名册."""

from __future__ import annotations

from typing import Any

from sqlalchemy import select

from trading.beijing import law_date
from trading.codelists import Method, Pool, ProjectType, Role
from trading.errors import InvalidInput, Refused, Words
from trading.experts import beacon, committee
from trading.experts import draw as ptdraw
from trading.experts.eligibility import RefusalCode
from trading.experts.pool import build_leaves, eligible, leaf_json, need_of, sources_allowed
from trading.experts.standing import Training
from trading.models import Draw, User
from trading.phases.process_supervision.draw.drawing import tell_parties
from trading.steps import Step
from trading.workflow import draw_book
from trading.workflow.draw_record import PARTIES, ended, newest_draw
from trading.workflow.taking import Taking, effect


@effect(Step.PLAN_DRAW)
def plan_draw(taking: Taking) -> None:
    """The owner states the committee he needs; the machine freezes the pool of those eligible, without names."""
    lot, data = taking.lot, taking.data
    number = next_number(taking)
    strata = {row["specialty"].value: row["number"] for row in data["strata"]}
    check_plan(taking, strata)
    source, need = source_of(taking), need_of(taking.session, lot, taking.today, law_date(data["evaluation_at"]))
    experts = eligible(taking.session, list(strata), need, source, training_asked(taking))
    leaves, book = build_leaves(experts, list(strata))
    if len(leaves) < sum(strata.values()):
        raise Refused("pool_short", "专家库中合格专家总数不足", "Too few eligible experts in the pool")
    for code, wanted in strata.items():
        if sum(code in leaf.strata for leaf in leaves) < wanted:
            raise Refused("pool_short", f"专家库中专业{code}的合格专家不足", f"Too few experts of specialty {code}")
    name = f"{lot.code}/draw-{number}"
    rules = {
        "draw": name, "alg": ptdraw.ALGORITHM, "strata": [{"code": code, "n": n} for code, n in strata.items()],
        "max_per_org": int(taking.values["same_employer_max"]), "parties": list(PARTIES),
        "refusal_codes": [code.value for code in RefusalCode], "beacon": beacon_of(taking),
    }  # fmt: skip
    draw = Draw(
        lot_id=lot.id, number=number, name=name, rules=rules, source=source, committee_size=data["committee_size"],
        representatives=list(data["representatives"]), evaluation_at=data["evaluation_at"],
        complex=data.get("complex"), wide_effect=data.get("wide_effect"),
        pool=[leaf_json(leaf) for leaf in leaves], pool_root=ptdraw.pool_root(leaves),
        members=draw_book.sealed(taking.tools.vault, book),
        created_at=taking.now,
    )  # fmt: skip
    taking.session.add(draw)
    taking.record("draw.rules", rules)
    taking.record("draw.pool", {"draw": name, "pool_root": draw.pool_root, "pool_size": len(leaves)})
    taking.receipt |= {"draw": name, "pool_root": draw.pool_root, "pool_size": len(leaves)}
    tell_parties(taking, "需提交抽取承诺", f"“{lot.name}”已提出评标委员会组成需求，请依次提交抽取承诺。",
                 "Commitment needed", f"A draw was planned for “{lot.name}”; please commit in turn.")  # fmt: skip


def source_of(taking: Taking) -> Pool:
    """The list from which is drawn: the one that the law prescribes, or the one that was planned.

    Raises:
        InvalidInput: the lot must draw from the provincial pool.
    """
    project, allowed = taking.lot.project, sources_allowed(taking.lot.project.type, taking.lot.mandatory)
    source: Pool = taking.data.get("pool") or allowed[0]
    if source not in allowed:
        raise InvalidInput.of(
            "pool",
            f"依法必须招标的项目和政府采购项目应当从省级评标专家库抽取，“{project.name}”不能使用县级专家名录",
            f"“{project.name}” must draw from the provincial pool: the county list is not for it",
        )
    return source


def training_asked(taking: Taking) -> Training:
    """The training that the county asks of the experts of its own list."""
    return Training(int(taking.values["expert_training_hours"]), int(taking.values["expert_training_months"]))


def next_number(taking: Taking) -> int:
    """The number of the next draw of the lot.

    Raises:
        Refused: the one before has not ended, or bidding is not closed (trust.md §8.10).
    """
    before = newest_draw(taking.session, taking.lot)
    if before is None:
        return 1
    if not ended(before):
        raise Refused("draw_under_way", "上一次抽取尚未结束", "The draw before has not ended")
    if taking.lot.closed_at is None:
        raise Refused("not_closed", "重新抽取应当在投标截止之后提出", "A new draw is planned after bidding closed")
    return before.number + 1


def least_size(taking: Taking) -> int:
    """The least size of any committee or group of the lot's type and method; what more is asked, R11.C1–C5 ask."""
    names = {ProjectType.GPN: "gpn_group_min", ProjectType.LAND: "land_committee_min"}
    name = names.get(taking.lot.project.type, "committee_min")
    return int(taking.values["consultation_group_min" if taking.lot.method is Method.CONSULTATION else name])


def check_plan(taking: Taking, strata: dict[str, int]) -> None:
    """Whether the plan adds up.

    Raises:
        InvalidInput: naming the field.
    """
    data, lot = taking.data, taking.lot
    if len(strata) != len(data["strata"]):
        raise InvalidInput.of("strata", "同一专业只能列一次", "Name each specialty once")
    size, people = data["committee_size"], data["representatives"]
    wrong = committee.check(size, sum(strata.values()), len(set(people)), least_size(taking))
    if wrong:
        sentences = [Words(f"{one.zh}（{one.expected}）", f"{one.en} ({one.expected})") for one in wrong]
        raise InvalidInput({"committee_size": sentences})
    owners = taking.session.scalars(
        select(User.id).where(
            User.id.in_(people), User.organization_id == lot.project.owner_id, User.role == Role.OWNER, User.active
        )
    ).all()
    if len(owners) != len(people):
        raise InvalidInput.of(
            "representatives",
            "招标人代表应当是项目单位的账户",
            "The representatives must be accounts of the owner, each named once",
        )
    earliest = max(taking.now, lot.bid_deadline or taking.now)
    if data["evaluation_at"] <= earliest:
        raise InvalidInput.of(
            "evaluation_at", "评标时间应当晚于投标截止时间", "The evaluation must lie after the bid deadline"
        )


def beacon_of(taking: Taking) -> dict[str, Any] | None:
    """The round of the public beacon that the draw waits for, fixed now; None where none is wanted (trust.md A.4).

    Raises:
        InvalidInput: the round would be out before bidding closes.
    """
    wanted = taking.data["beacon_at"]
    if wanted is None:
        return None
    if taking.lot.bid_deadline is not None and wanted <= taking.lot.bid_deadline:
        raise InvalidInput.of(
            "beacon_at", "随机信标的时间应晚于投标截止时间", "The beacon's time must lie after the bid deadline"
        )
    return {"type": beacon.TYPE, "chain": beacon.CHAIN, "round": beacon.round_at(wanted)}
