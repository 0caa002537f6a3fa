"""The database's own refusal to change or delete an entry 存证不可改: triggers, for the migration."""

from __future__ import annotations

MESSAGE = "an entry of the ledger is never changed or deleted"


def create_sql(dialect: str) -> list[str]:
    """The statements that create the triggers on ``ledger_entry``.

    Args:
        dialect: name of the SQLAlchemy dialect, ``sqlite`` or ``postgresql``.

    Raises:
        ValueError: for another dialect.
    """
    if dialect == "sqlite":
        return [
            f"CREATE TRIGGER ledger_entry_no_{event.lower()} BEFORE {event} ON ledger_entry "
            f"BEGIN SELECT RAISE(ABORT, '{MESSAGE}'); END"
            for event in ("UPDATE", "DELETE")
        ]
    if dialect == "postgresql":
        return [
            "CREATE FUNCTION ledger_entry_refuse() RETURNS trigger LANGUAGE plpgsql AS "
            f"$$ BEGIN RAISE EXCEPTION '{MESSAGE}'; END $$",
            "CREATE TRIGGER ledger_entry_no_change BEFORE UPDATE OR DELETE ON ledger_entry "
            "FOR EACH ROW EXECUTE FUNCTION ledger_entry_refuse()",
            "CREATE TRIGGER ledger_entry_no_truncate BEFORE TRUNCATE ON ledger_entry "
            "FOR EACH STATEMENT EXECUTE FUNCTION ledger_entry_refuse()",
        ]
    raise ValueError(f"no triggers for {dialect}")


def drop_sql(dialect: str) -> list[str]:
    """The statements that take the triggers away again (a migration's way back); arguments as :func:`create_sql`."""
    if dialect == "sqlite":
        return [f"DROP TRIGGER IF EXISTS ledger_entry_no_{event}" for event in ("update", "delete")]
    if dialect == "postgresql":
        return [
            "DROP TRIGGER IF EXISTS ledger_entry_no_truncate ON ledger_entry",
            "DROP TRIGGER IF EXISTS ledger_entry_no_change ON ledger_entry",
            "DROP FUNCTION IF EXISTS ledger_entry_refuse()",
        ]
    raise ValueError(f"no triggers for {dialect}")
