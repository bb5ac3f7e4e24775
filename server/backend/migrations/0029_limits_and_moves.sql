-- Limits of budgets by the day on which they were replaced, and moves between envelopes, each made once.
-- One text for SQLite and PostgreSQL.

-- JSON: minor units by day
alter table budgets add column limits_before text not null default '{}';

create table envelope_moves (
    book_id uuid not null references books (id) on delete cascade,
    -- made by whoever moves the money
    id uuid not null,
    month date not null,
    -- null for what is not yet given a job
    from_id uuid,
    to_id uuid,
    -- minor units of the book's currency
    minor bigint not null,
    primary key (book_id, id)
);
