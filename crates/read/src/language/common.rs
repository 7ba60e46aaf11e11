//! The commonest words of languages in Latin script.

/// A language, the least number of its words a text must have before they
/// outvote whichlang, and the words. Neighbours that whichlang does not know
/// (Afrikaans, Danish, Norwegian, Catalan, Galician) ask for more.
pub(super) const COMMON: [(&str, usize, &str); 14] = [
    (
        "nl",
        1,
        "de het een en van in is op te dat die voor met niet zijn aan er om ook als bij door naar maar nog over uit tot hij zij ze wij we je jij u ik mij mijn jouw uw hun haar \
         hem dit deze wat wie waar wanneer hoe wordt worden werd werden heeft hebben had was waren zal zullen zou kan kunnen moet moeten wil geen meer of dan toen nu al onder tegen tussen \
         na sinds volgens jaar jaren dag dagen week weken maand maanden uur gisteren vandaag morgen zo dus omdat terug komt gaat ga ben bent laten laat onze ons alle veel twee drie vier vijf zes \
         weg later elke iedere tijdens zonder eerste tweede niet nieuwe goed kost hoeveel boven",
    ),
    (
        "es",
        1,
        "de la el que en y los del las un una por con para se no su al es lo como más pero sus le ya o este sí porque esta entre cuando muy sin sobre también me hasta hay donde quien desde todo \
         nos durante todos uno les ni contra otros ese eso ante ellos e esto mí antes algunos qué unos yo otro otras otra él tanto esa estos mucho quienes nada muchos cual poco ella estar estas \
         tú te ti tu fue era ha han está están ser son hoy ayer mañana año años mes meses semana día días hora horas según después dos tres cuatro cinco seis siete ocho nueve diez cada \
         cómo dónde cuándo ahora aquí así mi mis fuera dentro menos hacia siglo voy tal",
    ),
    (
        "en",
        1,
        "the of and to in a is for on that it with as was at by be this are from or an not you i have has had but they he she we his her their its which will would can could should may about into \
         out up down over after before between through when where who what how all any some more most other than then there these those no new if so been were do does did my your our me him them us \
         only just also very first two three last next today tomorrow yesterday day week month year years time please let show back go going make made people said one",
    ),
    (
        "de",
        1,
        "der die und das in den von zu mit ist des für auf im dem nicht ein eine sich auch es an als nach wie aus er hat dass sie wird bei einer um am sind noch haben einem einen über so zum war zur \
         kann mehr durch man sein wurde oder vor ich wir ihr mir mich dir dich uns aber wenn nur werden bis seine seit unter gegen schon jahr jahre tag tage woche monat uhr heute morgen gestern zwei drei vier \
         fünf diese dieser dieses zwischen ohne keine kein wieder jetzt dann hier sehr beim vom",
    ),
    (
        "fr",
        1,
        "de la le et les des en un une du que est pour dans qui sur au par plus pas ce il ne se sont avec son sa ses ou cette mais comme nous vous on elle je tu aux été être fait a à y leur \
         leurs tout tous toute deux trois où après avant entre sans sous depuis jusqu aujourd hui hier demain jour jours semaine mois an ans année heure heures suis vais serai sera très aussi même \
         donc car si était c'est d'un d'une n'est qu'il l'on",
    ),
    (
        "it",
        1,
        "di e il la che in un per è del una della con non si le da i al dei sono lo gli alla nel come più anche ha delle ma dal nella o su se questo questa ci dalla essere mi ho suo sua loro degli \
         sul stato tra fra dopo prima quando dove chi cosa perché oggi ieri domani giorno giorni settimana mese mesi anno anni ora ore due tre quattro cinque sei sette otto nove dieci molto \
         tutti tutto ogni fino ancora alle dalle sarà",
    ),
    (
        "pt",
        1,
        "de a o que e do da em um uma para com não os no se na por mais as dos como mas ao ele das à seu sua ou quando muito nos já está eu também só pelo pela até isso ela entre depois sem \
         mesmo aos seus quem nas me esse eles você essa num nem suas meu às minha numa pelos foi são ser tem há hoje ontem amanhã dia dias semana mês meses ano anos hora horas dois duas três quatro \
         cinco seis sete oito nove dez cada onde agora aqui assim vou vá fora dentro desde",
    ),
    (
        "sv",
        1,
        "och i att det som en på är av för den med till inte om har de ett han hon vi jag du ni mig dig sig man från var men kan ska skulle vid eller när så nu då efter under över mellan \
         mot alla allt mycket bara också där här vad vem hur idag igår imorgon dag dagar vecka månad år timmar två tre fyra fem blir blev varit vara kommer går mer utan",
    ),
    (
        "tr",
        1,
        "ve bir bu için ile da de olarak daha çok olan kadar sonra gibi ne ben sen o biz siz onlar mi mı değil var yok en ama her şey bana sana onun olduğu önce şimdi bugün yarın dün gün hafta \
         ay yıl saat iki üç dört beş",
    ),
    (
        "af",
        5,
        "die nie vir hulle wat met is en het aan baie sal was 'n ek jy sy ons hierdie daardie kan moet word gewees deur tussen ook toe jaar dae nou waar hoekom omdat oor uit tot maar om te dat as \
         geen eie soos wees by meer want dit hom haar my jou ons kon sou gaan kom sê na se",
    ),
    (
        "da",
        6,
        "og er ikke af til det på som den med for jeg at en et de har han hun vi du mig dig sig fra var men kan skal ville ved eller når så nu da efter under over mellem mod alle meget kun også \
         hvor hvad hvem hvordan blev være bliver uden dage uge måned",
    ),
    (
        "no",
        6,
        "og er ikke av til det på som den med for jeg å en et de har han hun vi du meg deg seg fra var men kan skal ville ved eller når så nå da etter under over mellom mot alle mye bare også \
         hvor hva hvem hvordan ble være blir uten dager uke måned",
    ),
    (
        "ca",
        5,
        "de la el que i a els les en un una per amb no es del al dels és més són com ha va ser però aquest aquesta també pel seva seu molt sense fins després abans any anys dia dies on quan què \
         perquè hi tot tots altres entre avui ahir demà l'any als dos tres",
    ),
    (
        "gl",
        5,
        "de a o que e do da en un unha para con non os no se na por máis as dos como mais ao polo pola foi súa seu tamén ata esta este moi sen sobre despois antes onte hoxe mañá ano anos día días \
         onde cando cunha nunha ás nas nos ten son xa só entre eu lle concello",
    ),
];
