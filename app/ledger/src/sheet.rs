//! A book as sheets for a spreadsheet: one line for each share of a record, plain numbers with a decimal point,
//! days as ISO 8601, and texts that no program takes for a formula.

use crate::Book;
use crate::currency::Currency;
use crate::id::{AccountId, CategoryId};
use crate::money::{Money, NumberFormat};
use crate::records::{Flow, Record};

/// Columns of [`record_lines`]. "Amount" is in "Currency", less than nothing for what was spent or left the account;
/// "Worth" is the same in the home currency of the book. The lines of a split record share an "Id".
pub const RECORD_COLUMNS: [&str; 14] = [
    "Date",
    "Kind",
    "Amount",
    "Currency",
    "Category",
    "Account",
    "To account",
    "Received",
    "Received currency",
    "Payee",
    "Note",
    "Tags",
    "Worth",
    "Id",
];
/// Columns of [`account_lines`].
pub const ACCOUNT_COLUMNS: [&str; 7] = ["Name", "Kind", "Currency", "Opening balance", "Balance", "Archived", "Id"];
/// Columns of [`category_lines`].
pub const CATEGORY_COLUMNS: [&str; 4] = ["Name", "Kind", "Archived", "Id"];
/// Columns of [`budget_lines`].
pub const BUDGET_COLUMNS: [&str; 7] = ["Name", "Amount", "Currency", "Period", "Categories", "Roll over", "Id"];
/// Columns of [`bill_lines`].
pub const BILL_COLUMNS: [&str; 9] =
    ["Name", "Amount", "Currency", "First due", "Repeats", "Next due", "Category", "Account", "Id"];

/// The lines of a record: one, or one for each of its parts.
pub fn record_lines(book: &Book, record: &Record) -> Vec<[String; 14]> {
    let sign = match record.flow {
        Flow::Expense { .. } | Flow::Transfer { .. } => -1,
        Flow::Income { .. } | Flow::Refund { .. } => 1,
    };
    let kind = match record.flow {
        Flow::Refund { .. } => "Refund",
        _ => record.kind().label(),
    };
    let notes = record.parts.iter().map(|part| part.note.as_str()).chain(std::iter::repeat(""));
    let shares = record.shares().into_iter().zip(notes);
    shares
        .map(|((category, minor, home), part_note)| {
            let note = [record.note.as_str(), part_note].into_iter().filter(|note| !note.is_empty());
            [
                record.day.to_string(),
                kind.to_owned(),
                number(sign * minor, record.amount.currency),
                record.amount.currency.code().to_owned(),
                category_name(book, category),
                account_name(book, Some(record.account)),
                account_name(book, record.flow.to_account()),
                record.received.map(|received| number(received.minor, received.currency)).unwrap_or_default(),
                record.received.map(|received| received.currency.code().to_owned()).unwrap_or_default(),
                text(&record.payee),
                text(&note.collect::<Vec<_>>().join(" · ")),
                text(&record.tags.join(", ")),
                number(sign * home, book.home),
                record.id.to_string(),
            ]
        })
        .collect()
}

pub fn account_lines(book: &Book) -> Vec<[String; 7]> {
    let line = |account: &crate::accounts::Account| {
        let balance = book.balances.get(&account.id).copied().unwrap_or_default();
        [
            text(&account.name),
            account.kind.label().to_owned(),
            account.currency().code().to_owned(),
            number(account.opening.minor, account.currency()),
            number(balance, account.currency()),
            yes(account.archived),
            account.id.to_string(),
        ]
    };
    book.accounts.values().map(line).collect()
}

pub fn category_lines(book: &Book) -> Vec<[String; 4]> {
    let line = |category: &crate::categories::Category| {
        let name = text(&book.category_path(category));
        [name, category.kind.label().to_owned(), yes(category.archived), category.id.to_string()]
    };
    book.categories.values().map(line).collect()
}

pub fn budget_lines(book: &Book) -> Vec<[String; 7]> {
    let line = |budget: &crate::budgets::Budget| {
        let names: Vec<String> = budget.categories.iter().map(|id| category_name(book, Some(*id))).collect();
        [
            text(&budget.name),
            number(budget.limit.minor, budget.limit.currency),
            budget.limit.currency.code().to_owned(),
            budget.span.to_string(),
            names.join(", "),
            yes(budget.roll_over.is_some()),
            budget.id.to_string(),
        ]
    };
    book.budgets.values().map(line).collect()
}

pub fn bill_lines(book: &Book) -> Vec<[String; 9]> {
    let line = |bill: &crate::bills::Bill| {
        [
            text(&bill.name),
            number(bill.amount.minor, bill.amount.currency),
            bill.amount.currency.code().to_owned(),
            bill.first_due.to_string(),
            bill.repeats.words(),
            bill.next_due.map(|day| day.to_string()).unwrap_or_default(),
            category_name(book, bill.category),
            account_name(book, bill.account),
            bill.id.to_string(),
        ]
    };
    book.bills.values().map(line).collect()
}

/// `-1250.00`: no grouping, a point, and as many decimals as the currency has.
fn number(minor: i64, currency: Currency) -> String {
    const PLAIN: NumberFormat = NumberFormat { decimal: '.', group: ',', indian: false, symbol_after: false };
    PLAIN.plain(Money::new(minor, currency)).replace(PLAIN.group, "")
}

fn category_name(book: &Book, id: Option<CategoryId>) -> String {
    let category = id.and_then(|id| book.categories.get(&id));
    category.map(|category| text(&book.category_path(category))).unwrap_or_default()
}

fn account_name(book: &Book, id: Option<AccountId>) -> String {
    id.and_then(|id| book.accounts.get(&id)).map(|account| text(&account.name)).unwrap_or_default()
}

fn yes(is: bool) -> String {
    if is { "yes" } else { "" }.to_owned()
}

/// The text behind an apostrophe where a spreadsheet would run it as a formula (OWASP, CSV injection).
pub fn text(typed: &str) -> String {
    let is_formula =
        |first: char| matches!(first, '=' | '+' | '-' | '@' | '＝' | '＋' | '－' | '＠') || first.is_control();
    if typed.starts_with(is_formula) { format!("'{typed}") } else { typed.to_owned() }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn formulas_are_texts_and_numbers_stay_numbers() {
        for typed in ["=1+1", "+1", "-1", "@SUM(A1)", "\tx", "\r=1", "＝1", "＋1", "－1", "＠x"] {
            assert_eq!(text(typed), format!("'{typed}"));
        }
        for typed in ["", "Corner shop", "a=b", "12", "'quoted"] {
            assert_eq!(text(typed), typed);
        }
        for (minor, currency, written) in [
            (-1_234_567_890_125, Currency::INR, "-12345678901.25"),
            (5, Currency::USD, "0.05"),
            (i64::MIN + 1, Currency::INR, "-92233720368547758.07"),
        ] {
            assert_eq!(number(minor, currency), written);
        }
    }
}
