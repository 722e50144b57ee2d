//! Queries and changes of a model for customizations.

use super::names::members;
use crate::config::SIGNED_AS;
use crate::smithy::{Assembled, AstMember, ShapeId};

/// The parameter of the endpoint rules that a member sets.
pub(super) fn context_param(member: &AstMember) -> Option<String> {
    let traits = member.traits.as_ref()?;
    let name = traits.get("smithy.rules#contextParam")?.get("name")?;
    Some(name.as_str()?.to_owned())
}

impl Assembled<'_> {
    /// The names of the service in tables: its shape id, its SDK id and its signing name.
    pub(super) fn names(&self) -> Vec<String> {
        let id = self.service();
        let traits = self.shape(id).and_then(|it| it.traits.as_ref());
        let sdk_id = traits.and_then(|it| Some(it.aws_service()?.sdk_id));
        let signing = traits.and_then(|it| it.sigv4_name());
        let signing = signing.map(|name| format!("{SIGNED_AS}{name}"));
        [Some(id.to_string()), sdk_id, signing]
            .into_iter()
            .flatten()
            .collect()
    }

    /// Whether a member of an operation's input sets a parameter of the endpoint rules.
    pub(crate) fn binds(&self, operation: &ShapeId, parameter: &str) -> bool {
        let input = self.shape(operation).and_then(|it| it.input.as_ref());
        let input = input.and_then(|input| self.shape(&input.target));
        let mut members = input
            .and_then(|it| it.members.as_ref())
            .into_iter()
            .flatten();
        members.any(|(_, member)| context_param(member).as_deref() == Some(parameter))
    }

    /// A member of a structure.
    pub(super) fn structure_member(&self, id: &ShapeId) -> Option<&AstMember> {
        let structure = self.shape(&id.without_member())?;
        structure.members.as_ref()?.get(id.member()?)
    }

    /// The parameter of the endpoint rules for the URL in the client's configuration.
    pub(super) fn endpoint_parameter(&self) -> String {
        let service = self.shape(self.service()).and_then(|it| it.traits.as_ref());
        let forms = ["smithy.rules#endpointRuleSet", "smithy.rules#endpointBdd"];
        let rules = forms.iter().find_map(|form| service?.get(form));
        let parameters = rules.and_then(|rules| rules.get("parameters")?.as_object());
        let mut parameters = parameters.into_iter().flatten();
        let found = parameters.find(|(_, parameter)| parameter["builtIn"] == "SDK::Endpoint");
        found.map_or_else(|| "Endpoint".to_owned(), |(name, _)| name.clone())
    }

    /// Removes the host prefix of an operation.
    pub(super) fn remove_host_prefix(&mut self, operation: &ShapeId) {
        self.remove_trait(operation, "smithy.api#endpoint");
        let input = self.shape(operation).and_then(|it| it.input.as_ref());
        let Some(input) = input.map(|input| input.target.clone()) else {
            return;
        };
        let members = self.shape(&input).and_then(|it| it.members.as_ref());
        let names: Vec<_> = members
            .into_iter()
            .flat_map(|it| it.keys().cloned())
            .collect();
        for name in names {
            self.remove_trait(&input.with_member(&name), "smithy.api#hostLabel");
        }
    }

    /// Removes a `@default` from a member, or from a shape and all members that target it.
    pub(super) fn remove_default(&mut self, id: &ShapeId) {
        let mut ids = vec![id.clone()];
        if id.member().is_none() {
            ids.extend(members(self, |member| member.target == *id));
        }
        for id in ids {
            self.remove_trait(&id, "smithy.api#default");
        }
    }
}
