//! The providers that people may log in through: `[sign_in.google]` and its kin, each key overridden by the
//! environment (`EXPENSO_SIGN_IN_GOOGLE_CLIENT_ID`).

use std::collections::BTreeMap;

use super::keys::{ConfigError, text};
use super::{HTTP, http_url};

/// The keys of one provider, and how the names of their variables end.
const KEYS: [(&str, &str); 4] =
    [("label", "_LABEL"), ("issuer", "_ISSUER"), ("client_id", "_CLIENT_ID"), ("client_secret", "_CLIENT_SECRET")];
const PREFIX: &str = "EXPENSO_SIGN_IN_";
/// The longest name of a provider, in characters.
const NAME_MAX: usize = 30;

/// A provider as the operator set it up.
#[derive(Clone, Debug)]
pub struct SignInProvider {
    /// Stands in addresses and in the database: lower-case letters, digits and `_`.
    pub name: String,
    /// As its button says.
    pub label: String,
    pub kind: ProviderKind,
    pub client_id: String,
    pub client_secret: ClientSecret,
}

/// How a provider speaks.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ProviderKind {
    Google,
    LinkedIn,
    Facebook,
    /// Any other OpenID Connect provider, by its issuer.
    Other {
        issuer: String,
    },
}

/// Never printed.
#[derive(Clone, PartialEq, Eq)]
pub struct ClientSecret(pub String);

impl std::fmt::Debug for ClientSecret {
    fn fmt(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        out.write_str("ClientSecret(…)")
    }
}

/// What was given of one provider, by key: how the operator called it, and its value.
type Given = BTreeMap<&'static str, (String, String)>;

/// All that are set up, by name. One without any value is not.
pub(super) fn gather(
    file: Option<&toml::Value>,
    env: &BTreeMap<String, String>,
) -> Result<Vec<SignInProvider>, ConfigError> {
    let mut all: BTreeMap<String, Given> = BTreeMap::new();
    if let Some(file) = file {
        let tables =
            file.as_table().ok_or_else(|| ConfigError("sign_in: expected tables such as [sign_in.google]".into()))?;
        for (name, keys) in tables {
            let given = all.entry(known_name(name, &format!("sign_in.{name}"))?).or_default();
            let keys = keys
                .as_table()
                .ok_or_else(|| ConfigError(format!("sign_in.{name}: expected a table such as [sign_in.google]")))?;
            for (key, value) in keys {
                let whole = format!("sign_in.{name}.{key}");
                let known = KEYS.iter().find(|(known, _)| known == key);
                let (key, _) = known.ok_or_else(|| ConfigError(format!("{whole}: unknown key in Leptos.toml")))?;
                let value = text(value).ok_or_else(|| ConfigError(format!("{whole}: expected a text")))?;
                given.insert(key, (whole, value));
            }
        }
    }
    for (variable, value) in env.iter().filter(|(variable, _)| is_ours(variable)) {
        let rest = variable.strip_prefix(PREFIX).unwrap_or_default();
        let found = KEYS.iter().find_map(|(key, end)| Some((*key, rest.strip_suffix(end)?)));
        let (key, name) = found.ok_or_else(|| ConfigError(format!("{variable}: unknown environment variable")))?;
        let given = all.entry(known_name(&name.to_lowercase(), variable)?).or_default();
        given.insert(key, (variable.clone(), value.clone()));
    }
    all.into_iter().filter_map(|(name, given)| provider(name, &given).transpose()).collect()
}

/// Whether a variable is read here.
pub(super) fn is_ours(variable: &str) -> bool {
    variable.starts_with(PREFIX)
}

fn known_name(name: &str, place: &str) -> Result<String, ConfigError> {
    let fits = (1..=NAME_MAX).contains(&name.len())
        && name.bytes().all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'_');
    let bad = || ConfigError(format!("{place}: expected a name of up to {NAME_MAX} lower-case letters, digits and _"));
    fits.then(|| name.to_owned()).ok_or_else(bad)
}

fn provider(name: String, given: &Given) -> Result<Option<SignInProvider>, ConfigError> {
    let value = |key: &str| given.get(key).map(|(_, value)| value.trim()).filter(|value| !value.is_empty());
    if KEYS.iter().all(|(key, _)| value(key).is_none()) {
        return Ok(None);
    }
    let called =
        |key: &str| given.get(key).map_or_else(|| format!("sign_in.{name}.{key}"), |(called, _)| called.clone());
    let needed = |key: &str| {
        let missing =
            || ConfigError(format!("{}: it must be set too, or the whole of sign_in.{name} left out", called(key)));
        value(key).map(str::to_owned).ok_or_else(missing)
    };
    let kind = match (name.as_str(), value("issuer")) {
        ("google", None) => ProviderKind::Google,
        ("linkedin", None) => ProviderKind::LinkedIn,
        ("facebook", None) => ProviderKind::Facebook,
        ("google" | "linkedin" | "facebook", Some(_)) => {
            return Err(ConfigError(format!("{}: leave it out, it is known", called("issuer"))));
        }
        _ => {
            let issuer = needed("issuer")?;
            let plain = http_url(&issuer).filter(|issuer| !issuer.contains(['?', '#', '@']));
            ProviderKind::Other {
                issuer: plain.ok_or_else(|| ConfigError(format!("{}: expected {HTTP}", called("issuer"))))?,
            }
        }
    };
    let label = value("label").unwrap_or(match &kind {
        ProviderKind::Google => "Google",
        ProviderKind::LinkedIn => "LinkedIn",
        ProviderKind::Facebook => "Facebook",
        ProviderKind::Other { .. } => &name,
    });
    if label.chars().count() > NAME_MAX || label.chars().any(char::is_control) {
        return Err(ConfigError(format!("{}: expected at most {NAME_MAX} characters", called("label"))));
    }
    Ok(Some(SignInProvider {
        label: label.to_owned(),
        client_id: needed("client_id")?,
        client_secret: ClientSecret(needed("client_secret")?),
        name,
        kind,
    }))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn gathered(file: &str, pairs: &[(&str, &str)]) -> Result<Vec<SignInProvider>, ConfigError> {
        let table: toml::Table = file.parse().expect("a table");
        let env = pairs.iter().map(|(key, value)| ((*key).to_owned(), (*value).to_owned())).collect();
        gather(table.get("sign_in"), &env)
    }

    #[test]
    fn providers_come_from_the_file_and_from_the_environment_which_wins() {
        let file = "[sign_in.google]\nclient_id = \"one\"\nclient_secret = \"hidden\"\n\
                    [sign_in.home]\nlabel = \"Home\"\nissuer = \"https://auth.example.org\"\nclient_id = \"x\"\nclient_secret = \"y\"";
        let all = gathered(
            file,
            &[
                ("EXPENSO_SIGN_IN_GOOGLE_CLIENT_ID", "two"),
                ("EXPENSO_SIGN_IN_WORK_CLIENT_ID", "w"),
                ("EXPENSO_SIGN_IN_WORK_CLIENT_SECRET", "hidden"),
                ("EXPENSO_SIGN_IN_WORK_ISSUER", "http://localhost:8080/realms/work"),
                ("EXPENSO_SIGN_IN_LINKEDIN_CLIENT_ID", " "),
            ],
        )
        .expect("providers");
        let seen: Vec<(&str, &str, &str)> = all.iter().map(|one| (&*one.name, &*one.label, &*one.client_id)).collect();
        assert_eq!(seen, [("google", "Google", "two"), ("home", "Home", "x"), ("work", "work", "w")]);
        assert_eq!(all[1].kind, ProviderKind::Other { issuer: "https://auth.example.org".into() });
        assert!(!format!("{all:?}").contains("hidden"));
    }

    #[test]
    fn what_is_wrong_is_named_and_never_quoted() {
        let table = [
            ("sign_in = 1", ("HOME", ""), "sign_in: expected"),
            ("[sign_in]\ngoogle = 1", ("HOME", ""), "sign_in.google: expected"),
            ("[sign_in.google]\nclient = \"x\"", ("HOME", ""), "sign_in.google.client: unknown key"),
            ("[sign_in.google]\nclient_id = \"x\"", ("HOME", ""), "sign_in.google.client_secret: it must be set too"),
            ("[sign_in.\"My IdP\"]\nclient_id = \"x\"", ("HOME", ""), "sign_in.My IdP: expected a name"),
            ("", ("EXPENSO_SIGN_IN_GOOGLE_SECRET", "hidden"), "EXPENSO_SIGN_IN_GOOGLE_SECRET: unknown"),
            ("", ("EXPENSO_SIGN_IN_CLIENT_ID", "hidden"), "EXPENSO_SIGN_IN_CLIENT_ID: unknown"),
            ("", ("EXPENSO_SIGN_IN_HOME_ISSUER", "hidden"), "EXPENSO_SIGN_IN_HOME_ISSUER: expected an http"),
            ("", ("EXPENSO_SIGN_IN_GOOGLE_ISSUER", "https://hidden.example"), "EXPENSO_SIGN_IN_GOOGLE_ISSUER: leave"),
            ("", ("EXPENSO_SIGN_IN_HOME_CLIENT_ID", "hidden"), "sign_in.home.issuer: it must be set too"),
        ];
        for (file, pair, line) in table {
            let message = gathered(file, &[pair]).err().map(|error| error.to_string()).unwrap_or_default();
            assert!(message.starts_with(line) && !message.contains("hidden"), "{line}: {message}");
        }
    }
}
