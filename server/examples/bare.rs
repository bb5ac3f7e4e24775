//! The least that a server with a database can do, to measure Expenso beside it; and a hand on a database.
//!
//! ```text
//! bare serve PATH          GET /json answers a little JSON, POST /insert inserts and commits one durable row
//! bare hold PATH SECONDS   holds the write lock of a database, as another program might
//! ```

use std::time::Duration;

use axum::extract::State;
use axum::routing::{get, post};
use axum::{Json, Router};
use http::StatusCode;
use mimalloc::MiMalloc;
use serde::Serialize;
use sqlx::sqlite::{SqliteConnectOptions, SqliteJournalMode, SqlitePoolOptions, SqliteSynchronous};
use sqlx::{ConnectOptions, Connection, SqlitePool};
use tokio::net::TcpListener;
use uuid::Uuid;

/// As the server has it, so that what is measured beside it differs in what it does only.
#[global_allocator]
static ALLOCATOR: MiMalloc = MiMalloc;

type Failure = Box<dyn std::error::Error>;

#[tokio::main]
async fn main() -> Result<(), Failure> {
    let words: Vec<String> = std::env::args().skip(1).collect();
    match words.iter().map(String::as_str).collect::<Vec<_>>()[..] {
        ["serve", path] => serve(path).await,
        ["hold", path, seconds] => hold(path, Duration::from_secs(seconds.parse()?)).await,
        _ => Err("bare serve PATH | bare hold PATH SECONDS".into()),
    }
}

fn database(path: &str) -> SqliteConnectOptions {
    SqliteConnectOptions::new()
        .filename(path)
        .journal_mode(SqliteJournalMode::Wal)
        .synchronous(SqliteSynchronous::Full)
        .disable_statement_logging()
}

/// Prints its address, and serves until it is ended.
async fn serve(path: &str) -> Result<(), Failure> {
    let pool = SqlitePoolOptions::new().max_connections(1).connect_with(database(path).create_if_missing(true)).await?;
    let sql = "create table rows (id blob not null primary key, day text not null, minor integer not null, payee text not null)";
    sqlx::query(sql).execute(&pool).await?;
    let listener = TcpListener::bind("127.0.0.1:0").await?;
    println!("http://{}", listener.local_addr()?);
    let router = Router::new().route("/json", get(json)).route("/insert", post(insert)).with_state(pool);
    Ok(axum::serve(listener, router).await?)
}

#[derive(Serialize)]
struct Answer {
    status: &'static str,
    minor: i64,
}

async fn json() -> Json<Answer> {
    Json(Answer { status: "well", minor: 12_345 })
}

async fn insert(State(pool): State<SqlitePool>) -> Result<Json<Answer>, StatusCode> {
    insert_row(&pool).await.map_err(|_| StatusCode::INTERNAL_SERVER_ERROR)?;
    Ok(Json(Answer { status: "saved", minor: 12_345 }))
}

async fn insert_row(pool: &SqlitePool) -> sqlx::Result<()> {
    let mut tx = pool.begin_with("begin immediate").await?;
    sqlx::query("insert into rows (id, day, minor, payee) values ($1, $2, $3, $4)")
        .bind(Uuid::now_v7())
        .bind("2027-01-15")
        .bind(12_345_i64)
        .bind("Corner shop")
        .execute(&mut *tx)
        .await?;
    tx.commit().await
}

/// Prints `held` once nobody else can write, and ends when the time is up.
async fn hold(path: &str, time: Duration) -> Result<(), Failure> {
    let mut connection = database(path).busy_timeout(Duration::from_secs(5)).connect().await?;
    let tx = connection.begin_with("begin exclusive").await?;
    println!("held");
    tokio::time::sleep(time).await;
    Ok(tx.rollback().await?)
}
