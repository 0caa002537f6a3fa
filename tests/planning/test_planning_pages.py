"""The planning page, its files and its JSON 时间规划页面."""

from __future__ import annotations

ASKED = "type=works&category=construction&amount=5000000&state_controlled=true&registered_on=2026-03-02"


def test_the_page_answers_everybody(client):
    assert client.get("/planning").status_code == 200
    page = client.get(f"/planning?{ASKED}")
    assert page.status_code == 200
    assert "R07.C3" in page.text and "2026年3月22日" in page.text
