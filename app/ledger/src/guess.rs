//! What was done and is not answered yet, laid over the book: the person sees it at once.

use std::collections::BTreeMap;

use crate::book::Book;
use crate::command::Command;
use crate::id::RecordId;
use crate::records::Record;

/// A command on its way to the server.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Guess {
    pub command: Command,
    /// The record that it is about as the page shows it: the window of a book holds the newest ones only.
    pub known: Option<Record>,
}

/// A record before a deed, and after it; `None` where it is not there.
pub type Shift = (Option<Record>, Option<Record>);

/// A book as it is if everything on its way goes well.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Guessed {
    pub book: Book,
    /// The records that are on their way; `None` for those that go.
    pub records: BTreeMap<RecordId, Option<Record>>,
    /// What each of them does to its record, the earliest first.
    pub shifts: Vec<Shift>,
}

impl Guessed {
    /// Lays the guesses over what the server said, the earliest first. One that the book refuses shows nothing: the
    /// server's answer will tell why.
    pub fn of<'g>(book: Book, guesses: impl IntoIterator<Item = &'g Guess>) -> Self {
        let mut shown = Self { book, records: BTreeMap::new(), shifts: Vec::new() };
        for guess in guesses {
            shown.lay(guess);
        }
        shown
    }

    fn lay(&mut self, guess: &Guess) {
        let book = &mut self.book;
        if let Some(known) = guess.known.as_ref().filter(|known| !book.records.contains_key(&known.id)) {
            // It is counted already. What undo brings back lies in the bin.
            if matches!(guess.command, Command::RestoreRecord(_)) {
                book.bin.records.entry(known.id).or_insert_with(|| (known.clone(), None));
            } else if !book.bin.records.contains_key(&known.id) {
                book.records.insert(known.id, known.clone());
            }
        }
        let about = record_of(&guess.command, book);
        let before = about.and_then(|id| book.records.get(&id).cloned());
        if book.apply(&over_what_shows(&guess.command, book)).is_ok()
            && let Some(id) = about
        {
            let after = self.book.records.get(&id).cloned();
            self.records.insert(id, after.clone());
            self.shifts.push((before, after));
        }
    }
}

/// The command, made from what the page shows: which revision it was made from is the server's to judge, when those
/// before it are answered.
fn over_what_shows(command: &Command, book: &Book) -> Command {
    let mut command = command.clone();
    match &mut command {
        Command::SaveRecord(one) => one.revision = book.records.get(&one.id).map_or(0, |known| known.revision),
        Command::SaveCategory(one) => one.revision = book.categories.get(&one.id).map_or(0, |known| known.revision),
        Command::SaveAccount(one) => one.revision = book.accounts.get(&one.id).map_or(0, |known| known.revision),
        Command::SaveBill(one) => one.revision = book.bills.get(&one.id).map_or(0, |known| known.revision),
        Command::SaveBudget(one) => one.revision = book.budgets.get(&one.id).map_or(0, |known| known.revision),
        _ => {}
    }
    command
}

/// The record that a command writes or takes away.
fn record_of(command: &Command, book: &Book) -> Option<RecordId> {
    match command {
        Command::SaveRecord(record) | Command::PayBill { record, .. } => Some(record.id),
        Command::DeleteRecord(id) | Command::RestoreRecord(id) => Some(*id),
        Command::ReopenBill { bill, due } => book.settlements.get(&(*bill, *due)).and_then(|settled| settled.record),
        _ => None,
    }
}
