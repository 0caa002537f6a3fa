"""The pages and operations of this phase."""

from flask_smorest import Blueprint

blueprint = Blueprint("follow_up", __name__)
