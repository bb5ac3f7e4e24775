//! What several test parts need, found, installed or built when the first of them asks, and once.

use crate::{
    chromium::{self, Chromium},
    commands,
    failure::{Failure, Result},
    flavour::Flavour,
    npm,
    postgres::{self, Postgres},
    shell::Shell,
};

#[derive(Default)]
pub struct Kit {
    postgres: Option<Result<Postgres>>,
    chromium: Option<Result<Chromium>>,
    site: Option<Result>,
}

impl Kit {
    /// Tells the part's commands of a PostgreSQL server.
    pub fn postgres(&mut self, shell: &mut Shell) -> Result {
        let postgres = self.postgres.get_or_insert_with(|| postgres::obtain(shell)).as_ref().map_err(Failure::clone)?;
        shell.set(postgres::VARIABLE, postgres.url.clone());
        Ok(())
    }

    /// Tells the part's commands of a browser.
    pub fn chromium(&mut self, shell: &mut Shell) -> Result<Chromium> {
        let chromium = self.chromium.get_or_insert_with(|| chromium::obtain(shell)).clone()?;
        shell.set("CHROMIUM_PATH", chromium.headless.clone());
        Ok(chromium)
    }

    /// Builds what people get, and tells the part's commands where it is.
    pub fn site(&mut self, shell: &mut Shell) -> Result {
        let built = self.site.get_or_insert_with(|| commands::build::build(shell, Flavour::Optimised));
        built.clone()?;
        look_at(shell, Flavour::Optimised);
        Ok(())
    }

    /// Builds what one works with, and tells the part's commands where it is.
    pub fn quick_build(shell: &mut Shell) -> Result {
        commands::build::build(shell, Flavour::Quick)?;
        look_at(shell, Flavour::Quick);
        npm::install(shell, "end2end")
    }

    /// Builds what one works with, and gives the part's commands a browser to look at it.
    pub fn quick_site(&mut self, shell: &mut Shell) -> Result {
        Self::quick_build(shell)?;
        self.chromium(shell).map(drop)
    }

    /// Everything that a script in `end2end` needs.
    pub fn end2end(&mut self, shell: &mut Shell) -> Result {
        if let Some(Err(failure)) = &self.site {
            return Err(Failure::missing(format!("there is no site to look at: {failure}")));
        }
        self.site(shell)?;
        self.eyes(shell)
    }

    /// A browser, and what steers it.
    fn eyes(&mut self, shell: &mut Shell) -> Result {
        self.chromium(shell)?;
        npm::install(shell, "end2end")
    }
}

fn look_at(shell: &mut Shell, flavour: Flavour) {
    shell.set("EXPENSO_TEST_BIN", shell.places.server(flavour));
    shell.set("EXPENSO_TEST_SITE", shell.places.site(flavour));
}
