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
                // What stands between the tags is written as it is: a text could end the area there and go on as markup.
                inner_html=escaped(&slot.start(value))
            ></textarea>
        </FieldFrame>
    }
    .into_any()
}

/// The text for a place where only characters and the end of the area are read.
fn escaped(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;")
}

#[cfg(test)]
mod tests {
    use super::escaped;

    #[test]
    fn a_text_neither_ends_its_area_nor_loses_its_signs() {
        assert_eq!(escaped("</textarea><b> & &lt;"), "&lt;/textarea>&lt;b> &amp; &amp;lt;");
    }
}
