//! The moments at which a run can be cut short.
//!
//! What is promised of a run that is killed has to hold at each of them. A test looks at the disk
//! there; nobody else does.

use std::cell::RefCell;

type Observer = Box<dyn FnMut()>;

thread_local! {
    static OBSERVER: RefCell<Option<Observer>> = const { RefCell::new(None) };
}

/// Calls `observer` before each change of the disk that this thread makes, until `work` is done.
#[doc(hidden)]
pub fn observed<T>(observer: impl FnMut() + 'static, work: impl FnOnce() -> T) -> T {
    OBSERVER.with(|it| *it.borrow_mut() = Some(Box::new(observer)));
    let result = work();
    OBSERVER.with(|it| it.borrow_mut().take());
    result
}

/// The disk is about to change.
pub fn step() {
    OBSERVER.with(|it| {
        if let Some(observer) = it.borrow_mut().as_mut() {
            observer();
        }
    });
}
