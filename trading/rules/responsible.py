"""Who is responsible for what is due 责任人: the words by which a deadline names people, and the roles behind them."""

from __future__ import annotations

from trading.codelists import Role
from trading.rules.rule import Due

NAMED: tuple[tuple[str, Role], ...] = (
    ("项目单位", Role.OWNER), ("招标人", Role.OWNER), ("采购人", Role.OWNER), ("出让人", Role.OWNER),
    ("转让方", Role.OWNER), ("建设单位", Role.OWNER), ("集体经济组织", Role.OWNER), ("村集体", Role.OWNER),
    ("代理机构", Role.AGENCY), ("拍卖人", Role.AGENCY), ("交易中心", Role.CENTRE), ("行业主管部门", Role.AUTHORITY),
    ("财政部门", Role.AUTHORITY), ("人民政府", Role.AUTHORITY), ("监管机构", Role.SUPERVISOR),
    ("银行", Role.BANK), ("评标委员会", Role.EXPERT), ("评标专家", Role.EXPERT),
    ("中标人", Role.BIDDER), ("投标人", Role.BIDDER), ("供应商", Role.BIDDER), ("竞得人", Role.BIDDER),
    ("竞买人", Role.BIDDER), ("受让方", Role.BIDDER), ("承租人", Role.BIDDER),
)  # fmt: skip


def responsible(due: Due) -> tuple[Role, ...]:
    """The roles that ``due`` names, the one that answers for it first: the one that its words name first.

    Raises:
        ValueError: it names nobody of this list.
    """
    found = {role: due.who_zh.index(name) for name, role in reversed(NAMED) if name in due.who_zh}
    if not found:
        raise ValueError(f"nobody knows who “{due.who_zh}” is")
    return tuple(sorted(found, key=lambda role: found[role]))
