//! Parts of pages that most people do not see at once, and so come by themselves.

use chrono::Weekday;
use leptos::prelude::*;

use ledger::Book;
use ledger::list::Ties;
use ledger::record_form::RecordForm;
use ledger::records::Record;
use ledger::report::Report;

use super::cut;
use crate::records::RecordFormView;
use crate::reports::ReportView;

cut!(records: pub(crate) fn record_form, load_record_form(
    book: Signal<Book>,
    start: RecordForm,
    known: Option<Record>,
    ties: Option<Ties>,
    typed: bool,
    on_saved: Callback<()>
) {
    view! { <RecordFormView id="record-dialog" book start known ties typed on_saved/> }.into_any()
});

cut!(more: pub(crate) fn report_view, load_report_view(book: Signal<Book>, report: Report, week_start: Memo<Weekday>) {
    view! { <ReportView book report week_start/> }.into_any()
});
