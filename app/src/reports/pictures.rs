//! Marks of pictures: places in whole numbers, so that both sides draw the same.

use leptos::prelude::*;

/// Units from the bottom of a picture to its top.
pub(super) const TOP: i64 = 1000;

/// Where amounts stand in a picture that reaches from the least of them, or nothing, to the greatest.
#[derive(Clone, Copy)]
pub(super) struct Scale {
    least: i128,
    reach: i128,
}

impl Scale {
    pub fn of(minors: impl Iterator<Item = i64> + Clone) -> Self {
        let least = i128::from(minors.clone().min().unwrap_or(0).min(0));
        let most = i128::from(minors.max().unwrap_or(0).max(0));
        Self { least, reach: (most - least).max(1) }
    }

    /// Units below the top.
    pub fn at(self, minor: i64) -> i64 {
        let height = (i128::from(minor) - self.least) * i128::from(TOP) / self.reach;
        TOP - i64::try_from(height).unwrap_or(TOP)
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
}
