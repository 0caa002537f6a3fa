"""The pages and operations of this phase."""

from flask_smorest import Blueprint

blueprint = Blueprint("process_supervision", __name__)
