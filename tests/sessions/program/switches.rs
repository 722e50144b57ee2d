//! Ways to disable sessions.

use std::env;
use std::process::Command;

use aws_types::SdkConfig;
use aws_types::service_config::{LoadServiceConfig, ServiceConfigKey};
use sessions::config::{BehaviorVersion, Region, SharedCredentialsProvider};
use sessions::{Client, Config};

use crate::get;
use crate::server::{Server, caller};

const VARIABLE: &str = "PANTRY_WITHOUT_SESSIONS";

const IN_SESSION: &[&str] = &["/open/my--x CALLER", "/cellars/my--x/a SESSION1"];
const WITHOUT: &[&str] = &["/cellars/my--x/a CALLER"];

/// An environment and a profile with these settings of sessions.
#[derive(Debug)]
struct Profile(&'static str);

impl LoadServiceConfig for Profile {
    fn load_config(&self, key: ServiceConfigKey<'_>) -> Option<String> {
        let is_meant = (key.env(), key.profile()) == (VARIABLE, "pantry_without_sessions");
        is_meant.then(|| self.0.to_owned())
    }
}

pub async fn sessions_can_be_done_without() {
    let server = Server::start();
    let config = || server.config().0;
    for (without, expected) in [(true, WITHOUT), (false, IN_SESSION)] {
        let server = Server::start();
        let config = server.config().0.without_sessions(without);
        get(&Client::from_conf(config.build()), "my--x").await;
        assert_eq!(server.calls(), expected);
    }
    // For a single call.
    let client = Client::from_conf(config().build());
    let call = client.get_thing().cellar("my--x").name("a").customize();
    let call = call.config_override(Config::builder().without_sessions(true));
    call.send().await.expect("it is a call");
    assert_eq!(server.calls(), WITHOUT);
    of_profiles().await;
    of_environments();
}

/// The configuration of a program, as `aws-config` loads it.
fn configured(server: &Server, said: Option<&'static str>) -> SdkConfig {
    let credentials = SharedCredentialsProvider::new(caller("CALLER"));
    let mut builder = SdkConfig::builder()
        .behavior_version(BehaviorVersion::latest())
        .region(Region::new("us-west-2"))
        .endpoint_url(server.url())
        .credentials_provider(credentials);
    builder.set_service_config(said.map(Profile));
    builder.build()
}

async fn of_profiles() {
    let cases = [
        (None, IN_SESSION),
        (Some("true"), WITHOUT),
        (Some("True"), WITHOUT),
        (Some("false"), IN_SESSION),
        (Some("perhaps"), IN_SESSION),
    ];
    for (said, expected) in cases {
        let server = Server::start();
        get(&Client::new(&configured(&server, said)), "my--x").await;
        assert_eq!(server.calls(), expected, "{said:?}");
    }
    // Settings in code come first.
    let server = Server::start();
    let config = sessions::config::Builder::from(&configured(&server, Some("true")));
    let config = config.without_sessions(false);
    get(&Client::from_conf(config.build()), "my--x").await;
    assert_eq!(server.calls(), IN_SESSION);
}

fn of_environments() {
    let cases = [
        ("true", "1 CALLER, 2 SESSION1"),
        ("TRUE", "1 CALLER, 2 SESSION1"),
        ("false", "1 SESSION1, 2 SESSION1"),
        ("perhaps", "1 SESSION1, 2 SESSION1"),
    ];
    for (said, expected) in cases {
        let program = env::current_exe().expect("it runs");
        let output = Command::new(program)
            .arg("here")
            .env(VARIABLE, said)
            .output();
        let output = output.expect("it can be run");
        let text = String::from_utf8_lossy(&output.stdout);
        assert_eq!(text.trim(), expected, "{said}: {output:?}");
    }
}

/// The credentials of a call by a client that is configured in code alone, and by one that enables
/// sessions regardless of the environment.
pub async fn what_is_called_in_this_environment() {
    let mut said = Vec::new();
    for number in 1..=2 {
        let server = Server::start();
        let mut config = server.config().0;
        if number == 2 {
            config.set_without_sessions(Some(false));
        }
        get(&Client::from_conf(config.build()), "my--x").await;
        let call = server.calls().pop().expect("it is a call");
        let caller = call.rsplit(' ').next().expect("there is one").to_owned();
        said.push(format!("{number} {caller}"));
    }
    println!("{}", said.join(", "));
}
