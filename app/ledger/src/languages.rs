//! Languages as a browser asks for them.

/// The tags of an `Accept-Language`, the most wanted first, in their usual case. What is no tag is left out.
pub fn wanted(accepted: &str) -> Vec<String> {
    let mut tags: Vec<(u16, String)> = accepted
        .split(',')
        .take(20)
        .filter_map(|part| {
            let (tag, weight) = part.split_once(';').unwrap_or((part, "q=1"));
            Some((thousandths(weight.trim().strip_prefix("q=")?)?, usual_case(tag.trim())?))
        })
        .filter(|(weight, _)| *weight > 0)
        .collect();
    tags.sort_by_key(|(weight, _)| std::cmp::Reverse(*weight));
    tags.into_iter().map(|(_, tag)| tag).collect()
}

/// `0.8` as 800.
fn thousandths(weight: &str) -> Option<u16> {
    let (whole, fraction) = weight.split_once('.').unwrap_or((weight, ""));
    let digits = format!("{whole}{fraction:0<3}");
    digits.get(..4).filter(|_| whole.len() == 1 && fraction.len() <= 3)?.parse().ok()
}

/// `EN-in` as `en-IN`.
fn usual_case(tag: &str) -> Option<String> {
    let parts: Vec<&str> = tag.split('-').collect();
    let fits = |part: &&str| (1..=8).contains(&part.len()) && part.chars().all(|c| c.is_ascii_alphanumeric());
    let language = parts.first().filter(|language| (2..=3).contains(&language.len()))?.to_lowercase();
    if tag.len() > 35 || !parts.iter().all(fits) {
        return None;
    }
    let rest = parts.iter().skip(1).map(|part| if part.len() == 2 { part.to_uppercase() } else { (*part).to_owned() });
    Some(std::iter::once(language).chain(rest).collect::<Vec<_>>().join("-"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_most_wanted_comes_first_and_what_is_no_tag_is_left_out() {
        for (accepted, tags) in [
            ("en-IN,en;q=0.9,hi;q=0.8", &["en-IN", "en", "hi"][..]),
            ("fr-FR;q=0.5, JA-jp", &["ja-JP", "fr-FR"]),
            ("zh-Hant-TW,zh;q=0.9", &["zh-Hant-TW", "zh"]),
            ("*", &[]),
            ("<b>,en-IN;q=0,;;,q,de;q=1.0001,de;q=.5,sv;q=0.1234", &[]),
        ] {
            assert_eq!(wanted(accepted), tags, "{accepted}");
        }
        let many = ["en"; 30].join(",");
        assert_eq!(wanted(&many).len(), 20, "no more than twenty are looked at");
    }
}
