//! Progress bars, on stderr.

use indicatif::{ProgressBar, ProgressStyle};
use plainsight_case::Progress;
use std::path::Path;
use std::sync::Mutex;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

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

/// Does `work` while a line shows how much of `path` was read; silent where
/// stderr is no terminal, and for what takes less than a moment.
pub fn while_reading<T>(path: &Path, work: impl FnOnce() -> T) -> T {
    let done = AtomicBool::new(false);
    // A package's index and pages are read beside its archives, a case's archives more than
    // once: only of a single file it is known how much there is to read.
    let length = std::fs::metadata(path).ok().filter(std::fs::Metadata::is_file).map(|file| file.len());
    let begun = plainsight_archive::bytes_read();
    std::thread::scope(|scope| {
        let shown = scope.spawn(|| {
            let bar = length.map_or_else(ProgressBar::no_length, ProgressBar::new);
            let template = match length {
                Some(_) => "{prefix} {bar:30} {bytes}/{total_bytes} {elapsed}",
                None => "{prefix} {bytes} read {elapsed}",
            };
            if let Ok(style) = ProgressStyle::with_template(template) {
                bar.set_style(style);
            }
            bar.set_prefix(path.display().to_string());
            while !done.load(Ordering::Relaxed) {
                std::thread::park_timeout(Duration::from_millis(200));
                let read = plainsight_archive::bytes_read() - begun;
                bar.set_position(length.map_or(read, |length| read.min(length)));
            }
            bar.finish_and_clear();
        });
        let result = work();
        done.store(true, Ordering::Relaxed);
        shown.thread().unpark();
        result
    })
}
