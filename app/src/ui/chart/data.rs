//! What a chart shows: exact amounts, and where the records behind each of them are.

use ledger::categories::COLOURS;
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

    /// The whole percent that a value has in its series.
    pub(super) fn share(&self, at: usize) -> i64 {
        let Some(series) = self.series.first() else { return 0 };
        let whole: i128 = series.values.iter().map(|value| i128::from(value.money.minor.max(0))).sum();
        let part = series.values.get(at).map_or(0, |value| i128::from(value.money.minor.max(0)));
        if whole == 0 { 0 } else { i64::try_from((part * 200 + whole) / (whole * 2)).unwrap_or_default() }
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
