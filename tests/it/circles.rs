//! Which files of `src/` import each other, and which modules others may name. Both are read from the sources, as
//! `tools/circles.py` reads them; what methods of the session call each other adds to that, as `tools/session.py` has it.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};

use regex::Regex;

/// So many files import each other in the largest circle. It may shrink.
const LARGEST: usize = 13;

/// So many do where it counts too that one calls methods of the session which another has.
const WITH_CALLS: usize = 13;

/// So many folders of `src/app/` import and call each other in a circle, but for these two tables: they know every part, and
/// every part names something in them.
const FOLDERS: usize = 0;
const TABLES: &[&str] = &["commands", "work"];

/// What names the crate from outside.
const OUTSIDE: &[&str] = &["tests", "benches", "examples", "fuzz/src", "fuzz/fuzz_targets", "src/main.rs"];

/// A module as the names that lead to it.
type Module = Vec<String>;

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

fn sources(place: &Path, found: &mut Vec<PathBuf>) {
    if place.is_dir() {
        for entry in fs::read_dir(place).unwrap() {
            sources(&entry.unwrap().path(), found);
        }
    } else if place.extension().is_some_and(|ending| ending == "rs") {
        found.push(place.to_owned());
    }
}

/// Every file of `src/` but the roots of the crates, by its module.
fn modules() -> BTreeMap<Module, PathBuf> {
    let src = root().join("src");
    let mut files = Vec::new();
    sources(&src, &mut files);
    let module = |file: &Path| {
        let path = file.strip_prefix(&src).unwrap().with_extension("");
        let mut names: Module = path.iter().map(|name| name.to_str().unwrap().to_owned()).collect();
        names.pop_if(|name| name == "mod");
        names
    };
    let is_root = |module: &Module| *module == ["lib"] || *module == ["main"];
    files.into_iter().map(|file| (module(&file), file)).filter(|(module, _)| !is_root(module)).collect()
}

fn without_comments(file: &Path) -> String {
    let source = fs::read_to_string(file).unwrap();
    source.lines().map(|line| line.split("//").next().unwrap()).collect::<Vec<_>>().join("\n")
}

/// The code of a file without comments, tests and `pub(in …)`.
fn code_of(file: &Path) -> String {
    let code = without_comments(file);
    let code = code.split("#[cfg(test)]\nmod ").next().unwrap();
    Regex::new(r"pub\(in [^)]*\)").unwrap().replace_all(code, "").into_owned()
}

/// The paths of a tree of imports: `crate::a::{b, c::D}` has two.
fn paths_of(tree: &str, before: &[String], found: &mut Vec<Vec<String>>) {
    let names =
        |part: &str| part.split("::").map(|name| name.trim().to_owned()).filter(|name| !name.is_empty()).collect();
    let Some((head, rest)) = tree.split_once('{') else {
        let path: Vec<String> = names(tree.split(" as ").next().unwrap());
        return found.push([before, &path].concat());
    };
    let before = [before, &names(head)].concat();
    let inner = &rest[..rest.rfind('}').unwrap()];
    let (mut depth, mut begin) = (0, 0);
    for (at, letter) in inner.char_indices().chain([(inner.len(), ',')]) {
        match letter {
            '{' => depth += 1,
            '}' => depth -= 1,
            ',' if depth == 0 => {
                if !inner[begin..at].trim().is_empty() {
                    paths_of(&inner[begin..at], &before, found);
                }
                begin = at + 1;
            }
            _ => {}
        }
    }
}

/// The paths that code names, from one of these roots on.
fn named(code: &str, roots: &str) -> Vec<Vec<String>> {
    let mut found = Vec::new();
    for import in Regex::new(&format!(r"\buse\s+((?:{roots})::[^;]*);")).unwrap().captures_iter(code) {
        paths_of(&import[1], &[], &mut found);
    }
    let rest = Regex::new(r"\buse\s[^;]*;").unwrap().replace_all(code, "");
    for path in Regex::new(&format!(r"\b(?:{roots})(?:::\w+)+")).unwrap().find_iter(&rest) {
        found.push(path.as_str().split("::").map(str::to_owned).collect());
    }
    found
}

/// The paths of this crate that code outside it names; of an imported module also what is named by its last name alone.
fn named_outside(code: &str, modules: &BTreeMap<Module, PathBuf>) -> Vec<Vec<String>> {
    let mut found = named(code, "diptych");
    for module in found.clone() {
        let module = module.strip_suffix(&["self".to_owned()]).unwrap_or(&module);
        if modules.contains_key(&module[1..]) {
            let further = Regex::new(&format!(r"(?:^|[^:\w]){}::((?:\w+::)*\w+)", module.last().unwrap())).unwrap();
            let names =
                further.captures_iter(code).map(|path| path[1].split("::").map(str::to_owned).collect::<Vec<_>>());
            found.extend(names.map(|names| [module, &names].concat()));
        }
    }
    found
}

/// For each module those that it imports.
fn imports(modules: &BTreeMap<Module, PathBuf>) -> BTreeMap<&Module, BTreeSet<&Module>> {
    let imported = |module: &Module, file: &Path| {
        let mut found = BTreeSet::new();
        for path in named(&code_of(file), "crate|super|self") {
            let climbs = path.iter().skip(1).take_while(|name| *name == "super").count();
            let base = match path[0].as_str() {
                "crate" => &[][..],
                "self" => &module[..],
                _ => &module[..module.len() - 1 - climbs],
            };
            let whole = [base, &path[1 + climbs..]].concat();
            let known = (1..=whole.len()).rev().find_map(|count| modules.get_key_value(&whole[..count]));
            found.extend(known.map(|(other, _)| other).filter(|other| *other != module));
        }
        found
    };
    modules.iter().map(|(module, file)| (module, imported(module, file))).collect()
}

/// All that one reaches.
fn reached<T: Ord + Copy>(from: T, edges: &BTreeMap<T, BTreeSet<T>>) -> BTreeSet<T> {
    let (mut seen, mut next) = (BTreeSet::new(), vec![from]);
    while let Some(one) = next.pop() {
        next.extend(edges.get(&one).into_iter().flatten().copied().filter(|other| seen.insert(*other)));
    }
    seen
}

/// The most that reach each other; none where nothing reaches itself.
fn largest_circle<T: Ord + Copy>(edges: &BTreeMap<T, BTreeSet<T>>) -> Vec<T> {
    let reach: BTreeMap<T, BTreeSet<T>> = edges.keys().map(|one| (*one, reached(*one, edges))).collect();
    let circle = |one: &T| -> Vec<T> {
        reach[one].iter().copied().filter(|other| reach.get(other).is_some_and(|back| back.contains(one))).collect()
    };
    edges.keys().map(circle).max_by_key(Vec::len).unwrap_or_default()
}

fn in_words(modules: &[&Module]) -> String {
    modules.iter().map(|module| module.join("/")).collect::<Vec<_>>().join(" ")
}

/// Every file that is no test.
fn files() -> BTreeMap<Module, PathBuf> {
    let mut modules = modules();
    modules.retain(|module, _| !module.last().unwrap().contains("tests"));
    modules
}

/// Where the brace that opens at `from` closes; braces within strings and characters are none.
fn closing(code: &str, from: usize) -> usize {
    let bytes = code.as_bytes();
    let (mut depth, mut at) = (0, from);
    while at < bytes.len() {
        match bytes[at] {
            b'"' => {
                at += 1;
                while at < bytes.len() && bytes[at] != b'"' {
                    at += 1 + usize::from(bytes[at] == b'\\');
                }
            }
            b'\'' if matches!(bytes.get(at + 1..at + 3), Some([b'{' | b'}' | b'"', b'\''])) => at += 2,
            b'{' => depth += 1,
            b'}' if depth == 1 => return at + 1,
            b'}' => depth -= 1,
            _ => {}
        }
        at += 1;
    }
    code.len()
}

/// The methods of `App` that a file has, each with its body.
fn methods_of(code: &str) -> Vec<(String, String)> {
    let method = Regex::new(r"(?m)^ {4,5}(?:pub(?:\([^)]*\))? )?(?:const )?fn (\w+)[^{;]*").unwrap();
    let mut found = Vec::new();
    for (begin, part) in code.match_indices("\nimpl App {") {
        let begin = begin + part.len() - 1;
        let block = &code[begin..closing(code, begin)];
        for name in method.captures_iter(block) {
            let body = name.get(0).unwrap().end();
            found.push((name[1].to_owned(), block[body..closing(block, body)].to_owned()));
        }
    }
    found
}

/// Adds to imports which files call methods of the session that another has.
fn add_calls<'m>(edges: &mut BTreeMap<&'m Module, BTreeSet<&'m Module>>, modules: &'m BTreeMap<Module, PathBuf>) {
    struct Source<'m> {
        module: &'m Module,
        code: String,
        methods: Vec<(String, String)>,
    }
    let session = modules.iter().filter(|(module, _)| ["app", "view", "terminal"].contains(&module[0].as_str()));
    let read = |(module, file): (&'m Module, &PathBuf)| {
        let code = code_of(file);
        Source { module, methods: methods_of(&code), code }
    };
    let files: Vec<Source<'m>> = session.map(read).collect();
    let has: BTreeMap<&str, &Module> =
        files.iter().flat_map(|file| file.methods.iter().map(|(name, _)| (name.as_str(), file.module))).collect();
    assert!(has.len() > 100, "methods were found");
    let by_itself = Regex::new(r"\bself\s*\.(\w+)\(").unwrap();
    let by_others = Regex::new(r"\b(?:app\s*\.|App::)(\w+)").unwrap();
    for Source { module, code, methods } in &files {
        let bodies: String = methods.iter().map(|(_, body)| body.as_str()).collect();
        let called = by_itself.captures_iter(&bodies).chain(by_others.captures_iter(code));
        let others = called.filter_map(|call| has.get(&call[1])).filter(|other| *other != module);
        edges.get_mut(module).unwrap().extend(others);
    }
}

/// For each folder of the session those that its files import or call.
fn parts_of_session<'m>(edges: &BTreeMap<&'m Module, BTreeSet<&'m Module>>) -> BTreeMap<&'m str, BTreeSet<&'m str>> {
    let part = |module: &'m Module| -> Option<&'m str> {
        let name = module.get(1).filter(|_| module[0] == "app")?;
        (root().join("src/app").join(name).is_dir() && !TABLES.contains(&name.as_str())).then_some(name.as_str())
    };
    let mut parts: BTreeMap<&str, BTreeSet<&str>> = BTreeMap::new();
    for (module, others) in edges {
        if let Some(one) = part(module) {
            let others = others.iter().filter_map(|other| part(other)).filter(|other| *other != one);
            parts.entry(one).or_default().extend(others);
        }
    }
    parts
}

#[test]
fn no_circle_of_files_grows() {
    let modules = files();
    let mut edges = imports(&modules);
    assert!(edges.values().map(BTreeSet::len).sum::<usize>() > modules.len(), "imports were found");
    let largest = largest_circle(&edges);
    let count = largest.len();
    assert!(count <= LARGEST, "{count} files import each other, {LARGEST} did before: {}", in_words(&largest));
    let imported: usize = edges.values().map(BTreeSet::len).sum();
    add_calls(&mut edges, &modules);
    assert!(edges.values().map(BTreeSet::len).sum::<usize>() > imported, "calls were found");
    let largest = largest_circle(&edges);
    let count = largest.len();
    assert!(
        count <= WITH_CALLS,
        "{count} files import and call each other, {WITH_CALLS} did before (tools/session.py --calls): {}",
        in_words(&largest)
    );
    let parts = parts_of_session(&edges);
    assert!(parts.len() > 10, "parts were found");
    let circle = largest_circle(&parts);
    assert_eq!(circle.len(), FOLDERS, "tools/session.py --folders shows what ties these: {}", circle.join(" "));
}

#[test]
fn a_module_that_nothing_outside_names_is_not_public() {
    let modules = modules();
    let mut used: BTreeSet<Module> = BTreeSet::new();
    for place in OUTSIDE {
        let mut files = Vec::new();
        sources(&root().join(place), &mut files);
        for path in files.iter().flat_map(|file| named_outside(&without_comments(file), &modules)) {
            used.extend((1..path.len()).map(|count| path[1..=count].to_vec()));
        }
    }
    assert!(used.len() > 1, "the tests name modules");
    let declared = Regex::new(r"(?m)^pub mod (\w+);").unwrap();
    let lib = (Module::new(), root().join("src/lib.rs"));
    let mut hidden = Vec::new();
    for (module, file) in modules.iter().chain([(&lib.0, &lib.1)]) {
        for child in declared.captures_iter(&fs::read_to_string(file).unwrap()) {
            let child = [&module[..], &[child[1].to_owned()]].concat();
            if !used.contains(&child) {
                hidden.push(child.join("::"));
            }
        }
    }
    assert!(
        hidden.is_empty(),
        "`pub(crate) mod` will do, and has the compiler find what is dead: {}",
        hidden.join(" ")
    );
}
