"""Complaints 投诉: lodged under seal, admitted by the list, decided on the clock, told and published without a name."""

from __future__ import annotations

import io
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import select

from tests.builders import Trade, a_lot, client_as, people, send_form
from tests.phases.papers import PDF, paper
from trading.beijing import at
from trading.codelists import Status
from trading.database import db
from trading.ledger.log import entries_of
from trading.models import Complaint, ComplaintReply, LedgerEntry, Message, Notice, Objection, Stop
from trading.working_days import add_days

NAME = "第1建设有限公司"
SUMMARY = "资质要求是否与项目规模相适应，请说明依据。"
PUBLIC = "经查，招标文件的资格条件与项目规模相适应，投诉缺乏事实根据，予以驳回。"


def complaint(**changed: Any) -> dict[str, Any]:
    """A complaint about the documents on the lot's first day."""
    return {
        "target": "documents", "about": "县水利局", "facts": f"{NAME}认为资质要求过高。", "claim": "修改招标文件",
        "known_on": "2026-03-02", "signatory": "法人1", "contact": "13800000001", "signed": True,
        "files": [paper("complaint.pdf")],
    } | changed  # fmt: skip


def admission(**changed: Any) -> dict[str, Any]:
    """The supervisor admits it and lets the lot go on."""
    return {
        "admitted": True, "reason": "符合受理条件", "interested": True, "concrete": True, "summary": SUMMARY,
        "suspend": False,
    } | changed  # fmt: skip


def decision(**changed: Any) -> dict[str, Any]:
    """The supervisor rejects it."""
    return {
        "outcome": "rejected", "number": "巴公管投〔2026〕1号", "findings": "资质要求与规模相适应。",
        "decision": "依照招标投标法实施条例第六十一条，驳回投诉。", "resume": False, "files": [paper("decision.pdf")],
    } | changed  # fmt: skip


@pytest.fixture
def trade(app: Flask) -> Trade:
    """A published lot to whose documents bidder1 objected in vain."""
    lot = a_lot(app, people(app))
    lot.step("bidder1", "object", {"target": "documents", "text": "资质要求过高"})
    objection = waiting(lot, "objection")
    lot.step("owner", f"answer-objection/{objection}", {"answer": "符合规定", "upheld": False})
    return lot


def waiting(trade: Trade, what: str) -> str:
    """The id of the newest record that somebody must answer."""
    with trade.app.app_context():
        model = {"objection": Objection, "reply": ComplaintReply}[what]
        return db.session.scalars(select(model.id)).all()[-1]


def lodged(trade: Trade, who: str = "bidder1", **changed: Any) -> str:
    """Lodge a complaint, by bidder1 with the prior objection; its id."""
    if who == "bidder1":
        changed = {"objection": waiting(trade, "objection")} | changed
    return trade.step(who, "lodge-complaint", complaint(**changed))["facts"]["complaint"]


def one(trade: Trade, model: Any) -> Any:
    """The only record of a kind."""
    with trade.app.app_context():
        return db.session.scalars(select(model)).unique().one()


def texts(trade: Trade, who: str) -> str:
    """Everything delivered to the organisation of ``who``."""
    with trade.app.app_context():
        home = trade.people[who].organization_id
        found = db.session.scalars(select(Message).where(Message.organization_id == home))
        return "\n".join(f"{row.subject_zh} {row.text_zh}" for row in found)


@pytest.mark.both_databases
def test_a_complaint_goes_from_its_lodging_to_its_published_decision(trade):
    identity = lodged(trade)
    trade.step("supervisor", f"admit-complaint/{identity}", admission(suspend=True))
    with trade.app.app_context():
        assert trade.lot().status is Status.SUSPENDED
    trade.step("bidder2", f"reply-to-complaint/{waiting(trade, 'reply')}", {"reply": "x"}, 404)
    trade.step("owner", f"reply-to-complaint/{waiting(trade, 'reply')}", {"reply": "按规模设置", "files": [paper()]})
    trade.step("supervisor", f"decide-complaint/{identity}", decision())
    with trade.app.app_context():
        assert trade.lot().status is Status.PUBLISHED
        stop = db.session.scalars(select(Stop).where(Stop.ground == "complaint")).one()
        assert stop.ended_at is not None
    assert "驳回投诉" in texts(trade, "bidder1")
    trade.step("supervisor", f"publish-decision/{identity}", {"text": PUBLIC})
    with trade.app.app_context():
        notice = db.session.scalars(select(Notice).where(Notice.kind == "complaint")).one()
        assert notice.text == PUBLIC
        kinds = [entry.kind for entry in entries_of(db.session, trade.code)]
    expected = ["complaint.lodged", "complaint.reply_asked", "complaint.admission", "complaint.replied",
                "complaint.decided", "notice.complaint"]  # fmt: skip
    assert [kind for kind in kinds if "complaint" in kind] == expected
    assert one(trade, Complaint).published_text == PUBLIC


def test_the_same_by_forms(trade):
    bidder, supervisor = (client_as(trade.app, trade.people[who]) for who in ("bidder1", "supervisor"))
    page = f"/lots/{trade.code}/lodge-complaint"
    filled = complaint(objection=waiting(trade, "objection"), signed="true", confirmed="1")
    filled["files"] = (io.BytesIO(PDF), "complaint.pdf")
    assert send_form(bidder, page, filled).status_code == 303
    identity = one(trade, Complaint).id
    page = f"/lots/{trade.code}/admit-complaint/{identity}"
    assert NAME in supervisor.get(page).text
    answers = {name: str(value).lower() if isinstance(value, bool) else value for name, value in admission().items()}
    assert send_form(supervisor, page, answers).status_code == 200
    assert send_form(supervisor, page, answers | {"confirmed": "1"}).status_code == 303
    assert one(trade, Complaint).admitted_at is not None
    assert NAME in supervisor.get(f"/lots/{trade.code}/supervision").text
    assert trade.code in supervisor.get("/oversight/dockets").text


def test_who_complains_is_told_to_supervision_alone(trade):
    identity = lodged(trade)
    trade.step("supervisor", f"admit-complaint/{identity}", admission())
    for who in ("owner", "agency", "centre", "bidder2", "authority", None):
        browser = client_as(trade.app, trade.people[who] if who else None)
        for page in ("", "/supervision", "/record", f"/admit-complaint/{identity}", f"/withdraw-complaint/{identity}",
                     f"/supervision/complaint/{identity}/0"):  # fmt: skip
            answer = browser.get(f"/lots/{trade.code}{page}")
            assert page == "" or NAME not in answer.text, (who, page)
            assert "认为资质要求过高" not in answer.text, (who, page)
        assert browser.get(f"/lots/{trade.code}/supervision/complaint/{identity}/0").status_code != 200
        told = browser.get(f"/api/v1/lots/{trade.code}/supervision").text
        assert identity not in told, who
    assert NAME not in texts(trade, "owner")
    assert SUMMARY in texts(trade, "owner")
    assert texts(trade, "bidder2") == ""
    own = client_as(trade.app, trade.people["bidder1"])
    assert own.get(f"/lots/{trade.code}/supervision/complaint/{identity}/0").status_code == 200
    assert "认为资质要求过高" in own.get(f"/lots/{trade.code}/supervision").text


def test_the_record_keeps_no_account_of_who_complained(trade):
    lodged(trade)
    trade.step("bidder1", "lodge-complaint", complaint(objection=waiting(trade, "objection")), 422)
    with trade.app.app_context():
        told = [row for row in entries_of(db.session, trade.code) if "complaint" in f"{row.kind}{row.body}"]
    assert {row.actor for row in told} == {"bidder-sealed"}
    assert [row.kind for row in told] == ["complaint.lodged", "step.taken", "step.refused"]


def test_supervisions_reading_of_names_is_on_record(trade):
    lodged(trade)
    client_as(trade.app, trade.people["oversight"]).get(f"/lots/{trade.code}/supervision")
    with trade.app.app_context():
        query = select(LedgerEntry.body).where(LedgerEntry.kind == "secret.read")
        assert any("complaints" in body for body in db.session.scalars(query))


@pytest.mark.parametrize("who", ["owner", "centre", "expert1", "oversight", "authority"])
def test_nobody_but_a_bidder_complains_and_nobody_but_a_supervisor_decides(trade, who):
    trade.step(who, "lodge-complaint", complaint(), 403)
    identity = lodged(trade)
    trade.step(who, f"admit-complaint/{identity}", admission(), 403)
    trade.step("bidder2", f"withdraw-complaint/{identity}", {"reason": "x"}, 404)


def test_a_late_complaint_is_not_admitted_and_may_be_refused(trade):
    identity = lodged(trade, known_on="2026-02-10")
    answer = trade.step("supervisor", f"admit-complaint/{identity}", admission(), 422)
    assert "R18.C1" in str(answer)
    refused = admission(admitted=False, refusal="late", summary=None)
    trade.step("supervisor", f"admit-complaint/{identity}", refused)
    assert "超过投诉时效" in texts(trade, "bidder1")
    assert one(trade, Complaint).refused_at is not None


def test_a_timely_complaint_is_not_refused_as_late(trade):
    identity = lodged(trade)
    refused = admission(admitted=False, refusal="late", summary=None)
    assert "R18.C4" in str(trade.step("supervisor", f"admit-complaint/{identity}", refused, 422))
    trade.step("supervisor", f"admit-complaint/{identity}", refused | {"refusal": None}, 400)


def test_a_complaint_without_a_prior_objection_is_not_admitted(trade):
    identity = lodged(trade, "bidder2", facts="资质要求过高", signatory="法人2", contact="13800000002")
    assert "R18.C2" in str(trade.step("supervisor", f"admit-complaint/{identity}", admission(), 422))
    trade.step("bidder2", "lodge-complaint", complaint(target="result", objection=waiting(trade, "objection")), 400)


def test_no_text_to_others_names_the_complainant(trade):
    identity = lodged(trade)
    named = admission(summary=f"{NAME}反映资质要求过高")
    assert "R18.C15" in str(trade.step("supervisor", f"admit-complaint/{identity}", named, 422))
    trade.step("supervisor", f"admit-complaint/{identity}", admission())
    trade.step("supervisor", f"decide-complaint/{identity}", decision())
    named = {"text": f"驳回{NAME}的投诉"}
    assert "R18.C15" in str(trade.step("supervisor", f"publish-decision/{identity}", named, 422))


def test_late_admission_and_late_decision_raise_alarms_and_examinations_are_not_counted(trade):
    identity = lodged(trade)
    trade.clock.set(at(add_days(trade.clock.now().date(), 7), 9))
    taken = trade.step("supervisor", f"admit-complaint/{identity}", admission())
    assert answers(taken)["R18.C3"] == "failed"
    examination = {"begun_on": "2026-03-10", "ended_on": "2026-03-13", "organ": "省质检院", "reason": "检测"}
    trade.clock.set(at(add_days(trade.clock.now().date(), 9), 9))
    trade.step("supervisor", f"record-examination/{identity}", examination)
    trade.step("supervisor", f"record-examination/{identity}", examination, 400)
    taken = trade.step("supervisor", f"decide-complaint/{identity}", decision())
    assert answers(taken)["R18.C5"] == "passed"


def test_what_is_over_is_over(trade):
    identity = lodged(trade)
    trade.step("supervisor", f"decide-complaint/{identity}", decision(), 422)
    trade.step("supervisor", f"publish-decision/{identity}", {"text": PUBLIC}, 422)
    trade.step("bidder1", f"withdraw-complaint/{identity}", {"reason": "已协商"})
    trade.step("supervisor", f"admit-complaint/{identity}", admission(), 422)
    with trade.app.app_context():
        kinds = db.session.scalars(select(LedgerEntry.kind).where(LedgerEntry.chain == trade.code)).all()
    assert kinds.count("step.refused") == 3


def test_respondents_are_asked_and_never_the_complainant(trade):
    identity = lodged(trade)
    trade.step("supervisor", f"admit-complaint/{identity}", admission())
    home = trade.people["bidder1"].organization_id
    trade.step("supervisor", f"ask-for-reply/{identity}", {"organization": home, "question": "请说明"}, 400)
    centre = trade.people["centre"].organization_id
    trade.step("supervisor", f"ask-for-reply/{identity}", {"organization": centre, "question": "请说明"})
    asked = [row for row in rows(trade) if row.organization_id == centre]
    trade.step("bidder1", f"reply-to-complaint/{asked[0].id}", {"reply": "x"}, 404)
    trade.step("centre", f"reply-to-complaint/{asked[0].id}", {"reply": "系统记录如下"})
    trade.step("centre", f"reply-to-complaint/{asked[0].id}", {"reply": "再说"}, 422)


def answers(taken: dict[str, Any]) -> dict[str, str]:
    """What each condition said, from a receipt."""
    return {row["id"]: row["answer"] for row in taken["conditions"]}


def rows(trade: Trade) -> list[ComplaintReply]:
    """Everything that was asked."""
    with trade.app.app_context():
        return list(db.session.scalars(select(ComplaintReply)).unique())
