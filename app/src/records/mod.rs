//! Records: adding them in seconds, finding them again.
//!
//! ```text
//! RecordsPage ─ UndoNotice ─ Filters (the URL) ─ RecordList (rows, Load more) ─ RecordRow ─ RowBox
//!             └ BulkBar ─ BulkDialog: what is done with the selected rows
//! AddRecord, EditRecord ─► Editor ─► RecordDialog ┐
//! RecordNewPage, RecordEditPage ──────────────────┴► RecordFormView ─► Saver
//! ```

mod api;
mod bulk;
mod bulk_form;
mod choices;
mod days;
mod editor;
mod exchange;
mod filters;
mod form;
#[cfg(feature = "hydrate")]
mod kept;
#[cfg(not(feature = "hydrate"))]
#[path = "kept_nowhere.rs"]
mod kept;
mod list;
mod page;
mod payee;
mod press;
mod refund;
mod row;
mod save;
mod select;
mod split;
mod sum;
mod swipe;
mod teller;
mod ties;
mod undo;
mod unrated;
mod url;
mod words;

pub use api::{
    DeleteRecord, EditRecords, FindRecord, FindTies, ListRecords, MatchingRecords, RestoreRecord, SaveRecord,
    SuggestPayees, SuggestSearch, SumDays, SumRecords, UndoEdit, UseRate, list_records, sum_records,
};
pub use editor::{AddRecord, Editor, RecordDialog};
pub(crate) use form::RecordFormView;
pub use form::{RecordEditPage, RecordNewPage};
pub use page::RecordsPage;
pub(crate) use select::may_select;
pub use unrated::UnratedNote;
pub use words::{category_words, day_view, day_words};

/// Rows that one page of the list loads.
pub const PAGE_ROWS: i64 = 50;
