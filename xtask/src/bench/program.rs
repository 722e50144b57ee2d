//! The programs that are compiled from scratch.

use std::fs;
use std::path::PathBuf;

use anyhow::{Result, anyhow, ensure};
use generator::credentials::clients;
use generator::{Partitions, ServiceConfig, Source};

use super::packages::Bench;

/// A program that lists channels.
#[derive(Clone, Copy)]
pub enum Program {
    Ours,
    OfficialDefault,
    OfficialLean,
    /// With our clients, also below `aws-config`.
    OursThroughout,
}

impl Program {
    pub fn name(self) -> &'static str {
        match self {
            Self::Ours => "program-ours",
            Self::OfficialDefault => "program-official",
            Self::OfficialLean => "program-official-lean",
            Self::OursThroughout => "program-ours-throughout",
        }
    }

    /// Lists channels.
    pub fn main(self) -> String {
        let http_client = match self {
            Self::Ours | Self::OursThroughout => ".http_client(aws_sdk_ivs::default_http_client())",
            Self::OfficialDefault | Self::OfficialLean => "",
        };
        format!(
            r#"#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), aws_sdk_ivs::Error> {{
    let latest = aws_config::BehaviorVersion::latest();
    let config = aws_config::defaults(latest){http_client}.load().await;
    let client = aws_sdk_ivs::Client::new(&config);
    let mut pages = client.list_channels().into_paginator().send();
    while let Some(page) = pages.next().await {{
        for channel in page?.channels() {{
            println!("{{:?}}", channel.arn());
        }}
    }}
    Ok(())
}}
"#
        )
    }

    /// Its dependencies, which have the names of the official crates on both sides.
    pub fn dependencies(self) -> &'static str {
        match self {
            Self::Ours | Self::OursThroughout => {
                "aws-config = { version = \"1\", default-features = false, features = [\"credentials-process\", \"rt-tokio\", \"sso\"] }\n\
                 aws-sdk-ivs = { package = \"client-ivs\", path = \"WORKSPACE/generated/client-ivs\" }\n\
                 tokio = { version = \"1\", features = [\"macros\", \"rt\"] }\n"
            }
            Self::OfficialDefault => {
                "aws-config = \"1\"\n\
                 aws-sdk-ivs = \"1\"\n\
                 tokio = { version = \"1\", features = [\"macros\", \"rt\"] }\n"
            }
            Self::OfficialLean => {
                "aws-config = { version = \"1\", default-features = false, features = [\"credentials-process\", \"default-https-client\", \"rt-tokio\", \"sso\"] }\n\
                 aws-sdk-ivs = { version = \"1\", default-features = false, features = [\"default-https-client\", \"rt-tokio\"] }\n\
                 tokio = { version = \"1\", features = [\"macros\", \"rt\"] }\n"
            }
        }
    }

    /// Writes the program to a folder in which nothing is compiled.
    pub fn lay_out(self, bench: &Bench<'_>) -> Result<PathBuf> {
        let replaced = self.replaced();
        let names: Vec<_> = replaced.iter().map(|(_, it)| &*it.package).collect();
        let patch = names.iter();
        let patch = patch.map(|name| format!("{name} = {{ path = \"patches/{name}\" }}\n"));
        let patch: String = patch.collect();
        let dependencies = format!("{}\n[patch.crates-io]\n{patch}", self.dependencies());
        let folder = bench.package(self.name(), &dependencies, &self.main())?;
        for (model, config) in &replaced {
            generator::generate(model, config, &Partitions::aws())
                .and_then(|client| client.write(folder.join("patches").join(&config.package)))
                .map_err(|problems| anyhow!("{problems}"))?;
        }
        let target = folder.join("target");
        if target.exists() {
            fs::remove_dir_all(target)?;
        }
        if !names.is_empty() {
            // The lock file contains the official crates.
            bench.cargo(&folder, &[&["update", "--offline"], &names[..]].concat())?;
        }
        Ok(folder)
    }

    /// Checks from cargo's messages that it has compiled the right crates.
    pub fn check(self, messages: &str) -> Result<()> {
        for (_, config) in self.replaced() {
            let ServiceConfig {
                package, version, ..
            } = config;
            let is_ours = messages.contains(&format!("Compiling {package} v{version} ("));
            ensure!(is_ours, "{package} is not ours:\n{messages}");
        }
        Ok(())
    }

    /// The clients that replace official crates below `aws-config`.
    fn replaced(self) -> Vec<(Source, ServiceConfig)> {
        match self {
            Self::OursThroughout => clients(&["sso"]),
            Self::Ours | Self::OfficialDefault | Self::OfficialLean => Vec::new(),
        }
    }
}
