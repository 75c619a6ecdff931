//! YAML front matter, in the order of the file.
//!
//! YAML says of a bare `1.10` that it is a number; here it is what its author wrote. So it is read twice: once to see
//! its shape, and once more with that shape, asking for strings.

use std::fmt;

use serde::de::{Deserialize, DeserializeSeed, Deserializer, IgnoredAny, MapAccess, SeqAccess, Visitor};

use super::raw::Raw;

/// Nesting below this is not front matter.
const DEEPEST: u8 = 8;

/// The entries of the map, or `None` where it is no YAML map.
pub(super) fn read(inner: &str) -> Option<Vec<(String, Raw)>> {
    if inner.trim().is_empty() {
        return Some(Vec::new());
    }
    let options = serde_saphyr::options! {};
    let shape = serde_saphyr::with_deserializer_from_str_with_options(inner, options.clone(), |de| {
        Shape(DEEPEST).deserialize(de)
    })
    .ok()?;
    let written =
        serde_saphyr::with_deserializer_from_str_with_options(inner, options, |de| Written(&shape).deserialize(de))
            .ok()?;
    match written {
        Raw::Map(entries) => Some(entries),
        _ => None,
    }
}

/// What kind of value stands where.
struct Shape(u8);

impl<'de> DeserializeSeed<'de> for Shape {
    type Value = Raw;

    fn deserialize<D: Deserializer<'de>>(self, de: D) -> Result<Raw, D::Error> {
        if self.0 == 0 {
            IgnoredAny::deserialize(de)?;
            return Ok(Raw::Null);
        }
        de.deserialize_any(self)
    }
}

impl<'de> Visitor<'de> for Shape {
    type Value = Raw;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a value")
    }

    fn visit_bool<E>(self, _: bool) -> Result<Raw, E> {
        Ok(Raw::One(String::new()))
    }

    fn visit_i64<E>(self, _: i64) -> Result<Raw, E> {
        Ok(Raw::One(String::new()))
    }

    fn visit_u64<E>(self, _: u64) -> Result<Raw, E> {
        Ok(Raw::One(String::new()))
    }

    fn visit_i128<E>(self, _: i128) -> Result<Raw, E> {
        Ok(Raw::One(String::new()))
    }

    fn visit_u128<E>(self, _: u128) -> Result<Raw, E> {
        Ok(Raw::One(String::new()))
    }

    fn visit_f64<E>(self, _: f64) -> Result<Raw, E> {
        Ok(Raw::One(String::new()))
    }

    fn visit_str<E>(self, _: &str) -> Result<Raw, E> {
        Ok(Raw::One(String::new()))
    }

    fn visit_unit<E>(self) -> Result<Raw, E> {
        Ok(Raw::Null)
    }

    fn visit_none<E>(self) -> Result<Raw, E> {
        Ok(Raw::Null)
    }

    fn visit_some<D: Deserializer<'de>>(self, de: D) -> Result<Raw, D::Error> {
        self.deserialize(de)
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut seq: A) -> Result<Raw, A::Error> {
        let mut all = Vec::new();
        while let Some(one) = seq.next_element_seed(Shape(self.0 - 1))? {
            all.push(one);
        }
        Ok(Raw::Many(all))
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Raw, A::Error> {
        let mut all = Vec::new();
        while let Some(key) = map.next_key::<String>()? {
            all.push((key, map.next_value_seed(Shape(self.0 - 1))?));
        }
        Ok(Raw::Map(all))
    }
}

/// The values themselves, where their shape is known.
struct Written<'a>(&'a Raw);

impl<'de> DeserializeSeed<'de> for Written<'_> {
    type Value = Raw;

    fn deserialize<D: Deserializer<'de>>(self, de: D) -> Result<Raw, D::Error> {
        match self.0 {
            Raw::Null => IgnoredAny::deserialize(de).map(|_| Raw::Null),
            Raw::One(_) => String::deserialize(de).map(Raw::One),
            Raw::Many(_) => de.deserialize_seq(self),
            Raw::Map(_) => de.deserialize_map(self),
        }
    }
}

impl<'de> Visitor<'de> for Written<'_> {
    type Value = Raw;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("the value seen before")
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut seq: A) -> Result<Raw, A::Error> {
        let Raw::Many(shapes) = self.0 else { return Ok(Raw::Null) };
        let mut all = Vec::new();
        for shape in shapes {
            match seq.next_element_seed(Written(shape))? {
                Some(one) => all.push(one),
                None => break,
            }
        }
        // The sequence wants to be read to its end.
        while seq.next_element::<IgnoredAny>()?.is_some() {}
        Ok(Raw::Many(all))
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Raw, A::Error> {
        let Raw::Map(shapes) = self.0 else { return Ok(Raw::Null) };
        let mut all = Vec::new();
        let mut shapes = shapes.iter();
        while let Some(key) = map.next_key::<String>()? {
            let shape = shapes.next().map_or(&Raw::Null, |(_, shape)| shape);
            all.push((key, map.next_value_seed(Written(shape))?));
        }
        Ok(Raw::Map(all))
    }
}
