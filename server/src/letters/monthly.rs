//! The monthly report as a letter: names, amounts and shares, ready to be set.

use backend::reports::MonthlyReport;
use ledger::records::{Kind, Record};

/// How many categories and how many of the largest expenses a letter names.
const CATEGORIES: usize = 8;
const LARGEST: usize = 5;

pub(super) struct MonthlyLetter {
    pub name: String,
    /// " in the book Household", where there are others; else empty.
    pub place: String,
    /// Such as "November 2026".
    pub month: String,
    pub income: String,
    pub expenses: String,
    pub saved: String,
    /// Such as "23 % of the income stayed."; empty without income.
    pub rate: String,
    /// "₹1,240.00 less than the month before", or empty when nothing was spent in either.
    pub compared: String,
    pub categories: Vec<Bar>,
    pub largest: Vec<Expense>,
    /// The report on its page.
    pub link: String,
}

/// A category with its part of all that was spent.
pub(super) struct Bar {
    pub name: String,
    pub amount: String,
    /// Whole percent.
    pub share: i64,
}

pub(super) struct Expense {
    pub day: String,
    pub what: String,
    pub amount: String,
}

impl MonthlyLetter {
    pub fn new(name: String, base_url: &str, month: &MonthlyReport) -> Self {
        let MonthlyReport { title, report, book, format } = month;
        let money = |minor| format.money(report.money(minor));
        let spent = report.categories.iter().filter(|line| line.kind == Kind::Expense);
        let named = |record: &Record| match record.payee.as_str() {
            "" => book.category_name(record.flow.category()).to_owned(),
            payee => payee.to_owned(),
        };
        let expense = |record: &Record| Expense {
            day: record.day.format("%-d %b").to_string(),
            what: named(record),
            amount: money(record.home),
        };
        let largest = report.closer.iter().flat_map(|closer| closer.largest.iter().take(LARGEST).map(expense));
        Self {
            name,
            place: title.as_ref().map(|title| format!(" in the book {title}")).unwrap_or_default(),
            month: report.choice.words(),
            income: money(report.flows.income),
            expenses: money(report.flows.expenses),
            saved: money(report.flows.saved()),
            rate: report.flows.savings_rate().map(|rate| format!("{rate} % of the income stayed.")).unwrap_or_default(),
            compared: compared(report.flows.expenses, report.before.expenses, &money),
            categories: spent
                .take(CATEGORIES)
                .map(|line| Bar {
                    name: book.category_name(line.category).to_owned(),
                    amount: money(line.minor),
                    share: report.share(Kind::Expense, line.minor),
                })
                .collect(),
            largest: largest.collect(),
            link: format!("{base_url}{}", report.choice.url()),
        }
    }
}

impl Bar {
    /// The width of its bar in percent: whatever is there can be seen.
    pub fn width(&self) -> i64 {
        self.share.clamp(1, 100)
    }
}

fn compared(now: i64, before: i64, money: &impl Fn(i64) -> String) -> String {
    let by = money(now.saturating_sub(before).saturating_abs());
    match now.cmp(&before) {
        _ if before == 0 => String::new(),
        std::cmp::Ordering::Less => format!("{by} less than the month before"),
        std::cmp::Ordering::Greater => format!("{by} more than the month before"),
        std::cmp::Ordering::Equal => "as much as the month before".to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::super::Letter;
    use super::*;

    #[test]
    fn a_monthly_report_draws_its_bars_and_escapes_every_value() {
        let letter = MonthlyLetter {
            name: "Asha <b>".into(),
            place: String::new(),
            month: "January 2027".into(),
            income: "₹1,000.00".into(),
            expenses: "₹750.00".into(),
            saved: "₹250.00".into(),
            rate: "25 % of the income stayed.".into(),
            compared: "₹10.00 less than the month before".into(),
            categories: vec![Bar { name: "Food & <i>drink</i>".into(), amount: "₹750.00".into(), share: 64 }],
            largest: vec![Expense {
                day: "14 Jan".into(),
                what: "<script>alert(1)</script>".into(),
                amount: "₹700.00".into(),
            }],
            link: "https://money.example.org/reports?span=month&at=2027-01-01".into(),
        };
        let to = || "asha@example.com".parse().expect("a mailbox");
        let Letter::Send(message) = letter.written(to(), "key").expect("a letter") else { panic!("not sent") };
        assert_eq!(message.subject, "Your January 2027 in Expenso");
        for hidden in ["<i>", "<b>", "<script", "<img"] {
            assert!(!message.html.contains(hidden), "{hidden} in {}", message.html);
        }
        assert!(message.html.contains("width=\"64%\"") && message.html.contains("64 %"));
        assert!(message.text.contains("Food & <i>drink</i>: ₹750.00 (64 %)"), "{}", message.text);
        assert!(message.text.contains("Spent:  ₹750.00 (₹10.00 less than the month before)"));
        assert!(message.text.contains("https://money.example.org/reports?span=month&at=2027-01-01"));
        // Whoever has several books is told which one it is.
        let letter = MonthlyLetter { place: " in the book <Flat>".into(), ..letter };
        let Letter::Send(message) = letter.written(to(), "key").expect("a letter") else { panic!("not sent") };
        assert_eq!(message.subject, "Your January 2027 in the book <Flat>");
        assert!(message.text.contains("open this book first") && !message.html.contains("<Flat>"));
    }
}
