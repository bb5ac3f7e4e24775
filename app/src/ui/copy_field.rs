//! A text that is shown this once, and can be copied.

use leptos::html;
use leptos::prelude::*;

use super::button::Button;
use super::clipboard::copy_text;
use super::toast::toasts;

/// Without JavaScript the field is there to select, and no button.
#[component]
pub fn CopyField(
    #[prop(into)] label: String,
    /// What it is, such as "token": "Copy token", "Token copied".
    what: &'static str,
    value: String,
    #[prop(into)] hint: String,
    #[prop(into)] testid: String,
) -> impl IntoView {
    let toasts = toasts();
    let shown = NodeRef::<html::Input>::new();
    let on_click = Callback::new(move |()| {
        let Some(field) = shown.get_untracked() else { return };
        field.select();
        copy_text(&field.value(), move |is_copied| {
            if is_copied {
                toasts.ok(format!("{}{} copied", what[..1].to_uppercase(), &what[1..]));
            } else {
                toasts.warn(format!("This browser does not let us copy. The {what} is selected: copy it yourself."));
            }
        });
    });
    view! {
        <div class="copy-field" role="status">
            <label class="field">
                <span class="field-label">{label}</span>
                <input
                    class="input copy-text"
                    type="text"
                    readonly
                    autocomplete="off"
                    spellcheck="false"
                    value=value
                    data-testid=testid
                    node_ref=shown
                />
                <span class="field-hint">{hint}</span>
            </label>
            <div class="needs-script">
                <Button icon="copy" on_click>{format!("Copy {what}")}</Button>
            </div>
        </div>
    }
    .into_any()
}
