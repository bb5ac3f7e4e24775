-- The second factor: the app that shows codes, codes for when it is lost, and log-ins that wait for one.
-- One text for SQLite and PostgreSQL.

create table authenticators (
    user_id uuid not null primary key references users (id) on delete cascade,
    -- sealed with the installation's key
    secret text not null,
    begun_at timestamptz not null,
    -- whether whoever began it had shown that the address of the account is theirs
    proven boolean not null,
    -- when its first code was typed; until then nobody is asked for one
    on_since timestamptz,
    -- the last half minute of which a code was taken: none is taken twice
    last_step bigint not null default 0,
    -- what the recovery codes are made from, for as long as they are shown
    codes_seed uuid,
    codes_made_at timestamptz
);

create table recovery_codes (
    user_id uuid not null references users (id) on delete cascade,
    -- the first group of the code
    name text not null,
    -- argon2id in PHC form, of the whole code
    hash text not null,
    used_at timestamptz,
    primary key (user_id, name)
);

create table second_steps (
    -- SHA-256 of the secret that the browser keeps
    secret_hash text not null primary key,
    user_id uuid not null references users (id) on delete cascade,
    tries bigint not null default 0,
    expires_at timestamptz not null
);
create index second_steps_by_user on second_steps (user_id);
create index second_steps_by_age on second_steps (expires_at);
