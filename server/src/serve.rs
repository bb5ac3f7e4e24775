//! Connections: accepted, timed, and let go in peace when the server stops.

use std::convert::Infallible;
use std::future::Future;
use std::net::SocketAddr;
use std::time::Duration;

use axum::Router;
use axum::extract::{ConnectInfo, Request};
use http::{HeaderValue, header};
use hyper::server::conn::http1;
use hyper::service::service_fn;
use hyper_util::rt::{TokioIo, TokioTimer};
use hyper_util::server::graceful::GracefulShutdown;
use tokio::net::{TcpListener, TcpStream};
use tower::ServiceExt as _;

use crate::stall::Stall;

/// How long a client may take over the head of a request, or wait before its next one.
const HEAD: Duration = Duration::from_secs(20);
/// The largest head of a request that is waited for, in bytes (what comes on top in one piece is read), and the most lines in
/// it; more is answered with 431.
const LARGEST_HEAD: usize = 64 * 1024;
const MOST_LINES: usize = 100;
/// How long an answer may wait for a client that takes too little of it.
const STALL: Duration = Duration::from_secs(20);
/// How long requests under way may take to end after the server was told to stop.
const FAREWELL: Duration = Duration::from_secs(7);

/// Serves until `stop`, then finishes what is under way.
pub async fn serve(listener: TcpListener, app: Router, stop: impl Future<Output = ()>) {
    let graceful = GracefulShutdown::new();
    tokio::pin!(stop);
    loop {
        let accepted = tokio::select! {
            accepted = listener.accept() => accepted,
            () = &mut stop => break,
        };
        match accepted {
            Ok((stream, peer)) => spawn(&graceful, &app, stream, peer),
            Err(error) => {
                // Out of file descriptors, most often: some come back in a moment.
                tracing::warn!(%error, "a connection could not be accepted");
                tokio::time::sleep(Duration::from_millis(100)).await;
            }
        }
    }
    drop(listener);
    if tokio::time::timeout(FAREWELL, graceful.shutdown()).await.is_err() {
        tracing::warn!("some requests did not end in time");
    }
}

fn spawn(graceful: &GracefulShutdown, app: &Router, stream: TcpStream, peer: SocketAddr) {
    let _ = stream.set_nodelay(true);
    let app = app.clone();
    let service = service_fn(move |request: Request<hyper::body::Incoming>| {
        let mut request = request.map(axum::body::Body::new);
        request.extensions_mut().insert(ConnectInfo(peer));
        let in_pieces = request.headers().contains_key(header::TRANSFER_ENCODING);
        let app = app.clone();
        async move {
            let Ok(mut response) = app.oneshot(request).await;
            // A proxy that went by a length which also stands there would take what follows for something else.
            if in_pieces {
                response.headers_mut().insert(header::CONNECTION, HeaderValue::from_static("close"));
            }
            Ok::<_, Infallible>(response)
        }
    });
    let connection = http1::Builder::new()
        .timer(TokioTimer::new())
        .header_read_timeout(HEAD)
        .max_buf_size(LARGEST_HEAD)
        .max_headers(MOST_LINES)
        .serve_connection(TokioIo::new(Stall::new(stream, STALL)), service);
    let watched = graceful.watch(connection);
    tokio::spawn(async move {
        // A client that leaves early is no news.
        if let Err(error) = watched.await {
            tracing::debug!(%error, "a connection ended early");
        }
    });
}

#[cfg(test)]
mod tests {
    use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};

    use super::*;

    #[tokio::test(start_paused = true)]
    async fn a_client_that_never_ends_the_head_of_its_request_is_let_go() {
        let listener = TcpListener::bind("127.0.0.1:0").await.expect("a port");
        let address = listener.local_addr().expect("an address");
        tokio::spawn(serve(listener, Router::new(), std::future::pending()));
        let mut stream = TcpStream::connect(address).await.expect("a connection");
        stream.write_all(b"GET / HTTP/1.1\r\nHost: here\r\nX-Slow: ").await.expect("a head");
        let mut answer = Vec::new();
        let _ = stream.read_to_end(&mut answer).await;
        assert!(answer.is_empty() || answer.starts_with(b"HTTP/1.1 408"), "{}", String::from_utf8_lossy(&answer));
    }
}
