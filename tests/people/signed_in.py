"""A client that is signed in without going through the form."""

from typing import Any

from flask import Flask
from flask.testing import FlaskClient

from app.core import clock
from app.core.database import db
from app.people.public.sessions import start_session


def client_of(app: Flask, person: Any, *, second_factor: bool = True) -> FlaskClient:
    """A fresh client of `person`; with second_factor as if the code had been confirmed."""
    db.session.rollback()
    _, token = start_session(person, device="test", now=clock.now(), second_factor=second_factor)
    db.session.commit()
    client = app.test_client()
    with client.session_transaction() as session:
        session["_user_id"] = token
        session["_fresh"] = True
    return client
