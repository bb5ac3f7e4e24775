//! Every key there is, and where each value comes from.

use std::collections::BTreeMap;
use std::str::FromStr;

use super::sign_in::{self, SignInProvider};

/// One line for the operator, beginning with the key.
#[derive(Debug, PartialEq, Eq, thiserror::Error)]
#[error("{0}")]
pub struct ConfigError(pub String);

/// The key in the file, and the variable that overrides it.
const KEYS: [(&str, &str); 21] = [
    ("server.base_url", "EXPENSO_BASE_URL"),
    ("server.data_dir", "EXPENSO_DATA_DIR"),
    ("server.secret_key", "EXPENSO_SECRET_KEY"),
    ("server.trusted_proxies", "EXPENSO_TRUSTED_PROXIES"),
    ("server.registration", "EXPENSO_REGISTRATION"),
    ("server.confirm_first", "EXPENSO_CONFIRM_FIRST"),
    ("server.metrics", "EXPENSO_METRICS"),
    ("server.rates_url", "EXPENSO_RATES_URL"),
    ("server.breached_passwords_url", "EXPENSO_BREACHED_PASSWORDS_URL"),
    ("server.log", "EXPENSO_LOG"),
    ("server.log_format", "EXPENSO_LOG_FORMAT"),
    ("database.url", "EXPENSO_DATABASE_URL"),
    ("mail.from", "EXPENSO_MAIL_FROM"),
    ("mail.webhook_url", "EXPENSO_MAIL_WEBHOOK_URL"),
    ("mail.webhook_key", "EXPENSO_MAIL_WEBHOOK_KEY"),
    ("mail.smtp_url", "EXPENSO_SMTP_URL"),
    ("webhooks.allowed_networks", "EXPENSO_WEBHOOK_NETWORKS"),
    ("limits.sign_ups_per_minute", "EXPENSO_SIGN_UPS_PER_MINUTE"),
    ("limits.api_requests_per_minute", "EXPENSO_API_REQUESTS_PER_MINUTE"),
    ("limits.writes_per_ten_minutes", "EXPENSO_WRITES_PER_TEN_MINUTES"),
    ("api.allowed_origins", "EXPENSO_API_ALLOWED_ORIGINS"),
];
/// The keys of Leptos that a deployed server heeds, below `[[workspace.metadata.leptos]]`.
const LEPTOS: [(&str, &str); 2] = [("site-addr", "LEPTOS_SITE_ADDR"), ("site-root", "LEPTOS_SITE_ROOT")];
/// What the build gave its files, in the same table. Under other names they would not be found.
const BUILT: [(&str, &str); 3] = [("name", "expenso"), ("output-name", "expenso"), ("site-pkg-dir", "pkg")];

/// The values by key, as texts.
pub(super) struct Settings {
    values: BTreeMap<&'static str, Given>,
    pub sign_in: Vec<SignInProvider>,
}

struct Given {
    /// What the operator wrote: the key of the file or the name of the variable.
    name: &'static str,
    value: String,
}

impl Settings {
    pub fn gather(file: Option<&str>, env: &BTreeMap<String, String>) -> Result<Self, ConfigError> {
        let mut values = BTreeMap::new();
        let table: toml::Table = file
            .unwrap_or_default()
            .parse()
            .map_err(|error: toml::de::Error| ConfigError(format!("Leptos.toml: {}", error.message())))?;
        for (table, keys) in &table {
            match table.as_str() {
                "workspace" => {
                    gather_leptos(keys, &mut values)?;
                    continue;
                }
                "sign_in" => continue,
                _ => {}
            }
            let keys = keys.as_table().ok_or_else(|| ConfigError(format!("{table}: unknown key in Leptos.toml")))?;
            for (key, value) in keys {
                let key = format!("{table}.{key}");
                let known = KEYS.iter().find(|(known, _)| *known == key);
                let (key, _) = known.ok_or_else(|| ConfigError(format!("{key}: unknown key in Leptos.toml")))?;
                let value = text(value).ok_or_else(|| ConfigError(format!("{key}: expected a text")))?;
                values.insert(*key, Given { name: key, value });
            }
        }
        for (name, value) in env {
            if let Some((key, name)) = KEYS.iter().chain(&LEPTOS).find(|(_, known)| known == name) {
                values.insert(*key, Given { name, value: value.clone() });
            } else if name.starts_with("EXPENSO_")
                && name != "EXPENSO_CONFIG"
                && !name.starts_with("EXPENSO_TEST_")
                && !sign_in::is_ours(name)
            {
                return Err(ConfigError(format!("{name}: unknown environment variable")));
            }
        }
        let sign_in = sign_in::gather(table.get("sign_in"), env)?;
        Ok(Self { values, sign_in })
    }

    fn given(&self, key: &str) -> Option<&Given> {
        self.values.get(key).filter(|given| !given.value.trim().is_empty())
    }

    /// The value, unless it is missing or blank.
    pub fn text(&self, key: &str) -> Option<&str> {
        self.given(key).map(|given| given.value.trim())
    }

    /// The key as the operator wrote it: that of the file, or the variable.
    pub fn name<'k>(&self, key: &'k str) -> &'k str {
        self.given(key).map_or(key, |given| given.name)
    }

    /// The value as `read` understands it. The message never quotes it: it may be a secret.
    pub fn checked<T>(
        &self,
        key: &str,
        expected: &str,
        read: impl Fn(&str) -> Option<T>,
    ) -> Result<Option<T>, ConfigError> {
        let Some(given) = self.given(key) else { return Ok(None) };
        let bad = || ConfigError(format!("{}: expected {expected}", given.name));
        read(given.value.trim()).ok_or_else(bad).map(Some)
    }

    pub fn parse_with<T>(
        &self,
        key: &str,
        expected: &str,
        default: &str,
        read: impl Fn(&str) -> Option<T>,
    ) -> Result<T, ConfigError> {
        match self.checked(key, expected, &read)? {
            Some(value) => Ok(value),
            None => read(default).ok_or_else(|| ConfigError(format!("{key}: expected {expected}"))),
        }
    }

    pub fn parse<T: FromStr>(&self, key: &str, expected: &str, default: &str) -> Result<T, ConfigError> {
        self.parse_with(key, expected, default, |text| text.parse().ok())
    }

    pub fn on_off(&self, key: &str, default: bool) -> Result<bool, ConfigError> {
        let read = |text: &str| match text {
            "on" | "true" | "1" => Some(true),
            "off" | "false" | "0" => Some(false),
            _ => None,
        };
        self.parse_with(key, "on or off", if default { "on" } else { "off" }, read)
    }

    /// Values parted by commas.
    pub fn list<T>(&self, key: &str, expected: &str, read: impl Fn(&str) -> Option<T>) -> Result<Vec<T>, ConfigError> {
        let all = |text: &str| text.split(',').map(str::trim).filter(|one| !one.is_empty()).map(&read).collect();
        Ok(self.checked(key, expected, all)?.unwrap_or_default())
    }
}

/// `[[workspace.metadata.leptos]]`, which the build reads too.
fn gather_leptos(workspace: &toml::Value, values: &mut BTreeMap<&'static str, Given>) -> Result<(), ConfigError> {
    let tables = workspace.get("metadata").and_then(|metadata| metadata.get("leptos")).and_then(toml::Value::as_array);
    let Some([toml::Value::Table(table)]) = tables.map(Vec::as_slice) else {
        return Err(ConfigError("workspace: expected one [[workspace.metadata.leptos]]".into()));
    };
    for (key, value) in table {
        let value = text(value).ok_or_else(|| ConfigError(format!("{key}: expected a text")))?;
        if let Some((name, _)) = LEPTOS.iter().find(|(known, _)| known == key) {
            values.insert(*name, Given { name, value });
        } else if let Some((_, built)) = BUILT.iter().find(|(known, _)| known == key) {
            if value != *built {
                return Err(ConfigError(format!("{key}: expected {built}, as the site was built with")));
            }
        } else {
            return Err(ConfigError(format!("{key}: unknown key in Leptos.toml")));
        }
    }
    Ok(())
}

pub(super) fn text(value: &toml::Value) -> Option<String> {
    match value {
        toml::Value::String(text) => Some(text.clone()),
        toml::Value::Integer(number) => Some(number.to_string()),
        toml::Value::Boolean(yes) => Some(yes.to_string()),
        toml::Value::Array(all) => all.iter().map(text).collect::<Option<Vec<_>>>().map(|all| all.join(",")),
        _ => None,
    }
}
