-- What records are worth in the home currency of their book, records split over categories, and refunds.
-- One text for SQLite and PostgreSQL.

-- minor units of the book's currency, fixed when the record is saved
alter table records add column home bigint not null default 0;
-- ten-billionths of the home currency for one unit of the record's; null where one side of it is in the home currency
alter table records add column rate bigint;
alter table records add column rate_day date;
-- what a transfer brought to an account of another currency
alter table records add column received bigint;
alter table records add column received_currency text;
-- JSON array; empty where the record has one category or none
alter table records add column parts text not null default '[]';
-- the expense that a refund gives back from
alter table records add column refund_of uuid;
create index records_by_refund on records (book_id, refund_of) where refund_of is not null;

-- A record of another currency was saved without a rate: nobody knows what it was worth, so it goes on not to count
-- in the home currency until it is saved again with one.
update records set home = minor
where currency = (select b.currency from books b where b.id = records.book_id);

-- each part of a split record, to be found and summed by category
create table record_parts (
    book_id uuid not null references books (id) on delete cascade,
    record_id uuid not null,
    place bigint not null,
    day date not null,
    -- all zeros where there is none
    category_id uuid not null,
    -- minor units of the record's currency, and of the home currency
    minor bigint not null,
    home bigint not null,
    primary key (book_id, record_id, place)
);
create index record_parts_by_category on record_parts (book_id, category_id, day, record_id);

alter table daily_totals add column home bigint not null default 0;
alter table month_totals add column home bigint not null default 0;
alter table whole_totals add column home bigint not null default 0;
update daily_totals set home = minor
where currency = (select b.currency from books b where b.id = daily_totals.book_id);
update month_totals set home = minor
where currency = (select b.currency from books b where b.id = month_totals.book_id);
update whole_totals set home = minor
where currency = (select b.currency from books b where b.id = whole_totals.book_id);

-- What one unit of a currency was worth in the home currency, as typed.
create table rates (
    book_id uuid not null references books (id) on delete cascade,
    currency text not null,
    day date not null,
    -- ten-billionths
    rate bigint not null,
    revision bigint not null,
    primary key (book_id, currency, day)
);
create index rates_by_revision on rates (book_id, revision);
