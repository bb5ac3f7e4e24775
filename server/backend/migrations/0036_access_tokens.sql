-- Tokens with which a program uses a book in the name of a person, and when a person last proved who they are.

create table access_tokens (
    id uuid not null primary key,
    user_id uuid not null references users (id) on delete cascade,
    book_id uuid not null references books (id) on delete cascade,
    name text not null,
    -- SHA-256 of the token
    secret_hash text not null unique,
    -- 'read' or 'write'
    scope text not null,
    created_at timestamptz not null,
    expires_at timestamptz not null,
    last_used_at timestamptz,
    revoked_at timestamptz
);
create index access_tokens_by_user on access_tokens (user_id, expires_at);
create index access_tokens_by_book on access_tokens (book_id);
create index access_tokens_by_expiry on access_tokens (expires_at);

-- when the password was last typed within the session
alter table sessions add column proved_at timestamptz;
