//! Staff who look at the book of a person by their consent: what they read is told first, and nothing else is done.

use app::error::AppError;
use app::roles::{self, Sight};
use axum::extract::{Request, State};
use axum::middleware::Next;
use axum::response::Response;
use backend::{SignedIn, staff};

use super::failure::usual_failure;
use super::site::Site;

/// What cannot be told is not shown.
pub async fn watch(State(site): State<Site>, request: Request, next: Next) -> Response {
    let path = request.uri().path().to_owned();
    let who = request.extensions().get::<Option<SignedIn>>().and_then(Option::as_ref);
    if let Some(support) = who.and_then(|who| who.support.clone()) {
        match roles::sight(&path) {
            Sight::Own => (),
            Sight::Read => {
                if let Err(error) = staff::note(&site.backend, &support, &told(&path)).await {
                    return usual_failure(&path, &AppError::from(error));
                }
            }
            Sight::Refused => return usual_failure(&path, &AppError::Forbidden),
        }
    }
    next.run(request).await
}

/// "list records" of `/api/list_records`, and "the page /records".
fn told(path: &str) -> String {
    path.strip_prefix("/api/").map_or_else(|| format!("the page {path}"), |call| call.replace('_', " "))
}
