//! A part of the page before and after it has come alive.

use std::cell::RefCell;
use std::rc::Rc;

use leptos::tachys::renderer::types::{Element, Node};
use leptos::tachys::view::Mountable;
use leptos::tachys::view::any_view::AnyViewState;

/// Makes an element of the server come alive.
type Wake = Box<dyn FnOnce(&Element) -> AnyViewState>;

pub(super) enum Part {
    Waiting {
        at: Element,
        wake: Wake,
    },
    Awake(AnyViewState),
    /// In between.
    Waking,
}

pub(crate) struct LaterState(pub(super) Rc<RefCell<Part>>);

impl LaterState {
    pub(super) fn new(part: Part) -> Self {
        Self(Rc::new(RefCell::new(part)))
    }

    /// Lets `change` see it awake.
    pub(super) fn awake(&mut self, change: impl FnOnce(&mut AnyViewState)) {
        wake(&self.0);
        if let Part::Awake(state) = &mut *self.0.borrow_mut() {
            change(state);
        }
    }
}

/// Makes it come alive, unless it has already.
pub(super) fn wake(part: &RefCell<Part>) {
    let before = part.replace(Part::Waking);
    let after = match before {
        Part::Waiting { at, wake } => Part::Awake(wake(&at)),
        other => other,
    };
    part.replace(after);
}

impl Mountable for LaterState {
    fn unmount(&mut self) {
        match &mut *self.0.borrow_mut() {
            Part::Waiting { at, .. } => at.remove(),
            Part::Awake(state) => state.unmount(),
            Part::Waking => {}
        }
    }

    fn mount(&mut self, parent: &Element, marker: Option<&Node>) {
        match &mut *self.0.borrow_mut() {
            Part::Waiting { at, .. } => {
                let _ = parent.insert_before(at, marker);
            }
            Part::Awake(state) => state.mount(parent, marker),
            Part::Waking => {}
        }
    }

    fn insert_before_this(&self, child: &mut dyn Mountable) -> bool {
        match &*self.0.borrow() {
            Part::Waiting { at, .. } => at.parent_element().is_some_and(|parent| {
                child.mount(&parent, Some(at));
                true
            }),
            Part::Awake(state) => state.insert_before_this(child),
            Part::Waking => false,
        }
    }

    fn elements(&self) -> Vec<Element> {
        match &*self.0.borrow() {
            Part::Waiting { at, .. } => vec![at.clone()],
            Part::Awake(state) => state.elements(),
            Part::Waking => Vec::new(),
        }
    }
}
