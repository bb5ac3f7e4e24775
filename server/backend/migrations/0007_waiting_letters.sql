-- Letters that wait until a person has confirmed the address. One text for SQLite and PostgreSQL.

alter table outbox add column waits_for uuid references users (id) on delete cascade;
-- from this day on it is no news any more
alter table outbox add column waits_until date;
create index outbox_waiting on outbox (waits_for) where waits_for is not null;
