"""Keep services in a table, who is needed where, grades that were raised, and what guards find late."""

from datetime import UTC, datetime

import sqlalchemy as sa
from alembic import op

from app.core.text import fold_name

revision = "20261125_0732"
down_revision = "20261125_0728"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "guard_grades",
        sa.Column("guard", sa.String(), nullable=False),
        sa.Column(
            "grade",
            sa.Enum(
                "tolak",
                "alasan",
                "peringatan",
                "info",
                name="grade",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=False,
        ),
        sa.PrimaryKeyConstraint("guard", name=op.f("pk_guard_grades")),
    )
    op.create_table(
        "shipped_tables",
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("copied_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("name", name=op.f("pk_shipped_tables")),
    )
    op.create_table(
        "regular_services",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column(
            "faith",
            sa.Enum(
                "islam",
                "protestan",
                "katolik",
                "hindu",
                "buddha",
                "khonghucu",
                "penghayat",
                name="faith",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column(
            "rhythm",
            sa.Enum(
                "pekanan",
                "pekan_pertama",
                "kamariah",
                name="rhythm",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column("day", sa.Integer(), nullable=False),
        sa.Column("begins", sa.Time(), nullable=False),
        sa.Column("until", sa.Time(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("source", sa.String(), nullable=False),
        sa.Column("region_code", sa.String(), nullable=True),
        sa.ForeignKeyConstraint(
            ["region_code"], ["regions.code"], name=op.f("fk_regular_services_region_code")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_regular_services")),
    )
    op.create_table(
        "event_people",
        sa.Column("event_id", sa.Integer(), nullable=False),
        sa.Column("folded", sa.String(), nullable=False),
        sa.Column("starts_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["event_id"], ["events.id"], name=op.f("fk_event_people_event_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("event_id", "folded", name=op.f("pk_event_people")),
    )
    with op.batch_alter_table("event_people", schema=None) as batch_op:
        batch_op.create_index("ix_event_people_folded_start", ["folded", "starts_at"], unique=False)

    op.create_table(
        "late_findings",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("event_id", sa.Integer(), nullable=False),
        sa.Column("guard", sa.String(), nullable=False),
        sa.Column(
            "grade",
            sa.Enum(
                "tolak",
                "alasan",
                "peringatan",
                "info",
                name="grade",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column("fingerprint", sa.String(), nullable=False),
        sa.Column(
            "cause",
            sa.Enum(
                "hari_raya",
                "ibadah_rutin",
                "pemilihan",
                "koordinat",
                "tingkat_penjaga",
                name="tablekind",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column("found_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("settled_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["event_id"], ["events.id"], name=op.f("fk_late_findings_event_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_late_findings")),
        sa.UniqueConstraint("event_id", "fingerprint", name="uq_late_findings_event_fingerprint"),
    )
    op.add_column("events", sa.Column("officers", sa.JSON(), server_default="[]", nullable=False))
    _remember_people()
    _remember_filled_years()


def _remember_people() -> None:
    """Who is needed where, from the programmes as they stand."""
    rows = op.get_bind().execute(
        sa.text(
            "SELECT i.event_id, i.leader_name, i.represented_by, e.starts_at FROM programme_items i "
            "JOIN events e ON e.id = i.event_id WHERE i.absent_note = ''"
        ).columns(starts_at=sa.DateTime(timezone=True))
    )
    people = {
        (row.event_id, fold_name(row.represented_by or row.leader_name)): row.starts_at
        for row in rows
        if row.represented_by or row.leader_name
    }
    table = sa.table(
        "event_people",
        sa.column("event_id", sa.Integer()),
        sa.column("folded", sa.String()),
        sa.column("starts_at", sa.DateTime(timezone=True)),
    )
    found = [
        {"event_id": event_id, "folded": folded, "starts_at": starts_at}
        for (event_id, folded), starts_at in people.items()
        if folded
    ]
    if found:
        op.bulk_insert(table, found)


def _remember_filled_years() -> None:
    """The years whose holy days were copied from the shipped table are not copied again."""
    years = {
        int(str(day)[:4]) for (day,) in op.get_bind().execute(sa.text('SELECT DISTINCT "on" FROM holy_days'))
    }
    table = sa.table(
        "shipped_tables", sa.column("name", sa.String()), sa.column("copied_at", sa.DateTime(timezone=True))
    )
    found = [{"name": f"hari_raya:{year}", "copied_at": datetime.now(UTC)} for year in sorted(years)]
    if found:
        op.bulk_insert(table, found)


def downgrade() -> None:
    op.drop_column("events", "officers")

    op.drop_table("late_findings")
    with op.batch_alter_table("event_people", schema=None) as batch_op:
        batch_op.drop_index("ix_event_people_folded_start")

    op.drop_table("event_people")
    op.drop_table("regular_services")
    op.drop_table("shipped_tables")
    op.drop_table("guard_grades")
