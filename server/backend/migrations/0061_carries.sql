-- What a budget carried into one of its periods, and what envelopes had left when a month began: worked out from all the
-- days before, so that nobody has to go through them again. Whatever changes one of those days deletes what follows from it.
-- One text for SQLite and PostgreSQL.

create table carries (
    book_id uuid not null references books (id) on delete cascade,
    -- the budget, or the nil id for the envelopes of the book
    subject_id uuid not null,
    -- the first day of the period, or of the month
    day date not null,
    -- of an envelope; nil for a budget, and for what the month before spent more than its envelopes held
    category_id uuid not null,
    -- minor units of the book's currency
    minor bigint not null,
    -- of an envelope: the last month in which it was given something
    given_in date,
    primary key (book_id, subject_id, day, category_id)
);
create index carries_by_day on carries (book_id, day);
