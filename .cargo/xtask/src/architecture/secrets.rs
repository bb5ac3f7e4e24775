//! No secret is kept in the clone: neither a private key nor what looks like a token of a well-known service.

use super::Complaints;
use crate::{
    failure::Result,
    shell::{Shell, read},
};
use std::fs;

/// Which characters a token is made of.
type Letters = fn(char) -> bool;

/// How a token begins, what it goes on with, and for how many characters at least.
const TOKENS: &[(&str, Letters, usize)] = &[
    ("AKIA", is_upper, 16),
    ("AIza", is_word, 35),
    ("ghp_", is_plain, 30),
    ("gho_", is_plain, 30),
    ("ghs_", is_plain, 30),
    ("github_pat_", is_word, 30),
    ("glpat-", is_word, 20),
    ("npm_", is_plain, 36),
    ("sk_live_", is_plain, 20),
    ("xoxb-", is_word, 20),
    ("xoxp-", is_word, 20),
    ("SG.", is_dotted, 40),
    ("exp_", is_word, 40),
    ("whsec_", is_base64, 40),
];

/// The first and the last words of the line above a private key; between them stands its kind, in capitals.
const KEY: [&str; 2] = ["-----BEGIN ", "PRIVATE KEY-----"];

pub fn none_is_kept(shell: &Shell) -> Result<Complaints> {
    let names = read(&mut shell.command("git", &["ls-files", "-z"]))?;
    let mut complaints = Complaints::new();
    for name in names.split('\0').filter(|name| !name.is_empty()) {
        // What was deleted and not yet committed is not there.
        let Ok(bytes) = fs::read(shell.places.root.join(name)) else { continue };
        let text = String::from_utf8_lossy(&bytes);
        let lines = text.lines().enumerate().filter(|(_, line)| tells_a_secret(line));
        complaints.extend(lines.map(|(index, _)| format!("{name}:{}: looks like a secret", index + 1)));
    }
    Ok(complaints)
}

fn tells_a_secret(line: &str) -> bool {
    begins_a_key(line) || TOKENS.iter().any(|token| has(line, *token))
}

fn begins_a_key(line: &str) -> bool {
    let kind = line.split_once(KEY[0]).and_then(|(_, rest)| rest.split_once(KEY[1])).map(|(kind, _)| kind);
    kind.is_some_and(|kind| kind.chars().all(|character| character == ' ' || character.is_ascii_uppercase()))
}

fn has(line: &str, (start, fits, least): (&str, fn(char) -> bool, usize)) -> bool {
    line.match_indices(start).any(|(at, _)| {
        let rest = &line[at + start.len()..];
        let length = rest.chars().take_while(|character| fits(*character)).count();
        !line[..at].ends_with(is_base64) && length >= least
    })
}

fn is_upper(character: char) -> bool {
    character.is_ascii_uppercase() || character.is_ascii_digit()
}

fn is_plain(character: char) -> bool {
    character.is_ascii_alphanumeric()
}

fn is_word(character: char) -> bool {
    character.is_ascii_alphanumeric() || character == '-' || character == '_'
}

fn is_dotted(character: char) -> bool {
    is_word(character) || character == '.'
}

fn is_base64(character: char) -> bool {
    character.is_ascii_alphanumeric() || character == '+' || character == '/'
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn keys_and_tokens_are_seen_and_words_about_them_are_not() {
        let long = "A1b2".repeat(12);
        for secret in [
            KEY.concat(),
            KEY.join("RSA "),
            format!("key = \"AKIA{}\"", "Q7".repeat(8)),
            format!("token: ghp_{long}"),
            format!("Authorization: Bearer exp_{long}"),
            format!("(SG.{long})"),
        ] {
            assert!(tells_a_secret(&secret), "{secret}");
        }
        for harmless in [
            "The key is written as PEM, which begins with -----BEGIN ".to_owned(),
            "Bearer exp_x, whsec_, AKIA, ghp_short".to_owned(),
            format!("\"integrity\": \"sha512-xAKIA{}==\"", "Q7".repeat(8)),
            format!("fn regexp_{long}() {{"),
        ] {
            assert!(!tells_a_secret(&harmless), "{harmless}");
        }
    }
}
