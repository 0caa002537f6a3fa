"""The office that keeps the list of experts 专家库管理: applications, decisions, training, totals of the year."""

from __future__ import annotations

import re
from datetime import date
from typing import Any

from flask import Response, jsonify, render_template, request, url_for
from flask.typing import ResponseReturnValue
from sqlalchemy import func, select

from trading.admin import applying, expert_training, expert_view, pool_decisions
from trading.admin.expert_schemas import ObjectionVerdict, Verdict
from trading.admin.pages import law, paged, pager
from trading.beijing import law_date
from trading.codelists import Role
from trading.credit.expert_sheets import sheets_of_year
from trading.database import db
from trading.errors import NotFound
from trading.experts import classification
from trading.experts.sheets import year_total
from trading.models import Expert, ExpertApplication, ExpertAppraisal, ExpertChange, ExpertDecision, User
from trading.web import access, exchange
from trading.web.steps import now, tools

KEEPERS = (Role.AUTHORITY, Role.SUPERVISOR)
YEAR = re.compile(r"(199|20\d|21\d)\d", re.ASCII)


def find_application(application: str) -> ExpertApplication:
    """The application of this id.

    Raises:
        NotFound: there is none.
    """
    found = db.session.get(ExpertApplication, application)
    if found is None:
        raise NotFound("没有这件申请", "There is no such application")
    return found


def find_expert(expert: str) -> Expert:
    """The expert of this id.

    Raises:
        NotFound: there is none.
    """
    found = db.session.get(Expert, expert)
    if found is None:
        raise NotFound("没有这名专家", "There is no such expert")
    return found


def full(application: ExpertApplication) -> dict[str, Any]:
    """An application with its applicant and every condition, as the authority sees it."""
    user, language = db.session.get_one(User, application.user_id), exchange.language()
    found = applying.checks(db.session, application, law_date(now()), law())
    kept = {one["code"]: one for one in application.findings}
    level = expert_view.word(application.level)
    return expert_view.application_json(application) | {
        "name": user.name, "identity_number": applying.masked(user.person),
        "born_on": application.born_on.isoformat(), "phone": application.phone, "employer": application.employer,
        "employer_uscc": application.employer_uscc, "title": application.title,
        "level": level, "years_in_field": application.years_in_field,
        "specialties": classification.words(application.specialties, language),
        "employment_history": application.employment_history, "relatives": application.relatives,
        "interests": application.interests,
        "checks": [
            {"code": one.code, "words": one.en if language == "en" else one.zh,
             "met": kept.get(one.code, {}).get("met", one.met),
             "found": level["word"] if one.code == "title" else kept.get(one.code, {}).get("found", one.found),
             "source": one.source[language == "en"], "mark": expert_view.word(one.mark)}
            for one in found
        ],
    }  # fmt: skip


@access.allow(Role.AUTHORITY)
def applications() -> ResponseReturnValue:
    """The applications: those that wait first, then the newest."""
    closed = ExpertApplication.decided_at.is_not(None) | ExpertApplication.withdrawn_at.is_not(None)
    query = select(ExpertApplication, User.name).join(User, User.id == ExpertApplication.user_id)
    rows, number, more = paged(query.order_by(closed, ExpertApplication.submitted_at.desc(), ExpertApplication.id))
    shown = [
        {"id": one.id, "name": name, "employer": one.employer, "submitted_at": one.submitted_at.isoformat(),
         "state": expert_view.word(applying.state_of(one))}
        for one, name in rows
    ]  # fmt: skip
    if request.path.startswith("/api/"):
        return jsonify({"applications": shown, "page": number, "more": more})
    return render_template(
        "admin/expert_applications.html", applications=shown, pager=pager(number, more),
        as_moment=expert_view.as_moment,
    )  # fmt: skip


@access.allow(Role.AUTHORITY)
def application(application: str) -> ResponseReturnValue:
    """One application with every condition of admission."""
    shown = full(find_application(application))
    if request.path.startswith("/api/"):
        return jsonify(shown)
    return render_template("admin/expert_application.html", application=shown, as_moment=expert_view.as_moment)


@access.allow(Role.AUTHORITY, Role.EXPERT)
def application_paper(application: str, number: str) -> Response:
    """A paper of an application: for the authority, and for whoever handed it in.

    Raises:
        NotFound: there is none, or it is somebody else's.
    """
    found, reader = find_application(application), access.actor()
    files = {str(place): file for place, file in enumerate(found.files)}
    if number not in files or (reader.role is Role.EXPERT and found.user_id != reader.id):
        raise NotFound("没有这份文件", "There is no such file")
    file = files[number]
    answer = Response(tools().files.get(file["sha256"]), mimetype=file["type"])
    answer.headers.set("Content-Disposition", "attachment", filename=file["name"])
    return answer


def decide_application(found: ExpertApplication, data: dict[str, Any]) -> dict[str, Any]:
    """Admit an applicant, or refuse him with reasons."""
    verdict = (data["verdict"] is Verdict.ADMIT, data["reason"])
    kept = applying.decide(db.session, access.actor(), found.id, verdict, law(), now())
    return expert_view.application_json(kept)


def to_be_examined(found: ExpertApplication) -> dict[str, Any]:
    """The application beside the form of its decision."""
    return {"application": full(found), "as_moment": expert_view.as_moment}


def to_application(_answer: Any = None, *, application: str) -> str:
    """The page of an application."""
    return url_for("experts.application", application=application)


def of_expert(expert: Expert) -> dict[str, Any]:
    """An expert as those who keep the list see him, with the changes that he made himself."""
    query = select(ExpertChange).where(ExpertChange.expert_id == expert.id)
    changes = db.session.scalars(query.order_by(ExpertChange.at.desc(), ExpertChange.id))
    return expert_view.of_expert(db.session, expert, now(), law()) | {
        "id": expert.id,
        "changes": [{"at": one.at.isoformat(), "before": one.before, "after": one.after} for one in changes],
    }


@access.allow(*KEEPERS)
def expert(expert: str) -> ResponseReturnValue:
    """One expert of the pool."""
    shown = of_expert(find_expert(expert))
    if request.path.startswith("/api/"):
        return jsonify(shown)
    return render_template(
        "admin/expert_me.html", own=False, expert=shown, applications=[], invitations=[],
        as_moment=expert_view.as_moment,
    )  # fmt: skip


def decide(found: Expert, data: dict[str, Any]) -> dict[str, Any]:
    """Suspend, restore or remove an expert."""
    decision = pool_decisions.decide(db.session, tools().files, access.actor(), found, data, now())
    return expert_view.decision_json(decision)


def to_expert(_answer: Any = None, *, expert: str) -> str:
    """The page of an expert."""
    return url_for("experts.expert", expert=expert)


def find_decision(decision: str) -> ExpertDecision:
    """The decision of this id."""
    return pool_decisions.find_decision(db.session, decision)


def beside_objection(decision: ExpertDecision) -> dict[str, Any]:
    """The decision and the objection, beside the form of the answer."""
    return {"decision": expert_view.decision_json(decision), "expert": decision.expert_id,
            "as_moment": expert_view.as_moment}  # fmt: skip


def answer_objection(decision: ExpertDecision, data: dict[str, Any]) -> dict[str, Any]:
    """Answer an expert's objection."""
    verdict = (data["verdict"] is ObjectionVerdict.OVERTURN, data["text"])
    pool_decisions.answer(db.session, access.actor(), decision, verdict, now())
    return {"id": decision.id, "overturned": verdict[0]}


def record_training(_record: None, data: dict[str, Any]) -> dict[str, Any]:
    """Record a training and who took part."""
    return {"experts": expert_training.record(db.session, access.actor(), data, now())}


def to_year(_answer: Any = None, **_path: str) -> str:
    """The totals of the year."""
    return url_for("experts.year")


def asked_year() -> int:
    """The year of the address, this year where it names none."""
    given = request.args.get("year", "")
    named = YEAR.fullmatch(given) is not None
    return int(given) if named else law_date(now()).year


def totals(year: int) -> list[dict[str, Any]]:
    """Every expert with sheets or measures of a year, those who are flagged first."""
    share, sheets = law()["expert_year_least_share"], sheets_of_year(db.session, year)
    of_year = (ExpertAppraisal.decided_on >= date(year, 1, 1), ExpertAppraisal.decided_on <= date(year, 12, 31))
    counted = select(ExpertAppraisal.expert_id, func.count()).where(*of_year).group_by(ExpertAppraisal.expert_id)
    measures = {one: count for one, count in db.session.execute(counted)}
    experts = db.session.scalars(select(Expert).where(Expert.id.in_({*sheets, *measures})))
    rows = []
    for one in experts:
        total = year_total(sheets.get(one.id, []), share)
        rows.append({
            "expert": one.id, "pool_number": one.pool_number, "name": one.name, "lots": total.lots if total else 0,
            "sheets": total.sheets if total else 0, "mean": str(total.mean) if total else None,
            "flagged": bool(total and total.flagged), "measures": measures.get(one.id, 0),
        })  # fmt: skip
    return sorted(rows, key=lambda row: (not row["flagged"], -row["measures"], row["pool_number"]))


@access.allow(*KEEPERS)
def year() -> ResponseReturnValue:
    """The totals of a year, of lots whose committees may be told of."""
    asked = asked_year()
    rows = totals(asked)
    if request.path.startswith("/api/"):
        return jsonify({"year": asked, "experts": rows})
    return render_template("admin/expert_year.html", rows_of_year=rows, year=asked)


@access.allow(*KEEPERS)
def office() -> ResponseReturnValue:
    """What waits in the office of the list, and where its rooms are."""
    objections = pool_decisions.open_objections(db.session)
    return render_template(
        "admin/expert_office.html", waiting=applying.waiting(db.session), objections=objections,
        year=law_date(now()).year,
    )  # fmt: skip
