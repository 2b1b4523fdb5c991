"""Signing in and what leads to it."""

from flask import Blueprint

blueprint = Blueprint("people", __name__, template_folder="../templates")
