//! Sentences of the three views: Map, Timeline, Network.

use super::labels;

labels! {
    /// Sentences, with their places.
    S {
        about_no_post: "About no post of the list", "不涉及列表中的站点", "Over geen post van de lijst", "Sobre ningún puesto de la lista";
        all_placed: "Every post here has a known place.", "此处每个站点都有已知地点。", "Elke post hier heeft een bekende plaats.", "Todos los puestos aquí tienen un lugar conocido.";
        all_posts: "all posts", "全部站点", "alle posten", "todos los puestos";
        all_posts_shown: "All {n} post shown.|All {n} posts shown.", "已显示全部 {n} 个站点。", "De {n} post getoond.|Alle {n} posten getoond.", "Se muestra {n} puesto.|Se muestran los {n} puestos.";
        back_to_map: "Back to the map", "返回地图", "Terug naar de kaart", "Volver al mapa";
        back_to_timeline: "Back to the timeline", "返回时间线", "Terug naar de tijdlijn", "Volver a la cronología";
        best_supported: "best supported", "依据最充分", "best onderbouwd", "el mejor apoyado";
        called_nothing: "Nothing here is called “{words}”.", "此处没有名为“{words}”的内容。", "Niets heet hier “{words}”.", "Nada se llama aquí «{words}».";
        called_nothing_why: "It may have been read anew since; choose from the list.", "它此后可能已重新读取；请从列表中选择。", "Het kan sindsdien opnieuw gelezen zijn; kies uit de lijst.", "Puede haberse leído de nuevo desde entonces; elija en la lista.";
        close_together: "{n} posts close together: {names}", "{n} 个相邻站点：{names}", "{n} posten dicht bij elkaar: {names}", "{n} puestos muy próximos: {names}";
        close_together_more: "{n} posts close together: {names} and more", "{n} 个相邻站点：{names} 等", "{n} posten dicht bij elkaar: {names} en meer", "{n} puestos muy próximos: {names} y más";
        dated_no_fit: "Nothing dated fits these filters", "没有带日期的内容符合这些筛选", "Niets met een datum past bij deze filters", "Nada con fecha cumple estos filtros";
        dated_none: "Nothing has a date yet", "还没有带日期的内容", "Nog niets heeft een datum", "Nada tiene fecha todavía";
        dated_none_why: "An opening, an order, an inquiry stands here when a quote gives its day, however vaguely. Nothing that was read so far does.", "开设、命令、调查等，在引文给出其日期（无论多模糊）时列在这里。目前已读的内容均未给出。", "Een opening, een bevel, een onderzoek staat hier als een citaat de dag noemt, hoe vaag ook. Niets van wat tot nu toe gelezen is doet dat.", "Una apertura, una orden, una investigación aparece aquí cuando una cita da su día, por vago que sea. Nada de lo leído hasta ahora lo hace.";
        dated_same: "{n} dated row, the same as in the picture|{n} dated rows, the same as in the picture", "{n} 行有日期，与图中相同", "{n} gedateerde regel, dezelfde als in de tekening|{n} gedateerde regels, dezelfde als in de tekening", "{n} fila con fecha, la misma que en el dibujo|{n} filas con fecha, las mismas que en el dibujo";
        drawn_persons: "Drawn are posts, the bodies that are said to run them, their hosts and their states. Persons are never drawn: who holds a public role stands in {claims}, with its quotes.", "图中有站点、据称运营它们的机构、承办方及所在国。绝不绘出个人：谁担任公职见于{claims}及其引文。", "Getekend zijn posten, de instanties die ze zouden beheren, hun gastorganisaties en hun landen. Personen worden nooit getekend: wie een openbare rol heeft staat bij de {claims}, met de citaten.", "Se dibujan puestos, los organismos que según se dice los dirigen, sus anfitriones y sus Estados. Nunca se dibujan personas: quién tiene un cargo público está en las {claims}, con sus citas.";
        drawn_persons_link: "claims", "说法", "beweringen", "afirmaciones";
        east: "East", "向东", "Oost", "Este";
        everything: "Everything", "全部", "Alles", "Todo";
        farther: "Further", "缩小", "Verder weg", "Alejar";
        gives_no_day: "What no quote gives a day for.", "没有引文给出日期的内容。", "Waarvoor geen citaat een dag geeft.", "Aquello para lo que ninguna cita da un día.";
        grade_if_read: "{grade} if read", "读过后：{grade}", "{grade} indien gelezen", "{grade} si se leyera";
        hint_day: "Write 2018, 2018-06 or 2018-06-18.", "请写成 2018、2018-06 或 2018-06-18。", "Schrijf 2018, 2018-06 of 2018-06-18.", "Escriba 2018, 2018-06 o 2018-06-18.";
        hint_name: "name or words of it", "名称或其中的词", "naam of woorden ervan", "nombre o parte de él";
        hint_town: "town or body", "城镇或机构", "plaats of instantie", "localidad u organismo";
        how_far: "How far", "范围", "Hoever", "Hasta dónde";
        its_page: "its page", "其页面", "de pagina ervan", "su página";
        key_about: "about, or one of several", "约为，或其中之一", "rond, of een van meerdere", "hacia, o uno de varios";
        key_contradicts: "contradicts", "矛盾", "spreekt tegen", "contradice";
        key_day: "a day", "某日", "een dag", "un día";
        key_open: "before, after", "之前，之后", "ervoor, erna", "antes, después";
        key_span: "a month, a season, a year", "某月、某季、某年", "een maand, een seizoen, een jaar", "un mes, una estación, un año";
        left_out: "{n} node is left out: a picture of everything holds a hundred and fifty, one around something two hundred. Choose one to see what lies around it.|{n} nodes are left out: a picture of everything holds a hundred and fifty, one around something two hundred. Choose one to see what lies around it.", "略去 {n} 个节点：全图最多一百五十个，围绕某项的图最多两百个。选择一个即可查看其周围。", "{n} knoop is weggelaten: een tekening van alles bevat er honderdvijftig, een rondom iets tweehonderd. Kies er een om te zien wat eromheen ligt.|{n} knopen zijn weggelaten: een tekening van alles bevat er honderdvijftig, een rondom iets tweehonderd. Kies er een om te zien wat eromheen ligt.", "Se omite {n} nodo: un dibujo de todo contiene ciento cincuenta; uno alrededor de algo, doscientos. Elija uno para ver qué lo rodea.|Se omiten {n} nodos: un dibujo de todo contiene ciento cincuenta; uno alrededor de algo, doscientos. Elija uno para ver qué lo rodea.";
        line_is_claim: "Each line is a claim; its width is its grade.", "每条线是一个说法；线宽表示评级。", "Elke lijn is een bewering; de dikte is het oordeel.", "Cada línea es una afirmación; su grosor es la calificación.";
        list_it: "list it|list them", "列出", "toon hem|toon ze", "verlo|verlos";
        map_legend: "Number: row of the table. Outline: answer of the register. A double square stands for several posts (×8 for eight) and opens that part.", "数字：表格中的行。边框：登记册的答复。双方块代表多个站点（×8 表示八个），点开即查看该部分。", "Nummer: rij van de tabel. Omtrek: antwoord van het register. Een dubbel vierkant staat voor meerdere posten (×8 voor acht) en opent dat deel.", "Número: fila de la tabla. Contorno: respuesta del registro. Un cuadrado doble representa varios puestos (×8 para ocho) y abre esa parte.";
        map_many: "{n} posts on a map. The table holds the same posts.", "地图上有 {n} 个站点。表格含有相同站点。", "{n} posten op een kaart. De tabel bevat dezelfde posten.", "{n} puestos en un mapa. La tabla contiene los mismos puestos.";
        map_none: "No post in this part of the earth.", "地球的这一部分没有站点。", "Geen post in dit deel van de aarde.", "Ningún puesto en esta parte de la Tierra.";
        map_one: "One post on a map, {name}.", "地图上有一个站点：{name}。", "Eén post op een kaart, {name}.", "Un puesto en un mapa: {name}.";
        map_same: "The same posts as on the map: {posts}", "与地图相同的站点：{posts}", "Dezelfde posten als op de kaart: {posts}", "Los mismos puestos que en el mapa: {posts}";
        map_towns: "A post stands at the centre of its town, or of its state where no more is known. Outlines: Natural Earth, which draws borders as held; Plainsight takes no side.", "站点位于其城镇中心；所知仅限国家时，位于该国中心。轮廓：Natural Earth，按实际控制绘制边界；Plainsight 不持立场。", "Een post staat in het midden van zijn plaats, of van zijn land als er niet meer bekend is. Omtrekken: Natural Earth, dat grenzen tekent zoals ze feitelijk lopen; Plainsight kiest geen partij.", "Un puesto está en el centro de su localidad, o de su Estado cuando no se sabe más. Contornos: Natural Earth, que dibuja las fronteras según el control efectivo; Plainsight no toma partido.";
        mark_covers: "A mark covers every day that the words allow.", "标记涵盖文字所允许的每一天。", "Een teken beslaat elke dag die de woorden toelaten.", "Una marca cubre todos los días que las palabras permiten.";
        nearer: "Nearer", "放大", "Dichterbij", "Acercar";
        network_legend: "Circle: a body. Square: a post. Diamond: a host. Hexagon: a state. A press on one shows what lies around it; a press on a line opens its claim. Solid lines are confirmed or probably true, dashed ones possibly true, dotted ones no more than said.", "圆：机构。方：站点。菱形：承办方。六边形：国家。点按图形可查看其周围；点按线条可打开其说法。实线为已证实或很可能属实，虚线为可能属实，点线仅为据称。", "Cirkel: een instantie. Vierkant: een post. Ruit: een gastorganisatie. Zeshoek: een staat. Druk op een ervan om te zien wat eromheen ligt; druk op een lijn om de bewering te openen. Doorgetrokken lijnen zijn bevestigd of waarschijnlijk waar, gestreepte mogelijk waar, gestippelde niet meer dan gezegd.", "Círculo: un organismo. Cuadrado: un puesto. Rombo: un anfitrión. Hexágono: un Estado. Pulse uno para ver qué lo rodea; pulse una línea para abrir su afirmación. Las líneas continuas son confirmadas o probablemente ciertas, las de rayas posiblemente ciertas, las de puntos solo se dicen.";
        network_same: "The same as a list: {claims}", "同一内容的列表：{claims}", "Hetzelfde als lijst: {claims}", "Lo mismo en una lista: {claims}";
        network_sum: "{nodes} and {claims} that tie them.", "{nodes}，由{claims}相连。", "{nodes} en {claims} die ze verbinden.", "{nodes} y {claims} que los unen.";
        network_sum_of: "{nodes} and {claims} of {all} that tie them.", "{nodes}，由{claims}（共 {all} 个）相连。", "{nodes} en {claims} van {all} die ze verbinden.", "{nodes} y {claims} de {all} que los unen.";
        network_title: "{bodies} bodies, {posts} posts, {hosts} hosts and {states} states, and {claims} claims that tie them. The list beside holds the same.", "{bodies} 个机构、{posts} 个站点、{hosts} 个承办方、{states} 个国家，以及连接它们的 {claims} 个说法。旁边的列表内容相同。", "{bodies} instanties, {posts} posten, {hosts} gastorganisaties en {states} staten, en {claims} beweringen die ze verbinden. De lijst ernaast bevat hetzelfde.", "{bodies} organismos, {posts} puestos, {hosts} anfitriones y {states} Estados, y {claims} afirmaciones que los unen. La lista de al lado contiene lo mismo.";
        next_posts: "Next {n} post|Next {n} posts", "下 {n} 个站点", "Volgende {n} post|Volgende {n} posten", "Siguiente puesto|Siguientes {n} puestos";
        no_date: "{n} claim or status has no date at all:|{n} claims and statuses have no date at all:", "{n} 个说法或状态完全没有日期：", "{n} bewering of status heeft helemaal geen datum:|{n} beweringen en statussen hebben helemaal geen datum:", "{n} afirmación o estado no tiene fecha alguna:|{n} afirmaciones y estados no tienen fecha alguna:";
        no_place: "{n} post has no known place and is not in the picture:|{n} posts have no known place and are not in the picture:", "{n} 个站点没有已知地点，不在图中：", "{n} post heeft geen bekende plaats en staat niet in de tekening:|{n} posten hebben geen bekende plaats en staan niet in de tekening:", "{n} puesto no tiene lugar conocido y no está en el dibujo:|{n} puestos no tienen lugar conocido y no están en el dibujo:";
        none_in_part: "No post lies in this part.", "此部分没有站点。", "Geen post ligt in dit deel.", "Ningún puesto está en esta parte.";
        north: "North", "向北", "Noord", "Norte";
        not_a_day: "“{text}” is no date that can be read, so it filters nothing.", "“{text}”不是可识别的日期，因此不作筛选。", "“{text}” is geen leesbare datum en filtert dus niets.", "«{text}» no es una fecha legible, así que no filtra nada.";
        of_a_person: "{status} (of a person)", "{status}（指个人）", "{status} (een persoon)", "{status} (una persona)";
        on_the_map: "{posts}, {n} on the map.", "{posts}，地图上 {n} 个。", "{posts}, {n} op de kaart.", "{posts}, {n} en el mapa.";
        on_the_map_shown: "{posts}, {placed} with a known place, {n} shown.", "{posts}，{placed} 个有已知地点，显示 {n} 个。", "{posts}, {placed} met een bekende plaats, {n} getoond.", "{posts}, {placed} con lugar conocido, {n} a la vista.";
        only_unplaced: "Only posts whose place the gazetteer does not know.", "仅列地名录不认识其地点的站点。", "Alleen posten waarvan de plaatsnamenlijst de plaats niet kent.", "Solo puestos cuyo lugar el nomenclátor no conoce.";
        only_value: "the only value", "唯一的值", "de enige waarde", "el único valor";
        part_of_earth: "Part of the earth", "地球的部分", "Deel van de aarde", "Parte de la Tierra";
        picture: "Picture of the network", "关系网图", "Tekening van het netwerk", "Dibujo de la red";
        posts_none_why: "A post stands on the map when a document says who runs an office abroad, and in which town. Nothing that was read so far says so.", "当文档说明谁在境外哪个城镇运营机构时，站点才会出现在地图上。目前已读的内容均未说明。", "Een post staat op de kaart als een document zegt wie een kantoor in het buitenland beheert, en in welke plaats. Niets van wat tot nu toe gelezen is zegt dat.", "Un puesto está en el mapa cuando un documento dice quién dirige una oficina en el extranjero, y en qué localidad. Nada de lo leído hasta ahora lo dice.";
        posts_range: "{from} to {to} of {posts}.", "第 {from} 至 {to} 个，共 {posts}。", "{from} tot {to} van {posts}.", "{from} a {to} de {posts}.";
        rejected: "{n} claim was rejected by a person and stands on no line of time:|{n} claims were rejected by a person and stand on no line of time:", "{n} 个说法已被人工拒绝，不在时间线上：", "{n} bewering is door een mens verworpen en staat op geen tijdlijn:|{n} beweringen zijn door een mens verworpen en staan op geen tijdlijn:", "{n} afirmación fue rechazada por una persona y no está en ninguna línea de tiempo:|{n} afirmaciones fueron rechazadas por una persona y no están en ninguna línea de tiempo:";
        rows_sum: "{rows}.", "{rows}。", "{rows}.", "{rows}.";
        rows_sum_shown: "{rows}, {n} shown.", "{rows}，显示 {n} 行。", "{rows}, {n} getoond.", "{rows}, {n} a la vista.";
        show_everything: "Show everything", "显示全部", "Alles tonen", "Mostrar todo";
        show_whole_map: "Show the whole map", "显示整个地图", "De hele kaart tonen", "Mostrar todo el mapa";
        south: "South", "向南", "Zuid", "Sur";
        status: "status", "状态", "status", "estado";
        step_back: "One step back", "少一步", "Een stap terug", "Un paso atrás";
        step_further: "One step further", "多一步", "Een stap verder", "Un paso más";
        steps_around: "One step around it.|{n} steps around it.", "周围 {n} 步。", "Eén stap eromheen.|{n} stappen eromheen.", "Un paso alrededor.|{n} pasos alrededor.";
        tied_none: "Nothing is tied yet", "还没有关联", "Nog niets is verbonden", "Nada está unido todavía";
        tied_none_why: "A line appears when a quote says that a body runs a post, or that an organisation hosts one. Nothing that was read so far says so.", "当引文说明某机构运营站点或某组织承办站点时，线条才会出现。目前已读的内容均未说明。", "Een lijn verschijnt als een citaat zegt dat een instantie een post beheert, of dat een organisatie er een huisvest. Niets van wat tot nu toe gelezen is zegt dat.", "Una línea aparece cuando una cita dice que un organismo dirige un puesto, o que una organización lo acoge. Nada de lo leído hasta ahora lo dice.";
        tied_to_none: "Tied to nothing shown: {names}", "与所示内容均无关联：{names}", "Met niets getoonds verbonden: {names}", "Sin unión con nada de lo mostrado: {names}";
        undated: "Claims and statuses without a date", "没有日期的说法和状态", "Beweringen en statussen zonder datum", "Afirmaciones y estados sin fecha";
        west: "West", "向西", "West", "Oeste";
        whole: "Whole", "全图", "Geheel", "Entero";
    }
}
