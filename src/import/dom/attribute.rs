//! What an element says of itself.

use dom_query::Element;

/// An attribute of an element.
pub(in crate::import) fn attribute<'e>(element: &'e Element, name: &str) -> Option<&'e str> {
    element.attrs.iter().find(|a| &*a.name.local == name).map(|a| &*a.value)
}
