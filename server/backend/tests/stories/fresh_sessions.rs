//! Sessions are ended by whoever has proved lately who they are.

use backend::{Error, fresh, sessions};
use chrono::TimeDelta;
use ledger::person::{OwnProof, Password};

use crate::engines::on_each;
use crate::people::{PASSWORD, again, person};

#[tokio::test]
async fn another_session_is_ended_after_a_fresh_proof_and_ones_own_at_any_time() {
    on_each(async |backend| {
        let (_, thief) = (person(&backend, "asha@example.com").await, again(&backend, "asha@example.com").await);
        backend.clock.advance(TimeDelta::minutes(20));
        let asha = again(&backend, "asha@example.com").await;
        // Right after a log-in nothing more is asked.
        sessions::end_chosen(&backend, &asha, thief.session).await.unwrap();
        assert!(sessions::find(&backend, thief.session).await.unwrap().is_none());
        let other = again(&backend, "asha@example.com").await;
        backend.clock.advance(TimeDelta::minutes(16));
        let refused = sessions::end_chosen(&backend, &asha, other.session).await;
        assert!(matches!(refused, Err(Error::ProveFirst)), "{refused:?}");
        assert!(matches!(sessions::end_others(&backend, &asha).await, Err(Error::ProveFirst)));
        assert!(sessions::find(&backend, other.session).await.unwrap().is_some());
        // The first factor once more, and it is done.
        let password = Password::typed(PASSWORD).unwrap();
        fresh::prove(&backend, &asha, OwnProof { password, second: None }).await.unwrap();
        assert!(sessions::end_others(&backend, &asha).await.unwrap() >= 1);
        assert!(sessions::find(&backend, other.session).await.unwrap().is_none());
        backend.clock.advance(TimeDelta::minutes(16));
        sessions::end_chosen(&backend, &asha, asha.session).await.unwrap();
        assert!(sessions::find(&backend, asha.session).await.unwrap().is_none());
    })
    .await;
}
