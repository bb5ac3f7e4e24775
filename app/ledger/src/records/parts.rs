//! A record split over categories: each part has an amount, and together they are the record's, exactly.

use serde::{Deserialize, Serialize};

use super::{Kind, Record};
use crate::form::FieldErrors;
use crate::id::CategoryId;
use crate::money::Money;

/// The most parts that a record can have.
pub const PARTS_MAX: usize = 20;

#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Part {
    pub category: Option<CategoryId>,
    /// Minor units of the record's currency, more than nothing.
    pub minor: i64,
    pub note: String,
}

impl Record {
    /// Its category, or those of its parts; none for a transfer.
    pub fn categories(&self) -> impl Iterator<Item = Option<CategoryId>> {
        let whole = (self.parts.is_empty() && self.kind() != Kind::Transfer).then(|| self.flow.category());
        whole.into_iter().chain(self.parts.iter().map(|part| part.category))
    }

    /// What each category has of it: minor units of its own currency, and of the home currency, where what is left
    /// over after rounding goes to the largest remainders.
    pub fn shares(&self) -> Vec<(Option<CategoryId>, i64, i64)> {
        if self.parts.is_empty() {
            return vec![(self.flow.category(), self.amount.minor, self.home)];
        }
        let weights: Vec<i64> = self.parts.iter().map(|part| part.minor).collect();
        // The currency does not matter to the split.
        let homes = Money::new(self.home, self.amount.currency).split(&weights);
        let shares = self.parts.iter().zip(homes);
        shares.map(|(part, home)| (part.category, part.minor, home.minor)).collect()
    }

    /// The same with one category in place of another. Parts that are of one category then are one part.
    #[must_use]
    pub fn refiled(&self, from: CategoryId, to: CategoryId) -> Self {
        if self.parts.is_empty() {
            return if self.flow.category() == Some(from) { self.filed(Some(to)) } else { self.clone() };
        }
        let mut parts: Vec<Part> = Vec::new();
        for part in &self.parts {
            let category = if part.category == Some(from) { Some(to) } else { part.category };
            match parts.iter_mut().find(|known| known.category == category) {
                Some(known) => {
                    known.minor += part.minor;
                    known.note = joined(&known.note, &part.note);
                }
                None => parts.push(Part { category, ..part.clone() }),
            }
        }
        match parts.as_slice() {
            [one] => Self { parts: Vec::new(), note: joined(&self.note, &one.note), ..self.filed(one.category) },
            _ => Self { parts, ..self.clone() },
        }
    }

    /// Whether its parts, if it has any, are parts of it.
    pub(crate) fn check_parts(&self, errors: &mut FieldErrors) {
        if self.parts.is_empty() {
            return;
        }
        let whole: i128 = self.parts.iter().map(|part| i128::from(part.minor)).sum();
        let mut known: Vec<Option<CategoryId>> = self.parts.iter().map(|part| part.category).collect();
        known.sort_unstable();
        known.dedup();
        if self.kind() == Kind::Transfer || self.flow.category().is_some() {
            errors.add("parts", "Split expenses and income only");
        } else if !(2..=PARTS_MAX).contains(&self.parts.len()) {
            errors.add("parts", format!("Use two to {PARTS_MAX} parts"));
        } else if self.parts.iter().any(|part| part.minor <= 0) || whole != i128::from(self.amount.minor) {
            errors.add("parts", "The parts must be above zero and make the amount exactly");
        } else if known.len() < self.parts.len() {
            errors.add("parts", "Use each category once");
        }
    }
}

/// Two notes as one.
fn joined(one: &str, other: &str) -> String {
    [one, other].into_iter().filter(|note| !note.is_empty()).collect::<Vec<_>>().join("\n")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::currency::Currency;
    use crate::id::{AccountId, RecordId};
    use crate::records::Flow;
    use proptest::prelude::*;

    fn split(minors: &[i64], home: i64) -> Record {
        let amount = Money::new(minors.iter().sum(), Currency::USD);
        let flow = Flow::Expense { category: None };
        let plain = Record::plain(RecordId::NIL, crate::period::FIRST_DAY, amount, AccountId::NIL, flow);
        let id = |place: usize| CategoryId(uuid::Uuid::from_u128(place as u128 + 1));
        let part =
            |(place, minor): (usize, &i64)| Part { category: Some(id(place)), minor: *minor, note: String::new() };
        Record { home, parts: minors.iter().enumerate().map(part).collect(), ..plain }
    }

    #[test]
    fn what_is_left_over_goes_to_the_largest_remainders() {
        let homes = |minors: &[i64], home| split(minors, home).shares().iter().map(|share| share.2).collect::<Vec<_>>();
        assert_eq!(homes(&[100, 100, 100], 100), [34, 33, 33]);
        assert_eq!(homes(&[1, 2, 3], 1000), [167, 333, 500]);
        assert_eq!(homes(&[1, 1], 0), [0, 0]);
    }

    #[test]
    fn parts_that_do_not_add_up_are_refused() {
        let refused = |record: &Record| {
            let mut errors = FieldErrors::default();
            record.check_parts(&mut errors);
            errors.get("parts").is_some()
        };
        let good = split(&[300, 200], 500);
        assert!(!refused(&good));
        let with = |parts: Vec<Part>| Record { parts, ..good.clone() };
        let other = |minor| Part { minor, ..good.parts[1].clone() };
        assert!(refused(&with(vec![good.parts[0].clone()])));
        assert!(refused(&with(vec![good.parts[0].clone(), other(199)])));
        assert!(refused(&with(vec![good.parts[0].clone(), good.parts[0].clone()])));
        let nothing = Part { minor: 0, category: None, note: String::new() };
        assert!(refused(&with(vec![good.parts[0].clone(), other(200), nothing])));
        assert!(refused(&Record { flow: Flow::Transfer { to: AccountId::NIL }, ..good.clone() }));
    }

    #[test]
    fn parts_of_one_category_become_one() {
        let id = |place: u128| CategoryId(uuid::Uuid::from_u128(place));
        let three = split(&[100, 200, 300], 600);
        let two = three.refiled(id(2), id(1));
        assert_eq!(
            two.parts.iter().map(|part| (part.category, part.minor)).collect::<Vec<_>>(),
            [(Some(id(1)), 300), (Some(id(3)), 300)]
        );
        let one = two.refiled(id(3), id(1));
        assert_eq!((one.parts.len(), one.flow.category(), one.amount.minor), (0, Some(id(1)), 600));
        assert_eq!(three.refiled(id(9), id(1)), three);
    }

    proptest! {
        #[test]
        fn the_shares_of_a_record_add_up(minors in proptest::collection::vec(1_i64..1_000_000_000, 2..20), home in 0..crate::money::AMOUNT_MAX) {
            let shares = split(&minors, home).shares();
            prop_assert_eq!(shares.iter().map(|share| share.1).sum::<i64>(), minors.iter().sum::<i64>());
            prop_assert_eq!(shares.iter().map(|share| share.2).sum::<i64>(), home);
        }
    }
}
