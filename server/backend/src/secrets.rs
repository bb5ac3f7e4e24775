//! Secrets of links, codes and sessions: random or derived, stored only as hashes.

use aws_lc_rs::hmac::{HMAC_SHA256, Key as HmacKey, sign};
use rand::Rng;
use sha2::{Digest, Sha256};

/// The installation's own key. What is derived from it cannot be made from the database alone.
#[derive(Clone)]
pub struct Key([u8; 32]);

impl Key {
    /// Derives the key from the configured secret.
    pub fn new(secret: &[u8]) -> Self {
        Self(Sha256::digest(secret).into())
    }

    /// A key that lasts as long as the process.
    pub fn random() -> Self {
        Self(rand::rng().random())
    }

    pub(crate) fn of_bytes(bytes: [u8; 32]) -> Self {
        Self(bytes)
    }

    pub(crate) fn bytes(&self) -> &[u8; 32] {
        &self.0
    }

    /// HMAC-SHA-256 (RFC 2104) of the parts, each with its length, under this key.
    pub(crate) fn derive(&self, parts: &[&[u8]]) -> [u8; 32] {
        let mut message = Vec::new();
        for part in parts {
            message.extend_from_slice(&(part.len() as u64).to_be_bytes());
            message.extend_from_slice(part);
        }
        hmac(&self.0, &message)
    }
}

/// HMAC-SHA-256 (RFC 2104).
pub(crate) fn hmac(key: &[u8; 32], message: &[u8]) -> [u8; 32] {
    let mut tag = [0; 32];
    tag.copy_from_slice(sign(&HmacKey::new(HMAC_SHA256, key), message).as_ref());
    tag
}

/// 256 random bits, in letters that may stand in a URL.
pub(crate) fn random() -> String {
    hex(&rand::rng().random::<[u8; 32]>())
}

/// 256 random bits in 43 letters, digits, `-` and `_` (base64url, RFC 4648).
pub(crate) fn short_random() -> String {
    const LETTERS: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
    let bytes = rand::rng().random::<[u8; 32]>();
    let group = |three: &[u8]| -> Vec<char> {
        let bits = three.iter().fold(0_usize, |bits, byte| bits << 8 | usize::from(*byte)) << (8 * (3 - three.len()));
        (0..=three.len()).map(|at| char::from(LETTERS[bits >> (18 - 6 * at) & 63])).collect()
    };
    bytes.chunks(3).flat_map(group).collect()
}

/// What is stored of a secret that has 256 bits of its own.
pub(crate) fn fingerprint(secret: &str) -> String {
    hex(&Sha256::digest(secret))
}

pub(crate) fn base64(bytes: &[u8]) -> String {
    use base64::Engine as _;
    base64::engine::general_purpose::STANDARD.encode(bytes)
}

pub(crate) fn hex(bytes: &[u8]) -> String {
    use std::fmt::Write as _;
    bytes.iter().fold(String::with_capacity(bytes.len() * 2), |mut text, byte| {
        let _ = write!(text, "{byte:02x}");
        text
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_hmac_is_that_of_rfc_2104() {
        // Key "key" padded to 32 bytes with zeros is the same HMAC key.
        let mut key = [0; 32];
        key[..3].copy_from_slice(b"key");
        let expected = "f7bc83f430538424b13298e6aa6fb143ef4d59a14946175997479dbc2d1a3cd8";
        assert_eq!(hex(&hmac(&key, b"The quick brown fox jumps over the lazy dog")), expected);
    }

    #[test]
    fn a_short_secret_has_43_letters_and_is_never_the_same() {
        let (one, two) = (short_random(), short_random());
        assert_eq!((one.len(), two.len()), (43, 43));
        assert_ne!(one, two);
        assert!(one.bytes().all(|letter| letter.is_ascii_alphanumeric() || b"-_".contains(&letter)), "{one}");
    }

    #[test]
    fn parts_do_not_run_together() {
        let key = Key::new(b"installation");
        assert_ne!(key.derive(&[b"ab", b"c"]), key.derive(&[b"a", b"bc"]));
    }
}
