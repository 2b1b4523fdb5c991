"""The public room of news."""

from flask import Blueprint

blueprint = Blueprint("news", __name__, template_folder="../templates")
