//! The reader's own editor: `$VISUAL`, else `$EDITOR`, on a file with the words and nothing else.

use std::env;
use std::fs;
use std::io::Write as _;
use std::process::Command;

use crate::library::said::io_words;
use crate::text::clean::Clean;

/// Has `body` changed in the reader's own editor. The terminal has to be free. Answers with the words, or with why
/// there was no editor.
pub fn write(body: &str) -> Result<String, Clean> {
    let named = |name| env::var(name).ok().filter(|v| !v.trim().is_empty());
    let editor = named("VISUAL").or_else(|| named("EDITOR"));
    let editor =
        editor.ok_or_else(|| Clean::line("neither $VISUAL nor $EDITOR names an editor; write it here instead"))?;
    let failed =
        |doing: &str, e: &std::io::Error| Clean::line(&format!("{doing}: {}; write it here instead", io_words(e)));
    let mut file = tempfile::Builder::new().prefix("diptych-note-").suffix(".md").tempfile();
    let file = file.as_mut().map_err(|e| failed("no file for the editor", e))?;
    let write = file.write_all(body.as_bytes()).and_then(|()| file.flush());
    write.map_err(|e| failed("no file for the editor", &e))?;
    // The shell takes apart what is written there, as other programs let it: `code --wait`.
    let status = Command::new("sh").arg("-c").arg(format!("{editor} \"$1\"")).arg("sh").arg(file.path()).status();
    let status = status.map_err(|e| failed(&editor, &e))?;
    if !status.success() {
        return Err(Clean::line(&format!("{editor} ended with a failure; the words are as they were")));
    }
    fs::read(file.path())
        .map(|bytes| String::from_utf8_lossy(&bytes).into_owned())
        .map_err(|e| failed("what the editor wrote cannot be read", &e))
}
