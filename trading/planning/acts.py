"""The acts of a timetable 时间表事项: every act of works by open tender that a rule gives a first or a last day."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import NamedTuple

from trading.steps import Step

DAY = timedelta(days=1)
MINUTE = timedelta(minutes=1)


class Words(NamedTuple):
    """A phrase in both languages."""

    zh: str
    en: str


@dataclass(frozen=True)
class Act:
    """One line of the timetable.

    Arguments:
        key: its name in JSON and in the form, and in a ``Course``.
        step: the step whose conditions are asked.
        after: the act before which it cannot be; its search for a lawful moment begins there.
        by: who does it.
        asked_at: the act at whose moment the conditions are asked; its own where None.
        until: conditions that at some day begin to fail: the day before is its last.
        due: conditions whose deadline is its last moment, where the step's own say none.
        words: what it is called where it is not a step.
        tick: how finely the search looks.
        only_if_needed: what need not happen, and is told for its last day.
        at_deadline: taken at the hour at which bidding closes, not at the office's hour.
        awaits: what the plan must say before it can be reckoned: ``duration_days``.
        needs: further acts whose moments must be known.
        day_end: ends at 24:00 of its day.
    """

    key: str
    step: Step
    after: str | None
    by: Words
    asked_at: str | None = None
    until: tuple[str, ...] = ()
    due: tuple[str, ...] = ()
    words: Words | None = None
    tick: timedelta = DAY
    only_if_needed: bool = False
    at_deadline: bool = False
    awaits: str | None = None
    needs: tuple[str, ...] = ()
    day_end: bool = False

    @property
    def zh(self) -> str:
        """Its Chinese words."""
        return self.words.zh if self.words else self.step.zh

    @property
    def en(self) -> str:
        """Its English words."""
        return self.words.en if self.words else self.step.en


OWNER = Words("项目单位或代理机构", "The owner or agency")
CENTRE = Words("交易中心", "The centre")
SUPERVISOR = Words("监管机构", "The supervisor")
COMMITTEE = Words("评标委员会", "The committee")
BIDDERS = Words("潜在投标人", "Bidders")
CLOCK = Words("系统时钟", "The clock")
BOTH = Words("项目单位和中标人", "The owner and the winner")

ACTS: tuple[Act, ...] = (
    Act("submit_registration", Step.SUBMIT_REGISTRATION, None, OWNER),
    Act("accept_registration", Step.ACCEPT_REGISTRATION, "submit_registration", CENTRE),
    Act("file_conditions", Step.FILE_CONDITIONS, "accept_registration", OWNER),
    Act("answer_filing", Step.ANSWER_FILING, "file_conditions", SUPERVISOR),
    Act("fix_method", Step.FIX_METHOD, "answer_filing", OWNER),
    Act("announce", Step.ANNOUNCE, "fix_method", OWNER),
    Act(
        "documents_until", Step.ANNOUNCE, "announce", OWNER, asked_at="announce",
        words=Words("招标文件获取截止", "The documents are offered until"),
    ),
    Act("close_bidding", Step.ANNOUNCE, "documents_until", CLOCK, asked_at="announce", at_deadline=True,
        words=Words(Step.CLOSE_BIDDING.zh, Step.CLOSE_BIDDING.en)),
    Act(
        "object", Step.OBJECT, "announce", BIDDERS, needs=("close_bidding",), until=("R08.C6",), only_if_needed=True,
        words=Words("对招标文件提出异议", "Objections to the documents"),
    ),
    Act(
        "clarify", Step.CLARIFY, "announce", OWNER, needs=("close_bidding",), until=("R08.C1",), only_if_needed=True,
        words=Words("发布影响投标文件编制的澄清（不顺延截止）", "A clarification that affects bids (deadline unmoved)"),
    ),
    Act("open_bids", Step.OPEN_BIDS, "announce", OWNER, at_deadline=True, needs=("close_bidding",)),
    Act("close_opening_record", Step.CLOSE_OPENING_RECORD, "open_bids", OWNER, tick=MINUTE),
    Act("evaluate", Step.SCORE, "close_opening_record", COMMITTEE, words=Words("评标", "Evaluation begins")),
    Act("reveal_draw", Step.REVEAL_DRAW, "close_opening_record", CENTRE, needs=("evaluate",),
        words=Words("抽取评标专家", "The experts are drawn")),
    Act("submit_report", Step.SUBMIT_REPORT, "evaluate", COMMITTEE),
    Act("publicize", Step.PUBLICIZE, "submit_report", OWNER),
    Act(
        "publicity_end", Step.PUBLICIZE, "publicize", OWNER, asked_at="publicize",
        words=Words("公示期满", "The publicity ends"), day_end=True,
    ),
    Act("confirm", Step.CONFIRM, "publicize", Words("项目单位", "The owner"), needs=("publicity_end",)),
    Act("award", Step.AWARD, "confirm", OWNER, until=("R15.C11",)),
    Act("report_result", Step.REPORT_RESULT, "confirm", OWNER),
    Act("sign_contract", Step.SIGN_CONTRACT, "award", BOTH, until=("R17.C1",)),
    Act("file_contract", Step.FILE_CONTRACT, "sign_contract", OWNER),
    Act("refund_bond", Step.REFUND_BOND, "sign_contract", CENTRE),
    Act("accept_works", Step.ACCEPT_WORKS, "sign_contract", OWNER, awaits="duration_days"),
    Act(
        "completion_filed", Step.ARCHIVE, "accept_works", OWNER, due=("R17.C13",),
        words=Words("竣工验收备案", "The completion is filed"),
    ),
    Act("archive", Step.ARCHIVE, "accept_works", CENTRE, due=("R19.C5",)),
)  # fmt: skip
BY_KEY: dict[str, Act] = {act.key: act for act in ACTS}
