"""Let messages go to browsers, and end by their own address."""

import sqlalchemy as sa
from alembic import op

revision = "20261125_1312"
down_revision = "20261125_1309"
branch_labels = None
depends_on = None

CHANNEL = "ck_outbox_messages_channel"
BEFORE = "'email', 'petugas', 'whatsapp', 'log'"


def upgrade() -> None:
    with op.batch_alter_table("outbox_messages") as batch:
        batch.add_column(sa.Column("push_sealed", sa.LargeBinary(), nullable=True))
        batch.add_column(sa.Column("link", sa.String(), server_default="", nullable=False))
        batch.add_column(sa.Column("leave", sa.String(), server_default="", nullable=False))
        batch.drop_constraint(batch.f(CHANNEL), type_="check")
        batch.create_check_constraint(batch.f(CHANNEL), f"channel IN ({BEFORE}, 'push')")


def downgrade() -> None:
    op.execute("DELETE FROM outbox_messages WHERE channel = 'push'")
    with op.batch_alter_table("outbox_messages") as batch:
        batch.drop_constraint(batch.f(CHANNEL), type_="check")
        batch.create_check_constraint(batch.f(CHANNEL), f"channel IN ({BEFORE})")
        batch.drop_column("leave")
        batch.drop_column("link")
        batch.drop_column("push_sealed")
