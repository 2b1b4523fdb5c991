"""Keep a register of letter numbers; let letters address whoever is typed, list them, and remember reminders."""

import sqlalchemy as sa
from alembic import op

revision = "20261125_0820"
down_revision = "20261125_0811"
branch_labels = None
depends_on = None

# Letters that have a number already, with the series that gave it.
_ENTER = """
INSERT INTO letter_numbers
    (series_id, unit_id, year, serial, text, dated_on, about, voided_at, void_reason)
SELECT s.id, l.unit_id, l.year, l.serial, l.number, l.dated_on, l.subject, l.withdrawn_at,
    CASE WHEN l.withdrawn_at IS NULL THEN '' ELSE l.withdrawn_reason END
FROM letters l JOIN letter_series s ON s.unit_id = l.unit_id AND s.code = 'undangan'
WHERE l.serial IS NOT NULL
"""


def upgrade() -> None:
    op.create_table(
        "letter_numbers",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("series_id", sa.Integer(), nullable=False),
        sa.Column("unit_id", sa.Integer(), nullable=False),
        sa.Column("year", sa.Integer(), nullable=False),
        sa.Column("serial", sa.Integer(), nullable=False),
        sa.Column("text", sa.String(), nullable=False),
        sa.Column("dated_on", sa.Date(), nullable=False),
        sa.Column("about", sa.String(), nullable=False),
        sa.Column("voided_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("void_reason", sa.String(), nullable=False),
        sa.CheckConstraint(
            "(voided_at IS NULL) = (void_reason = '')", name=op.f("ck_letter_numbers_void_with_reason")
        ),
        sa.ForeignKeyConstraint(
            ["series_id"], ["letter_series.id"], name=op.f("fk_letter_numbers_series_id")
        ),
        sa.ForeignKeyConstraint(["unit_id"], ["units.id"], name=op.f("fk_letter_numbers_unit_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_letter_numbers")),
        sa.UniqueConstraint("series_id", "year", "serial", name="uq_letter_numbers_series_year_serial"),
        sa.UniqueConstraint("unit_id", "text", name="uq_letter_numbers_unit_text"),
    )
    op.execute(_ENTER)
    with op.batch_alter_table("addressees") as batch:
        batch.add_column(sa.Column("protocol_order", sa.Integer(), server_default="500", nullable=False))
        batch.add_column(sa.Column("phone_sealed", sa.LargeBinary(), nullable=True))
        batch.add_column(sa.Column("reminded_at", sa.DateTime(timezone=True), nullable=True))
        batch.alter_column("organisation_id", existing_type=sa.Integer(), nullable=True)
    layout = sa.Enum("satu", "daftar", name="layout", native_enum=False, create_constraint=True, length=32)
    with op.batch_alter_table("letters") as batch:
        batch.add_column(sa.Column("layout", layout, server_default="satu", nullable=False))
        batch.add_column(sa.Column("enclosure", sa.String(), server_default="", nullable=False))


def downgrade() -> None:
    with op.batch_alter_table("letters") as batch:
        batch.drop_constraint(op.f("ck_letters_layout"), type_="check")
        batch.drop_column("enclosure")
        batch.drop_column("layout")
    op.execute("DELETE FROM addressees WHERE organisation_id IS NULL")
    with op.batch_alter_table("addressees") as batch:
        batch.alter_column("organisation_id", existing_type=sa.Integer(), nullable=False)
        batch.drop_column("reminded_at")
        batch.drop_column("phone_sealed")
        batch.drop_column("protocol_order")
    op.drop_table("letter_numbers")
