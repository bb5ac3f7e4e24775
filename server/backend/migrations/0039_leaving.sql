-- People who leave, and letters that are theirs alone. One text for SQLite and PostgreSQL.

-- the account and all that is theirs is deleted from this instant on
alter table users add column leaves_at timestamptz;
create index users_who_leave on users (leaves_at) where leaves_at is not null;

alter table outbox add column for_user uuid references users (id) on delete cascade;
create index outbox_by_user on outbox (for_user) where for_user is not null;
create index outbox_by_book on outbox (book_id) where book_id is not null;
-- of letters sent so far nobody knows whose they were
delete from outbox where book_id is null and sent_at is not null;
