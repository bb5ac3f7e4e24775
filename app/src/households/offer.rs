//! The page behind the link of an invitation.

use leptos::prelude::*;

use ledger::filter::escaped;

use super::api::{AcceptInvitation, DeclineInvitation, Offer, TokenForm, find_invitation};
use crate::layout::{PlainFrame, Visitor, leave_to};
use crate::sign_up::SignUps;
use crate::ui::{ButtonKind, ButtonLink, EmptyState, Load, PageHead, PostButton, query_here};

#[component]
pub fn InvitationPage() -> impl IntoView {
    let token = query_here().with_untracked(|query| query.get("token").unwrap_or_default());
    let offer = Resource::new(|| (), {
        let token = token.clone();
        move |()| find_invitation(TokenForm { token: token.clone() })
    });
    view! {
        <PlainFrame>
            <PageHead title="An invitation"/>
            <Load
                from=offer
                children={move |offer: Option<Offer>| match offer {
                    Some(offer) => view! { <Offered offer token=token.clone()/> }.into_any(),
                    None => view! {
                        <EmptyState
                            icon="mail"
                            title="This invitation is no longer good"
                            text="It was used, taken back, or is too old. Ask whoever invited you for a new one."
                        />
                    }.into_any(),
                }}
            />
        </PlainFrame>
    }
    .into_any()
}

#[component]
fn Offered(offer: Offer, token: String) -> impl IntoView {
    let words = match offer.role {
        ledger::person::Role::Owner => "with you as one more owner",
        ledger::person::Role::Editor => "to keep it together",
        ledger::person::Role::Adder => "to add records to it",
        ledger::person::Role::Viewer => "to look at it",
    };
    let accepted = Callback::new(|()| leave_to("/dashboard"));
    let declined = Callback::new(|()| leave_to("/"));
    let fields = vec![("token".to_owned(), token.clone())];
    let next = escaped(&format!("/invitation?token={token}"));
    view! {
        <div class="stack">
        <p>
            <strong>{offer.name}</strong> " invites you into the book " <strong>{offer.book}</strong> ", " {words} "."
        </p>
        {match Visitor::here() {
            Some(me) => view! {
                <p class="muted">"You are signed in as " {me.email} "."</p>
                <div class="row">
                    <PostButton
                        action={ServerAction::<AcceptInvitation>::new()}
                        label="Accept"
                        fields=fields.clone()
                        kind=ButtonKind::Primary
                        on_done=accepted
                    >
                        "Accept"
                    </PostButton>
                    <PostButton action={ServerAction::<DeclineInvitation>::new()} label="Decline" fields on_done=declined>
                        "Decline"
                    </PostButton>
                </div>
                <p class="muted small">"A link that was declined is good for nothing any more: to change your mind, ask for a new one."</p>
            }.into_any(),
            None => view! {
                <p class="muted">"Log in first, or make an account: your own book stays yours."</p>
                <div class="row">
                    <ButtonLink href=format!("/login?next={next}") kind=ButtonKind::Primary>"Log in"</ButtonLink>
                    {SignUps::are_open()
                        .then(|| view! { <ButtonLink href=format!("/signup?next={next}") kind=ButtonKind::Plain>"Create account"</ButtonLink> })}
                </div>
            }.into_any(),
        }}
        </div>
    }
    .into_any()
}
