//! What the build laid out in the site folder, under names that tell what is in them.

use std::collections::HashMap;
use std::sync::OnceLock;

use leptos::config::LeptosOptions;

/// The lines of `pkg/hash.txt`, by what they start with. Leptos reads the hashes among them, this the lists of files.
pub(crate) struct SiteFiles(HashMap<String, Vec<String>>);

impl SiteFiles {
    pub(crate) fn of(options: &LeptosOptions) -> &'static Self {
        static FILES: OnceLock<SiteFiles> = OnceLock::new();
        FILES.get_or_init(|| {
            let lines = std::fs::read_to_string(options.hash_file.as_ref()).unwrap_or_default();
            let path = |file: &str| format!("/{}/{file}", options.site_pkg_dir);
            let lists = lines.lines().filter_map(|line| line.split_once(':'));
            Self(lists.map(|(of, files)| (of.to_owned(), files.split_whitespace().map(path).collect())).collect())
        })
    }

    /// Their paths; none where the build made no such list.
    pub(crate) fn paths(&self, of: &str) -> &[String] {
        self.0.get(of).map(Vec::as_slice).unwrap_or_default()
    }
}
