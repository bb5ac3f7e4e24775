//! One of many pictures or colours, all in sight.

use leptos::html;
use leptos::prelude::*;

use super::field::{follow, typed};
use super::form::Slot;
use super::frame::{FieldNotes, described_by, invalid};
use super::icon::Icon;

/// What a tile shows.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Picture {
    /// An id of the sprite; empty for none.
    Icon(&'static str),
    /// One of the chart colours, from 0.
    Colour(u8),
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Tile {
    /// What is sent.
    pub value: String,
    /// The accessible name, and what the pointer is told.
    pub label: &'static str,
    pub picture: Picture,
}

/// Radios that look like what they stand for.
#[component]
pub fn TileGroup(
    #[prop(into)] label: String,
    #[prop(into)] name: String,
    tiles: Vec<Tile>,
    #[prop(optional, into)] value: Signal<String>,
    #[prop(optional, into)] on_input: Option<Callback<String>>,
) -> impl IntoView {
    let slot = Slot::of(&name);
    let typed = typed(&slot, on_input);
    let start = slot.start(value);
    let radios = tiles
        .into_iter()
        .enumerate()
        .map(|(at, tile)| {
            let node = NodeRef::<html::Input>::new();
            let mine = tile.value.clone();
            follow(value, move |text| {
                if let Some(input) = node.get_untracked() {
                    input.set_checked(text == mine);
                }
            });
            let typed = typed.clone();
            // The first one bears the id of the field, so that a message can lead there.
            let id = if at == 0 { slot.id.clone() } else { format!("{}-{at}", slot.id) };
            view! {
                <label class="tile" title=tile.label>
                    <input
                        type="radio"
                        id=id
                        name=slot.name.clone()
                        checked=tile.value == start
                        value=tile.value
                        node_ref=node
                        on:change:target=move |event| typed(event.target().value())
                    />
                    <span class="tile-face">{face(tile.picture)}</span>
                    <span class="visually-hidden">{tile.label}</span>
                </label>
            }
        })
        .collect_view();
    let (described, wrong) = (described_by(&slot, false), invalid(&slot));
    view! {
        <fieldset class="field" aria-describedby=described data-invalid=wrong>
            <legend class="field-label">{label}</legend>
            <div class="tiles">{radios}</div>
            <FieldNotes at=slot hint=None/>
        </fieldset>
    }
    .into_any()
}

fn face(picture: Picture) -> AnyView {
    match picture {
        Picture::Icon("") => view! { <span class="tile-none" aria-hidden="true"></span> }.into_any(),
        Picture::Icon(icon) => view! { <Icon name=icon/> }.into_any(),
        Picture::Colour(colour) => view! {
            <svg class=format!("swatch swatch-{}", colour + 1) aria-hidden="true" viewBox="0 0 10 10">
                <rect width="10" height="10" rx="3"></rect>
            </svg>
        }
        .into_any(),
    }
}

#[cfg(test)]
mod tests {
    #[test]
    fn every_picture_that_can_be_chosen_is_in_the_set() {
        let set = include_str!("../../../public/icons.svg");
        for (icon, _) in ledger::categories::ICONS {
            assert!(set.contains(&format!("id=\"{icon}\"")), "{icon}");
        }
    }
}
