//! What a person can set: themselves, their look, their password, their sessions.

mod api;
mod page;
mod profile;
mod security;

pub use api::{
    ChangePassword, EndOthers, EndSession, ListSessions, SaveProfile, SessionChoice, SessionLine, change_password,
    end_others, end_session, list_sessions, save_profile,
};
pub use page::SettingsPage;
