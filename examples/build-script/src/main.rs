//! Calls a service whose client the build script has generated.
//!
//! The service is in this program, too, and answers one request.

// A client does not mind how strict the crate is about its own code.
#![deny(
    missing_docs,
    rust_2018_idioms,
    unreachable_pub,
    unused,
    unused_qualifications
)]

include!(concat!(env!("OUT_DIR"), "/weather/mod.rs"));

use std::error::Error;

use weather::Client;
use weather::config::{BehaviorVersion, Config};

mod server;

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), Box<dyn Error>> {
    let server = server::answering(200, r#"{ "celsius": 21.5, "sky": "clear" }"#)?;
    let forecast = client(&server.url)
        .get_forecast()
        .city("Paris")
        .send()
        .await?;
    println!("{:?} °C, {:?}", forecast.celsius(), forecast.sky());
    print!("The request was:\n{}", server.request());
    Ok(())
}

fn client(url: &str) -> Client {
    let config = Config::builder()
        .behavior_version(BehaviorVersion::latest())
        .endpoint_url(url);
    Client::from_conf(config.build())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::weather::error::ProvideErrorMetadata;
    use crate::weather::types::Sky;

    #[tokio::test]
    async fn the_client_calls_and_reads_the_answer() {
        let server = server::answering(200, r#"{ "celsius": 8.0, "sky": "rain" }"#).unwrap();
        let call = client(&server.url).get_forecast().city("Den Haag");
        let forecast = call.send().await.unwrap();
        assert_eq!(forecast.celsius(), Some(8.0));
        assert_eq!(forecast.sky(), Some(&Sky::Rain));
        let request = server.request();
        assert!(
            request.starts_with("GET /cities/Den%20Haag/forecast HTTP/1.1\r\n"),
            "{request}"
        );
    }

    #[tokio::test]
    async fn errors_are_those_of_the_model() {
        let server = server::answering(404, r#"{ "__type": "NoSuchCity", "message": "Atlantis" }"#);
        let server = server.unwrap();
        let call = client(&server.url).get_forecast().city("Atlantis");
        let error = call.send().await.unwrap_err().into_service_error();
        assert!(error.is_no_such_city());
        assert_eq!(error.message(), Some("Atlantis"));
    }

    /// What every client needs stands in Cargo.toml as the generator lists it.
    #[test]
    fn dependencies_are_those_that_the_client_needs() {
        let manifest = include_str!("../Cargo.toml");
        let listed = include_str!(concat!(env!("OUT_DIR"), "/weather/dependencies.toml"));
        let (_, needed) = listed.split_once("[dependencies]\n").unwrap();
        let needed = needed
            .lines()
            .filter(|line| !line.contains("optional = true"));
        let missing: Vec<_> = needed.filter(|line| !manifest.contains(line)).collect();
        assert_eq!(missing, Vec::<&str>::new());
    }

    /// And so does all that there is to copy in the page about build scripts.
    #[test]
    fn the_page_shows_the_dependencies_of_clients() {
        let page = include_str!("../../../docs/build-scripts.md");
        let listed = include_str!(concat!(env!("OUT_DIR"), "/weather/dependencies.toml"));
        let rows = listed.lines().filter(|line| line.contains(" = "));
        let optional = [
            "aws-config",
            "behavior-version-latest",
            "serde",
            "test-util",
        ];
        let rows = rows.filter(|line| !optional.iter().any(|it| line.starts_with(it)));
        let missing: Vec<_> = rows.filter(|line| !page.contains(line)).collect();
        assert_eq!(missing, Vec::<&str>::new());
    }
}
