//! The palette: type a few letters, press Enter. A combobox as the ARIA practices describe it.

use leptos::ev::KeyboardEvent;
use leptos::html;
use leptos::prelude::*;
use leptos::wasm_bindgen::JsCast as _;
use leptos::web_sys::HtmlElement;

use super::Keys;
use super::commands::{Command, Deed, commands_like, is_like};
use crate::ui::{Dialog, Icon};

const LIST: &str = "palette-list";

#[derive(Clone, Debug, PartialEq)]
struct Line {
    words: String,
    keys: &'static str,
    icon: &'static str,
    deed: Deed,
}

/// What the page offers, the commands that fit, and at last the records that hold what was typed.
fn lines_for(of_page: &[String], commands: &[&'static Command], typed: &str) -> Vec<Line> {
    let is_new = |words: &str| commands.iter().all(|command| command.words != words);
    let of_page = of_page.iter().enumerate().filter(|(_, words)| is_new(words) && is_like(words, typed));
    let of_page: Vec<Line> = of_page
        .map(|(at, words)| Line { words: words.clone(), keys: "", icon: "zap", deed: Deed::OfPage(at) })
        .collect();
    let commands = commands_like(commands, typed).into_iter().map(|command| Line {
        words: command.words.to_owned(),
        keys: command.keys,
        icon: command.icon,
        deed: command.deed.clone(),
    });
    let typed = typed.trim();
    let find = (!typed.is_empty()).then(|| Line {
        words: format!("Search records for “{typed}”"),
        keys: "",
        icon: "search",
        deed: Deed::Find(typed.to_owned()),
    });
    of_page.into_iter().chain(commands).chain(find).collect()
}

fn line_id(at: usize) -> String {
    format!("{LIST}-{at}")
}

#[component]
pub(super) fn Palette() -> impl IntoView {
    let keys = expect_context::<Keys>();
    view! {
        <Dialog open=keys.palette title=Signal::stored("Search commands".to_owned())>
            <Finder/>
        </Dialog>
    }
    .into_any()
}

#[component]
fn Finder() -> impl IntoView {
    let keys = expect_context::<Keys>();
    let typed = RwSignal::new(String::new());
    let of_page = keys.of_page.get_untracked();
    let lines = Memo::new(move |_| {
        typed.with(|typed| keys.commands.with_value(|commands| lines_for(&of_page, commands, typed)))
    });
    let at = RwSignal::new(0_usize);
    let list = NodeRef::<html::Ul>::new();
    let choose = move |at: usize| {
        let Some(line) = lines.with_untracked(|lines| lines.get(at).cloned()) else { return };
        keys.palette.set(false);
        keys.run(line.deed);
    };
    let on_key = move |event: KeyboardEvent| {
        let (now, count) = (at.get_untracked(), lines.with_untracked(Vec::len));
        let next = match event.key().as_str() {
            "ArrowDown" => (now + 1) % count.max(1),
            "ArrowUp" => (now + count.max(1) - 1) % count.max(1),
            "Enter" if !event.is_composing() => {
                event.prevent_default();
                return choose(now);
            }
            _ => return,
        };
        event.prevent_default();
        at.set(next);
    };
    Effect::new(move |_| {
        let line = document().get_element_by_id(&line_id(at.get()));
        if let (Some(list), Some(line)) = (list.get(), line.and_then(|line| line.dyn_into::<HtmlElement>().ok())) {
            bring_into_sight(&list, &line);
        }
    });
    view! {
        <input
            class="input"
            type="text"
            role="combobox"
            autofocus=true
            aria-label="Search commands"
            placeholder="Type a command"
            autocomplete="off"
            autocapitalize="off"
            spellcheck="false"
            enterkeyhint="go"
            aria-autocomplete="list"
            aria-expanded="true"
            aria-controls=LIST
            aria-activedescendant=move || line_id(at.get())
            on:input:target=move |event| {
                at.set(0);
                typed.set(event.target().value());
            }
            on:keydown=on_key
        />
        <ul class="palette" role="listbox" aria-label="Commands" id=LIST node_ref=list>
            {move || {
                lines.get().into_iter().enumerate().map(|(number, line)| view! {
                    <li
                        role="option"
                        id=line_id(number)
                        aria-selected=move || (at.get() == number).to_string()
                        // The box keeps the focus.
                        on:mousedown=|event| event.prevent_default()
                        on:click=move |_| choose(number)
                    >
                        <Icon name=line.icon/>
                        <span class="palette-words">{line.words}</span>
                        <span class="palette-keys" aria-hidden="true">
                            {line.keys.split_whitespace().map(|key| view! { <kbd>{key}</kbd> }).collect_view()}
                        </span>
                    </li>
                }).collect_view()
            }}
        </ul>
    }
    .into_any()
}

/// Scrolls the list, and only it, as little as needed.
fn bring_into_sight(list: &HtmlElement, line: &HtmlElement) {
    let (top, bottom) = (line.offset_top(), line.offset_top() + line.offset_height());
    if top < list.scroll_top() {
        list.set_scroll_top(top);
    } else if bottom > list.scroll_top() + list.client_height() {
        list.set_scroll_top(bottom - list.client_height());
    }
}
