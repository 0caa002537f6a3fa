"""The verifier's digest stands where people look for it 核验程序的摘要, and is that of the program handed out."""

from __future__ import annotations

import hashlib
from pathlib import Path

import pytest
from flask.testing import FlaskClient

from trading.ledger.verifier import PROGRAM, program_digest

ROOT = Path(__file__).resolve().parents[2]


@pytest.mark.parametrize("page", ["README.md", "README.zh-CN.md"])
def test_the_readme_names_the_current_digest(page: str) -> None:
    assert hashlib.sha256(PROGRAM.read_bytes()).hexdigest() == program_digest()
    assert program_digest() in (ROOT / page).read_text("utf-8"), f"renew the digest of tools/verify.py in {page}"


def test_the_public_page_names_it_and_hands_out_the_program(client: FlaskClient) -> None:
    assert program_digest() in client.get("/verify").text
    assert program_digest() in client.get("/verify?lang=en").text
    answer = client.get("/verify.py")
    assert answer.status_code == 200 and "attachment" in answer.headers["Content-Disposition"]
    assert hashlib.sha256(answer.data).hexdigest() == program_digest()
