//! The sizes of a model, from its `config.json`, checked against what this program will hold in memory.

use serde::Deserialize;

use super::fault::Fault;

/// What `config.json` says, as far as the forward pass needs it.
#[derive(Debug, Clone, Deserialize)]
pub(super) struct Shape {
    #[serde(default)]
    model_type: String,
    #[serde(default)]
    hidden_act: String,
    pub hidden_size: usize,
    pub num_hidden_layers: usize,
    pub num_attention_heads: usize,
    pub intermediate_size: usize,
    pub max_position_embeddings: usize,
    pub vocab_size: usize,
    #[serde(default = "usual_eps")]
    pub layer_norm_eps: f32,
}

/// BERT's own.
fn usual_eps() -> f32 {
    1e-12
}

impl Shape {
    /// Reads and checks it.
    pub(super) fn read(config: &str) -> Result<Self, Fault> {
        let shape: Self = serde_json::from_str(config).map_err(Fault::Config)?;
        if shape.model_type != "bert" {
            return Err(Fault::Kind(format!("a model of type {:?}", shape.model_type)));
        }
        if shape.hidden_act != "gelu" {
            return Err(Fault::Kind(format!("the activation {:?}", shape.hidden_act)));
        }
        let within = |what, value: usize, most: usize| {
            if (1..=most).contains(&value) { Ok(()) } else { Err(Fault::Size { what, value, most }) }
        };
        within("hidden_size", shape.hidden_size, 1024)?;
        within("num_hidden_layers", shape.num_hidden_layers, 24)?;
        within("num_attention_heads", shape.num_attention_heads, 64)?;
        within("intermediate_size", shape.intermediate_size, 4096)?;
        within("max_position_embeddings", shape.max_position_embeddings, 8192)?;
        within("vocab_size", shape.vocab_size, 262_144)?;
        if !shape.hidden_size.is_multiple_of(shape.num_attention_heads) {
            return Err(Fault::Kind("heads that do not divide its width".to_owned()));
        }
        if !(1e-15..0.1).contains(&shape.layer_norm_eps) {
            return Err(Fault::Kind(format!("a layer_norm_eps of {}", shape.layer_norm_eps)));
        }
        Ok(shape)
    }
}
