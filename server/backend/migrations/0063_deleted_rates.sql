-- A rate that was mistyped can be taken away: its row stays, so that other copies of the book hear of it.
-- One text for SQLite and PostgreSQL.
alter table rates add column deleted boolean not null default false;
