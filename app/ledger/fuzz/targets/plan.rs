//! Bills, budgets and envelopes as forms post them: what is taken can be kept, and its days can be counted.
#![no_main]

use ledger::bills::BillForm;
use ledger::budgets::BudgetForm;
use ledger::envelopes::{MoveForm, PlanForm};
use ledger::id::{BillId, BudgetId, MoveId};
use ledger::{Command, Currency};
use ledger_fuzz::{TODAY, book, form, formats};
use libfuzzer_sys::fuzz_target;
use uuid::Uuid;

const ID: Uuid = Uuid::from_u128(5);

fuzz_target!(|posted: &str| {
    let empty = book();
    for format in formats() {
        if let Some(Ok(bill)) = form::<BillForm>(posted).map(|form| form.parse(BillId(ID), Currency::INR, format, None))
        {
            let days: Vec<_> = bill.schedule().days().take(400).collect();
            assert!(days.is_sorted_by(|one, next| one < next), "{bill:?}");
            let _ = empty.clone().apply(&Command::SaveBill(bill));
        }
        let budget =
            form::<BudgetForm>(posted).map(|form| form.parse(BudgetId(ID), Currency::INR, format, TODAY, None));
        if let Some(Ok(budget)) = budget {
            let period = budget.span.around(TODAY, chrono::Weekday::Mon);
            assert!(period.start <= period.last_day(), "{budget:?}");
            let _ = empty.clone().apply(&Command::SaveBudget(budget));
        }
        if let Some(plan) = form::<PlanForm>(posted) {
            let _ = plan.parse(&empty, format);
        }
        if let Some(moved) = form::<MoveForm>(posted) {
            let _ = moved.parse(MoveId(ID), &empty, format);
        }
    }
});
