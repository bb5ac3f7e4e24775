-- What whole years did to balances, so that what was held long ago is told as quickly as what was held lately; and
-- the records whose worth nobody knows. One text for SQLite and PostgreSQL.

create table year_effects (
    book_id uuid not null references books (id) on delete cascade,
    -- such as 2026
    year text not null,
    account_id uuid not null,
    currency text not null,
    -- minor units that were added to the balance
    minor bigint not null check (minor between -4000000000000000000 and 4000000000000000000),
    primary key (book_id, year, account_id, currency)
);
insert into year_effects (book_id, year, account_id, currency, minor)
select book_id, substr(month, 1, 4), account_id, currency,
    cast(sum(case when kind in ('income', 'in') then minor when kind in ('expense', 'out') then -minor else 0 end) as bigint)
from month_totals group by book_id, substr(month, 1, 4), account_id, currency;

-- Everything else is worth something, or has a rate.
create index records_without_rate on records (book_id, home, day, id) where not deleted and home = 0 and rate is null;
