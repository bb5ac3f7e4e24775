//! How a category looks: its picture and its colour.

/// How many chart colours there are.
pub const COLOURS: u8 = 12;

/// What the colours are called, in their order.
pub const COLOUR_NAMES: [&str; COLOURS as usize] =
    ["Green", "Lilac", "Navy", "Blue", "Plum", "Sky blue", "Burgundy", "Olive", "Amber", "Brown", "Violet", "Sage"];

/// The pictures that can be chosen: the id in the icon set, and what it shows.
pub const ICONS: [(&str, &str); 48] = [
    ("shopping-basket", "Basket"),
    ("shopping-cart", "Trolley"),
    ("utensils", "Fork and knife"),
    ("coffee", "Cup"),
    ("bus", "Bus"),
    ("train", "Train"),
    ("car", "Car"),
    ("fuel", "Fuel pump"),
    ("plane", "Plane"),
    ("house", "House"),
    ("key-round", "Key"),
    ("plug", "Plug"),
    ("zap", "Lightning"),
    ("smartphone", "Phone"),
    ("wifi", "Wireless"),
    ("laptop", "Computer"),
    ("heart-pulse", "Heartbeat"),
    ("stethoscope", "Stethoscope"),
    ("pill", "Pill"),
    ("dumbbell", "Dumbbell"),
    ("scissors", "Scissors"),
    ("graduation-cap", "Graduation cap"),
    ("book-open", "Book"),
    ("baby", "Baby"),
    ("paw-print", "Paw"),
    ("shopping-bag", "Shopping bag"),
    ("shirt", "Shirt"),
    ("store", "Shop"),
    ("clapperboard", "Clapperboard"),
    ("ticket", "Ticket"),
    ("party-popper", "Party"),
    ("gift", "Gift"),
    ("heart", "Heart"),
    ("hand-helping", "Helping hand"),
    ("hand-coins", "Coins in a hand"),
    ("wrench", "Spanner"),
    ("shield", "Shield"),
    ("file-text", "Paper"),
    ("globe", "Globe"),
    ("sparkles", "Sparkles"),
    ("piggy-bank", "Piggy bank"),
    ("landmark", "Bank"),
    ("credit-card", "Card"),
    ("briefcase", "Briefcase"),
    ("percent", "Percent"),
    ("trending-up", "Rising line"),
    ("circle-ellipsis", "Three dots"),
    ("circle-plus", "Plus"),
];

/// The id of the set's icon, if it can be chosen.
pub(super) fn known_icon(name: &str) -> Option<&'static str> {
    ICONS.into_iter().map(|(icon, _)| icon).find(|icon| *icon == name)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_category_of_a_new_book_has_a_picture_that_can_be_chosen() {
        for (name, _, icon) in super::super::STARTERS {
            assert_eq!(known_icon(icon), Some(icon), "{name}");
        }
    }
}
