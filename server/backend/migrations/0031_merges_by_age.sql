-- When a category was merged: what moved is kept for a week. What was merged before this was noted is past it.
-- One text for SQLite and PostgreSQL.

alter table merges add column made_at timestamptz not null default '1970-01-01 00:00:00+00:00';
create index merges_by_age on merges (made_at) where moved <> '';
