//! Marks of pictures: places in whole numbers, so that both sides draw the same.

use leptos::prelude::*;

use ledger::{Currency, Money};

use crate::layout::me;

/// Units from the bottom of a picture to its top.
pub(super) const TOP: i64 = 1000;

/// Where amounts stand in a picture that reaches from the least of them, or nothing, to the greatest.
#[derive(Clone, Copy)]
pub(super) struct Scale {
    least: i128,
    most: i128,
}

/// A word beside or below a picture, and where it stands: tenths of a percent from the top or from the left.
pub(super) type Mark = (i64, String);

impl Scale {
    pub fn of(minors: impl Iterator<Item = i64> + Clone) -> Self {
        let least = i128::from(minors.clone().min().unwrap_or(0).min(0));
        let most = i128::from(minors.max().unwrap_or(0).max(0));
        Self { least, most }
    }

    /// Units below the top.
    pub fn at(self, minor: i64) -> i64 {
        let height = (i128::from(minor) - self.least) * i128::from(TOP) / (self.most - self.least).max(1);
        TOP - i64::try_from(height).unwrap_or(TOP)
    }

    /// The amounts that stand at its side, in minor units: the greatest, nothing, and the least, none of them so near
    /// to nothing that one would stand on the other.
    fn told(self) -> Vec<i64> {
        let most = i64::try_from(self.most).unwrap_or(i64::MAX);
        let least = i64::try_from(self.least).unwrap_or(i64::MIN);
        let is_apart = |minor: &i64| (self.at(*minor) - self.at(0)).abs() > TOP / 8;
        [most, least].into_iter().filter(is_apart).chain([0]).collect()
    }
}

/// The first, the middle and the last of `count` places, of which `name` has the names; `at` says where each stands.
pub(super) fn places(count: usize, name: impl Fn(usize) -> String, at: impl Fn(usize) -> i64) -> Vec<Mark> {
    let mut shown = vec![0, count / 2, count.saturating_sub(1)];
    shown.dedup();
    shown.into_iter().filter(|place| *place < count).map(|place| (at(place), name(place))).collect()
}

/// A picture with its amounts at the side and its places below it. A table tells all of it in words.
pub(super) fn framed<P: IntoView + 'static>(
    scale: Scale,
    home: Currency,
    places: Vec<Mark>,
    picture: P,
) -> impl IntoView + use<P> {
    let format = me().format();
    let amounts: Vec<Mark> =
        scale.told().into_iter().map(|minor| (scale.at(minor), format.brief(Money::new(minor, home)))).collect();
    let widest = amounts.iter().map(|(_, words)| words).max_by_key(|words| words.chars().count()).cloned();
    let percent = |tenths: i64| format!("{}.{}%", tenths / 10, tenths % 10);
    let amounts = amounts.into_iter().map(|(at, words)| {
        let down = if at < TOP / 10 { "0.75em" } else { "0.25em" };
        view! { <text x="100%" y=percent(at) dy=down text-anchor="end">{words}</text> }
    });
    let places = places.into_iter().map(|(at, words)| {
        let anchor = match at {
            ..150 => "start",
            850.. => "end",
            _ => "middle",
        };
        let x = if anchor == "middle" { percent(at) } else { percent(if at < 150 { 0 } else { 1000 }) };
        view! { <text class=format!("at-{anchor}") x=x y="1em" text-anchor=anchor>{words}</text> }
    });
    view! {
        <div class="picture-frame" aria-hidden="true">
            <div class="picture-scale num">
                // It gives the column its width, which what is drawn cannot.
                <span class="picture-widest">{widest}</span>
                <svg>{amounts.collect_view()}</svg>
            </div>
            {picture}
            <svg class="picture-places num">{places.collect_view()}</svg>
        </div>
    }
}

/// A bar as wide as its share, in whole percent, for a cell of a table.
pub fn share_bar(share: i64) -> impl IntoView {
    let width = share.clamp(0, 100).to_string();
    view! {
        <svg class="share-bar" viewBox="0 0 100 1" preserveAspectRatio="none" aria-hidden="true">
            <rect width=width height="1"></rect>
        </svg>
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn amounts_stand_between_bottom_and_top_whatever_they_are() {
        let scale = Scale::of([50, 100].into_iter());
        assert_eq!([scale.at(0), scale.at(50), scale.at(100)], [1000, 500, 0]);
        let scale = Scale::of([-100, 300].into_iter());
        assert_eq!([scale.at(-100), scale.at(0), scale.at(300)], [1000, 750, 0]);
        let scale = Scale::of([i64::MIN, i64::MAX].into_iter());
        assert_eq!([scale.at(i64::MIN), scale.at(i64::MAX)], [1000, 0]);
        assert_eq!(Scale::of(std::iter::empty()).at(0), 1000);
    }

    #[test]
    fn no_amount_at_the_side_stands_on_another() {
        let told = |minors: &[i64]| Scale::of(minors.iter().copied()).told();
        assert_eq!(told(&[50, 100]), [100, 0]);
        assert_eq!(told(&[-100, 300]), [300, -100, 0]);
        assert_eq!(told(&[-1, 300]), [300, 0]);
        assert_eq!(told(&[-300]), [-300, 0]);
        assert_eq!(told(&[]), [0]);
    }

    #[test]
    fn the_first_the_middle_and_the_last_place_are_named() {
        let named = |count| places(count, |place| place.to_string(), |place| i64::try_from(place * 10).unwrap_or(0));
        let of = |places: &[(i64, &str)]| places.iter().map(|(at, name)| (*at, (*name).to_owned())).collect::<Vec<_>>();
        assert_eq!(named(12), of(&[(0, "0"), (60, "6"), (110, "11")]));
        assert_eq!(named(2), of(&[(0, "0"), (10, "1")]));
        assert_eq!((named(1), named(0)), (of(&[(0, "0")]), of(&[])));
    }
}
