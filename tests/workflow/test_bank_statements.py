"""A bank's file is read by its declared layout, exactly, whole or not at all 银行流水文件."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from trading.beijing import at
from trading.errors import InvalidInput
from trading.workflow.bank_statements import Layout, Limits, pattern_of, read_statement

NOW = at(date(2026, 3, 6), 12)
LIMITS = Limits(NOW, 1, 10)
COLUMNS = {
    "reference": "流水号", "payer_name": "付款人", "payer_account": "付款账号", "virtual_account": "虚拟账号",
    "amount": "金额", "paid_at": "时间", "remark": "摘要", "currency": "币种", "channel": "方式",
}  # fmt: skip
LAYOUT = Layout(COLUMNS, "gb18030", "|", "%Y/%m/%d %H:%M:%S")
HEAD = "序号|流水号|付款人|付款账号|虚拟账号|金额|时间|摘要|币种|方式"
GOOD = {
    "no": "1", "reference": "R1", "payer_name": "第1建设", "payer_account": "0622", "virtual_account": "8816",
    "amount": "100,000.50", "paid_at": "2026/03/05 10:00:00", "remark": "保证金", "currency": "CNY", "channel": "网银",
}  # fmt: skip


def file(*rows: dict[str, str], head: str = HEAD) -> bytes:
    """A statement of these rows, each GOOD with some cells changed."""
    lines = [head, *("|".join((GOOD | row).values()) for row in rows)]
    return ("\r\n".join(lines) + "\r\n").encode("gb18030")


def read(data: bytes, limits: Limits = LIMITS) -> list[dict[str, Any]]:
    """What the layout of these tests reads."""
    return read_statement(data, LAYOUT, limits)


def refusal(data: bytes, limits: Limits = LIMITS) -> list[str]:
    """The sentences of a refusal."""
    with pytest.raises(InvalidInput) as caught:
        read(data, limits)
    return [said.zh for said in caught.value.fields["statement"]]


def test_a_line_is_read_as_its_columns_are_declared() -> None:
    (row,) = read(file({}))
    assert row == {
        "reference": "R1", "payer_name": "第1建设", "payer_account": "0622", "remark": "保证金",
        "virtual_account": "8816", "cash": False, "line": 2, "amount": Decimal("100000.50"),
        "paid_at": at(date(2026, 3, 5), 10),
    }  # fmt: skip


@pytest.mark.parametrize("text", ["=1+1", "@SUM(A1)", "‮测试", "🙂", "'or 1=1--", "<b>"])
def test_formulas_and_odd_signs_are_text(text: str) -> None:
    assert read(file({"remark": text, "payer_name": text}))[0]["payer_name"] == text


def test_cash_is_told_by_the_declared_column() -> None:
    assert read(file({"channel": "柜台现金存入"}))[0]["cash"] is True


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        ({"amount": "-100"}, "金额“-100”应为正数"),
        ({"amount": "0"}, "金额应大于零"),
        ({"amount": "0.00"}, "金额应大于零"),
        ({"amount": "1.005"}, "最多两位小数"),
        ({"amount": "1e5"}, "应为正数"),
        ({"amount": "１００"}, "应为正数"),
        ({"amount": "10,00"}, "应为正数"),
        ({"amount": "$100"}, "应为正数"),
        ({"amount": "9" * 30}, "应为正数"),
        ({"amount": ""}, "amount为空"),
        ({"currency": "USD"}, "币种“USD”不是人民币"),
        ({"paid_at": "2026/03/06 12:00:01"}, "到账时间晚于现在"),
        ({"paid_at": "2026-03-05 10:00:00"}, "与声明的格式不符"),
        ({"paid_at": "2026/02/30 10:00:00"}, "与声明的格式不符"),
        ({"paid_at": "２０２６/03/05 10:00:00"}, "与声明的格式不符"),
        ({"paid_at": "1026/03/05 10:00:00"}, "时间超出范围"),
        ({"reference": ""}, "reference为空"),
        ({"reference": "R" * 65}, "reference过长"),
        ({"payer_name": "a\x07b"}, "控制字符"),
        ({"remark": "一|二"}, "列数与表头不符"),
    ],
)
def test_a_broken_line_is_refused_by_its_number_and_reason(changed: dict[str, str], said: str) -> None:
    (told,) = refusal(file({}, changed, {"reference": "R3"}))
    assert told.startswith("第3行：") and said in told


def test_the_moment_of_now_is_not_the_future() -> None:
    assert read(file({"paid_at": "2026/03/06 12:00:00"}))


def test_every_broken_line_is_told_at_once_up_to_twenty() -> None:
    limits = Limits(NOW, 1, 100)
    told = refusal(file(*({"amount": "0"} for _ in range(25))), limits)
    assert len(told) == 21 and told[-1] == "另有5处错误"


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (b"", "表头中应有且只有一列"),
        (HEAD.encode("gb18030"), "文件中没有流水"),
        (file({}, head=HEAD.replace("金额", "数额")), "“金额”"),
        (file({}, head=HEAD.replace("序号", "金额")), "“金额”"),
        (HEAD.encode("gb18030") + b"\n\xff\xff|x", "第2行：不是GB18030编码"),
        (file({"remark": '"未完'}), "不是有效的CSV"),
        (file(*({"reference": f"R{n}"} for n in range(11))), "超过10行"),
        (b"x" * (2**20 + 1), "文件超过1MB"),
    ],
)
def test_a_file_that_is_no_statement_is_refused_as_a_whole(data: bytes, said: str) -> None:
    (told,) = refusal(data)
    assert said in told


def test_ten_megabytes_of_nonsense_are_refused_unread() -> None:
    assert refusal(b"\x00|\xff" * 3_500_000) == ["文件超过1MB"]


@pytest.mark.parametrize(
    ("form", "pattern"),
    [
        ("YYYY-MM-DD hh:mm:ss", "%Y-%m-%d %H:%M:%S"),
        ("YYYYMMDDhhmmss", "%Y%m%d%H%M%S"),
        ("YYYY年MM月DD日", "%Y年%m月%d日"),
        ("YYYY-MM-DDThh:mm", "%Y-%m-%dT%H:%M"),
        ("YYYY-MM", None),
        ("hh:mm:ss", None),
        ("YYYY-MM-DD-DD", None),
        ("%Y-%m-%d", None),
        ("YYYY-MM-DD %f", None),
        ("", None),
    ],
)
def test_a_form_of_time_is_made_of_six_tokens(form: str, pattern: str | None) -> None:
    assert pattern_of(form) == pattern
