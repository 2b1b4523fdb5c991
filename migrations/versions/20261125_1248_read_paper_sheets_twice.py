"""Keep the scans of paper sheets and what two officers read on their lines."""

import sqlalchemy as sa
from alembic import op

revision = "20261125_1248"
down_revision = "20261125_1240"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "pledge_sheets",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("pledge_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("lines", sa.Integer(), nullable=False),
        sa.Column("scan_sealed", sa.LargeBinary(), nullable=True),
        sa.Column("scan_hash", sa.String(), nullable=False),
        sa.Column("added_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("added_by_id", sa.Integer(), nullable=True),
        sa.CheckConstraint("lines > 0", name=op.f("ck_pledge_sheets_has_lines")),
        sa.ForeignKeyConstraint(["added_by_id"], ["people.id"], name=op.f("fk_pledge_sheets_added_by_id")),
        sa.ForeignKeyConstraint(["pledge_id"], ["pledges.id"], name=op.f("fk_pledge_sheets_pledge_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_pledge_sheets")),
        sa.UniqueConstraint("pledge_id", "number", name="uq_pledge_sheets_number"),
        sa.UniqueConstraint("pledge_id", "scan_hash", name="uq_pledge_sheets_scan"),
    )
    op.create_table(
        "pledge_sheet_readings",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("sheet_id", sa.Integer(), nullable=False),
        sa.Column("line", sa.Integer(), nullable=False),
        sa.Column("reader_id", sa.Integer(), nullable=False),
        sa.Column("words_sealed", sa.LargeBinary(), nullable=False),
        sa.Column("read_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["reader_id"], ["people.id"], name=op.f("fk_pledge_sheet_readings_reader_id")
        ),
        sa.ForeignKeyConstraint(
            ["sheet_id"], ["pledge_sheets.id"], name=op.f("fk_pledge_sheet_readings_sheet_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_pledge_sheet_readings")),
        sa.UniqueConstraint("sheet_id", "line", "reader_id", name="uq_pledge_sheet_readings_reader"),
    )
    op.create_table(
        "pledge_sheet_lines",
        sa.Column("sheet_id", sa.Integer(), nullable=False),
        sa.Column("line", sa.Integer(), nullable=False),
        sa.Column(
            "outcome",
            sa.Enum(
                "dihitung",
                "kosong",
                "sudah_menandatangani",
                "dua_nama",
                name="lineoutcome",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column("signature_id", sa.Integer(), nullable=True),
        sa.Column("first_reader_id", sa.Integer(), nullable=False),
        sa.Column("second_reader_id", sa.Integer(), nullable=False),
        sa.Column("settled_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint(
            "(outcome = 'dihitung') = (signature_id IS NOT NULL)",
            name=op.f("ck_pledge_sheet_lines_counted_has_signature"),
        ),
        sa.ForeignKeyConstraint(
            ["first_reader_id"], ["people.id"], name=op.f("fk_pledge_sheet_lines_first_reader_id")
        ),
        sa.ForeignKeyConstraint(
            ["second_reader_id"], ["people.id"], name=op.f("fk_pledge_sheet_lines_second_reader_id")
        ),
        sa.ForeignKeyConstraint(
            ["sheet_id"], ["pledge_sheets.id"], name=op.f("fk_pledge_sheet_lines_sheet_id")
        ),
        sa.ForeignKeyConstraint(
            ["signature_id"], ["pledge_signatures.id"], name=op.f("fk_pledge_sheet_lines_signature_id")
        ),
        sa.PrimaryKeyConstraint("sheet_id", "line", name=op.f("pk_pledge_sheet_lines")),
    )


def downgrade() -> None:
    op.drop_table("pledge_sheet_lines")
    op.drop_table("pledge_sheet_readings")
    op.drop_table("pledge_sheets")
