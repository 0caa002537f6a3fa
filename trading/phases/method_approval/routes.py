"""The pages and operations of this phase."""

from flask_smorest import Blueprint

blueprint = Blueprint("method_approval", __name__)
