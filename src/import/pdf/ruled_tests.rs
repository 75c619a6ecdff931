//! Tests of tables within rules, and of a paper in two columns.

use std::fmt::Write as _;

use super::tests::{ONE, Paper, THREE, TWO, blocks, read};
use crate::text::block::BlockKind;

impl Paper {
    /// Draws rules at these places, from edge to edge: upright ones, and level ones.
    fn rules(&mut self, upright: &[f32], level: &[f32]) {
        let (left, right) = (upright[0], upright[upright.len() - 1]);
        let (high, low) = (level[0], level[level.len() - 1]);
        for x in upright {
            let _ = writeln!(self.0, "{x} {low} m {x} {high} l S");
        }
        for y in level {
            let _ = writeln!(self.0, "{left} {y} {} 0.5 re f", right - left);
        }
    }

    /// Sets the lines of a cell from `y` down.
    fn cell(&mut self, x: f32, y: f32, lines: &[&str]) {
        for (n, line) in lines.iter().enumerate() {
            self.set(x, y - 12.0 * n as f32, 10.0, line);
        }
    }
}

fn tables(read: &crate::import::Imported) -> Vec<String> {
    let all = blocks(read).into_iter().filter(|(kind, _)| *kind == BlockKind::Table);
    all.map(|(_, s)| s.replace('\t', " | ")).collect()
}

#[test]
fn minutes_within_rules_are_a_table_of_whole_cells() {
    let mut page = Paper::default();
    page.prose(60.0, 760.0, 70, 0.0, &[ONE]);
    page.rules(&[60.0, 100.0, 220.0, 470.0], &[700.0, 684.0, 640.0, 610.0]);
    for (x, head) in [(64.0, "No."), (104.0, "Item"), (224.0, "Decision")] {
        page.cell(x, 688.0, &[head]);
    }
    page.cell(64.0, 672.0, &["1"]);
    page.cell(104.0, 672.0, &["The well in the", "lower street"]);
    page.cell(
        224.0,
        672.0,
        &["The rope is to be replaced before", "the winter, at a cost of no more", "than two pounds."],
    );
    page.cell(64.0, 628.0, &["2"]);
    page.cell(104.0, 628.0, &["Bridge"]);
    page.cell(224.0, 628.0, &["Put off until the meeting in June."]);
    page.prose(60.0, 590.0, 70, 0.0, &[TWO]);
    let read = read(&[page]);
    let rows = [
        "No. | Item | Decision",
        "1 | The well in the lower street | The rope is to be replaced before the winter, at a cost of no more than two pounds.",
        "2 | Bridge | Put off until the meeting in June.",
    ];
    assert_eq!(tables(&read), [rows.join("\n")]);
    let said: Vec<&str> = blocks(&read).iter().map(|(_, s)| *s).collect();
    assert_eq!((said[0], said[2]), (ONE, TWO));
}

#[test]
fn rules_that_do_not_meet_are_two_tables() {
    let mut page = Paper::default();
    page.prose(60.0, 760.0, 70, 0.0, &[ONE]);
    for (left, rows) in
        [(60.0, ["Grain Price", "Wheat 4s", "Oats 12s"]), (300.0, ["Cattle Count", "Cows 14", "Goats 31"])]
    {
        page.rules(&[left, left + 80.0, left + 160.0], &[700.0, 684.0, 668.0, 652.0]);
        for (n, row) in rows.iter().enumerate() {
            let (first, second) = row.split_once(' ').unwrap();
            page.cell(left + 4.0, 688.0 - 16.0 * n as f32, &[first]);
            page.cell(left + 84.0, 688.0 - 16.0 * n as f32, &[second]);
        }
    }
    page.prose(60.0, 630.0, 70, 0.0, &[TWO]);
    let found = tables(&read(&[page]));
    assert_eq!(found, ["Grain | Price\nWheat | 4s\nOats | 12s", "Cattle | Count\nCows | 14\nGoats | 31"]);
}

#[test]
fn rows_that_no_rule_parts_are_rows() {
    let mut page = Paper::default();
    page.prose(60.0, 760.0, 70, 0.0, &[ONE]);
    page.rules(&[60.0, 140.0, 220.0], &[700.0, 684.0, 630.0]);
    for (n, (grain, price)) in
        [("Grain", "Price"), ("Wheat", "4s"), ("Oats", "12s"), ("Rye", "3s")].into_iter().enumerate()
    {
        page.cell(64.0, 688.0 - 15.0 * n as f32, &[grain]);
        page.cell(144.0, 688.0 - 15.0 * n as f32, &[price]);
    }
    page.prose(60.0, 600.0, 70, 0.0, &[TWO]);
    assert_eq!(tables(&read(&[page])), ["Grain | Price\nWheat | 4s\nOats | 12s\nRye | 3s"]);
}

#[test]
fn a_frame_around_prose_and_letters_across_a_rule_are_no_table() {
    let mut page = Paper::default();
    page.prose(60.0, 700.0, 60, 0.0, &[ONE, TWO]);
    page.rules(&[50.0, 440.0], &[720.0, 600.0]);
    // A drawing over the next paragraph.
    page.prose(60.0, 580.0, 60, 0.0, &[THREE]);
    page.rules(&[50.0, 240.0, 440.0], &[595.0, 560.0, 500.0]);
    let read = read(&[page]);
    let said: Vec<&str> = blocks(&read).iter().map(|(_, s)| *s).collect();
    assert_eq!(tables(&read), [""; 0]);
    assert!(said.concat().replace(' ', "").contains(&THREE.replace(' ', "")), "{said:?}");
}

#[test]
fn a_paper_in_two_columns_is_read_column_by_column() {
    let mut page = Paper::default();
    page.face("F2", 150.0, 740.0, 16.0, "Of mills and of councils");
    let mut y = [700.0, 700.0];
    y[0] = page.prose(60.0, y[0], 38, 0.0, &[ONE]);
    y[1] = page.prose(320.0, y[1], 38, 0.0, &[THREE]);
    // A table over both columns parts what stands above it from what stands below.
    let top = y[0].min(y[1]) - 10.0;
    page.rules(&[60.0, 200.0, 400.0, 548.0], &[top, top - 16.0, top - 32.0]);
    for (n, row) in [["Grain", "Price", "Sold by"], ["Wheat", "4s", "the sack"]].iter().enumerate() {
        for (x, said) in [64.0, 204.0, 404.0].into_iter().zip(row) {
            page.cell(x, top - 12.0 - 16.0 * n as f32, &[said]);
        }
    }
    page.prose(60.0, top - 60.0, 38, 0.0, &[TWO]);
    page.prose(320.0, top - 60.0, 38, 0.0, &[THREE]);
    let read = read(&[page]);
    let said: Vec<&str> = blocks(&read).iter().map(|(_, s)| *s).collect();
    assert_eq!(
        said,
        ["Of mills and of councils", ONE, THREE, "Grain\tPrice\tSold by\nWheat\t4s\tthe sack", TWO, THREE]
    );
}

#[test]
fn a_remark_beside_a_command_is_no_column() {
    let mut page = Paper::default();
    let lines = |page: &mut Paper, mut y: f32, words: &str| {
        for line in textwrap::wrap(words, 78) {
            page.face("F4", 60.0, y, 10.0, &line);
            y -= 12.0;
        }
        y
    };
    let y = lines(&mut page, 760.0, ONE);
    let commands = [
        ("mill start", "# begin"),
        ("mill grind wheat", "# fine"),
        ("mill stop", "# end"),
        ("mill clean", "# last"),
        ("mill lock", "# done"),
    ];
    for (n, (command, remark)) in commands.iter().enumerate() {
        page.set(80.0, y - 10.0 - 12.0 * n as f32, 10.0, command);
        page.set(260.0, y - 10.0 - 12.0 * n as f32, 10.0, remark);
    }
    lines(&mut page, y - 90.0, TWO);
    let read = read(&[page]);
    let code: Vec<&str> =
        blocks(&read).into_iter().filter(|(kind, _)| *kind == BlockKind::Code).map(|(_, s)| s).collect();
    let rows: Vec<Vec<&str>> = code
        .iter()
        .flat_map(|s| s.lines())
        .map(|l| l.split("  ").map(str::trim).filter(|s| !s.is_empty()).collect())
        .collect();
    assert_eq!(rows.len(), 5, "{code:?}");
    assert!(
        rows.iter()
            .zip(&commands)
            .all(|(row, (command, remark))| row.join(" ").contains(command) && row.join(" ").ends_with(remark)),
        "{code:?}"
    );
}
