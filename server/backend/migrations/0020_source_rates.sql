-- Rates of a public source, the same for every book: units of a currency for one euro.
-- One text for SQLite and PostgreSQL.

create table source_rates (
    currency text not null,
    day date not null,
    -- ten-billionths
    per_euro bigint not null,
    primary key (currency, day)
);
