//! What protocols leave to those of the runtime.

/// A function of a trait that is the same function of a field.
macro_rules! delegate {
    ($to:tt.$name:ident $(<$a:lifetime>)? ($($arg:ident: $type:ty),* $(,)?) -> $output:ty) => {
        fn $name $(<$a>)? (&self, $($arg: $type),*) -> $output {
            self.$to.$name($($arg),*)
        }
    };
}
