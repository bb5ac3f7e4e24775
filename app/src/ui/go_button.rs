//! Buttons that lead to a page.

use leptos::prelude::*;
use leptos_router::location::Url;

use super::button::ButtonKind;
use super::icon::Icon;
use crate::roles::may_open;

/// A button that loads a page; once hydrated it goes there in place, or does what `on_click` says.
#[component]
pub fn GoButton(
    /// A path of this site.
    #[prop(into)]
    href: String,
    /// The accessible name.
    #[prop(into)]
    label: String,
    #[prop(optional)] kind: ButtonKind,
    #[prop(optional, into)] icon: Option<String>,
    #[prop(optional)] on_click: Option<Callback<()>>,
    /// Besides that of every button like this.
    #[prop(default = "")]
    class: &'static str,
    /// None for a button that is only an icon.
    #[prop(optional)]
    children: Option<Children>,
) -> impl IntoView {
    if !may_open(&href) {
        return ().into_any();
    }
    let (path, query) = href.split_once('?').unwrap_or((href.as_str(), ""));
    let fields = query
        .split('&')
        .filter_map(|pair| pair.split_once('='))
        .map(|(name, value)| view! { <input type="hidden" name=name.to_owned() value=Url::unescape(value)/> })
        .collect_view();
    let path = path.to_owned();
    let look = kind.class_with(children.is_some());
    let on_submit = move |event: leptos::ev::SubmitEvent| {
        event.prevent_default();
        match on_click {
            Some(on_click) => on_click.run(()),
            None => crate::layout::go(&href),
        }
    };
    view! {
        <form class=format!("post-button {class}") method="get" action=path on:submit=on_submit>
            {fields}
            <button type="submit" class=look aria-label=label>
                {icon.map(|icon| view! { <Icon name=icon/> })}
                {children.map(|children| view! { <span>{children()}</span> })}
            </button>
        </form>
    }
    .into_any()
}
