"""Say who can be seen in a photo, whether it is neutral, where to look, and which formats lie ready."""

import sqlalchemy as sa
from alembic import op

revision = "20261125_0821"
down_revision = "20261125_0820"
branch_labels = None
depends_on = None

_PEOPLE = "'tidak_ada', 'umum', 'warga', 'anak'"


def upgrade() -> None:
    # In words, each with its check: a batch would make the table anew without its checks.
    op.execute(
        "ALTER TABLE photos ADD COLUMN people VARCHAR(32) NOT NULL DEFAULT 'tidak_ada' "
        f"CONSTRAINT ck_photos_peopleshown CHECK (people IN ({_PEOPLE}))"
    )
    op.add_column("photos", sa.Column("kinds", sa.JSON(), nullable=False, server_default='["webp", "jpg"]'))
    op.add_column("photos", sa.Column("neutral_at", sa.DateTime(timezone=True), nullable=True))
    op.execute(
        "ALTER TABLE photos ADD COLUMN neutral_by_id INTEGER "
        "CONSTRAINT fk_photos_neutral_by_id REFERENCES people (id)"
    )
    for axis in ("focus_x", "focus_y"):
        op.add_column("photos", sa.Column(axis, sa.Integer(), nullable=False, server_default="50"))


def downgrade() -> None:
    for column in ("focus_y", "focus_x", "neutral_by_id", "neutral_at", "kinds"):
        op.drop_column("photos", column)
    op.drop_column("photos", "people")
