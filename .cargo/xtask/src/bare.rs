//! The program beside which Expenso is measured, and with which tests keep a database busy.

use crate::{failure::Result, flavour::Flavour, invocations, places::executable, shell::Shell};

/// Compiles it, and tells the commands that follow where it is.
pub fn build(shell: &mut Shell, flavour: Flavour) -> Result {
    shell.run(&mut shell.cargo(&invocations::build_bare(flavour)))?;
    let folder = shell.places.target.join(flavour.server_folder()).join("examples");
    shell.set("EXPENSO_TEST_BARE", folder.join(executable("bare")));
    Ok(())
}
