//! Light, dark, or as the device says; and whether everything stands out more than it usually does.

use ledger::person::{Look, Theme as Which};
use leptos::prelude::*;
use serde::{Deserialize, Serialize};

use crate::error::AppError;
use crate::ui::browser;

/// The look of this device, kept in a cookie, so that the first byte of a page has it.
#[derive(Clone, Copy)]
pub struct Theme {
    /// As a word: `auto`, `light` or `dark`.
    pub theme: RwSignal<String>,
    pub more_contrast: RwSignal<bool>,
}

impl Theme {
    /// Once, in `App`.
    pub fn provide() -> Self {
        let look: Look = SharedValue::new(|| cookie().to_string()).into_inner().parse().unwrap_or_default();
        let theme = Self {
            theme: RwSignal::new(look.theme.as_str().to_owned()),
            more_contrast: RwSignal::new(look.more_contrast),
        };
        provide_context(theme);
        theme
    }

    /// What is chosen now, as the form sends it.
    pub fn form(self) -> ThemeForm {
        let contrast = if self.more_contrast.get_untracked() { "on".to_owned() } else { String::new() };
        ThemeForm { theme: self.theme.get_untracked(), contrast }
    }

    /// Shows the page in another theme at once.
    pub fn show(self, theme: &str) {
        self.theme.set(theme.to_owned());
        self.paint();
    }

    /// Shows the page with more contrast, or with that of the device, at once.
    pub fn show_contrast(self, more: bool) {
        self.more_contrast.set(more);
        self.paint();
    }

    fn paint(self) {
        let look = self.form().look();
        browser::mark_document("data-theme", look.theme.as_str());
        browser::mark_document("data-contrast", look.contrast());
        for device in [Which::Light, Which::Dark] {
            browser::colour_frame(device.as_str(), frame_colour(look, device));
        }
        browser::announce_theme();
    }
}

/// The colour of what a phone shows around the page, which is that of the ground: in a look, on a device that is itself
/// light or dark.
pub(super) fn frame_colour(look: Look, device: Which) -> &'static str {
    let is_dark = if look.theme == Which::Auto { device == Which::Dark } else { look.theme == Which::Dark };
    match (is_dark, look.more_contrast) {
        (false, false) => "#f6f3ec",
        (false, true) => "#ffffff",
        (true, false) => "#16150f",
        (true, true) => "#000000",
    }
}

/// What the request's cookie says.
pub(super) fn cookie() -> Look {
    #[cfg(feature = "ssr")]
    if let Some(backend::LookCookie(look)) = use_context() {
        return look;
    }
    Look::default()
}

#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct ThemeForm {
    pub theme: String,
    /// Any text for more of it.
    pub contrast: String,
}

impl ThemeForm {
    fn look(&self) -> Look {
        Look { theme: self.theme.parse().unwrap_or_default(), more_contrast: !self.contrast.is_empty() }
    }
}

/// Keeps the look, on this device and for those to come.
#[server(name = SaveTheme, prefix = "/api", endpoint = "save_theme")]
pub async fn save_theme(form: ThemeForm) -> Result<(), AppError> {
    let _: Which = form.theme.parse().map_err(|_| AppError::invalid("theme", "Choose a theme"))?;
    let (backend, member) = crate::request::signed_in()?;
    let look = form.look();
    backend::users::save_look(&backend, &member, look).await?;
    crate::request::sessions()?.show_in(look);
    Ok(())
}
