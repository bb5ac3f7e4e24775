//! Secrets that the server must read again: sealed with the installation's key (AES-256-GCM), so that the database
//! alone does not tell them. Each is bound to what it is for and to whose it is.

use aws_lc_rs::aead::{AES_256_GCM, Aad, NONCE_LEN, Nonce, RandomizedNonceKey};
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;

use crate::{Error, Key, Result};

/// A text that only this installation opens, and only for the same purpose and owner.
pub(crate) fn seal(key: &Key, purpose: &str, owner: &[u8], secret: &[u8]) -> Result<String> {
    let failed = |_| Error::internal("a secret could not be sealed");
    let mut sealed = secret.to_vec();
    let nonce = lock(key, purpose)
        .and_then(|lock| lock.seal_in_place_append_tag(Aad::from(owner), &mut sealed))
        .map_err(failed)?;
    Ok(STANDARD.encode([&nonce.as_ref()[..], &sealed[..]].concat()))
}

/// What was sealed; `None` where another key, purpose or owner sealed it.
pub(crate) fn open(key: &Key, purpose: &str, owner: &[u8], sealed: &str) -> Option<Vec<u8>> {
    let bytes = STANDARD.decode(sealed).ok()?;
    let (nonce, rest) = bytes.split_at_checked(NONCE_LEN)?;
    let (nonce, mut rest) = (Nonce::try_assume_unique_for_key(nonce).ok()?, rest.to_vec());
    let plain = lock(key, purpose).ok()?.open_in_place(nonce, Aad::from(owner), &mut rest).ok()?;
    Some(plain.to_vec())
}

fn lock(key: &Key, purpose: &str) -> std::result::Result<RandomizedNonceKey, aws_lc_rs::error::Unspecified> {
    RandomizedNonceKey::new(&AES_256_GCM, &key.derive(&[b"sealed", purpose.as_bytes()]))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_the_same_key_purpose_and_owner_open_what_was_sealed() {
        let (ours, other) = (Key::new(b"installation"), Key::new(b"another"));
        let sealed = seal(&ours, "app", b"asha", b"a secret").expect("sealed");
        assert_ne!(sealed, seal(&ours, "app", b"asha", b"a secret").expect("sealed"), "never the same twice");
        assert!(!sealed.contains("secret"));
        assert_eq!(open(&ours, "app", b"asha", &sealed).as_deref(), Some(&b"a secret"[..]));
        assert_eq!(open(&other, "app", b"asha", &sealed), None);
        assert_eq!(open(&ours, "else", b"asha", &sealed), None);
        assert_eq!(open(&ours, "app", b"ravi", &sealed), None);
        for nonsense in ["", "AAAA", "not base64!", &sealed[..sealed.len() - 4]] {
            assert_eq!(open(&ours, "app", b"asha", nonsense), None, "{nonsense}");
        }
    }
}
