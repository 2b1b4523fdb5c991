"""Give each unit keys of its own for its logs; tell strike, restoration and erasure apart; remember pauses."""

import sqlalchemy as sa
from alembic import op

revision = "20261124_1601"
down_revision = "20261124_0601"
branch_labels = None
depends_on = None

_OLD = "'pencabutan'"
_NEW = "'pencoretan', 'pemulihan', 'penghapusan', 'pencabutan'"
_MERGED = "CASE WHEN kind IN ('pencoretan', 'pemulihan', 'penghapusan') THEN 'pencabutan' ELSE kind END"


def upgrade() -> None:
    op.create_table(
        "pledge_log_keys",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("unit_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("seed_sealed", sa.LargeBinary(), nullable=True),
        sa.Column("public", sa.String(), nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("signs_until", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["unit_id"], ["units.id"], name=op.f("fk_pledge_log_keys_unit_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_pledge_log_keys")),
        sa.UniqueConstraint("unit_id", "number", name="uq_pledge_log_keys_number"),
    )
    # Not as a batch: that would make the table anew and lose its triggers.
    op.add_column("pledges", sa.Column("paused_at", sa.DateTime(timezone=True), nullable=True))
    op.execute("UPDATE pledges SET paused_at = changed_at WHERE status = 'paused'")
    _set_kinds(_OLD, _NEW, kept="kind")


def downgrade() -> None:
    _set_kinds(_NEW, _OLD, kept=_MERGED)
    op.drop_column("pledges", "paused_at")
    op.drop_table("pledge_log_keys")


def _set_kinds(before: str, after: str, *, kept: str) -> None:
    """Change what the CHECK of `kind` allows, with triggers and indexes as they were."""
    bind = op.get_bind()
    if bind.dialect.name == "postgresql":
        name = bind.execute(
            sa.text(
                "SELECT conname FROM pg_constraint "
                "WHERE conrelid = 'pledge_log_entries'::regclass AND contype = 'c' "
                "AND pg_get_constraintdef(oid) LIKE '%pencabutan%'"
            )
        ).scalar_one()
        op.execute(f'ALTER TABLE pledge_log_entries DROP CONSTRAINT "{name}"')
        op.execute("ALTER TABLE pledge_log_entries DISABLE TRIGGER pledge_log_entries_fixed")
        op.execute(f"UPDATE pledge_log_entries SET kind = {kept} WHERE kind <> {kept}")  # noqa: S608 (fixed words)
        op.execute("ALTER TABLE pledge_log_entries ENABLE TRIGGER pledge_log_entries_fixed")
        kinds = f"'lembaga', 'tanda_tangan', 'pemastian', {after}"
        op.execute(f'ALTER TABLE pledge_log_entries ADD CONSTRAINT "{name}" CHECK (kind IN ({kinds}))')
        return
    rows = bind.execute(
        sa.text(
            "SELECT type, sql FROM sqlite_master WHERE tbl_name = 'pledge_log_entries' AND sql IS NOT NULL"
        )
    ).all()
    [table] = [row.sql for row in rows if row.type == "table"]
    columns = "id, pledge_id, {}, leaf, commitment, queued_at, number, sealed_at"
    made = table.replace("pledge_log_entries", "pledge_log_entries_new", 1).replace(before, after)
    bind.exec_driver_sql(made)
    target, source = columns.format("kind"), columns.format(kept)
    bind.exec_driver_sql(
        f"INSERT INTO pledge_log_entries_new ({target}) SELECT {source} FROM pledge_log_entries"  # noqa: S608
    )
    bind.exec_driver_sql("DROP TABLE pledge_log_entries")
    bind.exec_driver_sql("ALTER TABLE pledge_log_entries_new RENAME TO pledge_log_entries")
    for row in rows:
        if row.type != "table":
            bind.exec_driver_sql(row.sql)
