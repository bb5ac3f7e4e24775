//! Everything by keyboard: single keys, a palette of commands, and a dialog that tells all of them.
//!
//! ```text
//! keydown ▸ listen ▸ pressed ┐
//! Palette ▸ commands_like ───┴► Deed ▸ Keys::run
//! ```

mod commands;
mod help;
#[cfg(feature = "hydrate")]
mod here;
#[cfg(not(feature = "hydrate"))]
#[path = "here_nothing.rs"]
mod here;
#[cfg(feature = "hydrate")]
mod kept;
#[cfg(feature = "hydrate")]
mod listen;
#[cfg(not(feature = "hydrate"))]
#[path = "listen_nothing.rs"]
mod listen;
mod palette;
#[cfg(any(feature = "hydrate", test))]
mod pressed;
#[cfg(feature = "hydrate")]
mod rows;

use ledger::filter::Filter;
use leptos::prelude::*;
use leptos::task::spawn_local;

use crate::layout::{Theme, go, leave_to, save_theme};
use crate::records::Editor;
use crate::sign_in::log_out;
use crate::ui::{Icon, Toasts, Waits, toasts};
use commands::{Command, Deed};
use help::KeysDialog;
use palette::Palette;

/// What the keys and commands of the signed-in pages work on.
#[derive(Clone, Copy)]
pub(crate) struct Keys {
    /// What is offered.
    commands: StoredValue<Vec<&'static Command>>,
    palette: RwSignal<bool>,
    /// What can be done on the page that is open, in words.
    of_page: RwSignal<Vec<String>>,
    help: RwSignal<bool>,
    /// Whether keys without Ctrl or Cmd do anything.
    single: RwSignal<bool>,
    editor: Editor,
    theme: Theme,
    toasts: Toasts,
    waits: Waits,
}

impl Keys {
    /// Once, in the frame of the signed-in pages, below its editor.
    pub fn provide() {
        let keys = Self {
            commands: StoredValue::new(commands::offered()),
            palette: RwSignal::new(false),
            of_page: RwSignal::new(Vec::new()),
            help: RwSignal::new(false),
            single: RwSignal::new(true),
            editor: Editor::here(),
            theme: expect_context(),
            toasts: toasts(),
            waits: Waits::here(),
        };
        provide_context(keys);
        listen::listen(keys);
    }

    /// Opens the palette with what can be done now.
    fn show_palette(self) {
        self.of_page.set(here::look());
        self.palette.set(true);
    }

    fn run(self, deed: Deed) {
        match deed {
            Deed::OfPage(at) => here::run(at),
            Deed::Go(path) => go(path),
            Deed::AddRecord => self.editor.add(),
            Deed::Search => listen::focus_search(),
            Deed::Find(search) => go(&Filter { search, ..Filter::default() }.url()),
            Deed::Theme(theme) => self.show_theme(theme),
            Deed::Contrast => {
                self.theme.show_contrast(!self.theme.more_contrast.get_untracked());
                self.keep_look();
            }
            Deed::ShowKeys => self.help.set(true),
            Deed::LogOut => self.log_out(),
        }
    }

    fn show_theme(self, theme: &str) {
        self.theme.show(theme);
        self.keep_look();
    }

    fn keep_look(self) {
        let form = self.theme.form();
        spawn_local(async move {
            if let Err(error) = save_theme(form).await {
                self.toasts.error(&error);
            }
        });
    }

    fn log_out(self) {
        spawn_local(async move {
            match self.waits.answer(log_out()).await {
                Ok(()) => leave_to("/"),
                Err(error) => self.toasts.error(&error),
            }
        });
    }
}

/// The dialogs of the keys; they stand once in the frame.
#[component]
pub(crate) fn KeyDialogs() -> impl IntoView {
    view! {
        <Palette/>
        <KeysDialog/>
    }
    .into_any()
}

/// Opens the palette without a keyboard, and tells those who have one how to.
#[component]
pub(crate) fn CommandButton() -> impl IntoView {
    let keys = expect_context::<Keys>();
    view! {
        <button
            type="button"
            class="button button-quiet command-button needs-script"
            aria-keyshortcuts="Control+K Meta+K"
            on:click=move |_| keys.show_palette()
        >
            <Icon name="search"/>
            <span>"Search commands"</span>
            <kbd aria-hidden="true">"Ctrl K"</kbd>
        </button>
    }
    .into_any()
}
