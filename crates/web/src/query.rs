//! The part of an address after `?`, read and written.

/// Keys and values in their order.
#[derive(Clone, Debug, Default)]
pub(crate) struct Query(Vec<(String, String)>);

impl Query {
    /// Reads `a=b&c=d`.
    pub(crate) fn parse(raw: &str) -> Self {
        Self(form_urlencoded::parse(raw.as_bytes()).into_owned().collect())
    }

    /// The first value of `key`, empty where there is none.
    pub(crate) fn get(&self, key: &str) -> &str {
        self.0.iter().find(|(k, _)| k == key).map_or("", |(_, v)| v.as_str())
    }

    /// All values of `key`.
    pub(crate) fn all<'q>(&'q self, key: &'q str) -> impl Iterator<Item = &'q str> {
        self.0.iter().filter(move |(k, _)| k == key).map(|(_, v)| v.as_str())
    }

    /// The same with `key` set to `value`, or without it where `value` is
    /// empty; paging always starts anew.
    pub(crate) fn with(&self, key: &str, value: &str) -> Self {
        let mut pairs: Vec<_> =
            self.0.iter().filter(|(k, v)| k != key && k != "after" && !v.is_empty()).cloned().collect();
        if !value.is_empty() {
            pairs.push((key.to_owned(), value.to_owned()));
        }
        Self(pairs)
    }

    /// Writes `path?a=b`, or `path` alone.
    pub(crate) fn on(&self, path: &str) -> String {
        if self.0.is_empty() {
            return path.to_owned();
        }
        let mut out = form_urlencoded::Serializer::new(String::new());
        out.extend_pairs(&self.0);
        format!("{path}?{}", out.finish())
    }
}

/// Writes one value for an address.
pub(crate) fn escape(value: &str) -> String {
    form_urlencoded::byte_serialize(value.as_bytes()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_filter_is_added_and_taken_away_and_paging_starts_anew() {
        let query = Query::parse("lang=zh&after=50&q=%E8%AD%A6");
        assert_eq!(query.get("q"), "警");
        assert_eq!(query.with("kind", "page").on("s"), "s?lang=zh&q=%E8%AD%A6&kind=page");
        assert_eq!(query.with("lang", "").with("q", "").on("s"), "s");
    }
}
