"""The blueprint of the public side 公众服务, which its pages and operations share."""

from flask_smorest import Blueprint

blueprint = Blueprint("portal", __name__, description="公众服务 The public side")
