//! Passwords: argon2id off the async threads, at most one per core at a time, and none that everybody tries first.

use std::sync::{Arc, LazyLock};

use argon2::password_hash::phc::PasswordHash;
use argon2::password_hash::{PasswordHasher as _, PasswordVerifier as _};
use argon2::{Algorithm, Argon2, Params, Version};
use ledger::person::Password;
use tokio::sync::Semaphore;

use crate::{Error, Place, Result};

/// KiB of memory, rounds and lanes of one hash.
const MEMORY: u32 = 19 * 1024;
const ROUNDS: u32 = 2;
const LANES: u32 = 1;

/// A hash of nobody's password, checked when the account does not exist so that the work is the same.
const NOBODY: &str = "$argon2id$v=19$m=19456,t=2,p=1$bm9ib2R5J3Mgc2FsdCE$8T0cVhTjNfLqSgvYt1w0mHnN0bJkq1H4yQKq0i6a1xY";

/// How many letters more than the name of the place make a password, in characters.
const LETTERS: usize = 4;

/// Stands in place of the hash of a person who has no password.
pub(crate) const NO_PASSWORD: &str = "none";

/// The passwords that are tried first, sorted, one a line. From the frequency list of zxcvbn (MIT licence).
static COMMON: LazyLock<Vec<&str>> = LazyLock::new(|| include_str!("passwords/common.txt").lines().collect());

/// Hashes and checks passwords. Clones share the limit.
#[derive(Clone)]
pub struct Passwords(Arc<Semaphore>);

impl Default for Passwords {
    fn default() -> Self {
        let cores = std::thread::available_parallelism().map_or(1, std::num::NonZero::get);
        Self(Arc::new(Semaphore::new(cores)))
    }
}

/// What a check of a password found.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Verdict {
    Wrong,
    Right,
    /// Right, and to be hashed anew because the stored hash is weaker than today's.
    RightButWeak,
}

impl Passwords {
    /// A new hash in PHC form, with its own salt.
    pub async fn hash(&self, password: Password) -> Result<String> {
        self.work(move || {
            let hash = today()?
                .hash_password(password.as_str().as_bytes())
                .map_err(|error| Error::internal(error.to_string()))?;
            Ok(hash.to_string())
        })
        .await
    }

    /// Checks a password against the stored hash; with none, does the same work and finds it wrong.
    pub async fn verify(&self, password: Password, stored: Option<String>) -> Result<Verdict> {
        let stored = stored.filter(|stored| stored != NO_PASSWORD);
        self.work(move || {
            let hash = PasswordHash::new(stored.as_deref().unwrap_or(NOBODY))
                .map_err(|error| Error::internal(error.to_string()))?;
            let matches = today()?.verify_password(password.as_str().as_bytes(), &hash).is_ok();
            Ok(match (matches && stored.is_some(), is_weak(&hash)) {
                (false, _) => Verdict::Wrong,
                (true, false) => Verdict::Right,
                (true, true) => Verdict::RightButWeak,
            })
        })
        .await
    }

    async fn work<T: Send + 'static>(&self, job: impl FnOnce() -> Result<T> + Send + 'static) -> Result<T> {
        let permit = Arc::clone(&self.0).acquire_owned().await.map_err(Error::internal)?;
        let job = move || {
            // The permit goes with the work: a caller who leaves does not make room for another.
            let _permit = permit;
            job()
        };
        tokio::task::spawn_blocking(job).await.map_err(Error::internal)?
    }
}

fn today() -> Result<Argon2<'static>> {
    let params = Params::new(MEMORY, ROUNDS, LANES, None).map_err(|error| Error::internal(error.to_string()))?;
    Ok(Argon2::new(Algorithm::Argon2id, Version::V0x13, params))
}

fn is_weak(hash: &PasswordHash) -> bool {
    let number = |name| hash.params.get_decimal(name).unwrap_or_default();
    hash.algorithm.as_str() != "argon2id"
        || hash.version != Some(19)
        || number("m") < MEMORY
        || number("t") < ROUNDS
        || number("p") < LANES
}

/// Refuses a password that is among the first that are tried: the most common, also with digits or signs around them, and
/// what is hardly more than the name of the program or of this place.
pub(crate) fn refuse_easy(place: &Place, password: &Password) -> Result<()> {
    let text = password.as_str().to_lowercase();
    if place.left_of(&text).is_some_and(|left| is_little(&left)) {
        let message = "This is little more than the name of this place, which is tried first. Choose another password, \
                       such as three unusual words";
        return Err(Error::invalid("password", message));
    }
    let core = text.trim_matches(|c: char| !c.is_alphabetic());
    // Short words inside a long password are no weakness.
    let core_counts = core.chars().count() >= 4 && text.chars().count() < 16;
    if is_listed(&text) || (core_counts && is_listed(core)) || is_pattern(&text) {
        let message = "This password is one of the first that are tried. Choose another, such as three unusual words";
        return Err(Error::invalid("password", message));
    }
    Ok(())
}

/// Whether it adds nothing that is hard to guess: a few letters between digits and signs, or one common word.
fn is_little(left: &str) -> bool {
    let core = left.trim_matches(|c: char| !c.is_alphabetic());
    left.chars().filter(|c| c.is_alphabetic()).count() < LETTERS || is_listed(core)
}

fn is_listed(text: &str) -> bool {
    COMMON.binary_search(&text).is_ok()
}

/// One to four characters over and over, or a run such as 1234567890 or abcdefghij.
fn is_pattern(text: &str) -> bool {
    let chars: Vec<char> = text.chars().collect();
    let repeats = (1..=4).any(|n| chars.iter().skip(n).zip(&chars).all(|(next, this)| next == this));
    let steps: Vec<i64> =
        chars.windows(2).map(|pair| i64::from(u32::from(pair[1])) - i64::from(u32::from(pair[0]))).collect();
    // 9 -> 0 closes the circle of the digits.
    let run = |step: i64| steps.iter().all(|found| *found == step || *found == -9 * step);
    repeats || run(1) || run(-1)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn password(text: &str) -> Password {
        Password::typed(text).expect("a password")
    }

    #[test]
    fn the_list_is_sorted_and_long_enough() {
        assert!(COMMON.len() >= 3000 && COMMON.is_sorted());
    }

    #[test]
    fn what_is_tried_first_is_refused() {
        for common in [
            "password1",
            "12345678",
            "Password123!",
            "qwertyuiop",
            "aaaaaaaaaaaa",
            "1234567890",
            "abcabcabcabc",
            "iloveyou2027",
            "0987654321",
        ] {
            assert!(refuse_easy(&Place::default(), &password(common)).is_err(), "{common}");
        }
        for good in ["monsoon over Pune", "tr0ub4dor&3 staple", "пароль с мостом"] {
            assert!(refuse_easy(&Place::default(), &password(good)).is_ok(), "{good}");
        }
    }

    #[test]
    fn the_name_of_the_program_or_of_the_place_is_no_password() {
        let place = Place::at("https://budget.rao-family.example");
        for easy in [
            "expenso123",
            "Expenso2027!",
            "my-EXPENSO-2027",
            "expensoexpenso",
            "expenso password",
            "budget.rao-family.example",
            "Rao-Family-27",
            "budget&expenso",
        ] {
            let refused = refuse_easy(&place, &password(easy));
            assert!(matches!(refused, Err(Error::Invalid(errors)) if errors.get("password").is_some()), "{easy}");
        }
        for good in ["monsoon over expenso", "budgetary mango tram", "the rao-family elephant"] {
            assert!(refuse_easy(&place, &password(good)).is_ok(), "{good}");
        }
    }

    #[tokio::test]
    async fn nobody_costs_the_same_hash_as_somebody() {
        let passwords = Passwords::default();
        let typed = || password("monsoon over Pune");
        let stored = passwords.hash(typed()).await.expect("a hash");
        let (ours, nobodys) = (PasswordHash::new(&stored).expect("a hash"), PasswordHash::new(NOBODY).expect("a hash"));
        assert_eq!(
            (&ours.algorithm, ours.version, &ours.params),
            (&nobodys.algorithm, nobodys.version, &nobodys.params)
        );
        let length = |hash: &PasswordHash| hash.hash.as_ref().map(|output| output.as_bytes().len());
        assert_eq!(length(&ours), length(&nobodys));
        // Whoever has no password is checked like nobody.
        for stored in [None, Some(NO_PASSWORD.to_owned())] {
            assert_eq!(passwords.verify(typed(), stored).await.expect("a verdict"), Verdict::Wrong);
        }
    }

    #[tokio::test]
    async fn a_hash_has_its_own_salt_and_knows_its_password() {
        let passwords = Passwords::default();
        let right = password("monsoon over Pune");
        let (one, two) = (
            passwords.hash(right.clone()).await.expect("a hash"),
            passwords.hash(right.clone()).await.expect("a hash"),
        );
        assert!(one != two && one.starts_with("$argon2id$v=19$m=19456,t=2,p=1$"), "{one}");
        assert_eq!(passwords.verify(right.clone(), Some(one.clone())).await.ok(), Some(Verdict::Right));
        assert_eq!(passwords.verify(password("monsoon over pune"), Some(one)).await.ok(), Some(Verdict::Wrong));
        assert_eq!(passwords.verify(right.clone(), None).await.ok(), Some(Verdict::Wrong));
        for typed in [right, password(NO_PASSWORD)] {
            assert_eq!(passwords.verify(typed, Some(NO_PASSWORD.into())).await.ok(), Some(Verdict::Wrong));
        }
    }

    #[tokio::test]
    async fn a_weaker_hash_is_right_and_to_be_made_anew() {
        let weak = Argon2::new(Algorithm::Argon2id, Version::V0x13, Params::new(8 * 1024, 1, 1, None).expect("params"));
        let stored = weak.hash_password(b"monsoon over Pune").expect("a hash").to_string();
        let verdict = Passwords::default().verify(password("monsoon over Pune"), Some(stored)).await;
        assert_eq!(verdict.ok(), Some(Verdict::RightButWeak));
    }
}
