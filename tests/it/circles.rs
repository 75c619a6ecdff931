//! Which files of `src/` import each other, and which modules others may name. Both are read from the sources, as
//! `tools/circles.py` reads them.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};

use regex::Regex;

/// So many files import each other in the largest circle. It may shrink.
const LARGEST: usize = 13;

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

/// All that one reaches by imports.
fn reached<'m>(from: &'m Module, edges: &BTreeMap<&'m Module, BTreeSet<&'m Module>>) -> BTreeSet<&'m Module> {
    let (mut seen, mut next) = (BTreeSet::new(), vec![from]);
    while let Some(module) = next.pop() {
        next.extend(edges[module].iter().filter(|other| seen.insert(**other)));
    }
    seen
}

#[test]
fn no_circle_of_files_grows() {
    let mut modules = modules();
    modules.retain(|module, _| !module.last().unwrap().contains("tests"));
    let edges = imports(&modules);
    let reach: BTreeMap<&Module, BTreeSet<&Module>> =
        modules.keys().map(|module| (module, reached(module, &edges))).collect();
    let circle = |module: &Module| -> Vec<String> {
        let others = reach[module].iter().filter(|other| reach[**other].contains(module));
        others.map(|other| other.join("/")).collect()
    };
    let largest = modules.keys().map(circle).max_by_key(Vec::len).unwrap();
    assert!(edges.values().map(BTreeSet::len).sum::<usize>() > modules.len(), "imports were found");
    let count = largest.len();
    assert!(count <= LARGEST, "{count} files import each other, {LARGEST} did before: {}", largest.join(" "));
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
