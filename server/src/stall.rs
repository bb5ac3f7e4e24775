//! A connection that ends when its client takes the answer too slowly.

use std::io;
use std::pin::Pin;
use std::task::{Context, Poll, ready};
use std::time::Duration;

use tokio::io::{AsyncRead, AsyncWrite, ReadBuf};
use tokio::time::{Instant, Sleep, sleep};

/// How many bytes a client must take for each `patience` that writes waited for it.
const LEAST: usize = 16 * 1024;

/// Passes everything on; a write fails when writes waited longer than `patience` and too little was taken.
pub struct Stall<T> {
    inner: T,
    patience: Duration,
    /// How long writes have waited, and the bytes that were taken, since enough was taken.
    waited: Duration,
    taken: usize,
    /// Runs while a write waits.
    waiting: Option<Waiting>,
}

struct Waiting {
    since: Instant,
    end: Pin<Box<Sleep>>,
}

impl<T: Unpin> Stall<T> {
    pub fn new(inner: T, patience: Duration) -> Self {
        Self { inner, patience, waited: Duration::ZERO, taken: 0, waiting: None }
    }

    /// Notes how many bytes were taken, or ends the connection when they are too few for the wait.
    fn timed(&mut self, context: &mut Context<'_>, written: Poll<io::Result<usize>>) -> Poll<io::Result<usize>> {
        if let Poll::Ready(outcome) = written {
            if let Some(waiting) = self.waiting.take() {
                self.waited += waiting.since.elapsed();
            }
            self.taken += outcome.as_ref().copied().unwrap_or_default();
            if self.taken >= LEAST {
                (self.waited, self.taken) = (Duration::ZERO, 0);
            }
            return Poll::Ready(outcome);
        }
        let left = self.patience.saturating_sub(self.waited);
        let begin = || Waiting { since: Instant::now(), end: Box::pin(sleep(left)) };
        ready!(self.waiting.get_or_insert_with(begin).end.as_mut().poll(context));
        Poll::Ready(Err(io::ErrorKind::TimedOut.into()))
    }
}

impl<T: AsyncRead + Unpin> AsyncRead for Stall<T> {
    fn poll_read(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
        buffer: &mut ReadBuf<'_>,
    ) -> Poll<io::Result<()>> {
        Pin::new(&mut self.inner).poll_read(context, buffer)
    }
}

impl<T: AsyncWrite + Unpin> AsyncWrite for Stall<T> {
    fn poll_write(mut self: Pin<&mut Self>, context: &mut Context<'_>, bytes: &[u8]) -> Poll<io::Result<usize>> {
        let written = Pin::new(&mut self.inner).poll_write(context, bytes);
        self.timed(context, written)
    }

    fn poll_write_vectored(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
        parts: &[io::IoSlice<'_>],
    ) -> Poll<io::Result<usize>> {
        let written = Pin::new(&mut self.inner).poll_write_vectored(context, parts);
        self.timed(context, written)
    }

    fn is_write_vectored(&self) -> bool {
        self.inner.is_write_vectored()
    }

    fn poll_flush(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<io::Result<()>> {
        let flushed = Pin::new(&mut self.inner).poll_flush(context);
        self.timed(context, flushed.map_ok(|()| 0)).map_ok(|_| ())
    }

    fn poll_shutdown(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.inner).poll_shutdown(context)
    }
}

#[cfg(test)]
mod tests {
    use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};

    use super::*;

    const PATIENCE: Duration = Duration::from_secs(20);

    /// How sending to a client ends that takes so many bytes each second.
    async fn sent(bytes_a_second: usize) -> Result<(), io::ErrorKind> {
        let (ours, mut theirs) = tokio::io::duplex(1024);
        let mut stall = Stall::new(ours, PATIENCE);
        let client = tokio::spawn(async move {
            let mut buffer = vec![0; bytes_a_second];
            loop {
                sleep(Duration::from_secs(1)).await;
                if theirs.read_exact(&mut buffer).await.is_err() {
                    break;
                }
            }
        });
        let outcome = stall.write_all(&vec![0; 100_000]).await.map_err(|error| error.kind());
        client.abort();
        outcome
    }

    #[tokio::test(start_paused = true)]
    async fn a_client_that_takes_nothing_or_next_to_nothing_is_let_go() {
        let (ours, theirs) = tokio::io::duplex(8);
        let error = Stall::new(ours, PATIENCE).write_all(&[0; 64]).await.expect_err("a time-out");
        assert_eq!(error.kind(), io::ErrorKind::TimedOut);
        drop(theirs);
        let start = Instant::now();
        assert_eq!(sent(1).await, Err(io::ErrorKind::TimedOut));
        assert_eq!(sent(500).await, Err(io::ErrorKind::TimedOut));
        assert!(start.elapsed() < 3 * PATIENCE);
    }

    #[tokio::test(start_paused = true)]
    async fn a_slow_client_gets_everything() {
        assert_eq!(sent(1000).await, Ok(()));
    }
}
