-- People, the books they keep, and what signs them in. One text for SQLite and PostgreSQL.

create table users (
    id uuid not null primary key,
    email text not null,
    -- the address without regard to case
    email_key text not null unique,
    name text not null,
    -- argon2id in PHC form
    password_hash text not null,
    phone text,
    locale text not null,
    time_zone text not null,
    country text not null,
    theme text not null default 'auto',
    confirmed_at timestamptz,
    created_at timestamptz not null,
    disabled_at timestamptz
);

create table books (
    id uuid not null primary key,
    name text not null,
    currency text not null,
    week_start text not null default 'monday',
    -- minor units in a month
    planned_income bigint,
    -- the number of the newest write
    revision bigint not null default 0,
    created_at timestamptz not null
);

create table members (
    book_id uuid not null references books (id) on delete cascade,
    user_id uuid not null references users (id) on delete cascade,
    role text not null,
    primary key (book_id, user_id)
);
create index members_by_user on members (user_id);

create table sessions (
    id uuid not null primary key,
    user_id uuid not null references users (id) on delete cascade,
    -- SHA-256 of the refresh token
    refresh_hash text not null unique,
    user_agent text not null,
    created_at timestamptz not null,
    last_used_at timestamptz not null,
    expires_at timestamptz not null,
    revoked_at timestamptz
);
create index sessions_by_user on sessions (user_id);

create table tokens (
    id uuid not null primary key,
    user_id uuid not null references users (id) on delete cascade,
    -- 'confirm' or 'reset'
    purpose text not null,
    -- SHA-256 of the secret in the link
    secret_hash text not null unique,
    -- SHA-256 of the id and the six digits
    code_hash text,
    tries bigint not null default 0,
    created_at timestamptz not null,
    expires_at timestamptz not null,
    used_at timestamptz
);
create index tokens_by_user on tokens (user_id, purpose, created_at);

create table throttles (
    key text not null primary key,
    window_start timestamptz not null,
    hits bigint not null
);

create table outbox (
    id uuid not null primary key,
    -- names the message, so that it is written once
    key text not null unique,
    kind text not null,
    book_id uuid references books (id) on delete cascade,
    -- JSON
    payload text not null,
    created_at timestamptz not null,
    due_at timestamptz not null,
    tries bigint not null default 0,
    claimed_until timestamptz,
    sent_at timestamptz,
    parked_at timestamptz,
    last_error text
);
create index outbox_due on outbox (due_at) where sent_at is null and parked_at is null;
