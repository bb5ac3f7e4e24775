//! The category form, on a page of its own.

use leptos::either::EitherOf3;
use leptos::prelude::*;
use leptos_router::hooks::use_params_map;

use ledger::categories::{COLOUR_NAMES, Category, CategoryForm, ICONS};
use ledger::id::CategoryId;
use ledger::records::Kind;
use ledger::{Book, Command};

use super::api::SaveCategory;
use crate::book::{BookState, Save, WithBook};
use crate::layout::NotFoundPage;
use crate::ui::form::id_of_new;
use crate::ui::{
    Card, Choice, Field, Form, Hidden, PageHead, Picture, RadioGroup, SelectField, SubmitRow, Tile, TileGroup,
};

/// `/categories/new` and `/categories/:id/edit`.
#[component]
pub fn CategoryPage() -> impl IntoView {
    let edited = use_params_map().with_untracked(|params| params.get("id"));
    // Made once, by the server: the page that is hydrated must hold the same id.
    let id = id_of_new("save_category");
    view! {
        <WithBook children={move |book: Signal<Book>| {
            let Some(edited) = &edited else {
                let id = id.clone();
                return EitherOf3::A(view! {
                    <PageHead title="Add category" lead="A name for what money is spent on or earned by."/>
                    <CategoryFormView book id category=None/>
                });
            };
            let known = |id: CategoryId| book.with_untracked(|book| book.categories.get(&id).cloned());
            match edited.parse().ok().and_then(known) {
                Some(category) => EitherOf3::B(view! {
                    <PageHead title="Edit category"/>
                    <CategoryFormView book id=category.id.to_string() category=Some(category)/>
                }),
                None => EitherOf3::C(view! { <NotFoundPage/> }),
            }
        }}/>
    }
    .into_any()
}

#[component]
fn CategoryFormView(
    book: Signal<Book>,
    id: String,
    /// `None` for a new one.
    category: Option<Category>,
) -> impl IntoView {
    let state = BookState::here();
    let check = Callback::new(move |call: SaveCategory| book.with_untracked(|book| wrong_with(&call.form, book)));
    let is_new = category.is_none();
    let take = Callback::new(move |call: SaveCategory| {
        let id = call.form.id.parse().unwrap_or(CategoryId::NIL);
        let Ok(category) = book.with_untracked(|book| call.form.parse(id, book)) else { return };
        let save = Save {
            name: category.name.clone(),
            command: Command::SaveCategory(category),
            done: if is_new { "Category added" } else { "Category saved" },
            list: "/categories",
            form: if is_new { "/categories/new".to_owned() } else { format!("/categories/{id}/edit") },
        };
        state.save(call, save, None);
    });
    let kinds = [Kind::Expense, Kind::Income].map(|kind| Choice::new(kind.word(), kind.label())).to_vec();
    let kind = RwSignal::new(category.as_ref().map_or(Kind::Expense, |category| category.kind).word().to_owned());
    let known = category.clone();
    let category = category.as_ref();
    let revision = category.map(|category| category.revision.to_string()).unwrap_or_default();
    let name = category.map(|category| category.name.clone()).unwrap_or_default();
    let icon = category.map(|category| category.icon.clone()).unwrap_or_default();
    let colour = category.map(|category| category.colour.to_string()).unwrap_or_default();
    view! {
        <div class="form-card">
            <Card>
                <Form action={ServerAction::<SaveCategory>::new()} label="Category" check take>
                    <Hidden name="id" value=id/>
                    <Hidden name="revision" value=revision/>
                    <Field label="Name" name="name" value=name maxlength=80 autofocus=true/>
                    {is_new.then(|| view! {
                        <RadioGroup label="Kind" name="kind" options=kinds value=kind on_input=Callback::new(move |chosen| kind.set(chosen))/>
                    })}
                    <Below book category=known kind/>
                    <TileGroup label="Icon" name="icon" tiles=icons(&icon) value=icon/>
                    <TileGroup label="Colour" name="colour" tiles=colours(is_new) value=colour/>
                    <SubmitRow back="/categories"/>
                </Form>
            </Card>
        </div>
    }
    .into_any()
}

/// What it stands below: categories of its kind, or of both until the page is interactive and the kind can change.
#[component]
fn Below(book: Signal<Book>, category: Option<Category>, kind: RwSignal<String>) -> impl IntoView {
    let interactive = RwSignal::new(false);
    let value = category.as_ref().and_then(|category| category.parent).map(|id| id.to_string()).unwrap_or_default();
    let is_new = category.is_none();
    let options = Signal::derive(move || {
        let chosen: Option<Kind> = (interactive.get() || !is_new).then(|| kind.get().parse().ok()).flatten();
        let kinds = [(Kind::Expense, "Expenses"), (Kind::Income, "Income")];
        let kinds = kinds.into_iter().filter(|(kind, _)| chosen.is_none_or(|chosen| chosen == *kind));
        let offered = book.with(|book| {
            kinds
                .flat_map(|(kind, group)| {
                    book.parents_for(category.as_ref(), kind).into_iter().map(move |one| (one, group))
                })
                .map(|(one, group)| Choice::new(one.id.to_string(), book.category_path(one)).in_group(group))
                .collect::<Vec<_>>()
        });
        std::iter::once(Choice::new("", "None: it stands by itself")).chain(offered).collect::<Vec<_>>()
    });
    Effect::new(move |_| interactive.set(true));
    view! { <SelectField label="Stands below" name="parent" options value=value hint="Reports add what stands below to it." /> }
        .into_any()
}

/// Those that can be chosen, with the one that is held.
fn icons(held: &str) -> Vec<Tile> {
    let tile = |(icon, label): (&'static str, &'static str)| Tile {
        value: icon.to_owned(),
        label,
        picture: Picture::Icon(icon),
    };
    let kept = !held.is_empty() && ICONS.iter().all(|(icon, _)| *icon != held);
    let kept = kept.then(|| Tile { value: held.to_owned(), label: "As it is", picture: Picture::Icon("tag") });
    [("", "None")].into_iter().chain(ICONS).map(tile).chain(kept).collect()
}

fn colours(is_new: bool) -> Vec<Tile> {
    let tile = |(colour, label): (u8, &'static str)| Tile {
        value: colour.to_string(),
        label,
        picture: Picture::Colour(colour),
    };
    let any = is_new.then(|| Tile { value: String::new(), label: "Any", picture: Picture::Icon("") });
    any.into_iter().chain((0..).zip(COLOUR_NAMES).map(tile)).collect()
}

/// What the server would say too.
fn wrong_with(form: &CategoryForm, book: &Book) -> ledger::FieldErrors {
    let id = form.id.parse().unwrap_or(CategoryId::NIL);
    match form.parse(id, book) {
        Ok(category) => match book.clone().apply(&Command::SaveCategory(category)) {
            Err(ledger::Refused::Invalid(errors)) => errors,
            _ => ledger::FieldErrors::default(),
        },
        Err(errors) => errors,
    }
}
