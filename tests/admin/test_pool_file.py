"""An external list by file: CSV or JSON with its columns mapped; a broken line is refused by number, all or nothing."""

from __future__ import annotations

import base64
import json
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import func, select

from tests.admin.test_keeping import ROW
from tests.builders import client_as, people
from trading.admin.pool_file import COLUMNS
from trading.codelists import Pool
from trading.database import db, transaction
from trading.models import Expert

OTHER = ROW | {"pool_number": "HB-90002", "identity_number": "P-POOL2", "name": "谭评"}
NAMES = {"pool_number": "编号", "name": "姓名", "identity_number": "身份证号", "senior_title": "高级"}


def given(app: Flask, data: str, name: str = "pool.csv", mapping: dict[str, str] | None = None) -> Any:
    """Import a file by JSON, as the centre."""
    file = {"name": name, "content": base64.b64encode(data.encode()).decode()}
    rows = [{"column": column, "name": ours} for column, ours in (mapping or {}).items()]
    body = {"file": file, "mapping": rows}
    return client_as(app, people(app)["centre"]).post("/api/v1/admin/experts/import", json=body)


def csv(*rows: dict[str, str], heads: dict[str, str] | None = None, more: str = "") -> str:
    """A CSV of these rows."""
    names = [(heads or {}).get(column, column) for column in COLUMNS]
    return "\n".join([",".join(names), *(",".join(row[column] for column in COLUMNS) for row in rows)]) + more


def count(app: Flask) -> int:
    """How many experts the pool has beyond those of the builders."""
    with app.app_context():
        query = select(func.count()).select_from(Expert).where(Expert.pool_number.like("HB-9%"))
        return db.session.scalar(query) or 0


def faults(answer: Any) -> list[str]:
    """What the answer says of the file."""
    assert answer.status_code == 400, answer.text
    return list(answer.get_json()["fields"]["file"])


@pytest.mark.both_databases
def test_a_file_with_names_of_its_own_is_taken_over_by_the_mapping(app: Flask) -> None:
    data = csv(ROW, OTHER, heads=NAMES)
    assert given(app, data, mapping=NAMES).get_json() == {"added": 2, "changed": 0}
    assert given(app, data, mapping=NAMES).get_json() == {"added": 0, "changed": 2}
    assert count(app) == 2


@pytest.mark.both_databases
def test_a_list_in_json_is_taken_over(app: Flask) -> None:
    row = OTHER | {"specialties": ["A0101", "C0401"], "senior_title": True, "years_in_field": 20}
    assert given(app, json.dumps([ROW, row]), "pool.json").get_json() == {"added": 2, "changed": 0}
    with app.app_context():
        one = db.session.scalars(select(Expert).where(Expert.pool_number == "HB-90002")).one()
        assert (one.specialties, one.pool) == (["A0101", "C0401"], Pool.PROVINCIAL)


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (csv(ROW, OTHER | {"identity_number": ROW["identity_number"]}), "第 3 行：证件号码重复，见第 2 行"),
        (csv(ROW, OTHER | {"pool_number": ROW["pool_number"]}), "第 3 行：编号重复，见第 2 行"),
        (csv(ROW, OTHER, more=",too,many"), "第 3 行：列数与首行不符"),
        (csv(ROW, more="\nHB-90003,only"), "第 3 行：列数与首行不符"),
        (csv(ROW, OTHER | {"identity_number": "P-EXPERT1"}), "第 3 行：证件号码已在另一编号下"),
        (csv(ROW, more='\n"HB-9'), "不是有效的 CSV"),
        (csv(ROW, OTHER | {"specialties": "A01"}), "第 3 行：专业代码不在目录内：A01"),
    ],
)
def test_a_broken_line_or_a_person_twice_is_named_and_nothing_is_taken_over(app: Flask, data: str, said: str) -> None:
    found = faults(given(app, data))
    assert any(said in one for one in found), found
    assert not any(ROW["identity_number"] in one or ROW["name"] in one for one in found)
    assert count(app) == 0


@pytest.mark.parametrize(
    ("rows", "said"),
    [
        ([ROW, "a line"], "第 2 行：应为一个对象"),
        ([ROW, {"name": "某"}], "第 2 行：缺少"),
        ([ROW, OTHER | {"years_in_field": 8.5}], "第 2 行：years_in_field 的格式不正确"),
        ([ROW, OTHER | {"name": {"a": 1}}], "第 2 行：name 的格式不正确"),
        ([], "没有专家"),
    ],
)
def test_a_broken_row_of_json_is_named_and_nothing_is_taken_over(app: Flask, rows: list[Any], said: str) -> None:
    assert said in faults(given(app, json.dumps(rows), "pool.json"))[0]
    assert count(app) == 0


def test_text_that_is_no_json_a_column_not_there_and_one_named_twice_are_refused(app: Flask) -> None:
    assert "JSON" in faults(given(app, "[{", "pool.json"))[0]
    assert "没有这些列：工号" in faults(given(app, csv(ROW), mapping={"pool_number": "工号"}))[0]
    assert "列名重复" in faults(given(app, csv(ROW, heads={"phone": "name"}), mapping={"phone": "name"}))[0]
    file = {"name": "p.csv", "content": base64.b64encode(csv(ROW).encode()).decode()}
    twice = {"file": file, "mapping": [{"column": "name", "name": "name"}, {"column": "name", "name": "姓名"}]}
    answer = client_as(app, people(app)["centre"]).post("/api/v1/admin/experts/import", json=twice)
    assert "mapping" in answer.get_json()["fields"]
    assert count(app) == 0


def test_an_extract_does_not_touch_the_countys_own_list(app: Flask) -> None:
    given(app, csv(ROW))
    with app.app_context(), transaction(db.session):
        db.session.scalars(select(Expert).where(Expert.pool_number == ROW["pool_number"])).one().pool = Pool.COUNTY
    assert "县级专家名录" in faults(given(app, csv(ROW)))[0]
