//! The smallest program that calls a service.

use std::fs;

use anyhow::{Context as _, Result};

use super::pair::Pair;
use crate::bench::packages::Bench;

/// The size in bytes of a program with our client, and of one with the official crate in its
/// leanest configuration: release, without symbols.
pub(super) fn sizes(pair: &Pair, bench: &Bench<'_>) -> Result<[u64; 2]> {
    let ours = format!(
        "{}sdk = {{ package = {:?}, path = {:?} }}\n",
        around(""),
        pair.ours.package,
        pair.folders[0].to_string_lossy(),
    );
    let official = format!(
        "{}sdk = {{ package = {:?}, version = \"={}\", default-features = false, \
         features = [\"default-https-client\", \"rt-tokio\"] }}\n",
        around("\"default-https-client\", "),
        pair.name,
        pair.version,
    );
    let http_client = ".http_client(sdk::default_http_client())";
    Ok([
        size(pair, bench, "ours", &ours, http_client)?,
        size(pair, bench, "official", &official, "")?,
    ])
}

/// The other dependencies of a program, the same as in the program that lists channels.
fn around(https: &str) -> String {
    format!(
        "aws-config = {{ version = \"1\", default-features = false, \
         features = [{https}\"credentials-process\", \"rt-tokio\", \"sso\"] }}\n\
         tokio = {{ version = \"1\", features = [\"macros\", \"rt\"] }}\n"
    )
}

/// Compiles a program in release.
fn size(
    pair: &Pair,
    bench: &Bench<'_>,
    side: &str,
    dependencies: &str,
    http_client: &str,
) -> Result<u64> {
    let call = &pair.first_call;
    let main = format!(
        r#"#[tokio::main(flavor = "current_thread")]
async fn main() {{
    let latest = aws_config::BehaviorVersion::latest();
    let config = aws_config::defaults(latest){http_client}.load().await;
    println!("{{:?}}", sdk::Client::new(&config).{call}().send().await);
}}
"#
    );
    let name = format!("smallest-{side}-{}", pair.name);
    let folder = bench.package(&name, dependencies, &main)?;
    let target = bench.target.join("smallest");
    bench.cargo_into(&folder, &target, &["build", "--release"])?;
    let program = target.join("release").join(&name);
    let file = fs::metadata(&program).with_context(|| format!("no {}", program.display()))?;
    Ok(file.len())
}
