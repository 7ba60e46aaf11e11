//! Dates in the order and with the words of each language.

use super::labels;

labels! {
    /// Months, and how a date is put together from its parts.
    D {
        about: "about {date}", "约{date}", "rond {date}", "hacia {date}";
        between: "between {from} and {to}", "{from}至{to}之间", "tussen {from} en {to}", "entre {from} y {to}";
        by: "by {date}", "不晚于{date}", "uiterlijk {date}", "no más tarde de {date}";
        century: "the years {from} to {to}", "{from}年至{to}年", "de jaren {from} tot {to}", "los años {from} a {to}";
        day: "{day} {month} {year}", "{year}年{month}{day}日", "{day} {month} {year}", "{day} de {month} de {year}";
        decade: "the {decade}s", "{decade}年代", "de jaren {decade}", "los años {decade}";
        from: "from {date} on", "自{date}起", "vanaf {date}", "desde {date}";
        moment: "{day}, {clock}", "{day} {clock}", "{day}, {clock}", "{day}, {clock}";
        month: "{month} {year}", "{year}年{month}", "{month} {year}", "{month} de {year}";
        month_1: "January", "1月", "januari", "enero";
        month_2: "February", "2月", "februari", "febrero";
        month_3: "March", "3月", "maart", "marzo";
        month_4: "April", "4月", "april", "abril";
        month_5: "May", "5月", "mei", "mayo";
        month_6: "June", "6月", "juni", "junio";
        month_7: "July", "7月", "juli", "julio";
        month_8: "August", "8月", "augustus", "agosto";
        month_9: "September", "9月", "september", "septiembre";
        month_10: "October", "10月", "oktober", "octubre";
        month_11: "November", "11月", "november", "noviembre";
        month_12: "December", "12月", "december", "diciembre";
        perhaps: "perhaps {date}", "可能是{date}", "misschien {date}", "quizá {date}";
        some_day: "some day of {date}", "{date}某日", "een dag in {date}", "un día de {date}";
        year: "{year}", "{year}年", "{year}", "{year}";
    }
}
