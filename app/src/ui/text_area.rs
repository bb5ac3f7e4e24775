//! Text of several lines.

use leptos::html;
use leptos::prelude::*;

use super::field::{follow, typed};
use super::form::Slot;
use super::frame::{FieldFrame, described_by, invalid};

#[component]
pub fn TextArea(
    #[prop(into)] label: String,
    #[prop(into)] name: String,
    #[prop(optional, into)] hint: Option<String>,
    #[prop(optional, into)] value: Signal<String>,
    #[prop(default = 2)] rows: u32,
    #[prop(optional)] maxlength: u32,
    #[prop(optional, into)] on_input: Option<Callback<String>>,
) -> impl IntoView {
    let slot = Slot::of(&name);
    let node = NodeRef::<html::Textarea>::new();
    let typed = typed(&slot, on_input);
    follow(value, move |text| {
        if let Some(area) = node.get_untracked() {
            area.set_value(text);
        }
    });
    view! {
        <FieldFrame at=slot.clone() label hint=hint.clone() hide_label=false>
            <textarea
                class="input"
                id=slot.id.clone()
                name=slot.name.clone()
                rows=rows.to_string()
                maxlength=(maxlength > 0).then(|| maxlength.to_string())
                aria-invalid=invalid(&slot)
                aria-describedby=described_by(&slot, hint.is_some())
                node_ref=node
                on:input:target=move |event| typed(event.target().value())
            >
                {slot.start(value)}
            </textarea>
        </FieldFrame>
    }
    .into_any()
}
