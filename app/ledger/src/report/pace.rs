//! What was spent up to each day: two periods of which one is not over yet stand beside each other day by day.

use crate::money::{clamp, sum};

/// The sums up to each day, in minor units.
pub fn running(days: impl IntoIterator<Item = i64>) -> Vec<i64> {
    days.into_iter()
        .scan(0, |so_far, minor| {
            *so_far = sum([*so_far, minor]);
            Some(*so_far)
        })
        .collect()
}

/// The average of running sums, as long as the longest; what is shorter stays where it ended.
pub fn average(periods: &[Vec<i64>]) -> Vec<i64> {
    let longest = periods.iter().map(Vec::len).max().unwrap_or_default();
    let at = |period: &Vec<i64>, day: usize| period.get(day).or(period.last()).copied().unwrap_or_default();
    let count = i128::try_from(periods.len().max(1)).unwrap_or(1);
    (0..longest)
        .map(|day| clamp(periods.iter().map(|period| i128::from(at(period, day))).sum::<i128>() / count))
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn days_add_up_and_a_short_month_stays_where_it_ended() {
        assert_eq!(running([1, 0, 4]), [1, 1, 5]);
        assert_eq!(running([i64::MAX, 1]).len(), 2);
        assert_eq!(average(&[vec![3, 6], vec![9], vec![0, 0, 30]]), [4, 5, 15]);
        assert_eq!(average(&[]), [] as [i64; 0]);
    }
}
