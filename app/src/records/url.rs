//! Where lists are, and the ways to pages that lead back to them.

use ledger::filter::{Filter, escaped};
use ledger::list::Cursor;

/// The list of everything.
pub(super) const LIST: &str = "/records";

/// The page of a list that begins after `after`.
pub(super) fn list_url(filter: &Filter, after: Option<Cursor>) -> String {
    let url = filter.url();
    after.map_or(url.clone(), |cursor| with(&url, "after", &cursor.to_string()))
}

/// A page whose form leads back to `list`.
pub(super) fn from_list(url: &str, list: &str) -> String {
    if list == LIST { url.to_owned() } else { with(url, "next", list) }
}

/// A URL with one parameter more.
pub(super) fn with(url: &str, name: &str, value: &str) -> String {
    let join = if url.contains('?') { '&' } else { '?' };
    format!("{url}{join}{name}={}", escaped(value))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_page_knows_the_list_that_it_was_opened_from() {
        let list = list_url(&Filter { search: "rice & dal".into(), ..Filter::default() }, None);
        assert_eq!(list, "/records?q=rice%20%26%20dal");
        assert_eq!(with(&list, "deleted", "x"), "/records?q=rice%20%26%20dal&deleted=x");
        assert_eq!(from_list("/records/1/edit", &list), "/records/1/edit?next=/records%3Fq%3Drice%2520%2526%2520dal");
        assert_eq!(from_list("/records/new?copy=1", LIST), "/records/new?copy=1");
        let cursor = Cursor { day: ledger::period::FIRST_DAY, id: ledger::id::RecordId::NIL };
        let after = list_url(&Filter::default(), Some(cursor));
        assert_eq!(after, format!("/records?after={cursor}"));
    }
}
