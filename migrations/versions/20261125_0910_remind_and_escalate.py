"""Keep reminders of events, how far people read in conversations, and how long units may take to answer."""

import sqlalchemy as sa
from alembic import op

revision = "20261125_0910"
down_revision = "20261125_0855"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "event_reminders",
        sa.Column("event_id", sa.Integer(), nullable=False),
        sa.Column(
            "which",
            sa.Enum(
                "h-3",
                "h-1",
                "2-jam",
                name="reminder",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column("starts_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("due_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("off_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("sent_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("told", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["event_id"], ["events.id"], name=op.f("fk_event_reminders_event_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("event_id", "which", name=op.f("pk_event_reminders")),
    )
    op.create_index("ix_event_reminders_due", "event_reminders", ["due_at"])
    op.create_table(
        "event_thread_readings",
        sa.Column("event_id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("note_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["event_id"], ["events.id"], name=op.f("fk_event_thread_readings_event_id"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["person_id"], ["people.id"], name=op.f("fk_event_thread_readings_person_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("event_id", "person_id", name=op.f("pk_event_thread_readings")),
    )
    op.add_column("events", sa.Column("escalated_at", sa.DateTime(timezone=True), nullable=True))
    op.add_column(
        "event_notes", sa.Column("is_change", sa.Boolean(), server_default=sa.false(), nullable=False)
    )
    op.add_column("units", sa.Column("answer_hours", sa.Integer(), server_default="48", nullable=False))


def downgrade() -> None:
    op.drop_column("units", "answer_hours")
    op.drop_column("event_notes", "is_change")
    op.drop_column("events", "escalated_at")
    op.drop_table("event_thread_readings")
    op.drop_table("event_reminders")
