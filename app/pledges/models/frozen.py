"""What the database itself refuses: rewriting what was signed."""

_FROZEN = "the text of a signed pledge never changes"
_GROWS = "the log of a pledge only grows"
_TEXT_COLUMNS = (
    "origin",
    "title",
    "preamble",
    "occasion",
    "place",
    "reader",
    '"on"',
    "text_hash",
    "frozen_at",
)


def _sqlite_triggers() -> list[str]:
    changed = " OR ".join(f"NEW.{column} IS NOT OLD.{column}" for column in _TEXT_COLUMNS)
    frozen = "(SELECT frozen_at FROM pledges WHERE id = {row}.pledge_id) IS NOT NULL"
    old, new = frozen.format(row="OLD"), frozen.format(row="NEW")

    def trigger(name: str, moment: str, table: str, when: str, words: str) -> str:
        condition = f"WHEN {when} " if when else ""
        return (
            f"CREATE TRIGGER {name} BEFORE {moment} ON {table} {condition}"
            f"BEGIN SELECT RAISE(ABORT, '{words}'); END"
        )

    return [
        trigger(
            "pledges_text_frozen",
            "UPDATE",
            "pledges",
            f"OLD.frozen_at IS NOT NULL AND ({changed})",
            _FROZEN,
        ),
        trigger("pledges_frozen_stay", "DELETE", "pledges", "OLD.frozen_at IS NOT NULL", _FROZEN),
        trigger("pledge_points_frozen_insert", "INSERT", "pledge_points", new, _FROZEN),
        trigger("pledge_points_frozen_update", "UPDATE", "pledge_points", f"{old} OR {new}", _FROZEN),
        trigger("pledge_points_frozen_delete", "DELETE", "pledge_points", old, _FROZEN),
        trigger(
            "pledge_signatures_stay", "DELETE", "pledge_signatures", "", "signatures are struck, not deleted"
        ),
        trigger(
            "pledge_log_entries_fixed",
            "UPDATE",
            "pledge_log_entries",
            "OLD.number IS NOT NULL OR NEW.pledge_id IS NOT OLD.pledge_id "
            "OR (NEW.leaf IS NOT OLD.leaf AND NEW.number IS NULL)",
            _GROWS,
        ),
        *[
            trigger(f"{table}_no_{moment.lower()}", moment, table, "", _GROWS)
            for table, moments in (
                ("pledge_log_entries", ("DELETE",)),
                ("pledge_log_nodes", ("UPDATE", "DELETE")),
                ("pledge_checkpoints", ("UPDATE", "DELETE")),
            )
            for moment in moments
        ],
    ]


def _postgresql_triggers() -> list[str]:
    changed = " OR ".join(f"NEW.{column} IS DISTINCT FROM OLD.{column}" for column in _TEXT_COLUMNS)

    def function(name: str, body: str) -> str:
        return f"CREATE FUNCTION {name}() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN {body} END $$"

    def trigger(name: str, moments: str, table: str, when: str, run: str) -> str:
        condition = f"WHEN ({when}) " if when else ""
        return (
            f"CREATE TRIGGER {name} BEFORE {moments} ON {table} FOR EACH ROW {condition}"
            f"EXECUTE FUNCTION {run}()"
        )

    return [
        function("refuse_frozen_pledge_change", f"RAISE EXCEPTION '{_FROZEN}';"),
        function(
            "refuse_frozen_point_change",
            "IF (TG_OP <> 'INSERT' AND EXISTS (SELECT 1 FROM pledges WHERE id = OLD.pledge_id "
            "AND frozen_at IS NOT NULL)) OR (TG_OP <> 'DELETE' AND EXISTS (SELECT 1 FROM pledges "
            "WHERE id = NEW.pledge_id AND frozen_at IS NOT NULL)) THEN "
            "RAISE EXCEPTION 'the text of a signed pledge never changes'; END IF; "
            "IF TG_OP = 'DELETE' THEN RETURN OLD; END IF; RETURN NEW;",
        ),
        function("refuse_signature_removal", "RAISE EXCEPTION 'signatures are struck, not deleted';"),
        function("refuse_pledge_log_change", f"RAISE EXCEPTION '{_GROWS}';"),
        trigger(
            "pledges_text_frozen",
            "UPDATE",
            "pledges",
            f"OLD.frozen_at IS NOT NULL AND ({changed})",
            "refuse_frozen_pledge_change",
        ),
        trigger(
            "pledges_frozen_stay",
            "DELETE",
            "pledges",
            "OLD.frozen_at IS NOT NULL",
            "refuse_frozen_pledge_change",
        ),
        trigger(
            "pledge_points_frozen",
            "INSERT OR UPDATE OR DELETE",
            "pledge_points",
            "",
            "refuse_frozen_point_change",
        ),
        trigger("pledge_signatures_stay", "DELETE", "pledge_signatures", "", "refuse_signature_removal"),
        trigger(
            "pledge_log_entries_fixed",
            "UPDATE",
            "pledge_log_entries",
            "OLD.number IS NOT NULL OR NEW.pledge_id IS DISTINCT FROM OLD.pledge_id "
            "OR (NEW.leaf IS DISTINCT FROM OLD.leaf AND NEW.number IS NULL)",
            "refuse_pledge_log_change",
        ),
        trigger("pledge_log_entries_stay", "DELETE", "pledge_log_entries", "", "refuse_pledge_log_change"),
        trigger(
            "pledge_log_nodes_fixed", "UPDATE OR DELETE", "pledge_log_nodes", "", "refuse_pledge_log_change"
        ),
        trigger(
            "pledge_checkpoints_fixed",
            "UPDATE OR DELETE",
            "pledge_checkpoints",
            "",
            "refuse_pledge_log_change",
        ),
    ]


# What was signed cannot be rewritten, not even past the actions.
FROZEN_TEXT = {"sqlite": _sqlite_triggers(), "postgresql": _postgresql_triggers()}
