//! Ctrl-C: asked once, work stops at the next safe place; asked twice, at once.

use std::sync::atomic::{AtomicBool, Ordering};

static ASKED: AtomicBool = AtomicBool::new(false);

/// Listens for Ctrl-C on a thread of its own.
pub fn listen() {
    std::thread::spawn(|| {
        let Ok(runtime) = tokio::runtime::Builder::new_current_thread().enable_all().build() else { return };
        runtime.block_on(async {
            while tokio::signal::ctrl_c().await.is_ok() {
                if ASKED.swap(true, Ordering::SeqCst) {
                    std::process::exit(130);
                }
                eprintln!("stopping at the next safe place; Ctrl-C again stops at once");
            }
        });
    });
}

/// Tells whether a person asked to stop.
pub fn asked() -> bool {
    ASKED.load(Ordering::SeqCst)
}
