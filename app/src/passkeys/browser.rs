//! What only a browser can do: ask its passkeys (`WebAuthn`).

use js_sys::{Function, JSON, Object, Promise, Reflect};
use leptos::prelude::window;
use wasm_bindgen::{JsCast as _, JsValue};
use wasm_bindgen_futures::JsFuture;

use super::show::Support;

/// Whether passkeys can be used on this page.
pub(super) fn support() -> Support {
    let host = window().location().hostname().unwrap_or_default();
    let knows = class().and_then(|class| function(&class, "parseRequestOptionsFromJSON")).is_ok();
    Support::on(&host, knows)
}

/// Makes one; answers JSON, or why not.
pub(super) async fn make(options: &str) -> Result<String, String> {
    ask("create", "parseCreationOptionsFromJSON", options).await.map_err(|error| why(&error))
}

/// Signs with one that the person chooses; answers JSON, or why not.
pub(super) async fn show(options: &str) -> Result<String, String> {
    ask("get", "parseRequestOptionsFromJSON", options).await.map_err(|error| why(&error))
}

async fn ask(deed: &str, parse: &str, options: &str) -> Result<String, JsValue> {
    let class = class()?;
    let options = function(&class, parse)?.call1(&class, &JSON::parse(options)?)?;
    let asked = Object::new();
    Reflect::set(&asked, &"publicKey".into(), &options)?;
    let credentials = Reflect::get(&window().navigator(), &"credentials".into())?;
    let answer = function(&credentials, deed)?.call1(&credentials, &asked)?.dyn_into::<Promise>()?;
    let answer = JsFuture::from(answer).await?;
    Ok(JSON::stringify(&answer)?.into())
}

fn class() -> Result<JsValue, JsValue> {
    Reflect::get(&window(), &"PublicKeyCredential".into())
}

fn function(of: &JsValue, name: &str) -> Result<Function, JsValue> {
    Reflect::get(of, &name.into())?.dyn_into()
}

/// In words, by the name of the error that `WebAuthn` gives.
fn why(error: &JsValue) -> String {
    let name = Reflect::get(error, &"name".into()).ok().and_then(|name| name.as_string()).unwrap_or_default();
    let words = match name.as_str() {
        "NotAllowedError" | "AbortError" => "Nothing was chosen. Try again when you are ready.",
        "InvalidStateError" => "This device or password manager has a passkey for this account already.",
        "SecurityError" => "This browser allows passkeys only at the server's own address, over https.",
        _ => "This browser could not use a passkey here. Try another way.",
    };
    words.to_owned()
}
