//! A view that leaves the element of the server as it is at first.

use std::rc::Rc;

use leptos::prelude::*;
use leptos::tachys::html::attribute::Attribute;
use leptos::tachys::html::attribute::any_attribute::AnyAttribute;
use leptos::tachys::hydration::Cursor;
use leptos::tachys::renderer::types::Element;
use leptos::tachys::view::any_view::AnyView;
use leptos::tachys::view::{Position, PositionState};
use leptos::wasm_bindgen::JsCast as _;

use super::queue;
use super::state::{LaterState, Part};

pub(crate) struct Later(Box<dyn FnOnce() -> AnyView + Send>);

impl Later {
    pub(super) fn new(view: impl FnOnce() -> AnyView + Send + 'static) -> Self {
        Self(Box::new(view))
    }
}

impl Render for Later {
    type State = LaterState;

    /// What is made in the browser is alive at once.
    fn build(self) -> Self::State {
        LaterState::new(Part::Awake((self.0)().build()))
    }

    fn rebuild(self, state: &mut Self::State) {
        state.awake(|state| (self.0)().rebuild(state));
    }
}

impl AddAnyAttr for Later {
    type Output<SomeNewAttr: Attribute> = Self;

    fn add_any_attr<NewAttr: Attribute>(self, _: NewAttr) -> Self::Output<NewAttr> {
        self
    }
}

impl RenderHtml for Later {
    type AsyncOutput = Self;
    type Owned = Self;

    const MIN_LENGTH: usize = 0;

    fn dry_resolve(&mut self) {}

    async fn resolve(self) -> Self {
        self
    }

    fn to_html_with_buf(
        self,
        buf: &mut String,
        position: &mut Position,
        escape: bool,
        mark_branches: bool,
        extra_attrs: Vec<AnyAttribute>,
    ) {
        (self.0)().to_html_with_buf(buf, position, escape, mark_branches, extra_attrs);
    }

    fn hydrate<const FROM_SERVER: bool>(self, cursor: &Cursor, position: &PositionState) -> Self::State {
        match position.get() {
            Position::FirstChild => cursor.child(),
            Position::Current => {}
            _ => cursor.sibling(),
        }
        position.set(Position::NextChild);
        let node = cursor.current();
        let owner = Owner::current().unwrap_or_default();
        let wake =
            move |at: &Element| owner.with(|| (self.0)().hydrate_from_position::<FROM_SERVER>(at, Position::Current));
        let Ok(at) = node.dyn_into::<Element>() else { unreachable!("a part that comes alive later is one element") };
        let state = LaterState::new(Part::Waiting { at, wake: Box::new(wake) });
        queue::add(Rc::downgrade(&state.0));
        state
    }

    fn into_owned(self) -> Self::Owned {
        self
    }
}
