//! Many records at once: all of them, or none where one is refused. Budgets are judged once, when all is counted.

use std::collections::BTreeSet;

use super::Book;
use crate::command::Refused;
use crate::id::RecordId;
use crate::records::Record;

impl Book {
    /// Each is checked with those before it in place.
    pub(super) fn save_records(&mut self, records: &[Record], revision: i64) -> Result<bool, Refused> {
        self.all_or_none(
            |book| {
                let mut written = Vec::new();
                for record in records {
                    if let Some(record) = book.check_save(record)? {
                        written.push((book.records.get(&record.id).cloned(), record.clone()));
                        book.keep_checked(record, revision);
                    }
                }
                Ok(written)
            },
            records.len(),
            revision,
        )
    }

    pub(super) fn delete_records(&mut self, ids: &[RecordId], revision: i64) -> Result<bool, Refused> {
        if ids.iter().any(|id| !self.records.contains_key(id) && !self.bin.records.contains_key(id)) {
            return Err(Refused::NotFound);
        }
        let gone: Vec<Record> = ids.iter().filter_map(|id| self.take_away(*id, revision)).collect();
        for record in &gone {
            self.alert_around(Some(record), None, revision);
        }
        Ok(!gone.is_empty())
    }

    pub(super) fn restore_records(&mut self, ids: &[RecordId], revision: i64) -> Result<bool, Refused> {
        self.all_or_none(
            |book| {
                let mut written = Vec::new();
                for id in ids.iter().filter(|id| !book.records.contains_key(id)).copied().collect::<BTreeSet<_>>() {
                    book.check_return(&book.bin.records.get(&id).ok_or(Refused::NotFound)?.0)?;
                    book.take_back(id, revision);
                    written.extend(book.records.get(&id).map(|record| (None, record.clone())));
                }
                Ok(written)
            },
            ids.len(),
            revision,
        )
    }

    /// Does something to so many records, and judges the budgets around those that it answers, each with what it was
    /// before; where it is refused half way nothing is done.
    fn all_or_none(
        &mut self,
        deed: impl FnOnce(&mut Self) -> Result<Vec<(Option<Record>, Record)>, Refused>,
        count: usize,
        revision: i64,
    ) -> Result<bool, Refused> {
        // What is refused has changed nothing where it is the only one.
        let before = (count > 1).then(|| self.clone());
        match deed(self) {
            Ok(written) => {
                for (before, after) in &written {
                    self.alert_around(before.as_ref(), Some(after), revision);
                }
                Ok(!written.is_empty())
            }
            Err(refused) => {
                if let Some(before) = before {
                    *self = before;
                }
                Err(refused)
            }
        }
    }
}
