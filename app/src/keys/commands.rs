//! What can be done from anywhere, found by its words or by its keys.

use std::cmp::Reverse;

use crate::roles::may_open;

/// What a command does.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Deed {
    Go(&'static str),
    AddRecord,
    /// Puts the focus on the search box.
    Search,
    /// Shows the records that hold these words.
    Find(String),
    Theme(&'static str),
    /// More of it, or as the device says again.
    Contrast,
    /// What the page that is open offered at this place.
    OfPage(usize),
    ShowKeys,
    LogOut,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Command {
    pub words: &'static str,
    /// Other words that one may look for it by.
    also: &'static str,
    /// A key, or `g` and the key after it; empty for none.
    pub keys: &'static str,
    pub icon: &'static str,
    pub deed: Deed,
}

const fn command(
    words: &'static str,
    also: &'static str,
    keys: &'static str,
    icon: &'static str,
    deed: Deed,
) -> Command {
    Command { words, also, keys, icon, deed }
}

/// In the order of an empty palette.
pub(super) static COMMANDS: &[Command] = &[
    command("Add record", "new expense income transfer spend", "n", "plus", Deed::AddRecord),
    command("Search records", "find filter", "/", "search", Deed::Search),
    command("Dashboard", "go to home overview", "g d", "layout-dashboard", Deed::Go("/dashboard")),
    command("Records", "go to list expenses", "g r", "receipt", Deed::Go("/records")),
    command("Bills", "go to due upcoming", "g b", "calendar-clock", Deed::Go("/bills")),
    command("Budgets", "go to limits", "g u", "target", Deed::Go("/budgets")),
    command("Envelopes", "go to plan month give jobs", "g e", "mail", Deed::Go("/budgets/envelopes")),
    command("Reports", "go to charts period year compare", "g p", "chart-pie", Deed::Go("/reports")),
    command("Categories", "go to", "g c", "tags", Deed::Go("/categories")),
    command("Accounts", "go to balance bank cash card", "g a", "wallet", Deed::Go("/accounts")),
    command("Settings", "go to profile password currency", "g s", "settings", Deed::Go("/settings")),
    command("Add bill", "new rent subscription", "", "plus", Deed::Go("/bills/new")),
    command("Add budget", "new limit", "", "plus", Deed::Go("/budgets/new")),
    command("Add category", "new", "", "plus", Deed::Go("/categories/new")),
    command("Add account", "new bank cash card wallet", "", "plus", Deed::Go("/accounts/new")),
    command("Light theme", "look colours day", "", "sun", Deed::Theme("light")),
    command("Dark theme", "look colours night", "", "moon", Deed::Theme("dark")),
    command("Theme of the device", "look colours auto system", "", "monitor", Deed::Theme("auto")),
    command("More or less contrast", "look colours high readable", "", "eye", Deed::Contrast),
    command("Keyboard shortcuts", "keys help", "?", "info", Deed::ShowKeys),
    command("Confirm your email", "code address", "", "mail", Deed::Go("/confirm")),
    command("Log out", "sign leave end session", "", "log-out", Deed::LogOut),
];

/// Those that whoever sees this page may do.
pub(super) fn offered() -> Vec<&'static Command> {
    let is_offered = |command: &&Command| match command.deed {
        Deed::Go(path) => may_open(path),
        Deed::AddRecord => may_open("/records/new"),
        _ => true,
    };
    COMMANDS.iter().filter(is_offered).collect()
}

/// Those of the commands that hold every word typed, the likeliest first.
pub(super) fn commands_like(commands: &[&'static Command], typed: &str) -> Vec<&'static Command> {
    let typed = typed.to_lowercase();
    let wanted: Vec<&str> = typed.split_whitespace().collect();
    let mut found: Vec<(u32, &Command)> =
        commands.iter().filter_map(|one| Some((fit(one.words, one.also, &wanted)?, *one))).collect();
    found.sort_by_key(|(fit, _)| Reverse(*fit));
    found.into_iter().map(|(_, command)| command).collect()
}

/// Whether some words of the page hold every word typed.
pub(super) fn is_like(words: &str, typed: &str) -> bool {
    let typed = typed.to_lowercase();
    fit(words, "", &typed.split_whitespace().collect::<Vec<_>>()).is_some()
}

/// How well a command fits; `None` when a word does not occur in it at all.
fn fit(words: &str, also: &str, wanted: &[&str]) -> Option<u32> {
    let (words, also) = (words.to_lowercase(), also.to_lowercase());
    let mut sum = 0;
    for wanted in wanted {
        sum += match () {
            () if words.split(' ').any(|word| word.starts_with(wanted)) => 4,
            () if also.split(' ').any(|word| word.starts_with(wanted)) => 2,
            () if words.split(' ').any(|word| holds_in_order(word, wanted)) => 1,
            () => return None,
        };
    }
    Some(sum)
}

/// Whether all letters occur in the word in their order, beginning with its first: `bdg` in `budgets`.
fn holds_in_order(word: &str, letters: &str) -> bool {
    let mut rest = word.chars();
    word.chars().next() == letters.chars().next() && letters.chars().all(|letter| rest.any(|one| one == letter))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn like(typed: &str) -> Vec<&'static Command> {
        commands_like(&COMMANDS.iter().collect::<Vec<_>>(), typed)
    }

    fn first(typed: &str) -> Option<&'static str> {
        like(typed).first().map(|command| command.words)
    }

    #[test]
    fn commands_are_found_by_the_beginnings_of_their_words_in_any_order() {
        for (typed, words) in [
            ("", "Add record"),
            ("add bu", "Add budget"),
            ("bill add", "Add bill"),
            ("BILLS", "Bills"),
            ("dark", "Dark theme"),
            ("night", "Dark theme"),
            ("bdg", "Budgets"),
            ("go acc", "Accounts"),
            ("sign", "Log out"),
            ("keyb", "Keyboard shortcuts"),
        ] {
            assert_eq!(first(typed), Some(words), "{typed}");
        }
        assert_eq!(like(" ").len(), COMMANDS.len());
    }

    #[test]
    fn what_a_page_offers_is_found_like_a_command() {
        for (typed, is_found) in [("", true), ("paid", true), ("rent mark", true), ("skip", false)] {
            assert_eq!(is_like("Mark paid: Rent", typed), is_found, "{typed}");
        }
    }

    #[test]
    fn a_word_that_no_command_holds_finds_none() {
        for typed in ["swiggy", "add swiggy", "udgets", "₹"] {
            assert_eq!(first(typed), None, "{typed}");
        }
    }

    #[test]
    fn no_two_commands_have_the_same_keys_or_words() {
        for (at, one) in COMMANDS.iter().enumerate() {
            for other in &COMMANDS[at + 1..] {
                assert!(one.keys.is_empty() || one.keys != other.keys, "{}", one.keys);
                assert_ne!(one.words, other.words);
            }
        }
    }
}
