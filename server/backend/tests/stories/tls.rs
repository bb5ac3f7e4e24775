//! PostgreSQL by TLS: a server is believed by its certificate, or nothing is said to it.

use std::net::SocketAddr;
use std::path::PathBuf;
use std::str::FromStr;
use std::sync::Arc;

use backend::db::Db;
use rcgen::{CertifiedKey, KeyPair, generate_simple_self_signed};
use sqlx::postgres::PgConnectOptions;
use tokio::io::{AsyncReadExt, AsyncWriteExt, copy_bidirectional};
use tokio::net::{TcpListener, TcpStream};
use tokio_rustls::TlsAcceptor;
use tokio_rustls::rustls::ServerConfig;
use tokio_rustls::rustls::crypto::aws_lc_rs::default_provider;
use tokio_rustls::rustls::pki_types::PrivatePkcs8KeyDer;

use crate::engines::postgres;

/// How a client of PostgreSQL asks for TLS: a length of 8 and a number that is no version.
const ASKS_FOR_TLS: [u8; 8] = [0, 0, 0, 8, 0x04, 0xd2, 0x16, 0x2f];

#[tokio::test(flavor = "multi_thread")]
async fn postgresql_is_believed_by_its_certificate_only() {
    let Some(server) = postgres() else { return };
    let folder = tempfile::tempdir().unwrap();
    let root = |name: &str, certified: &CertifiedKey<KeyPair>| -> PathBuf {
        let path = folder.path().join(name);
        std::fs::write(&path, certified.cert.pem()).unwrap();
        path
    };
    let [ours, foreign] = [(); 2].map(|()| generate_simple_self_signed(["localhost".to_owned()]).unwrap());
    let (trusted, other) = (root("ours.pem", &ours), root("foreign.pem", &foreign));
    let behind_tls = front(&server, Some(acceptor(&ours))).await;
    let plain = front(&server, None).await;
    let open = async |host: &str, at: SocketAddr, mode: &str, root: &PathBuf| {
        let options = PgConnectOptions::from_str(&server).unwrap();
        let direct = format!("{}:{}", options.get_host(), options.get_port());
        let url = server.replacen(&direct, &format!("{host}:{}", at.port()), 1);
        Db::open(&format!("{url}?sslmode={mode}&sslrootcert={}", root.display())).await
    };

    let db = open("localhost", behind_tls, "verify-full", &trusted).await.unwrap();
    let one = db.read().await.unwrap().query("select cast(1 as bigint)").one::<(i64,)>().await.unwrap();
    assert_eq!(one, (1,));
    assert!(open("127.0.0.1", behind_tls, "verify-ca", &trusted).await.is_ok(), "by whatever name");
    for (host, at, mode, root, why) in [
        ("127.0.0.1", behind_tls, "verify-full", &trusted, "it is not the one that was named"),
        ("localhost", behind_tls, "verify-full", &other, "nobody we know signed it"),
        ("localhost", plain, "verify-full", &trusted, "it does not speak TLS"),
        ("localhost", plain, "require", &trusted, "it does not speak TLS"),
    ] {
        assert!(open(host, at, mode, root).await.is_err(), "{why}");
    }
}

fn acceptor(certified: &CertifiedKey<KeyPair>) -> TlsAcceptor {
    let key = PrivatePkcs8KeyDer::from(certified.signing_key.serialize_der());
    let config = ServerConfig::builder_with_provider(default_provider().into())
        .with_safe_default_protocol_versions()
        .unwrap()
        .with_no_client_auth()
        .with_single_cert(vec![certified.cert.der().clone()], key.into())
        .unwrap();
    TlsAcceptor::from(Arc::new(config))
}

/// Stands before the server and speaks TLS for it, or says that it cannot.
async fn front(server: &str, tls: Option<TlsAcceptor>) -> SocketAddr {
    let options = PgConnectOptions::from_str(server).unwrap();
    let behind = (options.get_host().to_owned(), options.get_port());
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = listener.local_addr().unwrap();
    tokio::spawn(async move {
        while let Ok((mut client, _)) = listener.accept().await {
            let (tls, behind) = (tls.clone(), behind.clone());
            tokio::spawn(async move {
                let mut asked = [0; 8];
                client.read_exact(&mut asked).await?;
                assert_eq!(asked, ASKS_FOR_TLS, "nothing is said in plain");
                client.write_all(if tls.is_some() { b"S" } else { b"N" }).await?;
                let Some(tls) = tls else { return Ok(()) };
                let mut client = tls.accept(client).await?;
                let mut server = TcpStream::connect(behind).await?;
                copy_bidirectional(&mut client, &mut server).await.map(|_| ())
            });
        }
    });
    address
}
