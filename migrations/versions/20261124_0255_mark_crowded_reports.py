"""Mark problem reports of which very many come from one network address."""

import sqlalchemy as sa
from alembic import op

revision = "20261124_0255"
down_revision = "20261123_2300"
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table("problem_reports") as batch:
        batch.add_column(sa.Column("crowded", sa.Boolean(), nullable=False, server_default=sa.false()))


def downgrade() -> None:
    with op.batch_alter_table("problem_reports") as batch:
        batch.drop_column("crowded")
