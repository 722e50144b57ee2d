//! Functions that protocols delegate to those of the runtime.

/// Implements a function of a trait by the same function of a field.
macro_rules! delegate {
    ($to:tt.$name:ident $(<$a:lifetime>)? ($($arg:ident: $type:ty),* $(,)?) -> $output:ty) => {
        fn $name $(<$a>)? (&self, $($arg: $type),*) -> $output {
            self.$to.$name($($arg),*)
        }
    };
}
