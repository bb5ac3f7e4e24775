-- What a book holds. One text for SQLite and PostgreSQL; book_id leads every key and index.
-- `revision` is the number of the write that last touched the row; `deleted` marks a tombstone.
-- Names compared or searched byte by byte are bytea (UTF-8), so that both engines order them alike.

create table accounts (
    book_id uuid not null references books (id) on delete cascade,
    id uuid not null,
    name text not null,
    -- the name without regard to case and blanks
    name_key text not null,
    -- cash, bank, card, wallet
    kind text not null,
    currency text not null,
    -- minor units
    opening bigint not null,
    -- minor units: the opening balance and all that the records did
    balance bigint not null check (balance between -4000000000000000000 and 4000000000000000000),
    balance_revision bigint not null,
    archived boolean not null,
    revision bigint not null,
    primary key (book_id, id),
    unique (book_id, name_key)
);
create index accounts_by_revision on accounts (book_id, revision);

create table categories (
    book_id uuid not null references books (id) on delete cascade,
    id uuid not null,
    name text not null,
    name_key text not null,
    -- expense, income
    kind text not null,
    parent_id uuid,
    icon text not null,
    colour bigint not null,
    archived boolean not null,
    revision bigint not null,
    primary key (book_id, id),
    unique (book_id, name_key)
);
create index categories_by_revision on categories (book_id, revision);

create table records (
    book_id uuid not null references books (id) on delete cascade,
    id uuid not null,
    -- expense, income, transfer
    kind text not null,
    day date not null,
    minor bigint not null check (minor between 1 and 999999999999999),
    currency text not null,
    account_id uuid not null,
    -- of a transfer
    to_account_id uuid,
    category_id uuid,
    payee text not null,
    note text not null,
    -- JSON array, as typed
    tags text not null,
    -- what a search finds, each word behind a blank
    words text not null,
    -- of a deleted record: the due day that it paid, which undo settles again
    paid_bill_id uuid,
    paid_due date,
    revision bigint not null,
    deleted boolean not null default false,
    primary key (book_id, id)
);
create index records_by_day on records (book_id, day, id) where not deleted;
create index records_by_category on records (book_id, category_id, day, id) where not deleted;
create index records_by_account on records (book_id, account_id, day, id) where not deleted;
create index records_by_to_account on records (book_id, to_account_id, day, id) where not deleted and to_account_id is not null;
create index records_by_kind on records (book_id, kind, day, id) where not deleted;
create index records_by_amount on records (book_id, minor, day, id) where not deleted;
create index records_by_revision on records (book_id, revision);
create index records_that_paid on records (book_id, paid_bill_id, paid_due) where paid_bill_id is not null;

create table record_tags (
    book_id uuid not null references books (id) on delete cascade,
    tag_key bytea not null,
    tag text not null,
    day date not null,
    record_id uuid not null
);
create index record_tags_by_tag on record_tags (book_id, tag_key, day, record_id);

create table record_words (
    book_id uuid not null references books (id) on delete cascade,
    word bytea not null,
    day date not null,
    record_id uuid not null
);
create index record_words_by_word on record_words (book_id, word, day, record_id);

create table payees (
    book_id uuid not null references books (id) on delete cascade,
    payee_key bytea not null,
    payee text not null,
    -- what its newest record said
    kind text not null,
    category_id uuid,
    account_id uuid not null,
    last_day date not null,
    -- records that name it
    uses bigint not null,
    primary key (book_id, payee_key)
);

create table daily_totals (
    book_id uuid not null references books (id) on delete cascade,
    day date not null,
    -- expense, income, out, in
    kind text not null,
    account_id uuid not null,
    -- all zeros where there is none
    category_id uuid not null,
    currency text not null,
    -- kept far inside 64 bits, past which SQLite would go on with inexact numbers
    minor bigint not null check (minor between -4000000000000000000 and 4000000000000000000),
    count bigint not null,
    revision bigint not null,
    primary key (book_id, day, kind, account_id, category_id, currency)
);
create index daily_totals_by_revision on daily_totals (book_id, revision);
create index daily_totals_by_category on daily_totals (book_id, category_id, kind, day);

create table bills (
    book_id uuid not null references books (id) on delete cascade,
    id uuid not null,
    name text not null,
    minor bigint not null,
    currency text not null,
    first_due date not null,
    repeats text not null,
    category_id uuid,
    account_id uuid,
    remind_days bigint,
    -- null once every due day is settled
    next_due date,
    revision bigint not null,
    deleted boolean not null default false,
    primary key (book_id, id)
);
create index bills_by_revision on bills (book_id, revision);

create table settlements (
    book_id uuid not null references books (id) on delete cascade,
    bill_id uuid not null,
    due date not null,
    -- null when it was skipped
    record_id uuid,
    revision bigint not null,
    deleted boolean not null default false,
    primary key (book_id, bill_id, due)
);
create index settlements_by_due on settlements (book_id, due);
create index settlements_by_record on settlements (book_id, record_id) where record_id is not null and not deleted;
create index settlements_by_revision on settlements (book_id, revision);

create table budgets (
    book_id uuid not null references books (id) on delete cascade,
    id uuid not null,
    name text not null,
    minor bigint not null,
    currency text not null,
    -- week, month, year
    span text not null,
    -- JSON array of ids; empty for all spending
    categories text not null,
    roll_over boolean not null,
    since date not null,
    -- JSON array of percents
    thresholds text not null,
    revision bigint not null,
    deleted boolean not null default false,
    primary key (book_id, id)
);
create index budgets_by_revision on budgets (book_id, revision);

create table alerts (
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
    primary key (book_id, budget_id, period_start, threshold)
);
create index alerts_by_end on alerts (book_id, period_end);
create index alerts_unseen on alerts (book_id) where not seen;
create index alerts_by_revision on alerts (book_id, revision);
