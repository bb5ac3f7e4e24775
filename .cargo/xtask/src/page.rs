//! The page: compiled to WebAssembly, bound to JavaScript, made small, and laid out as the site folder.

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

/// Runs wasm-bindgen and wasm-opt, unless they were run on exactly this input before.
fn bind(shell: &Shell, flavour: Flavour) -> Result<PathBuf> {
    let compiled = shell.places.target.join(WASM).join(flavour.page_folder()).join("frontend.wasm");
    let kept = shell.places.kept().join(flavour.site_folder());
    let (bound, input, recipe_file) = (kept.join("bound"), kept.join("input.wasm"), kept.join("recipe"));
    let bindgen = tools::wasm_bindgen(shell)?.join(executable("wasm-bindgen"));
    let wasm_opt = shell.places.root.join(BUILD_TOOLS).join("node_modules/binaryen/bin/wasm-opt");
    let recipe = [
        read(&mut shell.command(&bindgen, &["--version"]))?,
        fs::read_to_string(shell.places.root.join(BUILD_TOOLS).join("package-lock.json"))?,
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
    let mut command = shell.command(bindgen, &["--target", "web", "--no-typescript", "--out-name", "expenso"]);
    shell.run(command.arg("--out-dir").arg(&bound).arg(&compiled))?;
    if flavour == Flavour::Optimised {
        let (large, small) = (bound.join("expenso_bg.wasm"), bound.join("small.wasm"));
        shell.run(shell.command("node", &[]).arg(wasm_opt).arg(&large).args(WASM_OPT).arg("-o").arg(&small))?;
        fs::rename(small, large)?;
    }
    fs::copy(compiled, input)?;
    fs::write(recipe_file, recipe)?;
    Ok(bound)
}

fn same(one: &Path, other: &Path) -> bool {
    matches!((fs::read(one), fs::read(other)), (Ok(one), Ok(other)) if one == other)
}
