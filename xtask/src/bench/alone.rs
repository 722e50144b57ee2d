//! Compiles a crate without the rest of a program.

use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context as _, Result, bail};

use super::machine;
use super::packages::Bench;

/// A crate that is compiled repeatedly, with features.
pub struct Alone {
    /// The package that depends only on it.
    pub name: String,
    /// The crate.
    pub package: String,
    /// The dependency as a line of that package's manifest.
    pub dependency: String,
}

impl Alone {
    /// A crate with these features and without its default ones. `source` is its source, such as
    /// `version = "1"`.
    pub fn new(name: &str, package: &str, source: &str, features: &[&str]) -> Self {
        let features = features.join("\", \"");
        Self {
            name: name.to_owned(),
            package: package.to_owned(),
            dependency: format!(
                "{package} = {{ {source}, default-features = false, features = [\"{features}\"] }}\n"
            ),
        }
    }

    /// Compiles crates in turn, from scratch, each the given number of times, and returns the CPU
    /// seconds of each time. Their dependencies are compiled once before.
    pub fn compile(
        subjects: &[(&Self, usize)],
        bench: &Bench<'_>,
        arguments: &[&str],
    ) -> Result<Vec<Vec<f64>>> {
        let target = bench.target.join("alone");
        let mut folders = Vec::new();
        for (subject, _) in subjects {
            let folder = subject.lay_out(bench)?;
            let dependencies = dependencies(&folder, &subject.package)?;
            let build = with_packages(arguments, &dependencies);
            bench.cargo_into(&folder, &target, &build)?;
            folders.push(folder);
        }
        let rounds = subjects.iter().map(|(_, runs)| *runs).max().unwrap_or(0);
        let mut all = vec![Vec::new(); subjects.len()];
        for round in 0..rounds {
            for (((subject, runs), folder), times) in subjects.iter().zip(&folders).zip(&mut all) {
                if round < *runs {
                    times.push(subject.once(bench, folder, &target, arguments)?);
                }
            }
        }
        Ok(all)
    }

    /// Writes the package that depends on it.
    pub fn lay_out(&self, bench: &Bench<'_>) -> Result<PathBuf> {
        bench.package(&self.name, &self.dependency, "fn main() {}\n")
    }

    fn once(
        &self,
        bench: &Bench<'_>,
        folder: &Path,
        target: &Path,
        arguments: &[&str],
    ) -> Result<f64> {
        let profile = arguments.iter().filter(|it| it.starts_with("--"));
        let clean: Vec<_> = ["clean"].iter().chain(profile).copied().collect();
        let [clean, build] = [&clean, arguments].map(|it| with_packages(it, [&self.package]));
        // The first time may also compile a dependency for the host.
        for _ in 0..2 {
            bench.cargo_into(folder, target, &clean)?;
            let cost = bench.cargo_into(folder, target, &build)?;
            if compiled(&cost.messages).count() == 1 {
                return Ok(cost.cpu);
            }
        }
        bail!("{} is never compiled alone", self.package)
    }
}

/// The lines in which cargo prints what it compiles.
pub fn compiled(messages: &str) -> impl Iterator<Item = &str> {
    let lines = messages.lines().map(str::trim_start);
    lines.filter(|line| line.starts_with("Compiling ") || line.starts_with("Checking "))
}

/// The direct dependencies of a crate: `tracing@0.1.41`.
fn dependencies(folder: &Path, package: &str) -> Result<Vec<String>> {
    let tree = machine::output(Command::new("cargo").current_dir(folder).args([
        "tree",
        "--package",
        package,
        "--depth=1",
        "--edges=normal,build",
        "--prefix=none",
    ]))?;
    let dependencies = tree.lines().skip(1).map(|line| {
        let mut words = line.split(' ');
        let (name, version) = (words.next()?, words.next()?.strip_prefix('v')?);
        Some(format!("{name}@{version}"))
    });
    let dependencies: Option<Vec<_>> = dependencies.collect();
    dependencies.with_context(|| format!("cargo says otherwise what {package} needs:\n{tree}"))
}

fn with_packages<'a>(
    arguments: &[&'a str],
    packages: impl IntoIterator<Item = &'a String>,
) -> Vec<&'a str> {
    let packages = packages.into_iter();
    let packages = packages.flat_map(|package| ["--package", package.as_str()]);
    arguments.iter().copied().chain(packages).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_cargo_compiles() {
        let messages = "    Updating crates.io index\n   Compiling a v1.0.0\n    Checking b v1.0.0\n\
                        \x20   Finished `dev` profile\n";
        let compiled: Vec<_> = compiled(messages).collect();
        assert_eq!(compiled, ["Compiling a v1.0.0", "Checking b v1.0.0"]);
    }
}
