//! Who a person is: the forms of sign-up, log-in and settings, parsed the same on both sides.

mod forms;
mod words;

pub use forms::{
    Confirm, ConfirmForm, ForgotForm, LogIn, LogInForm, PasswordChange, PasswordForm, ProfileChange, ProfileForm,
    Reset, ResetForm, SignUp, SignUpForm,
};
pub use words::{Country, Email, Password, PersonError, Theme};
