//! Which version comes next.

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
    /// What breaks users is a major release. As long as the first number is 0 it is a minor one:
    /// cargo takes those for incompatible. A version without a number is none of the kind.
    pub fn of(severities: impl IntoIterator<Item = Severity>, version: &str) -> Self {
        let is_unstable = numbers(version).is_some_and(|[major, ..]| major == 0);
        let of_one = |severity| match severity {
            Severity::Compile | Severity::Runtime if is_unstable => Bump::Minor,
            Severity::Compile | Severity::Runtime => Bump::Major,
            Severity::Behaviour | Severity::Addition => Bump::Minor,
            Severity::Constraint | Severity::Documentation => Bump::Patch,
        };
        severities
            .into_iter()
            .map(of_one)
            .max()
            .unwrap_or(Bump::None)
    }

    /// The next version; `None` if there is nothing to release, or `version` has not three numbers.
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
        let rows: [(&[Severity], Bump, Bump); 9] = [
            (&[], Bump::None, Bump::None),
            (&[Documentation], Bump::Patch, Bump::Patch),
            (&[Constraint, Documentation], Bump::Patch, Bump::Patch),
            (&[Addition], Bump::Minor, Bump::Minor),
            (&[Behaviour], Bump::Minor, Bump::Minor),
            (&[Documentation, Addition, Constraint], Bump::Minor, Bump::Minor),
            (&[Runtime], Bump::Major, Bump::Minor),
            (&[Compile], Bump::Major, Bump::Minor),
            (&[Documentation, Addition, Compile, Behaviour], Bump::Major, Bump::Minor),
        ];
        for (severities, stable, unstable) in rows {
            let of = |version| Bump::of(severities.iter().copied(), version);
            assert_eq!(of("1.2.3"), stable, "{severities:?}");
            assert_eq!(of("0.2.3"), unstable, "{severities:?}");
            assert_eq!(of("no version"), stable, "{severities:?}");
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
