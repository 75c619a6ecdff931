//! The `diptych` program: runs the command line, prints the error if there is one, and sets the exit code.

fn main() {}
