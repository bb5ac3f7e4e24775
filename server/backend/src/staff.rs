//! Those who help the people here. Everything they do goes through [`begin`], which writes it to the audit trail in the
//! transaction that does it.

mod audit;
mod broadcasts;
mod consents;
mod help;
mod letters;
mod operator;
mod overview;
mod people;

use crate::rows::word;
use crate::{Backend, Error, Result, Tx};
use ledger::id::UserId;
use ledger::person::Email;
use ledger::staff::{Deed, Rank};

pub use audit::{Entry, Seen, about, told, trail};
pub use broadcasts::{
    Broadcast, address_broadcasts, broadcast, broadcast_letter, broadcasts, discard_broadcast, save_broadcast,
    send_broadcast,
};
pub use consents::{Consent, Support, end, give, look, look_away, note, of_member};
pub(crate) use consents::{Looked, looked};
pub use help::{Request, answer, answer_letter, ask, asked_by, request, requests};
pub use letters::{Suspension, suspension_letter, waiting_letter};
pub use operator::{NewPassword, create, end_second_factor, rank, reset_password};
pub use overview::{Failed, Job, Overview, overview, retry};
pub(crate) use people::note_keys;
pub use people::{Account, Found, Letter, Line, account, delete, find, keep, resend_confirmation, resume, suspend};

/// Somebody who helps. Only [`crate::sessions`] makes one, so holding it is the permission.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Staff {
    user: UserId,
    rank: Rank,
}

impl Staff {
    pub(crate) fn new(user: UserId, rank: Rank) -> Self {
        Self { user, rank }
    }

    pub fn user(&self) -> UserId {
        self.user
    }

    pub fn rank(&self) -> Rank {
        self.rank
    }

    /// To others the area of staff is not there.
    fn must(&self, asked: Rank) -> Result<()> {
        if self.rank >= asked { Ok(()) } else { Err(Error::NotFound) }
    }
}

/// Who does something.
#[derive(Clone, Copy, Debug)]
pub enum By<'s> {
    Staff(&'s Staff),
    /// Whoever has a shell on the server.
    CommandLine,
}

/// A thing that is about to be done.
struct Act<'a> {
    deed: Deed,
    about: Option<UserId>,
    detail: &'a str,
    why: &'a str,
}

/// Opens the transaction in which something is done, once it stands in the audit trail: both are kept, or neither.
///
/// # Errors
/// [`Error::NotFound`] for those who may not.
async fn begin(backend: &Backend, by: By<'_>, act: Act<'_>) -> Result<Tx> {
    let by = match by {
        By::Staff(staff) => {
            staff.must(act.deed.asks())?;
            Some(staff.user)
        }
        By::CommandLine => None,
    };
    let mut tx = backend.db.write().await?;
    tx.query("insert into audit (id, at, by_user, about_user, deed, detail, why) values ($1, $2, $3, $4, $5, $6, $7)")
        .bind(backend.clock.new_id())
        .bind(backend.clock.now())
        .bind(by.map(|user| user.0))
        .bind(act.about.map(|user| user.0))
        .bind(act.deed.word())
        .bind(act.detail.to_owned())
        .bind(act.why.to_owned())
        .execute()
        .await?;
    Ok(tx)
}

/// Notes by what a person is found.
pub(crate) async fn note_address(tx: &mut Tx, user: UserId, email: &Email) -> Result<()> {
    let sql = "update users set find_key = $1 where id = $2";
    tx.query(sql).bind(email.key().into_bytes()).bind(user.0).execute().await?;
    Ok(())
}

/// Notes by what a new person is found, and makes the very first one of an installation its administrator. Of two who
/// come at once, one is the first.
pub(crate) async fn welcome(tx: &mut Tx, backend: &Backend, user: UserId, email: &Email) -> Result<()> {
    note_address(tx, user, email).await?;
    if backend.founding && tx.query("update installation set founded = true where not founded").execute().await? == 1 {
        set_rank(tx, user, Some(Rank::Admin)).await?;
    }
    Ok(())
}

/// Nobody is left: whoever comes next is the first.
pub(crate) async fn unfound(tx: &mut Tx) -> Result<()> {
    tx.query("update installation set founded = false where not exists (select 1 from users)").execute().await?;
    Ok(())
}

async fn set_rank(tx: &mut Tx, user: UserId, rank: Option<Rank>) -> Result<()> {
    let sql = "update users set staff = $1 where id = $2";
    tx.query(sql).bind(rank.map(Rank::as_str)).bind(user.0).execute().await?;
    Ok(())
}

/// Before somebody is no administrator any more.
///
/// # Errors
/// [`Error::Conflict`] when they are the last one who can do anything.
async fn keep_an_admin(tx: &mut Tx, user: UserId) -> Result<()> {
    if is_last_admin(tx, user).await? {
        return Err(Error::Conflict("This is the last administrator. Make somebody else one first".into()));
    }
    Ok(())
}

/// Whether nobody else can do anything as an administrator; one who leaves does not count. Of two who end each other at once,
/// the later one sees what the first has left.
async fn is_last_admin(tx: &mut Tx, user: UserId) -> Result<bool> {
    tx.query("update installation set founded = founded").execute().await?;
    let (is_admin, others) = tx
        .query(
            "select (select count(*) from users where id = $1 and staff = 'admin'),
                (select count(*) from users where staff = 'admin' and id <> $1 and disabled_at is null and leaves_at is null)",
        )
        .bind(user.0)
        .one::<(i64, i64)>()
        .await?;
    Ok(is_admin > 0 && others == 0)
}

/// Whether somebody who leaves may be deleted now: not the last administrator, while there is anybody else.
pub(crate) async fn may_go(tx: &mut Tx, user: UserId) -> Result<bool> {
    if !is_last_admin(tx, user).await? {
        return Ok(true);
    }
    let sql = "select count(*) from users where id in (select id from users where id <> $1 limit 1)";
    Ok(tx.query(sql).bind(user.0).one::<(i64,)>().await?.0 == 0)
}

/// The rank in a column.
pub(crate) fn read_rank(stored: Option<&str>) -> Result<Option<Rank>> {
    stored.map(word).transpose()
}
