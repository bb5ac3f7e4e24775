-- Whether a person gets alerts by mail. One text for SQLite and PostgreSQL.

alter table users add column alerts_by_mail boolean not null default true;
