//! Every key there is, and where each value comes from.

use std::collections::BTreeMap;
use std::str::FromStr;

/// One line for the operator, beginning with the key.
#[derive(Debug, PartialEq, Eq, thiserror::Error)]
#[error("{0}")]
pub struct ConfigError(pub String);

/// The key in the file, and the variable that overrides it.
const KEYS: [(&str, &str); 14] = [
    ("server.base_url", "EXPENSO_BASE_URL"),
    ("server.data_dir", "EXPENSO_DATA_DIR"),
    ("server.secret_key", "EXPENSO_SECRET_KEY"),
    ("server.trusted_proxies", "EXPENSO_TRUSTED_PROXIES"),
    ("server.registration", "EXPENSO_REGISTRATION"),
    ("server.metrics", "EXPENSO_METRICS"),
    ("server.log", "EXPENSO_LOG"),
    ("server.log_format", "EXPENSO_LOG_FORMAT"),
    ("database.url", "EXPENSO_DATABASE_URL"),
    ("mail.from", "EXPENSO_MAIL_FROM"),
    ("mail.webhook_url", "EXPENSO_MAIL_WEBHOOK_URL"),
    ("mail.webhook_key", "EXPENSO_MAIL_WEBHOOK_KEY"),
    ("mail.smtp_url", "EXPENSO_SMTP_URL"),
    ("limits.sign_ups_per_minute", "EXPENSO_SIGN_UPS_PER_MINUTE"),
];
/// The keys of Leptos that a deployed server heeds; they come from the environment only.
const LEPTOS: [&str; 2] = ["LEPTOS_SITE_ADDR", "LEPTOS_SITE_ROOT"];
/// Tables of the file that are read by the build.
const BUILD_TABLES: [&str; 2] = ["workspace", "package"];

/// The values by key, as texts.
pub(super) struct Settings(BTreeMap<&'static str, Given>);

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
            if BUILD_TABLES.contains(&table.as_str()) {
                continue;
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
            if let Some((key, name)) = KEYS.iter().find(|(_, known)| known == name) {
                values.insert(*key, Given { name, value: value.clone() });
            } else if let Some(name) = LEPTOS.into_iter().find(|known| known == name) {
                values.insert(name, Given { name, value: value.clone() });
            } else if name.starts_with("EXPENSO_") && name != "EXPENSO_CONFIG" && !name.starts_with("EXPENSO_TEST_") {
                return Err(ConfigError(format!("{name}: unknown environment variable")));
            }
        }
        Ok(Self(values))
    }

    fn given(&self, key: &str) -> Option<&Given> {
        self.0.get(key).filter(|given| !given.value.trim().is_empty())
    }

    /// The value, unless it is missing or blank.
    pub fn text(&self, key: &str) -> Option<&str> {
        self.given(key).map(|given| given.value.trim())
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

fn text(value: &toml::Value) -> Option<String> {
    match value {
        toml::Value::String(text) => Some(text.clone()),
        toml::Value::Integer(number) => Some(number.to_string()),
        toml::Value::Boolean(yes) => Some(yes.to_string()),
        toml::Value::Array(all) => all.iter().map(text).collect::<Option<Vec<_>>>().map(|all| all.join(",")),
        _ => None,
    }
}
