//! Tests that the same model always gives the same bytes, whatever its insignificant order.

use std::thread;

use generator::{Output, Partitions, Source};
use serde_json::{Map, Value};
use workspace_tests::{Case, hazards, partitions, real_services};

/// Number of times that a model is shuffled.
const SHUFFLES: u64 = 4;

/// Number of threads that generate the same client at once.
const THREADS: usize = 4;

#[test]
fn order_of_shapes_and_traits_does_not_matter() {
    let partitions = partitions();
    for case in real_services().into_iter().chain(hazards()) {
        let model: Value = serde_json::from_str(case.source.text()).expect("models are JSON");
        let expected = case.generate(&partitions).files;
        let reversed = reordered(model.clone(), &mut |keys| keys.reverse());
        assert_same(&case, &expected, &reversed, &partitions, "reversed");
        for seed in 1..=SHUFFLES {
            let mut random = Random(seed);
            let shuffled = reordered(model.clone(), &mut |keys| random.shuffle(keys));
            let how = format!("shuffled with seed {seed}");
            assert_same(&case, &expected, &shuffled, &partitions, &how);
        }
    }
}

/// Hash maps in one process differ in the order of keys, so repeated runs show an order that leaks,
/// as another machine would.
#[test]
fn every_run_gives_the_same() {
    let partitions = partitions();
    for case in real_services().into_iter().chain(hazards()) {
        let expected = case.generate(&partitions).files;
        thread::scope(|scope| {
            let threads: Vec<_> = (0..THREADS)
                .map(|_| scope.spawn(|| case.generate(&partitions).files))
                .collect();
            for thread in threads {
                let found = thread.join().expect("the generator does not panic");
                assert_equal(&case.name, &expected, &found, "on a thread");
            }
        });
    }
}

fn assert_same(
    case: &Case,
    expected: &[Output],
    model: &Value,
    partitions: &Partitions,
    how: &str,
) {
    let reordered = Case {
        source: Source::new(case.source.name(), model.to_string()),
        ..case.clone()
    };
    assert!(
        reordered.source.text() != model_text(case),
        "`{}` is not {how} at all",
        case.name
    );
    let found = reordered.generate(partitions).files;
    assert_equal(&case.name, expected, &found, how);
}

/// The model in its own order, printed like the reordered ones.
fn model_text(case: &Case) -> String {
    let model: Value = serde_json::from_str(case.source.text()).expect("models are JSON");
    model.to_string()
}

fn assert_equal(name: &str, expected: &[Output], found: &[Output], how: &str) {
    let paths =
        |files: &[Output]| -> Vec<String> { files.iter().map(|file| file.path.clone()).collect() };
    assert_eq!(paths(expected), paths(found), "files of `{name}` {how}");
    for (expected, found) in expected.iter().zip(found) {
        if expected.text == found.text {
            continue;
        }
        let diff = similar::TextDiff::from_lines(&expected.text, &found.text);
        let diff = diff.unified_diff().context_radius(1).to_string();
        panic!("{} of `{name}` differs {how}:\n{diff}", expected.path);
    }
}

/// The model with another order of everything whose order is insignificant: shapes, their keys,
/// traits of shapes and members, and references of services, resources and operations. Members keep
/// their order, and values of traits do not change.
fn reordered(mut model: Value, reorder: &mut dyn FnMut(&mut Vec<String>)) -> Value {
    let Some(shapes) = model.get_mut("shapes").and_then(Value::as_object_mut) else {
        panic!("a model has shapes");
    };
    sort_by(shapes, reorder);
    for shape in shapes.values_mut() {
        reorder_traits(shape, reorder);
        for key in ["member", "key", "value"] {
            if let Some(member) = shape.get_mut(key) {
                reorder_traits(member, reorder);
            }
        }
        for key in ["operations", "collectionOperations", "resources", "errors"] {
            if let Some(references) = shape.get_mut(key).and_then(Value::as_array_mut) {
                reorder_references(references, reorder);
            }
        }
        let members = shape.get_mut("members").and_then(Value::as_object_mut);
        for member in members.into_iter().flat_map(Map::values_mut) {
            reorder_traits(member, reorder);
        }
    }
    model
}

/// The keys of a shape or member, and its traits.
fn reorder_traits(of: &mut Value, reorder: &mut dyn FnMut(&mut Vec<String>)) {
    if let Some(of) = of.as_object_mut() {
        sort_by(of, reorder);
        if let Some(traits) = of.get_mut("traits").and_then(Value::as_object_mut) {
            sort_by(traits, reorder);
        }
    }
}

fn reorder_references(references: &mut [Value], reorder: &mut dyn FnMut(&mut Vec<String>)) {
    let targets = references.iter().map(|reference| &reference["target"]);
    let mut targets: Vec<_> = targets
        .map(|target| target.as_str().expect("a target is a string").to_owned())
        .collect();
    reorder(&mut targets);
    for (reference, target) in references.iter_mut().zip(targets) {
        reference["target"] = Value::String(target);
    }
}

fn sort_by(object: &mut Map<String, Value>, reorder: &mut dyn FnMut(&mut Vec<String>)) {
    let mut keys: Vec<_> = object.keys().cloned().collect();
    reorder(&mut keys);
    let mut old = std::mem::take(object);
    for key in keys {
        let value = old.remove(&key).expect("the keys are the object's own");
        object.insert(key, value);
    }
}

/// Numbers that are the same in every run (xorshift64).
struct Random(u64);

impl Random {
    fn below(&mut self, limit: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        usize::try_from(self.0 % limit as u64).expect("it is below the limit")
    }

    fn shuffle(&mut self, keys: &mut [String]) {
        for last in (1..keys.len()).rev() {
            keys.swap(last, self.below(last + 1));
        }
    }
}
