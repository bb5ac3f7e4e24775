//! A fresh backend on each engine, with a clock that stands still.

use backend::{Backend, Clock};
use chrono::{DateTime, TimeZone, Utc};
use sqlx::{AssertSqlSafe, Connection, PgConnection};

/// Where every story begins: Friday, 15 January 2027, 10:00 UTC.
pub fn start() -> DateTime<Utc> {
    Utc.with_ymd_and_hms(2027, 1, 15, 10, 0, 0).single().unwrap()
}

/// Tells the story on SQLite and, when `EXPENSO_TEST_POSTGRES_URL` names a server, on PostgreSQL.
pub async fn on_each(story: impl AsyncFn(Backend)) {
    let folder = tempfile::tempdir().unwrap();
    let url = format!("sqlite:{}", folder.path().join("expenso.db").display());
    story(Backend::open(&url, Clock::fixed(start())).await.unwrap()).await;

    let Some(server) = postgres() else { return };
    let name = format!("expenso_{}", uuid::Uuid::now_v7().simple());
    admin(&server, format!("create database {name}")).await;
    let (base, _) = server.rsplit_once('/').unwrap();
    story(Backend::open(&format!("{base}/{name}"), Clock::fixed(start())).await.unwrap()).await;
    admin(&server, format!("drop database {name} with (force)")).await;
}

/// The address of the PostgreSQL server for tests, if there is one.
pub fn postgres() -> Option<String> {
    let server = std::env::var("EXPENSO_TEST_POSTGRES_URL").ok();
    if server.is_none() {
        assert!(std::env::var_os("CI").is_none(), "EXPENSO_TEST_POSTGRES_URL must name a PostgreSQL server here");
        eprintln!("told on SQLite only: EXPENSO_TEST_POSTGRES_URL is not set");
    }
    server
}

async fn admin(server: &str, statement: String) {
    let mut connection = PgConnection::connect(server).await.unwrap();
    sqlx::raw_sql(AssertSqlSafe(statement)).execute(&mut connection).await.unwrap();
}
