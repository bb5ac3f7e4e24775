-- When a bill ends, whether its amount is an estimate, and single due days that differ from its plan.

-- never, on-2027-01-31, after-12
alter table bills add column ends text not null default 'never';
alter table bills add column estimated boolean not null default false;
-- JSON object: by planned due day the day and, unless it is that of the bill, the amount
alter table bills add column changed text not null default '{}';
