"""Prequalification 资格预审: applications closed, examiners decide alone, results with reasons to each."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from trading.codelists import FailureGround, ForeRound, ProjectType, Status
from trading.errors import InvalidInput, Refused, Words
from trading.experts.draw import tie_break
from trading.experts.pool import eligible, need_of, sources_allowed
from trading.experts.standing import Training
from trading.models import Affiliation, Examiner, Expert, ForeApplication, Lot, Preliminary, User
from trading.phases.process_supervision.stopping import declare_failed
from trading.phases.process_supervision.variants.foreround import announce_round, close_round, open_round, round_of
from trading.steps import Step
from trading.workflow.admission import applications_of
from trading.workflow.taking import Taking, effect

QUALIFYING = ForeRound.PREQUALIFICATION


@effect(Step.ANNOUNCE_PREQUALIFICATION)
def announce_prequalification(taking: Taking) -> None:
    """Publish the prequalification notice (ZTBT 15-17)."""
    announce_round(taking, QUALIFYING)


@effect(Step.CLOSE_PRELIMINARY)
def close_preliminary(taking: Taking) -> None:
    """Close a round; with fewer than three there is no competition left, and the lot fails (ZTBT 19, R07.C4)."""
    round_ = open_round(taking.session, taking.lot)
    found = close_round(taking, round_)
    if len(found) < int(taking.values["bidders_min"]):
        fail_for_few(taking, round_, f"{round_.kind.zh}截止时，递交人少于三个。")


def fail_for_few(taking: Taking, round_: Preliminary, cause: str) -> None:
    """End the lot for want of applicants; it may be tendered anew."""
    round_.concluded_at, round_.concluded_by_id = taking.now, taking.actor_id
    taking.lot.remedy = None
    declare_failed(taking, FailureGround.FEW_PREQUALIFIED, cause)
    taking.tell(
        ("流标", f"“{taking.lot.name}”：{cause}项目单位可以依法重新招标。"),
        ("Failed", f"“{taking.lot.name}” failed: too few applicants. It may be tendered anew."),
        organizations=[one.organization_id for one in applications_of(taking.session, round_)],
    )
    taking.move(Status.FAILED)


def examiners_of(session: Session, lot: Lot) -> list[Examiner]:
    """Who examines."""
    return list(session.scalars(select(Examiner).where(Examiner.lot_id == lot.id).order_by(Examiner.id)))


def must_be_drawn(lot: Lot) -> bool:
    """Whether the law wants the committee formed as for an evaluation (ZTBT 18: state funds, mandatory)."""
    return lot.project.type is ProjectType.WORKS and lot.mandatory is not False and lot.project.state_controlled


def applicants_of(taking: Taking, round_: Preliminary) -> frozenset[str]:
    """The credit codes of the applicants and what they declare to be related with."""
    found = applications_of(taking.session, round_)
    query = select(Affiliation.related_uscc).where(
        Affiliation.organization_id.in_([one.organization_id for one in found])
    )
    return frozenset({*(one.organization.uscc for one in found), *taking.session.scalars(query)})


def drawn_experts(taking: Taking, round_: Preliminary, seats: int) -> list[Expert]:
    """So many experts of the specialties, by the order that the closing entry and the dice give.

    Raises:
        InvalidInput: no dice.
        Refused: too few of the pool may sit.
    """
    lot, data = taking.lot, taking.data
    if not data["dice"] or round_.leaf is None:
        raise InvalidInput.of("dice", "随机抽取的，请录入公开掷数", "Experts are drawn: type in the public dice")
    round_.dice = data["dice"]
    need = replace(need_of(taking.session, lot, taking.today), bidders=applicants_of(taking, round_))
    asked = Training(int(taking.values["expert_training_hours"]), int(taking.values["expert_training_months"]))
    source = sources_allowed(lot.project.type, lot.mandatory)[0]
    pool = {one.pool_number: one for one in eligible(taking.session, data["specialties"], need, source, asked)}
    order = tie_break([lot.code.encode(), bytes.fromhex(round_.leaf), data["dice"].encode()], pool)
    if len(order) < seats:
        raise Refused("too_few_experts", "可以抽取的专家不足", "Too few experts may be drawn")
    return [pool[one] for one in order[:seats]]


@effect(Step.SEAT_EXAMINERS)
def seat_examiners(taking: Taking) -> None:
    """Seat five or more, an odd number: two thirds drawn where the law wants it, else the owner's own (ZTBT 18)."""
    session, lot, data = taking.session, taking.lot, taking.data
    round_ = round_of(taking, QUALIFYING)
    if round_.closed_at is None:
        raise Refused("not_closed", "资格预审申请尚未截止", "Applications are not closed yet")
    if examiners_of(session, lot):
        raise Refused("seated", "资格审查委员会已经组成", "The examiners are seated already")
    own = own_people(taking, data["representatives"])
    experts = drawn_experts(taking, round_, data["experts"]) if data["experts"] else []
    check_size(taking, len(own), len(experts))
    users = {
        one.expert_id: one
        for one in session.scalars(select(User).where(User.expert_id.in_([one.id for one in experts]))).unique()
    }
    session.add_all(Examiner(lot_id=lot.id, user_id=one.id, drawn=False) for one in own)
    session.add_all(Examiner(lot_id=lot.id, user_id=users[one.id].id, expert_id=one.id, drawn=True) for one in experts)
    taking.record("document.sealed", {"what": "examiners", "sha256": round_.leaf or "", "dice": round_.dice or ""})
    taking.tell(
        ("资格预审审查", f"您参加“{lot.name}”资格预审申请的审查，请登录后独立审查，并对此保密。"),
        ("Examine applications", f"You examine the applications for “{lot.name}”. Please keep it secret."),
        users=[*(one.id for one in own), *(users[one.id].id for one in experts)],
    )


def own_people(taking: Taking, ids: Sequence[str]) -> list[User]:
    """The owner's staff among the examiners.

    Raises:
        InvalidInput: one is not of the owner.
    """
    owner = taking.lot.project.owner_id
    found = [taking.session.get(User, one) for one in dict.fromkeys(ids)]
    if any(one is None or one.organization_id != owner or not one.active for one in found):
        raise InvalidInput.of("representatives", "应当是项目单位的人员", "They must be of the owner")
    return [one for one in found if one is not None]


def check_size(taking: Taking, own: int, experts: int) -> None:
    """Odd and large enough, with two thirds of experts, where the law forms it as a committee of evaluation.

    Raises:
        InvalidInput: it is not.
    """
    size = own + experts
    least = int(taking.values["committee_min"]) if must_be_drawn(taking.lot) else 1
    if size < least or size % 2 == 0:
        raise InvalidInput.of("experts", f"人数应当为{least}人以上单数", f"An odd number of {least} or more")
    if must_be_drawn(taking.lot) and 3 * experts < 2 * size:
        raise InvalidInput.of("experts", "专家不得少于三分之二", "Two thirds are experts at least")


@effect(Step.EXAMINE_APPLICATIONS)
def examine_applications(taking: Taking) -> None:
    """One examiner says of every application whether it passes; a failure has its reason, nothing is added later."""
    round_ = round_of(taking, QUALIFYING)
    query = select(Examiner).where(Examiner.lot_id == taking.lot.id, Examiner.user_id == taking.actor_id)
    examiner = taking.session.scalars(query).one()
    if examiner.handed_in_at is not None:
        raise Refused("handed_in", "您已经提交审查意见", "You have handed in your findings")
    rows = taking.data["findings"]
    wanted = sorted(one.id for one in applications_of(taking.session, round_))
    if sorted(row["application"] for row in rows) != wanted:
        raise InvalidInput.of("findings", "应当对每一份申请各审查一次", "Examine every application once")
    for number, row in enumerate(rows):
        if not row["passed"] and not row["reason"]:
            why = {"reason": [Words("不通过的应当说明理由", "Give the reason why it does not pass")]}
            raise InvalidInput({"findings": {str(number): why}})
    examiner.findings = {
        row["application"]: {"passed": bool(row["passed"]), "reason": row["reason"] or ""} for row in rows
    }
    examiner.handed_in_at = taking.now


def majority(examiners: Sequence[Examiner], application: ForeApplication) -> tuple[bool, str]:
    """Whether more than half let an application pass, and the reasons of those who did not."""
    found = [(one.findings or {})[application.id] for one in examiners]
    passed = 2 * sum(row["passed"] for row in found) > len(found)
    reasons = "；".join(dict.fromkeys(row["reason"] for row in found if not row["passed"]))
    return passed, "" if passed else reasons


@effect(Step.CONCLUDE_PREQUALIFICATION)
def conclude_prequalification(taking: Taking) -> None:
    """Tell each applicant his own result with its reasons (ZTBT 19); fewer than three: the lot fails (R07.C4)."""
    round_, lot = round_of(taking, QUALIFYING), taking.lot
    examiners = examiners_of(taking.session, lot)
    if not examiners or any(one.handed_in_at is None for one in examiners):
        raise Refused("not_examined", "尚有成员未提交审查意见", "Not every examiner has handed in his findings")
    found = applications_of(taking.session, round_)
    for one in found:
        one.passed, one.reason = majority(examiners, one)
        tell_result(taking, one)
    round_.concluded_at, round_.concluded_by_id = taking.now, taking.actor_id
    results: list[Any] = sorted([one.digest, bool(one.passed)] for one in found)
    taking.record("document.sealed", {"what": "prequalification results", "results": results})
    passed = sum(bool(one.passed) for one in found)
    if passed < int(taking.values["bidders_min"]):
        fail_for_few(taking, round_, "通过资格预审的申请人少于三个。")


def tell_result(taking: Taking, application: ForeApplication) -> None:
    """The result notice 资格预审结果通知书, to the applicant alone."""
    name = taking.lot.name
    if application.passed:
        zh, en = "已通过资格预审，请等待投标邀请。", "You passed the prequalification."
    else:
        zh, en = f"未通过资格预审，原因：{application.reason}。", f"You did not pass: {application.reason}"
    taking.tell(
        ("资格预审结果通知书", f"“{name}”：贵单位{zh}"), ("Result of the prequalification", f"“{name}”: {en}"),
        organizations=[application.organization_id],
    )  # fmt: skip
