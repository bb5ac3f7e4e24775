-- Secrets that follow from the installation's key and the id of their row: once another key took over, what they were is
-- sealed under that one beside the row. None where they follow from the present key. One text for SQLite and PostgreSQL.
alter table hooks add column sealed text;
alter table invitations add column sealed text;
alter table tokens add column sealed_link text;
alter table tokens add column sealed_code text;
