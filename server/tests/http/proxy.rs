//! Stands between a server and PostgreSQL, and falls silent when it is told to.

use backend::Db;
use tokio::io::{AsyncRead, AsyncReadExt as _, AsyncWrite, AsyncWriteExt as _};
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::watch;

pub struct Proxy {
    /// The same database, by way of this proxy.
    pub url: String,
    frozen: watch::Sender<bool>,
}

impl Proxy {
    /// A proxy before this database; none before SQLite, which is no server.
    pub async fn before(db: &Db) -> Option<Self> {
        let Db::Postgres(pool) = db else { return None };
        let name = pool.connect_options().get_database().unwrap().to_owned();
        let server = std::env::var("EXPENSO_TEST_POSTGRES_URL").unwrap();
        let (server, _) = server.rsplit_once('/').unwrap();
        let (user, host) = server.rsplit_once('@').unwrap();
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let url = format!("{user}@{}/{name}", listener.local_addr().unwrap());
        let (frozen, is_frozen) = watch::channel(false);
        tokio::spawn(serve(listener, host.to_owned(), is_frozen));
        Some(Self { url, frozen })
    }

    /// From now on nothing passes, and no connection ends.
    pub fn freeze(&self) {
        self.frozen.send_replace(true);
    }

    pub fn thaw(&self) {
        self.frozen.send_replace(false);
    }
}

async fn serve(listener: TcpListener, host: String, is_frozen: watch::Receiver<bool>) {
    while let Ok((client, _)) = listener.accept().await {
        let Ok(server) = TcpStream::connect(&host).await else { continue };
        let (from_client, to_client) = client.into_split();
        let (from_server, to_server) = server.into_split();
        tokio::spawn(pass(from_client, to_server, is_frozen.clone()));
        tokio::spawn(pass(from_server, to_client, is_frozen.clone()));
    }
}

async fn pass(mut from: impl AsyncRead + Unpin, mut to: impl AsyncWrite + Unpin, mut is_frozen: watch::Receiver<bool>) {
    let mut buffer = [0; 8192];
    while let Ok(length @ 1..) = from.read(&mut buffer).await {
        if is_frozen.wait_for(|frozen| !frozen).await.is_err() || to.write_all(&buffer[..length]).await.is_err() {
            return;
        }
    }
}
