-- Addresses of other programs that are told what happens in a book. One text for SQLite and PostgreSQL.

create table hooks (
    book_id uuid not null references books (id) on delete cascade,
    id uuid not null primary key,
    -- who made it
    user_id uuid not null references users (id) on delete cascade,
    url text not null,
    -- JSON array of the words of events
    events text not null,
    made_at timestamptz not null
);
create index hooks_by_book on hooks (book_id, id);
create index hooks_by_user on hooks (user_id);

create table hook_deliveries (
    hook_id uuid not null references hooks (id) on delete cascade,
    id uuid not null,
    event text not null,
    at timestamptz not null,
    -- of HTTP; null where there was no answer
    status bigint,
    -- why it was not taken
    why text,
    primary key (hook_id, id)
);
create index hook_deliveries_by_age on hook_deliveries (at);
