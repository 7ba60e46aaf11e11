//! The catalog: one SQLite file, derived, with views that read like the commands.
//!
//! Records lie in it as JSON under an id and the key of the stage that made
//! them; the views unfold them for anybody with an SQLite browser.

use crate::error::CaseError;
use plainsight_model::{Capture, Complaint, Document, DocumentId, Findings};
use rusqlite::{Connection, OptionalExtension, params};
use serde::Serialize;
use serde::de::DeserializeOwned;
use std::path::Path;
use std::str::FromStr;

/// Bumped when the tables change; an older catalog is dropped and rebuilt.
const SCHEMA: i64 = 3;

/// The catalog of one case.
pub struct Catalog {
    pub(crate) db: Connection,
}

/// What judging left, by kind.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kept {
    /// A [`crate::views::Finding`] under its `pos-`.
    Post,
    /// A [`crate::views::ClaimRow`] under its `clm-`.
    Claim,
    /// A [`crate::views::PairRow`] under its `pair-`.
    Pair,
    /// A decision that found no place, under its `dec-`.
    Waiting,
    /// The copy links of a document, under its `doc-`.
    Copies,
    /// A decision as it stands, under its `dec-`.
    Decision,
}

impl Kept {
    fn word(self) -> &'static str {
        match self {
            Self::Post => "post",
            Self::Claim => "claim",
            Self::Pair => "pair",
            Self::Waiting => "waiting",
            Self::Copies => "copies",
            Self::Decision => "decision",
        }
    }
}

impl Catalog {
    /// Opens or makes the file; one of another schema is emptied.
    pub fn open(file: &Path) -> Result<Self, CaseError> {
        let db = Connection::open(file)?;
        db.busy_timeout(std::time::Duration::from_secs(10))?;
        db.pragma_update(None, "journal_mode", "WAL")?;
        // Derived data: a lost tail is computed again, so one fsync per checkpoint is enough.
        db.pragma_update(None, "synchronous", "NORMAL")?;
        let found: i64 = db.query_row("PRAGMA user_version", [], |row| row.get(0))?;
        let catalog = Self { db };
        if found != SCHEMA {
            catalog.rebuild_schema()?;
        }
        Ok(catalog)
    }

    /// Opens an existing file to read only; one of another schema is emptied, since it is derived.
    pub fn open_to_read(file: &Path) -> Result<Self, CaseError> {
        // WAL readers need to write the shared-memory file, so the handle itself is writable.
        let db = Connection::open(file)?;
        db.busy_timeout(std::time::Duration::from_secs(10))?;
        let found: i64 = db.query_row("PRAGMA user_version", [], |row| row.get(0))?;
        if found != SCHEMA {
            drop(db);
            return Self::open(file);
        }
        db.pragma_update(None, "query_only", "ON")?;
        Ok(Self { db })
    }

    fn rebuild_schema(&self) -> Result<(), CaseError> {
        let old: Vec<(String, String)> = self
            .db
            .prepare("SELECT type, name FROM sqlite_master WHERE type IN ('view','table') AND name NOT LIKE 'sqlite_%'")?
            .query_map([], |row| Ok((row.get(0)?, row.get(1)?)))?
            .collect::<Result<_, _>>()?;
        for (kind, name) in old {
            self.db.execute_batch(&format!("DROP {kind} IF EXISTS \"{name}\""))?;
        }
        self.db.execute_batch(SCHEMA_SQL)?;
        self.db.execute_batch(crate::register_rows::SQL)?;
        self.db.pragma_update(None, "user_version", SCHEMA)?;
        Ok(())
    }

    /// Runs `work` in one transaction.
    pub fn together<T>(&self, work: impl FnOnce() -> Result<T, CaseError>) -> Result<T, CaseError> {
        self.db.execute_batch("BEGIN IMMEDIATE")?;
        match work() {
            Ok(value) => {
                self.db.execute_batch("COMMIT")?;
                Ok(value)
            }
            Err(error) => {
                self.db.execute_batch("ROLLBACK")?;
                Err(error)
            }
        }
    }

    /// Reads a note to itself.
    pub fn note(&self, name: &str) -> Result<Option<String>, CaseError> {
        Ok(self.db.query_row("SELECT value FROM notes WHERE name = ?", [name], |r| r.get(0)).optional()?)
    }

    /// Writes a note to itself.
    pub fn set_note(&self, name: &str, value: &str) -> Result<(), CaseError> {
        self.db.execute("INSERT OR REPLACE INTO notes VALUES (?, ?)", params![name, value])?;
        Ok(())
    }

    /// Keeps a capture.
    pub fn put_capture(&self, capture: &Capture) -> Result<(), CaseError> {
        self.db.prepare_cached("INSERT OR REPLACE INTO captures_kept VALUES (?, ?, ?, ?)")?.execute(
            params![
                capture.id.to_string(),
                capture.document.to_string(),
                capture.source,
                serde_json::to_string(capture)?,
            ],
        )?;
        Ok(())
    }

    /// All captures, by id.
    pub fn captures(&self) -> Result<Vec<Capture>, CaseError> {
        self.all("SELECT json FROM captures_kept ORDER BY id")
    }

    /// The captures of an address, earliest first.
    pub fn captures_at(&self, uri: &str) -> Result<Vec<Capture>, CaseError> {
        self.captures_where("SELECT json FROM captures_kept WHERE json_extract(json, '$.uri') = ?", uri)
    }

    /// The captures of a document, earliest first.
    pub fn captures_of(&self, document: &DocumentId) -> Result<Vec<Capture>, CaseError> {
        self.captures_where("SELECT json FROM captures_kept WHERE document = ?", &document.to_string())
    }

    fn captures_where(&self, sql: &str, value: &str) -> Result<Vec<Capture>, CaseError> {
        let mut statement = self.db.prepare_cached(sql)?;
        let rows = statement.query_map([value], |row| row.get::<_, String>(0))?;
        let mut captures: Vec<Capture> =
            rows.map(|json| Ok(serde_json::from_str(&json?)?)).collect::<Result<_, CaseError>>()?;
        captures.sort_by(|a, b| (&a.date, a.id).cmp(&(&b.date, b.id)));
        Ok(captures)
    }

    /// Drops a document with all that was found in it.
    pub fn drop_document(&self, id: &DocumentId) -> Result<(), CaseError> {
        for table in ["documents_kept", "findings_kept"] {
            self.db.execute(&format!("DELETE FROM {table} WHERE id = ?"), [id.to_string()])?;
        }
        Ok(())
    }

    /// Keeps a document with the key of its stage.
    pub fn put_document(
        &self,
        id: &DocumentId,
        key: &str,
        document: &Document,
        complaints: &[Complaint],
    ) -> Result<(), CaseError> {
        self.db
            .prepare_cached("INSERT OR REPLACE INTO documents_kept VALUES (?, ?, ?, ?, ?, ?, ?)")?
            .execute(params![
                id.to_string(),
                key,
                document.lang,
                !document.text.trim().is_empty(),
                complaints.len() as i64,
                serde_json::to_string(complaints)?,
                serde_json::to_string(document)?,
            ])?;
        Ok(())
    }

    /// The key and complaints under which each document was read.
    pub fn document_keys(&self) -> Result<Vec<(DocumentId, String, Vec<Complaint>)>, CaseError> {
        let mut statement = self.db.prepare("SELECT id, key, complaints FROM documents_kept ORDER BY id")?;
        let rows =
            statement.query_map([], |r| Ok((r.get::<_, String>(0)?, r.get(1)?, r.get::<_, String>(2)?)))?;
        rows.map(|row| {
            let (id, key, complaints) = row?;
            Ok((parse(&id)?, key, serde_json::from_str(&complaints)?))
        })
        .collect()
    }

    /// A document with its complaints.
    pub fn document(&self, id: &DocumentId) -> Result<Option<(Document, Vec<Complaint>)>, CaseError> {
        let found: Option<(String, String)> = self
            .db
            .prepare_cached("SELECT json, complaints FROM documents_kept WHERE id = ?")?
            .query_row([id.to_string()], |row| Ok((row.get(0)?, row.get(1)?)))
            .optional()?;
        found
            .map(|(json, complaints)| Ok((serde_json::from_str(&json)?, serde_json::from_str(&complaints)?)))
            .transpose()
    }

    /// Keeps what was found in a document.
    pub fn put_findings(&self, id: &DocumentId, key: &str, findings: &Findings) -> Result<(), CaseError> {
        self.db.prepare_cached("INSERT OR REPLACE INTO findings_kept VALUES (?, ?, ?)")?.execute(params![
            id.to_string(),
            key,
            serde_json::to_string(findings)?
        ])?;
        Ok(())
    }

    /// What was found in a document.
    pub fn findings(&self, id: &DocumentId) -> Result<Option<Findings>, CaseError> {
        self.one("SELECT json FROM findings_kept WHERE id = ?", &id.to_string())
    }

    /// The key under which each document was searched for findings.
    pub fn finding_keys(&self) -> Result<Vec<(DocumentId, String)>, CaseError> {
        let mut statement = self.db.prepare("SELECT id, key FROM findings_kept ORDER BY id")?;
        let rows = statement.query_map([], |row| Ok((row.get::<_, String>(0)?, row.get(1)?)))?;
        rows.map(|row| row.map_err(CaseError::from).and_then(|(id, key)| Ok((parse(&id)?, key)))).collect()
    }

    /// Keeps complaints about an input that became no capture.
    pub fn put_input_complaints(&self, source: &str, complaints: &[Complaint]) -> Result<(), CaseError> {
        self.db.execute(
            "INSERT OR REPLACE INTO inputs_kept VALUES (?, ?)",
            params![source, serde_json::to_string(complaints)?],
        )?;
        Ok(())
    }

    /// Complaints about inputs, by name.
    pub fn input_complaints(&self) -> Result<Vec<(String, Vec<Complaint>)>, CaseError> {
        let mut statement = self.db.prepare("SELECT source, complaints FROM inputs_kept ORDER BY source")?;
        let rows = statement.query_map([], |row| Ok((row.get(0)?, row.get::<_, String>(1)?)))?;
        rows.map(|row| {
            row.map_err(CaseError::from).and_then(|(s, json)| Ok((s, serde_json::from_str(&json)?)))
        })
        .collect()
    }

    /// Replaces all records of a kind.
    pub fn replace<T: Serialize>(&self, kind: Kept, rows: &[(String, T)]) -> Result<(), CaseError> {
        self.db.execute("DELETE FROM judged WHERE kind = ?", [kind.word()])?;
        let mut statement = self.db.prepare_cached("INSERT OR REPLACE INTO judged VALUES (?, ?, ?)")?;
        for (id, row) in rows {
            statement.execute(params![kind.word(), id, serde_json::to_string(row)?])?;
        }
        Ok(())
    }

    /// All records of a kind, by id.
    pub fn kept<T: DeserializeOwned>(&self, kind: Kept) -> Result<Vec<T>, CaseError> {
        self.all(&format!("SELECT json FROM judged WHERE kind = '{}' ORDER BY id", kind.word()))
    }

    /// One record of a kind.
    pub fn kept_one<T: DeserializeOwned>(&self, kind: Kept, id: &str) -> Result<Option<T>, CaseError> {
        self.one(&format!("SELECT json FROM judged WHERE kind = '{}' AND id = ?", kind.word()), id)
    }

    /// How many records of a kind there are.
    pub fn count(&self, kind: Kept) -> Result<usize, CaseError> {
        let count: i64 =
            self.db
                .query_row("SELECT count(*) FROM judged WHERE kind = ?", [kind.word()], |row| row.get(0))?;
        Ok(count as usize)
    }

    /// The key under which each document stands in the index.
    pub fn indexed(&self) -> Result<Vec<(DocumentId, String)>, CaseError> {
        let mut statement = self.db.prepare("SELECT id, key FROM indexed ORDER BY id")?;
        let rows = statement.query_map([], |row| Ok((row.get::<_, String>(0)?, row.get(1)?)))?;
        rows.map(|row| row.map_err(CaseError::from).and_then(|(id, key)| Ok((parse(&id)?, key)))).collect()
    }

    /// Notes that a document stands in the index under a key, or no longer.
    pub fn set_indexed(&self, id: &DocumentId, key: Option<&str>) -> Result<(), CaseError> {
        match key {
            Some(key) => self
                .db
                .execute("INSERT OR REPLACE INTO indexed VALUES (?, ?)", params![id.to_string(), key])?,
            None => self.db.execute("DELETE FROM indexed WHERE id = ?", [id.to_string()])?,
        };
        Ok(())
    }

    /// Folds the log into the file, so that one file is the whole catalog.
    pub fn settle(&self) -> Result<(), CaseError> {
        self.db.execute_batch("PRAGMA wal_checkpoint(TRUNCATE);")?;
        Ok(())
    }

    fn all<T: DeserializeOwned>(&self, sql: &str) -> Result<Vec<T>, CaseError> {
        let mut statement = self.db.prepare_cached(sql)?;
        let rows = statement.query_map([], |row| row.get::<_, String>(0))?;
        rows.map(|json| Ok(serde_json::from_str(&json?)?)).collect()
    }

    fn one<T: DeserializeOwned>(&self, sql: &str, id: &str) -> Result<Option<T>, CaseError> {
        let json: Option<String> =
            self.db.prepare_cached(sql)?.query_row([id], |row| row.get(0)).optional()?;
        Ok(json.map(|json| serde_json::from_str(&json)).transpose()?)
    }
}

fn parse<T: FromStr>(id: &str) -> Result<T, CaseError> {
    id.parse().map_err(|_| CaseError::Unknown(id.to_owned()))
}

const SCHEMA_SQL: &str = "
CREATE TABLE notes(name TEXT PRIMARY KEY, value TEXT NOT NULL) STRICT;
CREATE TABLE captures_kept(id TEXT PRIMARY KEY, document TEXT NOT NULL, source TEXT NOT NULL, json TEXT NOT NULL) STRICT;
CREATE INDEX captures_by_document ON captures_kept(document);
CREATE TABLE documents_kept(id TEXT PRIMARY KEY, key TEXT NOT NULL, lang TEXT NOT NULL, gave_text INTEGER NOT NULL,
  said INTEGER NOT NULL, complaints TEXT NOT NULL, json TEXT NOT NULL) STRICT;
CREATE INDEX documents_counted ON documents_kept(gave_text, lang, said);
CREATE TABLE findings_kept(id TEXT PRIMARY KEY, key TEXT NOT NULL, json TEXT NOT NULL) STRICT;
CREATE TABLE inputs_kept(source TEXT PRIMARY KEY, complaints TEXT NOT NULL) STRICT;
CREATE TABLE indexed(id TEXT PRIMARY KEY, key TEXT NOT NULL) STRICT;
CREATE TABLE judged(kind TEXT NOT NULL, id TEXT NOT NULL, json TEXT NOT NULL, PRIMARY KEY(kind, id)) STRICT;

CREATE VIEW captures AS SELECT id, document, json ->> '$.uri' AS uri, json ->> '$.date' AS date,
  json ->> '$.payload' AS sha256, json ->> '$.length' AS bytes, json ->> '$.media_type' AS media_type,
  json ->> '$.how' AS how, source, json ->> '$.place.file' AS file, json ->> '$.place.offset' AS offset,
  json ->> '$.place.record_id' AS record FROM captures_kept;
CREATE VIEW documents AS SELECT id, json ->> '$.title' AS title, json ->> '$.kind' AS kind, json ->> '$.lang' AS lang,
  json ->> '$.script' AS script, json ->> '$.date' AS date, json ->> '$.author' AS author, json ->> '$.url' AS url,
  json ->> '$.encoding' AS encoding, json ->> '$.reader' AS reader, json ->> '$.text' AS text FROM documents_kept;
CREATE VIEW complaints AS SELECT d.id AS document, NULL AS input, c.value ->> '$.what' AS what, c.value ->> '$.place' AS place,
  c.value ->> '$.cure' AS cure FROM documents_kept d, json_each(d.complaints) c
  UNION ALL SELECT NULL, i.source, c.value ->> '$.what', c.value ->> '$.place', c.value ->> '$.cure'
  FROM inputs_kept i, json_each(i.complaints) c;
CREATE VIEW mentions AS SELECT f.id AS document, m.value ->> '$.kind' AS kind, m.value ->> '$.span.start' AS start,
  m.value ->> '$.span.end' AS end, m.value ->> '$.text' AS text, m.value ->> '$.key' AS key, m.value ->> '$.rule' AS rule
  FROM findings_kept f, json_each(f.json, '$.mentions') m;
CREATE VIEW posts AS SELECT id, (SELECT group_concat(n.value ->> '$.text', ' · ') FROM json_each(judged.json, '$.names') n) AS names,
  json ->> '$.country' AS country, json ->> '$.city' AS city, json ->> '$.operator' AS operator,
  json ->> '$.host_body' AS host_body, json ->> '$.address' AS address, json ->> '$.phone' AS phone,
  json ->> '$.opened' AS opened,
  (SELECT group_concat(s.value ->> '$.word', ' · ') FROM json_each(judged.json, '$.statuses') s) AS statuses,
  (SELECT group_concat(v.value ->> '$.outcome', ' · ') FROM json_each(judged.json, '$.verdicts') v) AS verdicts,
  json ->> '$.origins' AS origins, json ->> '$.grade' AS grade, json ->> '$.grade_if_read' AS grade_if_read
  FROM judged WHERE kind = 'post';
CREATE VIEW claims AS SELECT id, json ->> '$.text' AS text, json ->> '$.subject' AS subject,
  json ->> '$.predicate' AS predicate, json ->> '$.object' AS object, json ->> '$.valid' AS valid,
  json ->> '$.grade' AS grade, json ->> '$.grade_if_read' AS grade_if_read,
  (SELECT count(*) FROM json_each(judged.json, '$.origins') o WHERE o.value ->> '$.counts') AS origins,
  json ->> '$.decision.answer' AS decision FROM judged WHERE kind = 'claim';
CREATE VIEW evidence AS SELECT c.id AS claim, e.value ->> '$.quote' AS id, e.value ->> '$.document' AS document,
  e.value ->> '$.start' AS start, e.value ->> '$.end' AS end, e.value ->> '$.text' AS text, e.value ->> '$.stance' AS stance,
  e.value ->> '$.voice' AS voice, e.value ->> '$.mode' AS mode, e.value ->> '$.origin' AS origin,
  e.value ->> '$.read_by' AS read_by FROM judged c, json_each(c.json, '$.evidence') e WHERE c.kind = 'claim';
CREATE VIEW origins AS SELECT c.id AS claim, o.value ->> '$.origin' AS id, o.value ->> '$.how' AS how,
  o.value ->> '$.voice' AS voice, o.value ->> '$.mode' AS mode, o.value ->> '$.counts' AS counts,
  o.value ->> '$.letter' AS letter, o.value ->> '$.documents' AS documents
  FROM judged c, json_each(c.json, '$.origins') o WHERE c.kind = 'claim';
CREATE VIEW names AS SELECT id, json ->> '$.a.text' AS a, json ->> '$.b.text' AS b, json ->> '$.score' AS score,
  json ->> '$.verdict' AS verdict FROM judged WHERE kind = 'pair';
CREATE VIEW decisions AS SELECT id, json ->> '$.answer' AS answer, json ->> '$.question' AS question,
  json ->> '$.reason' AS reason, json ->> '$.author' AS author, json ->> '$.time' AS time FROM judged WHERE kind = 'decision';
";
