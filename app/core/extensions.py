"""Extensions of Flask that are not tied to one subject."""

from flask_alembic import Alembic
from flask_login import LoginManager
from flask_wtf import CSRFProtect

alembic = Alembic()
csrf = CSRFProtect()
login = LoginManager()
