//! What a person can set: themselves, their book, their look, their alerts, their password, their sessions.

mod alerts;
mod api;
mod book;
mod look;
mod page;
mod profile;
mod rates;
mod security;

#[cfg(feature = "ssr")]
pub(crate) use api::device;
pub use api::{
    AlertsForm, ChangePassword, DeleteRate, EndOthers, EndSession, ListSessions, LoadRates, RestoreRate, SaveAlerts,
    SaveBook, SaveProfile, SaveRate, SessionChoice, SessionLine, change_password, end_others, end_session,
    list_sessions, save_alerts, save_book, save_profile, save_rate,
};
pub use page::SettingsPage;
