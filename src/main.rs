//! The `diptych` program: runs the command line, prints the error if there is one, and sets the exit code.

use std::env;
use std::process::ExitCode;

use diptych::cli;

fn main() -> ExitCode {
    ExitCode::from(cli::ending::end(cli::run(env::args_os())))
}
