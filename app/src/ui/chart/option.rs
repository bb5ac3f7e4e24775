//! What charming tells ECharts to draw.

use charming::Chart;
use charming::component::{Axis, Grid};
use charming::element::{
    AxisLabel, AxisLine, AxisLineStyle, AxisTick, AxisType, Color, ItemStyle, Label, LineStyle, SplitLine, Tooltip,
    Trigger,
};
use charming::series::{Bar, Pie};

use super::data::{ChartData, ChartKind, Series, SeriesTone};

/// The colours of the theme, from the tokens of the style sheet.
pub(super) struct Colours {
    pub palette: Vec<String>,
    pub spending: String,
    pub income: String,
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
fn height(minor: i64, scale: u32) -> f64 {
    minor as f64 / f64::from(scale.max(1))
}

fn doughnut(data: &ChartData, colours: &Colours) -> Chart {
    let empty = Series::default();
    let series = data.series.first().unwrap_or(&empty);
    let slices: Vec<(f64, String)> = data
        .labels
        .iter()
        .zip(&series.values)
        .map(|(label, value)| (height(value.minor.max(0), series.scale), label.text.clone()))
        .collect();
    Chart::new()
        .color(colours.palette.iter().map(|colour| Color::from(colour.as_str())).collect())
        .tooltip(tooltip(Trigger::Item, colours))
        .series(
            Pie::new()
                .name(series.name.as_str())
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
    data.series.iter().fold(chart, |chart, series| chart.series(bar(series, colours)))
}

fn bar(series: &Series, colours: &Colours) -> Bar {
    let colour = match series.tone {
        SeriesTone::Spending => &colours.spending,
        SeriesTone::Income => &colours.income,
        SeriesTone::Neutral => &colours.muted,
    };
    let values: Vec<f64> = series.values.iter().map(|value| height(value.minor, series.scale)).collect();
    Bar::new()
        .name(series.name.as_str())
        .item_style(ItemStyle::new().color(colour.as_str()).border_radius(3.0))
        .bar_gap("20%")
        .data(values)
}
