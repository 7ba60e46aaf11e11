//! Every label of the interface in one table, a column a language. Sentences with
//! numbers, and what sources say, stand on their pages as they are.

use std::cell::Cell;
use std::ops::Deref;

/// A language of the labels.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) enum Language {
    #[default]
    English,
    Chinese,
    Dutch,
    Spanish,
}

impl Language {
    /// All, as the choice shows them.
    pub(crate) const ALL: [Self; 4] = [Self::English, Self::Chinese, Self::Dutch, Self::Spanish];

    /// The tag of BCP 47.
    pub(crate) fn tag(self) -> &'static str {
        match self {
            Self::English => "en",
            Self::Chinese => "zh-Hans",
            Self::Dutch => "nl",
            Self::Spanish => "es",
        }
    }

    /// Its own name.
    pub(crate) fn name(self) -> &'static str {
        match self {
            Self::English => "English",
            Self::Chinese => "简体中文",
            Self::Dutch => "Nederlands",
            Self::Spanish => "Español",
        }
    }

    /// The language of a tag.
    pub(crate) fn of(tag: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|language| language.tag() == tag)
    }

    /// The first of these in the order of a browser's `Accept-Language`, which lists the reader's own first.
    pub(crate) fn accepted(header: &str) -> Self {
        let primary = |part: &str| {
            part.trim().split(['-', ';']).next().map(str::to_ascii_lowercase).unwrap_or_default()
        };
        let known = |tag: String| Self::ALL.into_iter().find(|language| language.tag()[..2] == tag);
        header.split(',').take(16).map(primary).find_map(known).unwrap_or_default()
    }

    fn labels(self) -> &'static Labels {
        match self {
            Self::English => &EN,
            Self::Chinese => &ZH,
            Self::Dutch => &NL,
            Self::Spanish => &ES,
        }
    }
}

thread_local! {
    /// A page is drawn on one thread from its first to its last word.
    static SPOKEN: Cell<Language> = const { Cell::new(Language::English) };
}

/// From here on this thread draws in this language.
pub(crate) fn speak(language: Language) {
    SPOKEN.set(language);
}

/// The language in which this thread draws.
pub(crate) fn spoken() -> Language {
    SPOKEN.get()
}

/// The labels of the language in which this thread draws.
pub(crate) struct Spoken;

/// The same, as pages name it: `L.overview`.
pub(crate) const L: Spoken = Spoken;

impl Deref for Spoken {
    type Target = Labels;

    fn deref(&self) -> &'static Labels {
        spoken().labels()
    }
}

macro_rules! labels {
    ($($name:ident: $english:literal, $chinese:literal, $dutch:literal, $spanish:literal;)*) => {
        /// The words on headings, links, buttons, columns and fields.
        pub(crate) struct Labels { $(pub(crate) $name: &'static str,)* }
        static EN: Labels = Labels { $($name: $english,)* };
        static ZH: Labels = Labels { $($name: $chinese,)* };
        static NL: Labels = Labels { $($name: $dutch,)* };
        static ES: Labels = Labels { $($name: $spanish,)* };
        #[cfg(test)]
        const ALL: &[(&str, [&str; 4])] = &[$((stringify!($name), [$english, $chinese, $dutch, $spanish]),)*];
    };
}

labels! {
    about: "About", "关于", "Over", "Acerca de";
    add_files: "Add pages or files", "添加网页或文件", "Pagina's of bestanden toevoegen", "Añadir páginas o archivos";
    add_newer: "Add a newer copy", "添加较新的副本", "Nieuwere kopie toevoegen", "Añadir una copia más reciente";
    address: "Address", "地址", "Adres", "Dirección";
    against: "Against", "反对", "Tegen", "En contra";
    all: "All", "全部", "Alle", "Todo";
    also_searched: "Also searched:", "同时搜索：", "Ook gezocht:", "También se buscó:";
    any: "any", "任意", "alle", "cualquiera";
    archived_inert: "Archived page, inert: no script, no network.", "存档页面，已停用：无脚本，无网络。", "Gearchiveerde pagina, inert: geen script, geen netwerk.", "Página archivada, inerte: sin scripts, sin red.";
    around: "Around", "相关", "Rondom", "Alrededor";
    as_of: "As of", "截至", "Stand van", "A fecha de";
    as_table: "As a table", "以表格显示", "Als tabel", "Como tabla";
    body_or_state: "Body or state", "机构或国家", "Instantie of staat", "Organismo o Estado";
    bytes: "Bytes", "字节", "Bytes", "Bytes";
    capture: "Capture", "采集", "Vastlegging", "Captura";
    capture_addresses: "Capture addresses", "采集地址", "Adressen vastleggen", "Capturar direcciones";
    captured: "Captured", "采集时间", "Vastgelegd", "Capturado";
    captures: "Captures", "采集", "Vastleggingen", "Capturas";
    cell_grade_exists: "It exists", "是否存在", "Bestaat het", "Existe";
    chain: "Chain", "链", "Keten", "Cadena";
    charset: "Charset", "字符集", "Tekenset", "Juego de caracteres";
    claim: "Claim", "说法", "Bewering", "Afirmación";
    claims: "Claims", "说法", "Beweringen", "Afirmaciones";
    close: "Close", "关闭", "Sluiten", "Cerrar";
    complaints: "Complaints", "问题", "Klachten", "Incidencias";
    complete: "Complete", "完整", "Volledig", "Completo";
    confirm: "Confirm", "确认", "Bevestigen", "Confirmar";
    copies: "Copies", "副本", "Kopieën", "Copias";
    coverage: "What came in", "收到了什么", "Wat er binnenkwam", "Qué entró";
    custody: "Custody", "保管记录", "Bewaring", "Custodia";
    day: "Day", "日期", "Dag", "Día";
    decided: "Decided", "已决定", "Besloten", "Decidido";
    decision: "Your decision", "您的决定", "Uw beslissing", "Su decisión";
    different: "Different", "不同", "Verschillend", "Distintos";
    document: "Document", "文档", "Document", "Documento";
    dossier: "Dossier", "档案", "Dossier", "Dosier";
    drop_here: "Drop files here, or choose them", "将文件拖到此处，或选择文件", "Sleep bestanden hierheen, of kies ze", "Suelte archivos aquí o elíjalos";
    entities: "Entities", "实体", "Entiteiten", "Entidades";
    entries: "Entries", "条目", "Regels", "Entradas";
    everyone: "everyone", "所有人", "iedereen", "todos";
    everything: "everything", "全部", "alles", "todo";
    export_csv: "Export CSV", "导出 CSV", "CSV exporteren", "Exportar CSV";
    filters: "Filters", "筛选", "Filters", "Filtros";
    findings: "Findings", "发现", "Bevindingen", "Hallazgos";
    footnote: "Footnote", "脚注", "Voetnoot", "Nota al pie";
    for_it: "For", "支持", "Voor", "A favor";
    from: "From", "从", "Van", "Desde";
    go_to: "Go to", "前往", "Ga naar", "Ir a";
    grade: "Grade", "评级", "Oordeel", "Calificación";
    grade_by_rule: "The grade, by rule G1", "按规则 G1 的评级", "Het oordeel, volgens regel G1", "La calificación, según la regla G1";
    head_person: "Head", "负责人", "Hoofd", "Responsable";
    hide: "Hide", "隐藏", "Verbergen", "Ocultar";
    host_body: "Host body", "承办机构", "Gastorganisatie", "Entidad anfitriona";
    how: "How", "如何", "Hoe", "Cómo";
    in_dossier: "In the dossier?", "是否收入档案", "In het dossier?", "¿En el dosier?";
    in_register: "In the register?", "是否在登记册中", "In het register?", "¿En el registro?";
    joined_from: "Joined from", "合并自", "Samengevoegd uit", "Unido a partir de";
    judgement: "Judgement", "判断", "Beoordeling", "Juicio";
    keys: "Keys", "快捷键", "Toetsen", "Teclas";
    kind: "Kind", "类型", "Soort", "Tipo";
    kinds_of_mention: "Kinds of mention: ", "提及类型：", "Soorten vermelding: ", "Tipos de mención: ";
    language: "Language", "语言", "Taal", "Idioma";
    lately_decided: "Lately decided", "最近的决定", "Onlangs besloten", "Decidido recientemente";
    latest_status: "Latest status", "最新状态", "Laatste status", "Último estado";
    ledger: "Ledger", "账本", "Logboek", "Bitácora";
    long_work: "Long work", "长时间任务", "Lang werk", "Trabajo largo";
    look_again: "Look again", "重新查看", "Opnieuw kijken", "Mirar de nuevo";
    map: "Map", "地图", "Kaart", "Mapa";
    mark_read: "I read it: it says so", "我已阅读：原文如此", "Gelezen: het staat er zo", "Lo he leído: así lo dice";
    material: "Material", "材料", "Materiaal", "Material";
    mentions: "Mentions", "提及", "Vermeldingen", "Menciones";
    menu: "Menu", "菜单", "Menu", "Menú";
    name: "Name", "名称", "Naam", "Nombre";
    names: "Names", "名称", "Namen", "Nombres";
    near: "Nearest rows", "最接近的行", "Dichtstbijzijnde rijen", "Filas más próximas";
    needs_person: "Needs a person", "需要人工处理", "Vraagt een mens", "Necesita a una persona";
    network: "Network", "关系网", "Netwerk", "Red";
    next: "Next", "下一步", "Volgende", "Siguiente";
    not_counted: "Not counted", "不计入", "Niet meegeteld", "No se cuenta";
    not_so: "It does not say so", "原文并非如此", "Het staat er niet zo", "No lo dice";
    official: "Official", "官方", "Officieel", "Oficial";
    open_document: "Open document", "打开文档", "Document openen", "Abrir documento";
    opened: "Opened", "开设时间", "Geopend", "Abierto";
    operator: "Operator", "运营机构", "Beheerder", "Operador";
    origins: "Origins", "独立信源", "Oorsprongen", "Orígenes";
    other_captures: "The same address at other times", "同一地址在其他时间", "Hetzelfde adres op andere momenten", "La misma dirección en otros momentos";
    other_text: "Other text of the page: menus, footers", "页面其他文字：菜单、页脚", "Andere tekst van de pagina: menu's, voetregels", "Otro texto de la página: menús, pies";
    overview: "Overview", "概览", "Overzicht", "Resumen";
    pages: "Pages", "页面", "Pagina's", "Páginas";
    pairs: "Pairs", "成对名称", "Paren", "Pares";
    paste_address: "Paste an address", "粘贴地址", "Plak een adres", "Pegue una dirección";
    phone: "Telephone", "电话", "Telefoon", "Teléfono";
    post: "Post", "站点", "Post", "Puesto";
    posts: "Posts", "站点", "Posten", "Puestos";
    preview: "Preview", "预览", "Voorbeeld", "Vista previa";
    property: "Property", "属性", "Eigenschap", "Propiedad";
    provenance: "Provenance", "出处", "Herkomst", "Procedencia";
    publication: "Publication", "发布", "Publicatie", "Publicación";
    published: "Published", "发布时间", "Gepubliceerd", "Publicado";
    quotes: "Quotes", "引文", "Citaten", "Citas";
    says_of_itself: "What it says of itself", "自述信息", "Wat het over zichzelf zegt", "Lo que dice de sí mismo";
    reader: "Reader", "阅读器", "Lezer", "Lector";
    reason: "Reason", "理由", "Reden", "Motivo";
    reason_hint: "Reason (needed to reject)", "理由（拒绝时必填）", "Reden (nodig om te verwerpen)", "Motivo (necesario para rechazar)";
    record: "Record", "记录", "Record", "Registro WARC";
    refused: "Refused", "已拒绝", "Geweigerd", "Rechazado";
    register: "Register", "登记册", "Register", "Registro";
    register_proof: "In the register?", "是否在登记册中", "In het register?", "¿En el registro?";
    registers: "Registers", "登记册", "Registers", "Registros";
    reject: "Reject", "拒绝", "Verwerpen", "Rechazar";
    relation: "How it stands to this one", "与本文的关系", "Hoe het zich tot dit verhoudt", "Qué relación tiene con este";
    relation_short: "How it stands", "关系", "Verhouding", "Relación";
    replies: "Replies", "答复", "Antwoorden", "Respuestas";
    rests: "Rests on this page", "以本页为依据", "Rust op deze pagina", "Se apoya en esta página";
    rests_on: "Rests on", "依据", "Rust op", "Se apoya en";
    row: "Row", "行", "Rij", "Fila";
    rows: "Rows", "行", "Rijen", "Filas";
    run_now: "Run now", "立即运行", "Nu uitvoeren", "Ejecutar ahora";
    said_by: "Said by", "出自", "Gezegd door", "Dicho por";
    same: "Same", "相同", "Hetzelfde", "Iguales";
    save: "Save", "保存", "Opslaan", "Guardar";
    save_original: "Save the original", "保存原件", "Origineel opslaan", "Guardar el original";
    score: "Score", "分数", "Score", "Puntuación";
    search: "Search", "搜索", "Zoeken", "Buscar";
    search_hint: "Search documents, posts, names", "搜索文档、站点、名称", "Zoek documenten, posten, namen", "Busque documentos, puestos, nombres";
    see_sources: "See sources", "查看来源", "Bronnen bekijken", "Ver fuentes";
    sending_state: "State of the operator", "运营机构所属国", "Staat van de beheerder", "Estado del operador";
    services: "Services", "服务", "Diensten", "Servicios";
    show: "Show", "显示", "Tonen", "Mostrar";
    skip: "Skip to content", "跳到内容", "Naar de inhoud", "Ir al contenido";
    slot: "Slot", "栏目", "Veld", "Campo";
    slots: "Slot by slot", "逐项对照", "Veld voor veld", "Campo por campo";
    snapshot: "Snapshot", "快照", "Momentopname", "Instantánea";
    sources: "Sources", "来源", "Bronnen", "Fuentes";
    split: "Split", "拆分", "Splitsen", "Separar";
    stands_again: "Let it stand", "恢复有效", "Laten staan", "Dejarlo en pie";
    stands_in: "Stands in", "出现于", "Staat in", "Figura en";
    state: "State", "状态", "Toestand", "Estado";
    statuses: "Statuses", "状态", "Statussen", "Estados";
    stop: "Stop", "停止", "Stoppen", "Detener";
    text: "Text", "文本", "Tekst", "Texto";
    text_and_page: "Text and page", "文本与页面", "Tekst en pagina", "Texto y página";
    the_same_table: "The same as a table", "同一内容的表格", "Hetzelfde als tabel", "Lo mismo en una tabla";
    theme: "Theme", "主题", "Thema", "Tema";
    three_questions: "Three questions, kept apart", "三个问题，分开回答", "Drie vragen, apart gehouden", "Tres preguntas, por separado";
    timeline: "Timeline", "时间线", "Tijdlijn", "Cronología";
    to_read: "To read", "待阅读", "Te lezen", "Por leer";
    undo: "Undo", "撤销", "Ongedaan maken", "Deshacer";
    unsure: "Unsure", "不确定", "Onzeker", "No seguro";
    until: "Until", "到", "Tot", "Hasta";
    value: "Value", "值", "Waarde", "Valor";
    verify_now: "Verify now", "立即验证", "Nu controleren", "Verificar ahora";
    views: "Views", "视图", "Weergaven", "Vistas";
    what: "What", "内容", "Wat", "Qué";
    what_claimed: "What is claimed", "说法内容", "Wat er beweerd wordt", "Qué se afirma";
    what_follows: "What follows", "后果", "Wat eruit volgt", "Qué se sigue";
    what_was_read: "What was read", "已阅读的内容", "Wat er gelezen is", "Qué se ha leído";
    when: "When, UTC", "时间（UTC）", "Wanneer, UTC", "Cuándo, UTC";
    when_in_words: "When, in whose words", "时间，按原文表述", "Wanneer, in wiens woorden", "Cuándo, con las palabras de quién";
    where_it_is: "Where", "地点", "Waar", "Dónde";
    who: "Who", "谁", "Wie", "Quién";
    who_knows: "Who knows it, and from whom", "谁知道，从谁得知", "Wie weet het, en van wie", "Quién lo sabe y por quién";
    word_by_word: "Word by word", "逐词对照", "Woord voor woord", "Palabra por palabra";
    your_name: "Your name", "您的姓名", "Uw naam", "Su nombre";
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn labels_are_there_and_in_sentence_case() {
        for (name, languages) in ALL {
            for label in languages {
                assert!(!label.trim().is_empty(), "{name}");
                let shouting = label.split(' ').skip(1).filter(|w| w.starts_with(|c: char| c.is_uppercase()));
                assert!(
                    shouting.clone().all(|w| matches!(
                        w.trim_end_matches('?'),
                        "G1" | "CSV" | "I" | "UTC" | "WARC" | "Estado"
                    )),
                    "{name}: {label}"
                );
            }
            let ends = |label: &str| label.trim_end().ends_with([':', '：']);
            assert!(languages.iter().all(|label| ends(label) == ends(languages[0])), "{name}: {languages:?}");
        }
    }

    #[test]
    fn a_browser_names_the_readers_languages_in_order() {
        for (header, wanted) in [
            ("", Language::English),
            ("nl-NL,nl;q=0.9,en;q=0.8", Language::Dutch),
            ("fr-FR, es-419;q=0.9", Language::Spanish),
            ("zh-CN,zh;q=0.9", Language::Chinese),
            ("fr, de", Language::English),
            ("*;q=0.1", Language::English),
        ] {
            assert_eq!(Language::accepted(header), wanted, "{header}");
        }
    }

    #[test]
    fn a_thread_draws_in_the_language_it_was_told() {
        speak(Language::Dutch);
        assert_eq!(L.overview, "Overzicht");
        let other = std::thread::spawn(|| L.overview).join();
        assert_eq!(other.ok(), Some("Overview"));
    }
}
