//! A progress bar per stage, on stderr.

use indicatif::{ProgressBar, ProgressStyle};
use plainsight_case::Progress;
use std::sync::Mutex;

/// Shows stages as bars; silent where stderr is no terminal.
#[derive(Default)]
pub struct Bars {
    now: Mutex<Option<(String, ProgressBar)>>,
}

impl Progress for Bars {
    fn stage(&self, stage: &str, done: usize, of: usize, complaints: usize) {
        let Ok(mut now) = self.now.lock() else { return };
        if now.as_ref().is_none_or(|(name, _)| name != stage) {
            if let Some((_, bar)) = now.take() {
                bar.finish();
            }
            let bar = ProgressBar::new(of as u64);
            if let Ok(style) = ProgressStyle::with_template("{prefix:12} {bar:30} {pos}/{len} {msg}") {
                bar.set_style(style);
            }
            bar.set_prefix(stage.to_owned());
            *now = Some((stage.to_owned(), bar));
        }
        if let Some((_, bar)) = now.as_ref() {
            bar.set_length(of as u64);
            bar.set_position(done as u64);
            if complaints > 0 {
                bar.set_message(format!("{complaints} complaints"));
            }
            if done >= of {
                bar.finish();
            }
        }
    }

    fn cancelled(&self) -> bool {
        crate::interrupt::asked()
    }
}
