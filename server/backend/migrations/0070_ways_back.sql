-- Who went out of a book just now, and what they were: they can be brought back as that for some minutes, by an owner if
-- one took them out, by themselves if they left. One text for SQLite and PostgreSQL.

create table departures (
    book_id uuid not null references books (id) on delete cascade,
    user_id uuid not null references users (id) on delete cascade,
    role text not null,
    -- whether an owner took them out; otherwise they left
    removed boolean not null,
    gone_at timestamptz not null,
    primary key (book_id, user_id)
);
create index departures_by_user on departures (user_id);
create index departures_by_age on departures (gone_at);

-- An invitation that was taken back is useless. It is kept for a while, so that it can be given again.
alter table invitations add column revoked_at timestamptz;
create index invitations_by_revocation on invitations (revoked_at) where revoked_at is not null;
