//! The totals of windows that were asked for lately, kept in memory. Every total bears the revision that wrote it, so
//! the next window reads only what was written since: its cost does not grow with how much a book records either.

use std::sync::{Arc, Mutex, PoisonError};

use chrono::NaiveDate;
use ledger::Changes;
use ledger::id::BookId;
use ledger::period::Period;
use ledger::totals::DailyTotals;

use crate::{Result, Tx, totals};

/// Books whose totals are kept, the last used ones: some hundred kilobytes each where much is recorded.
const BOOKS: usize = 32;
/// After more writes than this all is read anew.
const WRITES: i64 = 500;

/// Which totals a window holds.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) struct Span {
    pub book: BookId,
    /// The days of the window.
    pub days: Period,
    /// From here on they are held day by day, before by the month.
    pub by_day_from: NaiveDate,
}

/// Totals as they were when `revision` was the newest.
struct Known {
    span: Span,
    revision: i64,
    totals: Arc<DailyTotals>,
}

/// Shared by all who ask; the last used one stands at the end.
#[derive(Clone, Default)]
pub(crate) struct Held(Arc<Mutex<Vec<Known>>>);

impl Held {
    /// The totals at `revision`, which the transaction sees as the newest one.
    pub(super) async fn totals(&self, tx: &mut Tx, span: Span, revision: i64) -> Result<Arc<DailyTotals>> {
        let known = self.take(span).filter(|known| (known.revision..=known.revision + WRITES).contains(&revision));
        let totals = match known {
            Some(known) if known.revision == revision => known.totals,
            Some(known) => {
                let changes = Changes {
                    totals: totals::since(tx, span.book, known.revision, revision).await?,
                    months: totals::months_since(tx, span.book, known.revision, revision).await?,
                    ..Changes::default()
                };
                laid_over(Arc::unwrap_or_clone(known.totals), span, &changes)
            }
            None => {
                let days = Period { start: span.by_day_from, ..span.days };
                let months = Period { end: span.by_day_from, ..span.days };
                let changes = Changes {
                    totals: totals::within(tx, span.book, days).await?,
                    months: totals::by_month(tx, span.book, months).await?,
                    ..Changes::default()
                };
                laid_over(DailyTotals::default(), span, &changes)
            }
        };
        self.keep(Known { span, revision, totals: Arc::clone(&totals) });
        Ok(totals)
    }

    fn take(&self, span: Span) -> Option<Known> {
        let mut all = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let at = all.iter().position(|known| known.span.book == span.book)?;
        // What is of other days is of no use: the day has turned, or another budget looks further back.
        Some(all.remove(at)).filter(|known| known.span == span)
    }

    fn keep(&self, known: Known) {
        let mut all = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        all.retain(|other| other.span.book != known.span.book);
        if all.len() == BOOKS {
            all.remove(0);
        }
        all.push(known);
    }
}

/// Totals with the rows that were written since, of the days that they are of.
fn laid_over(mut totals: DailyTotals, span: Span, changes: &Changes) -> Arc<DailyTotals> {
    let by_day = changes.totals.iter().filter(|(key, _)| key.day >= span.by_day_from);
    let by_month = changes.months.iter().filter(|(key, _)| (span.days.start..span.by_day_from).contains(&key.day));
    for (key, total) in by_day.chain(by_month) {
        totals.set(*key, *total);
    }
    Arc::new(totals)
}
