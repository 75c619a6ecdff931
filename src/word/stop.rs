//! Stop words: the words of a language that say nothing about what a text is about.
//!
//! The lists are short on purpose. They hold what every text is full of; words that are merely frequent are weighed
//! down by statistics instead, in whatever language a text is.

use std::borrow::Cow;
use std::collections::HashSet;
use std::sync::OnceLock;

use super::language::Language;

const ENGLISH: &str = "a about above after again against all also although always am among an and another any are aren't \
as at away back be became because become becomes been before being below between both but by came can can't cannot come \
could couldn't did didn't do does doesn't doing don't done down during each either else enough ever every few for from \
further get gets getting give given go goes going gone got had hadn't has hasn't have haven't having he hence her here \
hers herself him himself his how however i if in indeed instead into is isn't it its it's itself just keep kept let like \
made make makes making many may maybe me might mine more moreover most much must my myself neither never nevertheless no \
nor not nothing now of off often on once one only onto or other others otherwise our ours ourselves out over own perhaps \
put quite rather really same say see seem seemed seems shall she should shouldn't since so some something sometimes \
still such take taken than that that's the thee their theirs them themselves then there thereby therefore these they \
thing things this those thou though through thus thy to together too took toward towards under until unto up upon us \
use used very via was wasn't way we well went were weren't what whatever when where whereas whether which while who \
whole whom whose why will with within without won't would wouldn't ye yes yet you your yours yourself yourselves \
ain't i'd i'll i'm i've you'd you'll you're you've he'd he'll he's she'd she'll she's we'd we'll we're we've they'd \
they'll they're they've let's who's what's there's here's";

const GERMAN: &str = "aber alle allem allen aller alles als also am an ander andere anderem anderen anderer anderes auch \
auf aus bei beim bereits bin bis bist da dabei dadurch dafür dagegen daher damit dann daran darauf daraus darf darin \
darüber darum das dass daß davon dazu dein deine dem den denen denn der deren des dessen deshalb dich die dies diese \
diesem diesen dieser dieses dir doch dort du durch eben ein eine einem einen einer eines einige einigen einmal er es \
etwa etwas euch euer eure für ganz gar gegen gibt hab habe haben hat hatte hatten hier hin hinter ich ihm ihn ihnen ihr \
ihre ihrem ihren ihrer ihres im immer in indem ins ist ja jede jedem jeden jeder jedes jedoch jene jenem jenen jener \
jenes jetzt kann kein keine keinem keinen keiner keines können könnte mach machen man manche mehr mein meine mich mir \
mit muss musste muß müssen nach nicht nichts noch nun nur ob oder ohne schon sehr sein seine seinem seinen seiner seines \
seit selbst sich sie sind so solche solchem solchen solcher solches soll sollte sondern sonst sowie über um und uns \
unser unsere unter viel vom von vor während war waren warum was weil weiter welche welchem welchen welcher welches wenn \
wer werde werden wie wieder will wir wird wo wollen worden wurde wurden würde würden zu zum zur zwar zwischen";

const RUSSIAN: &str = "а без более бы был была были было быть в вам вами вас ваш весь во вот все всего всей всем всех всю \
вы где да даже для до его ее ей ему если есть еще же за здесь и из или им ими их к как какой когда кто которая которого \
которое которой котором которому которую которые который которым которых ли либо между меня мне много может можно мой мы \
на над надо нам нами нас наш не него нее ней нельзя нем нет ни нибудь никогда ним них ничего но ну о об один он она они \
оно от очень перед по под после потом потому почти при про раз разве с сам свое своего своей своем своею свои своим \
своих свой свою себе себя со так такой также такая такие там тебя тем теперь то тогда того тоже той только том тот тут \
ты у уж уже хотя чего чем через что чтобы чуть эта эти этим этих это этого этой этом этому этот эту я";

const FRENCH: &str = "a ai ainsi alors au aucun aussi autre autres aux avait avant avec avoir c car ce ceci cela celle \
celles celui ces cet cette ceux chaque chez ci comme comment contre d dans de depuis des deux dit doit donc dont du elle \
elles en encore entre est et était étaient été être eu eux fait faire fut il ils j je jusque l la là le les leur leurs \
lui m ma mais me même mêmes mes moi moins mon n ne ni non nos notre nous on ont ou où par parce pas peu peut plus pour \
pourquoi qu quand que quel quelle quelles quels qui quoi s sa sans se sera ses si son sont sous sur t ta te tes toi ton \
tous tout toute toutes très tu un une uns vers vos votre vous y";

const SPANISH: &str = "a al algo algunas algunos ante antes aquel aquella como con contra cual cuando de del desde donde \
dos durante e el él ella ellas ellos en entre era eran es esa esas ese eso esos esta está están estaba estas este esto \
estos fue fueron ha había han hasta hay la las le les lo los más me mi mientras mis muy nada ni no nos nosotros o os \
otra otras otro otros para pero poco por porque pues que qué quien se sea según ser si sí sido sin sobre son su sus \
también tan tanto te tiene tienen toda todas todo todos tu un una uno unos y ya yo";

const ITALIAN: &str = "a ad agli ai al alla alle allo anche avere aveva c che chi ci come con contro cosa così cui da dagli \
dai dal dalla dalle dallo de degli dei del della delle dello di dove e è ed era erano essere fra fu gli ha hanno i il in \
io l la le lei lo loro lui ma me mi mia mio ne negli nei nel nella nelle nello noi non nostra nostro o ogni per perché \
però più poi quale quando quanto quella quelle quelli quello questa queste questi questo qui sarà se senza si sia sono \
sopra sotto stato su sua sue sugli sui sul sulla sulle suo suoi te ti tra tu tutta tutte tutti tutto un una uno vi voi";

const DUTCH: &str = "aan al alle alles als altijd andere ben bij daar dan dat de deze die dit doch doen door dus een en er \
ge geen haar had heb hebben heeft hem het hier hij hoe hun ik in is ja je kan kon kunnen maar me meer men met mij mijn \
moet na naar niet niets nog nu of om omdat onder ons ook op over reeds te tegen toch toen tot u uit uw van veel voor \
want waren was wat we wel werd wezen wie wij wil worden wordt zal ze zei zelf zich zij zijn zo zonder zou";

const PORTUGUESE: &str = "a ao aos aquela aquele aquilo as às até com como da das de dela dele deles depois do dos e é ela \
elas ele eles em entre era eram essa esse esta está este estes eu foi foram há isso isto já lhe lhes mais mas me mesmo \
meu minha muito na não nas nem no nos nós o os ou para pela pelas pelo pelos por porque qual quando que quem se sem ser \
seu seus só sua suas também te tem têm tu um uma você";

const POLISH: &str = "a aby ale ani aż bardzo bez bo być by był była było były ci co czy dla do gdy gdzie go i ich ile im \
inne ja jak jako je jednak jego jej jest już każdy kiedy kto która które który których lub ma mi mnie może można my na \
nad nam nas nawet nic nie niż no o od on ona one oni oraz po pod ponieważ przed przez przy się są sobie swoje ta tak \
także tam te tego tej ten to tu ty tych tylko tym u w was we więc wszystko z za że żeby";

const LISTS: [(Language, &str); 9] = [
    (Language::English, ENGLISH),
    (Language::German, GERMAN),
    (Language::Russian, RUSSIAN),
    (Language::French, FRENCH),
    (Language::Spanish, SPANISH),
    (Language::Italian, ITALIAN),
    (Language::Dutch, DUTCH),
    (Language::Portuguese, PORTUGUESE),
    (Language::Polish, POLISH),
];

/// The words of each list in every way they may be folded, made when a text of the language is first met: every word of
/// every text is looked up here.
static FOLDED: [OnceLock<HashSet<Cow<'static, str>>>; LISTS.len()] = [const { OnceLock::new() }; LISTS.len()];

/// Whether `folded` (see [`super::fold::fold`]) is a stop word of `language`. Languages without a list have none.
pub fn is_stop(folded: &str, language: Language) -> bool {
    let Some(at) = LISTS.iter().position(|(listed, _)| *listed == language) else { return false };
    FOLDED[at].get_or_init(|| stop_words(language).flat_map(ways).collect()).contains(folded)
}

/// The stop words of `language`, unfolded; empty where there is no list.
pub fn stop_words(language: Language) -> impl Iterator<Item = &'static str> {
    let list = LISTS.iter().find(|(listed, _)| *listed == language).map_or("", |(_, words)| words);
    list.split_ascii_whitespace()
}

/// A word as it stands in the list, and without its apostrophe, which folding may take away.
fn ways(word: &'static str) -> impl Iterator<Item = Cow<'static, str>> {
    let without = word.contains('\'').then(|| Cow::Owned(word.replace('\'', "")));
    std::iter::once(Cow::Borrowed(word)).chain(without)
}

#[cfg(test)]
mod tests {
    use super::{Language, is_stop};

    #[test]
    fn every_language_has_its_own() {
        for (language, word, stop) in [
            (Language::English, "the", true),
            (Language::English, "dont", true),
            (Language::English, "party", false),
            (Language::German, "und", true),
            (Language::German, "the", false),
            (Language::Russian, "которых", true),
            (Language::Other, "the", false),
        ] {
            assert_eq!(is_stop(word, language), stop, "{word}");
        }
    }
}
