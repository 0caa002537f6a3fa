"""The replay's file as records to audit 历史招标文件: what nine columns tell, under which premises."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from decimal import Decimal

from trading.audit.cells import BadFile, day
from trading.audit.lots import Facts, Record
from trading.audit.shelf import Rows
from trading.codelists import Category, EvaluationMethod, Method, ProjectType
from trading.methods.rejection import RejectionClause
from trading.money import yuan
from trading.replay.auctions import COLUMNS

KEY = "auction_id"
FORMS = {"date": "YYYY-MM-DD", "control_price": "123456.78", "bid": "123456.78", "winner": "0 | 1", "bidder": "text"}
PREMISES = (
    ("每项均为国有资金控股的施工公开招标，单位为元", "each is an open tender of state-funded construction, in yuan"),
    (
        "控制价即公布的最高投标限价，并作估算价",
        "the control price is the published ceiling, and stands for the estimate",
    ),
    ("最低价法：排名按未被否决的报价", "the lowest price wins: the rank follows the prices not rejected"),
    ("日期为开标日，以其确定适用的规定", "the date is the day of opening, and its law applies"),
    ("原记录的否决按“未实质性响应”计", "a rejection on record counts as “not responding to the documents”"),
)


def check(line: int, cells: Mapping[str, str]) -> None:
    """Read every cell of a line.

    Raises:
        BadFile: a day, an amount, a name or a winner's mark is of another form.
    """
    for name, wanted in FORMS.items():
        cell = cells.get(name, "")
        try:
            if name == "date":
                day(cell)
            elif name in ("control_price", "bid"):
                _amount(cell, may_lack=name == "control_price")
            elif (name == "winner" and cell not in ("0", "1")) or not cell:
                raise ValueError(cell)
        except ValueError as wrong:
            raise BadFile.at(line, name, cell, wanted) from wrong


def _amount(cell: str, *, may_lack: bool) -> Decimal | None:
    if may_lack and not cell:
        return None
    if (amount := yuan(cell)) <= 0:
        raise ValueError(cell)
    return amount


def record(code: str, rows: Rows, least: Callable[[date], int]) -> Record:
    """What the lines of one auction tell; ``least`` bidders make a tender on a day.

    An auction with fewer bidders that ended without a winner ended as the law asks: its number of bids, which
    forbids the opening, is then not held against it.

    Raises:
        BadFile: the lines of an auction disagree on its day or control price, or name two winners.
    """
    _agree(rows)
    first = rows[0][1]
    control = _amount(first.get("control_price", ""), may_lack=True)
    bids = [_bid(cells) for _line, cells in rows]
    _rank(bids)
    opened = day(first["date"])
    made = Record(code, lists={"bids": bids}, day=opened)
    made.tell("project", type=ProjectType.WORKS, state_controlled=True)
    made.tell("lot", code=code, category=Category.CONSTRUCTION)
    if control is not None:
        made.tell("lot", estimate=control)
    made.tell("terms", ceiling=control, evaluation_method=EvaluationMethod.LOWEST_EVALUATED_PRICE)
    made.tell("method", chosen=Method.OPEN_TENDER)
    made.tell("evaluation", effective_bids=sum(one["rejected_clause"] is None for one in bids))
    won = next((bid for bid, (_line, cells) in zip(bids, rows, strict=True) if cells["winner"] == "1"), None)
    if won is not None:
        made.tell("award", winner=won["bidder"], price=won["total"], price_at_opening=won["total"])
        made.tell("award", winner_rank=won["rank"], **({} if won["rank"] else {"in_candidates": False}))
    bidders = len({one["bidder"] for one in bids})
    if won is not None or bidders >= least(opened):
        made.tell("opening", bids_at_deadline=bidders)
    return made


def _agree(rows: Rows) -> None:
    first = rows[0][1]
    winners = 0
    for line, cells in rows:
        for name in ("date", "control_price"):
            if cells.get(name, "") != first.get(name, ""):
                raise BadFile.at(line, name, cells.get(name, ""), f"{first.get(name, '')!r}")
        winners += cells["winner"] == "1"
        if winners > 1:
            raise BadFile.at(line, "winner", "1", "0")


def _bid(cells: Mapping[str, str]) -> Facts:
    rejected = cells.get("rejected")
    clause = RejectionClause.NOT_RESPONSIVE if rejected else None
    return {
        "bidder": cells["bidder"], "name": cells["bidder"], "total": yuan(cells["bid"]), "opened": True,
        "rejected_clause": clause, "rejected_reason": rejected,
    }  # fmt: skip


def _rank(bids: list[Facts]) -> None:
    """Equal prices share a rank; a rejected bid has none."""
    standing = [bid["total"] for bid in bids if bid["rejected_clause"] is None]
    for bid in bids:
        bid["rank"] = None if bid["rejected_clause"] else 1 + sum(price < bid["total"] for price in standing)


def is_past_auctions(names: tuple[str, ...]) -> bool:
    """Whether these are the headings of the replay's file."""
    return set(COLUMNS) <= set(names)
