"""The blueprint of the supervision phase 流程监管, to which both halves of the room mount their pages."""

from __future__ import annotations

from flask_smorest import Blueprint

blueprint = Blueprint("process_supervision", __name__, description="交易流程监管 Supervision of the process")
