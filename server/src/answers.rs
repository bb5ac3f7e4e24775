//! What other servers answer, of which only so much is read.

use reqwest::Response;

/// The body of an answer. `None` where it has more than so many bytes.
///
/// # Errors
/// When the rest of it does not come.
pub async fn at_most(bytes: usize, mut answer: Response) -> reqwest::Result<Option<Vec<u8>>> {
    let mut body = Vec::new();
    while let Some(chunk) = answer.chunk().await? {
        body.extend_from_slice(&chunk);
        if body.len() > bytes {
            return Ok(None);
        }
    }
    Ok(Some(body))
}
