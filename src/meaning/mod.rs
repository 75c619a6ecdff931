//! A sentence model in a folder of the reader's, run by the program itself: what a passage means, as a direction.
//!
//! The folder holds the files of all-MiniLM-L6-v2 or of another model of its kind (BERT with mean pooling), as
//! sentence-transformers writes them: `config.json`, `vocab.txt`, `model.safetensors`. Nothing is ever fetched. What
//! rests on a model alone is said to be close in meaning "by a model"; it has no words to show for it.

pub(crate) mod bert;
pub(crate) mod close;
pub(crate) mod fault;
mod shape;
mod weights;
mod wordpiece;
