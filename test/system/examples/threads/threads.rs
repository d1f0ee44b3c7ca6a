//! Prints how many of 300 threads cannot be created for EAGAIN while another thread admits a file that passes, again and
//! again: `threads plain FILE` with std alone, `threads kept FILE` by the way of enlighten.rs.

mod enlighten;

use std::io::{Error, ErrorKind};
use std::sync::atomic::{AtomicBool, Ordering};
use std::thread::{Builder, JoinHandle};

static ENDED: AtomicBool = AtomicBool::new(false);

fn main() {
    let args: Vec<_> = std::env::args_os().collect();
    let path = args[2].clone();
    let admitting = std::thread::spawn(move || {
        while !ENDED.load(Ordering::SeqCst) {
            enlighten::file(&path, &[]).unwrap();
        }
    });
    let create = || -> Result<JoinHandle<()>, Error> { Builder::new().spawn(|| {}) };
    let mut failed = 0;
    for _ in 0..300 {
        match if args[1] == "plain" { create() } else { enlighten::without_checks(create) } {
            Ok(thread) => thread.join().unwrap(),
            Err(error) if error.kind() == ErrorKind::WouldBlock => failed += 1,
            Err(error) => panic!("{error}"),
        }
    }
    ENDED.store(true, Ordering::SeqCst);
    admitting.join().unwrap();
    println!("{failed}");
}
