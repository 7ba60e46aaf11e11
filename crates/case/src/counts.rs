//! The first page: counts, asked of the catalog without reading a document.

use crate::case::Case;
use crate::catalog::{Catalog, Kept};
use crate::error::CaseError;
use crate::views::{DecisionRow, Overview};

/// Decisions shown on the first page.
const LAST: usize = 8;

impl Case {
    /// The first page.
    pub fn overview(&self) -> Result<Overview, CaseError> {
        let catalog = &self.catalog;
        let decisions: Vec<DecisionRow> =
            self.decisions()?.iter().rev().take(LAST).map(crate::decisions::row).collect();
        let languages = catalog.counted(
            "SELECT lang, count(*) FROM documents_kept WHERE gave_text GROUP BY lang ORDER BY count(*) DESC, lang",
        )?;
        Ok(Overview {
            name: self.name().to_owned(),
            lens: format!("{} {}", self.lens.settings.name, self.lens.settings.version),
            captures: catalog.number("SELECT count(*) FROM captures_kept")?,
            documents: catalog.number("SELECT count(*) FROM documents_kept")?,
            read: languages.iter().map(|(_, count)| count).sum(),
            languages,
            posts: catalog.count(Kept::Post)?,
            countries: catalog.number(
                "SELECT count(DISTINCT json ->> '$.country') FROM judged WHERE kind = 'post'",
            )?,
            claims: catalog.count(Kept::Claim)?,
            open_claims: catalog.number(
                "SELECT count(*) FROM judged WHERE kind = 'claim' AND json ->> '$.decision' IS NULL",
            )?,
            unread_quotes: catalog.number(UNREAD)?,
            pairs: catalog.count(Kept::Pair)?,
            entities: catalog.note("entities")?.and_then(|n| n.parse().ok()).unwrap_or(0),
            registers: catalog.count_registers()?,
            verdicts: catalog.counted(
                "SELECT v.value ->> '$.outcome' AS word, count(DISTINCT p.id) FROM judged p, json_each(p.json, '$.verdicts') v
                 WHERE p.kind = 'post' GROUP BY word ORDER BY word",
            )?,
            complaints: catalog.number(
                "SELECT (SELECT coalesce(sum(said), 0) FROM documents_kept)
                 + (SELECT coalesce(sum(json_array_length(complaints)), 0) FROM inputs_kept)",
            )?,
            waiting_decisions: catalog.count(Kept::Waiting)?,
            stale: self.stale()?,
            last_decisions: decisions,
        })
    }
}

/// Quotes that would count for a grade once somebody has read them.
const UNREAD: &str = "
SELECT count(DISTINCT e.value ->> '$.quote') FROM judged c, json_each(c.json, '$.evidence') e
WHERE c.kind = 'claim' AND json_array_length(e.value, '$.read_by') = 0 AND NOT (e.value ->> '$.rejected')
  AND NOT (e.value ->> '$.withdrawn')
  AND e.value ->> '$.origin' IS NOT NULL AND e.value ->> '$.stance' <> 'mentions'";

impl Catalog {
    fn number(&self, sql: &str) -> Result<usize, CaseError> {
        let number: i64 = self.db.prepare_cached(sql)?.query_row([], |row| row.get(0))?;
        Ok(usize::try_from(number).unwrap_or(0))
    }

    fn counted(&self, sql: &str) -> Result<Vec<(String, usize)>, CaseError> {
        let mut statement = self.db.prepare_cached(sql)?;
        let rows = statement.query_map([], |row| Ok((row.get(0)?, row.get::<_, i64>(1)?)))?;
        rows.map(|row| row.map(|(word, n)| (word, usize::try_from(n).unwrap_or(0))).map_err(CaseError::from))
            .collect()
    }
}
