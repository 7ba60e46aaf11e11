//! The closed lists of other crates in words: each key with its word in each language.
//! What stands in no list (a newer word, or somebody's own) is shown as it came.

use super::spoken;

macro_rules! terms {
    ($($(#[$doc:meta])* $list:ident { $($key:literal: $english:literal, $chinese:literal, $dutch:literal, $spanish:literal;)* })*) => {
        $($(#[$doc])*
        pub(crate) fn $list(key: &str) -> &str {
            match key {
                $($key => [$english, $chinese, $dutch, $spanish][spoken() as usize],)*
                other => other,
            }
        })*
        /// Every row, for the tests of all tables.
        #[cfg(test)]
        pub(super) const ROWS: &[(&str, [&str; 4])] =
            &[$($((concat!(stringify!($list), " ", $key), [$english, $chinese, $dutch, $spanish]),)*)*];
    };
}

terms! {
    /// A grade, of a claim.
    grade {
        "confirmed": "confirmed", "已证实", "bevestigd", "confirmada";
        "probably true": "probably true", "很可能属实", "waarschijnlijk waar", "probablemente cierta";
        "possibly true": "possibly true", "可能属实", "mogelijk waar", "posiblemente cierta";
        "doubtful": "doubtful", "存疑", "twijfelachtig", "dudosa";
        "improbable": "improbable", "不大可能", "onwaarschijnlijk", "improbable";
        "cannot be judged": "cannot be judged", "无法判断", "niet te beoordelen", "no se puede juzgar";
    }
    /// A register's answer about a post.
    outcome {
        "listed": "listed", "已列入", "vermeld", "figura";
        "not listed": "not listed", "未列入", "niet vermeld", "no figura";
        "cannot tell": "cannot tell", "无从判断", "niet te zeggen", "no se puede saber";
        "host state says": "host state says", "驻在国的说法", "gastland zegt", "lo dice el Estado anfitrión";
    }
    /// A status of a post. The last but one and the one before are about persons.
    status {
        "claimed by operator": "claimed by operator", "运营机构宣称", "beweerd door beheerder", "afirmado por el operador";
        "reported": "reported", "有报道", "gemeld", "informado";
        "confirmed by host state": "confirmed by host state", "驻在国证实", "bevestigd door gastland", "confirmado por el Estado anfitrión";
        "denied by host body": "denied by host body", "承办机构否认", "ontkend door gastorganisatie", "negado por la entidad anfitriona";
        "denied by sending state": "denied by sending state", "派遣国否认", "ontkend door zendstaat", "negado por el Estado que envía";
        "under inquiry": "under inquiry", "调查中", "in onderzoek", "en investigación";
        "ordered closed": "ordered closed", "被勒令关闭", "sluiting bevolen", "cierre ordenado";
        "closed per sending state": "closed per sending state", "派遣国称已关闭", "gesloten volgens zendstaat", "cerrado según el Estado que envía";
        "inquiry ended without charges": "inquiry ended without charges", "调查结束，未起诉", "onderzoek beëindigd zonder vervolging", "investigación terminada sin cargos";
        "charged": "charged", "被起诉", "vervolgd", "acusado";
        "convicted": "convicted", "被定罪", "veroordeeld", "condenado";
        "withdrawn": "withdrawn", "已撤回", "ingetrokken", "retirado";
    }
    /// What a person decided, as a past participle.
    answer {
        "confirm": "confirmed", "已确认", "bevestigd", "confirmada";
        "reject": "rejected", "已拒绝", "verworpen", "rechazada";
        "unsure": "left open", "暂不决定", "opengelaten", "queda abierta";
        "read": "read", "已阅读", "gelezen", "leída";
        "undo": "taken back", "已撤销", "teruggenomen", "retirada";
        "publish": "to be published", "准予公布", "te publiceren", "para publicar";
        "same": "same", "相同", "hetzelfde", "iguales";
        "different": "different", "不同", "verschillend", "distintos";
        "independent": "independent", "彼此独立", "onafhankelijk", "independientes";
        "dependent": "dependent", "互相依赖", "afhankelijk", "dependientes";
        "disputed": "disputed", "有争议", "betwist", "discutida";
        "undisputed": "undisputed", "无争议", "onbetwist", "no discutida";
        "own-interest": "own interest", "有利害关系", "eigen belang", "interés propio";
        "public-role": "public role", "公职身份", "openbare rol", "cargo público";
        "withdraw": "withdrawn", "已撤回", "ingetrokken", "retirada";
        "letter": "letter", "等级", "letter", "letra";
        "grade": "grade", "评级", "oordeel", "calificación";
        "translation": "translation", "译文", "vertaling", "traducción";
        "reader": "reader", "阅读器", "lezer", "lector";
        "charset": "charset", "字符集", "tekenset", "juego de caracteres";
        "asked": "asked to reply", "请求答复", "om antwoord gevraagd", "se pidió respuesta";
        "asked to reply": "asked to reply", "请求答复", "om antwoord gevraagd", "se pidió respuesta";
        "answered": "answered", "已答复", "beantwoord", "respondió";
    }
    /// What a claim says, as a column head; `name` of an entity.
    predicate {
        "name": "Name", "名称", "Naam", "Nombre";
        "exists": "It exists", "是否存在", "Bestaat het", "Existe";
        "operated_by": "Operator", "运营机构", "Beheerder", "Operador";
        "hosted_by": "Host body", "承办机构", "Gastorganisatie", "Entidad anfitriona";
        "located_at": "Address", "地址", "Adres", "Dirección";
        "opened": "Opened", "开设时间", "Geopend", "Abierto";
        "closed": "Closed", "关闭时间", "Gesloten", "Cerrado";
        "offers": "Services", "服务", "Diensten", "Servicios";
        "headed_by": "Head", "负责人", "Hoofd", "Responsable";
        "awarded": "Awarded", "表彰", "Onderscheiden", "Premiado";
        "notified": "Host state told", "是否告知驻在国", "Gastland ingelicht", "Estado anfitrión informado";
        "consented": "Host state agreed", "驻在国是否同意", "Gastland stemde in", "Estado anfitrión de acuerdo";
        "listed_in_register": "In the register?", "是否在登记册中", "In het register?", "¿En el registro?";
        "pressure_by": "Pressure", "施压", "Druk", "Presión";
        "attended_by": "Attended by", "出席者", "Bijgewoond door", "Con asistencia de";
        "count": "Count", "数量", "Aantal", "Recuento";
    }
    /// What a claim about a post says, read from the body to the post.
    tie {
        "operated_by": "is said to run", "据称运营", "zou beheerder zijn van", "se dice que opera";
        "hosted_by": "is said to host", "据称承办", "zou onderdak geven aan", "se dice que acoge";
        "exists": "is the state of", "为所在国", "is het land van", "es el Estado de";
    }
    /// The same in one word, to choose by.
    tie_short {
        "operated_by": "runs", "运营", "beheert", "opera";
        "hosted_by": "hosts", "承办", "huisvest", "acoge";
        "exists": "state", "国家", "staat", "Estado";
    }
    /// What a file or page says of itself.
    metadatum {
        "maker": "maker", "制造商", "maker", "fabricante";
        "model": "model", "型号", "model", "modelo";
        "program": "program", "软件", "programma", "programa";
        "taken": "taken", "拍摄时间", "opgenomen", "tomada";
        "orientation": "orientation", "方向", "stand", "orientación";
        "position": "position", "位置", "positie", "posición";
        "size": "size", "尺寸", "afmeting", "tamaño";
        "duration": "duration", "时长", "duur", "duración";
        "container": "format", "格式", "formaat", "formato";
        "track": "track", "轨道", "spoor", "pista";
        "title": "title", "标题", "titel", "título";
        "site-filing": "ICP filing", "ICP备案", "ICP-registratie", "registro ICP";
        "police-filing": "police filing", "公安备案", "politieregistratie", "registro policial";
        "publisher": "publisher", "发布者", "uitgever", "editor";
        "caption": "caption", "图片说明", "bijschrift", "pie de foto";
        "address": "address", "地址", "adres", "dirección";
    }
    /// A kind of mention.
    mention {
        "agency": "agency", "机关", "instantie", "organismo";
        "organisation": "organisation", "组织", "organisatie", "organización";
        "person": "person", "人员", "persoon", "persona";
        "place": "place", "地点", "plaats", "lugar";
        "address": "address", "地址", "adres", "dirección";
        "phone": "phone", "电话", "telefoon", "teléfono";
        "date": "date", "日期", "datum", "fecha";
        "count": "count", "数量", "aantal", "recuento";
        "term": "term", "术语", "vakterm", "término";
    }
    /// A kind of entity, or of what a pair of names is about.
    entity {
        "": "post", "站点", "post", "puesto";
        "post": "post", "站点", "post", "puesto";
        "agency": "agency", "机关", "instantie", "organismo";
        "organisation": "organisation", "组织", "organisatie", "organización";
        "person": "holder of a public role", "公职人员", "drager van een openbare rol", "titular de un cargo público";
        "received": "received", "外来数据", "ontvangen", "recibida";
    }
    /// A kind of document.
    document {
        "page": "page", "网页", "pagina", "página";
        "text": "text", "文本", "tekst", "texto";
        "chat": "chat", "聊天记录", "chatgesprek", "conversación";
        "pdf": "PDF", "PDF", "PDF", "PDF";
        "picture": "picture", "图片", "afbeelding", "imagen";
        "office": "office document", "办公文档", "kantoordocument", "documento ofimático";
        "mail": "mail", "邮件", "e-mail", "correo";
        "other": "other", "其他", "overige", "otro";
        "not read": "not read", "未读取", "niet gelezen", "sin leer";
    }
    /// How a capture came in.
    how {
        "imported": "imported", "导入", "ingevoerd", "importado";
        "received from": "received from", "接收自", "ontvangen van", "recibido de";
        "fetched": "fetched", "抓取", "opgehaald", "descargado";
    }
    /// How far a capture was read.
    state {
        "read": "read", "已读取", "gelezen", "leída";
        "partly read": "partly read", "部分读取", "deels gelezen", "leída en parte";
        "not read": "not read", "未读取", "niet gelezen", "sin leer";
        "waiting": "waiting", "等待中", "wacht", "en espera";
        "withdrawn": "withdrawn", "已撤回", "ingetrokken", "retirada";
        "forgotten": "forgotten", "已遗忘", "vergeten", "olvidada";
    }
    /// A kind of entry of the ledger.
    entry {
        "capture": "capture", "采集", "vastlegging", "captura";
        "import": "import", "导入", "invoer", "importación";
        "refusal": "refusal", "拒收", "weigering", "rechazo";
        "robots": "robots", "robots 规则", "robotsregels", "reglas para robots";
        "allow-private": "allow private", "准许私有地址", "privéadres toegestaan", "dirección privada permitida";
        "conversion": "conversion", "转换", "omzetting", "conversión";
        "decision": "decision", "决定", "beslissing", "decisión";
        "register": "register", "登记册", "registerkopie", "registro";
        "gazetteer": "gazetteer", "地名录", "plaatsnamenlijst", "nomenclátor";
        "xref": "xref", "名单比对", "lijstvergelijking", "cotejo de listas";
        "stamp": "stamp", "时间戳", "tijdstempel", "sello de tiempo";
        "publication": "publication", "发布", "publicatie", "publicación";
        "forget": "forget", "遗忘", "vergeten", "olvido";
        "vault": "vault", "保险库", "kluis", "bóveda";
    }
    /// How two values of one slot stand to each other.
    relation {
        "incomparable": "incomparable", "不可比", "onvergelijkbaar", "incomparable";
        "succession": "succession", "先后相继", "opeenvolging", "sucesión";
        "compatible": "compatible", "相容", "verenigbaar", "compatible";
        "denied": "denied", "被否认", "ontkend", "negado";
        "conflict": "conflict", "冲突", "tegenspraak", "conflicto";
    }
    /// The same with its reason.
    relation_why {
        "incomparable": "incomparable: another definition or counter", "不可比：定义或计数者不同", "onvergelijkbaar: andere definitie of teller", "incomparable: otra definición u otro contador";
        "succession": "succession: another day", "先后相继：日期不同", "opeenvolging: een andere dag", "sucesión: otro día";
        "compatible": "fits: one contains the other", "相容：一方包含另一方", "past: het ene omvat het andere", "encaja: uno contiene al otro";
        "denied": "denied by a party", "当事方否认", "ontkend door een partij", "negado por una parte";
        "conflict": "conflict: both cannot be", "冲突：不可能同时成立", "tegenspraak: beide kan niet", "conflicto: no pueden ser ambas";
    }
    /// What a quote does to a claim.
    stance {
        "supports": "supports", "支持", "ondersteunt", "apoya";
        "contradicts": "contradicts", "反对", "spreekt tegen", "contradice";
        "mentions": "mentions", "提及", "noemt", "menciona";
    }
    /// Whether a source knows it itself.
    mode {
        "primary": "primary", "一手", "primair", "primaria";
        "secondary": "secondary", "二手", "secundair", "secundaria";
        "tertiary": "tertiary", "三手", "tertiair", "terciaria";
    }
    /// A mark of an origin.
    mark {
        "disputed": "disputed", "有争议", "betwist", "discutido";
        "own_interest": "own interest", "有利害关系", "eigen belang", "interés propio";
        "record": "record", "正式记录", "officieel stuk", "documento oficial";
        "withdrawn": "withdrawn", "已撤回", "ingetrokken", "retirado";
    }
    /// Who speaks where nobody is named.
    voice {
        "": "the document itself", "文档本身", "het document zelf", "el propio documento";
        "the document itself": "the document itself", "文档本身", "het document zelf", "el propio documento";
    }
    /// How a document hangs on its origin.
    hangs_on {
        "self": "own text", "自有文字", "eigen tekst", "texto propio";
        "copy": "copy of the first", "首份的副本", "kopie van de eerste", "copia del primero";
        "cites": "cites it", "引用", "haalt het aan", "lo cita";
        "stub": "was read by others, is not held here", "他人读过，此处未存", "door anderen gelezen, hier niet bewaard", "leído por otros, no se guarda aquí";
        "translation": "translation", "译文", "vertaling", "traducción";
        "same_speaker": "the same speaker", "同一发言者", "dezelfde spreker", "el mismo hablante";
        "decision": "joined by a person", "由人工合并", "door een mens samengevoegd", "unido por una persona";
    }
    /// How a document is a copy.
    copied {
        "same_bytes": "same bytes", "字节相同", "dezelfde bytes", "los mismos bytes";
        "same_text": "same text", "文字相同", "dezelfde tekst", "el mismo texto";
        "copy": "copy", "副本", "kopie", "copia";
        "partial": "a part of it", "其中一部分", "een deel ervan", "una parte";
    }
    /// A slot of a match.
    slot {
        "name": "name", "名称", "naam", "nombre";
        "place": "place", "地点", "plaats", "lugar";
        "level": "level", "级别", "niveau", "nivel";
        "function": "function", "职能", "functie", "función";
        "organ": "organ", "部门", "orgaan", "órgano";
        "branch": "branch", "分支", "afdeling", "rama";
        "host": "host", "承办方", "gastheer", "anfitrión";
        "operator": "operator", "运营机构", "beheerder", "operador";
        "phone": "phone", "电话", "telefoon", "teléfono";
        "address": "address", "地址", "adres", "dirección";
        "seat": "seat", "所在地", "zetel", "sede";
        "class": "class", "类别", "klasse", "clase";
        "closed": "closed", "关闭时间", "gesloten", "cerrado";
        "host_body": "host body", "承办机构", "gastorganisatie", "entidad anfitriona";
        "opened": "opened", "开设时间", "geopend", "abierto";
        "services": "services", "服务", "diensten", "servicios";
        "head": "head", "负责人", "hoofd", "responsable";
        "award": "award", "表彰", "onderscheiding", "premio";
        "by": "by", "由谁", "door", "por";
        "on": "on", "日期", "op", "el";
        "act": "act", "行为", "daad", "acto";
        "count": "count", "数量", "aantal", "recuento";
        "counter": "counter", "计数单位", "geteld", "contado";
        "as_of": "as of", "截至", "stand van", "a fecha de";
        "corrected": "corrected", "更正", "gecorrigeerd", "corregido";
    }
    /// A kind of statement that a lens knows.
    frame {
        "post": "post", "站点", "post", "puesto";
        "notified": "told to the host state", "告知驻在国", "aan het gastland gemeld", "comunicado al Estado anfitrión";
        "consented": "agreed by the host state", "驻在国同意", "door het gastland goedgekeurd", "consentido por el Estado anfitrión";
        "reaction": "reaction", "反应", "reactie", "reacción";
        "pressure": "pressure", "施压", "druk", "presión";
        "count": "count", "数量", "aantal", "recuento";
        "award": "award", "表彰", "onderscheiding", "premio";
        "withdrawal": "withdrawal", "撤回", "intrekking", "retirada";
    }
    /// What a slot says of two names.
    effect {
        "same": "same", "相同", "gelijk", "igual";
        "alike": "alike", "相似", "lijkt", "parecido";
        "veto": "veto", "否决", "sluit uit", "veto";
        "empty": "empty", "空缺", "leeg", "vacío";
    }
    /// A kind of node of the network.
    node {
        "body": "body", "机构", "instantie", "organismo";
        "post": "post", "站点", "post", "puesto";
        "host": "host", "承办方", "gastorganisatie", "anfitrión";
        "state": "state", "国家", "staat", "Estado";
    }
    /// Where a claim stands before a dossier is made, to choose by.
    standing {
        "printed": "printed", "将印出", "gedrukt", "impresa";
        "names a person": "names a person", "提及个人", "noemt een persoon", "nombra a una persona";
        "open": "open", "未决定", "open", "abierta";
        "set aside": "set aside", "搁置", "terzijde gelegd", "apartada";
    }
    /// What happened to a row between two copies of a register.
    change {
        "added": "added", "新增", "toegevoegd", "añadida";
        "gone": "gone", "消失", "verdwenen", "desaparecida";
        "changed": "changed", "变更", "gewijzigd", "cambiada";
    }
    /// A column of a register.
    column {
        "sending_state": "sending state", "派遣国", "zendstaat", "Estado que envía";
        "host_state": "host state", "驻在国", "gastland", "Estado anfitrión";
        "category": "category", "种类", "categorie", "categoría";
        "class": "class", "类别", "klasse", "clase";
        "name": "name", "名称", "naam", "nombre";
        "seat": "seat", "所在地", "zetel", "sede";
        "district": "district", "辖区", "ambtsgebied", "circunscripción";
        "address": "address", "地址", "adres", "dirección";
        "head_title": "head title", "负责人职衔", "titel van het hoofd", "título del responsable";
        "recognised_on": "recognised on", "承认日期", "erkend op", "reconocido el";
        "closed_on": "closed on", "关闭日期", "gesloten op", "cerrado el";
        "row": "row", "行", "rij", "fila";
        "note": "note", "备注", "opmerking", "nota";
    }
    /// What a register lists, or a claim counts.
    counted {
        "posts": "posts", "站点", "posten", "puestos";
        "companies": "companies", "公司", "bedrijven", "empresas";
        "agents": "agents", "代理人", "agenten", "agentes";
        "countries": "countries", "国家", "landen", "países";
    }
    /// A stage of a run.
    stage {
        "": "taking files in", "正在接收文件", "bestanden worden ingenomen", "recibiendo archivos";
        "add": "taking files in", "正在接收文件", "bestanden worden ingenomen", "recibiendo archivos";
        "read": "reading documents", "正在读取文档", "documenten worden gelezen", "leyendo documentos";
        "find": "looking for mentions", "正在查找提及", "vermeldingen worden gezocht", "buscando menciones";
        "copies": "comparing copies", "正在比较副本", "kopieën worden vergeleken", "comparando copias";
        "resolve": "joining names", "正在合并名称", "namen worden samengebracht", "uniendo nombres";
        "corroborate": "weighing claims", "正在评估说法", "beweringen worden gewogen", "sopesando afirmaciones";
        "propose": "asking the language model", "正在询问语言模型", "het taalmodel wordt gevraagd", "preguntando al modelo de lenguaje";
        "translate": "translating quotes by machine", "正在机器翻译引文", "citaten worden door een machine vertaald", "traduciendo citas por máquina";
        "search": "building the index", "正在建立索引", "de index wordt gebouwd", "construyendo el índice";
    }
    /// A language that the reader tells apart.
    language {
        "": "not known", "未知", "niet bekend", "desconocido";
        "und": "not known", "未知", "niet bekend", "desconocido";
        "zh": "Chinese", "中文", "Chinees", "chino";
        "zh-Hans": "Chinese, simplified", "简体中文", "Chinees, vereenvoudigd", "chino simplificado";
        "zh-Hant": "Chinese, traditional", "繁体中文", "Chinees, traditioneel", "chino tradicional";
        "af": "Afrikaans", "南非荷兰语", "Afrikaans", "afrikáans";
        "nl": "Dutch", "荷兰语", "Nederlands", "neerlandés";
        "es": "Spanish", "西班牙语", "Spaans", "español";
        "en": "English", "英语", "Engels", "inglés";
        "de": "German", "德语", "Duits", "alemán";
        "fr": "French", "法语", "Frans", "francés";
        "it": "Italian", "意大利语", "Italiaans", "italiano";
        "pt": "Portuguese", "葡萄牙语", "Portugees", "portugués";
        "ru": "Russian", "俄语", "Russisch", "ruso";
        "sv": "Swedish", "瑞典语", "Zweeds", "sueco";
        "tr": "Turkish", "土耳其语", "Turks", "turco";
        "vi": "Vietnamese", "越南语", "Vietnamees", "vietnamita";
        "uk": "Ukrainian", "乌克兰语", "Oekraïens", "ucraniano";
        "el": "Greek", "希腊语", "Grieks", "griego";
        "he": "Hebrew", "希伯来语", "Hebreeuws", "hebreo";
        "th": "Thai", "泰语", "Thais", "tailandés";
        "fa": "Persian", "波斯语", "Perzisch", "persa";
        "ar": "Arabic", "阿拉伯语", "Arabisch", "árabe";
        "hi": "Hindi", "印地语", "Hindi", "hindi";
        "ja": "Japanese", "日语", "Japans", "japonés";
        "ko": "Korean", "韩语", "Koreaans", "coreano";
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::labels::{Language, speak};
    use plainsight_case::dossier::Standing;
    use plainsight_model::{Grade, Status};

    /// A word that another crate may say and that no list holds would be English in every language.
    #[test]
    fn the_lists_hold_every_word_of_the_model() {
        speak(Language::Chinese);
        let han = |word: &str| word.chars().any(plainsight_text::is_han);
        for number in 1..=6 {
            let word = Grade::from_number(number).expect("a grade").words();
            assert!(han(grade(word)), "{word}");
        }
        for word in Status::ALL {
            assert!(han(status(word.as_str())), "{}", word.as_str());
        }
        for at in Standing::ALL {
            assert!(han(standing(at.word())), "{}", at.word());
        }
    }
}
