//! Codebooks as programs write them, and as nobody should.

use super::parse;
use crate::topic::codebook::Codebook;

/// As ATLAS.ti writes it, with the namespace of a draft.
const ATLAS: &str = r##"<?xml version="1.0" encoding="utf-8"?>
<CodeBook xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" xsi:schemaLocation="urn:QDA-XML:codebook:0:4 Codebook.xsd" origin="ATLAS.ti Win 23.4.0" xmlns="urn:QDA-XML:codebook:0:4">
  <Codes>
    <Code guid="1FF58B12-6F6F-4B0C-8BE5-BBDC91F55294" name="Trade-union consciousness" color="#46AA00" isCodable="true">
      <Description>Lenin &amp; others,
        1902 &#8211; <![CDATA[<later>]]></Description>
      <Code guid="14C4E248-F726-42CB-B1CD-A65D6A86F296" name="positive" isCodable="true" />
    </Code>
    <Code guid="{51191CEE-BF78-4E92-9DF8-3AE66721E038}" name="Feelings" isCodable="false">
      <Code guid="B52FB733-B6AF-4B31-BB78-3E733135171A" name="positive" isCodable="1" color="green"/>
      <Code guid="B52FB733-B6AF-4B31-BB78-3E733135171A" name="***" isCodable="true"/>
    </Code>
  </Codes>
  <Sets>
    <Set name="code group 1" guid="ECA18D76-2B8B-4F26-BC1D-19ECA19FB3F0">
      <Description>kategorie 1</Description>
      <MemberCode guid="1ff58b12-6f6f-4b0c-8be5-bbdc91f55294" />
      <MemberCode guid="00000000-0000-0000-0000-000000000000" />
    </Set>
  </Sets>
</CodeBook>"##;

fn summary(book: &Codebook) -> Vec<String> {
    let one = |t: &crate::topic::codebook::Topic| {
        let terms: Vec<&str> = t.terms.iter().map(crate::topic::term::Term::as_str).collect();
        let under = t.code.under.as_ref().map_or(String::new(), |u| format!(" under {u}"));
        format!("{}{under}: {} [{}]", t.id, t.about, terms.join(", "))
    };
    book.topics().iter().map(|t| one(t)).collect()
}

#[test]
fn codes_become_topics() {
    let (book, faults) = parse(ATLAS).unwrap();
    assert_eq!(
        summary(&book),
        [
            "trade-union-consciousness: Lenin & others, 1902 – <later> [Trade-union consciousness]",
            "positive under trade-union-consciousness:  [positive]",
            "feelings:  []",
            "feelings-positive under feelings:  [positive]",
            "code under feelings:  []",
        ]
    );
    let first = &book.topics()[0];
    assert_eq!(first.code.guid.unwrap().to_string(), "1ff58b12-6f6f-4b0c-8be5-bbdc91f55294");
    assert_eq!(first.code.color.unwrap().to_string(), "#46AA00");
    let set = &book.sets()[0];
    assert_eq!((set.name.as_str(), set.about.as_str(), set.topics.len()), ("code group 1", "kategorie 1", 1));
    let told: Vec<String> = faults.iter().map(ToString::to_string).collect();
    assert_eq!(
        told,
        [
            "10:7: code \"positive\": `green` is not a colour; it was left out",
            "11:7: code \"***\" has the GUID of an earlier one; it gets one of its own",
            "11:7: code \"***\": \"***\" has no word in it; it became no term",
            "18:7: set \"code group 1\" names a code that is not there",
        ]
    );
}

#[test]
fn what_is_no_codebook_says_where_and_what_to_do() {
    let laughs = "<!DOCTYPE lolz [<!ENTITY a \"ha\"><!ENTITY b \"&a;&a;&a;\">]>\n<CodeBook/>";
    let external = "<?xml version=\"1.0\"?>\n<!DOCTYPE x SYSTEM \"file:///etc/passwd\">\n<CodeBook/>";
    let cases = [
        (laughs, "1:1: has a document type (DOCTYPE)"),
        (external, "2:1: has a document type (DOCTYPE)"),
        ("<CodeBook>\n <Codes><Code name='a'>\n<Description>&lol;</Description>", "3:14: `&lol;` is not a character"),
        ("<CodeBook>\n <Codes><Code name=\"&lol;\"/></Codes></CodeBook>", "2:9: "),
        ("<CodeBook>\n<Codes>\n</Code></CodeBook>", "3:1: "),
        ("<CodeBook>\n<Codes>", "2:8: ends in the middle of an element"),
        ("<CodeBook>\n<Codes", "2:1: "),
        ("<html><body/></html>", "1:1: begins with <html>, not with <CodeBook>"),
        ("", "1:1: has no codebook in it"),
        ("just words", "1:1: is not XML"),
        ("<Project/>", "1:1: has no codebook in it"),
        ("<CodeBook/><CodeBook/>", "1:12: has something after its end"),
        ("<CodeBook><Codes><Code name='a' name='b'/></Codes></CodeBook>", "1:18: "),
    ];
    for (source, expected) in cases {
        let fault = parse(source).unwrap_err().to_string();
        assert!(fault.starts_with(expected), "{source}\n{fault}");
        assert!(!fault.contains('\n') && fault.contains("; "), "{fault}");
    }
}

#[test]
fn deep_and_many_codes_take_no_longer_than_their_file() {
    let code = "<Code name='a' isCodable='true' guid=''>";
    let deep = format!("<CodeBook><Codes>{}{}</Codes></CodeBook>", code.repeat(20_000), "</Code>".repeat(20_000));
    let (book, faults) = parse(&deep).unwrap();
    assert_eq!(book.topics().len(), 20_000);
    assert_eq!(faults.len(), super::TOLD + 1);
    assert!(faults.last().unwrap().to_string().contains("and 19950 more"));
    assert!(book.topics().iter().all(|t| t.id.as_str().len() <= 64));
    assert_eq!(book.tree().preorder().last().unwrap().1, 19_999);
}
