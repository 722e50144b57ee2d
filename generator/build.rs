//! Lists files that are built in, so that no code names the services that they are about.

use std::path::Path;
use std::{env, fs, io};

fn main() -> io::Result<()> {
    list("customizations", "toml", "customizations.rs")?;
    list("../models/credentials", "json", "credentials.rs")
}

/// Writes the list of a folder's files: their names, below the folder's, and their texts.
fn list(folder: &str, extension: &str, list: &str) -> io::Result<()> {
    let package = env::var("CARGO_MANIFEST_DIR").expect("cargo tells where the package is");
    let folder = Path::new(&package).join(folder);
    println!("cargo::rerun-if-changed={}", folder.display());
    let files = fs::read_dir(&folder)?;
    let mut paths = files
        .map(|file| Ok(file?.path()))
        .collect::<io::Result<Vec<_>>>()?;
    paths.retain(|path| path.extension().is_some_and(|it| it == extension));
    paths.sort();
    let folder = folder.file_name().unwrap_or_default().to_string_lossy();
    let rows = paths.iter().map(|path| {
        let name = path.file_name().unwrap_or_default().to_string_lossy();
        let path = path.to_string_lossy();
        format!("(\"{folder}/{name}\", include_str!({path:?})),\n")
    });
    let text = format!("[\n{}]\n", rows.collect::<String>());
    let out = env::var("OUT_DIR").expect("cargo tells where output goes");
    fs::write(Path::new(&out).join(list), text)
}
