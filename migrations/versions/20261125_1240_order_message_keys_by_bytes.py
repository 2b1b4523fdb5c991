"""Order the keys of messages by their bytes, so that all under one stem are found in the index."""

from alembic import op

revision = "20261125_1240"
down_revision = "20261125_1236"
branch_labels = None
depends_on = None


def upgrade() -> None:
    if op.get_bind().dialect.name == "postgresql":  # SQLite orders so by itself
        op.execute('ALTER TABLE outbox_messages ALTER COLUMN key TYPE VARCHAR COLLATE "C"')


def downgrade() -> None:
    if op.get_bind().dialect.name == "postgresql":
        op.execute('ALTER TABLE outbox_messages ALTER COLUMN key TYPE VARCHAR COLLATE "default"')
