-- Invitations to somebody whose account ends are deleted by their address. One text for SQLite and PostgreSQL.

create index invitations_by_address on invitations (email_key);
