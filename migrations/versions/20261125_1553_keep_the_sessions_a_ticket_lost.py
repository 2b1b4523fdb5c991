"""Keep on a ticket the sessions that were left out of its event."""

import sqlalchemy as sa
from alembic import op

revision = "20261125_1553"
down_revision = "20261125_1312"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "lost_sessions",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("registration_id", sa.Integer(), nullable=False),
        sa.Column("title", sa.String(), nullable=False),
        sa.Column("names_candidates", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(
            ["registration_id"],
            ["registrations.id"],
            name=op.f("fk_lost_sessions_registration_id"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_lost_sessions")),
    )
    op.create_index("ix_lost_sessions_registration_id", "lost_sessions", ["registration_id"])


def downgrade() -> None:
    op.drop_table("lost_sessions")
