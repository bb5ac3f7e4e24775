//! What every handler works with.

use std::sync::Arc;

use axum::extract::FromRef;
use backend::Backend;
use leptos::config::LeptosOptions;
use metrics_exporter_prometheus::PrometheusHandle;

use crate::config::{Config, Secret};
use crate::deliver::hook::Hooks;
use crate::session::cookies::Cookies;
use crate::session::jwt::Tokens;

#[derive(Clone)]
pub struct Site {
    pub config: Arc<Config>,
    pub backend: Backend,
    pub tokens: Arc<Tokens>,
    pub cookies: Cookies,
    /// Knows where webhooks may lead to.
    pub hooks: Hooks,
    pub leptos: LeptosOptions,
    /// Where the figures for `/metrics` are collected, if they are.
    pub metrics: Option<PrometheusHandle>,
}

impl Site {
    pub fn new(config: Config, backend: Backend, secret: &Secret, metrics: Option<PrometheusHandle>) -> Self {
        let tokens = Arc::new(Tokens::new(secret, backend.clock.clone()));
        let cookies = Cookies { secure: config.is_secure() };
        let (hooks, leptos) = (Hooks::new(&config.webhook_networks), config.leptos());
        Self { config: Arc::new(config), backend, tokens, cookies, hooks, leptos, metrics }
    }
}

impl FromRef<Site> for LeptosOptions {
    fn from_ref(site: &Site) -> Self {
        site.leptos.clone()
    }
}
