//! What machines made that a person asked: glosses, proposals, translations.

use super::labels;

labels! {
    /// Sentences about machine work.
    S {
        accept: "Accept", "接受", "Aannemen", "Aceptar";
        accepted: "Accepted by a person.", "已由人接受。", "Door iemand aangenomen.", "Aceptada por una persona.";
        all_asked: "It was asked about everything that is here.", "这里的全部内容均已问过。", "Over alles wat hier staat is het gevraagd.", "Ya se le preguntó por todo lo que hay aquí.";
        all_translated: "It has translated everything that waits here.", "这里等待的内容均已翻译。", "Alles wat hier wacht is vertaald.", "Ya ha traducido todo lo que espera aquí.";
        answered: "{n} question was answered.|{n} questions were answered.", "已回答 {n} 个问题。", "{n} vraag is beantwoord.|{n} vragen zijn beantwoord.", "Se respondió {n} pregunta.|Se respondieron {n} preguntas.";
        ask_model: "Ask the language model", "询问语言模型", "Vraag het taalmodel", "Preguntar al modelo de lenguaje";
        ask_translator: "Have them translated by machine", "交由机器翻译", "Laat ze door een machine vertalen", "Traducirlas por máquina";
        by_machine: "By machine: {model}, {time} UTC.", "由机器：{model}，{time} UTC。", "Door een machine: {model}, {time} UTC.", "Por máquina: {model}, {time} UTC.";
        failed_first: "{n} question failed: {why}|{n} questions failed, the first because: {why}", "{n} 个问题失败，首个原因：{why}", "{n} vraag is mislukt: {why}|{n} vragen zijn mislukt, de eerste omdat: {why}", "Falló {n} pregunta: {why}|Fallaron {n} preguntas, la primera porque: {why}";
        gone: "Its words are gone.", "其文字已不存在。", "De woorden zijn weg.", "Sus palabras ya no están.";
        in_document: "In its document", "在其文档中", "In het document", "En su documento";
        moves_nothing: "What comes back moves nothing by itself.", "返回的内容本身不改变任何结论。", "Wat terugkomt verschuift zelf niets.", "Lo que vuelve no cambia nada por sí mismo.";
        no_machine: "No machine was asked", "没有请机器参与", "Er is geen machine gevraagd", "No se ha preguntado a ninguna máquina";
        no_machine_why: "A language model reads along only where case.toml names one and somebody runs plainsight propose. docs/models.md says what is sent.", "仅当 case.toml 指定了语言模型且有人运行 plainsight propose 时，模型才会一同阅读。发送哪些内容见 docs/models.md。", "Een taalmodel leest alleen mee als case.toml er een noemt en iemand plainsight propose draait. docs/models.md zegt wat er verstuurd wordt.", "Un modelo de lenguaje solo lee si case.toml nombra uno y alguien ejecuta plainsight propose. docs/models.md dice qué se envía.";
        no_way_out: "The interface cannot reach the network; ask from the command line.", "界面无法访问网络；请改用命令行询问。", "De interface kan het netwerk niet bereiken; vraag het op de opdrachtregel.", "La interfaz no puede acceder a la red; pregunte desde la línea de comandos.";
        proposal_waits: "{n} proposal waits for a person, of {all}|{n} proposals wait for a person, of {all}", "{all} 项提议中有 {n} 项等待人来决定", "{n} voorstel wacht op iemand, van {all}|{n} voorstellen wachten op iemand, van {all}", "{n} propuesta espera a una persona, de {all}|{n} propuestas esperan a una persona, de {all}";
        proposed: "Proposed by a machine", "机器提议", "Voorgesteld door een machine", "Propuesto por una máquina";
        proposed_accepted: "{link} ({model}), accepted by a person.", "{link}（{model}），已由人接受。", "{link} ({model}), door iemand aangenomen.", "{link} ({model}), aceptada por una persona.";
        proposed_kind: "{kind}, proposed", "{kind}，提议", "{kind}, voorgesteld", "{kind}, propuesta";
        rejected: "Rejected by a person.", "已由人拒绝。", "Door iemand verworpen.", "Rechazada por una persona.";
        rest_in_document: "the rest stands in the document", "其余见文档", "de rest staat in het document", "el resto está en el documento";
        senses: "Senses: the lens, the gazetteer, and CC-CEDICT (CC BY-SA 4.0).", "释义：视角、地名录与 CC-CEDICT（CC BY-SA 4.0）。", "Betekenissen: de lens, de plaatsnamenlijst en CC-CEDICT (CC BY-SA 4.0).", "Sentidos: la lente, el nomenclátor y CC-CEDICT (CC BY-SA 4.0).";
        stands_no_more: "The words stand in its document no more.", "其文字已不在该文档中。", "De woorden staan niet meer in het document.", "Las palabras ya no están en su documento.";
        translated_by: "Translated by machine: {by}. Not evidence: the quote counts.", "机器翻译：{by}。不是证据：以引文为准。", "Vertaald door een machine: {by}. Geen bewijs: het citaat telt.", "Traducido por máquina: {by}. No es prueba: cuenta la cita.";
        unsure: "A person was unsure.", "有人不确定。", "Iemand was onzeker.", "Una persona no estaba segura.";
        waits: "Waits for a person.", "等待人来决定。", "Wacht op iemand.", "Espera a una persona.";
        worth: "Each sentence stands in its document word for word; whether it says so, a person decides. Until then it counts for nothing, and accepted it is a quote that still has to be read.", "每句均逐字见于其文档；是否如此表述由人决定。在此之前不计入任何权衡；接受后仍是一条有待阅读的引文。", "Elke zin staat woord voor woord in het document; of die het zegt, beslist een mens. Tot dan telt hij niet mee, en aangenomen is het een citaat dat nog gelezen moet worden.", "Cada frase está palabra por palabra en su documento; si lo dice, lo decide una persona. Hasta entonces no cuenta, y una vez aceptada es una cita que aún hay que leer.";
        would_send_documents: "{n} question of {bytes} bytes would go to {host}: the visible text of documents, and nothing else of the case.|{n} questions of {bytes} bytes together would go to {host}: the visible text of documents, and nothing else of the case.", "将向 {host} 发送 {n} 个问题，共 {bytes} 字节：文档的可见文字，不含案件的其他内容。", "{n} vraag van {bytes} bytes zou naar {host} gaan: de zichtbare tekst van documenten, en niets anders van de zaak.|{n} vragen van samen {bytes} bytes zouden naar {host} gaan: de zichtbare tekst van documenten, en niets anders van de zaak.", "Se enviaría {n} pregunta de {bytes} bytes a {host}: el texto visible de documentos y nada más del caso.|Se enviarían {n} preguntas de {bytes} bytes en total a {host}: el texto visible de documentos y nada más del caso.";
        would_send_quotes: "{n} quote would go to {host} ({bytes} bytes), and nothing around it.|{n} quotes would go to {host} ({bytes} bytes), and nothing around them.", "将向 {host} 发送 {n} 条引文（{bytes} 字节），不含其上下文。", "{n} citaat zou naar {host} gaan ({bytes} bytes), en niets eromheen.|{n} citaten zouden naar {host} gaan ({bytes} bytes), en niets eromheen.", "Se enviaría {n} cita a {host} ({bytes} bytes) y nada de su contexto.|Se enviarían {n} citas a {host} ({bytes} bytes) y nada de su contexto.";
    }
}
