"""Keep what people want to hear, and what a gateway reports of messages."""

import sqlalchemy as sa
from alembic import op

revision = "20261125_0855"
down_revision = "20261125_0854"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "message_preferences",
        sa.Column("code", sa.String(), nullable=False),
        sa.Column(
            "wish",
            sa.Enum(
                "semua", "perlu", "tidak", name="wish", native_enum=False, create_constraint=True, length=32
            ),
            nullable=False,
        ),
        sa.Column("by_email", sa.Boolean(), nullable=False),
        sa.Column("changed_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("code", name=op.f("pk_message_preferences")),
    )
    with op.batch_alter_table("outbox_messages") as batch:
        batch.add_column(sa.Column("preference_code", sa.String(), server_default="", nullable=False))
        batch.add_column(sa.Column("provider_id", sa.String(), nullable=True))
        batch.add_column(sa.Column("trying_at", sa.DateTime(timezone=True), nullable=True))
        batch.add_column(sa.Column("delivered_at", sa.DateTime(timezone=True), nullable=True))
        batch.create_index(batch.f("ix_outbox_messages_provider_id"), ["provider_id"])


def downgrade() -> None:
    with op.batch_alter_table("outbox_messages") as batch:
        batch.drop_index(batch.f("ix_outbox_messages_provider_id"))
        batch.drop_column("delivered_at")
        batch.drop_column("trying_at")
        batch.drop_column("provider_id")
        batch.drop_column("preference_code")

    op.drop_table("message_preferences")
