//! Going to another page from anywhere: an event, an answer, a click on a chart.

use std::cell::RefCell;
use std::rc::Rc;
use std::sync::atomic::{AtomicBool, Ordering};

use leptos::prelude::*;
use leptos_router::NavigateOptions;
use leptos_router::hooks::{use_location, use_navigate};

type Go = Rc<dyn Fn(&str)>;

thread_local! {
    static NAVIGATE: RefCell<Option<Go>> = const { RefCell::new(None) };
}

/// Of this page, in the browser.
static LEAVES: AtomicBool = AtomicBool::new(false);

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
    LEAVES.store(true, Ordering::Relaxed);
    crate::ui::browser::load_page(path);
}

/// Whether this page is being left: whoever logs out goes there, and not to log-in because of a call that came later.
pub(super) fn is_leaving() -> bool {
    LEAVES.load(Ordering::Relaxed)
}
