"""Create everything.

The first schema: every table, what keeps logs and signed texts from changing, and the full-text index.
"""

import sqlalchemy as sa
from alembic import op

revision = "20261123_2300"
down_revision = None
branch_labels = ("default",)
depends_on = None

# What no table definition can say, by database.
STATEMENTS = {
    "postgresql": [
        "CREATE FUNCTION refuse_audit_change() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RAISE EXCEPTION 'audit log is append-only'; END $$",
        "CREATE TRIGGER audit_entries_append_only BEFORE UPDATE OR DELETE ON audit_entries FOR EACH ROW EXECUTE FUNCTION refuse_audit_change()",
        "CREATE FUNCTION refuse_frozen_pledge_change() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RAISE EXCEPTION 'the text of a signed pledge never changes'; END $$",
        "CREATE FUNCTION refuse_frozen_point_change() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN IF (TG_OP <> 'INSERT' AND EXISTS (SELECT 1 FROM pledges WHERE id = OLD.pledge_id AND frozen_at IS NOT NULL)) OR (TG_OP <> 'DELETE' AND EXISTS (SELECT 1 FROM pledges WHERE id = NEW.pledge_id AND frozen_at IS NOT NULL)) THEN RAISE EXCEPTION 'the text of a signed pledge never changes'; END IF; IF TG_OP = 'DELETE' THEN RETURN OLD; END IF; RETURN NEW; END $$",
        "CREATE FUNCTION refuse_signature_removal() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RAISE EXCEPTION 'signatures are struck, not deleted'; END $$",
        "CREATE FUNCTION refuse_pledge_log_change() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RAISE EXCEPTION 'the log of a pledge only grows'; END $$",
        'CREATE TRIGGER pledges_text_frozen BEFORE UPDATE ON pledges FOR EACH ROW WHEN (OLD.frozen_at IS NOT NULL AND (NEW.origin IS DISTINCT FROM OLD.origin OR NEW.title IS DISTINCT FROM OLD.title OR NEW.preamble IS DISTINCT FROM OLD.preamble OR NEW.occasion IS DISTINCT FROM OLD.occasion OR NEW.place IS DISTINCT FROM OLD.place OR NEW."on" IS DISTINCT FROM OLD."on" OR NEW.text_hash IS DISTINCT FROM OLD.text_hash OR NEW.frozen_at IS DISTINCT FROM OLD.frozen_at)) EXECUTE FUNCTION refuse_frozen_pledge_change()',
        "CREATE TRIGGER pledges_frozen_stay BEFORE DELETE ON pledges FOR EACH ROW WHEN (OLD.frozen_at IS NOT NULL) EXECUTE FUNCTION refuse_frozen_pledge_change()",
        "CREATE TRIGGER pledge_points_frozen BEFORE INSERT OR UPDATE OR DELETE ON pledge_points FOR EACH ROW EXECUTE FUNCTION refuse_frozen_point_change()",
        "CREATE TRIGGER pledge_signatures_stay BEFORE DELETE ON pledge_signatures FOR EACH ROW EXECUTE FUNCTION refuse_signature_removal()",
        "CREATE TRIGGER pledge_log_entries_fixed BEFORE UPDATE ON pledge_log_entries FOR EACH ROW WHEN (OLD.number IS NOT NULL OR NEW.leaf IS DISTINCT FROM OLD.leaf OR NEW.pledge_id IS DISTINCT FROM OLD.pledge_id) EXECUTE FUNCTION refuse_pledge_log_change()",
        "CREATE TRIGGER pledge_log_entries_stay BEFORE DELETE ON pledge_log_entries FOR EACH ROW EXECUTE FUNCTION refuse_pledge_log_change()",
        "CREATE TRIGGER pledge_log_nodes_fixed BEFORE UPDATE OR DELETE ON pledge_log_nodes FOR EACH ROW EXECUTE FUNCTION refuse_pledge_log_change()",
        "CREATE TRIGGER pledge_checkpoints_fixed BEFORE UPDATE OR DELETE ON pledge_checkpoints FOR EACH ROW EXECUTE FUNCTION refuse_pledge_log_change()",
        "CREATE INDEX ix_search_documents_stems ON search_documents USING gin (to_tsvector('simple', title_stems || ' ' || stems))",
    ],
    "sqlite": [
        "CREATE TRIGGER audit_entries_no_update BEFORE UPDATE ON audit_entries BEGIN SELECT RAISE(ABORT, 'audit log is append-only'); END",
        "CREATE TRIGGER audit_entries_no_delete BEFORE DELETE ON audit_entries BEGIN SELECT RAISE(ABORT, 'audit log is append-only'); END",
        'CREATE TRIGGER pledges_text_frozen BEFORE UPDATE ON pledges WHEN OLD.frozen_at IS NOT NULL AND (NEW.origin IS NOT OLD.origin OR NEW.title IS NOT OLD.title OR NEW.preamble IS NOT OLD.preamble OR NEW.occasion IS NOT OLD.occasion OR NEW.place IS NOT OLD.place OR NEW."on" IS NOT OLD."on" OR NEW.text_hash IS NOT OLD.text_hash OR NEW.frozen_at IS NOT OLD.frozen_at) BEGIN SELECT RAISE(ABORT, \'the text of a signed pledge never changes\'); END',
        "CREATE TRIGGER pledges_frozen_stay BEFORE DELETE ON pledges WHEN OLD.frozen_at IS NOT NULL BEGIN SELECT RAISE(ABORT, 'the text of a signed pledge never changes'); END",
        "CREATE TRIGGER pledge_points_frozen_insert BEFORE INSERT ON pledge_points WHEN (SELECT frozen_at FROM pledges WHERE id = NEW.pledge_id) IS NOT NULL BEGIN SELECT RAISE(ABORT, 'the text of a signed pledge never changes'); END",
        "CREATE TRIGGER pledge_points_frozen_update BEFORE UPDATE ON pledge_points WHEN (SELECT frozen_at FROM pledges WHERE id = OLD.pledge_id) IS NOT NULL OR (SELECT frozen_at FROM pledges WHERE id = NEW.pledge_id) IS NOT NULL BEGIN SELECT RAISE(ABORT, 'the text of a signed pledge never changes'); END",
        "CREATE TRIGGER pledge_points_frozen_delete BEFORE DELETE ON pledge_points WHEN (SELECT frozen_at FROM pledges WHERE id = OLD.pledge_id) IS NOT NULL BEGIN SELECT RAISE(ABORT, 'the text of a signed pledge never changes'); END",
        "CREATE TRIGGER pledge_signatures_stay BEFORE DELETE ON pledge_signatures BEGIN SELECT RAISE(ABORT, 'signatures are struck, not deleted'); END",
        "CREATE TRIGGER pledge_log_entries_fixed BEFORE UPDATE ON pledge_log_entries WHEN OLD.number IS NOT NULL OR NEW.leaf IS NOT OLD.leaf OR NEW.pledge_id IS NOT OLD.pledge_id BEGIN SELECT RAISE(ABORT, 'the log of a pledge only grows'); END",
        "CREATE TRIGGER pledge_log_entries_no_delete BEFORE DELETE ON pledge_log_entries BEGIN SELECT RAISE(ABORT, 'the log of a pledge only grows'); END",
        "CREATE TRIGGER pledge_log_nodes_no_update BEFORE UPDATE ON pledge_log_nodes BEGIN SELECT RAISE(ABORT, 'the log of a pledge only grows'); END",
        "CREATE TRIGGER pledge_log_nodes_no_delete BEFORE DELETE ON pledge_log_nodes BEGIN SELECT RAISE(ABORT, 'the log of a pledge only grows'); END",
        "CREATE TRIGGER pledge_checkpoints_no_update BEFORE UPDATE ON pledge_checkpoints BEGIN SELECT RAISE(ABORT, 'the log of a pledge only grows'); END",
        "CREATE TRIGGER pledge_checkpoints_no_delete BEFORE DELETE ON pledge_checkpoints BEGIN SELECT RAISE(ABORT, 'the log of a pledge only grows'); END",
        "CREATE VIRTUAL TABLE search_index USING fts5(title_stems, stems, content='search_documents', content_rowid='id', tokenize='unicode61', detail=none, prefix='2 3')",
        "CREATE TRIGGER search_documents_added AFTER INSERT ON search_documents BEGIN INSERT INTO search_index(rowid, title_stems, stems) VALUES (new.id, new.title_stems, new.stems); END",
        "CREATE TRIGGER search_documents_removed AFTER DELETE ON search_documents BEGIN INSERT INTO search_index(search_index, rowid, title_stems, stems) VALUES ('delete', old.id, old.title_stems, old.stems); END",
        "CREATE TRIGGER search_documents_changed AFTER UPDATE OF title_stems, stems ON search_documents BEGIN INSERT INTO search_index(search_index, rowid, title_stems, stems) VALUES ('delete', old.id, old.title_stems, old.stems); INSERT INTO search_index(rowid, title_stems, stems) VALUES (new.id, new.title_stems, new.stems); END",
    ],
}
FUNCTIONS = [
    "refuse_audit_change",
    "refuse_frozen_pledge_change",
    "refuse_frozen_point_change",
    "refuse_signature_removal",
    "refuse_pledge_log_change",
]


def upgrade() -> None:
    """Make all tables, then triggers and indexes that depend on the database."""
    op.create_table(
        "attempts",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("subject", sa.String(), nullable=False),
        sa.Column("who", sa.String(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_attempts")),
    )
    with op.batch_alter_table("attempts", schema=None) as batch_op:
        batch_op.create_index("ix_attempts_who", ["subject", "who", "at"], unique=False)

    op.create_table(
        "audit_entries",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("tag", sa.String(), nullable=False),
        sa.Column("by_id", sa.Integer(), nullable=True),
        sa.Column("unit_id", sa.Integer(), nullable=True),
        sa.Column("subject_kind", sa.String(), nullable=False),
        sa.Column("subject_id", sa.Integer(), nullable=True),
        sa.Column("subject_name", sa.String(), nullable=False),
        sa.Column("before", sa.JSON(), nullable=False),
        sa.Column("after", sa.JSON(), nullable=False),
        sa.Column("reason", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_audit_entries")),
    )
    with op.batch_alter_table("audit_entries", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_audit_entries_at"), ["at"], unique=False)
        batch_op.create_index(batch_op.f("ix_audit_entries_by_id"), ["by_id"], unique=False)
        batch_op.create_index("ix_audit_entries_subject", ["subject_kind", "subject_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_audit_entries_tag"), ["tag"], unique=False)
        batch_op.create_index(batch_op.f("ix_audit_entries_unit_id"), ["unit_id"], unique=False)

    op.create_table(
        "jobs",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("payload", sa.JSON(), nullable=False),
        sa.Column("unique_key", sa.String(), nullable=True),
        sa.Column("run_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("leased_until", sa.DateTime(timezone=True), nullable=True),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.Column("last_error", sa.String(), nullable=False),
        sa.Column("failed_at", sa.DateTime(timezone=True), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_jobs")),
        sa.UniqueConstraint("unique_key", name="uq_jobs_unique_key"),
    )
    with op.batch_alter_table("jobs", schema=None) as batch_op:
        batch_op.create_index("ix_jobs_due", ["failed_at", "run_at"], unique=False)

    op.create_table(
        "old_slugs",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("slug", sa.String(), nullable=False),
        sa.Column("subject_id", sa.Integer(), nullable=False),
        sa.Column("changed_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_old_slugs")),
        sa.UniqueConstraint("kind", "slug", name="uq_old_slugs_kind_slug"),
    )
    op.create_table(
        "outbox_messages",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("key", sa.String(), nullable=False),
        sa.Column("cause", sa.String(), nullable=False),
        sa.Column("unit_id", sa.Integer(), nullable=True),
        sa.Column(
            "channel",
            sa.Enum(
                "email",
                "petugas",
                "whatsapp",
                "log",
                name="channel",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column(
            "status",
            sa.Enum(
                "waiting",
                "sent",
                "failed",
                "cancelled",
                name="messagestatus",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column("to_name", sa.String(), nullable=False),
        sa.Column("to_email", sa.String(), nullable=False),
        sa.Column("phone_sealed", sa.LargeBinary(), nullable=True),
        sa.Column("phone_mask", sa.String(), nullable=False),
        sa.Column("subject", sa.String(), nullable=False),
        sa.Column("text", sa.String(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("due_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("sent_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("sent_by_id", sa.Integer(), nullable=True),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.Column("last_error", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_outbox_messages")),
        sa.UniqueConstraint("key", name="uq_outbox_messages_key"),
    )
    with op.batch_alter_table("outbox_messages", schema=None) as batch_op:
        batch_op.create_index("ix_outbox_messages_due", ["status", "due_at"], unique=False)
        batch_op.create_index(batch_op.f("ix_outbox_messages_unit_id"), ["unit_id"], unique=False)

    op.create_table(
        "people",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("front_titles", sa.String(), nullable=False),
        sa.Column("back_titles", sa.String(), nullable=False),
        sa.Column("rank", sa.String(), nullable=False),
        sa.Column("office", sa.String(), nullable=False),
        sa.Column("email", sa.String(), nullable=False),
        sa.Column("phone_sealed", sa.LargeBinary(), nullable=True),
        sa.Column("password_hash", sa.String(), nullable=False),
        sa.Column("totp_sealed", sa.LargeBinary(), nullable=True),
        sa.Column("totp_confirmed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("totp_last_step", sa.Integer(), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("deactivated_at", sa.DateTime(timezone=True), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_people")),
        sa.UniqueConstraint("email", name=op.f("uq_people_email")),
    )
    op.create_table(
        "regions",
        sa.Column("code", sa.String(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("slug", sa.String(), nullable=False),
        sa.Column(
            "level",
            sa.Enum(
                "province",
                "regency",
                "district",
                "village",
                name="regionlevel",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column("type", sa.String(), nullable=False),
        sa.Column("parent_code", sa.String(), nullable=True),
        sa.Column("postal_code", sa.String(), nullable=False),
        sa.Column("lat", sa.Double(), nullable=True),
        sa.Column("lon", sa.Double(), nullable=True),
        sa.Column("zone", sa.String(), nullable=False),
        sa.Column("tile_row", sa.Integer(), nullable=True),
        sa.Column("tile_col", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(["parent_code"], ["regions.code"], name=op.f("fk_regions_parent_code")),
        sa.PrimaryKeyConstraint("code", name=op.f("pk_regions")),
        sa.UniqueConstraint("level", "slug", name="uq_regions_level_slug"),
    )
    with op.batch_alter_table("regions", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_regions_parent_code"), ["parent_code"], unique=False)

    op.create_table(
        "search_documents",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column(
            "kind",
            sa.Enum(
                "acara",
                "ikrar",
                "berita",
                "pengumuman",
                name="documentkind",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column("subject_id", sa.Integer(), nullable=False),
        sa.Column("title", sa.String(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("title_stems", sa.Text(), nullable=False),
        sa.Column("stems", sa.Text(), nullable=False),
        sa.Column("path", sa.String(), nullable=False),
        sa.Column("place", sa.String(), nullable=False),
        sa.Column("zone", sa.String(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("changed_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_search_documents")),
        sa.UniqueConstraint("kind", "subject_id", name="uq_search_documents_subject"),
    )
    op.create_table(
        "elections",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("region_code", sa.String(), nullable=True),
        sa.Column("invented", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(["region_code"], ["regions.code"], name=op.f("fk_elections_region_code")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_elections")),
    )
    op.create_table(
        "holy_days",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("on", sa.Date(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("faiths", sa.JSON(), nullable=False),
        sa.Column(
            "kind",
            sa.Enum(
                "libur_nasional",
                "cuti_bersama",
                "pemungutan_suara",
                "hari_keagamaan",
                "lokal",
                "ramadan",
                name="holydaykind",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column("begins", sa.Time(), nullable=False),
        sa.Column("minutes", sa.Integer(), nullable=False),
        sa.Column("days", sa.Integer(), nullable=False),
        sa.Column("source", sa.String(), nullable=False),
        sa.Column("is_estimate", sa.Boolean(), nullable=False),
        sa.Column("region_code", sa.String(), nullable=True),
        sa.ForeignKeyConstraint(["region_code"], ["regions.code"], name=op.f("fk_holy_days_region_code")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_holy_days")),
        sa.UniqueConstraint("on", "name", name="uq_holy_days_on_name"),
    )
    with op.batch_alter_table("holy_days", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_holy_days_on"), ["on"], unique=False)

    op.create_table(
        "recovery_codes",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("code_hash", sa.String(), nullable=False),
        sa.Column("used_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["person_id"], ["people.id"], name=op.f("fk_recovery_codes_person_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_recovery_codes")),
    )
    with op.batch_alter_table("recovery_codes", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_recovery_codes_person_id"), ["person_id"], unique=False)

    op.create_table(
        "sign_in_sessions",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("token_hash", sa.String(), nullable=False),
        sa.Column("started_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("seen_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("device", sa.String(), nullable=False),
        sa.Column("second_factor_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["person_id"], ["people.id"], name=op.f("fk_sign_in_sessions_person_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_sign_in_sessions")),
        sa.UniqueConstraint("token_hash", name=op.f("uq_sign_in_sessions_token_hash")),
    )
    with op.batch_alter_table("sign_in_sessions", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_sign_in_sessions_person_id"), ["person_id"], unique=False)

    op.create_table(
        "units",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column(
            "kind",
            sa.Enum(
                "polda",
                "polres",
                "polsek",
                "polsubsektor",
                name="unitkind",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("slug", sa.String(), nullable=False),
        sa.Column("parent_id", sa.Integer(), nullable=True),
        sa.Column("path", sa.String(), nullable=False),
        sa.Column("zone", sa.String(), nullable=False),
        sa.Column("seat_code", sa.String(), nullable=True),
        sa.Column("address", sa.String(), nullable=False),
        sa.Column("phone", sa.String(), nullable=False),
        sa.Column("email", sa.String(), nullable=False),
        sa.Column("letterhead", sa.String(), nullable=False),
        sa.Column("letter_place", sa.String(), nullable=False),
        sa.Column("unit_code", sa.String(), nullable=False),
        sa.Column("head_title", sa.String(), nullable=False),
        sa.Column("head_name", sa.String(), nullable=False),
        sa.Column("head_rank", sa.String(), nullable=False),
        sa.Column("head_number", sa.String(), nullable=False),
        sa.Column("emblem", sa.String(), nullable=False),
        sa.Column("checked_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("closed_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["parent_id"], ["units.id"], name=op.f("fk_units_parent_id")),
        sa.ForeignKeyConstraint(["seat_code"], ["regions.code"], name=op.f("fk_units_seat_code")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_units")),
        sa.UniqueConstraint("slug", name=op.f("uq_units_slug")),
    )
    with op.batch_alter_table("units", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_units_parent_id"), ["parent_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_units_path"), ["path"], unique=False)

    op.create_table(
        "venues",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column(
            "kind",
            sa.Enum(
                "kantor_polisi",
                "gedung_pemerintah",
                "rumah_ibadah",
                "sekolah",
                "perguruan_tinggi",
                "gedung_warga",
                "hotel",
                "lapangan",
                "lain",
                name="venuekind",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column("district_code", sa.String(), nullable=False),
        sa.Column("village_code", sa.String(), nullable=True),
        sa.Column("address", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(["district_code"], ["regions.code"], name=op.f("fk_venues_district_code")),
        sa.ForeignKeyConstraint(["village_code"], ["regions.code"], name=op.f("fk_venues_village_code")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_venues")),
        sa.UniqueConstraint("name", "district_code", name="uq_venues_name_district"),
    )
    with op.batch_alter_table("venues", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_venues_district_code"), ["district_code"], unique=False)

    op.create_table(
        "candidate_pairs",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("election_id", sa.Integer(), nullable=False),
        sa.Column("ballot_number", sa.Integer(), nullable=False),
        sa.Column("head_name", sa.String(), nullable=False),
        sa.Column("deputy_name", sa.String(), nullable=False),
        sa.Column("parties", sa.JSON(), nullable=False),
        sa.Column("aliases", sa.JSON(), nullable=False),
        sa.ForeignKeyConstraint(
            ["election_id"], ["elections.id"], name=op.f("fk_candidate_pairs_election_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_candidate_pairs")),
        sa.UniqueConstraint("election_id", "ballot_number", name="uq_candidate_pairs_ballot"),
    )
    with op.batch_alter_table("candidate_pairs", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_candidate_pairs_election_id"), ["election_id"], unique=False)

    op.create_table(
        "election_stages",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("election_id", sa.Integer(), nullable=False),
        sa.Column(
            "kind",
            sa.Enum(
                "pendaftaran",
                "penetapan",
                "pengundian",
                "kampanye",
                "masa_tenang",
                "pemungutan",
                "rekapitulasi",
                name="stagekind",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column("starts_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("ends_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("legal_basis", sa.String(), nullable=False),
        sa.CheckConstraint("ends_at > starts_at", name=op.f("ck_election_stages_ends_after_start")),
        sa.ForeignKeyConstraint(
            ["election_id"], ["elections.id"], name=op.f("fk_election_stages_election_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_election_stages")),
    )
    with op.batch_alter_table("election_stages", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_election_stages_election_id"), ["election_id"], unique=False)

    op.create_table(
        "events",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("uid", sa.String(), nullable=False),
        sa.Column("slug", sa.String(), nullable=False),
        sa.Column(
            "status",
            sa.Enum(
                "draft",
                "submitted",
                "returned",
                "approved",
                "published",
                "postponed",
                "cancelled",
                "completed",
                "withdrawn",
                name="eventstatus",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column("title", sa.String(), nullable=False),
        sa.Column("theme", sa.String(), nullable=False),
        sa.Column("summary", sa.String(), nullable=False),
        sa.Column("unit_id", sa.Integer(), nullable=False),
        sa.Column("proposer_id", sa.Integer(), nullable=True),
        sa.Column("starts_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("ends_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("postponed_from_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("venue_id", sa.Integer(), nullable=False),
        sa.Column("district_code", sa.String(), nullable=False),
        sa.Column(
            "audience",
            sa.Enum(
                "umum", "undangan", name="audience", native_enum=False, create_constraint=True, length=32
            ),
            nullable=False,
        ),
        sa.Column("capacity", sa.Integer(), nullable=True),
        sa.Column("expected_crowd", sa.Integer(), nullable=True),
        sa.Column("dress", sa.String(), nullable=False),
        sa.Column("contact_name", sa.String(), nullable=False),
        sa.Column("contact_phone", sa.String(), nullable=False),
        sa.Column("order_number", sa.String(), nullable=False),
        sa.Column("names_candidates", sa.Boolean(), nullable=False),
        sa.Column("sequence", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("change_note", sa.String(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("changed_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("submitted_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("decided_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("decided_by_id", sa.Integer(), nullable=True),
        sa.Column("published_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("completed_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint("capacity IS NULL OR capacity > 0", name=op.f("ck_events_capacity_positive")),
        sa.CheckConstraint("ends_at IS NULL OR ends_at > starts_at", name=op.f("ck_events_ends_after_start")),
        sa.ForeignKeyConstraint(["decided_by_id"], ["people.id"], name=op.f("fk_events_decided_by_id")),
        sa.ForeignKeyConstraint(["district_code"], ["regions.code"], name=op.f("fk_events_district_code")),
        sa.ForeignKeyConstraint(["proposer_id"], ["people.id"], name=op.f("fk_events_proposer_id")),
        sa.ForeignKeyConstraint(["unit_id"], ["units.id"], name=op.f("fk_events_unit_id")),
        sa.ForeignKeyConstraint(["venue_id"], ["venues.id"], name=op.f("fk_events_venue_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_events")),
        sa.UniqueConstraint("slug", name=op.f("uq_events_slug")),
        sa.UniqueConstraint("uid", name=op.f("uq_events_uid")),
    )
    with op.batch_alter_table("events", schema=None) as batch_op:
        batch_op.create_index("ix_events_district_start", ["district_code", "starts_at"], unique=False)
        batch_op.create_index(batch_op.f("ix_events_proposer_id"), ["proposer_id"], unique=False)
        batch_op.create_index("ix_events_public", ["status", "starts_at"], unique=False)
        batch_op.create_index(batch_op.f("ix_events_starts_at"), ["starts_at"], unique=False)
        batch_op.create_index(batch_op.f("ix_events_unit_id"), ["unit_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_events_venue_id"), ["venue_id"], unique=False)

    op.create_table(
        "letter_series",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("unit_id", sa.Integer(), nullable=False),
        sa.Column("code", sa.String(), nullable=False),
        sa.Column("pattern", sa.String(), nullable=False),
        sa.Column("archive_code", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(["unit_id"], ["units.id"], name=op.f("fk_letter_series_unit_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_letter_series")),
        sa.UniqueConstraint("unit_id", "code", name="uq_letter_series_unit_code"),
    )
    with op.batch_alter_table("letter_series", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_letter_series_unit_id"), ["unit_id"], unique=False)

    op.create_table(
        "notices",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("slug", sa.String(), nullable=False),
        sa.Column("code", sa.String(), nullable=False),
        sa.Column(
            "kind",
            sa.Enum(
                "pengumuman",
                "maklumat",
                "imbauan",
                name="noticekind",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column(
            "urgency",
            sa.Enum(
                "biasa",
                "penting",
                "mendesak",
                name="urgency",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column("title", sa.String(), nullable=False),
        sa.Column("lead", sa.String(), nullable=False),
        sa.Column("body", sa.String(), nullable=False),
        sa.Column("valid_from", sa.DateTime(timezone=True), nullable=False),
        sa.Column("valid_until", sa.DateTime(timezone=True), nullable=False),
        sa.Column("replaces_id", sa.Integer(), nullable=True),
        sa.Column("replaced_by_id", sa.Integer(), nullable=True),
        sa.Column(
            "status",
            sa.Enum(
                "draft",
                "submitted",
                "returned",
                "published",
                "withdrawn",
                name="itemstatus",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column("unit_id", sa.Integer(), nullable=False),
        sa.Column("written_by_id", sa.Integer(), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("changed_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("submitted_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("submitted_by_id", sa.Integer(), nullable=True),
        sa.Column("returned_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("return_note", sa.String(), nullable=False),
        sa.Column("published_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("published_by_id", sa.Integer(), nullable=True),
        sa.Column("emergency_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("emergency_reason", sa.String(), nullable=False),
        sa.Column("approved_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("approved_by_id", sa.Integer(), nullable=True),
        sa.Column("withdrawn_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("withdrawn_reason", sa.String(), nullable=False),
        sa.CheckConstraint(
            "status != 'published' OR published_at IS NOT NULL", name=op.f("ck_notices_published_has_moment")
        ),
        sa.CheckConstraint("valid_until > valid_from", name=op.f("ck_notices_valid_for_a_while")),
        sa.ForeignKeyConstraint(["approved_by_id"], ["people.id"], name=op.f("fk_notices_approved_by_id")),
        sa.ForeignKeyConstraint(["published_by_id"], ["people.id"], name=op.f("fk_notices_published_by_id")),
        sa.ForeignKeyConstraint(["replaced_by_id"], ["notices.id"], name=op.f("fk_notices_replaced_by_id")),
        sa.ForeignKeyConstraint(["replaces_id"], ["notices.id"], name=op.f("fk_notices_replaces_id")),
        sa.ForeignKeyConstraint(["submitted_by_id"], ["people.id"], name=op.f("fk_notices_submitted_by_id")),
        sa.ForeignKeyConstraint(["unit_id"], ["units.id"], name=op.f("fk_notices_unit_id")),
        sa.ForeignKeyConstraint(["written_by_id"], ["people.id"], name=op.f("fk_notices_written_by_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_notices")),
        sa.UniqueConstraint("code", name=op.f("uq_notices_code")),
        sa.UniqueConstraint("slug", name=op.f("uq_notices_slug")),
    )
    with op.batch_alter_table("notices", schema=None) as batch_op:
        batch_op.create_index("ix_notices_public", ["status", "valid_until"], unique=False)
        batch_op.create_index(batch_op.f("ix_notices_replaces_id"), ["replaces_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_notices_unit_id"), ["unit_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_notices_written_by_id"), ["written_by_id"], unique=False)

    op.create_table(
        "organisations",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("short_name", sa.String(), nullable=False),
        sa.Column(
            "kind",
            sa.Enum(
                "forkopimda",
                "pemerintah",
                "penyelenggara",
                "tim_kampanye",
                "keagamaan",
                "fkub",
                "adat",
                "masyarakat",
                "pemuda",
                "perempuan",
                "pendidikan",
                "pers",
                name="organisationkind",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=False,
        ),
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
            nullable=True,
        ),
        sa.Column("unit_id", sa.Integer(), nullable=False),
        sa.Column("district_code", sa.String(), nullable=True),
        sa.Column("head_name", sa.String(), nullable=False),
        sa.Column("head_title", sa.String(), nullable=False),
        sa.Column("email", sa.String(), nullable=False),
        sa.Column("phone_sealed", sa.LargeBinary(), nullable=True),
        sa.Column("protocol_order", sa.Integer(), nullable=False),
        sa.Column("ballot_number", sa.Integer(), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("closed_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint(
            "ballot_number IS NULL OR kind = 'tim_kampanye'",
            name=op.f("ck_organisations_ballot_only_for_teams"),
        ),
        sa.ForeignKeyConstraint(
            ["district_code"], ["regions.code"], name=op.f("fk_organisations_district_code")
        ),
        sa.ForeignKeyConstraint(["unit_id"], ["units.id"], name=op.f("fk_organisations_unit_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_organisations")),
    )
    with op.batch_alter_table("organisations", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_organisations_unit_id"), ["unit_id"], unique=False)

    op.create_table(
        "person_tokens",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("purpose", sa.String(), nullable=False),
        sa.Column("token_hash", sa.String(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=True),
        sa.Column("email", sa.String(), nullable=False),
        sa.Column(
            "role",
            sa.Enum(
                "tokoh",
                "petugas",
                "penulis",
                "editor",
                "pimpinan",
                "admin",
                name="role",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=True,
        ),
        sa.Column("unit_id", sa.Integer(), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("created_by_id", sa.Integer(), nullable=True),
        sa.Column("expires_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("used_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["person_id"], ["people.id"], name=op.f("fk_person_tokens_person_id")),
        sa.ForeignKeyConstraint(["unit_id"], ["units.id"], name=op.f("fk_person_tokens_unit_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_person_tokens")),
        sa.UniqueConstraint("token_hash", name=op.f("uq_person_tokens_token_hash")),
    )
    op.create_table(
        "photos",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("key", sa.String(), nullable=False),
        sa.Column("width", sa.Integer(), nullable=False),
        sa.Column("height", sa.Integer(), nullable=False),
        sa.Column("widths", sa.JSON(), nullable=False),
        sa.Column(
            "state",
            sa.Enum(
                "incomplete",
                "ready",
                "removed",
                name="photostate",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column("caption", sa.String(), nullable=False),
        sa.Column("alt", sa.String(), nullable=False),
        sa.Column("decorative", sa.Boolean(), nullable=False),
        sa.Column("credit", sa.String(), nullable=False),
        sa.Column("consent_note", sa.String(), nullable=False),
        sa.Column("unit_id", sa.Integer(), nullable=False),
        sa.Column("uploaded_by_id", sa.Integer(), nullable=True),
        sa.Column("uploaded_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("removed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("removed_reason", sa.String(), nullable=False),
        sa.CheckConstraint("width > 0 AND height > 0", name=op.f("ck_photos_has_size")),
        sa.ForeignKeyConstraint(["unit_id"], ["units.id"], name=op.f("fk_photos_unit_id")),
        sa.ForeignKeyConstraint(["uploaded_by_id"], ["people.id"], name=op.f("fk_photos_uploaded_by_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_photos")),
        sa.UniqueConstraint("unit_id", "key", name="uq_photos_unit_key"),
    )
    with op.batch_alter_table("photos", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_photos_key"), ["key"], unique=False)
        batch_op.create_index("ix_photos_unit_uploaded", ["unit_id", "uploaded_at"], unique=False)
        batch_op.create_index(batch_op.f("ix_photos_uploaded_by_id"), ["uploaded_by_id"], unique=False)

    op.create_table(
        "problem_reports",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("unit_id", sa.Integer(), nullable=True),
        sa.Column("message", sa.Text(), nullable=False),
        sa.Column("page", sa.String(), nullable=False),
        sa.Column("phone_sealed", sa.LargeBinary(), nullable=True),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("settled_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("settled_by_id", sa.Integer(), nullable=True),
        sa.Column("answer", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(
            ["settled_by_id"], ["people.id"], name=op.f("fk_problem_reports_settled_by_id")
        ),
        sa.ForeignKeyConstraint(["unit_id"], ["units.id"], name=op.f("fk_problem_reports_unit_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_problem_reports")),
    )
    with op.batch_alter_table("problem_reports", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_problem_reports_at"), ["at"], unique=False)
        batch_op.create_index(batch_op.f("ix_problem_reports_unit_id"), ["unit_id"], unique=False)

    op.create_table(
        "role_assignments",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column(
            "role",
            sa.Enum(
                "tokoh",
                "petugas",
                "penulis",
                "editor",
                "pimpinan",
                "admin",
                name="role",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column("unit_id", sa.Integer(), nullable=False),
        sa.Column("granted_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("granted_by_id", sa.Integer(), nullable=True),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["person_id"], ["people.id"], name=op.f("fk_role_assignments_person_id")),
        sa.ForeignKeyConstraint(["unit_id"], ["units.id"], name=op.f("fk_role_assignments_unit_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_role_assignments")),
    )
    with op.batch_alter_table("role_assignments", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_role_assignments_person_id"), ["person_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_role_assignments_unit_id"), ["unit_id"], unique=False)
        batch_op.create_index(
            "uq_role_assignments_living",
            ["person_id", "role", "unit_id"],
            unique=True,
            sqlite_where=sa.text("ended_at IS NULL"),
            postgresql_where=sa.text("ended_at IS NULL"),
        )

    op.create_table(
        "unit_districts",
        sa.Column("unit_id", sa.Integer(), nullable=False),
        sa.Column("region_code", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(
            ["region_code"], ["regions.code"], name=op.f("fk_unit_districts_region_code"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["unit_id"], ["units.id"], name=op.f("fk_unit_districts_unit_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("unit_id", "region_code", name=op.f("pk_unit_districts")),
    )
    op.create_table(
        "activity_reports",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("leader_office", sa.String(), nullable=False),
        sa.Column("leader_name", sa.String(), nullable=False),
        sa.Column("basis", sa.String(), nullable=False),
        sa.Column("aim", sa.String(), nullable=False),
        sa.Column("occasion", sa.String(), nullable=False),
        sa.Column("result", sa.String(), nullable=False),
        sa.Column("incidents", sa.String(), nullable=False),
        sa.Column("security", sa.String(), nullable=False),
        sa.Column("conclusion", sa.String(), nullable=False),
        sa.Column("pledge_note", sa.String(), nullable=False),
        sa.Column("present", sa.Integer(), nullable=True),
        sa.Column("event_id", sa.Integer(), nullable=False),
        sa.Column("unit_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column(
            "status",
            sa.Enum(
                "draft", "signed", name="sheetstatus", native_enum=False, create_constraint=True, length=32
            ),
            nullable=False,
        ),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("changed_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("written_by_id", sa.Integer(), nullable=True),
        sa.Column("signed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("signed_by_id", sa.Integer(), nullable=True),
        sa.Column("digest", sa.String(), nullable=False),
        sa.Column("superseded_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint(
            "(status = 'signed') = (signed_at IS NOT NULL)",
            name=op.f("ck_activity_reports_signed_with_moment"),
        ),
        sa.ForeignKeyConstraint(["event_id"], ["events.id"], name=op.f("fk_activity_reports_event_id")),
        sa.ForeignKeyConstraint(
            ["signed_by_id"], ["people.id"], name=op.f("fk_activity_reports_signed_by_id")
        ),
        sa.ForeignKeyConstraint(["unit_id"], ["units.id"], name=op.f("fk_activity_reports_unit_id")),
        sa.ForeignKeyConstraint(
            ["written_by_id"], ["people.id"], name=op.f("fk_activity_reports_written_by_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_activity_reports")),
        sa.UniqueConstraint("event_id", "number", name="uq_activity_reports_event_number"),
    )
    with op.batch_alter_table("activity_reports", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_activity_reports_event_id"), ["event_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_activity_reports_unit_id"), ["unit_id"], unique=False)

    op.create_table(
        "articles",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("slug", sa.String(), nullable=False),
        sa.Column("title", sa.String(), nullable=False),
        sa.Column("subtitle", sa.String(), nullable=False),
        sa.Column("lead", sa.String(), nullable=False),
        sa.Column("body", sa.String(), nullable=False),
        sa.Column("byline", sa.String(), nullable=False),
        sa.Column("event_id", sa.Integer(), nullable=True),
        sa.Column("cover_id", sa.Integer(), nullable=True),
        sa.Column("names_candidates", sa.Boolean(), nullable=False),
        sa.Column("wanted_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column(
            "status",
            sa.Enum(
                "draft",
                "submitted",
                "returned",
                "published",
                "withdrawn",
                name="itemstatus",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column("unit_id", sa.Integer(), nullable=False),
        sa.Column("written_by_id", sa.Integer(), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("changed_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("submitted_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("submitted_by_id", sa.Integer(), nullable=True),
        sa.Column("returned_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("return_note", sa.String(), nullable=False),
        sa.Column("published_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("published_by_id", sa.Integer(), nullable=True),
        sa.Column("emergency_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("emergency_reason", sa.String(), nullable=False),
        sa.Column("approved_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("approved_by_id", sa.Integer(), nullable=True),
        sa.Column("withdrawn_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("withdrawn_reason", sa.String(), nullable=False),
        sa.CheckConstraint(
            "status != 'published' OR published_at IS NOT NULL", name=op.f("ck_articles_published_has_moment")
        ),
        sa.ForeignKeyConstraint(["approved_by_id"], ["people.id"], name=op.f("fk_articles_approved_by_id")),
        sa.ForeignKeyConstraint(["cover_id"], ["photos.id"], name=op.f("fk_articles_cover_id")),
        sa.ForeignKeyConstraint(["event_id"], ["events.id"], name=op.f("fk_articles_event_id")),
        sa.ForeignKeyConstraint(["published_by_id"], ["people.id"], name=op.f("fk_articles_published_by_id")),
        sa.ForeignKeyConstraint(["submitted_by_id"], ["people.id"], name=op.f("fk_articles_submitted_by_id")),
        sa.ForeignKeyConstraint(["unit_id"], ["units.id"], name=op.f("fk_articles_unit_id")),
        sa.ForeignKeyConstraint(["written_by_id"], ["people.id"], name=op.f("fk_articles_written_by_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_articles")),
        sa.UniqueConstraint("slug", name=op.f("uq_articles_slug")),
    )
    with op.batch_alter_table("articles", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_articles_cover_id"), ["cover_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_articles_event_id"), ["event_id"], unique=False)
        batch_op.create_index("ix_articles_public", ["status", "published_at"], unique=False)
        batch_op.create_index(batch_op.f("ix_articles_unit_id"), ["unit_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_articles_written_by_id"), ["written_by_id"], unique=False)

    op.create_table(
        "event_faiths",
        sa.Column("event_id", sa.Integer(), nullable=False),
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
        sa.ForeignKeyConstraint(
            ["event_id"], ["events.id"], name=op.f("fk_event_faiths_event_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("event_id", "faith", name=op.f("pk_event_faiths")),
    )
    op.create_table(
        "event_kinds",
        sa.Column("event_id", sa.Integer(), nullable=False),
        sa.Column(
            "kind",
            sa.Enum(
                "doa_bersama",
                "rakor",
                "deklarasi",
                "apel",
                "silaturahmi",
                "jumat_curhat",
                "bakti_sosial",
                "kampanye",
                name="eventkind",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["event_id"], ["events.id"], name=op.f("fk_event_kinds_event_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("event_id", "kind", name=op.f("pk_event_kinds")),
    )
    op.create_table(
        "event_notes",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("event_id", sa.Integer(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("by_id", sa.Integer(), nullable=True),
        sa.Column(
            "step",
            sa.Enum(
                "draft",
                "submitted",
                "returned",
                "approved",
                "published",
                "postponed",
                "cancelled",
                "completed",
                "withdrawn",
                name="eventstatus",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=True,
        ),
        sa.Column("text", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(["by_id"], ["people.id"], name=op.f("fk_event_notes_by_id")),
        sa.ForeignKeyConstraint(
            ["event_id"], ["events.id"], name=op.f("fk_event_notes_event_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_event_notes")),
    )
    with op.batch_alter_table("event_notes", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_event_notes_event_id"), ["event_id"], unique=False)

    op.create_table(
        "event_sessions",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("event_id", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("title", sa.String(), nullable=False),
        sa.Column(
            "kind",
            sa.Enum(
                "doa_bersama",
                "rakor",
                "deklarasi",
                "apel",
                "silaturahmi",
                "jumat_curhat",
                "bakti_sosial",
                "kampanye",
                name="eventkind",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column("names_candidates", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(
            ["event_id"], ["events.id"], name=op.f("fk_event_sessions_event_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_event_sessions")),
    )
    with op.batch_alter_table("event_sessions", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_event_sessions_event_id"), ["event_id"], unique=False)

    op.create_table(
        "guard_overrides",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("event_id", sa.Integer(), nullable=False),
        sa.Column("guard", sa.String(), nullable=False),
        sa.Column("fingerprint", sa.String(), nullable=False),
        sa.Column("reason", sa.String(), nullable=False),
        sa.Column("by_id", sa.Integer(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("findings", sa.JSON(), nullable=False),
        sa.ForeignKeyConstraint(["by_id"], ["people.id"], name=op.f("fk_guard_overrides_by_id")),
        sa.ForeignKeyConstraint(
            ["event_id"], ["events.id"], name=op.f("fk_guard_overrides_event_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_guard_overrides")),
    )
    with op.batch_alter_table("guard_overrides", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_guard_overrides_event_id"), ["event_id"], unique=False)

    op.create_table(
        "leaders",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("organisation_id", sa.Integer(), nullable=True),
        sa.Column("organisation_name", sa.String(), nullable=False),
        sa.Column("capacity", sa.String(), nullable=False),
        sa.Column("unit_id", sa.Integer(), nullable=False),
        sa.Column("district_code", sa.String(), nullable=True),
        sa.Column(
            "status",
            sa.Enum(
                "waiting",
                "verified",
                "refused",
                name="leaderstatus",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column("asked_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("decided_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("decided_by_id", sa.Integer(), nullable=True),
        sa.Column("decision_note", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(["decided_by_id"], ["people.id"], name=op.f("fk_leaders_decided_by_id")),
        sa.ForeignKeyConstraint(["district_code"], ["regions.code"], name=op.f("fk_leaders_district_code")),
        sa.ForeignKeyConstraint(
            ["organisation_id"], ["organisations.id"], name=op.f("fk_leaders_organisation_id")
        ),
        sa.ForeignKeyConstraint(["person_id"], ["people.id"], name=op.f("fk_leaders_person_id")),
        sa.ForeignKeyConstraint(["unit_id"], ["units.id"], name=op.f("fk_leaders_unit_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_leaders")),
        sa.UniqueConstraint("person_id", name=op.f("uq_leaders_person_id")),
    )
    with op.batch_alter_table("leaders", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_leaders_unit_id"), ["unit_id"], unique=False)

    op.create_table(
        "letter_counters",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("series_id", sa.Integer(), nullable=False),
        sa.Column("year", sa.Integer(), nullable=False),
        sa.Column("last_serial", sa.Integer(), nullable=False),
        sa.CheckConstraint("last_serial >= 0", name=op.f("ck_letter_counters_serial_not_negative")),
        sa.ForeignKeyConstraint(
            ["series_id"], ["letter_series.id"], name=op.f("fk_letter_counters_series_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_letter_counters")),
        sa.UniqueConstraint("series_id", "year", name="uq_letter_counters_series_year"),
    )
    with op.batch_alter_table("letter_counters", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_letter_counters_series_id"), ["series_id"], unique=False)

    op.create_table(
        "letters",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("event_id", sa.Integer(), nullable=False),
        sa.Column("unit_id", sa.Integer(), nullable=False),
        sa.Column(
            "status",
            sa.Enum(
                "draft",
                "issued",
                "withdrawn",
                name="letterstatus",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column("number", sa.String(), nullable=True),
        sa.Column("serial", sa.Integer(), nullable=True),
        sa.Column("year", sa.Integer(), nullable=True),
        sa.Column("dated_on", sa.Date(), nullable=True),
        sa.Column("check_code", sa.String(), nullable=False),
        sa.Column("subject", sa.String(), nullable=False),
        sa.Column(
            "classification",
            sa.Enum(
                "biasa",
                "terbatas",
                name="classification",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column("references", sa.String(), nullable=False),
        sa.Column("closing", sa.String(), nullable=False),
        sa.Column("copies", sa.String(), nullable=False),
        sa.Column("sign_office", sa.String(), nullable=False),
        sa.Column("sign_name", sa.String(), nullable=False),
        sa.Column("sign_rank", sa.String(), nullable=False),
        sa.Column("withdrawn_reason", sa.String(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("issued_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("withdrawn_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint(
            "(status = 'draft') = (number IS NULL)", name=op.f("ck_letters_numbered_when_issued")
        ),
        sa.ForeignKeyConstraint(["event_id"], ["events.id"], name=op.f("fk_letters_event_id")),
        sa.ForeignKeyConstraint(["unit_id"], ["units.id"], name=op.f("fk_letters_unit_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_letters")),
        sa.UniqueConstraint("check_code", name=op.f("uq_letters_check_code")),
        sa.UniqueConstraint("unit_id", "year", "serial", name="uq_letters_unit_year_serial"),
    )
    with op.batch_alter_table("letters", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_letters_event_id"), ["event_id"], unique=False)
        batch_op.create_index("ix_letters_unit_status", ["unit_id", "status"], unique=False)

    op.create_table(
        "minutes",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("chair", sa.String(), nullable=False),
        sa.Column("taker", sa.String(), nullable=False),
        sa.Column("opened_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("closed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("opening", sa.String(), nullable=False),
        sa.Column("decisions", sa.JSON(), nullable=False),
        sa.Column("event_id", sa.Integer(), nullable=False),
        sa.Column("unit_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column(
            "status",
            sa.Enum(
                "draft", "signed", name="sheetstatus", native_enum=False, create_constraint=True, length=32
            ),
            nullable=False,
        ),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("changed_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("written_by_id", sa.Integer(), nullable=True),
        sa.Column("signed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("signed_by_id", sa.Integer(), nullable=True),
        sa.Column("digest", sa.String(), nullable=False),
        sa.Column("superseded_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint(
            "(status = 'signed') = (signed_at IS NOT NULL)", name=op.f("ck_minutes_signed_with_moment")
        ),
        sa.ForeignKeyConstraint(["event_id"], ["events.id"], name=op.f("fk_minutes_event_id")),
        sa.ForeignKeyConstraint(["signed_by_id"], ["people.id"], name=op.f("fk_minutes_signed_by_id")),
        sa.ForeignKeyConstraint(["unit_id"], ["units.id"], name=op.f("fk_minutes_unit_id")),
        sa.ForeignKeyConstraint(["written_by_id"], ["people.id"], name=op.f("fk_minutes_written_by_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_minutes")),
        sa.UniqueConstraint("event_id", "number", name="uq_minutes_event_number"),
    )
    with op.batch_alter_table("minutes", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_minutes_event_id"), ["event_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_minutes_unit_id"), ["unit_id"], unique=False)

    op.create_table(
        "notice_districts",
        sa.Column("notice_id", sa.Integer(), nullable=False),
        sa.Column("region_code", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(
            ["notice_id"], ["notices.id"], name=op.f("fk_notice_districts_notice_id"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["region_code"], ["regions.code"], name=op.f("fk_notice_districts_region_code")
        ),
        sa.PrimaryKeyConstraint("notice_id", "region_code", name=op.f("pk_notice_districts")),
    )
    with op.batch_alter_table("notice_districts", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_notice_districts_region_code"), ["region_code"], unique=False)

    op.create_table(
        "addressees",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("letter_id", sa.Integer(), nullable=False),
        sa.Column("organisation_id", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("organisation_name", sa.String(), nullable=False),
        sa.Column("head_name", sa.String(), nullable=False),
        sa.Column("head_title", sa.String(), nullable=False),
        sa.Column("answer_hash", sa.String(), nullable=False),
        sa.Column("answer_sealed", sa.LargeBinary(), nullable=False),
        sa.Column(
            "answer",
            sa.Enum(
                "hadir",
                "diwakili",
                "berhalangan",
                name="answer",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=True,
        ),
        sa.Column("represented_by", sa.String(), nullable=False),
        sa.Column("represented_office", sa.String(), nullable=False),
        sa.Column("note", sa.String(), nullable=False),
        sa.Column("answered_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("answered_by_id", sa.Integer(), nullable=True),
        sa.CheckConstraint(
            "answer <> 'diwakili' OR represented_by <> ''", name=op.f("ck_addressees_representative_named")
        ),
        sa.ForeignKeyConstraint(["answered_by_id"], ["people.id"], name=op.f("fk_addressees_answered_by_id")),
        sa.ForeignKeyConstraint(
            ["letter_id"], ["letters.id"], name=op.f("fk_addressees_letter_id"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["organisation_id"], ["organisations.id"], name=op.f("fk_addressees_organisation_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_addressees")),
        sa.UniqueConstraint("answer_hash", name=op.f("uq_addressees_answer_hash")),
        sa.UniqueConstraint("letter_id", "organisation_id", name="uq_addressees_letter_organisation"),
    )
    with op.batch_alter_table("addressees", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_addressees_letter_id"), ["letter_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_addressees_organisation_id"), ["organisation_id"], unique=False)

    op.create_table(
        "article_districts",
        sa.Column("article_id", sa.Integer(), nullable=False),
        sa.Column("region_code", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(
            ["article_id"], ["articles.id"], name=op.f("fk_article_districts_article_id"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["region_code"], ["regions.code"], name=op.f("fk_article_districts_region_code")
        ),
        sa.PrimaryKeyConstraint("article_id", "region_code", name=op.f("pk_article_districts")),
    )
    with op.batch_alter_table("article_districts", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_article_districts_region_code"), ["region_code"], unique=False)

    op.create_table(
        "article_revisions",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("article_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("title", sa.String(), nullable=False),
        sa.Column("subtitle", sa.String(), nullable=False),
        sa.Column("body", sa.String(), nullable=False),
        sa.Column("saved_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("saved_by_id", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(
            ["article_id"], ["articles.id"], name=op.f("fk_article_revisions_article_id"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["saved_by_id"], ["people.id"], name=op.f("fk_article_revisions_saved_by_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_article_revisions")),
        sa.UniqueConstraint("article_id", "number", name="uq_article_revisions_number"),
    )
    op.create_table(
        "corrections",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("article_id", sa.Integer(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("by_id", sa.Integer(), nullable=True),
        sa.Column("note", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(
            ["article_id"], ["articles.id"], name=op.f("fk_corrections_article_id"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(["by_id"], ["people.id"], name=op.f("fk_corrections_by_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_corrections")),
    )
    with op.batch_alter_table("corrections", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_corrections_article_id"), ["article_id"], unique=False)

    op.create_table(
        "follow_ups",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("minutes_id", sa.Integer(), nullable=False),
        sa.Column("unit_id", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("task", sa.String(), nullable=False),
        sa.Column("owner", sa.String(), nullable=False),
        sa.Column("due_on", sa.Date(), nullable=True),
        sa.Column("done_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("done_by_id", sa.Integer(), nullable=True),
        sa.Column("done_note", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(["done_by_id"], ["people.id"], name=op.f("fk_follow_ups_done_by_id")),
        sa.ForeignKeyConstraint(
            ["minutes_id"], ["minutes.id"], name=op.f("fk_follow_ups_minutes_id"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(["unit_id"], ["units.id"], name=op.f("fk_follow_ups_unit_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_follow_ups")),
    )
    with op.batch_alter_table("follow_ups", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_follow_ups_minutes_id"), ["minutes_id"], unique=False)
        batch_op.create_index("ix_follow_ups_open", ["done_at", "due_on"], unique=False)
        batch_op.create_index(batch_op.f("ix_follow_ups_unit_id"), ["unit_id"], unique=False)

    op.create_table(
        "minutes_speakers",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("minutes_id", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("capacity", sa.String(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("represented_by", sa.String(), nullable=False),
        sa.Column("points", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(
            ["minutes_id"], ["minutes.id"], name=op.f("fk_minutes_speakers_minutes_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_minutes_speakers")),
    )
    with op.batch_alter_table("minutes_speakers", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_minutes_speakers_minutes_id"), ["minutes_id"], unique=False)

    op.create_table(
        "pledges",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("origin", sa.String(), nullable=False),
        sa.Column("slug", sa.String(), nullable=False),
        sa.Column("unit_id", sa.Integer(), nullable=False),
        sa.Column("event_id", sa.Integer(), nullable=True),
        sa.Column("session_id", sa.Integer(), nullable=True),
        sa.Column("title", sa.String(), nullable=False),
        sa.Column("preamble", sa.Text(), nullable=False),
        sa.Column("occasion", sa.String(), nullable=False),
        sa.Column("place", sa.String(), nullable=False),
        sa.Column("on", sa.Date(), nullable=False),
        sa.Column(
            "status",
            sa.Enum(
                "draft",
                "open",
                "paused",
                "closed",
                name="pledgestatus",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column(
            "verification",
            sa.Enum(
                "semua_cara",
                "dipastikan",
                name="verification",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column("names_candidates", sa.Boolean(), nullable=False),
        sa.Column("opens_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("closes_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("closed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("frozen_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("text_hash", sa.String(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("created_by_id", sa.Integer(), nullable=True),
        sa.Column("changed_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint(
            "status <> 'closed' OR closed_at IS NOT NULL", name=op.f("ck_pledges_closed_has_moment")
        ),
        sa.CheckConstraint(
            "closes_at IS NULL OR opens_at IS NULL OR closes_at > opens_at",
            name=op.f("ck_pledges_closes_later"),
        ),
        sa.ForeignKeyConstraint(["created_by_id"], ["people.id"], name=op.f("fk_pledges_created_by_id")),
        sa.ForeignKeyConstraint(["event_id"], ["events.id"], name=op.f("fk_pledges_event_id")),
        sa.ForeignKeyConstraint(["session_id"], ["event_sessions.id"], name=op.f("fk_pledges_session_id")),
        sa.ForeignKeyConstraint(["unit_id"], ["units.id"], name=op.f("fk_pledges_unit_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_pledges")),
        sa.UniqueConstraint("origin", name=op.f("uq_pledges_origin")),
        sa.UniqueConstraint("slug", name=op.f("uq_pledges_slug")),
    )
    with op.batch_alter_table("pledges", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_pledges_event_id"), ["event_id"], unique=False)
        batch_op.create_index("ix_pledges_public", ["status", "on"], unique=False)
        batch_op.create_index(batch_op.f("ix_pledges_unit_id"), ["unit_id"], unique=False)

    op.create_table(
        "programme_items",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("event_id", sa.Integer(), nullable=False),
        sa.Column("session_id", sa.Integer(), nullable=True),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("title", sa.String(), nullable=False),
        sa.Column(
            "kind",
            sa.Enum(
                "registrasi",
                "pembukaan",
                "lagu_kebangsaan",
                "sambutan",
                "arahan",
                "paparan",
                "diskusi",
                "doa",
                "ikrar",
                "penampilan",
                "istirahat_salat",
                "foto_bersama",
                "penutup",
                "lain",
                name="itemkind",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column("minutes", sa.Integer(), nullable=False),
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
            nullable=True,
        ),
        sa.Column("leader_name", sa.String(), nullable=False),
        sa.Column("leader_id", sa.Integer(), nullable=True),
        sa.Column("represented_by", sa.String(), nullable=False),
        sa.Column("absent_note", sa.String(), nullable=False),
        sa.CheckConstraint("minutes BETWEEN 0 AND 1440", name=op.f("ck_programme_items_minutes_in_a_day")),
        sa.ForeignKeyConstraint(
            ["event_id"], ["events.id"], name=op.f("fk_programme_items_event_id"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(["leader_id"], ["people.id"], name=op.f("fk_programme_items_leader_id")),
        sa.ForeignKeyConstraint(
            ["session_id"],
            ["event_sessions.id"],
            name=op.f("fk_programme_items_session_id"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_programme_items")),
    )
    with op.batch_alter_table("programme_items", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_programme_items_event_id"), ["event_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_programme_items_leader_id"), ["leader_id"], unique=False)

    op.create_table(
        "report_presences",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("report_id", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("institution", sa.String(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("represented_by", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(
            ["report_id"],
            ["activity_reports.id"],
            name=op.f("fk_report_presences_report_id"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_report_presences")),
    )
    with op.batch_alter_table("report_presences", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_report_presences_report_id"), ["report_id"], unique=False)

    op.create_table(
        "report_quotes",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("report_id", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("speaker", sa.String(), nullable=False),
        sa.Column("capacity", sa.String(), nullable=False),
        sa.Column("text", sa.String(), nullable=False),
        sa.Column("approved_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["report_id"],
            ["activity_reports.id"],
            name=op.f("fk_report_quotes_report_id"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_report_quotes")),
    )
    with op.batch_alter_table("report_quotes", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_report_quotes_report_id"), ["report_id"], unique=False)

    op.create_table(
        "seat_pools",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("event_id", sa.Integer(), nullable=False),
        sa.Column("session_id", sa.Integer(), nullable=True),
        sa.Column(
            "purpose",
            sa.Enum("hadir", name="seatpurpose", native_enum=False, create_constraint=True, length=32),
            nullable=False,
        ),
        sa.Column("capacity", sa.Integer(), nullable=True),
        sa.Column("taken", sa.Integer(), nullable=False),
        sa.Column("open", sa.Boolean(), nullable=False),
        sa.CheckConstraint("capacity IS NULL OR capacity > 0", name=op.f("ck_seat_pools_capacity_positive")),
        sa.CheckConstraint(
            "capacity IS NULL OR taken <= capacity", name=op.f("ck_seat_pools_taken_within_capacity")
        ),
        sa.CheckConstraint("taken >= 0", name=op.f("ck_seat_pools_taken_not_negative")),
        sa.ForeignKeyConstraint(
            ["event_id"], ["events.id"], name=op.f("fk_seat_pools_event_id"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["session_id"], ["event_sessions.id"], name=op.f("fk_seat_pools_session_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_seat_pools")),
        sa.UniqueConstraint("event_id", "session_id", "purpose", name="uq_seat_pools_session"),
    )
    with op.batch_alter_table("seat_pools", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_seat_pools_session_id"), ["session_id"], unique=False)
        batch_op.create_index(
            "uq_seat_pools_event",
            ["event_id", "purpose"],
            unique=True,
            sqlite_where=sa.text("session_id IS NULL"),
            postgresql_where=sa.text("session_id IS NULL"),
        )

    op.create_table(
        "pledge_checkpoints",
        sa.Column("pledge_id", sa.Integer(), nullable=False),
        sa.Column("size", sa.Integer(), nullable=False),
        sa.Column("note", sa.Text(), nullable=False),
        sa.Column("sealed_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["pledge_id"], ["pledges.id"], name=op.f("fk_pledge_checkpoints_pledge_id")),
        sa.PrimaryKeyConstraint("pledge_id", "size", name=op.f("pk_pledge_checkpoints")),
    )
    op.create_table(
        "pledge_log_entries",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("pledge_id", sa.Integer(), nullable=False),
        sa.Column(
            "kind",
            sa.Enum(
                "lembaga",
                "tanda_tangan",
                "pemastian",
                "pencabutan",
                name="leafkind",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column("leaf", sa.Text(), nullable=False),
        sa.Column("commitment", sa.String(), nullable=False),
        sa.Column("queued_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("number", sa.Integer(), nullable=True),
        sa.Column("sealed_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["pledge_id"], ["pledges.id"], name=op.f("fk_pledge_log_entries_pledge_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_pledge_log_entries")),
        sa.UniqueConstraint("pledge_id", "number", name="uq_pledge_log_entries_number"),
    )
    with op.batch_alter_table("pledge_log_entries", schema=None) as batch_op:
        batch_op.create_index("ix_pledge_log_entries_commitment", ["commitment"], unique=False)
        batch_op.create_index(batch_op.f("ix_pledge_log_entries_pledge_id"), ["pledge_id"], unique=False)
        batch_op.create_index(
            "ix_pledge_log_entries_waiting",
            ["id"],
            unique=False,
            sqlite_where=sa.text("number IS NULL"),
            postgresql_where=sa.text("number IS NULL"),
        )

    op.create_table(
        "pledge_log_nodes",
        sa.Column("pledge_id", sa.Integer(), nullable=False),
        sa.Column("level", sa.Integer(), nullable=False),
        sa.Column("index", sa.Integer(), nullable=False),
        sa.Column("hash", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(["pledge_id"], ["pledges.id"], name=op.f("fk_pledge_log_nodes_pledge_id")),
        sa.PrimaryKeyConstraint("pledge_id", "level", "index", name=op.f("pk_pledge_log_nodes")),
    )
    op.create_table(
        "pledge_logs",
        sa.Column("pledge_id", sa.Integer(), nullable=False),
        sa.Column("size", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["pledge_id"], ["pledges.id"], name=op.f("fk_pledge_logs_pledge_id")),
        sa.PrimaryKeyConstraint("pledge_id", name=op.f("pk_pledge_logs")),
    )
    op.create_table(
        "pledge_points",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("pledge_id", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["pledge_id"], ["pledges.id"], name=op.f("fk_pledge_points_pledge_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_pledge_points")),
        sa.UniqueConstraint("pledge_id", "position", name="uq_pledge_points_position"),
    )
    op.create_table(
        "pledge_signatories",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("pledge_id", sa.Integer(), nullable=False),
        sa.Column("organisation_id", sa.Integer(), nullable=False),
        sa.Column("institution", sa.String(), nullable=False),
        sa.Column(
            "part",
            sa.Enum(
                "pihak", "saksi", name="signatorypart", native_enum=False, create_constraint=True, length=32
            ),
            nullable=False,
        ),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("capacity", sa.String(), nullable=False),
        sa.Column("order", sa.Integer(), nullable=False),
        sa.Column("ballot_number", sa.Integer(), nullable=True),
        sa.Column("represented_by", sa.String(), nullable=False),
        sa.Column(
            "state",
            sa.Enum(
                "diundang",
                "hadir",
                "menandatangani",
                "menolak",
                "belum",
                name="signatorystate",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column("signed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("ink", sa.Text(), nullable=False),
        sa.Column("salt", sa.LargeBinary(), nullable=True),
        sa.CheckConstraint(
            "(state = 'menandatangani') = (signed_at IS NOT NULL)",
            name=op.f("ck_pledge_signatories_signed_exactly_with_moment"),
        ),
        sa.ForeignKeyConstraint(
            ["organisation_id"], ["organisations.id"], name=op.f("fk_pledge_signatories_organisation_id")
        ),
        sa.ForeignKeyConstraint(["pledge_id"], ["pledges.id"], name=op.f("fk_pledge_signatories_pledge_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_pledge_signatories")),
        sa.UniqueConstraint("pledge_id", "organisation_id", name="uq_pledge_signatories_organisation"),
    )
    with op.batch_alter_table("pledge_signatories", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_pledge_signatories_organisation_id"), ["organisation_id"], unique=False
        )
        batch_op.create_index(batch_op.f("ix_pledge_signatories_pledge_id"), ["pledge_id"], unique=False)

    op.create_table(
        "pledge_signatures",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("pledge_id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("name_key", sa.String(), nullable=False),
        sa.Column("phone_sealed", sa.LargeBinary(), nullable=True),
        sa.Column("phone_hash", sa.String(), nullable=True),
        sa.Column("phone_end", sa.String(), nullable=False),
        sa.Column("district_code", sa.String(), nullable=False),
        sa.Column("shown", sa.Boolean(), nullable=False),
        sa.Column(
            "way",
            sa.Enum(
                "di_tempat",
                "daring_terverifikasi",
                "kertas",
                "belum_terverifikasi",
                name="signway",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column("submission_key", sa.String(), nullable=True),
        sa.Column("check_code", sa.String(), nullable=False),
        sa.Column("manage_hash", sa.String(), nullable=True),
        sa.Column("signed_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("confirmed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("confirmed_by_id", sa.Integer(), nullable=True),
        sa.Column("struck_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("struck_by_id", sa.Integer(), nullable=True),
        sa.Column("strike_reason", sa.String(), nullable=False),
        sa.Column("erased_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("repeat_of_id", sa.Integer(), nullable=True),
        sa.Column("sheet", sa.String(), nullable=False),
        sa.Column("consent", sa.String(), nullable=False),
        sa.Column("network_hash", sa.String(), nullable=True),
        sa.Column("salt", sa.LargeBinary(), nullable=True),
        sa.Column("commitment", sa.String(), nullable=False),
        sa.CheckConstraint(
            "way = 'kertas' OR submission_key IS NOT NULL", name=op.f("ck_pledge_signatures_public_has_key")
        ),
        sa.ForeignKeyConstraint(
            ["confirmed_by_id"], ["people.id"], name=op.f("fk_pledge_signatures_confirmed_by_id")
        ),
        sa.ForeignKeyConstraint(
            ["district_code"], ["regions.code"], name=op.f("fk_pledge_signatures_district_code")
        ),
        sa.ForeignKeyConstraint(["pledge_id"], ["pledges.id"], name=op.f("fk_pledge_signatures_pledge_id")),
        sa.ForeignKeyConstraint(
            ["repeat_of_id"], ["pledge_signatures.id"], name=op.f("fk_pledge_signatures_repeat_of_id")
        ),
        sa.ForeignKeyConstraint(
            ["struck_by_id"], ["people.id"], name=op.f("fk_pledge_signatures_struck_by_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_pledge_signatures")),
        sa.UniqueConstraint("check_code", name=op.f("uq_pledge_signatures_check_code")),
        sa.UniqueConstraint("manage_hash", name=op.f("uq_pledge_signatures_manage_hash")),
        sa.UniqueConstraint("pledge_id", "submission_key", name="uq_pledge_signatures_submission"),
    )
    with op.batch_alter_table("pledge_signatures", schema=None) as batch_op:
        batch_op.create_index(
            "ix_pledge_signatures_counts",
            ["pledge_id", "way", "district_code"],
            unique=False,
            sqlite_where=sa.text("struck_at IS NULL AND repeat_of_id IS NULL"),
            postgresql_where=sa.text("struck_at IS NULL AND repeat_of_id IS NULL"),
        )
        batch_op.create_index("ix_pledge_signatures_phone", ["pledge_id", "phone_hash"], unique=False)
        batch_op.create_index(
            "ix_pledge_signatures_shown",
            ["pledge_id", "id"],
            unique=False,
            sqlite_where=sa.text(
                "struck_at IS NULL AND repeat_of_id IS NULL AND shown AND way <> 'belum_terverifikasi'"
            ),
            postgresql_where=sa.text(
                "struck_at IS NULL AND repeat_of_id IS NULL AND shown AND way <> 'belum_terverifikasi'"
            ),
        )
        batch_op.create_index(
            "uq_pledge_signatures_living",
            ["pledge_id", "phone_hash", "name_key"],
            unique=True,
            sqlite_where=sa.text("struck_at IS NULL AND repeat_of_id IS NULL"),
            postgresql_where=sa.text("struck_at IS NULL AND repeat_of_id IS NULL"),
        )

    op.create_table(
        "registrations",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("event_id", sa.Integer(), nullable=False),
        sa.Column("pool_id", sa.Integer(), nullable=False),
        sa.Column(
            "kind",
            sa.Enum(
                "perorangan",
                "langsung",
                "lembaga",
                name="registrationkind",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column(
            "channel",
            sa.Enum(
                "daring",
                "meja",
                "undangan",
                name="channel",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column(
            "status",
            sa.Enum(
                "terdaftar",
                "menunggu",
                "batal",
                "ganda",
                name="registrationstatus",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column(
            "shown_as",
            sa.Enum(
                "terdaftar",
                "menunggu",
                "batal",
                "ganda",
                name="shown_as",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=True,
        ),
        sa.Column("check_code", sa.String(), nullable=False),
        sa.Column("manage_hash", sa.String(), nullable=False),
        sa.Column("manage_sealed", sa.LargeBinary(), nullable=False),
        sa.Column("submission_hash", sa.String(), nullable=True),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("name_folded", sa.String(), nullable=False),
        sa.Column("phone_sealed", sa.LargeBinary(), nullable=True),
        sa.Column("phone_hash", sa.String(), nullable=True),
        sa.Column("phone_mask", sa.String(), nullable=False),
        sa.Column("party_size", sa.Integer(), nullable=False),
        sa.Column("seats_held", sa.Integer(), nullable=False),
        sa.Column("district_code", sa.String(), nullable=True),
        sa.Column("organisation_id", sa.Integer(), nullable=True),
        sa.Column("organisation_name", sa.String(), nullable=False),
        sa.Column("office", sa.String(), nullable=False),
        sa.Column("represented_by", sa.String(), nullable=False),
        sa.Column("invitee_id", sa.Integer(), nullable=True),
        sa.Column("duplicate_of_id", sa.Integer(), nullable=True),
        sa.Column("note", sa.String(), nullable=False),
        sa.Column("outside_capacity", sa.Boolean(), nullable=False),
        sa.Column("registered_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("waiting_since", sa.DateTime(timezone=True), nullable=True),
        sa.Column("cancelled_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("checked_in_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("checked_in_count", sa.Integer(), nullable=False),
        sa.Column("checked_in_by_id", sa.Integer(), nullable=True),
        sa.Column("erased_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint(
            "checked_in_at IS NULL OR status = 'terdaftar'",
            name=op.f("ck_registrations_only_confirmed_check_in"),
        ),
        sa.CheckConstraint(
            "seats_held = 0 OR status = 'terdaftar'", name=op.f("ck_registrations_only_confirmed_hold_seats")
        ),
        sa.CheckConstraint(
            "party_size BETWEEN 1 AND 1000", name=op.f("ck_registrations_party_size_in_range")
        ),
        sa.CheckConstraint("seats_held IN (0, party_size)", name=op.f("ck_registrations_seats_all_or_none")),
        sa.ForeignKeyConstraint(
            ["checked_in_by_id"], ["people.id"], name=op.f("fk_registrations_checked_in_by_id")
        ),
        sa.ForeignKeyConstraint(
            ["district_code"], ["regions.code"], name=op.f("fk_registrations_district_code")
        ),
        sa.ForeignKeyConstraint(
            ["duplicate_of_id"], ["registrations.id"], name=op.f("fk_registrations_duplicate_of_id")
        ),
        sa.ForeignKeyConstraint(
            ["event_id"], ["events.id"], name=op.f("fk_registrations_event_id"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["organisation_id"], ["organisations.id"], name=op.f("fk_registrations_organisation_id")
        ),
        sa.ForeignKeyConstraint(
            ["pool_id"], ["seat_pools.id"], name=op.f("fk_registrations_pool_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_registrations")),
        sa.UniqueConstraint("check_code", name=op.f("uq_registrations_check_code")),
        sa.UniqueConstraint("invitee_id", name=op.f("uq_registrations_invitee_id")),
        sa.UniqueConstraint("manage_hash", name=op.f("uq_registrations_manage_hash")),
        sa.UniqueConstraint("submission_hash", name=op.f("uq_registrations_submission_hash")),
    )
    with op.batch_alter_table("registrations", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_registrations_duplicate_of_id"), ["duplicate_of_id"], unique=False
        )
        batch_op.create_index("ix_registrations_list", ["event_id", "status", "name_folded"], unique=False)
        batch_op.create_index(
            "ix_registrations_waiting", ["pool_id", "status", "waiting_since", "id"], unique=False
        )
        batch_op.create_index(
            "uq_registrations_living_phone",
            ["event_id", "phone_hash"],
            unique=True,
            sqlite_where=sa.text(
                "phone_hash IS NOT NULL AND kind = 'perorangan' AND status IN ('terdaftar', 'menunggu')"
            ),
            postgresql_where=sa.text(
                "phone_hash IS NOT NULL AND kind = 'perorangan' AND status IN ('terdaftar', 'menunggu')"
            ),
        )

    op.create_table(
        "registration_consents",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("registration_id", sa.Integer(), nullable=False),
        sa.Column("purpose", sa.String(), nullable=False),
        sa.Column("text_version", sa.String(), nullable=False),
        sa.Column("given_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("withdrawn_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["registration_id"],
            ["registrations.id"],
            name=op.f("fk_registration_consents_registration_id"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_registration_consents")),
    )
    with op.batch_alter_table("registration_consents", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_registration_consents_registration_id"), ["registration_id"], unique=False
        )
    for statement in STATEMENTS[op.get_bind().dialect.name]:
        op.get_bind().exec_driver_sql(statement)


def downgrade() -> None:
    """Take everything away again."""
    if op.get_bind().dialect.name == "sqlite":
        op.execute("DROP TABLE search_index")
    with op.batch_alter_table("registration_consents", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_registration_consents_registration_id"))

    op.drop_table("registration_consents")
    with op.batch_alter_table("registrations", schema=None) as batch_op:
        batch_op.drop_index(
            "uq_registrations_living_phone",
            sqlite_where=sa.text(
                "phone_hash IS NOT NULL AND kind = 'perorangan' AND status IN ('terdaftar', 'menunggu')"
            ),
            postgresql_where=sa.text(
                "phone_hash IS NOT NULL AND kind = 'perorangan' AND status IN ('terdaftar', 'menunggu')"
            ),
        )
        batch_op.drop_index("ix_registrations_waiting")
        batch_op.drop_index("ix_registrations_list")
        batch_op.drop_index(batch_op.f("ix_registrations_duplicate_of_id"))

    op.drop_table("registrations")
    with op.batch_alter_table("pledge_signatures", schema=None) as batch_op:
        batch_op.drop_index(
            "uq_pledge_signatures_living",
            sqlite_where=sa.text("struck_at IS NULL AND repeat_of_id IS NULL"),
            postgresql_where=sa.text("struck_at IS NULL AND repeat_of_id IS NULL"),
        )
        batch_op.drop_index(
            "ix_pledge_signatures_shown",
            sqlite_where=sa.text(
                "struck_at IS NULL AND repeat_of_id IS NULL AND shown AND way <> 'belum_terverifikasi'"
            ),
            postgresql_where=sa.text(
                "struck_at IS NULL AND repeat_of_id IS NULL AND shown AND way <> 'belum_terverifikasi'"
            ),
        )
        batch_op.drop_index("ix_pledge_signatures_phone")
        batch_op.drop_index(
            "ix_pledge_signatures_counts",
            sqlite_where=sa.text("struck_at IS NULL AND repeat_of_id IS NULL"),
            postgresql_where=sa.text("struck_at IS NULL AND repeat_of_id IS NULL"),
        )

    op.drop_table("pledge_signatures")
    with op.batch_alter_table("pledge_signatories", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_pledge_signatories_pledge_id"))
        batch_op.drop_index(batch_op.f("ix_pledge_signatories_organisation_id"))

    op.drop_table("pledge_signatories")
    op.drop_table("pledge_points")
    op.drop_table("pledge_logs")
    op.drop_table("pledge_log_nodes")
    with op.batch_alter_table("pledge_log_entries", schema=None) as batch_op:
        batch_op.drop_index(
            "ix_pledge_log_entries_waiting",
            sqlite_where=sa.text("number IS NULL"),
            postgresql_where=sa.text("number IS NULL"),
        )
        batch_op.drop_index(batch_op.f("ix_pledge_log_entries_pledge_id"))
        batch_op.drop_index("ix_pledge_log_entries_commitment")

    op.drop_table("pledge_log_entries")
    op.drop_table("pledge_checkpoints")
    with op.batch_alter_table("seat_pools", schema=None) as batch_op:
        batch_op.drop_index(
            "uq_seat_pools_event",
            sqlite_where=sa.text("session_id IS NULL"),
            postgresql_where=sa.text("session_id IS NULL"),
        )
        batch_op.drop_index(batch_op.f("ix_seat_pools_session_id"))

    op.drop_table("seat_pools")
    with op.batch_alter_table("report_quotes", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_report_quotes_report_id"))

    op.drop_table("report_quotes")
    with op.batch_alter_table("report_presences", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_report_presences_report_id"))

    op.drop_table("report_presences")
    with op.batch_alter_table("programme_items", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_programme_items_leader_id"))
        batch_op.drop_index(batch_op.f("ix_programme_items_event_id"))

    op.drop_table("programme_items")
    with op.batch_alter_table("pledges", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_pledges_unit_id"))
        batch_op.drop_index("ix_pledges_public")
        batch_op.drop_index(batch_op.f("ix_pledges_event_id"))

    op.drop_table("pledges")
    with op.batch_alter_table("minutes_speakers", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_minutes_speakers_minutes_id"))

    op.drop_table("minutes_speakers")
    with op.batch_alter_table("follow_ups", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_follow_ups_unit_id"))
        batch_op.drop_index("ix_follow_ups_open")
        batch_op.drop_index(batch_op.f("ix_follow_ups_minutes_id"))

    op.drop_table("follow_ups")
    with op.batch_alter_table("corrections", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_corrections_article_id"))

    op.drop_table("corrections")
    op.drop_table("article_revisions")
    with op.batch_alter_table("article_districts", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_article_districts_region_code"))

    op.drop_table("article_districts")
    with op.batch_alter_table("addressees", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_addressees_organisation_id"))
        batch_op.drop_index(batch_op.f("ix_addressees_letter_id"))

    op.drop_table("addressees")
    with op.batch_alter_table("notice_districts", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_notice_districts_region_code"))

    op.drop_table("notice_districts")
    with op.batch_alter_table("minutes", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_minutes_unit_id"))
        batch_op.drop_index(batch_op.f("ix_minutes_event_id"))

    op.drop_table("minutes")
    with op.batch_alter_table("letters", schema=None) as batch_op:
        batch_op.drop_index("ix_letters_unit_status")
        batch_op.drop_index(batch_op.f("ix_letters_event_id"))

    op.drop_table("letters")
    with op.batch_alter_table("letter_counters", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_letter_counters_series_id"))

    op.drop_table("letter_counters")
    with op.batch_alter_table("leaders", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_leaders_unit_id"))

    op.drop_table("leaders")
    with op.batch_alter_table("guard_overrides", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_guard_overrides_event_id"))

    op.drop_table("guard_overrides")
    with op.batch_alter_table("event_sessions", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_event_sessions_event_id"))

    op.drop_table("event_sessions")
    with op.batch_alter_table("event_notes", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_event_notes_event_id"))

    op.drop_table("event_notes")
    op.drop_table("event_kinds")
    op.drop_table("event_faiths")
    with op.batch_alter_table("articles", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_articles_written_by_id"))
        batch_op.drop_index(batch_op.f("ix_articles_unit_id"))
        batch_op.drop_index("ix_articles_public")
        batch_op.drop_index(batch_op.f("ix_articles_event_id"))
        batch_op.drop_index(batch_op.f("ix_articles_cover_id"))

    op.drop_table("articles")
    with op.batch_alter_table("activity_reports", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_activity_reports_unit_id"))
        batch_op.drop_index(batch_op.f("ix_activity_reports_event_id"))

    op.drop_table("activity_reports")
    op.drop_table("unit_districts")
    with op.batch_alter_table("role_assignments", schema=None) as batch_op:
        batch_op.drop_index(
            "uq_role_assignments_living",
            sqlite_where=sa.text("ended_at IS NULL"),
            postgresql_where=sa.text("ended_at IS NULL"),
        )
        batch_op.drop_index(batch_op.f("ix_role_assignments_unit_id"))
        batch_op.drop_index(batch_op.f("ix_role_assignments_person_id"))

    op.drop_table("role_assignments")
    with op.batch_alter_table("problem_reports", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_problem_reports_unit_id"))
        batch_op.drop_index(batch_op.f("ix_problem_reports_at"))

    op.drop_table("problem_reports")
    with op.batch_alter_table("photos", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_photos_uploaded_by_id"))
        batch_op.drop_index("ix_photos_unit_uploaded")
        batch_op.drop_index(batch_op.f("ix_photos_key"))

    op.drop_table("photos")
    op.drop_table("person_tokens")
    with op.batch_alter_table("organisations", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_organisations_unit_id"))

    op.drop_table("organisations")
    with op.batch_alter_table("notices", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_notices_written_by_id"))
        batch_op.drop_index(batch_op.f("ix_notices_unit_id"))
        batch_op.drop_index(batch_op.f("ix_notices_replaces_id"))
        batch_op.drop_index("ix_notices_public")

    op.drop_table("notices")
    with op.batch_alter_table("letter_series", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_letter_series_unit_id"))

    op.drop_table("letter_series")
    with op.batch_alter_table("events", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_events_venue_id"))
        batch_op.drop_index(batch_op.f("ix_events_unit_id"))
        batch_op.drop_index(batch_op.f("ix_events_starts_at"))
        batch_op.drop_index("ix_events_public")
        batch_op.drop_index(batch_op.f("ix_events_proposer_id"))
        batch_op.drop_index("ix_events_district_start")

    op.drop_table("events")
    with op.batch_alter_table("election_stages", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_election_stages_election_id"))

    op.drop_table("election_stages")
    with op.batch_alter_table("candidate_pairs", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_candidate_pairs_election_id"))

    op.drop_table("candidate_pairs")
    with op.batch_alter_table("venues", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_venues_district_code"))

    op.drop_table("venues")
    with op.batch_alter_table("units", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_units_path"))
        batch_op.drop_index(batch_op.f("ix_units_parent_id"))

    op.drop_table("units")
    with op.batch_alter_table("sign_in_sessions", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_sign_in_sessions_person_id"))

    op.drop_table("sign_in_sessions")
    with op.batch_alter_table("recovery_codes", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_recovery_codes_person_id"))

    op.drop_table("recovery_codes")
    with op.batch_alter_table("holy_days", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_holy_days_on"))

    op.drop_table("holy_days")
    op.drop_table("elections")
    op.drop_table("search_documents")
    with op.batch_alter_table("regions", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_regions_parent_code"))

    op.drop_table("regions")
    op.drop_table("people")
    with op.batch_alter_table("outbox_messages", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_outbox_messages_unit_id"))
        batch_op.drop_index("ix_outbox_messages_due")

    op.drop_table("outbox_messages")
    op.drop_table("old_slugs")
    with op.batch_alter_table("jobs", schema=None) as batch_op:
        batch_op.drop_index("ix_jobs_due")

    op.drop_table("jobs")
    with op.batch_alter_table("audit_entries", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_audit_entries_unit_id"))
        batch_op.drop_index(batch_op.f("ix_audit_entries_tag"))
        batch_op.drop_index("ix_audit_entries_subject")
        batch_op.drop_index(batch_op.f("ix_audit_entries_by_id"))
        batch_op.drop_index(batch_op.f("ix_audit_entries_at"))

    op.drop_table("audit_entries")
    with op.batch_alter_table("attempts", schema=None) as batch_op:
        batch_op.drop_index("ix_attempts_who")

    op.drop_table("attempts")
    if op.get_bind().dialect.name == "postgresql":
        for name in FUNCTIONS:
            op.execute(f"DROP FUNCTION {name}()")
