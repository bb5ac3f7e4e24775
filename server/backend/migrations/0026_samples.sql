-- Samples that a new person can try and throw away, and whether the first steps are still shown.

alter table books add column has_samples boolean not null default false;
alter table records add column sample boolean not null default false;
alter table bills add column sample boolean not null default false;
alter table budgets add column sample boolean not null default false;
create index sample_records on records (book_id) where sample;
create index sample_bills on bills (book_id) where sample;
create index sample_budgets on budgets (book_id) where sample;

alter table users add column first_steps_skipped boolean not null default false;
