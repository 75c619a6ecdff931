//! The `diptych` program: runs the command line, prints the error if there is one, and sets the exit code.

use std::sync::Arc;

use diptych::app::App;
use diptych::library::Library;
use diptych::library::disk::Os;
use diptych::library::folders::Folders;
use diptych::link::Side;

fn main() -> anyhow::Result<()> {
    let mut args = std::env::args().skip(1);
    let left = args.next().unwrap_or_else(|| "embedded:the-party-as-instrument".to_owned());
    let right = args.next().unwrap_or_else(|| "embedded:power-from-below".to_owned());
    let library = Library::new(Arc::new(Os), Folders::of_system());
    let requests: Vec<_> = [&left, &right].into_iter().filter_map(|t| library.request(t).ok()).collect();
    let (codebook, _) = library.begin_with(&requests.iter().collect::<Vec<_>>());
    let mut app = App::new(library.keymap().0, library.settings().0, codebook);
    app.shelf = requests.first().map(|r| library.shelf_of(r)).unwrap_or_default();
    app.recall(library.recall().0);
    app.open_text(Side::Left, &left);
    app.open_text(Side::Right, &right);
    diptych::terminal::run(app, library)?;
    Ok(())
}
