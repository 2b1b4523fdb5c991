"""One blueprint for all open rooms of the front house."""

from flask import Blueprint

blueprint = Blueprint("home", __name__, template_folder="../templates")
