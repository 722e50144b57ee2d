//! [moto](https://docs.getmoto.org)'s server, which plays IVS.
//!
//! It is a Python program. The first test that wants it installs it into a virtual environment in
//! cargo's target folder, where later runs find it.

use std::fs::{self, File};
use std::io::{self, BufRead, BufReader, Write};
use std::path::{Path, PathBuf};
use std::process::{Child, ChildStdout, Command, Stdio};
use std::sync::{Arc, Mutex, OnceLock, PoisonError, Weak, mpsc};
use std::thread;
use std::time::Duration;

use workspace_tests::workspace;

const REQUIREMENTS: &str = include_str!("requirements.txt");

/// How long the server may take to start, on a machine that is busy.
const START: Duration = Duration::from_secs(120);

/// A running server. It is stopped when the last test that uses it drops it.
pub struct Moto {
    process: Child,
    url: String,
}

impl Moto {
    pub fn url(&self) -> &str {
        &self.url
    }
}

impl Drop for Moto {
    fn drop(&mut self) {
        // It may have ended by itself, and then there is nothing to do.
        let _ = self.process.kill();
        let _ = self.process.wait();
    }
}

/// Returns the server that all tests share, and starts it if it does not run.
///
/// Where it cannot be installed this says so and returns nothing: the test is left out. With
/// `REQUIRE_MOTO=1` it fails instead.
pub fn moto() -> Option<Arc<Moto>> {
    let reason = match shared() {
        Ok(moto) => return Some(moto),
        Err(reason) => reason,
    };
    let is_required = std::env::var("REQUIRE_MOTO").is_ok_and(|value| value == "1");
    assert!(!is_required, "REQUIRE_MOTO is set, and {reason}");
    let test = thread::current().name().unwrap_or("a test").to_owned();
    // Unlike `eprintln!` this is seen without `--nocapture` too.
    let _ = writeln!(io::stderr(), "left out: {test}, because {reason}");
    None
}

fn shared() -> Result<Arc<Moto>, String> {
    static SHARED: Mutex<Weak<Moto>> = Mutex::new(Weak::new());
    static PYTHON: OnceLock<Result<PathBuf, String>> = OnceLock::new();

    let mut shared = SHARED.lock().unwrap_or_else(PoisonError::into_inner);
    if let Some(moto) = shared.upgrade() {
        return Ok(moto);
    }
    let python = PYTHON.get_or_init(install).clone()?;
    let moto = Arc::new(start(&python)?);
    *shared = Arc::downgrade(&moto);
    Ok(moto)
}

fn start(python: &Path) -> Result<Moto, String> {
    let path = Path::new(env!("CARGO_TARGET_TMPDIR")).join("moto.log");
    let failed = |error: io::Error| {
        let path = path.display();
        format!("moto's server cannot be started: {error}; it may have said more in {path}")
    };
    let log = File::create(&path).map_err(failed)?;
    let mut process = Command::new(python)
        .arg(workspace("tests/end_to_end/serve_moto.py"))
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(log)
        .spawn()
        .map_err(failed)?;
    let stdout = process.stdout.take();
    // From here on the process is stopped whatever happens.
    let mut moto = Moto {
        process,
        url: String::new(),
    };
    let stdout = stdout.ok_or("moto's server has no standard output")?;
    moto.url = first_line(stdout).map_err(failed)?;
    Ok(moto)
}

/// Waits for the line that the server prints once it listens.
fn first_line(stdout: ChildStdout) -> io::Result<String> {
    let (sender, receiver) = mpsc::channel();
    thread::spawn(move || {
        let mut line = String::new();
        let read = BufReader::new(stdout).read_line(&mut line);
        // Nobody listens any more if it took too long.
        let _ = sender.send(read.map(|_| line));
    });
    let line = receiver
        .recv_timeout(START)
        .map_err(|_| io::Error::from(io::ErrorKind::TimedOut))??;
    match line.trim() {
        "" => Err(io::ErrorKind::UnexpectedEof.into()),
        url => Ok(url.to_owned()),
    }
}

/// Returns a Python that has moto.
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
    // Another run of the tests may be installing just now.
    let lock = File::create(target.join(".venv.lock")).map_err(|error| error.to_string())?;
    lock.lock().map_err(|error| error.to_string())?;
    // Written last, so that an interrupted installation is not taken for a whole one.
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
