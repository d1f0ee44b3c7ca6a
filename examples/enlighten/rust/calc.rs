// SPDX-License-Identifier: MIT-0
//! A tiny calculator that obeys: whichever way its code comes in, enlighten.rs admits it.
//!
//! A program is made of lines: `print 1 + 2 * 3`, `import "PATH"` (admitted each time, run once), `# comment`.
//! CALC_STARTUP names a file that is run first.

mod enlighten;

use enlighten::Code;
use std::ffi::{OsStr, OsString};
use std::io::{self, BufRead, Write};
use std::os::raw::c_int;
use std::os::unix::ffi::OsStrExt;

extern "C" {
    fn isatty(fd: c_int) -> c_int;
}

struct Calculator {
    /// What was imported: kept open, so that each identity stays its own.
    modules: Vec<Code>,
}

impl Calculator {
    fn run(&mut self, name: &OsStr, text: &[u8]) -> Result<(), String> {
        for (index, line) in text.split(|&byte| byte == b'\n').enumerate() {
            self.statement(line).map_err(|error| match error {
                Problem::Here(what) => format!("{}:{}: {what}", printable(name), index + 1),
                Problem::Told(text) => text,
            })?;
        }
        Ok(())
    }

    fn statement(&mut self, line: &[u8]) -> Result<(), Problem> {
        let line = trim(line);
        if line.contains(&0) {
            return Err(Problem::Here("a NUL byte"));
        } else if line.is_empty() || line[0] == b'#' {
            return Ok(());
        } else if let Some(text) = line.strip_prefix(b"print ") {
            let result = sum(text).map_err(Problem::Here)?;
            return writeln!(io::stdout(), "{result}").map_err(|error| Problem::Told(format!("cannot write: {error}")));
        } else if let Some(path) = line.strip_prefix(b"import \"").and_then(|rest| rest.strip_suffix(b"\"")) {
            return self.import(OsStr::from_bytes(path)).map_err(Problem::Told);
        }
        Err(Problem::Here("neither print SUM, nor import \"PATH\", nor a comment"))
    }

    fn import(&mut self, path: &OsStr) -> Result<(), String> {
        let code = enlighten::file(path, &[])?;
        // Only now: the same file may be executable by one path, and not by another.
        if self.modules.iter().any(|seen| seen.identity == code.identity) {
            return Ok(());
        }
        let text = code.text.clone();
        self.modules.push(code);
        self.run(path, &text)
    }

    /// An error ends the statement that made it, not the session.
    fn prompt(&mut self) -> Result<(), String> {
        let mut line = Vec::new();
        loop {
            eprint!("calc> ");
            line.clear();
            match io::stdin().lock().read_until(b'\n', &mut line) {
                Ok(0) => break,
                Ok(_) => self.run("standard input".as_ref(), &line).unwrap_or_else(|error| eprintln!("calc: {error}")),
                Err(error) => return Err(format!("standard input: cannot read: {error}")),
            }
        }
        eprintln!();
        Ok(())
    }

    fn start(&mut self, args: &[OsString]) -> Result<(), String> {
        let prompts = args.is_empty() && unsafe { isatty(0) == 1 && isatty(2) == 1 };
        // All of it is admitted before any of it runs.
        let (name, text) = match args {
            [] => ("standard input".into(), enlighten::stdin(!prompts)?.text),
            [option, text, ..] if option == "-c" => {
                enlighten::snippet(option)?;
                (option.clone(), text.as_bytes().to_vec())
            }
            [path, rest @ ..] => (path.clone(), enlighten::file(path, rest)?.text),
        };
        if let Some(path) = std::env::var_os("CALC_STARTUP") {
            let startup = enlighten::file(&path, &[])?;
            self.run(&path, &startup.text)?;
        }
        if prompts {
            self.prompt()
        } else {
            self.run(&name, &text)
        }
    }
}

enum Problem {
    /// To be told with the line's number.
    Here(&'static str),
    /// Told in full already: a refusal, or an error in a module.
    Told(String),
}

fn sum(text: &[u8]) -> Result<i64, &'static str> {
    const TOO_LARGE: &str = "the result is too large";
    let (mut total, mut sign) = (0i64, 1);
    let mut rest = text;
    loop {
        let end = rest.iter().position(|byte| b"+-".contains(byte)).unwrap_or(rest.len());
        let mut product = 1i64;
        for word in rest[..end].split(|&byte| byte == b'*') {
            product = product.checked_mul(number(trim(word))?).ok_or(TOO_LARGE)?;
        }
        total = total.checked_add(sign * product).ok_or(TOO_LARGE)?;
        if end == rest.len() {
            return Ok(total);
        }
        sign = if rest[end] == b'-' { -1 } else { 1 };
        rest = &rest[end + 1..];
    }
}

fn number(word: &[u8]) -> Result<i64, &'static str> {
    if word.is_empty() || !word.iter().all(u8::is_ascii_digit) {
        return Err("no number where one is needed");
    }
    std::str::from_utf8(word).ok().and_then(|digits| digits.parse().ok()).ok_or("a number is too large")
}

fn trim(text: &[u8]) -> &[u8] {
    let is_text = |byte: &u8| !b" \t".contains(byte);
    let first = text.iter().position(is_text).unwrap_or(text.len());
    let last = text.iter().rposition(is_text).map_or(first, |at| at + 1);
    &text[first..last]
}

fn printable(name: &OsStr) -> String {
    name.as_bytes().iter().map(|&byte| if (32..127).contains(&byte) { byte as char } else { '?' }).collect()
}

fn main() {
    let args: Vec<OsString> = std::env::args_os().skip(1).collect();
    let is_option = args.first().map_or(false, |first| first.as_bytes().starts_with(b"-"));
    if is_option && !(args[0] == "-c" && args.len() > 1) {
        eprintln!("usage: calc [-c TEXT | FILE] [ARGUMENT...]");
        std::process::exit(2);
    }
    if let Err(error) = (Calculator { modules: Vec::new() }).start(&args) {
        eprintln!("calc: {error}");
        std::process::exit(1);
    }
}
