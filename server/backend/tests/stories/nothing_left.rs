//! Whatever table there is: what it keeps of somebody who leaves goes with them.
//!
//! The tables are those of the schema, and each that names a person or a book is filled here, so that a new one is
//! looked at without anybody thinking of it.

use backend::db::FixedFragments;
use backend::{Backend, Tx, leaving, sessions, staff};
use chrono::TimeDelta;
use ledger::person::{InviteForm, LeaveForm};
use uuid::Uuid;

use crate::contents::{columns, everything, hex, tables};
use crate::engines::on_each;
use crate::household::Household;
use crate::leaving::traces;
use crate::people::{PASSWORD, again, person};

/// The columns that say whose a row is.
const OWNERS: [&str; 6] = ["user_id", "book_id", "for_user", "waits_for", "link_to", "matches"];
/// Tables whose rows hang on those of another, and go with them: by which column, and on which.
const HANGS_ON: [(&str, &str, &str); 2] =
    [("hook_deliveries", "hook_id", "hooks"), ("answered_requests", "token_id", "access_tokens")];
/// Tables with nothing of one person, and those of people and books themselves. `audit` keeps what staff did, to
/// whoever is gone too: under an id that names nobody, and without the reason. `newcomers` are nobody's yet, and gone after
/// a day.
const OTHERS: [&str; 12] = [
    "users",
    "books",
    "audit",
    "broadcasts",
    "installation",
    "jobs",
    "kept_keys",
    "newcomers",
    "signing_keys",
    "source_rates",
    "throttles",
    "_sqlx_migrations",
];

/// Who fills the tables: their ids, and a word that stands in each of their texts.
struct Filler {
    user: Uuid,
    book: Uuid,
    mark: &'static str,
}

impl Filler {
    fn owner(&self, column: &str) -> Uuid {
        if column == "book_id" { self.book } else { self.user }
    }

    /// Rows of the table that are theirs by this column.
    async fn rows(&self, tx: &mut Tx, table: &str, column: &str) -> i64 {
        let sql = format!("select count(*) from {table} where {column} = $1");
        tx.query_of(FixedFragments(sql)).bind(self.owner(column)).one::<(i64,)>().await.unwrap().0
    }

    /// One more row that is theirs by this column.
    async fn fill(&self, tx: &mut Tx, table: &str, column: &str, hangs_on: Option<&str>) {
        let mut names = Vec::new();
        let mut values = Vec::new();
        for Column { name, kind, needed } in shape(tx, table).await {
            let is_owner = OWNERS.contains(&name.as_str());
            let value = if let (true, Some(other)) = (name == column, hangs_on) {
                format!("(select id from {other} where user_id = {} limit 1)", id(tx, self.user))
            } else if name == column || (is_owner && needed) {
                id(tx, self.owner(&name))
            } else if needed {
                made_up(tx, &kind, self.mark)
            } else {
                continue;
            };
            names.push(name);
            values.push(value);
        }
        let sql = format!("insert into {table} ({}) values ({})", names.join(", "), values.join(", "));
        tx.query_of(FixedFragments(sql)).execute().await.unwrap();
    }
}

fn id(tx: &Tx, id: Uuid) -> String {
    match tx {
        Tx::Sqlite(_) => format!("x'{}'", id.simple()),
        Tx::Postgres(_) => format!("cast('{id}' as uuid)"),
    }
}

/// A value of this type that no other row has, where it can differ.
fn made_up(tx: &Tx, kind: &str, mark: &str) -> String {
    let one = Uuid::now_v7();
    match (kind, tx) {
        ("uuid", _) => id(tx, one),
        ("text", _) => format!("'{mark} {one}'"),
        ("bigint", _) => "1".to_owned(),
        ("boolean", _) => "true".to_owned(),
        ("date", _) => "'2027-01-15'".to_owned(),
        ("timestamptz" | "timestamp with time zone", _) => "'2027-01-15 10:00:00+00:00'".to_owned(),
        ("bytea", Tx::Sqlite(_)) => "x'00'".to_owned(),
        ("bytea", Tx::Postgres(_)) => r"'\x00'".to_owned(),
        other => panic!("no value of type {}", other.0),
    }
}

struct Column {
    name: String,
    kind: String,
    /// Nothing stands there by itself.
    needed: bool,
}

async fn shape(tx: &mut Tx, table: &str) -> Vec<Column> {
    let sql = match tx {
        Tx::Sqlite(_) => "select name, lower(type), \"notnull\" = 1 and dflt_value is null from pragma_table_info($1)",
        Tx::Postgres(_) => {
            "select column_name::text, data_type::text, is_nullable = 'NO' and column_default is null
             from information_schema.columns where table_name = $1"
        }
    };
    let found: Vec<(String, String, bool)> = tx.query(sql).bind(table.to_owned()).all().await.unwrap();
    found.into_iter().map(|(name, kind, needed)| Column { name, kind, needed }).collect()
}

/// Every table and column that says whose a row is.
async fn owned(tx: &mut Tx) -> Vec<(String, String)> {
    let mut found = Vec::new();
    for table in tables(tx).await {
        let owners: Vec<_> =
            columns(tx, &table).await.into_iter().filter(|column| OWNERS.contains(&column.as_str())).collect();
        let hangs = HANGS_ON.iter().any(|(hanging, _, _)| *hanging == table);
        assert!(
            !owners.is_empty() || hangs || OTHERS.contains(&table.as_str()),
            "whose are the rows of {table}, and do they go when somebody leaves?"
        );
        found.extend(owners.into_iter().map(|column| (table.clone(), column)));
    }
    found
}

/// Fills whatever table has nothing of this person yet; answers their rows by table and column.
async fn fill(backend: &Backend, filler: &Filler) -> Vec<(String, String, i64)> {
    let mut tx = backend.db.write().await.unwrap();
    let owned = owned(&mut tx).await;
    for (table, column) in &owned {
        if filler.rows(&mut tx, table, column).await == 0 {
            filler.fill(&mut tx, table, column, None).await;
        }
    }
    for (table, column, other) in HANGS_ON {
        filler.fill(&mut tx, table, column, Some(other)).await;
    }
    let rows = count(&mut tx, &owned, filler).await;
    tx.commit().await.unwrap();
    rows
}

async fn count(tx: &mut Tx, owned: &[(String, String)], filler: &Filler) -> Vec<(String, String, i64)> {
    let mut rows = Vec::new();
    for (table, column) in owned {
        rows.push((table.clone(), column.clone(), filler.rows(tx, table, column).await));
    }
    rows
}

#[tokio::test(flavor = "multi_thread")]
async fn every_table_is_rid_of_whoever_leaves_and_keeps_all_of_the_others() {
    on_each(async |backend| {
        let admin = person(&backend, "admin@example.com").await;
        let asha = Household::new(&backend, "asha@example.com").await;
        let ravi = Household::new(&backend, "ravi@example.com").await;
        for home in [&asha, &ravi] {
            home.save(&home.expense(100, "2027-01-10")).await;
        }
        // What others did about them: an invitation, and what staff did.
        let mut theirs = again(&backend, "ravi@example.com").await;
        theirs.person.confirmed = true;
        let invite = InviteForm { email: "Asha@example.com".into(), role: "editor".into() };
        backend::households::invite(&backend, &theirs, invite.parse().unwrap()).await.unwrap();
        staff::suspend(&backend, &admin.staff.unwrap(), asha.member.user(), "zamindar sent spam").await.unwrap();
        staff::resume(
            &backend,
            &again(&backend, "admin@example.com").await.staff.unwrap(),
            asha.member.user(),
            "zamindar wrote",
        )
        .await
        .unwrap();
        let who = again(&backend, "asha@example.com").await;

        let leaver = Filler { user: asha.member.user().0, book: asha.member.book().0, mark: "zamindar" };
        let stayer = Filler { user: ravi.member.user().0, book: ravi.member.book().0, mark: "otter" };
        let before = fill(&backend, &leaver).await;
        assert!(before.iter().all(|(_, _, rows)| *rows > 0), "{before:?}");
        assert!(before.len() > 45, "{}", before.len());
        let kept = fill(&backend, &stayer).await;
        let marks = [leaver.user.simple().to_string(), leaver.book.simple().to_string()];
        let named = ["zamindar", "asha@example.com", "Asha@example.com"].map(hex);
        let marks: Vec<String> = marks.into_iter().chain(named).chain([hex(&leaver.user.to_string())]).collect();
        assert!(traces(&everything(&backend).await, &marks).len() > before.len());

        let wish = LeaveForm { password: PASSWORD.into(), ..LeaveForm::default() }.parse(true).unwrap();
        leaving::ask(&backend, &who, wish).await.unwrap();
        backend.clock.advance(leaving::GRACE + TimeDelta::seconds(1));
        assert_eq!(leaving::end_due(&backend).await.unwrap().len(), 1);

        let mut tx = backend.db.read().await.unwrap();
        let owned = owned(&mut tx).await;
        let after = count(&mut tx, &owned, &leaver).await;
        assert!(
            after.iter().all(|(_, _, rows)| *rows == 0),
            "{:?}",
            after.iter().filter(|(_, _, rows)| *rows > 0).collect::<Vec<_>>()
        );
        let others: Vec<_> = count(&mut tx, &owned, &stayer).await;
        drop(tx);
        // The invitation that Ravi wrote to her is the one row that goes.
        let lost: Vec<_> =
            kept.iter().zip(&others).filter(|(before, after)| before != after).map(|(before, _)| &before.0).collect();
        assert_eq!(lost, ["invitations", "invitations"], "by book and by person");
        let left = traces(&everything(&backend).await, &marks);
        assert!(
            !left.is_empty() && left.iter().all(|place| place == "audit.about_user"),
            "an id that names nobody: {left:?}"
        );
        assert!(sessions::find(&backend, who.session).await.unwrap().is_none());
    })
    .await;
}
