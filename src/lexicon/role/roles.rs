//! The parts that the words of a sentence play, as one set.

use super::Role;

/// The parts that the words of a sentence play: most rules ask for words that few sentences hold.
#[derive(Debug, Clone, Copy, Default)]
pub(crate) struct Roles(u128);

impl Roles {
    /// Words that are asked for at one place only stand in no sentence.
    const fn bit(role: Role) -> u128 {
        if role.stands_beside() { 0 } else { 1 << role as u32 }
    }

    pub(crate) const fn insert(&mut self, role: Role) {
        self.0 |= Self::bit(role);
    }

    pub(crate) const fn hold(self, role: Role) -> bool {
        self.0 & Self::bit(role) != 0
    }
}
