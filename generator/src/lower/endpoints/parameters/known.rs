//! The parameters of a rule set, some of which may be wrong.

use std::ops::Deref;

use crate::ir::endpoints::EndpointParameter;

/// The valid parameters of a rule set, and the names of the others.
#[derive(Debug)]
pub(in crate::lower) struct Parameters {
    pub(super) sound: Vec<EndpointParameter>,
    /// The names of wrong parameters; `None` if they are unknown.
    pub(super) broken: Option<Vec<String>>,
}

impl Deref for Parameters {
    type Target = [EndpointParameter];

    fn deref(&self) -> &Self::Target {
        &self.sound
    }
}

impl Parameters {
    /// Parameters without problems.
    pub(in crate::lower::endpoints) fn of(sound: Vec<EndpointParameter>) -> Self {
        Self {
            sound,
            broken: Some(Vec::new()),
        }
    }

    /// The wrong parameters, whose uses cannot be checked.
    pub(in crate::lower::endpoints) fn broken(&self) -> Option<&[String]> {
        self.broken.as_deref()
    }

    /// Whether there is definitely no parameter with a name.
    pub(in crate::lower::endpoints) fn lack(&self, name: &str) -> bool {
        let mut sound = self.sound.iter();
        !sound.any(|parameter| parameter.name == name)
            && self
                .broken()
                .is_some_and(|broken| !broken.iter().any(|broken| broken == name))
    }

    /// The remedy for a name that no parameter has.
    pub(in crate::lower::endpoints) fn mend_name(&self, name: &str) -> String {
        super::mend_name(name, self.sound.iter().map(|it| it.name.as_str()))
    }
}
