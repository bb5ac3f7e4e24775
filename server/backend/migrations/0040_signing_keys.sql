-- The keys that sign sessions, by name only: each is made from the secret and its name. One text for SQLite and PostgreSQL.

create table signing_keys (
    id uuid not null primary key,
    made_at timestamptz not null
);
