//! What a chart shows: exact amounts, and where the records behind each of them are.

use ledger::categories::COLOURS;
use ledger::money::sum;
use ledger::report::{share, whole};
use ledger::{Money, NumberFormat};

/// How it is drawn.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ChartKind {
    /// Shares of one whole; the first series only.
    Doughnut,
    /// Side by side over time.
    Bars,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ChartData {
    pub kind: ChartKind,
    /// What the labels are: "Category", "Month", "Day".
    pub heading: String,
    pub labels: Vec<ChartLabel>,
    pub series: Vec<Series>,
    /// Drawn over the bars, and in no table: it says what the bars do together.
    pub line: Option<Series>,
    /// How its amounts are written.
    pub format: NumberFormat,
}

#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ChartLabel {
    pub text: String,
    /// Where there is little room, as on an axis.
    pub short: String,
    /// Which of the chart colours its slice has, from 0; `None` for whichever is free. Bars have that of their series.
    pub colour: Option<u8>,
}

/// What a series counts, which gives it its colour.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SeriesTone {
    Spending,
    Income,
    /// What is left of the two.
    Net,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Series {
    pub name: String,
    pub tone: SeriesTone,
    /// One for each label, all in one currency.
    pub values: Vec<ChartValue>,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ChartValue {
    pub money: Money,
    /// Where exactly the records that make it up are listed, or `?…` where the chart itself shows what is inside it.
    pub href: String,
}

impl ChartValue {
    /// Whether it shows what is inside it on the same page.
    pub(super) fn opens(&self) -> bool {
        self.href.starts_with('?')
    }
}

impl ChartData {
    pub(super) fn value(&self, series: usize, at: usize) -> Option<&ChartValue> {
        self.drawn(series)?.values.get(at)
    }

    /// Whether it has nothing to show.
    pub(super) fn is_empty(&self) -> bool {
        self.series.iter().chain(&self.line).all(|series| series.values.iter().all(|value| value.money.minor == 0))
    }

    /// The series in the order they are drawn in, the line last.
    fn drawn(&self, series: usize) -> Option<&Series> {
        self.series.iter().chain(&self.line).nth(series)
    }

    /// The words of one point: "Groceries" and "₹1,240.00", each on a line.
    pub(super) fn words(&self, series: usize, at: usize) -> String {
        let label = self.labels.get(at).map(|label| label.text.as_str()).unwrap_or_default();
        let Some(value) = self.value(series, at) else { return label.to_owned() };
        let amount = self.format.money(value.money);
        match self.drawn(series) {
            Some(series) if self.series.len() > 1 => format!("{label}\n{}: {amount}", series.name),
            _ => format!("{label}\n{amount}"),
        }
    }

    /// The amounts of its slices, in minor units.
    fn slices(&self) -> impl Iterator<Item = i64> + '_ {
        self.series.first().into_iter().flat_map(|series| &series.values).map(|value| value.money.minor)
    }

    /// The whole percent that a value has in its series.
    pub(super) fn share(&self, at: usize) -> i64 {
        share(self.slices().nth(at).unwrap_or_default(), whole(self.slices()))
    }

    /// What is left when the first `named` slices are named: how many others, what they come to, and their share in
    /// whole percent.
    pub(super) fn others(&self, named: usize) -> Option<(usize, Money, i64)> {
        let currency = self.value(0, 0)?.money.currency;
        let count = self.slices().skip(named).count();
        let minor = sum(self.slices().skip(named));
        (count > 0).then(|| (count, Money::new(minor, currency), share(minor, whole(self.slices()))))
    }

    /// Where each slice begins on a ring that is `round` long, and how long it is.
    pub(super) fn arcs(&self, round: i64) -> Vec<(i64, i64)> {
        let whole = i128::from(whole(self.slices()).max(1));
        let mut before = 0_i128;
        let mut place = |minor: i64| {
            before += i128::from(minor);
            i64::try_from(before * i128::from(round) / whole).unwrap_or(round).min(round)
        };
        let mut from = 0;
        let arc = |minor: i64| {
            let (start, end) = (from, place(minor.max(0)));
            from = end;
            (start, end - start)
        };
        self.slices().map(arc).collect()
    }

    /// The colour of each label, from 0. The first that asks for a colour has it; who comes later, or asks for
    /// none, has the next that nobody has. With more labels than colours some must look alike.
    pub(super) fn colours(&self) -> Vec<u8> {
        let mut taken = [false; COLOURS as usize];
        let mut claim = |colour: u8| !std::mem::replace(&mut taken[usize::from(colour)], true);
        let asked: Vec<(u8, bool)> = self
            .labels
            .iter()
            .map(|label| label.colour.map_or((0, false), |colour| (colour % COLOURS, claim(colour % COLOURS))))
            .collect();
        let given = asked.into_iter().map(|(colour, is_own)| {
            let mut others = (colour..COLOURS).chain(0..colour);
            if is_own { colour } else { others.find(|other| claim(*other)).unwrap_or(colour) }
        });
        given.collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use ledger::Currency;

    fn data(minors: &[i64], colours: &[Option<u8>]) -> ChartData {
        let value = |minor: &i64| ChartValue { money: Money::new(*minor, Currency::INR), href: String::new() };
        let label = |colour: &Option<u8>| ChartLabel { colour: *colour, ..ChartLabel::default() };
        let values = minors.iter().map(value).collect();
        ChartData {
            kind: ChartKind::Doughnut,
            heading: String::new(),
            labels: colours.iter().map(label).collect(),
            series: vec![Series { name: "Spent".into(), tone: SeriesTone::Spending, values }],
            line: None,
            format: NumberFormat::of("en-IN"),
        }
    }

    #[test]
    fn a_share_is_rounded_to_the_nearest_percent() {
        let data = data(&[1, 2, 0], &[]);
        assert_eq!([data.share(0), data.share(1), data.share(2), data.share(9)], [33, 67, 0, 0]);
    }

    #[test]
    fn what_is_not_named_is_told_together() {
        let data = data(&[60, 30, 8, 4, -2], &[None; 5]);
        let others = |named| data.others(named).map(|(count, money, share)| (count, money.minor, share));
        assert_eq!((others(3), others(5)), (Some((2, 2, 2)), None));
    }

    #[test]
    fn a_ring_goes_once_round_and_what_came_back_is_no_part_of_it() {
        let of = |minors: &[i64]| data(minors, &[]).arcs(1000);
        assert_eq!(of(&[1, 1, 1, -5]), [(0, 333), (333, 333), (666, 334), (1000, 0)]);
        assert_eq!(of(&[i64::MAX, 0]), [(0, 1000), (1000, 0)]);
        assert_eq!(of(&[-1]), [(0, 0)]);
    }

    #[test]
    fn no_two_slices_share_a_colour_while_one_is_free() {
        let colours = |wished: &[Option<u8>]| data(&[], wished).colours();
        assert_eq!(colours(&[Some(8), Some(0), None]), [8, 0, 1]);
        assert_eq!(colours(&[Some(3), Some(3), Some(4)]), [3, 5, 4], "who asks in vain takes no colour of another");
        assert_eq!(colours(&[Some(11), Some(23), None]), [11, 0, 1]);
        let all: Vec<Option<u8>> = (0..15).map(|place| Some(place % COLOURS)).collect();
        assert_eq!(colours(&all)[..12], [0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11]);
        assert_eq!(colours(&all)[12..], [0, 1, 2], "fifteen slices need more than twelve colours");
    }
}
