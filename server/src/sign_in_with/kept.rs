//! What was fetched from a provider, kept for a while.

use std::time::{Duration, Instant};

use tokio::sync::Mutex;

use super::ProviderError;

/// How long a provider that did not answer is left alone: whoever comes meanwhile need not wait for the same.
const REST: Duration = Duration::from_secs(5);

/// One value; whoever needs it while it is fetched waits for the same fetch.
pub struct Kept<T> {
    /// How long it is taken as it is.
    fresh: Duration,
    held: Mutex<Held<T>>,
}

struct Held<T> {
    value: Option<(Instant, T)>,
    failure: Option<(Instant, String)>,
}

impl<T: Clone> Kept<T> {
    pub fn new(fresh: Duration) -> Self {
        Self { fresh, held: Mutex::new(Held { value: None, failure: None }) }
    }

    /// The kept value, or a new one where it is too old. While the provider is down, an old one serves.
    pub async fn get(&self, fetch: impl Future<Output = Result<T, ProviderError>>) -> Result<T, ProviderError> {
        self.get_unless_older(self.fresh, fetch).await
    }

    /// The same for whoever finds the kept value wanting, unless it was fetched less than `age` ago.
    pub async fn get_unless_older(
        &self,
        age: Duration,
        fetch: impl Future<Output = Result<T, ProviderError>>,
    ) -> Result<T, ProviderError> {
        let mut held = self.held.lock().await;
        if let Some((since, value)) = &held.value
            && since.elapsed() < age
        {
            return Ok(value.clone());
        }
        let failed_lately = held.failure.as_ref().filter(|(since, _)| since.elapsed() < REST);
        let failure = match failed_lately {
            Some((_, failure)) => failure.clone(),
            None => match fetch.await {
                Ok(value) => {
                    *held = Held { value: Some((Instant::now(), value.clone())), failure: None };
                    return Ok(value);
                }
                Err(error) => {
                    held.failure = Some((Instant::now(), error.to_string()));
                    error.to_string()
                }
            },
        };
        held.value.as_ref().map(|(_, old)| old.clone()).ok_or(ProviderError::Away(failure))
    }
}

#[cfg(test)]
mod tests {
    use std::future::{Ready, ready};

    use super::*;

    fn down() -> Ready<Result<u8, ProviderError>> {
        ready(Err(ProviderError::Away("down".into())))
    }

    #[tokio::test]
    async fn what_is_kept_serves_until_it_is_old_and_while_the_provider_is_down() {
        let kept = Kept::new(Duration::from_mins(1));
        assert_eq!(kept.get(async { Ok(1) }).await.ok(), Some(1));
        assert_eq!(kept.get(async { Ok(2) }).await.ok(), Some(1));
        assert_eq!(kept.get_unless_older(Duration::ZERO, down()).await.ok(), Some(1));
        assert_eq!(kept.get_unless_older(Duration::ZERO, async { Ok(3) }).await.ok(), Some(1), "left alone");
    }

    #[tokio::test]
    async fn a_provider_that_does_not_answer_is_left_alone_for_a_moment() {
        let kept = Kept::new(Duration::from_mins(1));
        assert!(kept.get(down()).await.is_err());
        assert!(kept.get(async { panic!("asked again at once") }).await.is_err());
    }
}
