//! `cargo xtask sbom`: what the server and its pages are made of, as `CycloneDX` reads it. The same for the same lock files.

use super::none;
use crate::{
    failure::Result,
    places::Places,
    shell::{Shell, read},
    tools::WASM,
};
use std::{
    collections::{BTreeMap, BTreeSet},
    fmt::Write as _,
    fs,
    process::ExitCode,
};

/// What is compiled from Rust, and for which machine.
const PROGRAMS: [&[&str]; 2] = [&["-p", "server"], &["-p", "frontend", "--target", WASM]];
/// What the pages bring along of npm; the rest of it only builds.
const SCRIPTS: [&str; 4] = ["@fontsource-variable/inter", "echarts", "tslib", "zrender"];

/// A library, by where it comes from.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
struct Part {
    /// `cargo` or `npm`.
    registry: &'static str,
    name: String,
    version: String,
    /// An SPDX expression; may be empty.
    licence: String,
}

pub fn sbom(words: &[String]) -> Result<ExitCode> {
    none(words)?;
    let places = Places::find()?;
    let shell = Shell::on_terminal(&places);
    let mut parts = BTreeSet::new();
    for program in PROGRAMS {
        let fixed = ["tree", "--edges", "normal", "--prefix", "none", "--no-dedupe", "--format", "{p}|{l}"];
        parts.extend(read(&mut shell.cargo(&[&fixed, program].concat()))?.lines().filter_map(crate_of));
    }
    let scripts = fs::read_to_string(places.root.join(".cargo/xtask/package-lock.json"))?;
    parts.extend(SCRIPTS.iter().filter_map(|name| script_of(&scripts, name)));
    let hashes = fs::read_to_string(places.root.join("Cargo.lock"))?;
    let file = places.root.join("target/expenso.cdx.json");
    fs::create_dir_all(places.root.join("target"))?;
    fs::write(&file, document(&parts, &checksums(&hashes)))?;
    shell.say(&format!("{} parts  target/expenso.cdx.json", parts.len()));
    Ok(ExitCode::SUCCESS)
}

/// A line of `cargo tree`; `None` for a crate of ours, which has a path.
fn crate_of(line: &str) -> Option<Part> {
    let (package, licence) = line.split_once('|')?;
    let mut words = package.split(' ');
    let (name, version) = (words.next()?, words.next()?.strip_prefix('v')?);
    let ours = words.any(|word| word.starts_with('(') && !["(proc-macro)", "(*)"].contains(&word));
    let licence = licence.replace('/', " OR ");
    (!ours).then(|| Part { registry: "cargo", name: name.to_owned(), version: version.to_owned(), licence })
}

/// A package of a lock file of npm.
fn script_of(lock: &str, name: &str) -> Option<Part> {
    let (_, entry) = lock.split_once(&format!("\"node_modules/{name}\": {{"))?;
    let value = |key: &str| entry.split_once(&format!("\"{key}\": \""))?.1.split('"').next();
    let (version, licence) = (value("version")?.to_owned(), value("license")?.to_owned());
    Some(Part { registry: "npm", name: name.to_owned(), version, licence })
}

/// SHA-256 of the files of crates, by name and version.
fn checksums(lock: &str) -> BTreeMap<(&str, &str), &str> {
    let entries = lock.split("[[package]]").skip(1).filter_map(|entry| {
        let value = |key: &str| entry.split_once(&format!("\n{key} = \""))?.1.split('"').next();
        Some(((value("name")?, value("version")?), value("checksum")?))
    });
    entries.collect()
}

fn document(parts: &BTreeSet<Part>, checksums: &BTreeMap<(&str, &str), &str>) -> String {
    let described: Vec<String> = parts
        .iter()
        .map(|part| {
            let Part { registry, name, version, licence } = part;
            let address = name.replace('@', "%40");
            let mut text = format!(
                "    {{ \"type\": \"library\", \"name\": \"{name}\", \"version\": \"{version}\", \
                 \"purl\": \"pkg:{registry}/{address}@{version}\""
            );
            if !licence.is_empty() {
                let _ = write!(text, ", \"licenses\": [{{ \"expression\": \"{licence}\" }}]");
            }
            if let Some(hash) = checksums.get(&(name.as_str(), version.as_str())).filter(|_| *registry == "cargo") {
                let _ = write!(text, ", \"hashes\": [{{ \"alg\": \"SHA-256\", \"content\": \"{hash}\" }}]");
            }
            text + " }"
        })
        .collect();
    let head = "\"bomFormat\": \"CycloneDX\",\n  \"specVersion\": \"1.5\",\n  \"version\": 1";
    let whole = "\"metadata\": { \"component\": { \"type\": \"application\", \"name\": \"expenso\" } }";
    format!("{{\n  {head},\n  {whole},\n  \"components\": [\n{}\n  ]\n}}\n", described.join(",\n"))
}

#[cfg(test)]
mod tests {
    use super::*;

    const LOCK: &str = "version = 4\n\n[[package]]\nname = \"url\"\nversion = \"2.5.8\"\nchecksum = \"ab12\"\n";
    const SCRIPTS_LOCK: &str = "\"node_modules/@a/b\": {\n \"version\": \"1.2.3\",\n \"license\": \"OFL-1.1\"\n},";

    #[test]
    fn each_library_stands_in_the_list_with_its_version_licence_and_hash() {
        let lines =
            ["url v2.5.8|MIT/Apache-2.0", "serde_derive v1.0.0 (proc-macro)|MIT", "server v0.1.0 (/home/server)|MIT"];
        let mut parts: BTreeSet<Part> = lines.into_iter().filter_map(crate_of).collect();
        parts.extend(script_of(SCRIPTS_LOCK, "@a/b"));
        let text = document(&parts, &checksums(LOCK));
        for part in [
            "\"name\": \"url\", \"version\": \"2.5.8\", \"purl\": \"pkg:cargo/url@2.5.8\", \
             \"licenses\": [{ \"expression\": \"MIT OR Apache-2.0\" }], \
             \"hashes\": [{ \"alg\": \"SHA-256\", \"content\": \"ab12\" }] }",
            "\"purl\": \"pkg:cargo/serde_derive@1.0.0\"",
            "\"purl\": \"pkg:npm/%40a/b@1.2.3\", \"licenses\": [{ \"expression\": \"OFL-1.1\" }] }",
        ] {
            assert!(text.contains(part), "{part} in {text}");
        }
        assert!(!text.contains("\"server\""), "what is ours is no library");
        assert_eq!(text.matches('{').count(), text.matches('}').count());
    }
}
