//! Exact amounts of money: whole minor units and a currency, never a float.

mod format;
mod parse;

pub use format::NumberFormat;
pub use parse::AmountError;

use serde::{Deserialize, Serialize};

use crate::currency::Currency;

/// An exact amount.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Money {
    pub currency: Currency,
    /// Minor units (paise, cents; yen for a currency without them). May be negative in a balance.
    pub minor: i64,
}

/// The largest amount of one record, account or limit, in minor units: 13 digits before two decimals.
/// Nine thousand of them still fit an `i64`.
pub const AMOUNT_MAX: i64 = 999_999_999_999_999;

impl Money {
    pub const fn new(minor: i64, currency: Currency) -> Self {
        Self { currency, minor }
    }

    pub const fn zero(currency: Currency) -> Self {
        Self::new(0, currency)
    }

    /// The same number in another currency: 500.00 rupees become 500 yen. `None` when that currency has too few
    /// digits for it, or when it does not fit.
    pub fn renamed(self, currency: Currency) -> Option<Self> {
        let (before, after) = (self.currency.exponent(), currency.exponent());
        let scale = 10_i64.checked_pow(before.abs_diff(after))?;
        let minor = if after >= before {
            self.minor.checked_mul(scale)?
        } else {
            (self.minor % scale == 0).then_some(self.minor / scale)?
        };
        (minor.unsigned_abs() <= AMOUNT_MAX.unsigned_abs()).then_some(Self::new(minor, currency))
    }

    /// `None` when the currencies differ or the sum does not fit.
    pub fn checked_add(self, other: Self) -> Option<Self> {
        let minor = self.minor.checked_add(other.minor)?;
        (self.currency == other.currency).then_some(Self::new(minor, self.currency))
    }

    /// `None` when the currencies differ or the difference does not fit.
    pub fn checked_sub(self, other: Self) -> Option<Self> {
        let minor = self.minor.checked_sub(other.minor)?;
        (self.currency == other.currency).then_some(Self::new(minor, self.currency))
    }

    /// Splits by weights so that the parts add up exactly: what is left over after rounding towards
    /// zero goes, one minor unit each, to the largest remainders, the earlier part first.
    /// No parts, or weights that are all zero, give an empty answer. No weight is below zero.
    pub fn split(self, weights: &[i64]) -> Vec<Self> {
        let whole: i128 = weights.iter().map(|weight| i128::from(*weight)).sum();
        if whole == 0 {
            return Vec::new();
        }
        let shares: Vec<i128> = weights.iter().map(|weight| i128::from(self.minor) * i128::from(*weight)).collect();
        let mut parts: Vec<i128> = shares.iter().map(|share| share / whole).collect();
        let missing = i128::from(self.minor) - parts.iter().sum::<i128>();
        let mut order: Vec<usize> = (0..parts.len()).collect();
        order.sort_by_key(|&part| std::cmp::Reverse((shares[part] % whole).abs()));
        for &part in order.iter().take(usize::try_from(missing.abs()).unwrap_or(usize::MAX)) {
            parts[part] += missing.signum();
        }
        parts.into_iter().map(|part| Self::new(clamp(part), self.currency)).collect()
    }
}

/// The nearest `i64`: sums are carried in 128 bits and can leave the range only in a book made to do so.
pub(crate) fn clamp(minor: i128) -> i64 {
    i64::try_from(minor).unwrap_or(if minor < 0 { i64::MIN } else { i64::MAX })
}

/// The exact sum of minor units of one currency.
pub fn sum(amounts: impl IntoIterator<Item = i64>) -> i64 {
    clamp(amounts.into_iter().map(i128::from).sum())
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn a_number_keeps_its_value_in_another_currency_or_does_not_fit() {
        for (minor, from, to, renamed) in [
            (50_000, Currency::INR, Currency::EUR, Some(50_000)),
            (50_000, Currency::INR, Currency::JPY, Some(500)),
            (50_050, Currency::INR, Currency::JPY, None),
            (-500, Currency::JPY, Currency::BHD, Some(-500_000)),
            (AMOUNT_MAX, Currency::JPY, Currency::INR, None),
            (i64::MIN, Currency::INR, Currency::BHD, None),
        ] {
            let expected = renamed.map(|minor| Money::new(minor, to));
            assert_eq!(Money::new(minor, from).renamed(to), expected, "{minor} {from} in {to}");
        }
    }

    #[test]
    fn a_split_gives_the_largest_remainders_the_odd_units() {
        let split = |minor, weights: &[i64]| -> Vec<i64> {
            Money::new(minor, Currency::INR).split(weights).iter().map(|part| part.minor).collect()
        };
        assert_eq!(split(10_000, &[1, 1, 1]), [3334, 3333, 3333]);
        assert_eq!(split(-1000, &[1, 1, 1]), [-334, -333, -333]);
        assert_eq!(split(1, &[1, 1]), [1, 0]);
        assert_eq!(split(1000, &[3, 2, 1]), [500, 333, 167]);
        assert_eq!(split(-1000, &[1, 2, 3]), [-167, -333, -500]);
        assert_eq!(split(100, &[1, 0, 5]), [17, 0, 83]);
        assert!(split(1, &[]).is_empty());
    }

    #[test]
    fn different_currencies_never_add_up() {
        assert_eq!(Money::new(1, Currency::INR).checked_add(Money::new(1, Currency::USD)), None);
        assert_eq!(Money::new(i64::MAX, Currency::INR).checked_add(Money::new(1, Currency::INR)), None);
    }

    proptest! {
        #[test]
        fn the_parts_of_a_split_add_up(minor in -AMOUNT_MAX..AMOUNT_MAX, weights in proptest::collection::vec(1_i64..AMOUNT_MAX, 1..20)) {
            let parts = Money::new(minor, Currency::INR).split(&weights);
            prop_assert_eq!(sum(parts.iter().map(|part| part.minor)), minor);
        }

        /// Counted out unit by unit, as nobody would do it: the next one to whom most of a unit is still owed.
        #[test]
        fn each_part_of_a_split_is_what_counting_out_the_units_gives(
            minor in 0_i64..400, weights in proptest::collection::vec(0_i64..60, 1..8)
        ) {
            let whole: i64 = weights.iter().sum();
            prop_assume!(whole > 0);
            let split: Vec<i64> = Money::new(minor, Currency::INR).split(&weights).iter().map(|part| part.minor).collect();
            for (part, weight) in split.iter().zip(&weights) {
                prop_assert!((part * whole - minor * weight).abs() < whole, "within a unit of what is exact: {split:?}");
            }
            // Whole units first, each while there is one to take.
            let mut counted: Vec<i64> = vec![0; weights.len()];
            for (part, weight) in counted.iter_mut().zip(&weights) {
                while (*part + 1) * whole <= minor * weight {
                    *part += 1;
                }
            }
            while sum(counted.iter().copied()) < minor {
                let owed = |at: usize| minor * weights[at] - counted[at] * whole;
                let next = (0..weights.len()).rev().max_by_key(|at| owed(*at)).expect("a part");
                counted[next] += 1;
            }
            prop_assert_eq!(split, counted);
        }

        #[test]
        fn what_is_shown_can_be_typed_again(minor in 0..AMOUNT_MAX, locale in prop_oneof!["en-IN", "en-US", "de-DE", "fr-FR", "de-CH", "hi-IN"]) {
            let format = NumberFormat::of(&locale);
            for currency in [Currency::INR, Currency::JPY, Currency::BHD] {
                let money = Money::new(minor, currency);
                prop_assert_eq!(Money::parse(&format.plain(money), currency, format), Ok(money));
                prop_assert_eq!(Money::parse(&format.money(money), currency, format), Ok(money));
            }
        }

        #[test]
        fn nonsense_is_refused_or_exact_but_never_a_panic(typed in ".{0,40}") {
            let _ = Money::parse(&typed, Currency::INR, NumberFormat::of("en-IN"));
        }
    }
}
