-- Each due day of a bill is told of, also while one before it is open: bills that wait on one that was told are looked
-- at again for the day that they remind from next.
update bills set remind_on = reminded
where remind_on is null and remind_days is not null and next_due is not null and not deleted and reminded >= next_due;
