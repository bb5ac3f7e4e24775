//! Dice that fall the same way each time, for believable data.

/// `SplitMix64`.
pub(crate) struct Dice(pub u64);

impl Dice {
    pub fn roll(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        z ^ (z >> 31)
    }

    /// From 0 up to, not including, `sides`.
    pub fn below(&mut self, sides: u64) -> u64 {
        self.roll() % sides.max(1)
    }

    /// From `least` to `most`, both included.
    pub fn between(&mut self, least: i64, most: i64) -> i64 {
        let sides = u64::try_from(most - least).unwrap_or(0) + 1;
        least + i64::try_from(self.below(sides)).unwrap_or(0)
    }

    /// Whether one in `times` comes up.
    pub fn one_in(&mut self, times: u64) -> bool {
        self.below(times) == 0
    }

    pub fn pick<'a, T>(&mut self, of: &'a [T]) -> Option<&'a T> {
        of.get(usize::try_from(self.below(of.len() as u64)).unwrap_or(0))
    }

    /// The random part of an id.
    pub fn seed(&mut self) -> [u8; 10] {
        let (a, b) = (self.roll().to_be_bytes(), self.roll().to_be_bytes());
        let mut seed = [0; 10];
        seed[..8].copy_from_slice(&a);
        seed[8..].copy_from_slice(&b[..2]);
        seed
    }
}
