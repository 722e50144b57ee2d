//! The next version.

use std::fmt;

use super::Severity;
use crate::config::numbers;

/// The part of a version that a release has to raise; see <https://semver.org>.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Bump {
    /// There is nothing to release.
    None,
    /// The third number.
    Patch,
    /// The second number.
    Minor,
    /// The first number.
    Major,
}

impl Bump {
    /// The bump for changes of these severities to a client of this version.
    ///
    /// Breaking changes raise the number that makes versions incompatible for cargo: the first that
    /// is not zero. Compatible changes raise a number after that one, if there is one. A version
    /// without numbers is treated as stable.
    pub fn of(severities: impl IntoIterator<Item = Severity>, version: &str) -> Self {
        let (breaking, compatible) = match numbers(version) {
            Some([0, 0, _]) => (Bump::Patch, Bump::Patch),
            Some([0, ..]) => (Bump::Minor, Bump::Patch),
            _ => (Bump::Major, Bump::Minor),
        };
        let of_one = |severity| match severity {
            Severity::Compile | Severity::Runtime => breaking,
            Severity::Behaviour | Severity::Addition => compatible,
            Severity::Constraint | Severity::Documentation => Bump::Patch,
            Severity::Model => Bump::None,
        };
        severities
            .into_iter()
            .map(of_one)
            .max()
            .unwrap_or(Bump::None)
    }

    /// The next version; `None` if there is nothing to release, or `version` does not have three
    /// numbers.
    pub fn apply(self, version: &str) -> Option<String> {
        let [major, minor, patch] = numbers(version)?;
        match self {
            Bump::None => None,
            Bump::Patch => Some(format!("{major}.{minor}.{}", patch + 1)),
            Bump::Minor => Some(format!("{major}.{}.0", minor + 1)),
            Bump::Major => Some(format!("{}.0.0", major + 1)),
        }
    }
}

impl fmt::Display for Bump {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Bump::None => "none",
            Bump::Patch => "patch",
            Bump::Minor => "minor",
            Bump::Major => "major",
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_worst_change_decides() {
        use Severity::*;
        #[rustfmt::skip]
        let rows: [(&[Severity], Bump, Bump, Bump); 10] = [
            (&[], Bump::None, Bump::None, Bump::None),
            (&[Model], Bump::None, Bump::None, Bump::None),
            (&[Documentation], Bump::Patch, Bump::Patch, Bump::Patch),
            (&[Constraint, Documentation], Bump::Patch, Bump::Patch, Bump::Patch),
            (&[Addition], Bump::Minor, Bump::Patch, Bump::Patch),
            (&[Behaviour], Bump::Minor, Bump::Patch, Bump::Patch),
            (&[Documentation, Addition, Constraint], Bump::Minor, Bump::Patch, Bump::Patch),
            (&[Runtime], Bump::Major, Bump::Minor, Bump::Patch),
            (&[Compile], Bump::Major, Bump::Minor, Bump::Patch),
            (&[Documentation, Addition, Compile, Behaviour], Bump::Major, Bump::Minor, Bump::Patch),
        ];
        for (severities, stable, unstable, fresh) in rows {
            let of = |version| Bump::of(severities.iter().copied(), version);
            assert_eq!(of("1.2.3"), stable, "{severities:?}");
            assert_eq!(of("0.2.3"), unstable, "{severities:?}");
            assert_eq!(of("0.0.3"), fresh, "{severities:?}");
            assert_eq!(of("no version"), stable, "{severities:?}");
        }
    }

    /// Cargo's rule: versions are compatible if the first number that is not 0 is the same.
    #[test]
    fn cargo_takes_the_next_version_for_what_it_is() {
        let compatible = |one: &str, other: &str| {
            let line = |version: &str| match numbers(version).expect("three numbers") {
                [0, 0, patch] => [0, 0, patch],
                [0, minor, _] => [0, minor, 0],
                [major, ..] => [major, 0, 0],
            };
            line(one) == line(other)
        };
        for version in ["1.2.3", "2.0.0", "0.1.0", "0.2.7"] {
            for severity in Severity::ALL {
                let bump = Bump::of([severity], version);
                let Some(next) = bump.apply(version) else {
                    continue;
                };
                assert_eq!(
                    compatible(version, &next),
                    !severity.is_breaking(),
                    "{severity:?}: {version} -> {next}"
                );
            }
        }
    }

    #[test]
    fn lower_numbers_begin_again() {
        let rows = [
            (Bump::None, "1.2.3", None),
            (Bump::Patch, "1.2.3", Some("1.2.4")),
            (Bump::Minor, "1.2.3", Some("1.3.0")),
            (Bump::Major, "1.2.3", Some("2.0.0")),
            (Bump::Minor, "0.9.9-rc.1+build", Some("0.10.0")),
            (Bump::Minor, "1.2", None),
        ];
        for (bump, version, next) in rows {
            assert_eq!(bump.apply(version).as_deref(), next, "{bump} of {version}");
        }
    }
}
