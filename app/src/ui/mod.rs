//! The parts that pages are built from. They know no noun of the book.

pub(crate) mod browser;
mod button;
mod chart;
mod choices;
#[cfg(feature = "hydrate")]
mod clipboard;
#[cfg(not(feature = "hydrate"))]
#[path = "clipboard_nowhere.rs"]
mod clipboard;
mod combo;
mod copy_field;
mod dialog;
mod field;
mod figures;
pub mod form;
mod frame;
mod go_button;
mod icon;
mod later;
mod load;
mod money_field;
mod page;
mod password;
mod place;
mod query;
mod radios;
mod search;
mod select;
mod table;
mod text_area;
mod tiles;
mod toast;
mod undo;
mod waits;

pub use button::{Button, ButtonKind, ButtonLink, PostButton};
pub use chart::{Chart, ChartData, ChartKind, ChartLabel, ChartValue, Series, SeriesTone};
pub use choices::{CheckList, Checkbox, RadioGroup};
pub(crate) use clipboard::copy_text;
pub use combo::{Combo, Suggestion};
pub use copy_field::CopyField;
pub use dialog::{Dialog, DialogState, Leave};
pub use field::Field;
pub(crate) use figures::percent;
pub use figures::{Amount, AmountKind, Figure, FigureSize, Progress};
pub use form::{Form, FormState, Hidden, Submit, SubmitRow, Unsent};
pub use go_button::GoButton;
pub use icon::Icon;
#[cfg(feature = "hydrate")]
pub(crate) use later::{begin as begin_later, stay_plain};
pub(crate) use later::{breathe, later, when_awake};
pub use load::{ErrorNote, Load};
pub use money_field::{MoneyField, MoneySize};
#[cfg(feature = "hydrate")]
pub(crate) use page::keep_title;
pub(crate) use page::{Arrived, title_so_far};
pub use page::{Badge, Card, EmptyState, PageHead, Skeleton, Tab, Tabs, Tone};
pub use password::{PasswordField, PasswordOf};
pub use query::query_here;
pub use search::SearchBox;
pub use select::{Choice, SelectField};
pub(crate) use table::cell_length;
pub use table::{CellLink, TableFrame, money_cell, number_cell, table_head};
pub use text_area::TextArea;
pub use tiles::{Picture, Tile, TileGroup};
pub use toast::{ToastAction, ToastHost, ToastKind, Toasts, toasts};
pub use undo::{Undo, UndoNotice};
pub(crate) use waits::{LONG, WaitLine, Waits};
