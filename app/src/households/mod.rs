//! The people of a book, and the books of a person.

mod api;
mod books;
mod offer;
mod people;

pub use api::{
    AcceptInvitation, BookChoice, BookName, DeclineInvitation, FindInvitation, Household, InvitationChoice, Invite,
    InvitedLine, LeaveBook, LoadHousehold, Offer, PersonChoice, PersonLine, PersonRole, RemovePerson, RenameBook,
    RevokeInvitation, SetRole, SwitchBook, TokenForm, accept_invitation, decline_invitation, find_invitation, invite,
    leave_book, load_household, remove_person, rename_book, revoke_invitation, set_role, switch_book,
};
pub(crate) use books::BookSwitch;
pub use offer::InvitationPage;
pub(crate) use people::People;
