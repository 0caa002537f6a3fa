"""Banks' layouts and the issuers the centre knows 银行流水格式与担保机构名录: kept, tried on a file, ended."""

from __future__ import annotations

from typing import Any

from flask import jsonify, make_response, render_template, url_for
from flask.typing import ResponseReturnValue
from sqlalchemy import select

from trading.admin.accounts import add_unique
from trading.beijing import law_date
from trading.codelists import Role
from trading.database import db, transaction
from trading.errors import InvalidInput, NotFound
from trading.models import BankProfile, GuaranteeIssuer
from trading.web import access
from trading.web.steps import now, tools
from trading.workflow.bank_statements import CHOSEN, NEEDED, Limits, layout_of, pattern_of, read_statement

KEEPERS = (Role.CENTRE, Role.ADMINISTRATOR)
SHOWN = 50


def profiles() -> list[BankProfile]:
    """Every layout by name."""
    return list(db.session.scalars(select(BankProfile).order_by(BankProfile.name)))


@access.allow(*KEEPERS)
def banks() -> ResponseReturnValue:
    """The layouts and the issuers."""
    found = db.session.scalars(select(GuaranteeIssuer).order_by(GuaranteeIssuer.form, GuaranteeIssuer.name)).all()
    return render_template("admin/banks.html", profiles=profiles(), issuers=found, role=access.actor().role)


@access.allow(*KEEPERS)
def banks_json() -> ResponseReturnValue:
    """The same by JSON."""
    issuers = db.session.scalars(select(GuaranteeIssuer).order_by(GuaranteeIssuer.name)).all()
    return jsonify({
        "profiles": [{"id": one.id, **typed(one)} for one in profiles()],
        "issuers": [
            {"id": one.id, "name": one.name, "form": one.form.value, "ended": one.ended_at is not None}
            for one in issuers
        ],
    })  # fmt: skip


def find_profile(profile: str) -> BankProfile:
    """The layout of this id. Raises NotFound."""
    found = db.session.get(BankProfile, profile)
    if found is None:
        raise NotFound
    return found


def typed(profile: BankProfile) -> dict[str, Any]:
    """A layout as its form shows it."""
    common = {name: getattr(profile, name) for name in ("name", "encoding", "separator", "time_format")}
    return common | {name: profile.columns.get(name) for name in (*NEEDED, *CHOSEN)}


def settled(data: dict[str, Any]) -> dict[str, Any]:
    """A layout as it is kept.

    Raises:
        InvalidInput: two columns of one heading, or a form of time that cannot be read.
    """
    columns = {name: data[name] for name in (*NEEDED, *CHOSEN) if data[name]}
    if len(set(columns.values())) < len(columns):
        raise InvalidInput.of("reference", "各列名不得相同", "No two columns may have one heading")
    form = data["time_format"]
    if pattern_of(form) is None:
        raise InvalidInput.of(
            "time_format", "时间格式由 YYYY MM DD hh mm ss 组成，至少含年月日",
            "The form is made of YYYY MM DD hh mm ss: year, month and day at least",
        )  # fmt: skip
    return {
        "name": data["name"], "encoding": data["encoding"].value, "separator": data["separator"].value,
        "time_format": form, "columns": columns,
    }  # fmt: skip


def keep_profile(record: BankProfile | None, data: dict[str, Any]) -> dict[str, Any]:
    """Keep a bank's layout: a new one, or another version of the one that is there."""
    told = settled(data) | {"changed_at": now(), "changed_by_id": access.actor().id}
    with transaction(db.session):
        if record is None:
            record = BankProfile(**told)
            add_unique(db.session, record, "name", "同名的格式已经存在")
        else:
            for name, value in told.items():
                setattr(record, name, value)
        db.session.flush()
        return {"id": record.id}


def limits() -> Limits:
    """How large a file of a bank may be today."""
    values = tools().book.on(law_date(now()))
    return Limits(now(), int(values["bank_statement_megabytes_max"]), int(values["bank_statement_lines_max"]))


def try_profile(record: BankProfile, data: dict[str, Any]) -> dict[str, Any]:
    """Read a statement by a layout and show what was read; nothing is kept."""
    rows = read_statement(data["statement"].data, layout_of(record), limits())
    told = [
        {name: str(row[name] or "") for name in (*NEEDED, "virtual_account", "remark")}
        | {"line": row["line"], "paid_at": row["paid_at"].isoformat(), "cash": row["cash"]}
        for row in rows[:SHOWN]
    ]  # fmt: skip
    return {"read": len(rows), "lines": told}


def tried(answer: dict[str, Any], **path: str) -> Any:
    """What was read, as a page."""
    return make_response(render_template("admin/bank_trial.html", profile=find_profile(path["profile"]), found=answer))


def list_issuer(_record: None, data: dict[str, Any]) -> dict[str, Any]:
    """Put an issuer on the list; one that was ended stands there again."""
    with transaction(db.session):
        found = db.session.scalar(select(GuaranteeIssuer).where(GuaranteeIssuer.name == data["name"]))
        if found is not None and found.ended_at is None:
            raise InvalidInput.of("name", "该机构已在名录中", "This issuer is listed already")
        if found is None:
            found = GuaranteeIssuer(name=data["name"])
            db.session.add(found)
        found.form, found.ended_at = data["form"], None
        found.listed_at, found.listed_by_id = now(), access.actor().id
        db.session.flush()
        return {"id": found.id}


def find_issuer(issuer: str) -> GuaranteeIssuer:
    """The issuer of this id. Raises NotFound."""
    found = db.session.get(GuaranteeIssuer, issuer)
    if found is None:
        raise NotFound
    return found


def end_issuer(record: GuaranteeIssuer, _data: dict[str, Any]) -> dict[str, Any]:
    """Take an issuer off the list; what was registered before stays as it was."""
    with transaction(db.session):
        record.ended_at = now()
    return {"id": record.id}


def to_banks(_answer: Any = None, **_path: str) -> str:
    """The list of layouts and issuers."""
    return url_for("deposits.banks")
