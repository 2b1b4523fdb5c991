"""Sealing everything again with a new encryption key, while the portal runs."""

from collections.abc import Iterator

from sqlalchemy import Column, Table, select, update

from app.core import crypto
from app.core.database import Base, db, transactional

# How many rows are sealed again in one transaction.
AT_ONCE = 200


def sealed_columns() -> Iterator[tuple[Table, Column[bytes]]]:
    """Every column that holds sealed text; by the house's rule its name ends so."""
    for table in Base.metadata.sorted_tables:
        for column in table.columns:
            if column.name.endswith("_sealed"):
                yield table, column


def reseal() -> dict[str, int]:
    """Seal with the current key what was sealed with an older one; how many rows, by column.

    It may be stopped and started again at any moment: each row is sealed with one key or the other.
    """
    found = {}
    for table, column in sealed_columns():
        total = after = 0
        while (done := _reseal_some(table, column, after)) is not None:
            after, changed = done
            total += changed
        found[f"{table.name}.{column.name}"] = total
    return found


@transactional
def _reseal_some(table: Table, column: Column[bytes], after: int) -> tuple[int, int] | None:
    """The next rows by id: the last id looked at and how many were sealed again; None at the end."""
    number = crypto.current_key()
    query = select(table.c.id, column).where(table.c.id > after, column.is_not(None))
    rows = db.session.execute(query.order_by(table.c.id).limit(AT_ONCE)).all()
    changed = 0
    for row_id, sealed in rows:
        if sealed[0] == number:
            continue
        fresh = crypto.encrypt(crypto.decrypt(sealed))
        # Only if nobody wrote another text meanwhile.
        statement = update(table).where(table.c.id == row_id, column == sealed)
        db.session.execute(statement.values({column.name: fresh}))
        changed += 1
    return (rows[-1][0], changed) if rows else None


def sealed_with_older_keys() -> int:
    """How many values still need an older key."""
    number = crypto.current_key()
    return sum(
        sealed[0] != number
        for _table, column in sealed_columns()
        for sealed in db.session.scalars(select(column).where(column.is_not(None)))
    )
