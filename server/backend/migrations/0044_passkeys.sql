-- Passkeys, and what a browser was asked to sign with one. One text for SQLite and PostgreSQL.

create table passkeys (
    id uuid not null primary key,
    user_id uuid not null references users (id) on delete cascade,
    -- what the authenticator calls it, in base64
    credential text not null unique,
    name text not null,
    -- the name of the server that it is good for
    site text not null,
    -- whether whoever made it had shown that the address of the account is theirs
    proven boolean not null,
    -- JSON: the public key, and how often it was used where the authenticator counts
    key text not null,
    created_at timestamptz not null,
    last_used_at timestamptz
);
create index passkeys_by_user on passkeys (user_id, created_at);

create table passkey_challenges (
    -- SHA-256 of the secret that comes back with the answer
    secret_hash text not null primary key,
    -- who adds one; null where somebody shows one
    user_id uuid references users (id) on delete cascade,
    -- JSON
    state text not null,
    expires_at timestamptz not null
);
create index passkey_challenges_by_user on passkey_challenges (user_id) where user_id is not null;
create index passkey_challenges_by_age on passkey_challenges (expires_at);
