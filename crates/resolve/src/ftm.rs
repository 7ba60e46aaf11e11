//! Posts as FollowTheMoney entities.

use crate::posts::Post;
use plainsight_lens::Gazetteer;
use std::collections::BTreeMap;

/// An entity as FollowTheMoney writes it, one JSON line.
#[derive(Clone, Debug, PartialEq, Eq, serde::Serialize)]
pub struct FtmEntity {
    /// Unique in the export.
    pub id: String,
    /// A schema's name.
    pub schema: String,
    /// All values are lists of strings.
    pub properties: BTreeMap<String, Vec<String>>,
}

/// Gives an Organization for each post (never a PublicBody: that is not
/// established), and an Address where more than the country is known.
pub fn to_entities(posts: &[Post], gazetteer: &Gazetteer) -> Vec<FtmEntity> {
    let mut out = Vec::new();
    for post in posts {
        let country = post.country.map(|c| gazetteer.get(c));
        let code = country.and_then(|c| c.country_code.clone());
        let city = post.city.map(|c| gazetteer.get(c).name.clone());
        let address = FtmEntity {
            id: format!("{}-address", post.id),
            schema: "Address".to_owned(),
            properties: properties(&[
                ("full", post.addresses.clone()),
                ("city", city.iter().cloned().collect()),
                ("country", code.iter().cloned().collect()),
            ]),
        };
        let named = !post.addresses.is_empty() || city.is_some();
        out.push(FtmEntity {
            id: post.id.to_string(),
            schema: "Organization".to_owned(),
            properties: properties(&[
                ("name", post.names.iter().take(1).cloned().collect()),
                ("alias", post.names.iter().skip(1).cloned().collect()),
                ("phone", post.phones.clone()),
                ("country", code.iter().cloned().collect()),
                ("addressEntity", if named { vec![address.id.clone()] } else { Vec::new() }),
            ]),
        });
        if named {
            out.push(address);
        }
    }
    out
}

fn properties(pairs: &[(&str, Vec<String>)]) -> BTreeMap<String, Vec<String>> {
    pairs.iter().filter(|(_, values)| !values.is_empty()).map(|(k, v)| ((*k).to_owned(), v.clone())).collect()
}
