//! What was written since the page was loaded, laid over lists that were fetched before.

use std::collections::BTreeMap;

use chrono::NaiveDate;

use ledger::Changes;
use ledger::command::Deleted;
use ledger::guess::Shift;
use ledger::id::RecordId;
use ledger::records::Record;

/// Records as they are now, wherever they were written.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Touched {
    /// By the revision that wrote or deleted each; `None` for deleted ones.
    records: BTreeMap<RecordId, (i64, Option<Record>)>,
    /// The days whose sums may differ, by the revision of their last write.
    days: BTreeMap<NaiveDate, i64>,
    /// What was done here, by the number of the answer to it.
    done: Vec<(u32, Shift)>,
    /// How many answers had something new.
    pub answers: u32,
    /// How often so much was written that lists must be fetched anew.
    pub reloads: u32,
}

impl Touched {
    /// Notes what an answer says. Answers may overtake each other: the higher revision wins.
    pub(super) fn take(&mut self, changes: &Changes) {
        let saved = changes.records.iter().map(|record| (record.id, record.revision, Some(record)));
        let gone = changes.deleted.iter().filter_map(|deleted| match deleted {
            Deleted::Record(id) => Some((*id, changes.revision, None)),
            _ => None,
        });
        for (id, revision, record) in saved.chain(gone) {
            if self.records.get(&id).is_none_or(|(known, _)| *known <= revision) {
                self.records.insert(id, (revision, record.cloned()));
            }
        }
        // A record that moved to another day shows in the totals of both.
        let days = changes.totals.iter().map(|(key, _)| key.day).chain(changes.records.iter().map(|record| record.day));
        for day in days {
            let known = self.days.entry(day).or_default();
            *known = changes.revision.max(*known);
        }
        self.answers += 1;
        self.reloads += u32::from(changes.reload);
    }

    /// Notes what the last answer, which was to a deed of this page, did to records.
    pub(super) fn note(&mut self, shifts: Vec<Shift>) {
        self.done.extend(shifts.into_iter().map(|shift| (self.answers, shift)));
    }

    /// What was done here after so many answers.
    pub fn done_since(&self, answers: u32) -> impl Iterator<Item = &Shift> {
        self.done.iter().filter(move |(number, _)| *number > answers).map(|(_, shift)| shift)
    }

    /// The rows of a list that was fetched at `revision`, without those that are deleted or written over since.
    pub fn still<'l>(&self, loaded: &'l [Record]) -> impl Iterator<Item = &'l Record> {
        loaded.iter().filter(|row| self.records.get(&row.id).is_none_or(|(known, _)| *known < row.revision))
    }

    /// The records written after `revision`, but for those that the list holds in a newer state.
    pub fn fresh<'t>(&'t self, revision: i64, loaded: &[Record]) -> impl Iterator<Item = &'t Record> {
        let loaded: BTreeMap<RecordId, i64> = loaded.iter().map(|row| (row.id, row.revision)).collect();
        self.records.iter().filter_map(move |(id, (written, record))| {
            let held = loaded.get(id);
            let shows = held.map_or(*written > revision, |held| held <= written);
            record.as_ref().filter(|_| shows)
        })
    }

    /// The days written to after `revision`.
    pub fn days_since(&self, revision: i64) -> impl Iterator<Item = NaiveDate> {
        self.days.iter().filter(move |(_, written)| **written > revision).map(|(day, _)| *day)
    }
}

#[cfg(test)]
mod tests {
    use ledger::records::Flow;
    use ledger::{Currency, Money};
    use uuid::Uuid;

    use super::*;

    fn record(id: u128, revision: i64) -> Record {
        let (id, amount) = (RecordId(Uuid::from_u128(id)), Money::new(revision, Currency::INR));
        let flow = Flow::Expense { category: None };
        let plain = Record::plain(id, NaiveDate::default(), amount, ledger::id::AccountId::NIL, flow);
        Record { revision, ..plain }
    }

    fn saved(revision: i64, records: Vec<Record>) -> Changes {
        Changes { revision, records, ..Changes::default() }
    }

    fn deleted(revision: i64, id: u128) -> Changes {
        Changes { revision, deleted: vec![Deleted::Record(RecordId(Uuid::from_u128(id)))], ..Changes::default() }
    }

    /// Ids and revisions of the rows of a list that was fetched at `revision`.
    fn shown(touched: &Touched, revision: i64, loaded: &[Record]) -> Vec<(u128, i64)> {
        let rows = touched.still(loaded).chain(touched.fresh(revision, loaded));
        let mut rows: Vec<_> = rows.map(|row| (row.id.0.as_u128(), row.revision)).collect();
        rows.sort_unstable();
        rows
    }

    #[test]
    fn what_was_written_since_replaces_the_row_and_what_is_new_joins_it() {
        let mut touched = Touched::default();
        touched.take(&saved(6, vec![record(1, 6)]));
        touched.take(&saved(7, vec![record(3, 7)]));
        touched.take(&deleted(8, 2));
        assert_eq!(shown(&touched, 5, &[record(1, 4), record(2, 5)]), [(1, 6), (3, 7)]);
    }

    #[test]
    fn a_row_fetched_in_a_newer_state_wins() {
        let mut touched = Touched::default();
        touched.take(&saved(6, vec![record(1, 6)]));
        touched.take(&deleted(7, 2));
        // Edited, and brought back, in another tab.
        assert_eq!(shown(&touched, 9, &[record(1, 8), record(2, 9)]), [(1, 8), (2, 9)]);
    }

    #[test]
    fn what_a_newer_list_no_longer_shows_does_not_come_back() {
        let mut touched = Touched::default();
        touched.take(&saved(6, vec![record(1, 6)]));
        assert_eq!(shown(&touched, 7, &[]), []);
        assert_eq!(shown(&touched, 5, &[]), [(1, 6)]);
    }

    #[test]
    fn answers_may_overtake_each_other() {
        let mut touched = Touched::default();
        touched.take(&deleted(9, 1));
        touched.take(&saved(8, vec![record(1, 8)]));
        assert_eq!(shown(&touched, 5, &[record(1, 4)]), []);
    }

    #[test]
    fn deleting_what_is_gone_already_takes_the_row_away() {
        let mut touched = Touched::default();
        // The book's revision did not move.
        touched.take(&deleted(5, 1));
        assert_eq!(shown(&touched, 5, &[record(1, 5)]), []);
    }
}
