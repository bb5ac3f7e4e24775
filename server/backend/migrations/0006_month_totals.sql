-- Sums by calendar month: pages look at past months whole, and budgets by the month.

create table month_totals (
    book_id uuid not null references books (id) on delete cascade,
    -- such as 2026-11
    month text not null,
    -- expense, income, out, in
    kind text not null,
    account_id uuid not null,
    -- all zeros where there is none
    category_id uuid not null,
    currency text not null,
    minor bigint not null check (minor between -4000000000000000000 and 4000000000000000000),
    count bigint not null,
    revision bigint not null,
    primary key (book_id, month, kind, account_id, category_id, currency)
);
create index month_totals_by_revision on month_totals (book_id, revision);

insert into month_totals (book_id, month, kind, account_id, category_id, currency, minor, count, revision)
select book_id, substr(cast(day as text), 1, 7), kind, account_id, category_id, currency,
    cast(sum(minor) as bigint), cast(sum(count) as bigint), max(revision)
from daily_totals group by book_id, substr(cast(day as text), 1, 7), kind, account_id, category_id, currency;
