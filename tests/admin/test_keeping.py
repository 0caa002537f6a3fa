"""The administrator keeps accounts; owners entrust agencies; the pool is imported; inboxes are read."""

from __future__ import annotations

import io
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import func, select

from tests.builders import client_as, people, send_form
from trading.admin.inbox import deliver
from trading.admin.pool_file import COLUMNS
from trading.clock import StoppedClock
from trading.codelists import District, ProjectType
from trading.database import db, transaction
from trading.identifiers import make_uscc
from trading.models import Entrustment, Expert, Message, Project

ROW = {
    "pool_number": "HB-90001", "name": "覃评", "identity_number": "P-POOL1", "phone": "13700000000",
    "employer": "省设计院", "employer_uscc": make_uscc("420000", 1), "specialties": "A0101;A0201",
    "title": "高级工程师", "senior_title": "是", "years_in_field": "20",
}  # fmt: skip


def pool_file(*rows: dict[str, str], encoding: str = "utf-8-sig") -> io.BytesIO:
    """A pool extract."""
    lines = [",".join(COLUMNS), *(",".join(row[name] for name in COLUMNS) for row in rows)]
    return io.BytesIO("\n".join(lines).encode(encoding))


def import_pool(app: Flask, file: io.BytesIO) -> Any:
    """The centre imports a file by the page."""
    centre = client_as(app, people(app)["centre"])
    data = {"file": (file, "pool.csv")}
    return send_form(centre, "/admin/experts/import", data, content_type="multipart/form-data")


def experts(app: Flask, number: str = ROW["pool_number"]) -> list[Expert]:
    """The experts of this pool number."""
    with app.app_context():
        return list(db.session.scalars(select(Expert).where(Expert.pool_number == number)))


@pytest.mark.parametrize("encoding", ["utf-8-sig", "gb18030"])
def test_an_extract_is_imported_and_imported_again(app: Flask, encoding: str) -> None:
    assert import_pool(app, pool_file(ROW, encoding=encoding)).status_code == 303
    assert import_pool(app, pool_file(ROW | {"title": "教授级高工"}, encoding=encoding)).status_code == 303
    (expert,) = experts(app)
    assert (expert.name, expert.title, expert.specialties) == ("覃评", "教授级高工", ["A0101", "A0201"])


@pytest.mark.parametrize(
    ("column", "value", "said"),
    [
        ("employer_uscc", "123", "employer_uscc"), ("specialties", "A0101;Z9", "Z9"), ("years_in_field", "-1", "年数"),
        ("years_in_field", "80", "年数"), ("senior_title", "大概", "senior_title"), ("name", "", "缺少 name"),
        ("name", "长" * 201, "过长"),
    ],
)  # fmt: skip
def test_a_wrong_line_is_named_and_nothing_is_imported(app: Flask, column: str, value: str, said: str) -> None:
    answer = import_pool(app, pool_file(ROW, ROW | {"pool_number": "HB-90002", column: value}))
    assert answer.status_code == 400
    assert "第 3 行" in answer.text
    assert said in answer.text
    assert experts(app) == []


def test_other_columns_an_empty_extract_and_a_number_twice_are_refused(app: Flask) -> None:
    assert "首行应为" in import_pool(app, io.BytesIO(b"a,b\n1,2\n")).text
    assert "没有专家" in import_pool(app, pool_file()).text
    assert "编号重复" in import_pool(app, pool_file(ROW, ROW)).text


def test_an_official_in_the_extract_is_marked_and_gets_no_account(app: Flask) -> None:
    everybody = people(app)
    import_pool(app, pool_file(ROW | {"identity_number": everybody["supervisor"].person}))
    assert experts(app)[0].authority_staff
    keeper = client_as(app, everybody["administrator"])
    asked = {"pool_number": ROW["pool_number"], "login": "hidden"}
    answer = keeper.post("/api/v1/admin/accounts/new-expert", json=asked)
    assert "职责分离" in answer.json["fields"]["pool_number"][0]


def test_an_expert_of_the_pool_who_becomes_an_official_is_marked(app: Flask) -> None:
    everybody = people(app)
    import_pool(app, pool_file(ROW))
    asked = {"role": "authority", "name": "覃评", "person": ROW["identity_number"], "login": "official",
             "organization": everybody["authority"].organization_id}  # fmt: skip
    answer = client_as(app, everybody["administrator"]).post("/api/v1/admin/accounts/new", json=asked)
    assert answer.status_code == 200
    assert experts(app)[0].authority_staff


def test_an_expert_account_takes_name_and_person_from_the_pool(app: Flask) -> None:
    import_pool(app, pool_file(ROW))
    keeper = client_as(app, people(app)["administrator"])
    asked = {"pool_number": ROW["pool_number"], "login": "qinping"}
    opened = keeper.post("/api/v1/admin/accounts/new-expert", json=asked)
    assert opened.json["name"] == "覃评"
    user = people(app)["qinping"]
    assert (user.person, user.expert_id) == ("P-POOL1", experts(app)[0].id)
    again = keeper.post("/api/v1/admin/accounts/new-expert", json=asked | {"login": "again"})
    assert list(again.json["fields"]) == ["pool_number"]


def test_the_centre_imports_the_pool_and_never_reads_its_names(app: Flask) -> None:
    everybody = people(app)
    page = client_as(app, everybody["supervisor"]).get("/admin/experts").text
    assert "评审1" in page
    assert client_as(app, everybody["centre"]).get("/admin/experts").status_code == 403
    assert "评审" not in client_as(app, everybody["centre"]).get("/admin").text


def test_the_administrator_opens_an_account_by_the_page_and_hands_its_password_over_once(app: Flask) -> None:
    everybody = people(app)
    keeper = client_as(app, everybody["administrator"])
    typed = {"role": "owner", "name": "谭某", "person": "P-TANMOU", "login": "tanmou",
             "organization": everybody["owner"].organization_id}  # fmt: skip
    page = send_form(keeper, "/admin/accounts/new", typed)
    assert page.status_code == 200
    assert "临时密码" in page.text
    made = people(app)["tanmou"]
    assert made.password_is_temporary
    assert made.password not in page.text
    assert "tanmou" in keeper.get("/admin/accounts?q=tanm").text
    assert "tanmou" not in keeper.get("/admin/accounts?q=%25").text


def test_a_disabled_account_is_out_at_once(app: Flask) -> None:
    everybody = people(app)
    keeper, owner = client_as(app, everybody["administrator"]), client_as(app, everybody["owner"])
    assert owner.get("/projects").status_code == 200
    page = f"/admin/accounts/{everybody['owner'].id}/active"
    assert send_form(keeper, page, {"active": "false"}).status_code == 303
    assert owner.get("/projects").status_code == 302
    own = keeper.post(f"/api/v1/admin/accounts/{everybody['administrator'].id}/active", json={"active": False})
    assert own.status_code == 400


def test_an_organisation_is_entered_once_and_never_as_bidder(app: Flask) -> None:
    keeper = client_as(app, people(app)["administrator"])
    asked = {"name": "县交通运输局", "uscc": make_uscc("422823", 77, "11"), "kind": "owner"}
    assert keeper.post("/api/v1/admin/organizations/new", json=asked).status_code == 200
    assert list(keeper.post("/api/v1/admin/organizations/new", json=asked).json["fields"]) == ["uscc"]
    bidder = asked | {"kind": "bidder", "uscc": make_uscc("422823", 78)}
    assert list(keeper.post("/api/v1/admin/organizations/new", json=bidder).json["fields"]) == ["kind"]


def make_project(app: Flask) -> str:
    """A project of the owner; its id."""
    owner = people(app)["owner"]
    with app.app_context(), transaction(db.session):
        project = Project(
            name="大支坪供水", owner_id=owner.organization_id, type=ProjectType.WORKS, district=District.DAZHIPING,
            created_at=app.extensions["clock"].now(), created_by_id=owner.id,
        )  # fmt: skip
        db.session.add(project)
        db.session.flush()
        return project.id


def test_an_owner_entrusts_an_agency_and_ends_it(app: Flask) -> None:
    project, everybody = make_project(app), people(app)
    page, owner = f"/projects/{project}/entrust", client_as(app, everybody["owner"])
    typed = {"agency": everybody["agency"].organization_id, "scope": "招标全过程代理"}
    assert send_form(owner, page, typed).status_code == 303
    assert "已受托" in send_form(owner, page, typed).text
    assert "招标全过程代理" in str(client_as(app, everybody["agency"]).get("/api/v1/inbox").json)
    with app.app_context():
        entrustment = db.session.scalars(select(Entrustment)).one().id
    assert send_form(owner, page, to=f"{page}/{entrustment}/end").status_code == 303
    assert send_form(owner, page, to=f"{page}/{entrustment}/end").status_code == 404
    assert send_form(owner, page, typed).status_code == 303
    with app.app_context():
        assert db.session.scalars(select(Entrustment)).one().ended_at is None


def test_only_the_owner_himself_entrusts_and_only_agencies(app: Flask) -> None:
    project, everybody = make_project(app), people(app)
    owner = client_as(app, everybody["owner"])
    asked = {"agency": everybody["bidder1"].organization_id, "scope": "代理"}
    assert owner.post(f"/api/v1/projects/{project}/entrust", json=asked).status_code == 400
    with app.app_context(), transaction(db.session):
        db.session.get(Project, project).owner_id = everybody["agency"].organization_id
    assert owner.get(f"/projects/{project}/entrust").status_code == 404


def test_a_message_is_read_once_by_one_person_for_the_organisation(app: Flask, clock: StoppedClock) -> None:
    everybody = people(app)
    with app.app_context(), transaction(db.session):
        text = (("中标通知", "请签订合同"), ("Award", "Please sign"))
        deliver(db.session, clock.now(), *text, organizations=[everybody["owner"].organization_id])
        deliver(db.session, clock.now(), ("个人", "一"), ("Own", "one"), users=[everybody["owner2"].id])
    first, second = client_as(app, everybody["owner"]), client_as(app, everybody["owner2"])
    assert [one["subject"] for one in first.get("/api/v1/inbox").json["messages"]] == ["中标通知"]
    assert len(second.get("/api/v1/inbox").json["messages"]) == 2
    english = first.get("/inbox?lang=en").text
    assert "Award" in english
    (message,) = first.get("/api/v1/inbox").json["messages"]
    assert message["read_at"] is None
    assert "Please sign" in first.get(f"/inbox/{message['id']}").text
    read = clock.now()
    clock.advance(clock.now() - clock.now().replace(minute=0, hour=0))
    second.get(f"/inbox/{message['id']}")
    with app.app_context():
        kept = db.session.get(Message, message["id"])
        assert (kept.read_at, kept.read_by_id) == (read, everybody["owner"].id)
    assert [one["subject"] for one in second.get("/api/v1/inbox").json["messages"]] == ["个人", "中标通知"]


def test_nobody_reads_anothers_message(app: Flask, clock: StoppedClock) -> None:
    everybody = people(app)
    with app.app_context(), transaction(db.session):
        deliver(db.session, clock.now(), ("密", "密"), ("s", "s"), users=[everybody["owner2"].id])
    with app.app_context():
        message = db.session.scalars(select(Message)).one().id
    owner = client_as(app, everybody["owner"])
    assert owner.get(f"/inbox/{message}").status_code == 404
    assert owner.post(f"/api/v1/inbox/{message}/read", json={}).status_code == 404
    with app.app_context():
        assert db.session.scalar(select(func.count()).where(Message.read_at.is_not(None))) == 0
