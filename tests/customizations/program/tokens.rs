//! Tokens of the environment, and for databases.

use super::*;

/// An environment with a bearer token for the service.
#[derive(Debug)]
struct Environment;

impl LoadServiceConfig for Environment {
    fn load_config(&self, key: ServiceConfigKey<'_>) -> Option<String> {
        let is_meant = (key.env(), key.service_id()) == ("AWS_BEARER_TOKEN", "vaults");
        is_meant.then(|| "of the environment".to_owned())
    }
}

pub async fn a_token_of_the_environment_comes_first() {
    let server = Server::start(&[EMPTY]);
    let settings = || {
        SdkConfig::builder()
            .behavior_version(BehaviorVersion::latest())
            .region(Region::new("us-east-1"))
            .credentials_provider(SharedCredentialsProvider::new(Credentials::for_tests()))
            .endpoint_url(&server.url)
    };
    let authorization = async |config: SdkConfig| {
        let called = Client::new(&config).wait_for_work().send().await;
        called.expect("it succeeds");
        let heads = server.heads();
        let mut lines = heads.last().expect("it was called").lines();
        let found = lines.find_map(|line| line.strip_prefix("authorization: "));
        found.expect("it is authenticated").to_owned()
    };
    let signed = authorization(settings().build()).await;
    assert!(signed.starts_with("AWS4-HMAC-SHA256 "), "{signed}");
    let found = authorization(settings().service_config(Environment).build()).await;
    assert_eq!(found, "Bearer of the environment");
    let own = SharedTokenProvider::new(Token::new("of the code", None));
    let mut config = settings().service_config(Environment).token_provider(own);
    config.insert_origin("token_provider", Origin::shared_config());
    assert_eq!(authorization(config.build()).await, "Bearer of the code");
}

/// The clock of tokens.
#[derive(Debug)]
struct Then;

impl TimeSource for Then {
    fn now(&self) -> SystemTime {
        UNIX_EPOCH + Duration::from_secs(1_700_000_000)
    }
}

pub async fn databases_take_tokens() {
    const TOKEN: &str = "db.example.com:5432/?Action=Open&DBUser=a%20b%26c&X-Amz-Algorithm=AWS4-HMAC-SHA256&X-Amz-Credential=AKID%2F20231114%2Fus-east-1%2Fvaults-db%2Faws4_request&X-Amz-Date=20231114T221320Z&X-Amz-Expires=900&X-Amz-SignedHeaders=host&X-Amz-Signature=28ca4485a38270ebd1d08b40dd7d9e0be9a2150e1981475002244f310d1895c2&X-Amz-Security-Token=a%2Fb%3D";
    let settings = SdkConfig::builder()
        .credentials_provider(SharedCredentialsProvider::new(Credentials::new(
            "AKID",
            "SECRET",
            Some("a/b=".to_owned()),
            None,
            "tests",
        )))
        .region(Region::new("us-east-1"))
        .time_source(Then)
        .build();
    let database = || auth_token::Config::builder().hostname("db.example.com");
    let config = database()
        .port(5432)
        .username("a b&c")
        .build()
        .expect("it is complete");
    let generator = auth_token::AuthTokenGenerator::new(config);
    let token = generator.open_token(&settings).await.expect("it is signed");
    assert_eq!(token.as_str(), TOKEN);
    assert_eq!(token.to_string(), TOKEN);
    assert!(!format!("{token:?}").contains("Open"));
    let own = database()
        .port(5432)
        .username("a b&c")
        .expires_in(60)
        .region(Region::new("eu-west-1"));
    let generator = auth_token::AuthTokenGenerator::new(own.build().expect("it is complete"));
    let token = generator
        .open_token(&settings)
        .await
        .expect("it is signed")
        .to_string();
    assert!(
        token.contains("X-Amz-Expires=60&") && token.contains("%2Feu-west-1%2F"),
        "{token}"
    );
    let nobody = SdkConfig::builder().build();
    generator
        .open_token(&nobody)
        .await
        .expect_err("there are no credentials");
    for lacking in [database().port(1), database().username("one")] {
        lacking.build().expect_err("something is missing");
    }
}
