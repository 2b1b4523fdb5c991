"""Keep tallies, hours, witnesses, runs of strikes, follow-ups and switches of pledges."""

import sqlalchemy as sa
from alembic import op

revision = "20261125_0911"
down_revision = "20261125_0910"
branch_labels = None
depends_on = None

_DOUBTFUL = sa.text(
    "(repeat_of_id IS NOT NULL OR flagged_at IS NOT NULL) AND sorted_out_at IS NULL AND struck_at IS NULL"
)
_OLD, _NEW = "'pencabutan'", "'kiriman_ulang', 'pencabutan'"
_HOURS = {
    "sqlite": "INSERT INTO pledge_hours (pledge_id, hour, way, count) "
    "SELECT pledge_id, strftime('%Y-%m-%d %H:00:00.000000', signed_at), way, count(*) FROM pledge_signatures "
    "WHERE struck_at IS NULL AND repeat_of_id IS NULL GROUP BY 1, 2, 3",
    "postgresql": "INSERT INTO pledge_hours (pledge_id, hour, way, count) "
    "SELECT pledge_id, date_trunc('hour', signed_at), way, count(*) FROM pledge_signatures "
    "WHERE struck_at IS NULL AND repeat_of_id IS NULL GROUP BY 1, 2, 3",
}
_NEW_TABLES = (
    "pledge_tallies",
    "pledge_hours",
    "pledge_follow_ups",
    "pledge_cosignatures",
    "pledge_witnesses",
    "pledge_bad_words",
    "pledge_switches",
    "pledge_strike_runs",
)
_NEW_INDEXES = (
    ("ix_pledges_replaces_id", "pledges"),
    ("ix_pledge_signatures_run_id", "pledge_signatures"),
    ("ix_pledge_signatures_network", "pledge_signatures"),
    ("ix_pledge_signatures_doubtful", "pledge_signatures"),
)
# Not as batches: those would make the tables anew and lose their triggers.
_NEW_COLUMNS = (
    ("pledge_log_entries", "gains", "VARCHAR"),
    ("pledge_log_entries", "loses", "VARCHAR"),
    ("pledge_log_entries", "district_code", "VARCHAR"),
    ("pledge_log_entries", "amount", "INTEGER DEFAULT '1' NOT NULL"),
    ("pledge_signatures", "flagged_at", "{moment}"),
    ("pledge_signatures", "sorted_out_at", "{moment}"),
    (
        "pledge_signatures",
        "run_id",
        "INTEGER CONSTRAINT fk_pledge_signatures_run_id REFERENCES pledge_strike_runs (id)",
    ),
    ("pledge_signatures", "code_tries", "INTEGER DEFAULT '0' NOT NULL"),
    ("pledges", "replaces_id", "INTEGER CONSTRAINT fk_pledges_replaces_id REFERENCES pledges (id)"),
)


def upgrade() -> None:
    _set_kinds(_OLD, _NEW)
    op.create_table(
        "pledge_switches",
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("reason", sa.String(), nullable=False),
        sa.Column("off_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("off_by_id", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(["off_by_id"], ["people.id"], name=op.f("fk_pledge_switches_off_by_id")),
        sa.PrimaryKeyConstraint("name", name=op.f("pk_pledge_switches")),
    )
    op.create_table(
        "pledge_bad_words",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("unit_id", sa.Integer(), nullable=False),
        sa.Column("word", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(["unit_id"], ["units.id"], name=op.f("fk_pledge_bad_words_unit_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_pledge_bad_words")),
        sa.UniqueConstraint("unit_id", "word", name="uq_pledge_bad_words_word"),
    )
    op.create_table(
        "pledge_witnesses",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("unit_id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("key", sa.String(), nullable=False),
        sa.Column("url", sa.String(), nullable=False),
        sa.Column("added_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("added_by_id", sa.Integer(), nullable=True),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["added_by_id"], ["people.id"], name=op.f("fk_pledge_witnesses_added_by_id")),
        sa.ForeignKeyConstraint(["unit_id"], ["units.id"], name=op.f("fk_pledge_witnesses_unit_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_pledge_witnesses")),
        sa.UniqueConstraint("key", name=op.f("uq_pledge_witnesses_key")),
    )
    op.create_index(op.f("ix_pledge_witnesses_unit_id"), "pledge_witnesses", ["unit_id"])

    op.create_table(
        "pledge_cosignatures",
        sa.Column("pledge_id", sa.Integer(), nullable=False),
        sa.Column("size", sa.Integer(), nullable=False),
        sa.Column("witness_id", sa.Integer(), nullable=False),
        sa.Column("line", sa.Text(), nullable=False),
        sa.Column("cosigned_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["pledge_id"], ["pledges.id"], name=op.f("fk_pledge_cosignatures_pledge_id")),
        sa.ForeignKeyConstraint(
            ["witness_id"], ["pledge_witnesses.id"], name=op.f("fk_pledge_cosignatures_witness_id")
        ),
        sa.PrimaryKeyConstraint("pledge_id", "size", "witness_id", name=op.f("pk_pledge_cosignatures")),
    )
    op.create_table(
        "pledge_follow_ups",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("pledge_id", sa.Integer(), nullable=False),
        sa.Column("point", sa.Integer(), nullable=True),
        sa.Column("on", sa.Date(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("source", sa.String(), nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("made_by_id", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(["made_by_id"], ["people.id"], name=op.f("fk_pledge_follow_ups_made_by_id")),
        sa.ForeignKeyConstraint(["pledge_id"], ["pledges.id"], name=op.f("fk_pledge_follow_ups_pledge_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_pledge_follow_ups")),
    )
    op.create_index(op.f("ix_pledge_follow_ups_pledge_id"), "pledge_follow_ups", ["pledge_id"])

    op.create_table(
        "pledge_hours",
        sa.Column("pledge_id", sa.Integer(), nullable=False),
        sa.Column("hour", sa.DateTime(timezone=True), nullable=False),
        sa.Column("way", sa.String(), nullable=False),
        sa.Column("count", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["pledge_id"], ["pledges.id"], name=op.f("fk_pledge_hours_pledge_id")),
        sa.PrimaryKeyConstraint("pledge_id", "hour", "way", name=op.f("pk_pledge_hours")),
    )
    op.create_table(
        "pledge_strike_runs",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("pledge_id", sa.Integer(), nullable=False),
        sa.Column("conditions", sa.JSON(), nullable=False),
        sa.Column("reason", sa.String(), nullable=False),
        sa.Column("count", sa.Integer(), nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("made_by_id", sa.Integer(), nullable=True),
        sa.Column("undone_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("undone_by_id", sa.Integer(), nullable=True),
        sa.Column("undo_reason", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(["made_by_id"], ["people.id"], name=op.f("fk_pledge_strike_runs_made_by_id")),
        sa.ForeignKeyConstraint(["pledge_id"], ["pledges.id"], name=op.f("fk_pledge_strike_runs_pledge_id")),
        sa.ForeignKeyConstraint(
            ["undone_by_id"], ["people.id"], name=op.f("fk_pledge_strike_runs_undone_by_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_pledge_strike_runs")),
    )
    op.create_index(op.f("ix_pledge_strike_runs_pledge_id"), "pledge_strike_runs", ["pledge_id"])

    op.create_table(
        "pledge_tallies",
        sa.Column("pledge_id", sa.Integer(), nullable=False),
        sa.Column("way", sa.String(), nullable=False),
        sa.Column("district_code", sa.String(), nullable=False),
        sa.Column("count", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["pledge_id"], ["pledges.id"], name=op.f("fk_pledge_tallies_pledge_id")),
        sa.PrimaryKeyConstraint("pledge_id", "way", "district_code", name=op.f("pk_pledge_tallies")),
    )
    moment = "DATETIME" if op.get_bind().dialect.name == "sqlite" else "TIMESTAMP WITH TIME ZONE"
    for table, column, kind in _NEW_COLUMNS:
        op.execute(f"ALTER TABLE {table} ADD COLUMN {column} {kind.format(moment=moment)}")
    op.create_index("ix_pledges_replaces_id", "pledges", ["replaces_id"])
    op.create_index("ix_pledge_signatures_run_id", "pledge_signatures", ["run_id"])
    op.create_index(
        "ix_pledge_signatures_network", "pledge_signatures", ["pledge_id", "network_hash", "signed_at"]
    )
    op.create_index(
        "ix_pledge_signatures_doubtful",
        "pledge_signatures",
        ["pledge_id"],
        sqlite_where=_DOUBTFUL,
        postgresql_where=_DOUBTFUL,
    )
    # Further tries of before were no lines of the log, so they are not to be sorted out of it.
    op.execute("UPDATE pledge_signatures SET sorted_out_at = signed_at WHERE repeat_of_id IS NOT NULL")
    op.execute(
        "INSERT INTO pledge_tallies (pledge_id, way, district_code, count) "
        "SELECT pledge_id, way, district_code, count(*) FROM pledge_signatures "
        "WHERE struck_at IS NULL AND repeat_of_id IS NULL GROUP BY pledge_id, way, district_code"
    )
    op.execute(_HOURS[op.get_bind().dialect.name])


def downgrade() -> None:
    for index, table in _NEW_INDEXES:
        op.drop_index(index, table_name=table)
    for table, column, _ in reversed(_NEW_COLUMNS):
        op.execute(f"ALTER TABLE {table} DROP COLUMN {column}")
    for table in _NEW_TABLES:
        op.drop_table(table)
    _set_kinds(_NEW, _OLD)


def _set_kinds(before: str, after: str) -> None:
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
        kinds = "'lembaga', 'tanda_tangan', 'pemastian', 'pencoretan', 'pemulihan', 'penghapusan'"
        op.execute(f'ALTER TABLE pledge_log_entries DROP CONSTRAINT "{name}"')
        op.execute(
            f'ALTER TABLE pledge_log_entries ADD CONSTRAINT "{name}" CHECK (kind IN ({kinds}, {after}))'
        )
        return
    rows = bind.execute(
        sa.text(
            "SELECT type, sql FROM sqlite_master WHERE tbl_name = 'pledge_log_entries' AND sql IS NOT NULL"
        )
    ).all()
    [table] = [row.sql for row in rows if row.type == "table"]
    made = table.replace("pledge_log_entries", "pledge_log_entries_new", 1).replace(before, after)
    bind.exec_driver_sql(made)
    bind.exec_driver_sql("INSERT INTO pledge_log_entries_new SELECT * FROM pledge_log_entries")
    bind.exec_driver_sql("DROP TABLE pledge_log_entries")
    bind.exec_driver_sql("ALTER TABLE pledge_log_entries_new RENAME TO pledge_log_entries")
    for row in rows:
        if row.type != "table":
            bind.exec_driver_sql(row.sql)
