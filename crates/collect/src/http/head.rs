//! The header of an answer (RFC 9112, sections 4 and 5), as little understood as possible.

/// The header of an answer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Head {
    /// The status.
    pub status: u16,
    /// The fields as they stand, in their order, with their case.
    pub fields: Vec<(String, Vec<u8>)>,
    /// Where the body begins in the octets of the answer.
    pub body_at: usize,
}

impl Head {
    /// The first value of a field, without regard to case.
    pub fn field(&self, name: &str) -> Option<&[u8]> {
        self.all(name).next()
    }

    /// A field's first value as text.
    pub fn text(&self, name: &str) -> Option<String> {
        self.field(name).map(|value| String::from_utf8_lossy(value).trim().to_owned())
    }

    /// All values of a field.
    pub fn all(&self, name: &str) -> impl Iterator<Item = &[u8]> {
        let named = move |field: &&(String, Vec<u8>)| field.0.eq_ignore_ascii_case(name);
        self.fields.iter().filter(named).map(|(_, value)| value.as_slice())
    }
}

/// What stands at the beginning of these octets.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Begin {
    /// A whole header; `body_at` counts from the beginning of these octets.
    Whole(Head),
    /// Not all of it is there.
    Partly,
    /// More fields than are taken.
    TooMany,
    /// No HTTP/1.
    Foreign,
}

/// Reads the header at the beginning of octets. Lenient where browsers are
/// (blanks before the colon, folded lines, odd lines between fields): the octets are kept anyway.
pub(super) fn begin(octets: &[u8], most_fields: usize) -> Begin {
    let mut fields = vec![httparse::EMPTY_HEADER; most_fields];
    let mut answer = httparse::Response::new(&mut fields);
    let mut reader = httparse::ParserConfig::default();
    reader
        .allow_spaces_after_header_name_in_responses(true)
        .allow_obsolete_multiline_headers_in_responses(true)
        .allow_multiple_spaces_in_response_status_delimiters(true)
        .ignore_invalid_headers_in_responses(true);
    match reader.parse_response(&mut answer, octets) {
        Ok(httparse::Status::Complete(body_at)) => {
            let fields = answer.headers.iter().map(|field| (field.name.to_owned(), field.value.to_vec()));
            let status = answer.code.unwrap_or_default();
            Begin::Whole(Head { status, fields: fields.collect(), body_at })
        }
        Ok(httparse::Status::Partial) => Begin::Partly,
        Err(httparse::Error::TooManyHeaders) => Begin::TooMany,
        Err(_) => Begin::Foreign,
    }
}
