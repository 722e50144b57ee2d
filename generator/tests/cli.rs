//! The command: what each verb says, writes and returns.

mod command;
#[path = "cli/generate.rs"]
mod generate;
#[path = "cli/messages.rs"]
mod messages;
#[path = "cli/models.rs"]
mod models;

use std::fs;
use std::path::Path;

use serde_json::Value;
use tempfile::TempDir;

use self::command::{code, command, gen_client, stderr, stdout, text};

/// A model that is all right.
const PAGES: &str = "../tests/cases/models/paginated_nested/model.json";

/// A model with an operation that is supported, and one that is not.
const PARTLY: &str = "tests/partly_supported.json";

/// A model of a service that speaks two protocols.
const SEVERAL: &str = "tests/several_protocols.json";

/// A model that is taken with warnings.
const WARNED: &str = "../tests/cases/warnings/trait_property_unknown/model.json";

/// A model with eight problems.
const BROKEN: &str = "../tests/cases/errors/all_problems_at_once/model.json";
