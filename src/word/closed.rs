//! Words of the closed classes: those that a language makes its sentences with, and that name nothing themselves.
//!
//! Unlike the stop words, which are the commonest words of whatever kind, these are whole classes as grammars list them: articles
//! and other determiners, prepositions, pronouns, auxiliaries and modal verbs, the copula and what stands between it and an
//! adjective, numerals, and the adverbs and conjunctions that join sentences; but for those that are common nouns as well (`art`,
//! `le pouvoir`, `el poder`). What stands beside such a word tells what it is: after an article a noun, after a pronoun a verb.

use std::collections::HashMap;

use super::fold::fold;
use super::language::Language;
use super::stop::stop_words;

/// What a word of a closed class does.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(crate) enum Class {
    /// Articles, demonstratives, possessives, quantifiers: a noun phrase begins.
    Determiner,
    /// A noun phrase follows.
    Preposition,
    /// A subject: a verb follows.
    Pronoun,
    /// Auxiliaries, modal verbs and negations: a verb is near.
    Auxiliary,
    /// `is`, and what stands between it and an adjective: `very`, `more`.
    Copula,
    /// All others: conjunctions, numerals, adverbs that join, stop words.
    Other,
}

/// The closed classes of a language, in the order of [`Class`].
type Classes = [&'static str; 6];

const ENGLISH: Classes = [
    "the a an this that these those my your his her its our their thy whose no every each any some all both either neither \
     another such many much few several",
    "of in by for from with without upon on at into onto under over between among amongst against through throughout toward \
     towards within beneath beside besides beyond behind above below across along amid amidst during concerning regarding \
     respecting despite notwithstanding per near since until till about around before after",
    "i we you he she it they who thou ye which what whatever whichever whoever",
    "to will would shall should can could may might must ought need dare cannot do does did have has had having not never shalt \
     wilt canst hast hath doth dost didst let don't doesn't didn't won't wouldn't can't couldn't shouldn't mustn't needn't \
     mightn't hadn't hasn't haven't oughtn't used",
    "is are was were be been being am isn't aren't wasn't weren't become becomes became seem seems seemed appear appears \
     appeared very too so more most less least quite rather how as equally extremely",
    "two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen nineteen \
     twenty thirty forty fifty sixty seventy eighty ninety hundred hundreds thousand thousands million millions billion \
     dozen dozens first second third fourth fifth sixth seventh eighth ninth tenth once twice thrice half zero \
     afterwards afterward beforehand hitherto hence henceforth henceforward thence whence thereof therein thereupon thereto \
     thereafter thereby whereby wherein whereof whereupon wherever whenever howsoever whatsoever albeit unless lest except \
     apart altogether almost already alike alone anyhow anyway apparently besides certainly consequently early elsewhere \
     especially etc even everywhere formerly furthermore generally hardly hereafter hereby herein immediately inasmuch \
     instead lately later latter likewise mainly meanwhile merely mostly namely nearly nonetheless nowhere otherwise overall \
     particularly partly perhaps possibly presently probably scarcely seldom simply somehow somewhat somewhere soon \
     specially sufficiently thoroughly today tomorrow usually utterly viz wholly yesterday yonder forth aside asunder \
     former latter own same worse worst better best like unlike that one forever anybody anyone anything anywhere everybody \
     everyone everything nobody none nothing somebody someone something whichever whoever whomever whosoever",
];

const GERMAN: Classes = [
    "der die das den dem des ein eine einen einem einer eines dieser diese dieses diesen diesem jener jene jenes jeder jede \
     jedes mein dein sein ihr unser euer kein keine",
    "von in im am an auf aus bei beim mit nach zu zum zur vor über unter durch für gegen ohne um wegen trotz während zwischen \
     seit bis außer neben hinter statt anstatt innerhalb außerhalb gemäß laut mittels oberhalb unterhalb",
    "ich du er sie es wir ihr man wer",
    "haben hat hatte hatten habe hätte hätten wird werden wurde wurden würde würden kann können konnte konnten könnte könnten \
     soll sollen sollte sollten muss muß müssen musste mußte mussten mußten müsste darf dürfen durfte dürfte mag mögen mochte \
     möchte möchten will wollen wollte wollten lassen lässt läßt ließ nicht nie",
    "ist sind war waren sei seien wäre wären bin bist sehr so zu mehr ziemlich ganz ",
    "zwei drei vier fünf sechs sieben acht neun zehn elf zwölf zwanzig dreißig vierzig fünfzig sechzig hundert tausend erst \
     erste ersten erster erstes zweite zweiten dritte dritten zudem zuerst zuletzt außerdem allerdings jedenfalls oft stets \
     meist beinahe fast bald bisher weder entweder obwohl obgleich indessen jedoch vielmehr übrigens überhaupt dennoch \
     jemand jemandem jemanden niemand niemandem niemanden irgendwer irgendetwas",
];

const FRENCH: Classes = [
    "le la les l un une des du au aux ce cet cette ces mon ma mes ton ta tes son sa ses notre nos votre vos leur leurs chaque \
     quelque quelques plusieurs aucun aucune tout toute tous toutes quel quelle quels quelles certain certaine certains \
     certaines tel telle tels telles divers diverses nul nulle",
    "de d à en dans par pour sur sous avec sans chez contre entre vers depuis pendant durant dès devant derrière selon malgré \
     parmi jusque outre hors envers avant après",
    "je j tu il elle on nous vous ils elles qui",
    "ai as a avons avez ont avais avait avions aviez avaient eut eurent aura auront aurait auraient ait aient ayant eu avoir \
     peux peut pouvons pouvez peuvent pouvait pouvaient pourra pourront pourrait pourraient puisse puissent pu \
     dois doit devons devez doivent devait devaient devra devront devrait devraient dû veux veut voulons voulez veulent \
     voulait voulaient voudra voudrait vouloir faut fallait faudra faudrait fais fait faisons faites font faisait faisaient \
     fera feront ferait faire ne n pas jamais se s me m te t lui y",
    "suis es est sommes êtes sont étais était étions étiez étaient fut furent sera seront serait seraient soit soient étant \
     été être très plus moins trop si aussi assez bien",
    "deux trois quatre cinq six sept huit neuf dix onze douze vingt trente quarante cinquante soixante cent cents mille \
     million millions premier première premiers premières second seconde deuxième troisième dernier dernière fois également \
     ensuite enfin puis ainsi alors afin lorsque lorsqu puisque quoique tandis parfois souvent toujours maintenant cependant \
     toutefois néanmoins pourtant notamment surtout environ presque seulement simplement beaucoup davantage ici là voici voilà \
     celui celle ceux celles ceci cela ça dont où autre autres même mêmes quelqu'un rien",
];

const SPANISH: Classes = [
    "el la los las lo un una unos unas este esta estos estas ese esa esos esas aquel aquella aquellos aquellas mi mis tu tus su \
     sus nuestro nuestra nuestros nuestras cada todo toda todos todas algún alguna algunos algunas ningún ninguna cualquier \
     mucho mucha muchos muchas poco poca pocos pocas varios varias ciertos ciertas cierto cierta tal tales cuyo cuya",
    "de del a al en con por para sin sobre entre hasta desde hacia contra según durante tras bajo ante mediante",
    "yo tú él ella nosotros vosotros ellos ellas usted ustedes quien que",
    "he has ha hemos han había habían hubo haya hayan habrá habría haber puede puedes podemos pueden podía podían pudo podrá \
     podrán podría podrían debe debes debemos deben debía debían deberá debería deberían quiere quieren quería hace \
     hacen hacer no nunca se me te le les nos",
    "soy es somos son era eran fue fueron será serán sería serían sea sean siendo sido ser está están estaba estaban estar muy \
     más menos tan demasiado bastante",
    "dos tres cuatro cinco seis siete ocho nueve diez once doce veinte treinta cuarenta cincuenta cien ciento mil primero \
     primera primer segundo segunda tercero tercera vez veces también además entonces luego después antes siempre ahora \
     todavía aún aunque mientras cuando donde sino pues así apenas casi solo sólo solamente mismo misma mismos mismas otro \
     otra otros otras cómo sin embargo",
];

const ITALIAN: Classes = [
    "il lo la i gli le l un uno una questo questa questi queste quel quello quella quei quegli quelle mio mia miei mie tuo tua \
     suo sua suoi sue nostro nostra nostri nostre vostro vostra loro ogni qualche alcuni alcune nessun nessuna tutto tutta \
     tutti tutte molto molta molti molte poco poca pochi poche diversi diverse certi certe certo certa tale tali",
    "di del dello della dei degli delle dell a al allo alla ai agli alle all da dal dallo dalla dai dagli dalle dall in nel \
     nello nella nei negli nelle nell con per su sul sullo sulla sui sugli sulle sull tra fra senza verso contro durante dopo \
     prima secondo presso sotto sopra",
    "io tu egli lui lei noi voi essi esse loro chi che",
    "ho hai ha abbiamo avete hanno aveva avevano ebbe avrà avranno avrebbe abbia abbiano avere può puoi possiamo potete possono \
     poteva potevano potrà potranno potrebbe potrebbero possa deve devi dobbiamo dovete devono doveva dovrà dovrebbe \
     vuole vogliono vuoi volere fa fanno fare non mai si ci vi mi ti ne viene vengono",
    "sono sei è siamo siete era erano fu furono sarà saranno sarebbe sia siano essendo state essere molto più \
     meno così troppo assai abbastanza",
    "due tre quattro cinque sei sette otto nove dieci undici dodici venti trenta quaranta cinquanta cento mille primo prima \
     secondo seconda terzo terza volta volte anche inoltre poi quindi dunque allora sempre ora ancora mentre quando dove \
     infatti invece tuttavia oppure ovvero quasi solo soltanto solamente stesso stessa stessi stesse altro altra altri altre \
     proprio propria propri proprie come ecco",
];

const PORTUGUESE: Classes = [
    "o a os as um uma uns umas este esta estes estas esse essa esses essas aquele aquela aqueles aquelas meu minha seu sua seus \
     suas nosso nossa nossos nossas cada todo toda todos todas algum alguma alguns algumas nenhum nenhuma qualquer muito muita \
     muitos muitas pouco pouca poucos poucas vários várias tal tais cujo cuja",
    "de do da dos das a ao à aos às em no na nos nas com por pelo pela pelos pelas para sem sobre entre até desde contra segundo \
     durante sob ante após",
    "eu tu ele ela nós vós eles elas você vocês quem que",
    "tenho tem temos têm tinha tinham teve terá teria ter há havia houve haver pode podem podemos podia podiam pôde poderá \
     poderia poderiam deve devem devemos devia deverá deveria quer querem queria faz fazem fazer não nunca se me te \
     lhe lhes",
    "sou é somos são era eram foi foram será serão seria seriam seja sejam sendo sido ser está estão estava estavam estar muito \
     mais menos tão demasiado bastante",
    "dois duas três quatro cinco seis sete oito nove dez onze doze vinte trinta quarenta cinquenta cem cento mil primeiro \
     primeira segundo segunda terceiro terceira vez vezes também além então depois antes sempre agora ainda embora enquanto \
     quando onde mas pois assim apenas quase só somente mesmo mesma mesmos mesmas outro outra outros outras como",
];

const DUTCH: Classes = [
    "de het een deze die dit dat mijn jouw zijn haar ons onze jullie hun elke elk ieder iedere geen alle sommige enkele vele \
     zulke welke",
    "van in op aan bij met naar uit voor door over onder tegen zonder tussen tot om sinds tijdens volgens wegens na achter \
     naast binnen buiten",
    "ik jij je hij zij ze wij we u men wie",
    "te heb hebt heeft hebben had hadden zal zult zullen zou zouden kan kunt kunnen kon konden moet moeten moest moesten mag \
     mogen mocht mochten wil wilt willen wilde wilden word wordt worden werd werden laat laten liet niet nooit",
    "ben bent is was waren geweest zeer heel erg meer minder te zo",
    "twee drie vier vijf zes zeven acht negen tien elf twaalf twintig dertig honderd duizend eerste tweede derde ook dan toen \
     daarom echter hoewel terwijl omdat zodat indien vaak altijd soms bijna slechts alleen zelfs reeds nogal bovendien",
];

const RUSSIAN: Classes = [
    "этот эта это эти тот та те этого этой этих этому этим этом мой моя мое мои твой свой своя свое свои своего своей своих его \
     ее их наш наша наше наши ваш каждый каждая каждое всякий весь вся все всех всего всей такой такая такие",
    "в во на с со к ко по о об от до из изо у за над под при про для без через между перед среди против ради вместо после около \
     вокруг кроме",
    "я ты он она оно мы вы они кто",
    "могу может можем можете могут мог могла могли должен должна должны буду будет будем будете будут хочет хотят хотел не ни \
     бы надо нужно нельзя можно",
    "был была было были быть есть является являются очень более менее самый самая самые слишком столь так",
    "два две три четыре пять шесть семь восемь девять десять двадцать тридцать сто тысяча тысяч первый первая первое второй \
     вторая третий однако также поэтому затем потом тогда иногда всегда никогда почти лишь только даже именно вообще впрочем \
     кажется никто ничто кто-то что-то хотя если чтобы другой другая другие другого других сам сама сами самого",
];

const POLISH: Classes = [
    "ten ta to ci te tego tej tych temu tym tamten mój moja moje mojego swój swoja swoje swojego swojej swoich jego jej ich nasz \
     nasza nasze każdy każda każde wszystkie wszystkich żaden żadna taki taka takie",
    "w we na z ze do od po o u za nad pod przy przez dla bez między przed wśród przeciw oprócz podczas według około",
    "ja ty on ona ono my wy oni one kto",
    "mogę może możemy mogą mógł mogła mogli musi muszą musiał powinien powinna powinno powinni będę będzie będą chce chcą nie \
     nigdy się by trzeba można należy",
    "był była było były być jest są bardzo bardziej mniej zbyt tak",
    "dwa dwie trzy cztery pięć sześć siedem osiem dziewięć dziesięć sto tysiąc pierwszy pierwsza drugi druga trzeci jednak \
     także również dlatego potem wtedy czasem zawsze prawie tylko nawet właśnie chociaż jeśli żeby inny inna inne innych sam \
     sama sami",
];

/// The words of closed classes of `language`, folded, its stop words among them; empty where they are not known.
pub(crate) fn closed_words(language: Language) -> HashMap<String, Class> {
    let known = classes(language);
    let names = [Class::Other, Class::Copula, Class::Auxiliary, Class::Pronoun, Class::Preposition, Class::Determiner];
    let stops = stop_words(language).map(|word| (fold(word, language), Class::Other));
    // A word of several classes is of the first of them in the table: so those come last here, and stay.
    let closed = known
        .iter()
        .rev()
        .zip(names)
        .flat_map(|(words, class)| words.split_ascii_whitespace().map(move |word| (fold(word, language), class)));
    stops.chain(closed).collect()
}

fn classes(language: Language) -> Classes {
    match language {
        Language::English => ENGLISH,
        Language::German => GERMAN,
        Language::French => FRENCH,
        Language::Spanish => SPANISH,
        Language::Italian => ITALIAN,
        Language::Portuguese => PORTUGUESE,
        Language::Dutch => DUTCH,
        Language::Russian => RUSSIAN,
        Language::Polish => POLISH,
        _ => [""; 6],
    }
}

#[cfg(test)]
mod tests {
    use super::{Class, closed_words};
    use crate::word::language::Language;

    #[test]
    fn a_word_is_of_the_class_it_mostly_is_of() {
        for (language, word, class) in [
            (Language::English, "the", Some(Class::Determiner)),
            (Language::English, "ought", Some(Class::Auxiliary)),
            (Language::English, "beneath", Some(Class::Preposition)),
            (Language::English, "sixty", Some(Class::Other)),
            (Language::English, "party", None),
            (Language::French, "peuvent", Some(Class::Auxiliary)),
            (Language::French, "également", Some(Class::Other)),
            (Language::Italian, "può", Some(Class::Auxiliary)),
            (Language::Russian, "может", Some(Class::Auxiliary)),
            (Language::Hungarian, "az", None),
        ] {
            assert_eq!(closed_words(language).get(word).copied(), class, "{word}");
        }
    }
}
