//! The weights of a model, out of `model.safetensors` (huggingface.co/docs/safetensors): the length of a JSON list, the
//! list of tensors with their places, and their numbers.
//!
//! Each tensor is read by itself when it is asked for, so that no second copy of the file stands in memory.

use std::collections::HashMap;
use std::io::{Read, Seek, SeekFrom};

use ndarray::{Array1, Array2};
use serde::Deserialize;

use super::fault::Fault;

/// An open file of weights.
pub(super) struct Weights<R> {
    file: R,
    tensors: HashMap<String, Tensor>,
    /// Where the numbers begin, and the length of the file.
    begin: u64,
    end: u64,
}

#[derive(Deserialize)]
struct Tensor {
    #[serde(default)]
    dtype: String,
    #[serde(default)]
    shape: Vec<usize>,
    #[serde(default)]
    data_offsets: [u64; 2],
}

/// A list of tensors is no longer than this.
const MAX_LIST: u64 = 4 << 20;

impl<R: Read + Seek> Weights<R> {
    /// Reads the list.
    pub(super) fn open(mut file: R) -> Result<Self, Fault> {
        let read = |error| Fault::Read { file: "model.safetensors", error };
        let end = file.seek(SeekFrom::End(0)).map_err(read)?;
        file.seek(SeekFrom::Start(0)).map_err(read)?;
        let mut length = [0; 8];
        file.read_exact(&mut length).map_err(|_| Fault::Head)?;
        let length = u64::from_le_bytes(length);
        if length > MAX_LIST || length + 8 > end {
            return Err(Fault::Head);
        }
        let mut list = vec![0; length as usize];
        file.read_exact(&mut list).map_err(read)?;
        let mut tensors: HashMap<String, serde_json::Value> = serde_json::from_slice(&list).map_err(|_| Fault::Head)?;
        tensors.remove("__metadata__");
        let tensors = tensors
            .into_iter()
            .map(|(name, value)| serde_json::from_value(value).map(|t| (name, t)).map_err(|_| Fault::Head))
            .collect::<Result<_, _>>()?;
        Ok(Self { file, tensors, begin: length + 8, end })
    }

    /// The tensor `name`, which must be of these many rows and columns.
    pub(super) fn matrix(&mut self, name: &str, rows: usize, columns: usize) -> Result<Array2<f32>, Fault> {
        let numbers = self.numbers(name, &[rows, columns])?;
        Array2::from_shape_vec((rows, columns), numbers).map_err(|_| Fault::Tensor(name.to_owned()))
    }

    /// The tensor `name`, which must be a list of this length.
    pub(super) fn list(&mut self, name: &str, length: usize) -> Result<Array1<f32>, Fault> {
        self.numbers(name, &[length]).map(Array1::from_vec)
    }

    fn numbers(&mut self, name: &str, shape: &[usize]) -> Result<Vec<f32>, Fault> {
        let tensor =
            self.tensors.get(name).filter(|t| t.dtype == "F32").ok_or_else(|| Fault::Missing(name.to_owned()))?;
        let damaged = || Fault::Tensor(name.to_owned());
        let bytes = shape.iter().product::<usize>() * 4;
        let [from, to] = tensor.data_offsets;
        let inside = to.checked_add(self.begin).is_some_and(|last| last <= self.end);
        if tensor.shape != shape || to.checked_sub(from) != Some(bytes as u64) || !inside {
            return Err(damaged());
        }
        self.file.seek(SeekFrom::Start(self.begin + from)).map_err(|_| damaged())?;
        let mut numbers = Vec::with_capacity(bytes / 4);
        let mut piece = [0; 1 << 14];
        let mut left = bytes;
        while left > 0 {
            let part = &mut piece[..left.min(1 << 14)];
            self.file.read_exact(part).map_err(|_| damaged())?;
            numbers.extend(part.chunks_exact(4).map(|c| c.first_chunk().map_or(0.0, |c| f32::from_le_bytes(*c))));
            left -= part.len();
        }
        if numbers.iter().all(|n| n.is_finite()) { Ok(numbers) } else { Err(Fault::Number(name.to_owned())) }
    }
}
