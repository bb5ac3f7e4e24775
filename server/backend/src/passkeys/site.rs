//! Where passkeys are good: at the public address of the server, and nowhere else.

use std::sync::Arc;

use ledger::id::UserId;
use webauthn_rs::prelude::{
    AuthenticationResult, CredentialID, DiscoverableAuthentication, Passkey, PasskeyRegistration, PublicKeyCredential,
    RegisterPublicKeyCredential, Url, Webauthn, WebauthnBuilder,
};
use webauthn_rs_proto::ResidentKeyRequirement;

use crate::{Backend, Error, Profile, Result};

/// The site that passkeys belong to.
#[derive(Clone)]
pub struct Site {
    webauthn: Arc<Webauthn>,
    name: String,
}

impl Site {
    /// That of a public address such as `https://money.example.org`. `None` where browsers know none: an address of
    /// numbers has no passkeys. A server that is found on its own machine only has them at `http://localhost`.
    pub fn at(base_url: &str) -> Option<Self> {
        let mut url = Url::parse(base_url).ok()?;
        let host = url.host_str()?.trim_matches(['[', ']']).to_owned();
        if let Ok(address) = host.parse::<std::net::IpAddr>() {
            if !address.is_loopback() {
                return None;
            }
            url.set_host(Some("localhost")).ok()?;
        }
        let name = url.host_str()?.to_owned();
        let site = WebauthnBuilder::new(&name, &url).ok()?.rp_name("Expenso").build().ok()?;
        Some(Self { webauthn: Arc::new(site), name })
    }

    /// The name that browsers know its passkeys by (the RP ID).
    pub fn name(&self) -> &str {
        &self.name
    }

    /// Options and state for a passkey that is found without a name being typed.
    pub(super) fn ask_for_new(
        &self,
        user: UserId,
        person: &Profile,
        known: Vec<CredentialID>,
    ) -> Result<(String, String)> {
        let (mut asked, state) = self
            .webauthn
            .start_passkey_registration(user.0, &person.email, &person.name, Some(known))
            .map_err(Error::internal)?;
        if let Some(selection) = &mut asked.public_key.authenticator_selection {
            selection.resident_key = Some(ResidentKeyRequirement::Required);
            selection.require_resident_key = true;
        }
        Ok((json(&asked.public_key)?, json(&state)?))
    }

    /// The passkey that a browser made, if it is what was asked for.
    pub(super) fn made(&self, answer: &RegisterPublicKeyCredential, state: &str) -> Option<Passkey> {
        let state: PasskeyRegistration = serde_json::from_str(state).ok()?;
        self.webauthn.finish_passkey_registration(answer, &state).inspect_err(note).ok()
    }

    /// Options and state for any passkey of this site.
    pub(super) fn ask_for_any(&self) -> Result<(String, String)> {
        let (asked, state) = self.webauthn.start_discoverable_authentication().map_err(Error::internal)?;
        Ok((json(&asked.public_key)?, json(&state)?))
    }

    /// What a browser signed, if it is what was asked for and the key's own.
    pub(super) fn shown(
        &self,
        answer: &PublicKeyCredential,
        state: &str,
        key: &Passkey,
    ) -> Option<AuthenticationResult> {
        let state: DiscoverableAuthentication = serde_json::from_str(state).ok()?;
        self.webauthn.finish_discoverable_authentication_v2(answer, state, key).inspect_err(note).ok()
    }
}

/// The site of this server.
pub(super) fn of(backend: &Backend) -> Result<&Site> {
    let words = "Passkeys need a server with a name: open it at localhost, or ask whoever runs it for its address.";
    backend.passkey_site.as_ref().ok_or_else(|| Error::Conflict(words.into()))
}

fn json(value: &impl serde::Serialize) -> Result<String> {
    serde_json::to_string(value).map_err(Error::internal)
}

/// An answer that proves nothing is no failure of ours, and worth a line where it was meant to.
fn note(error: &webauthn_rs::prelude::WebauthnError) {
    tracing::info!(%error, "a passkey was not verified");
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn passkeys_belong_to_the_name_of_the_server() {
        for (base_url, origin) in [
            ("https://money.example.org", Some("https://money.example.org/")),
            ("http://localhost:3000", Some("http://localhost:3000/")),
            ("http://127.0.0.1:3000", Some("http://localhost:3000/")),
            ("http://[::1]:3000", Some("http://localhost:3000/")),
            ("http://192.0.2.7", None),
        ] {
            let found = Site::at(base_url);
            let found = found.as_ref().and_then(|site| site.webauthn.get_allowed_origins().first()).map(Url::as_str);
            assert_eq!(found, origin, "{base_url}");
        }
    }
}
