"""Let the sealer write a line's own number into it, once, as it seals it."""

from alembic import op

revision = "20261125_0720"
down_revision = "20261125_0718"
branch_labels = None
depends_on = None

_CHANGED = {"sqlite": "NEW.leaf IS NOT OLD.leaf", "postgresql": "NEW.leaf IS DISTINCT FROM OLD.leaf"}
_MOVED = {
    "sqlite": "NEW.pledge_id IS NOT OLD.pledge_id",
    "postgresql": "NEW.pledge_id IS DISTINCT FROM OLD.pledge_id",
}


def upgrade() -> None:
    kind = op.get_bind().dialect.name
    _guard(f"OLD.number IS NOT NULL OR {_MOVED[kind]} OR ({_CHANGED[kind]} AND NEW.number IS NULL)")


def downgrade() -> None:
    kind = op.get_bind().dialect.name
    _guard(f"OLD.number IS NOT NULL OR {_CHANGED[kind]} OR {_MOVED[kind]}")


def _guard(when: str) -> None:
    """Put the trigger there that keeps a line as it is once it is sealed."""
    if op.get_bind().dialect.name == "postgresql":
        op.execute("DROP TRIGGER pledge_log_entries_fixed ON pledge_log_entries")
        op.execute(
            "CREATE TRIGGER pledge_log_entries_fixed BEFORE UPDATE ON pledge_log_entries FOR EACH ROW "
            f"WHEN ({when}) EXECUTE FUNCTION refuse_pledge_log_change()"
        )
        return
    op.execute("DROP TRIGGER pledge_log_entries_fixed")
    op.execute(
        f"CREATE TRIGGER pledge_log_entries_fixed BEFORE UPDATE ON pledge_log_entries WHEN {when} "
        "BEGIN SELECT RAISE(ABORT, 'the log of a pledge only grows'); END"
    )
