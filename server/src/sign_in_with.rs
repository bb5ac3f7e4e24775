//! The providers that people may log in through, and what each is asked.
//!
//! ```text
//! Providers ▸ Provider ─┬▸ Oidc ▸ discovery, keys (fetched when first needed) ▸ id_token
//!                       └▸ Facebook
//! ```

mod code;
mod discovery;
mod facebook;
mod id_token;
mod kept;
mod keys;
mod manners;
mod oidc;
mod peer;

use backend::Clock;
use backend::sign_in_with::{Begun, Proofs};
use ledger::person::Proof;

use crate::config::{Config, ConfigError, ProviderKind, SignInProvider};
use facebook::Facebook;
use manners::Manners;
use oidc::Oidc;
use peer::Peer;

/// Why a provider did not prove who somebody is. The text is for the log: it holds nothing that was sent.
#[derive(Debug, thiserror::Error)]
pub enum ProviderError {
    /// It cannot be reached, does not answer well, or this server is not set up right with it.
    #[error("{0}")]
    Away(String),
    /// What came back proves nothing.
    #[error("{0}")]
    Unproven(&'static str),
}

impl ProviderError {
    fn away(what: &'static str, cause: &dyn std::fmt::Display) -> Self {
        Self::Away(format!("{what}: {cause}"))
    }
}

/// All that are set up, in the order of their names.
#[derive(Default)]
pub struct Providers(Vec<Provider>);

pub struct Provider {
    pub name: String,
    pub label: String,
    /// Where people come back to.
    redirect: String,
    voice: Voice,
}

/// How it is spoken to.
enum Voice {
    Oidc(Box<Oidc>),
    Facebook(Box<Facebook>),
}

/// Where the providers that are known by name are found.
pub struct Hosts<'h> {
    /// The issuers of Google and `LinkedIn`.
    pub google: &'h str,
    pub linkedin: &'h str,
    /// Facebook's dialog for people, and its Graph API.
    pub facebook: &'h str,
    pub graph: &'h str,
}

impl Hosts<'static> {
    pub const REAL: Self = Self {
        google: "https://accounts.google.com",
        linkedin: "https://www.linkedin.com/oauth",
        facebook: "https://www.facebook.com/v23.0/dialog/oauth",
        graph: "https://graph.facebook.com/v23.0",
    };
}

impl Voice {
    fn of(given: &SignInProvider, hosts: &Hosts<'_>, peer: Peer) -> Self {
        let oidc = |issuer: &str, manners| Self::Oidc(Box::new(Oidc::new(issuer, manners, given, peer.clone())));
        match &given.kind {
            ProviderKind::Google => oidc(hosts.google, Manners::GOOGLE),
            ProviderKind::LinkedIn => oidc(hosts.linkedin, Manners::LINKEDIN),
            ProviderKind::Facebook => Self::Facebook(Box::new(Facebook::new(given, hosts, peer))),
            ProviderKind::Other { issuer } => oidc(issuer, Manners::USUAL),
        }
    }
}

impl Providers {
    /// Asks nobody anything yet: one that is down does not keep the server from starting.
    pub fn new(config: &Config) -> Result<Self, ConfigError> {
        Self::at(&Hosts::REAL, config)
    }

    /// The same, with those that are known by name found elsewhere.
    pub fn at(hosts: &Hosts<'_>, config: &Config) -> Result<Self, ConfigError> {
        let peer = Peer::new().map_err(|error| ConfigError(format!("sign_in: {error}")))?;
        let provider = |given: &SignInProvider| Provider {
            name: given.name.clone(),
            label: given.label.clone(),
            redirect: format!("{}/login/with/{}/callback", config.base_url, given.name),
            voice: Voice::of(given, hosts, peer.clone()),
        };
        Ok(Self(config.sign_in.iter().map(provider).collect()))
    }

    pub fn find(&self, name: &str) -> Option<&Provider> {
        self.0.iter().find(|provider| provider.name == name)
    }

    pub fn iter(&self) -> impl Iterator<Item = &Provider> {
        self.0.iter()
    }
}

impl Provider {
    /// The address at the provider that a person is sent to.
    pub async fn address(&self, begun: &Begun) -> Result<String, ProviderError> {
        match &self.voice {
            Voice::Oidc(oidc) => oidc.address(&self.redirect, begun).await,
            Voice::Facebook(facebook) => facebook.address(&self.redirect, begun),
        }
    }

    /// Who came back with this code. `issuer`: whom the answer says it is from, where it says so (RFC 9207).
    pub async fn redeem(
        &self,
        code: &str,
        issuer: Option<&str>,
        proofs: &Proofs,
        clock: &Clock,
    ) -> Result<Proof, ProviderError> {
        match &self.voice {
            Voice::Oidc(oidc) => {
                Ok(oidc.redeem(&self.redirect, code, issuer, proofs, clock).await?.into_proof(&self.name))
            }
            Voice::Facebook(facebook) => facebook.redeem(&self.redirect, code, proofs, &self.name).await,
        }
    }
}
