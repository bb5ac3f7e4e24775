//! A server that runs in this process.

use std::collections::BTreeMap;
use std::path::Path;
use std::sync::Arc;

use backend::Backend;
use server::config::{Config, Secret};
use server::deliver::Mailer;
use server::deliver::hook::Hooks;
use server::http::{Site, router};
use server::rates::RatesSource;
use server::serve::serve;
use server::sign_in_with::{Hosts, Providers};
use server::worker::{Worker, until};
use tempfile::TempDir;
use tokio::net::TcpListener;
use tokio::sync::watch;
use tokio::task::JoinHandle;

/// A server with its own folder.
pub struct Running {
    pub url: String,
    pub backend: Backend,
    pub folder: TempDir,
    stop: watch::Sender<bool>,
    tasks: Vec<JoinHandle<()>>,
}

impl Running {
    /// Starts on any free port with these variables, and a site of a few files.
    pub async fn start(backend: &Backend, env: &[(&str, &str)]) -> Self {
        Self::start_beside(&Hosts::REAL, backend, env).await
    }

    /// The same, with the providers that are known by name found elsewhere.
    pub async fn start_beside(hosts: &Hosts<'_>, backend: &Backend, env: &[(&str, &str)]) -> Self {
        let folder = tempfile::tempdir().unwrap();
        let site_root = folder.path().join("site");
        write_site(&site_root);
        let mut variables: BTreeMap<String, String> =
            env.iter().map(|(key, value)| ((*key).to_owned(), (*value).to_owned())).collect();
        variables.insert("EXPENSO_DATA_DIR".into(), folder.path().display().to_string());
        variables.insert("LEPTOS_SITE_ROOT".into(), site_root.display().to_string());
        let config = Config::from_parts(None, &variables).unwrap();
        let passkeys = backend::passkeys::Site::at(&config.base_url);
        let backend = backend.clone().with_policy(config.policy()).with_passkeys(passkeys);
        let breaches = config.breached_passwords_url.as_deref().map(|url| server::breaches::ask_at(url).unwrap());
        let backend = backend.with_breaches(breaches);
        let secret = Secret::load_or_make(folder.path()).unwrap();
        let mailer = Arc::new(Mailer::new(&config).unwrap());
        let base_url = config.base_url.clone();
        let hooks = Hooks::new(&config.webhook_networks);
        let rates = config.rates_url.as_deref().map(|url| RatesSource::new(url).unwrap());
        let providers = Providers::at(hosts, &config).unwrap();
        let site = Site::new(config, backend.clone(), &secret, None).with_providers(providers);
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let url = format!("http://{}", listener.local_addr().unwrap());
        let (stop, stopped) = watch::channel(false);
        let tasks = vec![
            tokio::spawn(serve(listener, router(site), until(stopped.clone()))),
            tokio::spawn(
                Worker::new(backend.clone(), mailer, base_url).with_rates(rates).with_hooks(hooks).run(stopped),
            ),
        ];
        Self { url, backend, folder, stop, tasks }
    }

    /// Tells it to stop, and waits until it has.
    pub async fn stop(mut self) {
        self.stop.send_replace(true);
        for task in self.tasks.drain(..) {
            task.await.unwrap();
        }
    }
}

pub fn write_site(root: &Path) {
    let pkg = root.join("pkg");
    std::fs::create_dir_all(&pkg).unwrap();
    for (name, text) in [
        ("expenso.0123456789abcdef.js", "export default 1;"),
        ("expenso.0123456789abcdef.js.br", "compressed"),
        ("expenso.0123456789abcdef.wasm", "wasm"),
        (
            "hash.txt",
            "js: 0123456789abcdef\nwasm: 0123456789abcdef\ncss: 0123456789abcdef\n\
             wake: expenso.0123456789abcdef.js expenso.0123456789abcdef.wasm\n",
        ),
    ] {
        std::fs::write(pkg.join(name), text).unwrap();
    }
    std::fs::write(root.join("robots.txt"), "User-agent: *\n").unwrap();
    std::fs::write(root.join(".env"), "told to nobody").unwrap();
}
