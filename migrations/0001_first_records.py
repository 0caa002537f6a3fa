"""The first records, and the triggers that keep the ledger from being changed."""

import sqlalchemy as sa
from alembic import op

from trading.ledger.triggers import create_sql, drop_sql

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Create all tables and the triggers."""
    op.create_table(
        "checkpoint",
        sa.Column("size", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("root", sa.LargeBinary(length=32), nullable=False),
        sa.Column("note", sa.Text(), nullable=False),
        sa.Column("cut_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("cosigned_at", sa.DateTime(timezone=True), nullable=True),
        sa.PrimaryKeyConstraint("size", name=op.f("pk_checkpoint")),
    )
    op.create_table(
        "expert",
        sa.Column("id", sa.String(length=20), nullable=False),
        sa.Column("pool_number", sa.String(length=64), nullable=False),
        sa.Column("pool", sa.String(length=40), nullable=False),
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column("identity_number", sa.String(length=64), nullable=False),
        sa.Column("phone", sa.String(length=64), nullable=False),
        sa.Column("employer", sa.String(length=200), nullable=False),
        sa.Column("employer_uscc", sa.String(length=18), nullable=False),
        sa.Column("specialties", sa.JSON(), nullable=False),
        sa.Column("title", sa.String(length=200), nullable=False),
        sa.Column("senior_title", sa.Boolean(), nullable=False),
        sa.Column("years_in_field", sa.Integer(), nullable=False),
        sa.Column("active", sa.Boolean(), nullable=False),
        sa.Column("suspended_until", sa.Date(), nullable=True),
        sa.Column("authority_staff", sa.Boolean(), nullable=False),
        sa.Column("punished", sa.Boolean(), nullable=False),
        sa.Column("employment_history", sa.JSON(), nullable=False),
        sa.Column("relatives", sa.JSON(), nullable=False),
        sa.Column("interests", sa.JSON(), nullable=False),
        sa.Column("imported_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("removed_on", sa.Date(), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_expert")),
        sa.UniqueConstraint("pool_number", name=op.f("uq_expert_pool_number")),
    )
    op.create_table(
        "ledger_chain_head",
        sa.Column("chain", sa.String(length=128), nullable=False),
        sa.Column("tseq", sa.BigInteger(), nullable=False),
        sa.Column("leaf", sa.LargeBinary(length=32), nullable=False),
        sa.Column("closed", sa.Boolean(), nullable=False),
        sa.PrimaryKeyConstraint("chain", name=op.f("pk_ledger_chain_head")),
    )
    op.create_table(
        "ledger_entry",
        sa.Column("seq", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("chain", sa.String(length=128), nullable=False),
        sa.Column("tseq", sa.BigInteger(), nullable=False),
        sa.Column("ts", sa.String(length=27), nullable=False),
        sa.Column("kind", sa.String(length=128), nullable=False),
        sa.Column("actor", sa.String(length=128), nullable=False),
        sa.Column("entry", sa.Text(), nullable=False),
        sa.Column("leaf", sa.LargeBinary(length=32), nullable=False),
        sa.Column("salt", sa.LargeBinary(length=32), nullable=True),
        sa.Column("body", sa.Text(), nullable=True),
        sa.PrimaryKeyConstraint("seq", name=op.f("pk_ledger_entry")),
        sa.UniqueConstraint("chain", "tseq", name=op.f("uq_ledger_entry_chain_tseq")),
    )
    op.create_index(op.f("ix_ledger_entry_kind"), "ledger_entry", ["kind"], unique=False)
    op.create_index(op.f("ix_ledger_entry_leaf"), "ledger_entry", ["leaf"], unique=False)
    op.create_table(
        "ledger_head",
        sa.Column("id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("frontier", sa.LargeBinary(), nullable=False),
        sa.Column("last_ts", sa.String(length=27), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_ledger_head")),
    )
    op.create_table(
        "login_attempt",
        sa.Column("id", sa.String(length=20), nullable=False),
        sa.Column("login", sa.String(length=64), nullable=False),
        sa.Column("address", sa.String(length=64), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_login_attempt")),
    )
    op.create_index("ix_login_attempt_address_at", "login_attempt", ["address", "at"], unique=False)
    op.create_index("ix_login_attempt_login_at", "login_attempt", ["login", "at"], unique=False)
    op.create_table(
        "organization",
        sa.Column("id", sa.String(length=20), nullable=False),
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column("uscc", sa.String(length=18), nullable=False),
        sa.Column("kind", sa.String(length=40), nullable=False),
        sa.Column("address", sa.String(length=200), nullable=False),
        sa.Column("contact_name", sa.String(length=200), nullable=False),
        sa.Column("contact_phone", sa.String(length=64), nullable=False),
        sa.Column("bank_name", sa.String(length=200), nullable=False),
        sa.Column("basic_account", sa.String(length=64), nullable=False),
        sa.Column("legal_representative", sa.String(length=200), nullable=False),
        sa.Column("registered_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("identity_checked_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("identity_answered_by_id", sa.String(length=20), nullable=True),
        sa.Column("identity_refusal", sa.Text(), nullable=True),
        sa.Column("identity_appeal", sa.Text(), nullable=True),
        sa.Column("identity_decision", sa.Text(), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_organization")),
        sa.UniqueConstraint("uscc", name=op.f("uq_organization_uscc")),
    )
    op.create_table(
        "affiliation",
        sa.Column("id", sa.String(length=20), nullable=False),
        sa.Column("organization_id", sa.String(length=20), nullable=False),
        sa.Column("related_uscc", sa.String(length=18), nullable=False),
        sa.Column("kind", sa.String(length=64), nullable=False),
        sa.ForeignKeyConstraint(
            ["organization_id"], ["organization.id"], name=op.f("fk_affiliation_organization_id_organization")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_affiliation")),
    )
    op.create_index(op.f("ix_affiliation_organization_id"), "affiliation", ["organization_id"], unique=False)
    op.create_table(
        "user_account",
        sa.Column("id", sa.String(length=20), nullable=False),
        sa.Column("login", sa.String(length=64), nullable=False),
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column("person", sa.String(length=64), nullable=False),
        sa.Column("role", sa.String(length=40), nullable=False),
        sa.Column("organization_id", sa.String(length=20), nullable=True),
        sa.Column("expert_id", sa.String(length=20), nullable=True),
        sa.Column("password", sa.String(length=200), nullable=False),
        sa.Column("password_is_temporary", sa.Boolean(), nullable=False),
        sa.Column("active", sa.Boolean(), nullable=False),
        sa.Column("session_epoch", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("last_login_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["expert_id"], ["expert.id"], name=op.f("fk_user_account_expert_id_expert")),
        sa.ForeignKeyConstraint(
            ["organization_id"], ["organization.id"], name=op.f("fk_user_account_organization_id_organization")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_user_account")),
        sa.UniqueConstraint("expert_id", name=op.f("uq_user_account_expert_id")),
        sa.UniqueConstraint("login", name=op.f("uq_user_account_login")),
    )
    op.create_index(op.f("ix_user_account_organization_id"), "user_account", ["organization_id"], unique=False)
    op.create_index(op.f("ix_user_account_person"), "user_account", ["person"], unique=False)
    op.create_table(
        "bank_profile",
        sa.Column("id", sa.String(length=20), nullable=False),
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column("encoding", sa.String(length=64), nullable=False),
        sa.Column("separator", sa.String(length=64), nullable=False),
        sa.Column("time_format", sa.String(length=64), nullable=False),
        sa.Column("columns", sa.JSON(), nullable=False),
        sa.Column("changed_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("changed_by_id", sa.String(length=20), nullable=False),
        sa.ForeignKeyConstraint(
            ["changed_by_id"], ["user_account.id"], name=op.f("fk_bank_profile_changed_by_id_user_account")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_bank_profile")),
        sa.UniqueConstraint("name", name=op.f("uq_bank_profile_name")),
    )
    op.create_index(op.f("ix_bank_profile_changed_by_id"), "bank_profile", ["changed_by_id"], unique=False)
    op.create_table(
        "calendar_reminder",
        sa.Column("id", sa.String(length=20), nullable=False),
        sa.Column("year", sa.Integer(), nullable=False),
        sa.Column("user_id", sa.String(length=20), nullable=False),
        sa.Column("told_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["user_id"], ["user_account.id"], name=op.f("fk_calendar_reminder_user_id_user_account")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_calendar_reminder")),
        sa.UniqueConstraint("year", "user_id", name=op.f("uq_calendar_reminder_year_user_id")),
    )
    op.create_index(op.f("ix_calendar_reminder_user_id"), "calendar_reminder", ["user_id"], unique=False)
    op.create_table(
        "expert_application",
        sa.Column("id", sa.String(length=20), nullable=False),
        sa.Column("user_id", sa.String(length=20), nullable=False),
        sa.Column("born_on", sa.Date(), nullable=False),
        sa.Column("phone", sa.String(length=64), nullable=False),
        sa.Column("employer", sa.String(length=200), nullable=False),
        sa.Column("employer_uscc", sa.String(length=18), nullable=False),
        sa.Column("employed", sa.Boolean(), nullable=False),
        sa.Column("title", sa.String(length=200), nullable=False),
        sa.Column("level", sa.String(length=40), nullable=False),
        sa.Column("years_in_field", sa.Integer(), nullable=False),
        sa.Column("specialties", sa.JSON(), nullable=False),
        sa.Column("knows_law", sa.Boolean(), nullable=False),
        sa.Column("electronic", sa.Boolean(), nullable=False),
        sa.Column("healthy", sa.Boolean(), nullable=False),
        sa.Column("punished", sa.Boolean(), nullable=False),
        sa.Column("employment_history", sa.JSON(), nullable=False),
        sa.Column("relatives", sa.JSON(), nullable=False),
        sa.Column("interests", sa.JSON(), nullable=False),
        sa.Column("files", sa.JSON(), nullable=False),
        sa.Column("submitted_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("withdrawn_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("decided_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("decided_by_id", sa.String(length=20), nullable=True),
        sa.Column("admitted", sa.Boolean(), nullable=True),
        sa.Column("reason", sa.Text(), nullable=True),
        sa.Column("findings", sa.JSON(), nullable=False),
        sa.ForeignKeyConstraint(
            ["decided_by_id"], ["user_account.id"], name=op.f("fk_expert_application_decided_by_id_user_account")
        ),
        sa.ForeignKeyConstraint(
            ["user_id"], ["user_account.id"], name=op.f("fk_expert_application_user_id_user_account")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_expert_application")),
    )
    op.create_index(
        "ix_expert_application_open",
        "expert_application",
        ["user_id"],
        unique=True,
        sqlite_where=sa.text("withdrawn_at IS NULL AND decided_at IS NULL"),
        postgresql_where=sa.text("withdrawn_at IS NULL AND decided_at IS NULL"),
    )
    op.create_index(op.f("ix_expert_application_user_id"), "expert_application", ["user_id"], unique=False)
    op.create_table(
        "expert_change",
        sa.Column("id", sa.String(length=20), nullable=False),
        sa.Column("expert_id", sa.String(length=20), nullable=False),
        sa.Column("what", sa.String(length=64), nullable=False),
        sa.Column("before", sa.JSON(), nullable=False),
        sa.Column("after", sa.JSON(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("by_id", sa.String(length=20), nullable=False),
        sa.ForeignKeyConstraint(["by_id"], ["user_account.id"], name=op.f("fk_expert_change_by_id_user_account")),
        sa.ForeignKeyConstraint(["expert_id"], ["expert.id"], name=op.f("fk_expert_change_expert_id_expert")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_expert_change")),
    )
    op.create_index(op.f("ix_expert_change_by_id"), "expert_change", ["by_id"], unique=False)
    op.create_index(op.f("ix_expert_change_expert_id"), "expert_change", ["expert_id"], unique=False)
    op.create_table(
        "expert_decision",
        sa.Column("id", sa.String(length=20), nullable=False),
        sa.Column("expert_id", sa.String(length=20), nullable=False),
        sa.Column("act", sa.String(length=40), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("basis", sa.Text(), nullable=False),
        sa.Column("number", sa.String(length=200), nullable=False),
        sa.Column("until", sa.Date(), nullable=True),
        sa.Column("files", sa.JSON(), nullable=False),
        sa.Column("decided_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("decided_by_id", sa.String(length=20), nullable=False),
        sa.Column("objection", sa.Text(), nullable=True),
        sa.Column("objected_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("answer", sa.Text(), nullable=True),
        sa.Column("overturned", sa.Boolean(), nullable=True),
        sa.Column("answered_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("answered_by_id", sa.String(length=20), nullable=True),
        sa.ForeignKeyConstraint(
            ["answered_by_id"], ["user_account.id"], name=op.f("fk_expert_decision_answered_by_id_user_account")
        ),
        sa.ForeignKeyConstraint(
            ["decided_by_id"], ["user_account.id"], name=op.f("fk_expert_decision_decided_by_id_user_account")
        ),
        sa.ForeignKeyConstraint(["expert_id"], ["expert.id"], name=op.f("fk_expert_decision_expert_id_expert")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_expert_decision")),
    )
    op.create_index(op.f("ix_expert_decision_decided_by_id"), "expert_decision", ["decided_by_id"], unique=False)
    op.create_index(op.f("ix_expert_decision_expert_id"), "expert_decision", ["expert_id"], unique=False)
    op.create_table(
        "expert_leave",
        sa.Column("id", sa.String(length=20), nullable=False),
        sa.Column("expert_id", sa.String(length=20), nullable=False),
        sa.Column("first_day", sa.Date(), nullable=False),
        sa.Column("last_day", sa.Date(), nullable=False),
        sa.Column("reason", sa.String(length=200), nullable=False),
        sa.Column("entered_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("entered_by_id", sa.String(length=20), nullable=False),
        sa.Column("cancelled_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["entered_by_id"], ["user_account.id"], name=op.f("fk_expert_leave_entered_by_id_user_account")
        ),
        sa.ForeignKeyConstraint(["expert_id"], ["expert.id"], name=op.f("fk_expert_leave_expert_id_expert")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_expert_leave")),
    )
    op.create_index(op.f("ix_expert_leave_entered_by_id"), "expert_leave", ["entered_by_id"], unique=False)
    op.create_index(op.f("ix_expert_leave_expert_id"), "expert_leave", ["expert_id"], unique=False)
    op.create_table(
        "expert_training",
        sa.Column("id", sa.String(length=20), nullable=False),
        sa.Column("expert_id", sa.String(length=20), nullable=False),
        sa.Column("held_on", sa.Date(), nullable=False),
        sa.Column("title", sa.String(length=200), nullable=False),
        sa.Column("organizer", sa.String(length=200), nullable=False),
        sa.Column("hours", sa.Integer(), nullable=False),
        sa.Column("recorded_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("recorded_by_id", sa.String(length=20), nullable=False),
        sa.ForeignKeyConstraint(["expert_id"], ["expert.id"], name=op.f("fk_expert_training_expert_id_expert")),
        sa.ForeignKeyConstraint(
            ["recorded_by_id"], ["user_account.id"], name=op.f("fk_expert_training_recorded_by_id_user_account")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_expert_training")),
        sa.UniqueConstraint("expert_id", "held_on", "title", name=op.f("uq_expert_training_expert_id_held_on_title")),
    )
    op.create_index(op.f("ix_expert_training_expert_id"), "expert_training", ["expert_id"], unique=False)
    op.create_index(op.f("ix_expert_training_recorded_by_id"), "expert_training", ["recorded_by_id"], unique=False)
    op.create_table(
        "guarantee_issuer",
        sa.Column("id", sa.String(length=20), nullable=False),
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column("form", sa.String(length=40), nullable=False),
        sa.Column("listed_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("listed_by_id", sa.String(length=20), nullable=False),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["listed_by_id"], ["user_account.id"], name=op.f("fk_guarantee_issuer_listed_by_id_user_account")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_guarantee_issuer")),
        sa.UniqueConstraint("name", name=op.f("uq_guarantee_issuer_name")),
    )
    op.create_index(op.f("ix_guarantee_issuer_listed_by_id"), "guarantee_issuer", ["listed_by_id"], unique=False)
    op.create_table(
        "holiday_notice",
        sa.Column("id", sa.String(length=20), nullable=False),
        sa.Column("year", sa.Integer(), nullable=False),
        sa.Column("number", sa.String(length=64), nullable=False),
        sa.Column("title", sa.String(length=200), nullable=False),
        sa.Column("issued_on", sa.Date(), nullable=False),
        sa.Column("address", sa.String(length=200), nullable=False),
        sa.Column("days", sa.JSON(), nullable=False),
        sa.Column("sha256", sa.String(length=64), nullable=False),
        sa.Column("imported_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("imported_by_id", sa.String(length=20), nullable=False),
        sa.ForeignKeyConstraint(
            ["imported_by_id"], ["user_account.id"], name=op.f("fk_holiday_notice_imported_by_id_user_account")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_holiday_notice")),
        sa.UniqueConstraint("year", name=op.f("uq_holiday_notice_year")),
    )
    op.create_index(op.f("ix_holiday_notice_imported_by_id"), "holiday_notice", ["imported_by_id"], unique=False)
    op.create_table(
        "officer_recipient",
        sa.Column("id", sa.String(length=20), nullable=False),
        sa.Column("person", sa.String(length=64), nullable=False),
        sa.Column("recipient", sa.String(length=80), nullable=False),
        sa.Column("user_id", sa.String(length=20), nullable=False),
        sa.Column("registered_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["user_id"], ["user_account.id"], name=op.f("fk_officer_recipient_user_id_user_account")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_officer_recipient")),
        sa.UniqueConstraint("recipient", name=op.f("uq_officer_recipient_recipient")),
    )
    op.create_index(
        op.f("ix_officer_recipient_person_registered_at"),
        "officer_recipient",
        ["person", "registered_at"],
        unique=False,
    )
    op.create_index(op.f("ix_officer_recipient_user_id"), "officer_recipient", ["user_id"], unique=False)
    op.create_table(
        "person_key",
        sa.Column("id", sa.String(length=20), nullable=False),
        sa.Column("person", sa.String(length=64), nullable=False),
        sa.Column("role", sa.String(length=64), nullable=False),
        sa.Column("public", sa.String(length=64), nullable=False),
        sa.Column("user_id", sa.String(length=20), nullable=False),
        sa.Column("registered_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["user_id"], ["user_account.id"], name=op.f("fk_person_key_user_id_user_account")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_person_key")),
        sa.UniqueConstraint("public", name=op.f("uq_person_key_public")),
    )
    op.create_index(op.f("ix_person_key_person_registered_at"), "person_key", ["person", "registered_at"], unique=False)
    op.create_index(op.f("ix_person_key_user_id"), "person_key", ["user_id"], unique=False)
    op.create_table(
        "project",
        sa.Column("id", sa.String(length=20), nullable=False),
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column("owner_id", sa.String(length=20), nullable=False),
        sa.Column("type", sa.String(length=40), nullable=False),
        sa.Column("district", sa.String(length=40), nullable=False),
        sa.Column("description", sa.Text(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("created_by_id", sa.String(length=20), nullable=False),
        sa.Column("approval_number", sa.String(length=200), nullable=True),
        sa.Column("approval_organ", sa.String(length=200), nullable=True),
        sa.Column("approval_date", sa.Date(), nullable=True),
        sa.Column("investment_code", sa.String(length=64), nullable=True),
        sa.Column("estimate_total", sa.BigInteger(), nullable=True),
        sa.Column("feasibility_total", sa.BigInteger(), nullable=True),
        sa.Column("state_controlled", sa.Boolean(), nullable=False),
        sa.Column("public_share", sa.Numeric(), nullable=True),
        sa.Column("funding_source", sa.Text(), nullable=True),
        sa.Column("funds_in_place", sa.Boolean(), nullable=True),
        sa.Column("contractor_prefinancing", sa.Boolean(), nullable=True),
        sa.ForeignKeyConstraint(
            ["created_by_id"], ["user_account.id"], name=op.f("fk_project_created_by_id_user_account")
        ),
        sa.ForeignKeyConstraint(["owner_id"], ["organization.id"], name=op.f("fk_project_owner_id_organization")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_project")),
    )
    op.create_index(op.f("ix_project_created_by_id"), "project", ["created_by_id"], unique=False)
    op.create_index(op.f("ix_project_investment_code"), "project", ["investment_code"], unique=False)
    op.create_index(op.f("ix_project_owner_id"), "project", ["owner_id"], unique=False)
    op.create_table(
        "refund_instruction",
        sa.Column("id", sa.String(length=20), nullable=False),
        sa.Column("number", sa.String(length=64), nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("made_by_id", sa.String(length=20), nullable=False),
        sa.Column("rows", sa.JSON(), nullable=False),
        sa.Column("confirmed_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["made_by_id"], ["user_account.id"], name=op.f("fk_refund_instruction_made_by_id_user_account")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_refund_instruction")),
        sa.UniqueConstraint("number", name=op.f("uq_refund_instruction_number")),
    )
    op.create_index(op.f("ix_refund_instruction_made_by_id"), "refund_instruction", ["made_by_id"], unique=False)
    op.create_table(
        "reported_contract",
        sa.Column("id", sa.String(length=20), nullable=False),
        sa.Column("owner_uscc", sa.String(length=18), nullable=False),
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column("type", sa.String(length=40), nullable=False),
        sa.Column("category", sa.String(length=40), nullable=True),
        sa.Column("amount", sa.BigInteger(), nullable=False),
        sa.Column("signed_on", sa.Date(), nullable=False),
        sa.Column("trading_code", sa.String(length=64), nullable=True),
        sa.Column("source", sa.String(length=200), nullable=False),
        sa.Column("reported_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("reported_by_id", sa.String(length=20), nullable=False),
        sa.ForeignKeyConstraint(
            ["reported_by_id"], ["user_account.id"], name=op.f("fk_reported_contract_reported_by_id_user_account")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_reported_contract")),
    )
    op.create_index(op.f("ix_reported_contract_owner_uscc"), "reported_contract", ["owner_uscc"], unique=False)
    op.create_table(
        "disposal_plan",
        sa.Column("id", sa.String(length=20), nullable=False),
        sa.Column("project_id", sa.String(length=20), nullable=False),
        sa.Column("method", sa.String(length=40), nullable=False),
        sa.Column("title_certificate", sa.String(length=200), nullable=True),
        sa.Column("charges", sa.Text(), nullable=True),
        sa.Column("decided_on", sa.Date(), nullable=True),
        sa.Column("needs_valuation", sa.Boolean(), nullable=False),
        sa.Column("valuer", sa.String(length=200), nullable=True),
        sa.Column("valuation_base", sa.Date(), nullable=True),
        sa.Column("valuation_filed", sa.String(length=200), nullable=True),
        sa.Column("gives_up_control", sa.Boolean(), nullable=True),
        sa.Column("government_approval", sa.String(length=200), nullable=True),
        sa.Column("land_use", sa.String(length=200), nullable=True),
        sa.Column("area", sa.String(length=200), nullable=True),
        sa.Column("plot_ratio", sa.String(length=200), nullable=True),
        sa.Column("term_years", sa.Integer(), nullable=True),
        sa.Column("least_price", sa.BigInteger(), nullable=True),
        sa.ForeignKeyConstraint(["project_id"], ["project.id"], name=op.f("fk_disposal_plan_project_id_project")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_disposal_plan")),
        sa.UniqueConstraint("project_id", name=op.f("uq_disposal_plan_project_id")),
    )
    op.create_table(
        "entrustment",
        sa.Column("id", sa.String(length=20), nullable=False),
        sa.Column("project_id", sa.String(length=20), nullable=False),
        sa.Column("agency_id", sa.String(length=20), nullable=False),
        sa.Column("scope", sa.Text(), nullable=False),
        sa.Column("given_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["agency_id"], ["organization.id"], name=op.f("fk_entrustment_agency_id_organization")),
        sa.ForeignKeyConstraint(["project_id"], ["project.id"], name=op.f("fk_entrustment_project_id_project")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_entrustment")),
        sa.UniqueConstraint("project_id", "agency_id", name=op.f("uq_entrustment_project_id_agency_id")),
    )
    op.create_index(op.f("ix_entrustment_agency_id"), "entrustment", ["agency_id"], unique=False)
    op.create_index(op.f("ix_entrustment_project_id"), "entrustment", ["project_id"], unique=False)
    op.create_table(
        "lot",
        sa.Column("id", sa.String(length=20), nullable=False),
        sa.Column("project_id", sa.String(length=20), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("attempt", sa.Integer(), nullable=False),
        sa.Column("previous_id", sa.String(length=20), nullable=True),
        sa.Column("code", sa.String(length=64), nullable=False),
        sa.Column("trading_code", sa.String(length=64), nullable=True),
        sa.Column("ocid", sa.String(length=80), nullable=True),
        sa.Column("title", sa.String(length=200), nullable=False),
        sa.Column("scope", sa.Text(), nullable=False),
        sa.Column("category", sa.String(length=40), nullable=False),
        sa.Column("estimate", sa.BigInteger(), nullable=False),
        sa.Column("budget", sa.BigInteger(), nullable=True),
        sa.Column("status", sa.String(length=40), nullable=False),
        sa.Column("held_status", sa.String(length=40), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("status_since", sa.DateTime(timezone=True), nullable=False),
        sa.Column("submitted_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("registered_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("refusal_reason", sa.String(length=40), nullable=True),
        sa.Column("filed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("method", sa.String(length=40), nullable=True),
        sa.Column("method_reason_zh", sa.Text(), nullable=True),
        sa.Column("method_reason_en", sa.Text(), nullable=True),
        sa.Column("mandatory", sa.Boolean(), nullable=True),
        sa.Column("noticed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("published_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("documents_until", sa.DateTime(timezone=True), nullable=True),
        sa.Column("documents_first_until", sa.DateTime(timezone=True), nullable=True),
        sa.Column("bid_deadline", sa.DateTime(timezone=True), nullable=True),
        sa.Column("closed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("technical_opened_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("opened_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("evaluated_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("publicity_from", sa.DateTime(timezone=True), nullable=True),
        sa.Column("publicity_until", sa.DateTime(timezone=True), nullable=True),
        sa.Column("chosen_by", sa.DateTime(timezone=True), nullable=True),
        sa.Column("confirmed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("awarded_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("contracted_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("performed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("archived_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("suspended_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("suspension_ground", sa.String(length=40), nullable=True),
        sa.Column("failure_ground", sa.String(length=40), nullable=True),
        sa.Column("ended_reason", sa.Text(), nullable=True),
        sa.Column("remedy", sa.Text(), nullable=True),
        sa.Column("parts", sa.JSON(), nullable=False),
        sa.Column("groups", sa.JSON(), nullable=False),
        sa.Column("search_text", sa.Text(), nullable=False),
        sa.Column("look_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["previous_id"], ["lot.id"], name=op.f("fk_lot_previous_id_lot")),
        sa.ForeignKeyConstraint(["project_id"], ["project.id"], name=op.f("fk_lot_project_id_project")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_lot")),
        sa.UniqueConstraint("code", name=op.f("uq_lot_code")),
        sa.UniqueConstraint("ocid", name=op.f("uq_lot_ocid")),
        sa.UniqueConstraint("previous_id", name=op.f("uq_lot_previous_id")),
        sa.UniqueConstraint("project_id", "number", "attempt", name=op.f("uq_lot_project_id_number_attempt")),
        sa.UniqueConstraint("trading_code", name=op.f("uq_lot_trading_code")),
    )
    op.create_index(op.f("ix_lot_bid_deadline"), "lot", ["bid_deadline"], unique=False)
    op.create_index(op.f("ix_lot_look_at"), "lot", ["look_at"], unique=False)
    op.create_index(op.f("ix_lot_project_id"), "lot", ["project_id"], unique=False)
    op.create_index("ix_lot_published", "lot", ["published_at"], unique=False)
    op.create_index("ix_lot_status_published", "lot", ["status", "published_at"], unique=False)
    op.create_table(
        "lot_limit",
        sa.Column("id", sa.String(length=20), nullable=False),
        sa.Column("project_id", sa.String(length=20), nullable=False),
        sa.Column("most", sa.Integer(), nullable=False),
        sa.Column("order", sa.JSON(), nullable=False),
        sa.Column("set_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("set_by_id", sa.String(length=20), nullable=False),
        sa.ForeignKeyConstraint(["project_id"], ["project.id"], name=op.f("fk_lot_limit_project_id_project")),
        sa.ForeignKeyConstraint(["set_by_id"], ["user_account.id"], name=op.f("fk_lot_limit_set_by_id_user_account")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_lot_limit")),
        sa.UniqueConstraint("project_id", name=op.f("uq_lot_limit_project_id")),
    )
    op.create_index(op.f("ix_lot_limit_set_by_id"), "lot_limit", ["set_by_id"], unique=False)
    op.create_table(
        "procurement_plan",
        sa.Column("id", sa.String(length=20), nullable=False),
        sa.Column("project_id", sa.String(length=20), nullable=False),
        sa.Column("plan_number", sa.String(length=64), nullable=False),
        sa.Column("plan_filed_on", sa.Date(), nullable=False),
        sa.Column("approved_budget", sa.BigInteger(), nullable=False),
        sa.Column("budget_item", sa.String(length=200), nullable=False),
        sa.Column("budget_changed", sa.Boolean(), nullable=False),
        sa.Column("intention_published_on", sa.Date(), nullable=True),
        sa.Column("demand_clear", sa.Boolean(), nullable=False),
        sa.Column("needs_survey_on", sa.Date(), nullable=True),
        sa.Column("standard_goods", sa.Boolean(), nullable=False),
        sa.Column("price_fixed_by_state", sa.Boolean(), nullable=False),
        sa.Column("imported", sa.Boolean(), nullable=False),
        sa.Column("domestic_competes", sa.Boolean(), nullable=False),
        sa.Column("sme_reserved_percent", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(["project_id"], ["project.id"], name=op.f("fk_procurement_plan_project_id_project")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_procurement_plan")),
        sa.UniqueConstraint("project_id", name=op.f("uq_procurement_plan_project_id")),
    )
    op.create_table(
        "village_vote",
        sa.Column("id", sa.String(length=20), nullable=False),
        sa.Column("project_id", sa.String(length=20), nullable=False),
        sa.Column("by_delegates", sa.Boolean(), nullable=False),
        sa.Column("entitled", sa.Integer(), nullable=False),
        sa.Column("attended", sa.Integer(), nullable=False),
        sa.Column("agreed", sa.Integer(), nullable=False),
        sa.Column("reserve_agreed", sa.Integer(), nullable=False),
        sa.Column("called_on", sa.Date(), nullable=False),
        sa.Column("met_on", sa.Date(), nullable=False),
        sa.Column("land_to_outsiders", sa.Boolean(), nullable=False),
        sa.Column("township_approval", sa.String(length=200), nullable=True),
        sa.Column("construction_land", sa.Boolean(), nullable=False),
        sa.Column("plan_filed_on", sa.Date(), nullable=True),
        sa.Column("government_objected", sa.Boolean(), nullable=True),
        sa.Column("government_answered_on", sa.Date(), nullable=True),
        sa.Column("valuation_published_on", sa.Date(), nullable=True),
        sa.ForeignKeyConstraint(["project_id"], ["project.id"], name=op.f("fk_village_vote_project_id_project")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_village_vote")),
        sa.UniqueConstraint("project_id", name=op.f("uq_village_vote_project_id")),
    )
    op.create_table(
        "acceptance",
        sa.Column("id", sa.String(length=20), nullable=False),
        sa.Column("lot_id", sa.String(length=20), nullable=False),
        sa.Column("accepted_on", sa.Date(), nullable=False),
        sa.Column("filed_on", sa.Date(), nullable=True),
        sa.Column("result", sa.String(length=200), nullable=False),
        sa.Column("settlement", sa.BigInteger(), nullable=False),
        sa.Column("participants", sa.Text(), nullable=False),
        sa.Column("recorded_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("recorded_by_id", sa.String(length=20), nullable=False),
        sa.ForeignKeyConstraint(["lot_id"], ["lot.id"], name=op.f("fk_acceptance_lot_id_lot")),
        sa.ForeignKeyConstraint(
            ["recorded_by_id"], ["user_account.id"], name=op.f("fk_acceptance_recorded_by_id_user_account")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_acceptance")),
        sa.UniqueConstraint("lot_id", name=op.f("uq_acceptance_lot_id")),
    )
    op.create_index(op.f("ix_acceptance_recorded_by_id"), "acceptance", ["recorded_by_id"], unique=False)
    op.create_table(
        "alarm",
        sa.Column("id", sa.String(length=20), nullable=False),
        sa.Column("lot_id", sa.String(length=20), nullable=False),
        sa.Column("condition", sa.String(length=64), nullable=False),
        sa.Column("about", sa.String(length=64), nullable=False),
        sa.Column("severity", sa.String(length=40), nullable=False),
        sa.Column("expected", sa.String(length=200), nullable=False),
        sa.Column("actual", sa.String(length=200), nullable=False),
        sa.Column("expected_en", sa.String(length=200), nullable=False),
        sa.Column("actual_en", sa.String(length=200), nullable=False),
        sa.Column("raised_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("response", sa.Text(), nullable=True),
        sa.Column("responded_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("responded_by_id", sa.String(length=20), nullable=True),
        sa.Column("closed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("closed_by_id", sa.String(length=20), nullable=True),
        sa.Column("closing_reason", sa.Text(), nullable=True),
        sa.Column("responsible", sa.String(length=40), nullable=False),
        sa.Column("due_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("level", sa.Integer(), nullable=False),
        sa.Column("escalated_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["closed_by_id"], ["user_account.id"], name=op.f("fk_alarm_closed_by_id_user_account")),
        sa.ForeignKeyConstraint(["lot_id"], ["lot.id"], name=op.f("fk_alarm_lot_id_lot")),
        sa.ForeignKeyConstraint(
            ["responded_by_id"], ["user_account.id"], name=op.f("fk_alarm_responded_by_id_user_account")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_alarm")),
        sa.UniqueConstraint("lot_id", "condition", "about", name=op.f("uq_alarm_lot_id_condition_about")),
    )
    op.create_index("ix_alarm_closed_at", "alarm", ["closed_at"], unique=False)
    op.create_index(op.f("ix_alarm_lot_id"), "alarm", ["lot_id"], unique=False)
    op.create_table(
        "bank_balance",
        sa.Column("id", sa.String(length=20), nullable=False),
        sa.Column("lot_id", sa.String(length=20), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("balance", sa.BigInteger(), nullable=False),
        sa.Column("reported_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["lot_id"], ["lot.id"], name=op.f("fk_bank_balance_lot_id_lot")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_bank_balance")),
        sa.UniqueConstraint("lot_id", "day", name=op.f("uq_bank_balance_lot_id_day")),
    )
    op.create_index(op.f("ix_bank_balance_lot_id"), "bank_balance", ["lot_id"], unique=False)
    op.create_table(
        "bank_line",
        sa.Column("id", sa.String(length=20), nullable=False),
        sa.Column("lot_id", sa.String(length=20), nullable=True),
        sa.Column("reference", sa.String(length=64), nullable=False),
        sa.Column("payer_name", sa.String(length=200), nullable=False),
        sa.Column("payer_account", sa.String(length=64), nullable=False),
        sa.Column("virtual_account", sa.String(length=64), nullable=True),
        sa.Column("amount", sa.BigInteger(), nullable=False),
        sa.Column("paid_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("received_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("remark", sa.String(length=200), nullable=False),
        sa.Column("cash", sa.Boolean(), nullable=False),
        sa.Column("organization_id", sa.String(length=20), nullable=True),
        sa.Column("from_basic_account", sa.Boolean(), nullable=True),
        sa.Column("match_reason", sa.String(length=200), nullable=False),
        sa.Column("settled_reason", sa.Text(), nullable=True),
        sa.Column("refund_due_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("refunded_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("interest", sa.BigInteger(), nullable=True),
        sa.Column("interest_due", sa.BigInteger(), nullable=True),
        sa.Column("interest_difference", sa.Text(), nullable=True),
        sa.Column("derivation", sa.JSON(), nullable=True),
        sa.Column("late_charge", sa.BigInteger(), nullable=True),
        sa.Column("late_charge_paid", sa.BigInteger(), nullable=True),
        sa.Column("forfeited_ground", sa.Text(), nullable=True),
        sa.Column("forfeited_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("forfeited_to", sa.String(length=40), nullable=True),
        sa.Column("transferred_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("transferred_as", sa.String(length=64), nullable=True),
        sa.Column("instructed_in", sa.String(length=20), nullable=True),
        sa.ForeignKeyConstraint(
            ["instructed_in"], ["refund_instruction.id"], name=op.f("fk_bank_line_instructed_in_refund_instruction")
        ),
        sa.ForeignKeyConstraint(["lot_id"], ["lot.id"], name=op.f("fk_bank_line_lot_id_lot")),
        sa.ForeignKeyConstraint(
            ["organization_id"], ["organization.id"], name=op.f("fk_bank_line_organization_id_organization")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_bank_line")),
        sa.UniqueConstraint("reference", name=op.f("uq_bank_line_reference")),
    )
    op.create_index(op.f("ix_bank_line_instructed_in"), "bank_line", ["instructed_in"], unique=False)
    op.create_index(op.f("ix_bank_line_lot_id"), "bank_line", ["lot_id"], unique=False)
    op.create_index(op.f("ix_bank_line_organization_id"), "bank_line", ["organization_id"], unique=False)
    op.create_table(
        "bid",
        sa.Column("id", sa.String(length=20), nullable=False),
        sa.Column("lot_id", sa.String(length=20), nullable=False),
        sa.Column("organization_id", sa.String(length=20), nullable=False),
        sa.Column("submitted_by_id", sa.String(length=20), nullable=False),
        sa.Column("part", sa.String(length=64), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("current", sa.Boolean(), nullable=False),
        sa.Column("envelope", sa.String(length=64), nullable=False),
        sa.Column("ciphertext_sha256", sa.String(length=64), nullable=False),
        sa.Column("header", sa.JSON(), nullable=False),
        sa.Column("received_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("withdrawn_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("opened_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("open_failure", sa.Text(), nullable=True),
        sa.Column("supplied_key", sa.String(length=64), nullable=True),
        sa.Column("leaf", sa.String(length=64), nullable=True),
        sa.Column("receipt", sa.Text(), nullable=True),
        sa.Column("key", sa.String(length=64), nullable=True),
        sa.Column("inner", sa.Text(), nullable=True),
        sa.Column("sheet", sa.JSON(), nullable=True),
        sa.Column("total", sa.BigInteger(), nullable=True),
        sa.Column("first_total", sa.BigInteger(), nullable=True),
        sa.Column("duration_days", sa.Integer(), nullable=True),
        sa.Column("quality", sa.String(length=200), nullable=True),
        sa.Column("manager", sa.String(length=200), nullable=True),
        sa.Column("manager_certificate", sa.String(length=200), nullable=True),
        sa.Column("rejected_clause", sa.String(length=64), nullable=True),
        sa.Column("rejected_reason", sa.Text(), nullable=True),
        sa.Column("rejected_by", sa.String(length=200), nullable=True),
        sa.Column("rejected_votes", sa.Text(), nullable=True),
        sa.Column("evaluated_price", sa.BigInteger(), nullable=True),
        sa.Column("score", sa.String(), nullable=True),
        sa.Column("rank", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(["lot_id"], ["lot.id"], name=op.f("fk_bid_lot_id_lot")),
        sa.ForeignKeyConstraint(
            ["organization_id"], ["organization.id"], name=op.f("fk_bid_organization_id_organization")
        ),
        sa.ForeignKeyConstraint(
            ["submitted_by_id"], ["user_account.id"], name=op.f("fk_bid_submitted_by_id_user_account")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_bid")),
        sa.UniqueConstraint("envelope", name=op.f("uq_bid_envelope")),
        sa.UniqueConstraint(
            "lot_id", "organization_id", "part", "version", name=op.f("uq_bid_lot_id_organization_id_part_version")
        ),
    )
    op.create_index(op.f("ix_bid_lot_id"), "bid", ["lot_id"], unique=False)
    op.create_index(op.f("ix_bid_organization_id"), "bid", ["organization_id"], unique=False)
    op.create_index(op.f("ix_bid_submitted_by_id"), "bid", ["submitted_by_id"], unique=False)
    op.create_index(
        "uq_bid_one_current",
        "bid",
        ["lot_id", "organization_id", "part"],
        unique=True,
        sqlite_where=sa.text("current = 1"),
        postgresql_where=sa.text("current"),
    )
    op.create_table(
        "challenge",
        sa.Column("id", sa.String(length=20), nullable=False),
        sa.Column("lot_id", sa.String(length=20), nullable=False),
        sa.Column("organization_id", sa.String(length=20), nullable=False),
        sa.Column("target", sa.String(length=40), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("known_on", sa.Date(), nullable=True),
        sa.Column("raised_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("raised_by_id", sa.String(length=20), nullable=False),
        sa.Column("due_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("in_time", sa.Boolean(), nullable=False),
        sa.Column("suspends_signing", sa.Boolean(), nullable=False),
        sa.Column("answer", sa.Text(), nullable=True),
        sa.Column("upheld", sa.Boolean(), nullable=True),
        sa.Column("result_changed", sa.Boolean(), nullable=True),
        sa.Column("reported_to_finance", sa.Boolean(), nullable=True),
        sa.Column("answered_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("answered_by_id", sa.String(length=20), nullable=True),
        sa.ForeignKeyConstraint(
            ["answered_by_id"], ["user_account.id"], name=op.f("fk_challenge_answered_by_id_user_account")
        ),
        sa.ForeignKeyConstraint(["lot_id"], ["lot.id"], name=op.f("fk_challenge_lot_id_lot")),
        sa.ForeignKeyConstraint(
            ["organization_id"], ["organization.id"], name=op.f("fk_challenge_organization_id_organization")
        ),
        sa.ForeignKeyConstraint(
            ["raised_by_id"], ["user_account.id"], name=op.f("fk_challenge_raised_by_id_user_account")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_challenge")),
    )
    op.create_index(op.f("ix_challenge_lot_id"), "challenge", ["lot_id"], unique=False)
    op.create_index(op.f("ix_challenge_organization_id"), "challenge", ["organization_id"], unique=False)
    op.create_index(op.f("ix_challenge_raised_by_id"), "challenge", ["raised_by_id"], unique=False)
    op.create_table(
        "checklist_signature",
        sa.Column("id", sa.String(length=20), nullable=False),
        sa.Column("lot_id", sa.String(length=20), nullable=False),
        sa.Column("condition", sa.String(length=64), nullable=False),
        sa.Column("holds", sa.Boolean(), nullable=False),
        sa.Column("evidence", sa.Text(), nullable=False),
        sa.Column("signed_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("signed_by_id", sa.String(length=20), nullable=False),
        sa.ForeignKeyConstraint(["lot_id"], ["lot.id"], name=op.f("fk_checklist_signature_lot_id_lot")),
        sa.ForeignKeyConstraint(
            ["signed_by_id"], ["user_account.id"], name=op.f("fk_checklist_signature_signed_by_id_user_account")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_checklist_signature")),
    )
    op.create_index("ix_checklist_signature_item", "checklist_signature", ["lot_id", "condition"], unique=False)
    op.create_index(op.f("ix_checklist_signature_lot_id"), "checklist_signature", ["lot_id"], unique=False)
    op.create_table(
        "clarification",
        sa.Column("id", sa.String(length=20), nullable=False),
        sa.Column("lot_id", sa.String(length=20), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("affects_preparation", sa.Boolean(), nullable=False),
        sa.Column("issued_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("deadline_before", sa.DateTime(timezone=True), nullable=False),
        sa.Column("deadline_after", sa.DateTime(timezone=True), nullable=False),
        sa.Column("changes_ceiling", sa.Boolean(), nullable=False),
        sa.Column("changes_object", sa.Boolean(), nullable=False),
        sa.Column("holders", sa.Integer(), nullable=False),
        sa.Column("delivered_to", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["lot_id"], ["lot.id"], name=op.f("fk_clarification_lot_id_lot")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_clarification")),
    )
    op.create_index(op.f("ix_clarification_lot_id"), "clarification", ["lot_id"], unique=False)
    op.create_table(
        "committee_member",
        sa.Column("id", sa.String(length=20), nullable=False),
        sa.Column("lot_id", sa.String(length=20), nullable=False),
        sa.Column("user_id", sa.String(length=20), nullable=False),
        sa.Column("expert_id", sa.String(length=20), nullable=True),
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column("employer_uscc", sa.String(length=18), nullable=False),
        sa.Column("is_chair", sa.Boolean(), nullable=False),
        sa.Column("seated_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("sheet_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("sheet", sa.JSON(), nullable=True),
        sa.Column("signed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("opinion", sa.String(length=64), nullable=True),
        sa.Column("dissent", sa.Text(), nullable=True),
        sa.Column("more_time_asked_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["expert_id"], ["expert.id"], name=op.f("fk_committee_member_expert_id_expert")),
        sa.ForeignKeyConstraint(["lot_id"], ["lot.id"], name=op.f("fk_committee_member_lot_id_lot")),
        sa.ForeignKeyConstraint(
            ["user_id"], ["user_account.id"], name=op.f("fk_committee_member_user_id_user_account")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_committee_member")),
        sa.UniqueConstraint("lot_id", "user_id", name=op.f("uq_committee_member_lot_id_user_id")),
    )
    op.create_index(op.f("ix_committee_member_expert_id"), "committee_member", ["expert_id"], unique=False)
    op.create_index(op.f("ix_committee_member_lot_id"), "committee_member", ["lot_id"], unique=False)
    op.create_index(op.f("ix_committee_member_user_id"), "committee_member", ["user_id"], unique=False)
    op.create_table(
        "compliance_record",
        sa.Column("id", sa.String(length=20), nullable=False),
        sa.Column("lot_id", sa.String(length=20), nullable=False),
        sa.Column("verdicts", sa.JSON(), nullable=False),
        sa.Column("remarks", sa.Text(), nullable=False),
        sa.Column("recorded_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("recorded_by_id", sa.String(length=20), nullable=False),
        sa.ForeignKeyConstraint(["lot_id"], ["lot.id"], name=op.f("fk_compliance_record_lot_id_lot")),
        sa.ForeignKeyConstraint(
            ["recorded_by_id"], ["user_account.id"], name=op.f("fk_compliance_record_recorded_by_id_user_account")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_compliance_record")),
        sa.UniqueConstraint("lot_id", name=op.f("uq_compliance_record_lot_id")),
    )
    op.create_index(op.f("ix_compliance_record_recorded_by_id"), "compliance_record", ["recorded_by_id"], unique=False)
    op.create_table(
        "contract",
        sa.Column("id", sa.String(length=20), nullable=False),
        sa.Column("lot_id", sa.String(length=20), nullable=False),
        sa.Column("number", sa.String(length=200), nullable=False),
        sa.Column("organization_id", sa.String(length=20), nullable=False),
        sa.Column("price", sa.BigInteger(), nullable=False),
        sa.Column("duration_days", sa.Integer(), nullable=False),
        sa.Column("quality", sa.String(length=200), nullable=False),
        sa.Column("manager", sa.String(length=200), nullable=False),
        sa.Column("scope", sa.Text(), nullable=False),
        sa.Column("performance_bond", sa.BigInteger(), nullable=True),
        sa.Column("payment_guarantee", sa.Boolean(), nullable=True),
        sa.Column("retention_percent", sa.Numeric(), nullable=True),
        sa.Column("payment_days", sa.Integer(), nullable=True),
        sa.Column("drafted_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("drafted_by_id", sa.String(length=20), nullable=False),
        sa.Column("signed_on", sa.Date(), nullable=True),
        sa.Column("signed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("signed_by_id", sa.String(length=20), nullable=True),
        sa.Column("filed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("digest", sa.String(length=64), nullable=False),
        sa.ForeignKeyConstraint(
            ["drafted_by_id"], ["user_account.id"], name=op.f("fk_contract_drafted_by_id_user_account")
        ),
        sa.ForeignKeyConstraint(["lot_id"], ["lot.id"], name=op.f("fk_contract_lot_id_lot")),
        sa.ForeignKeyConstraint(
            ["organization_id"], ["organization.id"], name=op.f("fk_contract_organization_id_organization")
        ),
        sa.ForeignKeyConstraint(
            ["signed_by_id"], ["user_account.id"], name=op.f("fk_contract_signed_by_id_user_account")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_contract")),
        sa.UniqueConstraint("lot_id", name=op.f("uq_contract_lot_id")),
    )
    op.create_index(op.f("ix_contract_drafted_by_id"), "contract", ["drafted_by_id"], unique=False)
    op.create_index(op.f("ix_contract_organization_id"), "contract", ["organization_id"], unique=False)
    op.create_table(
        "contract_change",
        sa.Column("id", sa.String(length=20), nullable=False),
        sa.Column("lot_id", sa.String(length=20), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("amount", sa.BigInteger(), nullable=False),
        sa.Column("touches_scope", sa.Boolean(), nullable=False),
        sa.Column("proposed_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("proposed_by_id", sa.String(length=20), nullable=False),
        sa.Column("approver", sa.String(length=200), nullable=False),
        sa.Column("approved", sa.Boolean(), nullable=True),
        sa.Column("approved_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("approved_by_id", sa.String(length=20), nullable=True),
        sa.ForeignKeyConstraint(
            ["approved_by_id"], ["user_account.id"], name=op.f("fk_contract_change_approved_by_id_user_account")
        ),
        sa.ForeignKeyConstraint(["lot_id"], ["lot.id"], name=op.f("fk_contract_change_lot_id_lot")),
        sa.ForeignKeyConstraint(
            ["proposed_by_id"], ["user_account.id"], name=op.f("fk_contract_change_proposed_by_id_user_account")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_contract_change")),
    )
    op.create_index(op.f("ix_contract_change_lot_id"), "contract_change", ["lot_id"], unique=False)
    op.create_index(op.f("ix_contract_change_proposed_by_id"), "contract_change", ["proposed_by_id"], unique=False)
    op.create_table(
        "credit_record",
        sa.Column("id", sa.String(length=20), nullable=False),
        sa.Column("organization_id", sa.String(length=20), nullable=False),
        sa.Column("lot_id", sa.String(length=20), nullable=True),
        sa.Column("act", sa.Text(), nullable=False),
        sa.Column("basis", sa.Text(), nullable=False),
        sa.Column("organ", sa.String(length=200), nullable=False),
        sa.Column("decided_on", sa.Date(), nullable=False),
        sa.Column("barred_from", sa.Date(), nullable=True),
        sa.Column("barred_until", sa.Date(), nullable=True),
        sa.Column("score", sa.Numeric(), nullable=True),
        sa.Column("number", sa.String(length=200), nullable=False),
        sa.Column("recorded_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("ended_on", sa.Date(), nullable=True),
        sa.Column("ending", sa.String(length=40), nullable=True),
        sa.Column("ending_reason", sa.Text(), nullable=True),
        sa.Column("ended_by_id", sa.String(length=20), nullable=True),
        sa.ForeignKeyConstraint(
            ["ended_by_id"], ["user_account.id"], name=op.f("fk_credit_record_ended_by_id_user_account")
        ),
        sa.ForeignKeyConstraint(["lot_id"], ["lot.id"], name=op.f("fk_credit_record_lot_id_lot")),
        sa.ForeignKeyConstraint(
            ["organization_id"], ["organization.id"], name=op.f("fk_credit_record_organization_id_organization")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_credit_record")),
    )
    op.create_index(op.f("ix_credit_record_lot_id"), "credit_record", ["lot_id"], unique=False)
    op.create_index(op.f("ix_credit_record_organization_id"), "credit_record", ["organization_id"], unique=False)
    op.create_table(
        "delivery",
        sa.Column("id", sa.String(length=20), nullable=False),
        sa.Column("lot_id", sa.String(length=20), nullable=False),
        sa.Column("total", sa.BigInteger(), nullable=False),
        sa.Column("due_before", sa.BigInteger(), nullable=False),
        sa.Column("pay_by", sa.Date(), nullable=True),
        sa.Column("instalments", sa.Boolean(), nullable=False),
        sa.Column("rest_secured", sa.Boolean(), nullable=True),
        sa.Column("interest_agreed", sa.Boolean(), nullable=True),
        sa.Column("to_business", sa.Boolean(), nullable=True),
        sa.Column("filed_with_giver", sa.Boolean(), nullable=True),
        sa.Column("delivered_on", sa.Date(), nullable=True),
        sa.Column("registered_on", sa.Date(), nullable=True),
        sa.Column("registration", sa.String(length=200), nullable=True),
        sa.Column("use_kept", sa.Boolean(), nullable=True),
        sa.Column("use_checked_on", sa.Date(), nullable=True),
        sa.Column("remarks", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["lot_id"], ["lot.id"], name=op.f("fk_delivery_lot_id_lot")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_delivery")),
        sa.UniqueConstraint("lot_id", name=op.f("uq_delivery_lot_id")),
    )
    op.create_table(
        "document",
        sa.Column("id", sa.String(length=20), nullable=False),
        sa.Column("lot_id", sa.String(length=20), nullable=False),
        sa.Column("kind", sa.String(length=40), nullable=False),
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column("sha256", sa.String(length=64), nullable=False),
        sa.Column("size", sa.Integer(), nullable=False),
        sa.Column("media_type", sa.String(length=200), nullable=False),
        sa.Column("public", sa.Boolean(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("superseded", sa.Boolean(), nullable=False),
        sa.Column("added_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("added_by_id", sa.String(length=20), nullable=False),
        sa.ForeignKeyConstraint(
            ["added_by_id"], ["user_account.id"], name=op.f("fk_document_added_by_id_user_account")
        ),
        sa.ForeignKeyConstraint(["lot_id"], ["lot.id"], name=op.f("fk_document_lot_id_lot")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_document")),
    )
    op.create_index(op.f("ix_document_added_by_id"), "document", ["added_by_id"], unique=False)
    op.create_index(op.f("ix_document_lot_id"), "document", ["lot_id"], unique=False)
    op.create_table(
        "document_scan",
        sa.Column("id", sa.String(length=20), nullable=False),
        sa.Column("lot_id", sa.String(length=20), nullable=False),
        sa.Column("catalogue", sa.String(length=64), nullable=False),
        sa.Column("papers", sa.JSON(), nullable=False),
        sa.Column("unread", sa.JSON(), nullable=False),
        sa.Column("scanned_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["lot_id"], ["lot.id"], name=op.f("fk_document_scan_lot_id_lot")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_document_scan")),
    )
    op.create_index(op.f("ix_document_scan_lot_id"), "document_scan", ["lot_id"], unique=False)
    op.create_table(
        "dossier_export",
        sa.Column("id", sa.String(length=20), nullable=False),
        sa.Column("lot_id", sa.String(length=20), nullable=False),
        sa.Column("user_id", sa.String(length=20), nullable=True),
        sa.Column("exported_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("content_digest", sa.String(length=64), nullable=False),
        sa.ForeignKeyConstraint(["lot_id"], ["lot.id"], name=op.f("fk_dossier_export_lot_id_lot")),
        sa.ForeignKeyConstraint(["user_id"], ["user_account.id"], name=op.f("fk_dossier_export_user_id_user_account")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_dossier_export")),
    )
    op.create_index(op.f("ix_dossier_export_lot_id"), "dossier_export", ["lot_id"], unique=False)
    op.create_table(
        "draw",
        sa.Column("id", sa.String(length=20), nullable=False),
        sa.Column("lot_id", sa.String(length=20), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(length=90), nullable=False),
        sa.Column("rules", sa.JSON(), nullable=False),
        sa.Column("source", sa.String(length=40), nullable=False),
        sa.Column("committee_size", sa.Integer(), nullable=False),
        sa.Column("representatives", sa.JSON(), nullable=False),
        sa.Column("evaluation_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("complex", sa.Boolean(), nullable=True),
        sa.Column("wide_effect", sa.Boolean(), nullable=True),
        sa.Column("pool", sa.JSON(), nullable=False),
        sa.Column("pool_root", sa.String(length=64), nullable=True),
        sa.Column("members", sa.JSON(), nullable=False),
        sa.Column("commits", sa.JSON(), nullable=False),
        sa.Column("exclusions", sa.JSON(), nullable=True),
        sa.Column("exclusions_by_id", sa.String(length=20), nullable=True),
        sa.Column("exclusions_confirmed_by_id", sa.String(length=20), nullable=True),
        sa.Column("dice", sa.String(length=20), nullable=True),
        sa.Column("dice_by_id", sa.String(length=20), nullable=True),
        sa.Column("dice_witnesses", sa.JSON(), nullable=False),
        sa.Column("dice_recorded_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("exclusion_signatures", sa.JSON(), nullable=False),
        sa.Column("beacon", sa.JSON(), nullable=True),
        sa.Column("escrow_shares", sa.JSON(), nullable=False),
        sa.Column("reveals", sa.JSON(), nullable=False),
        sa.Column("results", sa.JSON(), nullable=False),
        sa.Column("seeds", sa.JSON(), nullable=False),
        sa.Column("shortage", sa.JSON(), nullable=True),
        sa.Column("aborted_reason", sa.Text(), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("drawn_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["dice_by_id"], ["user_account.id"], name=op.f("fk_draw_dice_by_id_user_account")),
        sa.ForeignKeyConstraint(
            ["exclusions_by_id"], ["user_account.id"], name=op.f("fk_draw_exclusions_by_id_user_account")
        ),
        sa.ForeignKeyConstraint(
            ["exclusions_confirmed_by_id"],
            ["user_account.id"],
            name=op.f("fk_draw_exclusions_confirmed_by_id_user_account"),
        ),
        sa.ForeignKeyConstraint(["lot_id"], ["lot.id"], name=op.f("fk_draw_lot_id_lot")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_draw")),
        sa.UniqueConstraint("lot_id", "number", name=op.f("uq_draw_lot_id_number")),
        sa.UniqueConstraint("name", name=op.f("uq_draw_name")),
    )
    op.create_index(op.f("ix_draw_lot_id"), "draw", ["lot_id"], unique=False)
    op.create_table(
        "entrant",
        sa.Column("id", sa.String(length=20), nullable=False),
        sa.Column("lot_id", sa.String(length=20), nullable=False),
        sa.Column("organization_id", sa.String(length=20), nullable=False),
        sa.Column("applied_by_id", sa.String(length=20), nullable=False),
        sa.Column("applied_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("statement", sa.Text(), nullable=False),
        sa.Column("members", sa.JSON(), nullable=False),
        sa.Column("papers", sa.JSON(), nullable=False),
        sa.Column("insider", sa.Boolean(), nullable=False),
        sa.Column("kept_out", sa.Boolean(), nullable=True),
        sa.Column("claims_priority", sa.Boolean(), nullable=False),
        sa.Column("has_priority", sa.Boolean(), nullable=False),
        sa.Column("withdrawn_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("qualified", sa.Boolean(), nullable=True),
        sa.Column("decision_ground", sa.String(length=40), nullable=True),
        sa.Column("decision_reason", sa.Text(), nullable=True),
        sa.Column("decided_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("decided_by_id", sa.String(length=20), nullable=True),
        sa.Column("paddle", sa.Integer(), nullable=True),
        sa.Column("goes_on_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["applied_by_id"], ["user_account.id"], name=op.f("fk_entrant_applied_by_id_user_account")
        ),
        sa.ForeignKeyConstraint(
            ["decided_by_id"], ["user_account.id"], name=op.f("fk_entrant_decided_by_id_user_account")
        ),
        sa.ForeignKeyConstraint(["lot_id"], ["lot.id"], name=op.f("fk_entrant_lot_id_lot")),
        sa.ForeignKeyConstraint(
            ["organization_id"], ["organization.id"], name=op.f("fk_entrant_organization_id_organization")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_entrant")),
        sa.UniqueConstraint("lot_id", "organization_id", name=op.f("uq_entrant_lot_id_organization_id")),
        sa.UniqueConstraint("lot_id", "paddle", name=op.f("uq_entrant_lot_id_paddle")),
    )
    op.create_index(op.f("ix_entrant_applied_by_id"), "entrant", ["applied_by_id"], unique=False)
    op.create_index(op.f("ix_entrant_lot_id"), "entrant", ["lot_id"], unique=False)
    op.create_index(op.f("ix_entrant_organization_id"), "entrant", ["organization_id"], unique=False)
    op.create_table(
        "evaluation",
        sa.Column("id", sa.String(length=20), nullable=False),
        sa.Column("lot_id", sa.String(length=20), nullable=False),
        sa.Column("drafted_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("drafted_by_id", sa.String(length=20), nullable=False),
        sa.Column("ranking", sa.JSON(), nullable=False),
        sa.Column("candidates", sa.JSON(), nullable=False),
        sa.Column("flags", sa.JSON(), nullable=False),
        sa.Column("competition_reason", sa.Text(), nullable=True),
        sa.Column("fatal_defect", sa.Boolean(), nullable=False),
        sa.Column("tie_break", sa.JSON(), nullable=True),
        sa.Column("digest", sa.String(length=64), nullable=False),
        sa.Column("submitted_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["drafted_by_id"], ["user_account.id"], name=op.f("fk_evaluation_drafted_by_id_user_account")
        ),
        sa.ForeignKeyConstraint(["lot_id"], ["lot.id"], name=op.f("fk_evaluation_lot_id_lot")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_evaluation")),
        sa.UniqueConstraint("lot_id", name=op.f("uq_evaluation_lot_id")),
    )
    op.create_index(op.f("ix_evaluation_drafted_by_id"), "evaluation", ["drafted_by_id"], unique=False)
    op.create_table(
        "evaluation_extension",
        sa.Column("id", sa.String(length=20), nullable=False),
        sa.Column("lot_id", sa.String(length=20), nullable=False),
        sa.Column("asked", sa.Integer(), nullable=False),
        sa.Column("members", sa.Integer(), nullable=False),
        sa.Column("before", sa.DateTime(timezone=True), nullable=True),
        sa.Column("ends_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("extended_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("extended_by_id", sa.String(length=20), nullable=False),
        sa.ForeignKeyConstraint(
            ["extended_by_id"], ["user_account.id"], name=op.f("fk_evaluation_extension_extended_by_id_user_account")
        ),
        sa.ForeignKeyConstraint(["lot_id"], ["lot.id"], name=op.f("fk_evaluation_extension_lot_id_lot")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_evaluation_extension")),
    )
    op.create_index(
        op.f("ix_evaluation_extension_extended_by_id"), "evaluation_extension", ["extended_by_id"], unique=False
    )
    op.create_index(op.f("ix_evaluation_extension_lot_id"), "evaluation_extension", ["lot_id"], unique=False)
    op.create_table(
        "examiner",
        sa.Column("id", sa.String(length=20), nullable=False),
        sa.Column("lot_id", sa.String(length=20), nullable=False),
        sa.Column("user_id", sa.String(length=20), nullable=False),
        sa.Column("expert_id", sa.String(length=20), nullable=True),
        sa.Column("drawn", sa.Boolean(), nullable=False),
        sa.Column("findings", sa.JSON(), nullable=True),
        sa.Column("handed_in_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["expert_id"], ["expert.id"], name=op.f("fk_examiner_expert_id_expert")),
        sa.ForeignKeyConstraint(["lot_id"], ["lot.id"], name=op.f("fk_examiner_lot_id_lot")),
        sa.ForeignKeyConstraint(["user_id"], ["user_account.id"], name=op.f("fk_examiner_user_id_user_account")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_examiner")),
        sa.UniqueConstraint("lot_id", "user_id", name=op.f("uq_examiner_lot_id_user_id")),
    )
    op.create_index(op.f("ix_examiner_lot_id"), "examiner", ["lot_id"], unique=False)
    op.create_index(op.f("ix_examiner_user_id"), "examiner", ["user_id"], unique=False)
    op.create_table(
        "expert_appraisal",
        sa.Column("id", sa.String(length=20), nullable=False),
        sa.Column("lot_id", sa.String(length=20), nullable=False),
        sa.Column("expert_id", sa.String(length=20), nullable=False),
        sa.Column("act", sa.Text(), nullable=False),
        sa.Column("measure", sa.String(length=40), nullable=False),
        sa.Column("organ", sa.String(length=200), nullable=False),
        sa.Column("number", sa.String(length=200), nullable=False),
        sa.Column("decided_on", sa.Date(), nullable=False),
        sa.Column("published_on", sa.Date(), nullable=False),
        sa.Column("sent_to_pool_on", sa.Date(), nullable=False),
        sa.Column("instead_of_penalty", sa.Boolean(), nullable=False),
        sa.Column("files", sa.JSON(), nullable=False),
        sa.Column("recorded_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("recorded_by_id", sa.String(length=20), nullable=False),
        sa.ForeignKeyConstraint(["expert_id"], ["expert.id"], name=op.f("fk_expert_appraisal_expert_id_expert")),
        sa.ForeignKeyConstraint(["lot_id"], ["lot.id"], name=op.f("fk_expert_appraisal_lot_id_lot")),
        sa.ForeignKeyConstraint(
            ["recorded_by_id"], ["user_account.id"], name=op.f("fk_expert_appraisal_recorded_by_id_user_account")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_expert_appraisal")),
    )
    op.create_index(op.f("ix_expert_appraisal_expert_id"), "expert_appraisal", ["expert_id"], unique=False)
    op.create_index(op.f("ix_expert_appraisal_lot_id"), "expert_appraisal", ["lot_id"], unique=False)
    op.create_index(op.f("ix_expert_appraisal_recorded_by_id"), "expert_appraisal", ["recorded_by_id"], unique=False)
    op.create_table(
        "filing",
        sa.Column("id", sa.String(length=20), nullable=False),
        sa.Column("lot_id", sa.String(length=20), nullable=False),
        sa.Column("round", sa.Integer(), nullable=False),
        sa.Column("submitted_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("submitted_by_id", sa.String(length=20), nullable=False),
        sa.Column("documents_digest", sa.String(length=64), nullable=False),
        sa.Column("answer_due_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("answer", sa.String(length=40), nullable=True),
        sa.Column("reason", sa.Text(), nullable=True),
        sa.Column("answered_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("answered_by_id", sa.String(length=20), nullable=True),
        sa.ForeignKeyConstraint(
            ["answered_by_id"], ["user_account.id"], name=op.f("fk_filing_answered_by_id_user_account")
        ),
        sa.ForeignKeyConstraint(["lot_id"], ["lot.id"], name=op.f("fk_filing_lot_id_lot")),
        sa.ForeignKeyConstraint(
            ["submitted_by_id"], ["user_account.id"], name=op.f("fk_filing_submitted_by_id_user_account")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_filing")),
    )
    op.create_index(op.f("ix_filing_lot_id"), "filing", ["lot_id"], unique=False)
    op.create_index(op.f("ix_filing_submitted_by_id"), "filing", ["submitted_by_id"], unique=False)
    op.create_table(
        "final_call",
        sa.Column("id", sa.String(length=20), nullable=False),
        sa.Column("lot_id", sa.String(length=20), nullable=False),
        sa.Column("deadline", sa.DateTime(timezone=True), nullable=False),
        sa.Column("called_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("called_by_id", sa.String(length=20), nullable=False),
        sa.Column("opened_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["called_by_id"], ["user_account.id"], name=op.f("fk_final_call_called_by_id_user_account")
        ),
        sa.ForeignKeyConstraint(["lot_id"], ["lot.id"], name=op.f("fk_final_call_lot_id_lot")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_final_call")),
        sa.UniqueConstraint("lot_id", name=op.f("uq_final_call_lot_id")),
    )
    op.create_index(op.f("ix_final_call_called_by_id"), "final_call", ["called_by_id"], unique=False)
    op.create_table(
        "final_offer",
        sa.Column("id", sa.String(length=20), nullable=False),
        sa.Column("lot_id", sa.String(length=20), nullable=False),
        sa.Column("organization_id", sa.String(length=20), nullable=False),
        sa.Column("current", sa.Boolean(), nullable=False),
        sa.Column("envelope", sa.String(length=64), nullable=False),
        sa.Column("header", sa.JSON(), nullable=False),
        sa.Column("ciphertext", sa.Text(), nullable=False),
        sa.Column("received_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("submitted_by_id", sa.String(length=20), nullable=False),
        sa.Column("shares", sa.JSON(), nullable=False),
        sa.Column("supplied_key", sa.String(length=64), nullable=True),
        sa.Column("amount", sa.BigInteger(), nullable=True),
        sa.Column("fault", sa.Text(), nullable=True),
        sa.Column("opened_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["lot_id"], ["lot.id"], name=op.f("fk_final_offer_lot_id_lot")),
        sa.ForeignKeyConstraint(
            ["organization_id"], ["organization.id"], name=op.f("fk_final_offer_organization_id_organization")
        ),
        sa.ForeignKeyConstraint(
            ["submitted_by_id"], ["user_account.id"], name=op.f("fk_final_offer_submitted_by_id_user_account")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_final_offer")),
        sa.UniqueConstraint("envelope", name=op.f("uq_final_offer_envelope")),
    )
    op.create_index(op.f("ix_final_offer_lot_id"), "final_offer", ["lot_id"], unique=False)
    op.create_index(op.f("ix_final_offer_organization_id"), "final_offer", ["organization_id"], unique=False)
    op.create_index(op.f("ix_final_offer_submitted_by_id"), "final_offer", ["submitted_by_id"], unique=False)
    op.create_index(
        "uq_final_offer_one_current",
        "final_offer",
        ["lot_id", "organization_id"],
        unique=True,
        sqlite_where=sa.text("current = 1"),
        postgresql_where=sa.text("current"),
    )
    op.create_table(
        "guarantee",
        sa.Column("id", sa.String(length=20), nullable=False),
        sa.Column("lot_id", sa.String(length=20), nullable=False),
        sa.Column("organization_id", sa.String(length=20), nullable=False),
        sa.Column("form", sa.String(length=40), nullable=False),
        sa.Column("issuer", sa.String(length=200), nullable=False),
        sa.Column("issuer_listed", sa.Boolean(), nullable=False),
        sa.Column("number", sa.String(length=200), nullable=False),
        sa.Column("number_key", sa.String(length=200), nullable=False),
        sa.Column("amount", sa.BigInteger(), nullable=False),
        sa.Column("valid_until", sa.Date(), nullable=False),
        sa.Column("registered_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("claimed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("claim_ground", sa.String(length=64), nullable=True),
        sa.Column("claim_reason", sa.Text(), nullable=True),
        sa.Column("returned_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["lot_id"], ["lot.id"], name=op.f("fk_guarantee_lot_id_lot")),
        sa.ForeignKeyConstraint(
            ["organization_id"], ["organization.id"], name=op.f("fk_guarantee_organization_id_organization")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_guarantee")),
        sa.UniqueConstraint("lot_id", "organization_id", name=op.f("uq_guarantee_lot_id_organization_id")),
        sa.UniqueConstraint("number_key", name=op.f("uq_guarantee_number_key")),
    )
    op.create_index(op.f("ix_guarantee_lot_id"), "guarantee", ["lot_id"], unique=False)
    op.create_index(op.f("ix_guarantee_organization_id"), "guarantee", ["organization_id"], unique=False)
    op.create_table(
        "holder",
        sa.Column("id", sa.String(length=20), nullable=False),
        sa.Column("lot_id", sa.String(length=20), nullable=False),
        sa.Column("organization_id", sa.String(length=20), nullable=True),
        sa.Column("contact", sa.String(length=200), nullable=True),
        sa.Column("taken_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["lot_id"], ["lot.id"], name=op.f("fk_holder_lot_id_lot")),
        sa.ForeignKeyConstraint(
            ["organization_id"], ["organization.id"], name=op.f("fk_holder_organization_id_organization")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_holder")),
        sa.UniqueConstraint("lot_id", "organization_id", name=op.f("uq_holder_lot_id_organization_id")),
    )
    op.create_index(op.f("ix_holder_lot_id"), "holder", ["lot_id"], unique=False)
    op.create_table(
        "invitee",
        sa.Column("id", sa.String(length=20), nullable=False),
        sa.Column("lot_id", sa.String(length=20), nullable=False),
        sa.Column("organization_id", sa.String(length=20), nullable=False),
        sa.Column("invited", sa.Boolean(), nullable=False),
        sa.Column("told_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["lot_id"], ["lot.id"], name=op.f("fk_invitee_lot_id_lot")),
        sa.ForeignKeyConstraint(
            ["organization_id"], ["organization.id"], name=op.f("fk_invitee_organization_id_organization")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_invitee")),
        sa.UniqueConstraint("lot_id", "organization_id", name=op.f("uq_invitee_lot_id_organization_id")),
    )
    op.create_index(op.f("ix_invitee_lot_id"), "invitee", ["lot_id"], unique=False)
    op.create_index(op.f("ix_invitee_organization_id"), "invitee", ["organization_id"], unique=False)
    op.create_table(
        "invitee_list",
        sa.Column("id", sa.String(length=20), nullable=False),
        sa.Column("lot_id", sa.String(length=20), nullable=False),
        sa.Column("source", sa.String(length=40), nullable=True),
        sa.Column("reasons", sa.Text(), nullable=False),
        sa.Column("invites", sa.Integer(), nullable=False),
        sa.Column("by_owner", sa.Integer(), nullable=False),
        sa.Column("salt", sa.String(length=64), nullable=False),
        sa.Column("digest", sa.String(length=64), nullable=False),
        sa.Column("listed_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("listed_by_id", sa.String(length=20), nullable=False),
        sa.Column("leaf", sa.String(length=64), nullable=True),
        sa.Column("dice", sa.String(), nullable=True),
        sa.Column("drawn_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("drawn_by_id", sa.String(length=20), nullable=True),
        sa.Column("witnessed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("witnessed_by_id", sa.String(length=20), nullable=True),
        sa.ForeignKeyConstraint(
            ["drawn_by_id"], ["user_account.id"], name=op.f("fk_invitee_list_drawn_by_id_user_account")
        ),
        sa.ForeignKeyConstraint(
            ["listed_by_id"], ["user_account.id"], name=op.f("fk_invitee_list_listed_by_id_user_account")
        ),
        sa.ForeignKeyConstraint(["lot_id"], ["lot.id"], name=op.f("fk_invitee_list_lot_id_lot")),
        sa.ForeignKeyConstraint(
            ["witnessed_by_id"], ["user_account.id"], name=op.f("fk_invitee_list_witnessed_by_id_user_account")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_invitee_list")),
        sa.UniqueConstraint("lot_id", name=op.f("uq_invitee_list_lot_id")),
    )
    op.create_index(op.f("ix_invitee_list_listed_by_id"), "invitee_list", ["listed_by_id"], unique=False)
    op.create_table(
        "leaving",
        sa.Column("id", sa.String(length=20), nullable=False),
        sa.Column("lot_id", sa.String(length=20), nullable=False),
        sa.Column("organization_id", sa.String(length=20), nullable=False),
        sa.Column("left_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["lot_id"], ["lot.id"], name=op.f("fk_leaving_lot_id_lot")),
        sa.ForeignKeyConstraint(
            ["organization_id"], ["organization.id"], name=op.f("fk_leaving_organization_id_organization")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_leaving")),
        sa.UniqueConstraint("lot_id", "organization_id", name=op.f("uq_leaving_lot_id_organization_id")),
    )
    op.create_index(op.f("ix_leaving_lot_id"), "leaving", ["lot_id"], unique=False)
    op.create_index(op.f("ix_leaving_organization_id"), "leaving", ["organization_id"], unique=False)
    op.create_table(
        "message",
        sa.Column("id", sa.String(length=20), nullable=False),
        sa.Column("user_id", sa.String(length=20), nullable=True),
        sa.Column("organization_id", sa.String(length=20), nullable=True),
        sa.Column("contact", sa.String(length=200), nullable=True),
        sa.Column("lot_id", sa.String(length=20), nullable=True),
        sa.Column("subject_zh", sa.String(length=200), nullable=False),
        sa.Column("subject_en", sa.String(length=200), nullable=False),
        sa.Column("text_zh", sa.Text(), nullable=False),
        sa.Column("text_en", sa.Text(), nullable=False),
        sa.Column("delivered_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("read_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("read_by_id", sa.String(length=20), nullable=True),
        sa.ForeignKeyConstraint(["lot_id"], ["lot.id"], name=op.f("fk_message_lot_id_lot")),
        sa.ForeignKeyConstraint(
            ["organization_id"], ["organization.id"], name=op.f("fk_message_organization_id_organization")
        ),
        sa.ForeignKeyConstraint(["read_by_id"], ["user_account.id"], name=op.f("fk_message_read_by_id_user_account")),
        sa.ForeignKeyConstraint(["user_id"], ["user_account.id"], name=op.f("fk_message_user_id_user_account")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_message")),
    )
    op.create_index(op.f("ix_message_lot_id"), "message", ["lot_id"], unique=False)
    op.create_index("ix_message_org_delivered", "message", ["organization_id", "delivered_at"], unique=False)
    op.create_index("ix_message_user_delivered", "message", ["user_id", "delivered_at"], unique=False)
    op.create_table(
        "method_application",
        sa.Column("id", sa.String(length=20), nullable=False),
        sa.Column("lot_id", sa.String(length=20), nullable=False),
        sa.Column("method", sa.String(length=40), nullable=False),
        sa.Column("ground", sa.String(length=64), nullable=False),
        sa.Column("reasons", sa.Text(), nullable=False),
        sa.Column("applied_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("applied_by_id", sa.String(length=20), nullable=False),
        sa.Column("approved", sa.Boolean(), nullable=True),
        sa.Column("decision_organ", sa.String(length=200), nullable=True),
        sa.Column("finance_level", sa.String(length=40), nullable=True),
        sa.Column("decision_number", sa.String(length=200), nullable=True),
        sa.Column("decision_reason", sa.Text(), nullable=True),
        sa.Column("decided_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("decided_by_id", sa.String(length=20), nullable=True),
        sa.ForeignKeyConstraint(
            ["applied_by_id"], ["user_account.id"], name=op.f("fk_method_application_applied_by_id_user_account")
        ),
        sa.ForeignKeyConstraint(
            ["decided_by_id"], ["user_account.id"], name=op.f("fk_method_application_decided_by_id_user_account")
        ),
        sa.ForeignKeyConstraint(["lot_id"], ["lot.id"], name=op.f("fk_method_application_lot_id_lot")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_method_application")),
    )
    op.create_index(op.f("ix_method_application_applied_by_id"), "method_application", ["applied_by_id"], unique=False)
    op.create_index(op.f("ix_method_application_lot_id"), "method_application", ["lot_id"], unique=False)
    op.create_table(
        "method_basis",
        sa.Column("id", sa.String(length=20), nullable=False),
        sa.Column("lot_id", sa.String(length=20), nullable=False),
        sa.Column("method", sa.String(length=40), nullable=False),
        sa.Column("ground", sa.String(length=64), nullable=False),
        sa.Column("reasons", sa.Text(), nullable=False),
        sa.Column("given_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("original_contract", sa.BigInteger(), nullable=True),
        sa.Column("added", sa.BigInteger(), nullable=True),
        sa.Column("emergency", sa.Boolean(), nullable=True),
        sa.Column("changes_after_failure", sa.Boolean(), nullable=True),
        sa.Column("committee_statement", sa.Boolean(), nullable=True),
        sa.Column("experts_stating", sa.Integer(), nullable=True),
        sa.Column("notice_proved", sa.Boolean(), nullable=True),
        sa.Column("challenges_told", sa.Boolean(), nullable=True),
        sa.Column("reasons_published_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["lot_id"], ["lot.id"], name=op.f("fk_method_basis_lot_id_lot")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_method_basis")),
        sa.UniqueConstraint("lot_id", name=op.f("uq_method_basis_lot_id")),
    )
    op.create_table(
        "notice",
        sa.Column("id", sa.String(length=20), nullable=False),
        sa.Column("lot_id", sa.String(length=20), nullable=False),
        sa.Column("kind", sa.String(length=40), nullable=False),
        sa.Column("title", sa.String(length=200), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("facts", sa.JSON(), nullable=False),
        sa.Column("digest", sa.String(length=64), nullable=False),
        sa.Column("media", sa.JSON(), nullable=False),
        sa.Column("published_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("ends_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["lot_id"], ["lot.id"], name=op.f("fk_notice_lot_id_lot")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_notice")),
    )
    op.create_index("ix_notice_kind_published", "notice", ["kind", "published_at"], unique=False)
    op.create_index(op.f("ix_notice_lot_id"), "notice", ["lot_id"], unique=False)
    op.create_table(
        "objection",
        sa.Column("id", sa.String(length=20), nullable=False),
        sa.Column("lot_id", sa.String(length=20), nullable=False),
        sa.Column("target", sa.String(length=40), nullable=False),
        sa.Column("objector_id", sa.String(length=20), nullable=False),
        sa.Column("raised_by_id", sa.String(length=20), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("raised_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("in_time", sa.Boolean(), nullable=False),
        sa.Column("suspends", sa.Boolean(), nullable=False),
        sa.Column("objector_is_bidder", sa.Boolean(), nullable=False),
        sa.Column("answer_due_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("answer", sa.Text(), nullable=True),
        sa.Column("upheld", sa.Boolean(), nullable=True),
        sa.Column("answered_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("answered_by_id", sa.String(length=20), nullable=True),
        sa.Column("withdrawn_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["answered_by_id"], ["user_account.id"], name=op.f("fk_objection_answered_by_id_user_account")
        ),
        sa.ForeignKeyConstraint(["lot_id"], ["lot.id"], name=op.f("fk_objection_lot_id_lot")),
        sa.ForeignKeyConstraint(
            ["objector_id"], ["organization.id"], name=op.f("fk_objection_objector_id_organization")
        ),
        sa.ForeignKeyConstraint(
            ["raised_by_id"], ["user_account.id"], name=op.f("fk_objection_raised_by_id_user_account")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_objection")),
    )
    op.create_index(op.f("ix_objection_lot_id"), "objection", ["lot_id"], unique=False)
    op.create_index(op.f("ix_objection_objector_id"), "objection", ["objector_id"], unique=False)
    op.create_index(op.f("ix_objection_raised_by_id"), "objection", ["raised_by_id"], unique=False)
    op.create_table(
        "opening_officer",
        sa.Column("id", sa.String(length=20), nullable=False),
        sa.Column("lot_id", sa.String(length=20), nullable=False),
        sa.Column("group_number", sa.Integer(), nullable=False),
        sa.Column("place", sa.Integer(), nullable=False),
        sa.Column("threshold", sa.Integer(), nullable=False),
        sa.Column("user_id", sa.String(length=20), nullable=False),
        sa.Column("appointed_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("trial", sa.String(length=64), nullable=True),
        sa.Column("rehearsed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("handed_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["lot_id"], ["lot.id"], name=op.f("fk_opening_officer_lot_id_lot")),
        sa.ForeignKeyConstraint(["user_id"], ["user_account.id"], name=op.f("fk_opening_officer_user_id_user_account")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_opening_officer")),
    )
    op.create_index(op.f("ix_opening_officer_lot_id"), "opening_officer", ["lot_id"], unique=False)
    op.create_index(op.f("ix_opening_officer_user_id"), "opening_officer", ["user_id"], unique=False)
    op.create_index("uq_opening_officer_lot_user", "opening_officer", ["lot_id", "user_id"], unique=True)
    op.create_table(
        "opening_record",
        sa.Column("id", sa.String(length=20), nullable=False),
        sa.Column("lot_id", sa.String(length=20), nullable=False),
        sa.Column("presided_by_id", sa.String(length=20), nullable=False),
        sa.Column("started_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("open_until", sa.DateTime(timezone=True), nullable=False),
        sa.Column("closed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("read_out", sa.JSON(), nullable=False),
        sa.Column("base_price", sa.BigInteger(), nullable=True),
        sa.Column("digest", sa.String(length=64), nullable=False),
        sa.ForeignKeyConstraint(["lot_id"], ["lot.id"], name=op.f("fk_opening_record_lot_id_lot")),
        sa.ForeignKeyConstraint(
            ["presided_by_id"], ["user_account.id"], name=op.f("fk_opening_record_presided_by_id_user_account")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_opening_record")),
        sa.UniqueConstraint("lot_id", name=op.f("uq_opening_record_lot_id")),
    )
    op.create_index(op.f("ix_opening_record_presided_by_id"), "opening_record", ["presided_by_id"], unique=False)
    op.create_table(
        "payment",
        sa.Column("id", sa.String(length=20), nullable=False),
        sa.Column("lot_id", sa.String(length=20), nullable=False),
        sa.Column("amount", sa.BigInteger(), nullable=False),
        sa.Column("delivered_on", sa.Date(), nullable=False),
        sa.Column("paid_on", sa.Date(), nullable=False),
        sa.Column("remark", sa.String(length=200), nullable=False),
        sa.Column("recorded_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("recorded_by_id", sa.String(length=20), nullable=False),
        sa.ForeignKeyConstraint(["lot_id"], ["lot.id"], name=op.f("fk_payment_lot_id_lot")),
        sa.ForeignKeyConstraint(
            ["recorded_by_id"], ["user_account.id"], name=op.f("fk_payment_recorded_by_id_user_account")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_payment")),
    )
    op.create_index(op.f("ix_payment_lot_id"), "payment", ["lot_id"], unique=False)
    op.create_index(op.f("ix_payment_recorded_by_id"), "payment", ["recorded_by_id"], unique=False)
    op.create_table(
        "performance",
        sa.Column("id", sa.String(length=20), nullable=False),
        sa.Column("lot_id", sa.String(length=20), nullable=False),
        sa.Column("organization_id", sa.String(length=20), nullable=False),
        sa.Column("quality", sa.Integer(), nullable=False),
        sa.Column("schedule", sa.Integer(), nullable=False),
        sa.Column("safety", sa.Integer(), nullable=False),
        sa.Column("payment_of_workers", sa.Integer(), nullable=False),
        sa.Column("remarks", sa.Text(), nullable=False),
        sa.Column("evaluated_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("evaluated_by_id", sa.String(length=20), nullable=False),
        sa.ForeignKeyConstraint(
            ["evaluated_by_id"], ["user_account.id"], name=op.f("fk_performance_evaluated_by_id_user_account")
        ),
        sa.ForeignKeyConstraint(["lot_id"], ["lot.id"], name=op.f("fk_performance_lot_id_lot")),
        sa.ForeignKeyConstraint(
            ["organization_id"], ["organization.id"], name=op.f("fk_performance_organization_id_organization")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_performance")),
        sa.UniqueConstraint("lot_id", name=op.f("uq_performance_lot_id")),
    )
    op.create_index(op.f("ix_performance_evaluated_by_id"), "performance", ["evaluated_by_id"], unique=False)
    op.create_index(op.f("ix_performance_organization_id"), "performance", ["organization_id"], unique=False)
    op.create_table(
        "pledge",
        sa.Column("id", sa.String(length=20), nullable=False),
        sa.Column("lot_id", sa.String(length=20), nullable=False),
        sa.Column("signer", sa.String(length=64), nullable=False),
        sa.Column("role", sa.String(length=40), nullable=False),
        sa.Column("organization_id", sa.String(length=20), nullable=True),
        sa.Column("user_id", sa.String(length=20), nullable=False),
        sa.Column("signatory", sa.String(length=200), nullable=False),
        sa.Column("form", sa.String(length=64), nullable=False),
        sa.Column("digest", sa.String(length=64), nullable=False),
        sa.Column("signed_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["lot_id"], ["lot.id"], name=op.f("fk_pledge_lot_id_lot")),
        sa.ForeignKeyConstraint(
            ["organization_id"], ["organization.id"], name=op.f("fk_pledge_organization_id_organization")
        ),
        sa.ForeignKeyConstraint(["user_id"], ["user_account.id"], name=op.f("fk_pledge_user_id_user_account")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_pledge")),
        sa.UniqueConstraint("lot_id", "signer", name=op.f("uq_pledge_lot_id_signer")),
    )
    op.create_index(op.f("ix_pledge_lot_id"), "pledge", ["lot_id"], unique=False)
    op.create_index(op.f("ix_pledge_organization_id"), "pledge", ["organization_id"], unique=False)
    op.create_index(op.f("ix_pledge_user_id"), "pledge", ["user_id"], unique=False)
    op.create_table(
        "preliminary",
        sa.Column("id", sa.String(length=20), nullable=False),
        sa.Column("lot_id", sa.String(length=20), nullable=False),
        sa.Column("kind", sa.String(length=40), nullable=False),
        sa.Column("requirements", sa.Text(), nullable=False),
        sa.Column("contact", sa.String(length=200), nullable=False),
        sa.Column("published_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("sale_ends_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("until", sa.DateTime(timezone=True), nullable=False),
        sa.Column("changes", sa.Integer(), nullable=False),
        sa.Column("changed_on", sa.Date(), nullable=True),
        sa.Column("closed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("leaf", sa.String(length=64), nullable=True),
        sa.Column("dice", sa.String(), nullable=True),
        sa.Column("concluded_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("concluded_by_id", sa.String(length=20), nullable=True),
        sa.Column("revision", sa.Text(), nullable=True),
        sa.Column("documents_digest", sa.String(length=64), nullable=True),
        sa.ForeignKeyConstraint(
            ["concluded_by_id"], ["user_account.id"], name=op.f("fk_preliminary_concluded_by_id_user_account")
        ),
        sa.ForeignKeyConstraint(["lot_id"], ["lot.id"], name=op.f("fk_preliminary_lot_id_lot")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_preliminary")),
        sa.UniqueConstraint("lot_id", "kind", name=op.f("uq_preliminary_lot_id_kind")),
    )
    op.create_index(op.f("ix_preliminary_lot_id"), "preliminary", ["lot_id"], unique=False)
    op.create_table(
        "price_agreement",
        sa.Column("id", sa.String(length=20), nullable=False),
        sa.Column("lot_id", sa.String(length=20), nullable=False),
        sa.Column("organization_id", sa.String(length=20), nullable=False),
        sa.Column("price", sa.BigInteger(), nullable=False),
        sa.Column("people", sa.Text(), nullable=False),
        sa.Column("basis", sa.Text(), nullable=False),
        sa.Column("recorded_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("recorded_by_id", sa.String(length=20), nullable=False),
        sa.Column("confirmed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("confirmed_by_id", sa.String(length=20), nullable=True),
        sa.ForeignKeyConstraint(
            ["confirmed_by_id"], ["user_account.id"], name=op.f("fk_price_agreement_confirmed_by_id_user_account")
        ),
        sa.ForeignKeyConstraint(["lot_id"], ["lot.id"], name=op.f("fk_price_agreement_lot_id_lot")),
        sa.ForeignKeyConstraint(
            ["organization_id"], ["organization.id"], name=op.f("fk_price_agreement_organization_id_organization")
        ),
        sa.ForeignKeyConstraint(
            ["recorded_by_id"], ["user_account.id"], name=op.f("fk_price_agreement_recorded_by_id_user_account")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_price_agreement")),
        sa.UniqueConstraint("lot_id", name=op.f("uq_price_agreement_lot_id")),
    )
    op.create_index(op.f("ix_price_agreement_organization_id"), "price_agreement", ["organization_id"], unique=False)
    op.create_index(op.f("ix_price_agreement_recorded_by_id"), "price_agreement", ["recorded_by_id"], unique=False)
    op.create_table(
        "price_receipt",
        sa.Column("id", sa.String(length=20), nullable=False),
        sa.Column("lot_id", sa.String(length=20), nullable=False),
        sa.Column("amount", sa.BigInteger(), nullable=False),
        sa.Column("received_on", sa.Date(), nullable=False),
        sa.Column("from_deposit", sa.Boolean(), nullable=False),
        sa.Column("remark", sa.String(length=200), nullable=False),
        sa.Column("recorded_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("recorded_by_id", sa.String(length=20), nullable=False),
        sa.ForeignKeyConstraint(["lot_id"], ["lot.id"], name=op.f("fk_price_receipt_lot_id_lot")),
        sa.ForeignKeyConstraint(
            ["recorded_by_id"], ["user_account.id"], name=op.f("fk_price_receipt_recorded_by_id_user_account")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_price_receipt")),
    )
    op.create_index(op.f("ix_price_receipt_lot_id"), "price_receipt", ["lot_id"], unique=False)
    op.create_index(op.f("ix_price_receipt_recorded_by_id"), "price_receipt", ["recorded_by_id"], unique=False)
    op.create_table(
        "publicity",
        sa.Column("id", sa.String(length=20), nullable=False),
        sa.Column("lot_id", sa.String(length=20), nullable=False),
        sa.Column("report_received_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("checklist", sa.JSON(), nullable=False),
        sa.Column("started_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("ends_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("ends_day", sa.Date(), nullable=False),
        sa.Column("village_board_on", sa.Date(), nullable=True),
        sa.ForeignKeyConstraint(["lot_id"], ["lot.id"], name=op.f("fk_publicity_lot_id_lot")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_publicity")),
        sa.UniqueConstraint("lot_id", name=op.f("uq_publicity_lot_id")),
    )
    op.create_table(
        "remittance",
        sa.Column("id", sa.String(length=20), nullable=False),
        sa.Column("lot_id", sa.String(length=20), nullable=False),
        sa.Column("amount", sa.BigInteger(), nullable=False),
        sa.Column("paid_on", sa.Date(), nullable=False),
        sa.Column("receiver", sa.String(length=40), nullable=False),
        sa.Column("reference", sa.String(length=200), nullable=False),
        sa.Column("recorded_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("recorded_by_id", sa.String(length=20), nullable=False),
        sa.ForeignKeyConstraint(["lot_id"], ["lot.id"], name=op.f("fk_remittance_lot_id_lot")),
        sa.ForeignKeyConstraint(
            ["recorded_by_id"], ["user_account.id"], name=op.f("fk_remittance_recorded_by_id_user_account")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_remittance")),
    )
    op.create_index(op.f("ix_remittance_lot_id"), "remittance", ["lot_id"], unique=False)
    op.create_index(op.f("ix_remittance_recorded_by_id"), "remittance", ["recorded_by_id"], unique=False)
    op.create_table(
        "requirement_change",
        sa.Column("id", sa.String(length=20), nullable=False),
        sa.Column("lot_id", sa.String(length=20), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("told_to", sa.Integer(), nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("made_by_id", sa.String(length=20), nullable=False),
        sa.ForeignKeyConstraint(["lot_id"], ["lot.id"], name=op.f("fk_requirement_change_lot_id_lot")),
        sa.ForeignKeyConstraint(
            ["made_by_id"], ["user_account.id"], name=op.f("fk_requirement_change_made_by_id_user_account")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_requirement_change")),
    )
    op.create_index(op.f("ix_requirement_change_lot_id"), "requirement_change", ["lot_id"], unique=False)
    op.create_index(op.f("ix_requirement_change_made_by_id"), "requirement_change", ["made_by_id"], unique=False)
    op.create_table(
        "room_recording",
        sa.Column("id", sa.String(length=20), nullable=False),
        sa.Column("lot_id", sa.String(length=20), nullable=False),
        sa.Column("opening_recorded", sa.Boolean(), nullable=False),
        sa.Column("evaluation_recorded", sa.Boolean(), nullable=False),
        sa.Column("members_at_opening", sa.Boolean(), nullable=False),
        sa.Column("kept_as", sa.String(length=200), nullable=False),
        sa.Column("recorded_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("recorded_by_id", sa.String(length=20), nullable=False),
        sa.ForeignKeyConstraint(["lot_id"], ["lot.id"], name=op.f("fk_room_recording_lot_id_lot")),
        sa.ForeignKeyConstraint(
            ["recorded_by_id"], ["user_account.id"], name=op.f("fk_room_recording_recorded_by_id_user_account")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_room_recording")),
        sa.UniqueConstraint("lot_id", name=op.f("uq_room_recording_lot_id")),
    )
    op.create_index(op.f("ix_room_recording_recorded_by_id"), "room_recording", ["recorded_by_id"], unique=False)
    op.create_table(
        "sale_terms",
        sa.Column("id", sa.String(length=20), nullable=False),
        sa.Column("lot_id", sa.String(length=20), nullable=False),
        sa.Column("description", sa.Text(), nullable=False),
        sa.Column("starting_price", sa.BigInteger(), nullable=False),
        sa.Column("increment", sa.BigInteger(), nullable=False),
        sa.Column("a_year", sa.Boolean(), nullable=False),
        sa.Column("lease_from", sa.Date(), nullable=True),
        sa.Column("lease_until", sa.Date(), nullable=True),
        sa.Column("has_reserve", sa.Boolean(), nullable=False),
        sa.Column("reserve_envelope", sa.JSON(), nullable=True),
        sa.Column("reserve_sealed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("reserve_shares", sa.JSON(), nullable=False),
        sa.Column("reserve", sa.BigInteger(), nullable=True),
        sa.Column("reserve_opened_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("deposit", sa.BigInteger(), nullable=True),
        sa.Column("priority", sa.Text(), nullable=True),
        sa.Column("buyer_conditions", sa.Text(), nullable=True),
        sa.Column("price_consent", sa.String(length=200), nullable=True),
        sa.Column("begun_anew", sa.Boolean(), nullable=True),
        sa.Column("listed_from", sa.DateTime(timezone=True), nullable=True),
        sa.Column("bidding_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("planned_end", sa.DateTime(timezone=True), nullable=True),
        sa.Column("live_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("ends_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("match_until", sa.DateTime(timezone=True), nullable=True),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["lot_id"], ["lot.id"], name=op.f("fk_sale_terms_lot_id_lot")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_sale_terms")),
        sa.UniqueConstraint("lot_id", name=op.f("uq_sale_terms_lot_id")),
    )
    op.create_table(
        "sole_source_notice",
        sa.Column("id", sa.String(length=20), nullable=False),
        sa.Column("lot_id", sa.String(length=20), nullable=False),
        sa.Column("subject", sa.Text(), nullable=False),
        sa.Column("description", sa.Text(), nullable=False),
        sa.Column("reasons", sa.Text(), nullable=False),
        sa.Column("supplier", sa.String(length=200), nullable=False),
        sa.Column("supplier_address", sa.String(length=200), nullable=False),
        sa.Column("opinion", sa.Text(), nullable=False),
        sa.Column("experts", sa.JSON(), nullable=False),
        sa.Column("contacts", sa.Text(), nullable=False),
        sa.Column("published_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("until", sa.Date(), nullable=False),
        sa.Column("reasoning", sa.Text(), nullable=True),
        sa.Column("reasoned_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("upheld", sa.Boolean(), nullable=True),
        sa.ForeignKeyConstraint(["lot_id"], ["lot.id"], name=op.f("fk_sole_source_notice_lot_id_lot")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_sole_source_notice")),
    )
    op.create_index(op.f("ix_sole_source_notice_lot_id"), "sole_source_notice", ["lot_id"], unique=False)
    op.create_table(
        "stop",
        sa.Column("id", sa.String(length=20), nullable=False),
        sa.Column("lot_id", sa.String(length=20), nullable=False),
        sa.Column("ground", sa.String(length=40), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("begun_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("begun_by_id", sa.String(length=20), nullable=True),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("reminded_on", sa.Date(), nullable=True),
        sa.Column("deadline_before", sa.DateTime(timezone=True), nullable=True),
        sa.Column("deadline_after", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["begun_by_id"], ["user_account.id"], name=op.f("fk_stop_begun_by_id_user_account")),
        sa.ForeignKeyConstraint(["lot_id"], ["lot.id"], name=op.f("fk_stop_lot_id_lot")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_stop")),
    )
    op.create_index(op.f("ix_stop_lot_id"), "stop", ["lot_id"], unique=False)
    op.create_table(
        "supervision_order",
        sa.Column("id", sa.String(length=20), nullable=False),
        sa.Column("lot_id", sa.String(length=20), nullable=False),
        sa.Column("number", sa.String(length=64), nullable=False),
        sa.Column("addressee_id", sa.String(length=20), nullable=False),
        sa.Column("findings", sa.Text(), nullable=False),
        sa.Column("demand", sa.Text(), nullable=False),
        sa.Column("issued_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("issued_by_id", sa.String(length=20), nullable=False),
        sa.Column("due_on", sa.Date(), nullable=False),
        sa.Column("files", sa.JSON(), nullable=False),
        sa.Column("prolongations", sa.JSON(), nullable=False),
        sa.Column("reply", sa.Text(), nullable=True),
        sa.Column("reply_files", sa.JSON(), nullable=False),
        sa.Column("replied_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("replied_by_id", sa.String(length=20), nullable=True),
        sa.Column("closed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("closed_by_id", sa.String(length=20), nullable=True),
        sa.Column("closing", sa.String(length=40), nullable=True),
        sa.Column("closing_reason", sa.Text(), nullable=True),
        sa.ForeignKeyConstraint(
            ["addressee_id"], ["organization.id"], name=op.f("fk_supervision_order_addressee_id_organization")
        ),
        sa.ForeignKeyConstraint(
            ["closed_by_id"], ["user_account.id"], name=op.f("fk_supervision_order_closed_by_id_user_account")
        ),
        sa.ForeignKeyConstraint(
            ["issued_by_id"], ["user_account.id"], name=op.f("fk_supervision_order_issued_by_id_user_account")
        ),
        sa.ForeignKeyConstraint(["lot_id"], ["lot.id"], name=op.f("fk_supervision_order_lot_id_lot")),
        sa.ForeignKeyConstraint(
            ["replied_by_id"], ["user_account.id"], name=op.f("fk_supervision_order_replied_by_id_user_account")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_supervision_order")),
    )
    op.create_index(op.f("ix_supervision_order_addressee_id"), "supervision_order", ["addressee_id"], unique=False)
    op.create_index(op.f("ix_supervision_order_issued_by_id"), "supervision_order", ["issued_by_id"], unique=False)
    op.create_index(op.f("ix_supervision_order_lot_id"), "supervision_order", ["lot_id"], unique=False)
    op.create_table(
        "talk",
        sa.Column("id", sa.String(length=20), nullable=False),
        sa.Column("lot_id", sa.String(length=20), nullable=False),
        sa.Column("organization_id", sa.String(length=20), nullable=False),
        sa.Column("round", sa.Integer(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("held_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("recorded_by_id", sa.String(length=20), nullable=False),
        sa.Column("confirmed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("confirmed_by_id", sa.String(length=20), nullable=True),
        sa.ForeignKeyConstraint(
            ["confirmed_by_id"], ["user_account.id"], name=op.f("fk_talk_confirmed_by_id_user_account")
        ),
        sa.ForeignKeyConstraint(["lot_id"], ["lot.id"], name=op.f("fk_talk_lot_id_lot")),
        sa.ForeignKeyConstraint(
            ["organization_id"], ["organization.id"], name=op.f("fk_talk_organization_id_organization")
        ),
        sa.ForeignKeyConstraint(
            ["recorded_by_id"], ["user_account.id"], name=op.f("fk_talk_recorded_by_id_user_account")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_talk")),
        sa.UniqueConstraint("lot_id", "organization_id", "round", name=op.f("uq_talk_lot_id_organization_id_round")),
    )
    op.create_index(op.f("ix_talk_lot_id"), "talk", ["lot_id"], unique=False)
    op.create_index(op.f("ix_talk_organization_id"), "talk", ["organization_id"], unique=False)
    op.create_index(op.f("ix_talk_recorded_by_id"), "talk", ["recorded_by_id"], unique=False)
    op.create_table(
        "tender_terms",
        sa.Column("id", sa.String(length=20), nullable=False),
        sa.Column("lot_id", sa.String(length=20), nullable=False),
        sa.Column("qualification", sa.Text(), nullable=False),
        sa.Column("consortium_allowed", sa.Boolean(), nullable=True),
        sa.Column("two_envelopes", sa.Boolean(), nullable=False),
        sa.Column("duration_days", sa.Integer(), nullable=True),
        sa.Column("quality", sa.String(length=200), nullable=False),
        sa.Column("place", sa.String(length=200), nullable=False),
        sa.Column("ceiling", sa.BigInteger(), nullable=True),
        sa.Column("ceiling_set_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("minimum_price", sa.BigInteger(), nullable=True),
        sa.Column("bond", sa.BigInteger(), nullable=True),
        sa.Column("performance_bond_percent", sa.Numeric(), nullable=True),
        sa.Column("bid_validity_days", sa.Integer(), nullable=True),
        sa.Column("evaluation_method", sa.String(length=40), nullable=True),
        sa.Column("factors", sa.JSON(), nullable=False),
        sa.Column("price_formula", sa.String(length=40), nullable=True),
        sa.Column("benchmark", sa.JSON(), nullable=True),
        sa.Column("sme_deduction_percent", sa.Numeric(), nullable=True),
        sa.Column("sme_bonus_percent", sa.Numeric(), nullable=True),
        sa.Column("domestic_deduction_percent", sa.Numeric(), nullable=True),
        sa.Column("low_price_percent", sa.Numeric(), nullable=True),
        sa.Column("rejection_clauses", sa.Text(), nullable=False),
        sa.Column("payment_days", sa.Integer(), nullable=True),
        sa.Column("payment_terms", sa.Text(), nullable=False),
        sa.Column("objection_contact", sa.String(length=200), nullable=False),
        sa.Column("standard_text", sa.Boolean(), nullable=True),
        sa.Column("competition_reviewer", sa.String(length=200), nullable=True),
        sa.Column("competition_reviewed_on", sa.Date(), nullable=True),
        sa.Column("competition_verdict", sa.String(length=200), nullable=True),
        sa.Column("candidates_count", sa.Integer(), nullable=False),
        sa.Column("documents_fee", sa.BigInteger(), nullable=True),
        sa.Column("object_clear", sa.Boolean(), nullable=True),
        sa.Column("base_prices", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(["lot_id"], ["lot.id"], name=op.f("fk_tender_terms_lot_id_lot")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_tender_terms")),
        sa.UniqueConstraint("lot_id", name=op.f("uq_tender_terms_lot_id")),
    )
    op.create_table(
        "upload",
        sa.Column("id", sa.String(length=20), nullable=False),
        sa.Column("sha256", sa.String(length=64), nullable=False),
        sa.Column("organization_id", sa.String(length=20), nullable=False),
        sa.Column("lot_id", sa.String(length=20), nullable=False),
        sa.Column("total", sa.Integer(), nullable=False),
        sa.Column("received", sa.Integer(), nullable=False),
        sa.Column("begun_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("completed_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["lot_id"], ["lot.id"], name=op.f("fk_upload_lot_id_lot")),
        sa.ForeignKeyConstraint(
            ["organization_id"], ["organization.id"], name=op.f("fk_upload_organization_id_organization")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_upload")),
    )
    op.create_index(op.f("ix_upload_lot_id"), "upload", ["lot_id"], unique=False)
    op.create_index(op.f("ix_upload_organization_id"), "upload", ["organization_id"], unique=False)
    op.create_index("uq_upload_sha256_organization", "upload", ["sha256", "organization_id"], unique=True)
    op.create_table(
        "bid_inquiry",
        sa.Column("id", sa.String(length=20), nullable=False),
        sa.Column("lot_id", sa.String(length=20), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("bid_id", sa.String(length=20), nullable=False),
        sa.Column("organization_id", sa.String(length=20), nullable=False),
        sa.Column("kind", sa.String(length=40), nullable=False),
        sa.Column("question", sa.Text(), nullable=False),
        sa.Column("facts", sa.JSON(), nullable=False),
        sa.Column("asked_by_id", sa.String(length=20), nullable=False),
        sa.Column("asked_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("due_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("answered_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("answered_by_id", sa.String(length=20), nullable=True),
        sa.Column("answer", sa.Text(), nullable=True),
        sa.Column("files", sa.JSON(), nullable=False),
        sa.Column("confirmed", sa.Boolean(), nullable=True),
        sa.Column("votes", sa.JSON(), nullable=False),
        sa.Column("decided_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("accepted", sa.Boolean(), nullable=True),
        sa.ForeignKeyConstraint(
            ["answered_by_id"], ["user_account.id"], name=op.f("fk_bid_inquiry_answered_by_id_user_account")
        ),
        sa.ForeignKeyConstraint(
            ["asked_by_id"], ["committee_member.id"], name=op.f("fk_bid_inquiry_asked_by_id_committee_member")
        ),
        sa.ForeignKeyConstraint(["bid_id"], ["bid.id"], name=op.f("fk_bid_inquiry_bid_id_bid")),
        sa.ForeignKeyConstraint(["lot_id"], ["lot.id"], name=op.f("fk_bid_inquiry_lot_id_lot")),
        sa.ForeignKeyConstraint(
            ["organization_id"], ["organization.id"], name=op.f("fk_bid_inquiry_organization_id_organization")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_bid_inquiry")),
        sa.UniqueConstraint("lot_id", "number", name=op.f("uq_bid_inquiry_lot_id_number")),
    )
    op.create_index(op.f("ix_bid_inquiry_asked_by_id"), "bid_inquiry", ["asked_by_id"], unique=False)
    op.create_index(op.f("ix_bid_inquiry_bid_id"), "bid_inquiry", ["bid_id"], unique=False)
    op.create_index(op.f("ix_bid_inquiry_lot_id"), "bid_inquiry", ["lot_id"], unique=False)
    op.create_index(op.f("ix_bid_inquiry_organization_id"), "bid_inquiry", ["organization_id"], unique=False)
    op.create_table(
        "complaint",
        sa.Column("id", sa.String(length=20), nullable=False),
        sa.Column("lot_id", sa.String(length=20), nullable=False),
        sa.Column("target", sa.String(length=40), nullable=False),
        sa.Column("complainant_id", sa.String(length=20), nullable=False),
        sa.Column("lodged_by_id", sa.String(length=20), nullable=False),
        sa.Column("objection_id", sa.String(length=20), nullable=True),
        sa.Column("about", sa.String(length=200), nullable=False),
        sa.Column("facts", sa.Text(), nullable=False),
        sa.Column("claim", sa.Text(), nullable=False),
        sa.Column("signatory", sa.String(length=200), nullable=False),
        sa.Column("contact", sa.String(length=200), nullable=False),
        sa.Column("signed", sa.Boolean(), nullable=False),
        sa.Column("is_bidder", sa.Boolean(), nullable=False),
        sa.Column("known_on", sa.Date(), nullable=False),
        sa.Column("lodged_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("files", sa.JSON(), nullable=False),
        sa.Column("admitted_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("refused_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("refusal", sa.String(length=40), nullable=True),
        sa.Column("admission_reason", sa.Text(), nullable=True),
        sa.Column("admitted_by_id", sa.String(length=20), nullable=True),
        sa.Column("interested", sa.Boolean(), nullable=True),
        sa.Column("concrete", sa.Boolean(), nullable=True),
        sa.Column("summary", sa.Text(), nullable=True),
        sa.Column("stop_id", sa.String(length=20), nullable=True),
        sa.Column("examinations", sa.JSON(), nullable=False),
        sa.Column("withdrawn_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("withdrawal_reason", sa.Text(), nullable=True),
        sa.Column("outcome", sa.String(length=40), nullable=True),
        sa.Column("decision_number", sa.String(length=64), nullable=True),
        sa.Column("findings", sa.Text(), nullable=True),
        sa.Column("decision", sa.Text(), nullable=True),
        sa.Column("decision_files", sa.JSON(), nullable=False),
        sa.Column("decided_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("decided_by_id", sa.String(length=20), nullable=True),
        sa.Column("told_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("published_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("published_text", sa.Text(), nullable=True),
        sa.ForeignKeyConstraint(
            ["admitted_by_id"], ["user_account.id"], name=op.f("fk_complaint_admitted_by_id_user_account")
        ),
        sa.ForeignKeyConstraint(
            ["complainant_id"], ["organization.id"], name=op.f("fk_complaint_complainant_id_organization")
        ),
        sa.ForeignKeyConstraint(
            ["decided_by_id"], ["user_account.id"], name=op.f("fk_complaint_decided_by_id_user_account")
        ),
        sa.ForeignKeyConstraint(
            ["lodged_by_id"], ["user_account.id"], name=op.f("fk_complaint_lodged_by_id_user_account")
        ),
        sa.ForeignKeyConstraint(["lot_id"], ["lot.id"], name=op.f("fk_complaint_lot_id_lot")),
        sa.ForeignKeyConstraint(["objection_id"], ["objection.id"], name=op.f("fk_complaint_objection_id_objection")),
        sa.ForeignKeyConstraint(["stop_id"], ["stop.id"], name=op.f("fk_complaint_stop_id_stop")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_complaint")),
    )
    op.create_index(op.f("ix_complaint_complainant_id"), "complaint", ["complainant_id"], unique=False)
    op.create_index(op.f("ix_complaint_lodged_by_id"), "complaint", ["lodged_by_id"], unique=False)
    op.create_index(op.f("ix_complaint_lot_id"), "complaint", ["lot_id"], unique=False)
    op.create_table(
        "consortium_member",
        sa.Column("id", sa.String(length=20), nullable=False),
        sa.Column("lot_id", sa.String(length=20), nullable=False),
        sa.Column("bid_id", sa.String(length=20), nullable=False),
        sa.Column("uscc", sa.String(length=64), nullable=False),
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column("share", sa.String(length=64), nullable=False),
        sa.Column("work", sa.String(length=200), nullable=False),
        sa.Column("lead", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(["bid_id"], ["bid.id"], name=op.f("fk_consortium_member_bid_id_bid")),
        sa.ForeignKeyConstraint(["lot_id"], ["lot.id"], name=op.f("fk_consortium_member_lot_id_lot")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_consortium_member")),
        sa.UniqueConstraint("bid_id", "uscc", name=op.f("uq_consortium_member_bid_id_uscc")),
    )
    op.create_index(op.f("ix_consortium_member_bid_id"), "consortium_member", ["bid_id"], unique=False)
    op.create_index(op.f("ix_consortium_member_lot_id"), "consortium_member", ["lot_id"], unique=False)
    op.create_table(
        "contract_signature",
        sa.Column("id", sa.String(length=20), nullable=False),
        sa.Column("lot_id", sa.String(length=20), nullable=False),
        sa.Column("contract_id", sa.String(length=20), nullable=False),
        sa.Column("organization_id", sa.String(length=20), nullable=False),
        sa.Column("signed_by_id", sa.String(length=20), nullable=False),
        sa.Column("signed_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("digest", sa.String(length=64), nullable=False),
        sa.ForeignKeyConstraint(
            ["contract_id"], ["contract.id"], name=op.f("fk_contract_signature_contract_id_contract")
        ),
        sa.ForeignKeyConstraint(["lot_id"], ["lot.id"], name=op.f("fk_contract_signature_lot_id_lot")),
        sa.ForeignKeyConstraint(
            ["organization_id"], ["organization.id"], name=op.f("fk_contract_signature_organization_id_organization")
        ),
        sa.ForeignKeyConstraint(
            ["signed_by_id"], ["user_account.id"], name=op.f("fk_contract_signature_signed_by_id_user_account")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_contract_signature")),
        sa.UniqueConstraint(
            "contract_id", "organization_id", name=op.f("uq_contract_signature_contract_id_organization_id")
        ),
    )
    op.create_index(op.f("ix_contract_signature_contract_id"), "contract_signature", ["contract_id"], unique=False)
    op.create_index(op.f("ix_contract_signature_lot_id"), "contract_signature", ["lot_id"], unique=False)
    op.create_index(
        op.f("ix_contract_signature_organization_id"), "contract_signature", ["organization_id"], unique=False
    )
    op.create_index(op.f("ix_contract_signature_signed_by_id"), "contract_signature", ["signed_by_id"], unique=False)
    op.create_table(
        "credit_decision",
        sa.Column("id", sa.String(length=20), nullable=False),
        sa.Column("lot_id", sa.String(length=20), nullable=False),
        sa.Column("organization_id", sa.String(length=20), nullable=False),
        sa.Column("act", sa.Text(), nullable=False),
        sa.Column("basis", sa.Text(), nullable=False),
        sa.Column("organ", sa.String(length=200), nullable=False),
        sa.Column("number", sa.String(length=200), nullable=False),
        sa.Column("decided_on", sa.Date(), nullable=False),
        sa.Column("barred_from", sa.Date(), nullable=True),
        sa.Column("barred_until", sa.Date(), nullable=True),
        sa.Column("files", sa.JSON(), nullable=False),
        sa.Column("entered_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("entered_by_id", sa.String(length=20), nullable=False),
        sa.Column("agreed", sa.Boolean(), nullable=True),
        sa.Column("confirmed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("confirmed_by_id", sa.String(length=20), nullable=True),
        sa.Column("remark", sa.Text(), nullable=True),
        sa.Column("record_id", sa.String(length=20), nullable=True),
        sa.ForeignKeyConstraint(
            ["confirmed_by_id"], ["user_account.id"], name=op.f("fk_credit_decision_confirmed_by_id_user_account")
        ),
        sa.ForeignKeyConstraint(
            ["entered_by_id"], ["user_account.id"], name=op.f("fk_credit_decision_entered_by_id_user_account")
        ),
        sa.ForeignKeyConstraint(["lot_id"], ["lot.id"], name=op.f("fk_credit_decision_lot_id_lot")),
        sa.ForeignKeyConstraint(
            ["organization_id"], ["organization.id"], name=op.f("fk_credit_decision_organization_id_organization")
        ),
        sa.ForeignKeyConstraint(
            ["record_id"], ["credit_record.id"], name=op.f("fk_credit_decision_record_id_credit_record")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_credit_decision")),
    )
    op.create_index(op.f("ix_credit_decision_entered_by_id"), "credit_decision", ["entered_by_id"], unique=False)
    op.create_index(op.f("ix_credit_decision_lot_id"), "credit_decision", ["lot_id"], unique=False)
    op.create_index(op.f("ix_credit_decision_organization_id"), "credit_decision", ["organization_id"], unique=False)
    op.create_table(
        "deposit_movement",
        sa.Column("id", sa.String(length=20), nullable=False),
        sa.Column("lot_id", sa.String(length=20), nullable=False),
        sa.Column("line_id", sa.String(length=20), nullable=False),
        sa.Column("kind", sa.String(length=40), nullable=False),
        sa.Column("amount", sa.BigInteger(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("recorded_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("note", sa.String(length=200), nullable=False),
        sa.ForeignKeyConstraint(["line_id"], ["bank_line.id"], name=op.f("fk_deposit_movement_line_id_bank_line")),
        sa.ForeignKeyConstraint(["lot_id"], ["lot.id"], name=op.f("fk_deposit_movement_lot_id_lot")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_deposit_movement")),
        sa.UniqueConstraint("line_id", "kind", name=op.f("uq_deposit_movement_line_id_kind")),
    )
    op.create_index(op.f("ix_deposit_movement_line_id"), "deposit_movement", ["line_id"], unique=False)
    op.create_index(op.f("ix_deposit_movement_lot_id"), "deposit_movement", ["lot_id"], unique=False)
    op.create_table(
        "expert_sheet",
        sa.Column("id", sa.String(length=20), nullable=False),
        sa.Column("lot_id", sa.String(length=20), nullable=False),
        sa.Column("member_id", sa.String(length=20), nullable=False),
        sa.Column("expert_id", sa.String(length=20), nullable=False),
        sa.Column("side", sa.String(length=40), nullable=False),
        sa.Column("points", sa.JSON(), nullable=False),
        sa.Column("total", sa.Integer(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=True),
        sa.Column("filled_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("filled_by_id", sa.String(length=20), nullable=False),
        sa.ForeignKeyConstraint(["expert_id"], ["expert.id"], name=op.f("fk_expert_sheet_expert_id_expert")),
        sa.ForeignKeyConstraint(
            ["filled_by_id"], ["user_account.id"], name=op.f("fk_expert_sheet_filled_by_id_user_account")
        ),
        sa.ForeignKeyConstraint(["lot_id"], ["lot.id"], name=op.f("fk_expert_sheet_lot_id_lot")),
        sa.ForeignKeyConstraint(
            ["member_id"], ["committee_member.id"], name=op.f("fk_expert_sheet_member_id_committee_member")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_expert_sheet")),
        sa.UniqueConstraint("member_id", "side", name=op.f("uq_expert_sheet_member_id_side")),
    )
    op.create_index(op.f("ix_expert_sheet_expert_id"), "expert_sheet", ["expert_id"], unique=False)
    op.create_index(op.f("ix_expert_sheet_filled_by_id"), "expert_sheet", ["filled_by_id"], unique=False)
    op.create_index(op.f("ix_expert_sheet_lot_id"), "expert_sheet", ["lot_id"], unique=False)
    op.create_index(op.f("ix_expert_sheet_member_id"), "expert_sheet", ["member_id"], unique=False)
    op.create_table(
        "fore_application",
        sa.Column("id", sa.String(length=20), nullable=False),
        sa.Column("lot_id", sa.String(length=20), nullable=False),
        sa.Column("preliminary_id", sa.String(length=20), nullable=False),
        sa.Column("organization_id", sa.String(length=20), nullable=False),
        sa.Column("submitted_by_id", sa.String(length=20), nullable=False),
        sa.Column("current", sa.Boolean(), nullable=False),
        sa.Column("received_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("withdrawn_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("digest", sa.String(length=64), nullable=False),
        sa.Column("files", sa.JSON(), nullable=False),
        sa.Column("passed", sa.Boolean(), nullable=True),
        sa.Column("reason", sa.Text(), nullable=True),
        sa.ForeignKeyConstraint(["lot_id"], ["lot.id"], name=op.f("fk_fore_application_lot_id_lot")),
        sa.ForeignKeyConstraint(
            ["organization_id"], ["organization.id"], name=op.f("fk_fore_application_organization_id_organization")
        ),
        sa.ForeignKeyConstraint(
            ["preliminary_id"], ["preliminary.id"], name=op.f("fk_fore_application_preliminary_id_preliminary")
        ),
        sa.ForeignKeyConstraint(
            ["submitted_by_id"], ["user_account.id"], name=op.f("fk_fore_application_submitted_by_id_user_account")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_fore_application")),
    )
    op.create_index(op.f("ix_fore_application_lot_id"), "fore_application", ["lot_id"], unique=False)
    op.create_index(op.f("ix_fore_application_organization_id"), "fore_application", ["organization_id"], unique=False)
    op.create_index(op.f("ix_fore_application_preliminary_id"), "fore_application", ["preliminary_id"], unique=False)
    op.create_index(op.f("ix_fore_application_submitted_by_id"), "fore_application", ["submitted_by_id"], unique=False)
    op.create_index(
        "uq_fore_application_current",
        "fore_application",
        ["preliminary_id", "organization_id"],
        unique=True,
        sqlite_where=sa.text("current = 1"),
        postgresql_where=sa.text("current"),
    )
    op.create_table(
        "invitation",
        sa.Column("id", sa.String(length=20), nullable=False),
        sa.Column("lot_id", sa.String(length=20), nullable=False),
        sa.Column("draw_id", sa.String(length=20), nullable=False),
        sa.Column("expert_id", sa.String(length=20), nullable=False),
        sa.Column("leaf_id", sa.String(length=32), nullable=False),
        sa.Column("stratum", sa.String(length=64), nullable=False),
        sa.Column("round", sa.Integer(), nullable=False),
        sa.Column("invited_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("accepted_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("declared_no_conflict", sa.Boolean(), nullable=True),
        sa.Column("refused_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("refusal_code", sa.String(length=64), nullable=True),
        sa.Column("refusal_by_id", sa.String(length=20), nullable=True),
        sa.Column("refused_after_round", sa.Integer(), nullable=True),
        sa.Column("call_record", sa.Text(), nullable=True),
        sa.Column("checked_in_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["draw_id"], ["draw.id"], name=op.f("fk_invitation_draw_id_draw")),
        sa.ForeignKeyConstraint(["expert_id"], ["expert.id"], name=op.f("fk_invitation_expert_id_expert")),
        sa.ForeignKeyConstraint(["lot_id"], ["lot.id"], name=op.f("fk_invitation_lot_id_lot")),
        sa.ForeignKeyConstraint(
            ["refusal_by_id"], ["user_account.id"], name=op.f("fk_invitation_refusal_by_id_user_account")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_invitation")),
        sa.UniqueConstraint("draw_id", "expert_id", name=op.f("uq_invitation_draw_id_expert_id")),
    )
    op.create_index(op.f("ix_invitation_draw_id"), "invitation", ["draw_id"], unique=False)
    op.create_index(op.f("ix_invitation_expert_id"), "invitation", ["expert_id"], unique=False)
    op.create_index(op.f("ix_invitation_lot_id"), "invitation", ["lot_id"], unique=False)
    op.create_table(
        "offer",
        sa.Column("id", sa.String(length=20), nullable=False),
        sa.Column("lot_id", sa.String(length=20), nullable=False),
        sa.Column("entrant_id", sa.String(length=20), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("amount", sa.BigInteger(), nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("key", sa.String(length=64), nullable=False),
        sa.Column("seen", sa.Integer(), nullable=True),
        sa.Column("matches", sa.Boolean(), nullable=False),
        sa.Column("leaf", sa.String(length=64), nullable=True),
        sa.ForeignKeyConstraint(["entrant_id"], ["entrant.id"], name=op.f("fk_offer_entrant_id_entrant")),
        sa.ForeignKeyConstraint(["lot_id"], ["lot.id"], name=op.f("fk_offer_lot_id_lot")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_offer")),
        sa.UniqueConstraint("lot_id", "entrant_id", "key", name=op.f("uq_offer_lot_id_entrant_id_key")),
        sa.UniqueConstraint("lot_id", "number", name=op.f("uq_offer_lot_id_number")),
    )
    op.create_index(op.f("ix_offer_entrant_id"), "offer", ["entrant_id"], unique=False)
    op.create_index("ix_offer_lot_amount", "offer", ["lot_id", "amount"], unique=False)
    op.create_index(op.f("ix_offer_lot_id"), "offer", ["lot_id"], unique=False)
    op.create_table(
        "opening_share",
        sa.Column("id", sa.String(length=20), nullable=False),
        sa.Column("bid_id", sa.String(length=20), nullable=False),
        sa.Column("officer_id", sa.String(length=20), nullable=False),
        sa.Column("value", sa.String(length=64), nullable=True),
        sa.Column("fault", sa.String(length=64), nullable=True),
        sa.Column("handed_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["bid_id"], ["bid.id"], name=op.f("fk_opening_share_bid_id_bid")),
        sa.ForeignKeyConstraint(
            ["officer_id"], ["opening_officer.id"], name=op.f("fk_opening_share_officer_id_opening_officer")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_opening_share")),
    )
    op.create_index(op.f("ix_opening_share_bid_id"), "opening_share", ["bid_id"], unique=False)
    op.create_index("uq_opening_share_bid_officer", "opening_share", ["bid_id", "officer_id"], unique=True)
    op.create_table(
        "qualification_check",
        sa.Column("id", sa.String(length=20), nullable=False),
        sa.Column("lot_id", sa.String(length=20), nullable=False),
        sa.Column("bid_id", sa.String(length=20), nullable=False),
        sa.Column("qualified", sa.Boolean(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("checked_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("checked_by_id", sa.String(length=20), nullable=False),
        sa.ForeignKeyConstraint(["bid_id"], ["bid.id"], name=op.f("fk_qualification_check_bid_id_bid")),
        sa.ForeignKeyConstraint(
            ["checked_by_id"], ["user_account.id"], name=op.f("fk_qualification_check_checked_by_id_user_account")
        ),
        sa.ForeignKeyConstraint(["lot_id"], ["lot.id"], name=op.f("fk_qualification_check_lot_id_lot")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_qualification_check")),
        sa.UniqueConstraint("bid_id", name=op.f("uq_qualification_check_bid_id")),
    )
    op.create_index(
        op.f("ix_qualification_check_checked_by_id"), "qualification_check", ["checked_by_id"], unique=False
    )
    op.create_index(op.f("ix_qualification_check_lot_id"), "qualification_check", ["lot_id"], unique=False)
    op.create_table(
        "question",
        sa.Column("id", sa.String(length=20), nullable=False),
        sa.Column("lot_id", sa.String(length=20), nullable=False),
        sa.Column("asker_id", sa.String(length=20), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("asked_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("answered_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("clarification_id", sa.String(length=20), nullable=True),
        sa.ForeignKeyConstraint(["asker_id"], ["user_account.id"], name=op.f("fk_question_asker_id_user_account")),
        sa.ForeignKeyConstraint(
            ["clarification_id"], ["clarification.id"], name=op.f("fk_question_clarification_id_clarification")
        ),
        sa.ForeignKeyConstraint(["lot_id"], ["lot.id"], name=op.f("fk_question_lot_id_lot")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_question")),
    )
    op.create_index(op.f("ix_question_asker_id"), "question", ["asker_id"], unique=False)
    op.create_index(op.f("ix_question_lot_id"), "question", ["lot_id"], unique=False)
    op.create_table(
        "rejection_motion",
        sa.Column("id", sa.String(length=20), nullable=False),
        sa.Column("lot_id", sa.String(length=20), nullable=False),
        sa.Column("bid_id", sa.String(length=20), nullable=False),
        sa.Column("clause", sa.String(length=64), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("moved_by_id", sa.String(length=20), nullable=False),
        sa.Column("moved_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("votes", sa.JSON(), nullable=False),
        sa.Column("decided_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("carried", sa.Boolean(), nullable=True),
        sa.ForeignKeyConstraint(["bid_id"], ["bid.id"], name=op.f("fk_rejection_motion_bid_id_bid")),
        sa.ForeignKeyConstraint(["lot_id"], ["lot.id"], name=op.f("fk_rejection_motion_lot_id_lot")),
        sa.ForeignKeyConstraint(
            ["moved_by_id"], ["committee_member.id"], name=op.f("fk_rejection_motion_moved_by_id_committee_member")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_rejection_motion")),
    )
    op.create_index(op.f("ix_rejection_motion_bid_id"), "rejection_motion", ["bid_id"], unique=False)
    op.create_index(op.f("ix_rejection_motion_lot_id"), "rejection_motion", ["lot_id"], unique=False)
    op.create_index(op.f("ix_rejection_motion_moved_by_id"), "rejection_motion", ["moved_by_id"], unique=False)
    op.create_table(
        "scan_hit",
        sa.Column("id", sa.String(length=20), nullable=False),
        sa.Column("lot_id", sa.String(length=20), nullable=False),
        sa.Column("scan_id", sa.String(length=20), nullable=False),
        sa.Column("source", sa.String(length=64), nullable=False),
        sa.Column("paper", sa.String(length=200), nullable=False),
        sa.Column("unit", sa.String(length=64), nullable=False),
        sa.Column("place", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(length=64), nullable=False),
        sa.Column("kind_zh", sa.String(length=200), nullable=False),
        sa.Column("kind_en", sa.String(length=200), nullable=False),
        sa.Column("law", sa.String(length=200), nullable=False),
        sa.Column("article", sa.String(length=64), nullable=False),
        sa.Column("mark", sa.String(length=40), nullable=False),
        sa.Column("sentence", sa.Text(), nullable=False),
        sa.Column("words", sa.Text(), nullable=False),
        sa.Column("found_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("standing", sa.Boolean(), nullable=False),
        sa.Column("replaced", sa.Boolean(), nullable=False),
        sa.Column("answer", sa.String(length=40), nullable=True),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("answered_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("answered_by_id", sa.String(length=20), nullable=True),
        sa.ForeignKeyConstraint(
            ["answered_by_id"], ["user_account.id"], name=op.f("fk_scan_hit_answered_by_id_user_account")
        ),
        sa.ForeignKeyConstraint(["lot_id"], ["lot.id"], name=op.f("fk_scan_hit_lot_id_lot")),
        sa.ForeignKeyConstraint(["scan_id"], ["document_scan.id"], name=op.f("fk_scan_hit_scan_id_document_scan")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_scan_hit")),
    )
    op.create_index(op.f("ix_scan_hit_lot_id"), "scan_hit", ["lot_id"], unique=False)
    op.create_index(op.f("ix_scan_hit_scan_id"), "scan_hit", ["scan_id"], unique=False)
    op.create_table(
        "sheet_reply",
        sa.Column("id", sa.String(length=20), nullable=False),
        sa.Column("lot_id", sa.String(length=20), nullable=False),
        sa.Column("member_id", sa.String(length=20), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("replied_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("replied_by_id", sa.String(length=20), nullable=False),
        sa.ForeignKeyConstraint(["lot_id"], ["lot.id"], name=op.f("fk_sheet_reply_lot_id_lot")),
        sa.ForeignKeyConstraint(
            ["member_id"], ["committee_member.id"], name=op.f("fk_sheet_reply_member_id_committee_member")
        ),
        sa.ForeignKeyConstraint(
            ["replied_by_id"], ["user_account.id"], name=op.f("fk_sheet_reply_replied_by_id_user_account")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_sheet_reply")),
        sa.UniqueConstraint("member_id", name=op.f("uq_sheet_reply_member_id")),
    )
    op.create_index(op.f("ix_sheet_reply_lot_id"), "sheet_reply", ["lot_id"], unique=False)
    op.create_index(op.f("ix_sheet_reply_replied_by_id"), "sheet_reply", ["replied_by_id"], unique=False)
    op.create_table(
        "sole_source_objection",
        sa.Column("id", sa.String(length=20), nullable=False),
        sa.Column("notice_id", sa.String(length=20), nullable=False),
        sa.Column("organization_id", sa.String(length=20), nullable=False),
        sa.Column("raised_by_id", sa.String(length=20), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("raised_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["notice_id"], ["sole_source_notice.id"], name=op.f("fk_sole_source_objection_notice_id_sole_source_notice")
        ),
        sa.ForeignKeyConstraint(
            ["organization_id"], ["organization.id"], name=op.f("fk_sole_source_objection_organization_id_organization")
        ),
        sa.ForeignKeyConstraint(
            ["raised_by_id"], ["user_account.id"], name=op.f("fk_sole_source_objection_raised_by_id_user_account")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_sole_source_objection")),
    )
    op.create_index(op.f("ix_sole_source_objection_notice_id"), "sole_source_objection", ["notice_id"], unique=False)
    op.create_index(
        op.f("ix_sole_source_objection_organization_id"), "sole_source_objection", ["organization_id"], unique=False
    )
    op.create_index(
        op.f("ix_sole_source_objection_raised_by_id"), "sole_source_objection", ["raised_by_id"], unique=False
    )
    op.create_table(
        "complaint_reply",
        sa.Column("id", sa.String(length=20), nullable=False),
        sa.Column("lot_id", sa.String(length=20), nullable=False),
        sa.Column("complaint_id", sa.String(length=20), nullable=False),
        sa.Column("organization_id", sa.String(length=20), nullable=False),
        sa.Column("question", sa.Text(), nullable=False),
        sa.Column("asked_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("due_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("reply", sa.Text(), nullable=True),
        sa.Column("files", sa.JSON(), nullable=False),
        sa.Column("replied_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("replied_by_id", sa.String(length=20), nullable=True),
        sa.ForeignKeyConstraint(
            ["complaint_id"], ["complaint.id"], name=op.f("fk_complaint_reply_complaint_id_complaint")
        ),
        sa.ForeignKeyConstraint(["lot_id"], ["lot.id"], name=op.f("fk_complaint_reply_lot_id_lot")),
        sa.ForeignKeyConstraint(
            ["organization_id"], ["organization.id"], name=op.f("fk_complaint_reply_organization_id_organization")
        ),
        sa.ForeignKeyConstraint(
            ["replied_by_id"], ["user_account.id"], name=op.f("fk_complaint_reply_replied_by_id_user_account")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_complaint_reply")),
    )
    op.create_index(op.f("ix_complaint_reply_complaint_id"), "complaint_reply", ["complaint_id"], unique=False)
    op.create_index(op.f("ix_complaint_reply_lot_id"), "complaint_reply", ["lot_id"], unique=False)
    op.create_index(op.f("ix_complaint_reply_organization_id"), "complaint_reply", ["organization_id"], unique=False)
    op.create_table(
        "deal",
        sa.Column("id", sa.String(length=20), nullable=False),
        sa.Column("lot_id", sa.String(length=20), nullable=False),
        sa.Column("entrant_id", sa.String(length=20), nullable=False),
        sa.Column("offer_id", sa.String(length=20), nullable=True),
        sa.Column("price", sa.BigInteger(), nullable=False),
        sa.Column("base", sa.BigInteger(), nullable=False),
        sa.Column("base_kind", sa.String(length=64), nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("confirmation", sa.Text(), nullable=False),
        sa.Column("digest", sa.String(length=64), nullable=True),
        sa.Column("signatures", sa.JSON(), nullable=False),
        sa.Column("drafted_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("signed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("contract_by", sa.Date(), nullable=True),
        sa.Column("commission_percent", sa.Numeric(), nullable=True),
        sa.Column("commission_agreed", sa.Boolean(), nullable=True),
        sa.Column("auctioneer", sa.String(length=200), nullable=True),
        sa.Column("published_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("published_until", sa.Date(), nullable=True),
        sa.Column("village_board_on", sa.Date(), nullable=True),
        sa.ForeignKeyConstraint(["entrant_id"], ["entrant.id"], name=op.f("fk_deal_entrant_id_entrant")),
        sa.ForeignKeyConstraint(["lot_id"], ["lot.id"], name=op.f("fk_deal_lot_id_lot")),
        sa.ForeignKeyConstraint(["offer_id"], ["offer.id"], name=op.f("fk_deal_offer_id_offer")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_deal")),
        sa.UniqueConstraint("entrant_id", name=op.f("uq_deal_entrant_id")),
        sa.UniqueConstraint("lot_id", name=op.f("uq_deal_lot_id")),
    )
    op.create_table(
        "award",
        sa.Column("id", sa.String(length=20), nullable=False),
        sa.Column("lot_id", sa.String(length=20), nullable=False),
        sa.Column("organization_id", sa.String(length=20), nullable=False),
        sa.Column("bid_id", sa.String(length=20), nullable=True),
        sa.Column("deal_id", sa.String(length=20), nullable=True),
        sa.Column("rank", sa.Integer(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("by_silence", sa.Boolean(), nullable=False),
        sa.Column("price", sa.BigInteger(), nullable=False),
        sa.Column("base", sa.BigInteger(), nullable=False),
        sa.Column("base_kind", sa.String(length=64), nullable=False),
        sa.Column("saved", sa.BigInteger(), nullable=False),
        sa.Column("premium", sa.BigInteger(), nullable=True),
        sa.Column("project_type", sa.String(length=40), nullable=False),
        sa.Column("confirmed_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("notified_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("number", sa.String(length=64), nullable=True),
        sa.Column("reported_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint("(bid_id IS NULL) <> (deal_id IS NULL)", name=op.f("ck_award_bid_or_deal")),
        sa.ForeignKeyConstraint(["bid_id"], ["bid.id"], name=op.f("fk_award_bid_id_bid")),
        sa.ForeignKeyConstraint(["deal_id"], ["deal.id"], name=op.f("fk_award_deal_id_deal")),
        sa.ForeignKeyConstraint(["lot_id"], ["lot.id"], name=op.f("fk_award_lot_id_lot")),
        sa.ForeignKeyConstraint(
            ["organization_id"], ["organization.id"], name=op.f("fk_award_organization_id_organization")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_award")),
        sa.UniqueConstraint("bid_id", name=op.f("uq_award_bid_id")),
        sa.UniqueConstraint("deal_id", name=op.f("uq_award_deal_id")),
        sa.UniqueConstraint("lot_id", name=op.f("uq_award_lot_id")),
        sa.UniqueConstraint("number", name=op.f("uq_award_number")),
    )
    op.create_index("ix_award_confirmed", "award", ["confirmed_at"], unique=False)
    op.create_index(op.f("ix_award_organization_id"), "award", ["organization_id"], unique=False)
    for statement in create_sql(op.get_bind().dialect.name):
        op.execute(statement)


def downgrade() -> None:
    """Take everything away again."""
    for statement in drop_sql(op.get_bind().dialect.name):
        op.execute(statement)
    op.drop_index(op.f("ix_award_organization_id"), table_name="award")
    op.drop_index("ix_award_confirmed", table_name="award")
    op.drop_table("award")
    op.drop_table("deal")
    op.drop_index(op.f("ix_complaint_reply_organization_id"), table_name="complaint_reply")
    op.drop_index(op.f("ix_complaint_reply_lot_id"), table_name="complaint_reply")
    op.drop_index(op.f("ix_complaint_reply_complaint_id"), table_name="complaint_reply")
    op.drop_table("complaint_reply")
    op.drop_index(op.f("ix_sole_source_objection_raised_by_id"), table_name="sole_source_objection")
    op.drop_index(op.f("ix_sole_source_objection_organization_id"), table_name="sole_source_objection")
    op.drop_index(op.f("ix_sole_source_objection_notice_id"), table_name="sole_source_objection")
    op.drop_table("sole_source_objection")
    op.drop_index(op.f("ix_sheet_reply_replied_by_id"), table_name="sheet_reply")
    op.drop_index(op.f("ix_sheet_reply_lot_id"), table_name="sheet_reply")
    op.drop_table("sheet_reply")
    op.drop_index(op.f("ix_scan_hit_scan_id"), table_name="scan_hit")
    op.drop_index(op.f("ix_scan_hit_lot_id"), table_name="scan_hit")
    op.drop_table("scan_hit")
    op.drop_index(op.f("ix_rejection_motion_moved_by_id"), table_name="rejection_motion")
    op.drop_index(op.f("ix_rejection_motion_lot_id"), table_name="rejection_motion")
    op.drop_index(op.f("ix_rejection_motion_bid_id"), table_name="rejection_motion")
    op.drop_table("rejection_motion")
    op.drop_index(op.f("ix_question_lot_id"), table_name="question")
    op.drop_index(op.f("ix_question_asker_id"), table_name="question")
    op.drop_table("question")
    op.drop_index(op.f("ix_qualification_check_lot_id"), table_name="qualification_check")
    op.drop_index(op.f("ix_qualification_check_checked_by_id"), table_name="qualification_check")
    op.drop_table("qualification_check")
    op.drop_index("uq_opening_share_bid_officer", table_name="opening_share")
    op.drop_index(op.f("ix_opening_share_bid_id"), table_name="opening_share")
    op.drop_table("opening_share")
    op.drop_index(op.f("ix_offer_lot_id"), table_name="offer")
    op.drop_index("ix_offer_lot_amount", table_name="offer")
    op.drop_index(op.f("ix_offer_entrant_id"), table_name="offer")
    op.drop_table("offer")
    op.drop_index(op.f("ix_invitation_lot_id"), table_name="invitation")
    op.drop_index(op.f("ix_invitation_expert_id"), table_name="invitation")
    op.drop_index(op.f("ix_invitation_draw_id"), table_name="invitation")
    op.drop_table("invitation")
    op.drop_index(
        "uq_fore_application_current",
        table_name="fore_application",
        sqlite_where=sa.text("current = 1"),
        postgresql_where=sa.text("current"),
    )
    op.drop_index(op.f("ix_fore_application_submitted_by_id"), table_name="fore_application")
    op.drop_index(op.f("ix_fore_application_preliminary_id"), table_name="fore_application")
    op.drop_index(op.f("ix_fore_application_organization_id"), table_name="fore_application")
    op.drop_index(op.f("ix_fore_application_lot_id"), table_name="fore_application")
    op.drop_table("fore_application")
    op.drop_index(op.f("ix_expert_sheet_member_id"), table_name="expert_sheet")
    op.drop_index(op.f("ix_expert_sheet_lot_id"), table_name="expert_sheet")
    op.drop_index(op.f("ix_expert_sheet_filled_by_id"), table_name="expert_sheet")
    op.drop_index(op.f("ix_expert_sheet_expert_id"), table_name="expert_sheet")
    op.drop_table("expert_sheet")
    op.drop_index(op.f("ix_deposit_movement_lot_id"), table_name="deposit_movement")
    op.drop_index(op.f("ix_deposit_movement_line_id"), table_name="deposit_movement")
    op.drop_table("deposit_movement")
    op.drop_index(op.f("ix_credit_decision_organization_id"), table_name="credit_decision")
    op.drop_index(op.f("ix_credit_decision_lot_id"), table_name="credit_decision")
    op.drop_index(op.f("ix_credit_decision_entered_by_id"), table_name="credit_decision")
    op.drop_table("credit_decision")
    op.drop_index(op.f("ix_contract_signature_signed_by_id"), table_name="contract_signature")
    op.drop_index(op.f("ix_contract_signature_organization_id"), table_name="contract_signature")
    op.drop_index(op.f("ix_contract_signature_lot_id"), table_name="contract_signature")
    op.drop_index(op.f("ix_contract_signature_contract_id"), table_name="contract_signature")
    op.drop_table("contract_signature")
    op.drop_index(op.f("ix_consortium_member_lot_id"), table_name="consortium_member")
    op.drop_index(op.f("ix_consortium_member_bid_id"), table_name="consortium_member")
    op.drop_table("consortium_member")
    op.drop_index(op.f("ix_complaint_lot_id"), table_name="complaint")
    op.drop_index(op.f("ix_complaint_lodged_by_id"), table_name="complaint")
    op.drop_index(op.f("ix_complaint_complainant_id"), table_name="complaint")
    op.drop_table("complaint")
    op.drop_index(op.f("ix_bid_inquiry_organization_id"), table_name="bid_inquiry")
    op.drop_index(op.f("ix_bid_inquiry_lot_id"), table_name="bid_inquiry")
    op.drop_index(op.f("ix_bid_inquiry_bid_id"), table_name="bid_inquiry")
    op.drop_index(op.f("ix_bid_inquiry_asked_by_id"), table_name="bid_inquiry")
    op.drop_table("bid_inquiry")
    op.drop_index("uq_upload_sha256_organization", table_name="upload")
    op.drop_index(op.f("ix_upload_organization_id"), table_name="upload")
    op.drop_index(op.f("ix_upload_lot_id"), table_name="upload")
    op.drop_table("upload")
    op.drop_table("tender_terms")
    op.drop_index(op.f("ix_talk_recorded_by_id"), table_name="talk")
    op.drop_index(op.f("ix_talk_organization_id"), table_name="talk")
    op.drop_index(op.f("ix_talk_lot_id"), table_name="talk")
    op.drop_table("talk")
    op.drop_index(op.f("ix_supervision_order_lot_id"), table_name="supervision_order")
    op.drop_index(op.f("ix_supervision_order_issued_by_id"), table_name="supervision_order")
    op.drop_index(op.f("ix_supervision_order_addressee_id"), table_name="supervision_order")
    op.drop_table("supervision_order")
    op.drop_index(op.f("ix_stop_lot_id"), table_name="stop")
    op.drop_table("stop")
    op.drop_index(op.f("ix_sole_source_notice_lot_id"), table_name="sole_source_notice")
    op.drop_table("sole_source_notice")
    op.drop_table("sale_terms")
    op.drop_index(op.f("ix_room_recording_recorded_by_id"), table_name="room_recording")
    op.drop_table("room_recording")
    op.drop_index(op.f("ix_requirement_change_made_by_id"), table_name="requirement_change")
    op.drop_index(op.f("ix_requirement_change_lot_id"), table_name="requirement_change")
    op.drop_table("requirement_change")
    op.drop_index(op.f("ix_remittance_recorded_by_id"), table_name="remittance")
    op.drop_index(op.f("ix_remittance_lot_id"), table_name="remittance")
    op.drop_table("remittance")
    op.drop_table("publicity")
    op.drop_index(op.f("ix_price_receipt_recorded_by_id"), table_name="price_receipt")
    op.drop_index(op.f("ix_price_receipt_lot_id"), table_name="price_receipt")
    op.drop_table("price_receipt")
    op.drop_index(op.f("ix_price_agreement_recorded_by_id"), table_name="price_agreement")
    op.drop_index(op.f("ix_price_agreement_organization_id"), table_name="price_agreement")
    op.drop_table("price_agreement")
    op.drop_index(op.f("ix_preliminary_lot_id"), table_name="preliminary")
    op.drop_table("preliminary")
    op.drop_index(op.f("ix_pledge_user_id"), table_name="pledge")
    op.drop_index(op.f("ix_pledge_organization_id"), table_name="pledge")
    op.drop_index(op.f("ix_pledge_lot_id"), table_name="pledge")
    op.drop_table("pledge")
    op.drop_index(op.f("ix_performance_organization_id"), table_name="performance")
    op.drop_index(op.f("ix_performance_evaluated_by_id"), table_name="performance")
    op.drop_table("performance")
    op.drop_index(op.f("ix_payment_recorded_by_id"), table_name="payment")
    op.drop_index(op.f("ix_payment_lot_id"), table_name="payment")
    op.drop_table("payment")
    op.drop_index(op.f("ix_opening_record_presided_by_id"), table_name="opening_record")
    op.drop_table("opening_record")
    op.drop_index("uq_opening_officer_lot_user", table_name="opening_officer")
    op.drop_index(op.f("ix_opening_officer_user_id"), table_name="opening_officer")
    op.drop_index(op.f("ix_opening_officer_lot_id"), table_name="opening_officer")
    op.drop_table("opening_officer")
    op.drop_index(op.f("ix_objection_raised_by_id"), table_name="objection")
    op.drop_index(op.f("ix_objection_objector_id"), table_name="objection")
    op.drop_index(op.f("ix_objection_lot_id"), table_name="objection")
    op.drop_table("objection")
    op.drop_index(op.f("ix_notice_lot_id"), table_name="notice")
    op.drop_index("ix_notice_kind_published", table_name="notice")
    op.drop_table("notice")
    op.drop_table("method_basis")
    op.drop_index(op.f("ix_method_application_lot_id"), table_name="method_application")
    op.drop_index(op.f("ix_method_application_applied_by_id"), table_name="method_application")
    op.drop_table("method_application")
    op.drop_index("ix_message_user_delivered", table_name="message")
    op.drop_index("ix_message_org_delivered", table_name="message")
    op.drop_index(op.f("ix_message_lot_id"), table_name="message")
    op.drop_table("message")
    op.drop_index(op.f("ix_leaving_organization_id"), table_name="leaving")
    op.drop_index(op.f("ix_leaving_lot_id"), table_name="leaving")
    op.drop_table("leaving")
    op.drop_index(op.f("ix_invitee_list_listed_by_id"), table_name="invitee_list")
    op.drop_table("invitee_list")
    op.drop_index(op.f("ix_invitee_organization_id"), table_name="invitee")
    op.drop_index(op.f("ix_invitee_lot_id"), table_name="invitee")
    op.drop_table("invitee")
    op.drop_index(op.f("ix_holder_lot_id"), table_name="holder")
    op.drop_table("holder")
    op.drop_index(op.f("ix_guarantee_organization_id"), table_name="guarantee")
    op.drop_index(op.f("ix_guarantee_lot_id"), table_name="guarantee")
    op.drop_table("guarantee")
    op.drop_index(
        "uq_final_offer_one_current",
        table_name="final_offer",
        sqlite_where=sa.text("current = 1"),
        postgresql_where=sa.text("current"),
    )
    op.drop_index(op.f("ix_final_offer_submitted_by_id"), table_name="final_offer")
    op.drop_index(op.f("ix_final_offer_organization_id"), table_name="final_offer")
    op.drop_index(op.f("ix_final_offer_lot_id"), table_name="final_offer")
    op.drop_table("final_offer")
    op.drop_index(op.f("ix_final_call_called_by_id"), table_name="final_call")
    op.drop_table("final_call")
    op.drop_index(op.f("ix_filing_submitted_by_id"), table_name="filing")
    op.drop_index(op.f("ix_filing_lot_id"), table_name="filing")
    op.drop_table("filing")
    op.drop_index(op.f("ix_expert_appraisal_recorded_by_id"), table_name="expert_appraisal")
    op.drop_index(op.f("ix_expert_appraisal_lot_id"), table_name="expert_appraisal")
    op.drop_index(op.f("ix_expert_appraisal_expert_id"), table_name="expert_appraisal")
    op.drop_table("expert_appraisal")
    op.drop_index(op.f("ix_examiner_user_id"), table_name="examiner")
    op.drop_index(op.f("ix_examiner_lot_id"), table_name="examiner")
    op.drop_table("examiner")
    op.drop_index(op.f("ix_evaluation_extension_lot_id"), table_name="evaluation_extension")
    op.drop_index(op.f("ix_evaluation_extension_extended_by_id"), table_name="evaluation_extension")
    op.drop_table("evaluation_extension")
    op.drop_index(op.f("ix_evaluation_drafted_by_id"), table_name="evaluation")
    op.drop_table("evaluation")
    op.drop_index(op.f("ix_entrant_organization_id"), table_name="entrant")
    op.drop_index(op.f("ix_entrant_lot_id"), table_name="entrant")
    op.drop_index(op.f("ix_entrant_applied_by_id"), table_name="entrant")
    op.drop_table("entrant")
    op.drop_index(op.f("ix_draw_lot_id"), table_name="draw")
    op.drop_table("draw")
    op.drop_index(op.f("ix_dossier_export_lot_id"), table_name="dossier_export")
    op.drop_table("dossier_export")
    op.drop_index(op.f("ix_document_scan_lot_id"), table_name="document_scan")
    op.drop_table("document_scan")
    op.drop_index(op.f("ix_document_lot_id"), table_name="document")
    op.drop_index(op.f("ix_document_added_by_id"), table_name="document")
    op.drop_table("document")
    op.drop_table("delivery")
    op.drop_index(op.f("ix_credit_record_organization_id"), table_name="credit_record")
    op.drop_index(op.f("ix_credit_record_lot_id"), table_name="credit_record")
    op.drop_table("credit_record")
    op.drop_index(op.f("ix_contract_change_proposed_by_id"), table_name="contract_change")
    op.drop_index(op.f("ix_contract_change_lot_id"), table_name="contract_change")
    op.drop_table("contract_change")
    op.drop_index(op.f("ix_contract_organization_id"), table_name="contract")
    op.drop_index(op.f("ix_contract_drafted_by_id"), table_name="contract")
    op.drop_table("contract")
    op.drop_index(op.f("ix_compliance_record_recorded_by_id"), table_name="compliance_record")
    op.drop_table("compliance_record")
    op.drop_index(op.f("ix_committee_member_user_id"), table_name="committee_member")
    op.drop_index(op.f("ix_committee_member_lot_id"), table_name="committee_member")
    op.drop_index(op.f("ix_committee_member_expert_id"), table_name="committee_member")
    op.drop_table("committee_member")
    op.drop_index(op.f("ix_clarification_lot_id"), table_name="clarification")
    op.drop_table("clarification")
    op.drop_index(op.f("ix_checklist_signature_lot_id"), table_name="checklist_signature")
    op.drop_index("ix_checklist_signature_item", table_name="checklist_signature")
    op.drop_table("checklist_signature")
    op.drop_index(op.f("ix_challenge_raised_by_id"), table_name="challenge")
    op.drop_index(op.f("ix_challenge_organization_id"), table_name="challenge")
    op.drop_index(op.f("ix_challenge_lot_id"), table_name="challenge")
    op.drop_table("challenge")
    op.drop_index(
        "uq_bid_one_current", table_name="bid", sqlite_where=sa.text("current = 1"), postgresql_where=sa.text("current")
    )
    op.drop_index(op.f("ix_bid_submitted_by_id"), table_name="bid")
    op.drop_index(op.f("ix_bid_organization_id"), table_name="bid")
    op.drop_index(op.f("ix_bid_lot_id"), table_name="bid")
    op.drop_table("bid")
    op.drop_index(op.f("ix_bank_line_organization_id"), table_name="bank_line")
    op.drop_index(op.f("ix_bank_line_lot_id"), table_name="bank_line")
    op.drop_index(op.f("ix_bank_line_instructed_in"), table_name="bank_line")
    op.drop_table("bank_line")
    op.drop_index(op.f("ix_bank_balance_lot_id"), table_name="bank_balance")
    op.drop_table("bank_balance")
    op.drop_index(op.f("ix_alarm_lot_id"), table_name="alarm")
    op.drop_index("ix_alarm_closed_at", table_name="alarm")
    op.drop_table("alarm")
    op.drop_index(op.f("ix_acceptance_recorded_by_id"), table_name="acceptance")
    op.drop_table("acceptance")
    op.drop_table("village_vote")
    op.drop_table("procurement_plan")
    op.drop_index(op.f("ix_lot_limit_set_by_id"), table_name="lot_limit")
    op.drop_table("lot_limit")
    op.drop_index("ix_lot_status_published", table_name="lot")
    op.drop_index("ix_lot_published", table_name="lot")
    op.drop_index(op.f("ix_lot_project_id"), table_name="lot")
    op.drop_index(op.f("ix_lot_look_at"), table_name="lot")
    op.drop_index(op.f("ix_lot_bid_deadline"), table_name="lot")
    op.drop_table("lot")
    op.drop_index(op.f("ix_entrustment_project_id"), table_name="entrustment")
    op.drop_index(op.f("ix_entrustment_agency_id"), table_name="entrustment")
    op.drop_table("entrustment")
    op.drop_table("disposal_plan")
    op.drop_index(op.f("ix_reported_contract_owner_uscc"), table_name="reported_contract")
    op.drop_table("reported_contract")
    op.drop_index(op.f("ix_refund_instruction_made_by_id"), table_name="refund_instruction")
    op.drop_table("refund_instruction")
    op.drop_index(op.f("ix_project_owner_id"), table_name="project")
    op.drop_index(op.f("ix_project_investment_code"), table_name="project")
    op.drop_index(op.f("ix_project_created_by_id"), table_name="project")
    op.drop_table("project")
    op.drop_index(op.f("ix_person_key_user_id"), table_name="person_key")
    op.drop_index(op.f("ix_person_key_person_registered_at"), table_name="person_key")
    op.drop_table("person_key")
    op.drop_index(op.f("ix_officer_recipient_user_id"), table_name="officer_recipient")
    op.drop_index(op.f("ix_officer_recipient_person_registered_at"), table_name="officer_recipient")
    op.drop_table("officer_recipient")
    op.drop_index(op.f("ix_holiday_notice_imported_by_id"), table_name="holiday_notice")
    op.drop_table("holiday_notice")
    op.drop_index(op.f("ix_guarantee_issuer_listed_by_id"), table_name="guarantee_issuer")
    op.drop_table("guarantee_issuer")
    op.drop_index(op.f("ix_expert_training_recorded_by_id"), table_name="expert_training")
    op.drop_index(op.f("ix_expert_training_expert_id"), table_name="expert_training")
    op.drop_table("expert_training")
    op.drop_index(op.f("ix_expert_leave_expert_id"), table_name="expert_leave")
    op.drop_index(op.f("ix_expert_leave_entered_by_id"), table_name="expert_leave")
    op.drop_table("expert_leave")
    op.drop_index(op.f("ix_expert_decision_expert_id"), table_name="expert_decision")
    op.drop_index(op.f("ix_expert_decision_decided_by_id"), table_name="expert_decision")
    op.drop_table("expert_decision")
    op.drop_index(op.f("ix_expert_change_expert_id"), table_name="expert_change")
    op.drop_index(op.f("ix_expert_change_by_id"), table_name="expert_change")
    op.drop_table("expert_change")
    op.drop_index(op.f("ix_expert_application_user_id"), table_name="expert_application")
    op.drop_index(
        "ix_expert_application_open",
        table_name="expert_application",
        sqlite_where=sa.text("withdrawn_at IS NULL AND decided_at IS NULL"),
        postgresql_where=sa.text("withdrawn_at IS NULL AND decided_at IS NULL"),
    )
    op.drop_table("expert_application")
    op.drop_index(op.f("ix_calendar_reminder_user_id"), table_name="calendar_reminder")
    op.drop_table("calendar_reminder")
    op.drop_index(op.f("ix_bank_profile_changed_by_id"), table_name="bank_profile")
    op.drop_table("bank_profile")
    op.drop_index(op.f("ix_user_account_person"), table_name="user_account")
    op.drop_index(op.f("ix_user_account_organization_id"), table_name="user_account")
    op.drop_table("user_account")
    op.drop_index(op.f("ix_affiliation_organization_id"), table_name="affiliation")
    op.drop_table("affiliation")
    op.drop_table("organization")
    op.drop_index("ix_login_attempt_login_at", table_name="login_attempt")
    op.drop_index("ix_login_attempt_address_at", table_name="login_attempt")
    op.drop_table("login_attempt")
    op.drop_table("ledger_head")
    op.drop_index(op.f("ix_ledger_entry_leaf"), table_name="ledger_entry")
    op.drop_index(op.f("ix_ledger_entry_kind"), table_name="ledger_entry")
    op.drop_table("ledger_entry")
    op.drop_table("ledger_chain_head")
    op.drop_table("expert")
    op.drop_table("checkpoint")
