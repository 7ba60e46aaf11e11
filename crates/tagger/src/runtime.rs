//! The one place that runs a model; without the feature `onnx` there is none.

#[cfg(not(feature = "onnx"))]
pub(crate) use without::Runtime;

#[cfg(feature = "onnx")]
pub(crate) use with::Runtime;

#[cfg(not(feature = "onnx"))]
mod without {
    use crate::TaggerError;

    /// What no program without the feature can have.
    pub(crate) enum Runtime {}

    impl Runtime {
        pub fn load(_model: &[u8]) -> Result<Self, TaggerError> {
            Err(TaggerError::NotBuilt)
        }

        pub fn tags(&self, _ids: &[i32], _labels: usize) -> Result<Vec<usize>, TaggerError> {
            match *self {}
        }
    }
}

#[cfg(feature = "onnx")]
mod with {
    use crate::TaggerError;
    use rten::{Model, NodeId, Value};
    use std::panic::{AssertUnwindSafe, catch_unwind};

    /// What a model may ask for, and what it gets at every place but that of the pieces.
    const INPUTS: [(&str, Option<i32>); 3] =
        [("input_ids", None), ("attention_mask", Some(1)), ("token_type_ids", Some(0))];

    /// A loaded model with what it asks for.
    pub(crate) struct Runtime {
        model: Model,
        inputs: Vec<(NodeId, Option<i32>)>,
        output: NodeId,
    }

    impl Runtime {
        /// Loads a model from the bytes of its file.
        pub fn load(bytes: &[u8]) -> Result<Self, TaggerError> {
            let model = guarded(|| Model::load(bytes.to_vec()).map_err(|why| why.to_string()));
            let model = model.map_err(TaggerError::Model)?;
            let name = |id: &NodeId| model.node_info(*id).and_then(|node| node.name().map(str::to_owned));
            let mut inputs = Vec::new();
            for id in model.input_ids() {
                let asked = name(id).unwrap_or_default();
                let known = INPUTS.iter().find(|(input, _)| *input == asked);
                let wrong =
                    || TaggerError::Model(format!("it asks for an input “{asked}”, which is not known"));
                inputs.push((*id, known.ok_or_else(wrong)?.1));
            }
            if !inputs.iter().any(|(_, fixed)| fixed.is_none()) {
                return Err(TaggerError::Model("it has no input “input_ids”".to_owned()));
            }
            let outputs = model.output_ids();
            let logits = outputs.iter().find(|id| name(id).as_deref() == Some("logits"));
            let Some(output) = logits.or_else(|| outputs.first()).copied() else {
                return Err(TaggerError::Model("it has no output".to_owned()));
            };
            Ok(Self { inputs, output, model })
        }

        /// The likeliest tag at each place.
        pub fn tags(&self, ids: &[i32], labels: usize) -> Result<Vec<usize>, TaggerError> {
            let failed = |why: String| TaggerError::Run { pieces: ids.len(), why };
            let (shape, logits) = guarded(|| self.logits(ids)).map_err(failed)?;
            if shape != [1, ids.len(), labels] {
                let [texts, places, tags] = shape;
                return Err(failed(format!(
                    "it gives {texts} × {places} × {tags} values where 1 × {} × {labels} were asked for; labels.txt has {labels} lines",
                    ids.len()
                )));
            }
            // With `total_cmp` a model that gives no numbers still gives the same tags at every run.
            let best = |row: &[f32]| (0..row.len()).max_by(|a, b| row[*a].total_cmp(&row[*b]).then(b.cmp(a)));
            Ok(logits.chunks_exact(labels).filter_map(best).collect())
        }

        fn logits(&self, ids: &[i32]) -> Result<([usize; 3], Vec<f32>), String> {
            let shape = [1, ids.len()];
            let mut given = Vec::new();
            for (id, fixed) in &self.inputs {
                let values = fixed.map_or_else(|| ids.to_vec(), |value| vec![value; ids.len()]);
                let value = Value::from_shape(shape, values).map_err(|why| why.to_string())?;
                given.push((*id, value.into()));
            }
            let [logits] = self.model.run_n(given, [self.output], None).map_err(|why| why.to_string())?;
            logits.into_shape_vec::<f32, 3>().map_err(|why| why.to_string())
        }
    }

    /// What a call gives; a panic inside the runtime is an error like any other.
    fn guarded<T>(call: impl FnOnce() -> Result<T, String>) -> Result<T, String> {
        catch_unwind(AssertUnwindSafe(call)).unwrap_or_else(|_| Err("the runtime gave up on it".to_owned()))
    }
}
