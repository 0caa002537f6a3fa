"""The whole procedure on one page 全流程: every step, who takes it, from which status to which.

``to`` empty means that the lot stays where it is; several mean that the step's own facts decide among them.
``secret`` steps tell nothing to others before the opening: they do not change the lot's version. ``nameless`` steps put
the role of whoever takes them on record, and no account. ``parted`` steps are there where a bid has two envelopes,
those with ``courses`` only where the lot's method runs one of them, those with ``types`` in projects of these types.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum

from trading.codelists import Course, Phase, ProjectType, Role, Status
from trading.codelists import Status as S
from trading.steps import Step


class Party(Enum):
    """Who a person must be to this lot; role at the door, relation in the engine (workflow/who.py)."""

    OWNER = Role.OWNER, "the owner of the project"
    AGENCY = Role.AGENCY, "the agency entrusted with the project"
    CENTRE = Role.CENTRE, "staff of the centre"
    SUPERVISOR = Role.SUPERVISOR, "staff of the supervising body"
    AUTHORITY = Role.AUTHORITY, "staff of the competent authority"
    ANY_BIDDER = Role.BIDDER, "a bidder whose identity is checked"
    LOT_BIDDER = Role.BIDDER, "a bidder with a bid on this lot"
    APPLICANT = Role.BIDDER, "one who applied to bid and did not withdraw"
    EXAMINER = Role.EXPERT, "an expert who examines applications"
    OWNER_EXAMINER = Role.OWNER, "one of the owner who examines applications"
    BUYER = Role.BIDDER, "the one with whom the deal was made"
    ENTRANT = Role.BIDDER, "one who is admitted to the live bidding"
    WINNER = Role.BIDDER, "the winner of this lot"
    CONSORTIUM_MEMBER = Role.BIDDER, "a member of the winning consortium, not its lead"
    INVITED_EXPERT = Role.EXPERT, "an expert drawn for this lot"
    MEMBER = Role.EXPERT, "a seated member of the committee"
    OWNER_MEMBER = Role.OWNER, "the owner's representative on the committee"
    OFFICER = Role.OPENING_OFFICER, "an opening officer appointed to this lot"
    NOTARY = Role.NOTARY, "the notary"
    BANK = Role.BANK, "the deposit bank"
    CLOCK = Role.CLOCK, "the clock"

    @property
    def role(self) -> Role:
        """The role that opens the door."""
        return self.value[0]


@dataclass(frozen=True)
class Transition:
    """One row of the procedure."""

    step: Step
    phase: Phase
    by: tuple[Party, ...]
    at: tuple[Status, ...]
    to: tuple[Status, ...] = ()
    secret: bool = False
    nameless: bool = False
    parted: bool = False
    courses: frozenset[Course] = frozenset(Course)
    types: frozenset[ProjectType] = frozenset(ProjectType)

    @property
    def roles(self) -> frozenset[Role]:
        """The roles that may knock."""
        return frozenset(party.role for party in self.by)


OWN = (Party.OWNER, Party.AGENCY)
TENDER = frozenset({Course.TENDER})
NEGOTIATION = frozenset({Course.NEGOTIATION})
COMPETITION = frozenset({Course.COMPETITION})
BY_BIDS = TENDER | NEGOTIATION
PURCHASES = frozenset(one for one in ProjectType if one.is_purchase)
PROCUREMENTS = frozenset(one for one in ProjectType if one.is_procurement)
DISPOSALS = frozenset(ProjectType) - PURCHASES
COM = (Party.MEMBER, Party.OWNER_MEMBER)
LIVE = (
    S.REGISTERED, S.FILED, S.METHOD_FIXED, S.PUBLISHED, S.BID_CLOSED, S.OPENED, S.COMMITTEE_READY, S.EVALUATED,
    S.BIDDING, S.DEAL, S.PUBLICIZED, S.CONFIRMED,
)  # fmt: skip
BEFORE_DEADLINE = (S.REGISTERED, S.FILED, S.METHOD_FIXED, S.PUBLISHED, S.SUSPENDED)
BEFORE_AWARD = (S.PUBLISHED, S.BID_CLOSED, S.OPENED, S.COMMITTEE_READY, S.EVALUATED, S.DEAL, S.PUBLICIZED)
AFTER_OPENING = (
    S.OPENED, S.COMMITTEE_READY, S.EVALUATED, S.PUBLICIZED, S.CONFIRMED, S.AWARDED, S.CONTRACTED, S.PERFORMED, S.FAILED,
    S.TERMINATED,
)  # fmt: skip
AFTER_DEAL = (S.DEAL, S.PUBLICIZED, S.CONFIRMED, S.AWARDED, S.CONTRACTED, S.PERFORMED)
OPEN_TO_ENTRANTS = (S.PUBLISHED, S.BIDDING)
PAYING_IN = (*OPEN_TO_ENTRANTS, S.BID_CLOSED, S.SUSPENDED)
EVERY = tuple(S)
AFTER_NOTICE = tuple(one for one in S if one not in (S.DRAFT, S.REGISTERED, S.FILED, S.METHOD_FIXED))
HOLDING_MONEY = tuple(one for one in AFTER_NOTICE if one is not S.ARCHIVED)
AFTER_EVALUATION = (S.EVALUATED, S.PUBLICIZED, S.CONFIRMED, S.AWARDED, S.CONTRACTED, S.PERFORMED, S.FAILED)
PLEDGING = (S.PUBLISHED, S.BID_CLOSED, S.OPENED, S.COMMITTEE_READY)
RUNNING = tuple(one for one in S if one not in (S.TERMINATED, S.ARCHIVED))
F, M, P, R, U = (
    Phase.FILING,
    Phase.METHOD_APPROVAL,
    Phase.PROCESS_SUPERVISION,
    Phase.RESULT_CONFIRMATION,
    Phase.FOLLOW_UP,
)

PROCEDURE: tuple[Transition, ...] = (
    Transition(Step.SUBMIT_REGISTRATION, F, OWN, (S.DRAFT,)),
    Transition(Step.ACCEPT_REGISTRATION, F, (Party.CENTRE,), (S.DRAFT,), (S.REGISTERED,)),
    Transition(Step.REFUSE_REGISTRATION, F, (Party.CENTRE,), (S.DRAFT,)),
    Transition(Step.AMEND_PROJECT, F, (Party.OWNER,), (S.DRAFT, S.REGISTERED)),
    Transition(Step.PREPARE_TERMS, F, OWN, (S.REGISTERED,), types=PURCHASES),
    Transition(Step.PREPARE_SALE, F, OWN, (S.REGISTERED,), types=DISPOSALS),
    Transition(Step.ANSWER_SCAN, F, OWN, BEFORE_DEADLINE),
    Transition(Step.FILE_CONDITIONS, F, OWN, (S.REGISTERED,)),
    Transition(Step.ANSWER_FILING, F, (Party.SUPERVISOR,), (S.REGISTERED,), (S.FILED, S.REGISTERED)),
    Transition(Step.FILING_LAPSES, F, (Party.CLOCK,), (S.REGISTERED,), (S.FILED,)),
    Transition(Step.FIX_METHOD, M, OWN, (S.FILED,), (S.METHOD_FIXED,)),
    Transition(Step.NOTICE_SOLE_SOURCE, M, OWN, (S.FILED,), types=PROCUREMENTS),
    Transition(Step.OBJECT_TO_SOLE_SOURCE, M, (Party.ANY_BIDDER,), (S.FILED,), nameless=True, types=PROCUREMENTS),
    Transition(Step.REASON_SOLE_SOURCE, M, OWN, (S.FILED,), types=PROCUREMENTS),
    Transition(Step.PUBLISH_REASONS, M, OWN, (S.METHOD_FIXED,), types=frozenset({ProjectType.WORKS})),
    Transition(Step.APPLY_FOR_EXCEPTION, M, OWN, (S.FILED,)),
    Transition(Step.DECIDE_EXCEPTION, M, (Party.AUTHORITY,), (S.FILED,), (S.METHOD_FIXED, S.FILED)),
    Transition(Step.APPOINT_OFFICERS, P, (Party.CENTRE,), (S.REGISTERED, S.FILED, S.METHOD_FIXED)),
    Transition(Step.LIMIT_LOTS, P, OWN, (S.FILED, S.METHOD_FIXED), courses=TENDER),
    Transition(Step.NAME_INVITEES, P, OWN, (S.METHOD_FIXED,), secret=True, courses=BY_BIDS),
    Transition(Step.LIST_SUPPLIERS, P, OWN, (S.METHOD_FIXED,), secret=True, courses=BY_BIDS, types=PROCUREMENTS),
    Transition(
        Step.DRAW_INVITEES, P, (Party.OWNER,), (S.METHOD_FIXED,), secret=True, courses=BY_BIDS, types=PROCUREMENTS
    ),
    Transition(
        Step.WITNESS_INVITEES, P, (Party.OWNER,), (S.METHOD_FIXED,), secret=True, courses=BY_BIDS, types=PROCUREMENTS
    ),
    Transition(Step.ANNOUNCE_PREQUALIFICATION, P, (*OWN, Party.CENTRE), (S.METHOD_FIXED,), courses=TENDER),
    Transition(Step.ANNOUNCE_FIRST_STAGE, P, (*OWN, Party.CENTRE), (S.METHOD_FIXED,), courses=TENDER),
    Transition(Step.CHANGE_PRELIMINARY, P, OWN, (S.METHOD_FIXED,), courses=TENDER),
    Transition(
        Step.APPLY_FOR_PREQUALIFICATION, P, (Party.ANY_BIDDER,), (S.METHOD_FIXED,), secret=True, courses=TENDER
    ),
    Transition(Step.PROPOSE_TECHNICALLY, P, (Party.ANY_BIDDER,), (S.METHOD_FIXED,), secret=True, courses=TENDER),
    Transition(Step.WITHDRAW_PRELIMINARY, P, (Party.ANY_BIDDER,), (S.METHOD_FIXED,), secret=True, courses=TENDER),
    Transition(
        Step.CLOSE_PRELIMINARY, P, (*OWN, Party.CENTRE), (S.METHOD_FIXED,), (S.METHOD_FIXED, S.FAILED), courses=TENDER
    ),
    Transition(Step.SEAT_EXAMINERS, P, OWN, (S.METHOD_FIXED,), secret=True, courses=TENDER),
    Transition(
        Step.EXAMINE_APPLICATIONS, P, (Party.EXAMINER, Party.OWNER_EXAMINER), (S.METHOD_FIXED,), secret=True,
        nameless=True, courses=TENDER,
    ),
    Transition(
        Step.CONCLUDE_PREQUALIFICATION, P, OWN, (S.METHOD_FIXED,), (S.METHOD_FIXED, S.FAILED), courses=TENDER
    ),
    Transition(Step.CONCLUDE_FIRST_STAGE, P, OWN, (S.METHOD_FIXED,), courses=TENDER),
    Transition(Step.EXTEND_DOCUMENTS, P, OWN, (S.PUBLISHED,), courses=TENDER, types=PROCUREMENTS),
    Transition(Step.CHECK_QUALIFICATION, P, OWN, (S.OPENED,), courses=TENDER, types=PROCUREMENTS),
    Transition(
        Step.RECORD_ROOM, P, (Party.CENTRE,), (S.OPENED, S.COMMITTEE_READY, S.EVALUATED), courses=TENDER,
        types=PROCUREMENTS,
    ),
    Transition(Step.ANNOUNCE, P, (*OWN, Party.CENTRE), (S.METHOD_FIXED,), (S.PUBLISHED,), courses=BY_BIDS),
    Transition(Step.ANNOUNCE_SALE, P, (*OWN, Party.CENTRE), (S.METHOD_FIXED,), (S.PUBLISHED,), courses=COMPETITION),
    Transition(Step.CHANGE_SALE, P, OWN, (S.PUBLISHED,), courses=COMPETITION),
    Transition(Step.APPLY_TO_BID, P, (Party.ANY_BIDDER,), OPEN_TO_ENTRANTS, secret=True, courses=COMPETITION),
    Transition(Step.WITHDRAW_APPLICATION, P, (Party.APPLICANT,), OPEN_TO_ENTRANTS, secret=True, courses=COMPETITION),
    Transition(
        Step.DECIDE_ENTRANT, P, OWN, (S.PUBLISHED, S.BID_CLOSED, S.BIDDING), secret=True, courses=COMPETITION
    ),
    Transition(Step.ASK, P, (Party.ANY_BIDDER,), (S.PUBLISHED,), secret=True),
    Transition(Step.CLARIFY, P, OWN, (S.PUBLISHED, S.SUSPENDED)),
    Transition(
        Step.OBJECT,
        P,
        (Party.ANY_BIDDER,),
        (S.PUBLISHED, S.BID_CLOSED, S.OPENED, S.PUBLICIZED, S.SUSPENDED),
        (S.SUSPENDED, S.PUBLISHED, S.BID_CLOSED, S.OPENED, S.PUBLICIZED),
    ),
    Transition(
        Step.ANSWER_OBJECTION,
        P,
        OWN,
        (S.PUBLISHED, S.BID_CLOSED, S.OPENED, S.COMMITTEE_READY, S.EVALUATED, S.PUBLICIZED, S.SUSPENDED),
        (S.PUBLISHED, S.BID_CLOSED, S.OPENED, S.COMMITTEE_READY, S.EVALUATED, S.PUBLICIZED, S.SUSPENDED),
    ),
    Transition(Step.REGISTER_GUARANTEE, P, (Party.ANY_BIDDER,), OPEN_TO_ENTRANTS, secret=True),
    Transition(Step.RECEIVE_BANK_LINES, P, (Party.BANK,), PAYING_IN, secret=True),
    Transition(Step.SETTLE_BANK_LINE, P, (Party.CENTRE,), (*AFTER_OPENING, S.DEAL)),
    Transition(Step.REPORT_BALANCE, P, (Party.BANK,), HOLDING_MONEY, secret=True),
    Transition(Step.REFUND_WITHDRAWN, P, (Party.BANK,), PAYING_IN, secret=True),
    Transition(Step.SUBMIT_BID, P, (Party.ANY_BIDDER,), (S.PUBLISHED,), secret=True, courses=BY_BIDS),
    Transition(Step.WITHDRAW_BID, P, (Party.LOT_BIDDER,), (S.PUBLISHED,), secret=True, courses=BY_BIDS),
    Transition(Step.CLOSE_BIDDING, P, (Party.CLOCK,), (S.PUBLISHED, S.BIDDING), (S.BID_CLOSED, S.BIDDING)),
    Transition(
        Step.SEAL_RESERVE, P, (Party.OWNER,), (S.METHOD_FIXED, S.PUBLISHED, S.BID_CLOSED, S.BIDDING),
        courses=COMPETITION,
    ),
    Transition(
        Step.START_BIDDING, P, (Party.CLOCK,), (S.PUBLISHED, S.BID_CLOSED), (S.BIDDING,), courses=COMPETITION
    ),
    Transition(
        Step.MAKE_OFFER, P, (Party.ENTRANT,), (S.BIDDING,), secret=True, nameless=True, courses=COMPETITION
    ),
    Transition(Step.GO_ON, P, (Party.ENTRANT,), (S.BIDDING,), secret=True, nameless=True, courses=COMPETITION),
    Transition(
        Step.MATCH_OFFER, P, (Party.ENTRANT,), (S.BIDDING,), secret=True, nameless=True, courses=COMPETITION
    ),
    Transition(
        Step.END_BIDDING, P, (Party.CLOCK,), (S.BIDDING,), (S.BIDDING, S.DEAL, S.FAILED), courses=COMPETITION
    ),
    Transition(
        Step.OPEN_RESERVE, P, (Party.OFFICER,), (S.BIDDING,), (S.BIDDING, S.DEAL, S.FAILED), courses=COMPETITION
    ),
    Transition(
        Step.SUPPLY_RESERVE_KEY, P, (Party.OWNER,), (S.BIDDING,), (S.DEAL, S.FAILED), courses=COMPETITION
    ),
    Transition(Step.VOID_RESERVE, P, (Party.CENTRE,), (S.BIDDING,), (S.FAILED,), courses=COMPETITION),
    Transition(Step.REHEARSE_OPENING, P, (Party.OFFICER,), (S.PUBLISHED, S.BID_CLOSED), secret=True, courses=BY_BIDS),
    Transition(Step.HAND_IN_SHARES, P, (Party.OFFICER,), (S.BID_CLOSED,), secret=True),
    Transition(Step.SUPPLY_BID_KEY, P, (Party.LOT_BIDDER,), (S.BID_CLOSED,), secret=True, courses=BY_BIDS),
    Transition(Step.OPEN_TECHNICAL, P, (*OWN, Party.CENTRE), (S.BID_CLOSED,), parted=True, courses=BY_BIDS),
    Transition(Step.OPEN_BIDS, P, (*OWN, Party.CENTRE), (S.BID_CLOSED,), (S.OPENED,), courses=BY_BIDS),
    Transition(Step.CLOSE_OPENING_RECORD, P, (*OWN, Party.CENTRE), (S.OPENED,), courses=BY_BIDS),
    Transition(Step.PLAN_DRAW, P, OWN, (S.PUBLISHED, S.BID_CLOSED, S.OPENED), courses=BY_BIDS),
    Transition(
        Step.COMMIT_DRAW,
        P,
        (Party.CENTRE, Party.SUPERVISOR),
        (S.PUBLISHED, S.BID_CLOSED, S.OPENED),
        courses=BY_BIDS,
    ),
    Transition(Step.EXCLUDE_EXPERTS, P, (Party.CENTRE,), (S.OPENED,), courses=BY_BIDS),
    Transition(Step.CONFIRM_EXCLUSIONS, P, (Party.SUPERVISOR,), (S.OPENED,), courses=BY_BIDS),
    Transition(Step.ROLL_DICE, P, (*OWN, Party.NOTARY), (S.OPENED,), courses=BY_BIDS),
    Transition(Step.WITNESS_DICE, P, (Party.NOTARY, Party.LOT_BIDDER), (S.OPENED,), courses=BY_BIDS),
    Transition(Step.ENTER_BEACON, P, (Party.CENTRE, Party.SUPERVISOR), (S.OPENED,), courses=BY_BIDS),
    Transition(Step.HAND_IN_ESCROW, P, (Party.OFFICER,), (S.OPENED,), courses=BY_BIDS),
    Transition(Step.REVEAL_DRAW, P, (Party.CENTRE, Party.SUPERVISOR), (S.OPENED,), courses=BY_BIDS),
    Transition(Step.ACCEPT_INVITATION, P, (Party.INVITED_EXPERT,), (S.OPENED,), courses=BY_BIDS),
    Transition(Step.REFUSE_INVITATION, P, (Party.INVITED_EXPERT, Party.SUPERVISOR), (S.OPENED,), courses=BY_BIDS),
    Transition(Step.ABORT_DRAW, P, (Party.SUPERVISOR,), (S.PUBLISHED, S.BID_CLOSED, S.OPENED), courses=BY_BIDS),
    Transition(Step.SEAT_COMMITTEE, P, (Party.CENTRE,), (S.OPENED,), (S.COMMITTEE_READY,), courses=BY_BIDS),
    Transition(Step.SCORE, P, COM, (S.COMMITTEE_READY,), courses=BY_BIDS),
    Transition(Step.REJECT_BID, P, COM, (S.COMMITTEE_READY,), courses=BY_BIDS),
    Transition(Step.VOTE_REJECTION, P, COM, (S.COMMITTEE_READY,), courses=BY_BIDS),
    Transition(Step.ASK_BIDDER, P, COM, (S.COMMITTEE_READY,), courses=BY_BIDS),
    Transition(Step.ASK_LOW_PRICE, P, COM, (S.COMMITTEE_READY,), courses=BY_BIDS),
    Transition(
        Step.ANSWER_COMMITTEE, P, (Party.LOT_BIDDER,), (S.COMMITTEE_READY,), secret=True, nameless=True,
        courses=BY_BIDS,
    ),
    Transition(Step.DECIDE_LOW_PRICE, P, COM, (S.COMMITTEE_READY,), courses=BY_BIDS),
    Transition(Step.CORRECT_ARITHMETIC, P, COM, (S.COMMITTEE_READY,), courses=BY_BIDS),
    Transition(
        Step.CONFIRM_CORRECTION, P, (Party.LOT_BIDDER,), (S.COMMITTEE_READY,), secret=True, nameless=True,
        courses=BY_BIDS,
    ),
    Transition(Step.ASK_MORE_TIME, P, COM, (S.COMMITTEE_READY,), courses=BY_BIDS),
    Transition(Step.EXTEND_EVALUATION, P, COM, (S.COMMITTEE_READY,), courses=BY_BIDS),
    Transition(Step.HOLD_TALK, P, COM, (S.COMMITTEE_READY,), courses=NEGOTIATION),
    Transition(
        Step.CONFIRM_TALK, P, (Party.LOT_BIDDER,), (S.COMMITTEE_READY,), secret=True, nameless=True,
        courses=NEGOTIATION,
    ),
    Transition(Step.CHANGE_REQUIREMENTS, P, COM, (S.COMMITTEE_READY,), courses=NEGOTIATION),
    Transition(
        Step.LEAVE_NEGOTIATION, P, (Party.LOT_BIDDER,), (S.COMMITTEE_READY,), secret=True, nameless=True,
        courses=NEGOTIATION,
    ),
    Transition(Step.CALL_FINAL_OFFERS, P, COM, (S.COMMITTEE_READY,), courses=NEGOTIATION),
    Transition(
        Step.SUBMIT_FINAL_OFFER, P, (Party.LOT_BIDDER,), (S.COMMITTEE_READY,), secret=True, nameless=True,
        courses=NEGOTIATION,
    ),
    Transition(Step.OPEN_FINAL_OFFERS, P, (Party.OFFICER,), (S.COMMITTEE_READY,), courses=NEGOTIATION),
    Transition(
        Step.SUPPLY_FINAL_KEY, P, (Party.LOT_BIDDER,), (S.COMMITTEE_READY,), secret=True, nameless=True,
        courses=NEGOTIATION,
    ),
    Transition(Step.GIVE_UP_FINAL_OFFERS, P, (Party.CENTRE,), (S.COMMITTEE_READY,), courses=NEGOTIATION),
    Transition(Step.AGREE_PRICE, P, OWN, (S.OPENED,), courses=NEGOTIATION),
    Transition(Step.CONFIRM_PRICE, P, (Party.LOT_BIDDER,), (S.OPENED,), (S.EVALUATED,), courses=NEGOTIATION),
    Transition(Step.CHALLENGE, R, (Party.ANY_BIDDER,), AFTER_NOTICE, secret=True, nameless=True, types=PROCUREMENTS),
    Transition(Step.ANSWER_CHALLENGE, R, OWN, AFTER_NOTICE, types=PROCUREMENTS),
    Transition(Step.DRAFT_REPORT, P, COM, (S.COMMITTEE_READY,), courses=BY_BIDS),
    Transition(Step.SIGN_REPORT, P, COM, (S.COMMITTEE_READY,), courses=BY_BIDS),
    Transition(Step.SUBMIT_REPORT, P, COM, (S.COMMITTEE_READY,), (S.EVALUATED,), courses=BY_BIDS),
    Transition(Step.DRAFT_DEAL, R, (*OWN, Party.CENTRE), (S.DEAL,), courses=COMPETITION),
    Transition(
        Step.SIGN_DEAL, R, (Party.BUYER, Party.OWNER, Party.AGENCY, Party.CENTRE), (S.DEAL,), courses=COMPETITION
    ),
    Transition(Step.PUBLISH_DEAL, R, OWN, (S.DEAL,), (S.PUBLICIZED,), courses=COMPETITION),
    Transition(
        Step.PUBLICIZE, R, OWN, (S.EVALUATED,), (S.PUBLICIZED,), courses=BY_BIDS,
        types=frozenset(ProjectType) - PROCUREMENTS,
    ),
    Transition(Step.RECORD_COMPLIANCE, R, (Party.SUPERVISOR,), (S.EVALUATED, S.PUBLICIZED, S.CONFIRMED)),
    Transition(Step.CONFIRM, R, (Party.OWNER, Party.CLOCK), (S.EVALUATED, S.PUBLICIZED), (S.CONFIRMED,)),
    Transition(Step.AWARD, R, OWN, (S.CONFIRMED,), (S.AWARDED,)),
    Transition(Step.REPORT_RESULT, R, OWN, (S.CONFIRMED, S.AWARDED, S.CONTRACTED), courses=BY_BIDS),
    Transition(Step.DRAFT_CONTRACT, U, OWN, (S.AWARDED,), types=PURCHASES),
    Transition(Step.DRAFT_SALE_CONTRACT, U, OWN, (S.AWARDED,), types=DISPOSALS),
    Transition(Step.SIGN_CONTRACT, U, (Party.WINNER,), (S.AWARDED,), (S.CONTRACTED,)),
    Transition(Step.SIGN_AS_MEMBER, U, (Party.CONSORTIUM_MEMBER,), (S.AWARDED,), courses=BY_BIDS),
    Transition(Step.FILE_CONTRACT, U, OWN, (S.CONTRACTED,)),
    Transition(Step.REFUND_BOND, U, (Party.CENTRE,), (*AFTER_OPENING, S.DEAL, S.BID_CLOSED, S.PUBLISHED)),
    Transition(Step.FORFEIT_BOND, U, (Party.OWNER,), (*AFTER_OPENING, S.DEAL)),
    Transition(Step.RETURN_GUARANTEE, U, (Party.CENTRE,), (*AFTER_OPENING, S.DEAL)),
    Transition(Step.TRANSFER_DEPOSIT, U, (Party.CENTRE,), AFTER_DEAL, types=DISPOSALS),
    Transition(Step.PROPOSE_CHANGE, U, OWN, (S.CONTRACTED,), types=PURCHASES),
    Transition(Step.DECIDE_CHANGE, U, (Party.AUTHORITY,), (S.CONTRACTED,), types=PURCHASES),
    Transition(Step.RECORD_PAYMENT, U, OWN, (S.CONTRACTED, S.PERFORMED), types=PURCHASES),
    Transition(Step.ACCEPT_WORKS, U, OWN, (S.CONTRACTED,), (S.PERFORMED,), types=PURCHASES),
    Transition(Step.RECEIVE_PRICE, U, OWN, (S.CONTRACTED, S.PERFORMED), types=DISPOSALS),
    Transition(Step.REMIT_INCOME, U, OWN, (S.CONTRACTED, S.PERFORMED), types=DISPOSALS),
    Transition(Step.HAND_OVER, U, OWN, (S.CONTRACTED,), (S.PERFORMED,), types=DISPOSALS),
    Transition(Step.CHECK_USE, U, OWN, (S.CONTRACTED, S.PERFORMED), types=DISPOSALS),
    Transition(Step.RATE_PERFORMANCE, U, (Party.OWNER,), (S.PERFORMED,), types=PURCHASES),
    Transition(Step.ARCHIVE, U, (Party.CENTRE,), (S.PERFORMED,), (S.ARCHIVED,)),
    Transition(Step.SUSPEND, P, (Party.SUPERVISOR, Party.OWNER), LIVE, (S.SUSPENDED,)),
    Transition(Step.RESUME, P, (Party.SUPERVISOR, Party.OWNER), (S.SUSPENDED,), LIVE),
    Transition(Step.TERMINATE, P, (Party.OWNER, Party.SUPERVISOR), (*LIVE, S.SUSPENDED, S.AWARDED), (S.TERMINATED,)),
    Transition(Step.FAIL, P, (Party.OWNER, Party.CLOCK), (*BEFORE_AWARD,), (S.FAILED,)),
    Transition(Step.RETENDER, P, OWN, (S.FAILED,)),
    Transition(Step.SIGN_CHECKLIST, P, (*OWN, Party.CENTRE, Party.SUPERVISOR), RUNNING),
    Transition(Step.ANSWER_ALARM, P, (*OWN, Party.CENTRE, Party.SUPERVISOR, Party.AUTHORITY), EVERY),
    Transition(Step.CLOSE_ALARM, P, (Party.SUPERVISOR,), EVERY),
    Transition(Step.LODGE_COMPLAINT, U, (Party.ANY_BIDDER,), AFTER_NOTICE, secret=True, nameless=True),
    Transition(Step.WITHDRAW_COMPLAINT, U, (Party.ANY_BIDDER,), AFTER_NOTICE, secret=True, nameless=True),
    Transition(Step.ADMIT_COMPLAINT, U, (Party.SUPERVISOR,), AFTER_NOTICE, AFTER_NOTICE),
    Transition(Step.ASK_FOR_REPLY, U, (Party.SUPERVISOR,), AFTER_NOTICE, secret=True),
    Transition(Step.REPLY_TO_COMPLAINT, U, (*OWN, Party.CENTRE, Party.ANY_BIDDER), AFTER_NOTICE, secret=True),
    Transition(Step.RECORD_EXAMINATION, U, (Party.SUPERVISOR,), AFTER_NOTICE),
    Transition(Step.DECIDE_COMPLAINT, U, (Party.SUPERVISOR,), AFTER_NOTICE, AFTER_NOTICE),
    Transition(Step.PUBLISH_DECISION, U, (Party.SUPERVISOR,), AFTER_NOTICE),
    Transition(Step.ISSUE_ORDER, U, (Party.SUPERVISOR,), EVERY, secret=True),
    Transition(Step.REPLY_TO_ORDER, U, (*OWN, Party.CENTRE, Party.ANY_BIDDER), EVERY, secret=True),
    Transition(Step.PROLONG_ORDER, U, (Party.SUPERVISOR,), EVERY, secret=True),
    Transition(Step.CLOSE_ORDER, U, (Party.SUPERVISOR,), EVERY, secret=True),
    Transition(Step.ENTER_CREDIT, U, (Party.SUPERVISOR, Party.AUTHORITY), AFTER_NOTICE, secret=True),
    Transition(Step.CONFIRM_CREDIT, U, (Party.SUPERVISOR, Party.AUTHORITY), AFTER_NOTICE, secret=True),
    Transition(Step.END_CREDIT, U, (Party.SUPERVISOR, Party.AUTHORITY), AFTER_NOTICE),
    Transition(Step.APPRAISE_EXPERT, U, (Party.SUPERVISOR, Party.AUTHORITY), AFTER_EVALUATION),
    Transition(
        Step.FILL_EXPERT_SHEET, U, (*OWN, Party.CENTRE, Party.SUPERVISOR), AFTER_EVALUATION, secret=True,
        courses=BY_BIDS,
    ),  # fmt: skip
    Transition(
        Step.REPLY_TO_SHEETS, U, (Party.MEMBER,), (S.AWARDED, S.CONTRACTED, S.PERFORMED), secret=True, courses=BY_BIDS
    ),
    Transition(Step.SIGN_PLEDGE, U, (Party.ANY_BIDDER, Party.AGENCY, Party.INVITED_EXPERT), PLEDGING, secret=True),
)

BY_STEP: dict[Step, Transition] = {row.step: row for row in PROCEDURE}
PHASE_OF_STATUS: dict[Status, Phase] = {
    S.DRAFT: F, S.REGISTERED: F, S.FILED: M, S.METHOD_FIXED: P, S.PUBLISHED: P, S.BID_CLOSED: P, S.OPENED: P,
    S.COMMITTEE_READY: P, S.BIDDING: P, S.DEAL: R, S.EVALUATED: R, S.PUBLICIZED: R, S.CONFIRMED: R, S.AWARDED: U,
    S.CONTRACTED: U, S.PERFORMED: U, S.ARCHIVED: U,
}  # fmt: skip
