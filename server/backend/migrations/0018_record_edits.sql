-- What many records were before they were changed at once, so that it can be taken back for a day.
-- One text for SQLite and PostgreSQL.

create table record_edits (
    book_id uuid not null references books (id) on delete cascade,
    -- the write that changed them
    revision bigint not null,
    -- JSON
    kept text not null,
    made_at timestamptz not null,
    primary key (book_id, revision)
);
create index record_edits_by_age on record_edits (made_at);
