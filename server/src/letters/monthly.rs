//! The monthly report as a letter: names, amounts and shares, ready to be set.

use backend::reports::MonthlyReport;
use ledger::money::sum;
use ledger::period::Period;
use ledger::records::{Kind, Record};
use ledger::report::{Flows, share, whole};
use lettre::message::Mailbox;

use super::pictures::{self, PARTS};
use super::{Letter, Unwritten};
use crate::deliver::Picture;

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
    /// The last twelve, the oldest first; none where nothing came in or was spent in any of them.
    pub months: Vec<Month>,
    /// The pictures, as PNG, where there is anything to draw.
    pub bars: Option<Vec<u8>>,
    pub ring: Option<Vec<u8>>,
    pub largest: Vec<Expense>,
    /// The report on its page.
    pub link: String,
}

/// What came in and was spent in a month.
pub(super) struct Month {
    pub name: String,
    pub income: String,
    pub spent: String,
}

/// A category with its part of all that was spent.
pub(super) struct Bar {
    pub name: String,
    pub amount: String,
    /// Whole percent.
    pub share: i64,
    /// That of its part in the picture.
    pub colour: &'static str,
}

pub(super) struct Expense {
    pub day: String,
    pub what: String,
    pub amount: String,
}

impl MonthlyLetter {
    pub fn new(name: String, base_url: &str, month: &MonthlyReport) -> Self {
        let MonthlyReport { title, report, book, format } = month;
        let months = &report.months;
        let money = |minor| format.money(report.money(minor));
        let spent = report.categories.iter().filter(|line| line.kind == Kind::Expense);
        let rest = sum(spent.clone().skip(CATEGORIES).map(|line| line.minor));
        // Below zero where more was refunded of them than spent: the rows add up to what was spent in any case. Their
        // shares are those of the ring.
        let parts: Vec<i64> = spent.clone().take(CATEGORIES).map(|line| line.minor).chain([rest]).collect();
        let all = whole(parts.iter().copied());
        let others = (rest != 0).then(|| Bar {
            name: "All others".to_owned(),
            amount: money(rest),
            share: share(rest, all),
            colour: PARTS[CATEGORIES],
        });
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
                .clone()
                .take(CATEGORIES)
                .zip(PARTS)
                .map(|(line, colour)| Bar {
                    name: book.category_name(line.category).to_owned(),
                    amount: money(line.minor),
                    share: share(line.minor, all),
                    colour,
                })
                .chain(others)
                .collect(),
            months: if months.iter().all(|(_, flows)| *flows == Flows::default()) {
                Vec::new()
            } else {
                let month = |(month, flows): &(Period, Flows)| Month {
                    name: month.start.format("%b %Y").to_string(),
                    income: money(flows.income),
                    spent: money(flows.expenses),
                };
                months.iter().map(month).collect()
            },
            bars: pictures::bars(&months.iter().map(|(_, flows)| (flows.income, flows.expenses)).collect::<Vec<_>>()),
            ring: pictures::ring(&parts),
            largest: largest.collect(),
            link: format!("{base_url}{}", report.choice.url()),
        }
    }
}

/// The ids of the pictures.
const MONTHS: &str = "income-and-expenses";
const PARTS_OF_MONTH: &str = "categories";

impl MonthlyLetter {
    /// The letter with its pictures, where there is anything to draw.
    pub fn illustrated(&self, to: Mailbox, key: &str) -> Result<Letter, Unwritten> {
        let mut letter = self.written(to, key)?;
        if let Letter::Send(message) = &mut letter {
            let pictures = [(MONTHS, &self.bars), (PARTS_OF_MONTH, &self.ring)];
            message
                .pictures
                .extend(pictures.into_iter().filter_map(|(id, png)| Some(Picture { id, png: png.clone()? })));
        }
        Ok(letter)
    }

    /// What the bars show, for those who do not see them: the table below has every number.
    pub fn bars_in_words(&self) -> String {
        let now = self.months.last().map(|month| format!(": {} came in and {} was spent", month.income, month.spent));
        format!("Bars for income and expenses of the last twelve months. {}{}", self.month, now.unwrap_or_default())
    }

    /// The same of the ring.
    pub fn ring_in_words(&self) -> String {
        let parts: Vec<String> = self.categories.iter().map(|bar| format!("{} {} %", bar.name, bar.share)).collect();
        format!("A ring of what was spent by category: {}", parts.join(", "))
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
    use std::collections::BTreeMap;

    use chrono::Weekday;
    use ledger::categories::Category;
    use ledger::id::{AccountId, CategoryId};
    use ledger::report::{Report, ReportChoice, Step};
    use ledger::totals::{DailyTotals, Total, TotalKey, TotalKind};
    use ledger::{Book, Currency, NumberFormat};

    use super::*;

    /// January 2027, in which so much was spent in each of the categories "Kind 1", "Kind 2", …; minor units.
    fn spent(minors: &[i64]) -> MonthlyReport {
        let day = "2027-01-14".parse().expect("a day");
        let mut book = Book::new(Currency::INR, Weekday::Mon);
        let mut totals = DailyTotals::default();
        for (number, minor) in (1..).zip(minors) {
            let id = CategoryId(uuid::Uuid::from_u128(number));
            book.categories.insert(id, Category::plain(id, format!("Kind {number}"), Kind::Expense));
            let (kind, account) = (TotalKind::Expense, AccountId::NIL);
            totals.add_to(TotalKey { day, kind, account, category: id, currency: Currency::INR }, Total::one(*minor));
        }
        let choice = ReportChoice::of(Step::Month, day, Weekday::Mon);
        let mut report = Report::new(choice, Currency::INR, &totals, &BTreeMap::new());
        report.months = vec![(choice.period, report.flows)];
        MonthlyReport { title: None, report, book, format: NumberFormat::of("en-IN") }
    }

    /// The minor units of an amount such as "₹1,000.05".
    fn minor(amount: &str) -> i64 {
        let digits: i64 = amount.chars().filter(char::is_ascii_digit).collect::<String>().parse().expect("digits");
        if amount.starts_with('−') { -digits } else { digits }
    }

    #[test]
    fn what_is_beyond_the_largest_categories_stands_in_one_row_and_all_rows_add_up() {
        let eight: Vec<i64> = (4..=11).map(|number| number * 10_001).collect();
        for (beyond, row) in [
            (&[][..], None),
            (&[30_003][..], Some(("₹300.03", 5))),
            (&[30_003, 20_002, 10_001], Some(("₹600.06", 9))),
            (&[30_003, 20_002, -50_000], Some(("₹0.05", 0))),
            (&[30_003, 20_002, -50_005], None),
            // More came back than was spent.
            (&[30_003, -60_006], Some(("−₹300.03", 0))),
        ] {
            let month = spent(&[&eight[..], beyond].concat());
            let letter = MonthlyLetter::new("Asha".into(), "https://money.example.org", &month);
            let to = "asha@example.com".parse().expect("a mailbox");
            let Letter::Send(message) = letter.illustrated(to, "key").expect("a letter") else { panic!("not sent") };
            let rows: i64 = letter.categories.iter().map(|bar| minor(&bar.amount)).sum();
            assert_eq!(rows, minor(&letter.expenses), "{beyond:?}");
            assert_eq!(letter.categories.len(), CATEGORIES + usize::from(row.is_some()));
            assert!(message.text.contains("Kind 1: ₹400.04 (") && !message.text.contains("Kind 9"), "{}", message.text);
            assert!(message.html.contains("> Kind 1</td>") && !message.html.contains("Kind 9"), "{}", message.html);
            let Some((amount, share)) = row else {
                assert!(!message.text.contains("All others") && !message.html.contains("All others"), "{beyond:?}");
                continue;
            };
            assert!(message.text.contains(&format!("\nAll others: {amount} ({share} %)\n")), "{}", message.text);
            let (_, others) = message.html.split_once("></span> All others</td>").expect("a row of a table");
            let (others, _) = others.split_once("</tr>").expect("the end of the row");
            let cells: Vec<&str> = others.split("</td>").filter_map(|cell| cell.rsplit('>').next()).collect();
            assert_eq!(cells, [&format!("{share} %"), amount, ""], "{beyond:?}");
            assert!(message.html.contains(&format!(", All others {share} %\"")), "the ring says the same in words");
        }
    }

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
            categories: vec![Bar {
                name: "Food & <i>drink</i>".into(),
                amount: "₹750.00".into(),
                share: 64,
                colour: PARTS[0],
            }],
            months: vec![Month { name: "Jan 2027".into(), income: "₹1,000.00".into(), spent: "₹750.00".into() }],
            bars: pictures::bars(&[(100_000, 75_000)]),
            ring: pictures::ring(&[75_000, 0]),
            largest: vec![Expense {
                day: "14 Jan".into(),
                what: "<script>alert(1)</script>".into(),
                amount: "₹700.00".into(),
            }],
            link: "https://money.example.org/reports?span=month&at=2027-01-01".into(),
        };
        let to = || "asha@example.com".parse().expect("a mailbox");
        let Letter::Send(message) = letter.illustrated(to(), "key").expect("a letter") else { panic!("not sent") };
        assert_eq!(message.subject, "Your January 2027 in Expenso");
        for hidden in ["<i>", "<b>", "<script", "src=\"http"] {
            assert!(!message.html.contains(hidden), "{hidden} in {}", message.html);
        }
        assert!(message.html.contains("64 %"));
        let ids: Vec<&str> = message.pictures.iter().map(|picture| picture.id).collect();
        assert_eq!(ids, [MONTHS, PARTS_OF_MONTH]);
        for id in ids {
            assert_eq!(message.html.matches(&format!("src=\"cid:{id}\"")).count(), 1, "{id} in {}", message.html);
        }
        assert_eq!(message.html.matches("<img ").count(), 2);
        assert!(message.text.contains("Jan 2027: ₹1,000.00 came in, ₹750.00 was spent"), "{}", message.text);
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
