//! A budget as typed.

use std::collections::BTreeSet;

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use super::{Budget, RollOver, THRESHOLDS};
use crate::currency::Currency;
use crate::form::{self, FieldErrors, NAME_MAX};
use crate::id::{BudgetId, CategoryId};
use crate::money::{AmountError, Money, NumberFormat};
use crate::period::{PayDay, Period, Span, parse_day};
use crate::span::LONGEST;

/// The most thresholds of one budget, and the largest of them in percent.
const THRESHOLDS_MAX: usize = 6;
const PERCENT_MAX: u16 = 999;

#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct BudgetForm {
    pub id: String,
    /// The revision that an edit started from; empty or 0 for a new budget.
    pub revision: String,
    pub name: String,
    pub amount: String,
    /// A [`Span`] that says all by its name, or `pay`, `pay:last`, `fortnight` or `once`.
    pub period: String,
    /// For `pay`: the day of the month, from 1 to 31.
    pub pay_day: String,
    /// For `fortnight`: one of the days on which pay comes, ISO 8601.
    pub paid_on: String,
    /// For `once`: the first day, ISO 8601, and the last.
    pub first: String,
    pub last: String,
    pub categories: Vec<String>,
    pub roll_over: String,
    /// Empty unless overspending is taken along too.
    pub overspending: String,
    /// The most that rolls over; empty for all of it.
    pub most: String,
    /// In percent, by commas; empty for the usual ones, 0 for none.
    pub thresholds: String,
    /// Empty unless the pace is watched.
    pub pace: String,
}

impl BudgetForm {
    /// The form that shows a budget.
    pub fn of(budget: &Budget, format: NumberFormat) -> Self {
        let ticked = |is_so: bool| if is_so { "on".to_owned() } else { String::new() };
        let rule = budget.roll_over.unwrap_or_default();
        let thresholds: Vec<String> = budget.thresholds.iter().map(ToString::to_string).collect();
        let mut form = Self {
            id: budget.id.to_string(),
            revision: budget.revision.to_string(),
            name: budget.name.clone(),
            amount: format.plain(budget.limit),
            period: budget.span.to_string(),
            categories: budget.categories.iter().map(ToString::to_string).collect(),
            roll_over: ticked(budget.roll_over.is_some()),
            overspending: ticked(rule.overspending),
            most: rule.most.map(|most| format.plain(Money::new(most, budget.limit.currency))).unwrap_or_default(),
            thresholds: if thresholds.is_empty() { "0".to_owned() } else { thresholds.join(", ") },
            pace: ticked(budget.pace),
            ..Self::default()
        };
        match budget.span {
            Span::Pay(PayDay::On(day)) => (form.period, form.pay_day) = ("pay".into(), day.to_string()),
            Span::Pay(PayDay::EveryTwoWeeks(day)) => {
                (form.period, form.paid_on) = ("fortnight".into(), day.to_string());
            }
            Span::Once(period) => {
                form.period = "once".into();
                (form.first, form.last) = (period.start.to_string(), period.last_day().to_string());
            }
            _ => {}
        }
        form
    }

    /// # Errors
    /// Messages beside the fields.
    pub fn parse(
        &self,
        id: BudgetId,
        currency: Currency,
        format: NumberFormat,
        today: NaiveDate,
        before: Option<&Budget>,
    ) -> Result<Budget, FieldErrors> {
        let mut errors = FieldErrors::default();
        let name = errors.take("name", form::name(&self.name, NAME_MAX));
        let limit = errors.take("amount", Money::parse_positive(&self.amount, currency, format));
        let span = self.span(&mut errors);
        let chosen: Result<BTreeSet<CategoryId>, _> = self.categories.iter().map(|id| id.parse()).collect();
        let categories = errors.take("categories", chosen.map_err(|_| "Choose categories of the list"));
        let roll_over = errors.take("most", self.roll_over(currency, format));
        let thresholds = errors.take("thresholds", self.thresholds());
        match (name, limit, span, categories, roll_over, thresholds) {
            (Some(name), Some(limit), Some(span), Some(categories), Some(roll_over), Some(thresholds)) => Ok(Budget {
                id,
                name,
                limit,
                span,
                categories,
                roll_over,
                since: before.map_or(today, |before| before.since),
                thresholds,
                pace: !self.pace.is_empty(),
                revision: self.revision.parse().unwrap_or(0),
            }),
            _ => Err(errors),
        }
    }

    fn span(&self, errors: &mut FieldErrors) -> Option<Span> {
        match self.period.as_str() {
            "pay" => {
                let day = self.pay_day.trim().parse().ok().filter(|day| (1..=31).contains(day));
                errors
                    .take("pay_day", day.ok_or("Enter a day of the month from 1 to 31"))
                    .map(PayDay::On)
                    .map(Span::Pay)
            }
            "fortnight" => errors.take("paid_on", parse_day(&self.paid_on)).map(PayDay::EveryTwoWeeks).map(Span::Pay),
            "once" => self.days(errors).map(Span::Once),
            span => errors.take("period", span.parse()),
        }
    }

    fn days(&self, errors: &mut FieldErrors) -> Option<Period> {
        let first = errors.take("first", parse_day(&self.first));
        let last = errors.take("last", parse_day(&self.last));
        let period = Period { start: first?, end: Period::day(last?).end };
        match period.days() {
            ..1 => errors.add("last", "The last day comes before the first"),
            days if days > LONGEST => errors.add("last", format!("Choose at most {LONGEST} days")),
            _ => return Some(period),
        }
        None
    }

    fn roll_over(&self, currency: Currency, format: NumberFormat) -> Result<Option<RollOver>, AmountError> {
        if self.roll_over.is_empty() {
            return Ok(None);
        }
        let most = match self.most.trim() {
            "" => None,
            typed => Some(Money::parse_positive(typed, currency, format)?.minor),
        };
        Ok(Some(RollOver { overspending: !self.overspending.is_empty(), most }))
    }

    fn thresholds(&self) -> Result<Vec<u16>, String> {
        let typed: Vec<&str> = self.thresholds.split([',', ';', ' ']).filter(|part| !part.is_empty()).collect();
        match typed.as_slice() {
            [] => return Ok(THRESHOLDS.to_vec()),
            ["0"] => return Ok(Vec::new()),
            _ => {}
        }
        let percent =
            |part: &&str| part.trim_end_matches('%').parse().ok().filter(|one| (1..=PERCENT_MAX).contains(one));
        let read: Option<BTreeSet<u16>> = typed.iter().map(percent).collect();
        let read = read.ok_or_else(|| format!("Enter percents from 1 to {PERCENT_MAX}, such as 50, 80, 100"))?;
        if read.len() > THRESHOLDS_MAX {
            return Err(format!("Enter at most {THRESHOLDS_MAX} of them"));
        }
        Ok(read.into_iter().collect())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn form() -> BudgetForm {
        BudgetForm { name: "Goa".into(), amount: "250".into(), period: "month".into(), ..BudgetForm::default() }
    }

    fn parse(form: &BudgetForm) -> Result<Budget, FieldErrors> {
        let today = "2026-11-23".parse().expect("a day");
        form.parse(BudgetId::NIL, Currency::INR, NumberFormat::of("en-IN"), today, None)
    }

    #[test]
    fn the_form_of_a_budget_reads_back_to_it() {
        for (period, thresholds, roll_over) in [
            ("day", vec![80, 100], None),
            ("pay:31", vec![], Some(RollOver { overspending: true, most: Some(5_000) })),
            ("pay:last", vec![5, 50, 120], Some(RollOver::default())),
            ("pay:2026-11-06", vec![100], None),
            ("2026-12-03/2026-12-10", vec![100], None),
        ] {
            let limit = Money::new(123_450, Currency::INR);
            let since = "2026-11-23".parse().expect("a day");
            let budget = Budget {
                span: period.parse().expect("a span"),
                thresholds,
                roll_over,
                pace: true,
                ..Budget::monthly(BudgetId::NIL, "Goa", limit, since)
            };
            assert_eq!(parse(&BudgetForm::of(&budget, NumberFormat::of("en-IN"))), Ok(budget), "{period}");
        }
    }

    #[test]
    fn what_is_wrong_is_said_beside_its_field() {
        let trip = |first: &str, last: &str| BudgetForm {
            period: "once".into(),
            first: first.into(),
            last: last.into(),
            ..form()
        };
        for (form, field) in [
            (BudgetForm { period: "eon".into(), ..form() }, "period"),
            (BudgetForm { period: "pay".into(), pay_day: "32".into(), ..form() }, "pay_day"),
            (BudgetForm { period: "fortnight".into(), ..form() }, "paid_on"),
            (trip("2026-12-10", "2026-12-03"), "last"),
            (trip("2026-12-10", "2027-12-11"), "last"),
            (trip("", "2026-12-03"), "first"),
            (BudgetForm { roll_over: "on".into(), most: "-1".into(), ..form() }, "most"),
            (BudgetForm { thresholds: "80, much".into(), ..form() }, "thresholds"),
            (BudgetForm { thresholds: "80, 0".into(), ..form() }, "thresholds"),
            (BudgetForm { thresholds: "1 2 3 4 5 6 7".into(), ..form() }, "thresholds"),
        ] {
            let errors = parse(&form).expect_err("a refusal");
            assert!(errors.get(field).is_some(), "{field}: {errors}");
        }
    }

    #[test]
    fn thresholds_are_put_in_order() {
        let read =
            |typed: &str| parse(&BudgetForm { thresholds: typed.into(), ..form() }).map(|budget| budget.thresholds);
        assert_eq!(read("100, 50%;80 80"), Ok(vec![50, 80, 100]));
        assert_eq!((read(""), read("0")), (Ok(vec![80, 100]), Ok(vec![])));
    }
}
