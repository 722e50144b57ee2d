//! A model with tests.

use std::path::Path;

use generator::config::{Entry, package_part};
use generator::{
    Diagnostics, InputDefaults, Output, Partitions, ServiceConfig, Source, UnsupportedOperations,
};
use serde_json::Value;

use super::rules;

/// The module of a client's endpoint tests.
const ENDPOINT_TESTS: &str = "config::endpoint::tests";

/// The kind of a test.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    Request,
    Response,
    Error,
    EventStream,
    Endpoint,
}

impl Kind {
    /// All kinds, in the order of reports.
    pub const ALL: [Self; 5] = [
        Self::Request,
        Self::Response,
        Self::Error,
        Self::EventStream,
        Self::Endpoint,
    ];

    /// The name of the tests in reports.
    pub fn name(self) -> &'static str {
        match self {
            Self::Request => "requests",
            Self::Response => "responses",
            Self::Error => "errors",
            Self::EventStream => "event streams",
            Self::Endpoint => "endpoints",
        }
    }
}

/// A test of clients in a model.
pub struct Case {
    pub id: String,
    pub kind: Kind,
    /// The id of its protocol; `None` for endpoints.
    pub protocol: Option<String>,
    /// Whether it is skipped because it is for a protocol that the client does not use.
    pub is_other: bool,
    /// The paths of the Rust tests that must pass.
    pub tests: Vec<String>,
}

/// A model with tests, and its client.
pub struct Suite {
    /// Its name in reports.
    pub name: String,
    /// The client's package.
    pub package: String,
    pub files: Vec<Output>,
    pub cases: Vec<Case>,
}

impl Suite {
    /// Generates the client; `None` if the file is not a model with a service.
    ///
    /// # Errors
    ///
    /// Returns the problems of the model.
    pub fn read(
        file: &Path,
        protocol: Option<&str>,
        partitions: &Partitions,
        others: &[Self],
    ) -> Result<Option<Self>, Diagnostics> {
        let source = Source::load([file])?;
        let model: Value = match serde_json::from_str(source.text()) {
            Ok(model) => model,
            Err(_) => Value::Null,
        };
        let mut shapes = model["shapes"].as_object().into_iter().flatten();
        if !shapes.any(|(_, shape)| shape["type"] == "service") {
            return Ok(None);
        }
        let name = file.file_stem().unwrap_or_default().to_string_lossy();
        let package = package(&name, others);
        let config = ServiceConfig {
            input_defaults: InputDefaults::Send,
            unsupported: UnsupportedOperations::LeaveOut,
            protocol: protocol.map(Entry::from),
            ..ServiceConfig::new(&package)
        };
        Self::generate(&name, config, &source, cases(&model), partitions).map(Some)
    }

    fn generate(
        name: &str,
        config: ServiceConfig,
        source: &Source,
        mut cases: Vec<Case>,
        partitions: &Partitions,
    ) -> Result<Self, Diagnostics> {
        let rendered = generator::generate(&rules::complete(source), &config, partitions)?;
        let spoken = rendered.client.service.protocol.protocol.id;
        for case in &mut cases {
            case.is_other = case.protocol.as_ref().is_some_and(|it| it != spoken);
        }
        let endpoints = cases.iter_mut().filter(|case| case.kind == Kind::Endpoint);
        for lost in endpoints.skip(rendered.client.endpoints.tests.len()) {
            lost.tests.push(format!(
                "{ENDPOINT_TESTS}::a_row_of_the_table_that_is_not_there"
            ));
        }
        Ok(Self {
            name: name.to_owned(),
            package: config.package,
            files: rendered.files,
            cases,
        })
    }
}

/// A valid package name that no other suite has: files in different folders may have the same name.
fn package(stem: &str, others: &[Suite]) -> String {
    let stem = package_part(stem);
    let first = format!("conformance-{stem}");
    let is_free = |name: &String| !others.iter().any(|other| other.package == *name);
    let numbered = (2..).map(|number| format!("{first}-{number}"));
    let mut names = std::iter::once(first.clone()).chain(numbered);
    names.find(is_free).unwrap_or(first)
}

/// All tests in a model, except for those of servers.
///
/// They are read from the model itself, so that a test that the generator ignores is reported as
/// missing.
fn cases(model: &Value) -> Vec<Case> {
    let mut cases = Vec::new();
    let shapes = model["shapes"].as_object();
    for shape in shapes.into_iter().flat_map(|shapes| shapes.values()) {
        let traits = &shape["traits"];
        let elements = |id: &str| traits[id].as_array().cloned().unwrap_or_default();
        let is_error = shape["type"] == "structure";
        let (kind, module) = if is_error {
            (Kind::Error, "errors")
        } else {
            (Kind::Response, "outputs")
        };
        for (id, kind, module) in [
            ("smithy.test#httpRequestTests", Kind::Request, "requests"),
            ("smithy.test#httpResponseTests", kind, module),
            ("smithy.test#eventStreamTests", Kind::EventStream, "events"),
        ] {
            let ours = elements(id)
                .into_iter()
                .filter(|test| test["appliesTo"] != "server");
            cases.extend(ours.map(|test| {
                let id = test["id"].as_str().unwrap_or_default().to_owned();
                let protocol = test["protocol"].as_str();
                Case {
                    kind,
                    protocol: protocol.map(str::to_owned),
                    is_other: false,
                    tests: vec![format!("conformance::{module}::{id}")],
                    id,
                }
            }));
        }
        let endpoints = traits["smithy.rules#endpointTests"]["testCases"].as_array();
        cases.extend(endpoints.into_iter().flatten().map(endpoint_case));
    }
    cases
}

/// An endpoint test. One Rust test runs the whole table of them.
fn endpoint_case(case: &Value) -> Case {
    let mut tests = vec![format!(
        "{ENDPOINT_TESTS}::endpoints_are_those_of_the_model"
    )];
    if case["operationInputs"].is_array() {
        tests.push(format!(
            "{ENDPOINT_TESTS}::calls_go_to_the_endpoints_of_the_model"
        ));
    }
    Case {
        id: case["documentation"]
            .as_str()
            .unwrap_or("a case without a name")
            .to_owned(),
        kind: Kind::Endpoint,
        protocol: None,
        is_other: false,
        tests,
    }
}
