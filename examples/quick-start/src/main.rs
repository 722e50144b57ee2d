//! Calls the service of `weather.smithy`, which is a few lines of this program.

include!(concat!(env!("OUT_DIR"), "/weather/mod.rs"));

use std::error::Error;
use std::io::{self, Read, Write};
use std::net::TcpListener;
use std::thread;

use weather::config::{BehaviorVersion, Config};

/// Answers one request, whatever it is.
fn serve(listener: &TcpListener, status: &str, body: &str) -> io::Result<String> {
    let (mut stream, _) = listener.accept()?;
    let mut request = [0; 4096];
    let length = stream.read(&mut request)?;
    write!(
        stream,
        "HTTP/1.1 {status}\r\nsmithy-protocol: rpc-v2-json\r\ncontent-type: application/json\r\n\
         content-length: {}\r\nconnection: close\r\n\r\n{body}",
        body.len()
    )?;
    Ok(String::from_utf8_lossy(&request[..length]).into_owned())
}

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), Box<dyn Error>> {
    let listener = TcpListener::bind("127.0.0.1:0")?;
    let url = format!("http://{}", listener.local_addr()?);
    let answer = r#"{ "celsius": 21.5, "sky": "clear" }"#;
    let server = thread::spawn(move || serve(&listener, "200 OK", answer));

    let config = Config::builder()
        .behavior_version(BehaviorVersion::latest())
        .endpoint_url(url)
        .build();
    let client = weather::Client::from_conf(config);
    let forecast = client.get_forecast().city("Paris").send().await?;

    println!("{:?} °C, {:?}", forecast.celsius(), forecast.sky());
    let request = server.join().expect("the server has not panicked")?;
    println!("{}", request.lines().next().unwrap_or_default());
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    async fn call(status: &'static str, body: &'static str) -> (Outcome, String) {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let url = format!("http://{}", listener.local_addr().unwrap());
        let server = thread::spawn(move || serve(&listener, status, body));
        let config = Config::builder()
            .behavior_version(BehaviorVersion::latest())
            .endpoint_url(url)
            .build();
        let client = weather::Client::from_conf(config);
        let outcome = client.get_forecast().city("Paris").send().await;
        let outcome = outcome.map_err(|error| error.into_service_error());
        (outcome, server.join().unwrap().unwrap())
    }

    type Outcome = Result<
        weather::operation::get_forecast::GetForecastOutput,
        weather::operation::get_forecast::GetForecastError,
    >;

    #[tokio::test]
    async fn the_client_calls_and_reads_the_answer() {
        let (outcome, request) = call("200 OK", r#"{ "celsius": 8.0, "sky": "rain" }"#).await;
        let forecast = outcome.unwrap();
        assert_eq!(forecast.celsius(), Some(8.0));
        assert_eq!(forecast.sky(), Some("rain"));
        let line = "POST /service/Weather/operation/GetForecast HTTP/1.1\r\n";
        assert!(request.starts_with(line), "{request}");
    }

    #[tokio::test]
    async fn errors_are_those_of_the_model() {
        let body = r#"{ "__type": "example.weather#NoSuchCity", "message": "Atlantis" }"#;
        let (outcome, _) = call("400 Bad Request", body).await;
        assert!(outcome.unwrap_err().is_no_such_city());
    }

    /// The page about it shows the model as it is.
    #[test]
    fn the_page_shows_the_model() {
        let page = include_str!("../../../docs/quick-start.md");
        assert!(page.contains(include_str!("../weather.smithy")));
    }
}
