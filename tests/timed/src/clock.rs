//! Measures CPU time.

use std::time::Duration;

use nix::sys::resource::{UsageWho, getrusage};
use nix::sys::time::TimeValLike;

/// The minimum duration of a measurement: on some machines, the clock's resolution is a few
/// milliseconds.
const AT_ONCE: Duration = Duration::from_millis(60);

/// The CPU time of this process, in its own code and in the kernel.
pub fn used() -> Duration {
    let usage = getrusage(UsageWho::RUSAGE_SELF).expect("a process may ask about itself");
    let micros = (usage.user_time() + usage.system_time()).num_microseconds();
    Duration::from_micros(micros.try_into().expect("time is not negative"))
}

/// The time of this many repetitions.
pub fn of(often: u32, once: &dyn Fn()) -> Duration {
    let before = used();
    for _ in 0..often {
        once();
    }
    used() - before
}

/// The number of repetitions that a measurement needs.
pub fn often(once: &dyn Fn()) -> u32 {
    let mut often = 1;
    loop {
        let took = of(often, once);
        if took >= AT_ONCE {
            return often;
        }
        let missing = AT_ONCE.as_secs_f64() / took.as_secs_f64().max(1e-6);
        often = often.saturating_mul((missing * 1.1).ceil().clamp(2.0, 100.0) as u32);
    }
}
