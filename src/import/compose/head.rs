//! The first lines of a text that has no front matter: its title, who wrote it, and when.

use crate::text::block::BlockKind;
use crate::text::clean::Clean;
use crate::text::meta::Meta;

use crate::import::lines::Lines;
use crate::import::lines::draft::Draft;
use crate::import::lines::marks;
use crate::import::lines::names::is_name;

/// How many paragraphs may stand before the prose begins.
const MOST: usize = 8;

/// Prose is at least this long.
const PROSE: usize = 140;

/// Takes title, author and date from the first lines where they say so plainly. Bylines and dates that have been taken
/// are dropped from the paragraphs; the title stays as a heading of the first level.
pub(in crate::import) fn read(lines: &Lines<'_>, drafts: &mut Vec<Draft>, meta: &mut Meta, take: bool) -> Vec<String> {
    let prose = drafts.iter().take(MOST + 1).position(|d| d.len(lines) >= PROSE).or_else(|| {
        // A title page may be long: what stands alone at its head, over a rule or between two, is the title.
        let rule = |i: usize| drafts.get(i).is_some_and(|d| d.kind == BlockKind::Rule);
        let first = usize::from(rule(0));
        (drafts.len() > 3 && !rule(first) && rule(first + 1)).then_some(first + 1)
    });
    let Some(prose) = prose.filter(|p| *p > 0) else { return Vec::new() };
    let mut said = Vec::new();
    let mut gone = Vec::new();
    let mut titled = meta.title.is_some();
    for (i, draft) in drafts.iter_mut().enumerate().take(prose) {
        if !(draft.is_prose() || draft.kind == BlockKind::Heading) {
            continue;
        }
        let string = draft.string(lines);
        let line = Clean::line(&string).as_str().trim().to_owned();
        if meta.author.is_none()
            && let Some(author) = byline(&line)
        {
            meta.author = Some(author.to_owned());
            gone.push(i);
            said.push("author");
        } else if meta.date.is_none() && titled && is_date(&line) {
            meta.date = Some(line);
            gone.push(i);
            said.push("date");
        } else if !titled && is_title(&line) {
            titled = true;
            let (title, author) = title_and_author(&line);
            if let Some(author) = author.filter(|_| meta.author.is_none()) {
                meta.author = Some(author.to_owned());
            }
            meta.title = Some(title.to_owned());
            draft.kind = BlockKind::Heading;
            draft.depth = 1;
        } else if meta.author.is_none()
            && line.len() < 240
            && let Some(author) = standfirst(&line)
        {
            meta.author = Some(author.to_owned());
        }
    }
    if take {
        let mut index = 0;
        drafts.retain(|_| {
            index += 1;
            !gone.contains(&(index - 1))
        });
    }
    said.into_iter().map(str::to_owned).collect()
}

/// `by Sharon Smith`, and nothing else.
fn byline(line: &str) -> Option<&str> {
    let rest =
        ["by ", "By ", "BY ", "Written by ", "Author: ", "von ", "par "].iter().find_map(|p| line.strip_prefix(p))?;
    is_name(rest).then_some(rest)
}

/// `A title, by Lars T. Lih`.
fn title_and_author(line: &str) -> (&str, Option<&str>) {
    for sign in [", by ", " by ", " — by ", " – by "] {
        if let Some((title, name)) = line.rsplit_once(sign)
            && is_name(name)
            && (sign != " by " || name.split(' ').count() >= 2 && title.split(' ').count() >= 3)
        {
            return (title.trim_end_matches([',', ' ']), Some(name));
        }
    }
    (line, None)
}

/// `…, writes Judith Orr`, at the end of the lines under a title.
fn standfirst(line: &str) -> Option<&str> {
    let rest =
        [", writes ", ", argues ", ", reports ", ", explains "].iter().find_map(|s| Some(line.rsplit_once(s)?.1))?;
    let name = rest.trim_end_matches('.');
    is_name(name).then_some(name)
}

/// A short line of words that does not end as a sentence.
fn is_title(line: &str) -> bool {
    let words = line.split_whitespace().count();
    let site = ["downloading", "issue ", "home", "menu", "skip to", "search", "share", "print", "page ", "posted"];
    let lower = line.to_lowercase();
    line.chars().count() <= 120
        && (1..=18).contains(&words)
        && line.chars().filter(|c| c.is_alphabetic()).count() >= 3
        && marks::begins_sentence(line)
        && !line.ends_with(['.', ',', ';', ':'])
        && !line.contains("://")
        && !site.iter().any(|s| lower.starts_with(s))
        && !is_date(line)
}

/// `August 18, 2014`, `18 August 2014`, `2014-08-18`, `18.8.2014`.
fn is_date(line: &str) -> bool {
    const MONTHS: [&str; 12] = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"];
    let line = line.trim().trim_end_matches('.');
    let line = line.strip_prefix("Published ").or_else(|| line.strip_prefix("Posted on ")).unwrap_or(line);
    let parts: Vec<&str> = line.split([' ', ',', '-', '/', '.']).filter(|p| !p.is_empty()).collect();
    let year = |p: &&&str| p.len() == 4 && p.parse::<u32>().is_ok_and(|y| (1400..2200).contains(&y));
    let day = |p: &str| {
        p.trim_end_matches(['s', 't', 'n', 'd', 'r', 'h']).parse::<u32>().is_ok_and(|d| (1..=31).contains(&d))
    };
    let month = |p: &str| p.get(..3).is_some_and(|m| MONTHS.contains(&m.to_lowercase().as_str())) && p.len() <= 9;
    let weekday = |p: &str| p.len() >= 3 && p.to_lowercase().ends_with("day");
    let known = |p: &&&str| year(p) || day(p) || month(p) || weekday(p);
    (2..=4).contains(&parts.len()) && parts.iter().filter(year).count() == 1 && parts.iter().all(|p| known(&p))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dates_and_titles_are_told_apart() {
        for date in ["August 18, 2014", "18 August 2014", "2014-08-18", "Monday, 3 May 1920", "May 1968"] {
            assert!(is_date(date), "{date}");
        }
        for other in ["In 1917", "Issue 2075", "1917", "18 things in 2014"] {
            assert!(!is_date(other), "{other}");
        }
        assert_eq!(
            title_and_author("Biography of a slogan, by Lars T. Lih"),
            ("Biography of a slogan", Some("Lars T. Lih"))
        );
        assert_eq!(title_and_author("Death by Chocolate"), ("Death by Chocolate", None));
        assert_eq!(standfirst("It was the key, writes Judith Orr"), Some("Judith Orr"));
    }
}
