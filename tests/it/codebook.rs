//! The bundled topics on passages that no bundled text contains: what a scholar writes on a topic is caught, and what
//! only uses its words, of another time, place or thing, is not.

use std::ops::ControlFlow;

use diptych::library::embedded::TOPICS;
use diptych::text::Builder;
use diptych::text::block::BlockKind;
use diptych::topic::codebook::Codebook;
use diptych::topic::coverage::Coverage;
use diptych::word::language::Language;

mod elsewhere;

/// Passages on a topic, and passages that are not.
struct Case {
    topic: &'static str,
    on: &'static [&'static str],
    off: &'static [&'static str],
}

const CASES: &[Case] = &[
    Case {
        topic: "democratic-centralism",
        on: &[
            "The statutes of the French party adopted in 1921 made every decision of a higher body binding on the lower ones.",
            "Whoever had lost at the congress defended in his branch what he had fought in the hall: party discipline asked it of him.",
            "Rosa Luxemburg called it ultra-centralism, a committee that thinks for limbs that carry out.",
            "After 1921 a ban on factions turned every shared doubt into an offence, and expulsion from the party stood at the end of it.",
            "Without inner-party democracy the delegates come to hear and not to decide.",
            "The Tenth Congress forbade fractions; those who had spoken for the Democratic Centralists were sent to the provinces.",
            "Dissent in the party was a right until the vote was taken, and a breach of trust after it.",
            "Cannon told the minority that they had had their say for six months, that the convention had decided, and that from now on the discipline of the party bound them like everyone else.",
            "The leadership of the Italian Communists called the Manifesto group a faction and expelled it from the party; there is room for dissent, they said, but none for organised dissent.",
            "Gorter was expelled from the party for saying in print what he had said in the meeting.",
            "Mao’s formula was four subordinations: the individual to the organisation, the minority to the majority, the lower level to the higher, and the whole Party to the Central Committee.",
            "Permanent factions, Cannon wrote, turn a party into a parliament of small parties.",
        ],
        off: &[
            "The cardinal was outvoted in the conclave, and the French faction obeyed him.",
            "Parisian centralism made every road of the kingdom lead to one gate.",
            "A fraction of the crop was lost, and the dissenting chapel prayed for rain.",
            "The regiment was famous for its discipline and its line.",
            "The parish council voted by five to four to mend the pump, and Mr Harris, who was in the minority, paid his share without a word.",
            "The vestry’s minority submitted, and the churchwardens carried out what the meeting had decided.",
            "The parish council outvoted its chairman on the matter of the yew tree.",
            "The captain imposed iron discipline on the crew, and the mate dissolved the mess committee.",
        ],
    },
    Case {
        topic: "soviets",
        on: &[
            "In St Petersburg the strikers of 1905 sent one deputy for every five hundred hands, and their soviet sat for fifty days.",
            "The Bavarian Räterepublik lasted four weeks, and the peasants’ councils in it less than that.",
            "With an imperative mandate the deputy says what he was told to say, or makes room for another.",
            "In Berlin the workers’ and soldiers’ councils voted their own power away to a parliament.",
            "Delegates could be recalled by the shop that had sent them, on any day of the week.",
            "Pannekoek saw in the workers’ council the form in which a class governs itself.",
            "The Hungarian workers’ councils of 1956 sprang up in a week; the miners’ delegates refused to go home when the tanks had.",
            "The soviet of Ivanovo in 1905 met on the bank of a river, because no hall would hold it.",
            "A delegate to the workers’ council of Csepel could be recalled by his shop whenever it liked.",
            "Delegates from the factories and the barracks met in Bremen and called themselves a council republic.",
            "When the shah had gone, shoras sprang up in the refineries of Abadan.",
        ],
        off: &[
            "The Soviet ambassador praised the Soviet film at Cannes.",
            "The maker recalled ten thousand cars, and the town council recalled its mayor’s gift.",
            "Soviet tanks rolled into Prague, and the Soviet press called it help.",
            "The rate of interest rose, and the rates of the county council with it.",
            "The Soviet athlete won the hammer throw in Helsinki.",
            "The medieval commune elected consuls for a year and the guilds sent delegates to its council.",
            "The Soviet pavilion at the exhibition faced the German one.",
            "The Soviets launched Sputnik, and the leaders of the Soviet Union slept well.",
        ],
    },
    Case {
        topic: "worker-control",
        on: &[
            "Yugoslav law of 1950 handed the enterprises to councils elected by the staff.",
            "The works council asked for the ledgers, and in a month it was buying the cotton.",
            "In Catalonia tramways and barbers’ shops were collectivised, and the trams ran on time.",
            "Yugoslavia wrote workers’ self-management into its laws, and autogestion became a word in Paris.",
            "One-man management came back to the mills with the first quiet summer.",
            "After the owners had fled, the spinning mill was run by the workers through a factory committee of seven.",
            "A worker must be told the minute and the motion: that is the whole of Taylorism.",
            "The watchmakers of Besançon occupied their factory in 1973, sold the watches and paid themselves.",
            "In Barcelona the tram workers took over the lines after July 1936, and a committee of the depots fixed the fares.",
            "Guild socialists wanted the building trade to be run by the workers under contract to the city.",
            "A Mondragon co-operative elects its board: a workers’ co-operative, but with managers.",
            "At Lucas Aerospace the stewards drew up a plan of useful products and asked to be allowed to make them.",
        ],
        off: &[
            "The worker’s control of his breathing improved at altitude.",
            "Her diabetes nurse taught her self-management, and the quality control of production improved.",
            "Attlee’s government nationalised the mines; the managers kept their desks.",
            "Aunt Mary left a single will, and the board took control of the brewery.",
            "The peasants were collectivised by force, and the villages starved.",
            "She was appointed manager of the football club and promised discipline.",
            "In the guild of weavers four wardens controlled the work and fined bad cloth.",
            "The factory was seized by the customs for unpaid duty.",
            "The pilot lost control and the worker in the tower could not help.",
            "The workers ran the cable along the wall, and the committee of the factory owners dined at the Savoy.",
        ],
    },
    Case {
        topic: "vanguard-party",
        on: &[
            "By the Comintern’s theses of 1920 the party is the most advanced part of the working class.",
            "A class without a revolutionary party, he held, is a crowd with a grievance.",
            "She had been a professional revolutionary since the age of nineteen.",
            "The cadre party trains a few; the mass party counts heads.",
            "Gramsci asked how the vanguard of the class could stay within hearing of the rear.",
            "The most class-conscious workers of the district met on Thursdays, and called themselves the party of the proletariat.",
            "The syndicalists’ militant minority meant to persuade the unions and never to rule them.",
            "Bordiga wanted few members and no doubts: the party is an organ of the class, not a heap of people who vote alike.",
            "The party gathers the most determined workers of each factory so as to lead the rest.",
            "Castoriadis left because he no longer believed that a class needs a party to think for it.",
            "The Panthers read Lenin and called themselves the vanguard of the black struggle.",
            "The cadres of the party were to be the general staff of the proletariat.",
        ],
        off: &[
            "A dinner party of revolutionary chemists met in Birmingham.",
            "The vanguard of the cavalry crossed the river at dawn.",
            "The museum bought an avant-garde canvas; the leading role in the play went to a beginner.",
            "She led the class in prayer, and the party lasted until midnight.",
            "The piston drove the advanced layers of the pump.",
            "Montcalm’s vanguard reached the ford at noon and waited for the party of scouts.",
            "Professional mourners led the procession.",
            "The vanguard of spring is the coltsfoot.",
            "There was need for a party wall, and the teacher led the class across the road.",
        ],
    },
    Case {
        topic: "spontaneity-consciousness",
        on: &[
            "The spontaneity of the masses, wrote Luxemburg, is what a movement looks like to those who did not make it.",
            "The mass strike of 1905 taught the party more than the party had taught the strikers.",
            "Tailism trots behind the class and calls it respect.",
            "Can class consciousness grow out of a quarrel over wages?",
            "He warned his friends against economism: the kopeck is not the tsar.",
            "Mattick put his trust in the self-activity of the workers and in nothing above it.",
            "A spontaneous uprising may break a government; it seldom forms one.",
            "Workers left to themselves will fight for wages, he conceded, and never for a republic.",
            "Kautsky wrote that socialist consciousness is carried into the class struggle from without, by the bearers of science.",
            "The strike at Wonthaggi taught class consciousness better than a library.",
            "Nobody had called the strike: leaderless strikes spread from bench to bench.",
            "Do the masses learn in struggle, or is consciousness injected by those who have read the books?",
        ],
        off: &[
            "He lost consciousness on the railway, and instinctively the fireman closed the valve.",
            "The spontaneous combustion of the hay was explained by an economist.",
            "Attack came from without, and the garrison held by its own effort.",
            "The critics praised the sculptor’s spontaneous line.",
            "The piston of the pump was driven by steam, and its first spontaneous movement frightened the mechanic.",
            "The patient regained consciousness in the ward, and spontaneous breathing returned.",
            "The piston rose, the valve fell, and the engine started spontaneously.",
            "The movement of the masses of air is driven by heat, and the vine was introduced from without.",
        ],
    },
    Case {
        topic: "party-dictatorship",
        on: &[
            "The dictatorship of the proletariat was to be the rule of the many over the few.",
            "Trotsky had warned in 1904 of substitutionism: the party takes the place of the class.",
            "Plekhanov’s friends smelt Blanquism, a few who act for all.",
            "By the summer of 1922 it was a one-party state in all but the constitution.",
            "A dictatorship over the proletariat, said Kautsky, in the name of the proletariat.",
            "He was proud to be called a Russian Jacobin.",
            "In Cuba, in China and in Vietnam one party alone may stand, since it is said to lead the working class.",
            "Kautsky and Lenin quarrelled over what Marx had meant by the dictatorship of the proletariat: a state of affairs or a form of government.",
            "Castro governed in the name of the working class, which had not been asked.",
            "In Prague the Communist monopoly of power was written into the constitution.",
            "Babeuf’s friends meant to govern for the people until the people could be trusted.",
        ],
        off: &[
            "Caesar was voted the dictatorship for ten years.",
            "Under Pinochet’s military dictatorship the press was silent.",
            "A class action was brought on behalf of the class of buyers.",
            "The Jacobin club met in a convent in the rue Saint-Honoré.",
            "Sulla laid down the dictatorship and walked home unguarded.",
            "In the name of the class of 1965 she gave a bench to the college.",
            "The Roman dictator held office for six months.",
            "The lawyer spoke on behalf of the class, and only one party came to the auction.",
        ],
    },
    Case {
        topic: "intellectuals-managers",
        on: &[
            "Makhaisky told the workers that the intelligentsia would ride to power on their backs.",
            "Djilas called the officials a new class, owners of everything in the people’s name.",
            "Bourgeois specialists drew three times a worker’s ration.",
            "Bakunin feared the reign of the intellectuals more than that of the bankers.",
            "The red director signed what his bourgeois engineer had drawn up.",
            "As long as mental and manual labour are parted, somebody commands and somebody obeys.",
            "Burnham prophesied a managerial revolution: neither capitalists nor workers but managers would inherit.",
            "Officers and engineers of the old order were hired back at high pay, each with a commissar behind his chair.",
            "A new class of bureaucrats drives to the ministry in black cars, wrote Djilas.",
            "Orwell noticed that James Burnham admired the managers he warned against.",
            "In the year of Shakhty the engineers were put on trial for sabotage.",
        ],
        off: &[
            "Engineers of the old bridge used local stone.",
            "The football manager praised the expert who had examined the knee.",
            "The engineer was educated in Glasgow and built three bridges.",
            "A new class of forty children began after Easter.",
            "The intellectual property was sold by its owner to a specialist in hearts.",
            "Parisian intellectuals argued about cubism at the café.",
            "The educated classes of Bengal read Mill and Comte.",
            "The bank manager read Proust.",
            "The technicians and engineers of the film crew joined the manager for tea.",
        ],
    },
    Case {
        topic: "secrecy-repression",
        on: &[
            "Party cells in Nazi Germany were reduced to three, but the Gestapo broke most of them by 1935.",
            "The gendarmes found the press under the bath, and the circle went to Siberia.",
            "Azef, chief of the fighting organisation, was a police agent all the while.",
            "The underground press moved every week, from one cellar to the next.",
            "The Cheka shot him in the cellar where the Okhrana had questioned him.",
            "Administrative exile needed no judge, only a stamp.",
            "A wave of arrests took the whole committee between supper and breakfast.",
            "In Tehran the secret police had a man in every cell of the Tudeh.",
            "Under the anti-socialist law the German party smuggled its newspaper over the Swiss border.",
            "The Okhrana opened letters with steam; the NKVD did not trouble to close them again.",
            "Iskra was printed in Munich and carried over the border in suitcases.",
            "The Stasi had an informer in every reading circle.",
        ],
        off: &[
            "She travelled by the Underground to the prison and kept it secret from her union.",
            "Napoleon’s exile on Elba lasted less than a year; Ovid’s was for life.",
            "The doctor spoke of the repression of a childhood memory.",
            "A clandestine marriage was discovered when the burglar was arrested.",
            "The graphics card has a faster GPU.",
            "In the London gaol the turnkey kept secret what the debtors drank.",
            "The guild kept the secret of red glass, and the apprentice who told it was banished.",
            "The gaol at Reading was built by Scott.",
            "The Dalai Lama is a leader in exile; a thief was hidden from the police in a barn.",
        ],
    },
    Case {
        topic: "october-insurrection",
        on: &[
            "Sukhanov’s wife lent the flat in which the October insurrection was voted.",
            "The Second Congress of Soviets met to the sound of the cruiser’s gun.",
            "The ministers sat in the Malachite Hall until Red Guards and sailors found the door.",
            "Was it a revolution or a coup? The question is older than the smoke.",
            "The Military Revolutionary Committee sent a commissar to every regiment.",
            "Melgunov wrote a whole book on how the Bolsheviks took power.",
            "Zinoviev and Kamenev voted against the insurrection, and said so in Gorky’s paper.",
            "Was October a rising of the workers, or the trick of a handful of conspirators?",
            "The Bolsheviks took power with the slogans of the villages in their mouths.",
            "Antonov-Ovseenko was told to storm the palace and was late.",
            "Rabinowitch held that the party acted late, and under pressure from below.",
        ],
        off: &[
            "Barcelona’s insurrection of October 1934 lasted one night.",
            "The Easter insurrection in Dublin was an armed rising, and hoped for a seizure of power.",
            "In October 1917 the Italian front broke at Caporetto.",
            "The colonels’ coup of 1967 was planned in a barracks.",
            "October days are golden in Vermont.",
            "The film about the submarine Red October earned well.",
            "Pearse and Connolly seized the Post Office in Dublin on Easter Monday 1916, and the insurrection lasted six days.",
            "The October rising in Vienna in 1848 was put down by Windischgrätz.",
            "Dublin burned in the week after Easter 1916, and Pearse surrendered to General Lowe.",
            "The generals arrested the ministers at dawn and sealed the telegraph office in Accra.",
        ],
    },
    Case {
        topic: "dual-power",
        on: &[
            "Kornilov marched on the capital in August, and Kerensky had asked him to, or had not.",
            "Miliukov’s note about the straits brought the regiments into the street.",
            "Dual power, dvoevlastie, is a staircase with two landlords.",
            "The Provisional Government governed as far as its telegrams were obeyed.",
            "Tsereteli explained once more why the workers must leave the ministries to others.",
            "After the July Days the leaders hid in the reeds.",
            "Prince Lvov, who had the ministries, envied the Soviet, which had the regiments.",
            "Lenin came back in April and would have no support given to the Provisional Government.",
            "Milyukov wanted the Straits, the Soviet wanted peace, and the Provisional Government had to want both.",
            "Rodzianko’s committee of the Duma and the council of the workers sat in two wings of one palace.",
            "Sukhanov thought that the liberals must be made to take office and be watched.",
        ],
        off: &[
            "Dual power amplifiers drive the loudspeakers.",
            "The laptop has a dual power supply, and two governments tax it.",
            "De Valera opposed the Provisional Government of Ireland.",
            "The share of power from the wind rose in April.",
            "Two powers signed the treaty of Tilsit.",
            "The Provisional Government of the Irish Republic was proclaimed on the steps of the Post Office.",
            "Lamartine’s Provisional Government proclaimed the right to work in February 1848.",
            "William and Mary ruled together.",
            "The British government and the Soviet delegation met between February and October, and cars have dual power.",
        ],
    },
    Case {
        topic: "civil-war",
        on: &[
            "Denikin was at Orel, and the Red Army had one cartridge in three.",
            "The Czech Legion held the railway from the Volga to the sea.",
            "War Communism was a siege economy with a programme added.",
            "Makhno’s carts fought Whites and Reds in turn.",
            "Grain requisitioning fed the towns and lost the villages.",
            "Was the Russian civil war the reason for what the party became, or the excuse?",
            "Three years of war against Kolchak, Denikin and Poland emptied the towns.",
            "British troops landed at Murmansk and Japanese at Vladivostok to help the Whites.",
            "Kolchak’s trains stood on the line from Omsk, with the gold in them.",
            "Wrangel held the Crimea until November 1920.",
            "Budyonny’s riders reached the gates of Lvov, and a Tambov rising broke out behind them.",
        ],
        off: &[
            "A white army of geese crossed the red field.",
            "In the American civil war the blockade of the ports was an embargo, and cotton was requisitioned.",
            "The English civil war began at Nottingham.",
            "Greece joined the Entente, and the white army of ants moved on.",
            "Famine and typhus followed the potato blight in Ireland.",
            "Napoleon invaded Russia in June.",
            "Roundheads and Cavaliers fought the civil war from Edgehill to Naseby.",
            "Lincoln freed the slaves in the third year of the civil war.",
            "Sulla won the civil war and posted lists.",
            "Foreign troops in Russia in 1812 ate horses, and whites in the South voted for Hayes.",
        ],
    },
    Case {
        topic: "kronstadt",
        on: &[
            "Kronstadt asked for soviets without communists, or so its enemies put it.",
            "Tukhachevsky’s men crossed the ice in white sheets.",
            "The resolution of the battleship Petropavlovsk had fifteen points.",
            "The sailors called for a third revolution, against commissars as against tsars.",
            "Serge was ashamed and kept his party card: Kronstadt was right, he wrote, and would have led to counter-revolution.",
            "Goldman and Berkman offered to mediate between the fortress of Kronstadt and the government.",
            "Paul Avrich sympathised with the rebels of Kronstadt and understood why they had to be put down.",
        ],
        off: &[
            "The naval mutiny at Kiel began with the stokers.",
            "Petropavlovsk in Kamchatka lies under two volcanoes.",
            "A third revolution in farming came with the tractor.",
            "Free elections were held in Greenland.",
            "The crew of the Bounty mutinied off Tofua.",
            "The third revolution of the crank brings the valve home.",
            "The mutiny at the Nore was led by Parker.",
            "The rebel sailors of the Nore had demands of their own, and troops marched across the ice to Denmark.",
        ],
    },
    Case {
        topic: "suppression-of-parties",
        on: &[
            "In Barcelona in 1937 the POUM was declared illegal, and Nin disappeared.",
            "The Constituent Assembly sat for one night.",
            "The Mensheviks and the anarchists were outlawed, their press closed and their clubs raided.",
            "In 1922 the trial of the Socialist Revolutionaries was held before a hall full of tickets.",
            "The Left SRs shot the ambassador and lost their ministries.",
            "Martov’s friends were expelled from the soviets in June.",
            "The anarchist clubs of Moscow were stormed by the Cheka in April 1918.",
            "Where the Mensheviks won the elections to a provincial soviet, the soviet was dissolved.",
            "Spiridonova led the Left SRs into revolt and out of history.",
            "Maria Spiridonova was locked up in a madhouse.",
            "Mirbach’s murder cost the Left SRs their place.",
        ],
        off: &[
            "The National Constituent Assembly of 1789 abolished tithes.",
            "Cock-fighting was outlawed, and the fire was suppressed.",
            "In Japan the opposition parties could not agree.",
            "The other parties to the contract had read it.",
            "The Constituent Assembly of Tunisia adopted its constitution in 2014.",
            "In Rome a constituent assembly proclaimed the republic of Mazzini.",
            "The Tories banned the party for the election.",
            "In Ankara the generals closed the newspapers, and at the hotel late parties were banned.",
        ],
    },
    Case {
        topic: "stalinism",
        on: &[
            "Was the Soviet gulag a child of 1902?",
            "Trotskyists spoke of a degenerated workers’ state.",
            "Stalin signed the lists in the evening.",
            "The apparatchik needs no ideas; he has a telephone.",
            "The Left Opposition asked for bread, plan and debate.",
            "The Soviet Thermidor, said the exile in Prinkipo, had come on tiptoe.",
            "Between 1936 and 1938 the Old Bolsheviks confessed in the Moscow trials to crimes that nobody had committed.",
            "Was the terror of the thirties the child of October or its murderer?",
            "Trotsky called it Thermidor, the Mensheviks called it justice.",
            "Yagoda was shot by Yezhov, Yezhov by Beria.",
            "For those in the kolkhoz the plan was another name for hunger.",
        ],
        off: &[
            "The battle of Stalingrad turned on a tractor works.",
            "We ate lobster Thermidor and drank to the bureaucracy of the kitchen.",
            "A five-year plan for the orchards was drawn up in Kent.",
            "Orwell’s totalitarian state has a ministry of love.",
            "Robespierre fell on the ninth of Thermidor.",
            "The civil service of the Ming was a ruling bureaucracy of poets.",
            "Bureaucrats in Brussels measure cucumbers.",
            "Hannah Arendt wrote on totalitarianism, and the party apparatus of the Whigs was two clerks.",
        ],
    },
    Case {
        topic: "the-state",
        on: &[
            "Engels expected that a society which has no more classes will have no more need of a state.",
            "The withering away of the state was put off, and statism won.",
            "Smash the state machine, or take the wheel: the old quarrel of London and The Hague.",
            "Bordiga had no patience with parliamentarism.",
            "State capitalism, Lenin said, would be a step forward.",
            "Marx looked at the Paris Commune for a month and called it the form at last discovered.",
            "The abolition of the state stood first in Bakunin’s programme.",
            "Engels expected that the government of persons would give way to the administration of things, and that the state would wither away.",
            "The Paris Commune paid its officials a workman’s wage and could dismiss them.",
            "Lenin copied into a blue notebook what Marx had written on the Commune of 1871 and the state machine.",
            "The ready-made state machinery, wrote Marx of the Communards, cannot simply be taken over.",
            "Miliband and Poulantzas argued over whether the capitalist state is an instrument.",
        ],
        off: &[
            "The statistics of the State of Ohio were printed in a parliamentary paper.",
            "The leaves wither away in a dry summer.",
            "The state house has a gilded dome, and the state power company a tower.",
            "In this state of mind he itself gave notice.",
            "State power lines came down in the storm.",
            "The Paris Commune of 1792 imprisoned the king.",
            "The state of Ohio elects a governor.",
            "Fire destroyed the state capitol, and three armed people fled to the end of the state highway.",
        ],
    },
    Case {
        topic: "trade-unions",
        on: &[
            "The syndicalists held that the strike was school and weapon at once; the CGT said so at Amiens.",
            "Shlyapnikov asked that the unions run what their members made.",
            "Unions as transmission belts: the party turns, and the workshop moves.",
            "Collective bargaining begins where petitions end.",
            "They walked out on Monday, and the strike lasted until the snow.",
            "An industrial union enrols the sweeper with the smith.",
            "The Knights of Labor took in cook and carpenter alike, and were broken by the railway strikes.",
            "The London dockers won their tanner after five weeks on strike.",
            "The Wobblies put the whole working class into one big union and half of it into jail.",
            "Legien’s officials had no time for a general strike, which they called general nonsense.",
            "The women at the match factory went on strike in 1888.",
        ],
        off: &[
            "The union of the two crowns was celebrated with strikes of the bell.",
            "The Union won at Gettysburg, and the European Union was far away.",
            "A striking picture hangs in the customs union’s hall.",
            "The transmission belt of the mower slipped.",
            "Credit unions lend to their neighbours; civil unions were made lawful.",
            "The bakers’ crime syndicate was broken up by a scab of a detective.",
            "The transmission belt between the engine and the fan had snapped.",
            "They struck gold on the third day.",
            "The European Union has a flag.",
            "Thirteen colonies formed a union, the clock struck for home, and a picket of dragoons held the bridge.",
        ],
    },
];

/// Those here and those of the file beside.
fn all() -> impl Iterator<Item = &'static Case> {
    CASES.iter().chain(elsewhere::CASES)
}

/// The topics that a text of this one passage treats.
fn treated(codebook: &Codebook, passage: &str) -> Vec<String> {
    let mut builder = Builder::new();
    builder.begin(BlockKind::Paragraph, 1).push(passage);
    let text = builder.finish();
    let ControlFlow::Continue(coverage) =
        Coverage::of(&text, codebook, Language::English, &|_, _| ControlFlow::Continue(()))
    else {
        unreachable!("nothing breaks it off")
    };
    coverage.topics().iter().filter(|t| !t.is_silent()).map(|t| t.topic().id.as_str().to_owned()).collect()
}

#[test]
fn what_is_on_a_topic_is_caught_whoever_says_it() {
    let (codebook, _) = Codebook::parse(TOPICS);
    let missed: Vec<_> = all()
        .flat_map(|case| case.on.iter().map(|p| (case.topic, *p)))
        .filter(|(topic, passage)| !treated(&codebook, passage).iter().any(|t| t == topic))
        .collect();
    assert!(missed.is_empty(), "{missed:#?}");
}

#[test]
fn what_only_uses_its_words_is_not() {
    let (codebook, _) = Codebook::parse(TOPICS);
    let caught: Vec<_> = all()
        .flat_map(|case| case.off)
        .map(|passage| (*passage, treated(&codebook, passage)))
        .filter(|(_, topics)| !topics.is_empty())
        .collect();
    assert!(caught.is_empty(), "{caught:#?}");
}

#[test]
fn every_topic_has_passages_of_both_kinds() {
    let (codebook, _) = Codebook::parse(TOPICS);
    let known: Vec<&str> = CASES.iter().map(|case| case.topic).collect();
    assert!(codebook.topics().iter().all(|t| known.contains(&t.id.as_str())), "{known:?}");
    assert!(CASES.iter().all(|case| case.on.len() >= 4 && case.off.len() >= 4));
}
