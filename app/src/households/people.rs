//! The card of the settings: who is in the book, and what they may do.

use leptos::prelude::*;

use ledger::person::Role;

use super::api::{
    Household, InvitationChoice, Invite, InvitedLine, LeaveBook, PersonChoice, PersonLine, RemovePerson, RenameBook,
    RevokeInvitation, SetRole, load_household, restore_invitation, restore_person,
};
use super::notice::PeopleNotice;
use crate::layout::{leave_to, me};
use crate::ui::{
    Badge, ButtonKind, Card, Choice, Field, Form, Hidden, Load, PostButton, SelectField, Submit, Tone, Undo,
};

#[component]
pub(crate) fn People() -> impl IntoView {
    let people = Resource::new(|| (), |()| load_household());
    let again = Callback::new(move |()| people.refetch());
    view! {
        <Card title="People in this book">
            <PeopleNotice/>
            <Load from=people rows=2 children={move |household: Household| view! { <Members household again/> }}/>
        </Card>
    }
    .into_any()
}

#[component]
fn Members(household: Household, again: Callback<()>) -> impl IntoView {
    let is_owner = me().role.may_invite();
    let alone = household.people.len() == 1;
    let left = format!("/dashboard?left={}", me().book);
    let gone = Callback::new(move |()| leave_to(&left));
    let renamed = Callback::new(|()| leave_to("/settings?saved=1"));
    let people =
        household.people.into_iter().map(|person| view! { <Member person is_owner alone again/> }).collect_view();
    let invited = household.invited.into_iter().map(|invited| view! { <Pending invited again/> }).collect_view();
    view! {
        <ul class="list" aria-label="People">{people}{invited}</ul>
        {is_owner.then(|| view! { <InviteCard again/> })}
        {is_owner
            .then(|| {
                view! {
                    <Form action={ServerAction::<RenameBook>::new()} label="Book name" on_done=renamed>
                        <Field label="Book title" name="name" value=household.name maxlength=80/>
                        <Submit kind=ButtonKind::Plain>"Rename book"</Submit>
                    </Form>
                }
            })}
        {(!alone)
            .then(|| {
                view! {
                    <p class="muted small">
                        "For ten minutes Undo brings back whoever left, in the role that they had. Calendar links, access tokens, webhooks and invitations that they made in this book end for good."
                    </p>
                    <div class="row">
                        <PostButton
                            action={ServerAction::<LeaveBook>::new()}
                            label="Leave this book"
                            kind=ButtonKind::Quiet
                            icon="log-out"
                            on_done=gone
                        >
                            "Leave this book"
                        </PostButton>
                    </div>
                }
            })}
    }
    .into_any()
}

#[component]
fn Member(person: PersonLine, is_owner: bool, alone: bool, again: Callback<()>) -> impl IntoView {
    let may_change = is_owner && !alone;
    let name = person.name.clone();
    let fields = vec![("user".to_owned(), person.user.clone())];
    let (undo, gone, user) = (Undo::here(), name.clone(), person.user.clone());
    let on_done = Callback::new(move |()| {
        let user = user.clone();
        undo.offer(format!("Removed {gone}"), move || restore_person(PersonChoice { user: user.clone() }), again);
        again.run(());
    });
    view! {
        <li class="list-row" data-testid="member">
            <span class="list-words">
                <span>{person.name.clone()} {person.is_me.then_some(" (you)")}</span>
                <span class="muted small">{person.email}</span>
            </span>
            {if may_change {
                view! { <RoleForm user=person.user name=name.clone() role=person.role again/> }.into_any()
            } else {
                view! { <Badge tone=Tone::Neutral>{person.role.label()}</Badge> }.into_any()
            }}
            {(may_change && !person.is_me)
                .then(|| {
                    view! {
                        <PostButton
                            action={ServerAction::<RemovePerson>::new()}
                            label=format!("Remove {name}")
                            fields
                            kind=ButtonKind::Quiet
                            on_done
                        >
                            "Remove"
                        </PostButton>
                    }
                })}
        </li>
    }
    .into_any()
}

fn roles() -> Vec<Choice> {
    Role::ALL.into_iter().map(|role| Choice::new(role.as_str(), role.label())).collect()
}

#[component]
fn RoleForm(user: String, name: String, role: Role, again: Callback<()>) -> impl IntoView {
    view! {
        <Form action={ServerAction::<SetRole>::new()} label=format!("Role of {name}") id=format!("role-{user}") on_done=again>
            <Hidden name="user" value=user/>
            <div class="row">
                <SelectField
                    label=format!("Role of {name}")
                    hide_label=true
                    name="role"
                    options=roles()
                    value=role.as_str().to_owned()
                />
                <Submit kind=ButtonKind::Quiet>"Set"</Submit>
            </div>
        </Form>
    }
    .into_any()
}

#[component]
fn Pending(invited: InvitedLine, again: Callback<()>) -> impl IntoView {
    let (undo, email, id) = (Undo::here(), invited.email.clone(), invited.id.clone());
    let on_done = Callback::new(move |()| {
        let id = id.clone();
        let call = move || restore_invitation(InvitationChoice { id: id.clone() });
        undo.offer(format!("Took back the invitation of {email}"), call, again);
        again.run(());
    });
    view! {
        <li class="list-row" data-testid="invited">
            <span class="list-words">
                <span>{invited.email.clone()}</span>
                <span class="muted small">"Invited as " {invited.role.label()} ". Link: " <a href=invited.link.clone()>{invited.link.clone()}</a></span>
            </span>
            <PostButton
                action={ServerAction::<RevokeInvitation>::new()}
                label=format!("Take back the invitation of {}", invited.email)
                fields=vec![("id".to_owned(), invited.id)]
                kind=ButtonKind::Quiet
                on_done
            >
                "Take back"
            </PostButton>
        </li>
    }
    .into_any()
}

#[component]
fn InviteCard(again: Callback<()>) -> impl IntoView {
    let check = Callback::new(|call: Invite| call.form.parse().err().unwrap_or_default());
    let unheard = (!me().confirmed).then(|| {
        view! {
            <p class="muted" data-testid="no-letters">
                "Your own address is not confirmed yet, so no letter is sent for you: hand over the link that stands here then."
            </p>
        }
    });
    view! {
        <Form action={ServerAction::<Invite>::new()} label="Invite somebody" check on_done=again>
            {unheard}
            <div class="grid-2">
                <Field label="Whom to invite" hint="Their address for email" name="email" kind="email" inputmode="email" autocomplete="off"/>
                <SelectField
                    label="They may"
                    name="role"
                    options=roles()
                    value=Role::Editor.as_str().to_owned()
                    hint="Viewers look, Add-only people add records, Editors change everything, Owners let people in"
                />
            </div>
            <Submit kind=ButtonKind::Plain icon="mail">"Invite"</Submit>
        </Form>
    }
    .into_any()
}
