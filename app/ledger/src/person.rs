//! Who a person is: the forms of sign-up, log-in and settings, parsed the same on both sides.

mod access;
mod book_settings;
mod factor;
mod forms;
mod invite;
mod leave;
mod providers;
mod role;
mod words;

pub use access::{NewToken, Scope, TOKEN_DAYS, TokenForm, UnknownScope};
pub use book_settings::{BookChange, BookForm, WEEK_STARTS, week_start_word};
pub use factor::{
    DIGITS, DigitsForm, OwnProof, PasskeyNameForm, ProofForm, RECOVERY_LENGTH, RecoveryCode, SecondForm, SecondProof,
};
pub use forms::{
    Confirm, ConfirmForm, EmailForm, FirstLogIn, FirstLogInForm, ForgotForm, LogIn, LogInForm, Newcomer,
    PasswordChange, PasswordForm, ProfileChange, ProfileForm, Reset, ResetForm, SignUp, SignUpForm, SignUpWithForm,
};
pub use invite::{Invite, InviteForm};
pub use leave::{LeaveForm, LeaveWish};
pub use providers::{Arrival, Known, Proof, WaysIn};
pub use role::{Role, UnknownRole};
pub use words::{Country, Email, Look, Password, PersonError, Theme};
