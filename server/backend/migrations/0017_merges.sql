-- Categories that were merged into others, and what moved with them, so that it can be taken back.
-- One text for SQLite and PostgreSQL.

create table merges (
    book_id uuid not null references books (id) on delete cascade,
    -- the category that is no longer there
    from_id uuid not null,
    into_id uuid not null,
    -- JSON: the category as it was, and the categories, bills and budgets that moved
    moved text not null,
    revision bigint not null,
    primary key (book_id, from_id)
);
create index merges_by_revision on merges (book_id, revision);

create table merged_records (
    book_id uuid not null references books (id) on delete cascade,
    from_id uuid not null,
    record_id uuid not null,
    primary key (book_id, from_id, record_id)
);

create table merged_payees (
    book_id uuid not null references books (id) on delete cascade,
    from_id uuid not null,
    payee_key bytea not null,
    primary key (book_id, from_id, payee_key)
);

-- Deleted records are few; those of a category move with it.
create index records_deleted_by_category on records (book_id, category_id) where deleted;
create index payees_by_category on payees (book_id, category_id) where category_id is not null;
