//! Where everything lies: the clone, cargo's target folder, the tools, the finished site.

use crate::{
    failure::{Failure, Result},
    flavour::Flavour,
};
use std::{
    env,
    fs::{self, File},
    path::{Path, PathBuf},
    time::SystemTime,
};

pub struct Places {
    pub root: PathBuf,
    /// Cargo's target folder, which may lie outside the clone.
    pub target: PathBuf,
    pub tools: PathBuf,
    /// Held for as long as this process uses the shared target folder.
    _lock: Option<File>,
}

impl Places {
    pub fn find() -> Result<Self> {
        Self::with_target(None)
    }

    /// As `find`, but on a build machine compiles in the user's cache folder, so that a fresh clone starts warm.
    pub fn find_for_tests() -> Result<Self> {
        let shared = env::var_os("CI").and_then(|_| cache("target"));
        Self::with_target(shared.and_then(|folder| Some((lock(&folder)?, folder))))
    }

    fn with_target(shared: Option<(File, PathBuf)>) -> Result<Self> {
        let root = root()?;
        let own = root.join("target");
        let tools = cache("tools").unwrap_or_else(|| own.join("tools"));
        let (target, lock) = match (env::var_os("CARGO_TARGET_DIR"), shared) {
            (Some(named), _) => (env::current_dir()?.join(named), None),
            (None, Some((lock, folder))) => {
                // Cargo compares times only: files older than what another clone left there would pass as built.
                for folder in [".cargo/xtask/src", "app", "frontend", "server"] {
                    touch(&root.join(folder))?;
                }
                (folder, Some(lock))
            }
            (None, None) => (own, None),
        };
        Ok(Self { root, target, tools, _lock: lock })
    }

    pub fn site(&self, flavour: Flavour) -> PathBuf {
        self.root.join("target").join(flavour.site_folder())
    }

    /// The server's binary, always inside the clone.
    pub fn server(&self, flavour: Flavour) -> PathBuf {
        self.root.join("target").join(flavour.server_folder()).join(executable("expenso"))
    }

    /// Results that are kept from one build to the next.
    pub fn kept(&self) -> PathBuf {
        self.target.join("xtask")
    }
}

pub fn executable(name: &str) -> String {
    format!("{name}{}", env::consts::EXE_SUFFIX)
}

fn root() -> Result<PathBuf> {
    // Asked at run time: a binary in a shared target folder may have been compiled for another clone.
    let start = env::var_os("CARGO_MANIFEST_DIR").map_or_else(env::current_dir, |folder| Ok(PathBuf::from(folder)))?;
    start
        .ancestors()
        .find(|folder| folder.join(".cargo/xtask/Cargo.toml").is_file())
        .map(Path::to_path_buf)
        .ok_or_else(|| Failure::failed("run this inside a clone of Expenso"))
}

/// A writable folder of ours in the user's cache, if there is one.
fn cache(name: &str) -> Option<PathBuf> {
    let base = env::var_os("XDG_CACHE_HOME")
        .map(PathBuf::from)
        .filter(|folder| folder.is_absolute())
        .or_else(|| Some(PathBuf::from(env::var_os("HOME")?).join(".cache")))?;
    let folder = base.join("expenso").join(name);
    fs::create_dir_all(&folder).ok()?;
    let probe = folder.join(format!(".probe-{}", std::process::id()));
    fs::write(&probe, "").ok()?;
    fs::remove_file(&probe).ok()?;
    Some(folder)
}

fn lock(folder: &Path) -> Option<File> {
    let file = File::create(folder.join(".xtask-lock")).ok()?;
    file.try_lock().ok()?;
    Some(file)
}

fn touch(folder: &Path) -> Result {
    for entry in fs::read_dir(folder)? {
        let entry = entry?;
        if entry.file_type()?.is_dir() {
            touch(&entry.path())?;
        } else {
            File::options().append(true).open(entry.path())?.set_modified(SystemTime::now())?;
        }
    }
    Ok(())
}
