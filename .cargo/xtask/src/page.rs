//! The page: compiled to WebAssembly, split into pieces, bound to JavaScript, made small, and laid out as the site folder.

use crate::{
    failure::Result,
    flavour::Flavour,
    invocations, npm,
    places::executable,
    shell::{Shell, read},
    tools,
    tools::WASM,
};
use std::{
    fs,
    path::{Path, PathBuf},
};

/// The build tools' folder, an npm project.
const BUILD_TOOLS: &str = ".cargo/xtask";

/// What the linker exports is what the pieces are tied to.
const WASM_BINDGEN: &[&str] = &["--target", "web", "--no-typescript", "--keep-lld-exports", "--out-name", "expenso"];

/// What rustc lets the page use; wasm-opt must be told.
const WASM_OPT: &[&str] = &[
    "-Oz",
    "--enable-bulk-memory",
    "--enable-bulk-memory-opt",
    "--enable-multivalue",
    "--enable-mutable-globals",
    "--enable-nontrapping-float-to-int",
    "--enable-reference-types",
    "--enable-sign-ext",
];

pub fn install_tools(shell: &Shell) -> Result {
    tools::ensure_wasm_target(shell)?;
    npm::install(shell, BUILD_TOOLS)?;
    tools::wasm_split(shell)?;
    tools::wasm_bindgen(shell).map(|_| ())
}

pub fn compile(shell: &Shell, flavour: Flavour) -> Result {
    shell.run(&mut shell.cargo(&invocations::build_page(flavour)))
}

/// Makes the site folder out of what was compiled, and returns a list of its files for people.
pub fn lay_out(shell: &Shell, flavour: Flavour) -> Result<String> {
    let bound = bind(shell, flavour)?;
    let site = shell.places.site(flavour);
    let mut command = shell.command("node", &[".cargo/xtask/assets.mjs", "--style", "style/main.css"]);
    command.args(["--public", "public"]).arg("--bindgen").arg(bound).arg("--site").arg(site);
    if flavour == Flavour::Optimised {
        command.arg("--optimise");
    }
    read(&mut command)
}

/// Runs wasm-split, wasm-bindgen and wasm-opt, unless they were run on exactly this input before.
fn bind(shell: &Shell, flavour: Flavour) -> Result<PathBuf> {
    let compiled = shell.places.target.join(WASM).join(flavour.page_folder()).join("frontend.wasm");
    let kept = shell.places.kept().join(flavour.site_folder());
    let (bound, input, recipe_file) = (kept.join("bound"), kept.join("input.wasm"), kept.join("recipe"));
    let bindgen = tools::wasm_bindgen(shell)?.join(executable("wasm-bindgen"));
    let split = tools::wasm_split(shell)?;
    let recipe = [
        read(&mut shell.command(&bindgen, &["--version"]))?,
        tools::WASM_SPLIT.to_owned(),
        fs::read_to_string(shell.places.root.join(BUILD_TOOLS).join("package-lock.json"))?,
        WASM_BINDGEN.join(" "),
        WASM_OPT.join(" "),
    ]
    .concat();
    let fresh =
        bound.is_dir() && fs::read_to_string(&recipe_file).is_ok_and(|text| text == recipe) && same(&input, &compiled);
    if fresh {
        return Ok(bound);
    }

    let _ = fs::remove_dir_all(&kept);
    fs::create_dir_all(&bound)?;
    // The first file, which wasm-bindgen knows how to treat, and the pieces that are loaded by it.
    shell.run(shell.command(split, &["--out-name", "expenso"]).arg(&compiled).arg(&bound))?;
    let first = bound.join("expenso.wasm");
    let mut command = shell.command(bindgen, WASM_BINDGEN);
    shell.run(command.arg("--out-dir").arg(&bound).arg(&first))?;
    fs::remove_file(first)?;
    if flavour == Flavour::Optimised {
        for file in fs::read_dir(&bound)? {
            let file = file?.path();
            if file.extension().is_some_and(|extension| extension == "wasm") {
                make_small(shell, &file)?;
            }
        }
    }
    fs::copy(compiled, input)?;
    fs::write(recipe_file, recipe)?;
    Ok(bound)
}

fn make_small(shell: &Shell, file: &Path) -> Result {
    let wasm_opt = shell.places.root.join(BUILD_TOOLS).join("node_modules/binaryen/bin/wasm-opt");
    let small = file.with_extension("small");
    shell.run(shell.command("node", &[]).arg(wasm_opt).arg(file).args(WASM_OPT).arg("-o").arg(&small))?;
    Ok(fs::rename(small, file)?)
}

fn same(one: &Path, other: &Path) -> bool {
    matches!((fs::read(one), fs::read(other)), (Ok(one), Ok(other)) if one == other)
}
