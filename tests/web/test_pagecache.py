"""The layer alone, in front of a small application that counts how often it was asked."""

from concurrent.futures import ThreadPoolExecutor, wait
from datetime import timedelta
from threading import Event

import pytest
from werkzeug.test import Client, EnvironBuilder
from werkzeug.wrappers import Response

from app.core import cache, clock
from app.web.pagecache import PageCache
from app.web.pages import FRESH_UNTIL


class Counting:
    def __init__(self) -> None:
        self.asked: list[str] = []
        self.until = ""
        self.public = True
        self.status = 200

    def __call__(self, environ, start_response):
        self.asked.append(environ["REQUEST_METHOD"] + " " + environ["QUERY_STRING"])
        response = Response("halaman " * 200, content_type="text/html", status=self.status)
        if self.public:
            response.headers[FRESH_UNTIL] = self.until
        return response(environ, start_response)


@pytest.fixture
def inner(tmp_path):
    cache.configure(tmp_path)
    return Counting()


@pytest.fixture
def visitor(inner):
    return Client(_layer(inner, look_every=0))


def _layer(inner, *, look_every, counts_stand=0.0):
    return PageCache(
        inner,
        session_cookie="sesi",
        hosts={"localhost"},
        arguments={"halaman", "lang"},
        look_every=look_every,
        counts_stand=counts_stand,
    )


def test_a_public_page_is_made_once(inner, visitor):
    first, second = visitor.get("/"), visitor.get("/")
    assert first.data == second.data
    assert len(inner.asked) == 1
    assert FRESH_UNTIL not in first.headers


def test_a_change_of_content_drops_it(inner, visitor):
    visitor.get("/")
    cache.bump()
    visitor.get("/")
    assert len(inner.asked) == 2


def test_counts_that_moved_are_shown_within_a_moment(inner, monkeypatch):
    moment = [100.0]
    monkeypatch.setattr("app.web.pagecache.monotonic", lambda: moment[0])
    visitor = Client(_layer(inner, look_every=0, counts_stand=0.5))
    visitor.get("/")
    for later, made in ((100.1, 1), (100.4, 1), (100.6, 2), (100.9, 2), (101.2, 3)):
        cache.bump_counts()
        moment[0] = later
        visitor.get("/")
        assert len(inner.asked) == made


def test_a_change_of_content_does_not_wait_for_that_moment(inner):
    visitor = Client(_layer(inner, look_every=0, counts_stand=3600))
    visitor.get("/")
    cache.bump()
    visitor.get("/")
    assert len(inner.asked) == 2


def test_many_who_come_at_once_have_an_old_page_made_anew_once(inner):
    visitors = 6
    layer = _layer(inner, look_every=0)
    Client(layer).get("/")
    cache.bump()
    begun, go_on, makers = Event(), Event(), []

    def slow(environ, start_response):
        makers.append(environ)
        begun.set()
        go_on.wait(10)
        return inner(environ, start_response)

    layer.app = slow
    with ThreadPoolExecutor(visitors) as pool:
        first = pool.submit(Client(layer).get, "/")
        assert begun.wait(10)
        others = [pool.submit(Client(layer).get, "/") for _visitor in range(visitors - 1)]
        wait(others, timeout=0.2)  # long enough for one to begin too, if it could
        go_on.set()
        assert {answer.result().status_code for answer in (first, *others)} == {200}
    assert len(makers) == 1


def test_a_page_that_went_away_is_forgotten(inner, visitor):
    visitor.get("/")
    inner.status = 404
    cache.bump()
    assert visitor.get("/").status_code == 404
    assert not visitor.application.pages


def test_time_alone_drops_it(inner, visitor):
    inner.until = repr((clock.now() - timedelta(seconds=1)).timestamp())
    visitor.get("/")
    visitor.get("/")
    assert len(inner.asked) == 2


def test_somebody_with_a_session_goes_past_it(inner, visitor):
    visitor.get("/")
    visitor.set_cookie("sesi", "x")
    visitor.get("/")
    assert len(inner.asked) == 2


def test_a_page_that_is_not_marked_is_never_kept(inner, visitor):
    inner.public = False
    visitor.get("/")
    visitor.get("/")
    assert len(inner.asked) == 2


def test_an_error_is_never_kept(inner, visitor):
    inner.status = 503
    visitor.get("/")
    visitor.get("/")
    assert len(inner.asked) == 2


def test_unknown_arguments_do_not_make_another_page(inner, visitor):
    visitor.get("/?halaman=2")
    visitor.get("/?fbclid=abc&halaman=2")
    assert len(inner.asked) == 1


def test_the_second_visit_costs_no_body(visitor):
    first = visitor.get("/", headers={"Accept-Encoding": "gzip"})
    assert first.headers["Content-Encoding"] == "gzip"
    second = visitor.get("/", headers={"Accept-Encoding": "gzip", "If-None-Match": first.headers["ETag"]})
    assert second.status_code == 304
    assert second.data == b""


def test_languages_are_kept_apart_and_remembered(inner, visitor):
    visitor.get("/")
    answer = visitor.get("/?lang=en")
    assert "bahasa=en" in answer.headers["Set-Cookie"]
    assert len(inner.asked) == 2


def test_head_has_the_length_but_no_body(visitor):
    answer = visitor.head("/")
    assert answer.data == b""
    assert int(answer.headers["Content-Length"]) > 0


def test_a_foreign_host_never_gets_a_kept_page(inner, visitor):
    visitor.get("/")
    visitor.open(EnvironBuilder(path="/", headers={"Host": "evil.example"}))
    assert len(inner.asked) == 2


def test_between_two_looks_nothing_is_asked_of_the_file_system(inner, monkeypatch):
    asked = []
    visitor = Client(_layer(inner, look_every=3600))
    visitor.get("/")
    monkeypatch.setattr(cache, "version", lambda: asked.append(1) or 0)
    for _visit in range(5):
        visitor.get("/")
    assert asked == []


def test_a_change_is_seen_at_the_next_look(inner, monkeypatch):
    layer = _layer(inner, look_every=0.05)
    times = iter([0.0, 0.0, 0.04, 0.06, 0.06])
    monkeypatch.setattr("app.web.pagecache.monotonic", lambda: next(times))
    visitor = Client(layer)
    visitor.get("/")
    cache.bump()
    visitor.get("/")
    assert len(inner.asked) == 1
    visitor.get("/")
    assert len(inner.asked) == 2


def test_who_writes_sees_it_at_once(inner):
    visitor = Client(_layer(inner, look_every=3600))
    visitor.get("/")
    cache.bump()
    visitor.post("/")
    visitor.get("/")
    assert len(inner.asked) == 3
