//! A body is read whole before anything is done with it, and only so much of it, for so long.

use std::time::Duration;

use app::error::AppError;
use axum::body::{Body, HttpBody as _};
use axum::extract::Request;
use axum::middleware::Next;
use axum::response::Response;
use http::StatusCode;
use http_body_util::BodyExt as _;

use super::failure::{failure, unreadable};

/// The largest body, in bytes: more than the longest form.
pub const LARGEST: usize = 64 * 1024;
/// How long a body may take to arrive.
const PATIENCE: Duration = Duration::from_secs(15);
/// How much of a body that is too large is still taken, in bytes, and thrown away.
const DRAINED: usize = 16 * 1024 * 1024;

pub async fn limit(request: Request, next: Next) -> Response {
    let (parts, body) = request.into_parts();
    let refuse = |status, error| failure(parts.uri.path(), status, &error);
    // As the length says that was declared, if one was.
    let mut too_large = body.size_hint().lower() > LARGEST as u64;
    let mut taken = Taken::default();
    let read = tokio::time::timeout(PATIENCE, taken.read(body)).await;
    too_large |= taken.length > LARGEST;
    if too_large {
        let error = AppError::invalid("", "This is more than can be taken at once. Shorten it and try again.");
        return refuse(StatusCode::PAYLOAD_TOO_LARGE, error);
    }
    match read {
        Ok(Ok(())) => next.run(Request::from_parts(parts, Body::from(taken.bytes))).await,
        Ok(Err(_)) => refuse(StatusCode::BAD_REQUEST, unreadable()),
        Err(_) => refuse(StatusCode::REQUEST_TIMEOUT, AppError::Unavailable),
    }
}

/// What has arrived so far.
#[derive(Default)]
struct Taken {
    length: usize,
    /// Kept up to [`LARGEST`].
    bytes: Vec<u8>,
}

impl Taken {
    /// Reads to the end, even what is too large: a client that is still sending would find the connection
    /// broken instead of the answer.
    async fn read(&mut self, mut body: Body) -> Result<(), axum::Error> {
        while let Some(frame) = body.frame().await {
            let Ok(data) = frame?.into_data() else { continue };
            self.length += data.len();
            if self.length <= LARGEST {
                self.bytes.extend_from_slice(&data);
            } else if self.length > DRAINED {
                break;
            }
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use std::convert::Infallible;
    use std::pin::Pin;
    use std::task::{Context, Poll, ready};

    use axum::Router;
    use axum::middleware::from_fn;
    use hyper::body::{Bytes, Frame};
    use tokio::time::{Instant, Sleep, sleep};
    use tower::ServiceExt as _;

    use super::*;

    /// Pieces that come a second apart, so many of them.
    struct Drops {
        /// Bytes in each.
        length: usize,
        left: usize,
        gap: Pin<Box<Sleep>>,
    }

    impl axum::body::HttpBody for Drops {
        type Data = Bytes;
        type Error = Infallible;

        fn poll_frame(
            mut self: Pin<&mut Self>,
            context: &mut Context<'_>,
        ) -> Poll<Option<Result<Frame<Bytes>, Infallible>>> {
            ready!(self.gap.as_mut().poll(context));
            self.gap.as_mut().reset(Instant::now() + Duration::from_secs(1));
            let Some(left) = self.left.checked_sub(1) else { return Poll::Ready(None) };
            self.left = left;
            Poll::Ready(Some(Ok(Frame::data(Bytes::from(vec![b'd'; self.length])))))
        }
    }

    async fn answer_to(length: usize, left: usize) -> StatusCode {
        let router = Router::new().fallback(|body: Bytes| async move { body.len().to_string() }).layer(from_fn(limit));
        let body = Body::new(Drops { length, left, gap: Box::pin(sleep(Duration::ZERO)) });
        let Ok(answer) = router.oneshot(Request::post("/login").body(body).expect("a request")).await;
        answer.status()
    }

    #[tokio::test(start_paused = true)]
    async fn a_body_arrives_in_time_and_is_not_too_large() {
        assert_eq!(answer_to(10, 10).await, StatusCode::OK);
        assert_eq!(answer_to(1, 1000).await, StatusCode::REQUEST_TIMEOUT);
        assert_eq!(answer_to(20_000, 4).await, StatusCode::PAYLOAD_TOO_LARGE);
        assert_eq!(answer_to(20_000, 1000).await, StatusCode::PAYLOAD_TOO_LARGE);
    }
}
