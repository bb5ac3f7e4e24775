-- Sums over all days, so that the list of everything needs no history, and the records that miss a category.

create table whole_totals (
    book_id uuid not null references books (id) on delete cascade,
    -- expense, income, out, in
    kind text not null,
    account_id uuid not null,
    -- all zeros where there is none
    category_id uuid not null,
    currency text not null,
    minor bigint not null check (minor between -4000000000000000000 and 4000000000000000000),
    count bigint not null,
    primary key (book_id, kind, account_id, category_id, currency)
);
insert into whole_totals (book_id, kind, account_id, category_id, currency, minor, count)
select book_id, kind, account_id, category_id, currency, cast(sum(minor) as bigint), cast(sum(count) as bigint)
from daily_totals group by book_id, kind, account_id, category_id, currency;

-- A transfer never has a category, and alone has a second account.
create index records_without_category on records (book_id, day, id)
where not deleted and coalesce(category_id, to_account_id) is null;
