use std::collections::BTreeMap;

use super::{Config, Secret, Transport};

fn env(pairs: &[(&str, &str)]) -> BTreeMap<String, String> {
    pairs.iter().map(|(key, value)| ((*key).to_owned(), (*value).to_owned())).collect()
}

fn refused(file: &str, pairs: &[(&str, &str)]) -> String {
    Config::from_parts(Some(file), &env(pairs)).err().map(|error| error.to_string()).unwrap_or_default()
}

#[test]
fn nothing_at_all_is_a_working_configuration() {
    let config = Config::from_parts(None, &env(&[])).expect("a configuration");
    assert_eq!(config.base_url, "http://127.0.0.1:3000");
    assert_eq!(config.database_url, "sqlite:./data/expenso.db");
    assert!(config.registration && !config.metrics && matches!(config.transport, Transport::Files));
}

#[test]
fn the_file_that_comes_with_expenso_is_read() {
    let config = Config::from_parts(Some(include_str!("../../../Leptos.toml")), &env(&[]));
    assert!(config.is_ok());
}

#[test]
fn the_environment_overrides_the_file() {
    let file = "[server]\nregistration = false\nmetrics = \"on\"\ntrusted_proxies = [\"10.0.0.0/8\", \"::1\"]";
    let config = Config::from_parts(
        Some(file),
        &env(&[("EXPENSO_METRICS", "off"), ("LEPTOS_SITE_ADDR", "0.0.0.0:80"), ("HOME", "/root")]),
    )
    .expect("a configuration");
    assert!(!config.registration && !config.metrics);
    assert_eq!(config.trusted_proxies.len(), 2);
    assert_eq!(config.site_addr.port(), 80);
    assert_eq!(config.base_url, "http://127.0.0.1:80", "nobody finds 0.0.0.0");
    assert!(config.is_found_here_only());
}

#[test]
fn plain_http_from_elsewhere_is_noticed() {
    for (listens, found, open) in [
        ("0.0.0.0:80", "http://money.example.org", true),
        ("192.168.1.7:3000", "http://192.168.1.7:3000", true),
        ("[::]:80", "http://[fd12::7]", true),
        ("0.0.0.0:80", "https://money.example.org", false),
        ("127.0.0.1:3000", "http://money.example.org", false),
        ("0.0.0.0:3000", "http://localhost:3000", false),
        ("[::]:3000", "http://[::1]:3000", false),
    ] {
        let pairs = [("LEPTOS_SITE_ADDR", listens), ("EXPENSO_BASE_URL", found)];
        let config = Config::from_parts(None, &env(&pairs)).expect("a configuration");
        assert_eq!(config.is_open_to_listeners(), open, "{listens} {found}");
    }
}

#[test]
fn the_table_that_the_build_reads_says_where_the_site_is_and_where_to_listen() {
    let file =
        "[[workspace.metadata.leptos]]\nsite-root = \"/srv/site\"\nsite-addr = \"192.0.2.1:80\"\nname = \"expenso\"";
    let config = Config::from_parts(Some(file), &env(&[])).expect("a configuration");
    assert_eq!((config.site_root.to_str(), config.site_addr.port()), (Some("/srv/site"), 80));
    let config = Config::from_parts(Some(file), &env(&[("LEPTOS_SITE_ADDR", "[::]:81")])).expect("a configuration");
    assert_eq!(config.base_url, "http://127.0.0.1:81");
}

#[test]
fn what_is_wrong_is_named_in_one_line_and_never_quoted() {
    let table = [
        ("", ("EXPENSO_DATABASE", "x"), "EXPENSO_DATABASE: unknown"),
        ("", ("EXPENSO_DATABASE_URL", "mysql://me:hidden@host"), "EXPENSO_DATABASE_URL: expected"),
        ("", ("EXPENSO_BASE_URL", "money.example.org"), "EXPENSO_BASE_URL: expected"),
        ("", ("EXPENSO_BASE_URL", "https://money.example.org/app"), "EXPENSO_BASE_URL: expected"),
        ("", ("EXPENSO_SECRET_KEY", "changeme"), "EXPENSO_SECRET_KEY: expected"),
        ("", ("EXPENSO_SECRET_KEY", "hidden-16-bytes!"), "EXPENSO_SECRET_KEY: expected"),
        ("", ("LEPTOS_SITE_ADDR", "here"), "LEPTOS_SITE_ADDR: expected"),
        ("", ("EXPENSO_TRUSTED_PROXIES", "10.0.0.0/8,proxy"), "EXPENSO_TRUSTED_PROXIES: expected"),
        ("", ("EXPENSO_MAIL_FROM", "a@b\r\nBcc: c@d"), "EXPENSO_MAIL_FROM: expected"),
        ("[mail]\nwebhook = \"http://localhost\"", ("HOME", ""), "mail.webhook: unknown key"),
        ("[mial]\nfrom = \"x\"", ("HOME", ""), "mial.from: unknown key"),
        ("colour = 1", ("HOME", ""), "colour: unknown key"),
        ("[server]\nregistration = \"maybe\"", ("HOME", ""), "server.registration: expected"),
        ("[[workspace.metadata.leptos]]\nsite-addr = \"here\"", ("HOME", ""), "site-addr: expected"),
        ("[[workspace.metadata.leptos]]\noutput-name = \"other\"", ("HOME", ""), "output-name: expected expenso"),
        ("[[workspace.metadata.leptos]]\ncolour = 1", ("HOME", ""), "colour: unknown key"),
        ("[workspace]\nmembers = []", ("HOME", ""), "workspace: expected"),
        ("", ("EXPENSO_MAIL_WEBHOOK_KEY", "hidden"), "EXPENSO_MAIL_WEBHOOK_KEY: mail.webhook_url must be set too"),
        ("[server", ("HOME", ""), "Leptos.toml: "),
        ("[limits]\nsign_ups_per_minute = 0", ("HOME", ""), "limits.sign_ups_per_minute: expected"),
        (
            "[mail]\nwebhook_url = \"http://localhost\"\nsmtp_url = \"smtp://localhost\"",
            ("HOME", ""),
            "mail.smtp_url: leave it out",
        ),
    ];
    for (file, pair, line) in table {
        let message = refused(file, &[pair]);
        assert!(
            message.starts_with(line) && !message.contains('\n') && !message.contains("hidden"),
            "{line}: {message}"
        );
    }
}

#[test]
fn a_secret_is_made_once_with_256_bits_and_for_the_server_only() {
    let (one, two) = (tempfile::tempdir().expect("a folder"), tempfile::tempdir().expect("a folder"));
    let first = Secret::load_or_make(one.path()).expect("a secret");
    assert!(first == Secret::load_or_make(one.path()).expect("the same secret"));
    assert!(first != Secret::load_or_make(two.path()).expect("another secret"));
    let file = one.path().join("secret.key");
    assert_eq!(std::fs::read_to_string(&file).expect("a text").len(), 64);
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt as _;
        let mode = || std::fs::metadata(&file).expect("a file").permissions().mode() & 0o777;
        assert_eq!(mode(), 0o600);
        std::fs::set_permissions(&file, std::fs::Permissions::from_mode(0o644)).expect("permissions");
        assert!(first == Secret::load_or_make(one.path()).expect("the same secret"));
        assert_eq!(mode(), 0o600, "a lax one is tightened");
    }
    std::fs::write(&file, "short").expect("written");
    assert!(Secret::load_or_make(one.path()).is_err());
}
