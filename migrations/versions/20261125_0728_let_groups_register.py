"""Let groups register, for sessions too; let places be kept for invited bodies; give registration a window."""

import sqlalchemy as sa
from alembic import op

revision = "20261125_0728"
down_revision = "20261125_0720"
branch_labels = None
depends_on = None

KIND = "ck_registrations_registrationkind"
BEFORE = "'perorangan', 'langsung', 'lembaga'"


def upgrade() -> None:
    op.create_table(
        "seat_holds",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("pool_id", sa.Integer(), nullable=False),
        sa.Column("organisation_name", sa.String(), nullable=False),
        sa.Column("organisation_id", sa.Integer(), nullable=True),
        sa.Column("code_hash", sa.String(), nullable=False),
        sa.Column("code_sealed", sa.LargeBinary(), nullable=False),
        sa.Column("seats", sa.Integer(), nullable=False),
        sa.Column("seats_held", sa.Integer(), nullable=False),
        sa.Column("expires_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("created_by_id", sa.Integer(), nullable=True),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint(
            "ended_at IS NULL OR seats_held = 0", name=op.f("ck_seat_holds_ended_keeps_nothing")
        ),
        sa.CheckConstraint("seats_held BETWEEN 0 AND seats", name=op.f("ck_seat_holds_held_within_seats")),
        sa.ForeignKeyConstraint(["created_by_id"], ["people.id"], name=op.f("fk_seat_holds_created_by_id")),
        sa.ForeignKeyConstraint(
            ["organisation_id"], ["organisations.id"], name=op.f("fk_seat_holds_organisation_id")
        ),
        sa.ForeignKeyConstraint(
            ["pool_id"], ["seat_pools.id"], name=op.f("fk_seat_holds_pool_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_seat_holds")),
        sa.UniqueConstraint("code_hash", name=op.f("uq_seat_holds_code_hash")),
    )
    with op.batch_alter_table("seat_holds") as batch:
        batch.create_index("ix_seat_holds_due", ["ended_at", "expires_at"], unique=False)
        batch.create_index(batch.f("ix_seat_holds_pool_id"), ["pool_id"], unique=False)

    op.create_table(
        "group_members",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("registration_id", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("name_folded", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(
            ["registration_id"],
            ["registrations.id"],
            name=op.f("fk_group_members_registration_id"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_group_members")),
    )
    with op.batch_alter_table("group_members") as batch:
        batch.create_index(batch.f("ix_group_members_registration_id"), ["registration_id"], unique=False)

    op.create_table(
        "session_places",
        sa.Column("registration_id", sa.Integer(), nullable=False),
        sa.Column("pool_id", sa.Integer(), nullable=False),
        sa.Column("seats_held", sa.Integer(), nullable=False),
        sa.CheckConstraint("seats_held >= 0", name=op.f("ck_session_places_seats_not_negative")),
        sa.ForeignKeyConstraint(
            ["pool_id"], ["seat_pools.id"], name=op.f("fk_session_places_pool_id"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["registration_id"],
            ["registrations.id"],
            name=op.f("fk_session_places_registration_id"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("registration_id", "pool_id", name=op.f("pk_session_places")),
    )
    with op.batch_alter_table("session_places") as batch:
        batch.create_index(batch.f("ix_session_places_pool_id"), ["pool_id"], unique=False)

    with op.batch_alter_table("registrations") as batch:
        batch.add_column(sa.Column("village", sa.String(), server_default="", nullable=False))
        batch.add_column(sa.Column("needs", sa.JSON(), server_default="[]", nullable=False))
        batch.add_column(sa.Column("needs_note", sa.String(), server_default="", nullable=False))
        batch.add_column(sa.Column("hold_id", sa.Integer(), nullable=True))
        batch.add_column(sa.Column("split_from_id", sa.Integer(), nullable=True))
        batch.create_index(batch.f("ix_registrations_hold_id"), ["hold_id"], unique=False)
        batch.create_index(batch.f("ix_registrations_split_from_id"), ["split_from_id"], unique=False)
        batch.create_foreign_key(batch.f("fk_registrations_hold_id"), "seat_holds", ["hold_id"], ["id"])
        batch.create_foreign_key(
            batch.f("fk_registrations_split_from_id"), "registrations", ["split_from_id"], ["id"]
        )
        batch.drop_constraint(batch.f(KIND), type_="check")
        batch.create_check_constraint(batch.f(KIND), f"kind IN ({BEFORE}, 'rombongan')")

    with op.batch_alter_table("seat_pools") as batch:
        batch.add_column(sa.Column("opens_at", sa.DateTime(timezone=True), nullable=True))
        batch.add_column(sa.Column("closes_at", sa.DateTime(timezone=True), nullable=True))
        batch.add_column(sa.Column("held", sa.Integer(), server_default="0", nullable=False))
        batch.create_check_constraint(batch.f("ck_seat_pools_held_within_taken"), "held BETWEEN 0 AND taken")


def downgrade() -> None:
    op.execute("UPDATE registrations SET kind = 'lembaga' WHERE kind = 'rombongan'")
    with op.batch_alter_table("seat_pools") as batch:
        batch.drop_constraint(batch.f("ck_seat_pools_held_within_taken"), type_="check")
        batch.drop_column("held")
        batch.drop_column("closes_at")
        batch.drop_column("opens_at")

    with op.batch_alter_table("registrations") as batch:
        batch.drop_constraint(batch.f("fk_registrations_split_from_id"), type_="foreignkey")
        batch.drop_constraint(batch.f("fk_registrations_hold_id"), type_="foreignkey")
        batch.drop_index(batch.f("ix_registrations_split_from_id"))
        batch.drop_index(batch.f("ix_registrations_hold_id"))
        batch.drop_column("split_from_id")
        batch.drop_column("hold_id")
        batch.drop_column("needs_note")
        batch.drop_column("needs")
        batch.drop_column("village")
        batch.drop_constraint(batch.f(KIND), type_="check")
        batch.create_check_constraint(batch.f(KIND), f"kind IN ({BEFORE})")

    with op.batch_alter_table("session_places") as batch:
        batch.drop_index(batch.f("ix_session_places_pool_id"))

    op.drop_table("session_places")
    with op.batch_alter_table("group_members") as batch:
        batch.drop_index(batch.f("ix_group_members_registration_id"))

    op.drop_table("group_members")
    with op.batch_alter_table("seat_holds") as batch:
        batch.drop_index(batch.f("ix_seat_holds_pool_id"))
        batch.drop_index("ix_seat_holds_due")

    op.drop_table("seat_holds")
