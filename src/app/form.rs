//! A form: a few fields over the lower edge of the panes, which stay readable. Enter takes all of it, from any field.
//!
//! What a form is for is a type of its own, a [`Purpose`], which lies beside what it changes; its fields go by names.

use std::any::Any;
use std::fmt;

use tui_input::Input;

use super::App;
use super::foreseen::Planned;
use super::overlay::Overlay;
use crate::app::scene::Screens;
use crate::word::letter::plain;

/// What a form is for.
pub(in crate::app) trait Purpose: fmt::Debug + 'static {
    /// The names of its fields.
    type Field: Copy + Eq + fmt::Debug + 'static;

    /// Whether what it would catch in the texts is foretold while it is filled in.
    const FORETOLD: bool = false;

    /// What stands over it.
    fn title(&self, app: &App) -> String;

    /// What it is about, in lines: a sign, and words.
    fn about(&self, app: &App) -> Vec<(String, String)>;

    /// What Enter does.
    fn enter(&self) -> &'static str;

    /// The change of the codebook that is to be foretold; `None` where there is none.
    fn plan(&self, _said: &Filled<'_, Self::Field>, _app: &App) -> Option<Result<Planned, Amiss<Self::Field>>> {
        None
    }

    /// Takes what it says; else says what to mend, and the form stays open.
    fn accept(&self, said: &Filled<'_, Self::Field>, app: &mut App) -> Result<(), Amiss<Self::Field>>;
}

/// What the fields of a form say.
pub(in crate::app) struct Filled<'a, F> {
    names: &'a [F],
    fields: &'a [Field],
}

/// Why a form cannot be taken as it stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(in crate::app) struct Amiss<F> {
    /// The field to mend.
    pub field: F,
    /// What to tell the reader.
    pub why: String,
}

/// A form being filled in.
#[derive(Debug)]
pub struct Form {
    fields: Vec<Field>,
    at: usize,
    filled: Box<dyn AnyPurpose>,
}

/// One line of a form.
#[derive(Debug, Clone)]
pub struct Field {
    /// What belongs there.
    pub label: &'static str,
    /// What was typed.
    pub input: Input,
    /// What can be chosen by typing its beginning; empty where anything can be written.
    pub options: Vec<String>,
    /// One letter each for the first options. If there are any, words that are no option are accepted too.
    pub letters: &'static [char],
    /// The value of the field when it is left empty.
    pub default: String,
    /// What to type in an empty field that has no default; empty if the field is optional.
    pub hint: &'static str,
}

impl Form {
    /// A form with these fields, from the top; the first is being typed in.
    pub(super) fn new<P: Purpose>(purpose: P, fields: impl IntoIterator<Item = (P::Field, Field)>) -> Self {
        let (names, fields) = fields.into_iter().unzip();
        Self { fields, at: 0, filled: Box::new(Named { purpose, names }) }
    }

    /// Its fields, from the top.
    pub fn fields(&self) -> &[Field] {
        &self.fields
    }

    /// Which of them is being typed in.
    pub fn at(&self) -> usize {
        self.at
    }

    /// The field that is being typed in.
    pub(super) fn field(&mut self) -> Option<&mut Field> {
        self.fields.get_mut(self.at)
    }

    /// Goes on to another field, around the ends.
    pub(super) fn step(&mut self, by: i64) {
        let count = self.fields.len() as i64;
        if count > 0 {
            self.at = (self.at as i64 + by).rem_euclid(count) as usize;
        }
    }

    /// Whether nothing was typed in any field.
    pub(super) fn is_empty(&self) -> bool {
        self.fields.iter().all(|field| field.input.value().trim().is_empty())
    }

    /// What it is for, where it is for this.
    pub(super) fn purpose<P: Purpose>(&mut self) -> Option<&mut P> {
        let filled: &mut dyn Any = &mut *self.filled;
        filled.downcast_mut::<Named<P>>().map(|named| &mut named.purpose)
    }

    /// What stands over it.
    pub fn title(&self, app: &App) -> String {
        self.filled.title(app)
    }

    /// What it is about, in lines: a sign, and words.
    pub fn about(&self, app: &App) -> Vec<(String, String)> {
        self.filled.about(app)
    }

    /// What Enter does.
    pub fn enter(&self) -> &'static str {
        self.filled.enter()
    }

    /// Whether what it would catch in the texts is foretold.
    pub fn is_foretold(&self) -> bool {
        self.filled.is_foretold()
    }

    /// The change of the codebook that is to be foretold, or why there can be none.
    pub(super) fn plan(&self, app: &App) -> Option<Result<Planned, String>> {
        self.filled.plan(&self.fields, app)
    }
}

impl Screens {
    /// Opens a form.
    pub(super) fn open_form<P: Purpose>(&mut self, purpose: P, fields: impl IntoIterator<Item = (P::Field, Field)>) {
        self.lay(Overlay::Form(Form::new(purpose, fields)));
    }
}

impl App {
    /// Takes what the open form says; where that cannot be, says why and leaves it open at the field to mend.
    pub(super) fn accept_form(&mut self) {
        let Some(Overlay::Form(mut form)) = self.screens.take_overlay() else { return };
        if let Err((at, why)) = form.filled.accept(&form.fields, self) {
            form.at = at;
            self.screens.lay(Overlay::Form(form));
            self.out.tell(why);
        }
    }
}

impl<F: Copy + Eq> Filled<'_, F> {
    fn field(&self, name: F) -> Option<&Field> {
        self.names.iter().position(|n| *n == name).and_then(|at| self.fields.get(at))
    }

    /// The value of a field.
    pub(super) fn of(&self, name: F) -> String {
        self.field(name).map_or_else(String::new, Field::said)
    }

    /// What was typed in a field.
    pub(super) fn typed(&self, name: F) -> &str {
        self.field(name).map_or("", |field| field.input.value().trim())
    }
}

impl<F> Amiss<F> {
    pub(super) fn at(field: F, why: impl Into<String>) -> Self {
        Self { field, why: why.into() }
    }
}

impl Field {
    /// A field with something in it already.
    pub fn new(label: &'static str, value: &str) -> Self {
        let input = Input::new(value.to_owned());
        Self { label, input, options: Vec::new(), letters: &[], default: String::new(), hint: "" }
    }

    /// What the field stands for, as it is now: of options, the one whose letter or beginning was typed.
    pub fn said(&self) -> String {
        let typed = self.input.value().trim();
        if typed.is_empty() {
            return self.default.clone();
        }
        let lower = plain(typed).into_owned();
        let letter = lower.chars().next().filter(|_| lower.chars().count() == 1);
        let by_letter = letter.and_then(|c| self.letters.iter().position(|l| *l == c));
        if let Some(option) = by_letter.and_then(|at| self.options.get(at)) {
            return option.clone();
        }
        let begins = |option: &&String| plain(option).starts_with(&lower);
        let has = |option: &&String| plain(option).contains(&lower);
        let exact = self.options.iter().find(|option| plain(option) == lower);
        let found = exact.or_else(|| self.options.iter().find(begins));
        let found = if self.letters.is_empty() { found.or_else(|| self.options.iter().find(has)) } else { found };
        found.cloned().unwrap_or_else(|| typed.to_owned())
    }
}

/// A purpose and the names of its fields.
#[derive(Debug)]
struct Named<P: Purpose> {
    purpose: P,
    names: Vec<P::Field>,
}

/// A [`Purpose`] of any type. Fields are told apart by their position.
trait AnyPurpose: fmt::Debug + Any {
    fn title(&self, app: &App) -> String;
    fn about(&self, app: &App) -> Vec<(String, String)>;
    fn enter(&self) -> &'static str;
    fn is_foretold(&self) -> bool;
    fn plan(&self, fields: &[Field], app: &App) -> Option<Result<Planned, String>>;
    fn accept(&self, fields: &[Field], app: &mut App) -> Result<(), (usize, String)>;
}

impl<P: Purpose> AnyPurpose for Named<P> {
    fn title(&self, app: &App) -> String {
        self.purpose.title(app)
    }

    fn about(&self, app: &App) -> Vec<(String, String)> {
        self.purpose.about(app)
    }

    fn enter(&self) -> &'static str {
        self.purpose.enter()
    }

    fn is_foretold(&self) -> bool {
        P::FORETOLD
    }

    fn plan(&self, fields: &[Field], app: &App) -> Option<Result<Planned, String>> {
        let planned = self.purpose.plan(&Filled { names: &self.names, fields }, app)?;
        Some(planned.map_err(|amiss| amiss.why))
    }

    fn accept(&self, fields: &[Field], app: &mut App) -> Result<(), (usize, String)> {
        self.purpose
            .accept(&Filled { names: &self.names, fields }, app)
            .map_err(|amiss| (self.names.iter().position(|name| *name == amiss.field).unwrap_or(0), amiss.why))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::link::judgement::Relation;

    #[test]
    fn a_letter_a_beginning_or_a_word_of_ones_own_name_the_relation() {
        let mut field = Field::new("relation", "");
        field.options = Relation::NAMED.iter().map(|r| r.word().to_owned()).collect();
        field.letters = &['c', 'a', 'n', 'u', 'q', 'f'];
        field.default = "contrasts".to_owned();
        let cases = [
            ("", "contrasts"),
            ("a", "agrees"),
            ("n", "answers"),
            ("an", "answers"),
            ("u", "qualifies"),
            ("quo", "quotes"),
            ("f", "same fact"),
            ("Same", "same fact"),
            ("contradicts", "contradicts"),
            ("takes up", "takes up"),
        ];
        for (typed, expected) in cases {
            field.input = Input::new(typed.to_owned());
            assert_eq!(field.said(), expected, "{typed:?}");
        }
    }
}
