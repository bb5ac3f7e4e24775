-- Reminders of bills: found by the day from which on one is wanted, and told once for each due day.

-- null for no reminder, and once it was told
alter table bills add column remind_on date;
-- the due day that was told last
alter table bills add column reminded date;
-- Days cannot be subtracted in one way on both engines: the next reminder of older bills comes on their due day.
update bills set remind_on = next_due where remind_days is not null and next_due >= current_date;
create index bills_to_remind on bills (remind_on) where remind_on is not null and not deleted;
