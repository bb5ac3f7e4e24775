//! Amounts, how far they reach, and pictures of them.

use ledger::{Currency, Money, NumberFormat};
use leptos::prelude::*;

use crate::ui::{
    Amount, AmountKind, Card, Chart, ChartData, ChartKind, ChartLabel, ChartValue, Figure, FigureSize, Progress,
    Series, SeriesTone, TableFrame, Tone,
};

const LONG: i64 = 999_999_999_999_999;

#[component]
pub(super) fn Figures() -> impl IntoView {
    let format = NumberFormat::of("en-IN");
    let text = move |minor| format.money(Money::new(minor, Currency::INR));
    view! {
        <Card title="Figures" testid="guide-figures">
            <div class="grid-figures">
                {[4_137_000, 1_234_567_890, LONG].map(|minor| view! {
                    <Figure label="Hero" testid="guide-figure" text=text(minor) minor size=FigureSize::Hero note="of the monthly budget".to_owned()/>
                    <Figure label="Normal" testid="guide-figure" text=text(minor) minor href="/styleguide"/>
                }).collect_view()}
                {[Tone::Good, Tone::Near, Tone::Over].map(|tone| view! {
                    <Figure label="With a tone" testid="guide-figure" text=text(-124_000) minor=-124_000 tone/>
                }).collect_view()}
            </div>
            <TableFrame label="Amounts">
                <tbody>
                    {[AmountKind::Expense, AmountKind::Income, AmountKind::Transfer, AmountKind::Plain].map(|kind| view! {
                        <tr>
                            <th scope="row"><a href="/styleguide">{format!("{kind:?}")}</a></th>
                            <td class="num" data-head="Usual"><Amount text=text(124_000) minor=124_000 kind/></td>
                            <td class="num" data-head="Longest" data-length="longest"><Amount text=text(LONG) minor=LONG kind/></td>
                        </tr>
                    }).collect_view()}
                </tbody>
            </TableFrame>
            {[(0, Tone::Good), (64, Tone::Good), (92, Tone::Near), (100, Tone::Near), (137, Tone::Over)].map(|(percent, tone)| view! {
                <Progress label=format!("{percent} percent") percent tone note="₹41,370.00 of ₹60,000.00".to_owned()/>
            }).collect_view()}
        </Card>
    }
    .into_any()
}

fn data(kind: ChartKind) -> ChartData {
    let names = ["Rent", "Fuel", "Shopping", "Groceries", "Eating out", "Transport"];
    let value = |minor| ChartValue { money: Money::new(minor, Currency::INR), href: "/styleguide".into() };
    let of = |factor: i64| (1..=6).map(|at| value((7 - at) * factor)).collect();
    let spent = Series { name: "Spending".into(), tone: SeriesTone::Spending, values: of(123_456) };
    let earned = Series { name: "Income".into(), tone: SeriesTone::Income, values: of(200_000) };
    ChartData {
        kind,
        heading: "Category".into(),
        labels: names.map(|name| ChartLabel { text: name.into(), short: name.into(), colour: None }).to_vec(),
        series: if kind == ChartKind::Bars { vec![spent, earned] } else { vec![spent] },
        line: None,
        format: NumberFormat::of("en-IN"),
    }
}

#[component]
pub(super) fn Charts() -> impl IntoView {
    view! {
        <Card title="Charts" testid="guide-charts">
            <Chart id="guide-doughnut" table_id="guide-doughnut-table" label="Shares" data=Signal::stored(data(ChartKind::Doughnut))/>
            <Chart id="guide-bars" table_id="guide-bars-table" label="Side by side" data=Signal::stored(data(ChartKind::Bars))/>
        </Card>
    }
    .into_any()
}
