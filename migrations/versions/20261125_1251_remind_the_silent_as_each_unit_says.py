"""Remind those who have not answered a letter so many days before as each unit says."""

import sqlalchemy as sa
from alembic import op

revision = "20261125_1251"
down_revision = "20261125_1250"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("units", sa.Column("remind_days", sa.Integer(), server_default="3", nullable=False))


def downgrade() -> None:
    op.drop_column("units", "remind_days")
