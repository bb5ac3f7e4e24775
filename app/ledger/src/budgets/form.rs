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
use crate::records::parse_tags;
use crate::span::LONGEST;

/// The most thresholds of one budget, and the largest of them in percent.
const THRESHOLDS_MAX: usize = 6;
const PERCENT_MAX: u16 = 999;

const NOTHING_TICKED: &str = "Tick at least one, or choose everything";

fn one_tag(typed: &str) -> Result<String, String> {
    let tags = parse_tags(typed)?;
    match <[String; 1]>::try_from(tags) {
        Ok([tag]) => Ok(tag),
        Err(tags) if tags.is_empty() => Err("Enter a tag that your records bear".to_owned()),
        Err(_) => Err("Enter one tag only".to_owned()),
    }
}

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
    /// What counts: `all`, `ticked` for the categories below, or `tag`; empty for what those two say.
    pub counts: String,
    pub categories: Vec<String>,
    /// One tag, with or without `#`.
    pub tag: String,
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
        let counts = match (&budget.tag, budget.categories.is_empty()) {
            (Some(_), _) => "tag",
            (None, true) => "all",
            (None, false) => "ticked",
        };
        let mut form = Self {
            id: budget.id.to_string(),
            revision: budget.revision.to_string(),
            name: budget.name.clone(),
            amount: format.plain(budget.limit),
            period: budget.span.to_string(),
            counts: counts.to_owned(),
            categories: budget.categories.iter().map(ToString::to_string).collect(),
            tag: budget.tag.clone().unwrap_or_default(),
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
        let counted = self.counted(before, &mut errors);
        let mut roll_over = errors.take("most", self.roll_over(currency, format));
        if matches!(span, Some(Span::Once(_))) && !self.roll_over.is_empty() {
            errors.add("roll_over", "These days come once: untick this, or choose a period that comes again");
            roll_over = None;
        }
        let thresholds = errors.take("thresholds", self.thresholds());
        match (name, limit, span, counted, roll_over, thresholds) {
            (Some(name), Some(limit), Some(span), Some((categories, tag)), Some(roll_over), Some(thresholds)) => {
                Ok(Budget {
                    id,
                    name,
                    limit,
                    earlier: before.map(|before| before.limits_before(limit, span, today)).unwrap_or_default(),
                    span,
                    categories,
                    tag,
                    roll_over,
                    since: before.map_or(today, |before| before.since),
                    thresholds,
                    pace: !self.pace.is_empty(),
                    revision: self.revision.parse().unwrap_or(0),
                })
            }
            _ => Err(errors),
        }
    }

    /// The categories or the tag that count; neither for all spending.
    fn counted(
        &self,
        before: Option<&Budget>,
        errors: &mut FieldErrors,
    ) -> Option<(BTreeSet<CategoryId>, Option<String>)> {
        // Without JavaScript ticks do not move the choice: new ones say more than it does.
        let new = |had: fn(&Budget) -> bool| self.counts.is_empty() || !before.is_some_and(had);
        let ticks = !self.categories.is_empty() && new(|before| !before.categories.is_empty());
        let typed = !self.tag.trim().is_empty() && new(|before| before.tag.is_some());
        match self.counts.as_str() {
            "tag" => {
                let tag = errors.take("tag", one_tag(&self.tag))?;
                Some((BTreeSet::new(), Some(tag)))
            }
            "ticked" => self.ticked(errors).map(|ticked| (ticked, None)),
            _ if ticks => self.ticked(errors).map(|ticked| (ticked, None)),
            _ if typed => errors.take("tag", one_tag(&self.tag)).map(|tag| (BTreeSet::new(), Some(tag))),
            _ => Some((BTreeSet::new(), None)),
        }
    }

    fn ticked(&self, errors: &mut FieldErrors) -> Option<BTreeSet<CategoryId>> {
        let ticked: Result<BTreeSet<CategoryId>, _> = self.categories.iter().map(|id| id.parse()).collect();
        let ticked = ticked.map_err(|_| "Choose categories of the list");
        let some = ticked.and_then(|ticked| if ticked.is_empty() { Err(NOTHING_TICKED) } else { Ok(ticked) });
        errors.take("categories", some)
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

    fn today() -> NaiveDate {
        "2026-11-23".parse().expect("a day")
    }

    fn parse(form: &BudgetForm) -> Result<Budget, FieldErrors> {
        form.parse(BudgetId::NIL, Currency::INR, NumberFormat::of("en-IN"), today(), None)
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
            let since = today();
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
            (BudgetForm { roll_over: "on".into(), ..trip("2026-12-03", "2026-12-10") }, "roll_over"),
            (BudgetForm { thresholds: "80, much".into(), ..form() }, "thresholds"),
            (BudgetForm { thresholds: "80, 0".into(), ..form() }, "thresholds"),
            (BudgetForm { thresholds: "1 2 3 4 5 6 7".into(), ..form() }, "thresholds"),
        ] {
            let errors = parse(&form).expect_err("a refusal");
            assert!(errors.get(field).is_some(), "{field}: {errors}");
        }
    }

    #[test]
    fn what_counts_is_everything_what_is_ticked_or_a_tag() {
        let food = CategoryId(uuid::Uuid::from_u128(3));
        let counted = |counts: &str, ticked: bool, tag: &str, before: Option<&Budget>| {
            let categories = if ticked { vec![food.to_string()] } else { vec![] };
            let form = BudgetForm { counts: counts.into(), categories, tag: tag.into(), ..form() };
            let read = form.parse(BudgetId::NIL, Currency::INR, NumberFormat::of("en-IN"), today(), before);
            read.map(|budget| (!budget.categories.is_empty(), budget.tag)).map_err(|errors| errors.to_string())
        };
        let monthly = Budget::monthly(BudgetId::NIL, "", Money::zero(Currency::INR), today());
        let of_food = Budget { categories: [food].into(), ..monthly.clone() };
        let of_goa = Budget { tag: Some("Goa".into()), ..monthly.clone() };
        let (all, ticked, goa) = ((false, None), (true, None), (false, Some("Goa".to_owned())));
        for (counts, ticks, tag, before, expected) in [
            ("", false, "", None, &all),
            ("", true, "", Some(&of_food), &ticked),
            ("", false, "Goa", None, &goa),
            ("all", true, "", None, &ticked),
            ("all", true, "", Some(&monthly), &ticked),
            ("all", true, "", Some(&of_food), &all),
            ("all", false, "#Goa ", None, &goa),
            ("all", false, "Goa", Some(&of_goa), &all),
            ("ticked", true, "Goa", None, &ticked),
            ("tag", true, " #Goa", Some(&of_food), &goa),
        ] {
            assert_eq!(counted(counts, ticks, tag, before).as_ref(), Ok(expected), "{counts} {ticks} {tag}");
        }
        for (counts, tag) in [("ticked", ""), ("tag", " "), ("tag", "Goa, work"), ("tag", &"x".repeat(41))] {
            assert!(counted(counts, false, tag, None).is_err(), "{counts} {tag}");
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
