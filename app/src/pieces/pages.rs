//! Which page comes in which piece.

use leptos::tachys::view::any_view::{AnyView, IntoAny};
use leptos_router::LazyRoute;

use super::cut;
use super::missing::PieceMissing;
use crate::accounts::{AccountDetailPage, AccountPage, AccountsPage};
use crate::admin::{
    AuditPage, BroadcastPage, BroadcastsPage, OverviewPage, PeoplePage, PersonPage, RequestPage, RequestsPage,
};
use crate::bills::{BillHistoryPage, BillPage, BillsPage, DuePage, PayPage, SettledBillsPage};
use crate::budgets::{BudgetHistoryPage, BudgetPage, BudgetsPage};
use crate::categories::{CategoriesPage, CategoryMergePage, CategoryPage};
use crate::dashboard::DashboardPage;
use crate::envelopes::EnvelopesPage;
use crate::home::{HomePage, TermsPage};
use crate::hooks::{HookPage, NewHookPage};
use crate::households::InvitationPage;
use crate::new_email::NewEmailPage;
use crate::records::{RecordEditPage, RecordNewPage, RecordsPage};
use crate::recovery::{ConfirmPage, ForgotPage, ResetPage};
use crate::reports::ReportsPage;
use crate::second_factor::{ProvePage, SecondFactorPage, SecondStepPage};
use crate::settings::SettingsPage;
use crate::sign_in::{LogInHelpPage, LogInPage, LogOutPage};
use crate::sign_in_with::{FinishPage, TroublePage};
use crate::sign_up::SignUpPage;
use crate::styleguide::StyleguidePage;
use crate::support::HelpPage;
use crate::ui::breathe;
use crate::your_data::LeavePage;

/// The piece that the page of this path comes in.
#[cfg(feature = "ssr")]
pub(crate) fn piece_of(path: &str) -> &'static str {
    match path.split('/').nth(1).unwrap_or_default() {
        "dashboard" => "dashboard",
        "records" => "records",
        "" | "confirm" | "forgot" | "invitation" | "login" | "logout" | "reset" | "signup" | "terms" => "door",
        _ => "more",
    }
}

/// Makes the type of a route, and the function that wasm-split cuts at.
macro_rules! comes_in {
    ($piece:ident: $($page:ident as $route:ident in $name:ident),+ $(,)?) => {$(
        pub(crate) struct $route;

        impl LazyRoute for $route {
            fn data() -> Self {
                Self
            }

            async fn view(_: Self) -> AnyView {
                $name::$name().await.unwrap_or_else(|_| PieceMissing().into_any())
            }

            async fn preload() {
                // A piece that does not come is asked for again by `view`, which tells.
                let _ = $name::load().await;
                // To read it is one task, to show the page another.
                breathe().await;
            }
        }

        mod $name {
            use super::cut;

            cut!($piece: pub(super) fn $name, load() {
                super::IntoAny::into_any(super::$page())
            });
        }
    )+};
}

comes_in!(dashboard: DashboardPage as DashboardOfNow in dashboard_page);

/// The dashboard, which shows a report where its URL names a period.
pub(crate) struct Dashboard;

impl LazyRoute for Dashboard {
    fn data() -> Self {
        Self
    }

    async fn view(_: Self) -> AnyView {
        DashboardOfNow::view(DashboardOfNow).await
    }

    async fn preload() {
        // What the server has made must all be there when it comes alive.
        #[cfg(feature = "split")]
        if crate::ui::browser::here().contains('?') {
            let _ = super::parts::load_report_view().await;
        }
        DashboardOfNow::preload().await;
    }
}

comes_in!(
    records:
    RecordsPage as Records in records_page,
    RecordNewPage as RecordNew in record_new_page,
    RecordEditPage as RecordEdit in record_edit_page,
);

comes_in!(
    door:
    HomePage as Home in home_page,
    TermsPage as Terms in terms_page,
    SignUpPage as SignUp in sign_up_page,
    FinishPage as Finish in finish_page,
    TroublePage as Trouble in trouble_page,
    LogInPage as LogIn in log_in_page,
    LogInHelpPage as LogInHelp in log_in_help_page,
    SecondStepPage as SecondStep in second_step_page,
    LogOutPage as LogOut in log_out_page,
    ForgotPage as Forgot in forgot_page,
    ResetPage as Reset in reset_page,
    ConfirmPage as Confirm in confirm_page,
    InvitationPage as Invitation in invitation_page,
);

comes_in!(
    more:
    StyleguidePage as Styleguide in styleguide_page,
    BillsPage as Bills in bills_page,
    BillPage as Bill in bill_page,
    BillHistoryPage as BillHistory in bill_history_page,
    SettledBillsPage as SettledBills in settled_bills_page,
    PayPage as Pay in pay_page,
    DuePage as Due in due_page,
    BudgetsPage as Budgets in budgets_page,
    BudgetPage as Budget in budget_page,
    BudgetHistoryPage as BudgetHistory in budget_history_page,
    EnvelopesPage as Envelopes in envelopes_page,
    CategoriesPage as Categories in categories_page,
    CategoryPage as Category in category_page,
    CategoryMergePage as CategoryMerge in category_merge_page,
    AccountsPage as Accounts in accounts_page,
    AccountPage as Account in account_page,
    AccountDetailPage as AccountDetail in account_detail_page,
    ReportsPage as Reports in reports_page,
    SettingsPage as Settings in settings_page,
    HelpPage as Help in help_page,
    LeavePage as Leave in leave_page,
    NewEmailPage as NewEmail in new_email_page,
    ProvePage as Prove in prove_page,
    SecondFactorPage as SecondFactor in second_factor_page,
    NewHookPage as NewHook in new_hook_page,
    HookPage as Hook in hook_page,
    OverviewPage as Overview in overview_page,
    PeoplePage as People in people_page,
    PersonPage as Person in person_page,
    RequestsPage as Requests in requests_page,
    RequestPage as Request in request_page,
    BroadcastsPage as Broadcasts in broadcasts_page,
    BroadcastPage as Broadcast in broadcast_page,
    AuditPage as Audit in audit_page,
);
