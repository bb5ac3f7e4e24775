//! What is said when a log-in through a provider comes to nothing.

use leptos::prelude::*;
use serde::{Deserialize, Serialize};

use super::{InTrouble, SignInWith};
use crate::layout::{PlainFrame, Visitor};
use crate::ui::{ButtonKind, ButtonLink, PageHead};

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Trouble {
    /// No provider has this name.
    Unknown,
    /// Begun too long ago, in another browser, or used already.
    Stale,
    /// The person, or the provider in their place, said no.
    Declined,
    /// The answer proves nothing.
    Untrue,
    /// The provider cannot be reached, or is not set up.
    Away,
    /// There is no account, and this server takes no new ones.
    Closed,
    /// Linked to another account.
    Taken,
    /// The account is blocked.
    Blocked,
    /// The address of the account is not confirmed yet, and has to be first.
    Unconfirmed,
    TooOften,
}

impl Trouble {
    /// The HTTP status that the page carries.
    pub fn status(self) -> u16 {
        match self {
            Self::Unknown => 404,
            Self::Stale | Self::Declined | Self::Untrue => 400,
            Self::Closed | Self::Blocked | Self::Unconfirmed => 403,
            Self::Taken => 409,
            Self::TooOften => 429,
            Self::Away => 503,
        }
    }

    /// What happened, and what to do. `label`: the provider, as its button says.
    fn words(self, label: &str) -> (String, String) {
        let (title, text) = match self {
            Self::Unknown => ("Not offered here", "Nobody can log in this way on this server. Choose another way."),
            Self::Stale => (
                "Let us begin again",
                "This log-in was begun a while ago, in another browser, or was used already. Nothing was changed.",
            ),
            Self::Declined => (
                "You were not logged in",
                "{} says that you did not agree. Nothing was changed, and you can try again.",
            ),
            Self::Untrue => (
                "This answer cannot be trusted",
                "What came back from {} does not prove who you are. Nothing was changed: begin again, and tell whoever runs this server if it stays so.",
            ),
            Self::Away => (
                "{} does not answer",
                "It cannot be reached just now, or is not set up right. Try again in a moment, or log in with your password.",
            ),
            Self::Closed => (
                "No new accounts",
                "You have no account here, and this server takes no new ones. Ask whoever runs it. Have you one already? Log in with your password, and link {} in the settings.",
            ),
            Self::Taken => (
                "Linked to another account",
                "This account at {} is linked to another account here. Log in to that one and unlink it there, or choose another account at {}.",
            ),
            Self::Blocked => ("You cannot log in", "This account is blocked. Ask whoever runs this server."),
            Self::Unconfirmed => {
                ("Confirm your address first", "We have sent you a letter. Open its link, then log in with {} again.")
            }
            Self::TooOften => {
                ("A little too often", "There were many log-ins from your network. Try again in a minute.")
            }
        };
        (title.replace("{}", label), text.replace("{}", label))
    }

    fn is_worth_a_retry(self) -> bool {
        matches!(self, Self::Stale | Self::Declined | Self::Untrue | Self::Away | Self::TooOften)
    }
}

#[component]
pub fn TroublePage() -> impl IntoView {
    // The page of an address that is not opened by itself.
    let unknown = || InTrouble { way: None, trouble: Trouble::Unknown };
    let InTrouble { way, trouble } = SignInWith::here().trouble.unwrap_or_else(unknown);
    let label = way.as_ref().map_or("the provider", |way| &way.label);
    let (title, text) = trouble.words(label);
    let again = way.filter(|_| trouble.is_worth_a_retry());
    // Whoever is signed in wanted to link.
    let is_in = Visitor::here().is_some();
    view! {
        <PlainFrame>
            <PageHead title lead=text/>
            <div class="way-actions">
                {again
                    .map(|way| {
                        let href = if is_in { way.link_path() } else { way.path("") };
                        view! {
                            <a class=ButtonKind::Primary.class() href=href rel="external">
                                <span>"Try again with " {way.label}</span>
                            </a>
                        }
                    })}
                {if is_in {
                    view! { <ButtonLink href="/settings">"Back to the settings"</ButtonLink> }
                } else {
                    view! { <ButtonLink href="/login">"Back to log in"</ButtonLink> }
                }}
            </div>
        </PlainFrame>
    }
    .into_any()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_trouble_is_a_refusal_with_words_that_name_the_provider() {
        let all = [
            Trouble::Unknown,
            Trouble::Stale,
            Trouble::Declined,
            Trouble::Untrue,
            Trouble::Away,
            Trouble::Closed,
            Trouble::Taken,
            Trouble::Blocked,
            Trouble::Unconfirmed,
            Trouble::TooOften,
        ];
        for trouble in all {
            let (title, text) = trouble.words("Google");
            assert!(trouble.status() >= 400 && !title.is_empty() && text.ends_with('.'), "{trouble:?}");
            assert!(!format!("{title}{text}").contains('{'), "{trouble:?}");
        }
    }
}
