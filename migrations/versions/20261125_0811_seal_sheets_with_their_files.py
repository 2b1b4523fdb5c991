"""Keep every signed sheet with its file; write minutes in sections; incidents, personnel and photos of a report.

A sheet that was signed before keeps its words, its moment and its digest, without a PDF.
"""

import json
import secrets

import sqlalchemy as sa
from alembic import op

revision = "20261125_0811"
down_revision = "20261125_0743"
branch_labels = None
depends_on = None

_SHEETS = {"minutes": "notula", "activity_reports": "laporan"}
_SECTIONS = ("pembukaan", "rapat-lalu", "keputusan", "tindak-lanjut")
_CODE = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
_TRIGGERS = {
    "sqlite": [
        (
            "CREATE TRIGGER sealed_sheets_no_update BEFORE UPDATE ON sealed_sheets "
            "BEGIN SELECT RAISE(ABORT, 'a sealed sheet is not changed'); END"
        ),
        (
            "CREATE TRIGGER sealed_sheets_no_delete BEFORE DELETE ON sealed_sheets "
            "BEGIN SELECT RAISE(ABORT, 'a sealed sheet is not changed'); END"
        ),
    ],
    "postgresql": [
        (
            "CREATE FUNCTION refuse_sealed_sheet_change() RETURNS trigger LANGUAGE plpgsql AS "
            "$$ BEGIN RAISE EXCEPTION 'a sealed sheet is not changed'; END $$"
        ),
        (
            "CREATE TRIGGER sealed_sheets_for_good BEFORE UPDATE OR DELETE ON sealed_sheets "
            "FOR EACH ROW EXECUTE FUNCTION refuse_sealed_sheet_change()"
        ),
    ],
}


def upgrade() -> None:
    op.create_table(
        "incidents",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("event_id", sa.Integer(), nullable=False),
        sa.Column("unit_id", sa.Integer(), nullable=False),
        sa.Column("happened_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("what", sa.String(), nullable=False),
        sa.Column("done", sa.String(), nullable=False),
        sa.Column("noted_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("noted_by_id", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(["event_id"], ["events.id"], name=op.f("fk_incidents_event_id")),
        sa.ForeignKeyConstraint(["noted_by_id"], ["people.id"], name=op.f("fk_incidents_noted_by_id")),
        sa.ForeignKeyConstraint(["unit_id"], ["units.id"], name=op.f("fk_incidents_unit_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_incidents")),
    )
    with op.batch_alter_table("incidents") as batch:
        batch.create_index(batch.f("ix_incidents_event_id"), ["event_id"])
        batch.create_index(batch.f("ix_incidents_unit_id"), ["unit_id"])

    op.create_table(
        "sealed_sheets",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("event_id", sa.Integer(), nullable=False),
        sa.Column("unit_id", sa.Integer(), nullable=False),
        sa.Column(
            "kind",
            sa.Enum(
                "notula", "laporan", name="sheetkind", native_enum=False, create_constraint=True, length=32
            ),
            nullable=False,
        ),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("code", sa.String(), nullable=False),
        sa.Column("content", sa.JSON(), nullable=False),
        sa.Column("digest", sa.String(), nullable=False),
        sa.Column("pdf_sha256", sa.String(), nullable=False),
        sa.Column("pdf_size", sa.Integer(), nullable=False),
        sa.Column("reason", sa.String(), nullable=False),
        sa.Column("signed_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("signed_by_id", sa.Integer(), nullable=False),
        sa.Column("signed_name", sa.String(), nullable=False),
        sa.CheckConstraint("number = 1 OR reason <> ''", name=op.f("ck_sealed_sheets_reason_for_change")),
        sa.ForeignKeyConstraint(["event_id"], ["events.id"], name=op.f("fk_sealed_sheets_event_id")),
        sa.ForeignKeyConstraint(["signed_by_id"], ["people.id"], name=op.f("fk_sealed_sheets_signed_by_id")),
        sa.ForeignKeyConstraint(["unit_id"], ["units.id"], name=op.f("fk_sealed_sheets_unit_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_sealed_sheets")),
        sa.UniqueConstraint("code", name=op.f("uq_sealed_sheets_code")),
        sa.UniqueConstraint("event_id", "kind", "number", name="uq_sealed_sheets_event_kind_number"),
    )
    with op.batch_alter_table("sealed_sheets") as batch:
        batch.create_index(batch.f("ix_sealed_sheets_unit_id"), ["unit_id"])

    op.create_table(
        "minutes_sections",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("minutes_id", sa.Integer(), nullable=False),
        sa.Column("key", sa.String(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("changed_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("changed_by_id", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(
            ["changed_by_id"], ["people.id"], name=op.f("fk_minutes_sections_changed_by_id")
        ),
        sa.ForeignKeyConstraint(
            ["minutes_id"], ["minutes.id"], name=op.f("fk_minutes_sections_minutes_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_minutes_sections")),
        sa.UniqueConstraint("minutes_id", "key", name="uq_minutes_sections_minutes_key"),
    )
    op.create_table(
        "minutes_set_asides",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("minutes_id", sa.Integer(), nullable=False),
        sa.Column("key", sa.String(), nullable=False),
        sa.Column("writer", sa.String(), nullable=False),
        sa.Column("content", sa.JSON(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("by_id", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(["by_id"], ["people.id"], name=op.f("fk_minutes_set_asides_by_id")),
        sa.ForeignKeyConstraint(
            ["minutes_id"], ["minutes.id"], name=op.f("fk_minutes_set_asides_minutes_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_minutes_set_asides")),
        sa.UniqueConstraint("minutes_id", "key", "writer", name="uq_minutes_set_asides_writer"),
    )
    op.create_table(
        "report_personnel",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("report_id", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("force", sa.String(), nullable=False),
        sa.Column("strength", sa.Integer(), nullable=False),
        sa.Column("duty", sa.String(), nullable=False),
        sa.CheckConstraint(
            "strength BETWEEN 1 AND 100000", name=op.f("ck_report_personnel_strength_in_range")
        ),
        sa.ForeignKeyConstraint(
            ["report_id"],
            ["activity_reports.id"],
            name=op.f("fk_report_personnel_report_id"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_report_personnel")),
    )
    with op.batch_alter_table("report_personnel") as batch:
        batch.create_index(batch.f("ix_report_personnel_report_id"), ["report_id"])

    op.create_table(
        "report_photos",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("report_id", sa.Integer(), nullable=False),
        sa.Column("photo_id", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["photo_id"], ["photos.id"], name=op.f("fk_report_photos_photo_id")),
        sa.ForeignKeyConstraint(
            ["report_id"],
            ["activity_reports.id"],
            name=op.f("fk_report_photos_report_id"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_report_photos")),
        sa.UniqueConstraint("report_id", "photo_id", name="uq_report_photos_report_photo"),
    )
    with op.batch_alter_table("report_photos") as batch:
        batch.create_index(batch.f("ix_report_photos_photo_id"), ["photo_id"])

    op.create_table(
        "follow_up_notes",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("minutes_id", sa.Integer(), nullable=False),
        sa.Column("follow_up_id", sa.Integer(), nullable=False),
        sa.Column("note", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(
            ["follow_up_id"],
            ["follow_ups.id"],
            name=op.f("fk_follow_up_notes_follow_up_id"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["minutes_id"], ["minutes.id"], name=op.f("fk_follow_up_notes_minutes_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_follow_up_notes")),
        sa.UniqueConstraint("minutes_id", "follow_up_id", name="uq_follow_up_notes_minutes"),
    )
    with op.batch_alter_table("follow_up_notes") as batch:
        batch.create_index(batch.f("ix_follow_up_notes_follow_up_id"), ["follow_up_id"])

    with op.batch_alter_table("follow_ups") as batch:
        batch.add_column(
            sa.Column(
                "kind",
                sa.Enum(
                    "keputusan",
                    "tugas",
                    name="agreedkind",
                    native_enum=False,
                    create_constraint=True,
                    length=32,
                ),
                server_default="tugas",
                nullable=False,
            )
        )
        batch.add_column(sa.Column("owner_id", sa.Integer(), nullable=True))
        batch.add_column(sa.Column("told_before_for", sa.Date(), nullable=True))
        batch.add_column(sa.Column("told_after_for", sa.Date(), nullable=True))
        batch.add_column(sa.Column("done_on", sa.Date(), nullable=True))
        batch.create_index(batch.f("ix_follow_ups_owner_id"), ["owner_id"])
        batch.create_foreign_key(batch.f("fk_follow_ups_owner_id"), "people", ["owner_id"], ["id"])
    _keep_signed()
    _keep_decisions()
    for table in _SHEETS:
        with op.batch_alter_table(table) as batch:
            batch.add_column(sa.Column("renewal_reason", sa.String(), server_default="", nullable=False))
            batch.drop_index(batch.f(f"ix_{table}_event_id"))
            batch.drop_constraint(f"uq_{table}_event_number", type_="unique")
            batch.drop_constraint(batch.f(f"fk_{table}_signed_by_id"), type_="foreignkey")
            batch.drop_constraint(batch.f(f"ck_{table}_signed_with_moment"), type_="check")
            batch.create_unique_constraint(batch.f(f"uq_{table}_event_id"), ["event_id"])
            for column in ("signed_by_id", "superseded_at", "signed_at", "digest"):
                batch.drop_column(column)
            batch.drop_column("decisions" if table == "minutes" else "present")
    for statement in _TRIGGERS[op.get_bind().dialect.name]:
        op.execute(statement)


def _rows(query: str, **values: object) -> list[sa.RowMapping]:
    return list(op.get_bind().execute(sa.text(query), values).mappings())


def _keep_signed() -> None:
    """Enter signed sheets among the sealed ones; of several versions of a sheet only the newest stays."""
    bind = op.get_bind()
    sealed = sa.table(
        "sealed_sheets",
        *(
            sa.column(name)
            for name in ("event_id", "unit_id", "kind", "number", "code", "digest", "pdf_sha256")
        ),
        *(sa.column(name) for name in ("pdf_size", "reason", "signed_by_id", "signed_name")),
        sa.column("content", sa.JSON()),
        sa.column("signed_at", sa.DateTime(timezone=True)),
    )
    parts = {
        "minutes": ("minutes_speakers", "follow_ups", "minutes_id"),
        "activity_reports": ("report_presences", "report_quotes", "report_id"),
    }
    for table, kind in _SHEETS.items():
        moments = sa.table(table, sa.column("id"), sa.column("signed_at", sa.DateTime(timezone=True)))
        signed_at = {row.id: row.signed_at for row in bind.execute(sa.select(moments))}
        one, other, key = parts[table]
        for row in _rows(f"SELECT * FROM {table} WHERE status = 'signed' ORDER BY id"):  # noqa: S608 (fixed words)
            content = {
                name: value if isinstance(value, (int, str)) else str(value) for name, value in row.items()
            }
            for part in (one, other):
                found = _rows(f"SELECT * FROM {part} WHERE {key} = :id ORDER BY position", id=row["id"])  # noqa: S608
                content[part] = [{name: str(value) for name, value in each.items()} for each in found]
            [signer] = _rows("SELECT name FROM people WHERE id = :id", id=row["signed_by_id"])
            bind.execute(
                sealed.insert().values(
                    event_id=row["event_id"],
                    unit_id=row["unit_id"],
                    kind=kind,
                    number=row["number"],
                    code="".join(secrets.choice(_CODE) for _ in range(16)),
                    content=content,
                    digest=row["digest"],
                    pdf_sha256="",
                    pdf_size=0,
                    reason="" if row["number"] == 1 else "–",
                    signed_at=signed_at[row["id"]],
                    signed_by_id=row["signed_by_id"],
                    signed_name=signer["name"],
                )
            )
        for part in (one, other):
            bind.execute(
                sa.text(
                    f"DELETE FROM {part} WHERE {key} IN "  # noqa: S608 (fixed words)
                    f"(SELECT id FROM {table} WHERE superseded_at IS NOT NULL)"
                )
            )
        bind.execute(sa.text(f"DELETE FROM {table} WHERE superseded_at IS NOT NULL"))  # noqa: S608 (fixed words)


def _keep_decisions() -> None:
    """Decisions become rows of their own, and every part of the minutes a section with a version."""
    bind = op.get_bind()
    bind.execute(sa.text("UPDATE follow_ups SET done_on = date(done_at) WHERE done_at IS NOT NULL"))
    for row in _rows("SELECT id, unit_id, decisions FROM minutes"):
        decisions = row["decisions"] if isinstance(row["decisions"], list) else json.loads(row["decisions"])
        for place, text in enumerate(decisions):
            bind.execute(
                sa.text(
                    "INSERT INTO follow_ups (minutes_id, unit_id, kind, position, task, owner, done_note) "
                    "VALUES (:minutes, :unit, 'keputusan', :place, :text, '', '')"
                ),
                {"minutes": row["id"], "unit": row["unit_id"], "place": place, "text": str(text)},
            )
    for key in _SECTIONS:
        bind.execute(
            sa.text(
                "INSERT INTO minutes_sections (minutes_id, key, version, changed_at, changed_by_id) "
                "SELECT id, :key, 1, changed_at, written_by_id FROM minutes"
            ),
            {"key": key},
        )
    bind.execute(
        sa.text(
            "INSERT INTO minutes_sections (minutes_id, key, version, changed_at, changed_by_id) "
            "SELECT minutes.id, 'pembicara-' || minutes_speakers.id, 1, minutes.changed_at, minutes.written_by_id "
            "FROM minutes_speakers JOIN minutes ON minutes.id = minutes_speakers.minutes_id"
        )
    )


def downgrade() -> None:
    bind = op.get_bind()
    for statement in (
        ["DROP TRIGGER sealed_sheets_no_update", "DROP TRIGGER sealed_sheets_no_delete"]
        if bind.dialect.name == "sqlite"
        else [
            "DROP TRIGGER sealed_sheets_for_good ON sealed_sheets",
            "DROP FUNCTION refuse_sealed_sheet_change()",
        ]
    ):
        op.execute(statement)
    for table, kind in _SHEETS.items():
        with op.batch_alter_table(table) as batch:
            batch.add_column(sa.Column("digest", sa.String(), server_default="", nullable=False))
            batch.add_column(sa.Column("signed_at", sa.DateTime(timezone=True), nullable=True))
            batch.add_column(sa.Column("superseded_at", sa.DateTime(timezone=True), nullable=True))
            batch.add_column(sa.Column("signed_by_id", sa.Integer(), nullable=True))
            if table == "minutes":
                batch.add_column(sa.Column("decisions", sa.JSON(), server_default="[]", nullable=False))
            else:
                batch.add_column(sa.Column("present", sa.Integer(), nullable=True))
            batch.create_foreign_key(batch.f(f"fk_{table}_signed_by_id"), "people", ["signed_by_id"], ["id"])
            batch.drop_constraint(batch.f(f"uq_{table}_event_id"), type_="unique")
            batch.create_unique_constraint(f"uq_{table}_event_number", ["event_id", "number"])
            batch.create_index(batch.f(f"ix_{table}_event_id"), ["event_id"])
            batch.drop_column("renewal_reason")
        for column in ("digest", "signed_at", "signed_by_id"):
            op.execute(
                f"UPDATE {table} SET {column} = (SELECT {column} FROM sealed_sheets "  # noqa: S608 (fixed words)
                f"WHERE sealed_sheets.event_id = {table}.event_id AND kind = '{kind}' "
                f"AND sealed_sheets.number = {table}.number) WHERE status = 'signed'"
            )
        with op.batch_alter_table(table) as batch:
            batch.create_check_constraint(
                batch.f(f"ck_{table}_signed_with_moment"), "(status = 'signed') = (signed_at IS NOT NULL)"
            )
    op.execute("DELETE FROM follow_ups WHERE kind = 'keputusan'")
    with op.batch_alter_table("follow_ups") as batch:
        batch.drop_constraint(batch.f("fk_follow_ups_owner_id"), type_="foreignkey")
        batch.drop_constraint(batch.f("ck_follow_ups_agreedkind"), type_="check")
        batch.drop_index(batch.f("ix_follow_ups_owner_id"))
        for column in ("done_on", "told_after_for", "told_before_for", "owner_id", "kind"):
            batch.drop_column(column)
    for table in (
        *("follow_up_notes", "report_photos", "report_personnel", "minutes_set_asides", "minutes_sections"),
        *("sealed_sheets", "incidents"),
    ):
        op.drop_table(table)
