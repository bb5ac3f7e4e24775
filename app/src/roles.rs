//! Who may call what, and open which page: one table for the buttons that are shown and for the server that decides.

pub use ledger::person::Role;
pub use ledger::staff::Rank;
use leptos::prelude::use_context;

use crate::layout::Me;

/// What a call asks of whoever is signed in.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Power {
    /// Looking, and all that concerns nobody but oneself.
    Look,
    /// Adding records.
    Add,
    /// Changing what is kept.
    Write,
    /// Letting people in and out.
    Invite,
}

/// Every server function that asks who is signed in.
const CALLS: &[(Power, &[&str])] = &[
    (
        Power::Look,
        &[
            "accept_invitation",
            "add_passkey",
            "begin_adding_passkey",
            "ask_for_help",
            "begin_second_factor",
            "cancel_new_email",
            "change_email",
            "change_password",
            "changes_since",
            "confirm",
            "confirm_new_email",
            "confirm_second_factor",
            "decline_invitation",
            "dismiss_insight",
            "end_consent",
            "end_feed",
            "end_others",
            "end_second_factor",
            "end_session",
            "find_record",
            "find_ties",
            "keep_recovery_codes",
            "leave",
            "leave_book",
            "list_passkeys",
            "list_records",
            "list_sessions",
            "list_ways",
            "load_bill_history",
            "load_book",
            "load_budget_history",
            "load_feed",
            "load_lately",
            "load_new_email",
            "load_household",
            "load_rates",
            "load_report",
            "load_support",
            "load_second_factor",
            "load_settled_bills",
            "load_tokens",
            "load_unrated",
            "log_out",
            "matching_records",
            "monthly_mail_on",
            "own_requests",
            "prove",
            "prove_by_passkey",
            "put_off_confirmation",
            "rate_on_day",
            "rejoin_book",
            "remove_passkey",
            "rename_passkey",
            "renew_recovery_codes",
            "resend_confirmation",
            "reset_feed",
            "save_alerts",
            "save_monthly_mail",
            "save_profile",
            "save_theme",
            "skip_first_steps",
            "stay",
            "suggest_payees",
            "suggest_search",
            "suggest_tags",
            "sum_days",
            "sum_records",
            "switch_book",
            "unlink_way",
            "usual_for_tag",
            "create_token",
            "restore_insight",
            "restore_token",
            "revoke_token",
        ],
    ),
    (Power::Add, &["save_record"]),
    (
        Power::Write,
        &[
            "add_hook",
            "archive_account",
            "archive_category",
            "begin_samples",
            "copy_plan",
            "delete_bill",
            "delete_budget",
            "delete_hook",
            "delete_rate",
            "delete_record",
            "edit_records",
            "end_samples",
            "get_hook",
            "list_hooks",
            "load_merges",
            "merge_category",
            "move_account",
            "move_category",
            "move_money",
            "pay_bill",
            "reopen_bill",
            "restore_bill",
            "restore_budget",
            "restore_hook",
            "restore_rate",
            "restore_record",
            "restore_samples",
            "save_account",
            "save_bill",
            "save_book",
            "save_budget",
            "save_category",
            "save_due",
            "save_plan",
            "save_rate",
            "see_alerts",
            "skip_bill",
            "test_hook",
            "undo_edit",
            "use_rate",
            "unmerge_category",
        ],
    ),
    (
        Power::Invite,
        &[
            "give_consent",
            "invite",
            "remove_person",
            "rename_book",
            "restore_invitation",
            "restore_person",
            "revoke_invitation",
            "set_role",
        ],
    ),
];

/// Every server function of staff. To others they are not there.
const STAFF_CALLS: &[(Rank, &[&str])] = &[
    (
        Rank::Care,
        &[
            "answer_request",
            "find_person",
            "find_persons",
            "find_request",
            "list_requests",
            "look_at_book",
            "look_away",
            "resend_to",
        ],
    ),
    (
        Rank::Admin,
        &[
            "delete_person",
            "discard_broadcast",
            "find_broadcast",
            "keep_person",
            "list_broadcasts",
            "load_audit",
            "load_overview",
            "resume_person",
            "retry_message",
            "save_broadcast",
            "send_broadcast",
            "suspend_person",
        ],
    ),
];

/// What somebody of the staff reads who looks at the book of a person by their consent; each is told to that person.
const READS: &[&str] = &[
    "changes_since",
    "find_record",
    "find_ties",
    "list_records",
    "load_bill_history",
    "load_book",
    "load_budget_history",
    "load_lately",
    "load_report",
    "load_settled_bills",
    "load_unrated",
    "matching_records",
    "rate_on_day",
    "suggest_payees",
    "suggest_search",
    "suggest_tags",
    "sum_days",
    "sum_records",
    "usual_for_tag",
];
/// What they may do meanwhile that touches no book.
const BESIDES: &[&str] = &["log_out", "save_theme"];
/// The pages of a book, which they may open.
const BOOK_PAGES: &[&str] = &["/dashboard", "/records", "/bills", "/budgets", "/categories", "/accounts", "/reports"];
/// Pages that hold nothing of a book. Every other one brings the newest of it along.
const PLAIN_PAGES: &[&str] =
    &["/", "/terms", "/signup", "/login", "/logout", "/forgot", "/reset", "/confirm", "/invitation", "/styleguide"];

/// What a request of somebody is who looks at a book by consent.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Sight {
    /// Their own affair.
    Own,
    /// Reads the book.
    Read,
    /// Is not for them.
    Refused,
}

/// What else changes nothing, by how it begins, and what nobody is kept from.
const FREE: &[&str] = &[
    "find_",
    "list_",
    "load_",
    "suggest_",
    "get_hook",
    "monthly_mail_on",
    "own_requests",
    "log_out",
    "end_others",
    "end_session",
];

/// Whether the call counts as no change of the person who makes it.
pub fn is_not_counted(endpoint: &str) -> bool {
    READS.contains(&endpoint) || FREE.iter().any(|start| endpoint.starts_with(start))
}

/// What a page or call at this path is to somebody who looks at a book by consent.
pub fn sight(path: &str) -> Sight {
    match path.strip_prefix("/api/") {
        Some(call) if READS.contains(&call) => Sight::Read,
        Some(call) if BESIDES.contains(&call) || asked_of_staff(call).is_some() => Sight::Own,
        Some(_) => Sight::Refused,
        None if PLAIN_PAGES.contains(&path) => Sight::Own,
        None => Sight::Read,
    }
}

/// Whether whoever looks at a book by consent may open the page.
fn is_book_page(path: &str) -> bool {
    let path = path.split('?').next().unwrap_or_default();
    BOOK_PAGES.iter().any(|page| path.strip_prefix(page).is_some_and(|rest| rest.is_empty() || rest.starts_with('/')))
}

/// What the server function of this endpoint asks of staff; `None` where it is for everybody.
pub fn asked_of_staff(endpoint: &str) -> Option<Rank> {
    STAFF_CALLS.iter().find(|(_, calls)| calls.contains(&endpoint)).map(|(rank, _)| *rank)
}

/// Whether this is enough for what staff are asked.
pub fn is_staff(rank: Option<Rank>, asked: Rank) -> bool {
    rank.is_some_and(|rank| rank >= asked)
}

/// What opening a page asks of staff; `None` for the pages of everybody.
pub fn asked_of_staff_page(path: &str) -> Option<Rank> {
    let path = path.split('?').next().unwrap_or_default().trim_end_matches('/');
    let care = ["/admin/users", "/admin/requests"]
        .iter()
        .any(|page| path.strip_prefix(page).is_some_and(|rest| rest.is_empty() || rest.starts_with('/')));
    match path {
        _ if care => Some(Rank::Care),
        "/admin" => Some(Rank::Admin),
        _ => path.starts_with("/admin/").then_some(Rank::Admin),
    }
}

/// What the server function of this endpoint asks; `None` where it asks nobody, or there is none.
pub fn asked_by(endpoint: &str) -> Option<Power> {
    CALLS.iter().find(|(_, calls)| calls.contains(&endpoint)).map(|(power, _)| *power)
}

/// Whether the role has the power.
pub fn has(role: Role, power: Power) -> bool {
    match power {
        Power::Look => true,
        Power::Add => role.may_add(),
        Power::Write => role.may_write(),
        Power::Invite => role.may_invite(),
    }
}

/// What opening a page asks: those with a form that changes things are for those who may.
pub fn asked_by_page(path: &str) -> Power {
    let path = path.split('?').next().unwrap_or_default().trim_end_matches('/');
    let changes = ["/new", "/edit", "/merge", "/pay"].iter().any(|end| path.ends_with(end));
    match path {
        "/records/new" => Power::Add,
        _ if changes || path.contains("/due/") || path.starts_with("/settings/webhooks") => Power::Write,
        _ => Power::Look,
    }
}

/// Whether whoever looks at this page may make the call; strangers make only those that ask nobody.
pub(crate) fn may_call(endpoint: &str) -> bool {
    let refused = is_looking() && sight(&format!("/api/{endpoint}")) == Sight::Refused;
    !refused && asked_by(endpoint).is_none_or(may) && asked_of_staff(endpoint).is_none_or(may_as_staff)
}

/// Whether whoever looks at this page may open that one.
pub(crate) fn may_open(path: &str) -> bool {
    let is_own = asked_of_staff_page(path).is_some();
    let refused = is_looking() && !is_own && !is_book_page(path);
    !refused && may(asked_by_page(path)) && is_there(path)
}

/// Whether the book that is open is that of a person who consents to be helped.
fn is_looking() -> bool {
    use_context::<Me>().is_some_and(|me| me.looking.is_some())
}

/// Whether this page is there at all for whoever looks: to others the area of staff is not.
pub(crate) fn is_there(path: &str) -> bool {
    asked_of_staff_page(path).is_none_or(may_as_staff)
}

fn may_as_staff(rank: Rank) -> bool {
    use_context::<Me>().is_some_and(|me| is_staff(me.staff, rank))
}

fn may(power: Power) -> bool {
    use_context::<Me>().is_none_or(|me| has(me.role, power))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn who_looks_by_consent_reads_and_does_nothing_else() {
        for (path, seen) in [
            ("/api/list_records", Sight::Read),
            ("/dashboard", Sight::Read),
            ("/records/1/edit", Sight::Read),
            ("/login", Sight::Own),
            ("/api/look_away", Sight::Own),
            ("/api/suspend_person", Sight::Own),
            ("/admin/users", Sight::Read),
            ("/api/save_record", Sight::Refused),
            ("/api/reset_feed", Sight::Refused),
            ("/api/anything_new", Sight::Refused),
        ] {
            assert_eq!(sight(path), seen, "{path}");
        }
        assert!(is_book_page("/records?q=a") && is_book_page("/bills/1"));
        assert!(!is_book_page("/recordsofall") && !is_book_page("/settings"));
    }

    #[test]
    fn pages_of_staff_are_there_for_staff() {
        for (path, rank) in [
            ("/admin", Some(Rank::Admin)),
            ("/admin/users?q=a", Some(Rank::Care)),
            ("/admin/users/1", Some(Rank::Care)),
            ("/admin/audit", Some(Rank::Admin)),
            ("/admin/requests", Some(Rank::Care)),
            ("/admin/broadcast", Some(Rank::Admin)),
            ("/admin/anything", Some(Rank::Admin)),
            ("/administer", None),
            ("/settings", None),
        ] {
            assert_eq!(asked_of_staff_page(path), rank, "{path}");
        }
        assert!(is_staff(Some(Rank::Admin), Rank::Care) && !is_staff(Some(Rank::Care), Rank::Admin));
        assert!(!is_staff(None, Rank::Care));
    }

    #[test]
    fn pages_that_change_things_are_for_those_who_may() {
        for (path, power) in [
            ("/records", Power::Look),
            ("/records/new?kind=income", Power::Add),
            ("/records/1/edit", Power::Write),
            ("/bills/1/due/2027-01-01", Power::Write),
            ("/bills/1", Power::Look),
            ("/budgets/envelopes", Power::Look),
            ("/categories/1/merge", Power::Write),
            ("/settings", Power::Look),
        ] {
            assert_eq!(asked_by_page(path), power, "{path}");
        }
        assert!(has(Role::Adder, Power::Add) && !has(Role::Adder, Power::Write));
        assert!(!has(Role::Viewer, Power::Add) && has(Role::Viewer, Power::Look));
        assert!(has(Role::Owner, Power::Invite) && !has(Role::Editor, Power::Invite));
    }
}
