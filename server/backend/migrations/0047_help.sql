-- Requests for help with their answers, and letters to everybody. One text for SQLite and PostgreSQL.

create table help_requests (
    -- made by whoever asks
    id uuid not null primary key,
    user_id uuid not null references users (id) on delete cascade,
    asked_at timestamptz not null,
    question text not null,
    answer text,
    answered_at timestamptz
);
create index help_requests_by_user on help_requests (user_id, id);
create index help_requests_open on help_requests (asked_at, id) where answered_at is null;
create index help_requests_answered on help_requests (answered_at) where answered_at is not null;

create table broadcasts (
    -- made by whoever writes it
    id uuid not null primary key,
    made_at timestamptz not null,
    subject text not null,
    body text not null,
    -- null for one that is still being written
    sent_at timestamptz,
    -- the last person it was addressed to, and how many there are so far
    up_to uuid,
    written bigint not null default 0,
    done boolean not null default false
);
create index broadcasts_under_way on broadcasts (sent_at) where sent_at is not null and not done;
create index users_to_write_to on users (id) where confirmed_at is not null and disabled_at is null;
