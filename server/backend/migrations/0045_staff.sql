-- Those who help the people here, what they did, and accounts that are suspended. One text for SQLite and PostgreSQL.

-- care, admin; null for everybody else
alter table users add column staff text;
create index users_who_help on users (staff) where staff is not null;
-- a suspended account is disabled too, until the suspension ends
alter table users add column suspended_at timestamptz;
create index users_suspended on users (suspended_at) where suspended_at is not null;
-- it is deleted by whoever runs this server, and its owner cannot keep it
alter table users add column leaves_by_staff boolean not null default false;
-- the address without regard to case, by whose bytes both engines order alike; null until it is noted
alter table users add column find_key bytea;
create index users_to_find on users (find_key, id);
create index users_to_note on users (id) where find_key is null;
create index users_by_age on users (created_at);
create index sessions_by_use on sessions (last_used_at);
create index outbox_parked on outbox (parked_at) where parked_at is not null and sent_at is null;
create index outbox_sent on outbox (sent_at) where sent_at is not null;

-- one row
create table installation (
    id bigint not null primary key,
    -- whether somebody became its first administrator
    founded boolean not null
);
insert into installation (id, founded) select 1, count(*) > 0 from users;

-- Only added to. Ids of people stay when they are gone, and name nobody then.
create table audit (
    id uuid not null primary key,
    at timestamptz not null,
    -- null for the command line
    by_user uuid,
    about_user uuid,
    deed text not null,
    -- what it was about besides a person
    detail text not null,
    why text not null
);
create index audit_by_about on audit (about_user, id);
create index audit_by_age on audit (at);

-- What the worker does again and again, and how it went the last time.
create table jobs (
    name text not null primary key,
    ran_at timestamptz not null,
    -- why it failed; empty where it went well
    failed text not null
);
