-- The key that codes, webhooks and authenticators hang on, where the installation's secret was replaced: sealed under the
-- secret that took its place, which its fingerprint names.
create table kept_keys (
    sealed_under text not null primary key,
    sealed text not null
);
