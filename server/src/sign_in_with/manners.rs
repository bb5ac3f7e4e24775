//! What a provider does that its discovery document does not say.

#[derive(Clone, Copy)]
pub struct Manners {
    pub repeats_nonce: bool,
    pub takes_verifier: bool,
    pub secret_in_form: bool,
    /// Another name that an issuer calls itself by.
    also: fn(&str) -> Option<&str>,
}

impl Manners {
    pub const USUAL: Self = Self { repeats_nonce: true, takes_verifier: true, secret_in_form: false, also: |_| None };
    /// Its tokens may name it without `https://`.
    pub const GOOGLE: Self = Self { also: |issuer| issuer.split_once("://").map(|(_, host)| host), ..Self::USUAL };
    /// It repeats no nonce, refuses a verifier from whoever has a secret, and takes the secret in the form only. It was
    /// once its host alone.
    pub const LINKEDIN: Self = Self {
        repeats_nonce: false,
        takes_verifier: false,
        secret_in_form: true,
        also: |issuer| issuer.strip_suffix("/oauth"),
    };

    /// All that this issuer may call itself.
    pub fn names(self, issuer: &str) -> Vec<&str> {
        std::iter::once(issuer).chain((self.also)(issuer)).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn google_and_linkedin_have_two_names_and_others_have_one() {
        let google = "https://accounts.google.com";
        assert_eq!(Manners::GOOGLE.names(google), [google, "accounts.google.com"]);
        let linkedin = "https://www.linkedin.com/oauth";
        assert_eq!(Manners::LINKEDIN.names(linkedin), [linkedin, "https://www.linkedin.com"]);
        assert_eq!(Manners::LINKEDIN.names("https://www.linkedin.com"), ["https://www.linkedin.com"]);
        assert_eq!(Manners::USUAL.names(google), [google]);
    }
}
