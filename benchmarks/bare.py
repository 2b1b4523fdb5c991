"""What the ratios are taken against: Flask with nothing around it.

`/` lists twenty rows from SQLite through Jinja; POST `/` inserts one row with the durability the portal has.
"""

import os
import sqlite3
import threading

from flask import Flask, render_template_string, request

app = Flask(__name__)
_PATH = os.environ["BARE_DATABASE"]
_LOCAL = threading.local()
_PAGE = """<!doctype html><html lang="id"><head><meta charset="utf-8"><title>Daftar</title></head><body><h1>Daftar</h1>
<ul>{% for row in rows %}
<li><a href="/{{ row[0] }}">{{ row[1] }}</a> <time>{{ row[2] }}</time> {{ row[3] }}</li>{% endfor %}</ul>
</body></html>"""


def _database() -> sqlite3.Connection:
    if not hasattr(_LOCAL, "connection"):
        connection = sqlite3.connect(_PATH, timeout=10, isolation_level=None)
        connection.execute("PRAGMA journal_mode=WAL")
        connection.execute("PRAGMA synchronous=FULL")
        _LOCAL.connection = connection
    found: sqlite3.Connection = _LOCAL.connection
    return found


def prepare() -> None:
    """A table with 1,000 rows."""
    connection = _database()
    connection.execute("CREATE TABLE IF NOT EXISTS rows (id INTEGER PRIMARY KEY, title, day, place)")
    if connection.execute("SELECT count(*) FROM rows").fetchone()[0] == 0:
        rows = [(f"Acara contoh {n}", f"2026-11-{n % 28 + 1:02}", f"Balai {n % 20}") for n in range(1000)]
        connection.executemany("INSERT INTO rows (title, day, place) VALUES (?, ?, ?)", rows)


@app.get("/")
def index() -> str:
    rows = _database().execute("SELECT id, title, day, place FROM rows ORDER BY id DESC LIMIT 20").fetchall()
    return render_template_string(_PAGE, rows=rows)


@app.post("/")
def create() -> tuple[str, int, dict[str, str]]:
    _database().execute(
        "INSERT INTO rows (title, day, place) VALUES (?, ?, ?)",
        (request.form.get("name", ""), request.form.get("phone", ""), request.form.get("district_code", "")),
    )
    return "", 303, {"Location": "/"}


if __name__ == "__main__":
    prepare()
