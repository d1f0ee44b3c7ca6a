// SPDX-License-Identifier: MIT-0
//! Admission of code, for an interpreter that obeys AT_EXECVE_CHECK and the exec securebits (Linux 6.14): opens,
//! checks, decides and reads as one act. Let nothing else read code. An `Err` says why nothing may run, and what to do.
//! Threads: the securebits are the calling thread's. While a check that passes is under way, the kernel lets no thread
//! of the process create another (EAGAIN): create threads in `without_checks`, which keeps the two apart.

use std::ffi::{CString, OsStr, OsString};
use std::fs::{File, OpenOptions};
use std::io::{Error, ErrorKind, Read, Seek, SeekFrom};
use std::os::raw::{c_char, c_int, c_long};
use std::os::unix::fs::{FileExt, MetadataExt, OpenOptionsExt};
use std::os::unix::{ffi::OsStrExt, io::AsRawFd, io::FromRawFd};
use std::{mem::ManuallyDrop, sync::Mutex, thread, time::Duration};

const CHECK_FLAGS: c_int = 0x1000 | 0x10000; // AT_EMPTY_PATH | AT_EXECVE_CHECK
const PR_GET_SECUREBITS: c_int = 27;
const RESTRICT_FILE: c_int = 1 << 8;
const DENY_INTERACTIVE: c_int = 1 << 10;
#[rustfmt::skip]
const SYS_EXECVEAT: c_long = if cfg!(target_arch = "x86_64") { 322 } else if cfg!(target_arch = "x86") { 358 }
    else if cfg!(any(target_arch = "aarch64", target_arch = "riscv64", target_arch = "loongarch64")) { 281 }
    else if cfg!(target_arch = "arm") { 387 } else if cfg!(target_arch = "s390x") { 354 } else { -1 }; // gives ENOSYS
#[rustfmt::skip]
const ERRORS: [(i32, &str); 12] = [(1, "EPERM"), (2, "ENOENT"), (7, "E2BIG"), (9, "EBADF"), (12, "ENOMEM"),
    (13, "EACCES"), (21, "EISDIR"), (22, "EINVAL"), (24, "EMFILE"), (26, "ETXTBSY"), (27, "EFBIG"), (38, "ENOSYS")];
#[rustfmt::skip]
const KINDS: [(u32, &str); 5] = [(0o100000, "regular file"), (0o040000, "directory"), (0o010000, "pipe"),
    (0o140000, "socket"), (0o020000, "terminal or device")];

extern "C" {
    static environ: *const *const c_char;
    fn prctl(option: c_int, ...) -> c_int;
    fn syscall(number: c_long, ...) -> c_long;
}

/// What was admitted. While `file` is open, no other file has the same `identity`.
pub struct Code {
    pub text: Vec<u8>,
    #[allow(dead_code)] // it is held, and need not be used
    pub file: Option<File>,
    pub identity: (u64, u64),
}

static CHECKS: Mutex<()> = Mutex::new(());

/// Creates threads while no check is under way: `without_checks(|| thread::spawn(work))`. It must not admit anything.
pub fn without_checks<T>(create: impl FnOnce() -> T) -> T {
    let _held = CHECKS.lock().unwrap_or_else(|poisoned| poisoned.into_inner());
    create()
}

/// Admits a script, a module or a startup file. `args`: what it would be executed with, behind its path.
pub fn file(path: &OsStr, args: &[OsString]) -> Result<Code, String> {
    let opened = OpenOptions::new().read(true).custom_flags(0o400).open(path); // O_NOCTTY; std adds O_CLOEXEC
    let file = opened.map_err(|error| refusal(path, "cannot open", Some(error), ""))?;
    admit(&file, path, Some(path), args, true).map(|code| Code { file: Some(file), ..code })
}

/// Admits standard input. `reads`: false for a prompt, whose text is yet to be typed.
pub fn stdin(reads: bool) -> Result<Code, String> {
    let file = ManuallyDrop::new(unsafe { File::from_raw_fd(0) });
    admit(&file, "standard input".as_ref(), None, &[], reads)
}

/// Admits text that is in no file, such as that of -c.
pub fn snippet(name: &OsStr) -> Result<(), String> {
    let hint = "\nhint: put the code into an executable file and run that";
    decide(name, DENY_INTERACTIVE, None, "code that is in no file", hint)
}

fn admit(mut file: &File, name: &OsStr, path: Option<&OsStr>, args: &[OsString], reads: bool) -> Result<Code, String> {
    let unreadable = |error| refusal(name, "cannot read", Some(error), "");
    let info = file.metadata().map_err(unreadable)?;
    // In every mode, and before the first byte is read.
    let mut check = Some(execveat_check(file, path.unwrap_or("/proc/self/fd/0".as_ref()), args));
    if path.is_none() && check == Some(0) && file.stream_position().ok() != Some(0) {
        check = None; // who shares it with us chose where it stands
    }
    let noun = KINDS.iter().find(|(bits, _)| *bits == info.mode() & 0o170000).map_or("device", |(_, noun)| *noun);
    let part = "a part of a file that the kernel would execute as a whole";
    let what = check.map_or(part.to_string(), |_| format!("a {noun} that the kernel would not execute"));
    let hint = match check {
        None => "\nhint: give the file from its beginning: something has read of it before",
        Some(13) => "\nhint: if you trust it: chmod +x; a pipe, a terminal or a file on a noexec mount never passes",
        Some(26) => "\nhint: close it where it is open for writing",
        _ => "",
    };
    let under = if path.is_none() { DENY_INTERACTIVE } else { RESTRICT_FILE };
    // The path of a pipe or terminal brings user commands, by another name.
    decide(name, under | if info.is_file() { 0 } else { DENY_INTERACTIVE }, check, &what, hint)?;
    // What passed on standard input is read from its beginning, wherever it is moved to meanwhile.
    let from_start = path.is_none() && check == Some(0);
    let (mut text, mut part) = (Vec::new(), vec![0; 65536]);
    let mut is_open = reads;
    while is_open {
        match if from_start { file.read_at(&mut part, text.len() as u64) } else { file.read(&mut part) } {
            Ok(0) => is_open = false,
            Ok(size) if text.len() <= 32 << 20 => text.extend_from_slice(&part[..size]),
            Ok(_) => return Err(unreadable(Error::from_raw_os_error(27))), // EFBIG: /dev/zero has no end
            Err(error) if error.kind() == ErrorKind::Interrupted => {}
            Err(error) if error.kind() == ErrorKind::WouldBlock => thread::sleep(Duration::from_millis(5)), // no end
            Err(error) => return Err(unreadable(error)),
        }
    }
    if from_start {
        file.seek(SeekFrom::Start(text.len() as u64)).map_err(unreadable)?;
    }
    Ok(Code { text, file: None, identity: (info.dev(), info.ino()) })
}

/// Gives 0 if the kernel would execute the file, else an errno.
fn execveat_check(file: &File, name: &OsStr, args: &[OsString]) -> i32 {
    let words = std::iter::once(name).chain(args.iter().map(|arg| arg.as_os_str()));
    let argv: Vec<CString> = words.filter_map(|word| CString::new(word.as_bytes()).ok()).collect();
    let pointers: Vec<_> = argv.iter().map(|word| word.as_ptr()).chain([std::ptr::null()]).collect();
    let (fd, empty) = (file.as_raw_fd(), "\0".as_ptr());
    // SAFETY: all that is pointed to ends with a NUL and outlives the call; environ is read as exec reads it.
    without_checks(|| match unsafe { syscall(SYS_EXECVEAT, fd, empty, pointers.as_ptr(), environ, CHECK_FLAGS) } {
        0 => 0,
        _ => Error::last_os_error().raw_os_error().unwrap_or(-1),
    })
}

/// Refuses under the bits `under` what did not pass. `check`: 0, an errno, or None if no file holds it as a whole.
fn decide(name: &OsStr, under: c_int, check: Option<i32>, what: &str, hint: &str) -> Result<(), String> {
    let bits = unsafe { prctl(PR_GET_SECUREBITS, 0 as c_long, 0 as c_long, 0 as c_long, 0 as c_long) };
    if bits < 0 {
        return Err(refusal(name, "nothing runs, as the securebits cannot be known", Some(Error::last_os_error()), ""));
    }
    let bits = match bits & under {
        because if check == Some(0) || because == 0 => return Ok(()),
        RESTRICT_FILE => "SECBIT_EXEC_RESTRICT_FILE",
        DENY_INTERACTIVE => "SECBIT_EXEC_DENY_INTERACTIVE",
        _ => "SECBIT_EXEC_RESTRICT_FILE and SECBIT_EXEC_DENY_INTERACTIVE",
    };
    let error = check.map(Error::from_raw_os_error);
    Err(refusal(name, &format!("refused: {what}"), error, &format!(", under {bits}{hint}")))
}

fn refusal(name: &OsStr, what: &str, error: Option<Error>, more: &str) -> String {
    let printable = |&byte: &u8| if (32..127).contains(&byte) { byte as char } else { '?' }; // a terminal obeys some
    let shown: String = name.as_bytes().iter().map(printable).collect();
    let reason = error.map_or(String::new(), |error| {
        let number = error.raw_os_error().unwrap_or(22); // std itself refuses a NUL in a path
        let known = ERRORS.iter().find(|(each, _)| *each == number).map_or("errno", |(_, name)| *name);
        let text = Error::from_raw_os_error(number).to_string();
        format!(": {known} ({})", text.split(" (os error").next().unwrap_or(&text))
    });
    format!("{shown}: {what}{reason}{more}")
}
