//! What is counted: the form for one and the form for many, each with its number.

use super::labels;

labels! {
    /// Counted things, for [`crate::words::count`].
    N {
        addresses: "{n} address|{n} addresses", "{n} 个地址", "{n} adres|{n} adressen", "{n} dirección|{n} direcciones";
        answers_since: "{n} answer since|{n} answers since", "此后 {n} 个回答", "{n} antwoord sindsdien|{n} antwoorden sindsdien", "{n} respuesta desde entonces|{n} respuestas desde entonces";
        captures: "{n} capture|{n} captures", "{n} 次采集", "{n} vastlegging|{n} vastleggingen", "{n} captura|{n} capturas";
        claims: "{n} claim|{n} claims", "{n} 个说法", "{n} bewering|{n} beweringen", "{n} afirmación|{n} afirmaciones";
        complaints: "{n} complaint|{n} complaints", "{n} 个问题", "{n} klacht|{n} klachten", "{n} incidencia|{n} incidencias";
        conflicts: "{n} conflict|{n} conflicts", "{n} 处冲突", "{n} tegenspraak|{n} tegenspraken", "{n} conflicto|{n} conflictos";
        dated_rows: "{n} dated row|{n} dated rows", "{n} 行有日期", "{n} gedateerde regel|{n} gedateerde regels", "{n} fila con fecha|{n} filas con fecha";
        decisions: "{n} decision|{n} decisions", "{n} 项决定", "{n} beslissing|{n} beslissingen", "{n} decisión|{n} decisiones";
        documents: "{n} document|{n} documents", "{n} 份文档", "{n} document|{n} documenten", "{n} documento|{n} documentos";
        entities: "{n} entity|{n} entities", "{n} 个实体", "{n} entiteit|{n} entiteiten", "{n} entidad|{n} entidades";
        entries: "{n} entry|{n} entries", "{n} 个条目", "{n} regel|{n} regels", "{n} entrada|{n} entradas";
        gates_not_met: "{n} gate not met|{n} gates not met", "{n} 项条件未满足", "{n} voorwaarde niet vervuld|{n} voorwaarden niet vervuld", "{n} condición sin cumplir|{n} condiciones sin cumplir";
        host_states: "{n} host state|{n} host states", "{n} 个驻在国", "{n} gastland|{n} gastlanden", "{n} Estado anfitrión|{n} Estados anfitriones";
        minutes: "{n} minute|{n} minutes", "{n} 分钟", "{n} minuut|{n} minuten", "{n} minuto|{n} minutos";
        more: "and {n} more", "另有 {n} 项", "en nog {n}", "y {n} más";
        names: "{n} name|{n} names", "{n} 个名称", "{n} naam|{n} namen", "{n} nombre|{n} nombres";
        nodes: "{n} node|{n} nodes", "{n} 个节点", "{n} knoop|{n} knopen", "{n} nodo|{n} nodos";
        origins: "{n} origin|{n} origins", "{n} 个独立信源", "{n} oorsprong|{n} oorsprongen", "{n} origen|{n} orígenes";
        other_names: "{n} other name|{n} other names", "{n} 个其他名称", "{n} andere naam|{n} andere namen", "{n} nombre más|{n} nombres más";
        pages: "{n} page|{n} pages", "{n} 个页面", "{n} pagina|{n} pagina's", "{n} página|{n} páginas";
        pairs: "{n} pair|{n} pairs", "{n} 对名称", "{n} paar|{n} paren", "{n} par|{n} pares";
        pairs_wait: "{n} pair waits|{n} pairs wait", "{n} 对待处理", "{n} paar wacht|{n} paren wachten", "{n} par espera|{n} pares esperan";
        posts: "{n} post|{n} posts", "{n} 个站点", "{n} post|{n} posten", "{n} puesto|{n} puestos";
        publications: "{n} publication|{n} publications", "{n} 次发布", "{n} publicatie|{n} publicaties", "{n} publicación|{n} publicaciones";
        quotes: "{n} quote|{n} quotes", "{n} 条引文", "{n} citaat|{n} citaten", "{n} cita|{n} citas";
        registers: "{n} register|{n} registers", "{n} 份登记册", "{n} register|{n} registers", "{n} registro|{n} registros";
        rows: "{n} row|{n} rows", "{n} 行", "{n} rij|{n} rijen", "{n} fila|{n} filas";
        things: "{n} thing|{n} things", "{n} 项", "{n} punt|{n} punten", "{n} asunto|{n} asuntos";
    }
}
