//! The document around every page.

use leptos::config::LeptosOptions;
use leptos::hydration::{AutoReload, HydrationScripts};
use leptos::prelude::*;
use leptos_meta::{HashedStylesheet, MetaTags};

use super::theme::cookie;
use crate::App;

/// Files whose names change with what is in them. The server provides it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Assets {
    /// The path of the chart library.
    pub echarts: String,
}

impl Default for Assets {
    fn default() -> Self {
        Self { echarts: "/pkg/echarts.js".to_owned() }
    }
}

/// The whole document; scripts in it carry the nonce of the request.
pub fn shell(options: LeptosOptions) -> impl IntoView {
    let assets = use_context::<Assets>().unwrap_or_default();
    view! {
        <!DOCTYPE html>
        <html lang="en" data-theme=cookie()>
            <head>
                <meta charset="utf-8"/>
                <meta name="viewport" content="width=device-width, initial-scale=1, viewport-fit=cover"/>
                <meta name="color-scheme" content="light dark"/>
                <meta name="theme-color" content="#f6f3ec" media="(prefers-color-scheme: light)"/>
                <meta name="theme-color" content="#16150f" media="(prefers-color-scheme: dark)"/>
                <meta name="echarts" content=assets.echarts/>
                <link rel="icon" href="/favicon.svg" type="image/svg+xml"/>
                <link rel="apple-touch-icon" href="/icon-180.png"/>
                <link rel="manifest" href="/manifest.webmanifest"/>
                <HashedStylesheet options=options.clone() id="style"/>
                <AutoReload options=options.clone()/>
                <HydrationScripts options/>
                <MetaTags/>
            </head>
            <body>
                <App/>
            </body>
        </html>
    }
}
