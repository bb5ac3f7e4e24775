-- Who asked for an account where an address is confirmed first, and has not opened the link of the letter yet. Whether
-- somebody has the address makes no difference to a row. One text for SQLite and PostgreSQL.

create table newcomers (
    id uuid not null primary key,
    -- the address without regard to case
    email_key text not null,
    -- JSON: what they typed, without the password
    person text not null,
    -- argon2id in PHC form
    password_hash text not null,
    -- where they go on
    next text not null,
    -- SHA-256 of the secret in the link
    secret_hash text not null unique,
    -- the secret, once another key took over from the one that it followed from
    sealed text,
    expires_at timestamptz not null
);
create index newcomers_by_email on newcomers (email_key);
