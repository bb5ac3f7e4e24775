//! Colours are tokens: only `style/tokens*.css` may say what they look like.

use super::{Complaints, sources};
use crate::{failure::Result, shell::Shell};

/// Where a browser takes a literal colour from the document itself, such as `theme-color`.
const DOCUMENT: &[&str] = &["app/src/lib.rs", "app/src/shell.rs", "app/src/layout/"];

const FUNCTIONS: &[&str] = &["rgb(", "rgba(", "hsl(", "hsla(", "hwb(", "lab(", "lch(", "oklab(", "oklch("];

pub fn named_elsewhere(shell: &Shell) -> Result<Complaints> {
    let mut complaints = Complaints::new();
    for source in sources::under(shell, &["style"], "css")? {
        if source.path.starts_with("style/tokens") {
            continue;
        }
        for (number, line) in source.text.lines().enumerate() {
            if hex_colour(line) || colour_function(line) {
                complaints.push(format!("{}:{}: {}", source.path, number + 1, line.trim()));
            }
        }
    }
    for source in sources::under(shell, &["app/src"], "rs")? {
        if source.is_under(DOCUMENT) {
            continue;
        }
        let lines = source.code().filter(|(_, line)| hex_colour(line));
        complaints.extend(lines.map(|(number, line)| format!("{}:{number}: {}", source.path, line.trim())));
    }
    Ok(complaints)
}

/// A `#` with 3, 4, 6 or 8 hexadecimal digits; the short ones need a decimal digit, or `#add` would be a colour.
fn hex_colour(line: &str) -> bool {
    line.match_indices('#').any(|(at, _)| {
        let digits: &str = &line[at + 1..];
        let end =
            digits.find(|character: char| !character.is_ascii_alphanumeric() && character != '-' && character != '_');
        let word = &digits[..end.unwrap_or(digits.len())];
        let certain = match word.len() {
            3 | 4 => word.contains(|character: char| character.is_ascii_digit()),
            6 | 8 => true,
            _ => false,
        };
        certain && word.chars().all(|character| character.is_ascii_hexdigit()) && !line[..at].ends_with('&')
    })
}

/// `oklch(0.5 …)` names a colour; `oklch(from var(--ink) …)` varies one.
fn colour_function(line: &str) -> bool {
    FUNCTIONS.iter().any(|function| {
        line.match_indices(function).any(|(at, _)| {
            let starts = !line[..at].ends_with(|character: char| character.is_alphanumeric() || character == '-');
            starts && !line[at + function.len()..].trim_start().starts_with("from ")
        })
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn hexadecimal_colours_are_told_from_other_uses_of_the_sign() {
        for (line, colour) in [
            ("color: #1f6f4a;", true),
            ("color: #fff0;", true),
            ("fill=\"#AABBCC\"", true),
            ("href=\"#add\"", false),
            ("#[component]", false),
            ("&#8377;", false),
            ("#records-1 {", false),
            ("r#\"abc\"#", false),
        ] {
            assert_eq!(hex_colour(line), colour, "{line}");
        }
    }

    #[test]
    fn a_colour_may_be_varied_but_not_named() {
        assert!(colour_function("color: oklch(0.5 0.1 150);"));
        assert!(!colour_function("color: oklch(from var(--ink) l c h / 0.5);"));
        assert!(!colour_function("color: color-mix(in oklch, var(--a), var(--b));"));
    }
}
