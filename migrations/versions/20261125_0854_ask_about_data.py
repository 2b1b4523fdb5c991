"""Let people ask about their data, volunteers work a desk by a link, late promotions be confirmed."""

import sqlalchemy as sa
from alembic import op

revision = "20261125_0854"
down_revision = "20261125_0853"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "desk_links",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("event_id", sa.Integer(), nullable=False),
        sa.Column("label", sa.String(), nullable=False),
        sa.Column("code_hash", sa.String(), nullable=False),
        sa.Column("code_sealed", sa.LargeBinary(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("created_by_id", sa.Integer(), nullable=False),
        sa.Column("expires_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("revoked_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["created_by_id"], ["people.id"], name=op.f("fk_desk_links_created_by_id")),
        sa.ForeignKeyConstraint(
            ["event_id"], ["events.id"], name=op.f("fk_desk_links_event_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_desk_links")),
        sa.UniqueConstraint("code_hash", name=op.f("uq_desk_links_code_hash")),
    )
    with op.batch_alter_table("desk_links") as batch:
        batch.create_index(batch.f("ix_desk_links_event_id"), ["event_id"])

    op.create_table(
        "data_requests",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column(
            "kind",
            sa.Enum(
                "lihat",
                "betulkan",
                "hapus",
                "keberatan",
                name="requestkind",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column("registration_id", sa.Integer(), nullable=True),
        sa.Column("unit_id", sa.Integer(), nullable=True),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("phone_sealed", sa.LargeBinary(), nullable=True),
        sa.Column("phone_hash", sa.String(), nullable=True),
        sa.Column("phone_mask", sa.String(), nullable=False),
        sa.Column("text", sa.String(), nullable=False),
        sa.Column("asked_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("due_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("answered_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("answered_by_id", sa.Integer(), nullable=True),
        sa.Column("answer", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(
            ["answered_by_id"], ["people.id"], name=op.f("fk_data_requests_answered_by_id")
        ),
        sa.ForeignKeyConstraint(
            ["registration_id"],
            ["registrations.id"],
            name=op.f("fk_data_requests_registration_id"),
            ondelete="SET NULL",
        ),
        sa.ForeignKeyConstraint(["unit_id"], ["units.id"], name=op.f("fk_data_requests_unit_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_data_requests")),
    )
    with op.batch_alter_table("data_requests") as batch:
        batch.create_index("ix_data_requests_open", ["unit_id", "answered_at", "due_at"])
        batch.create_index(batch.f("ix_data_requests_phone_hash"), ["phone_hash"])
        batch.create_index(batch.f("ix_data_requests_registration_id"), ["registration_id"])

    with op.batch_alter_table("registrations") as batch:
        batch.add_column(sa.Column("confirm_by", sa.DateTime(timezone=True), nullable=True))
        batch.create_index("ix_registrations_confirm_by", ["confirm_by"])


def downgrade() -> None:
    with op.batch_alter_table("registrations") as batch:
        batch.drop_index("ix_registrations_confirm_by")
        batch.drop_column("confirm_by")

    with op.batch_alter_table("data_requests") as batch:
        batch.drop_index(batch.f("ix_data_requests_registration_id"))
        batch.drop_index(batch.f("ix_data_requests_phone_hash"))
        batch.drop_index("ix_data_requests_open")

    op.drop_table("data_requests")
    with op.batch_alter_table("desk_links") as batch:
        batch.drop_index(batch.f("ix_desk_links_event_id"))

    op.drop_table("desk_links")
