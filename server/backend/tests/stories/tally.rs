//! What is counted in memory and settled in the database: two servers come to one sum.

use backend::tally::{Settling, Tally};
use backend::throttle::Limit;
use chrono::TimeDelta;

use crate::engines::{on_each, start};

const LIMIT: Limit = Limit::new("story", 40, 60);

async fn settle(settling: Option<Settling>) -> bool {
    let due = settling.is_some();
    if let Some(settling) = settling {
        settling.run().await;
    }
    due
}

#[tokio::test]
async fn two_servers_come_to_one_sum_and_tell_what_is_left() {
    on_each(async |backend| {
        let (here, there) = (Tally::new(LIMIT), Tally::new(LIMIT));
        // The first is settled, then one in twenty of the limit.
        let mut settled = 0;
        for left in (20..40).rev() {
            let (allowance, settling) = here.take(&backend, "asha");
            assert_eq!((allowance.wait(), allowance.left, allowance.reset), (None, left, 60));
            settled += u32::from(settle(settling).await);
        }
        assert_eq!(settled, 10);
        // The last of those was counted here and is not settled yet.
        let (first, settling) = there.take(&backend, "asha");
        assert_eq!((first.wait(), first.left), (None, 39), "it has not asked yet");
        assert!(settle(settling).await);
        let (second, settling) = there.take(&backend, "asha");
        assert_eq!(second.left, 19, "20 there, one of them not heard of, and 2 here");
        settle(settling).await;
        let mut granted = 0;
        while granted < 40 {
            let (allowance, settling) = there.take(&backend, "asha");
            settle(settling).await;
            if allowance.wait().is_some() {
                break;
            }
            granted += 1;
        }
        assert!((18..=20).contains(&granted), "{granted}");
        // The other one hears of it at its next settling, and then grants nothing.
        let mut more = 0;
        loop {
            let (allowance, settling) = here.take(&backend, "asha");
            settle(settling).await;
            if let Some(wait) = allowance.wait() {
                assert_eq!(wait, 60);
                break;
            }
            more += 1;
            assert!(more <= 2, "no more than one part in twenty");
        }
        assert_eq!(here.take(&backend, "ravi").0.wait(), None, "others have theirs");

        // One window for both, from the first that was counted.
        backend.clock.advance(TimeDelta::seconds(45));
        assert_eq!(there.take(&backend, "asha").0.wait(), Some(15));
        backend.clock.advance(TimeDelta::seconds(15));
        let (allowance, settling) = there.take(&backend, "asha");
        assert_eq!((allowance.wait(), allowance.left), (None, 39), "another minute");
        assert!(settle(settling).await);
        backend.clock.set(start());
    })
    .await;
}

#[tokio::test]
async fn while_one_count_is_on_its_way_others_are_not_sent_and_none_is_lost() {
    on_each(async |backend| {
        let (here, there) = (Tally::new(LIMIT), Tally::new(LIMIT));
        let (_, first) = here.take(&backend, "asha");
        for _ in 0..9 {
            assert!(here.take(&backend, "asha").1.is_none(), "one is on its way");
        }
        assert!(settle(first).await);
        assert!(settle(here.take(&backend, "asha").1).await, "nine waited");
        settle(there.take(&backend, "asha").1).await;
        assert_eq!(there.take(&backend, "asha").0.left, 40 - 11 - 2);
        // One that comes back after its window changes nothing in the next.
        let late = Tally::new(LIMIT);
        let (_, settling) = late.take(&backend, "ravi");
        backend.clock.advance(TimeDelta::seconds(61));
        assert_eq!(late.take(&backend, "ravi").0.left, 39);
        settle(settling).await;
        assert_eq!(late.take(&backend, "ravi").0.left, 38);
        backend.clock.set(start());
    })
    .await;
}
