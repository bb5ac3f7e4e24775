//! What the letters say: a message of the outbox becomes a letter, or a reason not to send it, now or ever.

mod addresses;
mod monthly;
mod newcomers;
mod people;
mod pictures;
mod second_factor;
mod staff;
mod tokens;
mod ways;

use askama::Template;
use backend::outbox::Claimed;
use backend::reminders::{self, Reminder};
use backend::users::Recipient;
use backend::{Backend, budgets, reports, users};
use chrono::NaiveDate;
use ledger::NumberFormat;
use ledger::id::{BookId, BudgetId, UserId};
use lettre::Address;
use lettre::message::Mailbox;
use serde::Deserialize;
use serde::de::DeserializeOwned;

use crate::deliver::EmailMessage;
use addresses::{AddressAsked, AddressChanged, AddressTaken, NewAddress, address_letter};
use monthly::MonthlyLetter;
use newcomers::{SignedUp, SignedUpAlready, newcomer_letter};
use people::{Invitation, Leaving, invitation_letter, leaving_letter};
use second_factor::{SecondFactor, second_factor_letter};
use staff::{
    Answer, Broadcast, HelpWaiting, Suspension, answer_letter, broadcast_letter, suspension_letter, waiting_letter,
};
use tokens::{Confirm, Reset, token_letter};
use ways::{WayChanged, way_letter};

/// What is to be done with a message, after a look at what is true by now.
pub enum Letter {
    Send(Box<EmailMessage>),
    /// It goes to confirmed addresses only, and is no news any more from a day on.
    Wait {
        user: UserId,
        until: Option<NaiveDate>,
    },
    /// Nobody waits for it any more, or nobody may get it.
    Drop(&'static str),
}

/// Why a letter was not written.
#[derive(Debug)]
pub enum Unwritten {
    /// The message or its template is at fault, and would be at any other time.
    Faulty(&'static str),
    /// The database did not say what is true now.
    Unknown(backend::Error),
}

impl From<backend::Error> for Unwritten {
    fn from(error: backend::Error) -> Self {
        Self::Unknown(error)
    }
}

impl From<askama::Error> for Unwritten {
    fn from(_: askama::Error) -> Self {
        Self::Faulty("the template of the letter cannot be filled in")
    }
}

/// The three parts of a letter, from the templates in the folder of its name.
macro_rules! letters {
    ($($name:ident, $subject:ident $subject_path:literal, $text:ident $text_path:literal, $html:ident $html_path:literal;)+) => {$(
        #[derive(Template)]
        #[template(path = $subject_path)]
        #[allow(dead_code, reason = "not every subject speaks of the letter")]
        struct $subject<'l> { l: &'l $name }

        #[derive(Template)]
        #[template(path = $text_path)]
        struct $text<'l> { l: &'l $name }

        #[derive(Template)]
        #[template(path = $html_path)]
        struct $html<'l> { l: &'l $name }

        impl $name {
            fn written(&self, to: Mailbox, key: &str) -> Result<Letter, Unwritten> {
                Ok(Letter::Send(Box::new(EmailMessage {
                    to,
                    subject: $subject { l: self }.render()?.trim().to_owned(),
                    text: $text { l: self }.render()?,
                    html: $html { l: self }.render()?,
                    pictures: Vec::new(),
                    key: key.to_owned(),
                })))
            }
        }
    )+};
}

letters! {
    Confirm, ConfirmSubject "confirm/subject.txt", ConfirmText "confirm/body.txt", ConfirmHtml "confirm/body.html";
    Reset, ResetSubject "reset/subject.txt", ResetText "reset/body.txt", ResetHtml "reset/body.html";
    PasswordChanged, PasswordChangedSubject "password_changed/subject.txt",
        PasswordChangedText "password_changed/body.txt", PasswordChangedHtml "password_changed/body.html";
    NewAddress, NewAddressSubject "new_address/subject.txt",
        NewAddressText "new_address/body.txt", NewAddressHtml "new_address/body.html";
    AddressTaken, AddressTakenSubject "address_taken/subject.txt",
        AddressTakenText "address_taken/body.txt", AddressTakenHtml "address_taken/body.html";
    AddressAsked, AddressAskedSubject "address_asked/subject.txt",
        AddressAskedText "address_asked/body.txt", AddressAskedHtml "address_asked/body.html";
    AddressChanged, AddressChangedSubject "address_changed/subject.txt",
        AddressChangedText "address_changed/body.txt", AddressChangedHtml "address_changed/body.html";
    SignedUp, SignedUpSubject "signed_up/subject.txt",
        SignedUpText "signed_up/body.txt", SignedUpHtml "signed_up/body.html";
    SignedUpAlready, SignedUpAlreadySubject "signed_up_already/subject.txt",
        SignedUpAlreadyText "signed_up_already/body.txt", SignedUpAlreadyHtml "signed_up_already/body.html";
    WayChanged, WayChangedSubject "way_changed/subject.txt",
        WayChangedText "way_changed/body.txt", WayChangedHtml "way_changed/body.html";
    SecondFactor, SecondFactorSubject "second_factor/subject.txt",
        SecondFactorText "second_factor/body.txt", SecondFactorHtml "second_factor/body.html";
    Leaving, LeavingSubject "leaving/subject.txt", LeavingText "leaving/body.txt", LeavingHtml "leaving/body.html";
    Answer, AnswerSubject "answer/subject.txt", AnswerText "answer/body.txt", AnswerHtml "answer/body.html";
    Broadcast, BroadcastSubject "broadcast/subject.txt",
        BroadcastText "broadcast/body.txt", BroadcastHtml "broadcast/body.html";
    Suspension, SuspensionSubject "suspension/subject.txt",
        SuspensionText "suspension/body.txt", SuspensionHtml "suspension/body.html";
    HelpWaiting, HelpWaitingSubject "help_waiting/subject.txt",
        HelpWaitingText "help_waiting/body.txt", HelpWaitingHtml "help_waiting/body.html";
    Invitation, InvitationSubject "invitation/subject.txt",
        InvitationText "invitation/body.txt", InvitationHtml "invitation/body.html";
    BudgetAlert, BudgetAlertSubject "budget_alert/subject.txt",
        BudgetAlertText "budget_alert/body.txt", BudgetAlertHtml "budget_alert/body.html";
    MonthlyLetter, MonthlySubject "monthly_report/subject.txt",
        MonthlyText "monthly_report/body.txt", MonthlyHtml "monthly_report/body.html";
    BillReminder, BillReminderSubject "bill_reminder/subject.txt",
        BillReminderText "bill_reminder/body.txt", BillReminderHtml "bill_reminder/body.html";
}

struct PasswordChanged {
    name: String,
    link: String,
}

struct BudgetAlert {
    name: String,
    alert: Alert,
    link: String,
}

impl BudgetAlert {
    /// All spending of the month is over its limit, and no more is said than that.
    fn is_whole(&self) -> bool {
        self.alert.whole_month && self.alert.percent == 100
    }

    fn is_over(&self) -> bool {
        self.alert.percent >= 100
    }

    /// Nothing is exceeded yet.
    fn is_pace(&self) -> bool {
        self.alert.percent == i64::from(ledger::budgets::PACE)
    }
}

struct BillReminder {
    name: String,
    bills: Vec<DueBill>,
    link: String,
}

/// One line of a reminder.
struct DueBill {
    name: String,
    amount: String,
    /// "Wednesday, 31 March 2027"
    day: String,
    /// "31 March"
    short_day: String,
    /// Whether that day is over.
    past: bool,
}

impl BillReminder {
    /// The words before the bills, without the name.
    fn lead(&self) -> &'static str {
        match (self.bills.len(), self.past()) {
            (1, 0) => "a bill is due soon:",
            (1, _) => "a bill was due and is not paid yet:",
            (_, 0) => "these bills are due soon:",
            (all, past) if all == past => "these bills were due and are not paid yet:",
            _ => "these bills are due:",
        }
    }

    /// The bill that the letter is about, if there is just one.
    fn only(&self) -> Option<&DueBill> {
        if let [bill] = self.bills.as_slice() { Some(bill) } else { None }
    }

    /// How many days of bills are over.
    fn past(&self) -> usize {
        self.bills.iter().filter(|bill| bill.past).count()
    }
}

/// What the domain says about a budget, with amounts as its owner reads them.
#[derive(Deserialize)]
struct Alert {
    user: UserId,
    /// Absent in messages of the first versions, as is `until`.
    budget_id: Option<BudgetId>,
    budget: String,
    percent: i64,
    /// The budget for all spending of a month.
    whole_month: bool,
    limit: String,
    spent: String,
    period: String,
    /// The first day after the period.
    until: Option<NaiveDate>,
    #[serde(default)]
    path: String,
}

#[derive(Deserialize)]
struct OfUser {
    user: UserId,
}

/// The month that a report is about, by its first day.
#[derive(Deserialize)]
struct OfMonth {
    user: UserId,
    month: NaiveDate,
}

/// The letter of a message. `to_people` tells that letters leave this machine.
pub async fn compose(
    backend: &Backend,
    base_url: &str,
    to_people: bool,
    message: &Claimed,
) -> Result<Letter, Unwritten> {
    match message.kind.as_str() {
        "confirm" | "reset" => token_letter(backend, base_url, message).await,
        "password_changed" => {
            let of: OfUser = payload(message)?;
            let Some(person) = users::recipient(backend, of.user).await? else {
                return Ok(Letter::Drop("the person is gone"));
            };
            let letter = PasswordChanged { name: person.name.clone(), link: format!("{base_url}/forgot") };
            letter.written(mailbox(&person)?, &message.key)
        }
        "address" | "address_asked" | "address_changed" => address_letter(backend, base_url, message).await,
        "newcomer" => newcomer_letter(backend, base_url, message).await,
        "way_changed" => way_letter(backend, base_url, message).await,
        "second_factor" => second_factor_letter(backend, base_url, message).await,
        "leaving" => leaving_letter(backend, base_url, message).await,
        "answer" => answer_letter(backend, base_url, to_people, message).await,
        "broadcast" => broadcast_letter(backend, message).await,
        "suspension" => suspension_letter(backend, base_url, message).await,
        "help_waiting" => waiting_letter(backend, base_url, to_people, message).await,
        "invitation" => invitation_letter(backend, base_url, message).await,
        "budget_alert" => alert_letter(backend, base_url, to_people, message).await,
        "bill_reminder" => reminder_letter(backend, base_url, to_people, message).await,
        "monthly_report" => monthly_letter(backend, base_url, to_people, message).await,
        _ => Err(Unwritten::Faulty("nobody knows how to write this letter")),
    }
}

async fn reminder_letter(
    backend: &Backend,
    base_url: &str,
    to_people: bool,
    message: &Claimed,
) -> Result<Letter, Unwritten> {
    let reminder: Reminder = payload(message)?;
    let Some(person) = users::recipient(backend, reminder.user).await? else {
        return Ok(Letter::Drop("the person is gone"));
    };
    let due = reminders::still_due(backend, &reminder).await?;
    let Some(last) = due.iter().map(|(_, due)| due.day).max() else {
        return Ok(Letter::Drop("the bills were settled"));
    };
    if to_people && !person.confirmed {
        return Ok(Letter::Wait { user: reminder.user, until: last.succ_opt() });
    }
    let format = NumberFormat::of(&person.locale);
    let today = backend.clock.today(&person.time_zone);
    let bills = due.into_iter().map(|(name, due)| DueBill {
        name,
        amount: format!("{}{}", if due.estimated { "about " } else { "" }, format.money(due.amount)),
        day: due.day.format("%A, %-d %B %Y").to_string(),
        short_day: due.day.format("%-d %B").to_string(),
        past: due.day < today,
    });
    let letter = BillReminder { name: person.name.clone(), bills: bills.collect(), link: format!("{base_url}/bills") };
    letter.written(mailbox(&person)?, &message.key)
}

async fn alert_letter(
    backend: &Backend,
    base_url: &str,
    to_people: bool,
    message: &Claimed,
) -> Result<Letter, Unwritten> {
    let alert: Alert = payload(message)?;
    let Some(person) = users::recipient(backend, alert.user).await? else {
        return Ok(Letter::Drop("the person is gone"));
    };
    if !person.alerts_by_mail {
        return Ok(Letter::Drop("the person wants no letters about budgets"));
    }
    if let (Some(book), Some(budget)) = (message.book_id, alert.budget_id)
        && !budgets::exists(backend, BookId(book), budget).await?
    {
        return Ok(Letter::Drop("the budget is deleted"));
    }
    if to_people && !person.confirmed {
        return Ok(Letter::Wait { user: alert.user, until: alert.until });
    }
    let path = if alert.path.starts_with('/') { alert.path.as_str() } else { "/budgets" };
    let letter = BudgetAlert { name: person.name.clone(), link: format!("{base_url}{path}"), alert };
    letter.written(mailbox(&person)?, &message.key)
}

/// Computed when it is sent, so that it says what is true by then.
async fn monthly_letter(
    backend: &Backend,
    base_url: &str,
    to_people: bool,
    message: &Claimed,
) -> Result<Letter, Unwritten> {
    let of: OfMonth = payload(message)?;
    let Some(person) = users::recipient(backend, of.user).await? else {
        return Ok(Letter::Drop("the person is gone"));
    };
    if to_people && !person.confirmed {
        return Ok(Letter::Drop("the address is not confirmed"));
    }
    let book = message.book_id.map(BookId);
    let Some(month) = reports::monthly(backend, of.user, book, of.month).await? else {
        return Ok(Letter::Drop("the report is not wanted any more, or tells nothing"));
    };
    let letter = MonthlyLetter::new(person.name.clone(), base_url, &month);
    letter.illustrated(mailbox(&person)?, &message.key)
}

fn payload<T: DeserializeOwned>(message: &Claimed) -> Result<T, Unwritten> {
    // The error would quote the payload.
    serde_json::from_str(&message.payload).map_err(|_| Unwritten::Faulty("the payload cannot be read"))
}

fn mailbox(person: &Recipient) -> Result<Mailbox, Unwritten> {
    let address: Address =
        person.email.as_str().parse().map_err(|_| Unwritten::Faulty("the address cannot be written to"))?;
    Ok(Mailbox::new(Some(person.name.clone()), address))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn alert(budget: &str, percent: i64, whole_month: bool) -> EmailMessage {
        let letter = BudgetAlert {
            name: "Asha <b>".into(),
            link: "https://money.example.org/budgets".into(),
            alert: Alert {
                user: UserId::NIL,
                budget_id: None,
                budget: budget.into(),
                percent,
                whole_month,
                limit: "₹10,000.00".into(),
                spent: "₹12,340.00".into(),
                period: "January 2027".into(),
                until: None,
                path: String::new(),
            },
        };
        let to = "asha@example.com".parse().expect("a mailbox");
        match letter.written(to, "key").expect("a letter") {
            Letter::Send(message) => *message,
            _ => panic!("it is sent"),
        }
    }

    #[test]
    fn an_alert_has_the_subject_that_people_know() {
        let subject = "Your monthly expenses have exceeded your target budget";
        assert_eq!(alert("Everything", 100, true).subject, subject);
        for percent in [80, 99, 101, 120] {
            let named = format!("Everything: {percent} % of your budget is spent");
            assert_eq!(alert("Everything", percent, true).subject, named);
        }
        assert_eq!(
            alert("Food & <i>drink</i>", 100, false).subject,
            "Food & <i>drink</i>: 100 % of your budget is spent"
        );
    }

    #[test]
    fn what_a_person_typed_is_escaped_in_the_html_part_only() {
        let message = alert("Food & <i>drink</i>", 80, false);
        assert!(!message.html.contains("<i>") && !message.html.contains("<b>"), "{}", message.html);
        assert!(message.text.contains("Food & <i>drink</i>") && message.text.contains("₹12,340.00"));
        assert!(!message.html.contains("<img") && !message.html.contains("<script"));
    }

    fn reminder(bills: &[(&str, bool)]) -> EmailMessage {
        let due = |(name, past): &(&str, bool)| DueBill {
            name: (*name).into(),
            past: *past,
            amount: "about ₹1,840.00".into(),
            day: "Wednesday, 31 March 2027".into(),
            short_day: "31 March".into(),
        };
        let bills = bills.iter().map(due).collect();
        let letter = BillReminder { name: "Asha".into(), bills, link: "https://money.example.org/bills".into() };
        match letter.written("asha@example.com".parse().expect("a mailbox"), "key").expect("a letter") {
            Letter::Send(message) => *message,
            _ => panic!("it is sent"),
        }
    }

    #[test]
    fn one_bill_is_named_in_the_subject_and_several_are_counted() {
        let one = reminder(&[("Rent & <b>water</b>", false)]);
        assert_eq!(one.subject, "Rent & <b>water</b> is due on 31 March");
        assert!(
            one.text.contains("Rent & <b>water</b>: about ₹1,840.00, due Wednesday, 31 March 2027"),
            "{}",
            one.text
        );
        assert!(!one.html.contains("<b>") && one.html.contains("about ₹1,840.00"), "{}", one.html);
        let two = reminder(&[("Rent", false), ("Netflix", false)]);
        assert_eq!(two.subject, "2 bills are due soon");
        assert!(two.text.contains("Rent: ") && two.text.contains("Netflix: "), "{}", two.text);
    }

    #[test]
    fn a_day_that_is_over_is_told_as_such() {
        let one = reminder(&[("Rent", true)]);
        assert_eq!(one.subject, "Rent was due on 31 March");
        assert!(
            one.text.contains("a bill was due and is not paid yet:") && one.html.contains("was due"),
            "{}",
            one.text
        );
        assert!(one.text.contains("Rent: about ₹1,840.00, was due Wednesday, 31 March 2027"), "{}", one.text);
        assert_eq!(reminder(&[("Rent", true), ("Netflix", true)]).subject, "2 bills are not paid yet");
        let mixed = reminder(&[("Rent", true), ("Netflix", false)]);
        assert_eq!(mixed.subject, "2 bills are due");
        assert!(mixed.text.contains("these bills are due:"), "{}", mixed.text);
    }
}
