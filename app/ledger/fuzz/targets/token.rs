//! The token of a session: raw, where nothing is to be taken, and signed as ours, where only what is of this installation,
//! purpose and moment is.
//!
//! The first line of an input is the header and the rest are the claims, or all of it is the token.
#![no_main]

use jsonwebtoken::{DecodingKey, EncodingKey, Header};
use ledger_fuzz::heard::session_token::{ALGORITHM, TYPE, asked_of, key_of, read};
use libfuzzer_sys::fuzz_target;
use serde_json::Value;

const INSTALLATION: &str = "expenso:1";
const KEY: &[u8] = b"0123456789abcdef0123456789abcdef";
/// In seconds since 1970 UTC.
const NOW: i64 = 1_830_000_000;

fuzz_target!(|text: &str| {
    let (key, asked) = (DecodingKey::from_secret(KEY), asked_of(INSTALLATION));
    let _ = key_of(text);
    assert!(read(text, &key, &asked, NOW).is_none(), "nobody signed it");

    let Some((header, claims)) = text.split_once('\n') else { return };
    let (Ok(header), Ok(claims)) = (serde_json::from_str::<Header>(header), serde_json::from_str::<Value>(claims)) else {
        return;
    };
    let Ok(token) = jsonwebtoken::encode(&header, &claims, &EncodingKey::from_secret(KEY)) else { return };
    assert_eq!(key_of(&token), header.kid);
    let Some(taken) = read(&token, &key, &asked, NOW) else { return };
    assert_eq!(header.alg, ALGORITHM);
    assert_eq!((taken.iss.as_str(), taken.typ.as_str()), (INSTALLATION, TYPE));
    assert!(NOW < taken.exp && taken.nbf <= NOW + 5, "{taken:?}");
    assert_eq!(claims["sid"].as_str().and_then(|id| id.parse().ok()), Some(taken.sid));
});
