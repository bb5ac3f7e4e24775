//! The calls about people and books.

use leptos::prelude::*;
use serde::{Deserialize, Serialize};

use ledger::person::{InviteForm, Role};

use crate::error::AppError;

/// The people of the book that is open.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Household {
    pub name: String,
    pub people: Vec<PersonLine>,
    /// For owners only.
    pub invited: Vec<InvitedLine>,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PersonLine {
    pub user: String,
    pub name: String,
    pub email: String,
    pub role: Role,
    pub is_me: bool,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct InvitedLine {
    pub id: String,
    pub email: String,
    pub role: Role,
    /// Whole, for handing it over by any other way than mail.
    pub link: String,
}

/// What the holder of a link is offered.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Offer {
    pub book: String,
    /// Who invites.
    pub name: String,
    pub role: Role,
}

macro_rules! choices {
    ($($(#[$doc:meta])* $name:ident { $($field:ident),+ })+) => {$(
        $(#[$doc])*
        #[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
        #[serde(default)]
        pub struct $name { $(pub $field: String,)+ }
    )+};
}

choices! {
    /// Whose role it becomes.
    PersonRole { user, role }
    PersonChoice { user }
    InvitationChoice { id }
    BookChoice { book }
    BookName { name }
    /// The secret of a link.
    TokenForm { token }
}

#[server(name = LoadHousehold, prefix = "/api", endpoint = "load_household")]
pub async fn load_household() -> Result<Household, AppError> {
    use crate::request;
    let (backend, who) = (request::backend()?, request::person()?);
    let base = request::base_url()?;
    let people = backend::households::people(&backend, &who.member).await?;
    let invited = backend::households::invited(&backend, &who.member).await?;
    let person = |person: backend::households::Person| PersonLine {
        is_me: person.user == who.member.user(),
        user: person.user.to_string(),
        name: person.name,
        email: person.email,
        role: person.role,
    };
    let invitation = |invited: backend::households::Invited| InvitedLine {
        id: invited.id.to_string(),
        link: format!("{base}/invitation?token={}", invited.secret),
        email: invited.email,
        role: invited.role,
    };
    Ok(Household {
        name: who.person.book_name.clone(),
        people: people.into_iter().map(person).collect(),
        invited: invited.into_iter().map(invitation).collect(),
    })
}

/// Invites somebody into the book.
#[server(name = Invite, prefix = "/api", endpoint = "invite")]
pub async fn invite(form: InviteForm) -> Result<(), AppError> {
    use crate::request;
    backend::households::invite(&request::backend()?, &request::person()?, form.parse()?).await?;
    request::redirect_posts("/settings?saved=1");
    Ok(())
}

#[server(name = RevokeInvitation, prefix = "/api", endpoint = "revoke_invitation")]
pub async fn revoke_invitation(form: InvitationChoice) -> Result<(), AppError> {
    let (backend, member) = crate::request::signed_in()?;
    let id = form.id.parse().map_err(|_| AppError::NotFound)?;
    backend::households::revoke(&backend, &member, id).await?;
    crate::request::redirect_posts(&format!("/settings?uninvited={id}"));
    Ok(())
}

/// Takes it back that an invitation was taken back, for some minutes.
#[server(name = RestoreInvitation, prefix = "/api", endpoint = "restore_invitation")]
pub async fn restore_invitation(form: InvitationChoice) -> Result<(), AppError> {
    let (backend, member) = crate::request::signed_in()?;
    let id = form.id.parse().map_err(|_| AppError::NotFound)?;
    backend::households::restore_invitation(&backend, &member, id).await?;
    crate::request::redirect_posts("/settings?saved=1");
    Ok(())
}

#[server(name = SetRole, prefix = "/api", endpoint = "set_role")]
pub async fn set_role(form: PersonRole) -> Result<(), AppError> {
    let (backend, member) = crate::request::signed_in()?;
    let user = form.user.parse().map_err(|_| AppError::NotFound)?;
    let role =
        form.role.parse().map_err(|error: ledger::person::UnknownRole| AppError::invalid("role", error.to_string()))?;
    backend::households::set_role(&backend, &member, user, role).await?;
    crate::request::redirect_posts("/settings?saved=1");
    Ok(())
}

#[server(name = RemovePerson, prefix = "/api", endpoint = "remove_person")]
pub async fn remove_person(form: PersonChoice) -> Result<(), AppError> {
    let (backend, member) = crate::request::signed_in()?;
    let user = form.user.parse().map_err(|_| AppError::NotFound)?;
    backend::households::remove(&backend, &member, user).await?;
    crate::request::redirect_posts(&format!("/settings?removed={}", form.user));
    Ok(())
}

/// Takes it back that somebody was removed, for some minutes.
#[server(name = RestorePerson, prefix = "/api", endpoint = "restore_person")]
pub async fn restore_person(form: PersonChoice) -> Result<(), AppError> {
    let (backend, member) = crate::request::signed_in()?;
    let user = form.user.parse().map_err(|_| AppError::NotFound)?;
    backend::households::restore(&backend, &member, user).await?;
    crate::request::redirect_posts("/settings?saved=1");
    Ok(())
}

/// Leaves the book that is open; another one opens.
#[server(name = LeaveBook, prefix = "/api", endpoint = "leave_book")]
pub async fn leave_book() -> Result<(), AppError> {
    let (backend, member) = crate::request::signed_in()?;
    backend::households::remove(&backend, &member, member.user()).await?;
    crate::request::redirect_posts(&format!("/dashboard?left={}", member.book()));
    Ok(())
}

/// Goes back into a book that one has just left, as what one was, and opens it.
#[server(name = RejoinBook, prefix = "/api", endpoint = "rejoin_book")]
pub async fn rejoin_book(form: BookChoice) -> Result<(), AppError> {
    use crate::request;
    let book = form.book.parse().map_err(|_| AppError::NotFound)?;
    backend::households::rejoin(&request::backend()?, &request::person()?, book).await?;
    request::redirect_posts("/dashboard");
    Ok(())
}

#[server(name = RenameBook, prefix = "/api", endpoint = "rename_book")]
pub async fn rename_book(form: BookName) -> Result<(), AppError> {
    let (backend, member) = crate::request::signed_in()?;
    let name = ledger::form::name(&form.name, ledger::form::NAME_MAX)
        .map_err(|error| AppError::invalid("name", error.to_string()))?;
    backend::households::rename(&backend, &member, name).await?;
    crate::request::redirect_posts("/settings?saved=1");
    Ok(())
}

/// Opens another book of the person.
#[server(name = SwitchBook, prefix = "/api", endpoint = "switch_book")]
pub async fn switch_book(form: BookChoice) -> Result<(), AppError> {
    use crate::request;
    let book = form.book.parse().map_err(|_| AppError::NotFound)?;
    backend::households::switch(&request::backend()?, &request::person()?, book).await?;
    request::redirect_posts("/dashboard");
    Ok(())
}

/// What a link offers; nothing where it is useless. Asks nobody who they are.
#[server(name = FindInvitation, prefix = "/api", endpoint = "find_invitation")]
pub async fn find_invitation(form: TokenForm) -> Result<Option<Offer>, AppError> {
    use crate::request;
    let found = backend::households::offer(&request::backend()?, &form.token, &request::client()?).await?;
    Ok(found.map(|offer| Offer { book: offer.book, name: offer.name, role: offer.role }))
}

#[server(name = AcceptInvitation, prefix = "/api", endpoint = "accept_invitation")]
pub async fn accept_invitation(form: TokenForm) -> Result<(), AppError> {
    use crate::request;
    let (backend, who) = (request::backend()?, request::person()?);
    backend::households::accept(&backend, &who, &form.token, &request::client()?).await?;
    request::redirect_posts("/dashboard");
    Ok(())
}

#[server(name = DeclineInvitation, prefix = "/api", endpoint = "decline_invitation")]
pub async fn decline_invitation(form: TokenForm) -> Result<(), AppError> {
    use crate::request;
    backend::households::decline(&request::backend()?, &form.token, &request::client()?).await?;
    request::redirect_posts("/");
    Ok(())
}
