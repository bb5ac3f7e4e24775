//! The program: `expenso` serves; its sub-commands do what an operator needs besides.

use std::io::IsTerminal as _;
use std::process::ExitCode;
use std::sync::Arc;
use std::time::Duration;

use backend::demo::DemoLogin;
use backend::{Backend, Clock, Key};
use clap::{Args, Parser, Subcommand};
use mimalloc::MiMalloc;
use server::admin::{self, Admin};
use server::config::{Config, Secret};
use server::deliver::Mailer;
use server::deliver::hook::Hooks;
use server::http::{Site, router};
use server::rates::RatesSource;
use server::serve::serve;
use server::sign_in_with::Providers;
use server::worker::Worker;
use tokio::net::TcpListener;
use tokio::signal;
use tokio::sync::watch;

/// Hashes of passwords (19 MiB each) and pages come and go on many threads, of which the allocator of glibc gives little
/// back: two hundred people left it with nearly a gigabyte, and leave this one with less than a tenth of that.
#[global_allocator]
static ALLOCATOR: MiMalloc = MiMalloc;

/// Expenso keeps a household's money: what came in, what went out, and what may still be spent.
#[derive(Parser)]
#[command(name = "expenso", version, about)]
struct Arguments {
    #[command(subcommand)]
    command: Option<Command>,
}

#[derive(Clone, Default, Subcommand)]
enum Command {
    /// Serves pages and sends mails until it is told to stop (this is the default)
    #[default]
    Serve,
    /// Brings the database to the newest shape and ends
    Migrate,
    /// Looks through the database for damage, also while servers run
    ///
    /// Reads the whole of its file, and compares every total and balance with what the records add up to. Changes
    /// nothing. Ends with 1 when something is wrong, and says what.
    Check,
    /// Signs sessions with a new key from now on, also while servers run
    ///
    /// The former key is good until its tokens end, a quarter of an hour later. Nobody is signed out.
    RotateKeys,
    /// Puts another secret in the place of `secret.key`, or of one that is given, and keeps what hangs on the former
    ///
    /// Codes, authenticators, the secrets of webhooks and sessions stay good. Stop the servers before, and start them
    /// after it. Where the secret is given (`EXPENSO_SECRET_KEY`), the next one is read from standard input.
    ReplaceSecret,
    /// Makes administrators, and resets passwords
    #[command(subcommand)]
    Admin(Admin),
    /// Adds a person with two years of records, and says how to log in
    Demo,
    /// Adds a person with many records of ten years, to measure with
    #[command(hide = true)]
    Fill(Fill),
}

#[derive(Args, Clone)]
struct Fill {
    #[arg(long)]
    records: u32,
    #[arg(long)]
    email: String,
    #[arg(long)]
    password: String,
}

/// How long the worker, and then the database, may take to end.
const FAREWELL: Duration = Duration::from_secs(1);

/// What stops the start, as one line.
type Failure = Box<dyn std::error::Error>;

fn main() -> ExitCode {
    let command = Arguments::parse().command.unwrap_or_default();
    let run = || -> Result<(), Failure> {
        let config = Config::load()?;
        log_to_stdout(&config);
        let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build()?;
        let outcome = runtime.block_on(run(command, config));
        // What is still under way on a thread of its own must not hold up the end.
        runtime.shutdown_background();
        outcome
    };
    match run() {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("expenso: {}", error.to_string().replace('\n', " "));
            ExitCode::FAILURE
        }
    }
}

async fn run(command: Command, config: Config) -> Result<(), Failure> {
    if matches!(command, Command::Serve) {
        config.check_site()?;
    }
    let secret = secret(&config)
        .map_err(|error| format!("server.data_dir (EXPENSO_DATA_DIR): {}: {error}", config.data_dir.display()))?;
    let backend = Backend::open(&config.database_url, Clock::system())
        .await
        .map_err(|error| {
            format!("database.url (EXPENSO_DATABASE_URL): the database cannot be opened: {}", with_causes(&error))
        })?
        .with_policy(config.policy())
        .with_passkeys(backend::passkeys::Site::at(&config.base_url))
        .with_breaches(config.breached_passwords_url.as_deref().map(server::breaches::ask_at).transpose()?);
    let key = key_of(&secret);
    backend::kept_key::take_over(&backend, &key).await.map_err(|error| with_causes(&error))?;
    let backend = backend.with_key(key);
    match command {
        Command::Serve => start(config, backend, &secret).await,
        Command::Migrate => {
            println!("The database is up to date.");
            Ok(())
        }
        Command::Check => check(&backend).await,
        Command::RotateKeys => {
            backend::signing_keys::rotate(&backend).await.map_err(|error| with_causes(&error))?;
            println!("A new key signs sessions from now on.");
            Ok(())
        }
        Command::ReplaceSecret => replace_secret(&config, &backend).await,
        Command::Admin(what) => admin::run(&backend, &config.base_url, what).await,
        Command::Demo => {
            let login = backend::demo::fill(&backend).await.map_err(|error| with_causes(&error))?;
            println!("Log in at {}/login as {} with the password {}", config.base_url, login.email, login.password);
            Ok(())
        }
        Command::Fill(person) => fill(&backend, person).await,
    }
}

/// What links, codes and the like are derived from.
fn key_of(secret: &Secret) -> Key {
    Key::new(&secret.derive("letters"))
}

/// At each moment one secret is good: the key is kept for the next before that takes its place, and the former is forgotten
/// when whoever starts with the next finds it, here or after.
async fn replace_secret(config: &Config, backend: &Backend) -> Result<(), Failure> {
    let next = if config.secret.is_some() {
        let mut line = String::new();
        std::io::stdin().read_line(&mut line)?;
        Secret::given(line.trim()).ok_or("the next secret: at least 32 bytes that are not easily guessed")?
    } else {
        Secret::make_next(&config.data_dir)?
    };
    let key = key_of(&next);
    backend::kept_key::keep_under(backend, &key).await.map_err(|error| with_causes(&error))?;
    if config.secret.is_some() {
        println!(
            "Set EXPENSO_SECRET_KEY to it, and start the servers. Until the first of them has, the present one is good."
        );
        return Ok(());
    }
    Secret::use_next(&config.data_dir)?;
    backend::kept_key::take_over(backend, &key).await.map_err(|error| with_causes(&error))?;
    println!("secret.key is another one. Start the servers.");
    Ok(())
}

async fn check(backend: &Backend) -> Result<(), Failure> {
    let report = backend::soundness::check(backend).await.map_err(|error| with_causes(&error))?;
    if report.problems.is_empty() {
        println!("The database is sound: {} records, and every total and balance agrees with them.", report.records);
        return Ok(());
    }
    Err(format!("the database is not sound: {}", report.problems.join("; ")).into())
}

async fn fill(backend: &Backend, person: Fill) -> Result<(), Failure> {
    let login = DemoLogin { email: person.email, password: person.password };
    match backend::sample::fill(backend, &login, person.records).await {
        Ok(true) => Ok(()),
        Ok(false) => Err(format!("--email: {} is taken", login.email).into()),
        Err(backend::Error::Invalid(errors)) => Err(errors.to_string().into()),
        Err(error) => Err(with_causes(&error).into()),
    }
}

/// The secret, and a data folder whether or not it is kept there.
fn secret(config: &Config) -> std::io::Result<Secret> {
    backend::private::make_folder(&config.data_dir)?;
    config.secret.clone().map_or_else(|| Secret::load_or_make(&config.data_dir), Ok)
}

async fn start(config: Config, backend: Backend, secret: &Secret) -> Result<(), Failure> {
    if config.is_found_here_only() {
        tracing::warn!("EXPENSO_BASE_URL is not set: links in mails lead to this machine only");
    }
    if config.is_open_to_listeners() {
        tracing::warn!(
            "people come by plain HTTP (EXPENSO_BASE_URL is http://…): whoever is between can read passwords and amounts. \
             Put TLS in front and name the https:// address, or keep this server on a network that you trust"
        );
    }
    let (address, base_url) = (config.site_addr, config.base_url.clone());
    let mailer = Arc::new(Mailer::new(&config)?);
    let hooks = Hooks::new(&config.webhook_networks);
    let rates = config.rates_url.as_deref().map(RatesSource::new).transpose()?;
    let metrics = config.metrics.then(|| metrics_exporter_prometheus::PrometheusBuilder::new().install_recorder());
    let providers = Providers::new(&config)?;
    let site = Site::new(config, backend.clone(), secret, metrics.transpose()?).with_providers(providers);
    let listener = TcpListener::bind(address).await.map_err(|error| format!("LEPTOS_SITE_ADDR: {address}: {error}"))?;
    tracing::info!(%address, "serving");
    println!("Expenso is at {base_url}");

    let (stop, stopped) = watch::channel(false);
    let worker = Worker::new(backend.clone(), mailer, base_url).with_rates(rates).with_hooks(hooks);
    let worker = tokio::spawn(worker.run(stopped.clone()));
    tokio::spawn(async move {
        told_to_stop().await;
        tracing::info!("stopping");
        stop.send_replace(true);
    });
    serve(listener, router(site), server::worker::until(stopped)).await;
    // It was told to stop at the same moment; a letter that it leaves is sent again once its claim lapses.
    let _ = tokio::time::timeout(FAREWELL, worker).await;
    // A statement that hangs would be waited for without end; what was committed is safe.
    let _ = tokio::time::timeout(FAREWELL, backend.db.close()).await;
    Ok(())
}

async fn told_to_stop() {
    #[cfg(unix)]
    let terminated = async {
        match signal::unix::signal(signal::unix::SignalKind::terminate()) {
            Ok(mut signal) => signal.recv().await,
            Err(_) => std::future::pending().await,
        }
    };
    #[cfg(not(unix))]
    let terminated = std::future::pending::<Option<()>>();
    tokio::select! {
        _ = signal::ctrl_c() => (),
        _ = terminated => (),
    }
}

/// Levels are those of the configuration for our own code; libraries speak up from warnings on.
fn log_to_stdout(config: &Config) {
    let filter = format!("warn,server={0},app={0},backend={0},expenso={0}", config.log);
    let builder = tracing_subscriber::fmt()
        .with_env_filter(tracing_subscriber::EnvFilter::new(filter))
        .with_ansi(std::io::stderr().is_terminal())
        .with_writer(std::io::stderr);
    if config.log_json {
        builder.json().init();
    } else {
        builder.with_target(false).init();
    }
    server::panics::watch();
}

fn with_causes(error: &dyn std::error::Error) -> String {
    let mut line = error.to_string();
    let mut cause = error.source();
    while let Some(error) = cause {
        line = format!("{line}: {error}");
        cause = error.source();
    }
    line.replace('\n', " ")
}
