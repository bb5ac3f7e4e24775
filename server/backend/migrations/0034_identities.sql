-- Who logs in through a provider, and log-ins through providers that are under way.
-- A person without a password has the word 'none' as their password_hash.

create table identities (
    -- the provider's name in the configuration
    provider text not null,
    -- names the person at this provider for ever
    subject text not null,
    user_id uuid not null references users (id) on delete cascade,
    -- as the provider said when this was last used; to show, never to find anybody by
    email text,
    -- whether it was linked while the account's address was known to be the person's, or has shown that it is; one
    -- that was not may be that of a stranger who made the account, and does not outlive a password chosen by mail
    proven boolean not null,
    created_at timestamptz not null,
    last_used_at timestamptz not null,
    primary key (provider, subject)
);
create index identities_by_user on identities (user_id, provider);

-- One that was sent to a provider, and has not come back.
create table sign_in_attempts (
    -- SHA-256 of the state; whatever else is secret about it is made from the state and the browser's secret
    state_hash text not null primary key,
    -- SHA-256 of the browser's secret
    browser_hash text not null,
    provider text not null,
    -- where to go on, a path of this site
    next text not null,
    -- who is signed in and wants to link
    link_to uuid references users (id) on delete cascade,
    expires_at timestamptz not null
);
create index sign_in_attempts_by_age on sign_in_attempts (expires_at);

-- What a provider has proven of whoever sits at a browser, until they make an account or log in to theirs.
create table sign_in_proofs (
    browser_hash text not null primary key,
    provider text not null,
    subject text not null,
    email text,
    verified boolean not null,
    name text not null,
    -- whose account has the address
    matches uuid references users (id) on delete cascade,
    next text not null,
    expires_at timestamptz not null
);
create index sign_in_proofs_by_age on sign_in_proofs (expires_at);
