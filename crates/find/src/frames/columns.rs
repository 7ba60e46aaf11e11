//! What the columns of a table about posts hold, by the words of their headers.

use crate::words::{List, Words, list};
use plainsight_text::fold;
use std::sync::LazyLock;

/// What a column holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Column {
    Name,
    Operator,
    Country,
    Place,
    Address,
    Phone,
    Head,
    Host,
    Opened,
    Closed,
    Services,
}

/// Words of headings, folded; the first column that fits wins.
static HEADERS: LazyLock<Vec<(Column, Words)>> = LazyLock::new(|| {
    vec![
        (
            Column::Phone,
            Words::new(&[
                "电话",
                "联系方式",
                "手机",
                "热线",
                "telefoon",
                "tel",
                "telefono",
                "tlf",
                "phone",
                "telephone",
                "nummer",
                "contact number",
            ]),
        ),
        (
            Column::Address,
            Words::new(&["地址", "adres", "direccion", "address", "domicilio", "street", "straat"]),
        ),
        (
            Column::Head,
            Words::new(&[
                "负责人",
                "站长",
                "联系人",
                "主任",
                "hoofd",
                "leiding",
                "jefe",
                "responsable",
                "head",
                "person in charge",
                "manager",
                "director",
            ]),
        ),
        (
            Column::Host,
            Words::new(&[
                "依托",
                "挂靠",
                "承办",
                "侨团",
                "所在单位",
                "housed by",
                "housed at",
                "gastorganisatie",
                "ondergebracht",
                "alojada",
                "alojado",
                "local cedido",
                "host",
                "gastheer",
                "bij",
                "anfitrion",
                "entidad",
                "asociacion",
                "association",
                "vereniging",
            ]),
        ),
        (
            Column::Operator,
            Words::new(&[
                "主管",
                "公安机关",
                "设立单位",
                "主办",
                "operator",
                "politiekorps",
                "organo",
                "operador",
                "police body",
                "run for",
                "namens",
                "in verband met",
                "cuerpo",
                "run by",
                "beheerder",
            ]),
        ),
        (Column::Closed, Words::new(&["关闭", "撤销", "gesloten", "sluiting", "cierre", "closed"])),
        (
            Column::Opened,
            Words::new(&[
                "时间",
                "日期",
                "成立",
                "设立时间",
                "揭牌",
                "opening",
                "geopend",
                "datum",
                "apertura",
                "fecha",
                "opened",
                "since",
                "date",
                "sinds",
                "desde",
            ]),
        ),
        (Column::Services, Words::new(&["服务", "业务", "diensten", "servicios", "services"])),
        (Column::Country, Words::new(&["国家", "国别", "所在国", "land", "pais", "country"])),
        (
            Column::Place,
            Words::new(&[
                "城市",
                "地点",
                "所在地",
                "地区",
                "驻地",
                "stad",
                "plaats",
                "ciudad",
                "lugar",
                "city",
                "place",
                "location",
                "localidad",
            ]),
        ),
        (
            Column::Name,
            Words::new(&[
                "名称",
                "站名",
                "服务站",
                "驿站",
                "站点",
                "服务点",
                "联络点",
                "naam",
                "bureau",
                "nombre",
                "oficina",
                "name",
                "station",
                "post",
                "centro",
            ]),
        ),
    ]
});

static NAMES: List = list!["名称", "站名"];

/// What a column under a header holds.
pub(super) fn column(header: &str) -> Option<Column> {
    let folded = fold(header);
    // 服务站名称 holds 服务, and is a name.
    if NAMES.within(&folded) {
        return Some(Column::Name);
    }
    HEADERS.iter().find(|(_, words)| words.within(&folded)).map(|(column, _)| *column)
}

/// Whether a cell says what its column holds, as a header does.
pub(crate) fn is_header(cell: &str) -> bool {
    column(cell).is_some() && cell.chars().count() <= 24
}

/// Whether a header cell, folded, says that telephones stand below it.
pub(crate) fn is_phone_header(header: &str) -> bool {
    column(header) == Some(Column::Phone)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn headers_by_example() {
        for (header, wanted) in [
            ("联系电话", Some(Column::Phone)),
            ("國家", Some(Column::Country)),
            ("服务站名称", Some(Column::Name)),
            ("Stad", Some(Column::Place)),
            ("Dirección", Some(Column::Address)),
            ("Opened", Some(Column::Opened)),
            ("负责人", Some(Column::Head)),
            ("Remarks", None),
        ] {
            assert_eq!(column(header), wanted, "{header}");
        }
    }
}
