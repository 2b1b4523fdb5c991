"""Where files lie that people sent or that were made of them: in the instance folder, or in a bucket that speaks S3.

A file has a name with slashes, such as "foto/ab/abcd-640.jpg". Nobody but the portal reads the bucket: what visitors
may see of it, the portal serves from its own address.
"""

import os
from collections.abc import Iterator, Mapping
from datetime import timedelta
from pathlib import Path
from typing import Any, Protocol

try:
    import obstore
    from obstore.store import S3Store
except ImportError:  # the extra "s3" is not installed
    S3 = False
else:
    S3 = True

# A photo that is waited for longer than this is not worth waiting for.
PATIENCE = timedelta(seconds=20)
TRIES = 2


class StorageAway(Exception):
    """The bucket does not answer, or refuses us. What was asked for may work a little later."""


class Store(Protocol):
    """A place for files."""

    def read(self, name: str) -> bytes | None:
        """What a file holds; None when there is none of that name."""
        ...

    def has(self, name: str) -> bool:
        """Whether there is a file of that name."""
        ...

    def write(self, name: str, content: bytes) -> None:
        """Put a file in its place in one step: nobody ever reads half of it."""
        ...

    def names(self) -> Iterator[str]:
        """The names of all files."""
        ...


class Folder:
    """Files in a folder of this machine."""

    def __init__(self, place: Path) -> None:
        self.place = place

    def read(self, name: str) -> bytes | None:
        try:
            return (self.place / name).read_bytes()
        except FileNotFoundError:
            return None

    def has(self, name: str) -> bool:
        return (self.place / name).is_file()

    def write(self, name: str, content: bytes) -> None:
        path = self.place / name
        path.parent.mkdir(parents=True, exist_ok=True)
        draft = path.with_name(f".{path.name}.{os.getpid()}.{os.urandom(4).hex()}")
        try:
            draft.write_bytes(content)
            draft.replace(path)
        finally:
            draft.unlink(missing_ok=True)

    def names(self) -> Iterator[str]:
        for path in sorted(self.place.rglob("*")):
            if path.is_file() and not path.name.startswith("."):
                yield path.relative_to(self.place).as_posix()


class Bucket:
    """Files in a bucket of Amazon S3 or of a service that speaks like it (Ceph, MinIO, R2, Garage)."""

    def __init__(
        self, bucket: str, *, endpoint: str, region: str, key_id: str, secret: str, prefix: str
    ) -> None:
        if not S3:
            raise SystemExit('pasang tambahan "s3" dahulu / install the package extra "s3" first: obstore')
        named: dict[str, Any] = {"endpoint": endpoint} if endpoint else {}
        if key_id:  # else what the machine itself is allowed, by its role
            named |= {"access_key_id": key_id, "secret_access_key": secret}
        self._store = S3Store(
            bucket,
            prefix=prefix or None,
            region=region,
            virtual_hosted_style_request=False,
            client_options={"timeout": PATIENCE, "allow_http": endpoint.startswith("http://")},
            retry_config={"max_retries": TRIES, "retry_timeout": PATIENCE},
            **named,
        )

    def read(self, name: str) -> bytes | None:
        try:
            return bytes(obstore.get(self._store, name).bytes())
        except FileNotFoundError:
            return None
        except obstore.exceptions.BaseError as problem:
            raise _away(problem) from problem

    def has(self, name: str) -> bool:
        try:
            obstore.head(self._store, name)
        except FileNotFoundError:
            return False
        except obstore.exceptions.BaseError as problem:
            raise _away(problem) from problem
        return True

    def write(self, name: str, content: bytes) -> None:
        try:
            obstore.put(self._store, name, content, use_multipart=False)
        except (FileNotFoundError, obstore.exceptions.BaseError) as problem:  # no such bucket, or no answer
            raise _away(problem) from problem

    def names(self) -> Iterator[str]:
        try:
            for page in obstore.list(self._store):
                for each in page:
                    yield each["path"]
        except (FileNotFoundError, obstore.exceptions.BaseError) as problem:
            raise _away(problem) from problem


def _away(problem: Exception) -> StorageAway:
    return StorageAway(str(problem).partition("\n")[0])


_place: dict[str, Store] = {}


def configure(settings: Mapping[str, Any]) -> None:
    """Keep files where the settings say."""
    _place["store"] = store_for(settings)


def store_for(settings: Mapping[str, Any]) -> Store:
    """The bucket S3_BUCKET, or without one the folder `uploads` of the instance."""
    if not settings["S3_BUCKET"]:
        return Folder(Path(settings["INSTANCE"]) / "uploads")
    return Bucket(
        settings["S3_BUCKET"],
        endpoint=settings["S3_ENDPOINT"],
        region=settings["S3_REGION"],
        key_id=settings["S3_KEY_ID"],
        secret=settings["S3_SECRET"],
        prefix=settings["S3_PREFIX"],
    )


def store() -> Store:
    """Where this installation keeps its files."""
    return _place["store"]
