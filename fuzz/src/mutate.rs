//! Nonsense that is nearly sense: seeds with bytes changed, taken out, doubled and crossed.

/// Dice of a seed: xorshift64 (Marsaglia, *Xorshift RNGs*, 2003).
pub struct Dice(u64);

impl Dice {
    /// Dice that fall alike for alike seeds.
    pub fn new(seed: u64) -> Self {
        Self(seed.wrapping_mul(0x9e37_79b9_7f4a_7c15) | 1)
    }

    /// A number below `bound`, which is not 0.
    pub fn below(&mut self, bound: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        (self.0 % bound as u64) as usize
    }
}

/// Bytes that readers stumble over.
const TOKENS: [&[u8]; 14] = [
    b"\0",
    b"\xff",
    b"\xc2\x9b",
    b"\x1b[31m",
    b"---\n",
    b"[[",
    b"]]",
    b"\"",
    b"4294967295",
    b"-1",
    b"\xe2\x80\xae",
    b"<",
    b"&#x0;",
    b"\r\n",
];

/// A seed, changed in some places.
pub fn mutated(seeds: &[Vec<u8>], dice: &mut Dice) -> Vec<u8> {
    let mut data = seeds[dice.below(seeds.len())].clone();
    for _ in 0..=dice.below(6) {
        let at = dice.below(data.len() + 1);
        let end = (at + dice.below(40)).min(data.len());
        match dice.below(6) {
            0 if at < data.len() => data[at] = dice.below(256) as u8,
            1 => drop(data.drain(at..end)),
            2 => {
                let piece = data[at..end].to_vec();
                data.splice(at..at, piece);
            }
            3 => {
                data.splice(at..at, TOKENS[dice.below(TOKENS.len())].iter().copied());
            }
            4 => {
                let other = &seeds[dice.below(seeds.len())];
                let from = dice.below(other.len() + 1);
                data.truncate(at);
                data.extend_from_slice(&other[from..]);
            }
            _ => {
                let token = TOKENS[dice.below(TOKENS.len())];
                data.splice(at..end, token.repeat(1 + dice.below(30)));
            }
        }
    }
    data.truncate(1 << 16);
    data
}
