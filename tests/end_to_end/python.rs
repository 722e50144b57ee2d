//! A Python with moto and botocore.
//!
//! The first test that needs it creates a virtual environment in cargo's target folder, which later
//! runs reuse.

use std::fs::{self, File};
use std::io::{self, Write as _};
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::sync::OnceLock;
use std::thread;

use workspace_tests::workspace;

const REQUIREMENTS: &str = include_str!("requirements.txt");

/// The interpreter of the virtual environment, or why there is none.
pub fn python() -> Result<PathBuf, String> {
    static PYTHON: OnceLock<Result<PathBuf, String>> = OnceLock::new();
    PYTHON.get_or_init(install).clone()
}

/// Returns what a test needs. If that is not available, prints the reason and returns `None`: the
/// test is skipped. With `REQUIRE_MOTO=1` it fails instead.
pub fn or_left_out<T>(needed: Result<T, String>) -> Option<T> {
    let reason = match needed {
        Ok(needed) => return Some(needed),
        Err(reason) => reason,
    };
    let is_required = std::env::var("REQUIRE_MOTO").is_ok_and(|value| value == "1");
    assert!(!is_required, "REQUIRE_MOTO is set, and {reason}");
    let test = thread::current().name().unwrap_or("a test").to_owned();
    // Unlike `eprintln!`, this is shown without `--nocapture`, too.
    let _ = writeln!(io::stderr(), "left out: {test}, because {reason}");
    None
}

fn install() -> Result<PathBuf, String> {
    let target = Path::new(env!("CARGO_TARGET_TMPDIR"))
        .parent()
        .ok_or("cargo's target folder is not known")?;
    let venv = target.join(".venv");
    let python = venv.join(if cfg!(windows) {
        "Scripts/python.exe"
    } else {
        "bin/python"
    });
    // Another run of the tests may be installing it.
    let lock = File::create(target.join(".venv.lock")).map_err(|error| error.to_string())?;
    lock.lock().map_err(|error| error.to_string())?;
    // Written last, so that an interrupted installation does not look complete.
    let installed = venv.join("installed.txt");
    if fs::read_to_string(&installed).is_ok_and(|text| text == REQUIREMENTS) && python.exists() {
        return Ok(python);
    }
    run(Command::new("python3")
        .args(["-m", "venv", "--clear"])
        .arg(&venv))?;
    run(Command::new(&python)
        .args(["-m", "pip", "install", "--quiet", "--no-input"])
        .args(["--disable-pip-version-check", "--retries", "2"])
        .arg("--requirement")
        .arg(workspace("tests/end_to_end/requirements.txt")))?;
    fs::write(&installed, REQUIREMENTS).map_err(|error| error.to_string())?;
    Ok(python)
}

fn run(command: &mut Command) -> Result<(), String> {
    let name = command.get_program().display().to_string();
    let failed = |error: &str| format!("moto cannot be installed: `{name}`: {error}");
    let output = command
        .stdin(Stdio::null())
        .output()
        .map_err(|error| failed(&error.to_string()))?;
    if output.status.success() {
        return Ok(());
    }
    let error = String::from_utf8_lossy(&output.stderr);
    Err(failed(error.lines().last().unwrap_or("it failed")))
}
