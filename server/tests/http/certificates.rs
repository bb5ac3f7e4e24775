//! Those whom the server speaks to by TLS and whose certificate nobody signed: nothing is said to them.

use std::collections::BTreeMap;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use rcgen::generate_simple_self_signed;
use server::config::Config;
use server::deliver::hook::{Hooks, Signed};
use server::deliver::{EmailMessage, Mailer};
use server::rates::RatesSource;
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::TcpListener;
use tokio_rustls::TlsAcceptor;
use tokio_rustls::rustls::ServerConfig;
use tokio_rustls::rustls::crypto::aws_lc_rs::default_provider;
use tokio_rustls::rustls::pki_types::PrivatePkcs8KeyDer;

use crate::engines::on_each;

/// A peer with a certificate of its own making. It counts who came, and the bytes that were said to it inside.
#[derive(Clone, Default)]
struct Impostor {
    came: Arc<AtomicUsize>,
    heard: Arc<AtomicUsize>,
}

impl Impostor {
    async fn start(&self) -> String {
        let own = generate_simple_self_signed(["localhost".to_owned()]).unwrap();
        let key = PrivatePkcs8KeyDer::from(own.signing_key.serialize_der());
        let config = ServerConfig::builder_with_provider(default_provider().into())
            .with_safe_default_protocol_versions()
            .unwrap()
            .with_no_client_auth()
            .with_single_cert(vec![own.cert.der().clone()], key.into())
            .unwrap();
        let acceptor = TlsAcceptor::from(Arc::new(config));
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let address = format!("localhost:{}", listener.local_addr().unwrap().port());
        let Self { came, heard } = self.clone();
        tokio::spawn(async move {
            while let Ok((stream, _)) = listener.accept().await {
                came.fetch_add(1, Ordering::SeqCst);
                let (acceptor, heard) = (acceptor.clone(), Arc::clone(&heard));
                tokio::spawn(async move {
                    let Ok(mut stream) = acceptor.accept(stream).await else { return };
                    // As a mail server greets.
                    let _ = stream.write_all(b"220 welcome\r\n").await;
                    let mut said = [0; 1024];
                    while let Ok(length @ 1..) = stream.read(&mut said).await {
                        heard.fetch_add(length, Ordering::SeqCst);
                    }
                });
            }
        });
        address
    }
}

fn mailer(name: &str, url: &str) -> Mailer {
    let variables = BTreeMap::from([(name.to_owned(), url.to_owned())]);
    Mailer::new(&Config::from_parts(None, &variables).unwrap()).unwrap()
}

#[tokio::test(flavor = "multi_thread")]
async fn whoever_has_a_certificate_that_nobody_signed_hears_nothing() {
    let impostor = Impostor::default();
    let address = impostor.start().await;
    let letter = EmailMessage {
        to: "asha@example.com".parse().unwrap(),
        subject: "Hello".into(),
        text: "a secret".into(),
        html: "<p>a secret</p>".into(),
        pictures: Vec::new(),
        key: "confirm:1".into(),
    };
    for (name, scheme) in [("EXPENSO_MAIL_WEBHOOK_URL", "https"), ("EXPENSO_SMTP_URL", "smtps")] {
        let sent = mailer(name, &format!("{scheme}://{address}")).send(&letter).await;
        assert!(sent.is_err(), "{scheme}");
    }
    let here = ["127.0.0.0/8".parse().unwrap(), "::1".parse().unwrap()];
    let url = format!("https://{address}/hook");
    let signed = Signed { url: &url, id: "1".into(), unix_time: 0, signature: "v1,x".into(), body: "{}".into() };
    assert_eq!(Hooks::new(&here).send(&signed).await.unwrap_err().status, None);
    on_each(async |backend| {
        let rates = RatesSource::new(&format!("https://{address}/rates.xml")).unwrap();
        assert!(rates.read_into(&backend).await.is_err());
    })
    .await;
    assert!(impostor.came.load(Ordering::SeqCst) >= 4, "all of them came");
    assert_eq!(impostor.heard.load(Ordering::SeqCst), 0, "and said nothing");
}
