"""Name who reads a declaration out; let go of an event's session that is taken out; find a signature's line on paper.

Where a signature stands on paper is said by the line that was settled with it, not by words of its own.
"""

import sqlalchemy as sa
from alembic import op

revision = "20261125_1640"
down_revision = "20261125_1553"
branch_labels = None
depends_on = None

_TEXT = ("origin", "title", "preamble", "occasion", "place", '"on"', "text_hash", "frozen_at")
_FREE = "FOREIGN KEY(session_id) REFERENCES event_sessions (id)"
_LET_GO = f"{_FREE} ON DELETE SET NULL"


def upgrade() -> None:
    # A plain change where the database can: a batch change would build the table anew and lose its triggers.
    op.execute("ALTER TABLE pledges ADD COLUMN reader VARCHAR DEFAULT '' NOT NULL")
    _session(_FREE, _LET_GO, on_delete="SET NULL")
    _guard((*_TEXT, "reader"))
    op.create_index("ix_pledges_session_id", "pledges", ["session_id"])
    op.create_index("ix_pledge_sheet_lines_signature_id", "pledge_sheet_lines", ["signature_id"])
    op.execute("ALTER TABLE pledge_signatures DROP COLUMN sheet")


def downgrade() -> None:
    op.execute("ALTER TABLE pledge_signatures ADD COLUMN sheet VARCHAR DEFAULT '' NOT NULL")
    op.drop_index("ix_pledge_sheet_lines_signature_id", "pledge_sheet_lines")
    op.drop_index("ix_pledges_session_id", "pledges")
    _guard(_TEXT)
    _session(_LET_GO, _FREE, on_delete=None)
    op.execute("ALTER TABLE pledges DROP COLUMN reader")


def _session(before: str, after: str, *, on_delete: str | None) -> None:
    """What becomes of the tie when the session goes."""
    bind = op.get_bind()
    if bind.dialect.name == "postgresql":
        op.drop_constraint("fk_pledges_session_id", "pledges")
        op.create_foreign_key(
            "fk_pledges_session_id", "pledges", "event_sessions", ["session_id"], ["id"], ondelete=on_delete
        )
        return
    # SQLite cannot change a key: the table is made anew by its own words, then its indexes and all triggers that
    # name it.
    table = bind.scalar(sa.text("SELECT sql FROM sqlite_master WHERE type = 'table' AND name = 'pledges'"))
    rest = "FROM sqlite_master WHERE sql IS NOT NULL AND"
    indexes = bind.scalars(sa.text(f"SELECT sql {rest} type = 'index' AND tbl_name = 'pledges'")).all()
    triggers = bind.execute(
        sa.text(f"SELECT name, sql {rest} type = 'trigger' AND sql LIKE '%pledges%'")
    ).all()
    if before not in table:
        raise RuntimeError("the tie of pledges to sessions is not written as expected")
    for name, _sql in triggers:
        op.execute(f"DROP TRIGGER {name}")
    _head, opening, columns = table.replace(before, after).partition("(")
    op.execute(f"CREATE TABLE pledges_anew {opening}{columns}")
    op.execute("INSERT INTO pledges_anew SELECT * FROM pledges")
    op.execute("DROP TABLE pledges")
    op.execute("ALTER TABLE pledges_anew RENAME TO pledges")
    for sql in [*indexes, *(sql for _name, sql in triggers)]:
        bind.exec_driver_sql(sql)


def _guard(columns: tuple[str, ...]) -> None:
    """Put the trigger there that keeps these columns as they are once the text is frozen."""
    if op.get_bind().dialect.name == "postgresql":
        changed = " OR ".join(f"NEW.{column} IS DISTINCT FROM OLD.{column}" for column in columns)
        op.execute("DROP TRIGGER pledges_text_frozen ON pledges")
        op.execute(
            "CREATE TRIGGER pledges_text_frozen BEFORE UPDATE ON pledges FOR EACH ROW "
            f"WHEN (OLD.frozen_at IS NOT NULL AND ({changed})) EXECUTE FUNCTION refuse_frozen_pledge_change()"
        )
        return
    changed = " OR ".join(f"NEW.{column} IS NOT OLD.{column}" for column in columns)
    op.execute("DROP TRIGGER pledges_text_frozen")
    op.execute(
        "CREATE TRIGGER pledges_text_frozen BEFORE UPDATE ON pledges "
        f"WHEN OLD.frozen_at IS NOT NULL AND ({changed}) "
        "BEGIN SELECT RAISE(ABORT, 'the text of a signed pledge never changes'); END"
    )
