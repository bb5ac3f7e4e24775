-- What was answered to requests that named a key, so that the same request again has the same answer.

create table answered_requests (
    token_id uuid not null references access_tokens (id) on delete cascade,
    -- SHA-256 of the key
    key_hash text not null,
    -- SHA-256 of what was asked
    request_hash text not null,
    -- the id of what the request makes, however often it is tried
    made_id uuid not null,
    claimed_at timestamptz not null,
    -- JSON; null as long as the answer is not known
    answer text,
    primary key (token_id, key_hash)
);
create index answered_requests_by_age on answered_requests (claimed_at);
