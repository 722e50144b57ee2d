//! Tests how a client runs its own interceptors.

use aws_smithy_runtime_api::client::interceptors::known_hooks;

/// The part of each client that runs its interceptors as one.
const TEXT: &str = include_str!("../generated/client-ivschat/src/config/kept_plugins.rs");

/// A hook that is missing, or has the mask of another one, would never run.
#[test]
fn every_hook_of_the_runtime_is_passed_on() {
    let words: Vec<_> = TEXT.split_whitespace().collect();
    let text = words.join(" ");
    let hooks: &[&str] = known_hooks!();
    assert!(hooks.len() > 10, "{hooks:?}");
    for hook in hooks {
        let mask = hook.to_uppercase();
        let row = text.contains(&format!(" {hook} {mask}("));
        let written_out = text.contains(&format!("fn {hook}(&self"))
            || text.contains(&format!("fn {hook}( &self"));
        let is_passed_on = written_out && text.contains(&format!("OverriddenHooks::{mask})"));
        assert!(row || is_passed_on, "{hook} is not passed on");
    }
}
