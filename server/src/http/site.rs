//! What every handler works with.

use std::sync::Arc;

use axum::extract::FromRef;
use backend::Backend;
use leptos::config::LeptosOptions;
use metrics_exporter_prometheus::PrometheusHandle;

use super::writes::Writes;
use crate::config::{Config, Secret};
use crate::deliver::hook::Hooks;
use crate::heard::cookies::Cookies;
use crate::session::jwt::Tokens;
use crate::sign_in_with::Providers;

#[derive(Clone)]
pub struct Site {
    pub config: Arc<Config>,
    pub backend: Backend,
    pub tokens: Arc<Tokens>,
    pub cookies: Cookies,
    /// Knows where webhooks may lead to.
    pub hooks: Hooks,
    pub leptos: LeptosOptions,
    /// Whom people may log in through.
    pub providers: Arc<Providers>,
    /// How often each person changes something.
    pub writes: Writes,
    /// Where the figures for `/metrics` are collected, if they are.
    pub metrics: Option<PrometheusHandle>,
}

impl Site {
    pub fn new(config: Config, backend: Backend, secret: &Secret, metrics: Option<PrometheusHandle>) -> Self {
        let tokens = Arc::new(Tokens::new(secret, backend.clock.clone()));
        let cookies = Cookies { secure: config.is_secure() };
        let (hooks, leptos) = (Hooks::new(&config.webhook_networks), config.leptos());
        let (providers, writes) = (Arc::default(), Writes::new(config.writes_per_ten_minutes));
        Self { config: Arc::new(config), backend, tokens, cookies, hooks, leptos, providers, writes, metrics }
    }

    #[must_use]
    pub fn with_providers(self, providers: Providers) -> Self {
        Self { providers: Arc::new(providers), ..self }
    }
}

impl FromRef<Site> for LeptosOptions {
    fn from_ref(site: &Site) -> Self {
        site.leptos.clone()
    }
}
