-- Consents of people that staff read their book for a while. One text for SQLite and PostgreSQL.

create table consents (
    id uuid not null primary key,
    -- who gave it
    user_id uuid not null references users (id) on delete cascade,
    book_id uuid not null references books (id) on delete cascade,
    given_at timestamptz not null,
    until timestamptz not null,
    -- when it was taken back before that
    ended_at timestamptz
);
create index consents_by_book on consents (book_id, until);
create index consents_by_user on consents (user_id, id);

-- by which somebody of the staff looks at a book in this session
alter table sessions add column consent_id uuid references consents (id) on delete set null;
create index sessions_by_consent on sessions (consent_id) where consent_id is not null;
