//! The installation's secret: given, or made at the first start and kept where only the server reads it.

use std::fs::{self, File};
use std::io::{self, Write as _};
use std::path::Path;

use backend::private;
use rand::Rng as _;
use sha2::{Digest as _, Sha256};

use crate::hex::hex;

/// At least 256 bits that nobody guesses. Never printed.
#[derive(Clone, PartialEq, Eq)]
pub struct Secret(Vec<u8>);

/// The file of a secret that is about to take the place of `secret.key`.
const NEXT: &str = "secret.key.next";
/// The fewest bytes of a secret.
const FEWEST: usize = 32;

impl Secret {
    /// A secret that the operator gave, unless it is short or was never meant to be kept.
    pub fn given(text: &str) -> Option<Self> {
        let different = text.bytes().collect::<std::collections::BTreeSet<_>>().len();
        let lower = text.to_lowercase();
        let placeholder = ["changeme", "change-me", "change_me", "password", "example", "secret_key"];
        let fits = text.len() >= FEWEST && different >= 8 && !placeholder.iter().any(|word| lower.contains(word));
        fits.then(|| Self(text.as_bytes().to_vec()))
    }

    /// The secret kept in `folder`, made now if there is none. Two servers that start at once get the same one.
    pub fn load_or_make(folder: &Path) -> io::Result<Self> {
        private::make_folder(folder)?;
        let path = folder.join("secret.key");
        if !path.exists() {
            make(folder, &path)?;
        }
        private::tighten_file(&path)?;
        let text = fs::read_to_string(&path)?;
        Self::given(text.trim()).ok_or_else(|| io::Error::other("the secret key in the data directory is too short"))
    }

    /// Another secret, written beside the one in `folder` and not in use yet.
    pub fn make_next(folder: &Path) -> io::Result<Self> {
        let path = folder.join(NEXT);
        let _ = fs::remove_file(&path);
        make(folder, &path)?;
        let text = fs::read_to_string(&path)?;
        Self::given(&text).ok_or_else(|| io::Error::other("the next secret cannot be read back"))
    }

    /// The next secret takes the place of the present one, at once and for good.
    pub fn use_next(folder: &Path) -> io::Result<()> {
        fs::rename(folder.join(NEXT), folder.join("secret.key"))?;
        File::open(folder)?.sync_all()
    }

    /// A key for one use, which tells nothing about the others.
    pub fn derive(&self, purpose: &str) -> [u8; 32] {
        Sha256::new()
            .chain_update(b"expenso\0")
            .chain_update(purpose.as_bytes())
            .chain_update(b"\0")
            .chain_update(Sha256::digest(&self.0))
            .finalize()
            .into()
    }

    /// A name of this installation that may be seen.
    pub fn installation(&self) -> String {
        hex(&self.derive("installation")[..8])
    }
}

impl std::fmt::Debug for Secret {
    fn fmt(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        out.write_str("Secret(…)")
    }
}

/// Writes a new secret, unless another server was faster.
fn make(folder: &Path, path: &Path) -> io::Result<()> {
    let text = hex(&rand::rng().random::<[u8; FEWEST]>());
    let write = |path: &Path| {
        let mut file = private::create_file(path)?;
        file.write_all(text.as_bytes())?;
        file.sync_all()
    };
    let fresh = folder.join(format!(".secret.{}", std::process::id()));
    let _ = fs::remove_file(&fresh);
    write(&fresh)?;
    // A link shows the whole text at once, and never replaces the file of the other server.
    let linked = fs::hard_link(&fresh, path);
    fs::remove_file(&fresh)?;
    let made = match linked {
        Err(error) if error.kind() != io::ErrorKind::AlreadyExists => write(path),
        linked => linked,
    };
    made.or_else(|error| if error.kind() == io::ErrorKind::AlreadyExists { Ok(()) } else { Err(error) })
}
