//! The document around every page.

use leptos::config::LeptosOptions;
use leptos::html::meta;
use leptos::hydration::AutoReload;
use leptos::prelude::*;
use leptos_meta::{HashedStylesheet, MetaTags};

use ledger::person::Theme;

use super::site_files::SiteFiles;
use super::theme::{cookie, frame_colour};
use super::wake::WakeScript;
use crate::App;

/// The colour around the page on a device that is light or dark.
#[component]
fn FrameColour(device: Theme) -> impl IntoView {
    meta()
        .name("theme-color")
        .content(frame_colour(cookie(), device))
        .attr("media", format!("(prefers-color-scheme: {})", device.as_str()))
        .into_any()
}

/// The fonts of what is painted first, which the browser would only ask for when it has read the style.
#[component]
fn FontLinks(options: LeptosOptions) -> impl IntoView {
    let font = |path: &'static String| {
        view! { <link rel="preload" href=path.as_str() r#as="font" r#type="font/woff2" crossorigin=""/> }
    };
    SiteFiles::of(&options).paths("fonts").iter().map(font).collect_view().into_any()
}

/// The whole document; scripts in it carry the nonce of the request.
pub fn shell(options: LeptosOptions) -> impl IntoView {
    let charts = SiteFiles::of(&options).paths("echarts").first();
    view! {
        <!DOCTYPE html>
        <html lang="en" data-theme=cookie().theme.as_str() data-contrast=cookie().contrast()>
            <head>
                <meta charset="utf-8"/>
                <meta name="viewport" content="width=device-width, initial-scale=1, viewport-fit=cover"/>
                <meta name="color-scheme" content="light dark"/>
                <FrameColour device=Theme::Light/>
                <FrameColour device=Theme::Dark/>
                <meta name="echarts" content=charts.map(String::as_str)/>
                <link rel="icon" href="/favicon.svg" type="image/svg+xml"/>
                <link rel="apple-touch-icon" href="/icon-180.png"/>
                <link rel="manifest" href="/manifest.webmanifest"/>
                <HashedStylesheet options=options.clone() id="style"/>
                <AutoReload options=options.clone()/>
                <FontLinks options=options.clone()/>
                <WakeScript options/>
                <MetaTags/>
            </head>
            <body>
                <App/>
            </body>
        </html>
    }
}
