"""A small server that speaks S3, for tests: one bucket in memory, and no mercy for a wrong signature.

It computes AWS Signature Version 4 by itself, from what arrived, so that a client that signs wrongly is found out.
"""

import hashlib
import hmac
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qsl, quote, unquote, urlsplit
from xml.sax.saxutils import escape

KEY_ID, SECRET, REGION, BUCKET = "KUNCI-UJI", "rahasia/uji+saja", "ap-southeast-3", "rukun-uji"
# So few names stand on one page of a listing, so that a client must ask for the next.
A_PAGE = 2


class BucketServer(ThreadingHTTPServer):
    """files: what the bucket holds. refused: how often a signature was wrong. away: answer 503 to everything."""

    daemon_threads = True

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), _Asked)
        self.files: dict[str, bytes] = {}
        self.refused = 0
        self.away = False

    @property
    def settings(self) -> dict[str, str]:
        """What an installation is told so that it keeps its files here."""
        return {
            "S3_BUCKET": BUCKET,
            "S3_ENDPOINT": f"http://127.0.0.1:{self.server_port}",
            "S3_REGION": REGION,
            "S3_KEY_ID": KEY_ID,
            "S3_SECRET": SECRET,
            "S3_PREFIX": "",
        }


@contextmanager
def bucket_server() -> Iterator[BucketServer]:
    """A running server; it ends with the block."""
    with BucketServer() as server:
        threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True).start()
        try:
            yield server
        finally:
            server.shutdown()


class _Asked(BaseHTTPRequestHandler):
    server: BucketServer
    protocol_version = "HTTP/1.1"

    def log_message(self, *words: Any) -> None:
        """Say nothing."""

    def do_GET(self) -> None:
        self._answer_signed()

    def do_HEAD(self) -> None:
        self._answer_signed()

    def do_PUT(self) -> None:
        self._answer_signed()

    def _answer_signed(self) -> None:
        body = self.rfile.read(int(self.headers.get("Content-Length") or 0))
        if self.server.away:
            self._send(503)
        elif not self._is_signed(body):
            self.server.refused += 1
            self._send(403, b"<Error><Code>SignatureDoesNotMatch</Code></Error>")
        else:
            self._answer(body)

    def _answer(self, body: bytes) -> None:
        files = self.server.files
        bucket, _slash, name = unquote(urlsplit(self.path).path).removeprefix("/").partition("/")
        if bucket != BUCKET:
            self._send(404, b"<Error><Code>NoSuchBucket</Code></Error>")
        elif not name:
            self._list(dict(parse_qsl(urlsplit(self.path).query)))
        elif self.command == "PUT":
            files[name] = body
            self._send(200)
        elif name in files:
            self._send(200, files[name])
        else:
            self._send(404, b"<Error><Code>NoSuchKey</Code></Error>")

    def _list(self, asked: dict[str, str]) -> None:
        after = asked.get("continuation-token", "")
        names = [
            name
            for name in sorted(self.server.files)
            if name > after and name.startswith(asked.get("prefix", ""))
        ]
        rows = "".join(
            f"<Contents><Key>{escape(name)}</Key><Size>{len(self.server.files[name])}</Size>"
            "<LastModified>2024-11-20T03:00:00.000Z</LastModified></Contents>"
            for name in names[:A_PAGE]
        )
        more = len(names) > A_PAGE
        token = f"<NextContinuationToken>{escape(names[A_PAGE - 1])}</NextContinuationToken>" if more else ""
        head = f"<Name>{BUCKET}</Name><IsTruncated>{str(more).lower()}</IsTruncated>"
        self._send(200, f"<ListBucketResult>{head}{token}{rows}</ListBucketResult>".encode())

    def _send(self, status: int, body: bytes = b"") -> None:
        self.send_response(status)
        self.send_header("Content-Length", str(len(body)))
        self.send_header("Last-Modified", "Wed, 20 Nov 2024 03:00:00 GMT")
        self.send_header("ETag", f'"{hashlib.md5(body, usedforsecurity=False).hexdigest()}"')
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(body)

    def _is_signed(self, body: bytes) -> bool:
        """Whether the request carries the signature that key, headers and body give."""
        scheme, _space, rest = self.headers.get("Authorization", "").partition(" ")
        given = dict(part.strip().split("=", 1) for part in rest.split(",") if "=" in part)
        if scheme != "AWS4-HMAC-SHA256" or not {"Credential", "SignedHeaders", "Signature"} <= given.keys():
            return False
        key_id, scope = given["Credential"].split("/", 1)
        stated = self.headers["x-amz-content-sha256"]
        if key_id != KEY_ID or stated not in {"UNSIGNED-PAYLOAD", hashlib.sha256(body).hexdigest()}:
            return False
        address = urlsplit(self.path)
        arguments = sorted(
            (quote(name, safe="-_.~"), quote(value, safe="-_.~"))
            for name, value in parse_qsl(address.query, keep_blank_values=True)
        )
        signed = given["SignedHeaders"].split(";")
        request = "\n".join(
            [
                self.command,
                quote(unquote(address.path), safe="/-_.~"),
                "&".join(f"{name}={value}" for name, value in arguments),
                *(f"{name}:{' '.join(self.headers[name].split())}" for name in signed),
                "",
                ";".join(signed),
                stated,
            ]
        )
        text = "\n".join(
            [
                "AWS4-HMAC-SHA256",
                self.headers["x-amz-date"],
                scope,
                hashlib.sha256(request.encode()).hexdigest(),
            ]
        )
        key = f"AWS4{SECRET}".encode()
        for part in scope.split("/"):
            key = hmac.digest(key, part.encode(), "sha256")
        right = hmac.new(key, text.encode(), "sha256").hexdigest()
        return hmac.compare_digest(right, given["Signature"])
