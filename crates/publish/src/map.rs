//! Posts on a map, as GeoJSON (RFC 7946): longitude first, WGS 84.

use crate::whitelist::{Post, Printed, counting};
use crate::words::grade;
use serde_json::{Value, json};

/// A point for each post whose city, or else whose state, has a known
/// position. It is never that of a door.
pub(crate) fn geojson(printed: &Printed<'_>) -> String {
    let features: Vec<Value> = printed.posts.iter().filter_map(feature).collect();
    json!({ "type": "FeatureCollection", "features": features }).to_string() + "\n"
}

fn feature(post: &Post<'_>) -> Option<Value> {
    let (latitude, longitude) = post.finding.position?;
    let on_earth = (-90.0..=90.0).contains(&latitude) && (-180.0..=180.0).contains(&longitude);
    on_earth.then(|| {
        json!({
            "type": "Feature",
            "id": post.finding.post,
            "geometry": { "type": "Point", "coordinates": [longitude, latitude] },
            "properties": {
                "post": post.finding.post,
                "name": post.finding.names.first().map(|name| &name.text),
                "city": post.finding.city,
                "country": post.finding.country,
                "country_code": post.finding.country_code,
                "operator": post.operator,
                "opened": post.opened,
                "registers": post.finding.verdicts.iter().map(|row| &row.outcome).collect::<Vec<_>>(),
                "grade": post.exists.map(|claim| claim.grade),
                "grade_words": post.exists.map(|claim| grade(claim.grade)),
                "origins": post.exists.map(|claim| counting(claim).count()),
                "position_of": if post.finding.city.is_some() { "city" } else { "country" },
            },
        })
    })
}
