-- The order that a person gives to categories and accounts. One text for SQLite and PostgreSQL.
-- 0 where nobody put them in order: then categories go by name, and accounts by age.

alter table categories add column position bigint not null default 0;
alter table accounts add column position bigint not null default 0;
