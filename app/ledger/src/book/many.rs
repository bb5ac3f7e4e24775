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
                let (mut judged, mut is_new) = (Vec::new(), false);
                for record in records {
                    if let Some(record) = book.check_save(record)? {
                        // A refund exceeds nothing, but another one may give back less where it was.
                        let is_refund = |one: &&Record| one.flow.refund_of().is_some();
                        judged.extend(book.records.get(&record.id).filter(is_refund).cloned());
                        judged.extend(Some(&record).filter(|record| !is_refund(record)).cloned());
                        book.keep_checked(record, revision);
                        is_new = true;
                    }
                }
                Ok((judged, is_new))
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
        self.alert_all(gone.iter().filter(|record| record.flow.refund_of().is_some()), revision);
        Ok(!gone.is_empty())
    }

    pub(super) fn restore_records(&mut self, ids: &[RecordId], revision: i64) -> Result<bool, Refused> {
        self.all_or_none(
            |book| {
                let (mut judged, mut is_new) = (Vec::new(), false);
                for id in ids.iter().filter(|id| !book.records.contains_key(id)).copied().collect::<BTreeSet<_>>() {
                    book.check_return(&book.bin.records.get(&id).ok_or(Refused::NotFound)?.0)?;
                    book.take_back(id, revision);
                    judged.extend(book.records.get(&id).filter(|record| record.flow.refund_of().is_none()).cloned());
                    is_new = true;
                }
                Ok((judged, is_new))
            },
            ids.len(),
            revision,
        )
    }

    /// Does something to so many records, and judges the budgets around those that it answers; where it is refused half
    /// way nothing is done. It answers besides whether anything is new.
    fn all_or_none(
        &mut self,
        deed: impl FnOnce(&mut Self) -> Result<(Vec<Record>, bool), Refused>,
        count: usize,
        revision: i64,
    ) -> Result<bool, Refused> {
        // What is refused has changed nothing where it is the only one.
        let before = (count > 1).then(|| self.clone());
        match deed(self) {
            Ok((judged, is_new)) => {
                self.alert_all(&judged, revision);
                Ok(is_new)
            }
            Err(refused) => {
                if let Some(before) = before {
                    *self = before;
                }
                Err(refused)
            }
        }
    }

    fn alert_all<'r>(&mut self, changed: impl IntoIterator<Item = &'r Record>, revision: i64) {
        for record in changed {
            self.alert(record, revision);
        }
    }
}
