//! Bills and single due days as typed.

use std::collections::BTreeMap;

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use super::{Bill, Change};
use crate::currency::Currency;
use crate::form::{self, FieldErrors, NAME_MAX};
use crate::id::BillId;
use crate::money::{Money, NumberFormat};
use crate::period::parse_day;
use crate::recurrence::{Ends, Repeats, UnknownEnds};

/// A bill as typed.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct BillForm {
    pub id: String,
    /// The revision that an edit started from; empty or 0 for a new bill.
    pub revision: String,
    /// The later due day from which on an edit holds, ISO 8601; empty for the next one.
    pub from: String,
    /// The id of the bill that the due days from then on become.
    pub later: String,
    pub name: String,
    pub amount: String,
    /// Empty unless the amount is only about right.
    pub estimated: String,
    pub due: String,
    /// As it is kept, or `weeks` for every so many of them.
    pub repeats: String,
    /// How many weeks, where it says `weeks`.
    pub weeks: String,
    /// `never`, `on` or `after`; empty for never.
    pub ends: String,
    /// The last day, where it ends on one.
    pub until: String,
    /// How often it falls due from `due` on, where it ends after a number of times.
    pub times: String,
    pub category: String,
    pub account: String,
    /// Days before; empty for no reminder.
    pub remind: String,
}

/// What `repeats` says where the number of weeks is typed.
pub const WEEKS: &str = "weeks";

impl BillForm {
    /// The form that shows a bill as it is from its planned due day `due` on.
    pub fn of(bill: &Bill, due: NaiveDate, format: NumberFormat) -> Self {
        let (ends, until, times) = match bill.ends {
            Ends::Never => ("never", String::new(), String::new()),
            Ends::On(day) => ("on", day.to_string(), String::new()),
            Ends::After(times) => {
                let settled = bill.schedule().place_of(due).unwrap_or_default();
                ("after", String::new(), u32::from(times).saturating_sub(settled).to_string())
            }
        };
        Self {
            id: bill.id.to_string(),
            revision: bill.revision.to_string(),
            from: String::new(),
            later: String::new(),
            name: bill.name.clone(),
            amount: format.plain(bill.amount),
            estimated: if bill.estimated { "on".into() } else { String::new() },
            due: due.to_string(),
            repeats: bill.repeats.into(),
            weeks: String::new(),
            ends: ends.into(),
            until,
            times,
            category: bill.category.map(|id| id.to_string()).unwrap_or_default(),
            account: bill.account.map(|id| id.to_string()).unwrap_or_default(),
            remind: bill.remind_days.map(|days| days.to_string()).unwrap_or_default(),
        }
    }

    /// # Errors
    /// Messages beside the fields.
    pub fn parse(
        &self,
        id: BillId,
        currency: Currency,
        format: NumberFormat,
        before: Option<&Bill>,
    ) -> Result<Bill, FieldErrors> {
        let mut errors = FieldErrors::default();
        let name = errors.take("name", form::name(&self.name, NAME_MAX));
        let amount = errors.take("amount", Money::parse_positive(&self.amount, currency, format));
        let due = errors.take("due", parse_day(&self.due));
        let repeats = self.repeats(&mut errors);
        let ends = self.ends(due.zip(repeats), &mut errors);
        let category = errors.take("category", optional(&self.category, "Choose a category of the list"));
        let account = errors.take("account", optional(&self.account, "Choose an account of the list"));
        let remind_days = errors.take("remind", optional::<u8>(&self.remind, "Choose when to remind"));
        let (Some(name), Some(amount), Some(due), Some(repeats), Some(ends)) = (name, amount, due, repeats, ends)
        else {
            return Err(errors);
        };
        let (Some(category), Some(account), Some(remind_days)) = (category, account, remind_days) else {
            return Err(errors);
        };
        let first_due = repeats.nth(due, 0).unwrap_or(due);
        let mut bill = Bill {
            id,
            name,
            amount,
            estimated: !self.estimated.is_empty(),
            first_due,
            repeats,
            ends,
            category,
            account,
            remind_days,
            next_due: Some(first_due),
            changed: BTreeMap::new(),
            revision: self.revision.parse().unwrap_or(0),
        };
        if let Some(before) = before {
            // An edit that leaves the plan alone keeps what is settled; another plan starts at its due day.
            let same_plan = before.planned_due() == due && before.repeats == repeats;
            if same_plan {
                bill.keep_settled(before);
            }
            bill.keep_changes(before, same_plan);
            if !self.from.is_empty() && bill.amount != before.amount {
                // From this day on includes the day itself.
                bill.changed.entry(due).and_modify(|change| change.amount = None);
            }
        }
        Ok(bill)
    }

    fn repeats(&self, errors: &mut FieldErrors) -> Option<Repeats> {
        if self.repeats != WEEKS {
            return errors.take("repeats", self.repeats.parse());
        }
        let weeks = self.weeks.trim().parse().ok().filter(|weeks| (1..=Repeats::WEEKS_MAX).contains(weeks));
        errors.take("weeks", weeks.ok_or("Enter a number of weeks from 1 to 52")).map(Repeats::Weeks)
    }

    fn ends(&self, plan: Option<(NaiveDate, Repeats)>, errors: &mut FieldErrors) -> Option<Ends> {
        let ends = match (self.ends.as_str(), plan) {
            // What does not repeat needs no end.
            ("" | "never", _) | (_, Some((_, Repeats::Once))) => return Some(Ends::Never),
            ("on", _) => errors.take("until", parse_day(&self.until)).map(Ends::On)?,
            ("after", _) => {
                let times = self.times.trim().parse().ok().filter(|times| (1..=Ends::TIMES_MAX).contains(times));
                errors.take("times", times.ok_or("Enter a number from 1 to 999")).map(Ends::After)?
            }
            _ => return errors.take("ends", Err(UnknownEnds)),
        };
        match (ends, plan.and_then(|(due, repeats)| repeats.nth(due, 0))) {
            (Ends::On(last), Some(first)) if last < first => {
                errors.add("until", "Choose the due date or a later day");
                None
            }
            _ => Some(ends),
        }
    }

    /// How the edit divides the bill where it holds only from a later due day on; `None` for an edit of the bill as a
    /// whole.
    pub fn split(&self, before: &Bill) -> Option<Split> {
        let from = parse_day(&self.from).ok()?;
        let (ended, rest) = (before.ending_before(from)?, before.going_on_at(from)?);
        let revision = self.revision.parse().unwrap_or(0);
        let form = Self { id: self.later.clone(), revision: String::new(), ..self.clone() };
        Some(Split { ended: Bill { revision, ..ended }, rest, form })
    }
}

/// A bill divided at one of its due days.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Split {
    /// The due days before it: what becomes of the bill.
    pub ended: Bill,
    /// Those from it on, as they were before the edit.
    pub rest: Bill,
    /// What they become: a bill of its own, parsed with `rest` as what was before.
    pub form: BillForm,
}

impl Bill {
    /// Takes over what was settled of the same plan, its end perhaps another one.
    fn keep_settled(&mut self, before: &Self) {
        self.first_due = before.first_due;
        if let Ends::After(times) = self.ends {
            let settled = before.schedule().place_of(before.planned_due()).unwrap_or_default();
            self.ends = Ends::After(times.saturating_add(u16::try_from(settled).unwrap_or(u16::MAX)));
        }
        let schedule = self.schedule();
        self.next_due = match before.next_due {
            Some(next) => Some(next).filter(|next| schedule.place_of(*next).is_some()),
            // All was settled: a plan that now goes on falls due after its former end.
            None => {
                before.schedule().days().take(usize::from(u16::MAX)).last().and_then(|end| schedule.next_after(end))
            }
        };
    }

    /// Takes over how single due days differ; those of another plan where it falls on them as well.
    fn keep_changes(&mut self, before: &Self, same_plan: bool) {
        let schedule = self.schedule();
        self.changed = before.changed.clone();
        self.changed.retain(|due, _| same_plan || schedule.place_of(*due).is_some());
        for change in self.changed.values_mut() {
            change.amount = change.amount.filter(|amount| amount.currency == self.amount.currency);
        }
    }
}

/// One due day as typed.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct DueForm {
    pub bill: String,
    /// The revision that the edit started from.
    pub revision: String,
    /// The day that was planned, ISO 8601.
    pub due: String,
    pub amount: String,
    /// When it is due, ISO 8601.
    pub date: String,
}

impl DueForm {
    /// The bill with this due day as it was typed; as planned, it differs no longer.
    ///
    /// # Errors
    /// Messages beside the fields; the name `""` where the day is no open due day of the bill.
    pub fn parse(&self, bill: &Bill, format: NumberFormat) -> Result<Bill, FieldErrors> {
        let mut errors = FieldErrors::default();
        let amount = errors.take("amount", Money::parse_positive(&self.amount, bill.amount.currency, format));
        let day = errors.take("date", parse_day(&self.date));
        let open = |due: &NaiveDate| bill.next_due.is_some_and(|next| next <= *due);
        let due = parse_day(&self.due).ok().filter(|due| bill.schedule().place_of(*due).is_some() && open(due));
        let due = errors.take("", due.ok_or("This is no longer due. Go back to the list and look again."));
        let (Some(amount), Some(day), Some(due)) = (amount, day, due) else { return Err(errors) };
        let mut changed = bill.changed.clone();
        let amount = Some(amount).filter(|amount| *amount != bill.amount);
        if day == due && amount.is_none() {
            changed.remove(&due);
        } else {
            changed.insert(due, Change { day, amount });
        }
        Ok(Bill { changed, revision: self.revision.parse().unwrap_or(0), ..bill.clone() })
    }
}

/// An optional choice: empty is none.
pub(crate) fn optional<T: std::str::FromStr>(text: &str, message: &'static str) -> Result<Option<T>, &'static str> {
    if text.trim().is_empty() { Ok(None) } else { text.trim().parse().map(Some).map_err(|_| message) }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(text: &str) -> NaiveDate {
        text.parse().expect("a day")
    }

    /// A bill that was paid, due on the last day of January, opened in a form.
    fn settled(next_due: Option<&str>, repeats: Repeats) -> (Bill, BillForm) {
        let before = Bill {
            id: BillId(uuid::Uuid::from_u128(1)),
            name: "Rent".into(),
            amount: Money::new(1_200_000, Currency::INR),
            estimated: false,
            first_due: day("2027-01-31"),
            repeats,
            ends: Ends::Never,
            category: None,
            account: None,
            remind_days: None,
            next_due: next_due.map(day),
            changed: BTreeMap::new(),
            revision: 7,
        };
        let form = BillForm {
            name: "Rent and water".into(),
            amount: "12000".into(),
            due: before.planned_due().to_string(),
            repeats: repeats.into(),
            revision: "5".into(),
            ..BillForm::default()
        };
        (before, form)
    }

    fn parse(form: &BillForm, before: &Bill) -> Bill {
        form.parse(before.id, Currency::INR, NumberFormat::of("en-IN"), Some(before)).expect("a bill")
    }

    #[test]
    fn an_edit_that_leaves_the_plan_alone_keeps_what_is_settled() {
        let (before, form) = settled(None, Repeats::Once);
        assert_eq!((parse(&form, &before).next_due, parse(&form, &before).name.as_str()), (None, "Rent and water"));
        let (before, form) = settled(Some("2027-02-28"), Repeats::Monthly);
        let edited = parse(&form, &before);
        assert_eq!((edited.first_due, edited.next_due), (day("2027-01-31"), Some(day("2027-02-28"))));
        let moved = BillForm { due: "2027-03-05".into(), ..form };
        assert_eq!(parse(&moved, &before).next_due, Some(day("2027-03-05")));
    }

    #[test]
    fn an_edit_says_which_revision_it_started_from() {
        let (before, form) = settled(None, Repeats::Once);
        assert_eq!(parse(&form, &before).revision, 5, "not the one that is stored meanwhile");
        assert_eq!(parse(&BillForm { revision: String::new(), ..form }, &before).revision, 0);
    }

    #[test]
    fn the_end_is_typed_in_one_of_three_ways() {
        let (before, form) = settled(Some("2027-01-31"), Repeats::Monthly);
        let ends = |ends: &str, until: &str, times: &str| {
            let form = BillForm { ends: ends.into(), until: until.into(), times: times.into(), ..form.clone() };
            form.parse(before.id, Currency::INR, NumberFormat::of("en-IN"), None).map(|bill| bill.ends)
        };
        assert_eq!(ends("", "", ""), Ok(Ends::Never));
        assert_eq!(ends("never", "2027-01-01", "x"), Ok(Ends::Never), "fields that do not count are not read");
        assert_eq!(ends("on", "2027-01-31", ""), Ok(Ends::On(day("2027-01-31"))));
        assert_eq!(ends("after", "", " 12 "), Ok(Ends::After(12)));
        for (word, until, times, field) in [
            ("on", "2027-01-30", "", "until"),
            ("on", "", "", "until"),
            ("after", "", "0", "times"),
            ("after", "", "1000", "times"),
            ("sometime", "", "", "ends"),
        ] {
            assert!(ends(word, until, times).expect_err(word).get(field).is_some(), "{word} {until} {times}");
        }
        let once = BillForm { repeats: "once".into(), ends: "after".into(), ..form };
        let once = once.parse(before.id, Currency::INR, NumberFormat::of("en-IN"), None).expect("a bill");
        assert_eq!(once.ends, Ends::Never);
    }

    #[test]
    fn it_may_repeat_every_so_many_weeks() {
        let (before, form) = settled(Some("2028-02-29"), Repeats::Monthly);
        let typed = |weeks: &str| {
            let form = BillForm { repeats: WEEKS.into(), weeks: weeks.into(), ..form.clone() };
            form.parse(before.id, Currency::INR, NumberFormat::of("en-IN"), None)
        };
        let third = typed(" 3 ").expect("a bill");
        assert_eq!((third.repeats, third.after(day("2028-02-29"))), (Repeats::Weeks(3), Some(day("2028-03-21"))));
        assert_eq!(typed("52").map(|bill| bill.repeats), Ok(Repeats::Weeks(52)));
        for weeks in ["", "0", "53", "-1", "2.5", "two", "256"] {
            assert!(typed(weeks).expect_err(weeks).get("weeks").is_some(), "{weeks}");
        }
        assert_eq!(BillForm::of(&third, third.first_due, NumberFormat::of("en-IN")).repeats, "weeks-3");
        let monthly = BillForm { weeks: "x".into(), ..form };
        assert_eq!(parse(&monthly, &before).repeats, Repeats::Monthly, "a field that does not count is not read");
    }

    #[test]
    fn times_are_counted_from_the_due_day_of_the_form() {
        let (mut before, _) = settled(Some("2027-03-31"), Repeats::Monthly);
        before.ends = Ends::After(12);
        let form = BillForm::of(&before, before.planned_due(), NumberFormat::of("en-IN"));
        assert_eq!(form.times, "10");
        assert_eq!(parse(&form, &before).ends, Ends::After(12), "two of them are settled");
        let moved = parse(&BillForm { due: "2027-04-05".into(), ..form }, &before);
        assert_eq!((moved.first_due, moved.ends), (day("2027-04-05"), Ends::After(10)));
    }

    #[test]
    fn another_end_settles_a_bill_or_opens_it_again() {
        let (before, _) = settled(Some("2027-03-31"), Repeats::Monthly);
        let form = BillForm::of(&before, before.planned_due(), NumberFormat::of("en-IN"));
        let on = |until: &str| BillForm { ends: "on".into(), until: until.into(), ..form.clone() };
        assert_eq!(parse(&on("2027-03-31"), &before).next_due, Some(day("2027-03-31")));
        let ended = Bill { next_due: None, ends: Ends::On(day("2027-02-28")), ..before };
        let form = BillForm::of(&ended, ended.planned_due(), NumberFormat::of("en-IN"));
        assert_eq!(parse(&form, &ended).next_due, None);
        let longer = BillForm { until: "2027-12-31".into(), ..form };
        assert_eq!(parse(&longer, &ended).next_due, Some(day("2027-03-31")), "what was settled stays settled");
    }

    #[test]
    fn one_due_day_is_changed_and_the_others_stay() {
        let (before, _) = settled(Some("2027-02-28"), Repeats::Monthly);
        let format = NumberFormat::of("en-IN");
        let form = |due: &str, amount: &str, date: &str| DueForm {
            due: due.into(),
            amount: amount.into(),
            date: date.into(),
            ..DueForm::default()
        };
        let bill = form("2027-03-31", "13000", "2027-04-02").parse(&before, format).expect("a bill");
        let changed = bill.occurrence(day("2027-03-31"));
        assert_eq!((changed.day, changed.amount.minor), (day("2027-04-02"), 1_300_000));
        assert_eq!(bill.occurrence(day("2027-02-28")), before.occurrence(day("2027-02-28")));
        let back = form("2027-03-31", "12000", "2027-03-31").parse(&bill, format).expect("a bill");
        assert!(back.changed.is_empty());
        for (due, amount, date, field) in [
            ("2027-01-31", "1", "2027-01-31", ""),
            ("2027-03-30", "1", "2027-03-30", ""),
            ("2027-03-31", "", "2027-03-31", "amount"),
            ("2027-03-31", "1", "soon", "date"),
        ] {
            let errors = form(due, amount, date).parse(&before, format).expect_err(due);
            assert!(errors.get(field).is_some(), "{due} {amount} {date}");
        }
    }

    #[test]
    fn an_edit_from_a_later_due_day_on_leaves_the_earlier_ones() {
        let (before, _) = settled(Some("2027-02-28"), Repeats::Monthly);
        let form = BillForm::of(&before, day("2027-04-30"), NumberFormat::of("en-IN"));
        assert_eq!(form.split(&before), None, "of the bill as a whole");
        let form =
            BillForm { from: "2027-04-30".into(), later: BillId::NIL.to_string(), amount: "15000".into(), ..form };
        let Split { ended, rest, form: later } = form.split(&before).expect("two bills");
        let days: Vec<_> = ended.schedule().days().collect();
        assert_eq!(days, ["2027-01-31", "2027-02-28", "2027-03-31"].map(day));
        assert_eq!((ended.next_due, ended.revision), (before.next_due, 7));
        let rest = later.parse(BillId::NIL, Currency::INR, NumberFormat::of("en-IN"), Some(&rest)).expect("a bill");
        assert_eq!((rest.next_due, rest.amount.minor, rest.revision), (Some(day("2027-04-30")), 1_500_000, 0));
        for not_later in ["2027-02-28", "2027-01-31", "2027-04-29", ""] {
            assert_eq!(BillForm { from: not_later.into(), ..form.clone() }.split(&before), None, "{not_later}");
        }
    }

    /// The first due days of what an edit from `from` on makes a bill of its own.
    fn rest_of(before: &Bill, from: &str, edit: impl FnOnce(BillForm) -> BillForm) -> Bill {
        let format = NumberFormat::of("en-IN");
        let form = BillForm { from: from.into(), ..BillForm::of(before, day(from), format) };
        let split = edit(form).split(before).expect("two bills");
        split.form.parse(BillId::NIL, Currency::INR, format, Some(&split.rest)).expect("a bill")
    }

    #[test]
    fn the_rest_of_a_bill_falls_due_on_the_days_that_it_did() {
        for (first, repeats, from, next) in [
            ("2027-01-31", Repeats::Monthly, "2027-02-28", ["2027-02-28", "2027-03-31", "2027-04-30"]),
            ("2027-01-31", Repeats::Monthly, "2027-04-30", ["2027-04-30", "2027-05-31", "2027-06-30"]),
            ("2027-01-31", Repeats::Monthly, "2027-05-31", ["2027-05-31", "2027-06-30", "2027-07-31"]),
            ("2027-12-30", Repeats::Monthly, "2028-02-29", ["2028-02-29", "2028-03-30", "2028-04-30"]),
            ("2027-11-30", Repeats::Quarterly, "2028-02-29", ["2028-02-29", "2028-05-30", "2028-08-30"]),
            ("2028-02-29", Repeats::Yearly, "2031-02-28", ["2031-02-28", "2032-02-29", "2033-02-28"]),
            ("2027-02-28", Repeats::MonthEnd, "2027-04-30", ["2027-04-30", "2027-05-31", "2027-06-30"]),
            ("2027-01-31", Repeats::Weeks(2), "2027-02-28", ["2027-02-28", "2027-03-14", "2027-03-28"]),
        ] {
            let before = Bill { first_due: day(first), next_due: Some(day(first)), ..settled(None, repeats).0 };
            let rest = rest_of(&before, from, |form| form);
            let days: Vec<_> = std::iter::successors(rest.next_due, |due| rest.after(*due)).take(3).collect();
            assert_eq!(days, next.map(day), "{first} {repeats:?} from {from}");
            let moved = rest_of(&before, from, |form| BillForm { due: "2033-03-05".into(), ..form });
            let first = repeats.nth(day("2033-03-05"), 0);
            assert_eq!((Some(moved.first_due), moved.next_due), (first, first), "{first:?} {repeats:?} from {from}");
        }
    }

    #[test]
    fn the_rest_of_a_bill_ends_when_it_would_have() {
        let (before, _) = settled(Some("2027-01-31"), Repeats::Monthly);
        let before = Bill { ends: Ends::After(6), ..before };
        let ended = |rest: &Bill| rest.schedule().days().last();
        assert_eq!(ended(&rest_of(&before, "2027-04-30", |form| form)), Some(day("2027-06-30")));
        let thrice = rest_of(&before, "2027-04-30", |form| BillForm { times: "2".into(), ..form });
        assert_eq!(ended(&thrice), Some(day("2027-05-31")));
    }

    #[test]
    fn single_due_days_of_the_rest_stay_as_they_were_changed() {
        let change = |to: &str, minor| Change { day: day(to), amount: Some(Money::new(minor, Currency::INR)) };
        let (before, _) = settled(Some("2027-01-31"), Repeats::Monthly);
        let changed = [("2027-03-31", "2027-04-01"), ("2027-04-30", "2027-05-02"), ("2027-06-30", "2027-06-30")];
        let changed = changed.map(|(due, to)| (day(due), change(to, 700))).into();
        let before = Bill { changed, ..before };
        let renamed = rest_of(&before, "2027-04-30", |form| BillForm { name: "Rent and water".into(), ..form });
        let kept: Vec<_> = renamed.changed.into_iter().collect();
        assert_eq!(
            kept,
            [(day("2027-04-30"), change("2027-05-02", 700)), (day("2027-06-30"), change("2027-06-30", 700))]
        );
        // Another amount holds on the day that it is typed for, and not where one day has its own.
        let raised = rest_of(&before, "2027-04-30", |form| BillForm { amount: "15000".into(), ..form });
        let of = |due: &str| (raised.occurrence(day(due)).day, raised.occurrence(day(due)).amount.minor);
        assert_eq!((of("2027-04-30"), of("2027-06-30")), ((day("2027-05-02"), 1_500_000), (day("2027-06-30"), 700)));
        let moved = rest_of(&before, "2027-04-30", |form| BillForm { due: "2027-05-30".into(), ..form });
        assert_eq!(moved.changed.keys().copied().collect::<Vec<_>>(), [day("2027-06-30")], "still a due day");
    }
}
