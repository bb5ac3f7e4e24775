//! Where somebody may be led on to: nobody outside can name another site.

/// The text where it is a path of this site, with its query; anything that a browser could read as another place is none.
pub fn own_path(text: &str) -> Option<&str> {
    let plain = text.chars().all(|c| c.is_ascii_graphic() && c != '\\');
    let path = text.split(['?', '#']).next().unwrap_or_default();
    // Nowhere: `/..//elsewhere` begins with two once its dots are gone.
    (plain && path.starts_with('/') && !path.contains("//")).then_some(text)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_goes_on_to_own_pages_only() {
        for good in ["/", "/records?kind=expense", "/%09/x", "/records?search=a//b"] {
            assert_eq!(own_path(good), Some(good));
        }
        for bad in [
            "",
            "//evil.example",
            "/..//evil.example",
            "/\\evil.example",
            "https:evil.example",
            "javascript:alert(1)",
            "data:,x",
            "/\t/evil.example",
            "records",
        ] {
            assert_eq!(own_path(bad), None, "{bad}");
        }
    }
}
