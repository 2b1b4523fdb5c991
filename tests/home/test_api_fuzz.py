"""Whatever is asked of the read API, it answers as its own description says."""

import schemathesis
from flask import Flask
from hypothesis import HealthCheck, Phase, given, settings
from schemathesis.checks import not_a_server_error
from schemathesis.core.result import Ok
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    response_schema_conformance,
    status_code_conformance,
)

from tests.events.factories import make_event
from tests.home.factories import make_article, make_pledge

CHECKS = [not_a_server_error, status_code_conformance, content_type_conformance, response_schema_conformance]


def test_every_operation_answers_as_described_whatever_is_asked(app: Flask) -> None:
    make_event()
    make_article()
    make_pledge()
    description = schemathesis.openapi.from_wsgi("/api/v1/openapi.json", app)
    asked = 0
    for found in description.get_all_operations():
        assert isinstance(found, Ok)
        operation = found.ok()

        @settings(
            max_examples=12,
            deadline=None,
            database=None,
            derandomize=True,
            phases=[Phase.generate],
            suppress_health_check=list(HealthCheck),
        )
        @given(case=operation.as_strategy())
        def ask(case: schemathesis.Case) -> None:
            nonlocal asked
            case.call_and_validate(checks=CHECKS)
            asked += 1

        ask()
    assert asked >= 40
