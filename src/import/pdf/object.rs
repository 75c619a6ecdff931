//! Looks up values in PDF dictionaries, following references.

use lopdf::{Dictionary, Document, Object};

/// No stream of text, and no table of a font, is longer than this when it is unpacked, in bytes.
pub(super) const LARGEST_STREAM: usize = 64 << 20;

/// The value of a key.
pub(super) fn value<'a>(doc: &'a Document, of: &'a Dictionary, key: &[u8]) -> Option<&'a Object> {
    doc.dereference(of.get(key).ok()?).ok().map(|(_, object)| object)
}

pub(super) fn dict<'a>(doc: &'a Document, of: &'a Dictionary, key: &[u8]) -> Option<&'a Dictionary> {
    match value(doc, of, key)? {
        Object::Dictionary(d) => Some(d),
        Object::Stream(s) => Some(&s.dict),
        _ => None,
    }
}

pub(super) fn array<'a>(doc: &'a Document, of: &'a Dictionary, key: &[u8]) -> Option<&'a Vec<Object>> {
    value(doc, of, key)?.as_array().ok()
}

pub(super) fn name(doc: &Document, of: &Dictionary, key: &[u8]) -> Option<Vec<u8>> {
    value(doc, of, key)?.as_name().ok().map(<[u8]>::to_vec)
}

pub(super) fn number(doc: &Document, of: &Dictionary, key: &[u8]) -> Option<f32> {
    value(doc, of, key)?.as_float().ok().filter(|n| n.is_finite())
}

/// The first four numbers of a list: a rectangle.
pub(super) fn numbers<const N: usize>(doc: &Document, of: &Dictionary, key: &[u8]) -> Option<[f32; N]> {
    let all = array(doc, of, key)?;
    let mut out = [0.0; N];
    for (slot, object) in out.iter_mut().zip(all.get(..N)?) {
        *slot = doc.dereference(object).ok()?.1.as_float().ok().filter(|n| n.is_finite())?;
    }
    Some(out)
}

/// What a stream holds, unpacked.
pub(super) fn stream(doc: &Document, of: &Dictionary, key: &[u8]) -> Option<Vec<u8>> {
    value(doc, of, key)?.as_stream().ok()?.get_plain_content_with_limit(LARGEST_STREAM).ok()
}
