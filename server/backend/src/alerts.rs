//! Alerts: that a budget was exceeded, told once for each budget, period and threshold.

use chrono::NaiveDate;
use ledger::NumberFormat;
use ledger::budgets::{Budget, BudgetAlert};
use ledger::id::{BookId, BudgetId, RecordId, UserId};
use ledger::period::Period;
use uuid::Uuid;

use crate::outbox::{self, Push};
use crate::rows::{each, money, number, word};
use crate::{Clock, Member, Result, Role, Tx};

#[derive(sqlx::FromRow)]
struct AlertRow {
    budget_id: Uuid,
    period_start: NaiveDate,
    period_end: NaiveDate,
    threshold: i64,
    spent: i64,
    limit_minor: i64,
    currency: String,
    record_id: Uuid,
    seen: bool,
    revision: i64,
}

impl AlertRow {
    fn read(self) -> Result<BudgetAlert> {
        Ok(BudgetAlert {
            budget: BudgetId(self.budget_id),
            period: Period { start: self.period_start, end: self.period_end },
            threshold: number(self.threshold)?,
            spent: money(self.spent, &self.currency)?,
            limit: money(self.limit_minor, &self.currency)?,
            record: RecordId(self.record_id),
            seen: self.seen,
            revision: self.revision,
        })
    }
}

macro_rules! select {
    ($rest:literal) => {
        concat!(
            "select budget_id, period_start, period_end, threshold, spent, limit_minor, currency, record_id, seen, revision
             from alerts where book_id = $1",
            $rest
        )
    };
}

/// Of one budget, in the periods that begin between two days, both included.
pub(crate) async fn of(
    tx: &mut Tx,
    book: BookId,
    budget: BudgetId,
    first: NaiveDate,
    last: NaiveDate,
) -> Result<Vec<BudgetAlert>> {
    let query = tx.query(select!(" and budget_id = $2 and period_start >= $3 and period_start <= $4"));
    each(query.bind(book.0).bind(budget.0).bind(first).bind(last).all().await?, AlertRow::read)
}

/// Of periods that end after `day`.
pub(crate) async fn after(tx: &mut Tx, book: BookId, day: NaiveDate) -> Result<Vec<BudgetAlert>> {
    each(tx.query(select!(" and period_end > $2")).bind(book.0).bind(day).all().await?, AlertRow::read)
}

pub(crate) async fn unseen(tx: &mut Tx, book: BookId) -> Result<Vec<BudgetAlert>> {
    each(tx.query(select!(" and not seen")).bind(book.0).all().await?, AlertRow::read)
}

/// Written after revision `from`, up to `to`.
pub(crate) async fn since(tx: &mut Tx, book: BookId, from: i64, to: i64) -> Result<Vec<BudgetAlert>> {
    let rows =
        tx.query(select!(" and revision > $2 and revision <= $3")).bind(book.0).bind(from).bind(to).all().await?;
    each(rows, AlertRow::read)
}

pub(crate) async fn put(tx: &mut Tx, book: BookId, alert: &BudgetAlert) -> Result<()> {
    tx.query(
        "insert into alerts (book_id, budget_id, period_start, period_end, threshold, spent, limit_minor, currency, record_id, seen, revision)
         values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)
         on conflict (book_id, budget_id, period_start, period_end, threshold) do update set seen = excluded.seen, revision = excluded.revision",
    )
    .bind(book.0)
    .bind(alert.budget.0)
    .bind(alert.period.start)
    .bind(alert.period.end)
    .bind(i64::from(alert.threshold))
    .bind(alert.spent.minor)
    .bind(alert.limit.minor)
    .bind(alert.limit.currency.code())
    .bind(alert.record.0)
    .bind(alert.seen)
    .bind(alert.revision)
    .execute()
    .await?;
    Ok(())
}

/// Writes the letters about an alert: to whoever saved the record and to all who may change the budget, unless they
/// want none.
pub(crate) async fn tell(
    tx: &mut Tx,
    clock: &Clock,
    member: &Member,
    budget: &Budget,
    alert: &BudgetAlert,
) -> Result<()> {
    let rows: Vec<(Uuid, String, String)> = tx
        .query(
            "select u.id, u.locale, m.role from members m join users u on u.id = m.user_id
             where m.book_id = $1 and u.alerts_by_mail and u.disabled_at is null order by u.id",
        )
        .bind(member.book().0)
        .all()
        .await?;
    for (user, locale, role) in rows {
        let user = UserId(user);
        if user == member.user() || word::<Role>(&role)?.may_write() {
            tell_one(tx, clock, member.book(), (user, &locale), budget, alert).await?;
        }
    }
    Ok(())
}

async fn tell_one(
    tx: &mut Tx,
    clock: &Clock,
    book: BookId,
    (user, locale): (UserId, &str),
    budget: &Budget,
    alert: &BudgetAlert,
) -> Result<()> {
    let format = NumberFormat::of(locale);
    let payload = serde_json::json!({
        "user": user.to_string(),
        "budget_id": budget.id,
        "budget": budget.name,
        "percent": alert.threshold,
        "whole_month": budget.is_plain_monthly(),
        "limit": format.money(alert.limit),
        "spent": format.money(alert.spent),
        "period": budget.span.name(alert.period),
        "until": alert.period.end,
        "path": "/budgets",
    });
    let Period { start, end } = alert.period;
    let key = format!("budget-alert:{}:{start}:{end}:{}:{user}", alert.budget, alert.threshold);
    let push = Push { key, kind: "budget_alert", book: Some(book), user: Some(user), payload, due: clock.now() };
    outbox::push(tx, clock, push).await?;
    Ok(())
}
