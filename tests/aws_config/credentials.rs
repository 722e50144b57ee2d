//! Tests that credentials come from the services in the environment.

use std::fs;
use std::net::SocketAddr;
use std::path::Path;
use std::process::{Command, Output};

use serde_json::{Value, json};
use tiny_http::{Header, Request, Response};

use crate::serving;

/// The file name of the token for the session `corp`: the SHA-1 of the name.
const TOKEN_FILE: &str = "ee0bfd2552fbd840c02cc48b6e823320543c450f.json";

/// The file with the web identity token, in the home folder.
const IDENTITY_FILE: &str = "identity";

const SETTINGS: &str = "\
[profile single-sign-on]
region = eu-west-1
sso_session = corp
sso_account_id = 123456789012
sso_role_name = Reader

[sso-session corp]
sso_region = us-east-1
sso_start_url = https://example.awsapps.com/start

[profile role]
region = eu-west-1
role_arn = arn:aws:iam::123456789012:role/Reader
role_session_name = session
external_id = outside
source_profile = user

[profile refused]
region = eu-west-1
role_arn = arn:aws:iam::123456789012:role/Writer
role_session_name = session
source_profile = user

[profile user]
aws_access_key_id = AKIDUSER
aws_secret_access_key = secret

[profile identity]
region = eu-west-1
role_arn = arn:aws:iam::123456789012:role/Pod
role_session_name = session
web_identity_token_file = HOME/identity
";

/// A profile, the credentials that the program prints, and the calls that the services got.
struct Case {
    profile: &'static str,
    said: &'static str,
    asked: &'static [&'static str],
}

const CASES: [Case; 3] = [
    Case {
        profile: "single-sign-on",
        said: "AKIDROLE from SSO\n",
        asked: &[
            "POST /token, with \"old-refresh\"",
            "GET /federation/credentials?role_name=Reader&account_id=123456789012, with new-token",
        ],
    },
    Case {
        profile: "role",
        said: "AKIDREADER from AssumeRoleProvider\n",
        asked: &["signed by AKIDUSER: Action=AssumeRole&Version=2011-06-15&\
             RoleArn=arn%3Aaws%3Aiam%3A%3A123456789012%3Arole%2FReader&RoleSessionName=session&\
             ExternalId=outside"],
    },
    Case {
        profile: "identity",
        said: "AKIDPOD from WebIdentityToken\n",
        asked: &[
            "unsigned: Action=AssumeRoleWithWebIdentity&Version=2011-06-15&\
             RoleArn=arn%3Aaws%3Aiam%3A%3A123456789012%3Arole%2FPod&RoleSessionName=session&\
             WebIdentityToken=who-i-am",
        ],
    },
];

/// Runs the program in each case.
pub fn check(program: &Path) {
    for case in CASES {
        let home = write_home();
        let (output, asked) = serving(answer, |address| {
            run(program, home.path(), address, case.profile)
        });
        let said = String::from_utf8_lossy(&output.stdout);
        let errors = String::from_utf8_lossy(&output.stderr);
        assert_eq!(said, case.said, "{}: {errors}", case.profile);
        assert_eq!(asked, case.asked, "{}", case.profile);
        let token = home.path().join(".aws/sso/cache").join(TOKEN_FILE);
        let token = fs::read_to_string(token).expect("the token is kept");
        let is_new = token.contains("new-token");
        assert_eq!(is_new, case.profile == "single-sign-on", "{token}");
    }
    a_refusal_is_told(program);
}

/// The message of a service that refuses a role reaches the user.
fn a_refusal_is_told(program: &Path) {
    let home = write_home();
    let (output, _) = serving(answer, |address| {
        run(program, home.path(), address, "refused")
    });
    let errors = String::from_utf8_lossy(&output.stderr);
    assert!(!output.status.success());
    for words in ["AccessDenied", "no role for you", "request-id-of-refusal"] {
        assert!(errors.contains(words), "{words}: {errors}");
    }
}

/// Writes a home folder with settings, an expired token, and an identity.
fn write_home() -> tempfile::TempDir {
    let home = tempfile::tempdir().expect("there is room");
    let cache = home.path().join(".aws/sso/cache");
    fs::create_dir_all(&cache).expect("it can be written");
    let settings = SETTINGS.replace("HOME", &home.path().display().to_string());
    fs::write(home.path().join(".aws/config"), settings).expect("it can be written");
    fs::write(home.path().join(IDENTITY_FILE), "who-i-am").expect("it can be written");
    let token = json!({
        "accessToken": "old-token",
        "expiresAt": "2020-01-01T00:00:00Z",
        "refreshToken": "old-refresh",
        "clientId": "client",
        "clientSecret": "secret",
        "registrationExpiresAt": "2100-01-01T00:00:00Z",
        "region": "us-east-1",
        "startUrl": "https://example.awsapps.com/start",
    });
    fs::write(cache.join(TOKEN_FILE), token.to_string()).expect("it can be written");
    home
}

fn run(program: &Path, home: &Path, address: SocketAddr, profile: &str) -> Output {
    let mut command = Command::new(program);
    command.arg("credentials").env_clear();
    for service in ["SSO", "SSO_OIDC", "STS"] {
        command.env(
            format!("AWS_ENDPOINT_URL_{service}"),
            format!("http://{address}"),
        );
    }
    command
        .env("HOME", home)
        .env("AWS_PROFILE", profile)
        .output()
        .expect("the program can be run")
}

/// Responds like the services, and returns the request.
fn answer(mut request: Request) -> String {
    let mut body = String::new();
    let read = request.as_reader().read_to_string(&mut body);
    read.expect("it is text");
    let (asked, status, content, answer) = match request.url() {
        "/" => answer_by_sts(&request, &body),
        _ => answer_by_sso(&request, &body),
    };
    let content = Header::from_bytes("content-type", content).expect("it is right");
    let answer = Response::from_string(answer)
        .with_status_code(status)
        .with_header(content);
    request.respond(answer).expect("the program listens");
    asked
}

fn header(request: &Request, name: &'static str) -> Option<String> {
    let mut headers = request.headers().iter();
    let header = headers.find(|header| header.field.equiv(name));
    header.map(|header| header.value.to_string())
}

/// The request, and the status, content type and body of the response.
type Answer = (String, u16, &'static str, String);

fn answer_by_sso(request: &Request, body: &str) -> Answer {
    let body: Value = serde_json::from_str(body).unwrap_or_default();
    let token = header(request, "x-amz-sso_bearer_token");
    let with = token.unwrap_or_else(|| body["refreshToken"].to_string());
    let answer = match request.url() {
        "/token" => json!({ "accessToken": "new-token", "expiresIn": 28_800 }),
        _ => json!({ "roleCredentials": {
            "accessKeyId": "AKIDROLE",
            "secretAccessKey": "secret",
            "sessionToken": "session",
            "expiration": 4_102_444_800_000_i64,
        }}),
    };
    let asked = format!("{} {}, with {with}", request.method(), request.url());
    (asked, 200, "application/json", answer.to_string())
}

fn answer_by_sts(request: &Request, body: &str) -> Answer {
    let signature = header(request, "authorization").unwrap_or_default();
    let signer = signature.split_once("Credential=");
    let signer = signer.and_then(|(_, rest)| rest.split('/').next());
    let signed = signer.map_or("unsigned".to_owned(), |key| format!("signed by {key}"));
    let field = |name: &str| {
        let mut fields = body.split('&').filter_map(|field| field.split_once('='));
        let value = fields.find(|(key, _)| *key == name);
        value.map_or("", |(_, value)| value)
    };
    let action = field("Action");
    let role = field("RoleArn").rsplit("%2F").next().unwrap_or_default();
    let (status, answer) = match role {
        "Writer" => (
            403,
            "<ErrorResponse><Error><Type>Sender</Type><Code>AccessDenied</Code>\
             <Message>no role for you</Message></Error>\
             <RequestId>request-id-of-refusal</RequestId></ErrorResponse>"
                .to_owned(),
        ),
        role => (
            200,
            format!(
                "<{action}Response><{action}Result><Credentials>\
                 <AccessKeyId>AKID{}</AccessKeyId><SecretAccessKey>secret</SecretAccessKey>\
                 <SessionToken>session</SessionToken><Expiration>2100-01-01T00:00:00Z</Expiration>\
                 </Credentials><AssumedRoleUser><AssumedRoleId>id</AssumedRoleId>\
                 <Arn>arn:aws:sts::123456789012:assumed-role/{role}/session</Arn></AssumedRoleUser>\
                 </{action}Result></{action}Response>",
                role.to_uppercase()
            ),
        ),
    };
    (format!("{signed}: {body}"), status, "text/xml", answer)
}
