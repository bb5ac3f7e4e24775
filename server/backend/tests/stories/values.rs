//! What goes into either database comes out as it was.

use chrono::{DateTime, NaiveDate, Utc};
use uuid::Uuid;

use crate::engines::{on_each, start};

#[derive(Debug, PartialEq, sqlx::FromRow)]
struct UserRow {
    id: Uuid,
    email: String,
    phone: Option<String>,
    confirmed_at: Option<DateTime<Utc>>,
    created_at: DateTime<Utc>,
}

#[tokio::test]
async fn ids_instants_days_and_nulls_come_back_as_they_went_in() {
    on_each(async |backend| {
        let id = backend.clock.new_id();
        let insert = "insert into users (id, email, email_key, name, password_hash, locale, time_zone, country, \
                      created_at) values ($1, $2, $2, 'Asha', '', 'en', 'UTC', 'IN', $3)";
        let mut tx = backend.db.write().await.unwrap();
        let rows = tx.query(insert).bind(id).bind("asha@example.org").bind(start()).execute().await.unwrap();
        assert_eq!(rows, 1);
        tx.commit().await.unwrap();

        let mut tx = backend.db.read().await.unwrap();
        let select = "select id, email, phone, confirmed_at, created_at from users where id = $1";
        let row: UserRow = tx.query(select).bind(id).one().await.unwrap();
        let email = "asha@example.org".to_owned();
        assert_eq!(row, UserRow { id, email, phone: None, confirmed_at: None, created_at: start() });
        let (day, yes, sum): (NaiveDate, bool, i64) = tx
            .query("select cast($1 as text) as day, $2, cast(sum($3) as bigint) from users where $4 or id = $5")
            .bind("2028-02-29")
            .bind(true)
            .bind(i64::MAX)
            .bind(true)
            .bind(Uuid::nil())
            .one::<(String, bool, i64)>()
            .await
            .map(|(day, yes, sum)| (day.parse().unwrap(), yes, sum))
            .unwrap();
        assert_eq!((day, yes, sum), (NaiveDate::from_ymd_opt(2028, 2, 29).unwrap(), true, i64::MAX));
    })
    .await;
}

#[tokio::test]
async fn an_unfinished_transaction_changes_nothing_and_a_second_key_is_recognised() {
    on_each(async |backend| {
        let insert = "insert into throttles (key, window_start, hits) values ($1, $2, 1)";
        let mut tx = backend.db.write().await.unwrap();
        tx.query(insert).bind("left").bind(start()).execute().await.unwrap();
        drop(tx);
        let mut tx = backend.db.write().await.unwrap();
        assert_eq!(tx.query("select key from throttles").all::<(String,)>().await.unwrap(), []);
        tx.query(insert).bind("kept").bind(start()).execute().await.unwrap();
        let again = tx.query(insert).bind("kept").bind(start()).execute().await.unwrap_err();
        assert!(again.is_unique_violation(), "{again:?}");
    })
    .await;
}

#[tokio::test]
async fn a_reading_transaction_cannot_write() {
    on_each(async |backend| {
        let mut tx = backend.db.read().await.unwrap();
        assert!(tx.query("delete from throttles").execute().await.is_err());
    })
    .await;
}
