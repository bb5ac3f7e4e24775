-- Several people in one book, and several books of one person. One text for SQLite and PostgreSQL.

-- the book that is open in a session; none for the first one of the person
alter table sessions add column book_id uuid references books (id) on delete set null;
create index sessions_by_book on sessions (book_id) where book_id is not null;

create table invitations (
    id uuid not null primary key,
    book_id uuid not null references books (id) on delete cascade,
    -- without regard to case
    email_key text not null,
    email text not null,
    role text not null,
    -- who invites
    user_id uuid not null references users (id) on delete cascade,
    -- SHA-256 of the secret in the link
    secret_hash text not null unique,
    made_at timestamptz not null,
    expires_at timestamptz not null,
    unique (book_id, email_key)
);
create index invitations_by_user on invitations (user_id);
create index invitations_by_end on invitations (expires_at);
