//! Members that must be set before a call is made.

use super::Lowering;
use crate::ir::{Needed, RequiredBinding};
use crate::lower::endpoints;
use crate::names::FieldName;
use crate::smithy::{Kind, Member};

impl Lowering<'_> {
    /// Members of the endpoint, then labels in the order of the path, then query parameters and
    /// host labels.
    pub(super) fn required(&self) -> Vec<RequiredBinding> {
        let uri = self
            .operation
            .traits
            .http()
            .map(|http| http.uri)
            .unwrap_or_default();
        let position = |member: &Member| {
            let label = [
                format!("{{{}}}", member.name),
                format!("{{{}+}}", member.name),
            ];
            label
                .iter()
                .filter_map(|label| uri.find(label.as_str()))
                .min()
        };
        let is_of_endpoint = |member: &&Member| endpoints::is_needed(member, self.parameters);
        let binds = self.protocol.binds_to_http;
        let labels = self.members();
        let labels = labels.filter(|member| binds && member.traits.http_label());
        let mut labels: Vec<_> = labels.collect();
        labels.sort_by_key(|member| position(member));
        let others = self.members().filter(|member| {
            let query = member.traits.http_query().is_some() && member.traits.required();
            query && binds || member.traits.host_label()
        });
        let mut required: Vec<RequiredBinding> = Vec::new();
        let of_endpoint = self.members().filter(is_of_endpoint);
        for member in of_endpoint.chain(labels).chain(others) {
            let field = FieldName::new(member.rust_name());
            if required.iter().all(|binding| binding.field != field) {
                let needed = self.needed(member, is_of_endpoint(&member));
                required.push(RequiredBinding { field, needed });
            }
        }
        required
    }

    fn needed(&self, member: &Member, is_of_endpoint: bool) -> Needed {
        match self.context.model.target(member).kind {
            Kind::String | Kind::Enum(_) if is_of_endpoint => Needed::NotBlank,
            Kind::String => Needed::NotEmpty,
            // As in the official crates, a query parameter may be an enum with an empty string.
            Kind::Enum(_) if member.traits.http_label() || member.traits.host_label() => {
                Needed::NotEmpty
            }
            _ => Needed::Set,
        }
    }
}
