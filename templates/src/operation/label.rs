//! Members in the path.

use crate::meta;

/// Removes the prefix that ids have in responses and must not have in requests.
pub(crate) fn strip_prefix(id: &mut Option<String>) {
    let Some(text) = id else {
        return;
    };
    let prefixes = meta::LABEL_PREFIXES.iter();
    if let Some(rest) = prefixes.filter_map(|it| text.strip_prefix(it)).next() {
        *id = Some(rest.to_owned());
    }
}
