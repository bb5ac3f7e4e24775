//! The charts of letters, drawn here as small PNG images: only bars and rings, as what they mean stands beside them as
//! text.

use std::f32::consts::{FRAC_PI_2, TAU};

use tiny_skia::{Color, FillRule, LineCap, Paint, PathBuilder, Pixmap, Rect, Stroke, Transform};

/// Drawn twice as large as they are shown, for fine screens.
const SCALE: f32 = 2.0;
/// How large the bars are shown, in pixels.
pub(super) const BARS_WIDE: u16 = 456;
pub(super) const BARS_HIGH: u16 = 140;
/// How large the ring is shown, in pixels.
pub(super) const RING: u16 = 160;
/// The stroke of the ring, in pixels.
const THICK: f32 = 30.0;

/// What came in, and what was spent.
pub(super) const INCOME: &str = "#9bbfae";
pub(super) const SPENT: &str = "#1d5c45";
/// The parts of a ring, the largest first; the last is for all the rest.
pub(super) const PARTS: [&str; 9] =
    ["#1d5c45", "#b5803a", "#3f6f9f", "#8a5a83", "#5b8f78", "#c0573e", "#7a7a3a", "#4d4a45", "#c9c3b6"];
const LINE: &str = "#e4dfd6";

/// A pair of bars for each month, the oldest first: what came in, and what was spent, as shares of the largest. `None`
/// where there is nothing to draw.
pub(super) fn bars(months: &[(i64, i64)]) -> Option<Vec<u8>> {
    let largest = months.iter().flat_map(|(income, spent)| [*income, *spent]).max().filter(|largest| *largest > 0)?;
    let (width, height) = (f32::from(BARS_WIDE), f32::from(BARS_HIGH));
    let mut canvas = Canvas::new(BARS_WIDE, BARS_HIGH)?;
    let slot = width / f32::from(u16::try_from(months.len()).ok()?);
    let bar = slot * 0.36;
    let mut left = slot * 0.12;
    for (income, spent) in months {
        for (place, minor, colour) in [(0.0, *income, INCOME), (bar + slot * 0.04, *spent, SPENT)] {
            let tall = (height - 2.0) * share(minor, largest);
            canvas.bar(left + place, height - 1.0 - tall, bar, tall, colour);
        }
        left += slot;
    }
    canvas.bar(0.0, height - 1.0, width, 1.0, LINE);
    canvas.png()
}

/// A ring of parts, each a share of all of them, in the order of [`PARTS`]. `None` where there is nothing to draw.
pub(super) fn ring(parts: &[i64]) -> Option<Vec<u8>> {
    let all = parts.iter().try_fold(0_i64, |all, part| all.checked_add((*part).max(0)))?;
    if all == 0 {
        return None;
    }
    let mut canvas = Canvas::new(RING, RING)?;
    let mut from = 0_i64;
    for (part, colour) in parts.iter().zip(PARTS) {
        let to = from + (*part).max(0);
        canvas.arc(share(from, all), share(to, all), colour);
        from = to;
    }
    canvas.png()
}

/// From 0 to 1, to a ten-thousandth.
fn share(part: i64, whole: i64) -> f32 {
    let parts = i128::from(part.max(0)) * 10_000 / i128::from(whole.max(1));
    f32::from(u16::try_from(parts.min(10_000)).unwrap_or(10_000)) / 10_000.0
}

struct Canvas(Pixmap);

impl Canvas {
    /// White, for letters in dark programs too.
    fn new(width: u16, height: u16) -> Option<Self> {
        let mut pixels = Pixmap::new(u32::from(width) * 2, u32::from(height) * 2)?;
        pixels.fill(Color::WHITE);
        Some(Self(pixels))
    }

    /// Nothing where it has no height.
    fn bar(&mut self, left: f32, top: f32, width: f32, height: f32, colour: &str) {
        if let Some(rect) = Rect::from_xywh(left, top, width, height) {
            let path = PathBuilder::from_rect(rect);
            let scaled = Transform::from_scale(SCALE, SCALE);
            self.0.fill_path(&path, &paint(colour), FillRule::Winding, scaled, None);
        }
    }

    /// A part of the ring, from one share of the way round to another, clockwise from the top.
    fn arc(&mut self, from: f32, to: f32, colour: &str) {
        let (middle, radius) = (f32::from(RING) / 2.0, (f32::from(RING) - THICK) / 2.0 - 1.0);
        let point = |turn: f32| {
            let angle = turn * TAU - FRAC_PI_2;
            (middle + radius * angle.cos(), middle + radius * angle.sin())
        };
        let mut path = PathBuilder::new();
        let (x, y) = point(from);
        path.move_to(x, y);
        // Short enough to be round.
        for step in 1..=90_u16 {
            let (x, y) = point(from + (to - from) * f32::from(step) / 90.0);
            path.line_to(x, y);
        }
        if let Some(path) = path.finish() {
            let stroke = Stroke { width: THICK, line_cap: LineCap::Butt, ..Stroke::default() };
            let scaled = Transform::from_scale(SCALE, SCALE);
            self.0.stroke_path(&path, &paint(colour), &stroke, scaled, None);
        }
    }

    fn png(&self) -> Option<Vec<u8>> {
        self.0.encode_png().ok()
    }
}

/// Of a colour such as `#1d5c45`.
fn paint(colour: &str) -> Paint<'static> {
    let part = |at: usize| colour.get(at..at + 2).and_then(|hex| u8::from_str_radix(hex, 16).ok()).unwrap_or_default();
    let mut paint = Paint { anti_alias: true, ..Paint::default() };
    paint.set_color_rgba8(part(1), part(3), part(5), 255);
    paint
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The colour at a point, in pixels as it is shown.
    fn at(png: &[u8], x: u32, y: u32) -> String {
        let picture = Pixmap::decode_png(png).expect("a picture");
        let pixel = picture.pixel(x * 2 + 1, y * 2 + 1).expect("a point inside").demultiply();
        format!("#{:02x}{:02x}{:02x}", pixel.red(), pixel.green(), pixel.blue())
    }

    #[test]
    fn bars_are_as_high_as_their_share_and_nothing_is_no_picture() {
        let png = bars(&[(100, 50), (0, 25)]).expect("a picture");
        // Two slots of 228: the first pair begins at 27 and at 118, the second 228 further on.
        for (x, y, colour) in [
            (60, 5, INCOME),
            (60, 130, INCOME),
            (150, 60, "#ffffff"),
            (150, 80, SPENT),
            (290, 130, "#ffffff"),
            (380, 90, "#ffffff"),
            (380, 120, SPENT),
            (10, 139, LINE),
        ] {
            assert_eq!(at(&png, x, y), colour, "at {x}, {y}");
        }
        assert!(png.len() < 20_000, "{} bytes", png.len());
        assert_eq!((bars(&[(0, 0); 12]), bars(&[]), ring(&[0, 0]), ring(&[])), (None, None, None, None));
        assert!(bars(&[(i64::MAX, -5); 12]).is_some() && ring(&[i64::MAX, 1]).is_none());
    }

    #[test]
    fn a_ring_begins_at_the_top_and_goes_clockwise() {
        let png = ring(&[50, 25, 25]).expect("a picture");
        let points =
            [(145, 80, PARTS[0]), (90, 144, PARTS[0]), (34, 126, PARTS[1]), (34, 34, PARTS[2]), (80, 80, "#ffffff")];
        for (x, y, colour) in points {
            assert_eq!(at(&png, x, y), colour, "at {x}, {y}");
        }
        assert_eq!(at(&ring(&[7]).expect("a picture"), 80, 15), PARTS[0], "one part goes all the way round");
    }
}
