"""The speed of the house beside its floors 速度: ``./dev bench`` prints one table for SQLite and one for PostgreSQL."""
