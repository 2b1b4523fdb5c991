"""The blueprint that the public rooms share."""

from flask import Blueprint

blueprint = Blueprint("pledges", __name__, template_folder="../templates")
