//! The configuration: a file, overridden by the environment, read strictly. An unknown key or a bad value
//! stops the start with one line that names it.

mod keys;
mod secret;
mod sign_in;

use std::collections::BTreeMap;
use std::net::{IpAddr, Ipv4Addr, SocketAddr};
use std::path::{Path, PathBuf};
use std::str::FromStr;
use std::sync::Arc;

use backend::{Place, Policy};
use http::Uri;
use leptos::config::LeptosOptions;
use lettre::message::Mailbox;

pub use keys::ConfigError;
use keys::Settings;
pub use secret::Secret;
pub use sign_in::{ClientSecret, ProviderKind, SignInProvider};

use crate::heard::proxies::Network;

/// All that a server is told.
#[derive(Clone)]
#[expect(clippy::struct_excessive_bools, reason = "each is one thing that the operator decides")]
pub struct Config {
    pub site_addr: SocketAddr,
    pub site_root: PathBuf,
    /// Where people find this server, without a slash at its end.
    pub base_url: String,
    pub data_dir: PathBuf,
    pub secret: Option<Secret>,
    pub trusted_proxies: Vec<Network>,
    pub registration: bool,
    /// Whether an address is confirmed before there is an account.
    pub confirm_first: bool,
    pub metrics: bool,
    /// Where rates of currencies are read once a day, in the form of the European Central Bank; `None` for nowhere.
    pub rates_url: Option<String>,
    /// Where passwords that were stolen elsewhere are known, in the range form of Pwned Passwords; `None` for nowhere.
    pub breached_passwords_url: Option<String>,
    pub log: String,
    pub log_json: bool,
    pub database_url: String,
    pub mail_from: Mailbox,
    pub transport: Transport,
    /// Private networks that webhooks of the people here may lead to.
    pub webhook_networks: Vec<Network>,
    pub sign_ups_per_minute: u32,
    /// Whom people may log in through.
    pub sign_in: Vec<SignInProvider>,
    /// Of one access token.
    pub api_requests_per_minute: u32,
    /// Changes of one person.
    pub writes_per_ten_minutes: u32,
    /// Origins of other sites whose pages may use the REST API, such as `https://tools.example.org`.
    pub allowed_origins: Vec<String>,
}

/// How letters leave.
#[derive(Clone)]
pub enum Transport {
    /// The SendGrid v3 mail/send JSON is posted here.
    Webhook {
        url: String,
        key: Option<String>,
    },
    Smtp {
        url: String,
    },
    /// One `.eml` file per letter below the data directory.
    Files,
}

impl Config {
    /// Reads the file that `EXPENSO_CONFIG` names, or `./Leptos.toml` if there is one, and the environment.
    pub fn load() -> Result<Self, ConfigError> {
        let env: BTreeMap<String, String> = std::env::vars_os()
            .filter_map(|(key, value)| Some((key.into_string().ok()?, value.into_string().ok()?)))
            .collect();
        let named = env.get("EXPENSO_CONFIG").map(PathBuf::from);
        let path = named.clone().unwrap_or_else(|| PathBuf::from("Leptos.toml"));
        let file = match std::fs::read_to_string(&path) {
            Ok(text) => Some(text),
            Err(error) if named.is_none() && error.kind() == std::io::ErrorKind::NotFound => None,
            Err(error) => return Err(ConfigError(format!("EXPENSO_CONFIG: {}: {error}", path.display()))),
        };
        Self::from_parts(file.as_deref(), &env)
    }

    /// The same from a text and a map.
    pub fn from_parts(file: Option<&str>, env: &BTreeMap<String, String>) -> Result<Self, ConfigError> {
        let settings = Settings::gather(file, env)?;
        let site_addr: SocketAddr =
            settings.parse("site-addr", "an address such as 127.0.0.1:3000", "127.0.0.1:3000")?;
        let data_dir: PathBuf = settings.text("server.data_dir").unwrap_or("./data").into();
        let database = || format!("sqlite:{}", data_dir.join("expenso.db").display());
        Ok(Self {
            site_addr,
            site_root: settings.text("site-root").unwrap_or("target/site").into(),
            base_url: settings
                .checked("server.base_url", "an http:// or https:// address without a path", base_url)?
                .unwrap_or_else(|| usual_base_url(site_addr)),
            secret: settings.checked(
                "server.secret_key",
                "at least 32 bytes that are not easily guessed",
                Secret::given,
            )?,
            trusted_proxies: settings.list(
                "server.trusted_proxies",
                "addresses or networks such as 10.0.0.0/8",
                |one| one.parse().ok(),
            )?,
            registration: settings.on_off("server.registration", true)?,
            confirm_first: settings.on_off("server.confirm_first", false)?,
            metrics: settings.on_off("server.metrics", false)?,
            rates_url: settings.checked("server.rates_url", HTTP, http_url)?,
            breached_passwords_url: settings.checked("server.breached_passwords_url", HTTP, http_url)?,
            log: settings.parse_with("server.log", "error, warn, info or debug", "info", |text| {
                ["error", "warn", "info", "debug"].contains(&text).then(|| text.to_owned())
            })?,
            log_json: settings.parse_with("server.log_format", "pretty or json", "pretty", |text| match text {
                "pretty" => Some(false),
                "json" => Some(true),
                _ => None,
            })?,
            database_url: settings
                .checked("database.url", "sqlite:… or postgres://…", database_url)?
                .unwrap_or_else(database),
            mail_from: settings.parse(
                "mail.from",
                "a sender such as Expenso <expenso@example.org>",
                "Expenso <expenso@localhost>",
            )?,
            transport: transport(&settings)?,
            webhook_networks: settings.list(
                "webhooks.allowed_networks",
                "addresses or networks such as 10.0.0.0/8",
                |one| one.parse().ok(),
            )?,
            sign_ups_per_minute: settings.parse_with("limits.sign_ups_per_minute", ABOVE_ZERO, "60", above_zero)?,
            api_requests_per_minute: settings.parse_with(
                "limits.api_requests_per_minute",
                ABOVE_ZERO,
                "300",
                above_zero,
            )?,
            writes_per_ten_minutes: settings.parse_with(
                "limits.writes_per_ten_minutes",
                ABOVE_ZERO,
                "30000",
                above_zero,
            )?,
            allowed_origins: settings.list(
                "api.allowed_origins",
                "http:// or https:// addresses without a path, by commas",
                base_url,
            )?,
            sign_in: settings.sign_in,
            data_dir,
        })
    }

    /// What the use cases must know of it.
    pub fn policy(&self) -> Policy {
        let ways = self.sign_in.iter().map(|one| (one.name.clone(), one.label.clone())).collect();
        Policy {
            registration_open: self.registration,
            confirm_first: self.confirm_first,
            sign_ups_per_minute: self.sign_ups_per_minute,
            place: Place::at(&self.base_url),
            ways: Arc::new(ways),
        }
    }

    /// Whether people come by TLS, so that cookies may be marked as secure.
    pub fn is_secure(&self) -> bool {
        self.base_url.starts_with("https://")
    }

    /// Whether people may come from other machines while links lead to this one, as nobody said otherwise.
    pub fn is_found_here_only(&self) -> bool {
        self.site_addr.ip().is_unspecified() && self.base_url == usual_base_url(self.site_addr)
    }

    /// Whether people come from other machines by plain HTTP, so that all between can read passwords and amounts. Homes do
    /// that on purpose.
    pub fn is_open_to_listeners(&self) -> bool {
        let uri: Uri = self.base_url.parse().unwrap_or_default();
        let host = uri.host().unwrap_or_default().trim_matches(['[', ']']);
        let is_here = host == "localhost" || host.parse::<IpAddr>().is_ok_and(|address| address.is_loopback());
        !self.site_addr.ip().is_loopback() && !self.is_secure() && !is_here
    }

    /// Whether the site is where it should be. The server is of no use without.
    pub fn check_site(&self) -> Result<(), ConfigError> {
        if self.hash_file().is_file() {
            return Ok(());
        }
        let folder = self.site_root.display();
        let help = "name the site folder that `cargo xtask build` made";
        Err(ConfigError(format!("LEPTOS_SITE_ROOT: {folder} holds no pkg/hash.txt: {help}")))
    }

    /// Tells the hashes in the names of the site's files.
    fn hash_file(&self) -> PathBuf {
        self.site_root.join("pkg/hash.txt")
    }

    /// What Leptos wants to know.
    pub fn leptos(&self) -> LeptosOptions {
        let hash_file = std::path::absolute(self.hash_file()).unwrap_or_default();
        LeptosOptions::builder()
            .output_name("expenso")
            .site_root(path_text(&self.site_root))
            .site_pkg_dir("pkg")
            .site_addr(self.site_addr)
            .env(leptos::config::Env::PROD)
            .hash_files(true)
            .hash_file(path_text(&hash_file).into())
            .build()
    }
}

fn path_text(path: &Path) -> String {
    path.to_string_lossy().into_owned()
}

fn transport(settings: &Settings) -> Result<Transport, ConfigError> {
    let url = settings.checked("mail.webhook_url", HTTP, http_url)?;
    let smtp = settings.checked("mail.smtp_url", "smtp://… or smtps://…", |text| {
        let known = text.starts_with("smtp://") || text.starts_with("smtps://");
        known.then(|| text.to_owned())
    })?;
    let key = settings.text("mail.webhook_key").map(str::to_owned);
    if key.is_some() && url.is_none() {
        let name = settings.name("mail.webhook_key");
        return Err(ConfigError(format!("{name}: mail.webhook_url must be set too, or the key left out")));
    }
    match (url, smtp) {
        (Some(_), Some(_)) => Err(ConfigError("mail.smtp_url: leave it out when mail.webhook_url is set".into())),
        (Some(url), None) => Ok(Transport::Webhook { url, key }),
        (None, Some(url)) => Ok(Transport::Smtp { url }),
        (None, None) => Ok(Transport::Files),
    }
}

/// What [`above_zero`] takes.
const ABOVE_ZERO: &str = "a whole number above 0";

fn above_zero(text: &str) -> Option<u32> {
    u32::from_str(text).ok().filter(|number| *number > 0)
}

/// What [`http_url`] takes.
const HTTP: &str = "an http:// or https:// address";

fn http_url(text: &str) -> Option<String> {
    let uri: Uri = text.parse().ok()?;
    let plain = uri.host().is_some() && matches!(uri.scheme_str(), Some("http" | "https"));
    plain.then(|| text.to_owned())
}

/// Where a server is found that was told nothing else: an address that stands for all is no place to go to.
fn usual_base_url(mut address: SocketAddr) -> String {
    if address.ip().is_unspecified() {
        address.set_ip(Ipv4Addr::LOCALHOST.into());
    }
    format!("http://{address}")
}

fn base_url(text: &str) -> Option<String> {
    let uri: Uri = text.parse().ok()?;
    let plain = uri.host().is_some()
        && matches!(uri.scheme_str(), Some("http" | "https"))
        && matches!(uri.path(), "" | "/")
        && uri.query().is_none();
    plain.then(|| text.trim_end_matches('/').to_owned())
}

fn database_url(text: &str) -> Option<String> {
    let known = ["sqlite:", "postgres://", "postgresql://"].iter().any(|scheme| text.starts_with(scheme));
    known.then(|| text.to_owned())
}

#[cfg(test)]
#[path = "config/tests.rs"]
mod tests;
