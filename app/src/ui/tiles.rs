//! One of many pictures or colours, all in sight.

use leptos::prelude::*;

use super::icon::Icon;
use super::radios::{Radio, Radios};

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
    let radio = |tile: Tile| Radio {
        value: tile.value,
        title: Some(tile.label),
        face: view! {
            <span class="tile-face">{face(tile.picture)}</span>
            <span class="visually-hidden">{tile.label}</span>
        }
        .into_any(),
    };
    let radios = tiles.into_iter().map(radio).collect();
    view! { <Radios label name look="tile" radios value on_input/> }.into_any()
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
