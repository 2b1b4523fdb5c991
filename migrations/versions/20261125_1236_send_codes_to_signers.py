"""Send codes to signers, and find what was sent to one person."""

import sqlalchemy as sa
from alembic import op

revision = "20261125_1236"
down_revision = "20261125_0912"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "pledge_codes",
        sa.Column("signature_id", sa.Integer(), nullable=False),
        sa.Column("begun_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("sent_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("code_hash", sa.String(), nullable=False),
        sa.Column("codes", sa.Integer(), nullable=False),
        sa.Column("tries", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["signature_id"],
            ["pledge_signatures.id"],
            name=op.f("fk_pledge_codes_signature_id_pledge_signatures"),
        ),
        sa.PrimaryKeyConstraint("signature_id", name=op.f("pk_pledge_codes")),
    )
    op.drop_column("pledge_signatures", "code_tries")
    op.create_index("ix_outbox_messages_preference", "outbox_messages", ["preference_code", "created_at"])


def downgrade() -> None:
    op.drop_index("ix_outbox_messages_preference", table_name="outbox_messages")
    op.add_column(
        "pledge_signatures", sa.Column("code_tries", sa.Integer(), server_default="0", nullable=False)
    )
    op.drop_table("pledge_codes")
