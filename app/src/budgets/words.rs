//! How budgets read.

use chrono::{Datelike, NaiveDate};

use ledger::Book;
use ledger::budgets::{Budget, Progress, Standing};
use ledger::period::{PayDay, Period, Span};
use ledger::{Money, NumberFormat};

use crate::ui::Tone;

/// What is left to do with it: "You have ₹1,240 a day left until 30 Nov".
pub(super) fn outlook(budget: &Budget, progress: &Progress, today: NaiveDate, format: NumberFormat) -> String {
    let last = progress.period.last_day();
    let over = || format.money(Money::new(progress.left.minor.saturating_neg(), progress.left.currency));
    if budget.is_over(today) {
        let ended = format!("It ended on {}", day_of(last));
        return match progress.left.minor {
            ..0 => format!("{ended}, {} over the limit", over()),
            0 => format!("{ended}, all of it spent"),
            1.. => format!("{ended} with {} left", format.money(progress.left)),
        };
    }
    let fresh = match budget.span {
        Span::Once(_) => String::new(),
        _ => format!(". It starts afresh on {}", day_of(progress.period.end)),
    };
    match progress.per_day {
        Some(per_day) if today < progress.period.start => {
            format!("It begins on {}, with {} a day", day_of(progress.period.start), short(per_day, format))
        }
        Some(left) if last == today => format!("You have {} left for today", short(left, format)),
        Some(per_day) => format!("You have {} a day left until {}", short(per_day, format), day_of(last)),
        None if progress.left.minor < 0 => format!("{} over the limit{fresh}", over()),
        None => format!("All of it is spent{fresh}"),
    }
}

/// Where it leads if it goes on like this: "At this pace the limit is reached on 23 Nov". `None` where it lasts.
pub(super) fn pace(progress: &Progress) -> Option<String> {
    let day = progress.pace?.passed_on?;
    // Days of one's own may end in another year than they began in.
    let year = if day.year() == progress.period.start.year() { String::new() } else { day.format(" %Y").to_string() };
    Some(format!("At this pace the limit is reached on {}{year}", day_of(day)))
}

/// "₹2,400 left · 7 days to go · ₹500 carried over"
pub(super) fn rest(progress: &Progress, format: NumberFormat) -> String {
    let mut words = Vec::new();
    if progress.left.minor > 0 {
        words.push(format!("{} left", format.money(progress.left)));
    }
    match progress.days_left {
        0 => {}
        1 => words.push("1 day to go".to_owned()),
        days => words.push(format!("{days} days to go")),
    }
    let carried = format.money(Money::new(progress.carried.minor.saturating_abs(), progress.carried.currency));
    match progress.carried.minor {
        0 => {}
        1.. => words.push(format!("{carried} carried over")),
        ..0 => words.push(format!("{carried} overspent before")),
    }
    words.join(" · ")
}

/// "23 Nov"
pub(super) fn day_of(day: NaiveDate) -> String {
    day.format("%-d %b").to_string()
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

/// "Every month · all spending", "Every week · Groceries, Fuel · what is left rolls over".
pub(super) fn scope(budget: &Budget, book: &Book) -> String {
    let names: Vec<&str> = budget.categories.iter().map(|id| book.category_name(Some(*id))).collect();
    let what = match &budget.tag {
        Some(tag) => format!("all tagged #{tag}"),
        None if names.is_empty() => "all spending".to_owned(),
        None => names.join(", "),
    };
    let rolls = match budget.rolls_over() {
        None => "",
        Some(rule) if rule.overspending => " · what is left or overspent rolls over",
        Some(_) => " · what is left rolls over",
    };
    format!("{} · {what}{rolls}", span_words(budget.span))
}

fn span_words(span: Span) -> String {
    match span {
        Span::Day => "Every day".to_owned(),
        Span::Week => "Every week".to_owned(),
        Span::Month => "Every month".to_owned(),
        Span::Quarter => "Every quarter".to_owned(),
        Span::Year => "Every year".to_owned(),
        Span::Pay(PayDay::On(day)) => format!("Every month from the {}", ordinal(u32::from(day))),
        Span::Pay(PayDay::LastWorkingDay) => "Every month from its last working day".to_owned(),
        Span::Pay(PayDay::EveryTwoWeeks(day)) => format!("Every two weeks from a {}", day.format("%A")),
        Span::Once(period) => days_of(period),
    }
}

/// A period where there is little room: "Dec 2026".
pub(crate) fn period_words(span: Span, period: Period) -> String {
    match span {
        Span::Month => period.start.format("%b %Y").to_string(),
        Span::Year => period.start.format("%Y").to_string(),
        _ => days_of(period),
    }
}

/// "3–10 Dec 2026"
fn days_of(period: Period) -> String {
    let (first, last) = (period.start, period.last_day());
    let start = match (first.year() == last.year(), first.month() == last.month()) {
        (true, true) => first.format("%-d"),
        (true, false) => first.format("%-d %b"),
        _ => first.format("%-d %b %Y"),
    };
    if first == last { last.format("%-d %b %Y").to_string() } else { format!("{start}–{}", last.format("%-d %b %Y")) }
}

/// "23rd"
fn ordinal(number: u32) -> String {
    let ending = match (number % 10, number % 100) {
        (_, 11..=13) => "th",
        (1, _) => "st",
        (2, _) => "nd",
        (3, _) => "rd",
        _ => "th",
    };
    format!("{number}{ending}")
}

#[cfg(test)]
mod tests {
    use super::*;
    use ledger::Currency;
    use ledger::budgets::{Pace, RollOver};
    use ledger::id::BudgetId;

    fn day(text: &str) -> NaiveDate {
        text.parse().expect("a day")
    }

    fn inr(minor: i64) -> Money {
        Money::new(minor, Currency::INR)
    }

    fn budget(span: &str) -> Budget {
        let monthly = Budget::monthly(BudgetId::NIL, "Everything", inr(1_000_000), day("2026-11-23"));
        Budget { span: span.parse().expect("a span"), ..monthly }
    }

    fn progress(left: i64, per_day: Option<i64>) -> Progress {
        Progress {
            period: Period::month_of(day("2026-11-23")),
            limit: inr(1_000_000),
            carried: inr(0),
            spent: inr(1_000_000 - left),
            left: inr(left),
            percent: 0,
            standing: if left < 0 { Standing::Over } else { Standing::Within },
            days_left: 8,
            per_day: per_day.map(inr),
            pace: None,
        }
    }

    #[test]
    fn the_outlook_says_what_can_be_spent_and_until_when() {
        let format = NumberFormat::of("en-IN");
        for (given, today, words) in [
            (progress(992_000, Some(124_050)), "2026-11-23", "You have ₹1,240 a day left until 30 Nov"),
            (progress(9_999, Some(1_249)), "2026-11-23", "You have ₹12.49 a day left until 30 Nov"),
            (progress(50_000, Some(50_000)), "2026-11-30", "You have ₹500 left for today"),
            (progress(0, None), "2026-11-23", "All of it is spent. It starts afresh on 1 Dec"),
            (progress(-50_050, None), "2026-11-23", "₹500.50 over the limit. It starts afresh on 1 Dec"),
        ] {
            assert_eq!(outlook(&budget("month"), &given, day(today), format), words);
        }
    }

    #[test]
    fn days_of_ones_own_begin_and_end() {
        let (format, trip) = (NumberFormat::of("en-IN"), budget("2026-11-01/2026-11-30"));
        for (given, today, words) in [
            (progress(30_000, Some(1_000)), "2026-10-31", "It begins on 1 Nov, with ₹10.00 a day"),
            (progress(0, None), "2026-11-23", "All of it is spent"),
            (progress(-100, None), "2026-12-01", "It ended on 30 Nov, ₹1.00 over the limit"),
            (progress(0, None), "2026-12-01", "It ended on 30 Nov, all of it spent"),
            (progress(100, None), "2026-12-01", "It ended on 30 Nov with ₹1.00 left"),
        ] {
            assert_eq!(outlook(&trip, &given, day(today), format), words);
        }
    }

    #[test]
    fn the_rest_and_the_pace_are_said_where_there_is_something_to_say() {
        let format = NumberFormat::of("en-IN");
        let given = Progress {
            carried: inr(5_000),
            pace: Some(Pace { by_end: inr(1), passed_on: Some(day("2026-11-23")) }),
            ..progress(10_000, None)
        };
        assert_eq!(rest(&given, format), "₹100.00 left · 8 days to go · ₹50.00 carried over");
        assert_eq!(pace(&given).as_deref(), Some("At this pace the limit is reached on 23 Nov"));
        let pace_of = Some(Pace { by_end: inr(1), passed_on: Some(day("2027-01-03")) });
        let over_new_year = Progress { pace: pace_of, ..progress(10_000, None) };
        assert_eq!(pace(&over_new_year).as_deref(), Some("At this pace the limit is reached on 3 Jan 2027"));
        let given = Progress { carried: inr(-5_000), days_left: 1, ..progress(-1, None) };
        assert_eq!((rest(&given, format).as_str(), pace(&given)), ("1 day to go · ₹50.00 overspent before", None));
    }

    #[test]
    fn the_scope_says_when_and_what_and_what_rolls_over() {
        let book = Book::new(Currency::INR, chrono::Weekday::Mon);
        let (left, both) = (RollOver::default(), RollOver { overspending: true, most: None });
        for (span, roll_over, words) in [
            ("month", None, "Every month · all spending"),
            ("week", Some(left), "Every week · all spending · what is left rolls over"),
            ("day", Some(both), "Every day · all spending · what is left or overspent rolls over"),
            ("year", Some(left), "Every year · all spending · what is left rolls over"),
            ("pay:23", None, "Every month from the 23rd · all spending"),
            ("pay:12", None, "Every month from the 12th · all spending"),
            ("pay:2026-11-06", None, "Every two weeks from a Friday · all spending"),
            ("2026-12-03/2026-12-10", Some(left), "3–10 Dec 2026 · all spending"),
            ("2026-12-28/2027-01-03", None, "28 Dec 2026–3 Jan 2027 · all spending"),
        ] {
            assert_eq!(scope(&Budget { roll_over, ..budget(span) }, &book), words);
        }
        let of_goa = Budget { tag: Some("Goa".into()), ..budget("month") };
        assert_eq!(scope(&of_goa, &book), "Every month · all tagged #Goa");
    }

    #[test]
    fn whole_units_are_written_the_way_of_the_locale() {
        assert_eq!(short(Money::new(124_050, Currency::EUR), NumberFormat::of("de-DE")), "1.240\u{a0}€");
        assert_eq!(short(Money::new(1240, Currency::JPY), NumberFormat::of("ja-JP")), "¥1,240");
        assert_eq!(short(Money::new(124_099, Currency::USD), NumberFormat::of("en")), "$1,240");
    }
}
