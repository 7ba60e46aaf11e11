//! How long work tells where it is, and hears that it should stop.

/// Hears of progress. Calls come often; whoever shows them must be quick.
pub trait Progress: Send + Sync {
    /// `done` of `of` things of a stage are done, with so many complaints so far.
    fn stage(&self, stage: &str, done: usize, of: usize, complaints: usize);
    /// Tells whether a person asked to stop.
    fn cancelled(&self) -> bool {
        false
    }
}

/// Hears nothing, never stops.
#[derive(Clone, Copy, Debug, Default)]
pub struct NoProgress;

impl Progress for NoProgress {
    fn stage(&self, _: &str, _: usize, _: usize, _: usize) {}
}
