//! The order that a person gives to what stands side by side, such as categories or accounts.

/// Where something in a list goes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Move {
    Up,
    Down,
    /// To this place, from 0; behind the last one where there are fewer.
    To(usize),
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("Choose up or down")]
pub struct UnknownMove;

/// `up`, `down` or the number of a place.
impl std::str::FromStr for Move {
    type Err = UnknownMove;
    fn from_str(text: &str) -> Result<Self, UnknownMove> {
        match text {
            "up" => Ok(Self::Up),
            "down" => Ok(Self::Down),
            place => place.parse().map(Self::To).map_err(|_| UnknownMove),
        }
    }
}

/// The list with one of its things moved; as it was where that is not in it, or stands at the end already.
#[must_use]
pub fn moved<T: Copy + PartialEq>(list: &[T], one: T, to: Move) -> Vec<T> {
    let mut list = list.to_vec();
    let Some(at) = list.iter().position(|other| *other == one) else { return list };
    let end = list.len() - 1;
    let place = match to {
        Move::Up => at.saturating_sub(1),
        Move::Down => at.saturating_add(1).min(end),
        Move::To(place) => place.min(end),
    };
    let one = list.remove(at);
    list.insert(place, one);
    list
}

/// The place of something new: behind all, where they were ever put in order.
pub(crate) fn behind(places: impl Iterator<Item = i64>) -> i64 {
    match places.max().unwrap_or_default() {
        0 => 0,
        last => last.saturating_add(1),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_moves_and_the_others_keep_their_order() {
        for (one, to, order) in [
            ('a', "up", "abcd"),
            ('b', "up", "bacd"),
            ('c', "down", "abdc"),
            ('d', "down", "abcd"),
            ('a', "2", "bcad"),
            ('d', "0", "dabc"),
            ('b', "99", "acdb"),
            ('x', "up", "abcd"),
        ] {
            let list: Vec<char> = "abcd".chars().collect();
            let found: String = moved(&list, one, to.parse().expect("a move")).into_iter().collect();
            assert_eq!(found, order, "{one} {to}");
        }
        assert_eq!("sideways".parse::<Move>(), Err(UnknownMove));
    }

    #[test]
    fn what_is_new_stands_behind_all_that_were_put_in_order() {
        assert_eq!([behind([].into_iter()), behind([0, 0].into_iter()), behind([0, 4].into_iter())], [0, 0, 5]);
    }
}
