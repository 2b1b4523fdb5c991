"""Keep what desks did, so that a phone's queue is taken once and every desk hears of the others."""

import sqlalchemy as sa
from alembic import op

revision = "20261124_0601"
down_revision = "20261124_0255"
branch_labels = None
depends_on = None


def _choice(name: str, *values: str) -> sa.Enum:
    return sa.Enum(*values, name=name, native_enum=False, create_constraint=True, length=32)


def upgrade() -> None:
    op.create_table(
        "desk_deeds",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("client_id", sa.String(), nullable=False),
        sa.Column("event_id", sa.Integer(), nullable=False),
        sa.Column("registration_id", sa.Integer(), nullable=True),
        sa.Column("kind", _choice("deskdeedkind", "hadir", "urung", "langsung"), nullable=False),
        sa.Column("outcome", _choice("deskoutcome", "dicatat", "sudah", "ditolak"), nullable=False),
        sa.Column("reason", sa.String(), nullable=False),
        sa.Column("desk", sa.String(), nullable=False),
        sa.Column("by_id", sa.Integer(), nullable=True),
        sa.Column("happened_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("received_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["by_id"], ["people.id"], name=op.f("fk_desk_deeds_by_id")),
        sa.ForeignKeyConstraint(
            ["event_id"], ["events.id"], name=op.f("fk_desk_deeds_event_id"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["registration_id"],
            ["registrations.id"],
            name=op.f("fk_desk_deeds_registration_id"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_desk_deeds")),
        sa.UniqueConstraint("client_id", name="uq_desk_deeds_client_id"),
    )
    with op.batch_alter_table("desk_deeds") as batch:
        batch.create_index("ix_desk_deeds_news", ["event_id", "id"])
        batch.create_index(batch.f("ix_desk_deeds_registration_id"), ["registration_id"])
    with op.batch_alter_table("registrations") as batch:
        batch.add_column(sa.Column("checked_in_desk", sa.String(), server_default="", nullable=False))


def downgrade() -> None:
    with op.batch_alter_table("registrations") as batch:
        batch.drop_column("checked_in_desk")
    op.drop_table("desk_deeds")
