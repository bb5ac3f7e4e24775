//! The picture that an app's camera reads.

use backend::factors::Setup;
use qrcode::{Color, EcLevel, QrCode};

use super::api::{Qr, SetupView};
use crate::error::AppError;

/// Squares around it that stay empty, as cameras want it.
const QUIET: usize = 4;

pub(super) fn shown(setup: Setup) -> Result<SetupView, AppError> {
    let code = QrCode::with_error_correction_level(&setup.url, EcLevel::M)
        .map_err(|error| AppError::from(backend::Error::internal(error)))?;
    let groups: Vec<&str> = (0..setup.secret.len()).step_by(4).filter_map(|at| setup.secret.get(at..at + 4)).collect();
    Ok(SetupView { secret: groups.join(" "), url: setup.url, qr: drawn(&code) })
}

/// One stroke to the right for each run of dark squares.
fn drawn(code: &QrCode) -> Qr {
    use std::fmt::Write as _;
    let (width, squares) = (code.width(), code.to_colors());
    let mut path = String::new();
    for (y, row) in squares.chunks(width).enumerate() {
        let mut x = 0;
        for run in row.chunk_by(|a, b| a == b) {
            if run.first() == Some(&Color::Dark) {
                let _ = write!(path, "M{} {}h{}v1h-{}z", x + QUIET, y + QUIET, run.len(), run.len());
            }
            x += run.len();
        }
    }
    Qr { side: width + 2 * QUIET, path }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_dark_square_is_drawn_once() {
        let code = QrCode::new("otpauth://totp/Expenso:asha%40example.com?secret=ABC&issuer=Expenso").expect("a code");
        let Qr { side, path } = drawn(&code);
        assert_eq!(side, code.width() + 8);
        let runs = path.split('M').skip(1).map(|run| {
            let (_, length) = run.split_once('h').expect("a run");
            length.split_once('v').and_then(|(length, _)| length.parse::<usize>().ok()).expect("a length")
        });
        let dark = code.to_colors().iter().filter(|square| **square == Color::Dark).count();
        assert_eq!(runs.sum::<usize>(), dark);
        // The corner of the finder.
        assert!(path.starts_with("M4 4h7v1h-7z"), "{path}");
    }
}
