//! Members in the path.

use crate::meta;

/// Takes off the prefix that responses give to an id and requests do not want.
pub(crate) fn strip_prefix(id: &mut Option<String>) {
    let Some(text) = id else {
        return;
    };
    let prefixes = meta::LABEL_PREFIXES.iter();
    if let Some(rest) = prefixes.filter_map(|it| text.strip_prefix(it)).next() {
        *id = Some(rest.to_owned());
    }
}
