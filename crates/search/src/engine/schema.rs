//! The fields that the index keeps.

use super::FACETS;
use tantivy::schema::{Field, IndexRecordOption, STORED, STRING, Schema, TextFieldIndexing, TextOptions};

/// The fields of the index.
#[derive(Clone, Copy)]
pub struct Fields {
    pub id: Field,
    pub grams: Field,
    pub chars: Field,
    pub words: Field,
    pub title: Field,
    pub date: Field,
    pub url: Field,
    pub shown_lang: Field,
    pub facets: [Field; FACETS.len()],
}

impl Fields {
    /// Finds them in a schema.
    pub fn of(schema: &Schema) -> tantivy::Result<Self> {
        let mut facets = [schema.get_field("id")?; FACETS.len()];
        for (field, name) in facets.iter_mut().zip(FACETS) {
            *field = schema.get_field(name)?;
        }
        Ok(Self {
            id: schema.get_field("id")?,
            grams: schema.get_field("grams")?,
            chars: schema.get_field("chars")?,
            words: schema.get_field("words")?,
            title: schema.get_field("title")?,
            date: schema.get_field("date")?,
            url: schema.get_field("url")?,
            shown_lang: schema.get_field("shown_lang")?,
            facets,
        })
    }

    /// The field of a facet; the id's for a name that is none, which no value matches.
    pub fn facet(&self, name: &str) -> Field {
        FACETS.iter().position(|facet| *facet == name).map_or(self.id, |at| self.facets[at])
    }
}

/// The schema; a change of it needs another [`crate::VERSION`].
pub fn schema() -> Schema {
    let mut schema = Schema::builder();
    schema.add_text_field("id", STRING.set_fast("raw"));
    for (name, option) in [
        ("grams", IndexRecordOption::WithFreqsAndPositions),
        ("chars", IndexRecordOption::Basic),
        ("words", IndexRecordOption::WithFreqsAndPositions),
    ] {
        let indexing = TextFieldIndexing::default().set_tokenizer(name).set_index_option(option);
        let options = TextOptions::default().set_indexing_options(indexing.set_fieldnorms(false));
        schema.add_text_field(name, options);
    }
    for name in FACETS {
        schema.add_text_field(name, STRING.set_fast("raw"));
    }
    for name in ["title", "date", "url", "shown_lang"] {
        schema.add_text_field(name, STORED);
    }
    schema.build()
}
