//! All that a database holds, whatever tables there are.

use std::fmt::Write as _;

use backend::db::FixedFragments;
use backend::{Backend, Tx};

/// The names of all tables.
pub async fn tables(tx: &mut Tx) -> Vec<String> {
    let sql = match tx {
        Tx::Sqlite(_) => "select name from sqlite_master where type = 'table' and name not like 'sqlite%'",
        Tx::Postgres(_) => "select tablename::text from pg_tables where schemaname = 'public'",
    };
    tx.query(sql).all::<(String,)>().await.unwrap().into_iter().map(|(name,)| name).collect()
}

/// The names of the columns of a table.
pub async fn columns(tx: &mut Tx, table: &str) -> Vec<String> {
    let sql = match tx {
        Tx::Sqlite(_) => "select name from pragma_table_info($1)",
        Tx::Postgres(_) => "select column_name::text from information_schema.columns where table_name = $1",
    };
    tx.query(sql).bind(table.to_owned()).all::<(String,)>().await.unwrap().into_iter().map(|(name,)| name).collect()
}

/// Every value of every row of every table, in hexadecimal digits as it is stored, by table.
pub async fn everything(backend: &Backend) -> Vec<(String, String)> {
    let mut tx = backend.db.read().await.unwrap();
    let mut found = Vec::new();
    for table in tables(&mut tx).await {
        for column in columns(&mut tx, &table).await {
            let value = match tx {
                // Ids are stored as bytes, texts as texts: both have a hexadecimal form.
                Tx::Sqlite(_) => format!("lower(hex({column}))"),
                Tx::Postgres(_) => format!(
                    "case when pg_typeof({column})::text = 'bytea' then encode({column}::text::bytea, 'escape')
                     when pg_typeof({column})::text = 'uuid' then replace({column}::text, '-', '')
                     else encode(convert_to({column}::text, 'UTF8'), 'hex') end"
                ),
            };
            let sql = format!("select {value} from {table} where {column} is not null");
            let rows: Vec<(String,)> = tx.query_of(FixedFragments(sql)).all().await.unwrap();
            found.extend(rows.into_iter().map(|(value,)| (format!("{table}.{column}"), value)));
        }
    }
    found
}

pub fn hex(text: &str) -> String {
    text.bytes().fold(String::new(), |mut digits, byte| {
        let _ = write!(digits, "{byte:02x}");
        digits
    })
}
