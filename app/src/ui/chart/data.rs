//! What a chart shows: exact amounts with their words.

/// How it is drawn.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum ChartKind {
    /// Shares of one whole; the first series only.
    Doughnut,
    /// Side by side over time.
    #[default]
    Bars,
}

#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ChartData {
    pub kind: ChartKind,
    /// What the labels are: "Category", "Month", "Day".
    pub heading: String,
    pub labels: Vec<ChartLabel>,
    pub series: Vec<Series>,
}

#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ChartLabel {
    pub text: String,
    /// Where there is little room, as on an axis.
    pub short: String,
    /// Where the records behind it are.
    pub href: Option<String>,
}

/// What a series counts, which gives it its colour.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum SeriesTone {
    Spending,
    Income,
    #[default]
    Neutral,
}

#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Series {
    pub name: String,
    pub tone: SeriesTone,
    /// One for each label.
    pub values: Vec<ChartValue>,
    /// Minor units in one major unit (1, 100, 1000); only axes need it.
    pub scale: u32,
}

#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ChartValue {
    /// Minor units.
    pub minor: i64,
    /// The formatted amount.
    pub text: String,
}

impl ChartData {
    /// The words of one point: "Groceries: ₹1,240.00".
    #[cfg_attr(not(feature = "hydrate"), expect(dead_code, reason = "only a drawn chart has points to hover"))]
    pub(super) fn words(&self, series: usize, at: usize) -> String {
        let label = self.labels.get(at).map(|label| label.text.as_str()).unwrap_or_default();
        let Some(series) = self.series.get(series) else { return label.to_owned() };
        let amount = series.values.get(at).map(|value| value.text.as_str()).unwrap_or_default();
        if self.series.len() > 1 { format!("{label}\n{}: {amount}", series.name) } else { format!("{label}\n{amount}") }
    }

    /// The whole percent that a value has in its series.
    pub(super) fn share(&self, at: usize) -> i64 {
        let Some(series) = self.series.first() else { return 0 };
        let whole: i128 = series.values.iter().map(|value| i128::from(value.minor.max(0))).sum();
        let part = series.values.get(at).map_or(0, |value| i128::from(value.minor.max(0)));
        if whole == 0 { 0 } else { i64::try_from((part * 200 + whole) / (whole * 2)).unwrap_or_default() }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_share_is_rounded_to_the_nearest_percent() {
        let values = [1, 2, 0].map(|minor| ChartValue { minor, text: String::new() }).to_vec();
        let data = ChartData { series: vec![Series { values, ..Series::default() }], ..ChartData::default() };
        assert_eq!([data.share(0), data.share(1), data.share(2), data.share(9)], [33, 67, 0, 0]);
    }
}
