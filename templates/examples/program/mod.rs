//! Code that the programs in this folder share: how they reach AWS, and how they end.

use std::error::Error;
use std::iter::successors;
use std::process::ExitCode;

use aws_config::{BehaviorVersion, ConfigLoader, Region};

// No documentation: clap would use it as that of the program.
#[derive(clap::Args)]
#[command(next_help_heading = "AWS")]
pub struct Aws {
    /// Region to use, such as us-west-2
    #[arg(long, global = true)]
    region: Option<String>,

    /// Profile of the AWS CLI to use
    #[arg(long, value_name = "NAME", global = true)]
    profile: Option<String>,

    /// Send requests to this URL instead of the region's endpoint
    #[arg(long, value_name = "URL", global = true)]
    endpoint_url: Option<String>,
}

impl Aws {
    /// Loads the configuration. Settings without an option come from the same places as those of
    /// the AWS CLI: the environment, the profile, and the machine.
    pub fn config(self) -> ConfigLoader {
        let mut config = aws_config::defaults(BehaviorVersion::latest());
        if let Some(region) = self.region {
            config = config.region(Region::new(region));
        }
        if let Some(profile) = self.profile {
            config = config.profile_name(profile);
        }
        if let Some(endpoint_url) = self.endpoint_url {
            config = config.endpoint_url(endpoint_url);
        }
        config
    }
}

/// Ends a program: with success, or with an error and its causes on standard error.
pub fn end(result: Result<(), Box<dyn Error>>) -> ExitCode {
    let Err(error) = result else {
        return ExitCode::SUCCESS;
    };
    // `Display` of an error leaves out its causes, which say most.
    let causes = successors(error.source(), |&cause| cause.source());
    let causes: String = causes.map(|cause| format!(": {cause}")).collect();
    eprintln!("error: {error}{causes}");
    ExitCode::FAILURE
}
