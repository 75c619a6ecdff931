//! More passages for the bundled topics; most use a topic's words of something else.

use super::Case;

pub(super) const CASES: &[Case] = &[
    Case {
        topic: "democratic-centralism",
        on: &[
            "The district secretaries were no longer elected but appointed by the centre, and whoever objected was transferred.",
        ],
        off: &[
            "The bishops of the province were appointed from Rome, and the local chapters lost their old right of election.",
        ],
    },
    Case {
        topic: "soviets",
        on: &[
            "In the villages the soviets were run by whoever could read.",
            "The soviets of the Urals asked nobody’s leave.",
            "Whoever controlled the executive committees controlled the local soviets.",
            "Anweiler distinguishes the soviets as strike committees from the soviets as organs of power.",
        ],
        off: &[
            "The Soviets pressed Finland to cede the isthmus and moved their guns to the border.",
            "The Soviets had more tanks than the Germans, and the Soviets’ generals knew it.",
            "In 1962 Washington suspected that the Soviets were hiding missiles in Cuba, and the Soviets denied it.",
            "Negotiations with the Soviets over wheat broke down in 1972.",
            "The Soviets met the Americans on the Elbe.",
            "The Soviets themselves admitted the shortfall of grain.",
            "Helsinki was anxious not to provoke the Soviets.",
            "The Soviets voted against the motion and walked out.",
            "The Soviets took Budapest in February.",
            "American aid to the Soviets came by way of Persia.",
            "Under the control of the Soviets the port was closed.",
        ],
    },
    Case {
        topic: "worker-control",
        on: &[
            "The directors were driven out in the spring, and the hands reopened the mill on their own account, dividing the proceeds.",
        ],
        off: &["The director of the museum was driven out by scandal, and the works reopened to the public in spring."],
    },
    Case {
        topic: "vanguard-party",
        on: &[
            "The communists saw themselves as the advanced detachment of the workers, tied to the class and yet apart from it.",
            "The party must march one step ahead of the masses, never ten.",
        ],
        off: &[
            "An advanced detachment of hussars rode a mile ahead of the column and found the bridge down.",
            "The mass party of the Gaullists recruited shopkeepers.",
        ],
    },
    Case {
        topic: "spontaneity-consciousness",
        on: &[],
        off: &[
            "Critics admired the spontaneity of the pianist, who improvised the cadenza.",
            "The chef cooks with spontaneity, and his consciousness of tradition shows in the sauce.",
            "The spontaneity and freshness of her letters delighted the court.",
        ],
    },
    Case {
        topic: "party-dictatorship",
        on: &[
            "By then the Politburo ruled the country, and the congress was summoned to applaud.",
            "A party that ruled in the workers’ name had long ceased to ask them.",
        ],
        off: &[
            "A few families ruled the city in the name of the people, and the podestà obeyed them.",
            "The Blanquists of the rue Mouffetard sang at the funeral of Victor Noir.",
        ],
    },
    Case {
        topic: "secrecy-repression",
        on: &[],
        off: &["The spy of the novel carried a false passport and wrote home in invisible ink."],
    },
    Case {
        topic: "october-insurrection",
        on: &[
            "Historians still dispute whether the Bolsheviks’ victory in 1917 was the work of a conspiracy or of a popular movement.",
        ],
        off: &["Red Guards burned the library of the monastery in 1966."],
    },
    Case { topic: "civil-war", on: &[], off: &["The reds and whites of the Rhône valley were shipped in casks."] },
    Case {
        topic: "kronstadt",
        on: &["The sailors’ mutiny of 1921 showed the government that it had lost the fleet that had made it."],
        off: &["In the mutiny of 1857 the sepoys marched on Delhi."],
    },
    Case {
        topic: "suppression-of-parties",
        on: &[
            "By 1922 no legal opposition was left in the country, and the last anarchist newspapers had been closed.",
            "Menshevik leaders were put over the frontier in 1922, and the SR leaders were tried in Moscow.",
        ],
        off: &[
            "In France the leaders of the Catholic opposition were tried, and their newspapers closed by the prefect.",
        ],
    },
    Case {
        topic: "stalinism",
        on: &[
            "The general secretary packed the apparatus with his own men, and after Lenin’s death they decided the succession.",
        ],
        off: &[
            "A personality cult grew around the founder of the computer firm, and his staff called the open-plan office a gulag.",
            "The show trial of the new tractor was attended by farmers from the collective farms of Israel.",
        ],
    },
    Case {
        topic: "the-state",
        on: &[
            "Bakunin predicted that a state in the hands of former workers would still be a state.",
            "In the long run, he held, the state dies out, because there is no longer any class to be kept down.",
        ],
        off: &[
            "The legislature abolished the state lottery and the state monopoly of salt.",
            "The conquest of power in the medieval duchy was a matter of marriages, and the old law would die out.",
            "The museum of antiquities lies in the old state house, and the people in arms of the frieze are Spartans.",
        ],
    },
    Case {
        topic: "trade-unions",
        on: &[],
        off: &[
            "The gardener picketed the goats by the hedge, and the Webbs next door complained of the picketing.",
            "The keyboard lockout keeps a second user from signing on, and the batsman was on strike for the last over.",
            "Scabs formed on his knees, and the delegates of the arts festival staged a walkout.",
        ],
    },
];
