//! What is known of the parameters of a rule set, some of which may be wrong.

use std::ops::Deref;

use crate::ir::endpoints::EndpointParameter;

/// The parameters of a rule set that are as they should be, and what is known of the others.
#[derive(Debug)]
pub(in crate::lower) struct Parameters {
    pub(super) sound: Vec<EndpointParameter>,
    /// The names of those that something is wrong with; `None` if not even that is known.
    pub(super) broken: Option<Vec<String>>,
}

impl Deref for Parameters {
    type Target = [EndpointParameter];

    fn deref(&self) -> &Self::Target {
        &self.sound
    }
}

impl Parameters {
    /// Parameters that nothing is wrong with.
    pub(in crate::lower::endpoints) fn of(sound: Vec<EndpointParameter>) -> Self {
        Self {
            sound,
            broken: Some(Vec::new()),
        }
    }

    /// Those that something is wrong with: whatever uses them cannot be judged.
    pub(in crate::lower::endpoints) fn broken(&self) -> Option<&[String]> {
        self.broken.as_deref()
    }

    /// Whether there is certainly no parameter with a name.
    pub(in crate::lower::endpoints) fn lack(&self, name: &str) -> bool {
        let mut sound = self.sound.iter();
        !sound.any(|parameter| parameter.name == name)
            && self
                .broken()
                .is_some_and(|broken| !broken.iter().any(|broken| broken == name))
    }

    /// What helps against a name that none of them has.
    pub(in crate::lower::endpoints) fn mend_name(&self, name: &str) -> String {
        super::mend_name(name, self.sound.iter().map(|it| it.name.as_str()))
    }
}
