//! Going to another page from anywhere: an event, an answer, a click on a chart.

use std::cell::RefCell;
use std::rc::Rc;

use leptos::prelude::*;
use leptos_router::NavigateOptions;
use leptos_router::hooks::{use_location, use_navigate};

type Go = Rc<dyn Fn(&str)>;

thread_local! {
    static NAVIGATE: RefCell<Option<Go>> = const { RefCell::new(None) };
}

/// Keeps the router's way of going; once, inside the router, in the browser.
pub(crate) fn learn_to_go() {
    let navigate = use_navigate();
    let here = use_location().pathname;
    let go = Rc::new(move |path: &str| {
        // A query alone shows another part of the page that is here, which stays where it is.
        if path.starts_with('?') {
            let options = NavigateOptions { scroll: false, ..NavigateOptions::default() };
            navigate(&format!("{}{path}", here.get_untracked()), options);
        } else {
            navigate(path, NavigateOptions::default());
        }
    });
    NAVIGATE.with_borrow_mut(|slot| *slot = Some(go));
}

/// Shows another page without loading it anew.
pub fn go(path: &str) {
    let go = NAVIGATE.with_borrow(Clone::clone);
    if let Some(go) = go {
        go(path);
    }
}

/// Loads a page anew from the server: after a session began or ended, nothing of the one before stays in memory.
pub fn leave_to(path: &str) {
    crate::ui::browser::load_page(path);
}
