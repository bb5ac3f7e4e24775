-- What a person dismissed, and when the next monthly report is due to whom.

create table dismissed_insights (
    book_id uuid not null references books (id) on delete cascade,
    user_id uuid not null references users (id) on delete cascade,
    -- such as 2026-11: what was dismissed may be told again in another month
    month text not null,
    -- names the rule and what it is about
    insight text not null,
    primary key (book_id, user_id, month, insight)
);

-- null for those who do not want one
alter table users add column monthly_report_due timestamptz;
create index users_by_monthly_report on users (monthly_report_due) where monthly_report_due is not null;
