//! Light, dark, or as the device says.

use leptos::prelude::*;
use serde::{Deserialize, Serialize};

use crate::error::AppError;
use crate::ui::browser;

/// The look of this device, kept in a cookie, so that the first byte of a page has it.
#[derive(Clone, Copy)]
pub struct Theme(pub RwSignal<String>);

impl Theme {
    /// Once, in `App`.
    pub fn provide() -> Self {
        let theme = Self(RwSignal::new(SharedValue::new(cookie).into_inner()));
        provide_context(theme);
        theme
    }

    /// Shows the page in another look at once.
    pub fn show(self, theme: &str) {
        self.0.set(theme.to_owned());
        browser::mark_document("data-theme", theme);
        for device in ["light", "dark"] {
            browser::colour_frame(device, frame_colour(theme, device));
        }
        browser::announce_theme();
    }
}

/// The colour of what a phone shows around the page, which is that of the ground: in a theme, on a device that is itself
/// light or dark.
pub(super) fn frame_colour(theme: &str, device: &str) -> &'static str {
    let shown = if theme == "auto" { device } else { theme };
    if shown == "dark" { "#16150f" } else { "#f6f3ec" }
}

/// What the request's cookie says.
pub(super) fn cookie() -> String {
    #[cfg(feature = "ssr")]
    let known = use_context::<backend::ThemeCookie>().map(|cookie| cookie.0);
    #[cfg(not(feature = "ssr"))]
    let known: Option<String> = None;
    known.filter(|theme| matches!(theme.as_str(), "light" | "dark")).unwrap_or_else(|| "auto".to_owned())
}

#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct ThemeForm {
    pub theme: String,
}

/// Keeps the look, on this device and for those to come.
#[server(name = SaveTheme, prefix = "/api", endpoint = "save_theme")]
pub async fn save_theme(form: ThemeForm) -> Result<(), AppError> {
    let theme: ledger::person::Theme = form.theme.parse().map_err(|_| AppError::invalid("theme", "Choose a theme"))?;
    let (backend, member) = crate::request::signed_in()?;
    backend::users::save_theme(&backend, &member, theme).await?;
    crate::request::sessions()?.show_in(theme);
    Ok(())
}
