//! How budgets read.

use chrono::NaiveDate;

use ledger::Book;
use ledger::budgets::{Budget, Progress, Standing};
use ledger::period::Span;
use ledger::{Money, NumberFormat};

use crate::ui::Tone;

/// What is left to do with it: "You have ₹1,240 a day left until 30 Nov".
pub(super) fn outlook(progress: &Progress, today: NaiveDate, format: NumberFormat) -> String {
    let last = progress.period.last_day();
    let day = |day: NaiveDate| day.format("%-d %b").to_string();
    match progress.per_day {
        Some(left) if last == today => format!("You have {} left for today", short(left, format)),
        Some(per_day) => format!("You have {} a day left until {}", short(per_day, format), day(last)),
        None if progress.left.minor < 0 => {
            let over = Money::new(-progress.left.minor, progress.left.currency);
            format!("{} over the limit. A fresh start comes on {}", format.money(over), day(progress.period.end))
        }
        None => format!("All of it is spent. A fresh start comes on {}", day(progress.period.end)),
    }
}

/// Whole units where they are enough to plan a day with, rounded down.
pub(super) fn short(money: Money, format: NumberFormat) -> String {
    let scale = 10_i64.pow(money.currency.exponent());
    if scale == 1 || money.minor < 100 * scale {
        return format.money(money);
    }
    let whole = Money::new(money.minor - money.minor % scale, money.currency);
    let zeros = format!("{}{}", format.decimal, "0".repeat(money.currency.exponent() as usize));
    format.money(whole).replacen(&zeros, "", 1)
}

/// How the state of a budget is marked.
pub(super) fn tone_of(standing: Standing) -> Tone {
    match standing {
        Standing::Within => Tone::Good,
        Standing::Near => Tone::Near,
        Standing::Over => Tone::Over,
    }
}

/// "Every month · all spending", "Every week · Groceries, Fuel · rolls over".
pub(super) fn scope(budget: &Budget, book: &Book) -> String {
    let span = match budget.span {
        Span::Week => "Every week",
        Span::Month => "Every month",
        Span::Year => "Every year",
    };
    let names: Vec<&str> = budget.categories.iter().map(|id| book.category_name(Some(*id))).collect();
    let what = if names.is_empty() { "all spending".to_owned() } else { names.join(", ") };
    let rolls = if budget.rolls_over() { " · what is left rolls over" } else { "" };
    format!("{span} · {what}{rolls}")
}

#[cfg(test)]
mod tests {
    use super::*;
    use ledger::Currency;
    use ledger::id::BudgetId;
    use ledger::period::Period;

    fn progress(left: i64, per_day: Option<i64>) -> Progress {
        let inr = |minor| Money::new(minor, Currency::INR);
        let period = Period::month_of("2026-11-23".parse().expect("a day"));
        let standing = if left < 0 { Standing::Over } else { Standing::Within };
        let (limit, spent, per_day) = (inr(1_000_000), inr(1_000_000 - left), per_day.map(inr));
        Progress { period, limit, spent, left: inr(left), percent: 0, standing, per_day }
    }

    #[test]
    fn the_outlook_says_what_can_be_spent_and_until_when() {
        let format = NumberFormat::of("en-IN");
        let day = |text: &str| -> NaiveDate { text.parse().expect("a day") };
        for (given, today, words) in [
            (progress(992_000, Some(124_050)), "2026-11-23", "You have ₹1,240 a day left until 30 Nov"),
            (progress(9_999, Some(1_249)), "2026-11-23", "You have ₹12.49 a day left until 30 Nov"),
            (progress(50_000, Some(50_000)), "2026-11-30", "You have ₹500 left for today"),
            (progress(0, None), "2026-11-23", "All of it is spent. A fresh start comes on 1 Dec"),
            (progress(-50_050, None), "2026-11-23", "₹500.50 over the limit. A fresh start comes on 1 Dec"),
        ] {
            assert_eq!(outlook(&given, day(today), format), words);
        }
    }

    #[test]
    fn only_what_rolls_over_is_said_to() {
        let book = Book::new(Currency::INR, chrono::Weekday::Mon);
        let budget = |span, roll_over| Budget {
            id: BudgetId::NIL,
            name: "Everything".into(),
            limit: Money::new(100, Currency::INR),
            span,
            categories: std::collections::BTreeSet::new(),
            roll_over,
            since: "2026-11-23".parse().expect("a day"),
            thresholds: Vec::new(),
            revision: 1,
        };
        for (span, roll_over, words) in [
            (Span::Month, false, "Every month · all spending"),
            (Span::Week, true, "Every week · all spending · what is left rolls over"),
            (Span::Year, true, "Every year · all spending"),
        ] {
            assert_eq!(scope(&budget(span, roll_over), &book), words);
        }
    }

    #[test]
    fn whole_units_are_written_the_way_of_the_locale() {
        assert_eq!(short(Money::new(124_050, Currency::EUR), NumberFormat::of("de-DE")), "1.240\u{a0}€");
        assert_eq!(short(Money::new(1240, Currency::JPY), NumberFormat::of("ja-JP")), "¥1,240");
        assert_eq!(short(Money::new(124_099, Currency::USD), NumberFormat::of("en")), "$1,240");
    }
}
