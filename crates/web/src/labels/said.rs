//! Sentences that other crates make in English, said in the language of whoever reads the page.
//!
//! They are records and stand in the ledger, in JSON and in dossiers in English. A page reads them back by the
//! template that made them; a sentence that no template here made stays English and is marked so.

use super::say::pieces;
use super::{Language, spoken};
use std::borrow::Cow;

/// A template in each language, in the order of [`Language::ALL`].
type Row = [&'static str; 4];

/// Whole sentences: of claims (`corroborate::sentence`), of what would raise a grade (`corroborate::next_step`), of
/// names (`resolve::names`, `resolve::posts`) and of registers (`resolve::verdicts`). A longer template stands before
/// a shorter one that fits as well.
const SENTENCES: &[Row] = &[
    ["{subject} exists.", "{subject}存在。", "{subject} bestaat.", "{subject} existe."],
    [
        "{subject} is run by {object}.",
        "{subject}由{object}运作。",
        "{subject} wordt beheerd door {object}.",
        "{subject} está a cargo de {object}.",
    ],
    [
        "{subject} is hosted by {object}.",
        "{subject}由{object}提供场所。",
        "{subject} is gehuisvest bij {object}.",
        "{subject} está alojado por {object}.",
    ],
    [
        "{subject} is at {object}.",
        "{subject}位于{object}。",
        "{subject} bevindt zich op dit adres: {object}.",
        "{subject} está en {object}.",
    ],
    [
        "{subject} opened {when}.",
        "{subject}{when}开设。",
        "{subject} opende {when}.",
        "{subject} abrió {when}.",
    ],
    [
        "{subject} closed {when}.",
        "{subject}{when}关闭。",
        "{subject} sloot {when}.",
        "{subject} cerró {when}.",
    ],
    [
        "{subject} offers {object}.",
        "{subject}提供：{object}。",
        "{subject} biedt aan: {object}.",
        "{subject} ofrece: {object}.",
    ],
    [
        "{subject} is headed by {object}.",
        "{subject}由{object}负责。",
        "{subject} wordt geleid door {object}.",
        "{subject} está dirigido por {object}.",
    ],
    [
        "{subject} was honoured: {object}.",
        "{subject}获得表彰：{object}。",
        "{subject} werd onderscheiden: {object}.",
        "{subject} recibió una distinción: {object}.",
    ],
    [
        "The host state was not told of {subject}.",
        "驻在国未获告知：{subject}。",
        "Het gastland is niet op de hoogte gesteld van {subject}.",
        "El Estado anfitrión no fue informado: {subject}.",
    ],
    [
        "The host state was told of {subject}.",
        "驻在国已获告知：{subject}。",
        "Het gastland is op de hoogte gesteld van {subject}.",
        "El Estado anfitrión fue informado: {subject}.",
    ],
    [
        "The host state did not agree to {subject}.",
        "驻在国未同意：{subject}。",
        "Het gastland heeft niet ingestemd met {subject}.",
        "El Estado anfitrión no dio su acuerdo: {subject}.",
    ],
    [
        "The host state agreed to {subject}.",
        "驻在国已同意：{subject}。",
        "Het gastland heeft ingestemd met {subject}.",
        "El Estado anfitrión dio su acuerdo: {subject}.",
    ],
    [
        "{subject} does not stand in the register {object}.",
        "{subject}未列入登记册{object}。",
        "{subject} staat niet in het register {object}.",
        "{subject} no figura en el registro {object}.",
    ],
    [
        "{subject} stands in the register {object}.",
        "{subject}列入登记册{object}。",
        "{subject} staat in het register {object}.",
        "{subject} figura en el registro {object}.",
    ],
    [
        "{subject} is said to have put pressure on persons: {object}.",
        "据称{subject}向人施压：{object}。",
        "Van {subject} wordt gezegd dat er druk op mensen is uitgeoefend: {object}.",
        "Se dice que {subject} presionó a personas: {object}.",
    ],
    [
        "An event of {subject} was attended by {object}.",
        "{object}出席了活动：{subject}。",
        "Een bijeenkomst van {subject} werd bijgewoond door {object}.",
        "A un acto asistió {object}: {subject}.",
    ],
    [
        "{counter} counts {number} {unit} as of {object}.",
        "截至{object}，{counter}统计为{number}{unit}。",
        "{counter} telt {number} {unit} per {object}.",
        "{counter} cuenta {number} {unit} a fecha de {object}.",
    ],
    [
        "{counter} counts {number} {unit}.",
        "{counter}统计为{number}{unit}。",
        "{counter} telt {number} {unit}.",
        "{counter} cuenta {number} {unit}.",
    ],
    [
        "It cannot be judged yet; it would be {object} if one quote holds: read it.",
        "目前无法判断；若一条引文成立，则为 {object}：请阅读。",
        "Er valt nog geen oordeel te geven; het zou {object} zijn als één citaat klopt: lees het.",
        "Aún no se puede juzgar; sería {object} si se sostiene una cita: léala.",
    ],
    [
        "It cannot be judged yet; it would be {object} if {number} quotes hold: read them.",
        "目前无法判断；若 {number} 条引文成立，则为 {object}：请阅读。",
        "Er valt nog geen oordeel te geven; het zou {object} zijn als {number} citaten kloppen: lees ze.",
        "Aún no se puede juzgar; sería {object} si se sostienen {number} citas: léalas.",
    ],
    [
        "A quote that can be followed to its origin would let it be judged.",
        "有一条可追溯来源的引文，便可判断。",
        "Een citaat dat tot zijn oorsprong te volgen is zou een oordeel mogelijk maken.",
        "Una cita que pueda seguirse hasta su origen permitiría juzgarla.",
    ],
    [
        "Only an origin that was not withdrawn, or an error shown in the record against it, would raise it.",
        "只有未被撤回的来源，或证明相反记录有误，才能提高评级。",
        "Alleen een oorsprong die niet is ingetrokken, of een aangetoonde fout in het stuk dat ertegen spreekt, zou het verhogen.",
        "Solo la elevaría un origen que no haya sido retirado o un error demostrado en el registro que la contradice.",
    ],
    [
        "A second origin that does not rest on the disputed witness would raise it.",
        "另有一个不依赖有争议证人的来源，便可提高评级。",
        "Een tweede oorsprong die niet op de betwiste getuige rust zou het verhogen.",
        "La elevaría un segundo origen que no dependa del testigo cuestionado.",
    ],
    [
        "It stands against one other value: a further independent origin for it, or a reason why the other does not hold, would raise it.",
        "它与另一个说法相左：再有一个独立来源，或说明对方为何不成立，便可提高评级。",
        "Er staat één andere waarde tegenover: een verdere onafhankelijke oorsprong ervoor, of een reden waarom de andere niet klopt, zou het verhogen.",
        "Se opone a otro valor: la elevaría otro origen independiente a su favor o una razón por la que el otro no se sostenga.",
    ],
    [
        "It stands against {number} other values: a further independent origin for it, or a reason why the other does not hold, would raise it.",
        "它与另外 {number} 个说法相左：再有一个独立来源，或说明对方为何不成立，便可提高评级。",
        "Er staan {number} andere waarden tegenover: een verdere onafhankelijke oorsprong ervoor, of een reden waarom de andere niet kloppen, zou het verhogen.",
        "Se opone a otros {number} valores: la elevaría otro origen independiente a su favor o una razón por la que los otros no se sostengan.",
    ],
    [
        "A second origin that does not rest on {object} would make it 2; 1 if one of the two is primary and one has a letter A to C.",
        "再有一个不依赖{object}的来源则为 2；若两者之一为一手来源且其一为 A 至 C 级，则为 1。",
        "Een tweede oorsprong die niet op {object} rust zou het 2 maken; 1 als een van beide primair is en een letter A tot C heeft.",
        "Un segundo origen que no dependa de {object} la pondría en 2; en 1 si uno de los dos es primario y uno tiene letra de A a C.",
    ],
    [
        "An explanation of the contradicting origins would raise it.",
        "若能解释相反的来源，便可提高评级。",
        "Een verklaring van de oorsprongen die het tegenspreken zou het verhogen.",
        "La elevaría una explicación de los orígenes que la contradicen.",
    ],
    [
        "A second independent origin would make it 1 if one of the two has a letter A to C.",
        "再有一个独立来源，且两者之一为 A 至 C 级，则为 1。",
        "Een tweede onafhankelijke oorsprong zou het 1 maken als een van beide een letter A tot C heeft.",
        "Un segundo origen independiente la pondría en 1 si uno de los dos tiene letra de A a C.",
    ],
    [
        "An origin that speaks of its own act or record would make it 1 if one origin has a letter A to C.",
        "若有来源讲述自己的行为或记录，且有来源为 A 至 C 级，则为 1。",
        "Een oorsprong die over eigen handelen of eigen stukken spreekt zou het 1 maken als een oorsprong een letter A tot C heeft.",
        "Un origen que hable de su propio acto o registro la pondría en 1 si algún origen tiene letra de A a C.",
    ],
    [
        "A letter A to C for one of its origins would make it 1.",
        "其来源之一为 A 至 C 级，则为 1。",
        "Een letter A tot C voor een van de oorsprongen zou het 1 maken.",
        "Una letra de A a C para uno de sus orígenes la pondría en 1.",
    ],
    [
        "An origin of another control group would make it 1.",
        "若有来自另一控制方的来源，则为 1。",
        "Een oorsprong onder andere zeggenschap zou het 1 maken.",
        "Un origen bajo otro control la pondría en 1.",
    ],
    [
        "Nothing more is needed; a withdrawn source or a contradiction would lower it.",
        "无需更多；来源被撤回或出现矛盾则会降低评级。",
        "Meer is niet nodig; een ingetrokken bron of een tegenspraak zou het verlagen.",
        "No hace falta más; una fuente retirada o una contradicción la bajaría.",
    ],
    [
        "They are the same after folding.",
        "折叠字形后相同。",
        "Na gelijkstellen van schrijfwijzen zijn ze gelijk.",
        "Son iguales una vez unificadas las grafías.",
    ],
    [
        "Only one of them is read as a body.",
        "只有其中一个读作机构。",
        "Slechts een van beide wordt als instantie gelezen.",
        "Solo una de las dos se lee como organismo.",
    ],
    [
        "The one is in {x}, the other in {y}.",
        "一个在{x}，另一个在{y}。",
        "De ene is in {x}, de andere in {y}.",
        "Una está en {x}, la otra en {y}.",
    ],
    [
        "Both are names of one body: {x}.",
        "两者为同一机构的名称：{x}。",
        "Beide zijn namen van één instantie: {x}.",
        "Ambas son nombres de un mismo organismo: {x}.",
    ],
    [
        "They are names of two bodies: {x} and {y}.",
        "它们是两个机构的名称：{x}和{y}。",
        "Het zijn namen van twee instanties: {x} en {y}.",
        "Son nombres de dos organismos: {x} y {y}.",
    ],
    [
        "“{x}” and “{y}” compared word by word.",
        "“{x}”与“{y}”逐词比较。",
        "“{x}” en “{y}” woord voor woord vergeleken.",
        "«{x}» y «{y}» comparados palabra por palabra.",
    ],
    [
        "They sound the same but have other characters.",
        "读音相同，但用字不同。",
        "Ze klinken gelijk maar hebben andere tekens.",
        "Suenan igual pero tienen otros caracteres.",
    ],
    ["They have other characters.", "用字不同。", "Ze hebben andere tekens.", "Tienen otros caracteres."],
    [
        "They share some of their characters.",
        "部分用字相同。",
        "Ze delen een deel van hun tekens.",
        "Comparten algunos caracteres.",
    ],
    [
        "One of the two names is too short to be compared by its sound.",
        "其中一个名称太短，无法按读音比较。",
        "Een van de namen is te kort om op klank te vergelijken.",
        "Uno de los nombres es demasiado corto para compararlo por su sonido.",
    ],
    ["{x} sounds like “{y}”.", "{x}的读音近似“{y}”。", "{x} klinkt als “{y}”.", "{x} suena como «{y}»."],
    [
        "Both are names of {x} in the gazetteer.",
        "两者在地名录中均为{x}的名称。",
        "Beide zijn namen van {x} in de plaatsnamenlijst.",
        "Ambos son nombres de {x} en el nomenclátor.",
    ],
    [
        "Both are names of {x} in the gazetteer. The shorter name is another place's as well.",
        "两者在地名录中均为{x}的名称。较短的名称也属于另一地点。",
        "Beide zijn namen van {x} in de plaatsnamenlijst. De kortere naam is ook die van een andere plaats.",
        "Ambos son nombres de {x} en el nomenclátor. El nombre más corto es también de otro lugar.",
    ],
    [
        "{x} and {y} are a former and a present name of one division.",
        "{x}和{y}是同一区划的旧名与今名。",
        "{x} en {y} zijn een vroegere en een huidige naam van één gebied.",
        "{x} y {y} son un nombre antiguo y uno actual de una misma división.",
    ],
    [
        "The gazetteer has them as different places: {x} and {y}.",
        "地名录将它们列为不同地点：{x}和{y}。",
        "De plaatsnamenlijst heeft ze als verschillende plaatsen: {x} en {y}.",
        "El nomenclátor los tiene como lugares distintos: {x} y {y}.",
    ],
    [
        "“{x}” is a reading of {y} with the kind of place translated.",
        "“{x}”是{y}的读音，地点类别为意译。",
        "“{x}” is een lezing van {y} waarbij de soort plaats vertaald is.",
        "«{x}» es una lectura de {y} con el tipo de lugar traducido.",
    ],
    [
        "{x} and {y} are one division before and after a change of its rank.",
        "{x}和{y}是同一区划在级别变更前后的名称。",
        "{x} en {y} zijn één gebied voor en na een wijziging van rang.",
        "{x} y {y} son una misma división antes y después de un cambio de rango.",
    ],
    [
        "{x} and {y}: the one lies under the other.",
        "{x}和{y}：一个隶属于另一个。",
        "{x} en {y}: het ene valt onder het andere.",
        "{x} y {y}: uno depende del otro.",
    ],
    [
        "The levels may differ, since the places do.",
        "级别可以不同，因为地点不同。",
        "De niveaus mogen verschillen, want de plaatsen doen dat ook.",
        "Los niveles pueden diferir, pues difieren los lugares.",
    ],
    [
        "The branch {x} is read {y}.",
        "分支{x}读作{y}。",
        "De afdeling {x} wordt gelezen als {y}.",
        "La sección {x} se lee {y}.",
    ],
    [
        "Neither names its {slot}.",
        "两者均未写明{slot}。",
        "Geen van beide noemt dit: {slot}.",
        "Ninguna indica esto: {slot}.",
    ],
    [
        "Only one of them names its {slot}.",
        "只有一个写明{slot}。",
        "Slechts een van beide noemt dit: {slot}.",
        "Solo una indica esto: {slot}.",
    ],
    [
        "Both have the {slot} {x}.",
        "两者的{slot}均为{x}。",
        "Beide hebben dit gemeen: {slot} {x}.",
        "Ambas tienen esto en común: {slot} {x}.",
    ],
    [
        "The {slot} differs: {x} and {y}.",
        "{slot}不同：{x}和{y}。",
        "Verschil in {slot}: {x} en {y}.",
        "Diferencia de {slot}: {x} y {y}.",
    ],
    [
        "Both are called “{x}”, as {number} posts are: a kind, no name.",
        "两者都叫“{x}”，共有 {number} 个站点如此：这是类别，不是名称。",
        "Beide heten “{x}”, zoals {number} posten: een soort, geen naam.",
        "Ambos se llaman «{x}», como {number} puestos: es un tipo, no un nombre.",
    ],
    [
        "Both are in one city.",
        "两者在同一城市。",
        "Beide zijn in één stad.",
        "Ambos están en la misma ciudad.",
    ],
    [
        "Of one of them only the country is known.",
        "其中一个只知道国家。",
        "Van een van beide is alleen het land bekend.",
        "De uno de ellos solo se conoce el país.",
    ],
    [
        "They are in different cities.",
        "两者在不同城市。",
        "Ze zijn in verschillende steden.",
        "Están en ciudades distintas.",
    ],
    [
        "The {slot} of at least one is not known.",
        "至少一方的{slot}未知。",
        "Van minstens een van beide is dit niet bekend: {slot}.",
        "De al menos uno no se conoce esto: {slot}.",
    ],
    [
        "They share a value of {slot}.",
        "两者有相同的{slot}。",
        "Ze delen een waarde van {slot}.",
        "Comparten un valor de {slot}.",
    ],
    [
        "The values of {slot} may be of one body: the one lies under the other.",
        "两者的{slot}可能属同一机构：一个隶属于另一个。",
        "De waarden van {slot} kunnen van één instantie zijn: de ene valt onder de andere.",
        "Los valores de {slot} pueden ser de un mismo organismo: uno depende del otro.",
    ],
    [
        "They have different values of {slot}.",
        "两者的{slot}不同。",
        "Ze hebben verschillende waarden van {slot}.",
        "Tienen valores distintos de {slot}.",
    ],
    [
        "One side or both have no name.",
        "一方或双方没有名称。",
        "Een of beide kanten hebben geen naam.",
        "Un lado o ambos no tienen nombre.",
    ],
    [
        "The case has no register of {x}.",
        "本案件没有{x}的登记册。",
        "De zaak heeft geen register van {x}.",
        "El caso no tiene ningún registro de {x}.",
    ],
    [
        "Row {number} has the same seat, address and class.",
        "第 {number} 行的所在地、地址和类别相同。",
        "Rij {number} heeft dezelfde zetel, hetzelfde adres en dezelfde klasse.",
        "La fila {number} tiene la misma sede, dirección y clase.",
    ],
    [
        "Row {number} has the same seat and class, but one of the two addresses is not known.",
        "第 {number} 行的所在地和类别相同，但两个地址之一未知。",
        "Rij {number} heeft dezelfde zetel en klasse, maar een van beide adressen is niet bekend.",
        "La fila {number} tiene la misma sede y clase, pero una de las dos direcciones no se conoce.",
    ],
    [
        "The register does not say that it is complete.",
        "登记册没有说明它是完整的。",
        "Het register zegt niet dat het volledig is.",
        "El registro no dice que esté completo.",
    ],
    [
        "The register is official, complete and in force, and no row has its seat, address and class.",
        "登记册为官方、完整且有效，没有任何一行与其所在地、地址和类别相符。",
        "Het register is officieel, volledig en geldig, en geen rij heeft zijn zetel, adres en klasse.",
        "El registro es oficial, completo y vigente, y ninguna fila tiene su sede, dirección y clase.",
    ],
    [
        "The register is not an authority's own.",
        "登记册并非主管机关自己的。",
        "Het register is niet van een overheid zelf.",
        "El registro no es de una autoridad.",
    ],
    [
        "The register does not say for which day it holds.",
        "登记册没有说明适用于哪一天。",
        "Het register zegt niet voor welke dag het geldt.",
        "El registro no dice para qué día vale.",
    ],
];

/// What stands inside a sentence and is no name: subjects, days, numbers, units, kinds of evidence.
const PHRASES: &[Row] = &[
    [
        "the post of {x} at an unnamed place",
        "{x}在未具名地点的站点",
        "de post van {x} op een niet genoemde plaats",
        "el puesto de {x} en un lugar no nombrado",
    ],
    ["the post of {x} in {y}", "{x}在{y}的站点", "de post van {x} in {y}", "el puesto de {x} en {y}"],
    ["the post “{x}” in {y}", "{y}的站点“{x}”", "de post “{x}” in {y}", "el puesto «{x}» en {y}"],
    ["the post “{x}”", "站点“{x}”", "de post “{x}”", "el puesto «{x}»"],
    ["a post in {x}", "{x}的一个站点", "een post in {x}", "un puesto en {x}"],
    ["a post", "一个站点", "een post", "un puesto"],
    ["between {x} and {y}", "在{x}与{y}之间", "tussen {x} en {y}", "entre {x} y {y}"],
    ["by {x}", "至迟于{x}", "uiterlijk {x}", "a más tardar el {x}"],
    ["on {x}", "于{x}", "op {x}", "el {x}"],
    ["in {x}", "于{x}", "in {x}", "en {x}"],
    ["{x} or later", "于{x}或之后", "{x} of later", "{x} o más tarde"],
    ["at least {x}", "至少 {x} ", "minstens {x}", "al menos {x}"],
    ["at most {x}", "至多 {x} ", "hoogstens {x}", "como máximo {x}"],
    ["Somebody who is not named", "某个未具名者", "Iemand die niet genoemd wordt", "Alguien no nombrado"],
    ["posts", "个站点", "posten", "puestos"],
    ["cities", "个城市", "steden", "ciudades"],
    ["countries", "个国家", "landen", "países"],
    ["place", "地点", "plaats", "lugar"],
    ["level", "级别", "niveau", "nivel"],
    ["function", "职能", "taak", "función"],
    ["organ", "机构", "orgaan", "órgano"],
    ["branch", "分支", "afdeling", "sección"],
    ["host", "驻在国", "gastland", "país anfitrión"],
    ["name", "名称", "naam", "nombre"],
    ["phone", "电话", "telefoon", "teléfono"],
    ["address", "地址", "adres", "dirección"],
    ["operator", "运作机构", "beheerder", "organismo responsable"],
];

/// Places whose value is a phrase of ours; what stands in any other is a name, a day, a number or words of a source.
const WORDED: [&str; 6] = ["subject", "when", "number", "unit", "counter", "slot"];

/// A sentence of another crate in the language that is spoken; none where no template of ours made it.
pub(crate) fn said(text: &str) -> Option<Cow<'_, str>> {
    if spoken() == Language::English {
        return Some(Cow::Borrowed(text));
    }
    let said = one_of(SENTENCES, text)?;
    // A Chinese sentence may begin with a foreign name, which stays as it is.
    Some(Cow::Owned(if spoken() == Language::Chinese { said } else { capital(&said) }))
}

fn one_of(rows: &[Row], text: &str) -> Option<String> {
    rows.iter().find_map(|row| Some(fill(row[spoken() as usize], &values(row[0], text)?)))
}

/// Fills the places; what is a phrase is put into the language itself.
fn fill(template: &str, values: &[(&str, &str)]) -> String {
    let mut out = String::new();
    for (text, place) in pieces(template) {
        out += text;
        if let Some((name, value)) = values.iter().find(|(name, _)| Some(*name) == place) {
            match WORDED.contains(name).then(|| one_of(PHRASES, value)).flatten() {
                Some(phrase) => out += &phrase,
                None => out += value,
            }
        }
    }
    out
}

/// What stands in the places of an English template; none where the text was not made by it. Read from the end,
/// since what is longest and freest, the subject, stands first.
fn values<'r, 't>(template: &'r str, text: &'t str) -> Option<Vec<(&'r str, &'t str)>> {
    let pieces: Vec<(&str, Option<&str>)> = pieces(template).collect();
    let ((last, _), before) = pieces.split_last()?;
    let Some(((first, Some(place)), between)) = before.split_first() else {
        return same_but_first(text, last).then(Vec::new);
    };
    let mut rest = text.strip_suffix(last)?;
    let mut out = Vec::new();
    for (literal, place) in between.iter().rev() {
        let (head, value) = rest.rsplit_once(literal)?;
        out.push(((*place)?, value));
        rest = head;
    }
    let (head, value) = rest.split_at_checked(first.len())?;
    out.push((place, value));
    let whole = same_but_first(head, first) && out.iter().all(|(_, value)| !value.is_empty());
    whole.then_some(out)
}

/// The first letter of a sentence is a capital whatever word stands there.
fn same_but_first(a: &str, b: &str) -> bool {
    let (mut left, mut right) = (a.chars(), b.chars());
    let first = match (left.next(), right.next()) {
        (Some(x), Some(y)) => x.to_lowercase().eq(y.to_lowercase()),
        (x, y) => x == y,
    };
    first && left.as_str() == right.as_str()
}

fn capital(text: &str) -> String {
    let mut chars = text.chars();
    let first: String = chars.next().into_iter().flat_map(char::to_uppercase).collect();
    first + chars.as_str()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::labels::{say, speak};

    fn in_all(text: &str) -> [Option<String>; 4] {
        let said = Language::ALL.map(|language| {
            speak(language);
            said(text).map(Cow::into_owned)
        });
        speak(Language::English);
        said
    }

    #[test]
    fn sentences_of_other_crates_are_said_in_each_language() {
        for (english, chinese, dutch, spanish) in [
            (
                "The post of the Sandmark police in Port Elm exists.",
                "the Sandmark police在Port Elm的站点存在。",
                "De post van the Sandmark police in Port Elm bestaat.",
                "El puesto de the Sandmark police en Port Elm existe.",
            ),
            (
                "A post in Port Elm opened between 2018-05 and 2018-07.",
                "Port Elm的一个站点在2018-05与2018-07之间开设。",
                "Een post in Port Elm opende tussen 2018-05 en 2018-07.",
                "Un puesto en Port Elm abrió entre 2018-05 y 2018-07.",
            ),
            (
                "The host state was not told of the post “警民服务站” in Port Elm.",
                "驻在国未获告知：Port Elm的站点“警民服务站”。",
                "Het gastland is niet op de hoogte gesteld van de post “警民服务站” in Port Elm.",
                "El Estado anfitrión no fue informado: el puesto «警民服务站» en Port Elm.",
            ),
            (
                "An NGO counts at least 46 posts as of 2022.",
                "截至2022，An NGO统计为至少 46 个站点。",
                "An NGO telt minstens 46 posten per 2022.",
                "An NGO cuenta al menos 46 puestos a fecha de 2022.",
            ),
            (
                "Somebody who is not named counts 30 cities.",
                "某个未具名者统计为30个城市。",
                "Iemand die niet genoemd wordt telt 30 steden.",
                "Alguien no nombrado cuenta 30 ciudades.",
            ),
            (
                "They share a value of phone.",
                "两者有相同的电话。",
                "Ze delen een waarde van telefoon.",
                "Comparten un valor de teléfono.",
            ),
        ] {
            let told = [english, chinese, dutch, spanish].map(|text| Some(text.to_owned()));
            assert_eq!(in_all(english), told);
        }
    }

    #[test]
    fn what_no_template_made_stays_as_it_is() {
        for text in ["", ".", " exists.", "The registrar shrugged.", "The post exists", "of . is run by ."] {
            assert_eq!(in_all(text)[1..], [None, None, None], "{text:?}");
            assert_eq!(in_all(text)[0].as_deref(), Some(text));
        }
    }

    #[test]
    fn each_template_has_its_places_in_each_language_and_none_hides_another() {
        for (at, row) in SENTENCES.iter().enumerate() {
            for text in row {
                assert_eq!(say::places(text), say::places(row[0]), "{text}");
            }
            // A sentence made by the template is read back by it and by none that stands before it.
            let made = row[0].replace(['{', '}'], "");
            let first = SENTENCES.iter().position(|other| values(other[0], &made).is_some());
            assert_eq!(first, Some(at), "{made}");
        }
        for text in PHRASES.iter().flatten() {
            assert!(say::places(text).iter().all(|place| ["x", "y"].contains(place)), "{text}");
        }
    }
}
