//! The people of a book, and the books of a person.

mod api;
mod books;
mod notice;
mod offer;
mod people;

pub use api::{
    AcceptInvitation, BookChoice, BookName, DeclineInvitation, FindInvitation, Household, InvitationChoice, Invite,
    InvitedLine, LeaveBook, LoadHousehold, Offer, PersonChoice, PersonLine, PersonRole, RejoinBook, RemovePerson,
    RenameBook, RestoreInvitation, RestorePerson, RevokeInvitation, SetRole, SwitchBook, TokenForm, accept_invitation,
    decline_invitation, find_invitation, invite, leave_book, load_household, rejoin_book, remove_person, rename_book,
    restore_invitation, restore_person, revoke_invitation, set_role, switch_book,
};
pub(crate) use books::BookSwitch;
pub(crate) use notice::LeftNotice;
pub use offer::InvitationPage;
pub(crate) use people::People;
