//! Why a folder cannot be used as a model, in one line each.

/// What is wrong with a model's files; the folder or file is named by whoever opened it.
#[derive(Debug, thiserror::Error)]
pub enum Fault {
    #[error("{file}: {error}")]
    Read { file: &'static str, error: std::io::Error },
    #[error("config.json is not readable: {0}")]
    Config(serde_json::Error),
    #[error(
        "config.json asks for {0}, which this program does not run: use a BERT model with mean pooling, as all-MiniLM-L6-v2"
    )]
    Kind(String),
    #[error("config.json says {what} is {value}: it must be from 1 to {most}")]
    Size { what: &'static str, value: usize, most: usize },
    #[error("vocab.txt lacks {0}")]
    Piece(&'static str),
    #[error("vocab.txt has {found} pieces where config.json says {said}")]
    Vocabulary { found: usize, said: usize },
    #[error("model.safetensors is damaged: its list of tensors cannot be read")]
    Head,
    #[error("model.safetensors has no tensor {0} of numbers of 32 bits")]
    Missing(String),
    #[error("model.safetensors is damaged: tensor {0} is not of the size that config.json asks for, or is cut off")]
    Tensor(String),
    #[error("model.safetensors is damaged: tensor {0} holds what is not a number")]
    Number(String),
}
