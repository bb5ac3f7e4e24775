//! `expenso admin`: who runs this installation, and who is let in again. Secrets go to standard output only, and only
//! when they are asked for.

use std::io::{BufRead as _, IsTerminal as _, stdin};

use backend::staff::{self, NewPassword};
use backend::{Backend, Error};
use clap::{Args, Subcommand};
use ledger::person::{Email, Password, SignUpForm};
use ledger::staff::Rank;

#[derive(Clone, Subcommand)]
pub enum Admin {
    /// Makes an account that is an administrator
    ///
    /// Asks for its password, or reads one line of standard input.
    Create(Create),
    /// Makes somebody who has an account an administrator, or customer care
    Grant {
        email: String,
        #[arg(default_value = "admin")]
        rank: Rank,
    },
    /// Takes somebody out of the staff; the last administrator stays
    Revoke { email: String },
    /// Turns the second factor of somebody off, who has lost their app and their recovery codes
    ///
    /// Be sure that it is them who ask. They get a letter about it, and log in with their password alone from then on.
    EndSecondFactor { email: String },
    /// Sets another password for somebody and ends their sessions
    ///
    /// Asks for the password, or reads one line of standard input.
    ResetPassword {
        email: String,
        /// Prints a link instead, behind which they choose one themselves, good once and for an hour
        #[arg(long)]
        link: bool,
    },
}

#[derive(Args, Clone)]
pub struct Create {
    email: String,
    /// The part of the address before the @ where none is given
    #[arg(long)]
    name: Option<String>,
    /// Of ISO 3166, such as IN; says the currency
    #[arg(long, default_value = "US")]
    country: String,
    /// Such as Asia/Kolkata
    #[arg(long, default_value = "UTC")]
    time_zone: String,
    /// Such as en-IN
    #[arg(long, default_value = "en-US")]
    locale: String,
    /// Prints a link behind which they choose a password, instead of asking for one
    #[arg(long)]
    link: bool,
}

type Failure = Box<dyn std::error::Error>;

/// Does it, and says what was done.
///
/// # Errors
/// One line that says what is wrong.
pub async fn run(backend: &Backend, base_url: &str, admin: Admin) -> Result<(), Failure> {
    match admin {
        Admin::Create(create) => {
            let email = address(&create.email)?;
            let password = if create.link { Typed::none() } else { Typed::ask()? };
            staff::create(backend, create.form(&password).parse()?).await.map_err(words)?;
            println!("{} is an administrator.", email.as_str());
            if create.link {
                link(backend, base_url, &email).await?;
            }
        }
        Admin::Grant { email, rank } => {
            let email = address(&email)?;
            staff::rank(backend, &email, Some(rank)).await.map_err(words)?;
            println!("{} is {} now.", email.as_str(), rank.label().to_lowercase());
        }
        Admin::Revoke { email } => {
            let email = address(&email)?;
            staff::rank(backend, &email, None).await.map_err(words)?;
            println!("{} is no member of the staff any more.", email.as_str());
        }
        Admin::EndSecondFactor { email } => {
            let email = address(&email)?;
            if staff::end_second_factor(backend, &email).await.map_err(words)? {
                println!(
                    "{} logs in with the password alone from now on, is signed out everywhere, and gets a letter about it.",
                    email.as_str()
                );
            } else {
                println!("{} has no second factor and no passkey.", email.as_str());
            }
        }
        Admin::ResetPassword { email, link: true } => link(backend, base_url, &address(&email)?).await?,
        Admin::ResetPassword { email, link: false } => {
            let email = address(&email)?;
            let password = NewPassword::Given(Password::new(&Typed::ask()?.0)?);
            staff::reset_password(backend, &email, password).await.map_err(words)?;
            println!("The password is changed, and every session has ended.");
        }
    }
    Ok(())
}

impl Create {
    fn form(&self, password: &Typed) -> SignUpForm {
        let mailbox = self.email.split('@').next().unwrap_or_default();
        SignUpForm {
            name: self.name.clone().unwrap_or_else(|| mailbox.to_owned()),
            email: self.email.clone(),
            password: password.0.clone(),
            confirm: password.0.clone(),
            terms: "on".into(),
            country: self.country.clone(),
            time_zone: self.time_zone.clone(),
            locale: self.locale.clone(),
            ..SignUpForm::default()
        }
    }
}

async fn link(backend: &Backend, base_url: &str, email: &Email) -> Result<(), Failure> {
    let secret = staff::reset_password(backend, email, NewPassword::ByLink).await.map_err(words)?;
    println!("{base_url}/reset?token={}", secret.unwrap_or_default());
    Ok(())
}

/// A password as typed. Never printed.
struct Typed(String);

impl Typed {
    /// One that nobody knows.
    fn none() -> Self {
        Self(format!("{:032x}{:032x}", rand::random::<u128>(), rand::random::<u128>()))
    }

    /// Twice and unseen at a terminal, else one line.
    fn ask() -> Result<Self, Failure> {
        if !stdin().is_terminal() {
            let mut line = String::new();
            stdin().lock().read_line(&mut line)?;
            return Ok(Self(line.trim_end_matches(['\r', '\n']).to_owned()));
        }
        let typed = rpassword::prompt_password("New password: ")?;
        if typed != rpassword::prompt_password("The same again: ")? {
            return Err("type the same password twice".into());
        }
        Ok(Self(typed))
    }
}

fn address(typed: &str) -> Result<Email, Failure> {
    typed.parse::<Email>().map_err(|error| error.to_string().into())
}

/// What an operator can do something about, in words.
fn words(error: Error) -> Failure {
    match error {
        Error::Invalid(errors) => errors.to_string().into(),
        Error::Conflict(text) => text.into(),
        Error::NotFound => "nobody here has this address".into(),
        other => Box::new(other),
    }
}
