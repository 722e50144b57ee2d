//! The moments at which a run can be interrupted.
//!
//! The guarantees about a killed run must hold at each of them. Only tests observe them.

use std::cell::RefCell;

type Observer = Box<dyn FnMut()>;

thread_local! {
    static OBSERVER: RefCell<Option<Observer>> = const { RefCell::new(None) };
}

/// Calls `observer` before each change that this thread makes on disk, until `work` is done.
#[doc(hidden)]
pub fn observed<T>(observer: impl FnMut() + 'static, work: impl FnOnce() -> T) -> T {
    OBSERVER.with(|it| *it.borrow_mut() = Some(Box::new(observer)));
    let result = work();
    OBSERVER.with(|it| it.borrow_mut().take());
    result
}

/// Marks that the disk is about to change.
pub fn step() {
    OBSERVER.with(|it| {
        if let Some(observer) = it.borrow_mut().as_mut() {
            observer();
        }
    });
}
