//! The forward pass of a BERT model, and the mean of what it says of each piece (Devlin et al. 2019; Reimers & Gurevych 2019).
//!
//! One thread, numbers of 32 bits; a passage of a hundred words takes some 50 ms with all-MiniLM-L6-v2, so it is a worker
//! who asks.

use std::fmt;
use std::io::{Read, Seek};

use ndarray::linalg::general_mat_mul;
use ndarray::{Array1, Array2, Axis, Slice};

use super::fault::Fault;
use super::shape::Shape;
use super::weights::Weights;
use super::wordpiece::WordPiece;

/// A model in memory.
pub struct Bert {
    shape: Shape,
    words: WordPiece,
    pieces: Array2<f32>,
    /// The vectors of places, with that of the only kind of text added.
    places: Array2<f32>,
    norm: Norm,
    layers: Vec<Layer>,
}

struct Layer {
    query: Linear,
    key: Linear,
    value: Linear,
    attended: Linear,
    attended_norm: Norm,
    inner: Linear,
    outer: Linear,
    outer_norm: Norm,
}

/// A matrix of output × input, and what is added.
struct Linear {
    weight: Array2<f32>,
    bias: Array1<f32>,
}

struct Norm {
    weight: Array1<f32>,
    bias: Array1<f32>,
    eps: f32,
}

/// How many pieces of a passage are read: as many as all-MiniLM-L6-v2 was trained on.
const MOST_PIECES: usize = 256;

impl Bert {
    /// A model from its `config.json`, its `vocab.txt` and its `model.safetensors`.
    pub fn read(config: &str, vocabulary: &str, weights: impl Read + Seek) -> Result<Self, Fault> {
        let shape = Shape::read(config)?;
        let words = WordPiece::read(vocabulary, shape.vocab_size)?;
        let mut weights = Weights::open(weights)?;
        let w = &mut weights;
        let (width, inner, eps) = (shape.hidden_size, shape.intermediate_size, shape.layer_norm_eps);
        let pieces = w.matrix("embeddings.word_embeddings.weight", shape.vocab_size, width)?;
        let mut places = w.matrix("embeddings.position_embeddings.weight", shape.max_position_embeddings, width)?;
        places += &w.matrix("embeddings.token_type_embeddings.weight", 2, width)?.row(0);
        let norm = Norm::read(w, "embeddings.LayerNorm", width, eps)?;
        let layers = (0..shape.num_hidden_layers)
            .map(|number| {
                let name = |part: &str| format!("encoder.layer.{number}.{part}");
                Ok(Layer {
                    query: Linear::read(w, &name("attention.self.query"), width, width)?,
                    key: Linear::read(w, &name("attention.self.key"), width, width)?,
                    value: Linear::read(w, &name("attention.self.value"), width, width)?,
                    attended: Linear::read(w, &name("attention.output.dense"), width, width)?,
                    attended_norm: Norm::read(w, &name("attention.output.LayerNorm"), width, eps)?,
                    inner: Linear::read(w, &name("intermediate.dense"), inner, width)?,
                    outer: Linear::read(w, &name("output.dense"), width, inner)?,
                    outer_norm: Norm::read(w, &name("output.LayerNorm"), width, eps)?,
                })
            })
            .collect::<Result<_, Fault>>()?;
        Ok(Self { shape, words, pieces, places, norm, layers })
    }

    /// What a text means: a direction of length one; all zero where the numbers overflow.
    pub fn direction(&self, text: &str) -> Vec<f32> {
        let most = MOST_PIECES.min(self.shape.max_position_embeddings);
        let pieces = self.words.pieces(text, most);
        let mut x = self.places.slice_axis(Axis(0), Slice::from(..pieces.len())).to_owned();
        for (mut row, piece) in x.rows_mut().into_iter().zip(&pieces) {
            row += &self.pieces.row(*piece as usize);
        }
        self.norm.apply(&mut x);
        for layer in &self.layers {
            layer.apply(&mut x, self.shape.num_attention_heads);
        }
        let mean = x.sum_axis(Axis(0));
        let length = mean.dot(&mean).sqrt();
        if length.is_finite() && length > 0.0 { (mean / length).to_vec() } else { vec![0.0; self.shape.hidden_size] }
    }
}

impl fmt::Debug for Bert {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Bert({} layers of {})", self.layers.len(), self.shape.hidden_size)
    }
}

impl Layer {
    fn apply(&self, x: &mut Array2<f32>, heads: usize) {
        let (query, key, value) = (self.query.apply(x), self.key.apply(x), self.value.apply(x));
        let width = x.ncols() / heads;
        let mut attended = Array2::zeros(x.dim());
        let mut share = Array2::zeros((x.nrows(), x.nrows()));
        for head in 0..heads {
            let part = Slice::from(head * width..(head + 1) * width);
            let of_head = |all: &Array2<f32>| all.slice_axis(Axis(1), part).to_owned();
            let (query, key, value) = (of_head(&query), of_head(&key), of_head(&value));
            let scale = (width as f32).sqrt().recip();
            general_mat_mul(scale, &query, &key.t(), 0.0, &mut share);
            for mut row in share.rows_mut() {
                let most = row.fold(f32::MIN, |m, x| m.max(*x));
                row.mapv_inplace(|x| (x - most).exp());
                let sum = row.sum();
                row /= sum;
            }
            general_mat_mul(1.0, &share, &value, 0.0, &mut attended.slice_axis_mut(Axis(1), part));
        }
        *x += &self.attended.apply(&attended);
        self.attended_norm.apply(x);
        let mut inner = self.inner.apply(x);
        inner.mapv_inplace(gelu);
        *x += &self.outer.apply(&inner);
        self.outer_norm.apply(x);
    }
}

impl Linear {
    fn read<R: Read + Seek>(weights: &mut Weights<R>, name: &str, out: usize, from: usize) -> Result<Self, Fault> {
        let weight = weights.matrix(&format!("{name}.weight"), out, from)?;
        Ok(Self { weight, bias: weights.list(&format!("{name}.bias"), out)? })
    }

    fn apply(&self, x: &Array2<f32>) -> Array2<f32> {
        let mut y = Array2::zeros((x.nrows(), self.bias.len()));
        y += &self.bias;
        general_mat_mul(1.0, x, &self.weight.t(), 1.0, &mut y);
        y
    }
}

impl Norm {
    fn read<R: Read + Seek>(weights: &mut Weights<R>, name: &str, width: usize, eps: f32) -> Result<Self, Fault> {
        let weight = weights.list(&format!("{name}.weight"), width)?;
        Ok(Self { weight, bias: weights.list(&format!("{name}.bias"), width)?, eps })
    }

    fn apply(&self, x: &mut Array2<f32>) {
        for mut row in x.rows_mut() {
            let mean = row.sum() / row.len() as f32;
            row -= mean;
            let spread = (row.dot(&row) / row.len() as f32 + self.eps).sqrt();
            row /= spread;
            row *= &self.weight;
            row += &self.bias;
        }
    }
}

/// Hendrycks & Gimpel's activation, by a fit of erf that is good to 2e-7 (Abramowitz & Stegun 7.1.26).
fn gelu(x: f32) -> f32 {
    let z = x.abs() * std::f32::consts::FRAC_1_SQRT_2;
    let t = (1.0 + 0.327_591_1 * z).recip();
    let fit = ((((1.061_405_4 * t - 1.453_152) * t + 1.421_413_8) * t - 0.284_496_74) * t + 0.254_829_6) * t;
    let erf = (1.0 - fit * (-z * z).exp()).copysign(x);
    0.5 * x * (1.0 + erf)
}

#[cfg(test)]
mod tests {
    use super::Bert;
    use crate::meaning::fault::Fault;
    use proptest::prelude::*;
    use std::io::Cursor;

    const CONFIG: &str = r#"{"model_type": "bert", "hidden_act": "gelu", "hidden_size": 8, "num_hidden_layers": 2,
        "num_attention_heads": 2, "intermediate_size": 16, "max_position_embeddings": 16, "vocab_size": 12}"#;
    const VOCABULARY: &str = "[PAD]\n[UNK]\n[CLS]\n[SEP]\na\nb\nc\nd\ne\nf\ng\nh";

    /// The tensors of the smallest model that has everything, in the order in which they stand in the file.
    fn tensors() -> Vec<(String, Vec<usize>)> {
        let mut tensors: Vec<(String, Vec<usize>)> = Vec::new();
        let mut add = |name: String, shape: &[usize]| tensors.push((name, shape.to_vec()));
        add("embeddings.word_embeddings.weight".into(), &[12, 8]);
        add("embeddings.position_embeddings.weight".into(), &[16, 8]);
        add("embeddings.token_type_embeddings.weight".into(), &[2, 8]);
        add("embeddings.LayerNorm.weight".into(), &[8]);
        add("embeddings.LayerNorm.bias".into(), &[8]);
        for layer in 0..2 {
            for (part, rows, columns) in [
                ("attention.self.query", 8, 8),
                ("attention.self.key", 8, 8),
                ("attention.self.value", 8, 8),
                ("attention.output.dense", 8, 8),
                ("attention.output.LayerNorm", 8, 0),
                ("intermediate.dense", 16, 8),
                ("output.dense", 8, 16),
                ("output.LayerNorm", 8, 0),
            ] {
                let name = format!("encoder.layer.{layer}.{part}");
                let shape = [rows, columns];
                add(format!("{name}.weight"), if columns == 0 { &shape[..1] } else { &shape });
                add(format!("{name}.bias"), &[rows]);
            }
        }
        tensors
    }

    /// A file of weights that are sines, as the numpy script that made the numbers below has them.
    fn weights(tensors: &[(String, Vec<usize>)]) -> Vec<u8> {
        let (mut list, mut body) = (serde_json::Map::new(), Vec::new());
        for (number, (name, shape)) in tensors.iter().enumerate() {
            let begin = body.len();
            let base = if name.ends_with("LayerNorm.weight") { 1.0 } else { 0.0 };
            let part = if name.contains("LayerNorm") { 0.1 } else { 0.4 };
            for i in 0..shape.iter().product::<usize>() {
                let wave = ((i * i) as f64 * 0.7 + number as f64 * 1.3).sin();
                body.extend(((base + part * wave) as f32).to_le_bytes());
            }
            let entry = serde_json::json!({"dtype": "F32", "shape": shape, "data_offsets": [begin, body.len()]});
            list.insert(name.clone(), entry);
        }
        let list = serde_json::to_vec(&list).unwrap();
        [&(list.len() as u64).to_le_bytes()[..], &list, &body].concat()
    }

    fn read(config: &str, file: &[u8]) -> Result<Bert, Fault> {
        Bert::read(config, VOCABULARY, Cursor::new(file))
    }

    #[test]
    fn it_says_what_the_reference_says() {
        let model = read(CONFIG, &weights(&tensors())).unwrap();
        // By a forward pass in numpy that agrees with the model's ONNX form.
        for (text, expected) in [
            ("b d b", [-0.52661, -0.08423, 0.2084, 0.05065, 0.03399, 0.63565, -0.4973, 0.13067]),
            ("", [-0.34244, -0.17096, 0.61712, -0.09163, 0.2565, 0.37587, -0.40857, -0.30046]),
        ] {
            let found = model.direction(text);
            for (f, e) in found.iter().zip(expected) {
                assert!((f - e).abs() < 1e-4, "{text}: {found:?}");
            }
        }
        assert_eq!(model.direction(&"a b ".repeat(400)).len(), 8);
    }

    #[test]
    fn what_is_no_model_is_refused_in_a_line() {
        let whole = weights(&tensors());
        let refused = |config: &str, file: &[u8]| read(config, file).unwrap_err().to_string();
        assert!(refused("{", &whole).starts_with("config.json is not readable: "));
        assert!(refused(&CONFIG.replace("bert", "gpt2"), &whole).contains("a model of type \"gpt2\""));
        assert_eq!(
            refused(&CONFIG.replace("\"hidden_size\": 8", "\"hidden_size\": 80000"), &whole),
            "config.json says hidden_size is 80000: it must be from 1 to 1024"
        );
        assert!(
            refused(&CONFIG.replace("_layers\": 2", "_layers\": 3"), &whole).contains("no tensor encoder.layer.2.")
        );
        assert!(
            refused(&CONFIG.replace("size\": 16", "size\": 20"), &whole).contains("intermediate.dense.weight is not")
        );
        assert!(refused(CONFIG, &whole[..whole.len() - 1]).contains("is cut off"));
        assert!(refused(CONFIG, b"no weights at all").contains("its list of tensors"));
        let mut odd = whole.clone();
        let last = odd.len() - 4;
        odd[last..].copy_from_slice(&f32::NAN.to_le_bytes());
        assert!(refused(CONFIG, &odd).contains("holds what is not a number"));
    }

    proptest! {
        #[test]
        fn damage_is_refused_or_says_numbers(at in any::<prop::sample::Index>(), byte in any::<u8>(), text in ".{0,20}") {
            let mut file = weights(&tensors());
            let at = at.index(file.len());
            file[at] = byte;
            if let Ok(model) = read(CONFIG, &file) {
                prop_assert!(model.direction(&text).iter().all(|x| x.is_finite()));
            }
        }
    }
}
