-- Envelopes: what each category is given of the income of a month.

create table envelopes (
    book_id uuid not null references books (id) on delete cascade,
    -- its first day
    month date not null,
    category_id uuid not null,
    -- minor units of the book's currency
    given bigint not null,
    revision bigint not null,
    primary key (book_id, month, category_id)
);
create index envelopes_by_revision on envelopes (book_id, revision);
