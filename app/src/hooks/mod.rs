//! Webhooks: other programs that are told what happens in the book.

mod api;
mod card;
mod notice;
mod page;

pub use api::{
    AddHook, DeleteHook, GetHook, HookAttempt, HookChoice, HookLine, HookPage as HookDetail, ListHooks, RestoreHook,
    TestHook, add_hook, delete_hook, get_hook, list_hooks, test_hook,
};
pub(crate) use card::Webhooks;
pub(crate) use notice::HookNotice;
pub use page::{HookPage, NewHookPage};
