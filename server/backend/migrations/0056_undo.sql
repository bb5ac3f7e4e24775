-- Until when a token that was revoked by hand can be brought back; null for one that ended in another way.
alter table access_tokens add column undo_until timestamptz;

-- A webhook that was deleted is told nothing any more. It is kept for a while, so that it can be brought back.
alter table hooks add column deleted_at timestamptz;
create index hooks_by_deletion on hooks (deleted_at);

-- The revisions in which the samples were thrown away last: after the first, up to the second.
alter table books add column samples_gone_after bigint;
alter table books add column samples_gone_at bigint;
