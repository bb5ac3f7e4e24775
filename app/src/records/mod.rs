//! Records: adding them in seconds, finding them again.
//!
//! ```text
//! RecordsPage ─ UndoNotice ─ Filters (the URL) ─ RecordList (rows, Load more) ─ RecordRow
//! AddRecord, EditRecord ─► Editor ─► RecordDialog ┐
//! RecordNewPage, RecordEditPage ──────────────────┴► RecordFormView ─► Saver
//! ```

mod api;
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
mod refund;
mod row;
mod save;
mod split;
mod swipe;
mod ties;
mod undo;
mod url;
mod words;

pub use api::{
    DeleteRecord, FindRecord, FindTies, ListRecords, RestoreRecord, SaveRecord, SuggestPayees, SuggestSearch, SumDays,
    SumRecords, list_records,
};
pub use editor::{AddRecord, Editor, RecordDialog};
pub use form::{RecordEditPage, RecordNewPage};
pub use page::RecordsPage;
pub use words::{category_words, day_words};

/// Rows that one page of the list loads.
pub const PAGE_ROWS: i64 = 50;
