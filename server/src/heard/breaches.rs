//! Answers in the range form of Pwned Passwords: a line for each SHA-1 that begins alike, with its other 35 digits and how
//! often it was seen in breaches.

/// Digits of a hash that are not asked for, as they are those of the line.
pub const SUFFIX: usize = 35;

/// How often the hash with these digits was seen: never, where no line has them, or only one that pads the answer.
/// `None` where any line is not in the form.
pub fn seen(answer: &str, suffix: &str) -> Option<u64> {
    let mut found = 0;
    for line in answer.lines().filter(|line| !line.is_empty()) {
        let (digits, count) = line.split_once(':')?;
        if digits.len() != SUFFIX || !digits.bytes().all(|digit| digit.is_ascii_hexdigit()) {
            return None;
        }
        let count: u64 = count.trim_end().parse().ok()?;
        if digits.eq_ignore_ascii_case(suffix) {
            found = count;
        }
    }
    Some(found)
}

#[cfg(test)]
mod tests {
    use super::*;

    const ONE: &str = "0018A45C4D1DEF81644B54AB7F969B88D65";
    const TWO: &str = "00D4F6E8FA6EECAD2A3AA415EEC418D38EC";

    #[test]
    fn a_line_tells_how_often_and_padding_tells_nothing() {
        let answer = format!("{ONE}:7\r\n{TWO}:0\r\n");
        for (suffix, times) in [(ONE, 7), (&ONE.to_lowercase(), 7), (TWO, 0), (&"A".repeat(SUFFIX), 0)] {
            assert_eq!(seen(&answer, suffix), Some(times), "{suffix}");
        }
        assert_eq!(seen("", ONE), Some(0));
        assert_eq!(seen(&format!("{ONE}:18446744073709551615"), ONE), Some(u64::MAX));
    }

    #[test]
    fn what_is_not_in_the_form_tells_nothing() {
        for answer in [
            "<html>".to_owned(),
            ONE.to_owned(),
            format!("{ONE}:"),
            format!("{ONE}:-1"),
            format!("{ONE}:many"),
            format!("{}:1", &ONE[1..]),
            format!("{}G:1", &ONE[1..]),
            format!("{TWO}:3\r\n<b>:1"),
        ] {
            assert_eq!(seen(&answer, ONE), None, "{answer}");
        }
    }
}
