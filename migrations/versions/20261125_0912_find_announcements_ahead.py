"""Find what is announced later without reading every event."""

from alembic import op

revision = "20261125_0912"
down_revision = "20261125_0911"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_index("ix_events_published_at", "events", ["published_at"])


def downgrade() -> None:
    op.drop_index("ix_events_published_at", table_name="events")
