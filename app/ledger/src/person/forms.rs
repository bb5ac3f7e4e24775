//! The forms about a person, as typed, and what they become once nothing is wrong with them.

use serde::{Deserialize, Serialize};

use super::factor::OwnProof;
use super::words::{self, Country, Email, Password, PersonError};
use crate::form::{self, FieldErrors, NAME_MAX};
use crate::{Currency, Money, NumberFormat};

/// A form of texts; `secret` fields are left out when it is printed.
macro_rules! forms {
    ($($(#[$doc:meta])* $name:ident { $($field:ident),+ } secret { $($secret:ident),* })+) => {$(
        $(#[$doc])*
        #[derive(Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
        #[serde(default)]
        pub struct $name { $(pub $field: String,)+ $(pub $secret: String,)* }

        impl std::fmt::Debug for $name {
            fn fmt(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                out.write_str(concat!(stringify!($name), "(…)"))
            }
        }
    )+};
}

forms! {
    /// `next` is where to go afterwards.
    SignUpForm { name, email, phone, income, terms, country, currency, time_zone, locale, next } secret { password, confirm }
    /// For whoever a provider sent: `email` counts only where the provider vouches for none.
    SignUpWithForm { name, email, terms, country, currency, time_zone, locale } secret {}
    /// `next` is where to go afterwards.
    LogInForm { email, next } secret { password }
    /// `token` is the secret of the link of a sign-up.
    FirstLogInForm { token } secret { password }
    ForgotForm { email } secret {}
    /// The address that a person wants.
    EmailForm { email } secret {}
    /// `token` is the secret of the link.
    ResetForm { token } secret { password, confirm }
    /// The secret of the link, or else the six digits.
    ConfirmForm { token, code } secret {}
    /// `code` is for those who have a second factor.
    PasswordForm { current, code } secret { password, confirm }
    ProfileForm { name, phone, locale, time_zone, country } secret {}
}

/// A person to be, with nothing wrong about what they typed, but that the address may be taken and the time zone
/// unknown.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Newcomer {
    pub name: String,
    pub email: Email,
    pub phone: Option<String>,
    /// What is planned to come in each month. Never a record.
    pub income: Option<Money>,
    pub country: Country,
    pub currency: Currency,
    pub time_zone: String,
    pub locale: String,
}

/// A sign-up with a password, which may be common.
#[derive(Clone, Debug)]
pub struct SignUp {
    pub person: Newcomer,
    pub password: Password,
}

impl SignUpForm {
    /// # Errors
    /// A message for each field that must be mended.
    pub fn parse(&self) -> Result<SignUp, FieldErrors> {
        let mut errors = FieldErrors::default();
        let person = self.person(&mut errors);
        let password = new_password(&mut errors, &self.password, &self.confirm, &[&self.name, &self.email]);
        match (person, password) {
            (Some(person), Some(password)) if errors.is_empty() => Ok(SignUp { person, password }),
            _ => Err(errors),
        }
    }

    /// Everything but the password.
    fn person(&self, errors: &mut FieldErrors) -> Option<Newcomer> {
        let name = errors.take("name", form::name(&self.name, NAME_MAX));
        let email = errors.take("email", self.email.parse::<Email>());
        let phone = errors.take("phone", words::phone(&self.phone));
        if self.terms.trim().is_empty() {
            errors.add("terms", PersonError::Terms.to_string());
        }
        let country = if self.country.trim().is_empty() { "US" } else { &self.country };
        let country = errors.take("country", country.parse::<Country>());
        let time_zone = errors.take("time_zone", words::time_zone(&self.time_zone));
        let locale = errors.take("locale", words::locale(&self.locale));
        let currency = errors.take("currency", self.currency(country.as_ref()));
        let income = currency.and_then(|currency| {
            let format = NumberFormat::of(locale.as_deref().unwrap_or("en"));
            errors.take("income", planned_income(&self.income, currency, format))
        });
        Some(Newcomer {
            name: name?,
            email: email?,
            phone: phone?,
            income: income?,
            country: country?,
            currency: currency?,
            time_zone: time_zone?,
            locale: locale?,
        })
    }

    /// The chosen currency, or that of the country when none was chosen.
    fn currency(&self, country: Option<&Country>) -> Result<Currency, crate::currency::UnknownCurrency> {
        if !self.currency.trim().is_empty() {
            return self.currency.parse();
        }
        country.and_then(|country| Currency::of_country(country.as_str())).ok_or(crate::currency::UnknownCurrency)
    }
}

impl SignUpWithForm {
    /// `vouched`: the address that the provider vouches for, which stands whatever was typed.
    ///
    /// # Errors
    /// A message for each field that must be mended.
    pub fn parse(&self, vouched: Option<&Email>) -> Result<Newcomer, FieldErrors> {
        let mut errors = FieldErrors::default();
        let form = SignUpForm {
            name: self.name.clone(),
            email: vouched.map_or_else(|| self.email.clone(), |email| email.as_str().to_owned()),
            terms: self.terms.clone(),
            country: self.country.clone(),
            currency: self.currency.clone(),
            time_zone: self.time_zone.clone(),
            locale: self.locale.clone(),
            ..SignUpForm::default()
        };
        match form.person(&mut errors) {
            Some(person) if errors.is_empty() => Ok(person),
            _ => Err(errors),
        }
    }
}

/// An amount above zero; `None` when nothing was typed, or nought.
pub(super) fn planned_income(
    typed: &str,
    currency: Currency,
    format: NumberFormat,
) -> Result<Option<Money>, crate::money::AmountError> {
    if typed.trim().is_empty() {
        return Ok(None);
    }
    Money::parse(typed, currency, format).map(|income| (income.minor > 0).then_some(income))
}

/// A new password typed twice, that is neither of the texts that everybody knows about the person.
fn new_password(errors: &mut FieldErrors, typed: &str, confirm: &str, known: &[&str]) -> Option<Password> {
    let password = errors.take("password", Password::new(typed))?;
    let mailbox: Vec<&str> = known.iter().filter_map(|text| text.split('@').next()).collect();
    if password.is_one_of(known) || password.is_one_of(&mailbox) {
        errors.add("password", PersonError::PasswordIsPerson.to_string());
    }
    if typed != confirm {
        errors.add("confirm", PersonError::Confirmation.to_string());
    }
    Some(password)
}

/// What somebody who wants to log in says.
#[derive(Clone, Debug)]
pub struct LogIn {
    /// The key of the address; an address that cannot exist is simply nobody's.
    pub email_key: String,
    pub password: Password,
}

impl LogInForm {
    /// # Errors
    /// When a field is empty or the password longer than any.
    pub fn parse(&self) -> Result<LogIn, FieldErrors> {
        let mut errors = FieldErrors::default();
        let typed = self.email.trim();
        if typed.is_empty() || typed.len() > 254 {
            errors.add("email", PersonError::Email.to_string());
        }
        let email_key = typed.parse::<Email>().map_or_else(|_| typed.to_lowercase(), |email| email.key());
        match errors.take("password", Password::typed(&self.password)) {
            Some(password) if errors.is_empty() => Ok(LogIn { email_key, password }),
            _ => Err(errors),
        }
    }
}

impl ForgotForm {
    /// # Errors
    /// When it is no address.
    pub fn parse(&self) -> Result<Email, FieldErrors> {
        address(&self.email)
    }
}

impl EmailForm {
    /// # Errors
    /// When it is no address.
    pub fn parse(&self) -> Result<Email, FieldErrors> {
        address(&self.email)
    }
}

fn address(typed: &str) -> Result<Email, FieldErrors> {
    typed.parse().map_err(|error: PersonError| FieldErrors::one("email", error.to_string()))
}

/// A new password for whoever holds the link.
#[derive(Clone, Debug)]
pub struct Reset {
    pub token: String,
    pub password: Password,
}

/// What whoever opens the link of a sign-up shows.
#[derive(Clone)]
pub struct FirstLogIn {
    /// The secret of the link.
    pub token: String,
    /// As it was typed at the sign-up.
    pub password: Password,
}

impl FirstLogInForm {
    /// # Errors
    /// When the password is missing or longer than any.
    pub fn parse(&self) -> Result<FirstLogIn, FieldErrors> {
        let mut errors = FieldErrors::default();
        let password = errors.take("password", Password::typed(&self.password));
        password.map(|password| FirstLogIn { token: self.token.trim().to_owned(), password }).ok_or(errors)
    }
}

impl ResetForm {
    /// # Errors
    /// As for the password of [`SignUpForm::parse`].
    pub fn parse(&self) -> Result<Reset, FieldErrors> {
        let mut errors = FieldErrors::default();
        match new_password(&mut errors, &self.password, &self.confirm, &[]) {
            Some(password) if errors.is_empty() => Ok(Reset { token: self.token.trim().to_owned(), password }),
            _ => Err(errors),
        }
    }
}

/// How a person proves that an address is theirs.
#[derive(Clone, PartialEq, Eq)]
pub enum Confirm {
    Link(String),
    Code(String),
}

impl ConfirmForm {
    /// # Errors
    /// When the code has not six digits; blanks in it do not count.
    pub fn parse(&self) -> Result<Confirm, FieldErrors> {
        if !self.token.trim().is_empty() {
            return Ok(Confirm::Link(self.token.trim().to_owned()));
        }
        let code: String = self.code.split_whitespace().collect();
        if code.len() == 6 && code.chars().all(|c| c.is_ascii_digit()) {
            Ok(Confirm::Code(code))
        } else {
            Err(FieldErrors::one("code", "Enter the six digits from the email"))
        }
    }
}

/// Who asks, and the password that shall be.
#[derive(Clone, Debug)]
pub struct PasswordChange {
    /// Of whoever has a password.
    pub proof: Option<OwnProof>,
    pub password: Password,
}

impl PasswordForm {
    /// The first password of a person, where they have none.
    ///
    /// # Errors
    /// As for the password of [`SignUpForm::parse`].
    pub fn parse(&self, has_password: bool) -> Result<PasswordChange, FieldErrors> {
        let mut errors = FieldErrors::default();
        let password = new_password(&mut errors, &self.password, &self.confirm, &[]);
        match (OwnProof::of(has_password, "current", &self.current, &self.code), password) {
            (Ok(proof), Some(password)) if errors.is_empty() => Ok(PasswordChange { proof, password }),
            (Ok(_), _) => Err(errors),
            (Err(more), _) => {
                more.iter().for_each(|(field, message)| errors.add(field, message));
                Err(errors)
            }
        }
    }
}

/// What a person may change about themselves.
#[derive(Clone, Debug)]
pub struct ProfileChange {
    pub name: String,
    pub phone: Option<String>,
    pub locale: String,
    pub time_zone: String,
    pub country: Country,
}

impl ProfileForm {
    /// # Errors
    /// A message for each field that must be mended.
    pub fn parse(&self) -> Result<ProfileChange, FieldErrors> {
        let mut errors = FieldErrors::default();
        let name = errors.take("name", form::name(&self.name, NAME_MAX));
        let phone = errors.take("phone", words::phone(&self.phone));
        let locale = errors.take("locale", words::locale(&self.locale));
        let time_zone = errors.take("time_zone", words::time_zone(&self.time_zone));
        let country = errors.take("country", self.country.parse::<Country>());
        match (name, phone, locale, time_zone, country) {
            (Some(name), Some(phone), Some(locale), Some(time_zone), Some(country)) => {
                Ok(ProfileChange { name, phone, locale, time_zone, country })
            }
            _ => Err(errors),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn asha() -> SignUpForm {
        SignUpForm {
            name: "Asha".into(),
            email: "asha@example.com".into(),
            password: "monsoon over Pune".into(),
            confirm: "monsoon over Pune".into(),
            terms: "on".into(),
            country: "IN".into(),
            locale: "en-IN".into(),
            income: "85,000".into(),
            ..SignUpForm::default()
        }
    }

    #[test]
    fn a_sign_up_takes_currency_from_the_country_and_plans_the_income() {
        let sign_up = asha().parse().expect("a sign-up");
        assert_eq!(sign_up.person.currency, Currency::INR);
        assert_eq!(sign_up.person.income, Some(Money::new(8_500_000, Currency::INR)));
        assert_eq!(sign_up.person.time_zone, "UTC");
        let none = SignUpForm { income: "0".into(), ..asha() }.parse().expect("a sign-up");
        assert_eq!(none.person.income, None, "a plan of nothing is no plan");
    }

    #[test]
    fn whoever_a_provider_vouches_for_has_that_address_and_agrees_to_the_terms() {
        let form = SignUpWithForm {
            name: "Asha".into(),
            email: "typed@example.com".into(),
            terms: "on".into(),
            country: "IN".into(),
            ..SignUpWithForm::default()
        };
        let vouched: Email = "asha@example.com".parse().expect("an address");
        assert_eq!(form.parse(Some(&vouched)).expect("a person").email, vouched);
        assert_eq!(form.parse(None).expect("a person").email.as_str(), "typed@example.com");
        let blank = SignUpWithForm::default().parse(None).expect_err("errors");
        for field in ["name", "email", "terms"] {
            assert!(blank.get(field).is_some(), "{field}");
        }
    }

    #[test]
    fn every_field_that_is_wrong_is_named_at_once() {
        let errors = SignUpForm { income: "nan".into(), phone: "x".into(), ..SignUpForm::default() }
            .parse()
            .expect_err("errors");
        for field in ["name", "email", "password", "terms", "phone", "income"] {
            assert!(errors.get(field).is_some(), "{field}");
        }
    }

    #[test]
    fn a_password_is_confirmed_and_is_not_the_person() {
        let twice = SignUpForm { confirm: "monsoon over pune".into(), ..asha() }.parse().expect_err("errors");
        assert_eq!(twice.get("confirm"), Some("Type the same password twice"));
        let mail = "ASHA@example.com".to_owned();
        let own = SignUpForm { password: mail.clone(), confirm: mail, ..asha() }.parse().expect_err("errors");
        assert!(own.get("password").is_some());
    }

    #[test]
    fn a_form_never_prints_what_was_typed() {
        assert!(!format!("{:?} {:?}", asha(), asha().parse()).contains("monsoon"));
    }
}
