"""Find the registrations of a number without reading the whole list of the event."""

from alembic import op

revision = "20261125_1250"
down_revision = "20261125_1248"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_index("ix_registrations_phone", "registrations", ["phone_hash", "event_id"])


def downgrade() -> None:
    op.drop_index("ix_registrations_phone", table_name="registrations")
