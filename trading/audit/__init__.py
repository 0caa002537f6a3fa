"""The retrospect 回溯核查: records brought in from elsewhere asked by the conditions, see ``trading audit --help``."""

from trading.audit.cells import BadFile
from trading.audit.lots import Frame
from trading.audit.report import Tally
from trading.audit.run import audit_file, audit_lots

__all__ = ["BadFile", "Frame", "Tally", "audit_file", "audit_lots"]
