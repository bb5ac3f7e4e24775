//! What the keys mean.

use super::commands::{Command, Deed};

/// What a key does, and whether another key must follow it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Pressed {
    Nothing,
    /// `g`: the next key says where to.
    First,
    Do(Deed),
}

/// Which of the commands `key` means, alone or after `g`.
pub(super) fn pressed(commands: &[&Command], key: &str, after_g: bool) -> Pressed {
    let of = |keys: &str| {
        let mut keyed = commands.iter().filter(|command| !command.keys.is_empty());
        keyed.find(|command| command.keys == keys).map(|command| command.deed.clone())
    };
    let known = if after_g { of(&format!("g {key}")) } else { None };
    match known.or_else(|| of(key)) {
        Some(deed) => Pressed::Do(deed),
        None if key == "g" => Pressed::First,
        None => Pressed::Nothing,
    }
}

#[cfg(test)]
mod tests {
    use super::super::commands::COMMANDS;
    use super::*;

    #[test]
    fn a_key_of_what_is_not_offered_means_nothing() {
        assert_eq!(pressed(&[], "n", false), Pressed::Nothing);
    }

    #[test]
    fn keys_mean_what_the_commands_say() {
        for (key, after_g, meaning) in [
            ("n", false, Pressed::Do(Deed::AddRecord)),
            ("?", false, Pressed::Do(Deed::ShowKeys)),
            ("g", false, Pressed::First),
            ("g", true, Pressed::First),
            ("d", true, Pressed::Do(Deed::Go("/dashboard"))),
            ("d", false, Pressed::Nothing),
            ("n", true, Pressed::Do(Deed::AddRecord)),
            ("", false, Pressed::Nothing),
            ("Enter", true, Pressed::Nothing),
        ] {
            assert_eq!(
                pressed(&COMMANDS.iter().collect::<Vec<_>>(), key, after_g),
                meaning,
                "{key:?}, after g: {after_g}"
            );
        }
    }
}
