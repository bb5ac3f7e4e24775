//! The document around every page.

use std::sync::OnceLock;

use leptos::config::LeptosOptions;
use leptos::html::meta;
use leptos::hydration::{AutoReload, HydrationScripts};
use leptos::prelude::*;
use leptos_meta::{HashedStylesheet, MetaTags};

use super::theme::{cookie, frame_colour};
use crate::App;

/// The path of the chart library, whose name changes with what is in it.
fn echarts(options: &LeptosOptions) -> &'static str {
    static PATH: OnceLock<String> = OnceLock::new();
    PATH.get_or_init(|| {
        let hashes = std::fs::read_to_string(options.hash_file.as_ref()).unwrap_or_default();
        let hash = hashes.lines().filter_map(|line| line.split_once(':')).find(|(file, _)| *file == "echarts");
        match hash {
            Some((_, hash)) if options.hash_files => format!("/{}/echarts.{}.js", options.site_pkg_dir, hash.trim()),
            _ => format!("/{}/echarts.js", options.site_pkg_dir),
        }
    })
}

/// The colour around the page on a device that is light or dark.
#[component]
fn FrameColour(device: &'static str) -> impl IntoView {
    meta()
        .name("theme-color")
        .content(frame_colour(&cookie(), device))
        .attr("media", format!("(prefers-color-scheme: {device})"))
        .into_any()
}

/// The whole document; scripts in it carry the nonce of the request.
pub fn shell(options: LeptosOptions) -> impl IntoView {
    view! {
        <!DOCTYPE html>
        <html lang="en" data-theme=cookie()>
            <head>
                <meta charset="utf-8"/>
                <meta name="viewport" content="width=device-width, initial-scale=1, viewport-fit=cover"/>
                <meta name="color-scheme" content="light dark"/>
                <FrameColour device="light"/>
                <FrameColour device="dark"/>
                <meta name="echarts" content=echarts(&options)/>
                <link rel="icon" href="/favicon.svg" type="image/svg+xml"/>
                <link rel="apple-touch-icon" href="/icon-180.png"/>
                <link rel="manifest" href="/manifest.webmanifest"/>
                <HashedStylesheet options=options.clone() id="style"/>
                <AutoReload options=options.clone()/>
                // The page is read before it is woken: its script waits until there is nothing to paint.
                <HydrationScripts options defer=true/>
                <MetaTags/>
            </head>
            <body>
                <App/>
            </body>
        </html>
    }
}
