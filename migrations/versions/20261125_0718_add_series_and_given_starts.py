"""Let events belong to a series; let lines of a programme have a given and a real start."""

import sqlalchemy as sa
from alembic import op

revision = "20261125_0718"
down_revision = "20261124_1601"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "event_series",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("unit_id", sa.Integer(), nullable=False),
        sa.Column("rule", sa.String(), nullable=False),
        sa.Column("rotates", sa.Boolean(), nullable=False),
        sa.Column("skipped", sa.JSON(), nullable=False),
        sa.Column("created_by_id", sa.Integer(), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["created_by_id"], ["people.id"], name=op.f("fk_event_series_created_by_id")),
        sa.ForeignKeyConstraint(["unit_id"], ["units.id"], name=op.f("fk_event_series_unit_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_event_series")),
    )
    op.create_index(op.f("ix_event_series_unit_id"), "event_series", ["unit_id"])
    with op.batch_alter_table("events") as batch:
        batch.add_column(sa.Column("series_id", sa.Integer(), nullable=True))
        batch.add_column(sa.Column("series_position", sa.Integer(), nullable=True))
        batch.create_unique_constraint("uq_events_series_position", ["series_id", "series_position"])
        batch.create_foreign_key(batch.f("fk_events_series_id"), "event_series", ["series_id"], ["id"])
    with op.batch_alter_table("programme_items") as batch:
        batch.add_column(sa.Column("start_after", sa.Integer(), nullable=True))
        batch.add_column(sa.Column("started_at", sa.DateTime(timezone=True), nullable=True))
        batch.create_check_constraint(
            batch.f("ck_programme_items_start_in_two_weeks"), "start_after BETWEEN 0 AND 20160"
        )


def downgrade() -> None:
    with op.batch_alter_table("programme_items") as batch:
        batch.drop_constraint(batch.f("ck_programme_items_start_in_two_weeks"), type_="check")
        batch.drop_column("started_at")
        batch.drop_column("start_after")
    with op.batch_alter_table("events") as batch:
        batch.drop_constraint(batch.f("fk_events_series_id"), type_="foreignkey")
        batch.drop_constraint("uq_events_series_position", type_="unique")
        batch.drop_column("series_position")
        batch.drop_column("series_id")
    op.drop_table("event_series")
