//! What charming tells ECharts to draw.

use charming::Chart;
use charming::component::{Axis, Grid};
use charming::element::{
    AxisLabel, AxisLine, AxisLineStyle, AxisTick, AxisType, Color, ItemStyle, Label, LineStyle, SplitLine, Tooltip,
    Trigger,
};
use charming::series::{Bar, Line, Pie};

use ledger::Money;

use super::data::{ChartData, ChartKind, Series, SeriesTone};

/// The colours of the theme, from the tokens of the style sheet.
pub(super) struct Colours {
    /// The chart colours in their order.
    pub palette: Vec<String>,
    pub spending: String,
    pub income: String,
    pub net: String,
    pub muted: String,
    pub line: String,
    pub ground: String,
}

pub(super) fn chart(data: &ChartData, colours: &Colours) -> Chart {
    match data.kind {
        ChartKind::Doughnut => doughnut(data, colours),
        ChartKind::Bars => bars(data, colours),
    }
}

fn tooltip(trigger: Trigger, colours: &Colours) -> Tooltip {
    Tooltip::new()
        .trigger(trigger)
        .background_color(colours.ground.as_str())
        .border_color(colours.line.as_str())
        .border_width(1.0)
}

/// Only where a picture is drawn does an amount become a fraction.
#[expect(clippy::cast_precision_loss, reason = "a pixel is wider than what is lost")]
fn height(money: Money) -> f64 {
    money.minor as f64 / f64::from(scale(money))
}

/// Minor units in one major unit.
fn scale(money: Money) -> u32 {
    10_u32.pow(money.currency.exponent())
}

/// What stands at a height of the value axis, in major units: `₹1.2L`.
pub(super) fn tick(data: &ChartData, height: f64) -> String {
    let Some(known) = data.value(0, 0) else { return String::new() };
    #[expect(clippy::cast_possible_truncation, reason = "an axis ends where its amounts do")]
    let minor = (height * f64::from(scale(known.money))).round() as i64;
    data.format.brief(Money::new(minor, known.money.currency))
}

fn doughnut(data: &ChartData, colours: &Colours) -> Chart {
    let values = data.series.first().map(|series| series.values.as_slice()).unwrap_or_default();
    let slices: Vec<(f64, String)> = data
        .labels
        .iter()
        .zip(values)
        .map(|(label, value)| (height(value.money).max(0.0), label.text.clone()))
        .collect();
    let palette = data.colours().into_iter().filter_map(|colour| colours.palette.get(usize::from(colour)));
    Chart::new()
        .color(palette.map(|colour| Color::from(colour.as_str())).collect())
        .tooltip(tooltip(Trigger::Item, colours))
        .series(
            Pie::new()
                .name(data.heading.as_str())
                .radius(vec!["62%", "94%"])
                .label(Label::new().show(false))
                .item_style(ItemStyle::new().border_color(colours.ground.as_str()).border_width(2.0).border_radius(4.0))
                .data(slices),
        )
}

fn bars(data: &ChartData, colours: &Colours) -> Chart {
    let names = data.labels.iter().map(|label| label.short.clone()).collect();
    let line = LineStyle::new().color(colours.line.as_str());
    let label = || AxisLabel::new().color(colours.muted.as_str()).font_size(11.0);
    let chart = Chart::new()
        .tooltip(tooltip(Trigger::Item, colours))
        .grid(Grid::new().left(4).right(4).top(12).bottom(4).contain_label(true))
        .x_axis(
            Axis::new()
                .type_(AxisType::Category)
                .data(names)
                .axis_label(label())
                .axis_tick(AxisTick::new().show(false))
                .axis_line(AxisLine::new().line_style(AxisLineStyle::new().color((1.0, colours.line.as_str())))),
        )
        .y_axis(
            Axis::new()
                .type_(AxisType::Value)
                .axis_label(label())
                .split_number(4.0)
                .split_line(SplitLine::new().line_style(line)),
        );
    let chart = data.series.iter().fold(chart, |chart, series| chart.series(bar(series, colours)));
    data.line.iter().fold(chart, |chart, series| chart.series(line_of(series, colours)))
}

fn colour(series: &Series, colours: &Colours) -> String {
    match series.tone {
        SeriesTone::Spending => colours.spending.clone(),
        SeriesTone::Income => colours.income.clone(),
        SeriesTone::Net => colours.net.clone(),
    }
}

fn heights(series: &Series) -> Vec<f64> {
    series.values.iter().map(|value| height(value.money)).collect()
}

fn line_of(series: &Series, colours: &Colours) -> Line {
    let colour = colour(series, colours);
    Line::new()
        .name(series.name.as_str())
        .item_style(ItemStyle::new().color(colour.as_str()))
        .line_style(LineStyle::new().color(colour.as_str()).width(2.0))
        .symbol_size(6.0)
        .data(heights(series))
}

fn bar(series: &Series, colours: &Colours) -> Bar {
    Bar::new()
        .name(series.name.as_str())
        .item_style(ItemStyle::new().color(colour(series, colours).as_str()).border_radius(3.0))
        .bar_gap("20%")
        .data(heights(series))
}
