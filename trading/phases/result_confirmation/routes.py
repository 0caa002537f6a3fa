"""The pages and operations of this phase."""

from flask_smorest import Blueprint

blueprint = Blueprint("result_confirmation", __name__)
