"""A declaration is replaced by at most one other."""

from alembic import op

revision = "20261125_1258"
down_revision = "20261125_1251"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.drop_index("ix_pledges_replaces_id", table_name="pledges")
    op.create_index("ix_pledges_replaces_id", "pledges", ["replaces_id"], unique=True)


def downgrade() -> None:
    op.drop_index("ix_pledges_replaces_id", table_name="pledges")
    op.create_index("ix_pledges_replaces_id", "pledges", ["replaces_id"])
