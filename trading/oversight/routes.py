"""oversight pages."""

from flask_smorest import Blueprint

blueprint = Blueprint("oversight", __name__)
