"""Let the newsroom keep unsaved drafts, notes and checks from outside; know who is checking; approve before publishing."""

import sqlalchemy as sa
from alembic import op

revision = "20261125_0743"
down_revision = "20261125_0732"
branch_labels = None
depends_on = None

_OLD = "'returned', 'published'"
_NEW = "'returned', 'approved', 'published'"


def upgrade() -> None:
    op.create_table(
        "article_drafts",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("article_id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("title", sa.String(), nullable=False),
        sa.Column("subtitle", sa.String(), nullable=False),
        sa.Column("body", sa.String(), nullable=False),
        sa.Column("seen_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("saved_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["article_id"], ["articles.id"], name=op.f("fk_article_drafts_article_id"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["person_id"], ["people.id"], name=op.f("fk_article_drafts_person_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_article_drafts")),
        sa.UniqueConstraint("article_id", "person_id", name="uq_article_drafts_person"),
    )
    op.create_index(op.f("ix_article_drafts_person_id"), "article_drafts", ["person_id"])
    op.create_table(
        "article_notes",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("article_id", sa.Integer(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("by_id", sa.Integer(), nullable=True),
        sa.Column("text", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(
            ["article_id"], ["articles.id"], name=op.f("fk_article_notes_article_id"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(["by_id"], ["people.id"], name=op.f("fk_article_notes_by_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_article_notes")),
    )
    op.create_index(op.f("ix_article_notes_article_id"), "article_notes", ["article_id"])
    op.create_table(
        "fact_checks",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("article_id", sa.Integer(), nullable=False),
        sa.Column("code", sa.String(), nullable=False),
        sa.Column("asked_of", sa.String(), nullable=False),
        sa.Column("question", sa.String(), nullable=False),
        sa.Column("asked_by_id", sa.Integer(), nullable=True),
        sa.Column("asked_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("expires_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("answered_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column(
            "verdict",
            sa.Enum("benar", "keliru", name="verdict", native_enum=False, create_constraint=True, length=32),
            nullable=True,
        ),
        sa.Column("answer", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(
            ["article_id"], ["articles.id"], name=op.f("fk_fact_checks_article_id"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(["asked_by_id"], ["people.id"], name=op.f("fk_fact_checks_asked_by_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_fact_checks")),
        sa.UniqueConstraint("code", name=op.f("uq_fact_checks_code")),
    )
    op.create_index(op.f("ix_fact_checks_article_id"), "fact_checks", ["article_id"])
    for table in ("articles", "notices"):
        op.add_column(table, sa.Column("checking_at", sa.DateTime(timezone=True), nullable=True))
        # In words: a batch would make the table anew without its checks.
        op.execute(
            f"ALTER TABLE {table} ADD COLUMN checking_by_id INTEGER "
            f"CONSTRAINT fk_{table}_checking_by_id REFERENCES people (id)"
        )
        _set_states(table, _OLD, _NEW, kept="status")


def downgrade() -> None:
    for table in ("articles", "notices"):
        _set_states(table, _NEW, _OLD, kept="CASE WHEN status = 'approved' THEN 'submitted' ELSE status END")
        op.drop_column(table, "checking_by_id")
        op.drop_column(table, "checking_at")
    for table in ("fact_checks", "article_notes", "article_drafts"):
        op.drop_table(table)


def _set_states(table: str, before: str, after: str, *, kept: str) -> None:
    """Change what the CHECK of `status` allows, with the other checks and the indexes as they were."""
    bind = op.get_bind()
    if bind.dialect.name == "postgresql":
        found = (
            "SELECT conname FROM pg_constraint WHERE conrelid = CAST(:table AS regclass) "
            "AND contype = 'c' AND pg_get_constraintdef(oid) LIKE '%withdrawn%'"
        )
        name = bind.execute(sa.text(found), {"table": table}).scalar_one()
        op.execute(f'ALTER TABLE {table} DROP CONSTRAINT "{name}"')
        op.execute(f"UPDATE {table} SET status = {kept} WHERE status <> {kept}")  # noqa: S608 (fixed words)
        states = f"'draft', 'submitted', {after}, 'withdrawn'"
        op.execute(f'ALTER TABLE {table} ADD CONSTRAINT "{name}" CHECK (status IN ({states}))')
        return
    query = sa.text("SELECT type, sql FROM sqlite_master WHERE tbl_name = :table AND sql IS NOT NULL")
    rows = bind.execute(query, {"table": table}).all()
    [made] = [row.sql for row in rows if row.type == "table"]
    assert before in made, "the states are not where they were"
    columns = [row[1] for row in bind.exec_driver_sql(f"PRAGMA table_info({table})")]
    named = ", ".join(columns)
    values = ", ".join(kept if column == "status" else column for column in columns)
    bind.exec_driver_sql(made.replace(table, f"{table}_new", 1).replace(before, after))
    bind.exec_driver_sql(f"INSERT INTO {table}_new ({named}) SELECT {values} FROM {table}")  # noqa: S608
    bind.exec_driver_sql(f"DROP TABLE {table}")
    bind.exec_driver_sql(f"ALTER TABLE {table}_new RENAME TO {table}")
    for row in rows:
        if row.type != "table":
            bind.exec_driver_sql(row.sql)
