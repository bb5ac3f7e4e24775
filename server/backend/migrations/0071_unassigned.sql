-- What was given no job in a month goes on to the next: kept beside what its envelopes have left, in the row that stands
-- for the whole. Null for budgets, and before anything was given. What was kept without it is worked out again.
-- One text for SQLite and PostgreSQL.

alter table carries add column unassigned bigint;
delete from carries;
