//! Draws a chart with ECharts, which is loaded when the first one comes near what the person sees.

use std::cell::RefCell;
use std::time::Duration;

use js_sys::{Function, JSON, Reflect};
use ledger::categories::COLOURS;
use leptos::html::Div;
use leptos::prelude::*;
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::JsFuture;
use web_sys::{Element, HtmlScriptElement};

use super::data::ChartData;
use super::near::when_near;
use super::option::{Colours, chart, tick};
use crate::layout::go;

#[wasm_bindgen]
extern "C" {
    /// A chart on the page.
    type Instance;

    #[wasm_bindgen(js_namespace = echarts, js_name = init)]
    fn init(place: &Element) -> Instance;

    #[wasm_bindgen(method, js_name = setOption)]
    fn set_option(this: &Instance, option: &JsValue, replace: bool);

    #[wasm_bindgen(method)]
    fn on(this: &Instance, event: &str, call: &Function);

    #[wasm_bindgen(method)]
    fn resize(this: &Instance);

    #[wasm_bindgen(method)]
    fn dispose(this: &Instance);
}

/// What must live as long as the chart is shown.
struct Drawn {
    instance: Instance,
    words: Closure<dyn Fn(JsValue) -> String>,
    ticks: Closure<dyn Fn(f64) -> String>,
    _pick: Closure<dyn Fn(JsValue)>,
    observer: web_sys::ResizeObserver,
    _resized: Closure<dyn Fn()>,
}

impl Drop for Drawn {
    fn drop(&mut self) {
        self.observer.disconnect();
        self.instance.dispose();
    }
}

/// Draws `data` in its place, and again whenever the data or the theme changes.
/// Whether that is impossible, as the chart library did not come, is what it answers.
pub(super) fn keep_drawn(place: NodeRef<Div>, data: Signal<ChartData>) -> Signal<bool> {
    let drawn = StoredValue::new_local(None::<Drawn>);
    let ready = RwSignal::new(false);
    let failed = RwSignal::new(false);
    let theme = theme_changes();

    Effect::new(move |_| {
        let Some(element) = place.get() else { return };
        when_near(&element, move || {
            leptos::task::spawn_local(async move {
                if let Err(error) = load_echarts().await {
                    leptos::logging::warn!("charts are not drawn: {error:?}");
                    let _ = failed.try_set(true);
                    return;
                }
                // The frame after the numbers: they come first. One picture after another, each in a task of its own.
                request_animation_frame(move || {
                    let draw = move || {
                        let _ = ready.try_set(true);
                    };
                    set_timeout(draw, Duration::ZERO);
                });
            });
        });
    });
    Effect::new(move |_| {
        theme.track();
        let now = data.get();
        if !ready.get() {
            return;
        }
        let Some(element) = place.get() else { return };
        drawn.update_value(|drawn| {
            let drawn = drawn.get_or_insert_with(|| start(&element, data));
            show(drawn, &now);
        });
    });
    on_cleanup(move || {
        let _ = drawn.try_update_value(Option::take);
    });
    failed.into()
}

fn start(element: &Element, data: Signal<ChartData>) -> Drawn {
    let instance = init(element);
    let words = Closure::<dyn Fn(JsValue) -> String>::new(move |point: JsValue| {
        let (series, at) = (index(&point, "seriesIndex"), index(&point, "dataIndex"));
        data.try_with_untracked(|data| data.words(series, at)).unwrap_or_default()
    });
    let pick = Closure::<dyn Fn(JsValue)>::new(move |point: JsValue| {
        let (series, at) = (index(&point, "seriesIndex"), index(&point, "dataIndex"));
        let href = data.try_with_untracked(|data| data.value(series, at).map(|value| value.href.clone()));
        if let Some(href) = href.flatten() {
            go(&href);
        }
    });
    let ticks = Closure::<dyn Fn(f64) -> String>::new(move |height: f64| {
        data.try_with_untracked(|data| tick(data, height)).unwrap_or_default()
    });
    instance.on("click", pick.as_ref().unchecked_ref());
    let again: Instance = instance.obj.clone().unchecked_into();
    let first = RefCell::new(true);
    let resized = Closure::<dyn Fn()>::new(move || {
        // The observer reports the first size at once, which is the one that was drawn. On paper nothing would be drawn
        // in time for another size.
        if !first.replace(false) && !prefers("print") {
            again.resize();
        }
    });
    let observer = web_sys::ResizeObserver::new(resized.as_ref().unchecked_ref()).unwrap_throw();
    observer.observe(element);
    Drawn { instance, words, ticks, _pick: pick, observer, _resized: resized }
}

fn show(drawn: &Drawn, data: &ChartData) {
    let text = serde_json::to_string(&chart(data, &colours())).unwrap_or_default();
    let Ok(option) = JSON::parse(&text) else { return };
    // Text drawn on the canvas needs no inline style, which the page's policy forbids.
    if let Some(tooltip) = first_of(&option, "tooltip") {
        let style = js_sys::Object::new();
        let _ = Reflect::set(&style, &"color".into(), &token("--ink").into());
        let _ = Reflect::set(&style, &"fontSize".into(), &13.into());
        let _ = Reflect::set(&tooltip, &"renderMode".into(), &"richText".into());
        let _ = Reflect::set(&tooltip, &"formatter".into(), drawn.words.as_ref());
        let _ = Reflect::set(&tooltip, &"textStyle".into(), &style);
        let _ = Reflect::set(&tooltip, &"confine".into(), &true.into());
    }
    if let Some(label) = first_of(&option, "yAxis").and_then(|axis| first_of(&axis, "axisLabel")) {
        let _ = Reflect::set(&label, &"formatter".into(), drawn.ticks.as_ref());
    }
    let calm = prefers("(prefers-reduced-motion: reduce)");
    let _ = Reflect::set(&option, &"animation".into(), &(!calm).into());
    let _ = Reflect::set(&option, &"animationDuration".into(), &180.into());
    let font = js_sys::Object::new();
    let _ = Reflect::set(&font, &"fontFamily".into(), &token("--font").into());
    let _ = Reflect::set(&option, &"textStyle".into(), &font);
    drawn.instance.set_option(&option, true);
}

/// A part of the option, which charming writes as itself or as a list of one.
fn first_of(option: &JsValue, name: &str) -> Option<JsValue> {
    let value = Reflect::get(option, &name.into()).ok()?;
    let value = if js_sys::Array::is_array(&value) { js_sys::Array::from(&value).get(0) } else { value };
    value.is_object().then_some(value)
}

#[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "an index is a small whole number")]
fn index(point: &JsValue, name: &str) -> usize {
    Reflect::get(point, &name.into()).ok().and_then(|value| value.as_f64()).map_or(usize::MAX, |value| value as usize)
}

fn token(name: &str) -> String {
    let style = document().document_element().and_then(|html| window().get_computed_style(&html).ok().flatten());
    style.and_then(|style| style.get_property_value(name).ok()).unwrap_or_default().trim().to_owned()
}

fn colours() -> Colours {
    Colours {
        palette: (1..=COLOURS).map(|at| token(&format!("--chart-{at}"))).collect(),
        spending: token("--chart-spending"),
        income: token("--chart-income"),
        net: token("--ink"),
        muted: token("--ink-muted"),
        line: token("--line"),
        ground: token("--surface"),
    }
}

fn prefers(query: &str) -> bool {
    window().match_media(query).ok().flatten().is_some_and(|list| list.matches())
}

/// Counts up when the device or the person changes the theme.
fn theme_changes() -> RwSignal<u32> {
    let changes = RwSignal::new(0);
    let count = Closure::<dyn Fn()>::new(move || {
        let _ = changes.try_update(|count| *count += 1);
    });
    let call: &Function = count.as_ref().unchecked_ref();
    let device = window().match_media("(prefers-color-scheme: dark)").ok().flatten();
    if let Some(device) = &device {
        let _ = device.add_event_listener_with_callback("change", call);
    }
    let _ = document().add_event_listener_with_callback("expenso:theme", call);
    let heard = StoredValue::new_local((count, device));
    on_cleanup(move || {
        heard.with_value(|(count, device)| {
            let call: &Function = count.as_ref().unchecked_ref();
            if let Some(device) = device {
                let _ = device.remove_event_listener_with_callback("change", call);
            }
            let _ = document().remove_event_listener_with_callback("expenso:theme", call);
        });
    });
    changes
}

/// Once for the page: the script that the server names in its head. One that failed is taken away, so that the
/// next chart tries again.
async fn load_echarts() -> Result<(), JsValue> {
    if Reflect::has(&window(), &"echarts".into())? {
        return Ok(());
    }
    let named = document().query_selector("meta[name=echarts]")?.and_then(|meta| meta.get_attribute("content"));
    let address = named.unwrap_or_else(|| "/pkg/echarts.js".to_owned());
    let script = if let Some(script) = document().query_selector("script[data-echarts]")? {
        script
    } else {
        let script: HtmlScriptElement = document().create_element("script")?.unchecked_into();
        script.set_src(&address);
        script.set_attribute("data-echarts", "")?;
        let head = document().query_selector("head")?.ok_or("a page without head")?;
        head.append_child(&script)?;
        script.unchecked_into()
    };
    let loaded = js_sys::Promise::new(&mut |resolve, reject| {
        let _ = script.add_event_listener_with_callback("load", &resolve);
        let _ = script.add_event_listener_with_callback("error", &reject);
    });
    let answer = JsFuture::from(loaded).await;
    if answer.is_err() {
        script.remove();
    }
    answer.map(|_| ())
}
