-- Budgets: any span, overspending taken along, a most that rolls over, and their pace watched.
-- budgets.span is now: day, week, month, quarter, year, pay:25, pay:last, pay:2026-11-06 or 2026-12-03/2026-12-10.

-- only where roll_over
alter table budgets add column overspending boolean not null default false;
-- minor units; null for all of it
alter table budgets add column carry_most bigint;
alter table budgets add column pace boolean not null default false;
-- the morning on which the pace was judged last
alter table budgets add column paced_on date;
create index budgets_by_pace on budgets (paced_on) where pace and not deleted;
