"""Show a photo of the ceremony with a declaration."""

from alembic import op

revision = "20261125_1309"
down_revision = "20261125_1258"
branch_labels = None
depends_on = None


def upgrade() -> None:
    # Not by a batch change, which would build the table anew and lose its triggers.
    op.execute(
        "ALTER TABLE pledges ADD COLUMN photo_id INTEGER CONSTRAINT fk_pledges_photo_id REFERENCES photos (id)"
    )


def downgrade() -> None:
    op.execute("ALTER TABLE pledges DROP COLUMN photo_id")
