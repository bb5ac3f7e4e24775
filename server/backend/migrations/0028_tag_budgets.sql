-- Budgets for a tag, and what was spent under each tag by day, which they read.
-- One text for SQLite and PostgreSQL.

-- as typed; null where all spending counts, or that of categories
alter table budgets add column tag text;

create table tag_totals (
    book_id uuid not null references books (id) on delete cascade,
    -- the tag without regard to case and blanks
    tag_key bytea not null,
    day date not null,
    currency text not null,
    -- expenses less refunds: minor units of the currency, and of the home currency
    minor bigint not null check (minor between -4000000000000000000 and 4000000000000000000),
    home bigint not null,
    count bigint not null,
    revision bigint not null,
    primary key (book_id, tag_key, day, currency)
);
create index tag_totals_by_revision on tag_totals (book_id, revision);

insert into tag_totals (book_id, tag_key, day, currency, minor, home, count, revision)
select t.book_id, t.tag_key, r.day, r.currency,
    cast(sum(case when r.refund_of is null then r.minor else -r.minor end) as bigint),
    cast(sum(case when r.refund_of is null then r.home else -r.home end) as bigint), count(*), max(r.revision)
from (select distinct book_id, tag_key, record_id from record_tags) t
join records r on r.book_id = t.book_id and r.id = t.record_id
where not r.deleted and r.kind = 'expense'
group by t.book_id, t.tag_key, r.day, r.currency;
