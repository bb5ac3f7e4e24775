-- Secret links from which a calendar reads the due days of a book.

create table calendar_feeds (
    book_id uuid not null references books (id) on delete cascade,
    user_id uuid not null references users (id) on delete cascade,
    -- SHA-256 of the secret in the link
    secret_hash text not null unique,
    created_at timestamptz not null,
    primary key (book_id, user_id)
);
