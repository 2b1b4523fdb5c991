"""The blueprint on which the public views hang."""

from flask import Blueprint

blueprint = Blueprint("events", __name__, template_folder="../templates")
