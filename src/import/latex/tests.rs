//! Documents, and what becomes of them.

use proptest::prelude::{ProptestConfig, prop, proptest};

use super::read;
use crate::import::looked;
use crate::import::of_markdown;
use crate::import::tests::reads_back;
use crate::import::to_markdown::to_markdown;
use crate::import::warning::Warning;

fn markdown(source: &str) -> String {
    let text = read(source, &mut Vec::new());
    let written = to_markdown(&text);
    let again = of_markdown(&written);
    assert_eq!((again.string(), again.meta(), again.notes()), (text.string(), text.meta(), text.notes()), "{written}");
    written
}

#[test]
fn a_document_is_read() {
    let cases = [
        (
            "\\documentclass{article}\n\\title{The Mill}\\author{A. \\emph{B}.\\thanks{C} \\and D.}\\date{1917}\n\\newcommand{\\river}[1]{the \\textbf{#1}}\n\\begin{document}\\maketitle\n\\section{One}\\label{s}\nIt \\emph{stands} by \\river{Neva}.\\footnote{A note, {\\it leaning}.} % gone\n  See~it---``now''.\n\n\\subsection*{Two}\nCaf\\'e, na\\\"{\\i}ve, \\c{c}a, \\ss{} 50\\% \\& more\\ldots\n\\end{document}\nafter",
            "---\ntitle: The Mill\nauthor: A. B., D.\ndate: 1917\n---\n\n# One\n\nIt *stands* by the **Neva**.[^1] See\u{a0}it—“now”.\n\n## Two\n\nCafé, naïve, ça, ß 50% & more…\n\n[^1]: A note, *leaning*.\n",
        ),
        (
            "\\begin{itemize}\\item one\n\\begin{enumerate}\\item inner\\item next\\end{enumerate}\n\\item two\\end{itemize}\n\\begin{description}\\item[key] what it is\\end{description}\n\\begin{quote}Said.\\end{quote}\n\\begin{verse}Turn,\\\\\nwheel.\\end{verse}\n\\begin{verbatim}\na % b\n  \\c\n\\end{verbatim}\n",
            "- one\n\n  1. inner\n  2. next\n- two\n- key\n\n  what it is\n\n> Said.\n\nTurn,\\\nwheel.\n\n```\na % b\n  \\c\n```\n",
        ),
        (
            "\\begin{tabular}{l|r}\na & b \\\\ \\hline\n1 & \\emph{2} \\\\\n\\end{tabular}\n\nIf $a_1 < b$ then \\[ x = \\frac{1}{2} \\] \\href{https://a.b/}{there}, \\unknown[x]{kept} \\vspace{1cm}\\verb|a_b|.\n",
            "| a | b |\n| --- | --- |\n| 1 | *2* |\n\nIf $a_1 < b$ then\n\n```\nx = \\frac{1}{2}\n```\n\n[there](https://a.b/), kept `a_b`.\n",
        ),
    ];
    for (source, expected) in cases {
        assert_eq!(markdown(source), expected, "{source}");
    }
}

#[test]
fn what_is_defined_elsewhere_is_told_and_joins_no_words() {
    let mut warnings = Vec::new();
    let source = "\\newtheorem{lemma}[thm]{Lemma}\\begin{document}\\raggedright A mill\\longdash the old one\\longdash stood, \\small as \\ours was.\n\n\\begin{lemma}[of mills]\\label{m}\nIt turns.\\end{lemma}\\end{document}";
    let text = read(source, &mut warnings);
    assert_eq!(to_markdown(&text), "A mill the old one stood, as was.\n\n**Lemma** (of mills). It turns.\n");
    let said: Vec<&str> = warnings.iter().map(Warning::as_str).collect();
    assert_eq!(said, ["commands that the document does not define: what \\longdash, \\ours stands for is left out"]);
}

#[test]
fn references_say_the_numbers_that_latex_prints() {
    let mut warnings = Vec::new();
    let source = "\\section{Coarse}\\section{Fine}\\label{sec:fine}\n\\begin{equation}\\label{eq:m}m = 1\\end{equation}\n\nSee Section~\\ref{sec:fine} on page~\\pageref{sec:fine}, \\eqref{eq:m}, \\autoref{sec:fine}, \\cref{sec:fine,eq:m} and \\nameref{sec:fine}, not \\ref{gone}.\n";
    let text = read(source, &mut warnings);
    assert_eq!(
        to_markdown(&text),
        "# 1 Coarse\n\n# 2 Fine\n\n```\n\\tag{1}m = 1\n```\n\nSee Section\u{a0}2 on page\u{a0}??, (1), section 2, sections 2 and (1) and Fine, not ??.\n"
    );
    let said: Vec<&str> = warnings.iter().map(Warning::as_str).collect();
    assert_eq!(said, ["references whose number or page is not known stand as ??: sec:fine, gone"]);
}

#[test]
fn headings_captions_and_cited_works_have_the_numbers_that_references_say() {
    let source = "\\section{Coarse}\\subsection{Sieves}\\section*{Bare}\\section{Fine}\\label{sec:fine}\n\\begin{figure}\\caption{A mill}\\label{f}\\end{figure}\nSee \\ref{sec:fine}, \\vref{f} and \\cite[p.~4]{bee,carter}.\n\\begin{thebibliography}{9}\\bibitem{bee} A. Bee.\\bibitem{carter} B. Carter.\\end{thebibliography}";
    assert_eq!(
        markdown(source),
        "# 1 Coarse\n\n## 1.1 Sieves\n\n# Bare\n\n# 2 Fine\n\n**Figure 1: A mill**\n\nSee 2, 1 and [1, 2, p.\\~4].\n\n- \\[1] A. Bee.\n- \\[2] B. Carter.\n"
    );
    // Where nothing refers to a number, none is missed.
    assert_eq!(markdown("\\section{Coarse}\\label{c}\\section{Fine} \\cite{gone}"), "# Coarse\n\n# Fine\n\n[gone]\n");
}

#[test]
fn a_document_that_shows_documents_is_read_to_its_end() {
    let source = "\\documentclass{article}% \\begin{document}\n\\begin{document}One.\n\\begin{verbatim}\n\\begin{document}\nHello\n\\end{document}\n\\end{verbatim}\nTwo \\verb|\\end{document}|.\n\n% \\end{document}\nThree.\n\\end{document} gone";
    let part =
        "\\section{Mills}\nOne.\n\\begin{example}\n\\begin{document}\nTwo.\n\\end{document}\n\\end{example}\nThree.\n";
    assert_eq!(markdown(part), "# Mills\n\nOne.\n\nTwo.\n\nThree.\n");
    assert_eq!(
        markdown(source),
        "One.\n\n```\n\\begin{document}\nHello\n\\end{document}\n```\n\nTwo `\\end{document}`.\n\nThree.\n"
    );
}

#[test]
fn lists_and_code_of_a_documents_own_are_read() {
    let source = "\\begin{itemize-squeeze}[x]\n\\item one\n\\item two\n\\end{itemize-squeeze}\nIn \\path|a/b_c| \\citetitle{The \\MF{}book}.\n";
    assert_eq!(markdown(source), "- one\n- two\n\nIn `a/b_c` *The METAFONTbook*.\n");
    let mut warnings = Vec::new();
    read("So that \\ours{} is told.", &mut warnings);
    assert_eq!(warnings.len(), 1);
}

#[test]
fn commands_that_stand_for_commands_end() {
    let mut source = String::from("\\def\\a{lol lol }");
    for n in 1..26 {
        let (name, inner) = ((b'a' + n) as char, (b'a' + n - 1) as char);
        source.push_str(&format!("\\def\\{name}{{{}}}", format!("\\{inner} ").repeat(10)));
    }
    source.push_str("\\z \\newcommand{\\loop}{\\pool}\\newcommand{\\pool}{\\loop}\\loop end");
    assert!(read(&source, &mut Vec::new()).string().len() < 1 << 20);
    for unit in ["{", "\\emph{", "$", "\\begin{quote}", "\\footnote{", "\\item[", "}", "\\[", "\\begin{tabular}{l}"] {
        let _ = read(&unit.repeat(4000), &mut Vec::new());
    }
}

#[test]
fn a_list_that_begins_with_a_quotation_reads_back() {
    for source in [
        "\\begin{itemize}\\begin{quote}\\[g\\]\\end{quote}\\begin{enumerate}\\textbf{b}",
        "\\begin{itemize}\\begin{quote}a\\end{quote}\\item b",
        "\\begin{enumerate}\\begin{quote}\\begin{itemize}\\item a\\end{itemize}\\end{quote}b",
    ] {
        reads_back(source, &read(source, &mut Vec::new())).unwrap();
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 192, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn any_document_reads_back_from_its_markdown(parts in prop::collection::vec(prop::sample::select(vec![
        "{", "}", "\n\n", "\n", " ", "\\emph{", "\\textbf{b}", "\\section{c}", "\\subsection{", "\\item ", "\\item[d]", "\\begin{itemize}", "\\end{itemize}",
        "\\begin{enumerate}", "\\end{enumerate}", "\\begin{quote}", "\\end{quote}", "\\begin{tabular}{l}", "\\end{tabular}", "&", "\\\\", "\\footnote{e}",
        "\\footnote{", "$f$", "\\[g\\]", "\\verb|h|", "\\it ", "\\bf ", "i *j* # k", "1. l", "\\def\\m{n", "\\m", "\\href{u:v}{w}", "\\caption{x}", "%", "~", "--",
        "\\begin{verse}", "\\end{verse}", "\\'e", "[", "]", "\\begin{verbatim}", "\\end{verbatim}",
    ]), 0..40)) {
        let source = parts.concat();
        let text = read(&source, &mut Vec::new());
        reads_back(&source, &text)?;
    }
}

#[test]
fn what_commands_stand_for_makes_no_document_much_longer_and_is_told() {
    let long = "x".repeat(3000);
    let sources = [
        format!("\\newcommand{{\\a}}[1][{long}]{{{}}}{} end", "#1".repeat(900), "\\a ".repeat(3000)),
        format!("\\def\\one{{{long}}}\\def\\two{{{}}}{} end", "\\one ".repeat(50), "\\two ".repeat(3000)),
        format!("\\begin{{equation}}\\tag{{{long}}}\\label{{a}}\\end{{equation}}{} end", "\\ref{a} ".repeat(3000)),
        format!(
            "{} end\\begin{{thebibliography}}{{9}}\\bibitem[{long}]{{a}} b\\end{{thebibliography}}",
            "\\cite{a,a,a,a} ".repeat(3000)
        ),
        format!("\\section{{{long}}}\\label{{a}}{} end", "\\nameref{a} ".repeat(3000)),
    ];
    for (n, source) in sources.iter().enumerate() {
        let mut warnings = Vec::new();
        let text = read(source, &mut warnings);
        assert!(text.string().len() < source.len() * 5 + (128 << 10), "{n}: {}", text.string().len());
        assert!(text.string().contains("end"), "{n}: the rest is read");
        let told = warnings.iter().any(|w| w.to_string().contains("far more letters"));
        assert_eq!(told, n < 2, "{n}: {warnings:?}");
    }
}

#[test]
fn twice_the_length_is_looked_at_no_more_than_twice() {
    let shapes: &[fn(usize) -> String] = &[
        |n| (0..n).map(|n| format!("\\verb{}a ", char::from_u32(0x4e00 + n as u32).unwrap_or('x'))).collect(),
        |n| (0..n).map(|n| format!("\\begin{{a{n}}}")).collect(),
        |n| "\\a{".repeat(n),
        |n| "{\\bf a\n\n".repeat(n),
        |n| format!("\\newcommand{{\\a}}[1][{}]{{{}}}{}", "x".repeat(n), "#1".repeat(n), "\\a ".repeat(n)),
    ];
    for (at, shape) in shapes.iter().enumerate() {
        let looks = |n: usize| looked::while_(|| read(&shape(n), &mut Vec::new())).1;
        let (once, twice) = (looks(4000), looks(8000));
        assert!(twice <= once * 5 / 2 + 300_000, "shape {at}: {once}, {twice}");
    }
}

#[test]
fn marks_that_nothing_closes_are_not_kept_for_every_paragraph() {
    let text = read(&"{\\bf a\n\n".repeat(2000), &mut Vec::new());
    assert!(text.spans().len() <= 2000 * 64, "{}", text.spans().len());
}
