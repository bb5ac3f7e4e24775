//! What is pressed, typed into and chosen from.

use std::sync::Arc;

use ledger::FieldErrors;
use leptos::prelude::*;

use crate::AppError;
use crate::layout::SaveTheme;
use crate::ui::{
    Button, ButtonKind, ButtonLink, Card, CheckList, Checkbox, Choice, Combo, CopyField, Dialog, Field, Form, GoButton,
    MoneyField, MoneySize, PasswordField, Picture, PostButton, RadioGroup, SearchBox, SelectField, Submit, SubmitRow,
    Suggestion, Tab, Tabs, TextArea, Tile, TileGroup, Waits, toasts,
};

const KINDS: [(ButtonKind, &str); 4] = [
    (ButtonKind::Primary, "Primary"),
    (ButtonKind::Plain, "Plain"),
    (ButtonKind::Quiet, "Quiet"),
    (ButtonKind::Danger, "Danger"),
];

/// What a button that does no harm posts.
pub(super) fn theme() -> Vec<(String, String)> {
    vec![("theme".to_owned(), "auto".to_owned())]
}

#[component]
pub(super) fn Buttons() -> impl IntoView {
    let (dialog, beside) = (RwSignal::new(false), RwSignal::new(false));
    let (toasts, waits) = (toasts(), Waits::here());
    let nothing = Callback::new(|()| ());
    view! {
        <Card title="Buttons" testid="guide-buttons">
            {KINDS.map(|(kind, words)| view! {
                <div class="row">
                    <Button kind on_click=nothing>{words}</Button>
                    <Button kind icon="check" on_click=nothing>"With an icon"</Button>
                    <Button kind busy=Signal::stored(true) on_click=nothing>"Busy"</Button>
                    <ButtonLink kind href="/styleguide">"Link"</ButtonLink>
                    <GoButton kind href="/styleguide" label="Goes to a page">"Goes"</GoButton>
                    <GoButton kind href="/styleguide" label="Goes, by an icon" icon="pencil"/>
                    <PostButton kind action={ServerAction::<SaveTheme>::new()} label="Posts a form" fields=theme()>"Posts"</PostButton>
                    <PostButton kind action={ServerAction::<SaveTheme>::new()} label="Posts, by an icon" icon="trash" fields=theme()/>
                </div>
            }).collect_view()}
            <div class="row">
                <Button on_click=Callback::new(move |()| dialog.set(true))>"Open a dialog"</Button>
                <Button on_click=Callback::new(move |()| beside.set(true))>"Open beside the page"</Button>
                <Button on_click=Callback::new(move |()| { toasts.with_undo("Record deleted", || ()); })>"Toast with undo"</Button>
                <Button on_click=Callback::new(move |()| toasts.warn("Eating out is at 92 %"))>"Warning toast"</Button>
                <Button on_click=Callback::new(move |()| toasts.error(&AppError::Offline))>"Failed toast"</Button>
                <Button on_click=Callback::new(move |()| { waits.begin(Some(Arc::new(|| ()))); })>"Wait for long"</Button>
            </div>
            <Tabs label="Views" current=Signal::stored("/styleguide".to_owned()) tabs=vec![
                Tab { label: "This one".into(), href: "/styleguide".into() },
                Tab { label: "Another".into(), href: "/".into() },
            ]/>
            <Dialog open=dialog title=Signal::stored("A dialog".to_owned())>
                <p class="dialog-text">"Escape, the cross and the ground around it close it."</p>
                <Field label="In the dialog" name="in_dialog"/>
            </Dialog>
            <Dialog open=beside title=Signal::stored("Beside the page".to_owned()) beside=Callback::new(|()| true)>
                <p class="dialog-text">"The page can be used meanwhile, and makes room for it."</p>
                <Field label="Beside the page" name="in_panel"/>
            </Dialog>
        </Card>
    }
    .into_any()
}

fn choices() -> Vec<Choice> {
    ["Groceries", "Rent", "Eating out"].map(|label| Choice::new(label, label)).to_vec()
}

fn tiles() -> Vec<Tile> {
    let icon = |value: &str, label: &'static str, icon: &'static str| Tile {
        value: value.to_owned(),
        label,
        picture: Picture::Icon(icon),
    };
    vec![icon("cup", "Cup", "coffee"), icon("bus", "Bus", "bus"), icon("house", "House", "house")]
}

/// "Check" refuses every field, so that each shows its message.
#[component]
pub(super) fn Fields() -> impl IntoView {
    let refuse = Callback::new(|_: SaveTheme| {
        let mut errors = FieldErrors::one("", "Two fields below need a look.");
        for name in ["text", "amount", "large", "choice", "password", "note", "kinds", "agree", "combo", "many"] {
            errors.add(name, "Enter an amount such as 12.50");
        }
        errors
    });
    let suggestions =
        ["Corner shop", "Corner café"].map(|value| Suggestion { value: value.into(), note: "Groceries".into() });
    view! {
        <Card title="Fields" testid="guide-fields">
            <Form action={ServerAction::<SaveTheme>::new()} label="Every field" check=refuse>
                <MoneyField label="Large amount" name="large" currency="₹".to_owned() size=MoneySize::Large value="1,23,456.78".to_owned()/>
                <div class="grid-2">
                    <Field label="Text" name="text" hint="A hint below"/>
                    <MoneyField label="Amount" name="amount" currency="₹".to_owned()/>
                    <Field label="Date" name="date" kind="date" value="2026-11-25".to_owned()/>
                    <SelectField label="Choice" name="choice" options=choices()/>
                    <PasswordField label="Password" name="password"/>
                    <Combo
                        label="With suggestions"
                        name="combo"
                        suggest=Callback::new(|_: String| ())
                        suggestions=Signal::stored(suggestions.to_vec())
                    />
                </div>
                <TextArea label="Note" name="note"/>
                <RadioGroup label="Kinds" name="kinds" options=choices() value="Rent".to_owned()/>
                <CheckList label="Many" name="many" options=choices()/>
                <Checkbox label="I agree" name="agree" checked=true/>
                <input type="hidden" name="form[theme]" value="auto"/>
                <Submit>"Check"</Submit>
            </Form>
            <Form action={ServerAction::<SaveTheme>::new()} label="The end of a form">
                <input type="hidden" name="form[theme]" value="auto"/>
                <SubmitRow back="/styleguide"/>
            </Form>
            <CopyField label="Your token" what="token" value="exp_0123456789abcdef".to_owned() hint="Copy it now: it is not shown again." testid="guide-token"/>
            <TileGroup label="Pictures" name="tiles" tiles=tiles() value="cup".to_owned()/>
            <SearchBox label="Search records" name="q"/>
        </Card>
    }
    .into_any()
}
