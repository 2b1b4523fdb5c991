"""Let search read all documents again, so that kind, year and kecamatan stand in its index."""

import sqlalchemy as sa
from alembic import op

revision = "20261125_2049"
down_revision = "20261125_1640"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.execute(sa.text("UPDATE search_documents SET changed_at = '1970-01-01 00:00:00.000000'"))


def downgrade() -> None:
    """The marks do no harm to who does not look for them."""
