-- The address that a person wants to change to, until its mailbox answers. One text for SQLite and PostgreSQL.

-- of tokens with the purpose 'address', as typed
alter table tokens add column email text;
