-- The few letters that are being delivered, so that the next look at the outbox reads no queue.
create index outbox_claimed on outbox (claimed_until) where claimed_until is not null;
