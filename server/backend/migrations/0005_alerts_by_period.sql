-- A month and a year can begin on the same day: the end tells their alerts apart.

create table alerts_by_period (
    book_id uuid not null references books (id) on delete cascade,
    budget_id uuid not null,
    period_start date not null,
    period_end date not null,
    -- percent
    threshold bigint not null,
    -- minor units when it was crossed
    spent bigint not null,
    limit_minor bigint not null,
    currency text not null,
    record_id uuid not null,
    seen boolean not null,
    revision bigint not null,
    primary key (book_id, budget_id, period_start, period_end, threshold)
);
insert into alerts_by_period (book_id, budget_id, period_start, period_end, threshold, spent, limit_minor, currency, record_id, seen, revision)
select book_id, budget_id, period_start, period_end, threshold, spent, limit_minor, currency, record_id, seen, revision from alerts;
drop table alerts;
alter table alerts_by_period rename to alerts;
create index alerts_by_end on alerts (book_id, period_end);
create index alerts_unseen on alerts (book_id) where not seen;
create index alerts_by_revision on alerts (book_id, revision);
