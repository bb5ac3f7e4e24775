//! What strangers post: sign-ups, log-ins, secrets of links. Nothing that is taken can end a line of a mail.
#![no_main]

use ledger::hooks::HookForm;
use ledger::person::{ConfirmForm, Email, ForgotForm, InviteForm, LogInForm, ProfileForm, ResetForm, SignUpForm};
use ledger_fuzz::form;
use libfuzzer_sys::fuzz_target;

fuzz_target!(|posted: &str| {
    let ends_a_line = |text: &str| text.chars().any(char::is_control);
    if let Some(Ok(sign_up)) = form::<SignUpForm>(posted).map(|form| form.parse()) {
        let person = sign_up.person;
        assert!(!ends_a_line(&person.name) && !ends_a_line(person.email.as_str()), "{person:?}");
    }
    if let Some(Ok(invite)) = form::<InviteForm>(posted).map(|form| form.parse()) {
        let _ = invite;
    }
    if let Some(Ok(change)) = form::<ProfileForm>(posted).map(|form| form.parse()) {
        assert!(!ends_a_line(&change.name));
    }
    if let Some(Ok(hook)) = form::<HookForm>(posted).map(|form| form.parse()) {
        assert!(!ends_a_line(&hook.url) && !hook.events.is_empty(), "{hook:?}");
    }
    let _ = form::<LogInForm>(posted).map(|form| form.parse().is_ok());
    let _ = form::<ForgotForm>(posted).map(|form| form.parse().is_ok());
    let _ = form::<ResetForm>(posted).map(|form| form.parse().is_ok());
    let _ = form::<ConfirmForm>(posted).map(|form| form.parse().is_ok());
    if let Ok(email) = posted.parse::<Email>() {
        assert!(email.as_str().is_ascii() && !ends_a_line(email.as_str()));
        assert_eq!(email.as_str().parse::<Email>().map(|email| email.key()), Ok(email.key()));
    }
});
